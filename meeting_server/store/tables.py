"""Every table of the installation, with what each column means. Changing one needs a migration (migrations/).

Instants are text, UTC with six decimals ("2026-11-21T17:05:00.000000Z"): the same on both databases and
in the hashed log, and text order is time order. Dates are "2026-11-21"; hashes SHA-256 in hex.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Column,
    Dialect,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    PrimaryKeyConstraint,
    String,
    Table,
    Text,
    TypeDecorator,
    UniqueConstraint,
    false,
)

from meeting_server.store.chain import instant_of, instant_text

metadata = MetaData(
    # Fixed names, so that a migration can name what it changes on either database.
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)


INSTANT_LENGTH = len("2026-11-21T17:05:00.000000Z")


class Instant(TypeDecorator[datetime]):
    """An aware datetime stored as text; see the module."""

    impl = String(INSTANT_LENGTH)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> str | None:
        """To text."""
        return None if value is None else instant_text(value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> datetime | None:
        """To an aware datetime in UTC."""
        return None if value is None else instant_of(value)


def _id(name: str, *, comment: str, nullable: bool = False) -> Column[str]:
    return Column(name, String(80), nullable=nullable, comment=comment)


# ── The event log
# ────────────────────────────────────────────────────────────────────────────────────────────────

events = Table(
    "events",
    metadata,
    _id("meeting_id", comment="the meeting; deliberately no foreign key, a log outlives its register"),
    Column("seq", Integer, nullable=False, comment="1, 2, 3 … without gaps within a meeting"),
    Column("at", Instant, nullable=False, comment="when the server recorded it"),
    Column("actor", String(80), nullable=False, comment="person id, or system"),
    Column("command_id", String(200), comment="the client's id of the command that caused it"),
    Column("type", String(80), nullable=False, comment="stable kebab name of the event"),
    Column("version", Integer, nullable=False, comment="version of the event's shape"),
    Column("data", Text, nullable=False, comment="canonical JSON, exactly the bytes that are hashed"),
    Column("previous_hash", String(64), nullable=False, comment="hash of row seq-1; zeros for the first"),
    Column("hash", String(64), nullable=False, comment="SHA-256 over the canonical form of this row"),
    PrimaryKeyConstraint("meeting_id", "seq"),
    CheckConstraint("seq > 0", name="seq_positive"),
)

commands = Table(
    "commands",
    metadata,
    _id("meeting_id", comment="the meeting"),
    Column("command_id", String(200), nullable=False, comment="the client's id, unique within the meeting"),
    Column("last_seq", Integer, nullable=False, comment="the last row the command wrote: its answer"),
    PrimaryKeyConstraint("meeting_id", "command_id"),
)

# ── The register
# ─────────────────────────────────────────────────────────────────────────────────────────────────

organisations = Table(
    "organisations",
    metadata,
    _id("id", comment="slug chosen in the register file"),
    Column("name", Text, nullable=False, comment="Ekhamra kommun"),
    Column("kind", String(20), nullable=False, comment="municipality, region or federation"),
    PrimaryKeyConstraint("id"),
)

parties = Table(
    "parties",
    metadata,
    Column("organisation_id", ForeignKey("organisations.id", ondelete="CASCADE"), nullable=False),
    Column("letter", String(8), nullable=False, comment="what stands in parentheses after a name"),
    Column("name", Text, nullable=False, comment="the party's full name"),
    PrimaryKeyConstraint("organisation_id", "letter"),
)

bodies = Table(
    "bodies",
    metadata,
    _id("id", comment="slug chosen in the register file"),
    Column("organisation_id", ForeignKey("organisations.id"), nullable=False),
    Column("name", Text, nullable=False, comment="Kommunstyrelsen"),
    Column("definite", Text, nullable=False, comment="as it stands in a sentence: kommunstyrelsen"),
    Column("kind", String(20), nullable=False, comment="assembly, executive or committee"),
    Column("seats", Integer, nullable=False, comment="number of members the body has, filled or not"),
    Column("particulars", Text, comment="JSON object: what few of them have; null when none"),
    PrimaryKeyConstraint("id"),
)

standing_orders = Table(
    "standing_orders",
    metadata,
    Column("body_id", ForeignKey("bodies.id", ondelete="CASCADE"), nullable=False),
    Column("version", String(40), nullable=False, comment="name of the version, such as 2024-1"),
    Column("in_force_on", String(10), nullable=False, comment="first day it applies"),
    Column("decided_on", String(10), nullable=False, comment="day the assembly adopted it"),
    Column("decision_reference", Text, nullable=False, comment="KF 2024-06-17 § 88"),
    Column("choices", Text, nullable=False, comment="JSON object: the remaining fields of StandingOrders"),
    PrimaryKeyConstraint("body_id", "version"),
    UniqueConstraint("body_id", "in_force_on"),
)

persons = Table(
    "persons",
    metadata,
    _id("id", comment="slug; never a personal identity number"),
    Column("organisation_id", ForeignKey("organisations.id"), nullable=False),
    Column("name", Text, nullable=False),
    Column("party", String(8), comment="party letter; null for officials"),
    Column("title", Text, comment="kommunsekreterare, stadsbyggnadschef …"),
    PrimaryKeyConstraint("id"),
)

photos = Table(
    "photos",
    metadata,
    Column("person_id", ForeignKey("persons.id", ondelete="CASCADE"), nullable=False),
    Column("content_type", String(40), nullable=False),
    Column(
        "content", LargeBinary, nullable=False, comment="the picture the chair compares with, at most 1 MiB"
    ),
    Column("sha256", String(64), nullable=False, comment="for the ETag"),
    PrimaryKeyConstraint("person_id"),
)

mandates = Table(
    "mandates",
    metadata,
    Column("body_id", ForeignKey("bodies.id", ondelete="CASCADE"), nullable=False),
    Column("person_id", ForeignKey("persons.id"), nullable=False),
    Column("role", String(20), nullable=False, comment="member or substitute"),
    Column(
        "turn", Integer, nullable=False, comment="seat order of members; turn within the party of substitutes"
    ),
    Column("presidium", String(20), comment="chair, first_vice_chair or second_vice_chair"),
    Column("constituency", Text, comment="valkrets, where there are several"),
    Column("from_on", String(10), nullable=False, comment="first day of the mandate"),
    Column("until_on", String(10), nullable=False, comment="last day of the mandate"),
    PrimaryKeyConstraint("body_id", "person_id", "from_on"),
)

meetings = Table(
    "meetings",
    metadata,
    _id("id", comment="slug chosen in the register file; part of the address"),
    Column("body_id", ForeignKey("bodies.id"), nullable=False),
    Column("title", Text, nullable=False),
    Column("starts_at", Instant, nullable=False, comment="when it begins"),
    Column(
        "local_start",
        String(25),
        nullable=False,
        comment="the same with Swedish offset, as pinned by the first event",
    ),
    Column("place", Text, comment="the hall; null when there is none"),
    Column("form", String(20), nullable=False, comment="room, hybrid, remote or mandatory_remote"),
    Column("first_minute_number", Integer, nullable=False, comment="§ number of the first matter"),
    Column("rehearsal", Boolean, nullable=False, comment="generalrepetition: marked everywhere"),
    Column("particulars", Text, comment="JSON object: what few of them have; null when none"),
    Column(
        "status", String(20), nullable=False, comment="planned, convened, open or closed; follows the log"
    ),
    PrimaryKeyConstraint("id"),
)

meeting_officials = Table(
    "meeting_officials",
    metadata,
    Column("meeting_id", ForeignKey("meetings.id", ondelete="CASCADE"), nullable=False),
    Column("person_id", ForeignKey("persons.id"), nullable=False),
    Column("role", String(20), nullable=False, comment="secretary or attendee"),
    Column("position", Integer, nullable=False, comment="order in the file"),
    Column("attends", String(20), comment="on what ground an attendee may be there"),
    PrimaryKeyConstraint("meeting_id", "person_id"),
)

matters = Table(
    "matters",
    metadata,
    Column("meeting_id", ForeignKey("meetings.id", ondelete="CASCADE"), nullable=False),
    _id("id", comment="m1, m2 … in agenda order"),
    Column("position", Integer, nullable=False, comment="0, 1, 2 … on the agenda"),
    Column("title", Text, nullable=False),
    Column("reference", Text, comment="diarienummer"),
    Column("kind", String(20), nullable=False, comment="opening, verifiers, agenda, information or decision"),
    Column("background", Text, comment="what the matter is about"),
    Column("rapporteur", Text, comment="name of the person who presents it"),
    Column("proposal", Text, comment="JSON {source, lead, points}: the prepared proposal"),
    Column("links", Text, nullable=False, comment="JSON list of {title, href}: documents, in order"),
    Column("announced", Boolean, nullable=False, comment="was on the notice (5:13–15)"),
    Column("prepared", Boolean, nullable=False, comment="has been prepared (5:26)"),
    Column("minority_used", Boolean, nullable=False, comment="a minority has put it off before (5:50)"),
    Column("particulars", Text, comment="JSON object: what few of them have; null when none"),
    PrimaryKeyConstraint("meeting_id", "id"),
)

documents = Table(
    "documents",
    metadata,
    _id("meeting_id", comment="the meeting"),
    _id("id", comment="m4-1, m4-2 …: matter and number"),
    _id("matter", comment="the matter it belongs to"),
    Column("title", Text, nullable=False),
    Column("content_type", String(80), nullable=False),
    Column("content", LargeBinary, nullable=False),
    PrimaryKeyConstraint("meeting_id", "id"),
    ForeignKeyConstraint(["meeting_id", "matter"], ["matters.meeting_id", "matters.id"], ondelete="CASCADE"),
)

# ── Sign-in
# ──────────────────────────────────────────────────────────────────────────────────────────────────────

accounts = Table(
    "accounts",
    metadata,
    Column("person_id", ForeignKey("persons.id", ondelete="CASCADE"), nullable=False),
    Column("username", String(120), nullable=False, comment="as written; compared by username_key"),
    Column("username_key", String(120), nullable=False, comment="NFKC, casefolded"),
    Column("password_hash", Text, nullable=False, comment="argon2id in its own string form"),
    Column("created_at", Instant, nullable=False),
    PrimaryKeyConstraint("person_id"),
    UniqueConstraint("username_key"),
)

invitations = Table(
    "invitations",
    metadata,
    Column("token_hash", String(64), nullable=False, comment="the token itself is only in the link"),
    Column("person_id", ForeignKey("persons.id", ondelete="CASCADE"), nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("expires_at", Instant, nullable=False),
    Column("used_at", Instant, comment="when it was used, or replaced by a newer one"),
    PrimaryKeyConstraint("token_hash"),
    Index(None, "person_id"),
)

logins = Table(
    "logins",
    metadata,
    Column("cookie_hash", String(64), nullable=False, comment="the cookie itself is only in the browser"),
    _id("id", comment="public name of the login, for limits and lists"),
    Column("person_id", ForeignKey("persons.id", ondelete="CASCADE"), nullable=False),
    Column("csrf", String(64), nullable=False, comment="token every form and command must carry"),
    Column("method", String(20), nullable=False, comment="password, invitation or demo"),
    Column("assurance", String(300), comment="level the sign-in service stated (acr)"),
    Column(
        "is_strong",
        Boolean,
        nullable=False,
        server_default=false(),
        comment="whether that level counts as e-legitimation",
    ),
    Column("created_at", Instant, nullable=False),
    Column("last_seen_at", Instant, nullable=False, comment="to the minute"),
    Column("expires_at", Instant, nullable=False, comment="absolute end, used or not"),
    PrimaryKeyConstraint("cookie_hash"),
    UniqueConstraint("id"),
    Index(None, "person_id"),
)

sign_in_failures = Table(
    "sign_in_failures",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column(
        "subject",
        String(64),
        nullable=False,
        comment="hash of account:… or address:…; neither is kept in clear",
    ),
    Column("at", Instant, nullable=False, comment="rows older than the window are deleted"),
    Index(None, "subject", "at"),
)

# ── Minutes
# ──────────────────────────────────────────────────────────────────────────────────────────────────────

minutes_texts = Table(
    "minutes_texts",
    metadata,
    _id("meeting_id", comment="the meeting"),
    _id("matter", comment="the matter whose § it is"),
    Column("version", Integer, nullable=False, comment="1, 2, 3 …; every version is kept"),
    Column(
        "text", Text, nullable=False, comment="the secretary's text in the editing form of minutes/texts.py"
    ),
    _id("written_by", comment="person id"),
    Column("at", Instant, nullable=False),
    PrimaryKeyConstraint("meeting_id", "matter", "version"),
)

minutes_versions = Table(
    "minutes_versions",
    metadata,
    _id("meeting_id", comment="the meeting"),
    _id("scope", comment="minutes, or the matter of a § verified by itself"),
    Column("ordinal", Integer, nullable=False, comment="1, 2, 3 … within a scope; the highest is current"),
    Column("sha256", String(64), nullable=False, comment="of the PDF; what people approve"),
    Column("pdf", LargeBinary, nullable=False),
    Column(
        "document", Text, nullable=False, comment="the machine-readable minutes the PDF was made from, JSON"
    ),
    _id("prepared_by", comment="person id"),
    Column("prepared_at", Instant, nullable=False),
    PrimaryKeyConstraint("meeting_id", "scope", "ordinal"),
    Index(None, "meeting_id", "sha256"),
)


def _of_version() -> ForeignKeyConstraint:
    return ForeignKeyConstraint(
        ["meeting_id", "scope", "ordinal"],
        ["minutes_versions.meeting_id", "minutes_versions.scope", "minutes_versions.ordinal"],
    )


approvals = Table(
    "approvals",
    metadata,
    _id("meeting_id", comment="the meeting"),
    _id("scope", comment="as in minutes_versions"),
    Column("ordinal", Integer, nullable=False, comment="the version approved"),
    _id("person", comment="person id"),
    Column("role", String(20), nullable=False, comment="chair or verifier"),
    Column("method", String(40), nullable=False, comment="how the person had signed in"),
    Column("at", Instant, nullable=False),
    PrimaryKeyConstraint("meeting_id", "scope", "ordinal", "person"),
    _of_version(),
)

remarks = Table(
    "remarks",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    _id("meeting_id", comment="the meeting"),
    _id("scope", comment="as in minutes_versions"),
    Column("ordinal", Integer, nullable=False, comment="the version remarked on"),
    _id("person", comment="person id"),
    _id("paragraph", nullable=True, comment="the matter, or null for the whole"),
    Column("text", Text, nullable=False),
    Column("at", Instant, nullable=False),
    _of_version(),
    Index(None, "meeting_id"),
)

sealed_documents = Table(
    "sealed_documents",
    metadata,
    _id("meeting_id", comment="the meeting"),
    _id("scope", comment="minutes, or a matter"),
    Column("ordinal", Integer, nullable=False, comment="the version that was approved"),
    Column("sha256", String(64), nullable=False, comment="of the sealed PDF"),
    Column("pdf", LargeBinary, nullable=False),
    Column("at", Instant, nullable=False),
    Column("shortfall", Text, comment="what the seal was to have and has not, in Swedish; null for nothing"),
    PrimaryKeyConstraint("meeting_id", "scope"),
    _of_version(),
)
