"""Outcome 21 from the police's point of view: features that stand in its way. They never set our outcome."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

from policy.condition import Truth, any_of, truth
from policy.questions import (
    adult_involved,
    age_or_power_gap,
    agreed,
    capacity_concern,
    coercion,
    content_shown,
    extortion_demand,
    intent_to_harm,
    profit_motive,
    relationship,
    repeat_behaviour,
    spread,
)
from policy.sources import COP_2016_BLM, COP_CURRENT, LETTER_2017, NPCC_SGII_2024, READ, REPORTED, Source

if TYPE_CHECKING:
    from policy.condition import Condition
    from policy.facts import Facts

OUTCOME_21_WORDS: Final = (
    "The police, not the school, decide. Outcome 21 may be considered only where there is no evidence of the following:"
)


@dataclass(frozen=True, slots=True)
class FeatureRule:
    """A feature, the document that names it, and the condition under which it is known."""

    id: str
    text: str
    source: Source
    known_when: Condition


@dataclass(frozen=True, slots=True)
class Feature:
    """A feature that is known of, or open because something is not known yet."""

    id: str
    text: str
    status: Literal["known", "open"]
    source: Source


FEATURES: Final = (
    FeatureRule(
        "exploitation",
        "exploitation, grooming, coercion",
        LETTER_2017.at("no evidence of exploitation, grooming", mark=READ).source,
        any_of(
            coercion.is_in("yes"),
            extortion_demand.is_in("yes"),
            capacity_concern.is_in("yes"),
            relationship.is_in("online_only"),
        ),
    ),
    FeatureRule(
        "adults",
        "adults as perpetrators",
        COP_CURRENT.at("adults as perpetrators", mark=READ).source,
        adult_involved.is_in("yes"),
    ),
    FeatureRule(
        "profit_motive",
        "profit motive",
        LETTER_2017.at("no evidence of a profit motive", mark=READ).source,
        profit_motive.is_in("yes"),
    ),
    FeatureRule(
        "malicious_intent",
        "malicious intent",
        LETTER_2017.at("no evidence of malicious intent", mark=READ).source,
        intent_to_harm.is_in("yes"),
    ),
    FeatureRule(
        "inappropriate_sharing",
        "inappropriate sharing",
        LETTER_2017.at("no evidence of inappropriate sharing", mark=READ).source,
        any_of(spread.is_in("shared_on", "wide_or_public"), agreed.is_in("no")),
    ),
    FeatureRule(
        "persistent_behaviour",
        "persistent behaviour",
        LETTER_2017.at("no evidence of persistent behaviour", mark=READ).source,
        repeat_behaviour.is_in("yes"),
    ),
    FeatureRule(
        "violence",
        "violence",
        COP_2016_BLM.at("risk factors", mark=REPORTED).source,
        content_shown.is_in("unusual_or_violent"),
    ),
    FeatureRule(
        "imbalance_of_power",
        "imbalance of power",
        NPCC_SGII_2024.at("non-aggravated category", mark=REPORTED).source,
        age_or_power_gap.is_in("yes"),
    ),
)


def outcome_21_features(facts: Facts) -> tuple[Feature, ...]:
    """The features that are known or open, in the order of `FEATURES`; what is known not to be there is left out."""
    judged = ((rule, truth(rule.known_when, facts.given)) for rule in FEATURES)
    return tuple(
        Feature(rule.id, rule.text, "known" if holds is Truth.YES else "open", rule.source)
        for rule, holds in judged
        if holds is not Truth.NO
    )
