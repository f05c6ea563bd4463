"""What handlers are given: one `Work`, which is one transaction, and what stands behind it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final, Literal, Protocol

from handlers.case import Case, Draft
from handlers.changes import Change
from handlers.people import Account, Directory, Person
from handlers.screens import Message
from handlers.sites import Site, Watched

DeliveryState = Literal["queued", "sending", "sent", "acknowledged", "unsure", "failed", "dropped"]
DeliveryKind = Literal[
    "recommendation", "retired", "cleared", "lead_notice", "escalation_asked", "refusal", "facts_asked", "referral",
    "by_hand", "acknowledged", "acknowledged_told", "decided", "notice_decided", "trouble", "reminder", "own_route",
    "chase", "contact_test", "contact_proved", "contact_test_over", "setup_told",
    "setup_list",
]  # fmt: skip
"""What a delivery is. A `chase` is a clock: when it is due a handler answers it, and nothing is sent by itself."""
TO_LEADS: Final[frozenset[DeliveryKind]] = frozenset(
    {"lead_notice", "escalation_asked", "reminder", "trouble", "acknowledged_told", "notice_decided", "by_hand"}
)
"""What nobody gets, and nobody keeps, whom the raiser left out."""


@dataclass(frozen=True, slots=True)
class Delivery:
    """A message to be sent to somebody who is not in front of us. Ids only: the words are drawn when it is sent.

    `to` is an account (`slack:T1/U2`). `version` is the case's version that it speaks of. `replaces` is the id of an
    earlier delivery whose message this one overwrites instead of posting a new one. `extra` is a closed word where a
    kind needs one (why a message was refused).
    """

    kind: DeliveryKind
    to: Account
    case: str = ""
    version: int = 0
    replaces: str = ""
    extra: str = ""
    id: str = ""
    state: DeliveryState = "queued"
    due: datetime | None = field(default=None, compare=False)
    """When its turn is, as it was read; what is to be queued is given its time by `Work.enqueue`."""
    made_at: datetime | None = field(default=None, compare=False)
    """When it was queued, as it was read."""
    why: str = ""
    """A closed word for what went wrong with it last; empty where nothing did."""
    address: str = field(default="", compare=False)
    """Of what was posted as an answer and is noted as sent: where it stands, so that it can be overwritten."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """What to send: first the receipt (neutral; all that a notification shows), then the content that fills it."""

    receipt: Message
    content: Message
    organisations: tuple[str, ...] | None = None
    """For a room: the outside organisations that are expected there. None for a person."""
    called: str = ""
    """For a room: what it was called when it was last looked at; empty where that is not known."""
    member_of: tuple[str, ...] = ()
    """For a lead by a group alone: the groups, and the accounts for whom they stand in. One of these people must still
    be in one of the groups when it is sent (`still_leads.has_left`)."""
    to_name: bool = False
    """Whether it is to be drawn again with who is in a group and what the platforms call people, asked right before."""


@dataclass(frozen=True, slots=True)
class Applied:
    """That an intent was already carried out: where it led, and the fingerprint of what came with it."""

    place: str
    digest: str


@dataclass(frozen=True, slots=True)
class Unopened:
    """A case that does not open: it was changed behind our back, or its key is gone. Lists go on without it.

    Whom the raiser left out is sealed with the rest, so that there is such a case is told only to those who know.
    """

    reference: str
    site: str
    raised_by: Account
    seen_by: frozenset[Account]
    """Who was sent a message of it, or has read it."""


LONGEST_WORD: Final = 200
"""Characters of one detail of an entry of the trail."""
LONGEST_EXTRA: Final = 80
"""Characters of what a delivery is about."""
_EVENT: Final = re.compile(r"[a-z_]{1,40}(\.[a-z_]{1,39})?")
_NAME: Final = re.compile(r"[a-z_]{1,40}")
_WORD: Final = re.compile(rf"[\w.:/@+,=-]{{0,{LONGEST_WORD}}}", re.ASCII)
"""Closed words, ids, accounts and numbers. No space: a sentence does not get in."""
_EXTRA: Final = re.compile(rf"[\w.:/@+-]{{0,{LONGEST_EXTRA}}}", re.ASCII)


def check_entry(event: str, detail: Mapping[str, str]) -> None:
    """Raise ValueError for an entry of the trail that holds anything but closed words, ids and numbers.

    Every Work does this, the one of the tests too: what one of them took and the other did not was found by a lead.
    """
    if not _EVENT.fullmatch(event):
        raise ValueError("an audit event is named like case.opened")
    for name, value in detail.items():
        if not _NAME.fullmatch(name) or not _WORD.fullmatch(value):
            raise ValueError(f"the detail of {event} may hold closed words, ids and numbers only")


def check_extra(extra: str) -> None:
    """The same of what a delivery is about."""
    if not _EXTRA.fullmatch(extra):
        raise ValueError("a delivery's extra is a closed word")


class Unfit(Exception):
    """What was to be kept of the set-up is not of the form in which it is stored. Holds the key and never the value."""

    def __init__(self, key: str = "") -> None:
        super().__init__(key)
        self.key = key


class Chance(Protocol):
    """Where ids and references come from."""

    def id(self) -> str:
        """An opaque id of at least 128 random bits, in letters, digits, `-` and `_`."""

    def reference(self) -> str:
        """A reference for people: `SP-XXXX-XX`, digits and capitals without I, L, O, U."""


class Work(Protocol):
    """One transaction: cases, drafts, audit entries and deliveries together, or nothing of it.

    It commits when the handler returns and rolls back when it raises. Everything is read and written whole; case
    content is sealed and opened underneath.
    """

    @property
    def now(self) -> datetime:
        """The moment of this transaction, in UTC."""

    @property
    def directory(self) -> Directory:
        """Sites, leads and people as configured."""

    def look_again(self) -> None:
        """Read `directory` anew when it is next asked for: another process may have changed it meanwhile."""

    @property
    def chance(self) -> Chance:
        """Ids and references."""

    def draft(self, draft_id: str) -> Draft | None:
        """A draft that has not expired, locked for this transaction."""

    def drafts_of(self, accounts: Iterable[Account]) -> tuple[Draft, ...]:
        """Drafts of these accounts that have not expired, newest first."""

    def last_saved_at(self, site_id: str) -> datetime | None:
        """When somebody last saved a draft for this site that has not expired; None where there is none."""

    def keep_draft(self, draft: Draft) -> None:
        """Insert or overwrite a draft."""

    def drop_draft(self, draft_id: str) -> None:
        """Delete a draft and destroy its key. A draft that is not there is no matter."""

    def case(self, case_id: str) -> Case | None:
        """A case, locked for this transaction."""

    def cases_raised_by(self, accounts: Iterable[Account], limit: int) -> tuple[Case, ...]:
        """Cases that these accounts raised and that are not closed, newest first."""

    def cases_at(self, sites: Iterable[str], limit: int) -> tuple[Case, ...]:
        """Cases of these sites that are not closed, newest first."""

    def cases_undecided(self, sites: Iterable[str], limit: int) -> tuple[Case, ...]:
        """Cases of these sites on which nobody has decided at all, oldest first."""

    def unopened(self) -> tuple[Unopened, ...]:
        """What the lists above have left out in this transaction, since it does not open."""

    def case_called(self, reference: str) -> Case | None:
        """The case that bears this reference, locked for this transaction."""

    def reference_taken(self, reference: str) -> bool:
        """Whether a case already bears this reference."""

    def keep_case(self, case: Case) -> None:
        """Insert a case, or update its row and add the versions that are new."""

    def record(
        self, event: str, *, by: Account | None, case: str = "", site: str = "", detail: Mapping[str, str] | None = None
    ) -> None:
        """Add an audit entry, chained to the one before. `detail` holds closed words and numbers, never case text."""

    def enqueue(self, delivery: Delivery, *, due: datetime | None = None) -> str:
        """Queue a message in this transaction and return its id; `due` (UTC) is when, at once if left out."""

    def deliveries(self, case_id: str) -> tuple[Delivery, ...]:
        """Every delivery of a case, oldest first; of clocks those that have not run out."""

    def cancel(self, delivery_id: str) -> None:
        """Withdraw a delivery that nobody has begun to send; one that was begun is left alone."""

    def mark(self, delivery_id: str, state: DeliveryState) -> None:
        """Set how a delivery stands, because a person said so. What a worker says of it later changes nothing."""

    def put_off(self, delivery_id: str, due: datetime) -> None:
        """Have a clock that has run out look again: then, or as soon as somebody changes the set-up."""

    def applied(self, key: str) -> Applied | None:
        """What an intent with this key led to, if it was carried out before."""

    def apply(self, key: str, place: str, digest: str = "") -> None:
        """Note that the intent with this key was carried out and where it led. The key is unique."""

    def keep_site(self, site: Site) -> None:
        """Add a site that is set up in chat, or overwrite it. One of the CONFIG file is never kept. Raises Unfit."""

    def drop_site(self, site_id: str) -> None:
        """Forget a site that was set up in chat. No other one is called that again."""

    def keep_gone(self, name: str) -> None:
        """Note that a contact was removed, as `site/contact`: no other one is called that again."""

    def keep_persons(self, persons: tuple[Person, ...]) -> None:
        """Which accounts are one person, as set up in chat: all of them at once. Raises Unfit."""

    def keep_admins(self, admins: frozenset[Account]) -> None:
        """The admins that were made in chat: all of them at once."""

    def keep_watched(self, site_id: str, contact_id: str, watched: Watched) -> None:
        """How a contact stood when it was last looked at, of the CONFIG file or set up in chat."""

    def keep_blind(self, place: str, why: str) -> None:
        """Why the contacts' channels of a workspace or tenant (`slack:T1`) cannot be looked at; empty: they can."""

    def keep_announced(self, groups: Mapping[str, tuple[Account, ...]]) -> None:
        """Who is in each group that leads, as far as its leads were told: all groups at once."""

    def keep_not_member(self, account: Account, why: str) -> None:
        """Why a lead is no full member, as their platform said; empty: they are one, or lead nothing any more."""

    def keep_change(self, change: Change) -> str:
        """Keep what was changed, and return its id."""

    def change(self, change_id: str) -> Change | None:
        """A change that was kept, or None."""

    def changes(self, limit: int) -> tuple[Change, ...]:
        """The newest changes, newest first."""

    def digest(self, fields: Mapping[str, object]) -> str:
        """A keyed fingerprint of what was typed; it tells nothing to anyone without the key."""
