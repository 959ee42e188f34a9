"""5 kap. 56 §: lots, as arithmetic anybody can redo."""

import hashlib

import pytest

from meeting_server.law.lots import commitment, drawn, lots, opens, shown, total

NONCE = "00112233445566778899aabbccddeeff"


def test_the_seal_is_sha256_of_the_number_and_the_nonce() -> None:
    seal = hashlib.sha256(f"583217:{NONCE}".encode()).hexdigest()
    assert commitment(583217, NONCE) == seal
    assert opens(seal, 583217, NONCE)
    assert not opens(seal, 583218, NONCE)
    assert shown(seal) == "-".join(seal[n : n + 4].upper() for n in (0, 4, 8, 12))


@pytest.mark.parametrize("nonce", ["", NONCE[:-1], NONCE + "0", NONCE.upper(), "x" * 32])
def test_a_nonce_has_one_length_so_that_a_seal_opens_one_way(nonce: str) -> None:
    with pytest.raises(ValueError, match="32"):
        commitment(1, nonce)
    assert not opens("", 1, nonce)


def test_lots_stand_in_swedish_alphabetical_order() -> None:
    assert lots(["Ö", "Ä", "Å", "Z", "b", "A"]) == ("A", "b", "Z", "Å", "Ä", "Ö")


@pytest.mark.parametrize(("said", "lot"), [((4, 7), "Mirjam"), ((4, 6), "Bertil"), ((4, 8), "Bertil")])
def test_of_two_an_odd_sum_is_the_first_and_an_even_the_second(said: tuple[int, ...], lot: str) -> None:
    assert drawn(("Bertil", "Mirjam"), total(583217, said)) == lot


@pytest.mark.parametrize(("number", "lot"), [(1, "a"), (2, "b"), (3, "c"), (4, "a"), (300, "c")])
def test_of_three_the_remainder_decides_and_none_is_the_last(number: int, lot: str) -> None:
    assert drawn("abc", number) == lot


def test_there_must_be_something_to_draw_among() -> None:
    with pytest.raises(ValueError, match="nothing"):
        drawn((), 1)
