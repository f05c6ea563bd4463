"""Signpost's policy: what is asked, what follows from the answers, and where that comes from.

Pure: no I/O, no clock, no randomness. This module is the whole public surface.
"""

from policy.assess import assess
from policy.condition import NOT_KNOWN
from policy.edition import Edition
from policy.editions import DEFAULT, EDITIONS, Nation, edition, in_force, says_for
from policy.fact import Answer, Fact
from policy.facts import Facts, NotAFact, UnknownAnswer, UnknownFact, page
from policy.outcome import Agency, Outcome, Urgency
from policy.questions import FACTS, STEPS, fact
from policy.recommendation import Action, Change, Contradiction, Finding, Link, Recommendation
from policy.sources import Source

__all__ = [
    "DEFAULT",
    "EDITIONS",
    "FACTS",
    "NOT_KNOWN",
    "STEPS",
    "Action",
    "Agency",
    "Answer",
    "Change",
    "Contradiction",
    "Edition",
    "Fact",
    "Facts",
    "Finding",
    "Link",
    "Nation",
    "NotAFact",
    "Outcome",
    "Recommendation",
    "Source",
    "UnknownAnswer",
    "UnknownFact",
    "Urgency",
    "assess",
    "edition",
    "fact",
    "in_force",
    "page",
    "says_for",
]
