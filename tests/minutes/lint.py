"""A structural check of the PDF/A-3a and PDF/UA-1 claims of a file, made with pikepdf."""

from __future__ import annotations

import io
import xml.etree.ElementTree as ET
from collections.abc import Iterator

import pikepdf
from pikepdf import Name

RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
PDFA = "{http://www.aiim.org/pdfa/ns/id/}"
PDFUA = "{http://www.aiim.org/pdfua/ns/id/}"


def faults(pdf: bytes) -> list[str]:
    """Everything found wrong, sorted; empty for a file that keeps what it claims as far as this looks."""
    with pikepdf.open(io.BytesIO(pdf)) as file:
        return sorted({*_catalog(file), *_xmp(file), *_objects(file), *_pages(file)})


def enclosed(pdf: bytes) -> dict[str, bytes]:
    """The files inside a PDF, by name."""
    with pikepdf.open(io.BytesIO(pdf)) as file:
        return {name: bytes(one.get_file().read_bytes()) for name, one in file.attachments.items()}


def _catalog(file: pikepdf.Pdf) -> Iterator[str]:
    root = file.Root
    if "/ID" not in file.trailer:
        yield "no /ID"
    if str(root.get("/Lang", "")).lower() not in ("sv", "sv-se"):
        yield "language is not Swedish"
    if "/MarkInfo" not in root or not bool(root.MarkInfo.get("/Marked", False)):
        yield "not marked as tagged"
    for key in ("/StructTreeRoot", "/OutputIntents", "/Metadata"):
        if key not in root:
            yield f"no {key}"
    if "/ViewerPreferences" not in root or not bool(root.ViewerPreferences.get("/DisplayDocTitle", False)):
        yield "title is not displayed"
    if file.attachments and "/AF" not in root:
        yield "enclosed files are not associated"


def _xmp(file: pikepdf.Pdf) -> Iterator[str]:
    text = bytes(file.Root.Metadata.read_bytes()).decode()
    body = text[text.index("<x:xmpmeta") : text.index("</x:xmpmeta>") + len("</x:xmpmeta>")]
    tree = ET.fromstring(body)
    if len(tree.findall(f"{RDF}RDF")) != 1:
        yield "not one rdf:RDF"
    found = {one.tag: (one.text or "") for one in tree.iter()}
    for one in tree.iter(f"{RDF}Description"):
        found.update(one.attrib)
    if (found.get(f"{PDFA}part"), found.get(f"{PDFA}conformance")) != ("3", "A"):
        yield "does not claim PDF/A-3a"
    if found.get(f"{PDFUA}part") != "1":
        yield "does not claim PDF/UA-1"


def _objects(file: pikepdf.Pdf) -> Iterator[str]:
    for one in file.objects:
        if not isinstance(one, pikepdf.Dictionary):
            continue
        if one.get("/Type") == Name.FontDescriptor and not any(
            key in one for key in ("/FontFile", "/FontFile2", "/FontFile3")
        ):
            yield f"font not embedded: {one.get('/FontName')}"
        if one.get("/Type") == Name.Font and one.get("/Subtype") == Name.Type0 and "/ToUnicode" not in one:
            yield "font without ToUnicode"
        if one.get("/Type") == Name.Filespec and not {"/AFRelationship", "/UF"} <= set(one.keys()):
            yield "enclosed file without relationship or name"
        if one.get("/S") in (Name.JavaScript, Name.Launch):
            yield "forbidden action"


def _pages(file: pikepdf.Pdf) -> Iterator[str]:
    for number, page in enumerate(file.pages, 1):
        for one in page.obj.get("/Annots", []):
            if one.get("/Subtype") == Name.Widget and not {"/TU", "/Contents"} & set(one.keys()):
                yield f"page {number}: field without a readable name"
            if page.obj.get("/Tabs") != Name.S:
                yield f"page {number}: tab order is not by structure"
