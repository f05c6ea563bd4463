"""Checks of people and groups that an admin chose, against what the platforms said of them just now."""

from __future__ import annotations

from typing import Final

from handlers.people import Account, is_group
from handlers.setup.at import At
from handlers.setup.refs import group

WHY_NOT: Final = {
    "guest": "{name} is a guest, and guests have no role. Choose somebody of your own school.",
    "deactivated": "{name}'s account is switched off. Choose somebody else.",
    "outside": "{name} belongs to another organisation. Choose somebody of your own school.",
    "unknown": "{name} could not be checked just now. Nothing is lost: press the button again in a minute.",
}
"""Why somebody cannot be given a role."""
NOT_ON_TEAMS: Final = (
    "{name} could not be checked. Most often Signpost is not installed for them in Teams yet: have it installed for "
    "them, then press the button again. Nothing is lost."
)
NO_PERSON: Final = "That is a group. Choose a person here."
NAMELESS: Final = "One of those you chose ({account})"
UNREAD: Final = {
    "slack": "'{text}' cannot be read: a channel has to be private, of this workspace alone and with Signpost in it, "
    "and a user group has to have members. Check it, or choose the people one by one.",
    "teams": "'{text}' cannot be read: a channel needs Signpost in its team, and an Entra group needs members and the "
    "permission GroupMember.Read.All. Check it, or choose the people one by one.",
}


def not_fit(account: Account, at: At) -> str:
    """Why this account cannot be given a role; empty if it can."""
    standing = at.intent.known.standings.get(account)
    if is_group(str(account)):
        return NO_PERSON
    if standing is not None and standing.member:
        return ""
    why = standing.why_not if standing is not None and standing.why_not else "unknown"
    name = at.name(account)
    said = NOT_ON_TEAMS if (why, account.platform) == ("unknown", "teams") else WHY_NOT[why]
    return said.format(name=NAMELESS.format(account=name) if name == str(account) else name)


def first_not_fit(accounts: tuple[Account, ...], at: At) -> str:
    """What is wrong with the first of these who cannot be given a role."""
    return next((why for account in accounts if (why := not_fit(account, at))), "")


def groups(name: str, at: At) -> tuple[tuple[str, ...], str]:
    """The groups that were typed, one a line, and what is wrong with the first that is none or cannot be read."""
    found: list[str] = []
    for line in at.lines(name):
        ref, wrong = group(line, at.by)
        if not wrong and not at.intent.known.groups.get(ref):
            wrong = UNREAD["teams" if ref.startswith("teams:") else "slack"].format(text=line[:60])
        if wrong:
            return (), wrong
        found.append(ref)
    return tuple(dict.fromkeys(found)), ""
