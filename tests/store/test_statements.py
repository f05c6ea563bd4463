"""Statements: each can be run on both databases, and the ones that lists and the worker need go by an index."""

from __future__ import annotations

import importlib
import pkgutil
from datetime import timedelta

import pytest
from sqlalchemy import Select, bindparam, select
from sqlalchemy.sql.dml import UpdateBase

import bot.store
from bot.store import cases, drafts
from bot.store.outbox_sql import OutboxSql
from bot.store.statements import POSTGRESQL, SQLITE, Ready
from bot.store.tables import drafts as table
from tests.store.given import TEACHER, TUESDAY, a_case, a_notice, keep, opened, sql

MODULES = [
    importlib.import_module(f"bot.store.{module.name}")
    for module in pkgutil.iter_modules(bot.store.__path__)
    if module.name != "migrations"
]


def declared() -> list[object]:
    """Every statement that a module of the store declares, lists of two and of five included."""
    found = [value for module in MODULES for value in vars(module).values() if isinstance(value, Select | UpdateBase)]
    for made in (drafts._of, cases._raised_by, cases._at, cases._versions_of):
        found += [made(2), made(5)]
    for sql_ in (OutboxSql.by_caller(), OutboxSql.by_database()):
        found += [sql_.claim, sql_.renew, sql_.later, sql_.next_due]
    return found


@pytest.mark.parametrize("dialect", [SQLITE, POSTGRESQL])
def test_every_statement_is_complete_on_both_databases(dialect: str) -> None:
    statements = declared()
    assert len(statements) > 40
    for statement in statements:
        assert Ready(statement, dialect, ()).sql


def test_a_statement_whose_text_depends_on_its_values_is_refused() -> None:
    with pytest.raises(TypeError, match="one parameter each"):
        Ready(select(table).where(table.c.id.in_(bindparam("ids", expanding=True))), SQLITE, ())


async def test_a_schools_open_cases_and_what_is_due_are_found_by_an_index(sqlite_url: str) -> None:
    async def plan(statement: object) -> str:
        text = Ready(statement, SQLITE, ()).sql
        for value in ("'a'",) * text.count("?"):
            text = text.replace("?", value, 1)
        return str(await sql(sqlite_url, f"EXPLAIN QUERY PLAN {text}"))

    assert "ix_cases_open (site=?" in await plan(cases._at(1))
    assert "ix_cases_open (site=?" in await plan(cases._at(3))
    assert "ix_cases_raised_by (raised_by=?" in await plan(cases._raised_by(1))
    assert "USE TEMP B-TREE" not in await plan(cases._at(1))
    assert "ix_outbox_due (due<?" in await plan(OutboxSql.by_caller().claim)
    assert "ix_drafts_owner_saved_at (owner=? AND saved_at>?" in await plan(drafts._of(1))


async def test_on_a_server_too_they_go_by_an_index_when_there_are_many(postgres_url: str) -> None:
    store = await opened(postgres_url)
    await keep(store, a_case(), a_notice())
    await sql(
        postgres_url,
        "INSERT INTO cases SELECT 'c' || n, 'r' || n, 's' || n % 20, CASE WHEN n % 10 = 0 THEN 'recommended' ELSE "
        "'closed' END, raised_by, raised_at + n * interval '1 minute', NULL, NULL, 1, sealed "
        "FROM cases, generate_series(1, 20000) n",
        "INSERT INTO outbox (id, case_id, kind, recipient, version, replaces, extra, state, due, owner, attempts, why, "
        "made_at) SELECT 'd' || n, 'c' || n, kind, recipient, 1, '', '', 'sent', due, '', 1, '', made_at "
        "FROM outbox, generate_series(1, 20000) n",
        "INSERT INTO drafts SELECT 'd' || n, 'o' || n, 's', 1, now(), 1, '' FROM generate_series(1, 20000) n",
        "INSERT INTO keys SELECT 'c' || n, key_id, wrapped, made_at FROM keys, generate_series(1, 20000) n",
        "INSERT INTO audit SELECT 100 + n, previous, 'c' || n % 5000, n, previous, at, event, by_account, site, "
        "detail, hash FROM audit, generate_series(1, 20000) n",
        "ANALYZE",
    )

    async def plan(statement: object, **values: object) -> str:
        ready = Ready(statement, POSTGRESQL, ())
        text = ready.sql
        for place, value in reversed(list(enumerate(ready.values(values), 1))):
            text = text.replace(f"${place}", str(value) if isinstance(value, int) else f"'{value}'")
        return str(await sql(postgres_url, f"EXPLAIN {text}"))

    assert "ix_cases_open" in await plan(cases._at(1), site0="s10", most=20)
    assert "Sort" not in await plan(cases._at(1), site0="s10", most=20)
    assert "ix_cases_raised_by" in await plan(cases._raised_by(1), raiser0="nobody", most=20)
    assert "ix_outbox_due" in await plan(OutboxSql.by_database().claim, me="me", span=timedelta(seconds=10))
    assert "ix_drafts_owner_saved_at" in await plan(drafts._of(1), owner0=str(TEACHER), since=TUESDAY)
    await store.close()
