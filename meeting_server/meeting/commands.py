"""The table of contents of the product: every command, who may give it, when, and what decides it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final, TypeAlias

from meeting_server.meeting import (
    abstention,
    agenda,
    another_day,
    asking,
    attendance,
    balloting,
    blocks,
    conduct,
    conflicts,
    debate,
    deciding,
    deferral,
    disputes,
    divisions,
    doors,
    drawing,
    electing,
    elections,
    gavel,
    lobby,
    matter_facts,
    minority,
    nominating,
    observing,
    presence,
    presiding,
    proceeding,
    proportional,
    proportioning,
    proposals,
    proposing,
    publicity,
    questions,
    refusing,
    reordering,
    reservations,
    sitting,
    speaking,
    striking,
    substitutes,
    substitution,
    taking_back,
    undecided,
    undisturbed,
    urgency,
    verification,
    voting,
    webcasting,
)
from meeting_server.meeting.actors import Actor, Role
from meeting_server.meeting.outcome import Command, Event, kebab
from meeting_server.meeting.state import Meeting
from meeting_server.meeting.words import Phase

Decide: TypeAlias = Callable[[Meeting, Any, Actor], list[Event]]


@dataclass(frozen=True, slots=True)
class Handler:
    """One row: the command, its decision, the roles that may give it, the phases it belongs to.

    `wire` tells whether a browser may send it; the others come from the machine itself.
    """

    command: type[Command]
    decide: Decide
    by: frozenset[Role]
    during: frozenset[Phase]
    wire: bool = True


_CHAIR = frozenset({Role.CHAIR})
_SECRETARY = frozenset({Role.SECRETARY})
_OFFICERS = frozenset({Role.CHAIR, Role.SECRETARY})
_MEMBER = frozenset({Role.MEMBER})
_SERVING = frozenset({Role.SERVING})
_PROPOSER = frozenset({Role.SERVING, Role.PROPOSER})
_COMING = frozenset({Role.MEMBER, Role.ATTENDEE})
_MACHINE = frozenset({Role.SYSTEM})
_MOVER = frozenset({Role.MEMBER, Role.CHAIR, Role.SECRETARY})
_SPEAKER = frozenset({Role.CHAIR, Role.MEMBER, Role.ATTENDEE})

_CONVENED: Final[frozenset[Phase]] = frozenset({"convened"})
_ROLL_CALL: Final[frozenset[Phase]] = frozenset({"roll_call"})
_OPEN: Final[frozenset[Phase]] = frozenset({"open"})
_GOING: Final[frozenset[Phase]] = frozenset({"roll_call", "open"})
_OPENED: Final[frozenset[Phase]] = frozenset({"roll_call", "open", "paused"})
_PAUSED: Final[frozenset[Phase]] = frozenset({"paused"})
_BEFORE_MATTERS: Final[frozenset[Phase]] = frozenset({"convened", "roll_call"})
_UNTIL_CLOSED: Final[frozenset[Phase]] = frozenset({"convened", "roll_call", "open", "paused"})

_ROWS: Final[tuple[Handler, ...]] = (
    Handler(presence.EnterLobby, lobby.decide_enter_lobby, _COMING, _UNTIL_CLOSED),
    Handler(presence.FollowAsViewer, lobby.decide_follow_as_viewer, _COMING, _UNTIL_CLOSED),
    Handler(presence.ConfirmIdentity, attendance.decide_confirm_identity, _OFFICERS, _UNTIL_CLOSED),
    Handler(presence.RejectFromLobby, attendance.decide_reject, _CHAIR, _UNTIL_CLOSED),
    Handler(presence.AskNewPicture, attendance.decide_ask_new_picture, _CHAIR, _UNTIL_CLOSED),
    Handler(presence.CheckIn, attendance.decide_check_in, _MACHINE, _UNTIL_CLOSED, wire=False),
    Handler(presence.RecordArrival, attendance.decide_record_arrival, _OFFICERS, _UNTIL_CLOSED),
    Handler(presence.RecordAbsence, attendance.decide_record_absence, _OFFICERS, _UNTIL_CLOSED),
    Handler(presence.UndoAttendance, attendance.decide_undo_attendance, _SECRETARY, _UNTIL_CLOSED),
    Handler(presence.RecordDeparture, attendance.decide_record_departure, _OFFICERS, _UNTIL_CLOSED),
    Handler(taking_back.TakeBackDeparture, taking_back.decide_take_back, _OFFICERS, _UNTIL_CLOSED),
    Handler(presence.Depart, attendance.decide_depart, _COMING, _UNTIL_CLOSED),
    Handler(presence.LoseLink, attendance.decide_lose_link, _MACHINE, _UNTIL_CLOSED, wire=False),
    Handler(presence.RestoreLink, attendance.decide_restore_link, _MACHINE, _UNTIL_CLOSED, wire=False),
    Handler(presence.ContinueWithout, attendance.decide_continue_without, _CHAIR, _OPENED),
    Handler(observing.ConfirmSeen, observing.decide_confirm_seen, _CHAIR, _OPENED),
    Handler(observing.RecordEvidence, observing.decide_record_evidence, _MACHINE, _OPENED, wire=False),
    Handler(presence.CompleteRollCall, attendance.decide_complete_roll_call, _CHAIR, _GOING),
    Handler(reordering.ReorderSubstitutes, reordering.decide_reorder, _OFFICERS, _BEFORE_MATTERS),
    Handler(substitutes.CallInSubstitute, substitution.decide_call_in, _OFFICERS, _UNTIL_CLOSED),
    Handler(substitutes.StandDown, substitution.decide_stand_down, _OFFICERS, _UNTIL_CLOSED),
    Handler(sitting.OpenMeeting, proceeding.decide_open, _CHAIR, _CONVENED),
    Handler(sitting.PauseMeeting, proceeding.decide_pause, _CHAIR, _GOING),
    Handler(sitting.PauseUntilDay, another_day.decide_pause_until_day, _CHAIR, _OPENED),
    Handler(sitting.ResumeMeeting, proceeding.decide_resume, _CHAIR, _PAUSED),
    Handler(sitting.AskForReservations, proceeding.decide_ask_for_reservations, _CHAIR, _OPEN),
    Handler(sitting.CloseMeeting, proceeding.decide_close, _CHAIR, _GOING),
    Handler(conduct.Admonish, conduct.decide_admonish, _CHAIR, _OPENED),
    Handler(conduct.Expel, conduct.decide_expel, _CHAIR, _OPENED),
    Handler(conduct.LetBackIn, conduct.decide_let_back_in, _CHAIR, _OPENED),
    Handler(conduct.DissolveMeeting, conduct.decide_dissolve, _CHAIR, _OPENED),
    Handler(presiding.HandOverChair, presiding.decide_hand_over, _OFFICERS, _UNTIL_CLOSED),
    Handler(sitting.AppointVerifiers, proceeding.decide_appoint_verifiers, _CHAIR, _OPEN),
    Handler(agenda.TakeUpMatter, proceeding.decide_take_up, _CHAIR, _OPEN),
    Handler(urgency.AddMatter, urgency.decide_add_matter, _OFFICERS, _UNTIL_CLOSED),
    Handler(striking.TakeBackMatter, striking.decide_take_back, _OFFICERS, _UNTIL_CLOSED),
    Handler(matter_facts.RecordAnnouncement, matter_facts.decide_announcement, _OFFICERS, _UNTIL_CLOSED),
    Handler(matter_facts.CorrectMatter, matter_facts.decide_correct, _OFFICERS, _UNTIL_CLOSED),
    Handler(urgency.RecordUnanimity, urgency.decide_unanimity, _CHAIR, _OPEN),
    Handler(blocks.TakeUpBlock, blocks.decide_take_up_block, _CHAIR, _OPEN),
    Handler(blocks.LiftFromBlock, blocks.decide_lift, _SERVING, _OPEN),
    Handler(blocks.RecordLift, blocks.decide_record_lift, _OFFICERS, _OPEN),
    Handler(blocks.DropBlock, blocks.decide_drop, _CHAIR, _OPEN),
    Handler(blocks.DecideBlock, blocks.decide_block, _CHAIR, _OPEN),
    Handler(agenda.FinishMatter, proceeding.decide_finish, _CHAIR, _OPEN),
    Handler(undecided.LeaveMatter, undecided.decide_leave, _CHAIR, _OPEN),
    Handler(striking.StrikeMatter, striking.decide_strike, _CHAIR, _OPEN),
    Handler(agenda.NoteMatter, proceeding.decide_note, _CHAIR, _OPEN),
    Handler(asking.PermitAsking, asking.decide_permit, _CHAIR, _OPEN),
    Handler(asking.RecordAnswer, asking.decide_answer, _OFFICERS, _OPEN),
    Handler(debate.RequestFloor, speaking.decide_request_floor, _COMING, _OPEN),
    Handler(debate.WithdrawRequest, speaking.decide_withdraw_request, _COMING, _OPENED),
    Handler(debate.AddSpeaker, speaking.decide_add_speaker, _OFFICERS, _OPEN),
    Handler(debate.DeclineRequest, speaking.decide_decline, _CHAIR, _OPENED),
    Handler(debate.MoveSpeaker, speaking.decide_move, _OFFICERS, _OPENED),
    Handler(debate.GiveFloor, speaking.decide_give_floor, _CHAIR, _OPEN),
    Handler(debate.EndFloor, speaking.decide_end_floor, _SPEAKER, _OPENED),
    Handler(debate.ExtendFloor, speaking.decide_extend_floor, _CHAIR, _OPEN),
    Handler(debate.CloseSpeakersList, speaking.decide_close_list, _CHAIR, _OPEN),
    Handler(debate.ReopenSpeakersList, speaking.decide_reopen_list, _CHAIR, _OPEN),
    Handler(debate.CloseDebate, speaking.decide_close_debate, _CHAIR, _OPEN),
    Handler(debate.ReopenDebate, speaking.decide_reopen_debate, _CHAIR, _OPEN),
    Handler(doors.CloseDoors, doors.decide_close_doors, _CHAIR, _OPEN),
    Handler(doors.OpenDoors, doors.decide_open_doors, _CHAIR, _OPEN),
    Handler(doors.DecideBehindDoors, doors.decide_behind_doors, _CHAIR, _OPEN),
    Handler(publicity.DecidePublicity, publicity.decide_publicity, _CHAIR, _GOING),
    Handler(webcasting.StartWebcast, webcasting.decide_start, _OFFICERS, _UNTIL_CLOSED),
    Handler(webcasting.StopWebcast, webcasting.decide_stop, _OFFICERS, _UNTIL_CLOSED),
    Handler(webcasting.MarkForRedaction, webcasting.decide_mark, _OFFICERS, _UNTIL_CLOSED),
    Handler(undisturbed.ConfirmUndisturbed, undisturbed.decide_confirm, _COMING, _OPEN),
    Handler(undisturbed.RecordUndisturbed, undisturbed.decide_record, _OFFICERS, _OPEN),
    Handler(proposals.Propose, proposing.decide_propose, _PROPOSER, _OPEN),
    Handler(proposals.RecordProposal, proposing.decide_record_proposal, _OFFICERS, _OPEN),
    Handler(proposals.SupportProposal, proposing.decide_support, _SERVING, _OPEN),
    Handler(proposals.RecordSupport, proposing.decide_record_support, _OFFICERS, _OPEN),
    Handler(proposals.StateMotivation, proposing.decide_motivation, _MOVER, _OPEN),
    Handler(proposals.WithdrawProposal, proposing.decide_withdraw, _MEMBER, _OPEN),
    Handler(refusing.RefuseProposal, refusing.decide_refuse, _CHAIR, _OPEN),
    Handler(refusing.OverruleRefusal, refusing.decide_overrule, _OFFICERS, _OPEN),
    Handler(deferral.DecideMinorityReferral, minority.decide_minority, _CHAIR, _OPEN),
    Handler(deciding.PutQuestion, questions.decide_put_question, _CHAIR, _OPEN),
    Handler(deciding.ReorderQuestions, questions.decide_reorder, _CHAIR, _OPEN),
    Handler(deciding.FindCarried, questions.decide_find, _CHAIR, _OPEN),
    Handler(deciding.DemandDivision, questions.decide_demand, _SERVING, _OPEN),
    Handler(deciding.RecordDemand, questions.decide_record_demand, _OFFICERS, _OPEN),
    Handler(deciding.WithdrawDemand, questions.decide_withdraw_demand, _MOVER, _OPEN),
    Handler(abstention.Abstain, abstention.decide_abstain, _SERVING, _OPEN),
    Handler(abstention.RecordAbstention, abstention.decide_record, _OFFICERS, _OPEN),
    Handler(abstention.WithdrawAbstention, abstention.decide_withdraw, _MOVER, _OPEN),
    Handler(deciding.Gavel, gavel.decide_gavel, _CHAIR, _OPEN),
    Handler(divisions.OpenDivision, voting.decide_open, _CHAIR, _OPEN),
    Handler(divisions.CastVote, voting.decide_cast, _MEMBER, _OPEN),
    Handler(divisions.RecordOralVote, voting.decide_record_oral, _OFFICERS, _OPEN),
    Handler(divisions.CloseDivision, voting.decide_close, _CHAIR, _OPEN),
    Handler(divisions.ObjectToVote, voting.decide_object, _MEMBER, _OPEN),
    Handler(divisions.CorrectVote, voting.decide_correct, _OFFICERS, _OPEN),
    Handler(divisions.UseCastingVote, voting.decide_casting_vote, _CHAIR, _OPEN),
    Handler(divisions.VoidDivision, voting.decide_void, _CHAIR, _OPEN),
    Handler(elections.Nominate, nominating.decide_nominate, _SERVING, _OPEN),
    Handler(elections.RecordNomination, nominating.decide_record_nomination, _OFFICERS, _OPEN),
    Handler(elections.WithdrawNomination, nominating.decide_withdraw_nomination, _MOVER, _OPEN),
    Handler(elections.FindElected, nominating.decide_find_elected, _CHAIR, _OPEN),
    Handler(elections.DemandBallot, nominating.decide_demand_ballot, _SERVING, _OPEN),
    Handler(elections.RecordBallotDemand, nominating.decide_record_ballot_demand, _OFFICERS, _OPEN),
    Handler(elections.WithdrawBallotDemand, nominating.decide_withdraw_ballot_demand, _MOVER, _OPEN),
    Handler(proportional.DemandProportional, proportioning.decide_demand_proportional, _SERVING, _OPEN),
    Handler(
        proportional.RecordProportionalDemand, proportioning.decide_record_proportional, _OFFICERS, _OPEN
    ),
    Handler(
        proportional.WithdrawProportionalDemand, proportioning.decide_withdraw_proportional, _MOVER, _OPEN
    ),
    Handler(proportional.ChooseReturningOfficer, proportioning.decide_returning_officer, _CHAIR, _OPEN),
    Handler(elections.OpenBallot, balloting.decide_open_ballot, _CHAIR, _OPEN),
    Handler(elections.CastBallot, balloting.decide_cast_ballot, _MEMBER, _OPEN),
    Handler(elections.CloseBallot, balloting.decide_close_ballot, _CHAIR, _OPEN),
    Handler(elections.CountBallots, balloting.decide_count_ballots, _MACHINE, _OPENED, wire=False),
    Handler(elections.EnterCount, balloting.decide_enter_count, _OFFICERS, _OPEN),
    Handler(elections.EnterGroups, balloting.decide_enter_groups, _OFFICERS, _OPEN),
    Handler(elections.VoidBallot, balloting.decide_void_ballot, _CHAIR, _OPEN),
    Handler(elections.DrawLots, drawing.decide_draw, _CHAIR, _OPEN),
    Handler(elections.SealDraw, drawing.decide_seal, _MACHINE, _OPENED, wire=False),
    Handler(elections.SayNumbers, drawing.decide_say, _CHAIR, _OPEN),
    Handler(elections.RevealDraw, drawing.decide_reveal, _MACHINE, _OPENED, wire=False),
    Handler(proportional.OrderSubstitutes, proportioning.decide_order_substitutes, _CHAIR, _OPEN),
    Handler(elections.ConfirmElection, electing.decide_confirm, _CHAIR, _OPEN),
    Handler(conflicts.DeclareConflict, conflicts.decide_declare, _COMING, _UNTIL_CLOSED),
    Handler(conflicts.RecordConflict, conflicts.decide_record, _OFFICERS, _UNTIL_CLOSED),
    Handler(disputes.QuestionConflict, disputes.decide_question, _SERVING, _OPEN),
    Handler(disputes.RecordDispute, disputes.decide_record_dispute, _OFFICERS, _OPEN),
    Handler(disputes.DecideConflict, disputes.decide_conflict, _CHAIR, _OPEN),
    Handler(conflicts.WithdrawConflict, conflicts.decide_withdraw, _MOVER, _UNTIL_CLOSED),
    Handler(reservations.Reserve, reservations.decide_reserve, _MEMBER, _OPENED),
    Handler(reservations.RecordReservation, reservations.decide_record, _OFFICERS, _OPENED),
    Handler(reservations.AddReservationText, reservations.decide_add_text, _MEMBER, _OPENED),
    Handler(reservations.AddStatement, reservations.decide_add_statement, _OFFICERS, _OPENED),
    Handler(verification.DeclareImmediateVerification, verification.decide_declare, _CHAIR, _OPEN),
)

COMMANDS: Final[Mapping[str, Handler]] = {kebab(row.command): row for row in _ROWS}
"""Name → row, in the order a meeting meets them."""

HANDLERS: Final[Mapping[type[Command], Handler]] = {row.command: row for row in _ROWS}
"""Class → row."""
