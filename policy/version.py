"""An id for all the words that people are shown, so that a record can say which words they were."""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING, Final

from policy.actions import ACTIONS
from policy.consistency import CONTRADICTIONS
from policy.editions import EDITIONS
from policy.links import LINKS
from policy.notice import police_notice
from policy.outcome import Outcome
from policy.outcome_21 import FEATURES
from policy.questions import FACTS, STEPS
from policy.words import FIND_OUT_ADVICE, NOTHING_MET, REMARKS, RESTS_ON, VARIANTS, conditions_to_manage, rests_on

if TYPE_CHECKING:
    from collections.abc import Iterator

    from policy.edition import Edition


def texts() -> Iterator[str]:
    """Every text that the policy can show, in a fixed order."""
    yield from STEPS
    for fact in FACTS:
        yield from (fact.question, fact.help, *(answer.label for answer in fact.answers))
    for outcome in Outcome:
        yield from (outcome.heading, outcome.means, outcome.to_raiser, outcome.to_lead)
    for action in ACTIONS:
        yield from (action.text, *action.worded.values())
    yield from (one.text for one in (*CONTRADICTIONS, *REMARKS, *FEATURES))
    for link in LINKS:
        yield from (link.title, link.url, link.note)
    yield from (FIND_OUT_ADVICE, NOTHING_MET, *VARIANTS.values())
    for edition in EDITIONS:
        yield from _of_edition(edition)


def _of_edition(edition: Edition) -> Iterator[str]:
    yield from (edition.title, edition.shown_as, edition.term, edition.lead_title, edition.social_care_name)
    for criterion in edition.criteria:
        yield from (criterion.reason, criterion.told_met, criterion.told_unknown)
        source = edition.source(criterion.cite)
        yield from (source.document, source.edition, source.ref)
    for action in ACTIONS:
        yield edition.source(action.cite).ref
    yield from (passage.why for passage in edition.not_coded)
    yield from conditions_to_manage(edition)
    yield from (rests_on(outcome, edition).ref for outcome in RESTS_ON)
    if edition.duty_to_report:
        yield edition.duty_to_report.text
    notice = police_notice(edition)
    yield notice.opening
    for point in notice.points:
        yield from (point.title, point.text)


TEXT_VERSION: Final = "texts-" + sha256("\0".join(texts()).encode()).hexdigest()[:12]
