"""Buttons on messages: answered in place, or by a dialog; what is cleared leaves the message itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.play.teams import words
from bot.teams import answer
from handlers.intents import Subject, Surface
from handlers.screens import Message, Small
from tests.teams.conftest import AMIRA
from tests.teams.desk import CASE, recommendation
from tests.teams.steps import posted

if TYPE_CHECKING:
    from bot.play.teams import TeamsStandIn
    from tests.teams.conftest import Bot


async def test_a_button_that_answers_in_place_changes_the_message_for_everybody(teams: TeamsStandIn, bot: Bot) -> None:
    await teams.message(AMIRA, "report")
    address = await posted(bot, recommendation("Hold the meeting."))

    await teams.press(AMIRA, "ask_escalation")

    intent = bot.desk.last
    assert (intent.name, intent.surface, intent.subject) == ("ask_escalation", Surface.MESSAGE, Subject.read(CASE))
    held = next(message for message in teams.messages(AMIRA) if address.endswith(message.id))
    await teams.until(lambda: "Asked." in words(held.card))
    assert "Hold the meeting." not in words(held.shown_to(AMIRA))


async def test_what_is_cleared_leaves_the_message_itself_even_if_teams_is_slow(teams: TeamsStandIn, bot: Bot) -> None:
    await teams.message(AMIRA, "report")
    address = await posted(bot, recommendation("Hold the meeting."))
    bot.desk.screens["clear_from_chat"] = Message("SP-7K4M-2Q: changed.", (Small("Cleared from chat."),))
    teams.faults.refuse("update", 429, retry_after="0")
    teams.faults.refuse("update", 502)

    await teams.press(AMIRA, "clear_from_chat")

    held = next(message for message in teams.messages(AMIRA) if address.endswith(message.id))
    assert words(held.shown_to(AMIRA)) == "Cleared from chat."
    await teams.until(lambda: words(held.card) == "Cleared from chat.")
    assert "meeting" not in str(held.activity)


async def test_a_slow_change_of_the_message_does_not_keep_anybody_waiting(
    teams: TeamsStandIn, bot: Bot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(answer, "CHANGE_SECONDS", 0.1)
    await teams.message(AMIRA, "report")
    await posted(bot, recommendation("Hold the meeting."))
    teams.carrier.patience = 10  # after fifteen seconds the change itself is given up
    teams.faults.delay("update", 600)

    assert (await teams.press(AMIRA, "ask_escalation")).ok


async def test_a_form_in_answer_to_such_a_button_does_not_overwrite_the_message(teams: TeamsStandIn, bot: Bot) -> None:
    await teams.message(AMIRA, "report")
    await posted(bot, recommendation("Hold the meeting."))
    del bot.desk.screens["ask_escalation"]

    await teams.press(AMIRA, "ask_escalation")

    (*_, held) = teams.messages(AMIRA)
    assert "not yours" in words(held.shown_to(AMIRA))
    await bot.platform.stop()
    assert "Hold the meeting." in words(held.card)


async def test_open_opens_a_dialog_from_a_message(teams: TeamsStandIn, bot: Bot) -> None:
    await teams.message(AMIRA, "report")
    await posted(bot, recommendation())

    await teams.press(AMIRA, "open_case")

    assert (bot.desk.last.name, bot.desk.last.surface) == ("open_case", Surface.MESSAGE)
    assert teams.dialog(AMIRA) is not None


async def test_a_press_by_somebody_who_left_is_asked_about_anew(teams: TeamsStandIn, bot: Bot) -> None:
    await teams.message(AMIRA, "report")
    await posted(bot, recommendation())
    await teams.press(AMIRA, "open_case")
    assert bot.desk.last.known.standing.member

    teams.person(AMIRA).is_guest = True
    await teams.press(AMIRA, "open_case", place="message")

    assert bot.desk.last.known.standing.why_not == "guest"


async def test_a_button_that_comes_as_a_message_is_not_carried_out(teams: TeamsStandIn, bot: Bot) -> None:
    """Its answer would stand in the chat for good: every answer of a case, for instance."""
    await teams.message(AMIRA, "report")
    token = bot.seals.seal(CASE, str(bot.account()))

    for value in ({"intent": "open_case", "token": token}, {"intent": 7}, {"intent": "no such thing", "token": "x"}):
        await teams.message(AMIRA, "", value=value, attachments=())

        said = words(teams.messages(AMIRA)[-1].card)
        assert said.startswith("In danger now? Call 999")
        assert "Press it again on the card where it stands." in said
    assert bot.desk.names() == ["show_start"]
    assert len(teams.messages(AMIRA)) == 4


async def test_such_a_message_delivered_twice_is_answered_once(teams: TeamsStandIn, bot: Bot) -> None:
    await teams.message(AMIRA, "", value={"intent": "open_case", "token": "x"}, attachments=())
    await teams.redeliver(teams.carrier.sent[-1])

    assert len(teams.messages(AMIRA)) == 1
    assert bot.desk.intents == []
