"""What minutes say, as plain text: for tests that read them as a person would."""

from __future__ import annotations

from meeting_server.minutes.compose import compose
from meeting_server.minutes.document import AttendanceRow, Minutes, Paragraph
from meeting_server.minutes.editing import section_text, whole_text
from tests.minutes.hall import Hall


def minutes_of(hall: Hall) -> Minutes:
    """The minutes of a hall's meeting as its log stands."""
    return compose(hall.log, "ab" * 32)


def paragraph_of(hall: Hall, matter: str) -> Paragraph:
    """The § of a matter."""
    found = minutes_of(hall).paragraph(matter)
    assert found is not None
    return found


def said(hall: Hall, matter: str, section: str) -> str:
    """The text of one section of the § of a matter; empty when there is no such section."""
    return "\n".join(section_text(one) for one in paragraph_of(hall, matter).sections if one.key == section)


def row_of(hall: Hall, person: str) -> AttendanceRow:
    """A person's row in the list of attendance."""
    return next(row for row in minutes_of(hall).attendance if row.person == person)


def as_text(minutes: Minutes) -> str:
    """The whole minutes as text, for the golden files."""
    lines = [f"{minutes.organisation}, {minutes.body}, {minutes.date_text}", minutes.place, minutes.time_text]
    lines += [
        minutes.form_text,
        f"Justerare: {minutes.verification.verifiers_text}",
        minutes.verification.due_text,
    ]
    for row in minutes.attendance:
        substitutes = f" för {row.serves_for}" if row.serves_for else ""
        party = f" ({row.party})" if row.party else ""
        where = f"{row.place_text}, {row.time_text}. {row.note}".rstrip()
        lines.append(f"[{row.group}] {row.name}{party}, {row.duty}{substitutes}, {where}")
    for one in minutes.signatories:
        lines.append(f"{one.role_text}: {one.name}, {one.paragraphs_text}")
    for paragraph in minutes.paragraphs:
        lines += ["", f"§ {paragraph.number} {paragraph.title} {paragraph.reference or ''}".rstrip()]
        lines.append(whole_text(paragraph.sections).rstrip())
        for votes in paragraph.vote_lists:
            lines.append(f"({votes.title}: {votes.yes} ja, {votes.no} nej, {votes.abstain} avstår)")
            lines += [f"  {row.name} ({row.party}), {row.place}: {row.vote}" for row in votes.rows]
    for attachment in minutes.attachments:
        lines += ["", f"Bilaga {attachment.number} {attachment.title}"]
    return "\n".join(lines).replace("\u00a0", " ") + "\n"
