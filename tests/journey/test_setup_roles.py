"""SR-12: whoever is taken out of the leads in chat is refused at their very next press, on every replica."""

from __future__ import annotations

import pytest

from tests.handlers.stories import V18
from tests.journey.running import Bot
from tests.journey.test_setup import Empty, adds_a_site, empty  # noqa: F401 - a fixture
from tests.store.databases import postgres_url  # noqa: F401 - a fixture

NOT_YOURS = "There is nothing here for you"


async def about_to_refer(world: Empty) -> None:
    """The teacher has raised something, and the lead has the window in front of them, read and ticked."""
    people = world.people
    await people.starts("teacher")
    await people.answers("teacher", {**V18, "adult_involved": "yes", "adult_role": "known_adult"})
    await people.presses("teacher", "recommend_now")
    await people.closes("teacher")
    await people.until("lead", "Refer now")
    await people.presses_in_chat("lead", "open_case")
    await people.presses("lead", "refer")
    await people.answers("lead", {"contact": ("police_by_phone",), "consequences_read": ("yes",)})


async def takes_the_lead_out(world: Empty) -> None:
    """The admin takes the first lead out."""
    await world.admin.opens()
    await world.admin.goes("Open", row="Northside Academy")
    await world.admin.goes("Change", row="1. Priya Nair")
    await world.admin.saves(move="out")
    assert "1. Tom Reid" in world.admin.reads()


@pytest.mark.parametrize("empty", ["slack-sqlite", "teams-sqlite"], indirect=True)
async def test_a_lead_who_is_taken_out_presses_refer_in_an_open_window_and_is_refused(empty: Empty) -> None:  # noqa: F811
    await adds_a_site(empty.admin)
    await about_to_refer(empty)
    await takes_the_lead_out(empty)
    await empty.people.presses("lead", "confirm_refer")
    assert NOT_YOURS in empty.people.window("lead")
    assert "SP-" not in empty.people.window("lead")
    said = await empty.people.cases("deputy")
    assert said.count("SP-") == 1
    assert "Decided" not in said


@pytest.mark.parametrize("empty", ["slack-postgresql"], indirect=True)
async def test_the_same_on_another_replica_that_knew_them_as_a_lead(empty: Empty) -> None:  # noqa: F811
    await adds_a_site(empty.admin)
    here = empty.slack.bot_url
    other = Bot(empty.bot.settings, empty.bot.folder / "other")
    other.folder.mkdir()
    try:
        await other.start()
        there = here.replace(str(empty.bot.port), str(other.port))
        empty.slack.bot_url = there
        await about_to_refer(empty)
        empty.slack.bot_url = here
        await takes_the_lead_out(empty)
        empty.slack.bot_url = there
        await empty.people.presses("lead", "confirm_refer")
        assert NOT_YOURS in empty.people.window("lead")
    finally:
        await other.kill()
