"""An election from the register file to the pinned meeting."""

from __future__ import annotations

import pytest

from meeting_server.meeting.convening import ElectionTerms
from meeting_server.store import Store
from meeting_server.store.register_file import read_register
from meeting_server.store.register_import import import_register
from meeting_server.store.yaml_reading import BadRegister
from tests.store.small_register import changed

UPPROP = "      - {rubrik: Upprop, slag: upprop}\n"


def with_election(about: str) -> str:
    """The small register with an election first on the agenda."""
    return changed(
        (UPPROP, f"{UPPROP}      - {{rubrik: Val till miljönämnden, slag: val{about}}}\n"),
        ("        justerare: 2\n", "        justerare: 2\n        elektronisk_sluten_omröstning: ja\n"),
    )


@pytest.mark.parametrize(
    ("about", "terms"),
    [
        ("", None),
        (", val: {platser: 11}", ElectionTerms(11)),
        (", val: {platser: 11, proportionellt: ja}", ElectionTerms(11, proportional=True)),
    ],
)
async def test_the_pinned_matter_says_how_many_and_how(
    store: Store, about: str, terms: ElectionTerms | None
) -> None:
    await import_register(store.database, read_register(with_election(about)))
    convened = await store.register.convened("kf-nov")
    assert (convened.agenda[1].kind, convened.agenda[1].election) == ("election", terms)
    assert convened.standing_orders.electronic_ballot


async def test_electronic_ballots_are_not_allowed_unless_the_standing_orders_say_so(store: Store) -> None:
    await import_register(store.database, read_register(changed()))
    assert not (await store.register.convened("kf-nov")).standing_orders.electronic_ballot


@pytest.mark.parametrize("places", ["0", "201", "två"])
def test_the_places_are_a_number_within_reason(places: str) -> None:
    with pytest.raises(BadRegister):
        read_register(with_election(f", val: {{platser: {places}}}"))
