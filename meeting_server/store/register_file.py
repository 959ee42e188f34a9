"""The register file: one YAML file with a municipality's bodies, rules, people and meetings.

The format is described by its commented example, demo/ekhamra.yaml. Reading is strict: an unknown key or a
wrong value anywhere is a fault with its place, all of them are listed at once, and then nothing is imported.
"""

from __future__ import annotations

from pathlib import Path

from meeting_server.store.register_bodies import read_body
from meeting_server.store.register_checks import faults_beside, faults_of
from meeting_server.store.register_files import PICTURES, attached_file
from meeting_server.store.register_meetings import read_meeting
from meeting_server.store.register_reported import with_decisions
from meeting_server.store.register_values import OrganisationEntry, PersonEntry, Picture, RegisterFile
from meeting_server.store.register_words import ORGANISATION_KINDS
from meeting_server.store.yaml_reading import BadRegister, Fault, Part, given, listed, read_yaml

LARGEST_FILE = 5_000_000


def read_register_file(path: Path) -> RegisterFile:
    """The register in a file; pictures and documents it names are read from beside it. Raises BadRegister."""
    try:
        if path.stat().st_size > LARGEST_FILE:
            raise BadRegister([Fault(1, 1, "filen", "filen är för stor; högst 5 MB läses")])
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise BadRegister([Fault(1, 1, "filen", f"är inte UTF-8 (byte {error.start})")]) from None
    except OSError as error:
        raise BadRegister([Fault(1, 1, "filen", f"går inte att läsa: {error.strerror}")]) from None
    return read_register(text, path.parent)


def read_register(text: str, folder: Path | None = None) -> RegisterFile:
    """The register that `text` describes; files it names are read from `folder` and nowhere else.

    Raises BadRegister with every fault of form and, in what these leave alone, every fault of content.
    """
    faults: list[Fault] = []
    top = read_yaml(text, faults)
    if top is None:
        raise BadRegister(faults)
    register = _register(top, folder)
    # A value that could not be read would only be blamed a second time.
    faults += faults_beside(register, faults) if faults else faults_of(register)
    if faults:
        raise BadRegister(faults)
    return register


def _register(top: Part, folder: Path | None) -> RegisterFile:
    parts = top.fields(("organisation", "partier", "personer", "organ"), ("sammanträden",))
    organisation = given(parts, "organisation", _organisation, OrganisationEntry("", "", "municipality"))
    persons = listed(parts, "personer")
    bodies = tuple(read_body(part) for part in listed(parts, "organ"))
    meetings = listed(parts, "sammanträden")
    return RegisterFile(
        organisation=organisation,
        parties=given(parts, "partier", _parties, ()),
        persons=tuple(_person(part, folder) for part in persons),
        bodies=bodies,
        meetings=tuple(with_decisions(read_meeting(part, folder), bodies) for part in meetings),
    )


def _organisation(part: Part) -> OrganisationEntry:
    parts = part.fields(("id", "namn", "slag"))
    return OrganisationEntry(
        id=given(parts, "id", Part.slug, ""),
        name=given(parts, "namn", Part.name, ""),
        kind=given(parts, "slag", lambda kind: kind.choice(ORGANISATION_KINDS), "municipality"),
        place=part.place,
    )


def _parties(part: Part) -> tuple[tuple[str, str], ...]:
    found = []
    for letter, name in part.entries():
        if not (letter.isalpha() and letter[0].isupper() and len(letter) <= 8):
            name.fault("en partibeteckning ska vara högst åtta bokstäver och börja med en stor")
        found.append((letter, name.line(100)))
    return tuple(found)


def _address(part: Part) -> str:
    """An e-mail address; that it is read by somebody only a letter can tell."""
    address = part.text(200)
    name, at, domain = address.rpartition("@")
    if not (name and at and "." in domain) or any(mark.isspace() or mark in "<>,;" for mark in address):
        part.fault("ska vara en e-postadress: namn@kommun.se")
    return address


def _person(part: Part, folder: Path | None) -> PersonEntry:
    parts = part.fields(("id", "namn"), ("parti", "titel", "bild", "epost"))

    def picture(named: Part) -> Picture | None:
        found = attached_file(named, folder, PICTURES)
        return None if found is None else Picture(*found)

    return PersonEntry(
        id=given(parts, "id", Part.slug, ""),
        name=given(parts, "namn", Part.name, ""),
        party=given(parts, "parti", Part.name, None),
        title=given(parts, "titel", Part.name, None),
        picture=given(parts, "bild", picture, None),
        address=given(parts, "epost", _address, None),
        place=part.place,
    )
