"""The list that stands in an admin's chat on Teams says what another admin did on Slack, and what a contact did."""

from __future__ import annotations

import pytest

from handlers.setup.overview import NO_CASE
from tests.journey import setting_up
from tests.journey.test_setup import Empty, adds_a_site, empty  # noqa: F401 - a fixture


@pytest.mark.parametrize("empty", ["slack-sqlite"], indirect=True)
async def test_the_list_on_teams_says_what_an_admin_does_on_slack_and_what_a_contact_does(
    empty: Empty,  # noqa: F811
) -> None:
    teams, user = empty.teams, setting_up.TEAMS.people["admin"]
    await teams.message(user, "admin")
    await teams.until(lambda: [one for one in teams.messages(user) if NO_CASE in setting_up.words(one.card)])
    (card,) = [one for one in teams.messages(user) if NO_CASE in setting_up.words(one.card)]
    assert "Add your first site" in setting_up.words(card.card)
    await adds_a_site(empty.admin)
    await teams.until(lambda: "Northside Academy: add a contact" in setting_up.words(card.card))

    admin = empty.admin
    await admin.goes("Add a contact")
    await admin.saves(
        purpose="police", kind="slack", destination=admin.here.channel, organisations=admin.here.organisations
    )
    await teams.until(lambda: "waits to be acknowledged" in setting_up.words(card.card))
    await empty.until_channel("A test from Northside Academy")
    await empty.at_the_desk()
    await teams.until(lambda: "each site has a contact that is in use" in setting_up.words(card.card))
