"""Deciding and evolving the debate: the speakers' list, the floor, the line, the end."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from meeting_server.meeting.actors import Actor, Role
from meeting_server.meeting.asking import require_debate_permitted
from meeting_server.meeting.changing import open_contest, with_matter
from meeting_server.meeting.counting import is_counted, roles_of
from meeting_server.meeting.debate import (
    AddSpeaker,
    CloseDebate,
    CloseSpeakersList,
    DebateClosed,
    DebateReopened,
    DeclineRequest,
    EndFloor,
    ExtendFloor,
    FloorDeclined,
    FloorEnded,
    FloorExtended,
    FloorGiven,
    FloorRequested,
    FloorRequestWithdrawn,
    GiveFloor,
    MoveSpeaker,
    ReopenDebate,
    ReopenSpeakersList,
    RequestFloor,
    SpeakerMoved,
    SpeakersListClosed,
    SpeakersListReopened,
    WithdrawRequest,
)
from meeting_server.meeting.floor_rights import require_may_speak, require_replies_left
from meeting_server.meeting.grounds import (
    count,
    current_matter,
    no_running_division,
    open_debate,
    person_on_roster,
    section,
    unsettled_matter,
)
from meeting_server.meeting.outcome import Event, Refusal
from meeting_server.meeting.questions import additions_left
from meeting_server.meeting.state import Floor, FloorRequest, Meeting
from meeting_server.meeting.uncounted import uncounted
from meeting_server.meeting.words import DECIDING, ELECTING, FloorKind, PersonId, RequestId

_FIRST: dict[FloorKind, int] = {"order": 0, "information": 1, "reply": 1, "speech": 2}
"""A point of order goes before all, a fact and a reply before speeches; within a kind, first come first."""
_LONGEST_EXTENSION = 3600
"""Seconds that may be added to a speech at a time."""


def decide_request_floor(meeting: Meeting, command: RequestFloor, actor: Actor) -> list[Event]:
    """By one who is here and may speak in the matter."""
    person = person_on_roster(meeting, actor.name)
    if person.role in ("member", "substitute") and not is_counted(meeting, person.id):
        current_matter(meeting)
        raise uncounted(meeting, person.id, "begära ordet", own=True)
    return _request(meeting, person.id, command.kind, None)


def decide_add_speaker(meeting: Meeting, command: AddSpeaker, actor: Actor) -> list[Event]:
    """Put on the list by the chair or the secretary."""
    person = person_on_roster(meeting, command.person)
    return _request(meeting, person.id, command.kind, actor.person)


def decide_withdraw_request(meeting: Meeting, command: WithdrawRequest, actor: Actor) -> list[Event]:
    """One's own place in the list."""
    del command
    own = next((r for r in meeting.debate.queue if r.person == actor.name), None)
    if own is None:
        raise Refusal("no-request", "system", "Du står inte på talarlistan.", "Står inte på talarlistan")
    return [FloorRequestWithdrawn(own.id, own.person)]


def decide_decline(meeting: Meeting, command: DeclineRequest, actor: Actor) -> list[Event]:
    """The chair's order."""
    del actor
    request = _request_by_id(meeting, command.id)
    return [FloorDeclined(request.id, request.person)]


def decide_move(meeting: Meeting, command: MoveSpeaker, actor: Actor) -> list[Event]:
    """To a place that exists."""
    del actor
    request = _request_by_id(meeting, command.id)
    places = len(meeting.debate.queue)
    if not 0 <= command.position < places:
        raise Refusal(
            "no-such-position",
            "system",
            f"Platsen finns inte; talarlistan har {count(places, 'plats', 'platser')}.",
            "Platsen finns inte",
            {"position": command.position},
        )
    return [SpeakerMoved(request.id, command.position)]


def decide_give_floor(meeting: Meeting, command: GiveFloor, actor: Actor) -> list[Event]:
    """To a request in the list or to a person; whoever has the floor loses it."""
    del actor
    current_matter(meeting)
    kind: FloorKind = "speech"
    request_id: RequestId | None = None
    if command.id is not None:
        request = _request_by_id(meeting, command.id)
        person, kind, request_id = request.person, request.kind, request.id
    elif command.person is not None:
        person = person_on_roster(meeting, command.person).id
    elif meeting.debate.queue:
        first = meeting.debate.queue[0]
        person, kind, request_id = first.person, first.kind, first.id
    else:
        raise Refusal("nobody-listed", "arbetsordningen", "Ingen står på talarlistan.", "Talarlistan är tom")
    if kind != "order":
        open_debate(meeting)
    require_may_speak(meeting, person)
    require_debate_permitted(meeting, person, kind)
    orders = meeting.convened.standing_orders
    limit = {"speech": orders.speech_seconds, "reply": orders.reply_seconds}.get(kind)
    ended: list[Event] = [FloorEnded(meeting.debate.floor.person)] if meeting.debate.floor is not None else []
    return [*ended, FloorGiven(person, kind, limit, request_id)]


def decide_end_floor(meeting: Meeting, command: EndFloor, actor: Actor) -> list[Event]:
    """By the chair, or by the speaker."""
    del command
    floor = _floor(meeting)
    if actor.name != floor.person and Role.CHAIR not in roles_of(meeting, actor.name):
        raise Refusal(
            "not-your-floor",
            "arbetsordningen",
            f"{meeting.people[floor.person].called} har ordet. "
            "Bara ordföranden kan avsluta det åt någon annan.",
            "Någon annan har ordet",
            {"person": floor.person},
        )
    return [FloorEnded(floor.person)]


def decide_extend_floor(meeting: Meeting, command: ExtendFloor, actor: Actor) -> list[Event]:
    """More time, where there is a limit."""
    del actor
    floor = _floor(meeting)
    if floor.limit_seconds is None:
        raise Refusal(
            "no-time-limit",
            "arbetsordningen",
            f"{meeting.people[floor.person].called} talar utan tidsgräns; det finns ingen tid att förlänga.",
            "Ingen tidsgräns",
        )
    if not 1 <= command.seconds <= _LONGEST_EXTENSION:
        raise Refusal(
            "extension-length",
            "arbetsordningen",
            f"Taletiden kan förlängas med 1–{_LONGEST_EXTENSION} sekunder, inte {command.seconds}.",
            f"1–{_LONGEST_EXTENSION} sekunder",
            {"seconds": command.seconds},
        )
    return [FloorExtended(floor.person, command.seconds, floor.limit_seconds + command.seconds)]


def decide_close_list(meeting: Meeting, command: CloseSpeakersList, actor: Actor) -> list[Event]:
    """The line, once."""
    del command, actor
    open_debate(meeting)
    if meeting.debate.list_closed:
        raise Refusal("list-closed", "arbetsordningen", "Streck är redan satt.", "Streck är redan satt")
    return [SpeakersListClosed()]


def decide_reopen_list(meeting: Meeting, command: ReopenSpeakersList, actor: Actor) -> list[Event]:
    """The line taken away."""
    del command, actor
    open_debate(meeting)
    if not meeting.debate.list_closed:
        raise Refusal("list-open", "arbetsordningen", "Streck är inte satt.", "Streck är inte satt")
    return [SpeakersListReopened()]


def decide_close_debate(meeting: Meeting, command: CloseDebate, actor: Actor) -> list[Event]:
    """When everybody on the list has spoken."""
    del command, actor
    matter = open_debate(meeting)
    if matter.matter.kind not in (*DECIDING, *ELECTING):
        raise Refusal(
            "no-decision-to-make",
            "arbetsordningen",
            f"{section(matter)} är inget beslutsärende.",
            "Inget beslutsärende",
            {"matter": matter.matter.id},
        )
    if meeting.debate.floor is not None:
        speaker = meeting.people[meeting.debate.floor.person].called
        raise Refusal(
            "floor-taken",
            "arbetsordningen",
            f"{speaker} har ordet. Avsluta ordet först.",
            "Någon har ordet",
            {"person": meeting.debate.floor.person},
        )
    waiting = len(meeting.debate.queue)
    if waiting:
        raise Refusal(
            "speakers-remain",
            "arbetsordningen",
            f"{count(waiting, 'talare', 'talare')} står kvar på talarlistan. Ge ordet eller stryk först.",
            f"{waiting} står kvar på talarlistan",
            {"waiting": waiting},
        )
    return [DebateClosed(matter.matter.id)]


def decide_reopen_debate(meeting: Meeting, command: ReopenDebate, actor: Actor) -> list[Event]:
    """While the main question has no answer: a proposal moved after it could never be put."""
    del command, actor
    matter = unsettled_matter(meeting)
    no_running_division(meeting)
    if not matter.debate_closed:
        raise Refusal("debate-open", "arbetsordningen", "Överläggningen pågår.", "Överläggningen pågår")
    if matter.election.demanded_by is not None or matter.election.ballot is not None:
        raise Refusal(
            "ballot-demanded",
            "KL 5:53",
            "Sluten omröstning är begärd och ska hållas innan nomineringarna kan återupptas.",
            "Omröstning är begärd",
            {"matter": matter.matter.id},
        )
    contest = open_contest(meeting)
    if contest is not None and contest.demanded_by is not None:
        raise Refusal(
            "division-demanded",
            "KL 5:53",
            "Votering är begärd och ska hållas innan överläggningen kan återupptas.",
            "Votering är begärd",
            {"contest": contest.id},
        )
    if any(c.kind == "main" and c.outcome is not None for c in matter.contests):
        left = len(additions_left(matter)) + (contest is not None)
        raise Refusal(
            "question-put",
            "KL 5:53",
            f"Huvudfrågan i {section(matter)} är avgjord; "
            f"{count(left, 'tilläggsyrkande', 'tilläggsyrkanden')} återstår att ställa proposition på.",
            "Huvudfrågan är avgjord",
            {"matter": matter.matter.id, "left": left},
        )
    return [DebateReopened(matter.matter.id)]


def _request(
    meeting: Meeting, person: PersonId, kind: FloorKind, recorded_by: PersonId | None
) -> list[Event]:
    if kind == "order":
        current_matter(meeting)
    else:
        open_debate(meeting)
    require_may_speak(meeting, person, own=recorded_by is None)
    require_debate_permitted(meeting, person, kind)
    if kind == "reply" and recorded_by is None:
        require_replies_left(meeting, person)
    if kind == "speech" and meeting.debate.list_closed and recorded_by is None:
        raise Refusal(
            "list-closed",
            "arbetsordningen",
            "Streck är satt och nya anföranden tas inte upp. Replik och ordningsfråga går att begära.",
            "Streck är satt",
        )
    if any(r.person == person and r.kind == kind for r in meeting.debate.queue):
        raise Refusal(
            "already-listed",
            "arbetsordningen",
            f"{meeting.people[person].called} står redan på talarlistan.",
            "Står redan på talarlistan",
            {"person": person},
        )
    return [FloorRequested(f"f{meeting.seq + 1}", person, kind, recorded_by)]


def _request_by_id(meeting: Meeting, request: RequestId) -> FloorRequest:
    found = next((r for r in meeting.debate.queue if r.id == request), None)
    if found is None:
        raise Refusal(
            "no-request",
            "system",
            f"Begäran finns inte längre; talarlistan har {count(len(meeting.debate.queue), 'namn', 'namn')}.",
            "Begäran finns inte längre",
            {"request": request},
        )
    return found


def _floor(meeting: Meeting) -> Floor:
    if meeting.debate.floor is None:
        raise Refusal("floor-empty", "arbetsordningen", "Ingen har ordet.", "Ingen har ordet")
    return meeting.debate.floor


def floor_requested(meeting: Meeting, event: FloorRequested, at: datetime) -> Meeting:
    """On the list, after those who go before."""
    queue = meeting.debate.queue
    place = next((i for i, r in enumerate(queue) if _FIRST[r.kind] > _FIRST[event.kind]), len(queue))
    request = FloorRequest(event.id, event.person, event.kind, at)
    return _with_queue(meeting, (*queue[:place], request, *queue[place:]))


def floor_request_gone(
    meeting: Meeting, event: FloorRequestWithdrawn | FloorDeclined, at: datetime
) -> Meeting:
    """Off the list."""
    del at
    return _with_queue(meeting, tuple(r for r in meeting.debate.queue if r.id != event.id))


def speaker_moved(meeting: Meeting, event: SpeakerMoved, at: datetime) -> Meeting:
    """At another place in the list."""
    del at
    moved = [r for r in meeting.debate.queue if r.id == event.id]
    rest = [r for r in meeting.debate.queue if r.id != event.id]
    return _with_queue(meeting, (*rest[: event.position], *moved, *rest[event.position :]))


def floor_given(meeting: Meeting, event: FloorGiven, at: datetime) -> Meeting:
    """Has the floor, and is off the list."""
    floor = Floor(event.person, event.kind, at, event.limit_seconds)
    queue = tuple(r for r in meeting.debate.queue if r.id != event.request)
    replied = (*meeting.debate.replied, event.person) if event.kind == "reply" else meeting.debate.replied
    return replace(meeting, debate=replace(meeting.debate, floor=floor, queue=queue, replied=replied))


def floor_ended(meeting: Meeting, event: FloorEnded, at: datetime) -> Meeting:
    """Nobody has the floor."""
    del event, at
    return replace(meeting, debate=replace(meeting.debate, floor=None))


def floor_extended(meeting: Meeting, event: FloorExtended, at: datetime) -> Meeting:
    """A later limit."""
    del at
    floor = meeting.debate.floor
    if floor is None:
        return meeting
    extended = replace(floor, limit_seconds=event.limit_seconds)
    return replace(meeting, debate=replace(meeting.debate, floor=extended))


def list_closed(meeting: Meeting, event: SpeakersListClosed, at: datetime) -> Meeting:
    """The line is drawn."""
    del event, at
    return replace(meeting, debate=replace(meeting.debate, list_closed=True))


def list_reopened(meeting: Meeting, event: SpeakersListReopened, at: datetime) -> Meeting:
    """The line is gone."""
    del event, at
    return replace(meeting, debate=replace(meeting.debate, list_closed=False))


def debate_closed(meeting: Meeting, event: DebateClosed, at: datetime) -> Meeting:
    """Deciding begins; the chair is asked anew about members whose link is lost."""
    del at
    presence = {
        p: replace(state, continued_without=False) if state.continued_without else state
        for p, state in meeting.presence.items()
    }
    meeting = replace(meeting, presence=presence)
    return with_matter(meeting, event.matter, debate_closed=True, stage="deciding")


def debate_reopened(meeting: Meeting, event: DebateReopened, at: datetime) -> Meeting:
    """Debate again: questions put and not answered are put anew afterwards."""
    del at
    matter = meeting.matters[event.matter]
    answered = tuple(c for c in matter.contests if c.outcome is not None)
    return with_matter(
        meeting,
        event.matter,
        debate_closed=False,
        stage="debate",
        contests=answered,
        election=replace(matter.election, found=()),
    )


def _with_queue(meeting: Meeting, queue: tuple[FloorRequest, ...]) -> Meeting:
    return replace(meeting, debate=replace(meeting.debate, queue=queue))
