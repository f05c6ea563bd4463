"""The real process: it starts, answers signed requests, delivers, stops in time, and helps when something is broken."""

from __future__ import annotations

import asyncio
import signal
import sqlite3
from collections.abc import AsyncIterator
from pathlib import Path

import aiohttp
import pytest

from bot import app, desk
from bot.asking import inquiry
from bot.play.slack import SlackStandIn
from bot.serving import health
from bot.slack import answer
from tests.running.ports import free_port
from tests.running.served import Served, wait_for

HEADING = "Hold the initial review meeting now"


@pytest.fixture
async def slack() -> AsyncIterator[SlackStandIn]:
    standin = SlackStandIn(strict=False, port=free_port())
    await standin.start()
    standin.add_person("U1", "Anna Teacher")
    standin.add_person("U2", "Priya Nair")
    yield standin
    await standin.close()


ON_THE_COMMAND_LINE = ("-m", "bot", "serve")


@pytest.fixture
async def bot(request: pytest.FixtureRequest, slack: SlackStandIn, tmp_path: Path) -> AsyncIterator[Served]:
    served = Served(tmp_path, slack, new_python=getattr(request, "param", ()))
    await served.start()
    yield served
    await served.stop(signal.SIGKILL)


async def raise_case(bot: Served) -> None:
    assert (await bot.slack.command("U1")).ok
    assert (await bot.slack.press("U1", "recommend_now", answers={"harm_now": "no"}, place="view")).ok


def delivered(bot: Served, user: str) -> int:
    return sum(HEADING in told for told in bot.told(user))


async def arrives(bot: Served, user: str, *, times: int = 1) -> None:
    async def there() -> bool:
        return delivered(bot, user) >= times

    await wait_for(there)


@pytest.mark.parametrize("bot", [ON_THE_COMMAND_LINE], ids=["new-python"], indirect=True)
async def test_a_case_is_raised_told_logged_without_words_and_the_stop_is_clean(bot: Served) -> None:
    await raise_case(bot)
    assert HEADING in bot.shown("U1")
    await arrives(bot, "U1")
    await arrives(bot, "U2")
    assert await bot.stop() == 0
    names = [line["event"] for line in bot.events()]
    assert names[0] == "starting"
    assert {"ready", "staff_is_everybody", "delivery", "stopping", "stopped"} <= set(names)
    assert "unlisted" not in names
    for word in ("Anna", "Priya", "harm_now", "T1/U1", bot.slack.bot_token, bot.slack.signing_secret, "SP-"):
        assert word not in bot.log()


@pytest.mark.parametrize("bot", [ON_THE_COMMAND_LINE], ids=["new-python"], indirect=True)
async def test_no_library_of_a_platform_that_is_not_configured_is_loaded(bot: Served) -> None:
    assert bot.process is not None
    maps = await asyncio.to_thread(Path(f"/proc/{bot.process.pid}/maps").read_text, encoding="utf-8")

    assert "asyncpg" not in maps
    assert "microsoft" not in maps


async def test_a_delivery_that_a_kill_interrupts_is_finished_after_the_next_start(bot: Served) -> None:  # SR-16
    bot.slack.faults.delay("chat.update", 600, times=4)
    await raise_case(bot)

    async def receipts() -> bool:
        return all(bot.told(user) for user in ("U1", "U2"))

    await wait_for(receipts)
    await bot.stop(signal.SIGKILL)
    bot.slack.faults.clear()
    await bot.start()
    await arrives(bot, "U1")
    await arrives(bot, "U2")

    assert (delivered(bot, "U1"), delivered(bot, "U2")) == (1, 1)
    assert (len(bot.told("U1")), len(bot.told("U2"))) == (1, 1)


async def test_a_stop_does_not_wait_for_a_send_that_hangs_and_nothing_is_lost(bot: Served) -> None:  # SR-41
    bot.slack.faults.delay("chat.postMessage", 600, times=2)
    await raise_case(bot)
    await bot.slack.until(lambda: len(bot.slack.calls_of("chat.postMessage")) == 2)
    assert await bot.stop() == 0  # the platform would have kept it for ten minutes

    bot.slack.faults.clear()
    await bot.start()
    await arrives(bot, "U1")
    await arrives(bot, "U2")


async def test_a_database_that_does_not_answer_is_noticed_said_and_forgotten_without_a_restart(bot: Served) -> None:
    assert (await bot.slack.command("U1")).ok
    holder = sqlite3.connect(bot.database, isolation_level=None)
    holder.execute("BEGIN EXCLUSIVE")
    await bot.slack.submit("U1", {"harm_now": "no", "age_depicted": "13_to_15"})

    async def said() -> bool:
        return "not saved" in bot.shown("U1")

    await wait_for(said)  # SR-39: the database is held until long after that
    assert "999" in bot.shown("U1")
    assert "101" in bot.shown("U1")
    assert "E-" in bot.shown("U1")
    view = bot.slack.view("U1")
    assert view is not None
    assert "13_to_15" in str([block["element"].get("initial_option") for block in view["blocks"] if "element" in block])

    async def is_not_ready() -> bool:
        return await bot.ready() == 503

    await wait_for(is_not_ready)
    assert (await bot.ask("livez"))[0] == 200
    holder.execute("ROLLBACK")
    holder.close()

    async def is_ready() -> bool:
        return await bot.ready() == 200

    await wait_for(is_ready)
    await bot.slack.press("U1", "recommend_now", answers={"harm_now": "no"}, place="view")
    await arrives(bot, "U1")


async def test_a_database_file_that_is_gone_is_noticed_without_anybody_pressing(bot: Served) -> None:
    away = bot.database.with_suffix(".away")
    bot.database.rename(away)

    async def status_503() -> bool:
        return await bot.ready() == 503

    await wait_for(status_503)
    assert "disk" in (await bot.ask("readyz"))[1]
    away.rename(bot.database)

    async def status_200() -> bool:
        return await bot.ready() == 200

    await wait_for(status_200)


async def test_a_platform_that_is_away_is_noticed_and_messages_wait_for_it(bot: Served) -> None:
    bot.slack.faults.server_error("*", times=1_000_000)

    async def broken() -> bool:
        status, text = await bot.ask("readyz")
        return status == 503 and "slack" in text

    await wait_for(broken)
    assert (await bot.ask("livez"))[0] == 200
    bot.slack.faults.clear()

    async def mended() -> bool:
        return await bot.ready() == 200

    await wait_for(mended)
    await raise_case(bot)
    await arrives(bot, "U1")


def test_every_wait_is_shorter_than_what_it_is_a_part_of() -> None:
    asked, answered = inquiry.ASK_SECONDS, desk.ANSWER_SECONDS
    assert max(answer.OPEN_SECONDS, answer.UPDATE_SECONDS, answer.REPLY_SECONDS, answer.LAST_SECONDS) <= 2.5  # of 3
    assert asked + answered < 3  # SR-39
    assert health.EVERY_SECONDS + health.PART_SECONDS < 10  # SR-39
    assert app.STOP_SECONDS < 10  # SR-41


async def test_over_socket_mode_the_same_journey_runs_and_nothing_is_served_over_http(
    slack: SlackStandIn, tmp_path: Path
) -> None:
    bot = Served(tmp_path, slack, {"SIGNPOST_SLACK_APP_TOKEN": slack.app_token, "SIGNPOST_SLACK_SIGNING_SECRET": ""})
    bot.new_python = ON_THE_COMMAND_LINE
    await bot.start()
    try:
        url = f"http://127.0.0.1:{bot.port}/slack/events"
        async with aiohttp.ClientSession() as client, client.post(url) as reply:
            assert reply.status == 404
        await raise_case(bot)
        await arrives(bot, "U1")
        assert await bot.stop() == 0
    finally:
        await bot.stop(signal.SIGKILL)


async def test_figures_are_on_the_second_port_and_name_nobody(bot: Served) -> None:
    await raise_case(bot)
    await arrives(bot, "U2")
    status, text = await bot.ask("metrics")

    assert status == 200
    assert 'signpost_ready{part="database"} 1.0' in text
    for word in ("U1", "northside", "T1", "SP-"):
        assert word not in text


REFUSED = {
    "a token that Slack does not know": ({"SIGNPOST_SLACK_BOT_TOKEN": "xoxb-other-token"}, 1, "SLACK_BOT_TOKEN"),
    "a Slack that is not there": ({"SIGNPOST_SLACK_API_URL": "http://127.0.0.1:9/api/"}, 1, "SIGNPOST_SLACK_API_URL"),
    "a key from nowhere": ({"SIGNPOST_KEYS": "changeme"}, 2, "doctor --new-key"),
    "a port that is no port": ({"SIGNPOST_PORT": "many"}, 2, "SIGNPOST_PORT"),
    "a database in a file's place": ({"SIGNPOST_DATA_DIR": "/dev/null/x"}, 1, "SIGNPOST_DATA_DIR"),
    "a database that is not there": (
        {"SIGNPOST_DATABASE_URL": "postgresql://signpost:hunter2@127.0.0.1:9/signpost"}, 1, "SIGNPOST_DATABASE_URL"),
    "sites with a slip": ({"SIGNPOST_CONFIG": "{folder}/bad.toml"}, 2, "line 2"),
}  # fmt: skip


@pytest.mark.parametrize(("settings", "status", "words"), REFUSED.values(), ids=REFUSED.keys())
async def test_what_cannot_work_ends_at_once_with_a_sentence_and_no_traceback(
    slack: SlackStandIn, tmp_path: Path, settings: dict[str, str], status: int, words: str
) -> None:
    (tmp_path / "bad.toml").write_text("[[site]]\nid = 7\n", encoding="utf-8")
    settings = {name: value.replace("{folder}", str(tmp_path)) for name, value in settings.items()}
    served = Served(tmp_path, slack, settings)
    process = await served.spawn()
    async with asyncio.timeout(90):
        await process.wait()

    said = served.log()
    assert process.returncode == status, said
    assert words in said
    assert "Traceback" not in said
    assert "hunter2" not in said


async def test_two_on_one_port_is_a_sentence(bot: Served, slack: SlackStandIn, tmp_path: Path) -> None:
    (tmp_path / "second").mkdir()
    second = Served(tmp_path / "second", slack)
    second.settings["SIGNPOST_PORT"] = str(bot.port)
    process = await second.spawn()
    async with asyncio.timeout(90):
        await process.wait()

    assert process.returncode == 1
    assert f"Port {bot.port}" in second.log()
    assert "Traceback" not in second.log()
