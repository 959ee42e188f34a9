"""Accounts and invitations: who gets in, who waits, and what an answer does not tell; on both databases."""

from __future__ import annotations

import asyncio

import pytest
from argon2 import PasswordHasher
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from meeting_server.store import Store, tables
from meeting_server.store.accounts import (
    PER_ACCOUNT,
    PER_ADDRESS,
    Account,
    Accounts,
    InvitationRefused,
    PasswordTooWeak,
    SignInRefused,
    UsernameTaken,
)
from meeting_server.store.failures import NotFound
from tests.store.rows import at, with_people

RIGHT = "en mening man minns"
WRONG = "en mening man gissar"
HALL = "192.0.2.1"


@pytest.fixture
async def accounts(store: Store) -> Accounts:
    """Nilla has an account, Bertil has not. Hashing is made cheap; what is tested is the rest."""
    await with_people(store, "nilla", "bertil")
    cheap = Accounts(store.database, PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
    await cheap.create("nilla", "Nilla.Nordanäng", RIGHT, now=at(0))
    return cheap


async def test_the_right_password_opens_the_account(accounts: Accounts) -> None:
    account = Account("nilla", "Nilla.Nordanäng")
    assert await accounts.sign_in("Nilla.Nordanäng", RIGHT, address=HALL, now=at(1)) == account


@pytest.mark.parametrize(
    "written", ["nilla.nordanäng", "NILLA.NORDANÄNG", " Nilla.Nordanäng ", "nilla.nordana\u0308ng"]
)
async def test_a_username_is_the_same_however_it_is_typed(accounts: Accounts, written: str) -> None:
    assert (await accounts.sign_in(written, RIGHT, address=HALL, now=at(1))).person_id == "nilla"


async def test_an_unknown_user_and_a_wrong_password_get_the_same_answer(accounts: Accounts) -> None:
    answers = []
    for username in ("Nilla.Nordanäng", "nobody"):
        with pytest.raises(SignInRefused) as refused:
            await accounts.sign_in(username, WRONG, address=HALL, now=at(1))
        answers.append((refused.value.reason, refused.value.because))
    assert answers[0] == answers[1] == ("wrong", "Användarnamnet eller lösenordet stämmer inte.")


async def _guess(accounts: Accounts, username: str, address: str, minute: float) -> str:
    with pytest.raises(SignInRefused) as refused:
        await accounts.sign_in(username, WRONG, address=address, now=at(minute))
    return refused.value.reason


@pytest.mark.parametrize(
    ("guesses", "opens"), [(PER_ACCOUNT - 1, True), (PER_ACCOUNT, False), (PER_ACCOUNT + 1, False)]
)
async def test_after_five_wrong_guesses_an_account_waits(
    accounts: Accounts, guesses: int, opens: bool
) -> None:
    reasons = [await _guess(accounts, "Nilla.Nordanäng", f"192.0.2.{n}", 0) for n in range(guesses)]
    assert reasons == ["wrong"] * min(guesses, PER_ACCOUNT) + ["too-many"] * (guesses - PER_ACCOUNT)
    if opens:
        await accounts.sign_in("Nilla.Nordanäng", RIGHT, address=HALL, now=at(1))
    else:
        with pytest.raises(SignInRefused) as refused:
            await accounts.sign_in("Nilla.Nordanäng", RIGHT, address=HALL, now=at(1))
        assert refused.value.because == "För många försök. Vänta 14 min och försök igen."
        assert refused.value.retry_after_seconds == 14 * 60


@pytest.mark.parametrize(("minute", "opens"), [(14.9, False), (15, True), (15.1, True)])
async def test_the_wait_is_a_quarter_of_an_hour(accounts: Accounts, minute: float, opens: bool) -> None:
    for _ in range(PER_ACCOUNT):
        await _guess(accounts, "Nilla.Nordanäng", HALL, 0)
    if opens:
        await accounts.sign_in("Nilla.Nordanäng", RIGHT, address=HALL, now=at(minute))
    else:
        assert await _guess(accounts, "Nilla.Nordanäng", HALL, minute) == "too-many"


async def test_the_right_password_forgets_earlier_guesses(accounts: Accounts) -> None:
    for _ in range(3):
        for _ in range(PER_ACCOUNT - 1):
            await _guess(accounts, "Nilla.Nordanäng", HALL, 0)
        await accounts.sign_in("Nilla.Nordanäng", RIGHT, address=HALL, now=at(1))


async def test_an_address_that_tries_many_names_waits(accounts: Accounts) -> None:
    for number in range(PER_ADDRESS):
        assert await _guess(accounts, f"name{number}", HALL, 0) == "wrong"
    assert await _guess(accounts, "another", HALL, 0) == "too-many"
    assert await _guess(accounts, "another", "192.0.2.2", 0) == "wrong"


async def test_many_guesses_at_once_are_not_more_guesses(accounts: Accounts) -> None:
    guesses = (_guess(accounts, "Nilla.Nordanäng", f"192.0.2.{n}", 0) for n in range(40))
    reasons = await asyncio.gather(*guesses)
    assert reasons.count("wrong") == PER_ACCOUNT


async def test_a_hall_that_signs_in_rightly_never_waits(accounts: Accounts) -> None:
    for _ in range(PER_ADDRESS + 1):
        await accounts.sign_in("Nilla.Nordanäng", RIGHT, address=HALL, now=at(0))


async def test_the_names_and_addresses_of_failures_are_not_kept(accounts: Accounts, store: Store) -> None:
    await _guess(accounts, "Nilla.Nordanäng", HALL, 0)
    await _guess(accounts, "Nilla.Nordanäng", HALL, 20)

    async def work(connection: AsyncConnection) -> list[str]:
        return list((await connection.execute(select(tables.sign_in_failures.c.subject))).scalars())

    subjects = await store.database.read(work)
    assert len(subjects) == 2  # those older than the window are gone
    assert all(len(subject) == 64 for subject in subjects)


@pytest.mark.parametrize(
    ("password", "taken"),
    [("x" * 11, False), ("x" * 12, True), ("x" * 200, True), ("x" * 201, False), ("BERTIL.BOKSTRÖM", False)],
)
async def test_a_password_is_long_and_not_the_username(
    accounts: Accounts, password: str, taken: bool
) -> None:
    if taken:
        await accounts.create("bertil", "bertil.bokström", password, now=at(0))
        await accounts.sign_in("bertil.bokström", password, address=HALL, now=at(1))
    else:
        with pytest.raises(PasswordTooWeak):
            await accounts.create("bertil", "bertil.bokström", password, now=at(0))


async def test_two_people_cannot_share_a_username(accounts: Accounts) -> None:
    for username in ("nilla.nordanäng", "", "  ", "x" * 121):
        with pytest.raises(UsernameTaken):
            await accounts.create("bertil", username, RIGHT, now=at(0))
    with pytest.raises(NotFound):
        await accounts.create("nobody", "nobody", RIGHT, now=at(0))


async def test_an_invitation_is_used_once(accounts: Accounts) -> None:
    token = await accounts.invite("bertil", now=at(0))
    invitation = await accounts.invitation(token, now=at(1))
    assert invitation is not None
    assert invitation.person_id == "bertil"
    await accounts.accept(token, "bertil", RIGHT, now=at(1))
    await accounts.sign_in("bertil", RIGHT, address=HALL, now=at(2))
    assert await accounts.invitation(token, now=at(2)) is None
    assert await _refused(accounts, token, 2) == "used"


async def test_an_invitation_used_twice_at_once_gives_one_account(accounts: Accounts) -> None:
    token = await accounts.invite("bertil", now=at(0))
    answers = await asyncio.gather(
        *(accounts.accept(token, f"bertil{n}", RIGHT, now=at(1)) for n in range(2)), return_exceptions=True
    )
    assert sum(isinstance(answer, Account) for answer in answers) == 1


@pytest.mark.parametrize(("days", "reason"), [(13.99, None), (14, "expired"), (15, "expired")])
async def test_an_invitation_lasts_a_fortnight(accounts: Accounts, days: float, reason: str | None) -> None:
    token = await accounts.invite("bertil", now=at(0))
    assert await _refused(accounts, token, days * 24 * 60) == reason


async def test_a_newer_invitation_replaces_the_older(accounts: Accounts) -> None:
    older, newer = [await accounts.invite("bertil", now=at(minute)) for minute in (0, 1)]
    assert await _refused(accounts, older, 2) == "used"
    assert await _refused(accounts, newer, 2) is None
    assert await _refused(accounts, "made-up", 2) == "unknown"


async def _refused(accounts: Accounts, token: str, minute: float) -> str | None:
    try:
        await accounts.accept(token, "bertil", RIGHT, now=at(minute))
    except InvitationRefused as refused:
        return refused.reason
    return None
