"""A register file is read whole or not at all; everything wrong with it is said at once with its place."""

# ruff: noqa: E501 (a fault is one line of the table, as it is one line on the screen)

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import yaml

from meeting_server import demo
from meeting_server.store.register_file import read_register, read_register_file
from meeting_server.store.yaml_reading import BadRegister
from tests.store.small_register import REGISTER, changed

DEMO = Path(demo.__file__).parent


def faults(text: str, folder: Path | None = None) -> list[str]:
    """Everything wrong with a register, as it is shown."""
    try:
        read_register(text, folder)
    except BadRegister as bad:
        return [str(fault) for fault in bad.faults]
    return []


def test_a_right_file_is_read() -> None:
    register = read_register(REGISTER)
    assembly = register.bodies[0]
    meeting = register.meetings[0]
    assert register.parties == (("A", "Aspalliansen"), ("B", "Bygdelistan"))
    assert [mandate.person for mandate in assembly.members] == ["anna", "arne", "bodil"]
    assert [mandate.presidium for mandate in assembly.members] == ["chair", None, None]
    assert assembly.members[1].constituency == "Norra"
    assert assembly.orders[0].orders.identity_methods == ("known", "eid")
    assert meeting.starts_at == datetime(2026, 11, 24, 17, 30, tzinfo=UTC)
    assert meeting.starts_at.isoformat() == "2026-11-24T18:30:00+01:00"
    assert (meeting.matters[1].prepared, meeting.matters[1].announced) == (False, True)
    assert [document.href for document in meeting.matters[1].documents] == [None, "https://example.org/lag"]


def test_the_longest_texts_have_room() -> None:
    longest = [("rubrik: Budget", "rubrik: " + 300 * "B"), ("KS 2026/1", 60 * "K")]
    matter = (
        read_register(changed(*longest, ("namn: Anna Almdal", "namn: " + 120 * "A"))).meetings[0].matters[1]
    )
    assert (len(matter.title), len(matter.reference or "")) == (300, 60)


def test_a_file_without_meetings_is_a_register_too() -> None:
    assert read_register(REGISTER[: REGISTER.index("sammanträden:")]).meetings == ()


def test_words_that_yaml_would_read_as_something_else_stay_text() -> None:
    register = read_register(
        changed(("  B: Bygdelistan", "  N: No"), ("parti: B", "parti: N"), ("parti: B", "parti: N"))
    )
    assert register.parties[1] == ("N", "No")
    assert register.bodies[0].orders[0].orders.version == "2026-1"


def places(node: Any) -> Any:
    """What stands where, all the way down."""
    value = node.value
    if isinstance(value, list):
        value = [tuple(map(places, each)) if isinstance(each, tuple) else places(each) for each in value]
    return node.start_mark.line, node.start_mark.column, value


@pytest.mark.parametrize("text", [REGISTER, (DEMO / "ekhamra.yaml").read_text()], ids=["short", "demo"])
def test_both_readers_find_the_same_in_the_same_places(text: str) -> None:
    fast, slow = (yaml.compose(text, Loader=each) for each in (yaml.CBaseLoader, yaml.BaseLoader))
    assert places(fast) == places(slow)


BAD = [
    # Not YAML, or more than we read.
    ("", ["1:1 filen: är tom"]),
    ("# bara en kommentar\n", ["1:1 filen: är tom"]),
    ("a: [", ["1:5 filen: är inte giltig YAML: expected the node content, but found '<stream end>'"]),
    ("a: 1\n\tb: 2", ["2:1 filen: är inte giltig YAML: found character '\\t' that cannot start any token"]),
    ("[" * 51 + "]" * 51, ["1:51 filen: har mer än 50 nivåer i varandra"]),
    ("[" * 100_000, ["1:51 filen: har mer än 50 nivåer i varandra"]),
    ("[" * 50 + "]" * 50, ["1:1 filen: ska vara fält med värden (nyckel: värde)"]),
    ("[" * 49 + "]" * 49, ["1:1 filen: ska vara fält med värden (nyckel: värde)"]),
    ("a: \x07", ["1:1 filen: är inte giltig YAML: ReaderError"]),
    ("a: &x {b: 1}\nc: *x", ["1:4 filen: ankare, alias och taggar läses inte"]),
    ("a: !!python/name:os.system {}", ["1:4 filen: ankare, alias och taggar läses inte"]),
    ("- 1", ["1:1 filen: ska vara fält med värden (nyckel: värde)"]),
    # Keys.
    (
        "organisation: 7",
        [
            "1:1 filen: organ saknas",
            "1:1 filen: partier saknas",
            "1:1 filen: personer saknas",
            "1:15 organisation: ska vara fält med värden (nyckel: värde)",
        ],
    ),
    (changed(("slag: kommun}", "slag: kommun, län: X}")), ["1:70 organisation.län: län finns inte här; här kan stå id, namn, slag"]),
    (changed(("platser: 3", "platsr: 3")), ["13:5 organ[0]: platser saknas", "17:13 organ[0].platsr: platsr finns inte här; menas platser?"]),
    (changed(("    platser: 3\n", "    platser: 3\n    platser: 5\n")), ["18:14 organ[0].platser: platser står två gånger"]),
    (changed(("person: bodil}", "person: bodil, uppdrag: ordförande}"), ("person: berit}", "person: berit, uppdrag: ordförande}")),
     ["32:34 organ[0].ersättare[0].uppdrag: uppdrag finns inte här; här kan stå person, valkrets, från, till"]),
    # Values of the wrong kind.
    (changed(("platser: 3", "platser: tre")), ["17:14 organ[0].platser: ska vara ett heltal, inte 'tre'"]),
    (changed(("platser: 3", "platser: 0")), ["17:14 organ[0].platser: ska vara mellan 1 och 199, inte 0"]),
    (changed(("platser: 3", "platser: 201")), ["17:14 organ[0].platser: ska vara mellan 1 och 199, inte 201"]),
    (changed(("platser: 3", "platser:")), ["17:13 organ[0].platser: är tomt"]),
    (changed(("platser: 3", "platser: [3]")), ["17:14 organ[0].platser: ska vara en text"]),
    (changed(("namn: Anna Almdal", "namn: ''")), ["6:22 personer[0].namn: är tomt"]),
    (changed(("id: anna", "id: Anna A")), ["6:10 personer[0].id: 'Anna A' ska ha bara a–z, 0–9 och enkla bindestreck"]),
    (changed(("namn: Anna Almdal", "namn: Anna 19851224-1234")), ["6:22 personer[0].namn: ser ut att innehålla ett personnummer; sådana får inte finnas i registret"]),
    (changed(("namn: Anna Almdal", 'namn: "Anna\\u0007"')), ["6:22 personer[0].namn: har ett styrtecken (U+0007)"]),
    (changed(("namn: Anna Almdal", 'namn: "Anna\\uD800"')), ["6:22 personer[0].namn: har ett halvt tecken (U+D800), som inte kan sparas"]),
    (changed(("namn: Anna Almdal", "namn: " + 121 * "A")), ["6:22 personer[0].namn: har 121 tecken; högst 120 får plats"]),
    (changed(("rubrik: Budget", "rubrik: " + 301 * "B")), ["45:17 sammanträden[0].ärenden[1].rubrik: har 301 tecken; högst 300 får plats"]),
    (changed(("KS 2026/1", 61 * "K")), ["47:23 sammanträden[0].ärenden[1].diarienummer: har 61 tecken; högst 60 får plats"]),
    (changed(("från: 2026-10-15", "från: 2026-10-32")), ["18:26 organ[0].mandatperiod.från: ska vara ett datum som 2026-11-23, inte '2026-10-32'"]),
    (changed(("från: 2026-10-15", "från: 15 okt")), ["18:26 organ[0].mandatperiod.från: ska vara ett datum som 2026-11-23, inte '15 okt'"]),
    (changed(("2026-11-24 18:30", "2026-11-24")), ["37:13 sammanträden[0].börjar: ska vara dag och tid som 2026-11-23 16:00, inte '2026-11-24'"]),
    (changed(("2026-11-24 18:30", "2026-11-24 25:00")), ["37:13 sammanträden[0].börjar: ska vara dag och tid som 2026-11-23 16:00, inte '2026-11-24 25:00'"]),
    (changed(("distans: vissa", "distans: ja")), ["24:18 organ[0].bestämmelser[0].distans: ska vara nej, vissa, alla eller alla_kan_åläggas, inte 'ja'"]),
    (changed(("berett: nej", "berett: false")), ["54:17 sammanträden[0].ärenden[1].berett: ska vara nej eller ja, inte 'false'"]),
    (changed(("[känd, e-legitimation]", "[]")), ["26:20 organ[0].bestämmelser[0].identitet: minst ett sätt att kontrollera identiteten ska anges"]),
    (changed(("[känd, e-legitimation]", "[känd, känd]")), ["26:20 organ[0].bestämmelser[0].identitet: känd står två gånger"]),
    (changed(("[känd, e-legitimation]", "känd")), ["26:20 organ[0].bestämmelser[0].identitet: minst ett sätt att kontrollera identiteten ska anges", "26:20 organ[0].bestämmelser[0].identitet: ska vara en lista"]),
    (changed(("  B: Bygdelistan", "  b: Bygdelistan")), ["4:6 partier.b: en partibeteckning ska vara högst åtta bokstäver och börja med en stor"]),
    (changed(("punkter: [Budgeten antas.]", "punkter: []")), ["50:87 sammanträden[0].ärenden[1].förslag.punkter: minst en punkt ska finnas"]),
    (changed(("https://", "http://")), ["53:34 sammanträden[0].ärenden[1].handlingar[1].länk: en länk ska börja med https://"]),
    (changed(("text: Siffror.", "text: Siffror., länk: 'https://x.se'")), ["52:13 sammanträden[0].ärenden[1].handlingar[0]: en handling har bara en av länk, fil och text"]),
    # Terms and mandates.
    (changed(("till: 2030-10-14", "till: 2026-10-14")), ["18:19 organ[0].mandatperiod: slutar 2026-10-14 men börjar 2026-10-15"] + [
        f"{line}:9 organ[0].{place}: uppdraget slutar 2026-10-14 men börjar 2026-10-15"
        for line, place in ((28, "ledamöter[0]"), (29, "ledamöter[1]"), (30, "ledamöter[2]"), (32, "ersättare[0]"))
    ]),
    (changed(("person: bodil}", "person: bodil, till: 2030-10-15}")), ["30:9 organ[0].ledamöter[2]: uppdraget 2026-10-15–2030-10-15 ligger utanför mandatperioden 2026-10-15–2030-10-14"]),
    (changed(("från: 2026-10-15, till: 2030-10-14", "från: 2022-10-15, till: 2026-10-14")), ["34:5 sammanträden[0]: mandatperioden för kf slutade 2026-10-14, före sammanträdet 2026-11-24"]),
    (changed(("från: 2026-10-15", "från: 2026-12-01")), ["34:5 sammanträden[0]: mandatperioden för kf börjar 2026-12-01, efter sammanträdet 2026-11-24"]),
    # References and repetition.
    (changed(("id: arne", "id: anna")), ["7:5 personer[1]: id anna används redan på rad 6", "29:9 organ[0].ledamöter[1]: personen arne finns inte under personer"]),
    (changed(("parti: A", "parti: C")), ["6:5 personer[0]: partiet C finns inte under partier"]),
    (changed(("person: bodil}", "person: bo}")), ["30:9 organ[0].ledamöter[2]: personen bo finns inte under personer"]),
    (changed(("sekreterare: karin", "sekreterare: karina")), ["34:5 sammanträden[0]: personen karina finns inte under personer"]),
    (changed(("organ: kf", "organ: ks")), ["34:5 sammanträden[0]: organet ks finns inte under organ"]),
    (changed(("[sten]", "[sten, karin]")), ["34:5 sammanträden[0]: karin står två gånger bland sekreterare och närvarande"]),
    (changed(("[sten]", "[anna]")), ["34:5 sammanträden[0]: anna har ett uppdrag i kf och kan inte vara sekreterare eller närvarande"]),
    (changed(("person: berit}", "person: anna}")), ["32:9 organ[0].ersättare[0]: anna har redan ett uppdrag här på rad 28"]),
    # Seats and presidium.
    (changed(("platser: 3", "platser: 4")), ["13:5 organ[0]: fullmäktige har 4 platser; antalet ska vara udda (KL 5:5)"]),
    (changed(("platser: 3", "platser: 1")), ["13:5 organ[0]: har 3 ledamöter 2026-10-15 men 1 platser"]),
    (changed(("person: anna, uppdrag: ordförande", "person: anna")), ["13:5 organ[0]: ingen ledamot är ordförande 2026-10-15", "34:5 sammanträden[0]: kf har ingen ordförande 2026-11-24"]),
    (changed(("person: bodil}", "person: bodil, uppdrag: ordförande}")), ["30:9 organ[0].ledamöter[2]: ordförande är redan anna"]),
    (changed(("      - {person: berit}\n", "      - {person: berit}\n      - {person: bo}\n"), ("  - {id: karin", "  - {id: bo, namn: Bo Bäck, parti: B}\n  - {id: karin")),
     ["14:5 organ[0]: B har 2 ersättare för 1 platser 2026-10-15; högst hälften får finnas (KL 5:8)"]),
    # Standing orders, form and law.
    (changed(("gäller_från: 2026-07-01", "gäller_från: 2026-12-01")), ["34:5 sammanträden[0]: inga bestämmelser för kf gäller 2026-11-24"]),
    (changed(("beslutad: 2026-06-16", "beslutad: 2026-07-02")), ["20:9 organ[0].bestämmelser[0]: gäller från 2026-07-01 men beslutades först 2026-07-02"]),
    (changed(("distans: vissa", "distans: nej")), ["34:5 sammanträden[0]: formen kräver mer distansdeltagande än bestämmelserna version 2026-1 tillåter (KL 5:16)"]),
    (changed(("distans: vissa", "distans: alla"), ("form: hybrid", "form: distans")), ["34:5 sammanträden[0]: fullmäktige sammanträder alltid i en lokal; formen ska vara sal eller hybrid (KL 5:16)"]),
    (changed(("slag: fullmäktige", "slag: nämnd"), ("form: hybrid", "form: distans")), ["34:5 sammanträden[0]: formen kräver mer distansdeltagande än bestämmelserna version 2026-1 tillåter (KL 6:24)"]),
    (changed(("slag: fullmäktige", "slag: nämnd"), ("distans: vissa", "distans: alla_kan_åläggas"), ("form: hybrid", "form: obligatorisk_distans")),
     ["34:5 sammanträden[0]: nämndens eget beslut om obligatorisk distans saknas i bestämmelserna (KL 6:24)"]),
    (changed(("distans: vissa", "distans: vissa\n        obligatorisk_distans: KS § 1")), ["20:9 organ[0].bestämmelser[0]: obligatorisk_distans kräver att distans är alla_kan_åläggas (KL 6:24)"]),
    (changed(("    plats: Stadshuset\n", "")), ["34:5 sammanträden[0]: plats saknas; bara ett sammanträde helt på distans är utan"]),
    (changed(("rubrik: Budget\n        slag: beslut", "rubrik: Budget\n        slag: upprop")), ["45:9 sammanträden[0].ärenden[1]: slaget upprop står redan på rad 44"]),
    (changed(("organ: kf", "organ: kf\n    ärenden: []"), ("    ärenden:\n      - {rubrik: Upprop", "    x:\n      - {rubrik: Upprop")), [
        "36:14 sammanträden[0].ärenden: minst ett ärende ska finnas",
        "45:7 sammanträden[0].x: x finns inte här; här kan stå id, organ, rubrik, börjar, form, första_paragraf, sekreterare, ärenden, plats, generalrepetition, närvarande, anledning, begärt_av, kungjord, kallad",
    ]),
    (changed(("[känd, e-legitimation]\n", "[känd, e-legitimation]\n      - {version: 2026-2, gäller_från: 2026-07-01, beslutad: 2026-06-16, beslut: b, distans: nej, justerare: 1, identitet: [känd]}\n")),
     ["27:9 organ[0].bestämmelser[1]: version 2026-1 gäller från samma dag"]),
    (changed(("2026-11-24 18:30", "2017-11-24 18:30"), ("från: 2026-10-15", "från: 2014-10-15"), ("gäller_från: 2026-07-01", "gäller_från: 2014-07-01"), ("beslutad: 2026-06-16", "beslutad: 2014-06-16")),
     ["34:5 sammanträden[0]: sammanträdet 2017-11-24 är före kommunallagen (2017:725)"]),
    (changed((REGISTER[REGISTER.index("    bestämmelser:") : REGISTER.index("    ledamöter:")], "    bestämmelser: []\n")), [
        "13:5 organ[0]: bestämmelser ska ha minst en version",
        "27:5 sammanträden[0]: inga bestämmelser för kf gäller 2026-11-24",
    ]),
    # What hangs together is told of beside what cannot be read, unless it hangs on that.
    (changed(("id: arne", "id: anna"), ("platser: 3", "platser: tre"), ("sekreterare: karin", "sekreterare: karina"), ("form: hybrid", "form: zoom")), [
        "7:5 personer[1]: id anna används redan på rad 6",
        "17:14 organ[0].platser: ska vara ett heltal, inte 'tre'",
        "29:9 organ[0].ledamöter[1]: personen arne finns inte under personer",
        "34:5 sammanträden[0]: personen karina finns inte under personer",
        "39:11 sammanträden[0].form: ska vara sal, hybrid, distans eller obligatorisk_distans, inte 'zoom'",
    ]),
    (changed(("parti: A", "parti: C"), ("berett: nej", "berett: false"), ("platser: 3", "platser: 4")), [
        "6:5 personer[0]: partiet C finns inte under partier",
        "13:5 organ[0]: fullmäktige har 4 platser; antalet ska vara udda (KL 5:5)",
        "54:17 sammanträden[0].ärenden[1].berett: ska vara nej eller ja, inte 'false'",
    ]),
    (changed(("slag: kommun", "slag: stad"), ("[sten]", "[sten, karin]"), ("organ: kf", "organ: ks")), [
        "1:57 organisation.slag: ska vara kommun, region eller kommunalförbund, inte 'stad'",
        "34:5 sammanträden[0]: karin står två gånger bland sekreterare och närvarande",
        "34:5 sammanträden[0]: organet ks finns inte under organ",
    ]),
    (changed(("id: kf", "id: Kf"), ("[sten]", "[sten, karin]")), ["13:9 organ[0].id: 'Kf' ska ha bara a–z, 0–9 och enkla bindestreck"]),
    (changed(("id: arne", "id: Arne"), ("sekreterare: karin", "sekreterare: karina")), ["7:10 personer[1].id: 'Arne' ska ha bara a–z, 0–9 och enkla bindestreck"]),
    (changed(("sekreterare: karin", "sekreterare: Karin K")), ["41:18 sammanträden[0].sekreterare: 'Karin K' ska ha bara a–z, 0–9 och enkla bindestreck"]),
    # Several at once, in the order of the file.
    (changed(("slag: kommun", "slag: stad"), ("platser: 3", "platser: x"), ("form: hybrid", "form: zoom")),
     ["1:57 organisation.slag: ska vara kommun, region eller kommunalförbund, inte 'stad'", "17:14 organ[0].platser: ska vara ett heltal, inte 'x'",
      "39:11 sammanträden[0].form: ska vara sal, hybrid, distans eller obligatorisk_distans, inte 'zoom'"]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), BAD)
def test_every_fault_is_said_with_its_place(text: str, expected: list[str]) -> None:
    assert faults(text) == expected


@pytest.mark.parametrize(
    ("text", "is_one"),
    [
        ("850312-1234", True),
        ("19850312-1234", True),
        ("198503121234", True),
        ("8503721234", True),
        ("dnr 850312+1234.", True),
        ("212000-0142", False),
        ("KS 2024/991", False),
        ("07012345678901", False),
        ("851312-1234", False),
    ],
)
def test_what_looks_like_a_personal_identity_number_is_refused(text: str, is_one: bool) -> None:
    found = faults(changed(("diarienummer: KS 2026/1", f"diarienummer: {text}")))
    assert [fault.endswith("sådana får inte finnas i registret") for fault in found] == [True] * is_one


@pytest.mark.parametrize("between", ["\\n", "\\t", "\\N", "\\L"])
@pytest.mark.parametrize(
    "named",
    ["namn: Ekhamra kommun", "namn: Anna Almdal", "namn: Kommunfullmäktige", "rubrik: Kommunfullmäktige",
     "plats: Stadshuset", "rubrik: Budget", "diarienummer: KS 2026/1", "titel: Budgeten", "beslut: KF § 88",
     "version: 2026-1", "bestämd_form: kommunfullmäktige", "A: Aspalliansen", "från: Styrelsens förslag"],
)  # fmt: skip
def test_what_something_is_called_is_one_line(named: str, between: str) -> None:
    key, _, value = named.partition(": ")
    [fault] = faults(changed((named, f'{key}: "{value}{between}x"')))
    assert fault.endswith("ska stå på en rad, utan radbrytning och tabb")


def test_a_name_folded_over_two_lines_is_refused_and_a_background_is_not() -> None:
    folded = changed(("namn: Kommunfullmäktige", "namn: |\n      Kommun\n      fullmäktige"))
    [fault] = faults(folded)
    assert fault == "14:11 organ[0].namn: ska stå på en rad, utan radbrytning och tabb"
    assert (
        faults(changed(("bakgrund: Det handlar", 'bakgrund: "Det\\n\\nhandlar'), ("nästa år.", 'nästa år."')))
        == []
    )


def _with_picture(name: str) -> str:
    return changed(("namn: Anna Almdal,", f"namn: Anna Almdal, bild: {name},"))


def test_a_picture_beside_the_file_is_read(tmp_path: Path) -> None:
    (tmp_path / "anna.png").write_bytes(b"\x89PNG and so on")
    picture = read_register(_with_picture("anna.png"), tmp_path).persons[0].picture
    assert picture is not None
    assert (picture.content_type, picture.content) == ("image/png", b"\x89PNG and so on")


@pytest.mark.parametrize(
    ("name", "because"),
    [
        ("../secret.png", "filen '../secret.png' ligger inte i samma mapp som registret"),
        ("/etc/passwd", "filen '/etc/passwd' ligger inte i samma mapp som registret"),
        ("away.png", "filen 'away.png' ligger inte i samma mapp som registret"),
        ("missing.png", "filen 'missing.png' finns inte"),
        ("anna.gif", "filen 'anna.gif' ska sluta på .svg, .png, .jpg, .jpeg"),
        ("text.png", "filen 'text.png' är inte av det slag som namnet säger"),
        ("large.png", "filen 'large.png' är större än 1 MB"),
        (f"{251 * 'a'}.png", f"filen '{251 * 'a'}.png' finns inte"),
        (
            f"{252 * 'a'}.png",
            f"filen '{252 * 'a'}.png' har ett namn på 256 tecken, som är för långt för en fil",
        ),
        ("ring.png", "filen 'ring.png' går inte att läsa"),
    ],
)
def test_a_picture_that_cannot_be_used_is_said(tmp_path: Path, name: str, because: str) -> None:
    folder = tmp_path / "register"
    folder.mkdir()
    (tmp_path / "secret.png").write_bytes(b"\x89PNG")
    (folder / "away.png").symlink_to(tmp_path / "secret.png")
    (folder / "ring.png").symlink_to(folder / "ring.png")
    (folder / "anna.gif").write_bytes(b"GIF89a")
    (folder / "text.png").write_bytes(b"text")
    (folder / "large.png").write_bytes(b"\x89PNG" + b"x" * (1 << 20))
    assert faults(_with_picture(name), folder) == [f"6:41 personer[0].bild: {because}"]


@pytest.mark.parametrize(
    ("name", "content_type"), [("pm.pdf", "application/pdf"), ("pm.txt", "text/plain; charset=utf-8")]
)
def test_a_document_beside_the_file_is_read(tmp_path: Path, name: str, content_type: str) -> None:
    (tmp_path / name).write_bytes(b"%PDF-1.7")
    register = read_register(changed(("text: Siffror.", f"fil: {name}")), tmp_path)
    document = register.meetings[0].matters[1].documents[0]
    assert (document.content_type, document.content, document.href) == (content_type, b"%PDF-1.7", None)


def test_a_document_may_be_only_a_title() -> None:
    document = read_register(changed((", text: Siffror.", ""))).meetings[0].matters[1].documents[0]
    assert (document.title, document.content, document.href) == ("Budgeten", None, None)


@pytest.mark.parametrize(
    ("content", "because"),
    [
        (b"namn: \xe5", "1:1 filen: är inte UTF-8 (byte 6)"),
        (b"x" * 5_000_001, "1:1 filen: filen är för stor; högst 5 MB läses"),
        (None, "1:1 filen: går inte att läsa: No such file or directory"),
    ],
)
def test_a_file_that_cannot_be_read_is_said(tmp_path: Path, content: bytes | None, because: str) -> None:
    path = tmp_path / "register.yaml"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(BadRegister) as bad:
        read_register_file(path)
    assert str(bad.value) == because


def test_a_file_saved_with_a_byte_order_mark_is_read(tmp_path: Path) -> None:
    path = tmp_path / "register.yaml"
    path.write_text(REGISTER, encoding="utf-8-sig")
    assert read_register_file(path) == read_register(REGISTER)
