"""The media processes with their heartbeats, and where each room is."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the database forward."""
    op.create_table(
        "media_nodes",
        sa.Column("name", sa.String(length=200), nullable=False, comment="host and socket, or host:port"),
        sa.Column(
            "address", sa.String(length=200), nullable=False, comment="addresses browsers are told, by space"
        ),
        sa.Column("udp_port", sa.Integer(), nullable=False),
        sa.Column("pid", sa.Integer(), nullable=False),
        sa.Column("core", sa.String(length=200), nullable=False, comment="the web node it is connected to"),
        sa.Column("seen_at", sa.String(length=27), nullable=False, comment="the latest heartbeat"),
        sa.Column("peers", sa.Integer(), nullable=False, comment="connected or connecting"),
        sa.Column(
            "late_ms", sa.Float(), nullable=False, comment="its event loop, the longest in the last second"
        ),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_media_nodes")),
    )
    op.create_table(
        "media_placements",
        sa.Column(
            "room", sa.String(length=80), nullable=False, comment="the meeting, or a check; no foreign key"
        ),
        sa.Column("node", sa.String(length=200), nullable=False, comment="name in media_nodes"),
        sa.Column("since", sa.String(length=27), nullable=False, comment="when it was placed or moved there"),
        sa.PrimaryKeyConstraint("room", name=op.f("pk_media_placements")),
    )


def downgrade() -> None:
    """Take it back."""
    op.drop_table("media_placements")
    op.drop_table("media_nodes")
