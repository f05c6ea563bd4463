"""Signpost's policy: what is asked, what follows from the answers, and where that comes from.

Pure: no I/O, no clock, no randomness. This module is the whole public surface.
"""

from policy.assess import assess
from policy.compile import action, all_links
from policy.condition import NOT_KNOWN
from policy.criterion import Criterion, NotCoded
from policy.difference import Difference, difference
from policy.edition import Edition
from policy.editions import DEFAULT, EDITIONS, Nation, edition, in_force, says_for
from policy.fact import Answer, Fact
from policy.facts import Facts, NotAFact, UnknownAnswer, UnknownFact, page
from policy.nations import NoEdition, signpost_for
from policy.notice import Notice, NoticePoint, police_notice
from policy.outcome import Agency, Outcome, Urgency
from policy.outcome_21 import FEATURES, OUTCOME_21_WORDS, Feature, outcome_21_features
from policy.questions import FACTS, FIND_OUT_ORDER, STEPS, fact
from policy.recommendation import Action, Change, Contradiction, Finding, Link, Recommendation
from policy.sources import Source
from policy.version import TEXT_VERSION
from policy.words import (
    DO_NOT_ASK_THE_CHILD,
    ESCALATE_AT_ANY_TIME,
    FIND_OUT_FIRST,
    LEAD_WILL_WANT_TO_KNOW,
    NOTHING_MET,
    VARIANTS,
    conditions_to_manage,
    rests_on,
)

__all__ = [
    "DEFAULT",
    "DO_NOT_ASK_THE_CHILD",
    "EDITIONS",
    "ESCALATE_AT_ANY_TIME",
    "FACTS",
    "FEATURES",
    "FIND_OUT_FIRST",
    "FIND_OUT_ORDER",
    "LEAD_WILL_WANT_TO_KNOW",
    "NOTHING_MET",
    "NOT_KNOWN",
    "OUTCOME_21_WORDS",
    "STEPS",
    "TEXT_VERSION",
    "VARIANTS",
    "Action",
    "Agency",
    "Answer",
    "Change",
    "Contradiction",
    "Criterion",
    "Difference",
    "Edition",
    "Fact",
    "Facts",
    "Feature",
    "Finding",
    "Link",
    "Nation",
    "NoEdition",
    "NotAFact",
    "NotCoded",
    "Notice",
    "NoticePoint",
    "Outcome",
    "Recommendation",
    "Source",
    "UnknownAnswer",
    "UnknownFact",
    "Urgency",
    "action",
    "all_links",
    "assess",
    "conditions_to_manage",
    "difference",
    "edition",
    "fact",
    "in_force",
    "outcome_21_features",
    "page",
    "police_notice",
    "rests_on",
    "says_for",
    "signpost_for",
]
