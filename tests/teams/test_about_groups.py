"""What a group is called in Teams, and why nobody can be told to be in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.play.teams import Channel
from handlers.people import Group
from tests.teams.conftest import AMIRA, GUEST, OUTSIDER, PRIYA, TENANT

if TYPE_CHECKING:
    from bot.play.teams import TeamsStandIn
    from tests.teams.conftest import Bot

GROUP = f"teams:{TENANT}/group:g-leads"
STAFF = "19:staff@thread.tacv2"


async def test_an_entra_group_is_called_as_entra_calls_it(teams: TeamsStandIn, bot: Bot) -> None:
    teams.add_group("g-leads", [PRIYA], name="Safeguarding\n leads")
    assert await bot.platform.lookup.about(GROUP) == Group("Safeguarding leads")
    await bot.platform.lookup.about(GROUP)
    assert len(teams.calls_of("graph_group")) == 1


async def test_a_group_that_is_none_and_a_permission_that_lacks_are_told_apart(teams: TeamsStandIn, bot: Bot) -> None:
    assert await bot.platform.lookup.about(f"teams:{TENANT}/group:nothing") == Group(why_not="no_such_group")
    teams.add_group("g-leads", [PRIYA])
    teams.faults.refuse("graph_group", 403)
    assert await bot.platform.lookup.about(GROUP) == Group(why_not="not_permitted")


async def test_what_microsoft_does_not_answer_is_no_reason(teams: TeamsStandIn, bot: Bot) -> None:
    teams.add_group("g-leads", [PRIYA])
    teams.faults.refuse("graph_group", 503)
    assert await bot.platform.lookup.about(GROUP) == Group()


async def test_a_channel_has_its_name_once_something_happened_in_its_team(teams: TeamsStandIn, bot: Bot) -> None:
    teams.add_channel(Channel(STAFF, "staff", [PRIYA, GUEST]))
    await teams.add_to_team(AMIRA, STAFF)
    assert await bot.platform.lookup.about(f"teams:{TENANT}/channel:{STAFF}") == Group("staff")
    assert await bot.platform.lookup.about(f"teams:{TENANT}/channel:19:no@thread.tacv2") == Group(
        why_not="not_in_channel"
    )


async def test_a_channel_with_people_of_another_tenant_is_shared_and_they_are_no_members_of_it(
    teams: TeamsStandIn, bot: Bot
) -> None:
    teams.add_channel(Channel(STAFF, "staff", [PRIYA, OUTSIDER]))
    await teams.add_to_team(AMIRA, STAFF)
    shared = f"teams:{TENANT}/channel:{STAFF}"

    assert await bot.platform.lookup.about(shared) == Group("staff", "shared")
    assert await bot.platform.lookup.members(shared) == (bot.account(PRIYA),)


async def test_of_whom_teams_does_not_say_the_tenant_is_no_member_where_other_tenants_are_there(
    teams: TeamsStandIn, bot: Bot
) -> None:
    await teams.message(AMIRA, "help")
    teams.add_person("aad-untold", "Una Told")
    teams.person("aad-untold").home = ""
    teams.add_channel(Channel(STAFF, "staff", [PRIYA, OUTSIDER, "aad-untold"]))

    assert await bot.platform.lookup.members(f"teams:{TENANT}/channel:{STAFF}") == (bot.account(PRIYA),)
