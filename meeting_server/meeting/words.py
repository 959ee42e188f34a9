"""The closed vocabularies of the meeting: every word that may stand in a command, an event or the state."""

from __future__ import annotations

from typing import Literal, TypeAlias

from meeting_server.law.attending import AttendanceRight as AttendanceRight
from meeting_server.law.bodies import BodyKind as BodyKind
from meeting_server.law.kommunallagen.majorities import Counted as Counted
from meeting_server.law.kommunallagen.majorities import QualifiedSubject as QualifiedSubject

PersonId: TypeAlias = str
"""A person's identifier in the register; never a personal identity number."""
MatterId: TypeAlias = str
"""`m1`, `m2` … in the order of the agenda."""
ProposalId: TypeAlias = str
"""`<matter>-p0` for the prepared proposal, then `<matter>-p1` …"""
CandidateId: TypeAlias = str
"""What a question can end in: a proposal's id, `today` or `reject`."""
ContestId: TypeAlias = str
"""`<matter>-c1` … in the order the questions were put."""
DivisionId: TypeAlias = str
"""`d1`, `d2` … through the meeting."""
RequestId: TypeAlias = str
"""`f<seq>`: a request for the floor, named after the record that made it."""

TODAY: CandidateId = "today"
"""The candidate that the matter is settled today (avgörs i dag)."""
REJECT: CandidateId = "reject"
"""The candidate that the only proposal, or an addition, is rejected (avslås)."""
PUT_OFF: CandidateId = "defer"
"""The answer on a closed ballot that the election is deferred (bordläggs); the other is TODAY."""
ELECTED: CandidateId = "elected"
"""What carries in an election: those elected, whoever they are."""
NominationId: TypeAlias = str
"""`<matter>-n1` … in the order they were nominated."""
BallotId: TypeAlias = str
"""`<matter>-b1` … in the order they were opened."""
DrawId: TypeAlias = str
"""`<ballot>-l1` … in the order lots were drawn."""
ELECTING = ("election", "employment")
"""Kinds of matters that end in somebody elected or appointed, by closed ballot if one is demanded."""

Vote = Literal["yes", "no", "abstain"]
VoteChannel = Literal["device", "oral"]
Form = Literal["room", "hybrid", "remote", "mandatory_remote"]
Distance = Literal["not_allowed", "some_may", "all_may", "all_may_be_obliged"]
CameraPolicy = Literal["always", "at_decisions"]
SubstituteOrder = Literal["party", "list"]
Publicity = Literal["closed", "may_decide", "public"]
"""A committee's meetings: closed; open when the committee so decides; open by its standing decision."""
ProceduralHow = Literal["acclamation", "roll_call"]
"""How a procedural question was answered: found by the chair, or by names called."""
WebcastStop = Literal["asked", "doors", "not_public", "closed"]
"""What stopped a webcast: a person, closed doors, a body no longer public, or the end of the meeting."""
ActingChair = Literal["longest_serving", "elected"]
"""Who presides when nobody of the presidium can: ålderspresidenten, or whoever the body elects."""
ChairGround = Literal["vice_chair", "longest_serving", "elected", "returns", "other"]
"""Why somebody presides from now on; `returns` is whoever presided before a single matter."""
RosterRole = Literal["member", "substitute", "secretary", "attendee"]
PresidiumSeat = Literal["chair", "first_vice_chair", "second_vice_chair"]
MatterKind = Literal[
    "opening",
    "verifiers",
    "agenda",
    "information",
    "decision",
    "interpellation",
    "question",
    "member_motion",
    "report",
    "election",
    "employment",
]
DECIDING = ("decision", "member_motion")
"""The kinds of matters that end in a decision on proposals."""
MeetingGround = Literal["ordinary", "chair", "executive", "third"]
IdentityMethod = Literal["known", "id_shown", "eid"]
SignInMethod = Literal["password", "invitation", "demo", "oidc"]
"""How a login was made: `oidc` is by the sign-in service of the organisation (OpenID Connect)."""
RemoteIdentity = Literal["chair", "eid"]
"""What is asked of the login of one at a distance: nothing beyond the chair's look, or e-legitimation."""
ArrivalMethod = Literal["code", "secretary"]
FloorKind = Literal["speech", "reply", "order", "information"]
ProposalKind = Literal["prepared", "counter", "reject", "amend", "add", "refer_back", "defer"]
MovedKind = Literal["counter", "reject", "amend", "add", "refer_back", "defer"]
RefusedAs = Literal["new_matter", "unlawful"]
"""Why the chair does not put a proposal (KL 5:57): a new matter is raised, what follows would be unlawful."""
ContestKind = Literal["today", "main", "counter", "addition"]
How = Literal["acclamation", "division", "minority", "ballot"]
Phase = Literal["convened", "roll_call", "open", "paused", "closed"]
PresenceState = Literal[
    "expected", "absent", "lobby", "returning", "room", "remote", "dropped", "viewer", "left", "expelled"
]
MatterStatus = Literal["coming", "current", "done", "decided", "referred_back", "deferred", "left", "struck"]
Stage = Literal["debate", "deciding", "decided", "finished"]
DivisionStatus = Literal["open", "preliminary", "confirmed", "voided"]
BallotMethod = Literal["slips", "electronic", "proportional"]
BallotStatus = Literal["open", "closed", "counted", "voided", "settled"]
Elects = Literal["members", "substitutes"]
"""Whom an election in a matter fills places with: ledamöter or ersättare."""
ElectedHow = Literal["acclamation", "ballot", "lots", "proportional"]
