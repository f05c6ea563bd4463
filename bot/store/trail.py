"""The audit trail: who did what and when, each entry chained to the one before. It never holds case text.

Entries wait until the end of the transaction and are numbered then, so that the one row that every writer must lock
(`audit_head`) is locked last and for the shortest time, and always after a case's or draft's row.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, Final

from sqlalchemy import bindparam, insert, select, update

from bot.store.session import Session
from bot.store.statements import Row
from bot.store.tables import audit, audit_head
from bot.store.verify import Head, fingerprint, joined
from handlers.people import Account
from handlers.ports import check_entry

READ: Final = "case.read"
KEPT: Final = "case.kept"
"""A case was written, and nobody said why."""

_LOCK_HEAD = select(audit_head.c.number, audit_head.c.hash).where(audit_head.c.id == 1).with_for_update()
_MOVE_HEAD = update(audit_head).where(audit_head.c.id == 1)
_LAST_OF_CASE = (
    select(audit.c.case_number, audit.c.hash).where(audit.c.case_id == bindparam("of"))
    .order_by(audit.c.number.desc()).limit(1)
)  # fmt: skip
_OF_NO_CASE = select(audit.c.case_number, audit.c.hash).where(audit.c.case_id == "").order_by(audit.c.number)
_ADD = insert(audit)


@dataclass(frozen=True, slots=True)
class _Waiting:
    event: str
    by: str
    case: str
    site: str
    detail: str
    holds: dict[str, str] = field(default_factory=dict)

    def written(self) -> str:
        """Its detail as it is kept."""
        return json.dumps({**json.loads(self.detail), **self.holds}, sort_keys=True, separators=(",", ":"))


class Trail:
    """The entries of one transaction."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._waiting: list[_Waiting] = []

    def record(self, event: str, by: Account | None, case: str, site: str, detail: Mapping[str, str]) -> None:
        """Add an entry. Raises ValueError for anything that is not a closed word, an id or a number."""
        check_entry(event, detail)
        self._waiting.append(
            _Waiting(
                event, str(by) if by else "", case, site, json.dumps(detail, sort_keys=True, separators=(",", ":"))
            )
        )

    def hold(self, case: str, site: str, holds: Mapping[str, str]) -> None:
        """Have an entry of this case hold fingerprints of what was written of it (`bound`).

        It is the first that says more than that somebody read it. Where there is none, there is one of its own.
        """
        theirs = [one for one in self._waiting if one.case == case]
        if not theirs:
            self.record(KEPT, None, case, site, {})
            theirs = self._waiting[-1:]
        doing = next((one for one in theirs if one.event != READ), theirs[0])
        doing.holds.update(holds)

    def write(self) -> None:
        """Number, chain and insert what waits. Called once, right before the commit."""
        if not self._waiting:
            return
        row = self._session.first(_LOCK_HEAD)
        if row is None:
            raise LookupError("the audit trail has lost its head row")
        last = Head(row.number, row.hash)
        cases: dict[str, Head] = {}
        entries = []
        for waiting in self._waiting:
            before = self._last_of(waiting.case, cases)
            entry = self._entry(waiting, last, before)
            last = Head(entry["number"], entry["hash"])
            cases[waiting.case] = Head(entry["case_number"], entry["hash"])
            entries.append(_row(entry, waiting, self._session.now))
        self._session.run_each(_ADD, entries)
        self._session.run(_MOVE_HEAD, {"number": last.number, "hash": last.hash})
        self._waiting.clear()

    def _last_of(self, case: str, seen: Mapping[str, Head]) -> Head:
        if case in seen:
            return seen[case]
        row = self._session.first(_LAST_OF_CASE, {"of": case})
        if row is not None and not case and row.case_number == 0:
            return self._not_chained()
        return Head(row.case_number, row.hash) if row else Head()

    def _not_chained(self) -> Head:
        """An earlier release wrote the last entries of no case, and chained none: they are named together, once."""
        last, loose = Head(), list[str]()
        for row in self._session.all(_OF_NO_CASE):
            if row.case_number:
                last, loose = Head(row.case_number, row.hash), []
            else:
                loose.append(row.hash)
        return Head(last.number, joined(last.hash, loose))

    def _entry(self, waiting: _Waiting, last: Head, before: Head) -> dict[str, Any]:
        entry: dict[str, Any] = {
            "number": last.number + 1,
            "previous": last.hash,
            "case": waiting.case,
            "case_number": before.number + 1,
            "case_previous": before.hash,
            "at": moment(self._session.now),
            "event": waiting.event,
            "by": waiting.by,
            "site": waiting.site,
            "detail": json.loads(waiting.written()),
        }
        entry["hash"] = fingerprint(entry)
        return entry


def moment(at: datetime) -> str:
    """A time as the trail writes it: UTC, to the microsecond."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def entry_of(row: Row) -> dict[str, Any]:
    """A row of `audit` as the entry that its hash covers."""
    return {
        "number": row.number,
        "previous": row.previous,
        "case": row.case_id,
        "case_number": row.case_number,
        "case_previous": row.case_previous,
        "at": moment(row.at),
        "event": row.event,
        "by": row.by_account,
        "site": row.site,
        "detail": json.loads(row.detail),
        "hash": row.hash,
    }


def _row(entry: Mapping[str, Any], waiting: _Waiting, at: datetime) -> dict[str, Any]:
    return {
        "number": entry["number"],
        "previous": entry["previous"],
        "case_id": entry["case"],
        "case_number": entry["case_number"],
        "case_previous": entry["case_previous"],
        "at": at,
        "event": entry["event"],
        "by_account": entry["by"],
        "site": entry["site"],
        "detail": waiting.written(),
        "hash": entry["hash"],
    }
