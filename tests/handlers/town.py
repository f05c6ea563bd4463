"""A school whose leads come and go, its contacts of all four kinds, and a worker that can die: for random stories."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Final

from handlers.case import Decision
from handlers.clocks import today
from handlers.contacts import contacts_of, room_of
from handlers.people import Account, Known, Standing
from handlers.ports import Delivery, DeliveryState
from handlers.screens import Message
from handlers.sites import Contact, StandIn
from handlers.telling.chase import chase
from handlers.telling.deliveries import draw
from handlers.telling.settle_delivery import SETTLES, settle
from tests.handlers.deciding import CARE, DECIDING_SITE, DEPUTY, LEAD, POLICE, TEACHER
from tests.handlers.memory import DIRECTORY
from tests.handlers.mortal import POINTS, Died, MortalWork
from tests.handlers.person import text_of

STANDS_IN: Final = Account.parse("slack:T1/USTANDIN")
GROUPED: Final = Account.parse("teams:TEN/GROUPED")
GROUP: Final = "teams:TEN/group:LEADS"
PEOPLE: Final = (LEAD, DEPUTY, STANDS_IN, GROUPED, TEACHER)
MAIL: Final = Contact("duty", "social_care", "mail", "duty@council.gov.example", verified=True)
BY_HAND: Final = Contact("desk", "police", "by_hand", "01632 960014")
CONTACTS: Final = (POLICE, CARE, MAIL, BY_HAND)
KINDS: Final = {one.id: one.kind for one in CONTACTS}
DEATHS: Final = 0.4
"""Of the transactions, how many are to die at some point; few of them come past it."""

RARE: Final = ("cancel", "cancel", "cancel", "apply", "keep_case", "keep_draft", "drop_draft")
"""Points that few transactions come past, so that they are drawn more often."""


class Town:
    """Who may decide just now, and what has arrived. `told` hears of every message that leaves, before anybody else."""

    def __init__(self, chance: random.Random, told: Callable[[str, Delivery, Message], None]) -> None:
        self.chance, self.told = chance, told
        self.listed = {LEAD, DEPUTY}
        self.grouped = {GROUPED}
        self.readable = True
        """Whether the platform says who is in the group."""
        self.gone: set[Account] = set()
        """Accounts that were deactivated."""
        self.stand_in: StandIn | None = None
        self.contacts = CONTACTS
        self.two_people = chance.random() < 0.3
        self.work = MortalWork(directory=DIRECTORY)
        self.begun: set[str] = set()
        """Mails of which it is noted that their words are leaving."""
        self.counts: Counter[str] = Counter()
        self.configure()

    # --- who is who ------------------------------------------------------------------------------------------------
    @property
    def day(self) -> date:
        return today(self.work.now)

    def configure(self) -> None:
        """Put into force what was changed."""
        site = replace(
            DECIDING_SITE,
            leads=(*(str(one) for one in (LEAD, DEPUTY) if one in self.listed), GROUP),
            stand_ins=(self.stand_in,) if self.stand_in else (),
            contacts=self.contacts,
            requires_two_people=self.two_people,
        )
        self.work.directory = replace(DIRECTORY, sites=(site,))

    def may_decide(self, who: Account) -> bool:
        """Whether somebody is a lead at this moment, worked out here once more and from nothing of the program."""
        if who in self.gone:
            return False
        one = self.stand_in
        stands_in = one is not None and one.who == str(who) and one.first <= self.day <= one.last
        return who in self.listed or stands_in or (self.readable and who in self.grouped)

    def known(self, who: Account | None = None) -> Known:
        """What the platform says of somebody; of nobody, where the worker asks."""
        groups = {GROUP: tuple(sorted(self.grouped))} if self.readable else {}
        standing = Standing(member=False, why_not="unknown")
        if who is not None:
            standing = Standing(member=False, why_not="deactivated") if who in self.gone else Standing(member=True)
        names = {one: one.user.title() for one in PEOPLE}
        return Known(standing, groups=groups, remembered={GROUP: (GROUPED,)}, names=names, day=self.day)

    def something_changes(self) -> None:
        """A lead leaves or comes back, a group cannot be read, somebody stands in, a contact moves."""
        match self.chance.choice(["listed", "grouped", "readable", "gone", "stand_in", "stand_in", "contact"]):
            case "listed":
                self.listed ^= {self.chance.choice([LEAD, DEPUTY])}
            case "grouped":
                self.grouped ^= {GROUPED}
            case "readable":
                self.readable = not self.readable
            case "gone":
                self.gone = set() if self.gone else {self.chance.choice([LEAD, DEPUTY, STANDS_IN])}
            case "stand_in":
                first = self.day + timedelta(days=self.chance.choice([-1, 0, 1]))
                last = first + timedelta(days=self.chance.choice([0, 1, 2]))
                self.stand_in = StandIn(str(LEAD), str(STANDS_IN), first, last)
            case _:
                moved = replace(POLICE, destination=self.chance.choice(["T1/C9", "T1/C9", "T1/C10"]))
                self.contacts = (moved, *CONTACTS[1:])
        if LEAD not in self.listed:
            self.stand_in = None  # with a lead whoever stands in for them goes too
        self.configure()

    def rooms(self) -> dict[str, Account | None]:
        """Where each contact that can be chosen is reached just now."""
        (site,) = self.work.directory.sites
        return {one.id: room_of(one, site) for one in contacts_of(site)}

    def decisions(self) -> tuple[Decision, ...]:
        return next(iter(self.work.cases.values())).decisions

    # --- transactions and the worker -------------------------------------------------------------------------------
    def carried_out(self, what: Callable[[], object]) -> bool:
        """Do something in one transaction, which may die. Whether somebody heard that it was done."""
        if self.chance.random() < DEATHS:
            self.work.dies_at, self.work.after = self.chance.choice((*POINTS, *RARE)), self.chance.choice([0, 0, 1, 2])
        try:
            with self.work.transaction():
                what()
        except Died as point:
            self.counts[f"died at {point}"] += 1
            return False
        return True

    def passes(self, minutes: float) -> None:
        """Let time pass with a worker that takes up again what another left."""
        work = self.work
        until = work.now + timedelta(minutes=minutes)
        while waiting := [(due, key) for key, (d, due) in work.outbox.items() if d.state == "queued" and due <= until]:
            due, key = min(waiting)
            work.now = max(work.now, due)
            self._one(key)
        work.now = until

    def _one(self, key: str) -> None:
        delivery = self.work.outbox[key][0]
        if delivery.kind == "chase":
            return self._ends(key, "sent", lambda: chase(delivery, self.known(), self.work))
        if key in self.begun:
            return self._settled(key, delivery, "unsure")
        state: DeliveryState = self.chance.choice(["sent", "sent", "sent", "unsure", "failed", "queued"])
        if state == "queued":  # a platform is away: later
            self.work.outbox[key] = (delivery, self.work.now + timedelta(minutes=self.chance.choice([1, 5])))
            return None
        drawn = draw(delivery, self.work)
        if drawn is None:
            return self._settled(key, delivery, "dropped")
        if delivery.to.platform == "mail":
            self.begun.add(key)
        if state == "sent" or (state == "unsure" and self.chance.random() < 0.5):
            self.told(key, delivery, drawn.content)
            self.work.arrived.append((delivery, drawn.content))
        if self.chance.random() < 0.1:  # the worker is killed, and its lease runs out
            self.counts["killed after sending"] += 1
            return None
        return self._settled(key, delivery, state)

    def _settled(self, key: str, delivery: Delivery, state: DeliveryState) -> None:
        def news() -> None:
            if delivery.kind in SETTLES:
                settle(delivery, state, self.known(), self.work)

        self._ends(key, state, news)

    def _ends(self, key: str, state: DeliveryState, then: Callable[[], None]) -> None:
        def whole() -> None:
            if self.work.outbox[key][0].state != "queued":
                return
            self.work.mark(key, state)
            then()

        self.carried_out(whole)


def lines_of(message: Message) -> set[str]:
    """The words of a message to a contact, what stands around them aside."""
    return {line for line in text_of(message).splitlines() if not line.startswith("Acknowledged by")}
