"""A database that cannot be made or written is red with what to do, and each command names the cause, not a word."""

from __future__ import annotations

import errno
import json
from pathlib import Path

import pytest
from sqlalchemy.engine import make_url

from bot.database_trouble import not_written
from bot.store.vault import new_key
from tests.running.ports import free_port
from tests.running.served import run_bot
from tests.store.databases import database_url, postgres_url  # noqa: F401 - fixtures
from tests.store.given import sql


def at(url: str) -> dict[str, str]:
    return {"SIGNPOST_DATABASE_URL": url, "SIGNPOST_KEYS": new_key(), "SIGNPOST_DATA_DIR": "/nowhere/at/all"}


async def of_the_doctor(url: str) -> dict[str, str]:
    status, out, _ = await run_bot("doctor", "--json", settings=at(url))
    (found,) = [one for one in json.loads(out) if one["matter"] == "Database"]
    assert status == 1
    return found  # type: ignore[no-any-return]


def left_in(folder: Path) -> list[Path]:
    return list(folder.iterdir())


@pytest.fixture
def places(tmp_path: Path) -> dict[str, tuple[str, str, str]]:
    (tmp_path / "a file").write_text("", encoding="utf-8")
    (tmp_path / "folder.db").mkdir()
    return {
        # In /proc nobody makes anything, root included: what a volume that cannot be written to looks like.
        "no folder can be made": ("/proc/nope/x.db", "database_cannot_be_made", "none can be made in /proc"),
        "no file can be made": ("/proc/x.db", "database_cannot_be_made", "none can be made in /proc"),
        "a file in its way": (f"{tmp_path}/a file/x.db", "database_cannot_be_made", "is a file, so no folder"),
        "a folder in its place": (f"{tmp_path}/folder.db", "database_refused", "is a folder, and a file is needed"),
        "a file of the system's": ("/proc/version", "database_refused", "nothing can be written beside it in /proc"),
    }


@pytest.mark.parametrize(
    "which",
    ["no folder can be made", "no file can be made", "a file in its way", "a folder in its place",
     "a file of the system's"],
)  # fmt: skip
async def test_a_file_that_cannot_be_made_or_written_is_red_and_the_commands_say_the_same(
    places: dict[str, tuple[str, str, str]], which: str
) -> None:
    file, code, words = places[which]
    found = await of_the_doctor(f"sqlite:///{file}")
    assert (found["state"], found["code"]) == ("red", code), found
    assert words in found["found"]
    assert found["do"]
    for command in (["migrate"], ["config", "export"]):
        status, out, err = await run_bot(*command, settings=at(f"sqlite:///{file}"))
        assert (status, out) == (1, "")
        assert words in err, err
        assert found["do"] in err


async def test_looking_leaves_nothing_behind(tmp_path: Path) -> None:
    for url in (f"sqlite:///{tmp_path}/x.db", f"sqlite:///{tmp_path}/a/b/x.db"):
        status, out, _ = await run_bot("doctor", "--json", settings=at(url))
        assert status == 1, "nothing else is set"
        (found,) = [one for one in json.loads(out) if one["matter"] == "Database"]
        assert (found["state"], found["code"]) == ("amber", "database_none")
    assert left_in(tmp_path) == []


async def test_a_server_that_nobody_started_is_said_by_the_command_too() -> None:
    port = free_port()
    status, _, err = await run_bot("migrate", settings=at(f"postgresql://u:secret@127.0.0.1:{port}/x"))
    assert status == 1
    assert f"nothing listens at 127.0.0.1:{port}. Start PostgreSQL there" in err
    assert "secret" not in err


async def test_a_role_without_rights_is_told_apart_from_tables_that_are_missing(postgres_url: str) -> None:  # noqa: F811
    url = make_url(postgres_url)
    role = f"{url.database}_reader"
    await sql(postgres_url, f"CREATE ROLE {role} LOGIN")
    found = await of_the_doctor(url.set(username=role, password=None).render_as_string(hide_password=False))
    assert found["code"] == "database_not_allowed", found
    assert "own the database" in found["do"]


async def test_a_server_that_takes_nothing_new_is_red_and_says_whom_to_name(
    postgres_url: str,  # noqa: F811
) -> None:
    """As a standby is after a failover, or a provider's server whose disk is full."""
    url = make_url(postgres_url)
    await sql(postgres_url, f"ALTER DATABASE {url.database} SET default_transaction_read_only = on")
    found = await of_the_doctor(postgres_url)
    assert (found["code"], found["state"]) == ("database_read_only", "red")
    assert "name the primary in SIGNPOST_DATABASE_URL" in found["do"]
    for command in ("serve", "rotate-keys"):
        token = {"SIGNPOST_SLACK_BOT_TOKEN": "xoxb-1-1", "SIGNPOST_SLACK_SIGNING_SECRET": "a" * 32}
        status, out, err = await run_bot(command, settings=at(postgres_url) | token)
        assert (status, out) == (1, "")
        assert found["do"] in err
        assert "Warning" not in err


async def test_a_look_at_a_good_database_writes_and_leaves_nothing(database_url: str) -> None:  # noqa: F811
    before = await sql(database_url, "SELECT * FROM keys")
    status, out, _ = await run_bot("doctor", "--json", settings=at(database_url))
    (found,) = [one for one in json.loads(out) if one["matter"] == "Database"]
    assert (status, found["code"]) == (1, "database_good"), "nothing else is set"
    assert await sql(database_url, "SELECT * FROM keys") == before


def test_a_disk_that_is_mounted_read_only_has_a_remedy_of_its_own() -> None:
    """Owning the file helps nobody there. To mount one takes rights that tests may lack."""
    own = "Let the user that runs Signpost own that file."
    of_the_disk = not_written(OSError(errno.EROFS, "Read-only file system"), "x cannot be written to", own, "SETTING")
    of_the_file = not_written(OSError(errno.EACCES, "Permission denied"), "x cannot be written to", own, "SETTING")
    assert (of_the_file.why, of_the_file.do) == ("refused", own)
    assert (of_the_disk.why, of_the_disk.said) == ("read_only", "x cannot be written to (read-only file system)")
    assert "mounted read-only" in of_the_disk.do
    assert own not in of_the_disk.do
