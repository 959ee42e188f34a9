"""Which time a notice and a summons tell of, so that those of a meeting that is moved no longer count.

What is stored already is taken to tell of the time its meeting has in the register now.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

_OLD, _NEW = "uq_notices_meeting_id_kind_scope", "uq_notices_meeting_id_kind_scope_tells_of"
_NOTICES = sa.table("notices", *map(sa.column, ("id", "meeting_id", "kind", "scope", "tells_of")))
_SENT = sa.table("summons_sent", *map(sa.column, ("meeting_id", "tells_of")))
_MEETINGS = sa.table("meetings", *map(sa.column, ("id", "local_start")))
_POSTINGS = sa.table(
    "notice_postings",
    *map(
        sa.column,
        (
            "notice_id",
            "organisation",
            "posted_on",
            "posted_by",
            "posted_at",
            "removed_on",
            "removed_by",
            "removed_at",
        ),
    ),
)


def _tells_of() -> sa.Column[str]:
    return sa.Column(
        "tells_of",
        sa.String(length=25),
        nullable=False,
        server_default="",
        comment="when the meeting was to begin, with Swedish offset; empty for what tells of no meeting",
    )


def upgrade() -> None:
    """Bring the database forward."""
    postings = _taken_aside()
    with op.batch_alter_table("notices") as notices:
        notices.add_column(_tells_of())
        notices.drop_constraint(_OLD, type_="unique")
        notices.create_unique_constraint(_NEW, ["meeting_id", "kind", "scope", "tells_of"])
    _put_back(postings)
    op.add_column("summons_sent", _tells_of())
    for table in (_NOTICES, _SENT):
        start = (
            sa.select(_MEETINGS.c.local_start).where(_MEETINGS.c.id == table.c.meeting_id).scalar_subquery()
        )
        change = sa.update(table).values(tells_of=sa.func.coalesce(start, ""))
        if table is _NOTICES:
            change = change.where(_NOTICES.c.kind.in_(("assembly_meeting", "committee_meeting")))
        op.execute(change)


def downgrade() -> None:
    """Take it back; of a meeting's notices only the last can stay."""
    connection = op.get_bind()
    n = _NOTICES.c
    last = sa.select(sa.func.max(n.id)).group_by(n.meeting_id, n.kind, n.scope)
    kept = list(connection.execute(last).scalars())
    connection.execute(sa.delete(_POSTINGS).where(_POSTINGS.c.notice_id.not_in(kept)))
    connection.execute(sa.delete(_NOTICES).where(n.id.not_in(kept)))
    with op.batch_alter_table("summons_sent") as sent:
        sent.drop_column("tells_of")
    postings = _taken_aside()
    with op.batch_alter_table("notices") as notices:
        notices.drop_constraint(_NEW, type_="unique")
        notices.create_unique_constraint(_OLD, ["meeting_id", "kind", "scope"])
        notices.drop_column("tells_of")
    _put_back(postings)


def _taken_aside() -> list[dict[str, object]]:
    """SQLite writes a changed table anew, which rows that refer to it forbid: they wait meanwhile."""
    connection = op.get_bind()
    if connection.dialect.name != "sqlite":
        return []
    rows = [dict(row) for row in connection.execute(sa.select(_POSTINGS)).mappings()]
    connection.execute(sa.delete(_POSTINGS))
    return rows


def _put_back(rows: list[dict[str, object]]) -> None:
    if rows:
        op.get_bind().execute(sa.insert(_POSTINGS), rows)
