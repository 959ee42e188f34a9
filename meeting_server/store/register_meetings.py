"""Reading the meetings of a register file: time, place, form, officials and agenda."""

from __future__ import annotations

from pathlib import Path

from meeting_server.meeting.convening import ElectionTerms, PreparedProposal
from meeting_server.meeting.lengths import LONGEST, LONGEST_REFERENCE, LONGEST_TEXT, LONGEST_TITLE
from meeting_server.meeting.words import AttendanceRight
from meeting_server.store.register_files import DOCUMENTS, attached_file
from meeting_server.store.register_majority import read_majority
from meeting_server.store.register_reported import read_reported
from meeting_server.store.register_values import DocumentEntry, MatterEntry, MeetingEntry
from meeting_server.store.register_words import ELECTED_HOW, ELECTS, FORMS, GROUNDS, MATTER_KINDS, RIGHTS
from meeting_server.store.yaml_reading import NO_INSTANT, Part, given, listed

_ALWAYS = ("id", "organ", "rubrik", "börjar", "form", "första_paragraf", "sekreterare", "ärenden")


def read_meeting(part: Part, folder: Path | None) -> MeetingEntry:
    """One entry under `sammanträden`."""
    optional = ("plats", "generalrepetition", "närvarande", "anledning", "begärt_av", "kungjord", "kallad")
    parts = part.fields(_ALWAYS, optional)
    attendees = tuple(_attendee(attendee) for attendee in listed(parts, "närvarande"))
    matters = listed(parts, "ärenden")
    if "ärenden" in parts and not matters:
        parts["ärenden"].fault("minst ett ärende ska finnas")
    return MeetingEntry(
        id=given(parts, "id", Part.slug, ""),
        body=given(parts, "organ", Part.slug, ""),
        title=given(parts, "rubrik", lambda title: title.line(200), ""),
        starts_at=given(parts, "börjar", Part.instant, NO_INSTANT),
        venue=given(parts, "plats", lambda venue: venue.line(200), None),
        form=given(parts, "form", lambda form: form.choice(FORMS), "room"),
        first_minute_number=given(parts, "första_paragraf", lambda number: number.number(1, 9999), 1),
        rehearsal=given(parts, "generalrepetition", Part.yes_or_no, False),
        secretary=given(parts, "sekreterare", Part.slug, ""),
        attendees=tuple(person for person, _ in attendees),
        matters=tuple(_matter(matter, folder) for matter in matters),
        rights=tuple((person, right) for person, right in attendees if right is not None),
        ground=given(parts, "anledning", lambda ground: ground.choice(GROUNDS), GROUNDS["ordinarie"]),
        requested_by=tuple(person.slug() for person in listed(parts, "begärt_av")),
        announced_on=given(parts, "kungjord", Part.day, None),
        called_on=given(parts, "kallad", Part.day, None),
        place=part.place,
    )


def _attendee(part: Part) -> tuple[str, AttendanceRight | None]:
    """A person, alone or with the ground on which he or she attends: {person: …, rätt: kommunalråd}."""
    if not part.has_fields:
        return part.slug(), None
    parts = part.fields(("person", "rätt"))
    right = given(parts, "rätt", lambda right: right.choice(RIGHTS), RIGHTS["tjänsteperson"])
    return given(parts, "person", Part.slug, ""), right


def _matter(part: Part, folder: Path | None) -> MatterEntry:
    parts = part.fields(
        ("rubrik", "slag"),
        (
            "diarienummer",
            "bakgrund",
            "föredragande",
            "förslag",
            "handlingar",
            "kungjort",
            "berett",
            "minoritet_använd",
            "ställd_av",
            "besvaras_av",
            "får_ställas",
            "väckt",
            "utan_personalföreträdare",
            "budget",
            "myndighetsutövning",
            "sekretess",
            "val",
            "majoritet",
            "anmäls",
        ),
    )
    reported = [read_reported(entry) for entry in listed(parts, "anmäls")]
    return MatterEntry(
        title=given(parts, "rubrik", lambda title: title.line(LONGEST_TITLE), ""),
        reference=given(parts, "diarienummer", lambda reference: reference.line(LONGEST_REFERENCE), None),
        kind=given(parts, "slag", lambda kind: kind.choice(MATTER_KINDS), "information"),
        background=given(parts, "bakgrund", lambda text: text.text(LONGEST_TEXT), None),
        rapporteur=given(parts, "föredragande", Part.name, None),
        proposal=given(parts, "förslag", _proposal, None),
        documents=tuple(_document(entry, folder) for entry in listed(parts, "handlingar")),
        announced=given(parts, "kungjort", Part.yes_or_no, True),
        prepared=given(parts, "berett", Part.yes_or_no, True),
        minority_used=given(parts, "minoritet_använd", Part.yes_or_no, False),
        asked_by=given(parts, "ställd_av", Part.slug, None),
        answered_by=given(parts, "besvaras_av", Part.slug, None),
        asking_permitted=given(parts, "får_ställas", Part.yes_or_no, False),
        raised_on=given(parts, "väckt", Part.day, None),
        staff_excluded=given(parts, "utan_personalföreträdare", Part.yes_or_no, False),
        sets_budget=given(parts, "budget", Part.yes_or_no, False),
        authority=given(parts, "myndighetsutövning", Part.yes_or_no, False),
        secrecy=given(parts, "sekretess", Part.yes_or_no, False),
        election=given(parts, "val", _election, None),
        majority=given(parts, "majoritet", read_majority, None),
        reported=tuple(one for one in reported if not isinstance(one, str)),
        reports=tuple(one for one in reported if isinstance(one, str)),
        place=part.place,
    )


def _election(part: Part) -> ElectionTerms:
    """How many are to be elected, and whether it may be proportional: {platser: 11, proportionellt: ja}.

    An election of substitutes says where the members are elected: in a matter of the same agenda, by its
    number from 1, or earlier and then how.
    """
    told = ("ledamöter_i_ärende", "ledamöter_valda")
    parts = part.fields((), ("platser", "proportionellt", "väljer", *told))
    elects = given(parts, "väljer", lambda elects: elects.choice(ELECTS), ELECTS["ledamöter"])
    if elects == "members" and parts.keys() & set(told):
        part.fault("bara ett val av ersättare säger hur ledamöterna väljs")
    if elects == "substitutes" and len(parts.keys() & set(told)) != 1:
        part.fault("ett val av ersättare har en av ledamöter_i_ärende och ledamöter_valda")
    matter = given(parts, "ledamöter_i_ärende", lambda number: number.number(1, 999), None)
    how = given(parts, "ledamöter_valda", lambda how: how.choice(ELECTED_HOW), None)
    return ElectionTerms(
        places=given(parts, "platser", lambda places: places.number(1, 200), 1),
        proportional=given(parts, "proportionellt", Part.yes_or_no, False),
        elects=elects,
        members_in=f"m{matter}" if matter is not None else None,
        members_proportional=how == "proportionally",
    )


def _proposal(part: Part) -> PreparedProposal:
    parts = part.fields(("från", "inledning", "punkter"))
    points = listed(parts, "punkter")
    if "punkter" in parts and not points:
        parts["punkter"].fault("minst en punkt ska finnas")
    return PreparedProposal(
        source=given(parts, "från", lambda source: source.line(200), ""),
        lead=given(parts, "inledning", lambda lead: lead.line(300), ""),
        points=tuple(point.text(LONGEST["points"][1]) for point in points),
    )


def _document(part: Part, folder: Path | None) -> DocumentEntry:
    parts = part.fields(("titel",), ("länk", "fil", "text"))
    title = given(parts, "titel", lambda name: name.line(200), "")
    if len(parts.keys() & {"länk", "fil", "text"}) > 1:
        part.fault("en handling har bara en av länk, fil och text")
    if "länk" in parts:
        address = parts["länk"].line(500)
        if not address.startswith("https://"):
            parts["länk"].fault("en länk ska börja med https://")
        return DocumentEntry(title, address, None, None)
    if "fil" in parts:
        found = attached_file(parts["fil"], folder, DOCUMENTS)
        return DocumentEntry(title, None, *(found or (None, None)))
    if "text" in parts:
        return DocumentEntry(title, None, "text/plain; charset=utf-8", parts["text"].text().encode())
    return DocumentEntry(title, None, None, None)
