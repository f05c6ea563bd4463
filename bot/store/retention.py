"""What has had its time goes: drafts with their keys, keys of presses, clocks, deliveries, changes, addresses.

How long each is kept, and why, stands in docs/explanation/privacy.md. Entries of the audit trail never go: each holds
the fingerprint of the one before, and whoever may take one out may take out any.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import Delete, Select, bindparam, delete, exists, or_, select

from bot.store.addresses import TEAM
from bot.store.drafts import KEPT
from bot.store.session import Session
from bot.store.store import Store
from bot.store.tables import Utc, addresses, applied, cases, changes, drafts, keys, outbox
from handlers.deciding.contact_history import MOST as CHANGES_READ
from handlers.people import Directory

INTENTS_KEPT: Final = timedelta(days=7)
"""Longer than any platform sends a request again."""
DELIVERIES_KEPT: Final = timedelta(days=30)
"""After a delivery was queued, if it is finished and belongs to no case or to one that was erased."""
CLOCKS_KEPT: Final = timedelta(days=1)
"""After a clock has run out, whatever it belongs to: what it did stands in the trail, and nobody reads it again."""
CHANGES_KEPT: Final = timedelta(days=2 * 365)
"""After somebody changed the set-up. The newest are kept however old: a lead reads there who entered a contact."""
ADDRESSES_KEPT: Final = timedelta(days=400)
"""After somebody was last heard of on Teams: a school year, and the summer after it."""
_BATCH: Final = 500
"""Rows a transaction: nobody waits long for the writer."""

_BEFORE: Final = bindparam("before", type_=Utc)
_OLD_DRAFTS = (
    select(drafts.c.id).where(drafts.c.saved_at <= _BEFORE).order_by(drafts.c.id).limit(_BATCH)
    .with_for_update(skip_locked=True)
)  # fmt: skip
_OLD_INTENTS = select(applied.c.key).where(applied.c.at <= _BEFORE).limit(_BATCH)
_LIVING = exists().where(cases.c.id == outbox.c.case_id, cases.c.state != "erased")
_OLD_DELIVERIES = (
    select(outbox.c.id)
    .where(
        outbox.c.made_at <= _BEFORE,
        outbox.c.state != "queued",
        outbox.c.state != "sending",
        or_(outbox.c.case_id == "", ~_LIVING),
    )
    .limit(_BATCH)
)
_OLD_CLOCKS = (
    select(outbox.c.id)
    .where(outbox.c.kind == "chase", outbox.c.due <= _BEFORE, outbox.c.state != "queued", outbox.c.state != "sending")
    .limit(_BATCH)
)
_NEWEST = select(changes.c.id).order_by(changes.c.at.desc(), changes.c.id).limit(CHANGES_READ).subquery()
_OLD_CHANGES = (
    select(changes.c.id).where(changes.c.at <= _BEFORE, changes.c.id.not_in(select(_NEWEST.c.id))).limit(_BATCH)
)
_NEWER = addresses.alias("newer")
_OLD_ADDRESSES = (
    select(addresses.c.account)
    .where(
        addresses.c.at <= _BEFORE,
        addresses.c.account > bindparam("after"),
        addresses.c.person != TEAM,
        addresses.c.account.not_in(select(outbox.c.recipient)),
        exists().where(_NEWER.c.org == addresses.c.org, _NEWER.c.at > addresses.c.at),
    )
    .order_by(addresses.c.account).limit(_BATCH)
)  # fmt: skip
"""Nobody's to whom something of a living case was sent, and not the last that a tenant has: it says where to call."""
_DELETE_DRAFTS = delete(drafts).where(drafts.c.id == bindparam("gone"))
_DELETE_KEYS = delete(keys).where(keys.c.subject == bindparam("gone"))
_DELETE_INTENTS = delete(applied).where(applied.c.key == bindparam("gone"))
_DELETE_DELIVERIES = delete(outbox).where(outbox.c.id == bindparam("gone"))
_DELETE_CHANGES = delete(changes).where(changes.c.id == bindparam("gone"))
_DELETE_ADDRESSES = delete(addresses).where(addresses.c.account == bindparam("gone"), addresses.c.at <= _BEFORE)


@dataclass(frozen=True, slots=True)
class Expired:
    """How many rows went."""

    drafts: int = 0
    intents: int = 0
    deliveries: int = 0
    clocks: int = 0
    changes: int = 0
    addresses: int = 0

    @property
    def all(self) -> int:
        """All of them together."""
        return self.drafts + self.intents + self.deliveries + self.clocks + self.changes + self.addresses


async def expire(store: Store) -> Expired:
    """Remove what has had its time, in short transactions. Raises StoreAway; what was removed until then is gone."""
    gone = Expired(
        drafts=await _remove(store, _OLD_DRAFTS, KEPT, (_DELETE_DRAFTS, _DELETE_KEYS)),
        intents=await _remove(store, _OLD_INTENTS, INTENTS_KEPT, (_DELETE_INTENTS,)),
        deliveries=await _remove(store, _OLD_DELIVERIES, DELIVERIES_KEPT, (_DELETE_DELIVERIES,)),
        clocks=await _remove(store, _OLD_CLOCKS, CLOCKS_KEPT, (_DELETE_DELIVERIES,)),
        changes=await _remove(store, _OLD_CHANGES, CHANGES_KEPT, (_DELETE_CHANGES,)),
        addresses=await _forget(store),
    )
    if gone.drafts or gone.changes:
        await store.scrub()
    return gone


async def _remove(store: Store, old: Select[str], kept: timedelta, deletes: tuple[Delete, ...]) -> int:
    def batch(session: Session) -> int:
        before: datetime = session.now - kept
        gone = [{"gone": row[0]} for row in session.all(old, {"before": before})]
        for statement in deletes:
            session.run_each(statement, gone)
        return len(gone)

    total = 0
    while removed := await store.transact(batch):
        total += removed
    return total


async def _forget(store: Store) -> int:
    """Addresses of people who were not heard of for long, and whom the set-up does not name."""
    named = _named(await store.read(lambda work: work.directory))
    total, after = 0, ""
    while True:
        removed, after = await store.transact(lambda session: _forget_next(session, after, named))  # noqa: B023
        total += removed
        if not after:
            return total


def _forget_next(session: Session, after: str, named: frozenset[str]) -> tuple[int, str]:
    before = session.now - ADDRESSES_KEPT
    old = [str(row.account) for row in session.all(_OLD_ADDRESSES, {"before": before, "after": after})]
    gone = [{"gone": account, "before": before} for account in old if account not in named]
    session.run_each(_DELETE_ADDRESSES, gone)
    return len(gone), old[-1] if old else ""


def _named(directory: Directory) -> frozenset[str]:
    """Everybody whom the set-up names, or who was last seen in a group that leads: they may have to be told at once."""
    found = {str(one) for one in (*directory.admins, *directory.not_members)}
    found |= {str(account) for person in directory.persons for account in person.accounts}
    found |= {str(one) for members in directory.announced.values() for one in members}
    for site in directory.sites:
        found |= {*site.leads, *site.staff, *(contact.owner_account for contact in site.contacts)}
        found |= {ref for one in site.stand_ins for ref in (one.away, one.who)}
    return frozenset(found)
