"""On the wire of both platforms: no contact is the school itself, and a lead rings what they approved."""

from __future__ import annotations

import pytest

from tests.handlers.stories import V18
from tests.journey.test_setup import Empty, adds_a_site, empty  # noqa: F401 - a fixture

OWN = {"slack": "T1", "teams": "tenant-northside"}
APPROVED, NEW = "01632 960666", "01632 960777"
both = pytest.mark.parametrize("empty", ["slack-sqlite", "teams-sqlite"], indirect=True)


@both
async def test_the_own_workspace_or_tenant_is_none_of_the_polices(empty: Empty) -> None:  # noqa: F811
    admin = empty.admin
    await adds_a_site(admin)
    await admin.goes("Add a contact")
    await admin.saves(
        purpose="police", kind=admin.here.kind, destination=admin.here.channel, organisations=OWN[empty.on]
    )
    assert f"'{OWN[empty.on]}' is your own workspace or tenant" in admin.errors()
    assert empty.in_channel() == []


@both
async def test_a_number_that_an_admin_changes_after_the_decision_stands_behind_the_approved_one(
    empty: Empty,  # noqa: F811
) -> None:
    admin, people = empty.admin, empty.people
    await adds_a_site(admin)
    await admin.goes("Add a contact")
    await admin.saves(purpose="police", kind="by_hand", destination=APPROVED)
    await people.starts("teacher")
    await people.answers("teacher", {**V18, "adult_involved": "yes", "adult_role": "known_adult"})
    await people.presses("teacher", "recommend_now")
    await people.closes("teacher")
    await people.until("lead", "Refer now")
    await people.presses_in_chat("lead", "open_case")
    await people.presses("lead", "refer")
    await people.answers("lead", {"contact": ("police-by-hand",), "consequences_read": ("yes",)})
    await people.presses("lead", "confirm_refer")
    assert "decided" in people.window("lead")
    await people.closes("lead")

    await admin.opens()
    await admin.goes("Open", row="Northside Academy")
    await admin.goes("Change", row=APPROVED)
    await admin.saves(destination=NEW)
    told = await people.until("lead", "where a contact is reached was changed")
    assert "A case that was decided before keeps what was approved" in told
    await people.presses_in_chat("lead", "open_case")
    said = people.window("lead")
    assert f"No call is written down yet: Police, by phone: {APPROVED}" in said
    assert (
        f"Ring {APPROVED}. That is what was approved. The set-up says {NEW} since then (changed by Sam Okafor" in said
    )
