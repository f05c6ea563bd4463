"""Dialogs: what is typed comes back, is kept whatever goes wrong, and cannot be taken over by somebody else."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from bot.play.teams import button, fields, words
from handlers.intents import Subject
from tests.teams.conftest import AMIRA, PRIYA, TENANT
from tests.teams.desk import CASE, FIRST, page, recommendation
from tests.teams.steps import open_form

if TYPE_CHECKING:
    from bot.play.teams import TeamsStandIn
    from tests.teams.conftest import Bot


async def test_errors_stand_at_their_field_and_every_input_is_filled_again(teams: TeamsStandIn, bot: Bot) -> None:
    await open_form(teams)
    bot.desk.screens["next_page"] = page(errors=(("notes", "Leave out the name."),))

    await teams.submit(AMIRA, {"notes": "Robin"})

    card = teams.card(AMIRA)
    read = words(card).split("\n")
    assert read.index("Leave out the name.") < read.index("Anything else?")
    assert read[0].startswith("In danger now? Call 999")
    assert fields(card)["seen_by"]["value"] == "b"
    assert fields(card)["notes"]["value"] == "begun"


@pytest.mark.parametrize("blank", [False, True], ids=["absent", "empty"])
async def test_a_field_that_nobody_touched_is_nothing(blank: bool, teams: TeamsStandIn, bot: Bot) -> None:
    teams.blank_fields = blank
    await open_form(teams)
    teams.fill(AMIRA, {"notes": None, "seen_by": None})
    await teams.submit(AMIRA)

    typed = bot.desk.last.fields
    assert not typed.get("harm_now")
    assert not typed.get("notes")
    assert not typed.get("seen_by")


async def test_back_and_recommend_now_bring_along_what_was_typed(teams: TeamsStandIn, bot: Bot) -> None:
    for intent in ("previous_page", "recommend_now"):
        bot.desk.screens[intent] = page()
        await open_form(teams)
        await teams.press(AMIRA, intent, answers={"harm_now": "yes", "notes": "typed"})

        assert bot.desk.last.name == intent
        assert bot.desk.last.fields["harm_now"] == "yes"
        assert bot.desk.last.fields["notes"] == "typed"
        assert bot.desk.last.subject == Subject.read(FIRST)


async def test_a_message_inside_a_dialog_is_shown_as_one(teams: TeamsStandIn, bot: Bot) -> None:
    await open_form(teams)
    bot.desk.screens["next_page"] = recommendation()

    await teams.submit(AMIRA)

    assert "Call the police." in words(teams.card(AMIRA))
    assert button(teams.card(AMIRA), "open_case") is not None


async def test_nothing_to_show_is_still_something_to_read(teams: TeamsStandIn, bot: Bot) -> None:
    await open_form(teams)
    bot.desk.screens["next_page"] = None

    await teams.submit(AMIRA)

    assert "That is done." in words(teams.card(AMIRA))


async def test_our_own_failure_is_a_dialog_that_says_999(teams: TeamsStandIn, bot: Bot) -> None:
    await open_form(teams)
    bot.desk.screens["next_page"] = replace(page(), parts=("no part",))  # type: ignore[arg-type]

    await teams.submit(AMIRA, {"notes": "kept by the client"})

    assert "999" in words(teams.card(AMIRA))
    assert "could not answer" in words(teams.card(AMIRA))


async def test_a_token_is_good_for_its_holder_alone(teams: TeamsStandIn, bot: Bot) -> None:
    await open_form(teams)
    (stolen,) = (action["data"]["token"] for action in [button(teams.card(AMIRA), "next_page")] if action)
    await open_form(teams, PRIYA)

    await teams.submit(PRIYA, data={"intent": "next_page", "token": stolen, "notes": "mine"})

    intent = bot.desk.last
    assert (intent.subject, dict(intent.fields)) == (Subject(), {})
    assert intent.by == bot.account(PRIYA)
    assert bot.refused == ["token"]


async def test_a_changed_token_is_none(teams: TeamsStandIn, bot: Bot) -> None:
    await open_form(teams)
    token = bot.seals.seal(FIRST, str(bot.account()))

    await teams.submit(AMIRA, data={"intent": "next_page", "token": token.replace("d1", "d2")})

    assert bot.desk.last.subject == Subject()


async def test_extra_fields_do_not_become_who_or_what(teams: TeamsStandIn, bot: Bot) -> None:
    await open_form(teams)
    token = bot.seals.seal(FIRST, str(bot.account()))
    extra = {"by": "teams:x/y", "subject": CASE, "role": "lead", "surface": {"x": 1}, "known": ["x"]}

    await teams.submit(AMIRA, data={"intent": "next_page", "token": token, **extra})

    intent = bot.desk.last
    assert str(intent.by) == f"teams:{TENANT}/{AMIRA}"
    assert intent.subject == Subject.read(FIRST)
    assert set(intent.fields) == {"by", "subject", "role"}


async def test_redelivery_under_the_same_or_a_new_id_means_the_same(teams: TeamsStandIn, bot: Bot) -> None:
    await open_form(teams)
    await teams.submit(AMIRA, {"harm_now": "no"})
    sent, first = teams.carrier.sent[-1], bot.desk.last

    for new_id in (False, True):
        reply = await teams.redeliver(sent, new_id=new_id)

        assert reply.status == 200
        assert bot.desk.last == first
