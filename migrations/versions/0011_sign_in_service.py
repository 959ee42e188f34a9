"""Sign-in by the organisation's own service: who is whom there, and how each login was made."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the database forward."""
    op.create_table(
        "identities",
        sa.Column("issuer", sa.String(length=300), nullable=False, comment="the service, as it calls itself"),
        sa.Column(
            "subject_mac",
            sa.String(length=64),
            nullable=False,
            comment="HMAC of what the service calls the person; never in clear, it may be a personal number",
        ),
        sa.Column("person_id", sa.String(length=80), nullable=False),
        sa.Column("bound_by", sa.String(length=12), nullable=False, comment="invitation, address or own"),
        sa.Column("bound_at", sa.String(length=27), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["persons.id"], name=op.f("fk_identities_person_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("issuer", "subject_mac", name=op.f("pk_identities")),
        sa.UniqueConstraint("issuer", "person_id", name=op.f("uq_identities_issuer_person_id")),
    )
    assurance = sa.Column(
        "assurance", sa.String(length=300), nullable=True, comment="level the sign-in service stated (acr)"
    )
    op.add_column("logins", assurance)
    strong = sa.Column(
        "is_strong",
        sa.Boolean(),
        nullable=False,
        server_default=sa.false(),
        comment="whether that level counts as e-legitimation",
    )
    op.add_column("logins", strong)


def downgrade() -> None:
    """Take it back."""
    with op.batch_alter_table("logins") as logins:
        logins.drop_column("is_strong")
        logins.drop_column("assurance")
    op.drop_table("identities")
