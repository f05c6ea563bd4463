"""Words written to the bot, and what it needs to answer them: the newest address, a store, Entra."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.play.teams import NotPossibleError, buttons, words
from bot.teams import answer, send
from handlers.intents import Subject, Surface
from handlers.screens import Button, Caution, Form, Item
from tests.teams.conftest import AMIRA, LEADS
from tests.teams.desk import CASE, recommendation
from tests.teams.steps import open_form

if TYPE_CHECKING:
    from bot.play.teams import TeamsStandIn
    from tests.teams.conftest import Bot


@pytest.mark.parametrize(
    ("word", "name"),
    [
        ("report", "show_start"),
        ("Home.", "show_home"),
        ("HELP", "show_help"),
        (" cases ", "list_cases"),
        ("admin", "show_admin"),
        ("practise", "show_practise"),
        ("who is covering?", "show_cover"),
        ("Who\u2019s covering?", "show_cover"),
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


async def test_a_reference_is_answered_by_a_card_with_its_case(teams: TeamsStandIn, bot: Bot) -> None:
    await teams.message(AMIRA, "sp-n8f6-5y")

    assert bot.desk.names() == ["find_case"]
    assert bot.desk.last.subject == Subject("reference", "SP-N8F6-5Y")
    assert bot.desk.last.surface is Surface.COMMAND
    assert len(teams.messages(AMIRA)) == 1


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


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Waits that a test can wait for."""
    monkeypatch.setattr(send, "FIRST_WAIT", 0.01)
    monkeypatch.setattr(send, "LONGEST_WAIT", 0.05)


@pytest.fixture
def hurried(monkeypatch: pytest.MonkeyPatch) -> None:
    """The reply waits for the post as good as not at all."""
    monkeypatch.setattr(answer, "POST_SECONDS", 0.05)


@pytest.mark.usefixtures("quick", "hurried", "bot")
@pytest.mark.parametrize("word", ["report", "help", "cases"])
async def test_an_answer_that_teams_does_not_take_for_a_while_comes_later(word: str, teams: TeamsStandIn) -> None:
    await teams.message(AMIRA, "help")
    teams.faults.refuse("post", 503, times=12)
    teams.faults.refuse("post", 412)

    assert (await teams.message(AMIRA, word)).ok
    await teams.until(lambda: len(teams.messages(AMIRA)) == 2)
    assert len(teams.calls_of("post")) == 15


@pytest.mark.usefixtures("quick", "hurried")
async def test_the_time_that_teams_asks_for_is_waited_behind_the_reply(teams: TeamsStandIn, bot: Bot) -> None:
    teams.faults.refuse("post", 429, retry_after="2")

    await teams.message(AMIRA, "report")
    assert teams.messages(AMIRA) == []
    await teams.redeliver(teams.carrier.sent[-1])

    await teams.until(lambda: len(teams.messages(AMIRA)) == 1)
    first, second = teams.calls_of("post")
    assert second.at - first.at >= 2
    assert bot.desk.names() == ["show_start"]


@pytest.mark.usefixtures("quick", "bot")
async def test_after_a_minute_nobody_waits_any_more_and_the_same_word_is_answered_anew(
    teams: TeamsStandIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(send, "ANSWER_SECONDS", 0.3)
    teams.faults.refuse("post", 429, retry_after="61")
    await teams.message(AMIRA, "report")
    assert teams.messages(AMIRA) == []

    await teams.redeliver(teams.carrier.sent[-1])

    assert len(teams.messages(AMIRA)) == 1


async def test_an_answer_too_large_for_one_message_is_several_and_none_of_them_twice(
    teams: TeamsStandIn, bot: Bot
) -> None:
    many = tuple(Item(f"SP-{n:04}", "Waiting for a lead. " * 20, Button("open_case", "Open", CASE)) for n in range(90))
    bot.desk.screens["list_cases"] = Form("Signpost", (Caution("Call 999."), *many))
    await teams.message(AMIRA, "help")
    teams.faults.refuse("post", 429, retry_after="0")

    await teams.message(AMIRA, "cases")

    _, *cards = [message.card for message in teams.messages(AMIRA)]
    assert len(cards) > 1
    assert [words(card).count("Waiting for a lead") > 0 for card in cards] == [True] * len(cards)
    assert [one["data"]["intent"] for card in cards for one in buttons(card)] == ["open_case"] * 90
    read = "\n".join(words(card) for card in cards)
    assert all(read.count(f"SP-{n:04}") == 1 for n in range(90))


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
    assert bot.desk.names() == ["show_home"]


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
