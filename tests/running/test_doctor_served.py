"""The doctor beside a Signpost that runs: whether it has the same signing secret."""

from __future__ import annotations

import json
import signal
from collections.abc import AsyncIterator
from pathlib import Path

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
