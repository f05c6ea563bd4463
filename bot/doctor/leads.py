"""Whether each site's leads can be reached: a lead who left is a message that nobody reads."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol

from bot.doctor.answer import Answer
from bot.doctor.finding import Finding
from handlers.people import Account, Directory, is_group

GUESTS = ("is_restricted", "is_ultra_restricted", "is_stranger")


class Ask(Protocol):
    """Asks Slack one thing with our token."""

    async def __call__(self, method: str, **asked: str) -> Answer:
        """The answer."""


async def look_at_leads(ask: Ask, directory: Directory, team: str) -> tuple[Finding, ...]:
    """Ask about every lead of every site once. `team` is the workspace that the token belongs to."""
    found: list[Finding] = []
    reached = 0
    for ref, sites in sites_by_lead(directory).items():
        account = Account.parse(ref)
        if account.platform != "slack":
            continue
        if account.org != team:
            trouble = (f"is in another workspace than the token's ({team})", "Correct the workspace's id in `leads`.")
        else:
            trouble = await (_group(ask, account.user) if is_group(ref) else _person(ask, account.user))
        if trouble[0]:
            found.append(Finding("Leads", "red", f"{ref}, of {', '.join(sites)}, {trouble[0]}", trouble[1]))
        else:
            reached += 1
    if reached and not found:
        found.append(Finding("Leads", "green", f"all {reached} entries can be reached"))
    return tuple(found)


def sites_by_lead(directory: Directory) -> dict[str, list[str]]:
    """Every entry of `leads`, with the sites that name it."""
    sites: dict[str, list[str]] = {}
    for site in directory.sites:
        for ref in site.leads:
            sites.setdefault(ref, []).append(site.id)
    return sites


async def _person(ask: Ask, user: str) -> tuple[str, str]:
    answer = await ask("users.info", user=user)
    if why := answer.why_not:
        return (
            f"cannot be looked up ({why})",
            "Copy the member ID again: View full profile, three dots, Copy member ID.",
        )
    person = answer.body.get("user")
    person = person if isinstance(person, dict) else {}
    if person.get("deleted"):
        return "is deactivated", "Name who took over."
    if any(person.get(flag) for flag in GUESTS):
        return "is a guest, and guests see no case", "Make them a full member, or name somebody else."
    return "", ""


async def _group(ask: Ask, group: str) -> tuple[str, str]:
    if group.startswith("S"):
        answer, key = await ask("usergroups.users.list", usergroup=group), "users"
    else:
        answer, key = await ask("conversations.members", channel=group), "members"
    if why := answer.why_not:
        return f"cannot be read ({why})", "Check its id and the scopes; a private channel needs the bot in it."
    members = answer.body.get(key)
    return ("", "") if isinstance(members, list) and _several(members) else ("is empty", "Put the leads in.")


def _several(members: Iterable[object]) -> bool:
    return any(isinstance(member, str) for member in members)
