"""Which decisions a case is open for just now, and where each of them leads."""

from __future__ import annotations

from typing import Final, Literal

from handlers.case import MOVES, Case, State

Kind = Literal["refer", "do_not_refer"]
_LATE: Final = (State.REFERRED, State.NOT_REFERRED)


def may_decide(kind: Kind, case: Case) -> bool:
    """Whether that can be decided of the case as it stands."""
    return target(kind, case) in (stays(kind, case) or (MOVES[case.state] - _only_new_facts(kind, case)))


def target(kind: Kind, case: Case) -> State:
    """Where a decision leads. Not to send late facts leaves a case referred."""
    return State.REFERRED if kind == "refer" or case.state is State.REFERRED else State.NOT_REFERRED


def stays(kind: Kind, case: Case) -> frozenset[State]:
    """The state that a decision leaves as it is: not to send late facts, or still not to refer.

    Whatever waits for a decision can be answered by either of the two.
    """
    late = kind == "do_not_refer" and case.state in _LATE and case.decided is None
    return frozenset({case.state}) if late else frozenset()


def _only_new_facts(kind: Kind, case: Case) -> frozenset[State]:
    """A referral of these very facts is not taken back by deciding not to refer them."""
    return frozenset({State.REFERRED}) if kind == "do_not_refer" and case.state is State.REFERRED else frozenset()
