"""Who somebody is: full members alone, remembered briefly, asked once, denied on doubt."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any, ClassVar

import pytest

from bot.play.slack import Channel
from bot.play.slack.world import Person as SlackPerson
from bot.slack.api import Api
from bot.slack.lookup import FAILURE_HOLDS, HOLDS, SlackLookup
from handlers.people import Account, Standing
from tests.slack.bench import AMIRA, PRIYA, Bench, running

TOM = Account("slack", "T1", "U3")
YES = Standing(member=True)


class Hand:
    """A clock that a test moves."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


@dataclass
class Asked:
    bench: Bench
    lookup: SlackLookup
    clock: Hand

    def calls(self, method: str) -> int:
        return len(self.bench.calls(method))


@pytest.fixture
async def asked() -> AsyncIterator[Asked]:
    async with running(strict=False) as bench:
        api = Api(token=bench.slack.bot_token, base_url=bench.slack.api_url)
        await api.open()
        clock = Hand()
        lookup = SlackLookup(api, clock=clock)
        lookup.team_id, lookup.bot_user = "T1", "UBOT"
        yield Asked(bench, lookup, clock)
        await api.close()


async def test_a_full_member_is_one(asked: Asked) -> None:
    assert await asked.lookup.standing(AMIRA) == YES


@pytest.mark.parametrize(
    ("flags", "why"),
    [
        ({"is_restricted": True}, "guest"),
        ({"is_ultra_restricted": True}, "guest"),
        ({"deleted": True}, "deactivated"),
        ({"home_team": "T9"}, "outside"),
        ({"is_stranger": True}, "outside"),
    ],
)
async def test_everybody_else_is_told_why_not(asked: Asked, flags: dict[str, object], why: str) -> None:
    asked.bench.slack.add_person("U9", "Somebody", **flags)  # type: ignore[arg-type]

    assert await asked.lookup.standing(Account("slack", "T1", "U9")) == Standing(member=False, why_not=why)  # type: ignore[arg-type]


class Sparse(SlackPerson):
    """Somebody of whom Slack says less, or something else, than it should."""

    says: ClassVar[dict[str, object]] = {}
    silent: ClassVar[frozenset[str]] = frozenset()

    def info(self) -> dict[str, Any]:
        return {name: value for name, value in {**super().info(), **self.says}.items() if name not in self.silent}


@pytest.mark.parametrize("says", ["nothing", None, 0, ""])
@pytest.mark.parametrize("flag", ["deleted", "is_restricted", "is_ultra_restricted", "is_bot"])
async def test_a_flag_that_slack_does_not_say_is_false_makes_nobody_a_member(
    asked: Asked, flag: str, says: object
) -> None:
    """SR-12: on doubt deny. A guest of whom Slack does not say so has every right otherwise."""
    who = type("Who", (Sparse,), {"silent": {flag}} if says == "nothing" else {"says": {flag: says}})
    asked.bench.slack.workspace().people["U9"] = who("U9", "Somebody", "T1")

    found = await asked.lookup.standing(Account("slack", "T1", "U9"))
    assert found == Standing(member=False, why_not="unknown")


async def test_somebody_unknown_a_bot_or_an_account_elsewhere_is_no_member(asked: Asked) -> None:
    assert (await asked.lookup.standing(Account("slack", "T1", "U404"))).why_not == "no_account"
    assert (await asked.lookup.standing(Account("slack", "T9", "U1"))).why_not == "outside"
    assert (await asked.lookup.standing(Account("teams", "T1", "U1"))).why_not == "outside"
    assert asked.calls("users.info") == 1


async def test_an_answer_holds_for_a_minute_and_is_asked_anew_when_it_matters(asked: Asked) -> None:
    await asked.lookup.standing(AMIRA)
    asked.bench.slack.workspace().people["U1"].deleted = True

    asked.clock.now += HOLDS - 1
    assert await asked.lookup.standing(AMIRA) == YES
    assert (await asked.lookup.standing(AMIRA, fresh=True)).why_not == "deactivated"
    assert (await asked.lookup.standing(AMIRA)).why_not == "deactivated"

    asked.bench.slack.workspace().people["U1"].deleted = False
    asked.clock.now += HOLDS + 1
    assert await asked.lookup.standing(AMIRA) == YES


async def test_many_who_ask_at_once_cause_one_question(asked: Asked) -> None:
    asked.bench.slack.faults.delay("users.info", 0.2)

    answers = await asyncio.gather(*(asked.lookup.standing(AMIRA) for _ in range(50)))

    assert set(answers) == {YES}
    assert asked.calls("users.info") == 1


@pytest.mark.parametrize("fault", ["server_error", "rate_limit", "drop_reply", "refuse"])
async def test_a_question_that_fails_denies_and_is_asked_again_soon(asked: Asked, fault: str) -> None:
    faults = asked.bench.slack.faults
    if fault == "refuse":
        faults.refuse("users.info", "missing_scope")
    else:
        getattr(faults, fault)("users.info", **({"times": 9} if fault == "drop_reply" else {}))

    assert await asked.lookup.standing(AMIRA) == Standing(member=False, why_not="unknown")
    before = asked.calls("users.info")
    assert not (await asked.lookup.standing(AMIRA)).member
    assert asked.calls("users.info") == before

    faults.clear()
    asked.clock.now += FAILURE_HOLDS + 0.1
    assert await asked.lookup.standing(AMIRA) == YES


async def test_a_user_groups_members_are_its_accounts(asked: Asked) -> None:
    assert await asked.lookup.members("slack:T1/S1") == (PRIYA, TOM)
    await asked.lookup.members("slack:T1/S1")
    assert asked.calls("usergroups.users.list") == 1
    asked.bench.slack.workspace().groups["S1"].members.remove("U3")
    assert await asked.lookup.members("slack:T1/S1", fresh=True) == (PRIYA,)


async def test_a_group_that_cannot_be_read_is_nobody_knows_who(asked: Asked) -> None:
    assert await asked.lookup.members("slack:T1/S404") is None
    assert await asked.lookup.members("slack:T9/S1") is None
    assert await asked.lookup.members("slack:T1") is None
    asked.bench.slack.workspace().user_groups_allowed = False
    assert await asked.lookup.members("slack:T1/S1") is None


@pytest.mark.parametrize(("many", "one_by_one", "at_once"), [(1, 1, 0), (2, 2, 0), (3, 0, 1), (40, 0, 1)])
async def test_many_user_groups_are_asked_about_with_one_call(
    many: int, one_by_one: int, at_once: int, asked: Asked
) -> None:
    refs = [f"slack:T1/SX{number}" for number in range(many)]
    for number, ref in enumerate(refs):
        asked.bench.slack.add_group(ref.partition("/")[2], [f"U{number}"])

    found = await asyncio.gather(*(asked.lookup.members(ref) for ref in refs))

    assert found == [(Account("slack", "T1", f"U{number}"),) for number in range(many)]
    assert (asked.calls("usergroups.users.list"), asked.calls("usergroups.list")) == (one_by_one, at_once)


async def test_of_many_groups_one_that_is_switched_off_is_nobody_and_the_rest_are_read(asked: Asked) -> None:
    for name in ("SX1", "SX2", "SX3"):
        asked.bench.slack.add_group(name, ["U2"])
    asked.bench.slack.workspace().groups["SX2"].disabled = True

    refs = [f"slack:T1/{name}" for name in ("SX1", "SX2", "SX3", "S404")]
    found = await asyncio.gather(*(asked.lookup.members(ref) for ref in refs))

    assert found == [(PRIYA,), None, (PRIYA,), None]


@pytest.mark.parametrize("fault", ["unknown_method", "rate_limited", "server_error"])
async def test_where_the_call_for_all_groups_fails_they_are_asked_about_one_by_one(fault: str, asked: Asked) -> None:
    for name in ("SX1", "SX2", "SX3"):
        asked.bench.slack.add_group(name, ["U2"])
    faults = asked.bench.slack.faults
    match fault:
        case "unknown_method":
            faults.refuse("usergroups.list", fault)
        case "rate_limited":
            faults.rate_limit("usergroups.list")
        case _:
            faults.server_error("usergroups.list")

    found = await asyncio.gather(*(asked.lookup.members(f"slack:T1/{name}") for name in ("SX1", "SX2", "SX3")))

    assert found == [(PRIYA,)] * 3


@pytest.mark.parametrize("method", ["users.info", "usergroups.users.list", "conversations.info"])
async def test_slack_is_left_alone_for_as_long_as_it_asks_even_by_who_needs_it_fresh(method: str, asked: Asked) -> None:
    asked.bench.slack.add_channel(Channel("C1", "leads", ["U2"]))
    asked.bench.slack.faults.rate_limit(method, retry_after=30)
    asked.bench.slack.faults.rate_limit("usergroups.list", retry_after=30)

    async def ask() -> bool:
        match method:
            case "users.info":
                return (await asked.lookup.standing(AMIRA, fresh=True)).member
            case "usergroups.users.list":
                return await asked.lookup.members("slack:T1/S1", fresh=True) is not None
            case _:
                return await asked.lookup.members("slack:T1/C1", fresh=True) is not None

    for wait in (0, 10, 19):
        asked.clock.now += wait
        assert not await ask()
    assert asked.calls(method) == 1
    asked.clock.now += 2
    assert await ask()


async def test_a_failed_question_takes_no_good_answers_place_and_a_clear_no_does(asked: Asked) -> None:
    assert await asked.lookup.members("slack:T1/S1") == (PRIYA, TOM)
    asked.bench.slack.faults.server_error("usergroups.users.list")
    assert await asked.lookup.members("slack:T1/S1", fresh=True) is None, "who needs it fresh is denied"
    assert await asked.lookup.members("slack:T1/S1") == (PRIYA, TOM)

    asked.clock.now += HOLDS + 1
    asked.bench.slack.faults.server_error("usergroups.users.list")
    assert await asked.lookup.members("slack:T1/S1") is None, "it does not hold for longer"
    asked.clock.now += FAILURE_HOLDS + 1
    assert await asked.lookup.members("slack:T1/S1") == (PRIYA, TOM)
    del asked.bench.slack.workspace().groups["S1"]
    assert await asked.lookup.members("slack:T1/S1", fresh=True) is None
    assert await asked.lookup.members("slack:T1/S1") is None
    before = asked.calls("usergroups.users.list")
    asked.clock.now += HOLDS - 1
    await asked.lookup.members("slack:T1/S1")
    assert asked.calls("usergroups.users.list") == before, "a group that is not there is not asked about every moment"


async def test_the_members_of_a_private_channel_are_read_to_the_last_page_without_the_bot(asked: Asked) -> None:
    everybody = [f"U{number}" for number in range(100, 550)]
    asked.bench.slack.add_channel(Channel("C1", "leads", list(everybody)))

    members = await asked.lookup.members("slack:T1/C1")

    assert members == tuple(Account("slack", "T1", user) for user in everybody)
    assert asked.calls("conversations.members") == 3


@pytest.mark.parametrize(
    "channel",
    [
        Channel("C1", "leads", ["U2"], is_private=False),
        Channel("C1", "leads", ["U2"], is_ext_shared=True, connected_team_ids=["T9"]),
        Channel("C1", "leads", ["U2"], pending_connected_team_ids=["T9"]),
        Channel("C1", "leads", ["U2"], is_archived=True),
    ],
)
async def test_a_channel_that_others_can_join_or_read_makes_nobody_a_lead(asked: Asked, channel: Channel) -> None:
    asked.bench.slack.workspace().scopes.add("channels:read")
    asked.bench.slack.add_channel(channel)

    assert await asked.lookup.members("slack:T1/C1") is None


async def test_a_channel_without_the_bot_cannot_be_read(asked: Asked) -> None:
    asked.bench.slack.add_channel(Channel("C1", "leads", ["U2"]), with_app=False)

    assert await asked.lookup.members("slack:T1/C1") is None


async def test_names_are_those_of_the_workspace_and_kept_longer(asked: Asked) -> None:
    asked.bench.slack.add_person("U9", "Ann\u202e <!channel>\nLee" + "x" * 200)

    assert await asked.lookup.name(PRIYA) == "Priya Nair"
    asked.clock.now += 5 * HOLDS
    assert await asked.lookup.name(PRIYA) == "Priya Nair"
    assert asked.calls("users.info") == 1
    odd = await asked.lookup.name(Account("slack", "T1", "U9"))
    assert odd.startswith("Ann <!channel> Lee")
    assert len(odd) == 80
    assert await asked.lookup.name(Account("slack", "T9", "U1")) == ""
