"""The first tables, and the rule that an audit entry is never changed or removed."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

TIME = sa.DateTime(timezone=True)
BIG = sa.BigInteger()
OPEN_CASE = sa.text("state NOT IN ('closed', 'erased')")
UNSENT = sa.text("state IN ('queued', 'sending')")


def upgrade() -> None:
    """Make them."""
    _subjects()
    _cases()
    _audit()
    _guard_audit()
    _outbox()
    _addresses()


def _subjects() -> None:
    op.create_table(
        "keys",
        sa.Column("subject", sa.String(80), nullable=False),
        sa.Column("key_id", sa.String(40), nullable=False),
        sa.Column("wrapped", sa.LargeBinary(), nullable=False),
        sa.Column("made_at", TIME, nullable=False),
        sa.PrimaryKeyConstraint("subject", name="pk_keys"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "drafts",
        sa.Column("id", sa.String(80), nullable=False),
        sa.Column("owner", sa.String(200), nullable=False),
        sa.Column("site", sa.String(80), nullable=False),
        sa.Column("rev", sa.Integer(), nullable=False),
        sa.Column("saved_at", TIME, nullable=False),
        sa.Column("writes", sa.Integer(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_drafts"),
    )
    op.create_index("ix_drafts_owner_saved_at", "drafts", ["owner", "saved_at"])
    op.create_table(
        "applied",
        sa.Column("key", sa.String(400), nullable=False),
        sa.Column("place", sa.String(400), nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("at", TIME, nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_applied"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_applied_at", "applied", ["at"])


def _cases() -> None:
    op.create_table(
        "cases",
        sa.Column("id", sa.String(80), nullable=False),
        sa.Column("reference", sa.String(20), nullable=False),
        sa.Column("site", sa.String(80), nullable=False),
        sa.Column("state", sa.String(40), nullable=False),
        sa.Column("raised_by", sa.String(200), nullable=False),
        sa.Column("raised_at", TIME, nullable=False),
        sa.Column("opened_at", TIME, nullable=True),
        sa.Column("asked_at", TIME, nullable=True),
        sa.Column("writes", sa.Integer(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_cases"),
        sa.UniqueConstraint("reference", name="uq_cases_reference"),
    )
    for name, first in (("ix_cases_open", "site"), ("ix_cases_raised_by", "raised_by")):
        columns: list[sa.ColumnElement[str]] = [sa.column(first), sa.column("raised_at").desc(), sa.column("id")]
        op.create_index(name, "cases", columns, postgresql_where=OPEN_CASE, sqlite_where=OPEN_CASE)
    op.create_table(
        "versions",
        sa.Column("case_id", sa.String(80), nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("made_by", sa.String(200), nullable=False),
        sa.Column("made_at", TIME, nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("case_id", "number", name="pk_versions"),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name="fk_versions"),
    )


def _audit() -> None:
    op.create_table(
        "audit",
        sa.Column("number", BIG, autoincrement=False, nullable=False),
        sa.Column("previous", sa.String(64), nullable=False),
        sa.Column("case_id", sa.String(80), nullable=False),
        sa.Column("case_number", sa.Integer(), nullable=False),
        sa.Column("case_previous", sa.String(64), nullable=False),
        sa.Column("at", TIME, nullable=False),
        sa.Column("event", sa.String(80), nullable=False),
        sa.Column("by_account", sa.String(200), nullable=False),
        sa.Column("site", sa.String(80), nullable=False),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.Column("hash", sa.String(64), nullable=False),
        sa.PrimaryKeyConstraint("number", name="pk_audit"),
    )
    op.create_index("ix_audit_case_id_number", "audit", ["case_id", "number"])
    head = op.create_table(
        "audit_head",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("number", BIG, nullable=False),
        sa.Column("hash", sa.String(64), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_audit_head"),
    )
    op.bulk_insert(head, [{"id": 1, "number": 0, "hash": "0" * 64}])


def _guard_audit() -> None:
    """Deny changes to whoever works with this database as the application does, its owner included."""
    if op.get_bind().dialect.name == "sqlite":
        for verb in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER audit_no_{verb.lower()} BEFORE {verb} ON audit "
                "BEGIN SELECT RAISE(ABORT, 'an audit entry is never changed'); END"
            )
        return
    op.execute(
        "CREATE FUNCTION audit_is_kept() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION 'an audit entry is never changed' USING ERRCODE = '42501'; END $$"
    )
    op.execute(
        "CREATE TRIGGER audit_is_kept BEFORE UPDATE OR DELETE OR TRUNCATE ON audit "
        "FOR EACH STATEMENT EXECUTE FUNCTION audit_is_kept()"
    )
    op.execute("REVOKE UPDATE, DELETE, TRUNCATE ON audit FROM PUBLIC, CURRENT_USER")


def _outbox() -> None:
    op.create_table(
        "outbox",
        sa.Column("seq", BIG.with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("id", sa.String(80), nullable=False),
        sa.Column("case_id", sa.String(80), nullable=False),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("recipient", sa.String(200), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("replaces", sa.String(80), nullable=False),
        sa.Column("extra", sa.String(80), nullable=False),
        sa.Column("state", sa.String(40), nullable=False),
        sa.Column("due", TIME, nullable=False),
        sa.Column("lease", TIME, nullable=True),
        sa.Column("owner", sa.String(80), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("address", sa.Text(), nullable=True),
        sa.Column("why", sa.String(80), nullable=False),
        sa.Column("made_at", TIME, nullable=False),
        sa.PrimaryKeyConstraint("seq", name="pk_outbox"),
        sa.UniqueConstraint("id", name="uq_outbox_id"),
    )
    op.create_index("ix_outbox_due", "outbox", ["due", "seq"], postgresql_where=UNSENT, sqlite_where=UNSENT)
    op.create_index("ix_outbox_case_id_seq", "outbox", ["case_id", "seq"])


def _addresses() -> None:
    op.create_table(
        "addresses",
        sa.Column("account", sa.String(200), nullable=False),
        sa.Column("org", sa.String(80), nullable=False),
        sa.Column("service_url", sa.Text(), nullable=False),
        sa.Column("conversation", sa.Text(), nullable=False),
        sa.Column("person", sa.Text(), nullable=False),
        sa.Column("at", TIME, nullable=False),
        sa.PrimaryKeyConstraint("account", name="pk_addresses"),
    )
    op.create_index("ix_addresses_org_at", "addresses", ["org", "at"])
