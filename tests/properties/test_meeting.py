"""Whatever anybody does in whatever order, the promises of a meeting hold: a Hypothesis state machine."""

from __future__ import annotations

import json
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as hs
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from meeting_server.law.bodies import PROFILES
from meeting_server.meeting import COMMANDS, Actor, Command, Refusal, decide, replay
from meeting_server.meeting import agenda as ag
from meeting_server.meeting import asking as ak
from meeting_server.meeting import conflicts as cf
from meeting_server.meeting import debate as db
from meeting_server.meeting import deciding as dc
from meeting_server.meeting import deferral as df
from meeting_server.meeting import divisions as dv
from meeting_server.meeting import elections as el
from meeting_server.meeting import presence as pr
from meeting_server.meeting import presiding as ps
from meeting_server.meeting import proportional as pn
from meeting_server.meeting import proposals as pp
from meeting_server.meeting import reservations as rs
from meeting_server.meeting import sitting as st
from meeting_server.meeting import substitutes as sb
from meeting_server.meeting import verification as vf
from meeting_server.meeting.actors import SYSTEM
from meeting_server.meeting.convening import ElectionTerms
from meeting_server.meeting.counting import counted, is_counted, rules_of
from meeting_server.meeting.words import REJECT, TODAY
from meeting_server.wire.events import decode_event, encode_event
from meeting_server.wire.json import decode
from meeting_server.wire.view import view
from meeting_server.wire.visibility import Viewer
from tests.builders import SECRETARY, Hall, hall, matter, members, person

MEMBERS = ("anna", "m2", "m3", "m4", "m5", "m6", "m7")
SUBSTITUTES = ("a1", "b1")
PEOPLE = (*MEMBERS, *SUBSTITUTES, "sara", "gun", "kim")
ROSTER = (
    *members(6),
    person("m7", "B", order=7, presidium="first_vice_chair"),
    person("a1", "A", "substitute", 1),
    person("b1", "B", "substitute", 1),
    SECRETARY,
    person("gun", None, "attendee", 0, attends="staff"),
    person("kim", "A", "attendee", 1, attends="councillor"),
)
MATTERS = ("m1", "m2", "m3", "m4")

people = hs.sampled_from(PEOPLE)
voters = hs.sampled_from((*MEMBERS, *SUBSTITUTES))
matters = hs.sampled_from(MATTERS)
votes: Any = hs.sampled_from(("yes", "no", "abstain"))
texts = hs.sampled_from(("", "text"))
proposals = hs.sampled_from([f"{m}-p{n}" for m in MATTERS for n in range(3)])
candidates = hs.one_of(proposals, hs.sampled_from((TODAY, REJECT)))
kinds: Any = hs.sampled_from(("counter", "reject", "amend", "add", "refer_back", "defer"))

names = hs.sampled_from(("Ada", "Bo"))
nominations = hs.sampled_from(("m4-n1", "m4-n2"))
methods: Any = hs.sampled_from(("slips", "electronic", "proportional"))

COMMANDS_OF_ALL_KINDS: hs.SearchStrategy[Command] = hs.one_of(
    hs.builds(pr.EnterLobby),
    hs.builds(pr.ConfirmIdentity, person=people),
    hs.builds(pr.RejectFromLobby, person=people, reason=texts),
    hs.builds(pr.RecordArrival, person=people),
    hs.builds(pr.RecordAbsence, person=people),
    hs.builds(pr.UndoAttendance, person=people),
    hs.builds(pr.RecordDeparture, person=people),
    hs.builds(pr.Depart),
    hs.builds(pr.ContinueWithout, person=people),
    hs.builds(pr.CompleteRollCall),
    hs.builds(sb.CallInSubstitute, substitute=voters, member=voters),
    hs.builds(sb.StandDown, substitute=voters),
    hs.builds(st.PauseMeeting, minutes=hs.just(5)),
    hs.builds(st.ResumeMeeting),
    hs.builds(ps.HandOverChair, person=people),
    hs.builds(st.AskForReservations),
    hs.builds(ag.TakeUpMatter, matter=matters),
    hs.builds(ag.FinishMatter),
    hs.builds(db.RequestFloor),
    hs.builds(ak.PermitAsking, permitted=hs.booleans()),
    hs.builds(ak.RecordAnswer),
    hs.builds(db.GiveFloor, id=hs.none(), person=people),
    hs.builds(db.EndFloor),
    hs.builds(db.CloseDebate),
    hs.builds(db.ReopenDebate),
    hs.builds(pp.Propose, kind=kinds, text=texts, motivation=texts),
    hs.builds(pp.SupportProposal, proposal=proposals),
    hs.builds(pp.WithdrawProposal, proposal=proposals),
    hs.builds(df.DecideMinorityReferral, proposal=proposals),
    hs.builds(dc.PutQuestion),
    hs.builds(dc.FindCarried, candidate=candidates),
    hs.builds(dc.DemandDivision),
    hs.builds(dc.WithdrawDemand),
    hs.builds(dc.Gavel),
    hs.builds(dv.OpenDivision),
    hs.builds(dv.CastVote, vote=votes),
    hs.builds(dv.RecordOralVote, person=voters, vote=votes),
    hs.builds(dv.CloseDivision),
    hs.builds(dv.ObjectToVote),
    hs.builds(dv.CorrectVote, person=voters, vote=votes),
    hs.builds(dv.UseCastingVote),
    hs.builds(dv.VoidDivision, reason=texts),
    hs.builds(cf.DeclareConflict, matter=matters),
    hs.builds(cf.WithdrawConflict, matter=matters, person=people),
    hs.builds(rs.Reserve, matter=matters),
    hs.builds(vf.DeclareImmediateVerification, matter=matters),
    hs.builds(el.Nominate, name=names),
    hs.builds(el.WithdrawNomination, nomination=nominations),
    hs.builds(el.FindElected, nominations=hs.tuples(nominations)),
    hs.builds(el.DemandBallot),
    hs.builds(el.WithdrawBallotDemand),
    hs.builds(pn.DemandProportional),
    hs.builds(el.OpenBallot, method=methods, tellers=hs.tuples(voters)),
    hs.builds(el.CastBallot, choices=hs.tuples(nominations), code=hs.just("2222-2222")),
    hs.builds(el.CloseBallot),
    hs.builds(el.VoidBallot, reason=texts),
    hs.builds(el.DrawLots),
    hs.builds(el.ConfirmElection),
)


class AnyMeeting(RuleBasedStateMachine):
    """Random acts by random people, and the next step pressed now and then so that meetings get somewhere."""

    held: Hall

    @initialize(
        kind=hs.sampled_from([kind for kind in PROFILES if kind != "advisory_council"]),
        regime=hs.sampled_from(("kl-2018", "kl-2026")),
        present=hs.integers(3, 7),
    )
    def convened(self, kind: str, regime: str, present: int) -> None:
        asked = matter("m3", "question", asked_by="m2", answered_by="m3")
        elected = matter("m4", "election", election=ElectionTerms(1, proportional=True))
        agenda = [matter("m1", staff_excluded=True), matter("m2"), asked, elected]
        self.held = hall(
            roster=ROSTER, seats=7, kind=kind, regime=regime, agenda=agenda, electronic_ballot=True
        )
        self.held.in_room(*MEMBERS[:present], "a1")
        self.held.opened()

    @rule(command=COMMANDS_OF_ALL_KINDS, actor=people)
    def somebody_does_something(self, command: Command, actor: str) -> None:
        self._give(command, Actor(actor))

    @rule(command=COMMANDS_OF_ALL_KINDS)
    def the_chair_does_something(self, command: Command) -> None:
        self._give(command, Actor(self.held.chair))

    @rule(one=voters, works=hs.booleans())
    def a_link_changes(self, one: str, works: bool) -> None:
        lost = pr.LoseLink(one, False, False, "ice-failed")
        self._give(pr.RestoreLink(one) if works else lost, SYSTEM)

    @rule()
    def the_chair_presses_the_primary(self) -> None:
        chair = self.held.chair
        told: Any = view(self.held.meeting, Viewer("chair", chair), self.held.meeting.at)["steps"]
        primary = told["primary"]
        if primary is None or primary["blocked"] is not None or primary["dialog"] is not None:
            return
        name, data = primary["command"]["name"], primary["command"]["data"]
        self.held.give(decode(COMMANDS[name].command, data), chair)

    @rule(first=voters, second=voters, kind=kinds)
    def the_meeting_heads_for_a_division(self, first: str, second: str, kind: Any) -> None:
        chair = Actor(self.held.chair)
        meeting = self.held.meeting
        self._give(pr.CompleteRollCall(), chair)
        if meeting.matter is None or meeting.matter.settled:
            coming = [m for m in MATTERS if meeting.matters[m].status == "coming"]
            self._give(ag.TakeUpMatter(coming[0] if coming else "m1"), chair)
        self._give(pp.Propose(kind, "text", "skäl"), Actor(first))
        self._give(pp.Propose("counter", "text"), Actor(second))
        for command in (db.EndFloor(), db.CloseDebate(), dc.PutQuestion()):
            self._give(command, chair)
        matter_now = self.held.meeting.matter
        if matter_now is not None and matter_now.contests:
            self._give(dc.FindCarried(matter_now.contests[-1].candidates[0]), chair)
            self._give(dc.DemandDivision(), Actor(second))
        self._give(dv.OpenDivision(), chair)

    @rule(first=voters, second=voters, method=methods)
    def the_meeting_heads_for_a_ballot(self, first: str, second: str, method: Any) -> None:
        chair = Actor(self.held.chair)
        self._give(pr.CompleteRollCall(), chair)
        self._give(ag.TakeUpMatter("m4"), chair)
        for one, name in ((first, "Ada"), (second, "Bo")):
            self._give(el.Nominate(name), Actor(one))
        self._give(db.CloseDebate(), chair)
        self._give(el.DemandBallot(), Actor(second))
        self._give(el.OpenBallot(method, (first, second)), chair)

    @rule(choices=hs.lists(nominations, min_size=7, max_size=7))
    def the_ballot_is_brought_to_its_count(self, choices: list[str]) -> None:
        ballot = self.held.meeting.matters["m4"].election.ballot
        if ballot is None or ballot.status != "open":
            return
        slips: list[tuple[str, ...]] = []
        for one, choice in zip(MEMBERS, choices, strict=True):
            before = len(self.held.log)
            self._give(el.CastBallot((choice,), "2222-2222"), Actor(one))
            if len(self.held.log) > before:
                slips.append((choice,))
        self._give(el.CloseBallot(), Actor(self.held.chair))
        already = tuple(() for _ in range(len(ballot.received)))
        codes = ("2222-2222",) * (len(slips) + len(already))
        self._give(el.CountBallots(ballot.id, (*slips, *already), codes), SYSTEM)

    @precondition(lambda self: self.held.meeting.running is not None)
    @rule(given=hs.lists(votes, min_size=7, max_size=7))
    def all_who_may_vote(self, given: list[Any]) -> None:
        running = self.held.meeting.running
        for one, vote in zip(running.voters if running is not None else (), given, strict=False):
            self._give(dv.CastVote(vote), Actor(one))

    @precondition(lambda self: self.held.meeting.running is not None)
    @rule(casting=hs.sampled_from(("yes", "no")))
    def the_division_is_brought_to_its_gavel(self, casting: Any) -> None:
        chair = Actor(self.held.chair)
        for command in (dv.CloseDivision(), dv.UseCastingVote(casting), dc.Gavel()):
            self._give(command, chair)

    def _give(self, command: Command, actor: Actor) -> None:
        before = self.held.meeting
        try:
            events = decide(before, command, actor)
        except Refusal as no:
            self._is_an_answer(no)
            return
        for event in events:
            if isinstance(event, dv.VoteCast):
                assert is_counted(before, event.person)
                assert before.running is not None
                assert event.person in before.running.voters
            if isinstance(event, dc.MatterDecided | df.MatterReferredBack | df.MatterDeferred):
                seats = before.convened.body.seats
                here = len(counted(before))
                barred = len(before.matters[event.matter].disqualified)
                rules = rules_of(before)
                assert rules.quorum_with_conflict(present=here, disqualified=barred, seats=seats).outcome
            self.held.record(event, actor.name)

    def _is_an_answer(self, no: Refusal) -> None:
        assert no.code
        assert no.cites
        assert no.because.endswith(".")
        assert 0 < len(no.short.split()) <= 6, no.short

    @invariant()
    def those_counted_are_there_serving_verified_and_not_disqualified(self) -> None:
        meeting = self.held.meeting
        current = meeting.matter
        for one in counted(meeting):
            presence = meeting.presence[one]
            assert presence.state in ("room", "remote")
            assert presence.state != "remote" or presence.identity is not None
            assert presence.replaced_by is None
            if current is not None and not current.settled:
                assert one not in current.disqualified
            if presence.state == "remote" and meeting.people[one].presidium is not None:
                assert rules_of(meeting).presidium_remote(in_presidium=True).outcome
        assert len(counted(meeting)) <= meeting.convened.body.seats

    @invariant()
    def a_confirmed_tally_is_its_votes(self) -> None:
        for record in self.held.log:
            if isinstance(record.event, dv.DivisionConfirmed):
                given = list(record.event.votes.values())
                told = (record.event.yes, record.event.no, record.event.abstain)
                assert told == (given.count("yes"), given.count("no"), given.count("abstain"))
                division = self.held.meeting.held[record.event.division]
                assert set(record.event.votes) | set(record.event.absent) == set(division.voters)

    @invariant()
    def a_ballot_is_received_once_from_a_voter_and_every_one_is_counted(self) -> None:
        for ballot in self.held.meeting.matters["m4"].election.ballots:
            assert len(set(ballot.received)) == len(ballot.received)
            assert set(ballot.received) <= set(ballot.voters)
            if ballot.status == "counted" and ballot.method == "electronic":
                assert len(ballot.slips) == len(ballot.received)
                assert sum((ballot.votes or {}).values()) + ballot.blank == len(ballot.slips)

    def teardown(self) -> None:
        if not hasattr(self, "held"):
            return
        assert replay(self.held.log) == self.held.meeting
        for record in self.held.log:
            name, version, data = encode_event(record.event)
            assert decode_event(name, version, json.loads(json.dumps(data))) == record.event
        for viewer in (Viewer("secretary", "sara"), Viewer("hall"), Viewer("member", "m2")):
            json.dumps(view(self.held.meeting, viewer, self.held.meeting.at))


AnyMeeting.TestCase.settings = settings(
    max_examples=60,
    stateful_step_count=60,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
TestAnyMeeting = AnyMeeting.TestCase
