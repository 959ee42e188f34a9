"""Deciding and evolving the frame and the agenda: open, pause, close, take up, note, finish."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from meeting_server.law.ruling import RulingRecord
from meeting_server.meeting import summons
from meeting_server.meeting.actors import Actor
from meeting_server.meeting.agenda import (
    FinishMatter,
    MatterFinished,
    MatterNoted,
    MatterTakenUp,
    NoteMatter,
    TakeUpMatter,
)
from meeting_server.meeting.asking import noted_text
from meeting_server.meeting.changing import with_matter
from meeting_server.meeting.counting import (
    counted,
    counted_remote,
    is_counted,
    is_here,
    rules_of,
)
from meeting_server.meeting.grounds import (
    able_chair,
    count,
    listing,
    local_rules,
    matter_on_agenda,
    no_block,
    no_running_division,
    open_doors,
    person_on_roster,
    require_quorum,
    required,
    section,
    sentence,
    somebody_in_room,
    the_matter,
    unsettled_matter,
    uphold,
)
from meeting_server.meeting.outcome import Event, Refusal
from meeting_server.meeting.presiding import chair_handed_over, handed_back
from meeting_server.meeting.sitting import (
    AppointVerifiers,
    AskForReservations,
    CloseMeeting,
    MeetingClosed,
    MeetingOpened,
    MeetingPaused,
    MeetingResumed,
    OpenMeeting,
    PauseMeeting,
    ReservationsAsked,
    ResumeMeeting,
    VerifiersAppointed,
)
from meeting_server.meeting.state import Debate, MatterState, Meeting, Pause, Proposal
from meeting_server.meeting.substitutes import MemberTookSeat
from meeting_server.meeting.substitution import gives_back, member_took_seat, release_for_matter
from meeting_server.meeting.undecided import hindrances, quorum_missed
from meeting_server.meeting.urgency import all_agree_to_take_up

_NOTED = {
    "opening": "Uppropet och dagordningen godkänns.",
    "agenda": "Dagordningen godkänns.",
    "information": "Informationen läggs till handlingarna.",
    "report": "Anmälan läggs till handlingarna.",
}


def decide_open(meeting: Meeting, command: OpenMeeting, actor: Actor) -> list[Event]:
    """The one who presides is here, and the meeting has the place and the form the law asks for."""
    del command
    able_chair(meeting)
    rules, orders, form = rules_of(meeting), meeting.convened.standing_orders, meeting.convened.form
    rulings: list[RulingRecord] = [
        uphold(
            rules.physical_place,
            rules.physical_place(place=meeting.convened.place is not None),
            f"{meeting.convened.body.name} måste ha en plats dit allmänheten kan komma; ingen är angiven.",
            "Plats saknas",
        )
    ]
    if form == "mandatory_remote":
        obliged = rules.mandatory_remote(
            distance=orders.distance, committee_decided=orders.committee_uses_obligation
        )
        rulings.append(
            uphold(
                rules.mandatory_remote,
                obliged,
                "Distans får inte krävas: både fullmäktige och nämnden måste ha beslutat om det.",
                "Distans får inte krävas",
            )
        )
    return [MeetingOpened(actor.name, (*rulings, *summons.rulings(meeting)))]


def decide_pause(meeting: Meeting, command: PauseMeeting, actor: Actor) -> list[Event]:
    """Never in the middle of a division, whose voters would be counted at two times."""
    del actor
    running = meeting.running
    if running is not None and running.status == "open":
        no_running_division(meeting)
    if command.minutes is not None and not 1 <= command.minutes <= 24 * 60:
        raise Refusal(
            "pause-length",
            "arbetsordningen",
            f"Ajourneringen kan vara 1–1440 minuter, inte {command.minutes}.",
            "1–1440 minuter",
            {"minutes": command.minutes},
        )
    return [MeetingPaused(command.minutes, command.reason)]


def decide_resume(meeting: Meeting, command: ResumeMeeting, actor: Actor) -> list[Event]:
    """With those who are here now; on another day the one who presides is among them."""
    del command, actor
    if meeting.pause is not None and meeting.pause.continues_at is not None:
        able_chair(meeting)
    return [MeetingResumed(counted(meeting), counted_remote(meeting))]


def decide_ask_for_reservations(meeting: Meeting, command: AskForReservations, actor: Actor) -> list[Event]:
    """When nothing is left half decided."""
    del command, actor
    _nothing_in_the_middle(meeting)
    return [ReservationsAsked()]


def decide_close(meeting: Meeting, command: CloseMeeting, actor: Actor) -> list[Event]:
    """Reservations asked for where something may have been decided, nothing in the middle."""
    del command, actor
    _nothing_in_the_middle(meeting)
    if meeting.roll_call_done and not meeting.reservations_asked:
        rule = rules_of(meeting).may_reserve
        raise Refusal(
            "reservations-not-asked",
            rule.cites.short,
            "Fråga först om någon vill reservera sig. Efter avslutandet kan ingen göra det. "
            f"{sentence(rule)}",
            "Fråga om reservationer först",
        )
    finished: list[Event] = [] if meeting.current is None else [MatterFinished(meeting.current)]
    return [*finished, *quorum_missed(meeting), MeetingClosed(counted(meeting))]


def decide_appoint_verifiers(meeting: Meeting, command: AppointVerifiers, actor: Actor) -> list[Event]:
    """As many as the standing orders say, of those who serve, and not the chair."""
    del actor
    wanted = meeting.convened.standing_orders.verifiers
    if len(set(command.persons)) != len(command.persons) or len(command.persons) != wanted:
        raise Refusal(
            "verifier-count",
            local_rules(meeting),
            f"{count(wanted, 'justerare', 'justerare')} ska utses, {len(set(command.persons))} är angivna.",
            f"{wanted} justerare ska utses",
            {"wanted": wanted, "given": len(command.persons)},
        )
    place_and_time = required(command.place_and_time, "Tid och plats för justeringen")
    for person_id in command.persons:
        person = person_on_roster(meeting, person_id)
        if person_id == meeting.chair or not is_counted(meeting, person_id):
            why = "är ordförande" if person_id == meeting.chair else "tjänstgör inte"
            raise Refusal(
                "verifier-unfit",
                local_rules(meeting),
                f"{person.called} {why} och kan inte utses till justerare.",
                "Kan inte utses",
                {"person": person_id},
            )
    matter = meeting.matter
    in_matter = (
        matter.matter.id
        if matter is not None and matter.matter.kind == "verifiers" and not matter.settled
        else None
    )
    return [VerifiersAppointed(command.persons, place_and_time, in_matter)]


def decide_take_up(meeting: Meeting, command: TakeUpMatter, actor: Actor) -> list[Event]:
    """One matter at a time, announced, with quorum for that very matter and an able chair."""
    del actor
    wanted = matter_on_agenda(meeting, command.matter)
    if wanted.status != "coming":
        raise Refusal(
            "already-handled",
            "arbetsordningen",
            f"{the_matter(wanted)} är redan upptaget.",
            "Redan upptagen",
            {"matter": command.matter},
        )
    _nothing_in_the_middle(meeting)
    events: list[Event] = []
    after = meeting
    if meeting.current is not None:
        finished = MatterFinished(meeting.current)
        events.append(finished)
        after = matter_finished(after, finished, meeting.at)
    for back in handed_back(after, command.matter):
        events.append(back)
        after = chair_handed_over(after, back, meeting.at)
    rules = rules_of(meeting)
    for person, presence in after.presence.items():
        substitute = gives_back(after, person, command.matter)
        if substitute is not None and presence.awaits_seat and is_here(presence):
            ruling = rules.late_member_serves(substitute_in=True).record()
            taken = MemberTookSeat(person, substitute, (ruling,))
            events.append(taken)
            after = member_took_seat(after, taken, meeting.at)
    after = replace(after, current=command.matter)
    able_chair(after)
    announced = uphold(
        rules.announced_only,
        rules.announced_only(
            announced=wanted.matter.announced, unanimous=all_agree_to_take_up(after, wanted)
        ),
        f"{the_matter(wanted)} är inte kungjort och får bara avgöras om alla närvarande är ense om det.",
        "Ärendet är inte kungjort",
    )
    quorum = require_quorum(after)
    spread = somebody_in_room(after)
    about = wanted.matter
    closed = rules.always_closed(authority=about.authority, secrecy=about.secrecy)
    rulings = (quorum, announced, spread, *((closed.record(),) if closed.outcome else ()))
    taken_up = MatterTakenUp(command.matter, meeting.next_number, counted(after), rulings)
    return [*events, taken_up]


def decide_finish(meeting: Meeting, command: FinishMatter, actor: Actor) -> list[Event]:
    """Only what is decided or noted."""
    del command, actor
    matter = meeting.matter
    if matter is None:
        raise Refusal("no-matter", "arbetsordningen", "Inget ärende är upptaget.", "Inget ärende är upptaget")
    _nothing_in_the_middle(meeting)
    finished = MatterFinished(matter.matter.id)
    return [finished, *handed_back(matter_finished(meeting, finished, meeting.at))]


def decide_note(meeting: Meeting, command: NoteMatter, actor: Actor) -> list[Event]:
    """Only matters that ask for no decision."""
    del command, actor
    matter = unsettled_matter(meeting)
    text = noted_text(matter) or _NOTED.get(matter.matter.kind)
    if text is None:
        what = "justerare ska utses" if matter.matter.kind == "verifiers" else "ett beslut ska fattas"
        raise Refusal(
            "decision-needed",
            "arbetsordningen",
            f"{section(matter)} kan inte läggas till handlingarna: {what}.",
            "Beslut ska fattas",
            {"matter": matter.matter.id},
        )
    able_chair(meeting)
    in_public = open_doors(meeting)
    require_quorum(meeting)
    return [MatterNoted(matter.matter.id, counted(meeting), text, in_public)]


def _nothing_in_the_middle(meeting: Meeting) -> None:
    no_running_division(meeting)
    no_block(meeting)
    matter = meeting.matter
    if matter is not None and not matter.settled:
        what = "Lämna det oavgjort" if hindrances(meeting) else "Fatta beslutet eller skjut upp det"
        raise Refusal(
            "matter-unfinished",
            "arbetsordningen",
            f"{the_matter(matter)} är upptaget men inte avgjort. {what}.",
            f"{section(matter)} är inte avgjord",
            {"matter": matter.matter.id},
        )


def meeting_opened(meeting: Meeting, event: MeetingOpened, at: datetime) -> Meeting:
    """Open; the roll call begins."""
    del event
    return replace(meeting, phase="roll_call", opened_at=at)


def meeting_paused(meeting: Meeting, event: MeetingPaused, at: datetime) -> Meeting:
    """Paused."""
    return replace(meeting, phase="paused", pause=Pause(at, event.minutes, event.reason))


def meeting_resumed(meeting: Meeting, event: MeetingResumed, at: datetime) -> Meeting:
    """Where it was."""
    del event, at
    return replace(meeting, phase="open" if meeting.roll_call_done else "roll_call", pause=None)


def reservations_asked(meeting: Meeting, event: ReservationsAsked, at: datetime) -> Meeting:
    """Asked, until something more is decided."""
    del event, at
    return replace(meeting, reservations_asked=True)


def meeting_closed(meeting: Meeting, event: MeetingClosed, at: datetime) -> Meeting:
    """Closed."""
    del event
    return replace(meeting, phase="closed", closed_at=at, debate=Debate())


def verifiers_appointed(meeting: Meeting, event: VerifiersAppointed, at: datetime) -> Meeting:
    """Appointed; the § it was done in is decided."""
    del at
    meeting = replace(meeting, verifiers=event.persons, verification_place_and_time=event.place_and_time)
    if event.matter is None:
        return meeting
    names = listing([meeting.people[p].called for p in event.persons])
    text = f"{names} utses att justera protokollet. {event.place_and_time}"
    return with_matter(meeting, event.matter, stage="decided", outcome_text=text)


def matter_taken_up(meeting: Meeting, event: MatterTakenUp, at: datetime) -> Meeting:
    """Handled now; the prepared proposal stands in it from the start."""
    del at
    prepared = meeting.matters[event.matter].matter.proposal
    first: dict[str, Proposal] = {}
    if prepared is not None:
        proposal = Proposal(f"{event.matter}-p0", "prepared", None, prepared.source, prepared.points)
        first[proposal.id] = proposal
    meeting = with_matter(
        meeting, event.matter, number=event.minute_number, status="current", stage="debate", proposals=first
    )
    return replace(
        meeting,
        current=event.matter,
        next_number=event.minute_number + 1,
        debate=Debate(),
        reservations_asked=False,
    )


def matter_finished(meeting: Meeting, event: MatterFinished, at: datetime) -> Meeting:
    """Left; substitutions for the matter alone are over."""
    del at
    matter = meeting.matters[event.matter]
    status = matter.status if matter.status != "current" else _final_status(matter)
    meeting = with_matter(meeting, event.matter, stage="finished", status=status)
    return replace(release_for_matter(meeting, event.matter), current=None, debate=Debate())


def matter_noted(meeting: Meeting, event: MatterNoted, at: datetime) -> Meeting:
    """Noted."""
    del at
    return with_matter(meeting, event.matter, stage="decided", outcome_text=event.outcome_text)


def _final_status(matter: MatterState) -> str:
    return "decided" if matter.decision is not None else "done"
