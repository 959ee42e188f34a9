"""The one UDP port: finds out which connection a datagram belongs to.

A STUN binding request names its connection and is believed when its MESSAGE-INTEGRITY is right; only then is
the address remembered. So nobody can draw another's packets to himself or feed an address he does not hold.
"""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import logging
import socket
import struct
import time
from collections import Counter
from collections.abc import Callable
from typing import Any, Protocol, cast

from meeting_server.media.addresses import mapped, plain

log = logging.getLogger(__name__)

Address = tuple[str, int]
"""Host and port. An IPv4 peer is the same whatever the socket: never in the form of an IPv6 address."""
BUFFER_BYTES = 8 << 20
"""Asked for; the kernel gives at most net.core.rmem_max and wmem_max."""
UNREAD_BYTES = 192 << 10
"""More than three speakers' pictures that come at once, and less than the smallest buffer; as the kernel
counts, with what it keeps about each: some 85 large datagrams, which wait for a fifth of a second at most."""
MAX_OPEN_CHECKS = 16
MAX_ADDRESSES = 16
"""Addresses one connection may be reached at in its life; a phone between two masts uses a few."""
_USERNAME, _MESSAGE_INTEGRITY = 0x0006, 0x0008
_SO_MEMINFO, _MEMINFO = 55, struct.Struct("9I")
"""include/uapi/asm-generic/socket.h and linux/sock_diag.h: what waits comes first, what was dropped last."""
_REQUEST, _RESPONSE = b"\x00\x01", b"\x01\x01"


class Receiver(Protocol):
    """What aioice puts on a UDP transport."""

    def datagram_received(self, data: bytes, addr: tuple[Any, ...]) -> None: ...
    def connection_lost(self, exc: Exception | None) -> None: ...


class Port(asyncio.DatagramProtocol):
    """The socket and the two tables: ICE user name to place, address to place. family: the socket's."""

    def __init__(self) -> None:
        self.counts: Counter[str] = Counter()
        self.family = socket.AF_INET
        self._by_name: dict[str, Place] = {}
        self._by_address: dict[Address, Place] = {}
        self._dropped = 0
        self._transport: asyncio.DatagramTransport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Take the socket; its buffers are made as large as the kernel allows."""
        self._transport = cast(asyncio.DatagramTransport, transport)  # uvloop's is no subclass of it
        handle = transport.get_extra_info("socket")
        self.family = socket.AddressFamily(handle.family)
        for option in (socket.SO_SNDBUF, socket.SO_RCVBUF):
            handle.setsockopt(socket.SOL_SOCKET, option, BUFFER_BYTES)

    @property
    def fileno(self) -> int:
        """File descriptor of the socket, for sendmmsg."""
        assert self._transport is not None
        return int(self._transport.get_extra_info("socket").fileno())

    @property
    def host(self) -> str:
        """The address that is bound, `::` or `0.0.0.0` for all."""
        assert self._transport is not None
        return str(self._transport.get_extra_info("sockname")[0])

    @property
    def number(self) -> int:
        """The UDP port number."""
        assert self._transport is not None
        return int(self._transport.get_extra_info("sockname")[1])

    @property
    def sizes(self) -> tuple[int, int]:
        """Entries by name and by address; both are 0 when nobody is connected."""
        return len(self._by_name), len(self._by_address)

    def is_behind(self) -> bool:
        """Whether datagrams come faster than they are read: too many wait, or the kernel has thrown some away
        since the last call. False on a kernel that does not tell (Linux does since 4.12).
        """
        waiting, dropped = self._unread()
        has_dropped, self._dropped = dropped != self._dropped, dropped
        return has_dropped or waiting > UNREAD_BYTES

    def waiting(self) -> int:
        """Octets that wait unread, with what the kernel keeps about them."""
        return self._unread()[0]

    def _unread(self) -> tuple[int, int]:
        """What waits, and how many datagrams have been dropped since the socket was opened."""
        assert self._transport is not None
        handle = self._transport.get_extra_info("socket")
        try:
            told = handle.getsockopt(socket.SOL_SOCKET, _SO_MEMINFO, _MEMINFO.size)
            waiting, *_, dropped = _MEMINFO.unpack(told)
        except (OSError, struct.error):
            return 0, 0
        return waiting, dropped

    def close(self) -> None:
        """Close the socket."""
        if self._transport is not None:
            self._transport.close()

    def send(self, data: bytes, address: Address) -> None:
        """Send one datagram; one that cannot be sent is counted and lost, as UDP may."""
        assert self._transport is not None
        try:
            if self.family == socket.AF_INET6:
                address = (mapped(address[0]), address[1])
            self._transport.sendto(data, address)
        except OSError:
            self.counts["send_failed"] += 1

    def datagram_received(self, data: bytes, addr: tuple[Any, ...]) -> None:
        """Route one datagram. Never raises: an exception here would cost everybody a packet."""
        address: Address = (plain(addr[0]), addr[1])
        place = self._by_address.get(address)
        try:
            if data[:2] == _REQUEST:
                place = self._checked(data, address, place)
            if place is None:
                self.counts["unknown_address"] += 1
            else:
                place.receive(data, address)
        except Exception:
            self.counts["receive_failed"] += 1
            if self.counts["receive_failed"] <= 20:
                log.exception("a datagram could not be handled")

    def error_received(self, exc: Exception) -> None:
        """Count an ICMP error; a peer that is gone is found by its silence."""
        self.counts["icmp"] += 1

    def _checked(self, data: bytes, address: Address, known: Place | None) -> Place | None:
        """The place a binding request belongs to. It goes before the address: an address can be reused."""
        name = read_username(data)
        place = self._by_name.get(name.partition(":")[0]) if name else None
        if place is None or place is known:
            return place
        if not has_integrity(data, place.password):
            self.counts["false_request"] += 1
            return None
        if known is not None:
            self.counts["moved"] += 1
        self._by_address[address] = place
        return place

    def enter(self, place: Place) -> None:
        """Make a place known by its ICE user name."""
        self._by_name[place.name] = place

    def drop(self, place: Place) -> bool:
        """Forget the place and every address of it. Returns whether it was known."""
        if self._by_name.pop(place.name, None) is None:
            return False
        for address in [each for each, owner in self._by_address.items() if owner is place]:
            del self._by_address[address]
        return True


class Place:
    """One connection's share of the port, shaped like an asyncio DatagramTransport for aioice.

    name, password: the local ICE credentials. receiver: gets STUN and DTLS. on_media: gets SRTP and SRTCP as
    they came, with the address. heard_at: when any datagram came last (time.monotonic). round_trip: of the
    last STUN check, in seconds. answered: the addresses that have answered a check of ours.
    """

    def __init__(
        self,
        port: Port,
        name: str,
        password: str,
        receiver: Receiver,
        on_media: Callable[[bytes, Address], None],
    ) -> None:
        self.name = name
        self.password = password.encode()
        self.heard_at = time.monotonic()
        self.round_trip: float | None = None
        self.answered: set[Address] = set()
        self._port = port
        self._receiver: Receiver | None = receiver
        self._on_media: Callable[[bytes, Address], None] | None = on_media
        self._checks: dict[bytes, float] = {}
        port.enter(self)

    def receive(self, data: bytes, address: Address) -> None:
        """Pass on by the first byte (RFC 7983): 128..191 is SRTP, the rest is STUN and DTLS."""
        self.heard_at = time.monotonic()
        if 127 < data[0] < 192:
            if self._on_media is not None:
                self._on_media(data, address)
            return
        if data[:2] == _RESPONSE:
            sent_at = self._checks.pop(data[8:20], None)
            if sent_at is not None:
                self.round_trip = self.heard_at - sent_at
                if len(self.answered) < MAX_ADDRESSES:
                    self.answered.add(address)
        if self._receiver is not None:
            self._receiver.datagram_received(data, address)

    def sendto(self, data: bytes, addr: Address) -> None:
        """Send for aioice. Our own checks are timed."""
        if data[:2] == _REQUEST:
            if len(self._checks) >= MAX_OPEN_CHECKS:
                self._checks.clear()
            self._checks[bytes(data[8:20])] = time.monotonic()
        self._port.send(data, addr)

    def get_extra_info(self, name: str, default: Any = None) -> Any:
        """Nothing is told about the shared socket."""
        return default

    def close(self) -> None:
        """Leave the port. aioice waits for connection_lost, which must come in a later turn of the loop."""
        receiver, self._receiver, self._on_media = self._receiver, None, None
        if self._port.drop(self) and receiver is not None:
            asyncio.get_running_loop().call_soon(receiver.connection_lost, None)


def _attribute(data: bytes, wanted: int) -> tuple[int, int] | None:
    """Where the value of a STUN attribute starts and ends (RFC 8489 14)."""
    at = 20
    while at + 4 <= len(data):
        kind, size = struct.unpack_from("!HH", data, at)
        if kind == wanted and at + 4 + size <= len(data):
            return at + 4, at + 4 + size
        at += 4 + size + (-size & 3)
    return None


def read_username(data: bytes) -> str:
    """USERNAME of a STUN message, or an empty string."""
    found = _attribute(data, _USERNAME)
    return data[found[0] : found[1]].decode("ascii", "replace") if found else ""


def has_integrity(data: bytes, password: bytes) -> bool:
    """Whether MESSAGE-INTEGRITY is there and right (RFC 8489 14.5)."""
    found = _attribute(data, _MESSAGE_INTEGRITY)
    if found is None or found[1] - found[0] != 20:
        return False
    start, end = found
    signed = data[:2] + struct.pack("!H", end - 20) + data[4 : start - 4]
    return hmac.compare_digest(hmac.new(password, signed, hashlib.sha1).digest(), data[start:end])
