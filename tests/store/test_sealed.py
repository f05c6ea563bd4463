"""At rest: whoever has the database in hand reads nothing of a case and cannot pass one value off as another."""

# ruff: noqa: S608 - the statements here are what somebody with the database in hand would type
from __future__ import annotations

import base64
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

import pytest

from bot.store.tables import metadata
from bot.store.vault import Unreadable, new_key
from tests.store.databases import fresh_sqlite
from tests.store.given import (
    DEPUTY,
    FACTS,
    KEY,
    LEAD,
    SENTINEL,
    TEACHER,
    a_case,
    a_fresh_draft,
    a_notice,
    a_version,
    keep,
    opened,
    sql,
)

if TYPE_CHECKING:
    from bot.store.store import Store
    from handlers.ports import Work

MARKS = (
    SENTINEL,
    "image_under_18",
    "device_in_school",
    "england-2024",
    "in_danger_now",
    "what was warned about",
    str(DEPUTY),
)


async def fill(store: Store) -> None:
    """Put a mark into everything that is sealed, and drop, change and finish some of it."""
    await keep(
        store,
        a_fresh_draft(1, answers={"harm_now": "in_danger_now"}),
        a_fresh_draft(2),
        a_case(1),
        a_case(2),
        a_notice(),
    )

    def change(work: Work) -> None:
        work.drop_draft(a_fresh_draft(2).id)
        work.keep_draft(a_fresh_draft(1, rev=8, notes=f"{SENTINEL} again"))
        work.keep_case(a_case(versions=(a_version(), a_version(2, notes=f"{SENTINEL} more"))))
        work.record("case.opened", by=LEAD, case=a_case().id)
        work.apply("key", "page/2", work.digest({"notes": SENTINEL}))

    await store.run(change)


def files(folder: Path) -> list[Path]:
    return list(folder.iterdir())


def hits(data: bytes) -> list[str]:
    """The marks that stand in some bytes, plain or in an encoding that somebody may have used."""
    found = []
    for mark in MARKS:
        plain = mark.encode()
        shifts = [base64.b64encode(b"\0" * shift + plain)[4:-4] for shift in range(3)]
        ways = (
            plain,
            mark.encode("utf-16-le"),
            mark.encode("utf-16-be"),
            quote(mark).encode(),
            plain.hex().encode(),
            *shifts,
        )
        found += [f"{mark} as {way!r}" for way in ways if way in data]
    return found


async def test_no_mark_stands_in_the_file_its_journal_or_its_index(tmp_path: Path) -> None:
    """SR-27, SR-28."""
    store = await opened(fresh_sqlite(tmp_path))
    await fill(store)
    read = [path.name for path in files(tmp_path) if not hits(path.read_bytes())]
    assert sorted(read) == ["signpost.db", "signpost.db-shm", "signpost.db-wal"]
    assert (tmp_path / "signpost.db-wal").stat().st_size > 50_000
    await store.close()
    assert hits((tmp_path / "signpost.db").read_bytes()) == []
    assert hits(f"xx{SENTINEL}".encode()), "the search finds what is there"
    assert hits(base64.b64encode(f"some words and {SENTINEL} and more".encode()))


async def test_no_mark_stands_in_a_dump_of_the_server(postgres_url: str) -> None:
    """SR-27, SR-28."""
    store = await opened(postgres_url)
    await fill(store)
    tables = await sql(postgres_url, "SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
    assert len(tables) == len(metadata.tables) + 1
    for (table,) in tables:
        rows = await sql(postgres_url, f"SELECT * FROM {table}")
        data = b"".join(part if isinstance(part, bytes) else str(part).encode() for row in rows for part in row)
        assert hits(data) == [], table
    await store.close()


async def test_a_short_answer_and_a_long_one_take_the_same_room(store: Store, database_url: str) -> None:
    short, long = FACTS.with_answers({"harm_now": "no"}), FACTS.with_answers({"harm_now": "in_danger_now"})
    await keep(store, a_case(1, versions=(a_version(facts=short),)), a_case(2, versions=(a_version(facts=long),)))
    (one, other) = await sql(database_url, "SELECT length(sealed) FROM versions")
    assert one == other


OTHER_CASE = "(SELECT sealed FROM versions v WHERE v.case_id = '{two}' AND v.number = 1)"
OTHER_VERSION = "(SELECT sealed FROM versions v WHERE v.case_id = '{one}' AND v.number = 2)"


@pytest.mark.parametrize(
    "statement",
    [
        f"UPDATE versions SET sealed = {OTHER_CASE} WHERE case_id = '{{one}}' AND number = 1",
        f"UPDATE versions SET sealed = {OTHER_VERSION} WHERE case_id = '{{one}}' AND number = 1",
        f"UPDATE cases SET sealed = {OTHER_VERSION} WHERE id = '{{one}}'",
        "UPDATE cases SET sealed = (SELECT sealed FROM cases c WHERE c.id = '{two}') WHERE id = '{one}'",
        "UPDATE cases SET site = 'southside' WHERE id = '{one}'",
        "UPDATE cases SET writes = writes + 1 WHERE id = '{one}'",
        "UPDATE keys SET wrapped = (SELECT wrapped FROM keys k WHERE k.subject = '{two}') WHERE subject = '{one}'",
        "UPDATE cases SET sealed = {flip} WHERE id = '{one}'",
        "UPDATE versions SET sealed = {flip} WHERE case_id = '{one}' AND number = 2",
        "UPDATE keys SET wrapped = {flip_key} WHERE subject = '{one}'",
    ],
)
async def test_a_value_that_was_swapped_moved_or_changed_does_not_open(
    store: Store, database_url: str, statement: str
) -> None:
    """SR-28."""
    await keep(store, a_case(1, versions=(a_version(1), a_version(2))), a_case(2))
    lite = database_url.startswith("sqlite")
    names = {
        "one": a_case(1).id,
        "two": a_case(2).id,
        "flip": "zeroblob(length(sealed))" if lite else "set_bit(sealed, 200, 1 - get_bit(sealed, 200))",
        "flip_key": "zeroblob(length(wrapped))" if lite else "set_bit(wrapped, 300, 1 - get_bit(wrapped, 300))",
    }
    await sql(database_url, statement.format(**names))
    with pytest.raises(Unreadable) as raised:
        await store.run(lambda work: work.case(a_case(1).id))
    assert hits(str(raised.value).encode()) == []
    listed = await store.read(lambda work: work.cases_at(["northside", "southside"], 9))
    assert listed == (a_case(2),), "it is in no list, and the other case is as it was"


async def test_an_old_value_put_back_does_not_open(store: Store, database_url: str) -> None:
    """SR-28."""
    await keep(store, a_fresh_draft(), a_case())
    await sql(
        database_url, "CREATE TABLE old_drafts AS SELECT * FROM drafts", "CREATE TABLE old_cases AS SELECT * FROM cases"
    )
    await keep(store, a_fresh_draft(), replace(a_case(), left_out=()))
    for table in ("drafts", "cases"):
        put_back = f"UPDATE {table} SET sealed = (SELECT sealed FROM old_{table})"
        await sql(database_url, put_back)
    for look in (lambda work: work.draft(a_fresh_draft().id), lambda work: work.case(a_case().id)):
        with pytest.raises(Unreadable):
            await store.run(look)


async def test_with_other_keys_nothing_opens_and_the_store_says_so_before_anyone_types(
    store: Store, database_url: str
) -> None:
    await fill(store)
    stranger = await opened(database_url, keys=new_key())
    with pytest.raises(Unreadable, match="put it back"):
        await stranger.ping()
    for look in (lambda work: work.draft(a_fresh_draft().id), lambda work: work.case(a_case().id)):
        with pytest.raises(Unreadable):
            await stranger.run(look)
    assert await stranger.run(lambda work: work.cases_raised_by([TEACHER], 9)) == ()
    await stranger.close()
    owner = await opened(database_url, keys=f"{new_key()},{KEY}")
    await owner.ping()
    assert await owner.run(lambda work: work.case(a_case(2).id)) == a_case(2)
    await owner.close()
