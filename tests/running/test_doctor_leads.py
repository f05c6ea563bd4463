"""The doctor judges each lead, and each member of a group that leads: a group is as good as who is in it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from bot.doctor.leads import look as look_at_leads
from bot.play.slack import Channel, SlackStandIn
from handlers.people import Account, Directory
from handlers.sites import Site
from tests.running.test_doctor_groups import look, slack  # noqa: F401 - a fixture

GUEST = Account.parse("teams:TENANT/guest")
GROUP = "teams:TENANT/group:g"


def everybody(there: SlackStandIn) -> None:
    """A guest, somebody who has left and somebody of another workspace, besides the lead."""
    there.add_person("U7", "Gone Away", deleted=True)
    there.add_person("U8", "A guest", is_restricted=True)
    there.add_person("U9", "Jo Marsh", home_team="T9")


@pytest.mark.parametrize("group", ["S5", "C0LEADS"])
async def test_a_group_of_people_without_a_role_is_red_and_names_each(
    slack: SlackStandIn,  # noqa: F811
    tmp_path: Path,
    group: str,
) -> None:
    everybody(slack)
    slack.add_group("S5", ["U7", "U8", "U9"])
    slack.add_channel(Channel("C0LEADS", "leads", ["U7", "U8", "U9"]))
    status, found = await look(slack, tmp_path, group)
    (one,) = [one for one in found if one["code"] == "lead_nobody"]
    assert (status, one["state"]) == (1, "red")
    for said in ("U7 is deactivated", "U8 is a guest", "U9 belongs to another organisation"):
        assert said in one["found"]


@pytest.mark.parametrize(("members", "state"), [(["U2", "U8"], "amber"), (["U2"], "green")])
async def test_a_group_with_one_of_them_is_amber_since_somebody_hears(
    slack: SlackStandIn,  # noqa: F811
    tmp_path: Path,
    members: list[str],
    state: str,
) -> None:
    everybody(slack)
    slack.add_group("S5", members)
    status, found = await look(slack, tmp_path, "S5")
    assert status == 0
    assert {one["state"] for one in found if one["code"] in ("lead_members", "lead_good")} == {state}


async def test_a_lead_of_another_organisation_is_not_called_a_guest(slack: SlackStandIn, tmp_path: Path) -> None:  # noqa: F811
    everybody(slack)
    status, found = await look(slack, tmp_path, "U9")
    (one,) = [one for one in found if one["code"] == "lead_outside"]
    assert (status, one["state"]) == (1, "red")


@pytest.mark.parametrize(
    ("leads", "announced", "codes"),
    [
        ((str(GUEST),), {}, ["lead_no_role", "leads_none_left"]),
        ((GROUP,), {GROUP: ()}, ["lead_no_role", "leads_none_left"]),
        ((GROUP,), {}, ["lead_no_role"]),
        ((str(GUEST), "teams:TENANT/tom"), {}, ["lead_no_role"]),
    ],
)
def test_what_was_noted_of_leads_on_teams_is_red(
    leads: tuple[str, ...], announced: dict[str, tuple[Account, ...]], codes: list[str]
) -> None:
    site = Site("northside", "Northside", "england", leads)
    found = list(look_at_leads(Directory((site,), not_members={GUEST: "guest"}, announced=announced)))
    assert [(one.code, one.state) for one in found] == [(code, "red") for code in codes]
    assert "is a guest" in found[0].found


@pytest.mark.parametrize(("declared", "do"), [(True, "`requires_two_people = false`"), (False, "'Clocks and rules'")])
def test_where_two_people_have_to_decide_and_one_leads_is_red(*, declared: bool, do: str) -> None:
    site = Site("northside", "Northside", "england", ("slack:T1/U1",), requires_two_people=True, declared=declared)
    (found,) = look_at_leads(Directory((site,)))
    assert (found.code, found.state) == ("leads_too_few", "red")
    assert do in found.do
    assert list(look_at_leads(Directory((replace(site, leads=("slack:T1/U1", "slack:T1/U2")),)))) == []
