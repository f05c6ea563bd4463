"""From being installed to the recommendation: what people press in Teams, and what the desk is asked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.play.teams import buttons, fields, words
from handlers.intents import Subject, Surface
from tests.teams.conftest import AMIRA, TENANT
from tests.teams.desk import FIRST

if TYPE_CHECKING:
    from bot.play.teams import TeamsStandIn
    from tests.teams.conftest import Bot


async def test_installing_is_answered_by_one_card_with_one_button(teams: TeamsStandIn, bot: Bot) -> None:
    await teams.install(AMIRA)

    (message,) = teams.messages(AMIRA)
    assert [action["title"] for action in buttons(message.card)] == ["Raise an incident"]
    assert message.summary == "Signpost"
    assert bot.desk.names() == ["show_home"]


async def test_report_is_answered_by_a_card_whose_button_opens_the_form(teams: TeamsStandIn, bot: Bot) -> None:
    await teams.message(AMIRA, " Report ")
    await teams.press(AMIRA, "start_report")

    assert bot.desk.names() == ["show_start", "start_report"]
    dialog = teams.dialog(AMIRA)
    assert dialog is not None
    assert (dialog.title, dialog.height, dialog.width) == ("Signpost", "large", "medium")
    assert words(dialog.card).startswith("In danger now? Call 999.")
    assert list(fields(dialog.card)) == ["harm_now", "seen_by", "notes"]


async def test_a_page_travels_with_its_answers_and_its_sealed_subject(teams: TeamsStandIn, bot: Bot) -> None:
    await teams.message(AMIRA, "report")
    await teams.press(AMIRA, "start_report")
    await teams.submit(AMIRA, {"harm_now": "no", "seen_by": ["a", "b"], "notes": "one, two"})

    intent = bot.desk.last
    assert (intent.name, intent.surface, str(intent.by)) == ("next_page", Surface.FORM, f"teams:{TENANT}/{AMIRA}")
    assert intent.subject == Subject.read(FIRST)
    assert dict(intent.fields) == {"harm_now": "no", "seen_by": ("a", "b"), "notes": "one, two"}
    assert intent.known.standing.member
    assert "Step 2 of 2" in words(teams.card(AMIRA))
