"""A stand-in with five people and the small bolt app behind it."""

from __future__ import annotations

import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from bot.play.slack import Channel, SlackStandIn
from tests.play import small_bot
from tests.play.browser import started
from tests.play.in_one_loop import fixture, run_in_one_loop

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from tests.play.small_bot import Seen

__all__ = ["started"]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """They share a browser."""
    run_in_one_loop(items, Path(__file__).parent)


class Clock:
    """A clock that a test moves."""

    def __init__(self) -> None:
        self.ahead = 0.0

    def __call__(self) -> float:
        return time.time() + self.ahead


@dataclass
class Played:
    """The stand-in, what the bot saw, and the clock that both go by."""

    slack: SlackStandIn
    seen: Seen
    clock: Clock


def with_people(slack: SlackStandIn) -> SlackStandIn:
    slack.add_person("U1", "Amira Khan")
    slack.add_person("U2", "Priya Nair")
    slack.add_person("U5", "Jo Marsh", home_team="T9")
    slack.add_group("S1", ["U2"])
    police = Channel("C9", "northside-police", ["U2", "U5"], is_ext_shared=True, connected_team_ids=["T9"])
    slack.add_channel(police)
    return slack


@pytest.fixture
def clock() -> Clock:
    return Clock()


@fixture
async def slack() -> AsyncIterator[SlackStandIn]:
    """A stand-in that lets a bad view pass as a refusal, for tests of the refusals themselves."""
    async with SlackStandIn(strict=False) as stand_in:
        yield with_people(stand_in)


@fixture
async def played(clock: Clock) -> AsyncIterator[Played]:
    """The small app behind a strict stand-in."""
    async with SlackStandIn(clock=clock) as stand_in:
        runner, seen = await small_bot.serve(with_people(stand_in))
        yield Played(stand_in, seen, clock)
        await runner.cleanup()
