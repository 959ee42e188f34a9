"""The running log beside the meeting: one Swedish line per event worth one."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from meeting_server.meeting import (
    abstention,
    agenda,
    asking,
    blocks,
    conduct,
    conflicts,
    convening,
    debate,
    deciding,
    deferral,
    disputes,
    divisions,
    doors,
    elections,
    matter_facts,
    observing,
    presence,
    presiding,
    proposals,
    publicity,
    refusing,
    reordering,
    reservations,
    sitting,
    striking,
    substitutes,
    taking_back,
    undecided,
    undisturbed,
    urgency,
    verification,
    webcasting,
)
from meeting_server.meeting.grounds import listing, section
from meeting_server.meeting.local_time import zone_at
from meeting_server.meeting.naming import candidate_label, in_sentence
from meeting_server.meeting.outcome import Event
from meeting_server.meeting.state import Meeting
from meeting_server.meeting.words import TODAY
from meeting_server.wire.election_lines import ELECTION_LINES
from meeting_server.wire.json import Json

Line = Callable[[Meeting, Any], str]

_STRONG: frozenset[type[Event]] = frozenset(
    {
        sitting.MeetingOpened,
        sitting.MeetingClosed,
        sitting.MeetingPaused,
        sitting.MeetingPausedUntilDay,
        sitting.MeetingResumed,
        agenda.MatterTakenUp,
        agenda.MatterNoted,
        striking.MatterStruck,
        deferral.MatterReferredBack,
        deferral.MatterDeferred,
        deciding.MatterDecided,
        divisions.DivisionConfirmed,
        elections.ElectionDecided,
    }
)
_METHODS = {"known": "känd för ordföranden", "id_shown": "legitimation visad", "eid": "e-legitimation"}
_FLOORS = {
    "speech": "ordet",
    "reply": "replik",
    "order": "ordet i en ordningsfråga",
    "information": "sakupplysning",
}
_STOPS = {
    "asked": "",
    "doors": ", eftersom dörrarna är stängda",
    "not_public": ", eftersom sammanträdet inte är offentligt",
    "closed": ", eftersom sammanträdet avslutas",
}
_VOTES = {"yes": "ja", "no": "nej", "abstain": "avstår"}


def log_lines(meeting: Meeting) -> list[dict[str, Json]]:
    """The latest lines, oldest first."""
    lines = []
    for record in meeting.recent:
        text = log_line(meeting, record.event)
        if text is not None:
            lines.append(
                {
                    "seq": record.seq,
                    "at": record.at.isoformat(),
                    "text": text,
                    "strong": type(record.event) in _STRONG,
                }
            )
    return lines


def log_line(meeting: Meeting, event: Event) -> str | None:
    """The line of one event, or None for one that has none."""
    line = _LINES.get(type(event))
    if line is None:
        return None
    text = line(meeting, event)
    return f"{text[:1].upper()}{text[1:]}"


def _who(meeting: Meeting, person: str) -> str:
    return meeting.people[person].called


def _matter(meeting: Meeting, matter: str) -> str:
    return section(meeting.matters[matter])


def _candidate(meeting: Meeting, matter: str, candidate: str) -> str:
    return in_sentence(candidate_label(meeting, meeting.matters[matter], candidate))


def _proposal(meeting: Meeting, proposal: str) -> str:
    return _candidate(meeting, proposal.rpartition("-")[0], proposal)


def _finding(m: Meeting, e: deciding.CarriedFound) -> str:
    if e.candidate == TODAY:
        return "att ärendet avgörs i dag"
    return f"bifall till {_candidate(m, e.contest.rpartition('-')[0], e.candidate)}"


def _decided(m: Meeting, e: deciding.MatterDecided) -> str:
    how = " efter votering" if e.how == "division" else ""
    return f"{_matter(m, e.matter)} beslutas{how}: {_candidate(m, e.matter, e.proposal)}."


def _disturber(m: Meeting, e: conduct.Admonished | conduct.Expelled) -> str:
    return _who(m, e.person) if e.person is not None else f"en åhörare ({e.listener})"


def _paused(m: Meeting, e: sitting.MeetingPaused) -> str:
    del m
    length = f" i {e.minutes} minuter" if e.minutes else ""
    return f"Sammanträdet ajourneras{length}{f': {e.reason}' if e.reason else ''}."


def _paused_until_day(m: Meeting, e: sitting.MeetingPausedUntilDay) -> str:
    on = e.continues_at.astimezone(zone_at(m.convened.starts_at))
    why = f": {e.reason}" if e.reason else ""
    return f"Sammanträdet ajourneras till den {on:%Y-%m-%d} kl. {on:%H.%M}{why}."


def _carried(m: Meeting, e: deciding.ContestCarried) -> str:
    if e.kind == "today":
        return f"{_matter(m, e.matter)} avgörs i dag."
    what = "utses till motförslag" if e.kind == "counter" else "bifalls"
    return f"{_candidate(m, e.matter, e.candidate)} {what}."


_LINES: Mapping[type[Event], Line] = {
    convening.MeetingConvened: lambda m, e: f"{e.body.name} är kallad: {e.title}.",
    sitting.MeetingOpened: lambda m, e: f"{_who(m, e.chair)} öppnar sammanträdet.",
    sitting.MeetingPaused: _paused,
    sitting.MeetingPausedUntilDay: _paused_until_day,
    sitting.MeetingResumed: lambda m, e: f"Sammanträdet återupptas med {len(e.present)} närvarande.",
    sitting.ReservationsAsked: lambda m, e: "Ordföranden frågar om fler reservationer.",
    sitting.MeetingClosed: lambda m, e: "Sammanträdet avslutas.",
    conduct.Admonished: lambda m, e: f"Ordföranden ger {_disturber(m, e)} en tillsägelse: {e.reason}",
    conduct.Expelled: lambda m, e: f"Ordföranden visar ut {_disturber(m, e)}: {e.reason}",
    conduct.LetIn: lambda m, e: f"{_who(m, e.person)} får komma in igen.",
    striking.MatterTakenBack: lambda m, e: f"Ärendet ”{m.matters[e.matter].matter.title}” läggs inte fram.",
    striking.MatterStruck: lambda m, e: f"{_matter(m, e.matter)}: {e.outcome_text}",
    undecided.MatterLeft: lambda m, e: f"{_matter(m, e.matter)} lämnas oavgjort.",
    undecided.QuorumMissed: lambda m, e: f"Sammanträdet kan inte fortsätta. {e.because}",
    conduct.MeetingDissolved: lambda m, e: f"Ordföranden upplöser sammanträdet: {e.reason}",
    presiding.ChairHandedOver: lambda m, e: (
        f"{_who(m, e.person)} leder {_matter(m, e.matter) if e.matter else 'sammanträdet'}."
    ),
    sitting.VerifiersAppointed: lambda m, e: (
        f"{listing([_who(m, p) for p in e.persons])} utses att justera. {e.place_and_time}"
    ),
    presence.LobbyEntered: lambda m, e: (
        f"{_who(m, e.person)} kommer till lobbyn"
        f"{', inloggad med e-legitimation' if e.signed_in is not None and e.signed_in.is_strong else ''}."
    ),
    presence.AdmittedAsViewer: lambda m, e: f"{_who(m, e.person)} följer som åskådare och räknas inte.",
    presence.IdentityConfirmed: lambda m, e: (
        f"{_who(m, e.person)} deltar på distans; identiteten fastställd ({_METHODS[e.method]})"
        f"{f', utan full förbindelse: {e.override_reason}' if e.override_reason else ''}."
    ),
    presence.LobbyRejected: lambda m, e: f"{_who(m, e.person)} släpps inte in: {e.reason}.",
    presence.NewPictureAsked: lambda m, e: f"Ny bild begärs av {_who(m, e.person)}.",
    presence.ArrivedInRoom: lambda m, e: f"{_who(m, e.person)} är i salen.",
    presence.AbsenceRecorded: lambda m, e: f"{_who(m, e.person)} är frånvarande.",
    presence.AttendanceUndone: lambda m, e: f"Anteckningen om {_who(m, e.person)} tas bort.",
    presence.Departed: lambda m, e: f"{_who(m, e.person)} lämnar sammanträdet.",
    taking_back.DepartureTakenBack: lambda m, e: (
        f"{_who(m, e.person)} antecknades av misstag som att ha lämnat sammanträdet."
    ),
    presence.LinkLost: lambda m, e: f"Förbindelsen med {_who(m, e.person)} bryts.",
    presence.LinkRestored: lambda m, e: f"Bild och ljud når fram från {_who(m, e.person)}.",
    presence.ContinuedWithout: lambda m, e: f"Sammanträdet fortsätter utan {_who(m, e.person)}.",
    observing.SeenConfirmed: lambda m, e: f"Ordföranden ser {_who(m, e.person)} i bild.",
    presence.RollCallCompleted: lambda m, e: (
        f"Uppropet är klart: {len(e.present)} närvarande, varav {len(e.remote)} på distans."
    ),
    reordering.SubstitutesReordered: lambda m, e: (
        f"{e.party} kallar in sina ersättare i ordningen {', '.join(_who(m, p) for p in e.order)}."
    ),
    substitutes.SubstituteCalledIn: lambda m, e: (
        f"{_who(m, e.substitute)} tjänstgör för {_who(m, e.member)}"
        f"{f' i {_matter(m, e.only_matter)}' if e.only_matter else ''}."
    ),
    substitutes.SubstituteStoodDown: lambda m, e: f"{_who(m, e.substitute)} slutar tjänstgöra.",
    substitutes.MemberTookSeat: lambda m, e: (
        f"{_who(m, e.member)} tjänstgör i stället för {_who(m, e.substitute)}."
    ),
    agenda.MatterTakenUp: lambda m, e: f"§ {e.minute_number} tas upp: {m.matters[e.matter].matter.title}.",
    agenda.MatterNoted: lambda m, e: f"{_matter(m, e.matter)}: {e.outcome_text}",
    asking.AskingDecided: lambda m, e: (
        f"{_matter(m, e.matter)} {'får' if e.permitted else 'får inte'} ställas."
    ),
    asking.AskingAnswered: lambda m, e: f"{_who(m, e.person)} har svarat i {_matter(m, e.matter)}.",
    blocks.BlockTakenUp: lambda m, e: f"{len(e.matters)} ärenden tas upp i block.",
    blocks.LiftedFromBlock: lambda m, e: (
        f"{_who(m, e.person)} lyfter ut ärendet {_matter(m, e.matter)} ur blocket."
    ),
    blocks.BlockDropped: lambda m, e: "Ärendena i blocket tas ett och ett.",
    blocks.BlockDecided: lambda m, e: f"{len(e.matters)} ärenden avgörs i ett klubbslag.",
    urgency.MatterAdded: lambda m, e: f"Ärendet ”{e.matter.title}” läggs till; det är inte kungjort.",
    matter_facts.MatterAnnounced: lambda m, e: (
        f"{_matter(m, e.matter)} är anslaget {e.announced_on}"
        f"{f' och utskickat {e.told_on}' if e.told_on else ''}."
    ),
    matter_facts.MatterCorrected: lambda m, e: f"Uppgifterna om {_matter(m, e.matter)} är ändrade.",
    urgency.UnanimityFound: lambda m, e: (
        f"Alla {len(e.present)} närvarande är ense om "
        f"{'att ta upp ' if e.about == 'taking_up' else 'beslutet i '}{_matter(m, e.matter)}."
    ),
    urgency.UnanimityDenied: lambda m, e: (
        f"{_who(m, e.opposed)} motsätter sig "
        f"{'att ta upp ' if e.about == 'taking_up' else 'beslutet i '}{_matter(m, e.matter)}."
    ),
    debate.FloorRequested: lambda m, e: f"{_who(m, e.person)} begär {_FLOORS[e.kind]}.",
    debate.FloorGiven: lambda m, e: f"{_who(m, e.person)} får {_FLOORS[e.kind]}.",
    debate.SpeakersListClosed: lambda m, e: "Streck sätts i debatten.",
    debate.DebateClosed: lambda m, e: f"Överläggningen i {_matter(m, e.matter)} avslutas.",
    debate.DebateReopened: lambda m, e: f"Överläggningen i {_matter(m, e.matter)} återupptas.",
    doors.DoorsClosed: lambda m, e: f"Dörrarna stängs för överläggningen i {_matter(m, e.matter)}.",
    doors.DoorsKeptOpen: lambda m, e: f"Dörrarna förblir öppna i {_matter(m, e.matter)}.",
    doors.DoorsOpened: lambda m, e: "Dörrarna öppnas.",
    doors.DoorsLeftClosed: lambda m, e: f"Beslut i {_matter(m, e.matter)} fattas inom stängda dörrar.",
    publicity.PublicityDecided: lambda m, e: (
        f"Sammanträdet är {'offentligt' if e.public else 'stängt för allmänheten'}."
    ),
    webcasting.WebcastStarted: lambda m, e: "Sammanträdet sänds på webben.",
    webcasting.WebcastStopped: lambda m, e: f"Webbsändningen stoppas{_STOPS[e.ground]}.",
    webcasting.RedactionMarked: lambda m, e: f"Inspelningen ska maskas: {e.reason}",
    undisturbed.UndisturbedConfirmed: lambda m, e: f"{_who(m, e.person)} sitter ostört.",
    proposals.ProposalMade: lambda m, e: f"{_proposal(m, e.id)}: {e.text}",
    proposals.ProposalSupported: lambda m, e: f"{_who(m, e.person)} instämmer i {_proposal(m, e.proposal)}.",
    proposals.ProposalWithdrawn: lambda m, e: f"{_proposal(m, e.proposal)} tas tillbaka.",
    proposals.MotivationStated: lambda m, e: f"Motivering: {e.motivation}",
    refusing.ProposalRefused: lambda m, e: (
        f"Ordföranden vägrar att lägga fram {_proposal(m, e.proposal)}: {e.reason}"
    ),
    refusing.RefusalOverruled: lambda m, e: f"{_proposal(m, e.proposal)} ska ändå läggas fram.",
    deferral.MinorityReferred: lambda m, e: (
        f"{len(e.requesting)} av {len(e.present)} närvarande har begärt det; minst en tredjedel."
    ),
    deferral.MatterReferredBack: lambda m, e: f"{_matter(m, e.matter)} återremitteras.",
    deferral.MatterDeferred: lambda m, e: f"{_matter(m, e.matter)} bordläggs.",
    deciding.QuestionsPut: lambda m, e: e.order_text,
    deciding.QuestionsReordered: lambda m, e: e.order_text,
    deciding.CarriedFound: lambda m, e: f"Ordföranden finner {_finding(m, e)}.",
    deciding.DivisionDemanded: lambda m, e: f"{_who(m, e.person)} begär votering.",
    deciding.DivisionDemandWithdrawn: lambda m, e: f"{_who(m, e.person)} tar tillbaka sin begäran.",
    abstention.AbstentionDeclared: lambda m, e: (
        f"{_who(m, e.person)} deltar inte i beslutet i {_matter(m, e.matter)}"
        f"{f': {e.override_reason}' if e.override_reason else ''}."
    ),
    abstention.AbstentionWithdrawn: lambda m, e: (
        f"{_who(m, e.person)} deltar i beslutet i {_matter(m, e.matter)}."
    ),
    deciding.ContestCarried: _carried,
    deciding.MatterDecided: _decided,
    divisions.DivisionOpened: lambda m, e: f"Votering {e.id[1:]} öppnas. {e.question_text}",
    divisions.DivisionClosed: lambda m, e: (
        f"Votering {e.division[1:]} stängs: {e.yes} ja, {e.no} nej, {e.abstain} avstår."
    ),
    divisions.VoteObjected: lambda m, e: f"{_who(m, e.person)} invänder mot sin antecknade röst.",
    divisions.VoteCorrected: lambda m, e: f"{_who(m, e.person)}: rösten antecknas som {_VOTES[e.vote]}.",
    divisions.CastingVoteUsed: lambda m, e: f"Ordföranden lägger utslagsrösten: {_VOTES[e.vote]}.",
    divisions.DivisionConfirmed: lambda m, e: (
        f"Votering {e.division[1:]} fastställs: {e.yes} ja mot {e.no} nej, {e.abstain} avstår."
    ),
    divisions.DivisionVoided: lambda m, e: f"Votering {e.division[1:]} görs om: {e.reason}",
    **ELECTION_LINES,
    conflicts.ConflictDeclared: lambda m, e: f"{_who(m, e.person)} är jävig i {_matter(m, e.matter)}.",
    disputes.ConflictQuestioned: lambda m, e: (
        f"{_who(m, e.questioned_by)} ifrågasätter om {_who(m, e.person)} är jävig i {_matter(m, e.matter)}."
    ),
    disputes.ConflictTested: lambda m, e: (
        f"{m.convened.body.name} beslutar att {_who(m, e.person)} "
        f"{'är' if e.disqualified else 'inte är'} jävig i {_matter(m, e.matter)}."
    ),
    conflicts.ConflictWithdrawn: lambda m, e: (
        f"Jävsanmälan i {_matter(m, e.matter)} tas tillbaka: {_who(m, e.person)}."
    ),
    reservations.ReservationAnnounced: lambda m, e: (
        f"{_who(m, e.person)} reserverar sig i {_matter(m, e.matter)}."
    ),
    reservations.StatementMinuted: lambda m, e: (
        f"Protokollsanteckning av {_who(m, e.person)} i {_matter(m, e.matter)}."
    ),
    verification.ImmediateVerificationDeclared: lambda m, e: (
        f"{_matter(m, e.matter)} förklaras omedelbart justerad."
    ),
}
"""What is not here (the speakers' list being moved, a matter left) needs no line."""
