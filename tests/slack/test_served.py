"""`serve` over OAuth as a process of its own: ready before anybody has installed, and as it was after a kill."""

from __future__ import annotations

import signal
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from bot.play.slack.oauth import DistributedStandIn
from tests.running.served import Served, wait_for
from tests.slack.whole import Browser, slack_with

CONFIG = """
[[site]]
id = "site-{0}"
name = "School {0}"
nation = "england"
leads = ["slack:{1}/U2"]
phone = "01632 960001"
"""


@pytest.fixture
async def slack() -> AsyncIterator[DistributedStandIn]:
    async with slack_with("T1", "T2", "T9") as made:
        yield made


@pytest.fixture
async def bot(slack: DistributedStandIn, tmp_path: Path) -> AsyncIterator[Served]:
    served = Served(tmp_path, slack)
    (tmp_path / "sites.toml").write_text(CONFIG.format("one", "T1") + CONFIG.format("two", "T2"), encoding="utf-8")
    slack.public_url = f"http://127.0.0.1:{served.port}"
    del served.settings["SIGNPOST_SLACK_BOT_TOKEN"]
    served.settings |= {
        "SIGNPOST_SLACK_CLIENT_ID": slack.client_id,
        "SIGNPOST_SLACK_CLIENT_SECRET": slack.client_secret,
        "SIGNPOST_PUBLIC_URL": slack.public_url,
    }
    await served.start()
    yield served
    await served.stop(signal.SIGKILL)


async def raise_in(bot: Served, team: str, times: int) -> None:
    slack: Any = bot.slack
    assert (await slack.command("U1", team=team)).ok
    if times > 1 and "start_report" in str(slack.view("U1", team=team)):
        await slack.press("U1", "start_report", place="view", team=team)
    assert (await slack.press("U1", "recommend_now", answers={"harm_now": "no"}, place="view", team=team)).ok

    async def told() -> bool:
        return sum("SP-" in m.text for m in slack.messages("U2", team=team)) >= times

    await wait_for(told)


async def test_two_workspaces_install_raise_and_go_on_after_a_kill(bot: Served, slack: DistributedStandIn) -> None:
    browser = Browser(slack.public_url)
    assert await bot.ready() == 200
    for team in ("T1", "T2"):
        assert (await browser.install(slack, team))[0] == 200
    assert (await browser.install(slack, "T9"))[0] == 403
    tokens = {ws.bot_token for ws in slack.workspaces.values() if ws.bot_token}
    await raise_in(bot, "T1", 1)
    await raise_in(bot, "T2", 1)

    await bot.stop(signal.SIGKILL)
    await bot.start()
    await raise_in(bot, "T1", 2)
    await raise_in(bot, "T2", 2)
    await bot.stop()

    log, names = bot.log(), [line["event"] for line in bot.events()]
    assert len(tokens) == 2
    assert "unlisted" not in names
    assert not any("withheld" in line for line in bot.events() if line["event"].startswith("slack_"))
    assert names.count("slack_not_installed") == 2  # said once a workspace, and not again after it was installed
    assert names.count("slack_installed") == 2
    for secret in (*tokens, slack.client_secret, slack.signing_secret, "xoxb-", "code=", "state="):
        assert secret not in log
    for path in (bot.folder / "data").iterdir():
        assert not any(token.encode() in path.read_bytes() for token in tokens), path.name


async def test_a_slack_that_is_away_makes_it_not_ready_and_a_workspace_that_left_does_not(
    bot: Served, slack: DistributedStandIn
) -> None:
    await Browser(slack.public_url).install(slack, "T1")
    await slack.uninstall("T1", told=False)
    assert await bot.ready() == 200

    await slack.close()

    async def not_ready() -> bool:
        return await bot.ready() == 503

    await wait_for(not_ready)
