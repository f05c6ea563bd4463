"""Lines in a lead's chat that events have overtaken: an order to do what is done makes way for a receipt."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from handlers.case import Case
from handlers.ports import Delivery, Work

OPEN_IT: Final = ("unopened",)
DECIDE_IT: Final = ("unopened", "undecided")
"""Which reminders are settled once a lead has opened it, and once one has decided, or newer facts came."""

_GONE: Final = ("dropped", "failed")


def standing(case: Case, work: Work) -> tuple[Delivery, ...]:
    """The lines to leads that tell them to do something, and that stand there as they were sent, or as decided."""
    every = work.deliveries(case.id)
    taken = {one.replaces for one in every if one.kind == "retired" and one.state not in _GONE}
    kinds = ("lead_notice", "escalation_asked", "reminder")
    return tuple(one for one in every if one.kind in kinds and one.state not in _GONE and one.id not in taken)


def retire_reminders(
    case: Case, work: Work, why: str, which: Callable[[Delivery], bool] = lambda _: True, *, words: tuple[str, ...] = ()
) -> None:
    """Turn reminders into receipts that say `why`; one that waits is withdrawn.

    `words` are those that they were sent for, `which` is what else has to hold.
    """
    for old in standing(case, work):
        if old.kind != "reminder" or (words and old.extra not in words) or not which(old):
            continue
        if old.state == "queued":
            work.cancel(old.id)
        else:
            work.enqueue(Delivery("retired", old.to, case.id, case.latest.number, replaces=old.id, extra=why))


def is_to_ring_about(decision: int) -> Callable[[Delivery], bool]:
    """Whether a reminder is to ring the contacts of this decision."""
    return lambda one: one.extra.startswith(f"phone:{decision}:")
