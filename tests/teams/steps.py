"""Steps that several tests begin with."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.channel import Sent
from handlers.screens import Message, Small
from tests.teams.conftest import AMIRA

if TYPE_CHECKING:
    from bot.play.teams import TeamsStandIn
    from tests.teams.conftest import Bot


async def open_form(teams: TeamsStandIn, user: str = AMIRA) -> None:
    await teams.message(user, "report")
    await teams.press(user, "start_report")


async def posted(bot: Bot, message: Message, user: str = AMIRA) -> str:
    """A message that the worker posted and filled; returns its address."""
    result = await bot.platform.channel.post(bot.account(user), Message("Signpost", (Small("One moment."),)))
    assert isinstance(result, Sent)
    assert isinstance(await bot.platform.channel.fill(bot.account(user), result.address, message), Sent)
    return result.address
