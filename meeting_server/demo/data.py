"""Loading the demonstration: Ekhamra's register with its meetings moved to the day it is shown."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from importlib.resources import files
from typing import Literal

from meeting_server.demo.portraits import portrait
from meeting_server.meeting.local_time import SWEDISH_TIME
from meeting_server.store import Store
from meeting_server.store.register_file import read_register
from meeting_server.store.register_import import import_register
from meeting_server.store.register_values import BodyEntry, MandateEntry, MeetingEntry, Picture, RegisterFile

Role = Literal["chair", "secretary", "member", "substitute", "attendee", "hall"]

_TERM_YEARS = 4


@dataclass(frozen=True)
class DemoLink:
    """A way into a meeting: as this person in this role; the hall screen is nobody's."""

    meeting: str
    title: str
    person: str | None
    name: str
    role: Role


@dataclass(frozen=True)
class DemoMeeting:
    """A meeting of the demonstration and who belongs to it, by person id, in roll-call order."""

    id: str
    title: str
    starts_at: datetime
    chair: str
    secretary: str
    members: tuple[str, ...]
    substitutes: tuple[str, ...]


@dataclass(frozen=True)
class DemoLinks:
    """Everything the start page of the demonstration lists."""

    meetings: tuple[DemoMeeting, ...]
    links: tuple[DemoLink, ...]


def swedish_day(at: datetime) -> date:
    """The day it is in Sweden, whatever clock the machine goes by. at: an instant."""
    return at.astimezone(SWEDISH_TIME).date()


async def load_demo(store: Store, today: date) -> DemoLinks:
    """Import Ekhamra with its meetings on `today`.

    Meetings that have begun keep their day and are left alone.
    """
    register = demo_register(today)
    begun = {meeting.id for meeting in await store.register.meetings() if meeting.status != "planned"}
    waiting = tuple(meeting for meeting in register.meetings if meeting.id not in begun)
    await import_register(store.database, replace(register, meetings=waiting))
    return await demo_links(store)


def demo_register(today: date) -> RegisterFile:
    """Ekhamra's register as of `today`: terms that hold then, and a drawn portrait for everybody."""
    register = read_register((files(__package__) / "ekhamra.yaml").read_text(encoding="utf-8"))
    return replace(
        register,
        persons=tuple(
            replace(person, picture=Picture("image/svg+xml", portrait(person.id)))
            for person in register.persons
        ),
        bodies=tuple(_in_term(body, today) for body in register.bodies),
        meetings=tuple(_on(meeting, today) for meeting in register.meetings),
    )


async def demo_links(store: Store) -> DemoLinks:
    """The links of the demonstration that is loaded; empty when none is."""
    meetings: list[DemoMeeting] = []
    links: list[DemoLink] = []
    for summary in await store.register.meetings():
        convened = await store.register.convened(summary.id)
        for person in convened.roster:
            role: Role = "chair" if person.presidium == "chair" else person.role
            links.append(DemoLink(summary.id, summary.title, person.id, person.called, role))
        links.append(DemoLink(summary.id, summary.title, None, summary.place or "Salen", "hall"))
        by_role = {
            role: tuple(p.id for p in convened.roster if p.role == role) for role in ("member", "substitute")
        }
        chair = next(person.id for person in convened.roster if person.presidium == "chair")
        secretary = next(person.id for person in convened.roster if person.role == "secretary")
        members = (by_role["member"], by_role["substitute"])
        meetings.append(DemoMeeting(summary.id, summary.title, summary.starts_at, chair, secretary, *members))
    return DemoLinks(tuple(meetings), tuple(links))


def _on(meeting: MeetingEntry, today: date) -> MeetingEntry:
    # Combined anew and not shifted: the offset is that of the day, summer or winter.
    local = datetime.combine(today, meeting.starts_at.timetz().replace(tzinfo=None), SWEDISH_TIME)
    later = local.date() - meeting.starts_at.date()
    return replace(
        meeting,
        starts_at=local,
        announced_on=meeting.announced_on and meeting.announced_on + later,
        called_on=meeting.called_on and meeting.called_on + later,
        matters=tuple(
            replace(matter, raised_on=matter.raised_on and matter.raised_on + later)
            for matter in meeting.matters
        ),
    )


def _in_term(body: BodyEntry, today: date) -> BodyEntry:
    """The body with its term, and every mandate, moved by whole terms until the term holds today."""
    begins, ends = body.term
    terms = 0
    while _moved(ends, terms) < today:
        terms += 1
    while _moved(begins, terms) > today:
        terms -= 1

    def mandate(entry: MandateEntry) -> MandateEntry:
        return replace(entry, from_on=_moved(entry.from_on, terms), until_on=_moved(entry.until_on, terms))

    return replace(
        body,
        term=(_moved(begins, terms), _moved(ends, terms)),
        members=tuple(mandate(entry) for entry in body.members),
        substitutes=tuple(mandate(entry) for entry in body.substitutes),
    )


def _moved(on: date, terms: int) -> date:
    # By way of the day after: the last day of February moves to a last day of February.
    after = on + timedelta(days=1)
    return after.replace(year=after.year + terms * _TERM_YEARS) - timedelta(days=1)
