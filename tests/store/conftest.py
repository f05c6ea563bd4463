"""Every test here that takes `store` runs on SQLite and on PostgreSQL."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.store import postgres
from tests.store.databases import database_url, empty_url, postgres_url, sqlite_url
from tests.store.given import Clock, opened

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from bot.store.store import Store

__all__ = ["database_url", "empty_url", "postgres_url", "sqlite_url"]


@pytest.fixture(autouse=True)
def _nobody_hurries(monkeypatch: pytest.MonkeyPatch) -> None:
    """PostgreSQL lets us wait for each other, however slow this machine is; `test_away` is about not waiting long."""
    monkeypatch.setattr(postgres, "_CONNECT_SECONDS", 60.0)
    monkeypatch.setattr(postgres, "_STATEMENT_SECONDS", 60.0)
    monkeypatch.setitem(postgres._SERVER, "lock_timeout", "60000")


@pytest.fixture
def clock() -> Clock:
    """A clock that a test moves by hand."""
    return Clock()


@pytest.fixture
async def store(database_url: str, clock: Clock) -> AsyncIterator[Store]:
    """An open store on a fresh database."""
    made = await opened(database_url, clock)
    yield made
    await made.close()
