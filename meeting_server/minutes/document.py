"""The minutes as a value: head, attendance, paragraphs of blocks, lists of votes, attachments.

Everything that is printed is here as ready Swedish text beside the facts it was made from, so the web page,
the PDF and the machine-readable copy inside the PDF are three renderings of one value. The JSON form
(`to_json`) is that copy; its shape is the dataclasses below, field for field, with `schema` naming the
version.

Times are ISO 8601 with the offset of Swedish time (`2026-11-17T18:00:00+01:00`); dates are `2026-11-17`.
"""

from __future__ import annotations

import json
import typing
from dataclasses import dataclass
from typing import Any, Literal

from meeting_server.wire.json import decode, encode, legible

SCHEMA = "klubban-minutes/1"

Place = Literal["room", "remote"]
VoteCastAs = Literal["yes", "no", "abstain", "absent", "casting_yes", "casting_no"]
"""How somebody voted; the casting vote of a chair who had voted neither yes nor no stands by itself."""


@dataclass(frozen=True)
class Run:
    """A stretch of text in one style."""

    text: str
    bold: bool = False
    italic: bool = False


@dataclass(frozen=True)
class Block:
    """One block of a section.

    `paragraph` and `quote` use `runs`; `list` and `numbered` use `items` (each a tuple of runs); `votes`
    names the division whose list of votes stands here.
    """

    kind: Literal["paragraph", "quote", "list", "numbered", "votes"]
    runs: tuple[Run, ...] = ()
    items: tuple[tuple[Run, ...], ...] = ()
    division: str | None = None


@dataclass(frozen=True)
class Section:
    """One headed part of a paragraph. `source` says whether the log or the secretary wrote it."""

    key: str
    heading: str
    blocks: tuple[Block, ...]
    source: Literal["log", "secretary"] = "log"


@dataclass(frozen=True)
class Span:
    """A stretch of presence: from–to (`to` is None while it lasts), in the room or remote, serving or not."""

    start: str
    end: str | None
    place: Place
    serving: bool
    serves_for: str | None = None


@dataclass(frozen=True)
class Confirmation:
    """The chair established who a remote person is (law D2): when and how."""

    at: str
    method: str
    text: str


@dataclass(frozen=True)
class Interruption:
    """A remote person's link broke: when, in which §, and when presence was confirmed again (None: never)."""

    lost_at: str
    confirmed_at: str | None
    audio: bool
    video: bool
    continued_without: bool
    paragraph: int | None
    text: str


@dataclass(frozen=True)
class AttendanceRow:
    """One person at the meeting (närvarolista).

    `note` is the printable remark; `decided` the §§ whose decisions the person took part in, as text
    ("§§ 208–214, 216") and as numbers in `decided_in`.
    """

    person: str
    name: str
    party: str | None
    party_name: str | None
    duty: str
    group: Literal["serving", "substitute", "other", "viewer", "absent"]
    place: Literal["room", "remote", "both", "none"]
    place_text: str
    serves_for: str | None
    time_text: str
    decided: str
    decided_in: tuple[int, ...]
    disqualified_in: tuple[int, ...]
    spans: tuple[Span, ...]
    confirmations: tuple[Confirmation, ...]
    interruptions: tuple[Interruption, ...]
    note: str


@dataclass(frozen=True)
class Vote:
    """How one person voted in an open division (KL 5:67 p. 5)."""

    person: str
    name: str
    party: str | None
    duty: str
    place: Place
    vote: VoteCastAs
    oral: bool


@dataclass(frozen=True)
class VoteList:
    """The list of votes of one division (voteringslista).

    `attachment` is the number of the attachment it stands in; None when it stands in the § itself.
    """

    division: str
    number: int
    paragraph: int
    title: str
    yes_text: str
    no_text: str
    yes: int
    no: int
    abstain: int
    absent: int
    by_casting_vote: bool
    carried: str
    attachment: int | None
    rows: tuple[Vote, ...]


@dataclass(frozen=True)
class ProposalMinuted:
    """A proposal that was made (yrkande or the prepared förslag); withdrawn ones are kept, not printed."""

    id: str
    kind: str
    mover: str | None
    label: str
    text: str
    motivation: str | None
    supporters: tuple[str, ...]
    withdrawn: bool


@dataclass(frozen=True)
class DecisionMinuted:
    """What was decided: the lead-in and the numbered points, and how it came about."""

    lead: str
    points: tuple[str, ...]
    proposal: str | None
    how: Literal["acclamation", "division", "minority", "ballot", "noted", "verifiers"]
    outcome: Literal["decided", "referred_back", "deferred", "noted", "left"]
    """`left`: nothing was decided, since too few were there."""
    division: str | None


@dataclass(frozen=True)
class ReservationMinuted:
    """A reservation (KL 4:27) or a statement in the minutes; `attachment` where the written text stands."""

    person: str
    name: str
    text: str | None
    attachment: int | None


@dataclass(frozen=True)
class ConflictMinuted:
    """Somebody disqualified (jävig) in the matter; the reason stays with the chair and the secretary."""

    person: str
    name: str


@dataclass(frozen=True)
class Facts:
    """What KL 5:67 asks for, per paragraph, as the log has it; the secretary's text never changes these."""

    proposals: tuple[ProposalMinuted, ...] = ()
    order_of_questions: tuple[str, ...] = ()
    questions_put: bool = False
    divisions: tuple[str, ...] = ()
    decision: DecisionMinuted | None = None
    took_part: tuple[str, ...] = ()
    took_part_remote: tuple[str, ...] = ()
    reservations: tuple[ReservationMinuted, ...] = ()
    statements: tuple[ReservationMinuted, ...] = ()
    conflicts: tuple[ConflictMinuted, ...] = ()


@dataclass(frozen=True)
class Paragraph:
    """One § of the minutes: a matter that was taken up."""

    matter: str
    number: int
    title: str
    reference: str | None
    kind: str
    chair: str
    taken_up_at: str
    finished_at: str | None
    present: int
    immediate: bool
    sections: tuple[Section, ...]
    facts: Facts
    vote_lists: tuple[VoteList, ...] = ()


@dataclass(frozen=True)
class Attachment:
    """A numbered attachment (bilaga) printed after the paragraphs."""

    number: int
    kind: Literal["attendance", "votes", "reservation", "statement"]
    title: str
    paragraph: int | None
    division: str | None = None
    person: str | None = None
    blocks: tuple[Block, ...] = ()


@dataclass(frozen=True)
class Break:
    """The meeting was paused (ajournering); `end` is None while it lasts.

    `another_day`: it went on another day, with a roll call of its own.
    """

    start: str
    end: str | None
    reason: str
    paragraph: int | None
    another_day: bool = False


@dataclass(frozen=True)
class Signatory:
    """Somebody who answers for the minutes. `paragraphs` are the numbers he or she answers for."""

    person: str
    role: Literal["secretary", "chair", "verifier"]
    role_text: str
    name: str
    party: str | None
    paragraphs: tuple[int, ...]
    paragraphs_text: str


@dataclass(frozen=True)
class Verification:
    """Who verifies the minutes, where and when, and the last day for it (KL 5:69)."""

    verifiers: tuple[str, ...]
    verifiers_text: str
    place_and_time: str
    due: str | None
    due_text: str


@dataclass(frozen=True)
class LogProof:
    """Where in the event log these minutes were made: its last number, and the chained hash when known."""

    meeting: str
    seq: int
    hash: str | None


@dataclass(frozen=True)
class Minutes:
    """The minutes of one meeting (protokoll). `complete` is True when the meeting is closed."""

    meeting: str
    organisation: str
    body: str
    body_definite: str
    body_kind: str
    title: str
    date: str
    date_text: str
    place: str
    time_text: str
    form_text: str
    regime: str
    regime_text: str
    rehearsal: bool
    complete: bool
    opened_at: str | None
    closed_at: str | None
    span: str
    breaks: tuple[Break, ...]
    attendance: tuple[AttendanceRow, ...]
    attendance_attachment: int | None
    verification: Verification
    signatories: tuple[Signatory, ...]
    paragraphs: tuple[Paragraph, ...]
    attachments: tuple[Attachment, ...]
    log: LogProof
    schema: str = SCHEMA

    def paragraph(self, matter: str) -> Paragraph | None:
        """The paragraph of a matter, or None when the matter has not been taken up."""
        return next((one for one in self.paragraphs if one.matter == matter), None)


def to_json(minutes: Minutes) -> str:
    """The machine-readable minutes: UTF-8 JSON with sorted keys, the same text for the same minutes."""
    return json.dumps(to_data(minutes), ensure_ascii=False, sort_keys=True, indent=1)


def to_data(minutes: Minutes) -> dict[str, Any]:
    """The minutes as plain dicts, lists, strings and numbers."""
    return typing.cast(dict[str, Any], encode(minutes))


def from_json(text: str) -> Minutes:
    """Read machine-readable minutes back. Raises ValueError when the text is something else.

    A control character that an older server took stands as its code, as it does in print: what is frozen
    cannot be mended, and must not stop the reading of it.
    """
    data = json.loads(text)
    if not isinstance(data, dict) or data.get("schema") != SCHEMA:
        raise ValueError(f"not minutes of schema {SCHEMA}")
    return decode(Minutes, legible(data))
