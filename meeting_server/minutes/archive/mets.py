"""The METS files of a package, by the E-ARK profiles CSIP and SIP 2.1.0.

The names in `USE` and `LABEL` are the vocabulary's. CSIP wants the program that made the package as a CREATOR
and SIP wants the one who submits it as a CREATOR too; both are there.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from lxml import etree

from meeting_server.minutes.archive.holdings import HeldFile, instant, named

METS = "http://www.loc.gov/METS/"
XLINK = "http://www.w3.org/1999/xlink"
CSIP = "https://DILCIS.eu/XML/METS/CSIPExtensionMETS"
SIP = "https://DILCIS.eu/XML/METS/SIPExtensionMETS"
XSI = "http://www.w3.org/2001/XMLSchema-instance"
PROFILE = "https://earksip.dilcis.eu/profile/E-ARK-SIP.xml"
CONTENT = "Sammanträdesprotokoll"
"""The content information type: ours, since no common one for minutes of meetings is published."""
PREFIXES = {None: METS, "xlink": XLINK, "csip": CSIP, "sip": SIP, "xsi": XSI}


@dataclass(frozen=True)
class Group:
    """A file group: its use, what kind of contents it has, and the files with their paths from the METS."""

    use: str
    contents: str
    files: tuple[HeldFile, ...]


@dataclass(frozen=True)
class Described:
    """What one METS file tells: of the package, or of the representation in it.

    `agents` are (role, type, name, software version); `within` is the representation's own METS, in the
    package's; `representation` is the group of what is archived.
    """

    objid: str
    label: str
    at: str
    agents: tuple[tuple[str, str, str, str], ...]
    descriptive: tuple[tuple[HeldFile, str], ...]
    provenance: tuple[HeldFile, ...]
    rights: tuple[HeldFile, ...]
    documentation: Group
    schemas: Group
    representation: Group
    within: str | None = None


def mets(told: Described) -> bytes:
    """The METS file, UTF-8."""
    root = etree.Element(f"{{{METS}}}mets", nsmap=PREFIXES)
    root.set(f"{{{XSI}}}schemaLocation", " ".join(_locations()))
    for name, value in (
        ("OBJID", told.objid),
        ("LABEL", told.label),
        ("TYPE", "Other"),
        ("PROFILE", PROFILE),
    ):
        root.set(name, value)
    root.set(f"{{{CSIP}}}OTHERTYPE", CONTENT)
    root.set(f"{{{CSIP}}}CONTENTINFORMATIONTYPE", "OTHER")
    root.set(f"{{{CSIP}}}OTHERCONTENTINFORMATIONTYPE", CONTENT)
    _header(root, told)
    descriptive = [_section(root, "dmdSec", told, one, kind) for one, kind in told.descriptive]
    administrative = _add(root, "amdSec")
    # The schema wants rights before provenance.
    of_history = [_section(administrative, "rightsMD", told, one, "PREMIS:RIGHTS") for one in told.rights]
    of_history += [_section(administrative, "digiprovMD", told, one, "PREMIS") for one in told.provenance]
    groups = [told.documentation, told.schemas, told.representation]
    section = _add(root, "fileSec", ID=_id(told, "fileSec"))
    for group in groups:
        _group(section, told, group)
    _map(root, told, descriptive, of_history)
    text: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True)
    return text


def _header(root: etree._Element, told: Described) -> None:
    header = _add(root, "metsHdr", CREATEDATE=told.at, LASTMODDATE=told.at)
    header.set(f"{{{CSIP}}}OAISPACKAGETYPE", "SIP")
    for role, kind, name, version in told.agents:
        agent = _add(header, "agent", ROLE=role, TYPE=kind)
        if kind == "OTHER":
            agent.set("OTHERTYPE", "SOFTWARE")
        _add(agent, "name").text = name
        if version:
            note = _add(agent, "note")
            note.text = version
            note.set(f"{{{CSIP}}}NOTETYPE", "SOFTWARE VERSION")


def _section(parent: etree._Element, tag: str, told: Described, file: HeldFile, kind: str) -> str:
    """A metadata section that points at its file; its id."""
    identifier = _id(told, file.path)
    section = _add(parent, tag, ID=identifier, CREATED=told.at, STATUS="CURRENT")
    pointer = _add(section, "mdRef", LOCTYPE="URL", MDTYPE=kind)
    _point(pointer, file.path)
    _measure(pointer, file)
    return identifier


def _group(section: etree._Element, told: Described, group: Group) -> None:
    made = _add(section, "fileGrp", ID=_id(told, group.use), USE=group.use)
    made.set(f"{{{CSIP}}}CONTENTINFORMATIONTYPE", "OTHER")
    made.set(f"{{{CSIP}}}OTHERCONTENTINFORMATIONTYPE", group.contents)
    for file in group.files:
        entry = _add(made, "file", ID=_id(told, file.path))
        _measure(entry, file)
        entry.set(f"{{{SIP}}}FILEFORMATNAME", file.format.name)
        if file.format.version:
            entry.set(f"{{{SIP}}}FILEFORMATVERSION", file.format.version)
        _point(_add(entry, "FLocat", LOCTYPE="URL"), file.path, file.meaning)


def _map(
    root: etree._Element, told: Described, descriptive: Sequence[str], of_history: Sequence[str]
) -> None:
    structure = _add(root, "structMap", ID=_id(told, "structMap"), TYPE="PHYSICAL", LABEL="CSIP")
    top = _add(structure, "div", ID=_id(told, "div"), LABEL=told.objid)
    metadata = _add(top, "div", ID=_id(told, "div/Metadata"), LABEL="Metadata")
    metadata.set("ADMID", " ".join(of_history))
    if descriptive:
        metadata.set("DMDID", " ".join(descriptive))
    for group, label in (
        (told.documentation, "Documentation"),
        (told.schemas, "Schemas"),
        (told.representation, "Representations"),
    ):
        part = _add(top, "div", ID=_id(told, f"div/{label}"), LABEL=label)
        _add(part, "fptr", FILEID=_id(told, group.use))
    if told.within is not None:
        one = _add(part, "div", ID=_id(told, "div/within"), LABEL=told.representation.use)
        pointer = _add(one, "mptr", LOCTYPE="URL")
        _point(pointer, told.within, _id(told, told.representation.use))


def _measure(element: etree._Element, file: HeldFile) -> None:
    for name, value in (
        ("MIMETYPE", file.format.mime),
        ("SIZE", str(len(file.body))),
        ("CREATED", instant(file.created)),
        ("CHECKSUM", file.sha256),
        ("CHECKSUMTYPE", "SHA-256"),
    ):
        element.set(name, value)


def _point(element: etree._Element, path: str, title: str = "") -> None:
    element.set(f"{{{XLINK}}}type", "simple")
    element.set(f"{{{XLINK}}}href", path)
    if title:
        element.set(f"{{{XLINK}}}title", title)


def _add(parent: etree._Element, tag: str, **attributes: str) -> etree._Element:
    return etree.SubElement(parent, f"{{{METS}}}{tag}", attributes)


def _id(told: Described, what: str) -> str:
    return named(f"{told.objid}/{told.within}/{what}")


def _locations() -> list[str]:
    return [
        *(METS, "schemas/mets.xsd", XLINK, "schemas/xlink.xsd"),
        *(CSIP, "schemas/DILCISExtensionMETS.xsd", SIP, "schemas/DILCISExtensionSIPMETS.xsd"),
    ]
