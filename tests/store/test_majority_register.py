"""The majority a matter needs, from the register file to the pinned meeting."""

from __future__ import annotations

import pytest

from meeting_server.meeting.convening import QualifiedMajority
from meeting_server.store import Store
from meeting_server.store.register_file import read_register
from meeting_server.store.register_import import import_register
from meeting_server.store.yaml_reading import BadRegister
from tests.store.small_register import changed

UPPROP = "      - {rubrik: Upprop, slag: upprop}\n"


def with_majority(about: str, kind: str = "beslut") -> str:
    """The small register with a matter that needs the majority."""
    return changed(
        (UPPROP, f"{UPPROP}      - {{rubrik: Fråga om extra val, slag: {kind}, majoritet: {about}}}\n")
    )


@pytest.mark.parametrize(
    ("about", "terms"),
    [
        ("{gäller: extra_val}", QualifiedMajority("extra_election")),
        (
            "{gäller: extra_val, bordlagt_tidigare: ja, fullmäktige_möttes: 2026-04-20}",
            QualifiedMajority("extra_election", treated_before=True, first_meeting="2026-04-20"),
        ),
        ("{gäller: stoppa_folkomröstning}", QualifiedMajority("stop_referendum", needed_to="reject")),
        ("{gäller: stoppa_folkomröstning, krävs_för: bifall}", QualifiedMajority("stop_referendum")),
        ("{gäller: annan_grund_än_parti}", QualifiedMajority("other_than_party")),
    ],
)
async def test_the_pinned_matter_says_what_it_needs(
    store: Store, about: str, terms: QualifiedMajority
) -> None:
    await import_register(store.database, read_register(with_majority(about)))
    convened = await store.register.convened("kf-nov")
    assert convened.agenda[1].majority == terms


@pytest.mark.parametrize(
    ("about", "kind", "fault"),
    [
        ("{gäller: förbundsordning}", "beslut", "andel ska anges"),
        ("{gäller: förbundsordning, andel: 3/4}", "beslut", "har ingen förbundsordning (KL 9:6)"),
        ("{gäller: extra_val, andel: 3/4}", "beslut", "bara en förbundsordning bestämmer andel"),
        ("{gäller: annan_grund_än_parti, bordlagt_tidigare: ja}", "beslut", "hör till extra_val"),
        ("{gäller: extra_val}", "information", "hör till ärenden av slagen beslut och motion"),
    ],
)
def test_what_cannot_be_is_a_fault_with_its_ground(about: str, kind: str, fault: str) -> None:
    with pytest.raises(BadRegister) as bad:
        read_register(with_majority(about, kind))
    assert fault in str(bad.value)
