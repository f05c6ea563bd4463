"""Answers are remembered for a while, asked for once for many who wait, and as new as whoever asks needs them."""

from __future__ import annotations

import asyncio

from bot.cache import Cache


async def test_a_cache_never_grows_beyond_its_size() -> None:
    asked: list[int] = []

    async def ask(key: int) -> int:
        asked.append(key)
        return key

    cache: Cache[int, int] = Cache(ask, lambda _value: 60, most=3)
    for key in (1, 2, 3, 1, 4, 1, 2):
        await cache.get(key)

    assert asked == [1, 2, 3, 4, 2]


async def test_news_that_was_asked_for_earlier_does_not_overwrite_what_was_asked_later() -> None:
    gates = [asyncio.Event(), asyncio.Event()]
    answers = iter(enumerate(("old", "new")))

    async def ask(_key: str) -> str:
        number, value = next(answers)
        await gates[number].wait()
        return value

    cache: Cache[str, str] = Cache(ask, lambda _value: 60, most=3)
    early = asyncio.create_task(cache.get("x"))
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    late = asyncio.create_task(cache.get("x", fresh=True))
    await asyncio.sleep(0)
    gates[1].set()
    assert await asyncio.wait_for(late, 60) == "new"
    gates[0].set()

    assert await early == "old"
    assert await cache.get("x") == "new"


async def test_one_question_is_under_way_at_a_time_and_who_needs_news_shares_the_next() -> None:
    gates = [asyncio.Event() for _ in range(3)]
    begun: list[int] = []
    state = "before"

    async def ask(_key: str) -> str:
        number = len(begun)
        begun.append(number)
        answer = state
        await gates[number].wait()
        return answer

    cache: Cache[str, str] = Cache(ask, lambda _value: 60, most=3)
    early = asyncio.create_task(cache.get("x"))
    await asyncio.sleep(0.01)
    state = "changed"
    late = [asyncio.create_task(cache.get("x", fresh=True)) for _ in range(5)]
    joined = asyncio.create_task(cache.get("x"))
    await asyncio.sleep(0.01)
    assert begun == [0], "nobody asks the same twice at the same time"
    gates[0].set()
    assert (await early, await joined) == ("before", "before")
    await asyncio.sleep(0.01)
    assert begun == [0, 1]
    state = "changed again"
    last = asyncio.create_task(cache.get("x", fresh=True))
    await asyncio.sleep(0.01)
    gates[1].set()
    gates[2].set()
    assert await asyncio.wait_for(asyncio.gather(*late), 60) == ["changed"] * 5
    assert await asyncio.wait_for(last, 60) == "changed again"
    assert await cache.get("x") == "changed again"
    assert begun == [0, 1, 2]


async def test_one_who_gives_up_waiting_does_not_take_the_answer_from_the_others() -> None:
    gate = asyncio.Event()

    async def ask(_key: str) -> str:
        await gate.wait()
        return "there"

    cache: Cache[str, str] = Cache(ask, lambda _value: 60, most=3)
    impatient, patient = asyncio.create_task(cache.get("x")), asyncio.create_task(cache.get("x"))
    await asyncio.sleep(0)
    impatient.cancel()
    gate.set()

    assert await patient == "there"
