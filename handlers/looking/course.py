"""What was decided about a case, how the messages stand, and who acknowledged: as far as the reader may know it."""

from __future__ import annotations

from handlers.access import Granted
from handlers.case import Decision
from handlers.clocks import told
from handlers.contact_names import called, confirmed, went_to
from handlers.contacts import about
from handlers.ports import Delivery
from handlers.referring.acknowledge import call_line
from handlers.referring.since import Since, nobody_known
from handlers.referring.trouble import stands_now
from handlers.screens import Heading, Part, Rows


def decided_parts(granted: Granted, sent: tuple[Delivery, ...], since: Since = nobody_known) -> list[Part]:
    """The decisions of a case, newest last. A raiser reads what was decided and when; a lead reads all of it."""
    rows: list[tuple[str, str]] = []
    for decision in granted.case.decisions:
        for_a_lead = granted.is_lead
        rows += _for_a_lead(decision, granted, sent, since) if for_a_lead else _for_the_raiser(decision, granted)
    return [Heading("What was decided"), Rows(tuple(rows))] if rows else []


def _for_the_raiser(decision: Decision, granted: Granted) -> list[tuple[str, str]]:
    said = "A lead decided to refer" if decision.kind == "refer" else "A lead decided not to refer for now"
    rows = [(told(decision.at), said)]
    theirs = [one for one in granted.case.acknowledged if one.decision == decision.number]
    return [*rows, *((told(one.at), confirmed(granted.site, decision, one.contact)) for one in theirs)]


def _for_a_lead(
    decision: Decision, granted: Granted, sent: tuple[Delivery, ...], since: Since
) -> list[tuple[str, str]]:
    case, site = granted.case, granted.site
    what = "refer" if decision.kind == "refer" else "do not refer"
    alone = " They had raised it themselves and decided alone." if decision.alone else ""
    rows = [
        (
            told(decision.at),
            f"{decision.by_name} decided: {what} (facts version {decision.version}). Reason: {decision.reason}{alone}",
        )
    ]
    for contact in decision.contacts:
        said = case.acknowledgement(decision.number, contact)
        of_it = [one for one in sent if one.kind == "referral" and one.extra == about(decision.number, contact)]
        how = stands_now(case, decision, of_it[-1]) if of_it else "To be rung by a lead."
        to = of_it[-1].to if of_it else None
        who = went_to(site, decision, contact, to, since) if to else called(site, decision, contact)
        open_still = "Not acknowledged yet." if of_it else "No call is written down yet."
        rows.append((who, f"{how} {call_line(said, site) if said else open_still}"))
    return rows
