"""Which archive packages have been made of a meeting, and what a seal lacks that was asked for."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the database forward."""
    op.add_column(
        "sealed_documents",
        sa.Column(
            "shortfall",
            sa.Text(),
            nullable=True,
            comment="what the seal was to have and has not, in Swedish; null for nothing",
        ),
    )
    op.create_table(
        "archive_packages",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column(
            "meeting_id",
            sa.String(length=80),
            nullable=False,
            comment="no foreign key: the record outlives the register",
        ),
        sa.Column(
            "contents",
            sa.String(length=64),
            nullable=False,
            comment="SHA-256 over what went into the package, without when and by whom",
        ),
        sa.Column("sha256", sa.String(length=64), nullable=False, comment="of the package as a file"),
        sa.Column("size", sa.Integer(), nullable=False, comment="bytes"),
        sa.Column("files", sa.Integer(), nullable=False, comment="how many files it holds"),
        sa.Column(
            "made_by",
            sa.String(length=80),
            nullable=False,
            comment="person id, or klubban: the command line",
        ),
        sa.Column("made_at", sa.String(length=27), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_archive_packages")),
        sa.UniqueConstraint("meeting_id", "contents", name=op.f("uq_archive_packages_meeting_id_contents")),
    )


def downgrade() -> None:
    """Take it back."""
    op.drop_table("archive_packages")
    with op.batch_alter_table("sealed_documents") as table:
        table.drop_column("shortfall")
