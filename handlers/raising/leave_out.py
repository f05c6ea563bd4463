"""The choice of leads who are not told: how each is called, which boxes are drawn, and what a box that came back means.

Who was left out is left out until whoever raised it takes the tick away from a box that was in front of them. So a page
carries which boxes it was drawn with: a lead who cannot be offered just then has none, and is not let in by that.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import replace
from hashlib import sha256
from typing import Final

from handlers.intents import Intent, Value
from handlers.people import Account, Directory, Known

CHECK: Final = "check"
"""The place of *Check your answers*."""
ASK: Final = "leads"
"""The place of the one question that comes before a quick way to send."""
DANGER: Final = "danger"
"""The place of the 999 screen."""
PLACES: Final = (CHECK, ASK, DANGER)
"""Where the choice may stand; with boxes behind a slash where somebody is left out already."""
MOST_CHARS: Final = 75
"""What an option's label may hold on Slack."""
_PLACES: Final = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")


def names_of(leads: Iterable[Account], directory: Directory, known: Known) -> dict[Account, str]:
    """What to call each lead, in the order in which they are asked, so that no two read the same.

    Where no name came in time, or two have the same, they are told apart by their place and their account.
    """
    found = {lead: directory.person(lead).name or known.names.get(lead, "") for lead in leads}
    often = Counter(found.values())
    return {
        lead: name if name and often[name] == 1 else _told_apart(lead, number, name or directory.person(lead).role)
        for number, (lead, name) in enumerate(found.items())
    }


def _told_apart(lead: Account, number: int, said: str) -> str:
    place = f"{_PLACES[number]} lead" if number < len(_PLACES) else f"lead number {number + 1}"
    if not said:
        start = f"The {place}" if number < len(_PLACES) else place.capitalize()
        return f"{start} ({lead.user})"
    rest = f", {place} ({lead.user})"
    return f"{said[: max(0, MOST_CHARS - len(rest))]}{rest}"


def boxes_of(left_out: Iterable[Account], leads: Iterable[Account], directory: Directory) -> dict[Account, Account]:
    """The box that stands for each account that is left out: that of the person. Who has no box is not on offer."""
    offered = tuple(leads)
    found = {one: next((lead for lead in offered if directory.same_person(lead, one)), None) for one in left_out}
    return {one: box for one, box in found.items() if box is not None}


def without_box(
    left_out: Iterable[Account], boxes: Mapping[Account, Account], directory: Directory, known: Known
) -> list[str]:
    """What to call those who are left out and not on offer, each person once."""
    found: list[Account] = []
    for one in left_out:
        if one not in boxes and not any(directory.same_person(one, seen) for seen in found):
            found.append(one)
    return [directory.person(one).name or known.names.get(one, "") or f"the account {one.user}" for one in found]


def place_with(boxes: Mapping[Account, Account], place: str = CHECK) -> str:
    """The place of the page, with the boxes that it is drawn with of those who are left out."""
    codes = (_code(one) if one == box else f"{_code(one)}:{_code(box)}" for one, box in boxes.items())
    return "/".join(filter(None, (place, ",".join(codes))))


def drawn_with(intent: Intent) -> tuple[Intent, dict[str, str]]:
    """The same press at its plain place, and with which boxes its page was drawn.

    A page of an earlier release does not say: no tick was taken away on it.
    """
    place, _, codes = intent.subject.place.partition("/")
    if place not in PLACES:
        return intent, {}
    pairs = (one.partition(":") for one in codes.split(",") if one)
    drawn = {one: box or one for one, _, box in pairs}
    return replace(intent, subject=replace(intent.subject, place=place)), drawn


def answered(
    value: Value, left_out: tuple[Account, ...], drawn: Mapping[str, str], offered: frozenset[str]
) -> tuple[tuple[Account, ...], bool]:
    """Who is left out by what came back, and whether all of it was on offer."""
    given = value if isinstance(value, tuple) else (value,) if value else ()
    ticked = tuple(Account.parse(one) for one in given if one in offered or one in map(str, left_out))
    codes = set(map(_code, ticked))
    stay = (one for one in left_out if drawn.get(_code(one)) is None or drawn[_code(one)] in codes)
    return tuple(dict.fromkeys((*stay, *ticked))), len(ticked) == len(given)


def with_other_accounts(left_out: Iterable[Account], raiser: Account, directory: Directory) -> tuple[Account, ...]:
    """Every account of those who are left out, as configuration has it now: whatever is unlinked later, they stay out.

    Who is said to be one person with the raiser stays out by themselves: the raiser's accounts are not theirs.
    """
    every = ((one, *directory.person(one).accounts) for one in left_out)
    return tuple(dict.fromkeys(one for ones in every for one in (ones[:1] if raiser in ones else ones)))


def _code(account: Account) -> str:
    return sha256(str(account).encode()).hexdigest()[:6]
