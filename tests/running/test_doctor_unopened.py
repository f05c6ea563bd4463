"""The doctor finds cases that do not open, which stand in no list, and says by which references to look for them."""

from __future__ import annotations

import asyncio
import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from bot.store.vault import new_key
from tests.running.post_office import real_store
from tests.running.served import run_bot
from tests.store.given import DIRECTORY, a_case, keep


async def found(folder: Path, key: str) -> list[dict[str, str]]:
    settings = {"SIGNPOST_DATA_DIR": str(folder), "SIGNPOST_KEYS": key}
    _, out, err = await run_bot("doctor", "--json", settings=settings)
    assert err == ""
    return [one for one in json.loads(out) if one["code"].startswith(("cases_", "database_"))]


def without_their_keys(folder: Path, *numbers: int) -> None:
    """As after a table was restored from another backup than the rest."""
    (file,) = folder.glob("*.db")
    with closing(sqlite3.connect(file)) as behind, behind:
        behind.executemany("DELETE FROM keys WHERE subject = ?", [(a_case(number).id,) for number in numbers])


@pytest.mark.parametrize("many", [1, 14])
async def test_cases_that_do_not_open_are_red_and_named(tmp_path: Path, many: int) -> None:
    key = new_key()
    store = await real_store(tmp_path, DIRECTORY, key)
    await keep(store, *map(a_case, range(1, 20)))
    await store.close()
    (file,) = await asyncio.to_thread(lambda: list(tmp_path.glob("*.db")))
    await asyncio.to_thread(file.rename, tmp_path / "signpost.db")
    assert [one["code"] for one in await found(tmp_path, key)] == ["database_good"]

    without_their_keys(tmp_path, *range(1, many + 1))
    good, cases = await found(tmp_path, key)

    assert (good["code"], cases["code"], cases["state"]) == ("database_good", "cases_unreadable", "red")
    assert cases["found"].startswith(f"{many} cannot be opened by anybody")
    assert a_case(1).reference in cases["found"]
    assert a_case(19).reference not in cases["found"]
    assert (" and 4 more" in cases["found"]) == (many == 14)
    assert "SIGNPOST_KEYS" in cases["do"]
