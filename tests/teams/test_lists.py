"""A list in the chat says what is so now: its newest card is drawn anew after a press that changed it."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from bot.play.teams import words
from handlers.screens import Button, Buttons, Form, Heading, Paragraph, Small
from tests.teams.conftest import AMIRA
from tests.teams.desk import page

if TYPE_CHECKING:
    from bot.play.teams import TeamsStandIn
    from tests.teams.conftest import Bot


def listed(said: str) -> Form:
    """A list with a button that opens a window."""
    button = Button("edit_setup", "Open", opens_form=True)
    return Form("Signpost", (Heading("Set up Signpost"), Paragraph(said), Buttons((button,))))


async def in_the_dialog(teams: TeamsStandIn, bot: Bot) -> None:
    """The admin asks for the list and opens a window from it."""
    bot.desk.screens |= {"show_admin": listed("No site yet."), "edit_setup": page(), "next_page": page(2)}
    bot.desk.screens["edit_setup"] = Form("Signpost", page().parts, submit=Button("save_setup", "Save", main=True))
    await teams.message(AMIRA, "admin")
    await teams.press(AMIRA, "edit_setup")


async def test_a_list_is_drawn_anew_when_a_window_opened_from_it_has_changed_something(
    teams: TeamsStandIn, bot: Bot
) -> None:
    await in_the_dialog(teams, bot)
    bot.desk.screens |= {"show_admin": listed("One site."), "save_setup": listed("Saved.")}

    await teams.submit(AMIRA)

    card = teams.messages(AMIRA)[-1]
    await teams.until(lambda: "One site." in words(card.card))
    assert "No site yet." not in words(card.card)
    assert len(teams.messages(AMIRA)) == 1


async def test_where_a_list_stands_is_said_to_the_desk_and_not_where_it_takes_several_messages(
    teams: TeamsStandIn, bot: Bot
) -> None:
    await in_the_dialog(teams, bot)
    await teams.until(lambda: bool(bot.desk.posts))
    ((account, name, address),) = bot.desk.posts
    assert (account.user, name) == (AMIRA, "show_admin")
    assert address.endswith(f" {teams.messages(AMIRA)[-1].id}")

    bot.desk.screens["show_admin"] = Form("Signpost", tuple(Small("long " * 400) for _ in range(30)))
    await teams.message(AMIRA, "admin")
    assert len(teams.messages(AMIRA)) > 2
    assert len(bot.desk.posts) == 1


async def test_a_press_that_changes_nothing_asks_for_nothing(teams: TeamsStandIn, bot: Bot) -> None:
    await in_the_dialog(teams, bot)
    asked = [intent.name for intent in bot.desk.intents]

    await teams.press(AMIRA, "edit_setup", place="message")
    await asyncio.sleep(0.2)

    assert [intent.name for intent in bot.desk.intents] == [*asked, "edit_setup"]


async def test_a_list_that_cannot_be_said_just_now_stays_as_it_was(teams: TeamsStandIn, bot: Bot) -> None:
    await in_the_dialog(teams, bot)
    bot.desk.screens |= {"show_admin": None, "save_setup": listed("Saved.")}

    await teams.submit(AMIRA)
    await asyncio.sleep(0.3)

    assert bot.desk.last.name == "show_admin"
    assert "No site yet." in words(teams.messages(AMIRA)[-1].card)


async def test_only_the_newest_card_is_drawn_anew(teams: TeamsStandIn, bot: Bot) -> None:
    await in_the_dialog(teams, bot)
    teams.close_dialog(AMIRA)
    await in_the_dialog(teams, bot)
    older, newer = teams.messages(AMIRA)
    bot.desk.screens |= {"show_admin": listed("One site."), "save_setup": listed("Saved.")}

    await teams.submit(AMIRA)

    await teams.until(lambda: "One site." in words(newer.card))
    assert "No site yet." in words(older.card)


async def test_two_changes_at_once_leave_the_newer_list(teams: TeamsStandIn, bot: Bot) -> None:
    await in_the_dialog(teams, bot)
    said = iter(("One site.", "Two sites.", "Three sites."))
    bot.desk.screens |= {"show_admin": lambda _: listed(next(said)), "save_setup": bot.desk.screens["edit_setup"]}
    teams.faults.delay("update", 0.5)

    await teams.submit(AMIRA)
    await teams.submit(AMIRA)

    card = teams.messages(AMIRA)[-1]
    await teams.until(lambda: "Two sites." in words(card.card))
    await asyncio.sleep(0.3)
    assert "Two sites." in words(card.card)


async def test_what_is_too_much_for_one_message_is_left_alone(teams: TeamsStandIn, bot: Bot) -> None:
    bot.desk.screens["edit_setup"] = Form("Signpost", page().parts, submit=Button("save_setup", "Save", main=True))
    button = Buttons((Button("edit_setup", "Open", opens_form=True),))
    bot.desk.screens["show_admin"] = Form("Signpost", (*(Small("long " * 400) for _ in range(30)), button))
    bot.desk.screens["save_setup"] = listed("Saved.")
    await teams.message(AMIRA, "admin")
    before = [words(one.card) for one in teams.messages(AMIRA)]
    assert len(before) > 1

    await teams.press(AMIRA, "edit_setup")
    await teams.submit(AMIRA)
    await asyncio.sleep(0.2)

    assert [words(one.card) for one in teams.messages(AMIRA)] == before
    assert bot.desk.last.name == "save_setup"
