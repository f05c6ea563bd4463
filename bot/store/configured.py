"""What was set up in chat: sites, persons and admins, sealed; joined with what the CONFIG file declares.

What the file declares stands as it is: a site of the same id, or an account in a person, that was set up in chat is
passed over for as long as the file names it.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass, field, replace
from typing import Any, Final

from sqlalchemy import bindparam, delete, insert, select, update

from bot.config.plain import fit, from_json, person_from_plain, person_to_plain, site_from_plain, site_to_plain, to_json
from bot.store.cases import ChangedMeanwhile
from bot.store.session import Session
from bot.store.statements import Row
from bot.store.tables import configured, configured_head, keys
from handlers.contacts import as_connected, place_of
from handlers.people import Account, Directory, Person
from handlers.sites import Contact, Site, Watched

SUBJECT: Final = "configured"
"""The subject in `keys` that all of it is sealed with."""
PERSONS, ADMINS, WATCHED, BLIND, GONE, SITE = "persons", "admins", "watched", "blind", "gone", "site:"
ANNOUNCED: Final = "announced"
NOT_MEMBERS: Final = "not_members"
_PLACE: Final = ""
"""Where a case's box is bound to its site; this one belongs to none."""

_KEY = select(keys.c.wrapped).where(keys.c.subject == SUBJECT)
_HEAD = select(configured_head.c.number).where(configured_head.c.id == 1)
_LOCK = _HEAD.with_for_update()
_FIRST_HEAD = insert(configured_head)
_NEXT_HEAD = update(configured_head).where(configured_head.c.id == 1).values(number=configured_head.c.number + 1)
_ALL = select(configured).order_by(configured.c.id)
_ONE = select(configured).where(configured.c.id == bindparam("of"))
_ADD = insert(configured)
_CHANGE = update(configured).where(configured.c.id == bindparam("of"))
_DROP = delete(configured).where(configured.c.id == bindparam("of"))


class SetUpChanged(ChangedMeanwhile):
    """Another transaction changed the set-up first: this one is run again, and holds the set-up from its start then."""


@dataclass(frozen=True, slots=True)
class SetUp:
    """What was set up in chat, at one moment."""

    number: int = 0
    sites: tuple[Site, ...] = ()
    persons: tuple[Person, ...] = ()
    admins: frozenset[Account] = frozenset()
    watched: Mapping[str, Watched] = field(default_factory=dict)
    """By `site/contact`."""
    blind: Mapping[str, str] = field(default_factory=dict)
    """As in `Directory`."""
    announced: Mapping[str, tuple[Account, ...]] = field(default_factory=dict)
    """As in `Directory`."""
    gone: frozenset[str] = frozenset()
    """Ids that are not given again, as in `Directory`."""
    not_members: Mapping[Account, str] = field(default_factory=dict)
    """As in `Directory`."""


class Configured:
    """Remembers what was read last, and reads again once somebody has changed it, in this process or in another."""

    def __init__(self, declared: Callable[[], Directory], connected: Callable[[], frozenset[str] | None]) -> None:
        """`declared` is what the CONFIG file says; `connected` as in `as_connected`, None: nobody can tell yet."""
        self._declared, self._connected = declared, connected
        self._read = SetUp()
        self._joined: tuple[SetUp, Directory, frozenset[str] | None] = (self._read, Directory(), None)
        self._whole = Directory()

    def last(self) -> Directory:
        """What was true when somebody last looked: for questions that are asked before a transaction."""
        return self._join(self._read)

    def shadowed(self) -> tuple[str, ...]:
        """Sites that were set up in chat and that the file names too, as of when somebody last looked."""
        named = {site.id for site in self._declared().sites}
        return tuple(site.id for site in self._read.sites if site.id in named)

    def of(self, session: Session, *, remember: bool) -> tuple[Directory, int]:
        """What is true in this transaction, and its number.

        Not to be remembered where the transaction made changes itself and may roll back.
        """
        row = session.first(_LOCK if session.holds_set_up else _HEAD)
        number = int(row.number) if row else 0
        if number != self._read.number:
            found = _read(session, number)
            if remember and session.settled:
                self._read = found
            return self._join(found), number
        return self._join(self._read), number

    def _join(self, found: SetUp) -> Directory:
        declared, connected = self._declared(), self._connected()
        before = self._joined
        if before[0] is not found or before[1] is not declared or before[2] != connected:
            whole = joined(declared, found)
            self._whole = whole if connected is None else as_connected(whole, connected)
            self._joined = (found, declared, connected)
        return self._whole


def joined(declared: Directory, found: SetUp) -> Directory:
    """The file's sites and people first, then those of chat that it does not name."""
    named = {site.id for site in declared.sites}
    taken = {account for person in declared.persons for account in person.accounts}
    sites = (*declared.sites, *(site for site in found.sites if site.id not in named))
    return replace(
        declared,
        sites=tuple(_as_watched(site, found.watched) for site in sites),
        persons=(*declared.persons, *(one for one in found.persons if not taken & set(one.accounts))),
        admins=declared.admins | found.admins,
        gone=found.gone,
        blind=found.blind,
        announced=found.announced,
        not_members=found.not_members,
    )


def _as_watched(site: Site, watched: Mapping[str, Watched]) -> Site:
    if not any(f"{site.id}/{one.id}" in watched for one in site.contacts):
        return site

    def seen(contact: Contact) -> Contact:
        found = watched.get(f"{site.id}/{contact.id}", Watched())
        if found.place not in ("", place_of(contact)):
            found = Watched()
        return replace(
            contact,
            suspended=found.suspended, room=found.room, told_due=found.told_due, test=found.test,
            told_owner=found.told_owner, admins=tuple(found.admins), own_press=found.own_press,
            called=found.called,
        )  # fmt: skip

    return replace(site, contacts=tuple(map(seen, site.contacts)))


class ConfiguredWork:
    """The part of a `Work` that changes the set-up."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._changed = False
        self.seen: int | None = None
        """The number of what this transaction has read, if it has: a change is made to that and to nothing newer."""

    @property
    def changed(self) -> bool:
        """Whether this transaction has changed anything."""
        return self._changed

    def keep_site(self, site: Site) -> None:
        """Add or overwrite a site. Raises Unfit where it could not be read again."""
        self._keep(SITE + site.id, fit(site_to_plain(site), site_from_plain))

    def drop_site(self, site_id: str) -> None:
        """Forget a site, but for its id: what was drawn of it must not be about another one."""
        self._begin()
        self._session.run(_DROP, {"of": SITE + site_id})
        self.keep_gone(site_id)

    def keep_gone(self, name: str) -> None:
        """Never give this id again."""
        self._keep(GONE, sorted({*self._now(GONE, ()), name}))

    def keep_persons(self, persons: Iterable[Person]) -> None:
        """All persons of chat at once. Raises Unfit as `keep_site` does."""
        self._keep(PERSONS, [fit(person_to_plain(one), person_from_plain) for one in persons])

    def keep_admins(self, admins: Iterable[Account]) -> None:
        """All admins of chat at once."""
        self._keep(ADMINS, sorted(map(str, admins)))

    def keep_watched(self, name: str, watched: Watched) -> None:
        """How one contact stood, by `site/contact`."""
        self._keep(WATCHED, {**self._now(WATCHED, {}), name: asdict(watched)})

    def keep_blind(self, place: str, why: str) -> None:
        """Why the contacts' channels of a workspace or tenant cannot be looked at; empty: they can."""
        rest = {name: one for name, one in self._now(BLIND, {}).items() if name != place}
        self._keep(BLIND, {**rest, place: why} if why else rest)

    def keep_announced(self, groups: Mapping[str, Iterable[Account]]) -> None:
        """Who is in each group that leads, as far as its leads were told."""
        self._keep(ANNOUNCED, {ref: list(map(str, members)) for ref, members in groups.items()})

    def keep_not_member(self, account: Account, why: str) -> None:
        """Why a lead is no full member, as their platform said; empty: they are one, or lead nothing any more."""
        rest = {name: one for name, one in self._now(NOT_MEMBERS, {}).items() if name != str(account)}
        self._keep(NOT_MEMBERS, {**rest, str(account): why} if why else rest)

    def held(self, name: str) -> Any:  # noqa: ANN401 - from JSON
        """A row as it is, None where there is none. Who else holds the set-up is waited for, and changes are seen."""
        self._session.first(_LOCK)
        row, key = self._session.first(_ONE, {"of": name}), self._session.first(_KEY)
        if row is None or key is None:
            return None
        return json.loads(self._session.box(_PLACE, SUBJECT, key.wrapped).open(name, row.writes, row.sealed))

    def keep(self, name: str, plain: Any) -> None:  # noqa: ANN401 - as JSON
        """Overwrite a row."""
        self._keep(name, plain)

    def _now(self, name: str, otherwise: Any) -> Any:  # noqa: ANN401 - from JSON
        """What stands in a row; nobody else changes it until this transaction ends."""
        self._begin()
        row = self._session.first(_ONE, {"of": name})
        if row is None:
            return otherwise
        box = self._session.box_to_write(_PLACE, SUBJECT, new=False)
        return json.loads(box.open(name, row.writes, row.sealed))

    def _begin(self) -> None:
        """One at a time, and every replica notices. Raises SetUpChanged where another one was faster."""
        if self._changed:
            return
        row = self._session.first(_LOCK)
        if self.seen is not None and self.seen != (int(row.number) if row else 0):
            raise SetUpChanged
        if row is None:
            self._session.run(_FIRST_HEAD, {"id": 1, "number": 1})
        else:
            self._session.run(_NEXT_HEAD)
        self._changed = True

    def _keep(self, name: str, plain: Any) -> None:  # noqa: ANN401 - as JSON
        self._begin()
        row = self._session.first(_ONE, {"of": name})
        writes = (row.writes if row else 0) + 1
        box = self._session.box_to_write(_PLACE, SUBJECT, new=False)
        values = {"writes": writes, "sealed": box.seal(name, writes, json.dumps(to_json(plain)).encode())}
        if row:
            self._session.run(_CHANGE, {"of": name, **values})
        else:
            self._session.run(_ADD, {"id": name, **values})


def set_up(session: Session) -> SetUp:
    """What was set up in chat, as this transaction sees it."""
    return _read(session, 0)


def _read(session: Session, number: int) -> SetUp:
    rows = session.all(_ALL)
    key = session.first(_KEY)
    if key is None:
        return SetUp(number)
    box = session.box(_PLACE, SUBJECT, key.wrapped)

    def opened(row: Row) -> Any:  # noqa: ANN401 - from JSON
        return from_json(json.loads(box.open(row.id, row.writes, row.sealed)))

    plain = {row.id: (row.writes, opened(row)) for row in rows}
    sites = [(writes, what) for name, (writes, what) in plain.items() if name.startswith(SITE)]
    return SetUp(
        number,
        sites=tuple(replace(site_from_plain(what), rev=writes) for writes, what in sites),
        persons=tuple(person_from_plain(one) for one in plain.get(PERSONS, (0, ()))[1]),
        admins=frozenset(Account.parse(one) for one in plain.get(ADMINS, (0, ()))[1]),
        gone=frozenset(plain.get(GONE, (0, ()))[1]),
        blind=dict(plain.get(BLIND, (0, {}))[1]),
        announced={
            ref: tuple(map(Account.parse, members)) for ref, members in plain.get(ANNOUNCED, (0, {}))[1].items()
        },
        not_members={Account.parse(one): why for one, why in plain.get(NOT_MEMBERS, (0, {}))[1].items()},
        watched={name: Watched(**one) for name, one in plain.get(WATCHED, (0, {}))[1].items()},
    )
