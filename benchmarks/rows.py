"""Whether everything that was answered is in the database, and nothing else. If not: Void."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path

from benchmarks.drafts import Draft
from benchmarks.figures import Void


def count(database: Path, drafts: Iterable[Draft], reported: Iterable[Draft] = ()) -> None:
    """The file of a stopped Signpost holds each draft with its key, and a delivered case for each report."""
    wanted, cases = {draft.id for draft in drafts}, {draft.id for draft in reported}
    with closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True)) as connection:
        kept = _texts(connection, "SELECT id FROM drafts")
        keys = _texts(connection, "SELECT subject FROM keys")
        raised = _number(connection, "SELECT count(*) FROM cases")
        told = _number(connection, "SELECT count(*) FROM outbox WHERE state = 'sent'")
    if lost := wanted - kept:
        raise Void(f"{len(lost)} of {len(wanted)} drafts that were answered are not in the database")
    if more := kept - wanted:
        raise Void(f"the database holds {len(more)} drafts that nobody sent")
    if not wanted <= keys:
        raise Void("drafts are in the database without their key")
    if raised != len(cases) or told < 2 * len(cases):
        raise Void(f"{raised} cases and {told} messages for {len(cases)} reports")


def _texts(connection: sqlite3.Connection, query: str) -> set[str]:
    return {str(row[0]) for row in connection.execute(query)}


def _number(connection: sqlite3.Connection, query: str) -> int:
    return int(connection.execute(query).fetchone()[0])
