"""A case as it comes about: raised, updated, decided and acknowledged, in a transaction each."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from handlers.case import State
from tests.store.given import LEAD, a_case, a_notice, a_version, keep

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.store.store import Store
    from handlers.case import Case
    from handlers.ports import Work

RAISED = a_case(decisions=(), acknowledged=())
UPDATED = replace(RAISED, versions=(a_version(), a_version(2)))
DECISION = replace(a_case().decisions[0], version=2)
DECIDED = replace(UPDATED, state=State.REFERRED, decisions=(DECISION,))
CONFIRMED = replace(DECIDED, acknowledged=a_case().acknowledged)


async def tell(store: Store) -> None:
    """Write it."""

    def write(case: Case, event: str) -> Callable[[Work], None]:
        def go(work: Work) -> None:
            work.record("case.read", by=LEAD, case=case.id, site=case.site)
            work.keep_case(case)
            work.record(event, by=LEAD, case=case.id, site=case.site, detail={"version": "1"})

        return go

    for case, event in (
        (RAISED, "case.raised"), (UPDATED, "case.updated"), (DECIDED, "case.decided"),
        (CONFIRMED, "contact.acknowledged"),
    ):  # fmt: skip
        await store.run(write(case, event))
    await keep(store, a_notice())
