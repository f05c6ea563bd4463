"""A case, its versions and the moves that are legal; and the draft that it grows from."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from typing import Final, Literal

from handlers.intents import Value
from handlers.people import Account
from policy import Facts, Recommendation, assess, edition


class State(StrEnum):
    """Where a case stands."""

    RECOMMENDED = "recommended"
    ESCALATION_REQUESTED = "escalation_requested"
    REFERRED = "referred"
    NOT_REFERRED = "not_referred"
    FOLLOWED_UP = "followed_up"
    CLOSED = "closed"
    ERASED = "erased"


MOVES: Final[Mapping[State, frozenset[State]]] = {
    State.RECOMMENDED: frozenset({State.ESCALATION_REQUESTED, State.REFERRED, State.NOT_REFERRED}),
    State.ESCALATION_REQUESTED: frozenset({State.REFERRED, State.NOT_REFERRED}),
    State.REFERRED: frozenset({State.REFERRED, State.FOLLOWED_UP}),
    State.NOT_REFERRED: frozenset({State.REFERRED, State.FOLLOWED_UP}),
    State.FOLLOWED_UP: frozenset({State.REFERRED, State.CLOSED}),
    State.CLOSED: frozenset({State.RECOMMENDED, State.ERASED}),
    State.ERASED: frozenset(),
}
"""From each state, the states that it may move to. Any other move is refused."""


class IllegalMove(Exception):
    """A case was asked to move where it may not."""


@dataclass(frozen=True, slots=True)
class Version:
    """What was known at one moment, and under which edition it was assessed."""

    number: int
    facts: Facts
    edition: str
    notes: str
    by: Account
    at: datetime
    by_lead: bool = False
    """Whether a lead of the site gave these facts: they are shown what a lead is shown."""

    def recommendation(self) -> Recommendation:
        """What the policy says of these facts. Pure, so it is the same today as on the day."""
        return assess(self.facts, edition(self.edition))


@dataclass(frozen=True, slots=True)
class Told:
    """A contact as it was when a lead chose it: how it is called once it has left the configuration."""

    contact: str
    purpose: str
    kind: str
    name: str
    rings: str = ""
    """The number that a lead rings for it. Empty in what an earlier release kept, as is where it led."""
    place: str = ""
    """Where it led, as a lead was shown it."""


@dataclass(frozen=True, slots=True)
class Decision:
    """What a lead decided, on which facts, and what they had been shown before. Written once, never changed."""

    number: int
    kind: Literal["refer", "do_not_refer"]
    by: Account
    by_name: str
    """What the platform called them at that moment."""
    at: datetime
    reason: str
    version: int
    edition: str
    notice: str = ""
    """The version of the notice that they were shown."""
    contacts: tuple[str, ...] = ()
    alone: bool = False
    """They had raised the case themselves, and nobody else looked at it."""
    site_line: str = ""
    lead_line: str = ""
    """How the message names the school and the lead: as it was shown, whatever configuration says later."""
    told: tuple[Told, ...] = ()
    """The contacts as they were then. A decision of an earlier release has none."""
    again: tuple[str, ...] = ()
    """Of the contacts those who had been told of the same facts before: their message says so, as a lead was shown."""

    words: tuple[tuple[str, tuple[tuple[str, ...], ...]], ...] = ()
    """The message of each contact as it was approved, part by part. An earlier release kept none."""

    def words_to(self, contact: str) -> tuple[tuple[str, ...], ...]:
        """The words that were approved for a contact; none where an earlier release kept none."""
        return next((parts for one, parts in self.words if one == contact), ())

    def as_told(self, contact: str) -> Told | None:
        """How a contact was when it was chosen; None where nothing was kept of it."""
        return next((one for one in self.told if one.contact == contact), None)


@dataclass(frozen=True, slots=True)
class Acknowledgement:
    """That a contact has it: a press in their channel, or a call that was written down."""

    decision: int
    contact: str
    by: Account
    name: str
    org: str
    at: datetime
    log: str = ""
    """The log or incident number of a call."""
    spoke_to: str = ""
    rung_at: str = ""


@dataclass(frozen=True, slots=True)
class Case:
    """One incident. `id` is opaque (128 random bits or more); `reference` is what people quote."""

    id: str
    reference: str
    site: str
    state: State
    raised_by: Account
    raised_at: datetime
    versions: tuple[Version, ...]
    left_out: tuple[Account, ...] = ()
    """Leads whom the raiser left out, with every account that was theirs then: no message and no access."""
    raised_as: tuple[Account, ...] = ()
    """Every account that was the raiser's then. A case of an earlier release has none."""
    raised_by_name: str = ""
    """What the platform called whoever raised it. Empty where no name came, and in a case of an earlier release."""
    opened_at: datetime | None = None
    """When a lead first opened it as it is now: stops the clock that tells the next lead. New facts begin anew."""
    opened_by: Account | None = None
    """Who that was: they hold it until somebody decides."""
    first_opened_at: datetime | None = None
    """When a lead opened it for the very first time, whatever came after. A case of an earlier release has none."""
    asked_at: datetime | None = None
    """When the raiser last asked a lead to escalate."""
    decisions: tuple[Decision, ...] = ()
    acknowledged: tuple[Acknowledgement, ...] = ()

    @property
    def latest(self) -> Version:
        """The newest version."""
        return self.versions[-1]

    def version(self, number: int) -> Version:
        """The version with that number (from 1), or the newest for a number that does not exist."""
        return self.versions[number - 1] if 0 < number <= len(self.versions) else self.latest

    def decision(self, number: int) -> Decision | None:
        """The decision with that number (from 1), or None."""
        return self.decisions[number - 1] if 0 < number <= len(self.decisions) else None

    @property
    def decided(self) -> Decision | None:
        """The decision on the newest version, if there is one: what waits for a decision waits no longer.

        Where the raiser asked again after a lead decided not to refer, it waits anew.
        """
        found = next((one for one in reversed(self.decisions) if one.version == self.latest.number), None)
        if found is None or found.kind == "refer" or self.asked_at is None or self.asked_at <= found.at:
            return found
        return None

    def acknowledgement(self, decision: int, contact: str) -> Acknowledgement | None:
        """Who acknowledged a decision for a contact, or None."""
        return next((one for one in self.acknowledged if (one.decision, one.contact) == (decision, contact)), None)

    def last_by(self, accounts: Collection[Account]) -> Version | None:
        """The newest version that one of these accounts gave, or None."""
        return next((one for one in reversed(self.versions) if one.by in accounts), None)

    def opened(self, at: datetime, by: Account) -> Case:
        """The case with a lead who has it open now."""
        first = self.first_opened_at or self.opened_at or at
        return replace(self, opened_at=at, opened_by=by, first_opened_at=first)

    def moved(self, state: State) -> Case:
        """The case in another state. Raises IllegalMove where `MOVES` does not allow it."""
        if state not in MOVES[self.state]:
            raise IllegalMove(f"{self.state} to {state}")
        return replace(self, state=state)


@dataclass(frozen=True, slots=True)
class Draft:
    """A report being written. Kept on the server after every page, for `DRAFT_HOURS`."""

    id: str
    owner: Account
    site: str
    place: str
    rev: int
    saved_at: datetime
    answers: Mapping[str, Value] = field(default_factory=dict)
    """By fact id, as chosen; also those of questions that have closed since, in case they open again."""
    notes: str = ""
    notes_warned: str = ""
    """The notes that were warned about: the same text again is let through."""
    left_out: tuple[Account, ...] = ()
    case: str = ""
    """The case that this updates, or that it has already become (in danger now)."""
    updates: bool = False
    """It was begun with *Update the facts*."""
    base: int = 0
    """The version that its answers were filled in from; 0 for a new report. Only what differs from it is a change."""
    checking: bool = False
    """It has been at *Check your answers*: a changed page leads back there."""

    def facts(self) -> Facts:
        """The answers as facts for the policy."""
        return Facts.of({name: value for name, value in self.answers.items() if value})


UPDATE: Final = "update."
"""How the id of a draft begins that updates a case: it never turns into a new report."""


def is_update(draft_id: str) -> bool:
    """Whether a draft was begun with *Update the facts*, also when nothing is left of it but its id."""
    return draft_id.startswith(UPDATE)


DRAFT_HOURS: Final = 24
"""How long a draft is kept after it was last saved."""
