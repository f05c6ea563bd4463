"""How the command line takes what is typed: its version, whole options alone, and usage errors of the right command."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer
from sqlalchemy.engine import make_url

from bot.play.slack import SlackStandIn
from bot.version import version
from tests.forked import ROOT
from tests.running.served import Served, run_bot, wait_for
from tests.running.test_commands import Kept, kept  # noqa: F401 - a fixture
from tests.store.databases import postgres_url  # noqa: F401 - a fixture


async def test_it_says_which_version_it_is() -> None:
    assert await run_bot("--version") == (0, f"signpost {version()}\n", "")


@pytest.mark.parametrize(
    "arguments",
    [
        ("doctor", "--jso"),
        ("erase", "SP-7K4M-2Q", "--o"),
        ("verify-audit", "x", "--he", "y"),
        ("teams-app", "--web", "https://a.example"),
        ("play", "--por", "8809"),
        ("assess", "--edi", "england-2024"),
    ],
)
async def test_an_option_counts_only_as_it_is_written(arguments: tuple[str, ...]) -> None:
    status, out, err = await run_bot(*arguments)

    assert (status, out) == (2, "")
    assert "unrecognized arguments" in err
    assert arguments[0] in err.splitlines()[0] or arguments[0] == "assess", "the usage is that command's"


async def test_what_is_too_much_is_told_with_that_commands_usage() -> None:
    status, _, err = await run_bot("migrate", "x")

    assert status == 2
    assert err.startswith("usage: signpost migrate ")


@pytest.mark.parametrize("port", ["80000", "-1", "x"])
async def test_a_port_that_is_none_is_said_before_anything_is_made(port: str) -> None:
    status, out, err = await run_bot("play", "--port", port)

    assert (status, out) == (2, "")
    assert "1 to 65535" in err


def test_where_the_playgrounds_packages_are_missing_it_is_said_where_it_is() -> None:
    """As in the image and after a production install."""
    code = "import sys; sys.modules['aiosmtpd'] = None; from bot.__main__ import main; sys.exit(main(['play']))"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False)

    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == (
        "The playground is not part of this installation. In a clone of Signpost `make play` starts it.\n"
    )


async def test_migrate_names_the_database_and_says_when_it_was_just_made(tmp_path: Path) -> None:
    file = tmp_path / "data" / "signpost.db"
    settings = {"SIGNPOST_DATA_DIR": str(tmp_path / "data")}
    assert await run_bot("migrate", settings=settings) == (
        0, "", f"There was no database at {file}: a new one was made there, and it is up to date.\n",
    )  # fmt: skip
    assert await run_bot("migrate", settings=settings) == (0, "", f"The database at {file} is up to date.\n")


async def test_migrate_names_a_server_without_its_password(postgres_url: str) -> None:  # noqa: F811
    url = make_url(postgres_url).set(password="hunter2hunter2")
    text = url.render_as_string(hide_password=False)
    status, _, err = await run_bot("migrate", settings={"SIGNPOST_DATABASE_URL": text})

    assert status == 0
    assert f"The database {url.database} on PostgreSQL at " in err
    assert "hunter2" not in err


async def test_without_an_application_id_the_package_says_what_is_not_set(tmp_path: Path) -> None:
    status, out, err = await run_bot("teams-app", str(tmp_path / "app.zip"))

    assert (status, out) == (2, "")
    assert err.startswith("SIGNPOST_TEAMS_APP_ID is not set: copy the Application (client) ID")


async def test_healthy_asks_where_the_settings_say_and_ends_with_1_once_it_is_gone(tmp_path: Path) -> None:
    async with SlackStandIn(strict=False) as slack:
        slack.add_person("U2", "Priya Nair")
        bot = Served(tmp_path, slack, {"SIGNPOST_OPS_HOST": "127.0.0.2"})
        try:
            await bot.spawn()

            async def healthy() -> bool:
                status, out, err = await run_bot("healthy", settings=bot.settings)
                assert err == ""
                assert (status == 0) == (out == "Ready.\n")
                return status == 0

            await wait_for(healthy)
        finally:
            await bot.stop()
        status, out, _ = await run_bot("healthy", settings=bot.settings)
    assert (status, out) == (1, f"Not ready: nothing answers at http://127.0.0.2:{bot.ops_port}/readyz.\n")


async def test_healthy_names_what_does_not_work() -> None:
    async def broken(_request: web.Request) -> web.Response:
        return web.json_response({"ready": False, "broken": ["database", "slack"]}, status=503)

    app = web.Application()
    app.router.add_get("/readyz", broken)
    async with TestServer(app) as server:
        status, out, err = await run_bot("healthy", settings={"SIGNPOST_OPS_PORT": str(server.port)})
    assert (status, out, err) == (1, "Not ready: database, slack.\n", "")


async def test_healthy_takes_an_empty_port_as_none_and_refuses_one_that_is_no_port() -> None:
    nobody = {"SIGNPOST_OPS_HOST": "127.0.0.3", "SIGNPOST_OPS_PORT": ""}
    status, out, err = await run_bot("healthy", settings=nobody)
    assert (status, out, err) == (1, "Not ready: nothing answers at http://127.0.0.3:3979/readyz.\n", "")

    status, out, err = await run_bot("healthy", settings={"SIGNPOST_OPS_PORT": "many"})
    assert (status, out) == (2, "")
    assert err.startswith("SIGNPOST_OPS_PORT cannot be understood")


async def test_what_cannot_be_verified_is_not_called_altered(
    kept: Kept,  # noqa: F811
    tmp_path: Path,
) -> None:
    """A file that is no export was altered by nobody; nor was the trail, where somebody took another one's head."""
    (tmp_path / "sites.toml").write_text("[[site]]", encoding="utf-8")
    status, _, err = await run_bot("verify-audit", str(tmp_path / "sites.toml"))
    assert (status, err) == (1, "Not verified: this file is no export of Signpost's, or it was damaged.\n")

    _, out, _ = await run_bot("export", kept.reference, settings=kept.settings)
    (tmp_path / "case.json").write_text(out, encoding="utf-8")
    status, _, err = await run_bot("verify-audit", str(tmp_path / "case.json"), "--head", "0" * 64)
    assert status == 1
    assert err.startswith("Not verified: the trail does not hold the entry that the given head names")
    assert "the head is another export's, or the trail was cut off or rewritten" in err
