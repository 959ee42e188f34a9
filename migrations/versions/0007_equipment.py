"""Hall equipment with tokens of its own."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the database forward."""
    op.create_table(
        "equipment",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column(
            "meeting_id",
            sa.String(length=80),
            nullable=False,
            comment="no foreign key: who fed the hall is kept",
        ),
        sa.Column(
            "label", sa.String(length=80), nullable=False, comment="what it is called, by whoever let it in"
        ),
        sa.Column(
            "plays", sa.String(length=8), nullable=True, comment="the slot it is sent; null when it publishes"
        ),
        sa.Column("token_hash", sa.LargeBinary(length=32), nullable=False, comment="SHA-256 of the token"),
        sa.Column("made_by", sa.String(length=80), nullable=False, comment="person id"),
        sa.Column("made_at", sa.String(length=27), nullable=False),
        sa.Column("revoked_at", sa.String(length=27), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_equipment")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_equipment_token_hash")),
    )
    op.create_index(op.f("ix_equipment_meeting_id"), "equipment", ["meeting_id"])


def downgrade() -> None:
    """Take it back."""
    op.drop_index(op.f("ix_equipment_meeting_id"), table_name="equipment")
    op.drop_table("equipment")
