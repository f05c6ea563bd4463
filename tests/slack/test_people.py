"""People who are chosen in Slack's own menu arrive as their ids, all the way through a window."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from bot.play.slack import NotPossibleError
from handlers.screens import Caution, Form, Option, People, TextBox
from tests.slack.bench import AMIRA, Bench, page, running

LEADS = People("leads", "Who else?", chosen=(Option("U2", "Priya Nair"),), several=True)
FORM: Form = replace(
    page(), parts=(Caution("Call 999."), TextBox("name", "Name", single=True), People("lead", "Who leads?"), LEADS)
)


async def opened(bench: Bench) -> None:
    bench.desk.says = lambda _intent: FORM
    await bench.slack.command(AMIRA.user)
    await bench.settled(lambda: bench.slack.view(AMIRA.user))


async def test_people_who_are_chosen_arrive_as_their_ids() -> None:
    async with running() as bench:
        await opened(bench)
        await bench.slack.submit(AMIRA.user, {"lead": "U3", "leads": ["U4", "U5", "U2"], "name": "Northside"})

        assert bench.desk.last.name == "next_page"
        assert bench.desk.last.fields == {"lead": "U3", "leads": ("U4", "U5", "U2"), "name": "Northside"}


async def test_people_who_stood_there_arrive_again_and_nobody_is_nobody() -> None:
    async with running() as bench:
        await opened(bench)
        await bench.slack.submit(AMIRA.user)

        assert bench.desk.last.fields == {"lead": None, "leads": ("U2",), "name": None}


async def test_somebody_can_be_taken_away_again() -> None:
    async with running() as bench:
        await opened(bench)
        await bench.slack.submit(AMIRA.user, {"leads": None})

        assert bench.desk.last.fields["leads"] == ()


async def test_slack_finds_nobody_who_does_not_exist_or_has_left() -> None:
    async with running() as bench:
        bench.slack.add_person("U9", "Gone Away", deleted=True)
        await opened(bench)

        for nobody in ("U9", "U77"):
            with pytest.raises(NotPossibleError, match=nobody):
                bench.slack.fill(AMIRA.user, {"leads": [nobody]})


@pytest.mark.parametrize("sent", [["U1"] * 101, ["U1", 7] * 60])
async def test_too_many_people_from_a_changed_client_change_nothing(sent: list[Any]) -> None:
    async with running() as bench:
        await opened(bench)
        before = len(bench.desk.intents)
        held = {"leads": {"leads": {"type": "multi_users_select", "selected_users": sent}}}

        reply = await bench.slack.submit(AMIRA.user, values=held)

        assert reply.status == 400
        assert len(bench.desk.intents) == before
        assert bench.refused == ["malformed"]
