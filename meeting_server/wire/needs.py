"""What needs the chair (Kräver dig), most urgent first: lost links, lost quorum, those who wait and ask."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from meeting_server.law.asking import decided_in_time
from meeting_server.law.attending import may_attend
from meeting_server.law.kommunallagen.questions import subject_allowed
from meeting_server.meeting import Command
from meeting_server.meeting.changing import open_contest
from meeting_server.meeting.counting import (
    holds_seat,
    is_here,
    matter_ahead,
    must_leave,
    rules_of,
)
from meeting_server.meeting.debate import DeclineRequest, GiveFloor
from meeting_server.meeting.disputes import DecideConflict
from meeting_server.meeting.divisions import CastVote
from meeting_server.meeting.grounds import section, sentence
from meeting_server.meeting.presence import ConfirmIdentity
from meeting_server.meeting.state import MatterState, Meeting
from meeting_server.meeting.strong_identity import identity_methods
from meeting_server.meeting.substitution import next_substitute
from meeting_server.meeting.summons import remarks
from meeting_server.meeting.tally import absent_voters
from meeting_server.meeting.undecided import LeaveMatter, hindrances
from meeting_server.meeting.words import PersonId
from meeting_server.wire.conduct_steps import expelled_needs, secrecy_need, undisturbed_steps
from meeting_server.wire.json import Json
from meeting_server.wire.preparing import unheard_executive
from meeting_server.wire.step_warnings import matter_left
from meeting_server.wire.trial import Step, step
from meeting_server.wire.view_me import viewer_reason
from meeting_server.wire.webcast_steps import webcast_need

Need = dict[str, Json]
_URGENCY = {"bad": 0, "att": 1, "info": 2}


def needs(meeting: Meeting, person: PersonId | None, now: datetime | None = None) -> list[Need]:
    """Everything that waits for an answer; those waiting longest first within a level."""
    found = list(_Needs(meeting, person).all())
    latest = now.isoformat() if now is not None else ""
    return sorted(found, key=lambda need: (_URGENCY[need["level"]], need["since"] or latest))


class _Needs:
    """One method per kind of need."""

    def __init__(self, meeting: Meeting, person: PersonId | None) -> None:
        self.meeting = meeting
        self.person = person

    def all(self) -> Iterator[Need]:
        """Every need, in no order."""
        yield from self._links()
        yield from self._quorum()
        yield from self._lobby()
        yield from self._orders()
        yield from self._demand()
        yield from self._objections()
        yield from self._own_vote()
        yield from self._conflicts()
        yield from self._dispute()
        yield from self._verifier()
        yield from self._viewers()
        yield from self._staff()
        yield from self._expelled()
        yield from self._doors()
        if (cast := webcast_need(self.meeting, self.person)) is not None:
            level, title, text, acts = cast
            yield self._need(level, "webcast", title, text, None, None, *acts)
        yield from self._raised()
        if (asked := unheard_executive(self.meeting)) is not None:
            yield self._need("info", "opinion", "Styrelsens yttrande", asked, None, None)
        yield from self._summons()
        yield from self._asking_subject()

    def _links(self) -> Iterator[Need]:
        for person, presence in self.meeting.presence.items():
            if presence.state == "dropped" and holds_seat(self.meeting, person):
                if presence.continued_without:
                    continue
                called = self.meeting.people[person].called
                yield self._need(
                    "bad",
                    "dropped",
                    "Bruten förbindelse",
                    f"{called} hörs och syns inte. Räknas inte som närvarande.",
                    person,
                    presence.since,
                    self._step("Hantera", dialog="dropped", name="continue-without", data={"person": person}),
                )

    def _quorum(self) -> Iterator[Need]:
        meeting = self.meeting
        found = hindrances(meeting) if meeting.phase == "open" else ()
        for lacking in found[:1]:
            title = "Inte beslutsför" if lacking.code.startswith("quorum") else lacking.short
            acts = [self._step("Ajournera", dialog="pause", name="pause-meeting")]
            if meeting.matter is not None and not meeting.matter.settled:
                acts.append(
                    self._step(
                        "Lämna ärendet oavgjort", LeaveMatter(), warns=matter_left(meeting), grave=True
                    )
                )
            else:
                acts.append(self._step("Avsluta sammanträdet", dialog="close", name="close-meeting"))
            yield self._need("bad", "quorum", title, lacking.because, None, None, *acts)

    def _lobby(self) -> Iterator[Need]:
        for person, presence in self.meeting.presence.items():
            if presence.state not in ("lobby", "returning"):
                continue
            called = self.meeting.people[person].called
            back = presence.state == "returning"
            yield self._need(
                "att",
                "lobby",
                "Tillbaka, ska bekräftas" if back else "Väntar i lobbyn",
                f"{called} {'är tillbaka och ska bekräftas på nytt.' if back else 'vill delta på distans.'}",
                person,
                presence.since,
                self._step(
                    "Bekräfta",
                    dialog="identity",
                    name="confirm-identity",
                    data={"person": person},
                    tried=confirmation(self.meeting, person),
                ),
                self._step("Fel person", dialog="reject", name="reject-from-lobby", data={"person": person}),
            )

    def _orders(self) -> Iterator[Need]:
        for request in self.meeting.debate.queue:
            if request.kind == "order":
                where = self.meeting.presence[request.person].state
                yield self._need(
                    "att",
                    "order",
                    "Ordningsfråga",
                    f"{self.meeting.people[request.person].called}, "
                    f"{'i salen' if where == 'room' else 'på distans'}. Går före talarlistan.",
                    request.person,
                    request.since,
                    self._step("Ge ordet", GiveFloor(request.id)),
                    self._step("Avvisa", DeclineRequest(request.id)),
                )

    def _demand(self) -> Iterator[Need]:
        contest = open_contest(self.meeting)
        if contest is None or contest.demanded_by is None or self.meeting.running is not None:
            return
        yield self._need(
            "att",
            "division-demanded",
            "Votering begärd",
            f"{self.meeting.people[contest.demanded_by].called} begär votering. Klubban väntar.",
            contest.demanded_by,
            None,
        )

    def _objections(self) -> Iterator[Need]:
        running = self.meeting.running
        for person in running.objections if running is not None else ():
            yield self._need(
                "att",
                "objection",
                "Invändning",
                f"{self.meeting.people[person].called} invänder mot hur rösten är antecknad.",
                person,
                None,
                self._step("Ta ställning", dialog="objection", name="correct-vote", data={"person": person}),
            )

    def _own_vote(self) -> Iterator[Need]:
        """The chair alone has not voted: last where the rules say so, and obliged to when it is needed."""
        running = self.meeting.running
        if running is None or running.status != "open" or absent_voters(running) != (self.meeting.chair,):
            return
        rule = rules_of(self.meeting).chair_must_vote
        yield self._need(
            "att",
            "chair-vote",
            "Du har inte röstat",
            "Alla andra har röstat. Ordföranden är skyldig att rösta när det behövs för att ärendet ska "
            f"kunna avgöras. {sentence(rule)}",
            None,
            None,
            self._step("Rösta själv", dialog="my-vote", name="cast-vote", tried=CastVote("yes")),
        )

    def _conflicts(self) -> Iterator[Need]:
        meeting, matter = self.meeting, matter_ahead(self.meeting)
        if matter is None or meeting.phase != "open":
            return
        for person in matter.disqualified:
            if not is_here(meeting.presence[person]):
                continue
            yield self._need(
                "info",
                "conflict",
                "Jävig" if matter.status == "current" else "Jävig i nästa ärende",
                f"{meeting.people[person].called} är jävig i {section(matter)} och {self._must()}.",
                person,
                None,
                *self._replacement(matter, person),
            )

    def _staff(self) -> Iterator[Need]:
        """Staff representatives leave the room in the matters KL 7:14 names; remotely they are cut off."""
        meeting, matter = self.meeting, self.meeting.matter
        for person, presence in meeting.presence.items():
            if matter is not None and is_here(presence) and must_leave(meeting, person):
                yield self._need(
                    "att" if presence.state == "room" else "info",
                    "staff",
                    "Ska lämna ärendet",
                    f"{meeting.people[person].called} är personalföreträdare och får inte närvara vid "
                    f"{section(matter)}. {sentence(may_attend)}",
                    person,
                    None,
                )

    def _doors(self) -> Iterator[Need]:
        """What not everybody should hear: secrecy before the public, and who may be overheard at home."""
        secret = secrecy_need(self.meeting, self.person)
        if secret is not None:
            yield self._need("att", "secrecy", "Sekretess i ärendet", secret[0], None, None, secret[1])
        silent = undisturbed_steps(self.meeting, self.person)
        if silent is not None:
            yield self._need("att", "undisturbed", "Sitter ni ostört?", silent[0], None, None, *silent[1])

    def _expelled(self) -> Iterator[Need]:
        """Those sent out, while something can follow from it."""
        for expelled, text, acts in expelled_needs(self.meeting, self.person):
            since = self.meeting.presence[expelled].since
            level = "att" if len(acts) > 1 else "info"
            yield self._need(level, "expelled", "Utvisad", text, expelled, since, *acts)

    def _raised(self) -> Iterator[Need]:
        """A member's motion that has waited longer than a year."""
        matter = self.meeting.matter
        if matter is None or matter.settled or matter.matter.raised_on is None:
            return
        raised_on, today = matter.matter.raised_on, self.meeting.today.isoformat()
        if not decided_in_time(raised_on=raised_on, on=today).outcome:
            yield self._need(
                "info",
                "motion",
                "Äldre än ett år",
                f"Motionen väcktes {raised_on}. Har det som kommit fram anmälts inom ett år? "
                f"{sentence(decided_in_time)}",
                None,
                None,
            )

    def _summons(self) -> Iterator[Need]:
        """What is lacking in how the meeting was called; shown until the roll call is done."""
        if self.meeting.phase not in ("convened", "roll_call"):
            return
        for remark in remarks(self.meeting):
            if remark.lacking is not None:
                need = self._need("info", "summons", "Kallelse och kungörelse", remark.lacking, None, None)
                yield {**need, "id": f"summons:{remark.ruling.code}:{remark.matter or ''}"}

    def _asking_subject(self) -> Iterator[Need]:
        """An interpellation or question that has been said to concern authority against an individual."""
        for state in self.meeting.matters.values():
            matter = state.matter
            if matter.kind in ("interpellation", "question") and matter.authority and state.permitted is None:
                need = self._need(
                    "att",
                    "asking-subject",
                    "Rör myndighetsutövning mot enskild",
                    f"{section(state)} rör myndighetsutövning mot någon enskild. {sentence(subject_allowed)}",
                    None,
                    None,
                )
                yield {**need, "id": f"asking-subject:{matter.id}"}

    def _dispute(self) -> Iterator[Need]:
        matter = self.meeting.matter
        if matter is None or matter.settled or matter.dispute is None:
            return
        person, by = matter.dispute.person, matter.dispute.questioned_by
        called = self.meeting.people
        yield self._need(
            "att",
            "conflict-disputed",
            "Jäv ifrågasatt",
            f"{called[by].called} ifrågasätter om {called[person].called} är jävig. "
            f"{self.meeting.convened.body.name} prövar det utan {called[person].name}.",
            person,
            None,
            self._step(
                "Pröva jävsfrågan",
                dialog="conflict-test",
                name="decide-conflict",
                tried=DecideConflict(False),
            ),
        )

    def _verifier(self) -> Iterator[Need]:
        """One who verifies the minutes presides, and would alone verify what he or she led."""
        chair = self.meeting.chair
        if self.meeting.phase != "open" or chair is None or chair not in self.meeting.verifiers:
            return
        called = self.meeting.people[chair].called
        yield self._need(
            "att",
            "verifier",
            "Justeraren leder sammanträdet",
            f"{called} är utsedd till justerare och leder nu sammanträdet. Utse en annan justerare, så att "
            "inte samma person justerar ensam.",
            chair,
            None,
            self._step("Utse justerare", dialog="verifiers", name="appoint-verifiers"),
        )

    def _must(self) -> str:
        leaves = rules_of(self.meeting).conflict_presence().outcome == "leaves"
        return "får inte vara närvarande" if leaves else "deltar inte; får följa som åhörare"

    def _replacement(self, matter: MatterState, member: PersonId) -> Iterator[Step]:
        presence = self.meeting.presence[member]
        if self.meeting.people[member].role != "member" or presence.replaced_by is not None:
            return
        substitute = next_substitute(self.meeting, member, matter.matter.id)
        if substitute is not None:
            yield self._step(
                "Kalla in ersättare",
                dialog="call-substitute",
                name="call-in-substitute",
                data={"member": member, "substitute": substitute, "only_matter": True},
            )

    def _viewers(self) -> Iterator[Need]:
        if self.meeting.phase not in ("convened", "roll_call"):
            return
        for person, presence in self.meeting.presence.items():
            if presence.state == "viewer":
                yield self._need(
                    "info",
                    "viewer",
                    "Släpps in som åskådare",
                    f"{self.meeting.people[person].called} räknas inte. "
                    f"{viewer_reason(self.meeting, person)}",
                    person,
                    presence.since,
                )

    def _need(
        self,
        level: str,
        kind: str,
        title: str,
        text: str,
        person: PersonId | None,
        since: datetime | None,
        *actions: Step,
    ) -> Need:
        return {
            "id": f"{kind}:{person}",
            "level": level,
            "kind": kind,
            "title": title,
            "text": text,
            "person": person,
            "since": since.isoformat() if since is not None else None,
            "actions": list(actions),
        }

    def _step(self, label: str, command: Command | None = None, **about: Any) -> Step:
        return step(label, command, meeting=self.meeting, person=self.person, **about)


def confirmation(meeting: Meeting, person: PersonId) -> ConfirmIdentity:
    """The confirmation of one who waits, in the first way the standing orders allow."""
    methods = identity_methods(meeting, person)
    return ConfirmIdentity(person, methods[0] if methods else "known")
