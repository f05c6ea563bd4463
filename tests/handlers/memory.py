"""A Work that keeps everything in memory, for tests that call handlers directly.

It passes the same contract tests as the real one (tests/store), so what holds here holds there.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from hashlib import sha256

from handlers.case import DRAFT_HOURS, Case, Draft, State
from handlers.changes import Change
from handlers.people import Account, Directory, Known, Person, Standing
from handlers.ports import Applied, Delivery, DeliveryState, Unopened, check_entry, check_extra
from handlers.referring.withheld import why_nothing
from handlers.screens import Message
from handlers.sites import Contact, Site, Watched
from handlers.telling.chase import chase
from handlers.telling.deliveries import draw
from handlers.telling.settle_delivery import SETTLES, settle

TEACHER = Account.parse("slack:T1/UTEACHER")
LEAD = Account.parse("slack:T1/ULEAD")
DEPUTY = Account.parse("slack:T1/UDEPUTY")
ADMIN = Account.parse("slack:T1/UADMIN")
TEACHER_ON_TEAMS = Account.parse("teams:TEN/TEACHER")
SITE = Site(
    id="northside",
    name="Northside Academy",
    nation="england",
    leads=(str(LEAD), str(DEPUTY)),
    phone="01632 960001",
    serves=frozenset({"slack:T1", "teams:TEN"}),
)
DIRECTORY = Directory(
    sites=(SITE,),
    persons=(Person((LEAD,), name="Priya Nair", role="DSL"), Person((TEACHER, TEACHER_ON_TEAMS))),
    admins=frozenset({ADMIN}),
)
MEMBER = Known(Standing(member=True), names={DEPUTY: "Tom Reid"})
TUESDAY = datetime(2026, 11, 24, 16, 55, tzinfo=UTC)


class Counting:
    """Ids and references in order, so that a failing test reads the same twice."""

    def __init__(self) -> None:
        self._numbers = itertools.count(1)

    def id(self) -> str:
        return f"id{next(self._numbers):030d}"

    def reference(self) -> str:
        return f"SP-{next(self._numbers):04d}-2Q"


@dataclass(frozen=True)
class Entry:
    """An entry of the trail."""

    event: str
    by: Account | None
    case: str
    site: str
    detail: Mapping[str, str]


@dataclass
class MemoryWork:
    """One never-ending transaction over dictionaries."""

    directory: Directory = DIRECTORY
    now: datetime = TUESDAY
    chance: Counting = field(default_factory=Counting)
    drafts: dict[str, Draft] = field(default_factory=dict)
    cases: dict[str, Case] = field(default_factory=dict)
    done: dict[str, Applied] = field(default_factory=dict)
    outbox: dict[str, tuple[Delivery, datetime]] = field(default_factory=dict)
    trail: list[Entry] = field(default_factory=list)
    arrived: list[tuple[Delivery, Message]] = field(default_factory=list)
    kept: list[Change] = field(default_factory=list)
    damaged: set[str] = field(default_factory=set)
    """Ids of cases that do not open."""
    read: set[tuple[str, Account]] = field(default_factory=set)
    left_out: set[str] = field(default_factory=set)

    def draft(self, draft_id: str) -> Draft | None:
        draft = self.drafts.get(draft_id)
        return draft if draft and draft.saved_at > self.now - timedelta(hours=DRAFT_HOURS) else None

    def drafts_of(self, accounts: Iterable[Account]) -> tuple[Draft, ...]:
        theirs = [draft for draft in self.drafts.values() if draft.owner in set(accounts) and self.draft(draft.id)]
        return tuple(sorted(theirs, key=lambda draft: draft.saved_at, reverse=True))

    def last_saved_at(self, site_id: str) -> datetime | None:
        theirs = [draft.saved_at for draft in self.drafts.values() if draft.site == site_id and self.draft(draft.id)]
        return max(theirs, default=None)

    def keep_draft(self, draft: Draft) -> None:
        self.drafts[draft.id] = draft

    def drop_draft(self, draft_id: str) -> None:
        self.drafts.pop(draft_id, None)

    def case(self, case_id: str) -> Case | None:
        return self.cases.get(case_id)

    def cases_raised_by(self, accounts: Iterable[Account], limit: int) -> tuple[Case, ...]:
        theirs = set(accounts)
        return self._newest((case for case in self.cases.values() if case.raised_by in theirs), limit)

    def cases_at(self, sites: Iterable[str], limit: int) -> tuple[Case, ...]:
        wanted = set(sites)
        return self._newest((case for case in self.cases.values() if case.site in wanted), limit)

    def cases_undecided(self, sites: Iterable[str], limit: int) -> tuple[Case, ...]:
        wanted, undecided = set(sites), (State.RECOMMENDED, State.ESCALATION_REQUESTED)
        found = (case for case in self.cases.values() if case.site in wanted and case.state in undecided)
        oldest = sorted(found, key=lambda case: case.raised_at)[:limit]
        self.left_out |= {case.id for case in oldest} & self.damaged
        return tuple(case for case in oldest if case.id not in self.damaged)

    def _newest(self, cases: Iterable[Case], limit: int) -> tuple[Case, ...]:
        is_open = [case for case in cases if case.state not in (State.CLOSED, State.ERASED)]
        newest = sorted(is_open, key=lambda case: case.raised_at, reverse=True)[:limit]
        self.left_out |= {case.id for case in newest} & self.damaged
        return tuple(case for case in newest if case.id not in self.damaged)

    def unopened(self) -> tuple[Unopened, ...]:
        return tuple(
            Unopened(
                one.reference,
                one.site,
                one.raised_by,
                frozenset(sent.to for sent in self.deliveries(one.id) if sent.state == "sent")
                | {by for case, by in self.read if case == one.id},
            )
            for one in map(self.cases.__getitem__, sorted(self.left_out))
        )

    def case_called(self, reference: str) -> Case | None:
        return next((case for case in self.cases.values() if case.reference == reference), None)

    def reference_taken(self, reference: str) -> bool:
        return any(case.reference == reference for case in self.cases.values())

    def keep_case(self, case: Case) -> None:
        self.cases[case.id] = case

    def record(
        self, event: str, *, by: Account | None, case: str = "", site: str = "", detail: Mapping[str, str] | None = None
    ) -> None:
        check_entry(event, detail or {})
        if event == "case.read" and by is not None:
            self.read.add((case, by))
        self.trail.append(Entry(event, by, case, site, detail or {}))

    @property
    def audit(self) -> list[tuple[str, str]]:
        """What was recorded, and of which case."""
        return [(one.event, one.case) for one in self.trail]

    @property
    def recorded(self) -> list[tuple[str, Mapping[str, str]]]:
        """What was recorded, with its details."""
        return [(one.event, one.detail) for one in self.trail]

    def enqueue(self, delivery: Delivery, *, due: datetime | None = None) -> str:
        check_extra(delivery.extra)
        delivery_id = self.chance.id()
        self.outbox[delivery_id] = (replace(delivery, id=delivery_id, made_at=self.now), due or self.now)
        return delivery_id

    def deliveries(self, case_id: str) -> tuple[Delivery, ...]:
        theirs = (replace(one, due=due) for one, due in self.outbox.values() if one.case == case_id)
        return tuple(one for one in theirs if one.kind != "chase" or one.state in ("queued", "sending"))

    def cancel(self, delivery_id: str) -> None:
        delivery, due = self.outbox[delivery_id]
        if delivery.state == "queued":
            self.outbox[delivery_id] = (replace(delivery, state="dropped"), due)

    def mark(self, delivery_id: str, state: DeliveryState) -> None:
        delivery, due = self.outbox[delivery_id]
        self.outbox[delivery_id] = (replace(delivery, state=state), due)

    def put_off(self, delivery_id: str, due: datetime) -> None:
        self.outbox[delivery_id] = (replace(self.outbox[delivery_id][0], state="queued", why="put_off"), due)

    def applied(self, key: str) -> Applied | None:
        return self.done.get(key)

    def apply(self, key: str, place: str, digest: str = "") -> None:
        assert key not in self.done, "an intent is carried out once"
        self.done[key] = Applied(place, digest)

    def keep_site(self, site: Site) -> None:
        rest = tuple(one for one in self.directory.sites if one.id != site.id)
        before = self.directory.site(site.id)
        self.directory = replace(self.directory, sites=(*rest, replace(site, rev=(before.rev if before else 0) + 1)))

    def drop_site(self, site_id: str) -> None:
        self.directory = replace(self.directory, sites=tuple(one for one in self.directory.sites if one.id != site_id))
        self.keep_gone(site_id)

    def keep_gone(self, name: str) -> None:
        self.directory = replace(self.directory, gone=self.directory.gone | {name})

    def keep_persons(self, persons: tuple[Person, ...]) -> None:
        declared = tuple(one for one in self.directory.persons if one.declared)
        self.directory = replace(self.directory, persons=(*declared, *persons))

    def keep_admins(self, admins: frozenset[Account]) -> None:
        self.directory = replace(self.directory, admins=self.directory.first_admins | admins)

    def keep_watched(self, site_id: str, contact_id: str, watched: Watched) -> None:
        def seen(contact: Contact) -> Contact:
            return replace(
                contact,
                suspended=watched.suspended, room=watched.room, told_due=watched.told_due, test=watched.test,
                told_owner=watched.told_owner, admins=watched.admins, own_press=watched.own_press,
                called=watched.called,
            ) if contact.id == contact_id else contact  # fmt: skip

        self.directory = replace(
            self.directory,
            sites=tuple(
                replace(site, contacts=tuple(map(seen, site.contacts))) if site.id == site_id else site
                for site in self.directory.sites
            ),
        )

    def keep_blind(self, place: str, why: str) -> None:
        rest = {name: one for name, one in self.directory.blind.items() if name != place}
        self.directory = replace(self.directory, blind={**rest, place: why} if why else rest)

    def keep_announced(self, groups: Mapping[str, tuple[Account, ...]]) -> None:
        self.directory = replace(self.directory, announced=dict(groups))

    def keep_not_member(self, account: Account, why: str) -> None:
        rest = {one: said for one, said in self.directory.not_members.items() if one != account}
        self.directory = replace(self.directory, not_members={**rest, account: why} if why else rest)

    def look_again(self) -> None:
        """There is nobody else."""

    def keep_change(self, change: Change) -> str:
        self.kept.append(replace(change, id=self.chance.id()))
        return self.kept[-1].id

    def change(self, change_id: str) -> Change | None:
        return next((one for one in self.kept if one.id == change_id), None)

    def changes(self, limit: int) -> tuple[Change, ...]:
        return tuple(reversed(self.kept))[:limit]

    def digest(self, fields: Mapping[str, object]) -> str:
        return sha256(repr(sorted(fields.items())).encode()).hexdigest()

    def send_all(self) -> None:
        """Mark as sent what is due by now, as the worker would."""
        for delivery_id, (delivery, due) in self.outbox.items():
            if delivery.state == "queued" and due <= self.now and delivery.kind != "chase":
                self.outbox[delivery_id] = (replace(delivery, state="sent"), due)

    def passes(self, minutes: float = 0, *, ends: Callable[[Delivery], DeliveryState] = lambda _: "sent") -> None:
        """Let time pass with a worker at work: clocks are answered and messages end as `ends` says, in turn."""
        until = self.now + timedelta(minutes=minutes)
        while waiting := [(due, key) for key, (d, due) in self.outbox.items() if d.state == "queued" and due <= until]:
            due, key = min(waiting, key=lambda one: one[0])
            self.now = max(self.now, due)
            delivery = self.outbox[key][0]
            state = "sent" if delivery.kind == "chase" else ends(delivery)
            if state == "queued":  # it is tried again and again
                self.outbox[key] = (delivery, until + timedelta(seconds=1))
                continue
            if delivery.kind != "chase" and state == "sent" and (drawn := draw(delivery, self)) is None:
                state = "dropped"
                self.outbox[key] = (replace(delivery, why=why_nothing(delivery, self)), due)
            elif delivery.kind != "chase" and state == "sent":
                assert drawn is not None
                self.arrived.append((delivery, drawn.content))
            self.mark(key, state)
            if delivery.kind == "chase":
                chase(delivery, MEMBER, self)
            elif delivery.kind in SETTLES:
                settle(delivery, state, MEMBER, self)
        self.now = until

    def at(self, who: Account) -> list[Message]:
        """The messages that reached somebody, oldest first; one that was overwritten counts twice."""
        return [content for delivery, content in self.arrived if delivery.to == who]

    def queued(self, kind: str) -> list[tuple[Account, datetime]]:
        """Who still gets a message of this kind, and when."""
        return [(d.to, due) for d, due in self.outbox.values() if d.kind == kind and d.state == "queued"]
