"""Interpreters among the equipment: where what a piece publishes goes, and in which language."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

_FEEDS = "where what it publishes goes: hall, sign or channel; null when it plays"
_LANGUAGE = "of a spoken channel; null for all else"


def upgrade() -> None:
    """Bring the database forward; what has published until now feeds the hall."""
    op.add_column("equipment", sa.Column("feeds", sa.String(length=8), nullable=True, comment=_FEEDS))
    op.add_column("equipment", sa.Column("language", sa.String(length=30), nullable=True, comment=_LANGUAGE))
    op.execute("UPDATE equipment SET feeds = 'hall' WHERE plays IS NULL")


def downgrade() -> None:
    """Take it back, the interpreters' keys too: without the columns they would feed the hall."""
    op.execute("DELETE FROM equipment WHERE feeds IN ('sign', 'channel')")
    with op.batch_alter_table("equipment") as altered:
        altered.drop_column("language")
        altered.drop_column("feeds")
