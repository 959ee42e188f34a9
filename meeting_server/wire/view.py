"""The view: what is true now, in sections the screens draw and never recompute.

`view` is for one viewer; `Views` answers many viewers of the same instant and makes shared parts once.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from meeting_server.law.attending import ATTENDING
from meeting_server.law.kommunallagen.substitutes import Candidate
from meeting_server.law.regime import regime
from meeting_server.meeting.actors import Role
from meeting_server.meeting.counting import (
    are_doors_closed,
    counted,
    counted_remote,
    is_closed_by_law,
    is_counted,
    is_cut_off,
    is_disqualified,
    is_here,
    is_locked_out,
    is_public,
    is_serving,
    missing_for_conflict,
    must_leave,
    profile_of,
    quorum_now,
    roles_of,
    rules_of,
)
from meeting_server.meeting.state import Meeting
from meeting_server.meeting.striking import may_be_taken_back
from meeting_server.meeting.strong_identity import AT_A_DISTANCE, identity_methods
from meeting_server.meeting.substitution import candidates_for
from meeting_server.meeting.words import PersonId
from meeting_server.wire.chair_steps import chair_steps
from meeting_server.wire.json import Json, encode
from meeting_server.wire.loglines import log_lines
from meeting_server.wire.secretary_steps import secretary_steps
from meeting_server.wire.view_block import block_section, blockable
from meeting_server.wire.view_conduct import conduct_section
from meeting_server.wire.view_deciding import deciding_section, division_section, matter_section
from meeting_server.wire.view_election import election_section
from meeting_server.wire.view_me import me_section, viewer_reason
from meeting_server.wire.view_webcast import webcast_section
from meeting_server.wire.visibility import Viewer

Sections = dict[str, object]


def view(meeting: Meeting, viewer: Viewer, now: datetime) -> Sections:
    """Every section of the view for this viewer."""
    return Views(meeting, now).of(viewer)


class Views:
    """The views of one meeting at one instant; sections that several viewers share are the same object."""

    def __init__(self, meeting: Meeting, now: datetime) -> None:
        self.meeting = meeting
        self.now = now
        self._shared: dict[str, Sections] = {}

    def of(self, viewer: Viewer) -> Sections:
        """Every section for the viewer."""
        meeting = self.meeting
        cut_off = viewer.person is not None and not viewer.is_officer and is_cut_off(meeting, viewer.person)
        cut_off = cut_off or (viewer.role == "hall" and are_doors_closed(meeting))
        sections = dict(self._for("cut-off" if cut_off else viewer.role))
        division = sections["division"]
        if isinstance(division, dict) and viewer.person is not None:
            given = meeting.held[division["id"]].given.get(viewer.person)
            if given is not None:
                own = {"my_vote": given.vote, "my_vote_at": given.at.isoformat()}
                sections["division"] = {**division, **own}
        sections["me"] = me_section(meeting, viewer.person, viewer.signed_in)
        if viewer.role == "chair":
            sections["steps"] = chair_steps(meeting, viewer.person, self.now)
        elif viewer.role == "secretary":
            sections["steps"] = secretary_steps(meeting, viewer.person)
        return sections

    def _for(self, audience: str) -> Sections:
        """The sections that are alike for all of one audience, made once."""
        if audience not in self._shared:
            self._shared[audience] = self._make(audience)
        return self._shared[audience]

    def _make(self, audience: str) -> Sections:
        meeting = self.meeting
        officer = audience in ("chair", "secretary")
        sections: Sections = {
            "meeting": meeting_section(meeting),
            "quorum": quorum_section(meeting),
            "people": people_section(meeting),
            "presence": presence_section(meeting, officer=officer),
            "agenda": agenda_section(meeting),
            "matter": matter_section(meeting, cut_off=audience == "cut-off"),
            "block": block_section(meeting),
            "webcast": webcast_section(meeting, officer=officer),
            "debate": None if audience == "cut-off" else debate_section(meeting),
            "deciding": None if audience == "cut-off" else deciding_section(meeting),
            "election": None if audience == "cut-off" else election_section(meeting),
            "division": None if audience == "cut-off" else division_section(meeting, audience),
        }
        if officer:
            sections["blockable"] = blockable(meeting)
            sections["log"] = log_lines(meeting)
            sections["conduct"] = conduct_section(meeting)
        return sections


def meeting_section(meeting: Meeting) -> dict[str, Json]:
    """The frame of the meeting."""
    convened, law = meeting.convened, regime(meeting.convened.regime)
    secretary = next((p.id for p in meeting.people.values() if p.role == "secretary"), None)
    return {
        "id": convened.meeting_id,
        "organisation": convened.organisation,
        "body": convened.body.name,
        "body_definite": convened.body.definite,
        "answers": profile_of(meeting).answers,
        "announces": profile_of(meeting).announced,
        "body_kind": convened.body.kind,
        "is_public": is_public(meeting),
        "closed_by_law": is_closed_by_law(meeting),
        "may_be_public": convened.standing_orders.publicity != "closed",
        "conflict_presence": rules_of(meeting).conflict_presence().outcome,
        "ground": convened.ground,
        "requested_by": list(convened.requested_by),
        "notice": encode(convened.notice),
        "title": convened.title,
        "starts_at": convened.starts_at,
        "place": convened.place,
        "form": convened.form,
        "phase": meeting.phase,
        "roll_call_done": meeting.roll_call_done,
        "doors_closed": are_doors_closed(meeting),
        "rehearsal": convened.rehearsal,
        "regime": {"id": law.id, "title": law.title, "text_confirmed": law.text_confirmed},
        "chair": meeting.chair,
        "secretary": secretary,
        "seats": convened.body.seats,
        "verifiers": list(meeting.verifiers),
        "verification_place_and_time": meeting.verification_place_and_time,
        "reservations_asked": meeting.reservations_asked,
        "opened_at": _iso(meeting.opened_at),
        "closed_at": _iso(meeting.closed_at),
        "pause": encode(meeting.pause),
        "standing_orders": encode(convened.standing_orders),
    }


def quorum_section(meeting: Meeting) -> dict[str, Json]:
    """How many count, how many are needed, whether that is enough for the matter at hand."""
    seats, present = meeting.convened.body.seats, len(counted(meeting))
    disqualified = missing_for_conflict(meeting)
    needed = rules_of(meeting).quorum_needed(seats)
    return {
        "present": present,
        "needed": needed,
        "seats": seats,
        "ok": quorum_now(meeting).outcome,
        "remote": len(counted_remote(meeting)),
        "disqualified": disqualified,
        "text": f"Närvarande {present} · behövs {needed}",
    }


def people_section(meeting: Meeting) -> dict[str, Json]:
    """Everybody on the roster."""
    return {
        p.id: {
            "name": p.name,
            "party": p.party,
            "party_name": p.party_name,
            "role": p.role,
            "title": p.title,
            "photo": p.photo,
            "presidium": p.presidium,
            "order": p.order,
            "attends": p.attends,
            "attends_text": ATTENDING[p.attends].swedish if p.attends is not None else None,
        }
        for p in meeting.people.values()
    }


def presence_section(meeting: Meeting, *, officer: bool) -> list[dict[str, Json]]:
    """Where everybody is; how identity was established and links are for the chair and the secretary."""
    in_turn = _next_substitutes(meeting)
    rows: list[dict[str, Json]] = []
    for person, presence in meeting.presence.items():
        lost = presence.state in ("dropped", "returning")
        hindered = meeting.people[person].role == "member" and presence.replaced_by is None
        identity = presence.identity if officer else None
        at_a_distance = officer and presence.state in AT_A_DISTANCE
        rows.append(
            {
                "person": person,
                "state": presence.state,
                "serving": is_serving(meeting, person),
                "serves_for": presence.serves_for,
                "replaced_by": presence.replaced_by,
                "only_matter": presence.only_matter,
                "since": _iso(presence.since),
                "identity": encode(identity),
                "signed_in": encode(presence.signed_in) if at_a_distance else None,
                "identity_methods": list(identity_methods(meeting, person)) if officer else None,
                "link": encode(presence.link)
                if officer and presence.state in ("lobby", "returning")
                else None,
                "locked_out": is_locked_out(meeting, person),
                "may_take_back": officer and presence.departed_from is not None,
                "disqualified": is_disqualified(meeting, person),
                "must_leave": must_leave(meeting, person),
                "proposes": Role.PROPOSER in roles_of(meeting, person),
                "counted": is_counted(meeting, person),
                "next_substitute": in_turn.get(person) if hindered else None,
                "dropped_since": _iso(presence.since) if presence.state == "dropped" else None,
                "continued_without": presence.continued_without and lost,
                "new_picture_asked": presence.new_picture_asked,
                "seen_at": _iso(presence.seen_at) if officer else None,
                "awaits_seat": presence.awaits_seat,
                "viewer_reason": viewer_reason(meeting, person),
                "note": presence.note if officer and presence.state != "viewer" else None,
            }
        )
    return rows


def _next_substitutes(meeting: Meeting) -> Mapping[PersonId, PersonId]:
    """For each member who does not count, whose turn it is; worked out once per party and constituency."""
    rule = rules_of(meeting).substitute_priority
    by_group: dict[tuple[str | None, str | None, bool], PersonId | None] = {}
    found: dict[PersonId, PersonId] = {}
    for person in meeting.people.values():
        if person.role != "member" or is_counted(meeting, person.id):
            continue
        for_matter = is_disqualified(meeting, person.id) and is_here(meeting.presence[person.id])
        group = (person.party, person.constituency, for_matter)
        if group not in by_group:
            candidates: tuple[Candidate, ...] = candidates_for(meeting, person.id, meeting.current)
            by_group[group] = rule(candidates=candidates, constituency=person.constituency).outcome
        turn = by_group[group]
        if turn is not None:
            found[person.id] = turn
    return found


def agenda_section(meeting: Meeting) -> list[dict[str, Json]]:
    """The agenda with how far each matter has come."""
    return [
        {
            "matter": m.matter.id,
            "number": m.number,
            "title": m.matter.title,
            "reference": m.matter.reference,
            "kind": m.matter.kind,
            "status": m.status,
            "outcome_text": m.outcome_text,
            "immediate": m.immediate,
            "announced": m.matter.announced,
            "prepared": m.matter.prepared,
            "authority": m.matter.authority,
            "secrecy": m.matter.secrecy,
            "announced_on": m.matter.announced_on,
            "may_take_back": may_be_taken_back(m),
            "reservations": [note.person for note in m.reservations],
        }
        for m in meeting.matters.values()
    ]


def debate_section(meeting: Meeting) -> dict[str, Json]:
    """Who has the floor, who waits."""
    debate, matter = meeting.debate, meeting.matter
    floor = debate.floor
    return {
        "floor": None
        if floor is None
        else {
            "person": floor.person,
            "kind": floor.kind,
            "since": floor.since.isoformat(),
            "limit_seconds": floor.limit_seconds,
            "where": _where(meeting, floor.person),
        },
        "queue": [
            {
                "id": request.id,
                "person": request.person,
                "kind": request.kind,
                "where": _where(meeting, request.person),
                "since": request.since.isoformat(),
            }
            for request in debate.queue
        ],
        "closed": debate.list_closed or (matter is not None and matter.debate_closed),
        "list_closed": debate.list_closed,
    }


def _where(meeting: Meeting, person: PersonId) -> str:
    return "room" if meeting.presence[person].state == "room" else "remote"


def _iso(at: datetime | None) -> str | None:
    return None if at is None else at.isoformat()
