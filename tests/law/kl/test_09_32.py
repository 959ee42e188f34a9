"""9 kap. 32 §: Justeringen av en gemensam nämnds protokoll ska tillkännages på var och en av de samverkande
kommunernas och regionernas anslagstavlor.
"""

import pytest

from meeting_server.law.posting import posted_everywhere

THREE = frozenset({"a", "b", "c"})


@pytest.mark.parametrize(
    ("posted", "everywhere"), [({"a", "b"}, False), ({"a", "b", "c"}, True), ({"a", "b", "c", "d"}, True)]
)
def test_the_notice_stands_on_the_board_of_each_municipality(posted: set[str], everywhere: bool) -> None:
    assert posted_everywhere(posted=frozenset(posted), organisations=THREE).outcome is everywhere
