"""Cases: a row each, and a row for each version. What was known is sealed; a version is written once, never changed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import Any, Final

from sqlalchemy import BindParameter, ColumnElement, Integer, Select, bindparam, insert, select, text, update

from bot import logs
from bot.store.bound import HOLDS_CASE, made, together, writes_held
from bot.store.content import of_case, of_version, to_case, to_version
from bot.store.session import Session, numbered
from bot.store.statements import Row
from bot.store.tables import OPEN_CASE, audit, cases, keys, outbox, versions
from bot.store.vault import Box, Unreadable
from handlers.case import Case, State, Version
from handlers.people import Account
from handlers.ports import Unopened

CASE_FIELD: Final = "case"
VERSION_FIELD: Final = "version"
"""The names under which a case's own row and a version are sealed."""

_HELD = (
    select(audit.c.detail)
    .where(audit.c.case_id == cases.c.id, audit.c.detail.like(f'%"{HOLDS_CASE}"%'))
    .order_by(audit.c.number.desc()).limit(1).scalar_subquery().label("held")
)  # fmt: skip
"""The newest entry of a case that tells how often it had been written: an older row was put back behind our back."""
_READ = select(cases, keys.c.wrapped, _HELD).join(keys, keys.c.subject == cases.c.id)
_FIND = _READ.where(cases.c.id == bindparam("case_id"))
_FIND_LOCKED = _FIND.with_for_update(of=cases)
_VERSIONS_OF_ONE = select(versions).where(versions.c.case_id == bindparam("case_id")).order_by(versions.c.number)
_TAKEN = select(cases.c.id).where(cases.c.reference == bindparam("reference"))
_ADD = insert(cases)
_CHANGE = update(cases).where(cases.c.id == bindparam("case_id"), cases.c.writes == bindparam("before"))
_ADD_VERSION = insert(versions)
_UNDECIDED = text("state IN ('recommended', 'escalation_requested')")
_LISTED = select(cases, keys.c.wrapped, _HELD).outerjoin(keys, keys.c.subject == cases.c.id)
"""For lists: a case whose key is gone is missed by nobody if it is not even read."""
_NEXT = (
    _LISTED.where(cases.c.id > bindparam("after"), cases.c.state != State.ERASED.value)
    .order_by(cases.c.id).limit(bindparam("most", type_=Integer))
)  # fmt: skip
_SENT_TO = select(outbox.c.recipient).where(outbox.c.case_id == bindparam("of"), outbox.c.state == "sent").distinct()
_READ_BY = (
    select(audit.c.by_account).where(audit.c.case_id == bindparam("of"), audit.c.event == "case.read").distinct()
)  # fmt: skip


@cache
def _raised_by(raisers: int) -> Select[Any]:
    return _open(cases.c.raised_by.in_(_list("raiser", raisers)))


@cache
def _at(sites: int) -> Select[Any]:
    return _open(cases.c.site.in_(_list("site", sites)))


@cache
def _undecided(sites: int) -> Select[Any]:
    oldest_first = (cases.c.raised_at, cases.c.id.desc())
    return _at(sites).where(_UNDECIDED).order_by(None).order_by(*oldest_first)


@cache
def _versions_of(ids: int) -> Select[Any]:
    return (
        select(versions).where(versions.c.case_id.in_(_list("id", ids))).order_by(versions.c.case_id, versions.c.number)
    )


def _open(whose: ColumnElement[bool]) -> Select[Any]:
    newest_first = (cases.c.raised_at.desc(), cases.c.id)
    return _LISTED.where(whose, OPEN_CASE).order_by(*newest_first).limit(bindparam("most", type_=Integer))


def _list(name: str, count: int) -> list[BindParameter[str]]:
    return [bindparam(f"{name}{place}") for place in range(count)]


class ChangedMeanwhile(Exception):
    """What was read without its lock was changed by another transaction: run this one again."""


class Cases:
    """The cases of one transaction. One that was locked is read once: nobody else can change it."""

    def __init__(self, session: Session, *, lock: bool) -> None:
        self._session = session
        self._find = _FIND_LOCKED if lock else _FIND
        self._writes: dict[str, int] = {}
        self._before: dict[str, Case] = {}
        """Each case as it stands in the database."""
        self._locked: dict[str, Case] = {}
        self._left_out: dict[str, Row] = {}
        self._holds: dict[str, dict[str, str]] = {}

    def get(self, case_id: str) -> Case | None:
        """A case; None where there is none, and where it was erased."""
        if case_id in self._locked:
            return self._locked[case_id]
        row = self._session.first(self._find, {"case_id": case_id})
        if row is None:
            return None
        case = self._opened(row, self._session.all(_VERSIONS_OF_ONE, {"case_id": case_id}))
        self._locked[case_id] = case
        return case

    def called(self, reference: str) -> Case | None:
        """The case that bears this reference; None where there is none, it was erased, or it cannot be opened.

        Whose it is cannot be told then, and a fault in the place of a no would tell anybody that it exists.
        """
        row = self._session.first(_TAKEN, {"reference": reference})
        if row is None:
            return None
        try:
            return self.get(row.id)
        except Unreadable as error:
            self._note(row.id, error)
            return None

    def raised_by(self, accounts: Iterable[Account], limit: int) -> tuple[Case, ...]:
        """Cases of these raisers that are not closed, newest first."""
        raisers = [str(account) for account in accounts]
        if not raisers:
            return ()
        return self._all(self._session.all(_raised_by(len(raisers)), {**numbered("raiser", raisers), "most": limit}))

    def at(self, sites: Iterable[str], limit: int) -> tuple[Case, ...]:
        """Cases of these sites that are not closed, newest first."""
        among = list(sites)
        if not among:
            return ()
        return self._all(self._session.all(_at(len(among)), {**numbered("site", among), "most": limit}))

    def undecided(self, sites: Iterable[str], limit: int) -> tuple[Case, ...]:
        """Cases of these sites on which nobody has decided at all, oldest first."""
        among = list(sites)
        if not among:
            return ()
        return self._all(self._session.all(_undecided(len(among)), {**numbered("site", among), "most": limit}))

    def unopened(self) -> tuple[Unopened, ...]:
        """The cases that lists have left out, as far as they can be known unopened."""
        return tuple(map(self._unopened, self._left_out.values()))

    def look_at_next(self, after: str, most: int) -> str:
        """Open the next cases by their ids, of whatever state; the last one's id, empty where there are no more."""
        rows = self._session.all(_NEXT, {"after": after, "most": most})
        self._session.noted.update(row.id for row in rows)  # whoever looks for them says so, and no log besides
        self._all(rows)
        return rows[-1].id if rows else ""

    def reference_taken(self, reference: str) -> bool:
        """Whether a case bears it."""
        return self._session.first(_TAKEN, {"reference": reference}) is not None

    def keep(self, case: Case) -> None:
        """Insert it, or update its row and add the versions that are new."""
        if [version.number for version in case.versions] != list(range(1, len(case.versions) + 1)):
            raise ValueError("a case's versions are numbered from 1 without a gap")
        if case.id not in self._writes:
            self.get(case.id)
        before = self._writes.get(case.id, 0)
        box = self._session.box_to_write(case.site, case.id, new=not before)
        values = {
            "state": case.state.value,
            "opened_at": case.opened_at,
            "asked_at": case.asked_at,
            "writes": before + 1,
            "sealed": box.seal(CASE_FIELD, before + 1, of_case(case)),
        }
        if before:
            if not self._session.run(_CHANGE, {"case_id": case.id, "before": before, **values}):
                raise ChangedMeanwhile
        else:
            self._session.run(_ADD, {**values, **_born(case)})
        self._add_versions(case, box)
        now_held = made(case, self._before.get(case.id), before + 1, box)
        self._holds[case.id] = together(self._holds.get(case.id, {}), now_held)
        self._writes[case.id] = before + 1
        self._locked[case.id] = self._before[case.id] = case

    def holds(self) -> Iterable[tuple[str, str, Mapping[str, str]]]:
        """Of each case that this transaction wrote: its id, its site, and what an entry of the trail holds of it."""
        return [(case_id, self._locked[case_id].site, held) for case_id, held in self._holds.items()]

    def writes(self, case: Case) -> int:
        """How often a case's row was written that was read here."""
        return self._writes[case.id]

    def _add_versions(self, case: Case, box: Box) -> None:
        there = len(self._before[case.id].versions) if case.id in self._before else 0
        self._session.run_each(_ADD_VERSION, [_row(case.id, version, box) for version in case.versions[there:]])

    def _all(self, rows: Sequence[Row]) -> tuple[Case, ...]:
        if not rows:
            return ()
        found: dict[str, list[Row]] = {row.id: [] for row in rows}
        for version in self._session.all(_versions_of(len(found)), numbered("id", list(found))):
            found[version.case_id].append(version)
        each = (self._locked.get(row.id) or self._opened_if_it_does(row, found[row.id]) for row in rows)
        return tuple(case for case in each if case is not None)

    def _opened_if_it_does(self, row: Row, version_rows: Sequence[Row]) -> Case | None:
        """One that does not open hides no other."""
        try:
            return self._opened(row, version_rows)
        except Unreadable as error:
            self._left_out[row.id] = row
            self._note(row.id, error)
            return None

    def _note(self, case_id: str, error: Unreadable) -> None:
        """Log it once a process."""
        if case_id not in self._session.noted:
            self._session.noted.add(case_id)
            logs.get_logger().error("case_unreadable", kind=logs.kind_of(error), at=logs.places_of(error))

    def _unopened(self, row: Row) -> Unopened:
        sent = [one.recipient for one in self._session.all(_SENT_TO, {"of": row.id})]
        read = [one.by_account for one in self._session.all(_READ_BY, {"of": row.id})]
        seen = frozenset(Account.parse(one) for one in (*sent, *read) if one)
        return Unopened(row.reference, row.site, Account.parse(row.raised_by), seen)

    def _opened(self, row: Row, version_rows: Sequence[Row]) -> Case:
        if row.wrapped is None:
            raise Unreadable("the case's key is gone")
        if row.held is not None and row.writes < writes_held(row.held):
            raise Unreadable("an older value of the case was put back")
        box = self._session.box(row.site, row.id, row.wrapped)
        self._writes[row.id] = row.writes
        case = Case(
            id=row.id,
            reference=row.reference,
            site=row.site,
            state=State(row.state),
            raised_by=Account.parse(row.raised_by),
            raised_at=row.raised_at,
            versions=tuple(_version(version, box) for version in version_rows),
            opened_at=row.opened_at,
            asked_at=row.asked_at,
            **to_case(box.open(CASE_FIELD, row.writes, row.sealed)),
        )
        self._before[row.id] = case
        return case


def _born(case: Case) -> dict[str, Any]:
    """What never changes of a case."""
    return {
        "id": case.id,
        "reference": case.reference,
        "site": case.site,
        "raised_by": str(case.raised_by),
        "raised_at": case.raised_at,
    }


def _row(case_id: str, version: Version, box: Box) -> dict[str, Any]:
    return {
        "case_id": case_id,
        "number": version.number,
        "made_by": str(version.by),
        "made_at": version.at,
        "sealed": box.seal(VERSION_FIELD, version.number, of_version(version)),
    }


def _version(row: Row, box: Box) -> Version:
    content = to_version(box.open(VERSION_FIELD, row.number, row.sealed))
    return Version(
        number=row.number,
        facts=content.facts,
        edition=content.edition,
        notes=content.notes,
        by=Account.parse(row.made_by),
        at=row.made_at,
        by_lead=content.by_lead,
    )
