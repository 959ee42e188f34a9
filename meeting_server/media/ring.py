"""The last packets of a slot, for retransmission; one ring for all its receivers."""

SIZE = 1024
"""About three seconds of a 720p picture and twenty of sound. A power of two."""


class Ring:
    """Packets by the slot's own sequence number."""

    def __init__(self) -> None:
        self._packets: list[tuple[int, bytes] | None] = [None] * SIZE

    def keep(self, sequence: int, packet: bytes) -> None:
        """Remember the packet, forgetting the one SIZE numbers earlier."""
        self._packets[sequence & (SIZE - 1)] = (sequence, packet)

    def find(self, sequence: int) -> bytes | None:
        """The packet with exactly this number, if it is still here."""
        found = self._packets[sequence & (SIZE - 1)]
        return found[1] if found is not None and found[0] == sequence else None
