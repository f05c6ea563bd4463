"""An edition of the guidance: its criteria, and the words and dates that go with it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from policy.sources import SIGNPOST_RULE, SIGNPOST_RULE_WALES

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from policy.criterion import Criterion, NotCoded
    from policy.sources import Citation, Document, Source

CodedNation = Literal["england", "wales"]


@dataclass(frozen=True, slots=True)
class DutyToReport:
    """A legal duty of the person themselves. While `since` is None nobody has settled that it is in force."""

    since: date | None
    text: str


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Edition:
    """One edition of the guidance for one nation, complete. Two editions are equal only if they are the same object.

    `in_force` is the first and the last day (None: still in force) on which an incident came to attention.
    `silent_on` lists questions that bear on the outcome elsewhere and not here: they are no open question.
    """

    id: str
    nation: CodedNation
    title: str
    shown_as: str
    term: str
    in_force: tuple[date, date | None]
    lead_title: str
    social_care_name: str
    guidance: Document
    documents: tuple[Document, ...]
    headings: tuple[str, ...]
    criteria: tuple[Criterion, ...]
    not_coded: tuple[NotCoded, ...]
    silent_on: tuple[str, ...] = ()
    duty_to_report: DutyToReport | None = None

    def say(self, text: str) -> str:
        """Put the nation's own titles into a text: "DSL" and "children's social care" are the English ones."""
        return re.sub(r"\bDSL\b", self.lead_title, text).replace("children's social care", self.social_care_name)

    def source(self, cite: Iterable[Citation]) -> Source:
        """The source to show: the first of these that belongs to this edition, else Signpost's own rule."""
        own = (citation.source for citation in cite if citation.document in self.documents)
        return next(own, SIGNPOST_RULE_WALES if self.nation == "wales" else SIGNPOST_RULE)

    def duty_text(self, on: date) -> str | None:
        """The sentence on the legal duty to report, if it is known to be in force on that day."""
        duty = self.duty_to_report
        return duty.text if duty and duty.since and duty.since <= on else None
