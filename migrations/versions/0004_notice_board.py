"""The notice board: notices, and when each has been up and where."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the database forward."""
    op.create_table(
        "notices",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column(
            "organisation", sa.Text(), nullable=False, comment="whose own notice board it was posted on first"
        ),
        sa.Column(
            "meeting_id",
            sa.String(length=80),
            nullable=False,
            comment="no foreign key: a notice outlives its register",
        ),
        sa.Column(
            "scope",
            sa.String(length=80),
            nullable=False,
            comment="meeting, minutes, a matter, or a number of its own",
        ),
        sa.Column("kind", sa.String(length=40), nullable=False, comment="a Posting of law/posting.py"),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column(
            "contents", sa.Text(), nullable=False, comment="JSON {facts, matters, text}: as it was posted"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notices")),
        sa.UniqueConstraint("meeting_id", "kind", "scope", name=op.f("uq_notices_meeting_id_kind_scope")),
    )
    op.create_table(
        "notice_postings",
        sa.Column("notice_id", sa.Integer(), nullable=False),
        sa.Column(
            "organisation",
            sa.Text(),
            nullable=False,
            comment="the municipality whose notice board it stands on",
        ),
        sa.Column(
            "posted_on",
            sa.String(length=10),
            nullable=False,
            comment="the day appeal time is counted from",
        ),
        sa.Column(
            "posted_by",
            sa.String(length=80),
            nullable=False,
            comment="person id: who posted it or recorded that it is up",
        ),
        sa.Column("posted_at", sa.String(length=27), nullable=False, comment="when that was done here"),
        sa.Column(
            "removed_on",
            sa.String(length=10),
            nullable=True,
            comment="the day it was taken down; null while it is up",
        ),
        sa.Column("removed_by", sa.String(length=80), nullable=True, comment="person id"),
        sa.Column("removed_at", sa.String(length=27), nullable=True),
        sa.ForeignKeyConstraint(["notice_id"], ["notices.id"], name=op.f("fk_notice_postings_notice_id")),
        sa.PrimaryKeyConstraint("notice_id", "organisation", name=op.f("pk_notice_postings")),
    )
    op.create_index(op.f("ix_notice_postings_removed_on"), "notice_postings", ["removed_on"])


def downgrade() -> None:
    """Take it back."""
    op.drop_index(op.f("ix_notice_postings_removed_on"), table_name="notice_postings")
    op.drop_table("notice_postings")
    op.drop_table("notices")
