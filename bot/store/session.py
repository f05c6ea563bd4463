"""What the parts of a Work share: the connection, the moment, the keys, and the boxes opened so far."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, bindparam, delete, insert, select
from sqlalchemy.sql.base import Executable

from bot.store.tables import keys
from bot.store.vault import Box, Keys

_ADD_KEY = insert(keys)
_FIND_KEY = select(keys.c.wrapped).where(keys.c.subject == bindparam("subject"))
_DESTROY_KEY = delete(keys).where(keys.c.subject == bindparam("subject"))


class Session:
    """One transaction on one connection."""

    def __init__(self, conn: Connection, key_ring: Keys, now: datetime, *, own_clock: bool) -> None:
        self._conn = conn
        self._boxes: dict[str, Box] = {}
        self.keys = key_ring
        self.now = now
        self.own_clock = own_clock
        """Whether `now` is the time for deliveries; otherwise the database's clock is."""

    def first(self, statement: Executable, params: Mapping[str, Any] | None = None) -> Row[Any] | None:
        """The first row, or None."""
        return self._conn.execute(statement, params).first()

    def all(self, statement: Executable, params: Mapping[str, Any] | None = None) -> Sequence[Row[Any]]:
        """Every row."""
        return self._conn.execute(statement, params).all()

    def run(self, statement: Executable, params: Mapping[str, Any] | Sequence[Mapping[str, Any]] | None = None) -> int:
        """Write, and return how many rows were touched. A list of parameters writes several rows at once."""
        return self._conn.execute(statement, params).rowcount

    def box(self, site: str, subject: str, wrapped: bytes) -> Box:
        """The box of a subject whose wrapped key was read with it."""
        if subject not in self._boxes:
            self._boxes[subject] = self.keys.box(site, subject, wrapped)
        return self._boxes[subject]

    def box_to_write(self, site: str, subject: str) -> Box:
        """The box of a subject, with a new key if it has none yet."""
        if subject in self._boxes:
            return self._boxes[subject]
        if row := self.first(_FIND_KEY, {"subject": subject}):
            return self.box(site, subject, row.wrapped)
        box, wrapped = self.keys.new_box(site, subject)
        self.run(_ADD_KEY, {"subject": subject, "key_id": self.keys.newest, "wrapped": wrapped, "made_at": self.now})
        self._boxes[subject] = box
        return box

    def destroy_key(self, subject: str) -> None:
        """Make everything of a subject unreadable for good."""
        self._boxes.pop(subject, None)
        self.run(_DESTROY_KEY, {"subject": subject})
