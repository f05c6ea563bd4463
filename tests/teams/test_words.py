"""Words written to the bot, and what it needs to answer them: the newest address, a store, Entra."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.play.teams import NotPossibleError, words
from handlers.intents import Surface
from tests.teams.conftest import AMIRA, LEADS
from tests.teams.desk import recommendation
from tests.teams.steps import open_form

if TYPE_CHECKING:
    from bot.play.teams import TeamsStandIn
    from tests.teams.conftest import Bot


@pytest.mark.parametrize(
    ("word", "name"),
    [
        ("report", "show_start"),
        ("HELP", "show_help"),
        (" cases ", "list_cases"),
        ("admin", "show_admin"),
        ("practise", "show_practise"),
        ("<at>Signpost</at> help", "show_help"),
    ],
)
async def test_each_word_is_answered_by_a_card_in_the_personal_chat(
    word: str, name: str, teams: TeamsStandIn, bot: Bot
) -> None:
    await teams.message(AMIRA, word)

    assert bot.desk.names() == [name]
    assert bot.desk.last.surface is Surface.COMMAND
    assert "999" in words(teams.messages(AMIRA)[-1].card)


async def test_the_same_word_delivered_twice_is_answered_once(teams: TeamsStandIn, bot: Bot) -> None:
    await teams.message(AMIRA, "report")
    await teams.redeliver(teams.carrier.sent[-1])

    assert len(teams.messages(AMIRA)) == 1
    assert bot.desk.names() == ["show_start"]


async def test_an_answer_waits_a_little_for_teams(teams: TeamsStandIn, bot: Bot) -> None:
    teams.faults.refuse("post", 429, retry_after="0")
    teams.faults.refuse("post", 412)

    await teams.message(AMIRA, "report")

    assert len(teams.messages(AMIRA)) == 1
    assert bot.desk.names() == ["show_start"]


async def test_a_word_in_a_channel_is_answered_in_private(teams: TeamsStandIn, bot: Bot) -> None:
    await teams.message(AMIRA, "report", where=LEADS)

    assert bot.desk.names() == ["refuse_message"]
    assert teams.in_channel(LEADS) == []


async def test_the_app_in_a_team_says_nothing_there(teams: TeamsStandIn, bot: Bot) -> None:
    await teams.send_activity({**teams.activity(AMIRA, "installationUpdate", where=LEADS), "action": "add"})

    assert bot.desk.intents == []
    assert teams.in_channel(LEADS) == []


async def test_being_removed_is_no_reason_to_write(teams: TeamsStandIn, bot: Bot) -> None:
    await teams.install(AMIRA)
    count = len(teams.calls_of("post"))
    await teams.install(AMIRA, action="remove")

    assert len(teams.calls_of("post")) == count
    assert bot.desk.names() == ["show_start"]


async def test_the_newest_service_url_is_kept(teams: TeamsStandIn, bot: Bot) -> None:
    await teams.message(AMIRA, "help")
    teams.service_url = f"{teams.base_url}/uk/"
    await teams.message(AMIRA, "help")

    reference = await bot.addresses.of(bot.account())
    assert reference is not None
    assert reference.service_url.endswith("/uk/")
    await bot.platform.channel.post(bot.account(), recommendation())
    assert teams.calls_of("post")[-1].path.startswith("/uk/v3/")


async def test_a_store_that_is_away_does_not_keep_anybody_waiting(
    teams: TeamsStandIn, bot: Bot, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def away(*_: object) -> None:
        raise OSError("away")

    monkeypatch.setattr(bot.addresses, "remember", away)
    monkeypatch.setattr(bot.addresses, "of", away)

    await teams.message(AMIRA, "report")
    await teams.press(AMIRA, "start_report")

    assert "Step 1 of 2" in words(teams.card(AMIRA))


async def test_entra_being_away_does_not_keep_a_dialog_away(teams: TeamsStandIn, bot: Bot) -> None:
    await open_form(teams)
    bot.platform._tokens.drop()
    teams.faults.refuse("token", 503, times=9)

    await teams.submit(AMIRA, {"harm_now": "no"})

    assert bot.desk.last.name == "next_page"
    assert "Step 2 of 2" in words(teams.card(AMIRA))


async def test_the_stand_in_itself_refuses_what_a_person_could_not_do(teams: TeamsStandIn, bot: Bot) -> None:
    await open_form(teams)
    for answers in ({"harm_now": "perhaps"}, {"nothing": "x"}):
        with pytest.raises(NotPossibleError):
            await teams.submit(AMIRA, answers)
    with pytest.raises(NotPossibleError):
        await teams.press(AMIRA, "confirm_refer")
    assert bot.desk.names() == ["show_start", "start_report"]
