"""Who is whom at the sign-in service: one identity a person, one person an identity; on both databases."""

from __future__ import annotations

import pytest
from sqlalchemy import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from meeting_server.store import Store
from meeting_server.store.accounts import InvitationRefused
from meeting_server.store.failures import NotFound
from meeting_server.store.identities import Identities, IdentityTaken
from meeting_server.store.summons_sent import addresses
from tests.store.rows import at, with_people

IDP = "https://idp.example"
MIRA, NILS = "a" * 64, "b" * 64


@pytest.fixture
async def known(store: Store) -> Identities:
    """Nilla and Bertil are in the register."""
    await with_people(store, "nilla", "bertil")
    return store.identities


async def test_a_linked_identity_is_the_persons_at_that_service_alone(known: Identities) -> None:
    await known.bind(IDP, MIRA, "nilla", now=at(0))
    assert await known.person_of(IDP, MIRA) == "nilla"
    assert await known.person_of("https://another.example", MIRA) is None
    assert await known.person_of(IDP, NILS) is None
    assert await known.bound_at(IDP, "nilla") == at(0)
    assert await known.bound_at(IDP, "bertil") is None


async def test_a_new_identity_takes_the_place_of_the_old(known: Identities) -> None:
    await known.bind(IDP, MIRA, "nilla", now=at(0))
    await known.bind(IDP, NILS, "nilla", now=at(1))
    assert [await known.person_of(IDP, each) for each in (MIRA, NILS)] == [None, "nilla"]
    await known.bind(IDP, NILS, "nilla", now=at(2))
    assert await known.bound_at(IDP, "nilla") == at(2)


async def test_somebody_elses_identity_is_not_given_away(known: Identities) -> None:
    await known.bind(IDP, MIRA, "nilla", now=at(0))
    with pytest.raises(IdentityTaken):
        await known.bind(IDP, MIRA, "bertil", now=at(1))
    await known.release(IDP, "nilla")
    await known.bind(IDP, MIRA, "bertil", now=at(2))
    assert await known.person_of(IDP, MIRA) == "bertil"


async def test_nobody_outside_the_register_has_one(known: Identities) -> None:
    with pytest.raises(NotFound):
        await known.bind(IDP, MIRA, "nobody", now=at(0))


async def test_an_invitation_gives_one_once(known: Identities, store: Store) -> None:
    token = await store.accounts.invite("nilla", now=at(0))
    assert await known.accept(token, IDP, MIRA, now=at(1)) == "nilla"
    with pytest.raises(InvitationRefused) as used:
        await known.accept(token, IDP, NILS, now=at(2))
    assert used.value.reason == "used"
    assert await known.person_of(IDP, NILS) is None


async def test_an_invitation_that_could_not_be_taken_is_still_there(known: Identities, store: Store) -> None:
    await known.bind(IDP, MIRA, "bertil", now=at(0))
    token = await store.accounts.invite("nilla", now=at(0))
    with pytest.raises(IdentityTaken):
        await known.accept(token, IDP, MIRA, now=at(1))
    assert await known.accept(token, IDP, NILS, now=at(2)) == "nilla"


async def test_an_address_of_one_person_gives_one_where_none_is(known: Identities, store: Store) -> None:
    async def work(connection: AsyncConnection) -> None:
        rows = [
            {"person_id": "nilla", "address": "Nilla@Ekhamra.example"},
            {"person_id": "bertil", "address": "bertil@ekhamra.example"},
        ]
        await connection.execute(insert(addresses), rows)

    await store.database.write(work)
    assert await known.by_address(IDP, MIRA, "nobody@ekhamra.example", now=at(1)) is None
    assert await known.by_address(IDP, MIRA, " nilla@ekhamra.example", now=at(1)) == "nilla"
    assert await known.by_address(IDP, NILS, "nilla@ekhamra.example", now=at(2)) is None
    assert await known.person_of(IDP, NILS) is None
