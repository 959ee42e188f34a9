"""The minutes rendered.

PDF/A-3a and PDF/UA-1 by typst, a web fragment by Jinja2, both from the same value.
"""

from __future__ import annotations

import asyncio
import dataclasses
import datetime as dt
import functools
import hashlib
import json
import shutil
import tempfile
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, Literal

import jinja2
import typst

from meeting_server.meeting.local_time import zone_at
from meeting_server.meeting.outcome import Refusal
from meeting_server.minutes.approvals import WHOLE, Approval, approval_text, record_json, required
from meeting_server.minutes.document import Minutes, Paragraph, to_data, to_json
from meeting_server.minutes.glyphs import FONTS, called, spelled, unshown_in
from meeting_server.minutes.wording import NBSP, listed, paragraph_span, raised
from meeting_server.wire.json import encode

TEMPLATES = Path(__file__).resolve().parent / "templates"
STANDARDS: Final[list[Literal["a-3a", "ua-1"]]] = ["a-3a", "ua-1"]
Mode = Literal["draft", "prepared", "verified", "extract"]
STATUS = {
    "draft": "Utkast",
    "prepared": "För justering",
    "verified": "Justerat",
    "extract": "Protokollsutdrag",
}


class RenderFailed(RuntimeError):
    """The typesetter could not make the document; the message is its own."""


@dataclass(frozen=True)
class GlyphPlace:
    """A character that no font has: where it stands, in words, and the text around it."""

    character: str
    name: str
    where: str
    around: str


class GlyphsMissing(Exception):
    """The secretary's own texts hold characters that cannot be printed; `places` says which and where."""

    def __init__(self, places: tuple[GlyphPlace, ...]) -> None:
        super().__init__(f"{places[0].character} {places[0].where}")
        self.places = places

    def refusal(self) -> Refusal:
        """The answer: every character once with the §§ it stands in; all places in the facts."""
        where: dict[str, list[str]] = {}
        for one in self.places:
            where.setdefault(one.character, []).append(one.where)
        signs = [f"{called(sign)} i {listed(each)}" for sign, each in where.items()]
        return Refusal(
            "minutes-glyphs",
            "system",
            f"{'Tecknet' if len(signs) == 1 else 'Tecknen'} {listed(signs)} kan inte skrivas i protokollet. "
            "Ändra texten och försök igen.",
            "tecken kan inte skrivas",
            {"places": [one.__dict__ for one in self.places]},
        )


@dataclass(frozen=True)
class Enclosure:
    """A file put inside the PDF."""

    name: str
    data: bytes
    mime: str
    description: str
    relationship: Literal["source", "data", "supplement", "alternative"]


def digest(pdf: bytes) -> str:
    """The SHA-256 of a PDF, in hex: what an approval is bound to."""
    return hashlib.sha256(pdf).hexdigest()


async def draft_pdf(minutes: Minutes, at: dt.datetime) -> bytes:
    """The minutes as they stand, marked as a draft on every page; the machine-readable copy is inside.

    A character no font has is printed as its code, whoever wrote it: a draft can always be read.
    """
    return await _pdf(minutes, _print(minutes, "draft"), [_machine_readable(minutes)], at)


async def prepare_pdf(minutes: Minutes, at: dt.datetime) -> bytes:
    """The frozen minutes that are laid before the approvers, with the machine-readable copy inside.

    Raises GlyphsMissing when the secretary has written what cannot be printed.
    """
    _require_printable(minutes)
    return await _pdf(minutes, _print(minutes, "prepared"), [_machine_readable(minutes)], at)


async def verified_pdf(
    minutes: Minutes, prepared_pdf: bytes, given: Sequence[Approval], at: dt.datetime
) -> bytes:
    """The verified minutes before the seal: approvals printed, their record and the approved PDF enclosed."""
    approved = digest(prepared_pdf)
    enclosed = [
        _machine_readable(minutes),
        Enclosure(
            "godkannanden.json",
            record_json(minutes, approved, given).encode(),
            "application/json",
            "Vem som har godkänt protokollet, när och hur",
            "data",
        ),
        Enclosure(
            "godkant-protokoll.pdf",
            prepared_pdf,
            "application/pdf",
            "Protokollet som det godkändes",
            "source",
        ),
    ]
    return await _pdf(minutes, _print(minutes, "verified", given, approved), enclosed, at)


async def paragraph_pdf(
    minutes: Minutes,
    matter: str,
    at: dt.datetime,
    given: Sequence[Approval] = (),
    prepared_pdf: bytes | None = None,
) -> bytes:
    """An extract of one § (protokollsutdrag), also what is approved when a § is verified immediately.

    Raises KeyError for a matter that has no §, GlyphsMissing as `prepare_pdf` but for this § alone.
    """
    paragraph = minutes.paragraph(matter)
    if paragraph is None:
        raise KeyError(matter)
    _require_printable(dataclasses.replace(minutes, paragraphs=(paragraph,)))
    enclosed = []
    approved = digest(prepared_pdf) if prepared_pdf is not None else ""
    if prepared_pdf is not None:
        record = record_json(minutes, approved, given).encode()
        enclosed = [
            Enclosure(
                "godkannanden.json", record, "application/json", "Vem som har godkänt paragrafen", "data"
            ),
            Enclosure(
                "godkant-utdrag.pdf",
                prepared_pdf,
                "application/pdf",
                "Paragrafen som den godkändes",
                "source",
            ),
        ]
    return await _pdf(minutes, _print(minutes, "extract", given, approved, paragraph), enclosed, at)


def fragment(minutes: Minutes, matter: str | None = None, part: str | None = None) -> str:
    """The minutes as an HTML fragment: all of it, one § (`matter`), or `part` "head" or "attachments"."""
    template = _environment().get_template("minutes_fragment.html")
    return template.render(minutes=minutes, only=matter, part=part)


def unprintable(minutes: Minutes) -> tuple[GlyphPlace, ...]:
    """The secretary's own words with a character no font has, once per character and §.

    What members wrote is in the log and can be mended by nobody; it is printed with the character's code.
    """
    found: dict[tuple[str, str], GlyphPlace] = {}
    for paragraph in minutes.paragraphs:
        where = f"§{NBSP}{paragraph.number}"
        for section in paragraph.sections:
            if section.source == "secretary":
                for text in _texts_in(encode(section)):
                    for sign in unshown_in((text,)):
                        found.setdefault((sign, where), _place(sign, where, text))
    return tuple(found.values())


def _require_printable(minutes: Minutes) -> None:
    places = unprintable(minutes)
    if places:
        raise GlyphsMissing(places)


async def _pdf(
    minutes: Minutes, printed: dict[str, Any], enclosed: Sequence[Enclosure], at: dt.datetime
) -> bytes:
    return await asyncio.to_thread(_compile, minutes, printed, enclosed, at)


def _compile(
    minutes: Minutes, printed: dict[str, Any], enclosed: Sequence[Enclosure], at: dt.datetime
) -> bytes:
    printed["attach"] = [
        {"path": one.name, "mime": one.mime, "description": one.description, "relationship": one.relationship}
        for one in enclosed
    ]
    view = _spelled({"minutes": to_data(minutes), "print": printed})
    with tempfile.TemporaryDirectory(prefix="klubban-minutes-") as folder:
        root = Path(folder)
        shutil.copy(TEMPLATES / "protokoll.typ", root / "protokoll.typ")
        (root / "view.json").write_text(json.dumps(view, ensure_ascii=False), encoding="utf-8")
        for one in enclosed:
            (root / one.name).write_bytes(one.data)
        try:
            compiler = typst.Compiler(
                str(root / "protokoll.typ"),
                root=str(root),
                font_paths=[str(FONTS)],
                ignore_system_fonts=True,
            )
            pdf, warnings = compiler.compile_with_warnings(
                format="pdf", pdf_standards=[*STANDARDS], timestamp=int(at.timestamp())
            )
        except typst.TypstError as problem:
            raise RenderFailed(str(problem)) from None
    if warnings:
        # An unknown font family is only a warning to typst, and would change how the document looks.
        raise RenderFailed("; ".join(str(one.message) for one in warnings))
    assert isinstance(pdf, bytes)
    return pdf


def _print(
    minutes: Minutes,
    mode: Mode,
    given: Sequence[Approval] = (),
    approved: str = "",
    only: Paragraph | None = None,
) -> dict[str, Any]:
    """What the template needs beside the minutes: the kind of document and who has approved it."""
    zone = zone_at(minutes.opened_at) if minutes.opened_at else dt.UTC
    scope = only.matter if only is not None else WHOLE
    verified = mode == "verified" or (only is not None and bool(given))
    kind = "Protokollsutdrag" if only is not None else "Sammanträdesprotokoll"
    what = f"{kind} {minutes.body} {minutes.date}" + (f" § {only.number}" if only is not None else "")
    return {
        "mode": mode,
        "status_text": "Justerat" if verified else STATUS[mode],
        "kind_text": kind,
        "title": what,
        "description": f"{kind} från {minutes.body_definite} den {minutes.date_text}",
        "serving_text": _serving_text(minutes),
        "approvals": _approvals(minutes, given, scope, zone),
        "approved_sha256": approved,
        "proof_text": _proof_text(minutes, mode, only, approved),
        "only": only.matter if only is not None else None,
        "took_part_text": _took_part(minutes, only) if only is not None else "",
        "signatories": [
            {**vars(one), "paragraphs_text": f"§{NBSP}{only.number}"} for one in required(minutes, scope)
        ]
        if only is not None
        else [],
    }


def _approvals(
    minutes: Minutes, given: Sequence[Approval], scope: str, zone: dt.tzinfo | None
) -> list[dict[str, str]]:
    """One row per person who has approved, with everything he or she answers for."""
    rows = []
    for one in sorted(given, key=lambda one: (one.at, one.person)):
        duties = [each for each in required(minutes, scope) if each.person == one.person]
        if not duties:
            continue
        paragraph = minutes.paragraph(scope)
        numbers = {number for each in duties for number in each.paragraphs}
        rows.append(
            {
                "person": one.person,
                "name": duties[0].name,
                "role_text": raised(listed([each.role_text.lower() for each in duties])),
                "paragraphs_text": paragraph_span([paragraph.number] if paragraph is not None else numbers),
                "text": approval_text(one, zone),
            }
        )
    return rows


def _serving_text(minutes: Minutes) -> str:
    serving = [row for row in minutes.attendance if row.group == "serving"]
    members = sum(1 for row in serving if row.serves_for is None)
    words = f"{members} {'ledamot' if members == 1 else 'ledamöter'}"
    if len(serving) > members:
        words += f" och {len(serving) - members} tjänstgörande ersättare"
    remote = sum(1 for row in serving if row.place in ("remote", "both"))
    return f"{words}, varav {remote} på distans." if remote else f"{words}."


def _took_part(minutes: Minutes, paragraph: Paragraph) -> str:
    rows = {row.person: row for row in minutes.attendance}
    remote = set(paragraph.facts.took_part_remote)
    names = []
    for person in paragraph.facts.took_part:
        row = rows[person]
        called = f"{row.name} ({row.party})" if row.party else row.name
        names.append(f"{called} på distans" if person in remote else called)
    return raised(", ".join(names)) + "." if names else "Inget beslut har fattats i paragrafen."


def _proof_text(minutes: Minutes, mode: Mode, only: Paragraph | None, approved: str) -> str:
    if only is not None:
        return f"Godkänt utdrag har kontrollsumman (SHA-256) {approved}." if approved else ""
    made = f"Protokollet är upprättat ur sammanträdets händelselogg till och med händelse {minutes.log.seq}."
    if mode == "draft":
        return made
    return f"{made} Det maskinläsbara protokollet ligger som bilaga i detta dokument."


def _machine_readable(minutes: Minutes) -> Enclosure:
    return Enclosure(
        "protokoll.json", to_json(minutes).encode(), "application/json", "Maskinläsbart protokoll", "source"
    )


def _texts_in(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for one in value.values():
            yield from _texts_in(one)
    elif isinstance(value, list):
        for one in value:
            yield from _texts_in(one)


def _spelled(value: Any) -> Any:
    """The data for the typesetter with every text as it can be printed; the enclosed copy is as written."""
    if isinstance(value, str):
        return spelled(value)
    if isinstance(value, dict):
        return {name: _spelled(one) for name, one in value.items()}
    if isinstance(value, list):
        return [_spelled(one) for one in value]
    return value


def _place(sign: str, where: str, text: str) -> GlyphPlace:
    at = text.index(sign)
    return GlyphPlace(
        sign,
        f"U+{ord(sign):04X} {unicodedata.name(sign, 'utan namn')}",
        where,
        text[max(0, at - 20) : at + 21],
    )


@functools.cache
def _environment() -> jinja2.Environment:
    return jinja2.Environment(
        loader=jinja2.FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
