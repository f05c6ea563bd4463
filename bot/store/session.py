"""What the parts of a Work share: the connection, the moment, the keys, and the boxes opened so far."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import bindparam, delete, insert, select
from sqlalchemy.sql.base import Executable

from bot.store.statements import Driver, Row, Values, ready
from bot.store.tables import keys
from bot.store.vault import Box, Keys

_NOTHING: Final[Values] = {}
_ADD_KEY = insert(keys)
_FIND_KEY = select(keys.c.wrapped).where(keys.c.subject == bindparam("of"))
_DESTROY_KEY = delete(keys).where(keys.c.subject == bindparam("of"))


class Session:
    """One transaction on one connection."""

    def __init__(
        self,
        driver: Driver,
        key_ring: Keys,
        now: datetime,
        *,
        own_clock: bool,
        ahead: timedelta = timedelta(),
        holds_set_up: bool = False,
        noted: set[str] | None = None,
    ) -> None:
        self._driver = driver
        self._boxes: dict[str, Box] = {}
        self.keys = key_ring
        self.now = now
        self.as_it_passes = now - ahead
        """The moment for leases: a clock that is moved would take a delivery from whoever is making it."""
        self.own_clock = own_clock
        """Whether `now` is the time for deliveries; otherwise the database's clock is."""
        self.holds_set_up = holds_set_up
        """Whether it keeps others from changing the set-up from when it is first read: it met one of them already."""
        self.noted = set[str]() if noted is None else noted
        """Cases of which this process has logged already that they do not open."""

    @property
    def settled(self) -> bool:
        """Whether what is read here may be remembered beyond this transaction, whatever becomes of it."""
        return self._driver.settled

    def first(self, statement: Executable, values: Values = _NOTHING) -> Row | None:
        """The first row, its columns as attributes, or None."""
        rows = self.all(statement, values)
        return rows[0] if rows else None

    def all(self, statement: Executable, values: Values = _NOTHING) -> list[Row]:
        """Every row, its columns as attributes."""
        made = ready(statement, self._driver.dialect, values)
        return [made.row(row) for row in self._driver.fetch(made.sql, made.values(values))]

    def run(self, statement: Executable, values: Values = _NOTHING) -> int:
        """Write, and return how many rows were touched."""
        made = ready(statement, self._driver.dialect, values)
        return self._driver.write(made.sql, made.values(values))

    def run_each(self, statement: Executable, many: Sequence[Values]) -> None:
        """Write once for each of the values, which all name the same columns."""
        if many:
            made = ready(statement, self._driver.dialect, many[0])
            self._driver.write_many(made.sql, [made.values(values) for values in many])

    def box(self, site: str, subject: str, wrapped: bytes) -> Box:
        """The box of a subject whose wrapped key was read with it."""
        if subject not in self._boxes:
            self._boxes[subject] = self.keys.box(site, subject, wrapped)
        return self._boxes[subject]

    def box_to_write(self, site: str, subject: str, *, new: bool) -> Box:
        """The box of a subject, with a new key if it is new."""
        if subject in self._boxes:
            return self._boxes[subject]
        if not new and (row := self.first(_FIND_KEY, {"of": subject})):
            return self.box(site, subject, row.wrapped)
        box, wrapped = self.keys.new_box(site, subject)
        self.run(_ADD_KEY, {"subject": subject, "key_id": self.keys.newest, "wrapped": wrapped, "made_at": self.now})
        self._boxes[subject] = box
        return box

    def destroy_key(self, subject: str) -> None:
        """Make everything of a subject unreadable for good."""
        self._boxes.pop(subject, None)
        self.run(_DESTROY_KEY, {"of": subject})


def numbered(name: str, values: Sequence[Any]) -> Mapping[str, Any]:
    """Values for a list in a statement, as one parameter each: `name0`, `name1` and so on."""
    return {f"{name}{place}": value for place, value in enumerate(values)}
