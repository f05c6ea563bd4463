"""Where Signpost was installed over OAuth: one row a workspace, what the platform gave us for it sealed.

Each installation has a key of its own among `keys`, made anew whenever the app is installed again: what was sealed
before does not open any more, and `rotate-keys` reaches it as it reaches cases.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256
from typing import Final

from sqlalchemy import bindparam, delete, insert, select, update

from bot.store.session import Session
from bot.store.store import Store
from bot.store.tables import Utc, installations, keys, outbox
from bot.store.trail import Trail
from handlers.people import Account
from handlers.ports import Work

WAITS: Final = "not_configured"
"""Why a delivery is tried again later whose workspace we are not in."""
_WALL: Final = "installations"
"""Stands where a case's texts have their site: no text of the one opens as one of the other."""
_FIELD: Final = "installation"
_VERSION: Final = 1

_ALL = select(installations.c.org, installations.c.installed_at).order_by(installations.c.org)
_OF = (
    select(installations.c.installed_at, installations.c.sealed, keys.c.wrapped)
    .join_from(installations, keys, keys.c.subject == installations.c.org)
    .where(installations.c.org == bindparam("of"))
)
_ADD = insert(installations)
_FORGET = delete(installations).where(installations.c.org == bindparam("of"))
_HURRY = (
    update(outbox)
    .where(outbox.c.state == "queued", outbox.c.why == WAITS, outbox.c.recipient.like(bindparam("theirs")))
    .values(due=bindparam("now", type_=Utc))
)


@dataclass(frozen=True, slots=True)
class Installed:
    """One installation: since when, and what the platform gave us for it, as it was handed to `keep`."""

    at: datetime
    secret: str = field(repr=False)


class Installations:
    """Installations that outlive the process and reach every replica. Every method raises StoreAway if need be."""

    def __init__(self, store: Store) -> None:
        self._store = store

    async def all(self) -> Mapping[str, datetime]:
        """The workspaces (`slack:T1`) where we are installed, each with the moment since when."""
        rows = await self._store.transact(lambda session: session.all(_ALL))
        return {str(row.org): row.installed_at for row in rows}

    async def of(self, org: str) -> Installed | None:
        """The installation in a workspace, or None. Raises Unreadable where none of SIGNPOST_KEYS opens it."""

        def find(session: Session) -> Installed | None:
            row = session.first(_OF, {"of": org})
            if row is None:
                return None
            text = session.box(_WALL, org, row.wrapped).open(_FIELD, _VERSION, row.sealed)
            return Installed(row.installed_at, text.decode())

        return await self._store.transact(find)

    async def keep(self, org: str, secret: str, by: Account | None) -> None:
        """Keep a new installation in the place of any earlier one. Audited. What waited for it is sent now."""

        def put(session: Session) -> bool:
            replaced = _drop(session, org)
            sealed = session.box_to_write(_WALL, org, new=True).seal(_FIELD, _VERSION, secret.encode())
            session.run(_ADD, {"org": org, "installed_at": session.now, "sealed": sealed})
            session.run(_HURRY, {"theirs": f"{org}/%", "now": session.now})
            _record(session, "workspace.installed", org, by)
            return replaced

        if await self._store.transact(put):
            await self._store.scrub()
        self._store.wake()

    async def forget(self, org: str) -> bool:
        """Delete an installation and destroy its key; whether there was one. Audited."""

        def drop(session: Session) -> bool:
            gone = _drop(session, org)
            if gone:
                _record(session, "workspace.removed", org, None)
            return gone

        gone = await self._store.transact(drop)
        if gone:
            await self._store.scrub()
        return gone

    async def first_use(self, once: str) -> bool:
        """Whether this text is shown to us for the first time. All replicas together say yes once."""

        def use(work: Work) -> bool:
            key = f"once:{sha256(once.encode()).hexdigest()}"
            if work.applied(key):
                return False
            work.apply(key, "used")
            return True

        return await self._store.run(use)


def _drop(session: Session, org: str) -> bool:
    session.destroy_key(org)
    return bool(session.run(_FORGET, {"of": org}))


def _record(session: Session, event: str, org: str, by: Account | None) -> None:
    trail = Trail(session)
    trail.record(event, by, "", "", {"workspace": org})
    trail.write()
