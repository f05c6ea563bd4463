"""SR-11: an admin who says that their account is the teacher's reads no case, and all whom it concerns hear of it."""

from __future__ import annotations

import pytest

from tests.handlers.stories import V18
from tests.journey import on_slack, on_teams, setting_up
from tests.journey.test_setup import Empty, adds_a_site, empty  # noqa: F401 - a fixture
from tests.store.databases import postgres_url  # noqa: F401 - a fixture

SAME = {
    "slack": "Two of these accounts are of the same Slack workspace",
    "teams": "Two of these accounts are of the same Teams tenant",
}


@pytest.mark.parametrize("empty", ["slack-sqlite", "teams-sqlite"], indirect=True)
async def test_an_admin_joins_their_account_to_a_teachers_and_reads_nothing(empty: Empty) -> None:  # noqa: F811
    world, admin, people = empty, empty.admin, empty.people
    there = on_teams.OnTeams(world.teams) if world.on == "slack" else on_slack.OnSlack(world.slack)
    other = setting_up.TEAMS if world.on == "slack" else setting_up.SLACK
    await adds_a_site(admin)
    await people.starts("teacher")
    await people.answers("teacher", {**V18, "adult_involved": "yes", "adult_role": "known_adult"})
    await people.presses("teacher", "recommend_now")
    await people.closes("teacher")
    await people.until("lead", "Refer now")

    await admin.opens()
    await admin.goes("People and admins")
    await admin.goes("Add a person")
    teacher = admin.here.people["teacher"]
    await admin.saves(who=teacher, accounts=admin.here.ref("admin"), name="Amira Khan")
    assert SAME[world.on] in admin.errors()
    await admin.saves(who=teacher, accounts=other.ref("admin"), name="Amira Khan")

    for who, said in (
        ("teacher", f"This one is {admin.here.ref('teacher')}. One is an admin's of Signpost."),
        ("lead", "an admin's account is one person with others now"),
        ("deputy", f"{other.ref('admin')}, an admin of Signpost"),
    ):
        await people.until(who, said)
    await there.until("admin", f"This one is {other.ref('admin')}.")
    assert "SP-" not in await there.cases("admin")
    assert (await people.cases("teacher")).count("SP-") == 1, "the very account that raised it keeps it"
