"""Decisions reported to a body, from the register file to the pinned agenda (KL 6:40)."""

from __future__ import annotations

import pytest

from meeting_server.meeting.convening import ReportedDecision
from meeting_server.store import Store
from meeting_server.store.register_file import read_register
from meeting_server.store.register_import import import_register
from meeting_server.store.yaml_reading import BadRegister
from tests.store.small_register import changed

UPPROP = "      - {rubrik: Upprop, slag: upprop}\n"
SEATS = "    platser: 3\n"


def register(matter: str, urgent: str = "2026-11-02") -> str:
    """The small register with an urgent decision of that day and a matter first on the agenda."""
    taken = f"{{id: snoskred, rubrik: Vägen stängs, datum: {urgent}, av: ordföranden}}"
    return changed(
        (UPPROP, f"{UPPROP}{matter}"),
        (SEATS, f"{SEATS}    brådskande_beslut: [{taken}]\n"),
    )


REPORT = "      - {rubrik: Anmälan, slag: anmälan, anmäls: [%s]}\n"
DELEGATED = "{rubrik: Tillstånd, datum: 2026-11-03, av: miljöchefen, diarienummer: MN 2026/9}"


async def test_the_pinned_matter_has_the_urgent_and_the_delegated_decisions(store: Store) -> None:
    text = register(REPORT % f"snoskred, {DELEGATED}")
    await import_register(store.database, read_register(text))
    convened = await store.register.convened("kf-nov")
    assert convened.agenda[1].kind == "report"
    assert convened.agenda[1].reported == (
        ReportedDecision("Vägen stängs", "2026-11-02", "ordföranden", None, urgent=True),
        ReportedDecision("Tillstånd", "2026-11-03", "miljöchefen", "MN 2026/9"),
    )


@pytest.mark.parametrize(
    ("matter", "fault"),
    [
        ("", "beslutet snoskred ska anmälas vid"),
        (REPORT % DELEGATED, "beslutet snoskred ska anmälas vid"),
        (REPORT % "snoskred, annat", "har inget brådskande beslut annat"),
        ("      - {rubrik: Tomt, slag: anmälan}\n", "minst ett beslut under anmäls"),
        ("      - {rubrik: Annat, slag: information, anmäls: [snoskred]}\n", "anmäls hör till"),
    ],
)
def test_the_next_agenda_must_have_it_and_it_must_exist(matter: str, fault: str) -> None:
    with pytest.raises(BadRegister) as bad:
        read_register(register(matter))
    assert fault in str(bad.value)


def test_a_decision_taken_after_the_last_meeting_waits_for_the_next() -> None:
    read_register(register("", urgent="2027-03-01"))
