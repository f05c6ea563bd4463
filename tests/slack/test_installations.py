"""What is kept of an installation: sealed for its workspace, with a key that ends with it, audited, counted once."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator

import pytest
from sqlalchemy import text

from bot.slack.arrived import Us
from bot.slack.grant import Grant
from bot.store.installations import Installations
from bot.store.rotate import rotate_keys
from bot.store.store import Store
from bot.store.vault import Unreadable, new_key
from handlers.people import Account
from handlers.ports import Delivery
from tests.store.databases import database_url, postgres_url, sqlite_url  # noqa: F401  # fixtures
from tests.store.given import KEY, opened, sql

ADMIN = Account("slack", "T1", "U9")


@pytest.fixture
async def store(database_url: str) -> AsyncIterator[Store]:  # noqa: F811
    made = await opened(database_url)
    yield made
    await made.close()


@pytest.fixture
def kept(store: Store) -> Installations:
    return Installations(store)


async def secret_of(kept: Installations, org: str) -> str:
    found = await kept.of(org)
    assert found is not None
    return found.secret


async def test_what_is_kept_is_found_again_until_it_is_forgotten(kept: Installations) -> None:
    await kept.keep("slack:T1", "xoxb-1", ADMIN)
    await kept.keep("slack:T2", "xoxb-2", None)

    assert [await secret_of(kept, org) for org in await kept.all()] == ["xoxb-1", "xoxb-2"]
    assert (await kept.forget("slack:T1"), await kept.forget("slack:T1")) == (True, False)
    assert await kept.of("slack:T1") is None
    assert set(await kept.all()) == {"slack:T2"}


async def test_a_newer_one_takes_its_place_and_ends_its_key(
    kept: Installations,
    database_url: str,  # noqa: F811
) -> None:
    await kept.keep("slack:T1", "xoxb-1", ADMIN)
    ((earlier,),) = await sql(database_url, "SELECT sealed FROM installations")
    since = (await kept.all())["slack:T1"]
    await kept.keep("slack:T1", "xoxb-2", ADMIN)

    assert await secret_of(kept, "slack:T1") == "xoxb-2"
    assert (await kept.all())["slack:T1"] > since
    await _put(kept, "slack:T1", bytes(earlier))
    with pytest.raises(Unreadable):
        await kept.of("slack:T1")


async def test_one_workspaces_token_does_not_open_as_anothers(kept: Installations, database_url: str) -> None:  # noqa: F811  # SR-28
    await kept.keep("slack:T1", "xoxb-1", ADMIN)
    await kept.keep("slack:T2", "xoxb-2", ADMIN)
    ((theirs,),) = await sql(database_url, "SELECT sealed FROM installations WHERE org = 'slack:T2'")

    await _put(kept, "slack:T1", bytes(theirs))

    with pytest.raises(Unreadable):
        await kept.of("slack:T1")


async def _put(kept: Installations, org: str, sealed: bytes) -> None:
    statement = text("UPDATE installations SET sealed = :sealed WHERE org = :org")
    await kept._store.transact(lambda session: session.run(statement, {"sealed": sealed, "org": org}))


async def test_neither_another_key_nor_none_opens_it(kept: Installations, database_url: str) -> None:  # noqa: F811
    await kept.keep("slack:T1", "xoxb-1", ADMIN)
    other = await opened(database_url, keys=new_key())

    with pytest.raises(Unreadable):
        await Installations(other).of("slack:T1")
    await other.close()


async def test_a_new_key_reaches_it_and_then_the_old_one_may_go(kept: Installations, database_url: str) -> None:  # noqa: F811
    await kept.keep("slack:T1", "xoxb-1", ADMIN)
    newest = new_key()
    both = await opened(database_url, keys=f"{newest},{KEY}")
    await rotate_keys(both)
    await both.close()

    alone = await opened(database_url, keys=newest)
    assert await secret_of(Installations(alone), "slack:T1") == "xoxb-1"
    await alone.close()


async def test_who_installed_and_that_it_went_is_audited(kept: Installations, database_url: str) -> None:  # noqa: F811  # SR-36
    await kept.keep("slack:T1", "xoxb-1", ADMIN)
    await kept.forget("slack:T1")
    await kept.forget("slack:T1")

    rows = await sql(database_url, "SELECT event, by_account, detail FROM audit ORDER BY number")
    assert [tuple(row) for row in rows] == [
        ("workspace.installed", "slack:T1/U9", '{"workspace":"slack:T1"}'),
        ("workspace.removed", "", '{"workspace":"slack:T1"}'),
    ]


async def test_of_fifty_who_show_the_same_text_at_once_one_is_the_first(
    kept: Installations,
    database_url: str,  # noqa: F811
) -> None:
    other = await opened(database_url)
    replicas = (kept, Installations(other))

    said = await asyncio.gather(*(replicas[number % 2].first_use("a state") for number in range(50)))

    assert said.count(True) == 1
    assert await kept.first_use("another")
    await other.close()


async def test_installations_at_the_same_moment_leave_one_that_opens(kept: Installations) -> None:
    await asyncio.gather(*(kept.keep("slack:T1", f"xoxb-{number}", ADMIN) for number in range(3)))

    assert (await secret_of(kept, "slack:T1")).startswith("xoxb-")


async def test_what_waited_for_the_workspace_is_due_at_once_and_nothing_else(
    kept: Installations,
    store: Store,
    database_url: str,  # noqa: F811
) -> None:
    for org in ("T1", "T2"):
        delivery = Delivery("lead_notice", Account("slack", org, "U2"))
        await store.run(lambda work, what=delivery: work.enqueue(what))  # type: ignore[misc]
    await sql(database_url, "UPDATE outbox SET why = 'not_configured', due = '2999-01-01 00:00:00.000000'")

    await kept.keep("slack:T1", "xoxb-1", ADMIN)

    rows = await sql(database_url, "SELECT recipient FROM outbox WHERE due < '2998-01-01 00:00:00.000000'")
    assert [row[0] for row in rows] == ["slack:T1/U2"]


def test_a_grant_is_read_as_it_was_written_and_never_printed() -> None:
    grant = Grant(Us("T1", "UBOT", "B1", "E1"), "xoxb-1", "School T1")

    assert Grant.read(grant.written()) == grant
    assert "xoxb" not in repr(grant)


@pytest.mark.parametrize("kept", ["", "[]", "{}", json.dumps({"team": "T1"}), json.dumps({"team": 1})])
def test_what_is_no_grant_is_said(kept: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        Grant.read(kept)
