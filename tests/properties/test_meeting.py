"""Whatever anybody does in whatever order, the promises of a meeting hold: a Hypothesis state machine."""

from __future__ import annotations

import json
import os
from typing import Any

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as hs
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from meeting_server.law.bodies import PROFILES
from meeting_server.meeting import COMMANDS, Actor, Command, Refusal, Role, decide, kebab, replay, roles_of
from meeting_server.meeting import agenda as ag
from meeting_server.meeting import debate as db
from meeting_server.meeting import deciding as dc
from meeting_server.meeting import deferral as df
from meeting_server.meeting import divisions as dv
from meeting_server.meeting import elections as el
from meeting_server.meeting import presence as pr
from meeting_server.meeting import proposals as pp
from meeting_server.meeting.actors import SYSTEM
from meeting_server.meeting.convening import ElectionTerms
from meeting_server.meeting.counting import counted, is_counted, rules_of
from meeting_server.meeting.webcasting import barred
from meeting_server.wire.events import decode_event, encode_event
from meeting_server.wire.json import decode
from meeting_server.wire.view import view
from meeting_server.wire.visibility import Viewer
from tests.builders import SECRETARY, Hall, hall, matter, members, person
from tests.properties.drawing import command_for
from tests.seen.language import faults, numbers_said
from tests.seen.refusals import tidy

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
MATTERS = tuple(f"m{n}" for n in range(1, 9))

people = hs.sampled_from(PEOPLE)
voters = hs.sampled_from((*MEMBERS, *SUBSTITUTES))
votes: Any = hs.sampled_from(("yes", "no", "abstain"))
kinds: Any = hs.sampled_from(("counter", "reject", "amend", "add", "refer_back", "defer"))
nominations = hs.sampled_from(("m4-n1", "m4-n2"))
methods: Any = hs.sampled_from(("slips", "electronic", "proportional"))
names_of_commands = hs.sampled_from(tuple(COMMANDS))

EMPTYING = (
    "close-meeting",
    "dissolve-meeting",
    "correct-matter",
    "declare-conflict",
    "depart",
    "expel",
    "hand-over-chair",
    "pause-meeting",
    "record-conflict",
    "record-departure",
)
"""What ends or empties a meeting is left to those who do anything, or every meeting would come to little."""

NOT_COUNTED = ("casting-vote-not-needed", "minority-deferral")
"""Refusals that may rest on something else than the numbers among their facts."""


_DECISIONS = (dc.MatterDecided, df.MatterReferredBack, df.MatterDeferred, el.ElectionDecided)


class AnyMeeting(RuleBasedStateMachine):
    """Random acts by random people, and the next step pressed now and then so that meetings get somewhere."""

    held: Hall

    @initialize(
        kind=hs.sampled_from(tuple(PROFILES)),
        regime=hs.sampled_from(("kl-2018", "kl-2026")),
        present=hs.integers(3, 7),
        called=hs.booleans(),
        distance=hs.sampled_from(("not_allowed", "some_may", "all_may", "all_may_be_obliged")),
    )
    def convened(self, kind: str, regime: str, present: int, called: bool, distance: str) -> None:
        asked = matter("m3", "question", asked_by="m2", answered_by="m3")
        elected = matter("m4", "election", election=ElectionTerms(1, proportional=True))
        agenda = [
            matter("m1", staff_excluded=True),
            matter("m2"),
            asked,
            elected,
            matter("m5", "verifiers"),
            matter("m6", "interpellation", asked_by="m2", answered_by="m3"),
            matter("m7", "employment"),
            matter("m8", "information"),
        ]
        self.held = hall(
            roster=ROSTER,
            seats=7,
            kind=kind,
            regime=regime,
            agenda=agenda,
            electronic_ballot=True,
            distance=distance,
        )
        self.held.in_room(*MEMBERS[:present], "a1")
        self.held.opened()
        if called:
            self._give(pr.CompleteRollCall(), Actor(self.held.chair))

    @rule(data=hs.data(), name=names_of_commands, whoever=people)
    def anybody_does_anything(self, data: Any, name: str, whoever: str) -> None:
        self._act(data, name, Actor(whoever))

    @rule(data=hs.data(), acts=hs.integers(4, 16))
    def those_who_may_do_what_belongs_here(self, data: Any, acts: int) -> None:
        for _ in range(acts):
            meeting = self.held.meeting
            fitting = [name for name, row in COMMANDS.items() if meeting.phase in row.during]
            if not fitting:
                return
            name = data.draw(hs.sampled_from([one for one in fitting if one not in EMPTYING] or fitting))
            by = COMMANDS[name].by
            able = [Actor(p) for p in meeting.people if roles_of(meeting, p) & by]
            self._act(data, name, data.draw(hs.sampled_from(able or [SYSTEM])))

    def _act(self, data: Any, name: str, actor: Actor) -> None:
        row = COMMANDS[name]
        command = data.draw(command_for(self.held.meeting, row.command))
        self._give(command, SYSTEM if row.by == {Role.SYSTEM} else actor)

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
            now = self.held.meeting
            if isinstance(event, dv.VoteCast):
                assert is_counted(now, event.person)
                assert now.running is not None
                assert event.person in now.running.voters
            if isinstance(event, el.BallotReceived):
                assert is_counted(now, event.person)
                assert now.presence[event.person].state == "room"
            if isinstance(event, _DECISIONS):
                seats = now.convened.body.seats
                here = len(counted(now))
                barred = len(now.matters[event.matter].disqualified)
                rules = rules_of(now)
                quorate = rules.quorum_with_conflict(present=here, disqualified=barred, seats=seats).outcome
                assert quorate or rules.quorum.force == "warn"
            self.held.record(event, actor.name)

    def _is_an_answer(self, no: Refusal) -> None:
        assert no.code
        assert no.cites
        because, short = tidy(no.because), tidy(no.short)
        assert list(faults(because, short)) == [], because
        numbers = tuple(v for v in no.facts.values() if isinstance(v, int) and not isinstance(v, bool))
        assert no.code in NOT_COUNTED or numbers_said(no.cites, because, short, numbers), because

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
    def nothing_is_on_the_web_that_the_public_may_not_follow(self) -> None:
        meeting = self.held.meeting
        if meeting.webcast.is_on:
            assert barred(meeting) is None
            assert meeting.phase != "closed"

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


settings.register_profile(
    "ci",
    max_examples=60,
    stateful_step_count=60,
    deadline=None,
    derandomize=True,
    phases=(Phase.explicit, Phase.generate),
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much],
)
settings.register_profile(
    "deep",
    settings.get_profile("ci"),
    max_examples=3000,
    stateful_step_count=200,
    derandomize=False,
    phases=tuple(Phase),
)


AnyMeeting.TestCase.settings = settings.get_profile(os.environ.get("KLUBBAN_PROPERTIES", "ci"))
TestAnyMeeting = AnyMeeting.TestCase
"""The same sixty meetings each time; KLUBBAN_PROPERTIES=deep holds thousands of longer ones."""


@settings(settings.get_profile("ci"), max_examples=5)
@given(data=hs.data())
def test_every_command_of_the_table_is_drawn_and_answered(data: Any) -> None:
    machine = AnyMeeting()
    machine.convened("assembly", "kl-2026", 7, called=True, distance="some_may")
    for name, row in COMMANDS.items():
        command = data.draw(command_for(machine.held.meeting, row.command))
        assert kebab(type(command)) == name
        machine._give(command, SYSTEM if row.by == {Role.SYSTEM} else Actor(machine.held.chair))
