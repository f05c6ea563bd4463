"""What `assess` gives back: the outcome with all its reasons, as one value that cannot change."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from policy.outcome import Agency, Outcome, Urgency
    from policy.sources import Source

Status = Literal["met", "possible"]


@dataclass(frozen=True, slots=True)
class Finding:
    """A criterion that is met, or possible because something is not known yet (`level` then is what it would be).

    `points_to` starts with the agency to ring first. `told` is what an agency is told of it: no order to anybody, and
    of what is not known a "whether"; empty: nothing.
    """

    id: str
    status: Status
    level: Outcome
    source: Source
    reason: str
    points_to: tuple[Agency, ...] = ()
    told: str = ""


@dataclass(frozen=True, slots=True)
class Action:
    """Something to do, or (`box`) not to do. `for_raiser` and `for_lead` say on whose screens it stands."""

    id: str
    text: str
    source: Source
    for_raiser: bool
    for_lead: bool = True
    box: bool = False
    collapsed: bool = False


@dataclass(frozen=True, slots=True)
class Link:
    """Guidance or help. `note` adds a number or a second address; `checked` is False until a person opened it."""

    id: str
    title: str
    url: str
    whose: tuple[str, ...]
    note: str = ""
    checked: bool = True


@dataclass(frozen=True, slots=True)
class Change:
    """One answer that would change the outcome, and what the outcome would be then."""

    fact: str
    answer: str
    outcome: Outcome


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Two answers that do not go together, and the sentence that points it out. It never moves the outcome."""

    id: str
    text: str


@dataclass(frozen=True, slots=True, repr=False)
class Recommendation:
    """What an edition recommends for some facts, and why.

    `criteria` stand in the edition's order. `variant` is what was shared, if the outcome is `out_of_scope`.
    `remarks` are sentences that go with the outcome. `find_out_advice` stands once under the possible criteria; it is
    empty unless one of them would be a reason to refer. `would_change` has the upward changes first.
    """

    edition: str
    outcome: Outcome
    variant: str | None
    urgency: Urgency
    criteria: tuple[Finding, ...]
    agencies: tuple[Agency, ...]
    actions: tuple[Action, ...]
    links: tuple[Link, ...]
    ask_next: tuple[str, ...]
    would_change: tuple[Change, ...]
    contradictions: tuple[Contradiction, ...]
    remarks: tuple[str, ...] = ()
    find_out_advice: str = ""

    @property
    def met(self) -> tuple[Finding, ...]:
        """The criteria that are met."""
        return tuple(finding for finding in self.criteria if finding.status == "met")

    @property
    def possible(self) -> tuple[Finding, ...]:
        """The criteria that are not known yet: the list "Find out first"."""
        return tuple(finding for finding in self.criteria if finding.status == "possible")

    def as_json(self) -> dict[str, Any]:
        """Give the contract's JSON: plain dicts, lists and strings, with ids for everything."""
        return {
            "edition": self.edition,
            "outcome": self.outcome.id,
            "variant": self.variant,
            "urgency": self.urgency.value,
            "criteria": [
                {
                    "id": finding.id,
                    "status": finding.status,
                    "level": finding.level.id,
                    "source": asdict(finding.source),
                    "reason": finding.reason,
                }
                for finding in self.criteria
            ],
            "agencies": [agency.value for agency in self.agencies],
            "actions": [{"id": one.id, "text": one.text, "source": asdict(one.source)} for one in self.actions],
            "links": [{"id": link.id, "title": link.title, "url": link.url} for link in self.links],
            "ask_next": list(self.ask_next),
            "would_change": [
                {"facts": {change.fact: change.answer}, "outcome": change.outcome.id} for change in self.would_change
            ],
            "contradictions": [one.id for one in self.contradictions],
        }

    def __repr__(self) -> str:
        """Say nothing of the case: a repr ends up in tracebacks and logs."""
        return f"Recommendation(<under {self.edition}>)"
