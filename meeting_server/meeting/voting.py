"""Deciding and evolving divisions: opening, voting, closing, correcting, voiding."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from meeting_server.meeting.abstention import AbstentionWithdrawn, require_may_abstain, standing_aside
from meeting_server.meeting.actors import Actor
from meeting_server.meeting.changing import open_contest, with_contest, with_division
from meeting_server.meeting.counting import counted, counted_remote, is_counted, rules_of, undecided_links
from meeting_server.meeting.divisions import (
    CastingVoteUsed,
    CastVote,
    CloseDivision,
    CorrectVote,
    DivisionClosed,
    DivisionConfirmed,
    DivisionOpened,
    DivisionVoided,
    ObjectToVote,
    OpenDivision,
    RecordOralVote,
    UseCastingVote,
    VoidDivision,
    VoteCast,
    VoteCorrected,
    VoteObjected,
)
from meeting_server.meeting.grounds import (
    able_chair,
    listing,
    no_dispute,
    no_running_division,
    person_on_roster,
    preliminary_division,
    require_quorum,
    required,
    sentence,
    unsettled_matter,
    uphold,
)
from meeting_server.meeting.naming import division_question
from meeting_server.meeting.outcome import Event, Refusal
from meeting_server.meeting.qualifying import verdict
from meeting_server.meeting.state import Contest, Division, GivenVote, Meeting
from meeting_server.meeting.tally import absent_voters, casting_needed
from meeting_server.meeting.uncounted import uncounted
from meeting_server.meeting.words import REJECT, CandidateId, PersonId, Vote, VoteChannel


def decide_open(meeting: Meeting, command: OpenDivision, actor: Actor) -> list[Event]:
    """On the question found and demanded, with quorum and with no link left undecided.

    Those who have said that they take no part in the decision stand as abstaining from the beginning.
    """
    del command
    matter = unsettled_matter(meeting)
    able_chair(meeting)
    no_dispute(meeting)
    no_running_division(meeting)
    contest = open_contest(meeting)
    if contest is None or contest.demanded_by is None or contest.found is None:
        raise Refusal(
            "nothing-demanded",
            "KL 5:53",
            "Ingen har begärt votering. Den begärs mellan det ordföranden finner och klubbslaget.",
            "Ingen votering är begärd",
        )
    if len(contest.candidates) > 2 and contest.counter is None:
        raise Refusal(
            "counter-needed",
            "KL 5:53",
            f"Det finns {len(contest.candidates)} förslag. Utse först motförslag bland de "
            f"{len(contest.candidates) - 1} som inte är huvudförslag.",
            "Motförslag saknas",
            {"candidates": contest.candidates},
        )
    quorum = require_quorum(meeting)
    lost = undecided_links(meeting)
    if lost:
        names = listing([meeting.people[p].called for p in lost])
        rule = rules_of(meeting).counted_when_lost
        raise Refusal(
            "link-undecided",
            rule.cites.short,
            f"Förbindelsen med {names} är bruten. Ajournera, fortsätt utan eller kalla in ersättare "
            f"först. {sentence(rule)}",
            f"{len(lost)} med bruten förbindelse",
            {"persons": lost},
        )
    rules = rules_of(meeting)
    openly = uphold(
        rules.open_division,
        rules.open_division(
            election=matter.matter.kind == "election", employment=matter.matter.kind == "employment"
        ),
        "Omröstningen ska vara sluten, också om bordläggning. Öppna en sluten omröstning.",
        "Ska vara sluten",
    )
    yes, no = sides(contest)
    opened = DivisionOpened(
        f"d{len(meeting.held) + 1}",
        matter.matter.id,
        contest.id,
        yes,
        no,
        counted(meeting),
        counted_remote(meeting),
        division_question(meeting, matter, contest.kind, yes, no),
        (quorum, openly),
    )
    aside = standing_aside(meeting, matter.matter.id, opened.voters)
    return [opened, *(VoteCast(opened.id, p, "abstain", "oral", actor.person) for p in aside)]


def sides(contest: Contest) -> tuple[CandidateId, CandidateId]:
    """What yes and no would carry: what was found, and what meets it."""
    found = contest.found if contest.found is not None else contest.candidates[0]
    if contest.counter is not None:
        return found, contest.counter
    others = [c for c in contest.candidates if c != found]
    return found, others[0] if others else REJECT


def decide_cast(meeting: Meeting, command: CastVote, actor: Actor) -> list[Event]:
    """One's own vote, by device."""
    return _vote(meeting, actor.name, command.vote, "device", None)


def decide_record_oral(meeting: Meeting, command: RecordOralVote, actor: Actor) -> list[Event]:
    """A vote given by voice."""
    return _vote(meeting, command.person, command.vote, "oral", actor.person)


def decide_close(meeting: Meeting, command: CloseDivision, actor: Actor) -> list[Event]:
    """The result is preliminary from here."""
    del command, actor
    division = _open_division(meeting)
    return [
        DivisionClosed(
            division.id,
            division.count("yes"),
            division.count("no"),
            division.count("abstain"),
            absent_voters(division),
            casting_needed(meeting, division),
        )
    ]


def decide_object(meeting: Meeting, command: ObjectToVote, actor: Actor) -> list[Event]:
    """By a voter, about the own vote."""
    division = preliminary_division(meeting)
    _voter(meeting, division, actor.name, own=True)
    if actor.name in division.objections:
        raise Refusal(
            "already-objected",
            "system",
            "Din invändning är redan antecknad. Ordföranden tar ställning före klubbslaget.",
            "Redan antecknad",
            {"division": division.id},
        )
    return [VoteObjected(division.id, actor.name, command.text)]


def decide_correct(meeting: Meeting, command: CorrectVote, actor: Actor) -> list[Event]:
    """A voter's vote as the voter says it is; one who did not vote must be here to give it now."""
    division = preliminary_division(meeting)
    _voter(meeting, division, command.person, own=False)
    before = division.given.get(command.person)
    if before is None:
        _counts_now(meeting, command.person, own=False)
    if command.vote == "abstain":
        require_may_abstain(meeting, division, command.person)
    stood = before.vote if before is not None else None
    return [VoteCorrected(division.id, command.person, stood, command.vote, actor.person)]


def decide_casting_vote(meeting: Meeting, command: UseCastingVote, actor: Actor) -> list[Event]:
    """At a tie, by a chair who has voted neither yes nor no."""
    division = preliminary_division(meeting)
    able_chair(meeting)
    rules = rules_of(meeting)
    yes, no = division.count("yes"), division.count("no")
    if not casting_needed(meeting, division):
        because = (
            f"Röstetalet är {yes} mot {no} och alltså inte lika."
            if yes != no
            else "Ordföranden har redan röstat; utslagsrösten följer den rösten."
            if verdict(meeting, division) is None
            else f"Röstetalet är {yes} mot {no}, men beslutet kräver mer än enkel majoritet."
        )
        raise Refusal(
            "casting-vote-not-needed",
            rules.casting_vote.cites.short,
            f"{because} {sentence(rules.casting_vote)}",
            "Utslagsröst behövs inte",
            {"yes": yes, "no": no},
        )
    ruling = rules.casting_vote(yes=yes, no=no, chair_vote=command.vote).record()
    return [CastingVoteUsed(division.id, actor.name, command.vote, (ruling,))]


def decide_void(meeting: Meeting, command: VoidDivision, actor: Actor) -> list[Event]:
    """Before the gavel; the reason stands in the minutes."""
    del actor
    running = meeting.running
    if running is None:
        raise Refusal(
            "no-division", "KL 5:54", "Ingen votering pågår eller väntar på klubban.", "Ingen votering"
        )
    return [DivisionVoided(running.id, required(command.reason, "Skälet att göra om voteringen"))]


def _vote(
    meeting: Meeting, person: PersonId, vote: Vote, channel: VoteChannel, recorded_by: PersonId | None
) -> list[Event]:
    division = _open_division(meeting)
    _voter(meeting, division, person, own=recorded_by is None)
    _counts_now(meeting, person, own=recorded_by is None)
    cast = VoteCast(division.id, person, vote, channel, recorded_by)
    if vote == "abstain":
        require_may_abstain(meeting, division, person)
    elif person in meeting.matters[division.matter].abstaining:
        return [AbstentionWithdrawn(division.matter, person, recorded_by), cast]
    return [cast]


def _open_division(meeting: Meeting) -> Division:
    running = meeting.running
    if running is None:
        raise Refusal("no-division", "KL 5:54", "Ingen votering pågår.", "Ingen votering pågår")
    if running.status != "open":
        raise Refusal(
            "division-closed",
            "KL 5:54",
            f"Voteringen är stängd: {running.count('yes')} ja och {running.count('no')} nej. "
            "Invänd före klubbslaget om din röst är fel.",
            "Voteringen är stängd",
            {"division": running.id},
        )
    return running


def _voter(meeting: Meeting, division: Division, person_id: PersonId, *, own: bool) -> None:
    if person_id in division.voters:
        return
    person = person_on_roster(meeting, person_id)
    if not is_counted(meeting, person_id):
        raise uncounted(meeting, person_id, "rösta", own=own)
    raise Refusal(
        "not-a-voter",
        "KL 5:54",
        f"{'Du' if own else person.called} kom efter att voteringen öppnades och deltar inte i den. "
        f"{len(division.voters)} är röstberättigade.",
        "Kom efter att voteringen öppnades",
        {"person": person_id, "division": division.id},
    )


def _counts_now(meeting: Meeting, person: PersonId, *, own: bool) -> None:
    if not is_counted(meeting, person):
        raise uncounted(meeting, person, "rösta", own=own)


def division_opened(meeting: Meeting, event: DivisionOpened, at: datetime) -> Meeting:
    """Open, nobody has voted."""
    division = Division(
        event.id,
        event.matter,
        event.contest,
        event.yes,
        event.no,
        event.voters,
        event.remote,
        event.question_text,
        at,
    )
    meeting = with_contest(meeting, event.matter, event.contest, division=event.id)
    return replace(meeting, divisions={**meeting.held, event.id: division}, division=event.id)


def vote_cast(meeting: Meeting, event: VoteCast, at: datetime) -> Meeting:
    """One vote more, or another."""
    given = GivenVote(event.vote, event.channel, at)
    votes = {**meeting.held[event.division].given, event.person: given}
    return with_division(meeting, event.division, votes=votes)


def division_closed(meeting: Meeting, event: DivisionClosed, at: datetime) -> Meeting:
    """Preliminary."""
    return with_division(meeting, event.division, status="preliminary", closed_at=at, closed_by=meeting.chair)


def vote_objected(meeting: Meeting, event: VoteObjected, at: datetime) -> Meeting:
    """An objection to settle."""
    del at
    objections = (*meeting.held[event.division].objections, event.person)
    return with_division(meeting, event.division, objections=objections)


def vote_corrected(meeting: Meeting, event: VoteCorrected, at: datetime) -> Meeting:
    """The vote as it now stands; a casting vote no longer holds, since the numbers may have changed."""
    division = meeting.held[event.division]
    before = division.given.get(event.person)
    channel: VoteChannel = before.channel if before is not None else "oral"
    return with_division(
        meeting,
        event.division,
        votes={**division.given, event.person: GivenVote(event.vote, channel, at)},
        objections=tuple(p for p in division.objections if p != event.person),
        casting=None,
        casting_by=None,
    )


def casting_vote_used(meeting: Meeting, event: CastingVoteUsed, at: datetime) -> Meeting:
    """The tie is broken."""
    del at
    return with_division(meeting, event.division, casting=event.vote, casting_by=event.person)


def division_confirmed(meeting: Meeting, event: DivisionConfirmed, at: datetime) -> Meeting:
    """Fixed by the gavel."""
    del at
    meeting = with_division(
        meeting,
        event.division,
        status="confirmed",
        carried=event.carried,
        by_casting_vote=event.by_casting_vote,
    )
    return replace(meeting, division=None)


def division_voided(meeting: Meeting, event: DivisionVoided, at: datetime) -> Meeting:
    """Kept, counts for nothing; the question may be divided on again."""
    del at
    division = meeting.held[event.division]
    meeting = with_division(meeting, event.division, status="voided", void_reason=event.reason)
    meeting = with_contest(meeting, division.matter, division.contest, division=None)
    return replace(meeting, division=None)
