"""What did not reach somebody because Signpost is not added for them: said where it is read, and sent again later."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from handlers.access import Granted, accounts_of, is_left_out
from handlers.case import Case
from handlers.contacts import read_about
from handlers.intents import Intent
from handlers.people import Account, Directory, Known
from handlers.ports import Delivery, Work
from handlers.referring.to_ring import is_to_ring, to_ring
from handlers.screens import Caution, Part, Small

NOT_ADDED: Final = "not_installed"
"""Why a message was refused for somebody who does not have Signpost in their chat."""
MOST_CASES: Final = 200
"""Open cases that are looked through for what somebody missed, newest first."""
HOW: Final = "open Apps, search for Signpost and choose Add"
_TO_LEADS: Final = frozenset({"lead_notice", "escalation_asked"})
TO_PEOPLE: Final = _TO_LEADS | {
    "recommendation", "facts_asked", "own_route", "reminder", "decided", "trouble", "by_hand", "acknowledged_told",
}  # fmt: skip
"""Messages about a case to those who raised or lead it; the rest goes to rooms, or overwrites one of these."""


def for_you() -> Part:
    """What somebody reads for whom it is not added, wherever they use Signpost all the same."""
    return Small(
        "Signpost is not added for you here, so it cannot send you messages. What they would say stands in each case, "
        f"which you open here. To add it, {HOW}."
    )


def parts(granted: Granted, sent: Iterable[Delivery], directory: Directory, intent: Intent) -> list[Part]:
    """What stands in a case's window of people whom no message reaches: the reader, and leads."""
    case = granted.case
    missed = [one for one in _without_it(sent) if one not in case.left_out]
    mine = [one for one in missed if directory.same_person(one, intent.by)]
    leads = [one for one in missed if one not in mine and not directory.same_person(one, case.raised_by)]
    said: list[Part] = [for_you()] if mine else []
    if leads:
        names = ", ".join(directory.name(one, intent.known) for one in leads)
        said.append(
            Caution(
                f"Not told through Signpost, which is not added for them: {names}. Ring them.\nTo add it, they {HOW}; "
                "your IT can add it for everybody. What they missed is then sent to them."
            )
        )
    return said


def _without_it(sent: Iterable[Delivery]) -> list[Account]:
    """Whose last message was refused for that reason; oldest delivery first."""
    last: dict[Account, Delivery] = {}
    for one in sent:
        if one.kind in TO_PEOPLE and not one.replaces and one.state in ("sent", "failed", "unsure"):
            last[one.to] = one
    return [to for to, one in last.items() if _missed(one)]


def _missed(one: Delivery) -> bool:
    return one.state == "failed" and one.why == NOT_ADDED


def send_again(account: Account, known: Known, work: Work) -> None:
    """Queue what this account missed of cases that are still open, as far as it still says something; once each."""
    for case in _cases_of(account, known, work):
        for missed, anew in _due(account, case, work):
            key = f"{missed.id}:again"
            if work.applied(key) is not None:
                continue
            work.apply(key, "queued")
            work.record("delivery.again", by=None, case=case.id, site=case.site, detail={"delivery": missed.id})
            work.enqueue(anew)


def _cases_of(account: Account, known: Known, work: Work) -> Iterator[Case]:
    """The open cases that somebody raised, and those of the sites that they lead, unless they were left out."""
    directory = work.directory
    raised = {case.id: case for case in work.cases_raised_by(accounts_of(account, directory), MOST_CASES)}
    yield from raised.values()
    sites = [site.id for site in directory.sites_led_by(account, known)]
    for case in work.cases_at(sites, MOST_CASES) if sites else ():
        if case.id not in raised and not is_left_out(case, account, directory):
            yield case


def _due(account: Account, case: Case, work: Work) -> Iterator[tuple[Delivery, Delivery]]:
    """What they missed, newest of its kind, with what is to be sent in its place."""
    newest: dict[tuple[str, str], Delivery] = {}
    for one in work.deliveries(case.id):
        if one.to == account and not one.replaces and one.kind in TO_PEOPLE:
            group = ("notice", "") if one.kind in _TO_LEADS else (one.kind, one.extra)
            newest[group] = one
    noticed = any(_missed(one) for group, one in newest.items() if group[0] == "notice")
    for one in newest.values():
        if _missed(one) and (anew := _anew(one, case, noticed=noticed)) is not None:
            yield one, anew


def _anew(missed: Delivery, case: Case, *, noticed: bool) -> Delivery | None:
    """The same message, or what has become of it; None where it says nothing any more."""
    same = Delivery(missed.kind, missed.to, case.id, missed.version, extra=missed.extra)
    match missed.kind:
        case "lead_notice" | "escalation_asked" if case.decided is not None:
            decision = case.decided
            return Delivery("notice_decided", missed.to, case.id, decision.version, extra=str(decision.number))
        case "recommendation" | "lead_notice" | "escalation_asked" | "facts_asked":
            return same if missed.version == case.latest.number else None
        case "own_route" if (number := _of_decision(missed.extra)) is not None:
            return same if any(one.number == number for one, _ in to_ring(case)) else None
        case "own_route" | "reminder" if not missed.extra.startswith("phone"):
            waits = case.decided is None and (missed.extra == "undecided" or case.opened_at is None)
            return same if waits and not noticed else None
        case "reminder":  # it names every contact of its decision who has not acknowledged
            number = read_about(missed.extra.removeprefix("phone:"))[0]
            return same if any(one.number == number for one, _ in to_ring(case)) else None
        case "trouble" | "by_hand":
            return same if is_to_ring(case, *read_about(missed.extra)) else None
        case "decided" | "acknowledged_told":
            return same
        case _:
            return None


def _of_decision(why: str) -> int | None:
    """The decision that a word to the raiser is about; None where it is about no decision."""
    what, _, number = why.partition(":")
    return read_about(number)[0] if what in ("contact", "unheard") else None
