"""What was changed of the set-up, sealed like the rest of it."""

from __future__ import annotations

import json
from typing import Final

from sqlalchemy import bindparam, insert, select

from bot.store.configured import SUBJECT
from bot.store.session import Session
from bot.store.statements import Row
from bot.store.tables import changes, keys
from handlers.changes import Change
from handlers.people import Account
from handlers.ports import Chance

FIELD: Final = "change"
_KEY = select(keys.c.wrapped).where(keys.c.subject == SUBJECT)
_ADD = insert(changes)
_ONE = select(changes).where(changes.c.id == bindparam("of"))
_NEWEST = select(changes).order_by(changes.c.at.desc(), changes.c.id).limit(bindparam("most"))


class Changes:
    """The changes of one transaction."""

    def __init__(self, session: Session, chance: Chance) -> None:
        self._session, self._chance = session, chance

    def keep(self, change: Change) -> str:
        """Keep one and return its id."""
        change_id = self._chance.id()
        plain = {
            "what": change.what, "site": change.site, "about": change.about, "about_name": change.about_name,
            "by": str(change.by) if change.by else "", "by_name": change.by_name, "why": change.why,
            "hears": list(change.hears), "site_name": change.site_name, "whom": list(change.whom),
            "in_place": change.in_place, "instead": change.instead,
        }  # fmt: skip
        box = self._session.box_to_write("", SUBJECT, new=False)
        sealed = box.seal(f"{FIELD}:{change_id}", 1, json.dumps(plain).encode())
        self._session.run(_ADD, {"id": change_id, "at": change.at, "sealed": sealed})
        return change_id

    def of(self, change_id: str) -> Change | None:
        """One of them, or None."""
        row = self._session.first(_ONE, {"of": change_id})
        return self._opened(row) if row else None

    def newest(self, limit: int) -> tuple[Change, ...]:
        """The newest, newest first."""
        return tuple(self._opened(row) for row in self._session.all(_NEWEST, {"most": limit}))

    def _opened(self, row: Row) -> Change:
        key = self._session.first(_KEY)
        if key is None:
            raise LookupError("a change without its key")
        box = self._session.box("", SUBJECT, key.wrapped)
        plain = json.loads(box.open(f"{FIELD}:{row.id}", 1, row.sealed))
        by = Account.parse(plain.pop("by")) if plain["by"] else plain.pop("by") or None
        hears, whom = (tuple(plain.pop(name, ())) for name in ("hears", "whom"))  # none in what an earlier release kept
        return Change(at=row.at, id=row.id, by=by, hears=hears, whom=whom, **plain)
