"""The page behind a mail's link on a real port, in front of a real store with a case that was referred to a mailbox."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import aiohttp
import pytest

from bot.mail.page import Page
from bot.metrics import Metrics
from bot.serving.web import Port, public_app
from bot.store.outbox import Outbox
from bot.store.vault import new_key
from handlers.intents import Intent
from handlers.ports import Delivery
from handlers.screens import Screen
from tests.mail.cases import School
from tests.running.ports import free_port


@dataclass
class Site:
    """The page on a real port, in front of a real store."""

    school: School
    address: str
    client: aiohttp.ClientSession
    sent: Delivery

    async def get(self, path: str, method: str = "GET", **more: object) -> tuple[int, str]:
        async with self.client.request(method, self.address + path, **more) as answer:  # type: ignore[arg-type]
            return answer.status, await answer.text()

    async def link(self) -> str:
        return await self.school.path(self.sent)


@asynccontextmanager
async def on_a_port(school: School) -> AsyncIterator[str]:
    """The public port, as `serve` opens it."""
    metrics = Metrics()
    page = Page(_Desk(school), school.store, Outbox(school.store).delivery, await school.seals(), metrics.refused)
    number = free_port()
    port = Port(public_app(page.routes(), metrics), "127.0.0.1", number)
    await port.open()
    try:
        yield f"http://127.0.0.1:{number}"
    finally:
        await port.close()


class _Desk:
    """The front desk without its platforms."""

    def __init__(self, school: School) -> None:
        self._school = school

    async def answer(self, intent: Intent) -> Screen | None:
        return await self._school.answer(intent)

    def __getattr__(self, name: str) -> object:
        raise AssertionError(f"the page has no business with {name}")


@pytest.fixture
async def site(tmp_path: Path) -> AsyncIterator[Site]:
    school = await School.open(tmp_path, new_key())
    sent = await school.refers()
    async with on_a_port(school) as address, aiohttp.ClientSession() as client:
        yield Site(school, address, client, sent)
    await school.store.close()


async def acknowledgements(site: Site) -> list[str]:
    return [one.name for one in (await site.school.case()).acknowledged]
