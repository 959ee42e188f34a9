"""The list of media processes in a terminal."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from meeting_server.live.node_list import MISSED_BEATS, node_list
from meeting_server.live.switchboard import HEARTBEAT_SECONDS
from meeting_server.store.media_nodes import MediaNode

NOW = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)
LONGEST = MISSED_BEATS * HEARTBEAT_SECONDS


def node(silent: float = 2.0) -> MediaNode:
    seen = NOW - timedelta(seconds=silent)
    return MediaNode("far.example:7000", "192.0.2.1", 8081, 4711, "web-1:8080", seen, 40, 1.25)


def test_each_process_is_a_line_with_what_it_has() -> None:
    heading, line = node_list([node()], {"ks": "far.example:7000", "kf": "gone"}, NOW).splitlines()
    assert heading.split() == [
        "Mediaprocess",
        "UDP",
        "Process",
        "Webbserver",
        "Rum",
        "Anslutna",
        "Efter",
        "Hördes",
    ]
    assert " ".join(line.split()) == (
        "far.example:7000 192.0.2.1 :8081 4711 web-1:8080 1 40 1,2 ms 2 s sedan"
    )


@pytest.mark.parametrize(
    ("silent", "is_told"), [(LONGEST - 0.1, False), (LONGEST, False), (LONGEST + 0.1, True)]
)
def test_one_that_has_missed_its_beats_is_silent(silent: float, is_told: bool) -> None:
    assert ("TYST" in node_list([node(silent)], {}, NOW)) is is_told


def test_none_at_all_is_said() -> None:
    assert node_list([], {}, NOW) == "Ingen mediaprocess har hörts av."
