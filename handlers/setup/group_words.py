"""What a group of people is called on a screen, and who is in it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Final

from handlers.contacts import unnamed_channel
from handlers.people import Account, is_group
from handlers.setup.at import At
from handlers.setup.people import SHARED

NAMED: Final = 20
"""Members who are called by their names where a group is one of several things on a screen."""
NAMED_ALONE: Final = 30
"""The same where the group is what the screen is about."""
LOOK_THERE: Final = {
    "slack": "the list of members in Slack", "teams": "the Entra admin centre", "mail": "their mailbox",
}  # fmt: skip
"""Where it stands who somebody is."""
NAMELESS: Final = (
    "Signpost cannot read the name of: {those}. Look in {where} who that is before you say yes, or press Add again in "
    "a minute."
)
OTHERS: Final = "; people of another organisation are in it too, and do not count"
HOW_NAMED: Final = "Have somebody write to @Signpost in that Teams channel once: then its name stands here."
"""A channel's link does not say which team it is in; whatever is written to us there does."""
MANY: Final = 6
"""So many who lead, and are more than half of those who may raise, are no DSL with deputies."""


def called(ref: str, at: At) -> str:
    """What a group is called: as its platform does, else a short form of its id. `user group @leads`."""
    about = at.intent.known.about_groups.get(ref)
    return named(ref, about.name if about is not None else "")


def named(ref: str, name: str) -> str:
    """The same of a group of which its platform says that name, or nothing."""
    platform, _, rest = ref.partition(":")
    kind, _, identity = rest.partition("/")[2].rpartition(":")
    if platform == "slack":
        return f"{'user group' if identity.startswith('S') else 'channel'} {name or identity}"
    if kind == "group":
        return f"Entra group {name or f'{identity[:8]}…'}"
    return f"channel {name}" if name else unnamed_channel("teams", identity)


def to_name(refs: Iterable[str], at: At) -> str:
    """What to do about Teams channels among these whose name is not known; empty where there is none."""
    about = at.intent.known.about_groups
    those = [one for one in refs if one.startswith("teams:") and one.partition("/")[2].startswith("channel:")]
    return HOW_NAMED if any(one not in about or not about[one].name for one in those) else ""


def described(ref: str, at: At, *, most: int = NAMED, name: Callable[[Account], str] | None = None) -> str:
    """The group with who is in it: `user group @leads (2 people: Priya Nair and Tom Reid)`. `name` says who is who."""
    members = at.intent.known.groups.get(ref)
    if members is None:
        return f"{called(ref, at)} (who is in it cannot be read just now)"
    if not members:
        return f"{called(ref, at)} (nobody is in it)"
    count = "1 person" if len(members) == 1 else f"{len(members)} people"
    about = at.intent.known.about_groups.get(ref)
    others = OTHERS if about is not None and about.why_not == SHARED else ""
    return f"{called(ref, at)} ({count}: {_members(members, name or at.name, most)}{others})"


def entry(ref: str, at: At, *, most: int = NAMED, name: Callable[[Account], str] | None = None) -> str:
    """An entry of `leads` or `staff`, to begin a line with: somebody's name, or a group with who is in it."""
    if not is_group(ref):
        return (name or at.name)(Account.parse(ref))
    said = described(ref, at, most=most, name=name)
    return f"{said[0].upper()}{said[1:]}"


def _members(people: tuple[Account, ...], name: Callable[[Account], str], most: int) -> str:
    """Their names; then how many have none that can be read, and how many more there are behind `most` of them."""
    shown = people[:most]
    named = [name(one) for one in shown if name(one) != str(one)]
    rest = [f"{len(people) - most} more"] if len(people) > most else []
    if not named:
        return in_a_row(["their names cannot be read just now", *rest])
    unread = len(shown) - len(named)
    return in_a_row([*named, *([f"{unread} whose name cannot be read"] if unread else []), *rest])


def nameless(refs: Sequence[str], at: At) -> str:
    """What to do about members whose names cannot be read, before an admin says who they are; empty where all can."""
    members = dict.fromkeys(one for ref in refs for one in at.intent.known.groups.get(ref, ())[:NAMED_ALONE])
    unread = [one for one in members if at.name(one) == str(one)]
    if not unread:
        return ""
    those = ", ".join(one.user for one in unread)
    where = " and ".join(dict.fromkeys(LOOK_THERE[one.platform] for one in unread))
    return NAMELESS.format(those=those, where=where)


def without_name(account: Account) -> str:
    """Somebody whose name their platform does not say, and where it can be found."""
    return f"somebody whose name Signpost cannot read ({account}; {LOOK_THERE[account.platform]} says who that is)"


def in_a_row(named: Sequence[str]) -> str:
    """Some things in a sentence: `Priya Nair, Tom Reid and Amira Khan`."""
    return " and ".join(filter(None, (", ".join(named[:-1]), *named[-1:])))


def leads_are_staff(leads: tuple[str, ...], staff: tuple[str, ...], at: At) -> str:
    """A warning where those who lead by a group are much of those who may raise; empty where not, or not known."""
    raising, leading = _people(staff, at), _people(tuple(ref for ref in leads if is_group(ref)), at)
    both = raising & leading
    everybody, many = both == raising, len(both) >= MANY and len(both) > len(raising) / 2
    if len(raising) < 2 or not (everybody or many):  # noqa: PLR2004
        return ""
    who = f"all {len(raising)}" if everybody else f"{len(both)} of {len(raising)}"
    return (
        f"As leads stand here: {who} of those who may raise. Each lead is told of every incident, sees every case and "
        "may decide. Name a group of the DSL and the deputies alone."
    )


def _people(refs: tuple[str, ...], at: At) -> set[Account]:
    groups = at.intent.known.groups
    return {one for ref in refs for one in (groups.get(ref, ()) if is_group(ref) else (Account.parse(ref),))}
