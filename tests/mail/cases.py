"""A school whose police contact is a mailbox, a case that a lead referred to it, and what was queued for it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from bot.mail.page import HOLDER
from bot.seals import Seals
from bot.store.store import Store
from handlers.case import Case
from handlers.contacts import room_of
from handlers.intents import Intent, Subject, Surface, Value
from handlers.people import Account
from handlers.ports import Delivery
from handlers.route import route
from handlers.screens import Form, Screen
from handlers.sites import Contact
from tests.handlers.memory import DIRECTORY, LEAD, MEMBER, SITE, TEACHER
from tests.handlers.stories import V07
from tests.running.post_office import real_store

DESK = Contact("desk", "police", "mail", "desk@police.example", verified=True)
MAIL_SITE = replace(SITE, contacts=(DESK,))
ROOM = room_of(DESK, MAIL_SITE) or Account("mail", "", "")
MAIL_DIRECTORY = replace(DIRECTORY, sites=(MAIL_SITE,))


@dataclass
class School:
    """A real store, and presses on it without any platform."""

    store: Store
    key: str

    @classmethod
    async def open(cls, folder: Path, key: str) -> School:
        return cls(await real_store(folder, MAIL_DIRECTORY, key), key)

    async def press(
        self, name: str, token: str = "", fields: Mapping[str, Value] | None = None, who: Account = LEAD
    ) -> Screen:
        answer = await self.answer(Intent(name, who, MEMBER, Surface.FORM, Subject.read(token), fields or {}))
        assert answer is not None
        return answer

    async def answer(self, intent: Intent) -> Screen | None:
        """As the front desk does it."""
        return await self.store.run(lambda work: route(intent, work))

    async def case(self) -> Case:
        (case,) = await self.store.read(lambda work: work.cases_at(["northside"], 9))
        return case

    async def queued(self, kind: str = "referral") -> list[Delivery]:
        case = await self.case()
        return await self.store.read(lambda work: [one for one in work.deliveries(case.id) if one.kind == kind])

    async def refers(self, contacts: tuple[str, ...] = ("desk",)) -> Delivery:
        """The teacher raises a case, and the lead refers it."""
        page = await self.press("start_report", who=TEACHER)
        assert isinstance(page, Form)
        await self.press("recommend_now", page.token, dict(V07), who=TEACHER)
        about = Subject("case", (await self.case()).id, "", 1).write()
        await self.press("open_case", about)
        window = await self.press("refer", about)
        assert isinstance(window, Form)
        ticked: dict[str, Value] = {"contact": contacts, "consequences_read": ("yes",), "reason": "Because."}
        await self.press("confirm_refer", window.token, ticked)
        (sent,) = await self.queued()
        return sent

    async def seals(self) -> Seals:
        """What links are sealed with."""
        return Seals(await self.store.secret())

    async def path(self, delivery: Delivery) -> str:
        """The path of the page behind a mail's link."""
        return f"/a/{(await self.seals()).seal(delivery.id, HOLDER)}"
