"""The ballot box and the sealed numbers of drawings."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the database forward."""
    op.create_table(
        "ballots",
        sa.Column(
            "key", sa.String(length=32), nullable=False, comment="random, anew whenever a ballot comes"
        ),
        sa.Column("meeting_id", sa.String(length=80), nullable=False),
        sa.Column(
            "ballot", sa.String(length=80), nullable=False, comment="m4-b1: the closed ballot it belongs to"
        ),
        sa.Column(
            "choices", sa.Text(), nullable=False, comment="JSON list of nominations; empty for a blank one"
        ),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_ballots")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "ballot_codes",
        sa.Column(
            "key", sa.String(length=32), nullable=False, comment="random, anew whenever a ballot comes"
        ),
        sa.Column("meeting_id", sa.String(length=80), nullable=False),
        sa.Column("ballot", sa.String(length=80), nullable=False, comment="as in ballots"),
        sa.Column(
            "code",
            sa.String(length=9),
            nullable=False,
            comment="made by the voter's device; joined to no choice",
        ),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_ballot_codes")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "draws",
        sa.Column("meeting_id", sa.String(length=80), nullable=False),
        sa.Column("draw", sa.String(length=80), nullable=False, comment="m4-b1-l1: the drawing of lots"),
        sa.Column(
            "secret", sa.Integer(), nullable=False, comment="the sealed number, until the seal is broken"
        ),
        sa.Column(
            "nonce",
            sa.String(length=32),
            nullable=False,
            comment="what makes the seal impossible to guess",
        ),
        sa.PrimaryKeyConstraint("meeting_id", "draw", name=op.f("pk_draws")),
    )


def downgrade() -> None:
    """Take it back."""
    op.drop_table("draws")
    op.drop_table("ballot_codes")
    op.drop_table("ballots")
