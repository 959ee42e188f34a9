"""What goes into an archive package, as values: the files of the meeting, who did what to them, and when."""

from __future__ import annotations

import datetime as dt
import hashlib
import uuid
from dataclasses import dataclass
from typing import Literal

from meeting_server.minutes.document import Minutes

Kind = Literal["person", "organization", "software"]
"""Kinds of agents, by the names PREMIS has for them."""

NAMESPACE = uuid.uuid5(uuid.NAMESPACE_URL, "urn:klubban:archive-package")
"""Ours; the identifiers below are made from it, so that the same meeting has the same ones for ever."""


@dataclass(frozen=True)
class Format:
    """How a file is to be read; `version` of the format, when it has versions."""

    mime: str
    name: str
    version: str | None = None


PDF = Format("application/pdf", "PDF/A", "3a")
JSON = Format("application/json", "JSON")
NDJSON = Format("application/x-ndjson", "NDJSON")
CSV = Format("text/csv", "CSV")
TEXT = Format("text/plain", "UTF-8 text")
XML = Format("application/xml", "XML", "1.0")
PEM = Format("application/pem-certificate-chain", "PEM")


@dataclass(frozen=True)
class HeldFile:
    """One file; `path` from the folder it belongs in. `restricted`: examined before it is given out."""

    path: str
    body: bytes
    format: Format
    meaning: str
    created: dt.datetime
    restricted: bool = False

    @property
    def sha256(self) -> str:
        """Checksum in hex."""
        return hashlib.sha256(self.body).hexdigest()


@dataclass(frozen=True)
class Agent:
    """Somebody or something that did a deed; `note` says what they were to the meeting."""

    id: str
    kind: Kind
    name: str
    note: str = ""
    version: str = ""


@dataclass(frozen=True)
class Deed:
    """A PREMIS event. `at` None: when the package is made. `by`: agents' ids and what each was to it.

    `about` are paths of files, none for the meeting as a whole.
    """

    kind: str
    at: dt.datetime | None
    detail: str
    by: tuple[tuple[str, str], ...]
    about: tuple[str, ...] = ()
    outcome: str = ""


@dataclass(frozen=True)
class Contents:
    """Everything a package is made of but when it is made and by whom.

    `secret`: the matters that were marked with secrecy at the meeting.
    """

    minutes: Minutes
    software: str
    files: tuple[HeldFile, ...]
    agents: tuple[Agent, ...]
    deeds: tuple[Deed, ...]
    secret: frozenset[str] = frozenset()

    @property
    def package_id(self) -> str:
        """The name of the package: the same for the same meeting and the same log, whoever makes it."""
        return named(f"{self.minutes.meeting}/{self.minutes.log.hash}")

    @property
    def digest(self) -> str:
        """SHA-256 over what the package will hold; another when a file, a deed or the program is another."""
        said = [self.package_id, self.software]
        said += [f"{each.path} {each.sha256} {each.created} {each.meaning}" for each in self.files]
        said += [repr(each) for each in (*self.agents, *self.deeds, *sorted(self.secret))]
        return hashlib.sha256("\n".join(said).encode()).hexdigest()


@dataclass(frozen=True)
class Making:
    """When the package was made and by whom: an agent's id."""

    at: dt.datetime
    by: str


def named(what: str) -> str:
    """An identifier made from a name; begins with letters, as an XML id must."""
    return f"uuid-{uuid.uuid5(NAMESPACE, what)}"


def instant(at: dt.datetime) -> str:
    """A time as METS and PREMIS write it, in UTC."""
    return at.astimezone(dt.UTC).isoformat(timespec="seconds")
