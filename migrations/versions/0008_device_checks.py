"""The newest check of each person's camera, microphone and line."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the database forward."""
    op.create_table(
        "device_checks",
        sa.Column("person_id", sa.String(length=80), nullable=False),
        sa.Column("at", sa.String(length=27), nullable=False),
        sa.Column("grade", sa.String(length=8), nullable=False, comment="ok, weak or bad"),
        sa.Column(
            "findings", sa.Text(), nullable=False, comment="what was found, codes by space, the worst first"
        ),
        sa.Column("figures", sa.Text(), nullable=False, comment="what was measured, JSON"),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["persons.id"],
            name=op.f("fk_device_checks_person_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_device_checks")),
    )


def downgrade() -> None:
    """Take it back."""
    op.drop_table("device_checks")
