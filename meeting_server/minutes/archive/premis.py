"""The PREMIS 3 files of a package: what was done and by whom, the files, and who may read them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from lxml import etree

from meeting_server.minutes.archive.holdings import Agent, Contents, Deed, HeldFile, instant, named

PREMIS = "http://www.loc.gov/premis/v3"
XSI = "http://www.w3.org/2001/XMLSchema-instance"
SCHEMA = "schemas/premis-v3-0.xsd"
LAW = "offentlighets- och sekretesslagen (2009:400)"
RESTRICTION = (
    "Händelseloggen och underlaget innehåller skäl för jäv och frånvaro och uppgifter om enskilda som vid "
    "mötet bara ordföranden och sekreteraren fick läsa. Kallelsebeviset innehåller adresser. I ärenden som "
    "är märkta med sekretess kan även protokollet innehålla uppgifter som omfattas av den. Filerna som "
    "räknas upp här ska prövas innan de lämnas ut."
)


def history(contents: Contents, deeds: Iterable[Deed], agents: Iterable[Agent]) -> bytes:
    """The package as an intellectual entity, its events and the agents."""
    root = _root()
    _entity(root, contents)
    for number, deed in enumerate(deeds, start=1):
        _event(root, contents, deed, number)
    for agent in agents:
        _agent(root, contents, agent)
    return _text(root)


def objects(contents: Contents, files: Sequence[HeldFile], under: str) -> bytes:
    """Every file of the representation: checksum, size, format, what it is; `under` begins the names."""
    root = _root()
    for file in files:
        one = _object(root, "file", named(f"{contents.package_id}/{file.path}"))
        about = _add(one, "objectCharacteristics")
        fixity = _add(about, "fixity")
        _add(fixity, "messageDigestAlgorithm", "SHA-256")
        _add(fixity, "messageDigest", file.sha256)
        _add(about, "size", str(len(file.body)))
        form = _add(about, "format")
        designation = _add(form, "formatDesignation")
        _add(designation, "formatName", file.format.name)
        if file.format.version:
            _add(designation, "formatVersion", file.format.version)
        _add(form, "formatNote", file.format.mime)
        _add(one, "originalName", f"{under}{file.path}")
    return _text(root)


def rights(contents: Contents, files: Iterable[HeldFile]) -> bytes:
    """That some of the files are not to be given out unread, on what ground."""
    root = _root()
    _entity(root, contents)
    statement = _add(_add(root, "rights"), "rightsStatement")
    identifier = _add(statement, "rightsStatementIdentifier")
    _add(identifier, "rightsStatementIdentifierType", "UUID")
    _add(identifier, "rightsStatementIdentifierValue", named(f"{contents.package_id}/rights"))
    _add(statement, "rightsBasis", "statute")
    statute = _add(statement, "statuteInformation")
    _add(statute, "statuteJurisdiction", "se")
    _add(statute, "statuteCitation", LAW)
    granted = _add(statement, "rightsGranted")
    _add(granted, "act", "disseminate")
    _add(granted, "restriction", RESTRICTION)
    for file in files:
        _link(statement, "Object", named(f"{contents.package_id}/{file.path}"), None)
    return _text(root)


def _entity(root: etree._Element, contents: Contents) -> None:
    minutes = contents.minutes
    one = _object(root, "intellectualEntity", contents.package_id)
    _add(one, "originalName", f"{minutes.body} {minutes.date}")


def _event(root: etree._Element, contents: Contents, deed: Deed, number: int) -> None:
    event = _add(root, "event")
    identifier = _add(event, "eventIdentifier")
    _add(identifier, "eventIdentifierType", "UUID")
    _add(identifier, "eventIdentifierValue", named(f"{contents.package_id}/event/{number}"))
    _add(event, "eventType", deed.kind)
    assert deed.at is not None
    _add(event, "eventDateTime", instant(deed.at))
    _add(_add(event, "eventDetailInformation"), "eventDetail", deed.detail)
    if deed.outcome:
        _add(_add(event, "eventOutcomeInformation"), "eventOutcome", deed.outcome)
    for agent, role in deed.by:
        _link(event, "Agent", agent, role)
    if not deed.about:
        _link(event, "Object", contents.package_id, None)
    for path in deed.about:
        _link(event, "Object", named(f"{contents.package_id}/{path}"), None)


def _agent(root: etree._Element, contents: Contents, agent: Agent) -> None:
    one = _add(root, "agent")
    identifier = _add(one, "agentIdentifier")
    _add(identifier, "agentIdentifierType", "local")
    _add(identifier, "agentIdentifierValue", agent.id)
    _add(one, "agentName", agent.name)
    _add(one, "agentType", agent.kind)
    if agent.version:
        _add(one, "agentVersion", agent.version)
    if agent.note:
        _add(one, "agentNote", agent.note)


def _link(parent: etree._Element, what: str, identifier: str, role: str | None) -> None:
    link = _add(parent, f"linking{what}Identifier")
    _add(link, f"linking{what}IdentifierType", "local" if what == "Agent" else "UUID")
    _add(link, f"linking{what}IdentifierValue", identifier)
    if role:
        _add(link, f"linking{what}Role", role)


def _object(root: etree._Element, kind: str, identifier: str) -> etree._Element:
    one = _add(root, "object")
    one.set(f"{{{XSI}}}type", f"premis:{kind}")
    named_as = _add(one, "objectIdentifier")
    _add(named_as, "objectIdentifierType", "UUID")
    _add(named_as, "objectIdentifierValue", identifier)
    return one


def _root() -> etree._Element:
    root = etree.Element(f"{{{PREMIS}}}premis", nsmap={"premis": PREMIS, "xsi": XSI})
    root.set("version", "3.0")
    root.set(f"{{{XSI}}}schemaLocation", f"{PREMIS} ../../{SCHEMA}")
    return root


def _add(parent: etree._Element, tag: str, text: str | None = None) -> etree._Element:
    one = etree.SubElement(parent, f"{{{PREMIS}}}{tag}")
    one.text = text
    return one


def _text(root: etree._Element) -> bytes:
    text: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True)
    return text
