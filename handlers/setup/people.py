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
    "no_account": "{name} does not exist. Look at the id: 'help' shows everybody their own.",
    "unknown": "{name} could not be checked just now. Nothing is lost: press the button again in a minute.",
}
"""Why somebody cannot be given a role."""
NOT_ON_TEAMS: Final = (
    "{name} could not be checked. Most often Signpost is not installed for them in Teams yet: have it installed for "
    "them, then press the button again. Where an id was typed, look at that too. Nothing is lost."
)
NO_PERSON: Final = "That is a group. Choose a person here."
NAMELESS: Final = "The account {account}"
TRY_AGAIN: Final = "'{text}' could not be looked at just now. Nothing is lost: press the button again in a minute."
UNREAD: Final = {
    "not_private": "'{text}' is a public channel: everybody could join it. Name a private one, or a user group.",
    "shared": "'{text}' is shared with another organisation, whose people would count too. Name one of your own alone.",
    "archived": "'{text}' is archived. Name a channel that is in use.",
    "not_in_channel": "'{text}': there is no such channel, or Signpost is not in it. Look at the link; in the channel "
    "type /invite @Signpost, then press the button again.",
    "no_such_group": "'{text}': there is no user group of this id here. Look at what was copied: the id begins with S.",
    "switched_off": "'{text}' is a user group that was disabled. Enable it in Slack, or name another one.",
    "nobody": "'{text}' has nobody in it. Put the people in, then press the button again.",
    "no_scope": "Slack does not let Signpost read '{text}': its app lacks a scope. Install it again with the scopes of "
    "manifest.yml, then press the button again.",
    "no_plan": "This Slack has no user groups on its plan, so '{text}' cannot be read. Paste a private channel's link.",
    "other_workspace": "'{text}' is in a workspace or tenant that Signpost is not connected to. Name one of yours.",
    "not_permitted": "Microsoft does not let Signpost read groups. Give its app the permission GroupMember.Read.All, "
    "grant it for the tenant, then press the button again. Or paste a private channel's link.",
}
"""Why nobody can be told to be in a group, with what to do. What is not here may pass by itself."""
SHARED: Final = "shared"
"""Refused also where its members can be read: Teams counts the school's own alone, and the others read along there."""
UNREAD_ON_TEAMS: Final = {
    "shared": "'{text}' is shared with another organisation, whose people read there and count for nothing. Name one "
    "of your own alone.",
    "not_in_channel": "'{text}': there is no such channel, or Signpost is not in its team. Look at the link; add it to "
    "the team (the three dots beside it, Manage team, Apps), then press the button again.",
    "no_such_group": "'{text}': there is no Entra group of this object id in your tenant. Copy it from the group's "
    "overview in the Entra admin centre.",
}
"""The same, where something else has to be done on Teams."""


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
    found, lines = list[str](), at.lines(name)
    for number, line in enumerate(lines, 1):
        ref, wrong = group(line, at.by)
        wrong = wrong or unread(ref, line, at)
        if wrong:
            return (), f"Line {number}: {wrong}" if len(lines) > 1 else wrong
        found.append(ref)
    return tuple(dict.fromkeys(found)), ""


def unread(ref: str, text: str, at: At) -> str:
    """Why nobody can be told to be in this group, in the words in which it was typed; empty where somebody is in it."""
    members, about = at.intent.known.groups.get(ref), at.intent.known.about_groups.get(ref)
    shared = about is not None and about.why_not == SHARED
    if members and not shared:
        return ""
    why = "nobody" if members is not None and not shared else about.why_not if about else ""
    said = UNREAD.get(why, TRY_AGAIN)
    if ref.startswith("teams:"):
        said = UNREAD_ON_TEAMS.get(why, said)
    name = about.name if about and about.name and why != "no_such_group" else text[:60]
    return said.format(text=name)
