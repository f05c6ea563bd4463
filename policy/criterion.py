"""One criterion: a condition over facts, where it comes from, and what it means if it is met."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from policy.condition import Condition
    from policy.outcome import Agency, Outcome
    from policy.sources import Citation


@dataclass(frozen=True, slots=True, kw_only=True)
class Criterion:
    """A declared criterion.

    `met_when` true: it is met, at its `level`. Unknown: it is possible, which never counts as no. `cite` holds the
    edition's own documents, the first is shown; if it is empty, the rule is Signpost's own. `points_to` starts with the
    one to ring first.

    `reason` speaks to whoever asks. An agency is told `told` of it once it is met (None: the reason as it stands;
    empty: nothing), and `told_open` while nobody knows (None: the first sentence of that, behind a "whether").
    """

    id: str
    cite: tuple[Citation, ...]
    reason: str
    met_when: Condition
    level: Outcome
    points_to: tuple[Agency, ...] = ()
    note: str = ""
    told: str | None = None
    told_open: str | None = None

    @property
    def told_met(self) -> str:
        """What an agency is told once it is met."""
        return self.reason if self.told is None else self.told

    @property
    def told_unknown(self) -> str:
        """What an agency is told while nobody knows whether it is met."""
        if self.told_open is not None or not self.told_met:
            return self.told_open or ""
        first = self.told_met.partition(". ")[0].removesuffix(".")
        return f"whether {first[0].lower()}{first[1:]}"

    def cited(self, *cite: Citation) -> Criterion:
        """Carry this criterion to another edition, with that edition's own citations."""
        return replace(self, cite=cite)


@dataclass(frozen=True, slots=True)
class NotCoded:
    """A passage that is left to a person's judgement, and why no rule could stand for it."""

    heading: str
    what: str
    why: str
