"""Matters decided in a block (klubbas i block): nothing but the prepared proposals, one gavel, a § for each.

The chair reads the block out; any member may have a matter lifted out of it and handled by itself. When the
gavel falls each matter is taken up, put, found and decided as one alone would be, with those who count and
take part in that very matter.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Final

from meeting_server.meeting.actors import Actor
from meeting_server.meeting.agenda import MatterFinished, MatterTakenUp, TakeUpMatter
from meeting_server.meeting.changing import with_matter
from meeting_server.meeting.counting import counted, is_here, rules_of
from meeting_server.meeting.debate import CloseDebate, DebateClosed
from meeting_server.meeting.deciding import (
    CarriedFound,
    FindCarried,
    Gavel,
    MatterDecided,
    PutQuestion,
    QuestionsPut,
)
from meeting_server.meeting.gavel import decide_gavel, matter_decided
from meeting_server.meeting.grounds import (
    matter_on_agenda,
    no_block,
    no_running_division,
    require_quorum,
    section,
    sentence,
)
from meeting_server.meeting.outcome import Command, Event, Refusal
from meeting_server.meeting.presiding import chair_handed_over, handed_back
from meeting_server.meeting.proceeding import decide_take_up, matter_finished, matter_taken_up
from meeting_server.meeting.proposing import require_counted
from meeting_server.meeting.questions import (
    carried_found,
    decide_find,
    decide_put_question,
    questions_put,
)
from meeting_server.meeting.speaking import debate_closed, decide_close_debate
from meeting_server.meeting.state import MatterState, Meeting
from meeting_server.meeting.substitutes import MemberTookSeat
from meeting_server.meeting.substitution import member_took_seat
from meeting_server.meeting.words import DECIDING, MatterId, PersonId

FEWEST: Final = 2
"""A block is several matters."""


@dataclass(frozen=True, slots=True)
class TakeUpBlock(Command):
    """The chair takes up several matters to decide together (Ta upp i block)."""

    matters: tuple[MatterId, ...]


@dataclass(frozen=True, slots=True)
class LiftFromBlock(Command):
    """Have a matter handled by itself (Lyft ut); any member may."""

    matter: MatterId


@dataclass(frozen=True, slots=True)
class RecordLift(Command):
    """Record that a member has asked aloud that a matter be handled by itself."""

    matter: MatterId
    person: PersonId


@dataclass(frozen=True, slots=True)
class DropBlock(Command):
    """The chair takes the matters one by one after all (Ta ärendena ett och ett)."""


@dataclass(frozen=True, slots=True)
class DecideBlock(Command):
    """The gavel on the block: each matter is decided as prepared."""


@dataclass(frozen=True, slots=True)
class BlockTakenUp(Event):
    """These matters are to be decided together."""

    matters: tuple[MatterId, ...]
    present: tuple[PersonId, ...]


@dataclass(frozen=True, slots=True)
class LiftedFromBlock(Event):
    """A matter is to be handled by itself."""

    matter: MatterId
    person: PersonId
    recorded_by: PersonId | None = None


@dataclass(frozen=True, slots=True)
class BlockDropped(Event):
    """The matters are taken one by one."""


@dataclass(frozen=True, slots=True)
class BlockDecided(Event):
    """The gavel has fallen on the block; the events that follow take up and decide each matter of it."""

    matters: tuple[MatterId, ...]


def decide_take_up_block(meeting: Meeting, command: TakeUpBlock, actor: Actor) -> list[Event]:
    """Matters still to come, alike, with a prepared proposal each, and with quorum."""
    del actor
    no_running_division(meeting)
    current = meeting.matter
    if current is not None and not current.settled:
        raise Refusal(
            "matter-unfinished",
            "arbetsordningen",
            f"{section(current)} är upptagen men inte avgjord.",
            f"{section(current)} är inte avgjord",
            {"matter": current.matter.id},
        )
    no_block(meeting)
    wanted = tuple(dict.fromkeys(command.matters))
    if len(wanted) < FEWEST:
        raise Refusal(
            "block-too-small",
            "arbetsordningen",
            f"Ett block är minst {FEWEST} ärenden; {len(wanted)} är valt.",
            f"Välj minst {FEWEST} ärenden",
            {"matters": wanted},
        )
    kinds = {matter_on_agenda(meeting, one).matter.kind for one in wanted}
    if len(kinds) > 1:
        raise Refusal(
            "block-unlike",
            "arbetsordningen",
            "Ärendena i ett block ska vara av samma slag. Ta motioner och andra ärenden var för sig.",
            "Ärendena är av olika slag",
            {"kinds": tuple(sorted(kinds))},
        )
    before: list[Event] = []
    after = meeting
    if meeting.current is not None:
        finished = MatterFinished(meeting.current)
        before.append(finished)
        after = matter_finished(after, finished, meeting.at)
    for back in handed_back(after, *wanted):
        before.append(back)
        after = chair_handed_over(after, back, meeting.at)
    for one in wanted:
        require_fit(after, after.matters[one])
    require_quorum(after)
    return [*before, BlockTakenUp(wanted, counted(after))]


def decide_lift(meeting: Meeting, command: LiftFromBlock, actor: Actor) -> list[Event]:
    """By any member who counts, without giving reasons."""
    return _lift(meeting, command.matter, actor.name, None)


def decide_record_lift(meeting: Meeting, command: RecordLift, actor: Actor) -> list[Event]:
    """Asked for aloud."""
    return _lift(meeting, command.matter, command.person, actor.person)


def decide_drop(meeting: Meeting, command: DropBlock, actor: Actor) -> list[Event]:
    """While the block is open."""
    del command, actor
    _open_block(meeting)
    return [BlockDropped()]


def decide_block(meeting: Meeting, command: DecideBlock, actor: Actor) -> list[Event]:
    """Each matter in turn, judged by its own quorum, its own conflicts and its own abstentions.

    Whoever lets the gavel fall presides in all of them: one gavel is not handed back in the middle.
    """
    del command
    block = _open_block(meeting)
    for one in block:
        require_fit(meeting, meeting.matters[one])
    gavel = BlockDecided(block)
    events: list[Event] = [gavel]
    after = replace(block_decided(meeting, gavel, meeting.at), chair_before=None)
    for one in block:
        steps: tuple[tuple[Callable[..., list[Event]], Command], ...] = (
            (decide_take_up, TakeUpMatter(one)),
            (decide_close_debate, CloseDebate()),
            (decide_put_question, PutQuestion()),
            (decide_find, FindCarried(f"{one}-p0")),
            (decide_gavel, Gavel()),
        )
        for decide, act in steps:
            for event in decide(after, act, actor):
                events.append(event)
                after = _FOLLOW[type(event)](after, event, meeting.at)
    return events


def require_fit(meeting: Meeting, matter: MatterState) -> None:
    """That the matter may be decided in a block: there is nothing in it but a prepared proposal."""
    about = matter.matter
    why = None
    if matter.status != "coming":
        why = "är redan upptaget"
    elif about.kind not in DECIDING or about.proposal is None:
        why = "har inget berett förslag att besluta om"
    elif not about.announced or not about.prepared:
        why = "är inte kungjort eller inte berett; där ska alla närvarande tillfrågas"
    elif about.majority is not None:
        why = "kräver kvalificerad majoritet"
    elif rules_of(meeting).always_closed(authority=about.authority, secrecy=about.secrecy).outcome:
        why = "handläggs bakom stängda dörrar"
    elif about.staff_excluded and any(
        p.attends == "staff" and is_here(meeting.presence[p.id]) for p in meeting.people.values()
    ):
        why = "ska handläggas utan personalföreträdare"
    elif meeting.chair in matter.disqualified:
        why = "leds av en ordförande som är jävig"
    if why is not None:
        raise Refusal(
            "not-for-block",
            "arbetsordningen",
            f"Ärendet {section(matter)} {why}. Ta det för sig.",
            "Kan inte tas i block",
            {"matter": about.id},
        )
    leaves = rules_of(meeting).conflict_presence
    inside = [p for p in matter.disqualified if is_here(meeting.presence[p])]
    if inside and leaves().outcome == "leaves":
        raise Refusal(
            "not-for-block",
            leaves.cites.short,
            f"{meeting.people[inside[0]].called} är jävig i {section(matter)} och får inte vara närvarande. "
            f"Ta ärendet för sig. {sentence(leaves)}",
            "Någon är jävig",
            {"matter": about.id, "person": inside[0]},
        )


def fits(meeting: Meeting, matter: MatterState) -> bool:
    """Whether the matter may stand in a block."""
    try:
        require_fit(meeting, matter)
    except Refusal:
        return False
    return True


def _lift(meeting: Meeting, matter_id: MatterId, person: PersonId, by: PersonId | None) -> list[Event]:
    block = _open_block(meeting)
    matter = matter_on_agenda(meeting, matter_id)
    require_counted(meeting, person, "lyfta ut ett ärende", own=by is None)
    if matter_id not in block:
        raise Refusal(
            "not-in-block",
            "arbetsordningen",
            f"{section(matter)} hör inte till blocket.",
            "Hör inte till blocket",
            {"matter": matter_id},
        )
    lifted = LiftedFromBlock(matter_id, person, by)
    return [lifted] if len(block) > FEWEST else [lifted, BlockDropped()]


def _open_block(meeting: Meeting) -> tuple[MatterId, ...]:
    if not meeting.block:
        raise Refusal(
            "no-block",
            "arbetsordningen",
            "Inga ärenden är upptagna i block.",
            "Inget block är upptaget",
        )
    return meeting.block


def block_taken_up(meeting: Meeting, event: BlockTakenUp, at: datetime) -> Meeting:
    """Waiting for the gavel."""
    del at
    return replace(meeting, block=event.matters, reservations_asked=False)


def lifted_from_block(meeting: Meeting, event: LiftedFromBlock, at: datetime) -> Meeting:
    """One matter fewer."""
    del at
    return replace(meeting, block=tuple(m for m in meeting.block if m != event.matter))


def block_dropped(meeting: Meeting, event: BlockDropped, at: datetime) -> Meeting:
    """No block; what somebody has said of abstaining in a matter of it is said anew when it is taken up."""
    del event, at
    for one in meeting.block:
        meeting = with_matter(meeting, one, abstentions=None)
    return replace(meeting, block=())


def block_decided(meeting: Meeting, event: BlockDecided, at: datetime) -> Meeting:
    """Each matter knows with which it was decided."""
    del at
    for one in event.matters:
        meeting = with_matter(meeting, one, block=event.matters)
    return replace(meeting, block=())


_FOLLOW: Final[Mapping[type[Event], Callable[[Meeting, Any, datetime], Meeting]]] = {
    MatterFinished: matter_finished,
    MemberTookSeat: member_took_seat,
    MatterTakenUp: matter_taken_up,
    DebateClosed: debate_closed,
    QuestionsPut: questions_put,
    CarriedFound: carried_found,
    MatterDecided: matter_decided,
}
"""What deciding one matter of a block can lead to, and what each changes."""
