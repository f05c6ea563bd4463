"""From facts to a recommendation."""

from __future__ import annotations

from functools import reduce
from operator import getitem, or_
from typing import TYPE_CHECKING, TypeVar

from policy.compile import table_of
from policy.explain import would_change
from policy.facts import gates_of, values
from policy.outcome import Agency, Outcome, Urgency
from policy.questions import FACTS
from policy.recommendation import Action, Recommendation
from policy.table import AGENCIES_OF, AGENCY_BIT, SET_IN_STONE

if TYPE_CHECKING:
    from policy.condition import Given
    from policy.edition import Edition
    from policy.facts import Facts
    from policy.recommendation import Finding
    from policy.table import Mask, Row, Table

_REFERS = (1 << Outcome.REFER_NOW) | (1 << Outcome.EMERGENCY)
T = TypeVar("T")

_IDS = tuple(one.id for one in FACTS)
_QUESTION = {one.id: one.question for one in FACTS}


def assess(facts: Facts, edition: Edition) -> Recommendation:
    """Say what the edition recommends for these facts, and why.

    The outcome is the highest level among the criteria that are met; what is not known is never taken for a no, and a
    question that is not asked counts for nothing. The same facts and edition always give an equal result.
    """
    table = table_of(edition)
    given = values(facts)
    heard = bits = reduce(or_, map(getitem, table.contributes, given), SET_IN_STONE) & table.asked[gates_of(given)]

    met, possible, findings = _criteria(table, heard)
    levels, agencies = 0, 0
    for row in met:
        levels |= row.level
        agencies |= row.agencies
        bits |= row.met_result
    doubts = 0
    for row in possible:
        doubts |= row.level
        bits |= row.possible_result

    outcome = _outcome(table, bits, levels)
    agencies = _agencies(table, bits, agencies)
    bits |= table.outcome_result[outcome] | table.agency_result[agencies]
    ask_next = tuple([_IDS[place] for bit, place in table.open_questions if bits & bit]) if bits & table.unknown else ()
    actions, bits = _actions(table, bits, ask_next, given)
    return Recommendation(
        edition=edition.id,
        outcome=outcome,
        variant=facts.what_was_shared if outcome is Outcome.OUT_OF_SCOPE else None,
        urgency=_urgency(outcome, met, doubts),
        criteria=findings,
        agencies=AGENCIES_OF[agencies],
        actions=actions,
        links=_said(table.links, bits),
        ask_next=ask_next,
        would_change=would_change(table, given, heard, outcome),
        contradictions=_said(table.contradictions, bits),
        remarks=_said(table.remarks, bits),
        find_out_advice=table.find_out_advice if doubts & _REFERS else "",
    )


def _criteria(table: Table, bits: int) -> tuple[list[Row], list[Row], tuple[Finding, ...]]:
    met, possible, findings = [], [], []
    for row in table.rows:
        if bits & row.yes.one or (row.yes.every and row.yes.holds(bits)):
            met.append(row)
            findings.append(row.met)
        elif bits & row.maybe.one or (row.maybe.every and row.maybe.holds(bits)):
            possible.append(row)
            findings.append(row.possible)
    return met, possible, tuple(findings)


def _outcome(table: Table, bits: int, levels: int) -> Outcome:
    if levels:
        return _BY_LEVEL[levels.bit_length() - 1]
    return Outcome.MANAGE_IN_SCHOOL if bits & table.image_known else Outcome.OUT_OF_SCOPE


_BY_LEVEL = tuple(Outcome)


def _agencies(table: Table, bits: int, agencies: int) -> int:
    if bits & table.lado:  # staff: the LADO, whatever the outcome
        agencies |= AGENCY_BIT[Agency.LADO]
    if bits & table.all_adults and agencies & AGENCY_BIT[Agency.SOCIAL_CARE]:
        agencies ^= AGENCY_BIT[Agency.SOCIAL_CARE] | AGENCY_BIT[Agency.ADULT_SAFEGUARDING]
    return agencies


def _urgency(outcome: Outcome, met: list[Row], doubts: int) -> Urgency:
    if outcome >= Outcome.REFER_NOW:
        return Urgency.NOW
    if doubts & _REFERS or any(row.presses for row in met):
        return Urgency.TODAY
    return Urgency.ROUTINE


def _actions(
    table: Table, bits: int, ask_next: tuple[str, ...], given: tuple[Given, ...]
) -> tuple[tuple[Action, ...], int]:
    """The actions that apply, and the bits with theirs added: links look at them."""
    actions = []
    for mask, action, result in table.actions:
        if bits & mask.one or (mask.every and mask.holds(bits)):
            bits |= result
            if action.id == "find_out":
                actions.append(_with_questions(action, ask_next))
            elif worded := table.worded.get(action.id):
                actions.append(worded[1].get(given[worded[0]], action))
            else:
                actions.append(action)
    return tuple(actions), bits


def _with_questions(action: Action, ask_next: tuple[str, ...]) -> Action:
    text = action.text.format(ask_next=" ".join([_QUESTION[id_] for id_ in ask_next]))
    return Action(action.id, text, action.source, action.for_raiser, action.for_lead, action.box, action.collapsed)


def _said(rules: tuple[tuple[Mask, T], ...], bits: int) -> tuple[T, ...]:
    return tuple([said for mask, said in rules if bits & mask.one or (mask.every and mask.holds(bits))])
