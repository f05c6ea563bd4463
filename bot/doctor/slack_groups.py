"""Whether anybody can be told to be in a Slack user group or private channel: where not, nobody in it has a role.

The reasons are those of `handlers/setup/people.py`, which says them to an admin who names such a group in chat.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from bot.doctor.answer import Answer
from bot.doctor.people import Trouble
from bot.doctor.slack_refused import Ask, of_a_public_channel, refused

_OURS: Final = "Name a private channel of your own people alone, or a user group."
_EMPTY: Final = Trouble("empty", "is empty", "Put people in, or name another group.")
_PUBLIC: Final = Trouble("public", "is a public channel: everybody could join it, so nobody in it counts", _OURS)
_SHARED: Final = Trouble(
    "shared", "is shared with another organisation, whose people would count too, so nobody in it counts", _OURS
)
_ARCHIVED: Final = Trouble("archived", "is archived, so nobody in it counts", "Name a channel that is in use.")
_NO_PLAN: Final = Trouble(
    "no_plan", "is a user group, and this Slack's plan has none",
    "Name the people themselves, or a private channel of your own people.",
)  # fmt: skip
_OFF: Final = Trouble(
    "switched_off", "is a user group that was disabled, so nobody in it counts", "Enable it in Slack, or name another."
)
_PLANS: Final = frozenset({"plan_upgrade_required", "paid_only", "paid_teams_only"})
_READ_IT: Final = "cannot be read"


async def look(ask: Ask, group: str) -> Trouble | None:
    """Ask about `S…` or `C…`; None where somebody is in it."""
    return await (_user_group(ask, group) if group.startswith("S") else _channel(ask, group))


async def _user_group(ask: Ask, group: str) -> Trouble | None:
    answer = await ask("usergroups.users.list", usergroup=group)
    if answer.why_not in _PLANS:
        return _NO_PLAN
    if why := answer.why_not:
        if await _disabled(ask, group):
            return _OFF
        return refused(why, _READ_IT, "Check its id: that of a user group begins with S.")
    return None if _anybody(answer, "users") else (_OFF if await _disabled(ask, group) else _EMPTY)


async def _disabled(ask: Ask, group: str) -> bool:
    """Slack says of a user group that was disabled that there is none, or nobody in it; the list of all knows it."""
    listed = (await ask("usergroups.list", include_disabled="true")).body.get("usergroups")
    groups = [one for one in listed if isinstance(one, dict)] if isinstance(listed, list) else []
    return any(one.get("id") == group and one.get("date_delete") for one in groups)


async def _channel(ask: Ask, channel: str) -> Trouble | None:
    info = await ask("conversations.info", channel=channel)
    if of_a_public_channel(info):
        return _PUBLIC
    about = info.body.get("channel")
    if info.why_not or not isinstance(about, dict):
        return _not_read(info)
    if trouble := _open_to_others(about):
        return trouble
    answer = await ask("conversations.members", channel=channel)
    if answer.why_not:
        return _not_read(answer)
    return None if _anybody(answer, "members") else _EMPTY


def _open_to_others(about: Mapping[str, Any]) -> Trouble | None:
    """Whether others can join a channel or read there, as `SlackLookup` judges it when somebody presses."""
    if about.get("is_archived"):
        return _ARCHIVED
    if about.get("is_private") is not True:
        return _PUBLIC
    return _SHARED if about.get("is_ext_shared") or about.get("pending_connected_team_ids") else None


def _not_read(answer: Answer) -> Trouble:
    return refused(answer.why_not or "unreadable", _READ_IT, "Check its id, and that Signpost is in the channel.")


def _anybody(answer: Answer, key: str) -> bool:
    members = answer.body.get(key)
    return isinstance(members, list) and any(isinstance(member, str) for member in members)
