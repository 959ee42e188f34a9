"""Packets of one picture that are sent together: they wait for the last of them, which nobody can do without.

A receiver shows a picture when all of it is there, so the first packets lose nothing by waiting. Pure.
"""

from __future__ import annotations

from meeting_server.media.fanout import MAX_PACKET, SEGMENTS

MOST_PADDING = 32
"""Bytes added to a packet so that it is as long as the others. Chromium's differ by one, others' by a few."""


class Train:
    """The packets that wait. since: when the first of them came."""

    def __init__(self) -> None:
        self._packets: list[bytearray] = []
        self.since = 0.0

    def __len__(self) -> int:
        return len(self._packets)

    def takes(self, packet: bytearray) -> bool:
        """Whether this one, which `may_wait`, may go with those that wait: of the same picture, and about as
        long; only the last may be shorter.
        """
        if not self._packets:
            return True
        if len(self._packets) == SEGMENTS or packet[4:8] != self._packets[0][4:8]:
            return False
        longest = max(len(packet), *map(len, self._packets))
        return all(longest - len(each) <= MOST_PADDING for each in self._packets)

    def add(self, packet: bytearray, now: float) -> None:
        """Let it wait."""
        if not self._packets:
            self.since = now
        self._packets.append(packet)

    @property
    def is_whole(self) -> bool:
        """Whether there is nothing more to wait for: the end of a picture, or no more room."""
        return bool(self._packets) and (len(self._packets) == SEGMENTS or self._packets[-1][1] & 0x80 != 0)

    def has_waited(self, seconds: float, now: float) -> bool:
        """Whether the first has waited for so long: the end of its picture is lost, or very late."""
        return bool(self._packets) and now - self.since >= seconds

    @property
    def even(self) -> int:
        """Octets of each packet if all, the last too, can be made equally long; otherwise 0."""
        longest = max(map(len, self._packets), default=0)
        return longest if self._packets and longest - len(self._packets[-1]) <= MOST_PADDING else 0

    def leave(self, *, evenly: bool = False) -> list[bytearray]:
        """Those that waited, made equally long with padding (RFC 3550 5.1), the last as it is if shorter.

        evenly: the last too; see `even`.
        """
        packets, self._packets = self._packets, []
        longest = max(map(len, packets), default=0)
        for packet in packets if evenly else packets[:-1]:
            _pad(packet, longest - len(packet))
        return packets


def may_wait(packet: bytearray) -> bool:
    """Whether it can be made longer: it has no padding yet, and is no longer than can be sent."""
    return not packet[0] & 0x20 and len(packet) <= MAX_PACKET


def _pad(packet: bytearray, octets: int) -> None:
    if octets > 0:
        packet[0] |= 0x20
        packet += bytes(octets - 1)
        packet.append(octets)
