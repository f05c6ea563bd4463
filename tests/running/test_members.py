"""Who was a full member lately, for the minutes in which a platform cannot be asked; and what is cleared meanwhile."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest

from bot.asking import members
from bot.asking.members import A_DAY, Members
from bot.desk import FrontDesk
from bot.metrics import Metrics
from bot.sending import pace
from bot.store.store import Store
from handlers.people import Account, Standing
from handlers.ports import Delivery
from tests.running.beside_a_desk import TEACHER, Asked, Slowed
from tests.running.post_office import ANNA, PostOffice, at_work, ends, one, queue, real_store, worker
from tests.running.test_desk import DIRECTORY, next_step, start, words

YES = Standing(member=True)
SILENCE = Standing(member=False, why_not="unknown")
BEN = Account("slack", "T1", "U2")


@dataclass
class Clock:
    now: float = 0.0

    def __call__(self) -> float:
        return self.now


@dataclass
class Book:
    """Members with a clock that a test moves."""

    clock: Clock = field(default_factory=Clock)

    def __post_init__(self) -> None:
        self.members = Members(self.clock)


def test_a_yes_holds_for_a_day_of_silence_and_no_longer() -> None:
    book = Book()
    assert not book.members.lately(ANNA, SILENCE)
    assert book.members.lately(ANNA, YES)

    book.clock.now += A_DAY - 1
    assert book.members.lately(ANNA, SILENCE)
    assert not book.members.lately(BEN, SILENCE)
    book.clock.now += 2
    assert not book.members.lately(ANNA, SILENCE)


@pytest.mark.parametrize("why", ["guest", "deactivated", "outside"])
def test_the_first_no_ends_it(why: str) -> None:
    book = Book()
    book.members.lately(ANNA, YES)

    assert not book.members.lately(ANNA, Standing(member=False, why_not=why))  # type: ignore[arg-type]
    assert not book.members.lately(ANNA, SILENCE)


def test_of_too_many_the_one_not_heard_of_for_longest_is_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(members, "MOST", 2)
    book = Book()
    first, second, third = (Account("slack", "T1", f"U{number}") for number in range(3))
    for account in (first, second, first, third):
        book.members.lately(account, YES)

    assert [book.members.lately(one, SILENCE) for one in (first, second, third)] == [True, False, True]


# --- at the desk -----------------------------------------------------------------------------------------------------
@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[Store]:
    opened = await real_store(tmp_path, DIRECTORY)
    yield opened
    await opened.close()


async def test_the_desk_remembers_who_was_a_member_and_lets_their_form_go_on(store: Store) -> None:
    lookup = Asked()
    desk = FrontDesk(Slowed(store), lambda: DIRECTORY, Metrics(), lookups=lambda: {"slack": lookup})
    assert (await desk.known(TEACHER)).standing.member
    page = await desk.answer(start())
    lookup.broken = True

    known = await desk.known(TEACHER)
    assert (known.standing.member, known.lately) == (False, True)
    press = next_step(page, "recommend_now", harm_now="no")
    assert "SP-" in words(await desk.answer(replace(press, known=known)))

    stranger = await desk.known(BEN)
    assert (stranger.standing.member, stranger.lately) == (False, False)


# --- cleared, by the worker ------------------------------------------------------------------------------------------
async def test_what_could_not_be_cleared_at_the_press_is_cleared_by_the_worker_later(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pace, "FIRST_RETRY", 0.01)
    office = PostOffice(plan=iter(["ok", "ok", "down", "never"]))
    async with at_work(worker(store, office)):
        await queue(store, one("a"))
        await ends(store)
        await queue(store, Delivery("cleared", ANNA, id="gone", replaces="a"))
        assert await ends(store) == {"a": "sent", "gone": "sent"}

    ((*_, shown),) = office.messages.values()
    assert shown == "content cleared gone"
    assert [what for what, _ in office.calls] == ["post", "fill", "fill", "fill", "fill"]
