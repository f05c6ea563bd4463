"""What a group is called on Slack, and why nobody can be told to be in it: each cause by its own word."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from bot.play.slack import Channel
from bot.slack.api import Api
from bot.slack.lookup import SlackLookup
from handlers.people import Group
from tests.slack.bench import Bench, running


@pytest.fixture
async def bench() -> AsyncIterator[Bench]:
    async with running(strict=False) as bench:
        bench.slack.add_group("S0STAFF", ["U1", "U2"], handle="all-staff")
        bench.slack.add_channel(Channel("C0LEADS", "leads", ["U2", "U3"]))
        bench.slack.add_channel(Channel("C0LUNCH", "lunch", ["U1"], is_private=False))
        bench.slack.add_channel(Channel("C0OLD", "old", ["U1"], is_archived=True))
        shared = Channel("C0SHARED", "police", ["U1"], is_ext_shared=True)
        shared.connected_team_ids = ["T9"]
        bench.slack.add_channel(shared)
        yield bench


@pytest.fixture
async def lookup(bench: Bench) -> AsyncIterator[SlackLookup]:
    api = Api(token=bench.slack.bot_token, base_url=bench.slack.api_url)
    await api.open()
    lookup = SlackLookup(api)
    lookup.team_id, lookup.bot_user = "T1", "UBOT"
    yield lookup
    await api.close()


@pytest.mark.parametrize(
    ("ref", "said"),
    [
        ("slack:T1/S0STAFF", Group("@all-staff")),
        ("slack:T1/C0LEADS", Group("#leads")),
        ("slack:T1/S404", Group(why_not="no_such_group")),
        ("slack:T1/C404", Group(why_not="not_in_channel")),
        ("slack:T1/C0LUNCH", Group(why_not="not_private")),
        ("slack:T1/C0OLD", Group("#old", "archived")),
        ("slack:T1/C0SHARED", Group("#police", "shared")),
        ("slack:T2/S0STAFF", Group(why_not="other_workspace")),
    ],
)
async def test_a_group_has_a_name_or_a_reason(lookup: SlackLookup, ref: str, said: Group) -> None:
    assert await lookup.about(ref) == said
    assert (await lookup.members(ref) is None) == bool(said.why_not), "a reason is given where nobody can be told"


async def test_a_group_that_is_disabled_a_plan_without_groups_and_a_scope_that_lacks_are_told_apart(
    bench: Bench, lookup: SlackLookup
) -> None:
    bench.slack.workspace().groups["S0STAFF"].disabled = True
    assert await lookup.about("slack:T1/S0STAFF") == Group("@all-staff", "switched_off")
    bench.slack.workspace().user_groups_allowed = False
    assert await lookup.about("slack:T1/S0STAFF", fresh=True) == Group(why_not="no_plan")
    bench.slack.workspace().user_groups_allowed = True
    bench.slack.workspace().scopes = {"users:read"}
    assert await lookup.about("slack:T1/S0STAFF", fresh=True) == Group(why_not="no_scope")
    assert await lookup.about("slack:T1/C0LEADS", fresh=True) == Group(why_not="no_scope")


async def test_all_groups_of_a_site_cost_one_question(bench: Bench, lookup: SlackLookup) -> None:
    for ref in ("S0STAFF", "S1", "S404"):
        await lookup.about(f"slack:T1/{ref}")
    assert len(bench.calls("usergroups.list")) == 1


async def test_what_slack_does_not_answer_is_no_reason(bench: Bench, lookup: SlackLookup) -> None:
    bench.slack.faults.server_error("usergroups.list")
    bench.slack.faults.server_error("conversations.info")
    assert await lookup.about("slack:T1/S0STAFF") == Group()
    assert await lookup.about("slack:T1/C0LEADS") == Group()
