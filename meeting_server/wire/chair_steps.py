"""The chair's next step: the one act that brings the meeting lawfully forward, and the others beside it."""

from __future__ import annotations

from datetime import datetime

from meeting_server.meeting.agenda import NoteMatter, TakeUpMatter
from meeting_server.meeting.asking import ASKING
from meeting_server.meeting.blocks import DecideBlock
from meeting_server.meeting.changing import open_contest
from meeting_server.meeting.counting import counted, is_counted, undecided_links
from meeting_server.meeting.debate import CloseDebate, EndFloor, GiveFloor
from meeting_server.meeting.deciding import FindCarried, Gavel, PutQuestion
from meeting_server.meeting.deferral import DecideMinorityReferral
from meeting_server.meeting.disputes import DecideConflict
from meeting_server.meeting.divisions import CloseDivision, OpenDivision
from meeting_server.meeting.doors import OpenDoors
from meeting_server.meeting.grounds import count, section
from meeting_server.meeting.minority import reached
from meeting_server.meeting.nominating import deferral_pending
from meeting_server.meeting.outcome import Command
from meeting_server.meeting.presence import CompleteRollCall, RecordArrival
from meeting_server.meeting.sitting import AskForReservations, CloseMeeting, OpenMeeting, ResumeMeeting
from meeting_server.meeting.state import Contest, Division, Link, MatterState, Meeting
from meeting_server.meeting.tally import absent_voters, casting_needed
from meeting_server.meeting.voting import sides
from meeting_server.meeting.words import ELECTING, REJECT, TODAY, CandidateId, PersonId
from meeting_server.wire.asking_steps import asking_primary
from meeting_server.wire.chair_seconds import chair_seconds
from meeting_server.wire.election_steps import election_primary, open_deferral_ballot
from meeting_server.wire.json import Json
from meeting_server.wire.needs import confirmation, needs
from meeting_server.wire.step_warnings import (
    Warnings,
    not_called,
    pause_not_over,
    pause_over_night,
    votes_missing,
)
from meeting_server.wire.trial import Blocked, Step, step
from meeting_server.wire.view_deciding import numbered

_FINAL = "Kan inte ångras efter klubbslaget"
_UNANIMITY = {"announced": "taking_up", "prepared": "decision"}
"""Refusals that all present can lift, and what they are then asked about."""
_NOTE_LABELS = {
    "opening": "Klubba: upprop och dagordning godkänns",
    "agenda": "Klubba: dagordningen godkänns",
    "information": "Klubba: läggs till handlingarna",
    "report": "Klubba: anmälan läggs till handlingarna",
}


def chair_steps(meeting: Meeting, person: PersonId | None, now: datetime) -> dict[str, Json]:
    """Primary, the others, and what needs the chair; nothing once the meeting is closed."""
    if meeting.phase == "closed":
        return {"primary": None, "seconds": [], "needs": []}
    primary = _Primary(meeting, person).step()
    return {
        "primary": primary,
        "seconds": chair_seconds(meeting, person, primary),
        "needs": needs(meeting, person, now),
    }


class _Primary:
    """Finds the primary; a method per part of the meeting, each returning one step."""

    def __init__(self, meeting: Meeting, person: PersonId | None) -> None:
        self.meeting = meeting
        self.person = person

    def step(self) -> Step:
        """The primary, or what makes it possible when the chair alone can do that."""
        found = self._by_phase()
        blocked = found["blocked"]
        if blocked is not None and blocked["code"] == "chair-disqualified":
            return self._make(
                "Lämna över ordförandeskapet",
                sub=blocked["reason"],
                dialog="handover",
                name="hand-over-chair",
                data={"matter": found["command"]["data"].get("matter", self.meeting.current)},
            )
        if blocked is not None and blocked["code"] == "conflict-disputed":
            return self._make(
                "Pröva jävsfrågan",
                sub=blocked["reason"],
                dialog="conflict-test",
                name="decide-conflict",
                tried=DecideConflict(disqualified=False),
            )
        if blocked is not None and blocked["code"] == "doors-closed":
            return self._make("Öppna dörrarna", OpenDoors(), sub="Innan något beslutas")
        if blocked is not None and blocked["code"] in _UNANIMITY:
            return self._unanimity(found, blocked)
        if blocked is not None and blocked["code"] == "link-undecided":
            lost = undecided_links(self.meeting)[0]
            if self.meeting.presence[lost].state == "returning":
                return self._identity(lost)
            called = self.meeting.people[lost].called
            return self._make(
                f"Hantera bruten förbindelse: {called}",
                dialog="dropped",
                name="continue-without",
                data={"person": lost},
            )
        return found

    def _unanimity(self, found: Step, blocked: Blocked) -> Step:
        """What all present must agree on first; who said no is told, and may be asked again."""
        about = _UNANIMITY[blocked["code"]]
        asked = found["command"]["data"].get("matter", self.meeting.current)
        opposed = self.meeting.matters[asked].opposed
        what = "ärendet får tas upp" if about == "taking_up" else "alla är ense om beslutet"
        return self._make(
            f"Fråga om {what}",
            sub=blocked["reason"] if opposed is None else f"{self.meeting.people[opposed].called} sade nej",
            dialog="unanimity",
            name="record-unanimity",
            data={"matter": asked, "about": about},
        )

    def _by_phase(self) -> Step:
        meeting = self.meeting
        if meeting.phase == "paused":
            return self._resuming()
        if meeting.phase == "convened":
            return self._before_opening()
        if meeting.phase == "roll_call":
            return self._roll_call()
        if meeting.running is not None:
            return self._division(meeting.running)
        matter = meeting.matter
        if matter is None or matter.settled:
            return self._between()
        return self._in_matter(matter)

    def _before_opening(self) -> Step:
        first = self._chair_comes("Sedan kan du öppna")
        return first or self._make("Öppna sammanträdet", OpenMeeting(), sub=self._present())

    def _resuming(self) -> Step:
        meeting = self.meeting
        on_another_day = meeting.pause is not None and meeting.pause.continues_at is not None
        first = self._chair_comes("Sedan kan du återuppta") if on_another_day else None
        warns = [*pause_not_over(meeting), *pause_over_night(meeting)]
        return first or self._make(
            "Återuppta sammanträdet", ResumeMeeting(), sub=self._present(), warns=warns
        )

    def _chair_comes(self, then: str) -> Step | None:
        """The one who presides is recorded as present before anything else; None when that is done."""
        meeting, chair = self.meeting, self.meeting.chair
        if chair is None or is_counted(meeting, chair):
            return None
        if meeting.presence[chair].state in ("lobby", "returning"):
            return self._identity(chair)
        return self._make("Anteckna dig i salen", RecordArrival(chair), sub=then)

    def _roll_call(self) -> Step:
        meeting = self.meeting
        waiting = [p for p, at in meeting.presence.items() if at.state in ("lobby", "returning")]
        if waiting:
            live = [p for p in waiting if meeting.presence[p].link == Link()]
            # Whoever has been seen longest stays first, so that nobody changes under the chair's finger.
            return self._identity(min(live or waiting, key=lambda p: meeting.presence[p].since or meeting.at))
        here = len(counted(meeting))
        label = f"Uppropet är klart: {here} närvarande"
        return self._make(label, CompleteRollCall(), warns=not_called(meeting))

    def _identity(self, person: PersonId) -> Step:
        return self._make(
            "Bekräfta och släpp in",
            sub=self.meeting.people[person].called,
            dialog="identity",
            name="confirm-identity",
            data={"person": person},
            tried=confirmation(self.meeting, person),
        )

    def _division(self, division: Division) -> Step:
        meeting = self.meeting
        if division.status == "open":
            missing = len(absent_voters(division))
            sub = f"{missing} har inte röstat" if missing else "Alla har röstat"
            if absent_voters(division) == (meeting.chair,):
                sub = "Alla utom du har röstat"
            warns = votes_missing(meeting, division)
            return self._make("Stäng voteringen", CloseDivision(), sub=sub, warns=warns)
        if division.objections:
            who = division.objections[0]
            return self._make(
                f"Ta ställning till invändningen: {meeting.people[who].called}",
                dialog="objection",
                name="correct-vote",
                data={"person": who},
            )
        if casting_needed(meeting, division):
            tie = f"{division.count('yes')} mot {division.count('no')}"
            return self._make("Lägg utslagsrösten", sub=tie, dialog="casting", name="use-casting-vote")
        minority = self._minority(meeting.matters[division.matter])
        if minority is not None:
            return minority
        label = f"Klubba: {division.count('yes')} JA mot {division.count('no')} NEJ"
        return self._make(label, Gavel(), sub="Fastställer resultatet", key="K", grave=True)

    def _between(self) -> Step:
        meeting = self.meeting
        if meeting.block:
            label = f"Klubba: {len(meeting.block)} ärenden enligt förslagen"
            return self._make(label, DecideBlock(), sub=_FINAL, key="K", grave=True)
        coming = next((m for m in meeting.matters.values() if m.status == "coming"), None)
        if coming is not None:
            return self._make(
                f"Ta upp § {meeting.next_number}", TakeUpMatter(coming.matter.id), sub=coming.matter.title
            )
        last: Command = CloseMeeting() if meeting.reservations_asked else AskForReservations()
        done = [m.number for m in meeting.matters.values() if m.number is not None]
        span = f"§§ {min(done)}–{max(done)} är klara" if len(done) > 1 else "Alla ärenden är klara"
        return self._make("Avsluta sammanträdet", last, sub=span, dialog="close")

    def _in_matter(self, matter: MatterState) -> Step:
        meeting = self.meeting
        electing = matter.matter.kind in ELECTING
        if matter.debate_closed:
            voted_on = electing and not (deferral_pending(matter) and matter.election.ballot is None)
            return election_primary(self._make, meeting, matter) if voted_on else self._deciding(matter)
        if meeting.debate.queue:
            request = meeting.debate.queue[0]
            speaking = meeting.debate.floor
            sub = f"{meeting.people[speaking.person].name} har ordet" if speaking is not None else None
            label = f"Ge ordet till {meeting.people[request.person].called}"
            return self._make(label, GiveFloor(request.id), sub=sub)
        if meeting.debate.floor is not None:
            called = meeting.people[meeting.debate.floor.person].called
            return self._make(f"Avsluta ordet: {called}", EndFloor())
        if electing:
            return election_primary(self._make, meeting, matter)
        if matter.matter.kind == "verifiers":
            wanted = meeting.convened.standing_orders.verifiers
            return self._make(
                f"Utse {count(wanted, 'justerare', 'justerare')}",
                dialog="verifiers",
                name="appoint-verifiers",
            )
        if matter.matter.kind in ASKING:
            return asking_primary(self._make, meeting, matter)
        if matter.matter.kind in _NOTE_LABELS:
            return self._make(_NOTE_LABELS[matter.matter.kind], NoteMatter(), key="K", grave=True)
        return self._make("Avsluta överläggningen", CloseDebate(), sub="Talarlistan är tom")

    def _deciding(self, matter: MatterState) -> Step:
        contest = open_contest(self.meeting)
        minority = self._minority(matter)
        if minority is not None:
            return minority
        if contest is None:
            return self._put(matter)
        if contest.found is None:
            first = contest.candidates[0]
            return self._make(self._find_label(matter, contest, first), FindCarried(first))
        if contest.demanded_by is None:
            label = f"Klubba: {_carried_words(matter, contest, contest.found)}"
            return self._make(label, Gavel(), sub=_FINAL, key="K", grave=True)
        if len(contest.candidates) > 2 and contest.counter is None:
            return self._make(
                "Utse motförslag",
                PutQuestion(),
                sub=f"{len(contest.candidates) - 1} förslag möts om att bli motförslag",
            )
        if matter.matter.kind in ELECTING:
            return open_deferral_ballot(self._make, meeting=self.meeting)
        yes, no = sides(contest)
        sub = f"JA {numbered(matter, yes)}, NEJ {numbered(matter, no)}"
        what = "Öppna votering om motförslag" if contest.kind == "counter" else "Öppna voteringen"
        return self._make(what, OpenDivision(), sub=sub)

    def _put(self, matter: MatterState) -> Step:
        if not any(c.kind == "main" for c in matter.contests):
            putting_off = any(p.kind in ("refer_back", "defer") for p in matter.standing)
            if putting_off and not matter.contests:
                return self._make("Fråga om ärendet avgörs i dag", PutQuestion(), sub="Prövas först")
            proposals = [p for p in matter.standing if p.kind in ("prepared", "counter", "amend", "reject")]
            sub = count(len(proposals), "förslag till beslut", "förslag till beslut")
            return self._make("Ställ proposition", PutQuestion(), sub=sub)
        return self._make("Ställ proposition på tillägget", PutQuestion())

    def _find_label(self, matter: MatterState, contest: Contest, candidate: CandidateId) -> str:
        if candidate == TODAY:
            return "Jag finner att ärendet avgörs i dag"
        if contest.kind == "counter":
            return f"Jag finner att {numbered(matter, candidate)} blir motförslag"
        return f"Jag finner bifall till {numbered(matter, candidate)}"

    def _minority(self, matter: MatterState) -> Step | None:
        if any(c.kind == "main" for c in matter.contests):
            return None
        minority = reached(self.meeting, matter)
        if minority is None:
            return None
        back = minority.proposal.kind == "refer_back"
        sub = f"{len(minority.requesting)} begär, behövs {minority.needed}"
        if back and minority.proposal.motivation is None:
            return self._make(
                "Skriv motiveringen till återremissen",
                sub=sub,
                dialog="minority",
                name="state-motivation",
                data={"proposal": minority.proposal.id},
            )
        return self._make(
            "Klubba: återremiss" if back else "Klubba: bordläggning",
            DecideMinorityReferral(minority.proposal.id),
            sub=sub,
            dialog="minority",
            key="K",
            grave=True,
        )

    def _present(self) -> str:
        here = len(counted(self.meeting))
        return f"{here} närvarande"

    def _make(
        self,
        label: str,
        command: Command | None = None,
        *,
        sub: str | None = None,
        key: str | None = None,
        dialog: str | None = None,
        name: str | None = None,
        data: dict[str, Json] | None = None,
        grave: bool = False,
        tried: Command | None = None,
        warns: Warnings | None = None,
    ) -> Step:
        return step(
            label,
            command,
            meeting=self.meeting,
            person=self.person,
            sub=sub,
            key=key,
            dialog=dialog,
            name=name,
            data=data,
            grave=grave,
            tried=tried,
            warns=warns,
        )


def _carried_words(matter: MatterState, contest: Contest, candidate: CandidateId) -> str:
    if candidate == TODAY:
        return f"{section(matter)} avgörs i dag"
    if candidate == REJECT:
        return "avslag"
    kind = (matter.proposals or {})[candidate].kind
    if kind in ("refer_back", "defer"):
        return "återremiss" if kind == "refer_back" else "bordläggning"
    if contest.kind == "counter":
        return f"{numbered(matter, candidate)} blir motförslag"
    return f"bifall till {numbered(matter, candidate)}"
