"""Who somebody is: full member, guest, outsider, gone; members of groups and channels; and that doubt denies."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from microsoft_agents.activity.teams import TeamsChannelAccount

from bot.play.teams import Channel
from bot.teams import lookup
from handlers.people import Account, Standing
from tests.teams.conftest import AMIRA, GUEST, LEADS, OUTSIDER, PRIYA, TENANT

if TYPE_CHECKING:
    from bot.play.teams import TeamsStandIn
    from tests.teams.conftest import Bot

GROUP = f"teams:{TENANT}/group:g-leads"
CHANNEL = f"teams:{TENANT}/channel:{LEADS}"


@pytest.mark.parametrize(
    ("user", "expected"),
    [
        (AMIRA, Standing(member=True)),
        (GUEST, Standing(member=False, why_not="guest")),
        (OUTSIDER, Standing(member=False, why_not="outside", home="teams:tenant-elsewhere")),
    ],
)
async def test_the_roster_says_who_is_a_full_member(
    user: str, expected: Standing, teams: TeamsStandIn, bot: Bot
) -> None:
    await teams.message(user, "help")

    assert await bot.platform.lookup.standing(bot.account(user)) == expected


@pytest.mark.parametrize(
    ("entry", "why_not"),
    [
        ({"tenantId": TENANT, "userRole": "user"}, ""),
        ({"tenantId": TENANT.upper()}, ""),
        ({"aadObjectId": "x"}, ""),
        ({"tenantId": TENANT, "userRole": "guest"}, "guest"),
        ({"tenantId": TENANT, "userRole": "Anonymous"}, "guest"),
        ({"tenantId": TENANT, "userPrincipalName": "a_b.example#EXT#@northside.example"}, "guest"),
        ({"tenantId": "tenant-elsewhere", "userRole": "user"}, "outside"),
        ({"tenantId": TENANT, "userRole": "something new"}, "unknown"),
        ({}, "unknown"),
    ],
)
def test_each_sign_in_a_roster_counts_by_itself(entry: dict[str, str], why_not: str) -> None:
    found = lookup._standing(TeamsChannelAccount.model_validate({"id": "29:1", **entry}), TENANT)

    assert (found.member, found.why_not) == (not why_not, why_not)


async def test_somebody_deleted_is_no_member_at_the_next_fresh_look(teams: TeamsStandIn, bot: Bot) -> None:
    await teams.message(AMIRA, "help")
    assert (await bot.platform.lookup.standing(bot.account())).member
    teams.person(AMIRA).deleted = True

    assert (await bot.platform.lookup.standing(bot.account())).member, "an answer holds for a while"
    assert (await bot.platform.lookup.standing(bot.account(), fresh=True)).why_not == "deactivated"


async def test_who_was_asked_about_before_anybody_had_written_is_known_once_they_do(
    teams: TeamsStandIn, bot: Bot
) -> None:
    look = bot.platform.lookup
    assert ((await look.standing(bot.account())).why_not, await look.name(bot.account())) == ("unknown", "")

    await teams.message(AMIRA, "help")

    assert ((await look.standing(bot.account())).member, await look.name(bot.account())) == (True, "Amira Khan")


async def test_that_our_conversation_with_somebody_is_gone_does_not_say_that_they_have_left(
    teams: TeamsStandIn, bot: Bot
) -> None:
    await teams.message(AMIRA, "help")
    teams.faults.refuse("member", 404, code="ConversationNotFound", times=2)
    assert (await bot.platform.lookup.standing(bot.account(), fresh=True)).why_not == "unknown"

    teams.faults.refuse("member", 404, code="MemberNotFoundInConversation")
    assert (await bot.platform.lookup.standing(bot.account(), fresh=True)).why_not == "deactivated"


async def test_an_answer_holds_a_minute(teams: TeamsStandIn, bot: Bot) -> None:
    await teams.message(AMIRA, "help")
    count = len(teams.calls_of("member"))
    for _ in range(5):
        await bot.platform.lookup.standing(bot.account())
    assert len(teams.calls_of("member")) == count

    bot.clock.ahead += 61
    await bot.platform.lookup.standing(bot.account())
    assert len(teams.calls_of("member")) == count + 1


@pytest.mark.parametrize("status", [403, 429, 500, 302])
async def test_a_question_that_fails_is_a_denial_and_is_asked_again_soon(
    status: int, teams: TeamsStandIn, bot: Bot
) -> None:
    teams.faults.refuse("member", status, times=1 if status == 429 else 2)
    await teams.message(AMIRA, "help")

    assert bot.desk.last.known.standing == Standing(member=False, why_not="unknown")
    bot.clock.ahead += 6
    assert (await bot.platform.lookup.standing(bot.account())).member


async def test_somebody_who_never_wrote_is_asked_about_by_object_id(teams: TeamsStandIn, bot: Bot) -> None:
    await teams.message(AMIRA, "help")

    assert (await bot.platform.lookup.standing(bot.account(PRIYA))).member
    assert await bot.platform.lookup.name(bot.account(PRIYA)) == "Priya Nair"
    assert teams.messages(PRIYA) == []


async def test_a_stranger_to_teams_and_to_us_is_nobody(teams: TeamsStandIn, bot: Bot) -> None:
    await teams.message(AMIRA, "help")

    assert await bot.platform.lookup.standing(bot.account("aad-nobody")) == Standing(member=False, why_not="unknown")
    assert (await bot.platform.lookup.standing(Account("slack", "T1", "U1"))).why_not == "outside"
    assert await bot.platform.lookup.name(bot.account("aad-nobody")) == ""


async def test_a_name_is_shown_without_what_could_mislead(teams: TeamsStandIn, bot: Bot) -> None:
    teams.person(AMIRA).name = "Amira\u202e Khan\n" + "x" * 200
    await teams.message(AMIRA, "help")

    name = await bot.platform.lookup.name(bot.account())
    assert name.startswith("Amira Khan x")
    assert len(name) == 80


async def test_a_channels_roster_is_read_page_by_page_without_guests_and_outsiders(
    teams: TeamsStandIn, bot: Bot
) -> None:
    await teams.message(AMIRA, "help")
    many = [f"aad-{number}" for number in range(600)]
    for user in many:
        teams.add_person(user, f"Person {user}")
    teams.add_channel(Channel("19:many@thread.tacv2", "many", [*many, GUEST, OUTSIDER]))

    found = await bot.platform.lookup.members(f"teams:{TENANT}/channel:19:many@thread.tacv2")

    assert found == tuple(Account("teams", TENANT, user) for user in many)
    assert len(teams.calls_of("members")) == 3
    assert await bot.platform.lookup.members(CHANNEL) == (bot.account(PRIYA),)


async def test_an_entra_group_is_read_from_graph_page_by_page(teams: TeamsStandIn, bot: Bot) -> None:
    teams.service.graph_page = 2
    teams.add_group("g-leads", [PRIYA, AMIRA, GUEST])

    found = await bot.platform.lookup.members(GROUP)

    assert found == tuple(bot.account(user) for user in (PRIYA, AMIRA, GUEST))
    assert [call.path for call in teams.calls_of("graph")] == ["/graph/v1.0/groups/g-leads/transitiveMembers"] * 2


async def test_a_group_that_changed_is_seen_at_the_next_fresh_look(teams: TeamsStandIn, bot: Bot) -> None:
    group = teams.add_group("g-leads", [PRIYA, AMIRA])
    assert len(await bot.platform.lookup.members(GROUP) or ()) == 2
    group.members.remove(AMIRA)

    assert await bot.platform.lookup.members(GROUP, fresh=True) == (bot.account(PRIYA),)


@pytest.mark.parametrize(
    "group",
    [
        GROUP,
        f"teams:{TENANT}/channel:19:unknown@thread.tacv2",
        f"teams:{TENANT}/channel:../../x",
        f"teams:{TENANT}/something:else",
        "slack:T1/S1",
        "teams:",
    ],
)
async def test_a_group_that_cannot_be_read_is_none(group: str, bot: Bot) -> None:
    assert await bot.platform.lookup.members(group) is None


@pytest.mark.parametrize("where", ["https://evil.example/page", "http://localhost/graph/page", "//evil.example"])
async def test_graph_cannot_send_us_and_our_token_elsewhere(where: str, teams: TeamsStandIn, bot: Bot) -> None:
    teams.add_group("g-leads", [PRIYA])
    teams.service.next_link = where

    assert await bot.platform.lookup.members(GROUP) is None
    assert len(teams.calls_of("graph")) == 1


async def test_graph_is_asked_with_a_token_for_graph_and_nothing_else_is(teams: TeamsStandIn, bot: Bot) -> None:
    teams.add_group("g-leads", [PRIYA])
    await bot.platform.lookup.members(GROUP)

    assert sorted(teams.entra.tokens.values()) == [
        "https://api.botframework.com/.default",
        f"{teams.base_url}/.default",
    ]


async def test_graph_is_left_alone_for_as_long_as_it_asks(teams: TeamsStandIn, bot: Bot) -> None:
    teams.add_group("g-leads", [PRIYA])
    assert await bot.platform.lookup.members(GROUP) == (bot.account(PRIYA),)
    teams.faults.refuse("graph", 429, retry_after="30.5")
    before = len(teams.calls_of("graph"))
    for wait in (0, 10, 20):
        bot.clock.ahead += wait
        assert await bot.platform.lookup.members(GROUP, fresh=True) is None
        assert await bot.platform.lookup.members(GROUP) == (bot.account(PRIYA),), "no good answer is lost by it"
    assert len(teams.calls_of("graph")) == before + 1
    bot.clock.ahead += 1
    assert await bot.platform.lookup.members(GROUP, fresh=True) == (bot.account(PRIYA),)


async def test_a_roster_that_is_asked_too_often_keeps_nobody_else_waiting(teams: TeamsStandIn, bot: Bot) -> None:
    await teams.message(AMIRA, "help")
    teams.faults.refuse("member", 429, retry_after="30")
    before = len(teams.calls_of("member"))

    for _ in range(3):
        assert not (await bot.platform.lookup.standing(bot.account(), fresh=True)).member
    assert len(teams.calls_of("member")) == before + 1
    assert (await bot.platform.lookup.standing(bot.account(PRIYA), fresh=True)).member
