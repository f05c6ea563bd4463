"""The product's main job, from the first click to the private recommendation, against the running program."""

from __future__ import annotations

from collections.abc import Mapping

from tests.handlers.stories import V01, V05, V18
from tests.journey.client import Answer, Client
from tests.journey.conftest import World


async def whole_form(people: Client, who: str, answers: Mapping[str, Answer]) -> None:
    """Answer what is asked, page by page, until the answers stand there to be checked."""
    for _ in range(6):
        await people.answers(who, answers)
        if "submit_report" in people.intents(who):
            return
        assert "999" in people.window(who).splitlines()[0]
        await people.presses(who, "next_page")
    raise AssertionError(people.window(who))


async def test_v01_is_raised_recommended_told_and_opened(world: World) -> None:
    people = world.people
    await people.starts("teacher")
    await whole_form(people, "teacher", V01)
    await people.presses("teacher", "submit_report")
    assert "This may be managed in school, if the DSL is confident" in people.window("teacher")

    message = await people.until("teacher", "This may be managed in school")
    assert "13 to 15" not in message
    await people.until("lead", "This may be managed in school")
    await people.presses_in_chat("lead", "open_case")
    assert "13 to 15" in people.window("lead")
    for who in ("teacher", "lead"):
        assert all("managed" not in shown for shown in people.notified(who))


async def test_v05_says_999_first_and_the_leads_hear_before_the_form_is_done(world: World) -> None:
    people = world.people
    await people.starts("teacher")
    await people.answers("teacher", V05)
    await people.presses("teacher", "next_page")
    assert "Call 999 now" in people.window("teacher").splitlines()[0]
    await people.closes("teacher")

    await people.until("lead", "Call 999 now")
    await people.until("teacher", "Call 999 now")


async def test_v18_one_page_is_enough(world: World) -> None:
    people = world.people
    await people.starts("teacher")
    await people.answers("teacher", V18)
    await people.presses("teacher", "recommend_now")

    assert "Hold the initial review meeting now" in people.window("teacher")
    await people.until("teacher", "Hold the initial review meeting now")


async def test_a_draft_survives_a_closed_window_and_a_restart(world: World) -> None:
    people = world.people
    await people.starts("teacher")
    await people.answers("teacher", {"harm_now": "no", "coercion": "yes"})
    await people.presses("teacher", "next_page")
    await people.closes("teacher")
    await world.bot.kill()
    await world.bot.start()

    await people.starts("teacher")
    await people.presses("teacher", "continue_draft")
    await people.presses("teacher", "previous_page")
    assert people.chosen("teacher")["coercion"] == "yes"


async def test_what_was_acknowledged_survives_a_kill_and_still_arrives(world: World) -> None:
    people = world.people
    await people.starts("teacher")
    await people.answers("teacher", V18)
    await people.presses("teacher", "recommend_now")
    assert "Hold the initial review meeting now" in people.window("teacher")
    await world.bot.kill()
    await world.bot.start()

    await people.until("teacher", "Hold the initial review meeting now")
    await people.until("lead", "Hold the initial review meeting now")
    assert (await people.cases("lead")).count("SP-") == 1


async def test_updating_shows_old_and_new_and_a_lead_asked_to_escalate_hears(world: World) -> None:
    people = world.people
    await people.starts("teacher")
    await people.answers("teacher", V18)
    await people.presses("teacher", "recommend_now")
    await people.closes("teacher")
    await people.until("teacher", "Hold the initial review meeting now")
    await people.presses_in_chat("teacher", "update_facts")
    assert people.chosen("teacher")["harm_now"] == "no"
    await people.answers("teacher", {"adult_involved": "yes"})
    await people.presses("teacher", "recommend_now")
    assert "Refer now: police and/or children's social care" in people.window("teacher")
    assert "Not known → Yes" in people.window("teacher")
    await people.closes("teacher")

    await people.until("teacher", "There is a newer message")
    await people.until("teacher", "Refer now")
    await people.presses_in_chat("teacher", "ask_escalation")
    await people.until("teacher", "You asked the safeguarding leads to escalate")
    await people.until("deputy", "asks a lead to escalate")


async def test_a_cleared_message_is_a_receipt(world: World) -> None:
    people = world.people
    await people.starts("teacher")
    await people.answers("teacher", V18)
    await people.presses("teacher", "recommend_now")
    await people.closes("teacher")
    await people.until("teacher", "Hold the initial review meeting now")
    await people.presses_in_chat("teacher", "clear_from_chat")

    await people.until("teacher", "Cleared from chat")
    assert not any("Hold the initial review" in said for said in people.chat("teacher"))


async def test_a_guest_gets_help_and_no_form(world: World) -> None:
    await world.people.starts("guest")

    shown = [world.people.window("guest"), *world.people.chat("guest")]
    assert any("There is no form for this account" in words and "999" in words for words in shown)
    assert world.people.asked("guest") == []


async def test_it_stops_when_it_is_told_to(world: World) -> None:
    assert await world.bot.stop() == 0
