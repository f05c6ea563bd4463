"""Drafts: one row each, sealed with a key of their own that goes when they go."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from functools import cache
from typing import Any, Final

from sqlalchemy import Select, bindparam, delete, insert, or_, select, update

from bot.store.content import of_draft, to_draft
from bot.store.session import Session, numbered
from bot.store.statements import Row
from bot.store.tables import drafts, keys
from bot.store.vault import Unreadable
from handlers.case import DRAFT_HOURS, Draft
from handlers.people import Account

KEPT: Final = timedelta(hours=DRAFT_HOURS)
FIELD: Final = "draft"
"""The name under which a draft is sealed."""

_READ = select(drafts, keys.c.wrapped).join(keys, keys.c.subject == drafts.c.id)
_FIND = (
    select(drafts, keys.c.wrapped).outerjoin(keys, keys.c.subject == drafts.c.id)
    .where(drafts.c.id == bindparam("draft_id"))
)  # fmt: skip
_FIND_LOCKED = _FIND.with_for_update(of=drafts)
_LAST_SAVED = (
    select(drafts.c.saved_at).where(drafts.c.site == bindparam("of"), drafts.c.saved_at > bindparam("since"))
    .order_by(drafts.c.saved_at.desc()).limit(1)
)  # fmt: skip
_WRITES = select(drafts.c.writes).where(drafts.c.id == bindparam("draft_id")).with_for_update()
_OF_CASE = (
    _READ.where(or_(drafts.c.case_id == bindparam("of"), drafts.c.case_id.is_(None)))
    .order_by(drafts.c.id).with_for_update(of=drafts)
)  # fmt: skip
_ADD = insert(drafts)
_CHANGE = update(drafts).where(drafts.c.id == bindparam("draft_id"))
_DROP = delete(drafts).where(drafts.c.id == bindparam("draft_id"))


@cache
def _of(owners: int) -> Select[Any]:
    among = drafts.c.owner.in_([bindparam(f"owner{place}") for place in range(owners)])
    return _READ.where(among, drafts.c.saved_at > bindparam("since")).order_by(drafts.c.saved_at.desc(), drafts.c.id)


class Drafts:
    """The drafts of one transaction."""

    def __init__(self, session: Session, *, lock: bool) -> None:
        self._session = session
        self._find = _FIND_LOCKED if lock else _FIND
        self._writes: dict[str, int] = {}
        """How often each draft that was looked for has been written: 0 for one that has no row."""

    def get(self, draft_id: str) -> Draft | None:
        """A draft that has not expired."""
        row = self._session.first(self._find, {"draft_id": draft_id})
        self._writes[draft_id] = row.writes if row else 0
        if row is None or row.wrapped is None or row.saved_at <= self._session.now - KEPT:
            return None
        return self._opened(row)

    def of(self, accounts: Iterable[Account]) -> tuple[Draft, ...]:
        """Drafts of these accounts that have not expired, newest first."""
        owners = [str(account) for account in accounts]
        if not owners:
            return ()
        values = {**numbered("owner", owners), "since": self._session.now - KEPT}
        rows = self._session.all(_of(len(owners)), values)
        return tuple(self._opened(row) for row in rows)

    def last_saved_at(self, site: str) -> datetime | None:
        """When a draft for this site that has not expired was last saved."""
        row = self._session.first(_LAST_SAVED, {"of": site, "since": self._session.now - KEPT})
        return row.saved_at if row else None

    def keep(self, draft: Draft) -> None:
        """Insert or overwrite."""
        before = self._writes.get(draft.id)
        if before is None:
            row = self._session.first(_WRITES, {"draft_id": draft.id})
            before = row.writes if row else 0
        box = self._session.box_to_write(draft.site, draft.id, new=not before)
        values = {
            "owner": str(draft.owner),
            "site": draft.site,
            "rev": draft.rev,
            "saved_at": draft.saved_at,
            "case_id": draft.case,
            "writes": before + 1,
            "sealed": box.seal(FIELD, before + 1, of_draft(draft)),
        }
        if before:
            self._session.run(_CHANGE, {"draft_id": draft.id, **values})
        else:
            self._session.run(_ADD, {"id": draft.id, **values})
        self._writes[draft.id] = before + 1

    def drop(self, draft_id: str) -> None:
        """Delete it and destroy its key."""
        self._session.run(_DROP, {"draft_id": draft_id})
        self._session.destroy_key(draft_id)
        self._writes.pop(draft_id, None)

    def drop_of(self, case_id: str) -> None:
        """Delete those that update this case or became it: they hold its answers and its note.

        Of one that an earlier release wrote, what is sealed says so.
        """
        for row in self._session.all(_OF_CASE, {"of": case_id}):
            if row.case_id == case_id or self._is_of(case_id, row):
                self.drop(row.id)

    def _is_of(self, case_id: str, row: Row) -> bool:
        try:
            return self._opened(row).case == case_id
        except Unreadable:
            return False

    def _opened(self, row: Row) -> Draft:
        content = self._session.box(row.site, row.id, row.wrapped).open(FIELD, row.writes, row.sealed)
        self._writes[row.id] = row.writes
        return Draft(
            row.id, Account.parse(row.owner), row.site, rev=row.rev, saved_at=row.saved_at, **to_draft(content)
        )
