"""Whom Slack is asked about: people, groups, and the channels of contacts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final

from bot.doctor import slack_groups, slack_members
from bot.doctor.contacts import LEADS_RING
from bot.doctor.finding import Finding, State
from bot.doctor.people import Trouble, entries, look
from bot.doctor.slack_refused import LATER, Ask, of_a_public_channel, refused
from handlers.contacts import not_offered
from handlers.people import Account, Directory, is_group
from handlers.setup.words import OUT_OF_USE

GUESTS: Final = ("is_restricted", "is_ultra_restricted")


async def look_at_people(ask: Ask, directory: Directory, team: str) -> tuple[Finding, ...]:
    """Ask about everybody whom the set-up names on Slack. `team` is the workspace that the token belongs to."""

    async def about(ref: str) -> Trouble | None:
        account = Account.parse(ref)
        if account.org != team:
            said = f"is in another workspace than the token's ({team})"
            return Trouble("elsewhere", said, "Correct the workspace's id, or connect that workspace too.")
        if not is_group(ref):
            return await _person(ask, account.user, team)
        trouble = await slack_groups.look(ask, account.user)
        return trouble if trouble or ref not in leading else await slack_members.look(ask, account.user, team, _judged)

    leading = {ref for site in directory.sites for ref in site.leads}
    return await look(entries(directory, "slack"), about)


async def look_at_contacts(ask: Ask, directory: Directory, team: str) -> tuple[Finding, ...]:
    """Look at the channel of every contact that leads are offered."""
    found: list[Finding] = []
    looked = 0
    for site in directory.sites:
        for contact in site.contacts:
            if contact.kind != "slack" or not_offered(contact):
                continue
            looked += 1
            org, _, room = contact.destination.partition("/")
            if org != team:
                why, said = "elsewhere", f"is in another workspace than the token's ({team})"
            else:
                why, said = await _room(ask, room, team, contact.organisations)
            if why:
                do = "Try again in a few minutes." if why == "not_asked" else "Put that right, or name another channel."
                whose = f"the channel of '{contact.id}' of '{site.id}' {said}"
                do = f"{do} {LEADS_RING}"
                state: State = "amber" if why == "not_asked" else "red"  # as in chat: it is out of use
                found.append(Finding(f"contact_{why}", "Contacts", state, whose, do, f"'{site.id}'"))
    if looked and not found:
        found.append(Finding("contacts_good", "Contacts", "green", f"all {looked} channels on Slack can be posted in"))
    return tuple(found)


async def _person(ask: Ask, user: str, team: str) -> Trouble | None:
    answer = await ask("users.info", user=user)
    if why := answer.why_not:
        return refused(why, "cannot be looked up")
    person = answer.body.get("user")
    return _judged(person if isinstance(person, dict) else {}, team)


def _judged(person: Mapping[str, Any], team: str) -> Trouble | None:
    """What is wrong with somebody, as `SlackLookup` judges it when they press."""
    if person.get("is_stranger") or person.get("team_id", team) != team:
        said = "belongs to another organisation, and has no role"
        return Trouble("outside", said, "Name somebody of your own school.")
    if person.get("deleted"):
        return Trouble("left", "is deactivated", "Name who took over.")
    if any(person.get(flag) for flag in GUESTS):
        return Trouble("guest", "is a guest, and guests see no case", "Make them a full member, or name somebody else.")
    return None


async def _room(ask: Ask, room: str, team: str, expected: Iterable[str]) -> tuple[str, str]:
    """Why nothing may be posted there: a closed word, and the rest of a sentence. Both empty where all is well."""
    answer = await ask("conversations.info", channel=room)
    if why := answer.why_not:
        if why in LATER:
            return "not_asked", f"could not be asked about ({why})"
        if of_a_public_channel(answer):
            return _wrong("not_private")
        return "unreadable", f"cannot be looked at ({why}): Signpost is not in it, or there is none"
    about = answer.body.get("channel")
    about = about if isinstance(about, dict) else {}
    others = {str(one) for key in ("connected_team_ids", "shared_team_ids") for one in about.get(key) or ()} - {team}
    wrong = {
        "archived": bool(about.get("is_archived")),
        "not_private": about.get("is_private") is not True,
        "not_in_channel": about.get("is_member") is not True,
        "outside_organisation": bool(others - set(expected)),
        "not_shared_as_expected": bool(set(expected) - others),
    }
    return next((_wrong(why) for why, is_so in wrong.items() if is_so), ("", ""))


def _wrong(why: str) -> tuple[str, str]:
    said = OUT_OF_USE[why]
    return why, f"cannot be used: {said[0].lower()}{said[1:].removesuffix('.')}"
