"""Whom Slack is asked about: people, groups, and the channels of contacts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from bot.doctor import slack_groups, slack_members, slack_rooms
from bot.doctor.contacts import LEADS_RING
from bot.doctor.finding import Finding, State
from bot.doctor.people import Trouble, entries, look
from bot.doctor.slack_refused import Ask, refused
from handlers.contacts import not_offered
from handlers.people import Account, Directory, is_group

GUESTS: Final = ("is_restricted", "is_ultra_restricted")


async def look_at_people(ask: Ask, directory: Directory, team: str) -> tuple[Finding, ...]:
    """Ask about everybody whom the set-up names on Slack. `team` is the workspace that the token belongs to."""

    async def about(ref: str) -> Trouble | None:
        account = Account.parse(ref)
        if account.org != team:
            return elsewhere(team)
        if not is_group(ref):
            return await _person(ask, account.user, team)
        trouble = await slack_groups.look(ask, account.user)
        return trouble if trouble or ref not in leading else await slack_members.look(ask, account.user, team, _judged)

    leading = {ref for site in directory.sites for ref in site.leads}
    return await look(entries(directory, "slack"), about)


def elsewhere(team: str) -> Trouble:
    """What is of another workspace than `team`, which the token belongs to."""
    said = f"is in another workspace than the token's ({team})"
    return Trouble("elsewhere", said, "Correct the workspace's id, or connect that workspace too.")


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
                trouble: Trouble | None = elsewhere(team)
            else:
                trouble = await slack_rooms.look(ask, room, team, contact, site)
            if trouble:
                whose = f"the channel of '{contact.id}' of '{site.id}' {trouble.said}"
                state: State = "amber" if trouble.unsure else "red"  # as in chat: it is out of use
                do = f"{trouble.do} {LEADS_RING}"
                found.append(Finding(f"contact_{trouble.code}", "Contacts", state, whose, do, f"'{site.id}'"))
    if looked and not found:
        which = "the only channel" if looked == 1 else f"all {looked} channels"
        found.append(Finding("contacts_good", "Contacts", "green", f"{which} on Slack can be posted in"))
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
