"""The PDF of the minutes: archive and accessibility claims, what is inside, what can be read out of it."""

import dataclasses
import datetime as dt
import io
import json
import shutil
import subprocess
from pathlib import Path

import pikepdf
import pytest
from pdfua import validate

from meeting_server.meeting.deciding import Gavel
from meeting_server.meeting.proposals import Propose
from meeting_server.meeting.reservations import Reserve
from meeting_server.meeting.sitting import AppointVerifiers
from meeting_server.minutes import render
from meeting_server.minutes.approvals import Approval
from meeting_server.minutes.document import Minutes, from_json
from meeting_server.minutes.glyphs import unshown
from tests.minutes import sample
from tests.minutes.hall import CHAIR, VICE, Hall
from tests.minutes.lint import enclosed, faults
from tests.minutes.reading_aloud import minutes_of


def held(seats: int = 7, rehearsal: bool = False) -> Minutes:
    """Minutes of a meeting with two remote members, a division by name and a written reservation."""
    hall = Hall(seats=seats, remote=("p6", "p7"), rehearsal=rehearsal).open()
    hall.take_up("m2").act(CHAIR, AppointVerifiers((VICE,), "digitalt"))
    hall.take_up("m3").act("p4", Propose("counter", "Remissen avstyrks.")).put()
    hall.divide("m3-p0", "p4", ("p3", "p4", "p7")).act(CHAIR, Gavel())
    hall.act("p4", Reserve("m3", "Vi ville avstyrka."))
    return minutes_of(hall.close())


def text_of(pdf: bytes, tmp_path: Path, layout: bool = False) -> str:
    """The text a reader copies out of the PDF, with single spaces."""
    if shutil.which("pdftotext") is None:
        pytest.skip("pdftotext (poppler-utils) is not installed")
    file = tmp_path / "minutes.pdf"
    file.write_bytes(pdf)
    options = ["-layout"] if layout else []
    made = subprocess.run(["pdftotext", *options, str(file), "-"], capture_output=True, check=True)
    return " ".join(made.stdout.decode().split())


@pytest.mark.parametrize("mode", ["draft", "prepared", "paragraph", "verified"])
async def test_every_kind_of_pdf_keeps_its_archive_and_accessibility_claims(mode: str) -> None:
    minutes = held()
    prepared = await render.prepare_pdf(minutes, sample.AT)
    made = {
        "draft": lambda: render.draft_pdf(minutes, sample.AT),
        "prepared": lambda: render.prepare_pdf(minutes, sample.AT),
        "paragraph": lambda: render.paragraph_pdf(minutes, "m3", sample.AT),
        "verified": lambda: render.verified_pdf(minutes, prepared, [], sample.AT),
    }
    assert faults(await made[mode]()) == []


async def test_the_pdfua_checker_finds_nothing(tmp_path: Path) -> None:
    file = tmp_path / "minutes.pdf"
    file.write_bytes(await render.prepare_pdf(held(), sample.AT))
    assert [(one.rule_id, one.message) for one in validate(str(file)).findings] == []


async def test_the_text_holds_the_decision_the_votes_by_name_and_the_remote_marks(tmp_path: Path) -> None:
    text = text_of(await render.prepare_pdf(held(), sample.AT), tmp_path, layout=True)
    assert "Remissen besvaras med kommunens promemoria." in text
    assert "Rut Rosenlöf (A) ledamot i rummet Nej" in text
    assert "Mirjam Myrvik (E) ledamot på distans Nej" in text
    assert "Kerstin Kjellander (E) ledamot på distans Ja" in text
    assert "Bekräftad kl. 18." in text
    assert "Vi ville avstyrka." in text
    assert "Justeras senast den 1 december 2026" in text


async def test_the_machine_readable_minutes_are_inside() -> None:
    minutes = held()
    inside = enclosed(await render.prepare_pdf(minutes, sample.AT))
    assert from_json(inside["protokoll.json"].decode()) == minutes
    assert set(inside) == {"protokoll.json"}, "the log holds reasons that only officers may read"


async def test_the_same_minutes_give_the_same_bytes() -> None:
    first = await render.prepare_pdf(held(), sample.AT)
    assert await render.prepare_pdf(held(), sample.AT) == first
    assert await render.prepare_pdf(held(), sample.AT + dt.timedelta(minutes=1)) != first


async def test_the_verified_minutes_tell_who_approved_and_hold_the_approved_file(tmp_path: Path) -> None:
    minutes = held()
    prepared = await render.prepare_pdf(minutes, sample.AT)
    given = [
        Approval(CHAIR, "chair", "minutes", render.digest(prepared), sample.AT, "password"),
        Approval(VICE, "verifier", "minutes", render.digest(prepared), sample.AT, "eid"),
    ]
    final = await render.verified_pdf(minutes, prepared, given, sample.AT)
    inside = enclosed(final)
    assert inside["godkant-protokoll.pdf"] == prepared
    assert json.loads(inside["godkannanden.json"])["approved_sha256"] == render.digest(prepared)
    text = text_of(final, tmp_path)
    assert "Bevis om justering" in text
    assert text.count("Godkänt digitalt den 18 november 2026") >= 2
    assert render.digest(prepared) in text.replace(" ", "")


async def test_a_draft_says_so_on_every_page(tmp_path: Path) -> None:
    pdf = await render.draft_pdf(held(), sample.AT)
    with pikepdf.open(io.BytesIO(pdf)) as file:
        pages = len(file.pages)
    assert text_of(pdf, tmp_path).count("Utkast – inte justerat") == pages


async def test_a_rehearsal_says_so_on_every_page(tmp_path: Path) -> None:
    pdf = await render.prepare_pdf(held(rehearsal=True), sample.AT)
    with pikepdf.open(io.BytesIO(pdf)) as file:
        pages = len(file.pages)
    assert text_of(pdf, tmp_path).count("Repetition – inte ett sammanträde") == pages


async def test_an_extract_holds_one_paragraph_with_names_and_nothing_of_the_others(tmp_path: Path) -> None:
    text = text_of(await render.paragraph_pdf(held(), "m3", sample.AT), tmp_path)
    assert "Protokollsutdrag" in text
    assert "Kerstin Kjellander (E) på distans" in text
    assert "Val av justerare" not in text


async def test_an_extract_of_a_matter_that_was_not_taken_up_is_a_key_error() -> None:
    with pytest.raises(KeyError):
        await render.paragraph_pdf(held(), "m9", sample.AT)


async def test_a_long_roll_stands_in_an_attachment(tmp_path: Path) -> None:
    minutes = held(seats=61)
    assert [one.kind for one in minutes.attachments] == ["attendance", "votes", "reservation"]
    text = text_of(await render.prepare_pdf(minutes, sample.AT), tmp_path)
    assert "Se närvarolistan, bilaga 1." in text
    assert "Bilaga 2 Voteringslista 1" in text


async def test_the_tables_have_headers_and_the_language_is_swedish() -> None:
    with pikepdf.open(io.BytesIO(await render.prepare_pdf(held(), sample.AT))) as file:
        tags = [str(one.get("/S")) for one in file.objects if isinstance(one, pikepdf.Dictionary)]
    assert tags.count("/Table") == 2
    assert tags.count("/TH") == 8


async def test_characters_no_font_has_in_the_secretarys_text_stop_the_lock_and_are_all_named() -> None:
    minutes = sample.with_text(sample.minutes(2), "Ett 中 tecken 🎉")
    with pytest.raises(render.GlyphsMissing) as missing:
        await render.prepare_pdf(minutes, sample.AT)
    place = missing.value.places[0]
    assert (place.character, place.where) == ("中", "§\u00a0208")
    assert place.around == "Ett 中 tecken 🎉"
    refusal = missing.value.refusal()
    assert refusal.code == "minutes-glyphs"
    assert refusal.because.startswith(
        "Tecknen «中» (U+4E2D) i §\u00a0208 och «🎉» (U+1F389) i §\u00a0208 kan inte skrivas i protokollet."
    )
    with pytest.raises(render.GlyphsMissing):
        await render.paragraph_pdf(minutes, minutes.paragraphs[0].matter, sample.AT)
    assert await render.paragraph_pdf(minutes, minutes.paragraphs[1].matter, sample.AT)


async def test_a_draft_can_be_read_whatever_it_holds(tmp_path: Path) -> None:
    minutes = sample.with_text(sample.minutes(2), "Ett 🎉 tecken")
    assert "Ett [U+1F389] tecken" in text_of(await render.draft_pdf(minutes, sample.AT), tmp_path)


async def test_what_members_wrote_is_printed_with_codes_and_enclosed_as_written(tmp_path: Path) -> None:
    hall = Hall(seats=7).open().take_up("m3").act("p4", Propose("counter", "Avslag 🎉 نعم")).put()
    hall.divide("m3-p0", "p4", ("p3", "p4")).act(CHAIR, Gavel())
    minutes = minutes_of(hall.act("p4", Reserve("m3", "Nej \u2764\ufe0f.")).close())
    row = dataclasses.replace(minutes.attendance[0], name="中村")
    minutes = dataclasses.replace(minutes, attendance=(row, *minutes.attendance[1:]))
    assert render.unprintable(minutes) == ()
    prepared = await render.prepare_pdf(minutes, sample.AT)
    text = text_of(prepared, tmp_path)
    for printed in ("Avslag [U+1F389] [U+0646][U+0639][U+0645]", "Nej \u2764[U+FE0F].", "[U+4E2D][U+6751]"):
        assert printed in text
    assert from_json(enclosed(prepared)["protokoll.json"].decode()) == minutes
    assert faults(prepared) == []
    assert await render.verified_pdf(minutes, prepared, [], sample.AT)


async def test_arrows_and_signs_of_mathematics_are_printed_in_a_valid_archive_file(tmp_path: Path) -> None:
    signs = "2026 → 2027, ≤ 5 ≥ 3 ≠ 4, ½ × 3 ≈ 1,5 √ ∑, ✓ ✗ ☐ ☑ ■ ► ★"
    assert unshown(signs) == ()
    prepared = await render.prepare_pdf(sample.with_text(sample.minutes(2), signs), sample.AT)
    assert signs in text_of(prepared, tmp_path)
    assert faults(prepared) == []


@pytest.mark.parametrize("sign", ["\0", "\r", "\x7f", "\x85", "\ue000"])
def test_what_no_reader_takes_is_not_printable_though_a_font_may_name_it(sign: str) -> None:
    assert [one.character for one in unshown(f"hej {sign} du")] == [sign]


async def test_what_the_typesetter_warns_about_is_a_failure(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    shutil.copytree(render.TEMPLATES, tmp_path / "templates")
    template = tmp_path / "templates" / "protokoll.typ"
    template.write_text(
        template.read_text().replace('font: ("Noto Sans",', 'font: ("Nonesuch Sans", "Noto Sans",')
    )
    monkeypatch.setattr(render, "TEMPLATES", tmp_path / "templates")
    with pytest.raises(render.RenderFailed, match="nonesuch sans"):
        await render.draft_pdf(sample.minutes(1), sample.AT)


async def test_text_is_never_read_as_typst_code(tmp_path: Path) -> None:
    words = "#panic(1) $x$ *inte fet* @referens <etikett> \\ // kommentar"
    pdf = await render.draft_pdf(sample.with_text(sample.minutes(1), words), sample.AT)
    assert words in text_of(pdf, tmp_path)


def test_the_web_fragment_escapes_every_text() -> None:
    made = render.fragment(sample.with_text(sample.minutes(1), "<script>alert(1)</script>"))
    assert "<script>" not in made
    assert "&lt;script&gt;" in made


def test_the_web_fragment_of_one_paragraph_is_that_paragraph() -> None:
    made = render.fragment(sample.minutes(3), matter="m209")
    assert 'id="p209"' in made
    assert 'id="p208"' not in made


async def test_what_the_typesetter_cannot_set_is_a_failure_with_its_words(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "protokoll.typ").write_text("#panic(1)")
    monkeypatch.setattr(render, "TEMPLATES", tmp_path)
    with pytest.raises(render.RenderFailed, match="panicked"):
        await render.draft_pdf(sample.minutes(1), sample.AT)


async def test_a_paragraph_verified_at_once_holds_the_approved_extract_and_the_record() -> None:
    minutes = held()
    prepared = await render.paragraph_pdf(minutes, "m3", sample.AT)
    given = [Approval(CHAIR, "chair", "m3", render.digest(prepared), sample.AT, "password")]
    inside = enclosed(await render.paragraph_pdf(minutes, "m3", sample.AT, given, prepared))
    assert inside["godkant-utdrag.pdf"] == prepared
    assert json.loads(inside["godkannanden.json"])["approved_sha256"] == render.digest(prepared)
