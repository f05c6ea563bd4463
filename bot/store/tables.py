"""The tables. Clear columns hold ids, states, accounts, times and numbers; everything else is sealed.

Times are UTC. A change here needs a migration in `migrations/versions`: a test compares the two.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import (
    BigInteger,
    Column,
    DateTime,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    text,
)


class Utc(DateTime):
    """A moment in UTC: `timestamptz` on PostgreSQL, text that sorts on SQLite (see `statements`)."""

    def __init__(self) -> None:
        super().__init__(timezone=True)


_NAMES = {"ix": "ix_%(table_name)s_%(column_0_N_name)s", "uq": "uq_%(table_name)s_%(column_0_N_name)s"}
metadata = MetaData(naming_convention={**_NAMES, "pk": "pk_%(table_name)s", "fk": "fk_%(table_name)s"})

OPEN_CASE = text("state NOT IN ('closed', 'erased')")
"""The condition of the index of open cases, word for word: with values bound the index would not be used."""
UNSENT = text("state IN ('queued', 'sending')")
"""The condition of the index of deliveries that are still to be made."""


def _id(name: str = "id", *args: Any, **kwargs: Any) -> Column[str]:  # noqa: ANN401 - handed to Column as they are
    return Column(name, String(80), *args, nullable=False, **kwargs)


def _account(name: str) -> Column[str]:
    return Column(name, String(200), nullable=False)


def _time(name: str, *, nullable: bool = False) -> Column[datetime]:
    return Column(name, Utc, nullable=nullable)


def _number(name: str) -> Column[int]:
    return Column(name, Integer, nullable=False)


def _word(name: str, length: int = 40) -> Column[str]:
    return Column(name, String(length), nullable=False)


keys = Table(
    "keys",
    metadata,
    _id("subject", primary_key=True),  # a draft, a case, or "digest"
    _word("key_id"),
    Column("wrapped", LargeBinary, nullable=False),
    _time("made_at"),
    sqlite_with_rowid=False,  # one page less to write for each row
)

drafts = Table(
    "drafts",
    metadata,
    _id(primary_key=True),
    _account("owner"),
    _word("site", 80),
    _number("rev"),
    _time("saved_at"),
    Column("case_id", String(80)),  # of which case it is an update: it goes with that; NULL in earlier releases' rows
    _number("writes"),  # how often it was written: what is sealed is bound to this
    Column("sealed", LargeBinary, nullable=False),
    Index(None, "owner", "saved_at"),
)

cases = Table(
    "cases",
    metadata,
    _id(primary_key=True),
    Column("reference", String(20), nullable=False, unique=True),
    _word("site", 80),
    _word("state"),
    _account("raised_by"),
    _time("raised_at"),
    _time("opened_at", nullable=True),
    _time("asked_at", nullable=True),
    _number("writes"),
    Column("sealed", LargeBinary, nullable=False),
)
_NEWEST_FIRST = (cases.c.raised_at.desc(), cases.c.id)
# On PostgreSQL these are partial too, as the migrations make them: to say so here would load its dialect on SQLite.
Index("ix_cases_open", cases.c.site, *_NEWEST_FIRST, sqlite_where=OPEN_CASE)
Index("ix_cases_raised_by", cases.c.raised_by, *_NEWEST_FIRST, sqlite_where=OPEN_CASE)

versions = Table(
    "versions",
    metadata,
    _id("case_id", ForeignKey("cases.id"), primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    _account("made_by"),
    _time("made_at"),
    Column("sealed", LargeBinary, nullable=False),
)

audit = Table(
    "audit",
    metadata,
    Column("number", BigInteger, primary_key=True, autoincrement=False),
    _word("previous", 64),
    _id("case_id"),
    _number("case_number"),
    _word("case_previous", 64),
    _time("at"),
    _word("event", 80),
    _account("by_account"),
    _word("site", 80),
    Column("detail", Text, nullable=False),
    _word("hash", 64),
    Index(None, "case_id", "number"),
)

audit_head = Table(
    "audit_head",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),  # one row, locked by whoever adds an entry
    Column("number", BigInteger, nullable=False),
    _word("hash", 64),
)

applied = Table(
    "applied",
    metadata,
    Column("key", String(400), primary_key=True),
    _word("place", 400),
    _word("digest", 64),
    _time("at"),
    Index(None, "at"),
    sqlite_with_rowid=False,
)

outbox = Table(
    "outbox",
    metadata,
    Column("seq", BigInteger().with_variant(Integer, "sqlite"), primary_key=True, autoincrement=True),
    Column("id", String(80), nullable=False, unique=True),
    _id("case_id"),
    _word("kind"),
    _account("recipient"),
    _number("version"),
    _id("replaces"),
    _word("extra", 80),
    _word("state"),
    _time("due"),
    _time("lease", nullable=True),
    _word("owner", 80),
    _number("attempts"),
    Column("address", Text, nullable=True),
    _word("why", 80),
    _time("made_at"),
    _time("first_due", nullable=True),  # `due` moves with each attempt; NULL in rows of earlier releases
    Index(None, "case_id", "seq"),
)
Index("ix_outbox_due", outbox.c.due, outbox.c.seq, sqlite_where=UNSENT)  # as above

configured = Table(
    "configured",
    metadata,
    _id(primary_key=True),  # `site:northside`, or one of those named below
    _number("writes"),
    Column("sealed", LargeBinary, nullable=False),
)
"""What was set up in chat: a row for each site, and one each for `persons`, `admins` and ids that are `gone`. Beside it
what was found out: how contacts (`watched`), their channels' places (`blind`), leads (`not_members`) and groups that
lead (`announced`) stood, and what the file said when it was last read (`declared`)."""

configured_head = Table(
    "configured_head",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),  # one row
    Column("number", BigInteger, nullable=False),  # goes up with each change, so that other replicas notice
)

changes = Table(
    "changes",
    metadata,
    _id(primary_key=True),
    _time("at"),
    Column("sealed", LargeBinary, nullable=False),
    Index(None, "at"),
)
"""What was changed by whom: no case's."""

addresses = Table(
    "addresses",
    metadata,
    Column("account", String(200), primary_key=True),
    _id("org"),
    Column("service_url", Text, nullable=False),
    Column("conversation", Text, nullable=False),
    Column("person", Text, nullable=False),
    _time("at"),
    Index(None, "org", "at"),
)
"""Where people are reached in a personal conversation. Nothing about a case."""

installations = Table(
    "installations",
    metadata,
    _id("org", primary_key=True),
    _time("installed_at"),
    Column("sealed", LargeBinary, nullable=False),
)
"""Where the app was installed over OAuth (`slack:T1`)."""
