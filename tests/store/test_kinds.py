"""Kinds of bodies, rights to attend, requests and last days, from the register file to the pinned meeting."""

from __future__ import annotations

from datetime import date

import pytest

from meeting_server.meeting.convening import Agreement, Notice, WebcastTerms
from meeting_server.store import Store
from meeting_server.store.register_file import read_register
from meeting_server.store.register_import import import_register
from meeting_server.store.swedish_days import notice_of, swedish_holidays
from meeting_server.store.yaml_reading import BadRegister
from tests.store.small_register import changed

JOINT = (
    ("slag: fullmäktige", "slag: gemensam_nämnd"),
    ("distans: vissa", "distans: alla_kan_åläggas"),
    (
        "        identitet:",
        "        reglementen:\n"
        "          - {kommun: Ekhamra, beslut: KF § 88, distans: alla}\n"
        "          - {kommun: Tallby, beslut: KF § 12, distans: vissa}\n"
        "        identitet:",
    ),
    ("      - {person: berit}", "      - {person: berit}\n      - {person: sten}\n      - {person: karin2}"),
    (
        "  - {id: sten,",
        "  - {id: karin2, namn: Karin Två, parti: A}\n  - {id: ove, namn: Ove}\n  - {id: sten,",
    ),
    ("närvarande: [sten]", "närvarande: [ove]"),
)


def faults(*changes: tuple[str, str]) -> list[str]:
    """What is wrong with the register so changed, without its place."""
    with pytest.raises(BadRegister) as bad:
        read_register(changed(*changes))
    return [fault.because for fault in bad.value.faults]


async def test_a_joint_committee_pins_the_strictest_of_its_standing_orders(store: Store) -> None:
    await import_register(store.database, read_register(changed(*JOINT)))
    convened = await store.register.convened("kf-nov")
    assert convened.body.kind == "joint_committee"
    assert convened.standing_orders.distance == "some_may"
    assert convened.standing_orders.agreements == (
        Agreement("Ekhamra", "KF § 88", "all_may"),
        Agreement("Tallby", "KF § 12", "some_may"),
    )
    assert convened.notice == Notice()


async def test_the_pinned_meeting_has_rights_requests_votes_by_constituency_and_last_days(
    store: Store,
) -> None:
    text = changed(
        ("    ledamöter:", "    valkretsar: {Norra: {A: 1200, B: 300}}\n    ledamöter:"),
        ("närvarande: [sten]", "närvarande: [{person: sten, rätt: kommunalråd}]"),
        (
            "    form: hybrid",
            "    form: hybrid\n    kungjord: 2026-11-18\n    anledning: tredjedel\n    begärt_av: [arne]",
        ),
        (
            "        berett: nej",
            "        berett: nej\n      - {rubrik: Vägen, slag: fråga, ställd_av: arne, besvaras_av: anna}"
            "\n      - {rubrik: Lovet, slag: beslut, myndighetsutövning: ja}"
            "\n      - {rubrik: Akten, slag: beslut, sekretess: ja}",
        ),
    )
    await import_register(store.database, read_register(text))
    convened = await store.register.convened("kf-nov")
    people = {person.id: person for person in convened.roster}
    assert people["arne"].constituency_votes == 1200
    assert people["sten"].attends == "councillor"
    assert (convened.ground, convened.requested_by) == ("third", ("arne",))
    assert convened.agenda[2].answered_by == "anna"
    assert [(each.authority, each.secrecy) for each in convened.agenda[2:]] == [
        (False, False),
        (True, False),
        (False, True),
    ]
    assert convened.notice == Notice("2026-11-18", None, "2026-11-17", "2026-11-17", "2026-11-23")
    [listed] = await store.register.meetings_of("arne")
    assert listed.notice == convened.notice


async def test_a_committees_publicity_and_its_longest_serving_members_are_pinned_without_their_dates(
    store: Store,
) -> None:
    text = changed(
        ("slag: fullmäktige", "slag: nämnd"),
        (
            "        identitet:",
            "        offentligt: ja\n        offentligt_beslut: BN § 3\n"
            "        tillfällig_ordförande: väljs\n        gruppen_ändrar_ordning: ja\n"
            "        styrkt_identitet: e-legitimation\n"
            "        upplösning: ja\n        utvisning: ja\n        identitet:",
        ),
        ("person: arne,", "person: arne, ledamot_sedan: 2010-10-15, född: 1950-03-02,"),
        ("person: bodil}", "person: bodil, ledamot_sedan: 2010-10-15, född: 1944-01-30}"),
    )
    await import_register(store.database, read_register(text))
    convened = await store.register.convened("kf-nov")
    orders = convened.standing_orders
    assert (orders.publicity, orders.publicity_reference, orders.acting_chair) == (
        "public",
        "BN § 3",
        "elected",
    )
    assert (orders.dissolution, orders.expulsion, orders.group_reorders) == (True, True, True)
    assert orders.remote_identity == "eid"
    ranks = {person.id: person.seniority for person in convened.roster}
    assert (ranks["bodil"], ranks["arne"], ranks["anna"]) == (1, 2, None)
    assert "1944" not in repr(convened)


TOLD = (
    "        webbsändning:\n          brukar_sändas: ja\n          information: Sammanträdet sänds.\n"
    "          till_tittarna: Inspelningen gallras.\n          gallras_efter_dagar: {days}\n"
    "        identitet:"
)


async def test_what_is_decided_of_webcasts_is_pinned_and_may_be_left_out(store: Store) -> None:
    text = changed(("        identitet:", TOLD.format(days=30)))
    await import_register(store.database, read_register(text))
    orders = (await store.register.convened("kf-nov")).standing_orders
    assert orders.webcast == WebcastTerms(True, "Sammanträdet sänds.", "Inspelningen gallras.", 30)
    short = changed(("        identitet:", "        webbsändning: {brukar_sändas: nej}\n        identitet:"))
    await import_register(store.database, read_register(short))
    assert (await store.register.convened("kf-nov")).standing_orders.webcast == WebcastTerms()
    await import_register(store.database, read_register(changed()))
    assert (await store.register.convened("kf-nov")).standing_orders.webcast is None


@pytest.mark.parametrize("days", [0, 36501])
def test_a_recording_is_kept_at_least_a_day_and_not_for_ever(days: int) -> None:
    said = f"gallras_efter_dagar: ska vara mellan 1 och 36500, inte {days}"
    told = faults(("        identitet:", TOLD.format(days=days)))
    assert any(said.partition(": ")[2] in each for each in told)


@pytest.mark.parametrize("days", [1, 36500])
def test_the_shortest_and_the_longest_time_a_recording_is_kept(days: int) -> None:
    [body] = read_register(changed(("        identitet:", TOLD.format(days=days)))).bodies
    [entry] = body.orders
    assert entry.orders.webcast is not None
    assert entry.orders.webcast.retention_days == days


def test_the_last_days_know_swedish_holidays_and_a_committee_has_none() -> None:
    assert date(2026, 12, 24) in swedish_holidays(2026)
    assert notice_of("assembly", date(2027, 1, 2), {}).urgent_by == "2026-12-30"
    assert notice_of("committee", date(2027, 1, 2), {}) == Notice()


async def test_a_committees_own_rules_say_by_when_it_is_called(store: Store) -> None:
    text = changed(
        ("slag: fullmäktige", "slag: nämnd"),
        ("        justerare: 2", "        justerare: 2\n        kallelse_dagar: 5"),
    )
    await import_register(store.database, read_register(text))
    convened = await store.register.convened("kf-nov")
    assert convened.notice == Notice(call_by="2026-11-19")
    [listed] = await store.register.meetings_of("arne")
    assert listed.notice == convened.notice


ARNE = "- {person: arne, valkrets: Norra}"


async def test_the_substitutes_fixed_for_one_member_and_the_places_of_the_party_are_pinned(
    store: Store,
) -> None:
    about = "- {person: arne, valkrets: Norra, partiplats: 2, ersätts_av: [bodil]}"
    text = changed(
        (ARNE, about), ("      - {person: bodil}\n", ""), ("- {person: berit}", "- {person: bodil}")
    )
    text = text.replace("Bodil Bokby, parti: B", "Bodil Bokby, parti: A")
    await import_register(store.database, read_register(text))
    people = {person.id: person for person in (await store.register.convened("kf-nov")).roster}
    assert (people["arne"].own_substitutes, people["arne"].party_place) == (("bodil",), 2)
    assert (people["anna"].own_substitutes, people["anna"].party_place) == ((), None)


@pytest.mark.parametrize(
    ("own", "said"),
    [
        ("anna", "ersätts_av: anna är inte ersättare i kf"),
        ("berit", "ersätts_av: berit är inte av samma parti (KL 5:21)"),
        ("berit, berit", "ersätts_av: berit står två gånger"),
    ],
)
def test_a_members_own_substitutes_are_the_bodys_and_the_partys(own: str, said: str) -> None:
    assert said in faults((ARNE, f"- {{person: arne, ersätts_av: [{own}]}}"))


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ([JOINT[0]], "en gemensam nämnd har reglementen från minst två kommuner, inte 0 (KL 9:19)"),
        (JOINT[1:3], "bara en gemensam nämnd har flera kommuners reglementen (KL 9:23)"),
        (
            JOINT[:3],
            "har 1 ersättare för 3 ledamöter; en gemensam nämnd har lika många (KL 9:24)",
        ),
        (
            [("form: hybrid", "form: hybrid\n    anledning: tredjedel")],
            "0 av 3 ledamöter har begärt sammanträdet; minst en tredjedel krävs (KL 5:12, 6:23)",
        ),
        (
            [("form: hybrid", "form: hybrid\n    begärt_av: [karin]")],
            "karin som begärt sammanträdet har inget uppdrag i kf",
        ),
        (
            [
                ("slag: fullmäktige", "slag: styrelse"),
                ("närvarande: [sten]", "närvarande: [{person: sten, rätt: personalföreträdare}]"),
            ],
            "personalföreträdare närvarar inte i styrelsen (KL 7:12)",
        ),
        (
            [
                (
                    "närvarande: [sten]",
                    "närvarande: ["
                    + ", ".join(f"{{person: s{n}, rätt: personalföreträdare}}" for n in "abcd")
                    + "]",
                )
            ],
            "4 personalföreträdare; högst tre får finnas (KL 7:10)",
        ),
        (
            [
                ("slag: fullmäktige", "slag: nämnd"),
                ("distans: vissa", "distans: vissa\n        offentligt: ja"),
            ],
            "offentligt: ja kräver nämndens eget beslut i offentligt_beslut (KL 6:25)",
        ),
        (
            [("distans: vissa", "distans: vissa\n        offentligt: får_beslutas")],
            "fullmäktige är alltid offentligt; utelämna offentligt (KL 5:42)",
        ),
        ([("slag: upprop", "slag: fråga")], "ställd_av och besvaras_av saknas"),
        ([("slag: upprop", "slag: motion")], "ställd_av och väckt saknas för motionen"),
        (
            [("slag: upprop", "slag: fråga, ställd_av: arne, besvaras_av: olof")],
            "olof finns inte i uppropslistan för sammanträdet",
        ),
        (
            [
                ("slag: fullmäktige", "slag: nämnd"),
                ("slag: upprop", "slag: fråga, ställd_av: arne, besvaras_av: anna"),
            ],
            "interpellationer och frågor ställs i fullmäktige (KL 5:59–64)",
        ),
    ],
)
def test_what_cannot_be_is_said(changes: list[tuple[str, str]], said: str) -> None:
    assert said in faults(*changes)
