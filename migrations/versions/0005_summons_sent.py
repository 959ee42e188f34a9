"""Addresses, and the proof that summonses have been sent."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the database forward."""
    op.create_table(
        "addresses",
        sa.Column("person_id", sa.String(length=80), nullable=False),
        sa.Column("address", sa.Text(), nullable=False, comment="e-mail address summonses are sent to"),
        sa.ForeignKeyConstraint(
            ["person_id"], ["persons.id"], name=op.f("fk_addresses_person_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_addresses")),
    )
    op.create_table(
        "summons_sent",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column(
            "meeting_id",
            sa.String(length=80),
            nullable=False,
            comment="no foreign key: the proof outlives the register",
        ),
        sa.Column(
            "scope",
            sa.String(length=80),
            nullable=False,
            comment="meeting, or the urgent matter told of (5:15)",
        ),
        sa.Column(
            "person_id",
            sa.String(length=80),
            nullable=True,
            comment="whom the letter is to; null when everybody has been called",
        ),
        sa.Column(
            "address", sa.Text(), nullable=True, comment="where it was sent; null when it went another way"
        ),
        sa.Column(
            "accepted",
            sa.Boolean(),
            nullable=False,
            comment="the mail server took it, or a person says it went out",
        ),
        sa.Column(
            "answer", sa.Text(), nullable=False, comment="what the mail server said, or how it went out"
        ),
        sa.Column("sent_on", sa.String(length=10), nullable=False, comment="the Swedish date"),
        sa.Column("sent_by", sa.String(length=80), nullable=False, comment="person id"),
        sa.Column("at", sa.String(length=27), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_summons_sent")),
    )
    op.create_index(op.f("ix_summons_sent_meeting_id"), "summons_sent", ["meeting_id"])


def downgrade() -> None:
    """Take it back."""
    op.drop_index(op.f("ix_summons_sent_meeting_id"), table_name="summons_sent")
    op.drop_table("summons_sent")
    op.drop_table("addresses")
