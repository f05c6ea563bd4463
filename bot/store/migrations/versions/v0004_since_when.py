"""Since when a message has waited, and of which case a draft is an update."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the columns. A replica of the release before, which may still run, leaves both empty."""
    op.add_column("outbox", sa.Column("first_due", sa.DateTime(timezone=True), nullable=True))
    op.add_column("drafts", sa.Column("case_id", sa.String(80), nullable=True))
    # Of what was tried already, `due` says when it is tried next.
    op.execute(
        "UPDATE outbox SET first_due = CASE WHEN attempts > 0 THEN made_at ELSE due END "
        "WHERE state IN ('queued', 'sending')"
    )
