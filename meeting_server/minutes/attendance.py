"""Who attended (närvaro): per person the duty, place, times, decisions taken part in, and interruptions."""

from __future__ import annotations

from typing import Literal

from meeting_server.law.attending import ATTENDING
from meeting_server.meeting.convening import Person
from meeting_server.minutes.document import AttendanceRow, Span
from meeting_server.minutes.reading import Reading, Timeline
from meeting_server.minutes.sitting_times import sittings, times_text
from meeting_server.minutes.staff import left_in
from meeting_server.minutes.wording import PRESIDIUM, listed, paragraph_span

Group = Literal["serving", "substitute", "other", "viewer", "absent"]


def attendance(reading: Reading) -> tuple[AttendanceRow, ...]:
    """Rows in the order of the roll: members by seat, serving substitutes, others; absent members last."""
    rows = [_row(reading, person) for person in reading.people.values()]
    rank = {"serving": 0, "substitute": 1, "other": 2, "viewer": 3, "absent": 4}
    order = {person: at for at, person in enumerate(reading.people)}
    presidium = {person.id: _seat(person) for person in reading.people.values()}
    kept = [row for row in rows if row is not None]
    return tuple(sorted(kept, key=lambda row: (rank[row.group], presidium[row.person], order[row.person])))


def _seat(person: Person) -> int:
    if person.role != "member":
        return 9
    return list(PRESIDIUM).index(person.presidium) if person.presidium else 5


def _row(reading: Reading, person: Person) -> AttendanceRow | None:
    line = reading.timelines.get(person.id, Timeline())
    presence = reading.meeting.presence[person.id]
    decided = _decided_in(reading, person.id)
    disqualified = _disqualified_in(reading, person.id) if line.spans else ()
    served = any(span.serving for span in line.spans) and person.role in ("member", "substitute")
    group = _group(person, served, bool(line.spans), presence.state)
    if group is None:
        return None
    place = _place_of(line.spans)
    return AttendanceRow(
        person=person.id,
        name=person.name,
        party=person.party,
        party_name=person.party_name,
        duty=_duty(person, served),
        group=group,
        place=place,
        place_text={
            "room": "i rummet",
            "remote": "på distans",
            "both": "i rummet och på distans",
            "none": "–",
        }[place],
        serves_for=_serves_for(reading, person.id, line),
        time_text=_time_text(reading, person, line, _served_in(reading, person.id), served),
        decided=paragraph_span(decided),
        decided_in=decided,
        disqualified_in=disqualified,
        spans=tuple(line.spans),
        confirmations=tuple(line.confirmations),
        interruptions=tuple(line.interruptions),
        note=_note(line, disqualified, left_in(reading, person.id), group),
    )


def _group(person: Person, served: bool, here: bool, state: str) -> Group | None:
    if served:
        return "serving"
    if person.role in ("secretary", "attendee"):
        return "other" if here or person.role == "secretary" else None
    if state == "viewer":
        return "viewer"
    if person.role == "substitute":
        return "substitute" if here else None
    return "absent"


def _duty(person: Person, served: bool) -> str:
    if person.role == "substitute":
        return "tjänstgörande ersättare" if served else "ersättare"
    if person.role == "member":
        return PRESIDIUM[person.presidium] if person.presidium else "ledamot"
    by_right = ATTENDING[person.attends].swedish if person.attends else ""
    return person.title or ("sekreterare" if person.role == "secretary" else by_right)


def _place_of(spans: list[Span]) -> Literal["room", "remote", "both", "none"]:
    places = {span.place for span in spans}
    if not places:
        return "none"
    return "both" if len(places) == 2 else places.pop()


def _time_text(
    reading: Reading, person: Person, line: Timeline, sections: tuple[int, ...], served: bool
) -> str:
    """ "§§ 208–217" for the whole meeting, with the times added when it was only a part of it."""
    spans = [span for span in line.spans if span.serving or not served]
    if not spans:
        return "–"
    joined = tuple(_joined(spans))
    span_text = paragraph_span(sections) if served else ""
    if joined == sittings(reading):
        return span_text or ("hela sammanträdet" if not served else "–")
    times = times_text(reading, joined)
    return f"{span_text}, {times}" if span_text else times


def _joined(spans: list[Span]) -> list[tuple[str, str | None]]:
    """Stretches of presence with those that meet joined: moving to a remote place is not a break."""
    made: list[tuple[str, str | None]] = []
    for span in spans:
        if made and made[-1][1] == span.start:
            made[-1] = (made[-1][0], span.end)
        else:
            made.append((span.start, span.end))
    return made


def _decided_in(reading: Reading, person: str) -> tuple[int, ...]:
    matters = reading.meeting.matters
    return tuple(
        number
        for matter in reading.taken_up
        if (number := matters[matter].number) is not None and person in reading.took_part(matter)
    )


def _served_in(reading: Reading, person: str) -> tuple[int, ...]:
    """The §§ the person served in, who took no part in the decision or did not vote as well (KL 5:66)."""
    held = reading.meeting.held.values()
    served = {one.matter for one in held if one.status == "confirmed" and person in one.voters}
    served |= {matter for matter, people in reading.served.items() if person in people}
    numbers = {reading.number(matter) for matter in served}
    return tuple(sorted({*_decided_in(reading, person), *(n for n in numbers if n is not None)}))


def _serves_for(reading: Reading, person: str, line: Timeline) -> str | None:
    """Whom a substitute served for; with the §§ of each when it was more than one."""
    per: dict[str, list[int]] = {}
    for matter, served in reading.served.items():
        number, member = reading.number(matter), served.get(person)
        if number is not None and member is not None:
            per.setdefault(member, []).append(number)
    if len(per) > 1:
        return listed([f"{reading.person(m).called} {paragraph_span(n)}" for m, n in per.items()])
    last = next((span.serves_for for span in reversed(line.spans) if span.serves_for), None)
    member = next(iter(per), last)
    return reading.person(member).called if member is not None else None


def _disqualified_in(reading: Reading, person: str) -> tuple[int, ...]:
    return tuple(
        state.number
        for state in reading.meeting.matters.values()
        if state.number is not None and person in state.disqualified
    )


def _note(line: Timeline, disqualified: tuple[int, ...], away: tuple[int, ...], group: Group) -> str:
    words = []
    if group == "absent":
        words.append("Frånvarande.")
    if group == "viewer":
        words.append("Åskådare på distans, deltar inte.")
    if disqualified:
        words.append(f"Jäv {paragraph_span(disqualified)}.")
    if away:
        words.append(f"Inte närvarande {paragraph_span(away)}.")
    if line.confirmations:
        words.append(line.confirmations[0].text)
    words += [one.text for one in line.interruptions]
    return " ".join(words)
