"""Who may raise an incident at a site."""

from __future__ import annotations

from dataclasses import replace
from hashlib import sha256
from typing import Final

from handlers.people import Account, is_group
from handlers.screens import Bullets, Caution, Form, Line, Option, Paragraph, Part, People, Question, TextBox
from handlers.setup.at import At
from handlers.setup.group_words import called, described, entry
from handlers.setup.keep import keep_site
from handlers.setup.people import first_not_fit, groups
from handlers.setup.refs import GROUP_ID

EVERYBODY: Final = (
    "Now every full member may raise. Pupils often share the workspace or tenant: name a group of your staff, so that "
    "no pupil can."
)
OUT: Final = "take_out"
PLATFORMS: Final = {"slack": "Slack", "teams": "Teams"}
_VALUE: Final = 16


def window(at: At) -> Form:
    """Draw it: groups first, since they keep themselves up to date."""
    here, elsewhere = _split(at)
    people = tuple(Account.parse(ref) for ref in here if not is_group(ref))
    there = tuple(ref for ref in here if is_group(ref))
    chosen = at.as_option(at.chosen("people", people))
    platform = PLATFORMS[at.by.platform]
    return at.window(
        f"{at.site.name if at.site else ''}: who may raise",
        *((Caution(EVERYBODY),) if not here and not elsewhere else ()),
        Paragraph("Guests and switched-off accounts never may. Leads always may."),
        *((Bullets(tuple(Line(f"Now: {described(ref, at)}") for ref in there)),) if there else ()),
        TextBox(
            "groups",
            f"Groups of staff on {platform}" if elsewhere else "Groups of staff",
            f"One a line: {GROUP_ID[at.by.platform]}, or a private channel's link.",
            at.text("groups", "\n".join(there)),
        ),
        People("people", "And these people", "Only where no group has them.", chosen, several=True),
        *_staying(elsewhere, at),
    )


def save(at: At) -> At:
    """Keep it. What is named from elsewhere stays, whatever stands in the box, unless it is to be taken out."""
    if at.site is None:
        return at
    found, wrong = groups("groups", at)
    people = at.chosen("people")
    not_fit = first_not_fit(people, at)
    if wrong or not_fit:
        return at.wrong(*((("groups", wrong),) if wrong else ()), *((("people", not_fit),) if not_fit else ()))
    out = at.several(OUT)
    elsewhere = (ref for ref in _split(at)[1] if _value(ref) not in out)
    staff = tuple(dict.fromkeys((*found, *map(str, people), *elsewhere)))
    return keep_site(at, replace(at.site, staff=staff), "staff_changed")


def _split(at: At) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Who may raise, of the admin's own workspace or tenant and of others: those neither box of this window holds."""
    staff = at.site.staff if at.site else ()
    own = f"{at.by.platform}:{at.by.org}/"
    return tuple(ref for ref in staff if ref.startswith(own)), tuple(ref for ref in staff if not ref.startswith(own))


def _staying(elsewhere: tuple[str, ...], at: At) -> tuple[Part, ...]:
    """What is named on the other platform, by its name: it stays unless somebody says that it is not to.

    A window that was drawn before there was this question is sent without it, and takes nothing out.
    """
    if not elsewhere:
        return ()
    options = tuple(Option(_value(ref), f"Take out: {_named(ref, at)}") for ref in elsewhere)
    said = "They stay, whatever you change above. Choose the ones to take out."
    return (Question(OUT, "Named elsewhere", options, said, at.several(OUT), several=True),)


def _named(ref: str, at: At) -> str:
    """Somebody or a group of another workspace or tenant: `Entra group Staff on Teams (5 people)`."""
    on = f"on {PLATFORMS[ref.partition(':')[0]]}"
    if not is_group(ref):
        return f"{entry(ref, at)} {on}"
    members = at.intent.known.groups.get(ref)
    count = "" if members is None else " (1 person)" if len(members) == 1 else f" ({len(members)} people)"
    return f"{called(ref, at)} {on}{count}"


def _value(ref: str) -> str:
    """A word for an entry that is short enough for every platform: a Teams channel's id is not."""
    return sha256(ref.encode()).hexdigest()[:_VALUE]
