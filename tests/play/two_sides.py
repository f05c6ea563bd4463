"""Both stand-ins with the playground's people and small apps behind them, and the page over them.

`from tests.play.two_sides import two_sides` gives a test file the fixture.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

from bot.play import cast, school
from bot.play.slack import SlackStandIn
from bot.play.teams import TeamsStandIn
from bot.play.web import LIBRARY, PlayPage
from tests.play import small_bot, small_teams_bot
from tests.play.in_one_loop import fixture

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from tests.play.small_teams_bot import Seen


@dataclass
class TwoSides:
    """The stand-ins, what reached the Teams app, and the page."""

    slack: SlackStandIn
    teams: TeamsStandIn
    seen: Seen
    page: PlayPage

    @property
    def address(self) -> str:
        return self.page.address


@fixture
async def two_sides() -> AsyncIterator[TwoSides]:
    async with SlackStandIn() as slack, TeamsStandIn(tenant=cast.TENANT) as teams:
        school.fill(slack)
        school.fill_teams(teams)
        slack_runner, _ = await small_bot.serve(slack)
        teams_runner, seen = await small_teams_bot.serve(teams)
        page = PlayPage(slack, teams)
        await page.start()
        yield TwoSides(slack, teams, seen, page)
        await page.close()
        await slack_runner.cleanup()
        await teams_runner.cleanup()


@pytest.fixture
def library() -> None:
    """Skip where the library that draws cards is not."""
    if not LIBRARY.is_file():
        pytest.skip("the library that draws Teams' cards is not here: python requirements/npm.py play fetches it")
