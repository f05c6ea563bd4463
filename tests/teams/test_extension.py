"""The message extension: it opens the form from any chat, and leaves that chat alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.play.teams import words
from bot.play.teams.payloads import GROUP_CHAT, ONE_TO_ONE
from handlers.intents import Surface
from tests.teams.conftest import AMIRA, LEADS
from tests.teams.desk import recommendation

if TYPE_CHECKING:
    from bot.play.teams import TeamsStandIn
    from tests.teams.conftest import Bot


@pytest.mark.parametrize("where", [GROUP_CHAT, ONE_TO_ONE, LEADS])
@pytest.mark.parametrize("context", ["compose", "commandBox"])
async def test_the_message_extension_opens_the_form_and_leaves_the_chat_alone(
    where: str, context: str, teams: TeamsStandIn, bot: Bot
) -> None:
    teams.person(AMIRA).has_app = where != LEADS
    teams.world.teams["team-northside"].channels[LEADS].members.append(AMIRA)

    await teams.compose(AMIRA, where=where, context=context)
    await teams.submit(AMIRA, {"harm_now": "no"})

    assert bot.desk.names() == ["start_report", "next_page"]
    assert [intent.surface for intent in bot.desk.intents] == [Surface.COMMAND, Surface.FORM]
    assert all(intent.known.standing.member for intent in bot.desk.intents)
    assert "Step 2 of 2" in words(teams.card(AMIRA))
    held = bot.addresses.held.get(bot.account())
    assert held is None or held.conversation != where
    await bot.platform.channel.post(bot.account(), recommendation())
    assert [message.conversation for message in teams.world.messages if message.conversation == where] == []


async def test_who_has_no_app_is_told_how_to_add_it(teams: TeamsStandIn, bot: Bot) -> None:
    teams.person(AMIRA).has_app = False
    teams.world.teams["team-northside"].channels[LEADS].members.append(AMIRA)

    await teams.compose(AMIRA, where=LEADS)

    assert "choose Add" in words(teams.card(AMIRA))
    await teams.install(AMIRA)
    await teams.compose(AMIRA, where=LEADS)
    assert "choose Add" not in words(teams.card(AMIRA))
    assert bot.desk.names() == ["start_report", "show_home", "start_report"]


async def test_a_message_that_is_handed_over_is_dropped_unread(teams: TeamsStandIn, bot: Bot) -> None:
    payload = {"body": {"content": "ZEBRA"}, "attachments": [{"contentUrl": f"{teams.base_url}/picture"}]}

    await teams.compose(AMIRA, payload=payload)

    assert (bot.desk.last.name, bot.desk.last.extra_text, bot.desk.last.has_file) == ("start_report", True, True)
    assert "ZEBRA" not in repr(bot.desk.last)
    assert not [call for call in teams.calls if call.path == "/picture"]


async def test_another_command_of_the_extension_gets_something_to_read(teams: TeamsStandIn, bot: Bot) -> None:
    await teams.compose(AMIRA, "from_another_version")

    assert "no longer works" in words(teams.card(AMIRA))
    assert bot.desk.intents == []
