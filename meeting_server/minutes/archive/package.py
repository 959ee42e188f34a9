"""The archive package as a file: put together, always the same bytes for the same contents, and checked.

A ZIP file with one folder, named as the package. Nothing in it is compressed, so that its bytes do not
depend on the version of a compression library: a checksum that was written down holds.
"""

from __future__ import annotations

import datetime as dt
import functools
import hashlib
import io
import posixpath
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from lxml import etree

from meeting_server.minutes.archive import premis
from meeting_server.minutes.archive.description import description
from meeting_server.minutes.archive.guide import about_the_files, about_the_package
from meeting_server.minutes.archive.holdings import (
    TEXT,
    XML,
    Agent,
    Contents,
    Deed,
    Format,
    HeldFile,
    Making,
    instant,
)
from meeting_server.minutes.archive.mets import CONTENT, METS, XLINK, Described, Group, mets

SCHEMAS = Path(__file__).resolve().parent / "schemas"
REPRESENTATION = "representations/rep1"
PACKAGER = "klubban"
"""The id of the program among the agents."""
OWN_SCHEMAS = (
    "DILCISExtensionMETS.xsd",
    "DILCISExtensionSIPMETS.xsd",
    "mets.xsd",
    "premis-v3-0.xsd",
    "xlink.xsd",
)


@dataclass(frozen=True)
class Package:
    """A package; `name` is that of the file, `body` its bytes, `files` how many files it holds."""

    name: str
    body: bytes
    files: int

    @property
    def sha256(self) -> str:
        """The checksum of the file, in hex."""
        return hashlib.sha256(self.body).hexdigest()


@dataclass(frozen=True)
class PackageFault:
    """One thing wrong in a package: a file that is missing, extra or changed, or the package itself."""

    path: str
    because: str


def build(contents: Contents, making: Making) -> Package:
    """Put the package together. The same arguments give the same bytes."""
    inner = _representation(contents, making)
    whole = _whole(contents, making, inner)
    paths = sorted(whole)
    out = io.BytesIO()
    at = making.at.astimezone(dt.UTC)
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
        for path in paths:
            entry = zipfile.ZipInfo(f"{contents.package_id}/{path}", at.timetuple()[:6])
            entry.create_system, entry.external_attr = 3, 0o644 << 16
            archive.writestr(entry, whole[path])
    return Package(f"{contents.package_id}.zip", out.getvalue(), len(paths))


def check(body: bytes) -> list[PackageFault]:
    """Every file of the package against the sizes and checksums in its METS files; what is wrong is told."""
    try:
        with zipfile.ZipFile(io.BytesIO(body)) as archive:
            held = {name: archive.read(name) for name in archive.namelist() if not name.endswith("/")}
    except (zipfile.BadZipFile, NotImplementedError, EOFError) as bad:
        return [PackageFault("", f"Filen kan inte läsas som ett arkivpaket: {bad}")]
    roots = {name.partition("/")[0] for name in held}
    if len(roots) != 1 or f"{next(iter(roots))}/METS.xml" not in held:
        return [PackageFault("", "Filen är inget arkivpaket: METS.xml saknas.")]
    root = next(iter(roots))
    faults: list[PackageFault] = []
    known = {f"{root}/METS.xml"}
    waiting = [f"{root}/METS.xml"]
    while waiting:
        told_in = waiting.pop()
        for path, size, sha256 in _told(told_in, held[told_in], faults):
            known.add(path)
            if path not in held:
                faults.append(PackageFault(path, "Filen saknas."))
            elif len(held[path]) != size or hashlib.sha256(held[path]).hexdigest() != sha256:
                faults.append(
                    PackageFault(path, "Filen är inte den som METS.xml anger: kontrollsumman skiljer.")
                )
            elif path.endswith("/METS.xml"):
                waiting.append(path)
    faults += [PackageFault(path, "Filen finns inte i METS.xml.") for path in sorted(held.keys() - known)]
    return faults


def _representation(contents: Contents, making: Making) -> dict[str, HeldFile]:
    """The files of the representation, by path from its folder; its METS among them."""
    data = [replace(each, path=f"data/{each.path}") for each in contents.files]
    guide = _file(
        "documentation/LAS_MIG.txt", about_the_files(contents).encode(), TEXT, "Läsanvisning", making
    )
    schemas = _schemas(OWN_SCHEMAS, making)
    kept = _file(
        "metadata/preservation/premis.xml",
        premis.objects(contents, contents.files, f"{REPRESENTATION}/data/"),
        XML,
        "Filerna",
        making,
    )
    rights = _file(
        "metadata/preservation/premis-rattigheter.xml",
        premis.rights(contents, [each for each in contents.files if each.restricted]),
        XML,
        "Vem som får läsa",
        making,
    )
    told = Described(
        objid="rep1",
        label=f"Protokollet med underlag: {contents.minutes.body} {contents.minutes.date}",
        at=instant(making.at),
        agents=_agents(contents),
        descriptive=(),
        provenance=(kept,),
        rights=(rights,),
        documentation=Group("Documentation", "Läsanvisning", (guide,)),
        schemas=Group("Schemas", "XML Schema", tuple(schemas)),
        representation=Group("Representations/rep1/data", CONTENT, tuple(data)),
    )
    files = [*data, guide, *schemas, kept, rights]
    files.append(_file("METS.xml", mets(told), XML, "Protokollet med underlag", making))
    return {each.path: each for each in files}


def _whole(contents: Contents, making: Making, inner: dict[str, HeldFile]) -> dict[str, bytes]:
    """Every file of the package, by path from its root."""
    pointed = replace(inner["METS.xml"], path=f"{REPRESENTATION}/METS.xml")
    packaged = Deed(
        "information package creation",
        making.at,
        "Arkivpaketet upprättat ur det justerade och stämplade protokollet och mötets händelselogg.",
        ((making.by, "implementer"), (PACKAGER, "executing program")),
    )
    program = Agent(PACKAGER, "software", "Klubban", "programmet som skrev paketet", contents.software)
    deeds = [replace(each, at=each.at or making.at) for each in (*contents.deeds, packaged)]
    history = premis.history(contents, deeds, (*contents.agents, program))
    described = _file(
        "metadata/descriptive/ead.xml", description(contents, making), XML, "Arkivförteckning", making
    )
    kept = _file("metadata/preservation/premis.xml", history, XML, "Händelser och aktörer", making)
    rights = _file(
        "metadata/preservation/premis-rattigheter.xml",
        premis.rights(contents, [each for each in contents.files if each.restricted]),
        XML,
        "Vem som får läsa",
        making,
    )
    guide = _file(
        "documentation/README.txt", about_the_package(contents, making).encode(), TEXT, "Om paketet", making
    )
    schemas = _schemas((*OWN_SCHEMAS, "ead3.xsd"), making)
    told = Described(
        objid=contents.package_id,
        label=f"{contents.minutes.body}: {contents.minutes.title} {contents.minutes.date}",
        at=instant(making.at),
        agents=_agents(contents),
        descriptive=((described, "EAD"),),
        provenance=(kept,),
        rights=(rights,),
        documentation=Group("Documentation", "Läsanvisning", (guide,)),
        schemas=Group("Schemas", "XML Schema", tuple(schemas)),
        representation=Group("Representations/rep1", CONTENT, (pointed,)),
        within=f"{REPRESENTATION}/METS.xml",
    )
    outer = [described, kept, rights, guide, *schemas]
    return {
        "METS.xml": mets(told),
        **{each.path: each.body for each in outer},
        **{f"{REPRESENTATION}/{path}": each.body for path, each in inner.items()},
    }


def _agents(contents: Contents) -> tuple[tuple[str, str, str, str], ...]:
    """The program, the one whose archive it is (every committee is an authority), the one who submits it."""
    organisation, body = contents.minutes.organisation, contents.minutes.body
    return (
        ("CREATOR", "OTHER", "Klubban", contents.software),
        ("ARCHIVIST", "ORGANIZATION", f"{organisation}, {body}", ""),
        ("CREATOR", "ORGANIZATION", organisation, ""),
    )


def _schemas(names: Iterable[str], making: Making) -> list[HeldFile]:
    return [_file(f"schemas/{name}", _schema(name), XML, "Schema", making) for name in sorted(names)]


@functools.cache
def _schema(name: str) -> bytes:
    return (SCHEMAS / name).read_bytes()


def _file(path: str, body: bytes, form: Format, meaning: str, making: Making) -> HeldFile:
    return HeldFile(path, body, form, meaning, making.at)


def _told(path: str, body: bytes, faults: list[PackageFault]) -> Iterator[tuple[str, int, str]]:
    """What a METS file says of others: path in the package, size and checksum."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    try:
        root = etree.fromstring(body, parser)
        folder = posixpath.dirname(path)
        for locator in root.iter(f"{{{METS}}}mdRef", f"{{{METS}}}FLocat"):
            measured = locator if locator.get("SIZE") else locator.getparent()
            href = posixpath.normpath(f"{folder}/{locator.get(f'{{{XLINK}}}href')}")
            yield href, int(measured.get("SIZE", "-1")), measured.get("CHECKSUM", "")
    except (etree.XMLSyntaxError, ValueError) as bad:
        faults.append(PackageFault(path, f"Filen kan inte läsas: {bad}"))
