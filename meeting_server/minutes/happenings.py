"""What happened under a §: arrivals, departures, substitutes, lost links, pauses, a new chair."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from meeting_server.meeting.agenda import MatterTakenUp
from meeting_server.meeting.blocks import LiftedFromBlock
from meeting_server.meeting.conduct import Admonished, Expelled, LetIn, MeetingDissolved
from meeting_server.meeting.counting import rules_of
from meeting_server.meeting.disputes import ConflictQuestioned, ConflictTested
from meeting_server.meeting.doors import DoorsClosed, DoorsKeptOpen, DoorsLeftClosed, DoorsOpened
from meeting_server.meeting.outcome import Event, Record
from meeting_server.meeting.presence import (
    ArrivedInRoom,
    ContinuedWithout,
    Departed,
    IdentityConfirmed,
    LinkLost,
    RollCallCompleted,
)
from meeting_server.meeting.presiding import ChairHandedOver
from meeting_server.meeting.publicity import PublicityDecided
from meeting_server.meeting.reordering import SubstitutesReordered
from meeting_server.meeting.sitting import (
    MeetingPaused,
    MeetingPausedUntilDay,
    MeetingResumed,
    VerifiersAppointed,
)
from meeting_server.meeting.striking import MatterTakenBack
from meeting_server.meeting.substitutes import MemberTookSeat, SubstituteCalledIn, SubstituteStoodDown
from meeting_server.meeting.taking_back import DepartureTakenBack
from meeting_server.meeting.undecided import QuorumMissed
from meeting_server.meeting.undisturbed import UndisturbedConfirmed
from meeting_server.meeting.urgency import MatterAdded, UnanimityDenied
from meeting_server.meeting.webcasting import WebcastStarted, WebcastStopped
from meeting_server.minutes.blocks import paragraph, section
from meeting_server.minutes.conduct import conduct_sentences
from meeting_server.minutes.document import Section
from meeting_server.minutes.doors import door_sentences
from meeting_server.minutes.reading import Reading
from meeting_server.minutes.sections import called_text
from meeting_server.minutes.webcast import webcast_sentences
from meeting_server.minutes.wording import PRESIDIUM, at_clock, clock, date_in_words, listed


def happenings(reading: Reading, records: Sequence[Record]) -> tuple[Section, ...]:
    """The section "Under paragrafen", one sentence or two per happening, in order."""
    texts: list[str] = []
    lost: dict[str, int] = {}
    paused: tuple[int, str] | None = None
    calling = False
    for record in records:
        at = at_clock(reading.local(record.at))
        match record.event:
            case RollCallCompleted():
                texts.append(called_text(reading, record.event))
                calling = False
            case ArrivedInRoom() | IdentityConfirmed() | Departed() | LinkLost() if calling:
                pass  # The roll call tells who was found.
            case LinkLost(person=person) if _broke(reading, person, reading.at(record.at)):
                lost[person] = len(texts)
                texts.append(
                    f"{_raise(at)} bryts förbindelsen med {_name(reading, person)}, som deltar på distans."
                )
            case IdentityConfirmed(person=person) if person in lost:
                texts[lost.pop(person)] += (
                    f" {_raise(at)} är förbindelsen åter upprättad och ordföranden har bekräftat närvaron."
                )
            case IdentityConfirmed(person=person) if _mended(reading, person, reading.at(record.at)):
                texts.append(
                    f"{_raise(at)} är förbindelsen med {_name(reading, person)}, som deltar på distans, åter "
                    "upprättad och ordföranden har bekräftat närvaron."
                )
            case ContinuedWithout(person=person) if person in lost:
                texts[lost[person]] += f" {_raise(at)} fortsätter sammanträdet utan {_name(reading, person)}."
            case MeetingPaused(reason=reason):
                why = f". Skäl: {reason.strip().rstrip('.')}" if reason else ""
                paused = (len(texts), f"Sammanträdet ajourneras {at}")
                texts.append(f"{paused[1]}{why}.")
            case MeetingPausedUntilDay(continues_at=continues_at, reason=reason):
                on = reading.local(continues_at)
                until = f"till den {date_in_words(on.date())} {at_clock(on)}"
                if paused is not None:
                    place, start = paused
                    texts[place] = texts[place].replace(start, f"{start} {until}", 1)
                else:
                    why = f". Skäl: {reason.strip().rstrip('.')}" if reason else ""
                    texts.append(f"Sammanträdet ajourneras {at} {until}{why}.")
                paused, calling = None, True
                lost.clear()
            case MeetingResumed() if calling:
                day = date_in_words(reading.local(record.at).date())
                texts.append(f"Sammanträdet fortsätter den {day} {at}.")
            case MeetingResumed(present=present) if paused is not None:
                place, start = paused
                texts[place] = texts[place].replace(start, f"{start}–{clock(reading.local(record.at))}", 1)
                texts[place] += f" Därefter är {len(present)} närvarande."
                paused = None
            case event:
                texts.extend(_plain(reading, event, _raise(at)))
    return section("events", "Under paragrafen", *(paragraph(text) for text in texts))


def _plain(reading: Reading, event: Event, at: str) -> list[str]:
    match event:
        case ArrivedInRoom(person=person) | IdentityConfirmed(person=person) | Departed(person=person) if (
            reading.person(person).role not in ("member", "substitute")
        ):
            return []  # officials and guests stand among the others present, with their times
        case ArrivedInRoom(person=person):
            return [f"{at} infinner sig {_name(reading, person)} i rummet."]
        case IdentityConfirmed(person=person):
            return [
                f"{at} infinner sig {_name(reading, person)} på distans; ordföranden har bekräftat "
                "identiteten."
            ]
        case Departed(person=person):
            return [f"{at} lämnar {_name(reading, person)} sammanträdet."]
        case VerifiersAppointed(persons=persons, matter=None):
            names = listed([_name(reading, one) for one in persons])
            return [f"{at} utses {names} att jämte ordföranden justera protokollet."]
        case DepartureTakenBack(person=person):
            return [
                f"{at} antecknas att {_name(reading, person)} av misstag har antecknats som att ha lämnat "
                "sammanträdet. Tjänstgöringen är inte avbruten."
            ]
        case SubstituteCalledIn(substitute=substitute, member=member, only_matter=only):
            scope = " i detta ärende" if only else ""
            return [
                f"{at} inträder {_name(reading, substitute)} som ersättare för "
                f"{_name(reading, member)}{scope}."
            ]
        case SubstitutesReordered(party=party, order=order):
            names = listed([_name(reading, one) for one in order])
            return [f"{party} har bestämt att ersättarna kallas in i ordningen {names}."]
        case SubstituteStoodDown(substitute=substitute, member=member):
            return [f"{at} upphör {_name(reading, substitute)} att tjänstgöra för {_name(reading, member)}."]
        case MemberTookSeat(member=member, substitute=substitute):
            return [
                f"{at} träder {_name(reading, member)} in i tjänstgöring i stället för "
                f"{_name(reading, substitute)}."
            ]
        case MatterAdded(matter=matter):
            now = reading.meeting.matters[matter.id].matter
            if now.announced and now.announced_on is not None:
                told = date_in_words(date.fromisoformat(now.announced_on))
                return [f"Det brådskande ärendet ”{matter.title}” har tillkännagetts den {told}."]
            return [f"{at} anmäls ärendet ”{matter.title}”, som inte är kungjort."]
        case MatterTakenBack(matter=taken_back):
            return [f"{at} återtas ärendet ”{reading.meeting.matters[taken_back].matter.title}”."]
        case UnanimityDenied(matter=matter, about=about, opposed=opposed):
            title = reading.meeting.matters[matter].matter.title
            if about == "taking_up":
                unannounced = rules_of(reading.meeting).announced_only
                return [
                    f"{_name(reading, opposed)} motsätter sig att ärendet ”{title}”, som inte är kungjort, "
                    f"tas upp. Det tas därför inte upp ({unannounced.cites.swedish})."
                ]
            return [f"{_name(reading, opposed)} är inte ense om beslutet."]
        case LiftedFromBlock(matter=matter, person=person):
            title = reading.meeting.matters[matter].matter.title
            return [f"{_name(reading, person)} begär att ärendet ”{title}” behandlas för sig."]
        case ConflictQuestioned(person=person, questioned_by=by):
            return [f"{_name(reading, by)} ifrågasätter om {_name(reading, person)} är jävig."]
        case ConflictTested(person=person, disqualified=disqualified):
            body = reading.convened.body.name
            outcome = "är" if disqualified else "inte är"
            return [f"{body} beslutar att {_name(reading, person)} {outcome} jävig."]
        case (
            DoorsClosed()
            | DoorsKeptOpen()
            | DoorsOpened()
            | DoorsLeftClosed()
            | PublicityDecided()
            | UndisturbedConfirmed()
            | MatterTakenUp()
        ):
            return door_sentences(reading, event, at)
        case Admonished() | Expelled() | LetIn() | MeetingDissolved() | QuorumMissed():
            return conduct_sentences(reading, event, at)
        case WebcastStarted() | WebcastStopped():
            return webcast_sentences(event, at)
        case ChairHandedOver():
            return [f"{at} {_presides(reading, event)}."]
        case _:
            return []


def _presides(reading: Reading, event: ChairHandedOver) -> str:
    """Who presides and why, after the time."""
    name = _name(reading, event.person)
    seat = reading.person(event.person).presidium
    who = f"{PRESIDIUM[seat]} {name}" if event.ground == "vice_chair" and seat else name
    told = {
        "elected": f"väljs {name} att leda sammanträdet",
        "longest_serving": f"övertar {name} ordförandeskapet som ålderspresident",
        "returns": f"återtar {name} ordförandeskapet",
    }
    scope = " i detta ärende" if event.matter is not None else ""
    why = f" ({event.reason.strip().rstrip('.')})" if event.reason else ""
    return f"{told.get(event.ground, f'övertar {who} ordförandeskapet')}{scope}{why}"


def _broke(reading: Reading, person: str, at: str) -> bool:
    """Whether the lost link belonged to somebody who was present at a distance then."""
    line = reading.timelines.get(person)
    return line is not None and any(one.lost_at == at for one in line.interruptions)


def _mended(reading: Reading, person: str, at: str) -> bool:
    """Whether this confirmation ended an interruption, perhaps one that began under an earlier §."""
    line = reading.timelines.get(person)
    return line is not None and any(one.confirmed_at == at for one in line.interruptions)


def _name(reading: Reading, person: str) -> str:
    return reading.person(person).called


def _raise(at: str) -> str:
    return at[:1].upper() + at[1:]
