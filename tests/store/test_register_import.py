"""A register is stored whole or not at all, and never changes a meeting that has begun; on both databases."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from meeting_server.meeting.convening import DocumentRef, MeetingConvened
from meeting_server.store import Store, tables
from meeting_server.store.chain import NewRow
from meeting_server.store.failures import NotFound
from meeting_server.store.notices import Contents
from meeting_server.store.register_file import read_register
from meeting_server.store.register_import import Imported, import_file, import_register
from meeting_server.store.summons_sent import Letter
from meeting_server.store.yaml_reading import BadRegister
from meeting_server.wire.events import encode_event
from tests.store.rows import a_row, at
from tests.store.small_register import REGISTER, changed


async def _import(store: Store, text: str = REGISTER, *, check: bool = False) -> Imported:
    return await import_register(store.database, read_register(text), check=check)


async def _everything(store: Store) -> dict[str, list[tuple[object, ...]]]:
    async def work(connection: AsyncConnection) -> dict[str, list[tuple[object, ...]]]:
        found = {}
        for table in tables.metadata.sorted_tables:
            rows = (await connection.execute(select(table))).all()
            found[table.name] = sorted((tuple(row) for row in rows), key=repr)
        return found

    return await store.database.read(work)


async def test_what_the_file_says_is_what_the_meeting_pins(store: Store) -> None:
    await _import(store)
    convened = await store.register.convened("kf-nov")
    assert isinstance(convened, MeetingConvened)
    assert (convened.regime, convened.organisation, convened.form) == ("kl-2026", "Ekhamra kommun", "hybrid")
    assert (convened.body.kind, convened.body.seats, convened.standing_orders.distance) == (
        "assembly",
        3,
        "some_may",
    )
    assert convened.starts_at == "2026-11-24T18:30:00+01:00"
    assert [(person.id, person.role, person.order) for person in convened.roster] == [
        ("anna", "member", 1),
        ("arne", "member", 2),
        ("bodil", "member", 3),
        ("berit", "substitute", 1),
        ("karin", "secretary", 0),
        ("sten", "attendee", 1),
    ]
    assert convened.roster[0].called == "Anna Almdal (A)"
    assert (convened.roster[0].party_name, convened.roster[0].presidium) == ("Aspalliansen", "chair")
    budget = convened.agenda[1]
    assert (budget.id, budget.reference, budget.prepared, budget.minority_used) == (
        "m2",
        "KS 2026/1",
        False,
        False,
    )
    assert budget.proposal is not None
    assert budget.proposal.points == ("Budgeten antas.",)
    assert budget.documents == (
        DocumentRef("Budgeten", "/meetings/kf-nov/documents/m2-1"),
        DocumentRef("Lagen", "https://example.org/lag"),
    )
    document = await store.register.document("kf-nov", "m2-1")
    assert document is not None
    assert (document.matter, document.content) == ("m2", b"Siffror.")
    assert await store.register.document("kf-nov", "m2-2") is None


async def test_addresses_are_kept_and_what_is_none_is_a_fault(store: Store) -> None:
    with_address = changed(("namn: Anna Almdal,", "namn: Anna Almdal, epost: anna@ekhamra.example,"))
    await _import(store, with_address)
    assert await store.summons.addresses() == {"anna": "anna@ekhamra.example"}
    for wrong in ("anna", "anna@", "@ekhamra.example", "anna@ekhamra", "Anna <anna@ekhamra.example>"):
        with pytest.raises(BadRegister) as bad:
            read_register(changed(("namn: Anna Almdal,", f'namn: Anna Almdal, epost: "{wrong}",')))
        assert "ska vara en e-postadress" in str(bad.value.faults[0])


async def test_the_same_file_again_changes_nothing(store: Store) -> None:
    first = await _import(store)
    before = await _everything(store)
    second = await _import(store)
    assert await _everything(store) == before
    assert (first.meetings_changed, first.meetings_unchanged) == (("kf-nov",), ())
    assert (second.meetings_changed, second.meetings_unchanged) == ((), ("kf-nov",))
    assert (second.organisation, second.persons, second.bodies, second.mandates) == ("ekhamra", 6, 1, 4)


async def test_a_check_does_all_of_it_and_keeps_nothing(store: Store) -> None:
    before = await _everything(store)
    assert (await _import(store, check=True)).meetings_changed == ("kf-nov",)
    assert await _everything(store) == before


async def test_a_bad_file_leaves_everything_as_it_was(store: Store, tmp_path: Path) -> None:
    await _import(store)
    before = await _everything(store)
    path = tmp_path / "register.yaml"
    path.write_text(changed(("Anna Almdal", "Anna Ny"), ("platser: 3", "platser: 4")), encoding="utf-8")
    with pytest.raises(BadRegister):
        await import_file(store.database, path)
    assert await _everything(store) == before


async def test_a_planned_meeting_can_be_changed(store: Store) -> None:
    await _import(store)
    imported = await _import(
        store, changed(("text: Siffror.", "text: Nya siffror."), ("Upprop, slag", "Start, slag"))
    )
    assert imported.meetings_changed == ("kf-nov",)
    assert (await store.register.convened("kf-nov")).agenda[0].title == "Start"
    document = await store.register.document("kf-nov", "m2-1")
    assert document is not None
    assert document.content == b"Nya siffror."


@pytest.mark.parametrize(
    ("change", "part"),
    [
        (("form: hybrid", "form: sal"), "tid, plats eller form"),
        (("närvarande: [sten]", "närvarande: []"), "sekreterare eller närvarande"),
        (("Upprop, slag", "Start, slag"), "ärendena"),
        (("text: Siffror.", "text: Nya siffror."), "handlingarna"),
    ],
)
@pytest.mark.parametrize(
    ("type", "word"),
    [("meeting-convened", "är utlyst"), ("meeting-opened", "pågår"), ("meeting-closed", "är avslutat")],
)
async def test_a_meeting_that_has_begun_cannot_be_changed(
    store: Store, type: str, word: str, change: tuple[str, str], part: str
) -> None:
    await _import(store)
    await store.log.append("kf-nov", 0, [a_row(type=type)])
    assert (await _import(store)).meetings_unchanged == ("kf-nov",)
    before = await _everything(store)
    with pytest.raises(BadRegister) as refused:
        await _import(store, changed(change, ("Anna Almdal", "Anna Ny")))
    because = f"sammanträdet {word} och kan inte ändras ({part})"
    assert [str(fault) for fault in refused.value.faults] == [f"34:5 sammanträden[0]: {because}"]
    assert await _everything(store) == before


async def test_who_leaves_the_file_leaves_the_body_but_not_the_register(store: Store) -> None:
    await _import(store)
    await _import(store, changed(("      - {person: arne, valkrets: Norra}\n", "")))
    roster = (await store.register.convened("kf-nov")).roster
    assert "arne" not in {person.id for person in roster}
    assert (await store.register.person("arne")) is not None


async def test_mandates_and_orders_are_those_of_the_day(store: Store) -> None:
    text = changed(
        ("person: bodil}", "person: bodil, till: 2026-11-23}\n      - {person: berit, från: 2026-11-24}"),
        ("    ersättare:\n      - {person: berit}\n", ""),
        (
            "    ledamöter:",
            "      - {version: 2026-2, gäller_från: 2026-11-24, beslutad: 2026-11-01, beslut: KF § 9,\n"
            "         distans: vissa, justerare: 1, identitet: [känd]}\n    ledamöter:",
        ),
    )
    for day, member, version in (("2026-11-23", "bodil", "2026-1"), ("2026-11-24", "berit", "2026-2")):
        await _import(store, text.replace("börjar: 2026-11-24", f"börjar: {day}"))
        convened = await store.register.convened("kf-nov")
        assert convened.roster[2].id == member
        assert convened.standing_orders.version == version


TERM = (
    "mandatperiod: {från: 2026-10-15, till: 2030-10-14}",
    "mandatperiod: {från: 2030-10-15, till: 2034-10-14}",
)
NEW_ORDERS = (
    ("version: 2026-1", "version: 2030-1"),
    ("gäller_från: 2026-07-01", "gäller_från: 2030-10-15"),
    ("beslutad: 2026-06-16", "beslutad: 2030-06-16"),
)


def _next_term(*changes: tuple[str, str]) -> str:
    """The register of the term after, without the meetings of the one before."""
    text = changed(TERM, ("      - {person: berit}\n", "      - {person: bodil}\n"), *changes)
    text = text.replace("      - {person: bodil}\n    ersättare", "      - {person: berit}\n    ersättare")
    return text[: text.index("sammanträden:")]


@pytest.mark.parametrize("orders", [(), NEW_ORDERS])
async def test_a_new_term_leaves_the_meetings_of_the_one_before(
    store: Store, orders: tuple[tuple[str, str], ...]
) -> None:
    await _import(store)
    before = await store.register.convened("kf-nov")
    for _ in range(2):
        await _import(store, _next_term(*orders))
        assert await store.register.convened("kf-nov") == before
        assert [each.role for each in await store.register.meetings_of("anna")] == ["chair"]
    await _import(store, changed(("person: bodil}", "person: bodil, till: 2026-11-23}")))
    assert "bodil" not in {person.id for person in (await store.register.convened("kf-nov")).roster}


async def test_orders_that_replace_others_of_the_same_name_or_day_do(store: Store) -> None:
    await _import(store)
    later = ("gäller_från: 2026-07-01", "gäller_från: 2026-08-01")
    await _import(store, changed(later))  # the same version, from another day
    await _import(
        store, changed(later, ("version: 2026-1", "version: 2026-2"))
    )  # the same day by another name
    [row] = (await _everything(store))["standing_orders"]
    assert row[1:3] == ("2026-2", "2026-08-01")


async def begin(store: Store) -> None:
    """Let the log of the meeting begin."""
    kind, version, data = encode_event(await store.register.convened("kf-nov"))
    await store.log.append("kf-nov", 0, [NewRow(at(0), "system", None, kind, version, data)])


async def test_a_meeting_that_has_begun_is_what_its_log_says(store: Store) -> None:
    await _import(store)
    convened = await store.register.convened("kf-nov")
    assert await store.register.called("kf-nov") == convened
    await begin(store)
    await _import(store, changed(("namn: Kommunfullmäktige", "namn: Fullmäktige")))
    assert await store.register.called("kf-nov") == convened
    assert await store.register.called("kf-dec") is None


START = "2026-11-24T18:30:00+01:00"
URGENT = (
    "      - {rubrik: Bråttom ett, slag: beslut, kungjort: nej}\n",
    "      - {rubrik: Bråttom två, slag: beslut, kungjort: nej}\n",
)


@pytest.mark.parametrize("way", ["announced", "told", "one-told", "neither"])
async def test_a_matter_announced_by_itself_keeps_its_place(store: Store, way: str) -> None:
    one, other = REGISTER + URGENT[0] + URGENT[1], REGISTER + URGENT[1] + URGENT[0]
    await _import(store, one)
    about = {"by": "karin", "at": at(0), "on": date(2026, 11, 23)}
    if way == "announced":
        said = {"title": "Brådskande ärende", "contents": Contents((), (), ""), "kind": "assembly_meeting"}
        where = {"organisation": "Ekhamra kommun", "meeting_id": "kf-nov", "scope": "m3"}
        await store.notice_board.post(**where, **said, **about, tells_of=START)  # type: ignore[arg-type]
    elif way in ("told", "one-told"):
        who = "anna" if way == "one-told" else None
        letter = Letter("m3", who, None, True, "Brev", date(2026, 11, 23), "karin", at(0), START)
        await store.summons.record("kf-nov", letter)
    else:
        await _import(store, other)
        return
    for wrong in (other, REGISTER, one.replace("Bråttom ett", "Bråttom")):
        with pytest.raises(BadRegister) as refused:
            await _import(store, wrong)
        [fault] = refused.value.faults
        assert fault.because == (
            "ärende 3, Bråttom ett, är kungjort eller meddelat för sig 2026-11-23 och ska stå kvar som "
            "ärende 3 med samma rubrik"
        )
    await _import(store, REGISTER + URGENT[0])
    await _import(store, one.replace("Siffror.", "Nya siffror."))
    urgent = {each.title: each.announced for each in (await store.register.convened("kf-nov")).agenda[2:]}
    assert urgent == {"Bråttom ett": way == "announced", "Bråttom två": False}
    await _import(store, other.replace("2026-11-24 18:30", "2026-11-25 18:30"))
    moved = await store.register.convened("kf-nov")
    assert [each.announced for each in moved.agenda[2:]] == [False, False]


@pytest.mark.parametrize(
    ("change", "warning"),
    [
        (
            ("2026-11-24 18:30", "2026-12-15 18:00"),
            "{} säger 2026-11-24 kl. 18:30, och sammanträdet börjar nu 2026-12-15 kl. 18:00. "
            "De räknas inte längre: anslå och kalla på nytt.",
        ),
        (("plats: Stadshuset", "plats: Skolan"), "platsen ändras; {} säger som förut."),
        (("rubrik: Budget", "rubrik: Budget och mål"), "ärendena ändras; {} säger som förut."),
        (("Siffror.", "Nya siffror."), None),
    ],
)
@pytest.mark.parametrize("out", ["anslaget", "kallelsen", "anslaget och kallelsen", ""])
async def test_what_notice_and_summons_say_otherwise_is_told_at_import(
    store: Store, change: tuple[str, str], warning: str | None, out: str
) -> None:
    assert (await _import(store)).warnings == ()
    if "anslaget" in out:
        await store.notice_board.post(
            organisation="Ekhamra kommun",
            meeting_id="kf-nov",
            scope="meeting",
            kind="assembly_meeting",
            title="Kommunfullmäktige sammanträder",
            contents=Contents(),
            on=date(2026, 11, 10),
            by="karin",
            at=at(0),
            tells_of=START,
        )
    if "kallelsen" in out:
        letter = Letter("meeting", None, None, True, "Brev", date(2026, 11, 11), "karin", at(0), START)
        await store.summons.record("kf-nov", letter)
    expected = () if warning is None or not out else (f"kf-nov: {warning.format(out)}",)
    assert (await _import(store, changed(change), check=True)).warnings == expected
    assert (await _import(store, changed(change))).warnings == expected
    notice = (await store.register.convened("kf-nov")).notice
    assert notice is not None
    counts = not change[0].startswith("2026")
    assert notice.announced_on == ("2026-11-10" if counts and "anslaget" in out else None)
    assert notice.called_on == ("2026-11-11" if counts and "kallelsen" in out else None)
    assert (await store.register.meeting("kf-nov")).notice == notice


FROM_NOVEMBER = ("{från: 2026-10-15, till: 2030-10-14}", "{från: 2026-11-25, till: 2030-10-14}")


def _without_meetings(*changes: tuple[str, str]) -> str:
    text = changed(*changes)
    return text[: text.index("sammanträden:")]


@pytest.mark.parametrize(
    ("changes", "lost"),
    [
        ([], None),
        ([("ordförande}", "ordförande, till: 2026-11-23}")], "utan presidium, med 2 av 3 platser besatta"),
        ([("bodil}", "bodil, till: 2026-11-23}")], None),
        (
            [("bodil}", "bodil, till: 2026-11-23}"), ("valkrets: Norra}", "till: 2026-11-23}")],
            "med 1 av 3 platser besatta, som inte är fler än hälften",
        ),
        ([FROM_NOVEMBER], "utan presidium, med 0 av 3 platser besatta"),
        ([("gäller_från: 2026-07-01", "gäller_från: 2026-11-24")], None),
        ([("gäller_från: 2026-07-01", "gäller_från: 2026-11-25")], "utan bestämmelser"),
    ],
)
async def test_a_planned_meeting_that_the_file_leaves_out_is_not_emptied(
    store: Store, changes: list[tuple[str, str]], lost: str | None
) -> None:
    await _import(store)
    before = await _everything(store)
    if lost is None:
        await _import(store, _without_meetings(*changes))
        return
    with pytest.raises(BadRegister) as refused:
        await _import(store, _without_meetings(*changes))
    assert [str(fault) for fault in refused.value.faults] == [
        "13:5 organ[0]: sammanträdet kf-nov den 2026-11-24 är planerat och skulle stå "
        f"{lost}. Ta med i filen det som gäller den dagen, eller sammanträdet som det ska vara"
    ]
    assert await _everything(store) == before
    await begin(store)  # a meeting that has begun has its own roster
    assert (await _import(store, _without_meetings(*changes))).meetings_changed == ()


async def test_who_was_called_to_a_meeting_that_has_begun_keeps_it(store: Store) -> None:
    await _import(store)
    await begin(store)
    later = changed(
        ("{person: anna, uppdrag: ordförande}", "{person: berit, uppdrag: ordförande}"),
        ("    ersättare:\n      - {person: berit}\n", ""),
    )
    await _import(store, later)
    roles = {
        person: [each.role for each in await store.register.meetings_of(person)]
        for person in ("anna", "arne", "berit", "karin")
    }
    assert roles == {"anna": ["chair"], "arne": ["member"], "berit": ["substitute"], "karin": ["secretary"]}
    await _import(store, later.replace("id: kf-nov", "id: kf-dec"))  # not begun: by the register
    assert [each.role for each in await store.register.meetings_of("berit")] == ["chair", "substitute"]
    assert [each.role for each in await store.register.meetings_of("anna")] == ["chair"]


@pytest.mark.parametrize(("day", "regime"), [("2026-06-30", "kl-2018"), ("2026-07-01", "kl-2026")])
async def test_the_law_is_that_of_the_day(store: Store, day: str, regime: str) -> None:
    text = changed(
        ("2026-10-15", "2022-10-15"),
        ("gäller_från: 2026-07-01", "gäller_från: 2022-10-15"),
        ("beslutad: 2026-06-16", "beslutad: 2022-06-16"),
    )
    await _import(store, text.replace("börjar: 2026-11-24", f"börjar: {day}"))
    assert (await store.register.convened("kf-nov")).regime == regime


async def test_everybody_finds_their_meetings_with_their_role(store: Store) -> None:
    await _import(store)
    roles = {
        person.id: await store.register.meetings_of(person.id) for person in await store.register.persons()
    }
    assert {person: meetings[0].role for person, meetings in roles.items()} == {
        "anna": "chair",
        "arne": "member",
        "bodil": "member",
        "berit": "substitute",
        "karin": "secretary",
        "sten": "attendee",
    }
    meeting = await store.register.meeting("kf-nov")
    assert (meeting.title, meeting.status, meeting.role) == ("Kommunfullmäktige", "planned", None)
    with pytest.raises(NotFound):
        await store.register.meeting("kf-dec")
    with pytest.raises(NotFound):
        await store.register.convened("kf-dec")


async def test_a_list_calls_substitutes_in_its_own_order(store: Store) -> None:
    second = "      - {person: berit}\n      - {person: bo}\n"
    text = changed(
        ("  - {id: karin", "  - {id: bo, namn: Bo Bäck, parti: A}\n  - {id: karin"),
        ("      - {person: berit}\n", second),
    )
    await _import(store, text)
    assert [person.order for person in (await store.register.convened("kf-nov")).roster[3:5]] == [1, 1]
    await _import(store, text.replace("justerare: 2", "justerare: 2\n        ersättare_efter: lista"))
    order = {person.id: person.order for person in (await store.register.convened("kf-nov")).roster}
    assert (order["berit"], order["bo"]) == (1, 2)


async def test_another_organisation_keeps_its_ids(store: Store) -> None:
    await _import(store)
    with pytest.raises(BadRegister) as refused:
        await _import(store, changed(("id: ekhamra", "id: annan")))
    assert len(refused.value.faults) == 7  # six persons and a body
    assert str(refused.value.faults[0]) == "6:5 personer[0]: id anna används av organisationen ekhamra"


async def test_a_meeting_id_belongs_to_one_organisation(store: Store) -> None:
    await _import(store)
    other = (
        REGISTER.replace("ekhamra", "annan")
        .replace("id: kf\n", "id: kf2\n")
        .replace("organ: kf\n", "organ: kf2\n")
    )
    for person in ("anna", "arne", "bodil", "berit", "karin", "sten"):
        for before in ("id: ", "person: ", "sekreterare: ", "["):
            other = other.replace(f"{before}{person}", f"{before}{person}2")
    with pytest.raises(BadRegister) as refused:
        await _import(store, other)
    assert [str(fault) for fault in refused.value.faults] == [
        "34:5 sammanträden[0]: id kf-nov används av organet kf"
    ]


async def test_a_picture_is_stored_and_kept_when_the_file_has_none(store: Store, tmp_path: Path) -> None:
    (tmp_path / "anna.svg").write_bytes(b"<svg/>")
    path = tmp_path / "register.yaml"
    path.write_text(changed(("Anna Almdal,", "Anna Almdal, bild: anna.svg,")), encoding="utf-8")
    await import_file(store.database, path)
    await _import(store)
    photo = await store.register.photo("anna")
    assert photo is not None
    assert (photo.content_type, photo.content) == ("image/svg+xml", b"<svg/>")
    assert (await store.register.convened("kf-nov")).roster[0].photo == "/photos/anna"
    person = await store.register.person("anna")
    assert person is not None
    assert person.has_photo
    assert await store.register.photo("arne") is None
