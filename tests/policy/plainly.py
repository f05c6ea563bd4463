"""The procedure of the policy specification, written out plainly and slowly: what `assess` must agree with."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from policy import FACTS, FIND_OUT_ORDER, NOT_KNOWN, Agency, Edition, Facts, Finding, Outcome, Recommendation
from policy.actions import ACTIONS
from policy.condition import Given, Truth, truth
from policy.consistency import CONTRADICTIONS
from policy.links import LINKS
from policy.rules import ACTIONS_TAKEN, AGENCIES, MET, OUTCOME, POSSIBLE

if TYPE_CHECKING:
    from collections.abc import Iterable

REFERS = (Outcome.REFER_NOW, Outcome.EMERGENCY)


@dataclass(frozen=True)
class Plain:
    outcome: Outcome
    variant: str | None
    urgency: str
    met: tuple[str, ...]
    possible: tuple[str, ...]
    agencies: tuple[str, ...]
    actions: tuple[str, ...]
    links: tuple[str, ...]
    ask_next: tuple[str, ...]
    contradictions: tuple[str, ...]


def in_short(recommendation: Recommendation) -> Plain:
    return Plain(
        outcome=recommendation.outcome,
        variant=recommendation.variant,
        urgency=recommendation.urgency.value,
        met=ids(recommendation.met),
        possible=ids(recommendation.possible),
        agencies=tuple(agency.value for agency in recommendation.agencies),
        actions=tuple(one.id for one in recommendation.actions),
        links=tuple(one.id for one in recommendation.links),
        ask_next=recommendation.ask_next,
        contradictions=tuple(one.id for one in recommendation.contradictions),
    )


def ids(findings: Iterable[Finding]) -> tuple[str, ...]:
    return tuple(finding.id for finding in findings)


def given_of(facts: Facts) -> dict[str, Given]:
    """Each answer by question, and nothing where the question is not asked."""
    raw: dict[str, Given] = {one.id: getattr(facts, one.id) for one in FACTS}
    return {one.id: raw[one.id] if truth(one.asked, raw.__getitem__) is Truth.YES else () for one in FACTS}


def plainly(facts: Facts, edition: Edition) -> Plain:
    given = given_of(facts)
    open_ids = [one.id for one in FIND_OUT_ORDER if one.id not in edition.silent_on and given[one.id] == NOT_KNOWN]

    met, possible = [], []
    for criterion in edition.criteria:
        if criterion.id == "not_enough_known":
            if open_ids:
                met.append(criterion)
            continue
        holds = truth(criterion.met_when, given.__getitem__)
        if holds is Truth.YES:
            met.append(criterion)
        elif holds is Truth.UNKNOWN:
            possible.append(criterion)

    in_scope = given["what_was_shared"] == "image_under_18"
    none_met = Outcome.MANAGE_IN_SCHOOL if in_scope else Outcome.OUT_OF_SCOPE
    outcome = max((criterion.level for criterion in met), default=none_met)

    agencies = {agency for criterion in met if criterion.level in REFERS for agency in criterion.points_to}
    if given["adult_role"] == "staff_or_trust":
        agencies.add(Agency.LADO)
    if facts.what_was_shared == "all_adults" and Agency.SOCIAL_CARE in agencies:
        agencies = agencies - {Agency.SOCIAL_CARE} | {Agency.ADULT_SAFEGUARDING}

    pressing = any(one.level in REFERS for one in possible) or any(
        one.id not in ("added_vulnerability", "not_enough_known") for one in met
    )
    urgency = "now" if outcome in REFERS else "today" if pressing else "routine"

    given[OUTCOME] = (outcome.id,)
    given[MET] = tuple(one.id for one in met)
    given[POSSIBLE] = tuple(one.id for one in possible)
    given[AGENCIES] = tuple(agency.value for agency in Agency if agency in agencies)
    actions = tuple(rule.id for rule in ACTIONS if truth(rule.when, given.__getitem__) is Truth.YES)
    given[ACTIONS_TAKEN] = actions
    links = tuple(
        rule.id
        for rule in LINKS
        if truth(rule.when, given.__getitem__) is Truth.YES and (not rule.nations or edition.nation in rule.nations)
    )
    return Plain(
        outcome=outcome,
        variant=facts.what_was_shared if outcome is Outcome.OUT_OF_SCOPE else None,
        urgency=urgency,
        met=tuple(one.id for one in met),
        possible=tuple(one.id for one in possible),
        agencies=tuple(str(agency) for agency in given[AGENCIES]),
        actions=actions,
        links=links,
        ask_next=tuple(open_ids),
        contradictions=tuple(one.id for one in CONTRADICTIONS if truth(one.when, given.__getitem__) is Truth.YES),
    )


def outcome_changes(facts: Facts, edition: Edition) -> set[tuple[str, str, Outcome]]:
    """Every single answer that changes the outcome; a way down for what is not known and for nothing else.

    What is set aside counts as not known if a change brings its question back.
    """
    facts = facts.heard()
    now = plainly(facts, edition).outcome
    given = given_of(facts)
    found = set()
    for one in FACTS:
        if not one.bears_on_outcome or given[one.id] == ():
            continue
        for answer in one.answers:
            then = plainly(facts.with_answers({one.id: answer.id}), edition).outcome
            if then > now or (then < now and given[one.id] == NOT_KNOWN):
                found.add((one.id, answer.id, then))
    return found
