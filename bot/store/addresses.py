"""Where people are reached: one row an account, the newest reference in place of any earlier one."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from sqlalchemy import bindparam, delete, insert, select, update

from bot.reference import Reference
from bot.store.session import Session
from bot.store.store import Store
from bot.store.tables import Utc, addresses
from handlers.people import Account

_OF: Final = select(addresses).where(addresses.c.account == bindparam("of"))
_NEWEST: Final = (
    select(addresses.c.service_url).where(addresses.c.org == bindparam("of"))
    .order_by(addresses.c.at.desc()).limit(bindparam("most"))
)  # fmt: skip
_TEAMS: Final = (
    select(addresses.c.conversation).where(addresses.c.org == bindparam("of"), addresses.c.person == bindparam("mark"))
    .order_by(addresses.c.at.desc()).limit(bindparam("most"))
)  # fmt: skip
TEAM: Final = "team"
"""Stands in place of a person in the row of a team, whose conversation is the team itself."""
RENEWED_AFTER: Final = timedelta(days=30)
"""An address of somebody who is heard of is as new as this at least: one that is not renewed is forgotten in time."""
_RENEW: Final = (
    update(addresses).where(addresses.c.account == bindparam("of"), addresses.c.at <= bindparam("before", type_=Utc))
    .values(at=bindparam("now", type_=Utc))
)  # fmt: skip
_FORGET: Final = delete(addresses).where(addresses.c.account == bindparam("of"))
_ADD: Final = insert(addresses)


class StoredAddresses:
    """References that outlive the process. Every method raises StoreAway where the database is away."""

    def __init__(self, store: Store) -> None:
        self._store = store

    async def remember(self, account: Account, reference: Reference) -> None:
        """Keep the newest reference of an account."""

        def keep(session: Session) -> None:
            session.run(_FORGET, {"of": str(account)})
            session.run(
                _ADD,
                {
                    "account": str(account),
                    "org": account.org,
                    "service_url": reference.service_url,
                    "conversation": reference.conversation,
                    "person": reference.person,
                    "at": session.now,
                },
            )

        await self._store.transact(keep)

    async def forget(self, account: Account) -> None:
        """Keep none of an account any more."""

        def drop(session: Session) -> None:
            session.run(_FORGET, {"of": str(account)})

        await self._store.transact(drop)

    async def of(self, account: Account) -> Reference | None:
        """The reference of an account, or None."""

        def find(session: Session) -> Reference | None:
            row = session.first(_OF, {"of": str(account)})
            return Reference(row.service_url, row.conversation, row.person) if row else None

        return await self._store.transact(find)

    async def renewed(self, account: Account) -> Reference | None:
        """The reference of an account that was heard of just now, so that it is kept for longer; or None."""

        def find(session: Session) -> Reference | None:
            row = session.first(_OF, {"of": str(account)})
            if row is None:
                return None
            session.run(_RENEW, {"of": str(account), "before": session.now - RENEWED_AFTER, "now": session.now})
            return Reference(row.service_url, row.conversation, row.person)

        return await self._store.transact(find)

    async def service_url(self, org: str) -> str:
        """The service URL that was remembered last for a tenant, or an empty text."""

        def find(session: Session) -> str:
            row = session.first(_NEWEST, {"of": org, "most": 1})
            return str(row.service_url) if row else ""

        return await self._store.transact(find)

    async def remember_team(self, org: str, team: str, service_url: str) -> None:
        """Keep the id of a team of a tenant."""
        await self.remember(Account("teams", org, team), Reference(service_url, team, TEAM))

    async def teams(self, org: str, most: int) -> tuple[str, ...]:
        """The ids of a tenant's teams, the newest first."""

        def find(session: Session) -> tuple[str, ...]:
            found = session.all(_TEAMS, {"of": org, "mark": TEAM, "most": most})
            return tuple(str(row.conversation) for row in found)

        return await self._store.transact(find)
