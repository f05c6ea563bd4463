"""Whoever joins a group that leads, on the platform, is announced at the next round: once, whoever asked and when."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from pathlib import Path

import pytest

from bot.asking.members import Readings
from bot.play.slack import Channel
from bot.watching.groups import A_ROUND, LeadGroups
from handlers.people import Account, Standing
from handlers.ports import Work
from handlers.sites import StandIn
from tests.running.led_by_a_group import CALLED, KINDS, UNREADABLE, Led, filled, led
from tests.running.watching import SITE, watching
from tests.store.databases import fresh_sqlite, postgres_url  # noqa: F401 - a fixture


@pytest.mark.parametrize("kind", list(KINDS))
async def test_who_joins_on_the_platform_is_announced_at_the_next_round_and_who_leaves_a_round_later(
    tmp_path: Path, kind: str
) -> None:
    async with led(fresh_sqlite(tmp_path), tmp_path, kind) as there:
        there.members.append(there.user("admin"))
        await there.made.look()
        admin, deputy = str(there.who("admin")), str(there.who("deputy"))
        assert await there.told() == [("lead_joined", (admin,))]
        said = await there.lines()
        assert f"is now in {CALLED[kind]} and so leads Northside. Whoever leads sees every case" in said
        if kind != "Entra group":  # nobody has spoken to the bot there, so Teams has no roster to take a name from
            assert "Sam Okafor" in said
        there.members.remove(there.user("deputy"))
        await there.made.look()
        assert len(await there.told()) == 1, "it may be back in a moment"
        await there.made.look()
        assert await there.told() == [("lead_joined", (admin,)), ("lead_left", (deputy,))]
        told = await there.made.told()
        assert told[there.who("lead")] == 2
        assert told[there.who("admin")] >= 1
        await there.made.look()
        assert len(await there.told()) == 2


@pytest.mark.parametrize("kind", list(KINDS))
async def test_a_group_that_cannot_be_read_changes_nothing_and_who_joined_meanwhile_is_announced_later(
    tmp_path: Path, kind: str
) -> None:
    async with led(fresh_sqlite(tmp_path), tmp_path, kind) as there:
        UNREADABLE[kind](there.made)
        there.swaps("deputy", "admin")
        for _ in range(3):
            await there.made.look()
        assert await there.told() == []
        there.made.there.slack.faults.clear()
        there.made.there.teams.faults.clear()
        await there.made.look()
        assert await there.told() == [("lead_joined", (str(there.who("admin")),))]


@pytest.mark.parametrize("kind", ["user group", "Entra group"])
async def test_what_two_replicas_see_at_once_is_told_once(postgres_url: str, tmp_path: Path, kind: str) -> None:  # noqa: F811
    async with led(postgres_url, tmp_path, kind, replicas=2) as there:
        there.swaps("deputy", "admin")
        for _ in range(4):
            await there.made.look()
        assert await there.told() == [
            ("lead_joined", (str(there.who("admin")),)), ("lead_left", (str(there.who("deputy")),)),
        ]  # fmt: skip
        assert (await there.made.told())[there.who("lead")] == 2


async def test_who_joins_while_signpost_is_down_is_announced_after_the_start(tmp_path: Path) -> None:
    url = fresh_sqlite(tmp_path)
    async with led(url, tmp_path, "user group") as there:
        there.members.append(there.user("admin"))
        there.made.watches.clear()  # the process that knew them is gone; the new one knows what is stored
        there.made.runs(there.made.stores.pop())
        await there.made.look()
        assert await there.told() == [("lead_joined", (str(there.who("admin")),))]


async def test_who_joins_presses_and_leaves_between_two_rounds_is_announced(tmp_path: Path) -> None:
    async with led(fresh_sqlite(tmp_path), tmp_path, "user group") as there:
        readings = Readings()
        readings.note({there.ref: (there.who("lead"), there.who("deputy"), there.who("admin"))})
        readings.note({there.ref: (there.who("lead"), there.who("deputy"))})
        there.made.seen = readings.taken()
        assert readings.taken() == {}
        admin = str(there.who("admin"))
        for told in (
            [("lead_joined", (admin,))], [("lead_joined", (admin,))],
            [("lead_joined", (admin,)), ("lead_left", (admin,))],
        ):  # fmt: skip
            await there.made.look()
            assert await there.told() == told


async def test_what_a_press_has_shown_counts_although_the_round_itself_learns_nothing(tmp_path: Path) -> None:
    async with led(fresh_sqlite(tmp_path), tmp_path, "user group") as there:
        UNREADABLE["user group"](there.made)
        there.made.seen = {there.ref: frozenset({there.who("admin")})}
        await there.made.look()
        assert await there.told() == [("lead_joined", (str(there.who("admin")),))]


@pytest.mark.parametrize("kind", ["user group", "private channel"])
async def test_a_guest_who_is_put_in_is_no_lead_and_is_announced_once_they_are_a_full_member(
    tmp_path: Path, kind: str
) -> None:
    async with led(fresh_sqlite(tmp_path), tmp_path, kind) as there:
        there.members.append(there.user("guest"))
        await there.made.look()
        assert await there.told() == []
        there.made.there.slack.workspace().people[there.user("guest")].is_restricted = False
        await there.made.there.lookups["slack"].standing(there.who("guest"), fresh=True)
        await there.made.look()
        assert await there.told() == [("lead_joined", (str(there.who("guest")),))]


async def test_a_guest_who_was_there_from_the_start_is_announced_when_they_become_a_full_member(tmp_path: Path) -> None:
    async with watching(fresh_sqlite(tmp_path), tmp_path) as made:
        there = Led(made, "user group", filled(made, "user group", "U2", "U8"))
        await made.stores[0].run(lambda work: work.keep_site(replace(SITE, leads=(there.ref,))))
        await made.look()
        made.there.slack.workspace().people["U8"].is_restricted = False
        await made.there.lookups["slack"].standing(there.who("guest"), fresh=True)
        await made.look()
        assert await there.told() == [("lead_joined", ("slack:T1/U8",))]


async def test_a_guest_whom_an_admin_was_shown_in_the_group_is_announced_when_they_become_a_full_member(
    tmp_path: Path,
) -> None:
    async with watching(fresh_sqlite(tmp_path), tmp_path) as made:
        there = Led(made, "user group", filled(made, "user group", "U2", "U8"))

        def adds(work: Work) -> None:
            work.keep_site(replace(SITE, leads=(there.ref,)))
            work.keep_announced({there.ref: (there.who("lead"), there.who("guest"))})

        await made.stores[0].run(adds)
        await made.look()
        assert await there.told() == []
        made.there.slack.workspace().people["U8"].is_restricted = False
        await made.there.lookups["slack"].standing(there.who("guest"), fresh=True)
        await made.look()
        assert await there.told() == [("lead_joined", ("slack:T1/U8",))]


async def test_a_stand_in_for_a_member_who_joins_is_announced_too(tmp_path: Path) -> None:
    async with led(fresh_sqlite(tmp_path), tmp_path, "user group") as there:
        day = there.made.day.date()
        entry = StandIn(str(there.who("guest")), "slack:T1/U1", day, day)
        site = replace(SITE, leads=(there.ref,), stand_ins=(entry,))
        await there.made.stores[0].run(lambda work: work.keep_site(site))
        there.made.there.slack.workspace().people["U8"].is_restricted = False
        there.members.append("U8")
        await there.made.look()
        assert await there.told() == [("lead_joined", ("slack:T1/U1",)), ("lead_joined", ("slack:T1/U8",))]


async def test_forty_user_groups_are_one_call_a_round_and_of_channels_a_few_take_turns(tmp_path: Path) -> None:
    async with watching(fresh_sqlite(tmp_path), tmp_path) as made:
        slack, most = made.there.slack, A_ROUND["slack"]
        for number in range(40):
            slack.add_group(f"S0LEADS{number:02}", ["U2"], handle=f"leads{number}")
        for number in range(most * 2):
            slack.add_channel(Channel(f"C0LEADS{number:02}", f"leads{number}", ["U2"]))
        groups = [f"slack:T1/S0LEADS{number:02}" for number in range(40)]
        channels = [f"slack:T1/C0LEADS{number:02}" for number in range(most * 2)]
        await made.stores[0].run(lambda work: work.keep_site(replace(SITE, leads=(*groups, *channels))))
        for _ in range(2):
            before = {name: len(slack.calls_of(name)) for name in CALLS}
            await made.look()
            made_now = {name: len(slack.calls_of(name)) - before[name] for name in CALLS}
            assert made_now == {"usergroups.list": 1, "usergroups.users.list": 0, "conversations.members": most}
        directory = await made.stores[0].read(lambda work: work.directory)
        assert set(directory.announced) == {*groups, *channels}


CALLS = ("usergroups.list", "usergroups.users.list", "conversations.members")


class Hangs:
    """A platform that never answers, or whose answer breaks."""

    def __init__(self, *, breaks: bool) -> None:
        self.breaks = breaks

    async def members(self, group: str, *, fresh: bool = False) -> tuple[Account, ...] | None:  # noqa: ARG002
        if self.breaks:
            raise OSError
        await asyncio.Event().wait()
        return ()

    async def standing(self, account: Account, *, fresh: bool = False) -> Standing:  # noqa: ARG002
        await asyncio.Event().wait()
        raise AssertionError

    async def name(self, account: Account) -> str:  # noqa: ARG002
        await asyncio.Event().wait()
        return ""


@pytest.mark.parametrize("breaks", [False, True])
async def test_a_platform_that_hangs_or_breaks_keeps_no_round_waiting_and_what_a_press_has_shown_is_told(
    tmp_path: Path, breaks: bool
) -> None:
    async with led(fresh_sqlite(tmp_path), tmp_path, "user group") as there:
        store = there.made.stores[0]
        seen = {there.ref: frozenset({there.who("admin")})}
        hanging = LeadGroups(store, lambda: {"slack": Hangs(breaks=breaks)}, lambda: seen, seconds=0.1)
        async with asyncio.timeout(60):
            await hanging.look(await store.read(lambda work: work.directory))
        assert await there.told() == [("lead_joined", (str(there.who("admin")),))]
        lines = await there.lines()
        assert f"Somebody whose name Signpost cannot read ({there.who('admin')}; the list of members in Slack" in lines
        assert "says who that is) (an admin of Signpost) is now in user group S0LEADS01" in lines
