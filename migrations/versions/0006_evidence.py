"""What was measured of those at a distance."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the database forward."""
    op.create_table(
        "evidence_minutes",
        sa.Column("meeting_id", sa.String(length=80), nullable=False, comment="the meeting"),
        sa.Column("person", sa.String(length=80), nullable=False, comment="person id"),
        sa.Column("minute", sa.String(length=27), nullable=False, comment="the minute's first moment"),
        sa.Column(
            "seconds",
            sa.LargeBinary(),
            nullable=False,
            comment="as `pack` packs them: JSON, deflated",
        ),
        sa.PrimaryKeyConstraint("meeting_id", "person", "minute", name=op.f("pk_evidence_minutes")),
    )
    op.create_table(
        "evidence",
        sa.Column("meeting_id", sa.String(length=80), nullable=False, comment="the meeting"),
        sa.Column("about", sa.Integer(), nullable=False, comment="seq of the decision in the log"),
        sa.Column("sha256", sa.String(length=64), nullable=False, comment="of data; the log has it too"),
        sa.Column(
            "data", sa.Text(), nullable=False, comment="canonical JSON, exactly the bytes that are hashed"
        ),
        sa.PrimaryKeyConstraint("meeting_id", "about", name=op.f("pk_evidence")),
    )


def downgrade() -> None:
    """Take it back."""
    op.drop_table("evidence")
    op.drop_table("evidence_minutes")
