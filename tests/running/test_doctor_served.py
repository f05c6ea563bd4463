"""The doctor beside a Signpost that runs: whether it has the same signing secret."""

from __future__ import annotations

import json
import signal
import time
from collections.abc import AsyncIterator
from pathlib import Path

import aiohttp
import pytest

from bot.play.slack import SlackStandIn
from tests.running.served import Served, run_bot


@pytest.fixture
async def bot(tmp_path: Path) -> AsyncIterator[Served]:
    async with SlackStandIn(strict=False) as slack:
        slack.add_person("U2", "Priya Nair")
        served = Served(tmp_path, slack)
        await served.start()
        yield served
        await served.stop(signal.SIGKILL)


async def of_the_secret(bot: Served, secret: str) -> tuple[int | None, list[tuple[str, str, str]]]:
    address = {"SIGNPOST_PUBLIC_URL": f"http://127.0.0.1:{bot.port}", "SIGNPOST_SLACK_SIGNING_SECRET": secret}
    status, out, _ = await run_bot("doctor", "--json", settings=bot.settings | address)
    found = json.loads(out)
    assert [one["state"] for one in found if one["matter"] == "Public address"] == ["green"]
    assert secret not in out
    about = [one for one in found if one["matter"] == "Slack signing secret"]
    return status, [(one["code"], one["state"], one["do"]) for one in about]


async def test_another_signing_secret_than_the_running_ones_is_red(bot: Served) -> None:
    status, found = await of_the_secret(bot, bot.slack.signing_secret)
    assert (status, found) == (0, [("slack_signing_secret_good", "green", "")])

    status, found = await of_the_secret(bot, "0" * 32)
    ((code, state, do),) = found
    assert (status, code, state) == (1, "slack_signing_secret_differs", "red")
    assert "start `serve` again" in do


async def test_requests_that_were_all_refused_are_red_although_both_have_the_same_secret(bot: Served) -> None:
    """The usual slip: the secret of another app, in the settings of `serve` and of the doctor alike."""
    await bot.stop()
    bot.settings["SIGNPOST_SLACK_SIGNING_SECRET"] = "c" * 32
    await bot.start()
    for _ in range(2):
        assert not (await bot.slack.command("U2")).ok

    status, found = await of_the_secret(bot, "c" * 32)
    ((code, state, do),) = found
    assert (status, code, state) == (1, "slack_signatures_refused", "red")
    assert "Copy the Signing Secret" in do
    assert "start `serve` again" in do


async def test_one_refused_request_among_good_ones_is_amber_and_without_an_address_it_is_said_what_was_not_tried(
    bot: Served,
) -> None:
    _, found = await without_an_address(bot)
    assert [(code, state) for code, state, _ in found] == [("slack_signing_secret_untried", "amber")]

    assert (await bot.slack.command("U2")).ok
    forged = {"X-Slack-Request-Timestamp": str(int(time.time())), "X-Slack-Signature": f"v0={'0' * 64}"}
    address = f"http://127.0.0.1:{bot.port}/slack/events"
    async with aiohttp.ClientSession() as stranger, stranger.post(address, data=b"{}", headers=forged) as reply:
        assert reply.status == 401

    status, found = await of_the_secret(bot, bot.slack.signing_secret)
    assert (status, [(code, state) for code, state, _ in found]) == (0, [("slack_signatures_refused", "amber")])
    _, found = await without_an_address(bot)
    assert [(code, state) for code, state, _ in found] == [("slack_signatures_refused", "amber")]


async def without_an_address(bot: Served) -> tuple[int | None, list[tuple[str, str, str]]]:
    status, out, _ = await run_bot("doctor", "--json", settings=bot.settings)
    about = [one for one in json.loads(out) if one["matter"] == "Slack signing secret"]
    return status, [(one["code"], one["state"], one["found"]) for one in about]
