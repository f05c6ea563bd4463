"""SR-17: many presses at once, on the real store: one decision, one message to the contact, and everybody is told."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from bot.store.outbox import Outbox
from bot.store.store import Store, open_store
from bot.store.vault import Keys, new_key
from handlers.intents import Intent, Subject, Surface
from handlers.people import Account
from handlers.route import route
from handlers.screens import Form, Screen
from tests.handlers.deciding import DECIDING_SITE, DEPUTY, LEAD, TEACHER
from tests.handlers.memory import DIRECTORY, MEMBER
from tests.handlers.person import text_of
from tests.handlers.stories import V07
from tests.store.given import sql

if TYPE_CHECKING:
    from handlers.intents import Value
    from handlers.ports import Work

KEY = new_key()


async def a_store(url: str) -> Store:
    directory = replace(DIRECTORY, sites=(DECIDING_SITE,))
    return await open_store(url, keys=Keys.parse(KEY), directory=lambda: directory)


async def press(store: Store, who: Account, name: str, token: str, fields: dict[str, Value] | None = None) -> Screen:
    intent = Intent(name, who, MEMBER, Surface.FORM, Subject.read(token), fields or {})
    answer = await store.run(lambda work: route(intent, work))
    assert answer is not None
    return answer


async def raised(store: Store) -> str:
    page = await press(store, TEACHER, "start_report", "")
    assert isinstance(page, Form)
    await press(store, TEACHER, "recommend_now", page.token, dict(V07))
    cases = await store.run(lambda work: work.cases_at(["northside"], 9))
    return Subject("case", cases[0].id, "", 1).write()


@pytest.mark.parametrize("second", ["confirm_refer", "confirm_do_not_refer"])
async def test_fifty_presses_by_two_leads_over_two_replicas_are_one_decision(database_url: str, second: str) -> None:
    one = await a_store(database_url)
    other = one if database_url.startswith("sqlite") else await a_store(database_url)
    about = await raised(one)
    mine = await press(one, LEAD, "refer", about)
    theirs = await press(other, DEPUTY, second.removeprefix("confirm_"), about)
    assert isinstance(mine, Form)
    assert isinstance(theirs, Form)
    typed: dict[str, Value] = {"contact": ("police",), "consequences_read": ("yes",), "reason": "Because it is so."}

    presses = [
        press(one, LEAD, "confirm_refer", mine.token, typed)
        if number % 2
        else press(other, DEPUTY, second, theirs.token, typed)
        for number in range(50)
    ]
    answers = await asyncio.gather(*presses)

    (case,) = await one.run(lambda work: work.cases_at(["northside"], 9))
    assert len(case.decisions) == 1
    assert all("decided at" in text_of(answer) for answer in answers)
    sent = await one.run(lambda work: [d for d in work.deliveries(case.id) if d.kind == "referral"])
    assert len(sent) == (1 if case.decisions[0].kind == "refer" else 0)
    events = await sql(database_url, "SELECT event FROM audit WHERE event = 'case.decided'")
    assert len(events) == 1
    mark = f"{case.id}:decision:1"
    assert await one.run(lambda work: work.applied(mark)), "the database itself takes no second decision of that number"
    for store in {one, other}:
        await store.close()


async def test_a_clock_is_answered_in_the_transaction_that_ends_it(database_url: str) -> None:
    store = await a_store(database_url)
    await raised(store)
    outbox = Outbox(store)
    claims = [claim async for claim in _all(outbox)]

    def breaks(_work: Work) -> None:
        raise RuntimeError

    with pytest.raises(RuntimeError):
        await outbox.sent(claims[0], breaks)
    assert await outbox.sent(claims[0], lambda work: work.record("time.up", by=None))
    assert not await outbox.sent(claims[0], breaks), "it was ended before, so nothing more follows from it"
    await store.close()


async def _all(outbox: Outbox):  # type: ignore[no-untyped-def]  # noqa: ANN202
    while (claim := await outbox.claim()) is not None:
        yield claim
