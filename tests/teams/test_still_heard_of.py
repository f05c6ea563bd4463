"""Whoever writes or presses on Teams is noted as still heard of, once a day: an address that is not is forgotten."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.teams.rooms import RENEW_SECONDS
from tests.teams.conftest import AMIRA, PRIYA

if TYPE_CHECKING:
    from bot.play.teams import TeamsStandIn
    from tests.teams.conftest import Bot


async def test_the_database_is_told_again_once_a_day_and_not_with_each_message(teams: TeamsStandIn, bot: Bot) -> None:
    await teams.message(AMIRA, "help")
    reference = bot.addresses.held.pop(bot.account())
    await teams.message(AMIRA, "help")
    assert bot.account() not in bot.addresses.held, "nothing was asked of the database"

    bot.clock.ahead += RENEW_SECONDS
    await teams.message(AMIRA, "help")
    assert bot.addresses.held[bot.account()] == reference


async def test_nobody_is_renewed_by_what_somebody_else_does(teams: TeamsStandIn, bot: Bot) -> None:
    await teams.message(AMIRA, "help")
    bot.addresses.held.clear()
    bot.clock.ahead += RENEW_SECONDS
    await teams.message(PRIYA, "help")

    assert set(bot.addresses.held) == {bot.account(PRIYA)}
