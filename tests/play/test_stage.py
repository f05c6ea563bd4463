"""The playground's clock and plug: what a visitor does to the playground itself."""

from __future__ import annotations

import asyncio
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

import pytest

from bot.play.clock import MOST, NoFurtherError, PlayClock, bank_holidays, working_morning
from bot.play.stage import CannotDo, Stage

if TYPE_CHECKING:
    from pathlib import Path

TUESDAY = datetime(2026, 11, 24, 16, 55, tzinfo=UTC)


class Bot:
    """A process that takes its time to start again, or never does."""

    def __init__(self) -> None:
        self.ready = asyncio.Event()
        self.pulled = 0
        self.broken = False

    async def pull_the_plug(self) -> None:
        self.pulled += 1
        await self.ready.wait()
        if self.broken:
            raise RuntimeError("sentinel")


@pytest.fixture
def heard() -> list[int]:
    return []


@pytest.fixture
def clock(tmp_path: Path, heard: list[int]) -> PlayClock:
    return PlayClock(tmp_path / "clock", heard.append, clock=TUESDAY.timestamp)


def test_the_clock_goes_forward_and_writes_down_how_far(clock: PlayClock, tmp_path: Path, heard: list[int]) -> None:
    assert (tmp_path / "clock").read_text() == "0\n"
    clock.forward(600)
    clock.forward(3600)
    assert (tmp_path / "clock").read_text() == "4200\n"
    assert [path.name for path in tmp_path.iterdir()] == ["clock"]
    assert heard == [600, 4200]
    assert clock.now() == datetime(2026, 11, 24, 18, 5, tzinfo=UTC)


@pytest.mark.parametrize("seconds", [0, -600, MOST + 1])
def test_the_clock_goes_neither_back_nor_further_than_the_bot_goes_along(clock: PlayClock, seconds: int) -> None:
    with pytest.raises(NoFurtherError):
        clock.forward(seconds)
    assert clock.now() == TUESDAY


async def test_the_next_working_morning_is_eight_in_london(clock: PlayClock) -> None:
    await clock.to_working_morning()
    assert clock.now().replace(second=0) == datetime(2026, 11, 25, 8, 0, tzinfo=UTC)
    await clock.to_working_morning()
    assert clock.now().date() == date(2026, 11, 26)


@pytest.mark.parametrize(
    ("after", "morning"),
    [
        (datetime(2026, 11, 24, 6, 0, tzinfo=UTC), datetime(2026, 11, 24, 8, 0, tzinfo=UTC)),  # before it opens
        (datetime(2026, 11, 27, 16, 55, tzinfo=UTC), datetime(2026, 11, 30, 8, 0, tzinfo=UTC)),  # a Friday
        (datetime(2026, 12, 24, 16, 0, tzinfo=UTC), datetime(2026, 12, 29, 8, 0, tzinfo=UTC)),  # Christmas, on a Friday
        (datetime(2027, 3, 26, 12, 0, tzinfo=UTC), datetime(2027, 3, 30, 7, 0, tzinfo=UTC)),  # Easter, summer time
    ],
)
def test_weekends_and_bank_holidays_are_no_working_mornings(after: datetime, morning: datetime) -> None:
    assert working_morning(after, bank_holidays(after.year)) == morning


async def test_moving_the_clock_says_what_to_look_for(clock: PlayClock) -> None:
    stage = Stage(clock, Bot())
    before = stage.version
    await stage.do("forward", 600)
    assert stage.version > before
    assert stage.screen()["now"] == TUESDAY.timestamp() + 600
    assert "moved to Tuesday 24 November, 17:05. What is due arrives" in str(stage.screen()["said"])
    assert stage.screen()["happened"] == 1
    with pytest.raises(CannotDo, match="cannot be moved further"):
        await stage.do("forward", MOST)
    with pytest.raises(LookupError):
        await stage.do("back")


async def test_the_plug_says_that_it_is_out_and_when_it_is_in_again(clock: PlayClock) -> None:
    bot = Bot()
    stage = Stage(clock, bot)
    await stage.do("plug")
    assert stage.screen()["down"] is True
    assert "The plug is out" in str(stage.screen()["said"])
    with pytest.raises(CannotDo, match="already starting again"):
        await stage.do("plug")
    bot.ready.set()
    await stage.stop()
    assert (bot.pulled, stage.screen()["down"]) == (1, False)
    assert "Nothing is lost" in str(stage.screen()["said"])


async def test_a_bot_that_does_not_come_back_is_said_to_be_gone(clock: PlayClock) -> None:
    bot = Bot()
    bot.broken = True
    stage = Stage(clock, bot)
    await stage.do("plug")
    bot.ready.set()
    await stage.stop()
    assert stage.screen()["said"] == "Signpost did not start again. The terminal says why."
