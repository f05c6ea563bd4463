"""Whether a channel of a contact can be posted in on Slack: judged as before a post, each reason with its remedy."""

from __future__ import annotations

from typing import Final

from bot.doctor import shared_rooms
from bot.doctor.answer import Answer
from bot.doctor.people import Trouble
from bot.doctor.slack_refused import LATER, SCOPES, Ask, of_a_public_channel
from handlers.setup.words import OUT_OF_USE
from handlers.sites import Contact, Site

_DO: Final = {
    "archived": "Name a channel that is in use.",
    "not_private": "Everybody in the workspace can read there: make it private, or name a private one.",
    "not_in_channel": "Have somebody who is in it write `/invite @Signpost` in it.",
}


async def look(ask: Ask, room: str, team: str, contact: Contact, site: Site) -> Trouble | None:
    """Why nothing may be posted in a channel of the workspace `team`; None where all is well."""
    answer = await ask("conversations.info", channel=room)
    if answer.why_not:
        return _not_seen(answer)
    about = answer.body.get("channel")
    about = about if isinstance(about, dict) else {}
    others = {str(one) for key in ("connected_team_ids", "shared_team_ids") for one in about.get(key) or ()} - {team}
    if about.get("is_archived"):
        return _wrong("archived")
    if about.get("is_private") is not True:
        return _wrong("not_private")
    if about.get("is_member") is not True:
        return _wrong("not_in_channel")
    return shared_rooms.look(others, contact, site, "workspace")


def _not_seen(answer: Answer) -> Trouble:
    why = answer.why_not
    if why in LATER:
        return Trouble("not_asked", f"could not be asked about ({why})", "Try again in a few minutes.", unsure=True)
    if of_a_public_channel(answer):
        return _wrong("not_private")
    do = "Have somebody who is in it write `/invite @Signpost` in it; if Signpost is there already, correct the id."
    said = f"cannot be looked at ({why}): Signpost is not in it, or there is none"
    return Trouble("unreadable", said, SCOPES if why == "missing_scope" else do)


def _wrong(why: str) -> Trouble:
    said = OUT_OF_USE[why]
    return Trouble(why, f"cannot be used: {said[0].lower()}{said[1:].removesuffix('.')}", _DO[why])
