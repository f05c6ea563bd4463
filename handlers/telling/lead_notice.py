"""What a lead is told of a case: reference, outcome, reasons, and what went before. The answers are behind *Open*."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from handlers import words
from handlers.case import Case
from handlers.clocks import told
from handlers.intents import Subject
from handlers.looking.of_the_case import WHO_RAISED, raisers_name
from handlers.looking.so_far import is_update
from handlers.looking.whom_first import ring_raiser
from handlers.people import Account, Known
from handlers.ports import Delivery, Work
from handlers.raising.reasons import conditions, why
from handlers.referring.referral import UPDATE_DUE, update_due
from handlers.screens import Button, Buttons, Caution, Heading, Message, Paragraph, Part, Small
from handlers.sites import Site
from handlers.telling.asks_again import asks
from policy import Outcome

DECIDE: Final = "Open it to decide: refer, do not refer, or ask for facts. In danger: ring 999 now, decide afterwards."
"""What a lead does with a notice."""
_REACHED: Final = ("sent", "acknowledged", "unsure")


@dataclass(frozen=True, slots=True)
class Before:
    """What went before, as the lead who is told now is to know it."""

    told: tuple[tuple[str, str], ...] = ()
    """The leads who were told before, and when."""
    changed: bool = False
    """This lead was told of an earlier version of the facts."""


NOTHING: Final = Before()


def before_it(notice: Delivery, case: Case, known: Known, work: Work) -> Before:
    """What went before a notice, by what is known of everybody's."""
    same, newest = work.directory.same_person, case.latest.number
    reached = [
        one
        for one in work.deliveries(case.id)
        if one.kind in ("lead_notice", "escalation_asked") and one.state in _REACHED and not one.replaces
    ]
    changed = any(same(one.to, notice.to) and one.version < newest for one in reached)
    earlier: dict[Account, str] = {}
    for one in reached:
        seen = any(same(one.to, other) for other in (notice.to, *earlier))
        about_this = one.kind == notice.kind == "lead_notice" and one.version == newest and not seen
        if about_this and one.due is not None and (notice.due is None or one.due < notice.due):
            earlier[one.to] = told(one.due)
    names = tuple((work.directory.name(who, known), when) for who, when in earlier.items())
    return Before(names if case.opened_at is None else (), changed)


def lacks_names(notice: Delivery, case: Case, work: Work) -> bool:
    """Whether a platform has to say what somebody is called whom the notice names."""
    others = [one.to for one in work.deliveries(case.id) if one.kind == "lead_notice" and one.to != notice.to]
    return notice.kind == "lead_notice" and any(not work.directory.person(one).name for one in others)


def lead_notice(  # what it shows, each by name
    case: Case, site: Site, *, asked: bool, raiser: str = WHO_RAISED, before: Before = NOTHING, ring: str = ""
) -> Message:
    """What a lead is told. The reference stands on top: several of these stand in one chat. `ring` whom, if asked."""
    version = case.latest
    result = version.recommendation()
    token = Subject("case", case.id, "", version.number).write()
    parts: list[Part] = []
    if result.outcome is Outcome.EMERGENCY:
        parts.append(Caution("Check that 999 was called. Do not wait for Signpost."))
    by = "" if raiser == WHO_RAISED else f" by {raiser}"
    parts.append(Paragraph(f"{case.reference} · {site.name} · raised{by} at {told(case.raised_at)}"))
    parts.append(Heading(result.outcome.heading))
    parts += [Paragraph(result.outcome.to_lead), *conditions(result)]
    if asked:
        parts += asks(case, raiser, ring)
    if before.told:
        names = "; ".join(f"{name} at {when}" for name, when in before.told)
        yet = "read the update" if is_update(case) else "opened it"
        parts.append(Paragraph(f"Told before you: {names}. Nobody has {yet} yet."))
    if before.changed:
        parts.append(Paragraph(f"The facts have changed: this is version {version.number}."))
    if number := update_due(case):
        parts.append(Paragraph(UPDATE_DUE.format(number=number)))
    parts += why(result)
    parts.append(Buttons((Button("open_case", "Open", token, opens_form=True, main=True),)))
    parts.append(Paragraph(DECIDE))
    parts.append(Small(words.ADVICE_ONLY))
    return Message(summary=f"{case.reference}: ready to read in Signpost.", parts=tuple(parts))


def notice_for(notice: Delivery, case: Case, site: Site, known: Known, work: Work) -> Message:
    """The notice as it goes out."""
    raiser = raisers_name(case, work.directory, known)
    before = before_it(notice, case, known, work)
    asked, ring = notice.kind == "escalation_asked", ring_raiser(case, site, work.directory, known)
    return lead_notice(case, site, asked=asked, raiser=raiser, before=before, ring=ring)
