"""How the playground starts, watches and ends the bot, and where it refuses to start."""

from __future__ import annotations

import asyncio
import os
import sys
import tomllib
from typing import TYPE_CHECKING

import aiohttp
import pytest

from bot.play import cast, school
from bot.play.process import BotDiedError, BotProcess, free_port
from bot.play.run import PortTakenError, open_page
from bot.play.slack import SlackStandIn
from bot.play.teams import TeamsStandIn
from bot.play.web import PlayPage

if TYPE_CHECKING:
    from pathlib import Path

DIES = "import sys; print('first'); print('SIGNPOST_KEYS is not set.', file=sys.stderr); sys.exit(2)"
SERVES = """
import http.server, os, signal, sys
signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
print(sorted(name for name in os.environ if name.startswith("SIGNPOST_")), flush=True)
times = []
class Answer(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        times.append(1)
        self.send_response(200 if self.path == "/readyz" and len(times) > 2 else 503)
        self.end_headers()
http.server.HTTPServer(("127.0.0.1", int(sys.argv[1])), Answer).serve_forever()
"""


async def run_with(environment: dict[str, str]) -> tuple[int | None, str]:
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bot.play.run"),
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
        env={**os.environ, **environment},
    )
    out, _ = await process.communicate()
    return process.returncode, out.decode()


@pytest.mark.parametrize(
    "name", ["SIGNPOST_SLACK_BOT_TOKEN", "SIGNPOST_SLACK_SIGNING_SECRET_FILE", "SIGNPOST_TEAMS_APP_ID", "SIGNPOST_KEYS"]
)
async def test_beside_real_settings_it_does_not_start_and_repeats_no_value(name: str) -> None:
    status, said = await run_with({name: "sentinel-value"})
    assert status == 1
    assert name in said
    assert "sentinel-value" not in said
    assert "http://" not in said


async def test_a_bot_that_dies_at_once_is_reported_with_its_last_lines(tmp_path: Path) -> None:
    bot = BotProcess({}, tmp_path / "log", ops_port=free_port(), command=(sys.executable, "-c", DIES))
    with pytest.raises(BotDiedError) as caught:
        await bot.start()
    assert str(caught.value).splitlines()[0] == "The bot ended before it was ready."
    assert "  SIGNPOST_KEYS is not set." in str(caught.value).splitlines()


async def test_a_bot_is_ready_when_it_says_so_and_is_ended_politely(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SIGNPOST_DATA_DIR", "/elsewhere")
    port = free_port()
    command = (sys.executable, "-c", SERVES, str(port))
    bot = BotProcess({"SIGNPOST_PORT": "1"}, tmp_path / "log", ops_port=port, command=command)
    await bot.start()
    async with aiohttp.ClientSession() as session, session.get(f"http://127.0.0.1:{port}/readyz") as answer:
        assert answer.status == 200
    ending = asyncio.create_task(bot.ended())
    await bot.stop()
    assert (await ending).startswith("The bot has ended by itself.")
    assert "['SIGNPOST_PORT']" in (tmp_path / "log").read_text()  # nothing set elsewhere reaches it


async def test_a_bot_whose_plug_was_pulled_is_another_process_and_the_playground_goes_on(tmp_path: Path) -> None:
    port = free_port()
    bot = BotProcess({}, tmp_path / "log", ops_port=port, command=(sys.executable, "-c", SERVES, str(port)))
    await bot.start()
    ending = asyncio.create_task(bot.ended())
    await bot.pull_the_plug()
    await bot.pull_the_plug()
    assert (tmp_path / "log").read_text().count("[]") == 3  # each start says so once
    done, _ = await asyncio.wait({ending}, timeout=0.2)
    assert not done
    await bot.stop()
    assert (await ending).startswith("The bot has ended by itself.")


async def test_a_bot_that_does_not_start_again_ends_the_playground_with_its_last_lines(tmp_path: Path) -> None:
    port, flag = free_port(), tmp_path / "flag"
    once = f"import os, sys; os.path.exists({str(flag)!r}) and sys.exit('no more'); open({str(flag)!r}, 'w')\n{SERVES}"
    bot = BotProcess({}, tmp_path / "log", ops_port=port, command=(sys.executable, "-c", once, str(port)))
    await bot.start()
    ending = asyncio.create_task(bot.ended())
    with pytest.raises(BotDiedError):
        await bot.pull_the_plug()
    assert "no more" in await ending


async def test_a_busy_port_gives_way_to_the_next_unless_it_was_asked_for() -> None:
    async with SlackStandIn() as slack:

        def page(number: int) -> PlayPage:
            return PlayPage(slack, port=number)

        first, second = await open_page(None, page), await open_page(None, page)
        assert first.address != second.address
        taken = int(first.address.rsplit(":", 1)[1].strip("/"))
        with pytest.raises(PortTakenError, match=f"Port {taken} is in use"):
            await open_page(taken, page)
        await first.close()
        await second.close()


async def test_the_bots_settings_name_this_machine_alone_and_a_config_file_that_can_be_read(tmp_path: Path) -> None:
    async with SlackStandIn() as slack, TeamsStandIn(tenant=cast.TENANT) as teams:
        settings = school.bot_settings(slack, teams, tmp_path, port=1, ops_port=2, key="k")
        config = tomllib.loads((tmp_path / "config.toml").read_text())
    [site] = config["site"]
    assert (site["name"], site["leads"]) == ("Northside Academy", ["slack:T1/U2", "teams:northside-tenant/aad-tom"])
    assert settings["SIGNPOST_SLACK_API_URL"].startswith("http://127.0.0.1:")
    assert settings["SIGNPOST_TEAMS_AUTHORITY"].startswith("https://localhost:")
    assert settings["SIGNPOST_TEAMS_TENANT_ID"] == cast.TENANT
    assert school.real_settings(settings) != []  # what it sets is what it refuses to start beside


def test_the_two_accounts_of_everybody_at_the_school_are_one_person_by_configuration() -> None:
    linked = {person["name"]: person["accounts"] for person in tomllib.loads(school.CONFIG)["person"]}
    for player in cast.PLAYERS:
        accounts = [f"slack:{cast.HERE}/{player.id}", f"teams:{cast.TENANT}/{player.teams}"]
        assert linked.get(player.name) == (None if player.outside else accounts)
