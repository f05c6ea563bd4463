"""A key that is unset or has a slip never leads to a new key where something is kept, or where a good one stands by."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bot.store.store import open_store
from bot.store.vault import Keys, new_key
from handlers.people import Directory
from tests.running.ports import free_port
from tests.running.served import run_bot
from tests.store.databases import database_url, empty_url  # noqa: F401 - fixtures

KEY = new_key()
WITHOUT = {"not set": "", "cut off": KEY[:20], "another text": "changeme", "a comma alone": ","}


@pytest.fixture
async def written(database_url: str) -> str:  # noqa: F811
    """A database that Signpost ran with, once on each kind."""
    store = await open_store(database_url, keys=Keys.parse(KEY), directory=Directory)
    await store.ping()
    await store.close()
    return database_url


async def said(url: str, keys: str, *commands: str) -> list[str]:
    given = {
        "SIGNPOST_DATABASE_URL": url,
        "SIGNPOST_KEYS": keys,
        "SIGNPOST_SLACK_BOT_TOKEN": "xoxb-1-1",
        "SIGNPOST_SLACK_SIGNING_SECRET": "a" * 32,
    }
    found = []
    for command in commands:
        status, out, err = await run_bot(*command.split(), settings=given)
        assert (status, out) == (2, ""), (command, err)
        found.append(err)
    status, out, _ = await run_bot("doctor", "--json", settings=given)
    assert status == 1
    told = [f"{one['found']}: {one['do']}" for one in json.loads(out) if "SIGNPOST_KEYS" in one["found"]]
    assert len(told) == 1, told
    return [*found, *told]


def left_in(folder: Path) -> list[Path]:
    return list(folder.iterdir())


@pytest.mark.parametrize("keys", WITHOUT.values(), ids=WITHOUT.keys())
async def test_where_something_is_kept_nobody_is_sent_for_a_new_key(written: str, keys: str) -> None:
    for each in await said(written, keys, "serve", "export SP-7K4M-2Q", "config export", "rotate-keys"):
        assert "--new-key" not in each
        assert "from where you keep it" in each
        assert "A new key opens nothing of what is there" in each
        assert KEY[:20] not in each


@pytest.mark.parametrize("keys", [f"{KEY},abc", f"abcdef,{KEY}"], ids=["behind", "before"])
async def test_beside_a_good_key_the_other_one_is_copied_again_and_the_good_one_stays(
    tmp_path: Path, keys: str
) -> None:
    for each in await said(f"sqlite:///{tmp_path}/none.db", keys, "serve", "rotate-keys"):
        assert "--new-key" not in each
        assert "leave the others as they are" in each
        assert KEY not in each


@pytest.mark.parametrize("keys", WITHOUT.values(), ids=WITHOUT.keys())
async def test_for_a_first_start_a_new_key_is_named_and_for_any_other_the_old_one(
    empty_url: str,  # noqa: F811
    keys: str,
    tmp_path: Path,
) -> None:
    for each in await said(empty_url, keys, "serve", "rotate-keys"):
        assert "for a first start" in each.lower()
        assert "`signpost doctor --new-key`" in each
        assert ("if signpost ran before" if keys in ("", ",") else "copy it again") in each.lower()
    assert left_in(tmp_path) == [], "looking makes no database"


async def test_where_the_database_cannot_be_asked_the_old_key_comes_first() -> None:
    away = f"postgresql://u@127.0.0.1:{free_port()}/x"
    for each in await said(away, "", "serve", "rotate-keys"):
        assert each.index("was written with") < each.index("--new-key")
