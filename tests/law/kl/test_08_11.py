"""8 kap. 11 §: Anslagstavlan får utöver det som anges i 10 § endast innehålla tillkännagivanden om
styrelsens och övriga nämnders sammanträden samt beslutsunderlag inför fullmäktiges, styrelsens och
övriga nämnders sammanträden.
"""

import typing

import pytest

from meeting_server.law.posting import PERMITTED, REQUIRED, Posting, may_be_posted


@pytest.mark.parametrize("kind", typing.get_args(Posting))
def test_what_10_and_11_name_may_stand_there(kind: Posting) -> None:
    assert may_be_posted(kind=kind).outcome


@pytest.mark.parametrize("kind", ["advertisement", "news", ""])
def test_nothing_else_may(kind: str) -> None:
    assert not may_be_posted(kind=kind).outcome


def test_every_posting_is_either_owed_or_let_stand() -> None:
    assert set(typing.get_args(Posting)) == REQUIRED | PERMITTED
    assert not REQUIRED & PERMITTED
