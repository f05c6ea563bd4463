"""The admin who made the police's channel is still in it: that is said, and their press on a notice does not count."""

from __future__ import annotations

import pytest

from bot.play.teams import words
from tests.handlers.stories import V18
from tests.journey import on_slack, on_teams
from tests.journey.setting_up import POLICE_ON_TEAMS
from tests.journey.test_setup import Empty, adds_a_site, empty  # noqa: F401 - a fixture
from tests.store.databases import postgres_url  # noqa: F401 - a fixture


def admin_is_in_the_channel(world: Empty) -> None:
    """As they are who made it."""
    if world.on == "slack":
        world.slack.workspace().channels["C0POLICE1"].members.append(on_slack.PEOPLE["admin"])
        return
    channel = world.teams.world.channel(POLICE_ON_TEAMS)
    assert channel is not None
    channel.members.append(on_teams.PEOPLE["admin"])


async def the_admin_presses_on_the_notice(world: Empty) -> None:
    """And reads why it does not count."""
    said = "You are an admin of Signpost, so your press does not count"
    if world.on == "slack":
        await world.slack.press(on_slack.PEOPLE["admin"], "acknowledge", place="message")
        await world.slack.until(lambda: said in world.people.window("admin"))
    else:
        await world.teams.press(on_teams.PEOPLE["admin"], "acknowledge", channel=POLICE_ON_TEAMS)
        await world.teams.until(
            lambda: any(
                said in words(one.shown_to(on_teams.PEOPLE["admin"])) for one in world.teams.in_channel(POLICE_ON_TEAMS)
            )
        )


@pytest.mark.parametrize("empty", ["slack-sqlite", "teams-sqlite"], indirect=True)
async def test_an_admin_in_the_polices_channel_is_said_to_be_there_and_cannot_acknowledge(empty: Empty) -> None:  # noqa: F811
    admin, people = empty.admin, empty.people
    admin_is_in_the_channel(empty)
    await adds_a_site(admin)
    await admin.goes("Add a contact")
    await admin.saves(
        purpose="police", kind=admin.here.kind, destination=admin.here.channel, owner=admin.here.people["wren"],
        organisations=admin.here.organisations or None,
    )  # fmt: skip
    assert "Sam Okafor, an admin of Signpost, is in that channel" in admin.reads(), admin.reads()
    await empty.until_channel("A test from Northside Academy")
    await empty.at_the_desk()
    await empty.until_channel("A test from Northside Academy: acknowledged")
    while empty.on == "slack" and empty.slack.view(on_slack.PEOPLE["admin"]) is not None:
        await empty.slack.close_view(on_slack.PEOPLE["admin"], everything=True)
    await admin.opens()
    assert "an admin of Signpost is in that channel" in admin.reads(), admin.reads()
    await admin.goes("Open", row="Northside Academy")
    assert "In use" in admin.reads()
    while empty.on == "slack" and empty.slack.view(on_slack.PEOPLE["admin"]) is not None:
        await empty.slack.close_view(on_slack.PEOPLE["admin"], everything=True)

    await people.starts("teacher")
    await people.answers("teacher", {**V18, "adult_involved": "yes", "adult_role": "known_adult"})
    await people.presses("teacher", "recommend_now")
    await people.closes("teacher")
    await people.until("lead", "Refer now")
    await people.presses_in_chat("lead", "open_case")
    await people.presses("lead", "refer")
    assert "An admin of Signpost is in that channel and can read it." in people.window("lead"), people.window("lead")
    await people.answers("lead", {"contact": (f"police-{empty.on}",), "consequences_read": ("yes",)})
    await people.presses("lead", "confirm_refer")
    await empty.until_channel("Safeguarding notice")

    await the_admin_presses_on_the_notice(empty)
    await empty.at_the_desk()
    said = await people.until("lead", "Acknowledged by")
    officer = {"slack": "Jo Marsh", "teams": "Ola Berg"}[empty.on]
    assert f"Acknowledged by {officer}" in said, said
    assert "Sam Okafor" not in said
    assert not [one for one in people.chat("lead") if "Acknowledged by Sam Okafor" in one]
