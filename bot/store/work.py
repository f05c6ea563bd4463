"""`Work`, as handlers know it, on a database: one transaction, of which everything happens or nothing."""

from __future__ import annotations

import hmac
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Final

from sqlalchemy import bindparam, insert, select, update

from bot.store.cases import Cases
from bot.store.changes import Changes
from bot.store.configured import Configured, ConfiguredWork
from bot.store.content import canonical
from bot.store.drafts import Drafts
from bot.store.queue import Queue, look_now
from bot.store.session import Session
from bot.store.tables import applied, keys
from bot.store.trail import Trail
from handlers.case import Case, Draft
from handlers.changes import Change
from handlers.contacts import place_of
from handlers.people import Account, Directory, Person
from handlers.ports import Applied, Chance, Delivery, DeliveryState, Unopened
from handlers.sites import Site, Watched

DIGEST_SUBJECT: Final = "digest"
"""The subject in `keys` that digests are made with: a key of its own, so that rotating SIGNPOST_KEYS changes none."""

_APPLIED = select(applied.c.place, applied.c.digest).where(applied.c.key == bindparam("of"))
_APPLY = insert(applied)
_DIGEST_KEY = select(keys.c.wrapped).where(keys.c.subject == DIGEST_SUBJECT)
_ADD_KEY = insert(keys)
_TOUCH = update(keys).where(keys.c.subject == DIGEST_SUBJECT).values(subject=DIGEST_SUBJECT)


class StoreWork:
    """A transaction's Work. Made by `Store`, which commits when the handler returns and rolls back when it raises."""

    def __init__(
        self,
        session: Session,
        configured: Configured,
        chance: Chance,
        digest: DigestKey,
        *,
        lock: bool = True,
    ) -> None:
        self._session = session
        self._configured = configured
        self._known: Directory | None = None
        self._set_up = ConfiguredWork(session)
        self._changes = Changes(session, chance)
        self._chance = chance
        self._digest = digest
        self._drafts = Drafts(session, lock=lock)
        self._cases = Cases(session, lock=lock)
        self._trail = Trail(session)
        self._queue = Queue(session, chance)

    @property
    def now(self) -> datetime:
        """The moment of this transaction, in UTC."""
        return self._session.now

    @property
    def directory(self) -> Directory:
        """Sites, leads and people as configured."""
        if self._known is None:
            changed = self._set_up.changed
            self._known, number = self._configured.of(self._session, remember=not changed)
            self._set_up.seen = self._set_up.seen if changed else number
        return self._known

    def look_again(self) -> None:
        """Read the configuration anew when it is next asked for: another process may have changed it meanwhile."""
        self._known = None

    @property
    def chance(self) -> Chance:
        """Ids and references."""
        return self._chance

    @property
    def enqueued(self) -> int:
        """How many deliveries this transaction has queued."""
        return self._queue.added

    def draft(self, draft_id: str) -> Draft | None:
        """A draft that has not expired, locked for this transaction."""
        return self._drafts.get(draft_id)

    def drafts_of(self, accounts: Iterable[Account]) -> tuple[Draft, ...]:
        """Drafts of these accounts that have not expired, newest first."""
        return self._drafts.of(accounts)

    def last_saved_at(self, site_id: str) -> datetime | None:
        """When somebody last saved a draft for this site that has not expired; None where there is none."""
        return self._drafts.last_saved_at(site_id)

    def keep_draft(self, draft: Draft) -> None:
        """Insert or overwrite a draft."""
        self._drafts.keep(draft)

    def drop_draft(self, draft_id: str) -> None:
        """Delete a draft and destroy its key. A draft that is not there is no matter."""
        self._drafts.drop(draft_id)

    def case(self, case_id: str) -> Case | None:
        """A case, locked for this transaction; None where there is none, and where it was erased."""
        return self._cases.get(case_id)

    def cases_raised_by(self, accounts: Iterable[Account], limit: int) -> tuple[Case, ...]:
        """Cases that these accounts raised and that are not closed, newest first."""
        return self._cases.raised_by(accounts, limit)

    def cases_at(self, sites: Iterable[str], limit: int) -> tuple[Case, ...]:
        """Cases of these sites that are not closed, newest first."""
        return self._cases.at(sites, limit)

    def cases_undecided(self, sites: Iterable[str], limit: int) -> tuple[Case, ...]:
        """Cases of these sites on which nobody has decided at all, oldest first."""
        return self._cases.undecided(sites, limit)

    def unopened(self) -> tuple[Unopened, ...]:
        """What these lists have left out in this transaction, since it does not open."""
        return self._cases.unopened()

    def case_called(self, reference: str) -> Case | None:
        """The case that bears this reference, locked for this transaction; None where there is none."""
        return self._cases.called(reference)

    def reference_taken(self, reference: str) -> bool:
        """Whether a case already bears this reference."""
        return self._cases.reference_taken(reference)

    def keep_case(self, case: Case) -> None:
        """Insert a case, or update its row and add the versions that are new."""
        self._cases.keep(case)

    def record(
        self, event: str, *, by: Account | None, case: str = "", site: str = "", detail: Mapping[str, str] | None = None
    ) -> None:
        """Add an audit entry. Raises ValueError where `detail` holds more than closed words, ids and numbers."""
        self._trail.record(event, by, case, site, detail or {})

    def enqueue(self, delivery: Delivery, *, due: datetime | None = None) -> str:
        """Queue a message in this transaction and return its id; `due` (UTC) is when, at once if left out."""
        return self._queue.add(delivery, due)

    def deliveries(self, case_id: str) -> tuple[Delivery, ...]:
        """Every delivery of a case, oldest first; of clocks those that have not run out."""
        return self._queue.of(case_id)

    def cancel(self, delivery_id: str) -> None:
        """Withdraw a delivery of which nothing is out yet; any other is left alone."""
        self._queue.cancel(delivery_id)

    def mark(self, delivery_id: str, state: DeliveryState) -> None:
        """Set how a delivery stands, because a person said so. What a worker says of it later changes nothing."""
        self._queue.mark(delivery_id, state)

    def put_off(self, delivery_id: str, due: datetime) -> None:
        """Have a clock that has run out look again, then or as soon as somebody changes the set-up."""
        self._queue.put_off(delivery_id, due)

    def applied(self, key: str) -> Applied | None:
        """What an intent with this key led to, if it was carried out before."""
        row = self._session.first(_APPLIED, {"of": key})
        return Applied(row.place, row.digest) if row else None

    def apply(self, key: str, place: str, digest: str = "") -> None:
        """Note that the intent with this key was carried out and where it led.

        The key is unique: where another transaction was faster, the store runs this one again, and it finds that out.
        """
        self._session.run(_APPLY, {"key": key, "place": place, "digest": digest, "at": self._session.now})

    def keep_site(self, site: Site) -> None:
        """Add a site that is set up in chat, or overwrite it."""
        self._known = None
        self._set_up.keep_site(site)

    def drop_site(self, site_id: str) -> None:
        """Forget a site that was set up in chat. No other one is called that again."""
        self._known = None
        self._set_up.drop_site(site_id)

    def keep_gone(self, name: str) -> None:
        """Note that a contact was removed, as `site/contact`: no other one is called that again."""
        self._known = None
        self._set_up.keep_gone(name)

    def keep_persons(self, persons: tuple[Person, ...]) -> None:
        """Which accounts are one person, as set up in chat: all of them at once."""
        self._known = None
        self._set_up.keep_persons(persons)

    def keep_admins(self, admins: frozenset[Account]) -> None:
        """The admins that were made in chat: all of them at once."""
        self._known = None
        self._set_up.keep_admins(admins)

    def keep_watched(self, site_id: str, contact_id: str, watched: Watched) -> None:
        """How a contact stood when it was last looked at, at the place where it is now."""
        site = self.directory.site(site_id)
        contact = next((one for one in site.contacts if one.id == contact_id), None) if site else None
        self._known = None
        self._set_up.keep_watched(
            f"{site_id}/{contact_id}", replace(watched, place=place_of(contact) if contact else "")
        )

    def keep_blind(self, place: str, why: str) -> None:
        """Why the contacts' channels of a workspace or tenant cannot be looked at; empty: they can."""
        self._known = None
        self._set_up.keep_blind(place, why)

    def keep_announced(self, groups: Mapping[str, tuple[Account, ...]]) -> None:
        """Who is in each group that leads, as far as its leads were told: all groups at once."""
        self._known = None
        self._set_up.keep_announced(groups)

    def keep_not_member(self, account: Account, why: str) -> None:
        """Why a lead is no full member, as their platform said; empty: they are one, or lead nothing any more."""
        self._known = None
        self._set_up.keep_not_member(account, why)

    def keep_change(self, change: Change) -> str:
        """Keep what was changed, and return its id."""
        return self._changes.keep(change)

    def change(self, change_id: str) -> Change | None:
        """A change that was kept, or None."""
        return self._changes.of(change_id)

    def changes(self, limit: int) -> tuple[Change, ...]:
        """The newest changes, newest first."""
        return self._changes.newest(limit)

    def digest(self, fields: Mapping[str, object]) -> str:
        """A keyed fingerprint of what was typed; it tells nothing to anyone without the key."""
        return hmac.new(self._digest.of(self._session), canonical(fields), "sha256").hexdigest()

    def finish(self) -> None:
        """Write what waited for the end of the transaction. The store calls this right before it commits."""
        self._queue.write()
        if self._set_up.changed:  # whoever could not be found before may be there now
            look_now(self._session)
        for case, site, holds in self._cases.holds():
            self._trail.hold(case, site, holds)
        self._trail.write()


class Secret:
    """A secret of the database, of which nothing but keys for a purpose is handed out.

    It outlives every rotation of SIGNPOST_KEYS: a button that was drawn before one still works after the old key is
    gone.
    """

    def __init__(self, secret: bytes) -> None:
        self._secret = secret

    def derive(self, purpose: str) -> tuple[bytes, ...]:
        """A key of 32 bytes for a purpose."""
        return (hmac.digest(self._secret, f"derive: {purpose}".encode(), "sha256"),)


class DigestKey:
    """The key that digests are made with, read from the database once and made at the first need."""

    def __init__(self) -> None:
        self._known: bytes | None = None

    def of(self, session: Session) -> bytes:
        """The key. Raises Unreadable if none of SIGNPOST_KEYS opens it: they are not the keys of this database."""
        if self._known is not None:
            return self._known
        if row := session.first(_DIGEST_KEY):
            secret = session.keys.unwrap(DIGEST_SUBJECT, row.wrapped)
            if session.settled:
                self._known = secret
            return secret
        # Not remembered yet: this transaction may still roll back, and another replica's key be the one that stays.
        secret = session.keys.new_secret()
        wrapped = session.keys.wrap(DIGEST_SUBJECT, secret)
        values = {"subject": DIGEST_SUBJECT, "key_id": session.keys.newest, "wrapped": wrapped, "made_at": session.now}
        session.run(_ADD_KEY, values)
        return secret

    def touch(self, session: Session) -> None:
        """Make sure that the key opens, and write its row as it is: a database that is full or read-only says so."""
        self.of(session)
        session.run(_TOUCH)
