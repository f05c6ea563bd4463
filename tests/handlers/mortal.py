"""A Work that dies at a named point of a transaction, as a process does that is killed or a database that goes away."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from tests.handlers.memory import MemoryWork

if TYPE_CHECKING:
    from datetime import datetime

    from handlers.case import Case, Draft
    from handlers.people import Account
    from handlers.ports import Delivery, DeliveryState

POINTS = (
    "begin", "keep_draft", "drop_draft", "keep_case", "record", "enqueue", "cancel", "mark", "apply", "commit",
    "answer",
)  # fmt: skip
"""Where it can die. At `commit` everything is done and nothing is kept; at `answer` it is kept and nobody hears."""
KEPT = ("drafts", "cases", "done", "outbox", "trail")
"""What a transaction changes, or does not."""


class Died(Exception):
    """The process ended here."""


@dataclass
class MortalWork(MemoryWork):
    """Memory that rolls back. `dies_at` is a point, `after` how many times it is passed before."""

    dies_at: str = ""
    after: int = 0

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All of what is done inside, or nothing of it where it died before the commit."""
        kept: dict[str, Any] = {name: vars(self)[name].copy() for name in KEPT}
        try:
            self.passing("begin")
            yield
            self.passing("commit")
        except Died:
            vars(self).update(kept)
            raise
        finally:
            after, self.dies_at = self.dies_at, ""
        if after == "answer":
            raise Died(after)

    def passing(self, point: str) -> None:
        """Die here, if that is what was ordered."""
        if point != self.dies_at:
            return
        if self.after:
            self.after -= 1
            return
        raise Died(point)

    def keep_draft(self, draft: Draft) -> None:
        super().keep_draft(draft)
        self.passing("keep_draft")

    def drop_draft(self, draft_id: str) -> None:
        super().drop_draft(draft_id)
        self.passing("drop_draft")

    def keep_case(self, case: Case) -> None:
        super().keep_case(case)
        self.passing("keep_case")

    def record(
        self, event: str, *, by: Account | None, case: str = "", site: str = "", detail: Mapping[str, str] | None = None
    ) -> None:
        super().record(event, by=by, case=case, site=site, detail=detail)
        self.passing("record")

    def enqueue(self, delivery: Delivery, *, due: datetime | None = None) -> str:
        made = super().enqueue(delivery, due=due)
        self.passing("enqueue")
        return made

    def cancel(self, delivery_id: str) -> None:
        super().cancel(delivery_id)
        self.passing("cancel")

    def mark(self, delivery_id: str, state: DeliveryState) -> None:
        super().mark(delivery_id, state)
        self.passing("mark")

    def apply(self, key: str, place: str, digest: str = "") -> None:
        super().apply(key, place, digest)
        self.passing("apply")
