"""What differs between a site as it was and as it is, for the leads and for whoever reads the changes later."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, fields, replace
from typing import Final

from handlers.setup import clock_fields
from handlers.setup.served import org_called
from handlers.sites import Contact, Site

LONGEST: Final = 1200
"""Characters of all differences together: what a message can show."""
NOTHING: Final = "nothing"
_SITE: Final = {
    "name": "name", "nation": "nation, which picks the guidance", "phone": "switchboard", "force": "police force",
    "mash": "children's social care by day", "out_of_hours": "children's social care out of hours", "lado": "LADO",
    "officer": "safer schools officer", "links": "own guidance", "mail_domains": "own mail domains",
    "serves": "whose people may raise", "staff": "who may raise", "requires_two_people": "two people decide",
    "chat_detail": "what stands in the chat",
    "retention_months": "how long a filed case is kept",
    **{one.name: one.told for one in clock_fields.CLOCKS},
}  # fmt: skip
_CONTACT: Final = {
    "purpose": "for whom", "kind": "how", "destination": "where to", "organisations": "organisations there",
    "owner": "who looks after it", "hours": "hours", "out_of_hours": "out of hours",
}  # fmt: skip

_REACHED: Final = frozenset({"purpose", "kind", "destination", "organisations"})
"""What says where a contact is reached."""
_RUNG: Final = frozenset({"mash", "lado", "officer"})
"""Numbers of a site that a lead rings for an agency."""


@dataclass(frozen=True, slots=True)
class Difference:
    """One field, in words, before and after."""

    field: str
    label: str
    before: str
    after: str


def of_site(before: Site, after: Site, name: Callable[[str], str]) -> tuple[Difference, ...]:
    """What differs of a site itself; its leads, stand-ins and contacts are changes of their own.

    `name` says what an account or a group is called.
    """
    return _of(_SITE, _plain(before, name), _plain(after, name))


def of_contact(before: Contact, after: Contact, place: Callable[[Contact], str]) -> tuple[Difference, ...]:
    """What differs of a contact as somebody entered it. `place` says what the place where it is reached is called."""
    found = _of(_CONTACT, *({one: _words(getattr(it, one)) for one in _CONTACT} for it in (before, after)))
    where = {"before": place(before), "after": place(after)}
    return tuple(replace(one, **where) if one.field == "destination" else one for one in found)


def moves(found: Iterable[Difference]) -> bool:
    """Whether a contact is reached elsewhere from now on, or a number to ring was replaced: that cannot wait.

    A number where none was is told with the rest.
    """
    return any(one.field in _REACHED or (one.field in _RUNG and one.before != NOTHING) for one in found)


def in_words(found: Iterable[Difference]) -> str:
    """All of them in a line: `switchboard: 01632 960001, before that nothing`."""
    said = "; ".join(f"{one.label}: {one.after}, before that {one.before}" for one in found)
    return said if len(said) <= LONGEST else f"{said[:LONGEST]}… and more"


def in_a_sentence(found: Iterable[Difference]) -> str:
    """The same to stand by itself: it begins with a capital letter."""
    said = in_words(found)
    return f"{said[:1].upper()}{said[1:]}"


def _of(labels: dict[str, str], before: dict[str, str], after: dict[str, str]) -> tuple[Difference, ...]:
    return tuple(
        Difference(name, label, before[name] or NOTHING, after[name] or NOTHING)
        for name, label in labels.items()
        if before[name] != after[name]
    )


def _plain(site: Site, name: Callable[[str], str]) -> dict[str, str]:
    found = {one: _words(getattr(site, one)) for one in ("name", "phone", "force")}
    found["nation"] = site.nation.replace("_", " ").title()
    found["retention_months"] = f"{site.retention_months} month{'' if site.retention_months == 1 else 's'}"
    found |= {one.name: _words(getattr(site.numbers, one.name)) for one in fields(site.numbers)}
    found |= clock_fields.told(site.clocks)
    found["links"] = ", ".join(f"{title} {url}" for title, url in site.links)
    found["mail_domains"] = ", ".join(site.mail_domains)
    found["serves"] = ", ".join(map(org_called, sorted(site.serves)))
    found["staff"] = ", ".join(map(name, site.staff)) or "every full member"
    found["requires_two_people"] = "yes" if site.requires_two_people else "no"
    found["chat_detail"] = "the recommendation" if site.chat_detail == "full" else "the reference alone"
    return found


def _words(value: object) -> str:
    if isinstance(value, tuple):
        return ", ".join(map(str, value))
    if isinstance(value, float):
        return f"{value:g}"
    return str(getattr(value, "words", value) or "")
