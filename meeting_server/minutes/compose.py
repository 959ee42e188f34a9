"""The minutes composed from the log: head, attendance, one § per matter taken up, attachments. Pure."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from meeting_server.law.kommunallagen.minutes import VERIFY_WITHIN_DAYS
from meeting_server.law.regime import regime
from meeting_server.meeting.outcome import Record
from meeting_server.meeting.state import Division, MatterState, Note
from meeting_server.minutes.askings import asking_section
from meeting_server.minutes.attendance import attendance
from meeting_server.minutes.blocks import prose
from meeting_server.minutes.conduct import quorum_text
from meeting_server.minutes.course import (
    INLINE_VOTERS,
    course,
    divisions,
    held_in,
    order_of_questions,
    vote_lists,
)
from meeting_server.minutes.document import (
    Attachment,
    AttendanceRow,
    ConflictMinuted,
    Facts,
    LogProof,
    Minutes,
    Paragraph,
    ProposalMinuted,
    ReservationMinuted,
    Signatory,
    Verification,
)
from meeting_server.minutes.doors import publicity_text
from meeting_server.minutes.election import ballots_section, nominations_section
from meeting_server.minutes.grounds import ground_text
from meeting_server.minutes.happenings import happenings
from meeting_server.minutes.reading import Reading, Timeline, read_log
from meeting_server.minutes.sections import (
    background_section,
    conflict_section,
    decision_of,
    decision_section,
    disqualified_in,
    documents_section,
    immediate_section,
    participation_section,
    proposals_section,
    reported_section,
    reservations_section,
    statements_section,
)
from meeting_server.minutes.sitting_times import dates_text, held_text, settled_on
from meeting_server.minutes.staff import staff_section
from meeting_server.minutes.webcast import webcast_text
from meeting_server.minutes.wording import (
    NBSP,
    PRESIDIUM,
    date_in_words,
    listed,
    paragraph_span,
)

LONG_ROLL = 25
"""With more people serving than this the names stand in an attachment instead of on the first page."""


def compose(records: Sequence[Record], log_hash: str | None = None) -> Minutes:
    """The minutes of a meeting as its log stands; at any time, so also as a draft while the meeting goes on.

    `log_hash` is the chained hash of the last record, printed so that the log and the minutes can be matched.
    """
    reading = read_log(records)
    rows = attendance(reading)
    numbering = _Numbering(reading, rows)
    paragraphs = tuple(_paragraph(reading, state, numbering) for state in _taken_up(reading))
    convened, meeting = reading.convened, reading.meeting
    starts = dt.datetime.fromisoformat(convened.starts_at)
    on = reading.local(meeting.opened_at).date() if meeting.opened_at else starts.date()
    law = regime(convened.regime)
    return Minutes(
        meeting=convened.meeting_id,
        organisation=convened.organisation,
        body=convened.body.name,
        body_definite=convened.body.definite,
        body_kind=convened.body.kind,
        title=convened.title,
        date=on.isoformat(),
        date_text=dates_text(reading, on),
        place=convened.place or "På distans",
        time_text=held_text(reading, on),
        form_text=" ".join(
            filter(
                None,
                (
                    ground_text(reading.convened),
                    _form_text(reading, rows),
                    publicity_text(reading),
                    webcast_text(reading),
                    quorum_text(reading),
                ),
            )
        ),
        regime=convened.regime,
        regime_text=f"Sammanträdet är hållet enligt {law.title[:1].lower()}{law.title[1:]}.",
        rehearsal=convened.rehearsal,
        complete=meeting.closed_at is not None,
        opened_at=reading.at(meeting.opened_at) if meeting.opened_at else None,
        closed_at=reading.at(meeting.closed_at) if meeting.closed_at else None,
        span=paragraph_span(one.number for one in paragraphs),
        breaks=tuple(reading.breaks),
        attendance=rows,
        attendance_attachment=numbering.attendance,
        verification=_verification(reading),
        signatories=_signatories(reading, paragraphs),
        paragraphs=paragraphs,
        attachments=tuple(numbering.attachments),
        log=LogProof(convened.meeting_id, records[-1].seq, log_hash),
    )


class _Numbering:
    """Numbers for the attachments, given in the order they are met in the minutes."""

    def __init__(self, reading: Reading, rows: tuple[AttendanceRow, ...]) -> None:
        self.attachments: list[Attachment] = []
        self.attendance: int | None = None
        if sum(1 for row in rows if row.group == "serving") > LONG_ROLL:
            self.attendance = self._add("attendance", "Närvarolista", None)
        self.votes: dict[str, int] = {}
        self.notes: dict[tuple[str, str, int], int] = {}
        for state in _taken_up(reading):
            self._of_matter(reading, state)

    def _of_matter(self, reading: Reading, state: MatterState) -> None:
        for division in held_in(reading, state):
            if division.status == "confirmed" and len(division.voters) > INLINE_VOTERS:
                title = f"Voteringslista {division.id[1:]}, §{NBSP}{state.number}"
                self.votes[division.id] = self._add("votes", title, state.number, division=division)
        for kind, word, notes in (
            ("reservation", "Reservation", state.reservations),
            ("statement", "Protokollsanteckning", state.statements),
        ):
            for at, note in enumerate(notes):
                if note.text:
                    who = reading.person(note.person).called
                    title = f"{word} av {who}, §{NBSP}{state.number}"
                    self.notes[kind, state.matter.id, at] = self._add(kind, title, state.number, note=note)

    def _add(
        self,
        kind: str,
        title: str,
        number: int | None,
        division: Division | None = None,
        note: Note | None = None,
    ) -> int:
        self.attachments.append(
            Attachment(
                number=len(self.attachments) + 1,
                kind=kind,  # type: ignore[arg-type]
                title=title,
                paragraph=number,
                division=division.id if division else None,
                person=note.person if note else None,
                blocks=prose(note.text) if note and note.text else (),
            )
        )
        return len(self.attachments)


def _taken_up(reading: Reading) -> list[MatterState]:
    return [reading.meeting.matters[matter] for matter in reading.taken_up]


def _paragraph(reading: Reading, state: MatterState, numbering: _Numbering) -> Paragraph:
    matter = state.matter.id
    records = reading.events[matter]
    taken_up, finished = reading.taken_up[matter], reading.finished.get(matter)
    decided = decision_of(reading, state, records)
    lists = vote_lists(reading, state, numbering.votes)
    reservations = _notes(reading, state, "reservation", state.reservations, numbering)
    statements = _notes(reading, state, "statement", state.statements, numbering)
    return Paragraph(
        matter=matter,
        number=state.number or 0,
        title=state.matter.title,
        reference=state.matter.reference,
        kind=state.matter.kind,
        chair=reading.chairs.get(matter, reading.meeting.chair or ""),
        taken_up_at=reading.at(taken_up.at),
        finished_at=reading.at(finished.at) if finished else None,
        present=len(getattr(taken_up.event, "present", ())),
        immediate=state.immediate,
        sections=(
            *decision_section(decided, settled_on(reading, matter)),
            *conflict_section(reading, state),
            *staff_section(reading, state),
            *background_section(reading, state, records),
            *asking_section(reading, state, records),
            *reported_section(state),
            *documents_section(state),
            *proposals_section(reading, state, decided),
            *nominations_section(reading, state),
            *course(reading, state, records),
            *ballots_section(reading, state),
            *divisions(reading, state, records, numbering.votes),
            *participation_section(reading, state),
            *reservations_section(reading, state, reservations),
            *statements_section(reading, statements),
            *happenings(reading, records),
            *immediate_section(state),
        ),
        facts=Facts(
            proposals=_proposals(reading, state),
            order_of_questions=order_of_questions(records),
            questions_put=bool(state.contests),
            divisions=tuple(one.id for one in held_in(reading, state)),
            decision=decided,
            took_part=reading.took_part(matter),
            took_part_remote=reading.took_part_remote(matter),
            reservations=reservations,
            statements=statements,
            conflicts=tuple(
                ConflictMinuted(person, reading.person(person).called)
                for person in disqualified_in(reading, state)
            ),
        ),
        vote_lists=lists,
    )


def _notes(
    reading: Reading, state: MatterState, kind: str, notes: Sequence[Note], numbering: _Numbering
) -> tuple[ReservationMinuted, ...]:
    return tuple(
        ReservationMinuted(
            one.person,
            reading.person(one.person).called,
            one.text,
            numbering.notes.get((kind, state.matter.id, at)),
        )
        for at, one in enumerate(notes)
    )


def _proposals(reading: Reading, state: MatterState) -> tuple[ProposalMinuted, ...]:
    return tuple(
        ProposalMinuted(
            id=one.id,
            kind=one.kind,
            mover=one.mover,
            label=reading.person(one.mover).called if one.mover else one.text,
            text="\n".join(one.points) if one.kind == "prepared" and one.points else one.text,
            motivation=one.motivation,
            supporters=one.supporters,
            withdrawn=one.withdrawn,
        )
        for one in (state.proposals or {}).values()
    )


def _form_text(reading: Reading, rows: tuple[AttendanceRow, ...]) -> str:
    convened = reading.convened
    remote = sum(1 for row in rows if row.group == "serving" and row.place in ("remote", "both"))
    if convened.form == "mandatory_remote":
        reference = convened.standing_orders.obligation_reference
        return "Obligatoriskt deltagande på distans" + (f" enligt {reference}." if reference else ".")
    if convened.form == "remote":
        return "Sammanträdet hålls helt på distans."
    if not remote:
        return ""
    orders = convened.standing_orders
    decided = [each.decision_reference for each in orders.agreements] or [orders.decision_reference]
    return f"{remote} av de beslutande deltar på distans, enligt beslut {listed(decided)}."


def _verification(reading: Reading) -> Verification:
    meeting = reading.meeting
    names = [reading.person(one).called for one in meeting.verifiers]
    due = None
    if meeting.closed_at is not None:
        due = reading.local(meeting.closed_at).date() + dt.timedelta(days=VERIFY_WITHIN_DAYS)
    return Verification(
        verifiers=meeting.verifiers,
        verifiers_text=listed(names) if names else "Ingen utsedd",
        place_and_time=meeting.verification_place_and_time or "Digital justering",
        due=due.isoformat() if due else None,
        due_text=f"Justeras senast den {date_in_words(due)} (5{NBSP}kap. 69{NBSP}§ kommunallagen)."
        if due
        else "",
    )


def _signatories(reading: Reading, paragraphs: tuple[Paragraph, ...]) -> tuple[Signatory, ...]:
    """The secretary, whoever presided (each for the own §§), and the verifiers for all."""
    numbers = tuple(one.number for one in paragraphs)
    secretaries = [one.id for one in reading.people.values() if one.role == "secretary"]
    here = [one for one in secretaries if reading.timelines.get(one, Timeline()).spans]
    made = [
        _signatory(reading, one, "secretary", "Sekreterare", numbers) for one in (here or secretaries)[:1]
    ]
    chairs: dict[str, list[int]] = {}
    for one in paragraphs:
        chairs.setdefault(one.chair, []).append(one.number)
    for person, presided in chairs.items():
        made.append(_signatory(reading, person, "chair", _chair_text(reading, person), tuple(presided)))
    for person in reading.meeting.verifiers:
        made.append(_signatory(reading, person, "verifier", "Justerare", numbers))
    return tuple(made)


def _chair_text(reading: Reading, person: str) -> str:
    seat = reading.person(person).presidium
    return "Ordförande" if seat in (None, "chair") else f"Ordförande ({PRESIDIUM[seat]})"


def _signatory(
    reading: Reading, person: str, role: str, role_text: str, numbers: tuple[int, ...]
) -> Signatory:
    who = reading.person(person)
    return Signatory(
        person=person,
        role=role,  # type: ignore[arg-type]
        role_text=role_text,
        name=who.name,
        party=who.party,
        paragraphs=numbers,
        paragraphs_text=paragraph_span(numbers),
    )
