"""Sends one packet to many receivers: patch, encrypt and one sendmmsg for all, without a compiler.

The system call is reached through cffi's ABI mode. Everything is written into memory that is allocated once;
one table serves the whole process, because sending is finished before the next packet is looked at. What is
the same for every receiver is written for all of them at once by numpy; per receiver only the encryption is
left.
"""

from __future__ import annotations

import errno
import logging
import socket
import struct
from collections import Counter
from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
from cffi import FFI

from meeting_server.media.addresses import mapped
from meeting_server.media.aiortc_seam import SRTP_OK, srtp_ffi, srtp_protect
from meeting_server.media.port import Address

log = logging.getLogger(__name__)

ROWS = 256
"""Datagrams per system call; more receivers take several calls."""
ROW_BYTES = 1664
MAX_PACKET = ROW_BYTES - 144
"""Room for SRTP's trailer must remain (16 bytes of tag and 128 of key index at most)."""
_DONT_WAIT = 0x40

_libc_ffi = FFI()
_libc_ffi.cdef("""
struct iovec { void *base; size_t length; };
struct msghdr { void *name; unsigned int name_length; struct iovec *vector; size_t vectors;
                void *control; size_t control_length; int flags; };
struct mmsghdr { struct msghdr header; unsigned int sent; };
int sendmmsg(int fd, struct mmsghdr *messages, unsigned int count, int flags);
""")


class Row(NamedTuple):
    """One receiver of one slot. shift: what is added to the slot's sequence numbers.

    time_shift: what is added to its time stamps, for one who has come from another slot. srtp: its context
    for sending, owned by the connection, which must outlive the row.
    """

    shift: int
    ssrc: int
    srtp: Any
    address: bytes
    time_shift: int = 0


def socket_address(address: Address, family: int) -> bytes:
    """What a socket of the family takes: sockaddr_in, 16 bytes, or sockaddr_in6, 28. Raises OSError."""
    host, port = address
    if family == socket.AF_INET6:
        # Without flow and scope: nobody link-local is sent to.
        return struct.pack("=H", family) + struct.pack(
            "!H4x16s4x", port, socket.inet_pton(family, mapped(host))
        )
    return struct.pack("=H", family) + struct.pack("!H4s8x", port, socket.inet_aton(host))


class _Part:
    """At most ROWS receivers: their addresses, their contexts, and the table's memory as arrays of them."""

    def __init__(self, table: SendTable, rows: Sequence[Row]) -> None:
        count = len(rows)
        self.count = count
        self.contexts = [row.srtp for row in rows]
        self.packets = table.packets[:count]
        self.lengths = table.lengths[:count]
        self.shifts = np.array([row.shift & 0xFFFF for row in rows], np.uint16)
        self.sources = np.array([row.ssrc for row in rows], ">u4")
        later = [row.time_shift & 0xFFFFFFFF for row in rows]
        self.time_shifts = np.array(later, np.uint32) if any(later) else None
        self.names = _libc_ffi.from_buffer(bytearray(b"".join(row.address for row in rows)))
        self.messages: Any = _libc_ffi.new("struct mmsghdr[]", count)
        at = 0
        for index, row in enumerate(rows):
            header = self.messages[index].header
            header.name, header.name_length = self.names + at, len(row.address)
            header.vector = table.vectors + index
            header.vectors = 1
            at += len(row.address)
        self.payloads = table.payloads[:count]
        self.sequence_fields = table.sequence_fields[:count]
        self.source_fields = table.source_fields[:count]
        self.time_fields = table.time_fields[:count]
        self.sizes = table.sizes[:count]


class Batch:
    """The receivers of one slot, ready to be sent to; made anew when one comes, goes or moves."""

    def __init__(self, table: SendTable, rows: Sequence[Row]) -> None:
        self.parts = [_Part(table, rows[start : start + ROWS]) for start in range(0, len(rows), ROWS)]


class SendTable:
    """The memory of sendmmsg. counts: packets sent, and those that were not, by cause."""

    def __init__(self, fileno: int) -> None:
        self.counts: Counter[str] = Counter()
        self._fileno = fileno
        self._libc: Any = _libc_ffi.dlopen(None)
        memory: Any = _libc_ffi.new("unsigned char[]", ROWS * ROW_BYTES)
        self._memory = memory
        self.vectors: Any = _libc_ffi.new("struct iovec[]", ROWS)
        start = int(_libc_ffi.cast("uintptr_t", memory))
        lengths = int(_libc_ffi.cast("uintptr_t", self.vectors)) + 8
        size = _libc_ffi.sizeof("struct iovec")
        for index in range(ROWS):
            self.vectors[index].base = memory + index * ROW_BYTES
        # For srtp_protect. It reads and writes an int where the kernel reads a size_t. They are the same
        # place: the machine is little-endian and the upper half stays zero, so no length need be copied.
        self.packets = [srtp_ffi.cast("void *", start + index * ROW_BYTES) for index in range(ROWS)]
        self.lengths = [srtp_ffi.cast("int *", lengths + index * size) for index in range(ROWS)]
        # The same memory once more, as columns of all rows.
        octets = memoryview(_libc_ffi.buffer(memory))
        self.payloads = np.frombuffer(octets, np.uint8).reshape(ROWS, ROW_BYTES)
        self.sequence_fields = np.ndarray((ROWS,), ">u2", octets, 2, (ROW_BYTES,))
        self.time_fields = np.ndarray((ROWS,), ">u4", octets, 4, (ROW_BYTES,))
        self.source_fields = np.ndarray((ROWS,), ">u4", octets, 8, (ROW_BYTES,))
        self.sizes = np.ndarray((ROWS,), np.uint64, memoryview(_libc_ffi.buffer(self.vectors)), 8, (size,))

    def batch(self, rows: Sequence[Row]) -> Batch:
        """The receivers, ready to be sent to. Their contexts must outlive it."""
        return Batch(self, rows)

    def send(self, packet: bytes | bytearray, batch: Batch) -> None:
        """Send the packet to every row with its own SSRC and numbering."""
        size = len(packet)
        if size > MAX_PACKET:
            self.counts["too_long"] += 1
            return
        octets = np.frombuffer(packet, np.uint8)
        sequence = np.uint16(packet[2] << 8 | packet[3])
        for part in batch.parts:
            part.payloads[:, :size] = octets
            part.sequence_fields[:] = part.shifts + sequence
            part.source_fields[:] = part.sources
            if part.time_shifts is not None:
                part.time_fields[:] = part.time_shifts + np.uint32(int.from_bytes(packet[4:8], "big"))
            part.sizes[:] = size
            statuses = list(map(srtp_protect, part.contexts, part.packets, part.lengths))
            if any(statuses):
                self._flush_around(part, statuses)
            else:
                self._flush(part, 0, part.count)

    def _flush_around(self, part: _Part, statuses: Sequence[int]) -> None:
        """Send all but those that could not be encrypted."""
        start = 0
        for index, status in enumerate(statuses):
            if status != SRTP_OK:
                self.counts["protect_failed"] += 1
                self._flush(part, start, index)
                start = index + 1
        self._flush(part, start, part.count)

    def _flush(self, part: _Part, start: int, end: int) -> None:
        """Hand rows start..end-1 to the kernel."""
        while start < end:
            sent = self._libc.sendmmsg(self._fileno, part.messages + start, end - start, _DONT_WAIT)
            if sent > 0:
                self.counts["sent"] += sent
                start += sent
            elif _libc_ffi.errno in (errno.EAGAIN, errno.ENOBUFS):
                # The socket's buffer is full: these are late already, and retransmission covers some.
                self.counts["buffer_full"] += end - start
                return
            else:
                self.counts["bad_address"] += 1  # sendmmsg stops before it; the others must have theirs
                start += 1
