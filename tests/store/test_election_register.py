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
        (
            ", val: {platser: 4, proportionellt: ja, väljer: ersättare, ledamöter_valda: proportionellt}",
            ElectionTerms(4, True, "substitutes", members_proportional=True),
        ),
        (
            ", val: {väljer: ersättare, ledamöter_valda: inte_proportionellt}",
            ElectionTerms(1, False, "substitutes"),
        ),
    ],
)
async def test_the_pinned_matter_says_how_many_and_how(
    store: Store, about: str, terms: ElectionTerms | None
) -> None:
    await import_register(store.database, read_register(with_election(about)))
    convened = await store.register.convened("kf-nov")
    assert (convened.agenda[1].kind, convened.agenda[1].election) == ("election", terms)
    assert convened.standing_orders.electronic_ballot


SUBSTITUTES = (
    "      - {rubrik: Val av ersättare, slag: val, val: {väljer: ersättare, ledamöter_i_ärende: %s}}\n"
)


async def test_substitutes_may_refer_to_the_matter_before_in_which_the_members_are_elected(
    store: Store,
) -> None:
    members = "      - {rubrik: Val av ledamöter, slag: val}\n"
    text = changed((UPPROP, f"{UPPROP}{members}{SUBSTITUTES % 2}"))
    await import_register(store.database, read_register(text))
    terms = (await store.register.convened("kf-nov")).agenda[2].election
    assert terms == ElectionTerms(1, False, "substitutes", members_in="m2")


@pytest.mark.parametrize("number", [1, 2, 3, 9])
async def test_the_matter_named_must_be_an_election_earlier_on_the_agenda(number: int) -> None:
    with pytest.raises(BadRegister, match="inget val före detta"):
        read_register(changed((UPPROP, f"{UPPROP}{SUBSTITUTES % number}")))


@pytest.mark.parametrize(
    ("about", "fault"),
    [
        ("väljer: ersättare", "en av ledamöter_i_ärende"),
        (
            "väljer: ersättare, ledamöter_i_ärende: 1, ledamöter_valda: proportionellt",
            "en av ledamöter_i_ärende",
        ),
        ("ledamöter_valda: proportionellt", "bara ett val av ersättare"),
    ],
)
def test_only_an_election_of_substitutes_says_and_must_say_how_the_members_are(
    about: str, fault: str
) -> None:
    with pytest.raises(BadRegister, match=fault):
        read_register(with_election(f", val: {{{about}}}"))


async def test_electronic_ballots_are_not_allowed_unless_the_standing_orders_say_so(store: Store) -> None:
    await import_register(store.database, read_register(changed()))
    assert not (await store.register.convened("kf-nov")).standing_orders.electronic_ballot


@pytest.mark.parametrize("places", ["0", "201", "två"])
def test_the_places_are_a_number_within_reason(places: str) -> None:
    with pytest.raises(BadRegister):
        read_register(with_election(f", val: {{platser: {places}}}"))
