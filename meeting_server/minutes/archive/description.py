"""The archival description (EAD3): the meeting, and under it each § with its title and diary number."""

from __future__ import annotations

from lxml import etree

from meeting_server.minutes.archive.holdings import Contents, Making, instant
from meeting_server.minutes.document import Paragraph

EAD = "http://ead3.archivists.org/schema/"
XSI = "http://www.w3.org/2001/XMLSchema-instance"


def description(contents: Contents, making: Making) -> bytes:
    """The EAD3 file, UTF-8; its parts are in the order the schema wants."""
    minutes = contents.minutes
    root = etree.Element(f"{{{EAD}}}ead", nsmap={None: EAD, "xsi": XSI})
    root.set(f"{{{XSI}}}schemaLocation", f"{EAD} ../../schemas/ead3.xsd")
    control = _add(root, "control", countryencoding="iso3166-1", dateencoding="iso8601")
    _add(control, "recordid", contents.package_id)
    titles = _add(_add(control, "filedesc"), "titlestmt")
    _add(titles, "titleproper", f"{minutes.body}: {minutes.title} {minutes.date}")
    _add(control, "maintenancestatus", value="new")
    _add(_add(control, "maintenanceagency", countrycode="SE"), "agencyname", minutes.organisation)
    event = _add(_add(control, "maintenancehistory"), "maintenanceevent")
    _add(event, "eventtype", value="created")
    _add(event, "eventdatetime", instant(making.at), standarddatetime=instant(making.at))
    _add(event, "agenttype", value="machine")
    _add(event, "agent", f"Klubban {contents.software}")

    described = _add(root, "archdesc", level="file", lang="swe")
    about = _add(described, "did")
    _add(about, "unittitle", f"Sammanträdesprotokoll: {minutes.body} {minutes.date}")
    _add(about, "unitid", contents.package_id, label="Paket")
    _add(about, "unitid", minutes.meeting, label="Sammanträde")
    _add(about, "unitdate", minutes.date_text, normal=minutes.date)
    origin = _add(_add(about, "origination"), "corpname")
    _add(origin, "part", minutes.organisation)
    _add(origin, "part", minutes.body)
    _add(_add(described, "scopecontent"), "p", f"{minutes.form_text} {minutes.place}")
    parts = _add(described, "dsc")
    for paragraph in minutes.paragraphs:
        _paragraph(parts, paragraph, is_secret=paragraph.matter in contents.secret)
    text: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True)
    return text


def _paragraph(parts: etree._Element, paragraph: Paragraph, *, is_secret: bool) -> None:
    one = _add(parts, "c", level="item")
    about = _add(one, "did")
    _add(about, "unittitle", paragraph.title)
    _add(about, "unitid", f"§ {paragraph.number}", label="Paragraf")
    if paragraph.reference:
        _add(about, "unitid", paragraph.reference, label="Diarienummer")
    day = paragraph.taken_up_at[:10]
    _add(about, "unitdate", day, normal=day)
    if is_secret:
        _add(_add(one, "accessrestrict"), "p", "Ärendet var märkt med sekretess. Pröva före utlämnande.")


def _add(parent: etree._Element, tag: str, text: str | None = None, **attributes: str) -> etree._Element:
    one = etree.SubElement(parent, f"{{{EAD}}}{tag}", attributes)
    one.text = text
    return one
