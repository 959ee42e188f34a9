"""The media processes as an operator reads them in a terminal: who answers, with how much, and who not."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime

from meeting_server.live.switchboard import HEARTBEAT_SECONDS
from meeting_server.store.media_nodes import MediaNode

MISSED_BEATS = 3
"""So many heartbeats in a row may be missed before a process is said to be silent."""
HEADINGS = ("Mediaprocess", "UDP", "Process", "Webbserver", "Rum", "Anslutna", "Efter", "Hördes")


def node_list(nodes: Sequence[MediaNode], places: Mapping[str, str], now: datetime) -> str:
    """One line for each, with headings in Swedish; places: the process each room is on, by room."""
    if not nodes:
        return "Ingen mediaprocess har hörts av."
    rooms = Counter(places.values())
    rows = [HEADINGS, *(_row(node, rooms[node.name], now) for node in nodes)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(HEADINGS))]
    lines = ("  ".join(text.ljust(width) for text, width in zip(row, widths, strict=True)) for row in rows)
    return "\n".join(line.rstrip() for line in lines)


def _row(node: MediaNode, rooms: int, now: datetime) -> tuple[str, ...]:
    silent = (now - node.seen_at).total_seconds()
    heard = f"{silent:.0f} s sedan"
    return (
        node.name,
        f"{node.address or '-'} :{node.udp_port}",
        str(node.pid),
        node.core,
        str(rooms),
        str(node.peers),
        f"{node.late_ms:.1f} ms".replace(".", ","),
        f"TYST, {heard}" if silent > MISSED_BEATS * HEARTBEAT_SECONDS else heard,
    )
