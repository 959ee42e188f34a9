"""What few bodies, meetings and matters have, and on what ground somebody attends."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

_TABLES = ("bodies", "meetings", "matters")


def upgrade() -> None:
    """Bring the database forward."""
    for table in _TABLES:
        comment = "JSON object: what few of them have; null when none"
        op.add_column(table, sa.Column("particulars", sa.Text(), nullable=True, comment=comment))
    ground = sa.Column(
        "attends", sa.String(length=20), nullable=True, comment="on what ground an attendee may be there"
    )
    op.add_column("meeting_officials", ground)


def downgrade() -> None:
    """Take it back."""
    with op.batch_alter_table("meeting_officials") as officials:
        officials.drop_column("attends")
    for table in _TABLES:
        with op.batch_alter_table(table) as altered:
            altered.drop_column("particulars")
