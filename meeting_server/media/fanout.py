"""Sends one packet to many receivers: patch, encrypt and one sendmmsg for all, without a compiler.

The system call is reached through cffi's ABI mode. Everything is written into memory that is allocated once;
one table serves the whole process, because sending is finished before the next packet is looked at.
"""

from __future__ import annotations

import errno
import logging
import socket
import struct
from collections import Counter
from collections.abc import Sequence
from typing import Any, NamedTuple

from cffi import FFI

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

    srtp: its context for sending, owned by the connection, which must outlive the row.
    """

    shift: int
    ssrc: int
    srtp: Any
    address: bytes


def socket_address(address: Address) -> bytes:
    """A sockaddr_in (16 bytes). Raises OSError when it is no IPv4 address."""
    return struct.pack("=H", socket.AF_INET) + struct.pack("!H4s8x", address[1], socket.inet_aton(address[0]))


class SendTable:
    """The memory of sendmmsg. counts: packets sent, and those that were not, by cause."""

    def __init__(self, fileno: int) -> None:
        self.counts: Counter[str] = Counter()
        self._fileno = fileno
        self._libc: Any = _libc_ffi.dlopen(None)
        self._messages: Any = _libc_ffi.new("struct mmsghdr[]", ROWS)
        self._vectors: Any = _libc_ffi.new("struct iovec[]", ROWS)
        self._payloads: Any = _libc_ffi.new("unsigned char[]", ROWS * ROW_BYTES)
        self._names: Any = _libc_ffi.new("unsigned char[]", ROWS * 16)
        self._bytes = memoryview(_libc_ffi.buffer(self._payloads))
        self._name_bytes = memoryview(_libc_ffi.buffer(self._names))
        self._named: Sequence[Row] | None = None
        self._named_from = 0
        start = int(_libc_ffi.cast("uintptr_t", self._payloads))
        vectors = int(_libc_ffi.cast("uintptr_t", self._vectors))
        size = _libc_ffi.sizeof("struct iovec")
        self._places = []
        for index in range(ROWS):
            offset = index * ROW_BYTES
            vector = self._vectors[index]
            vector.base = self._payloads + offset
            header = self._messages[index].header
            header.name = self._names + 16 * index
            header.name_length = 16
            header.vector = self._vectors + index
            header.vectors = 1
            # srtp_protect reads and writes an int where the kernel reads a size_t. They are the same place:
            # the machine is little-endian and the upper half stays zero, so no length need be copied.
            length = srtp_ffi.cast("int *", vectors + index * size + 8)
            self._places.append((offset, srtp_ffi.cast("void *", start + offset), length, vector))

    def send(self, packet: bytes | bytearray, rows: Sequence[Row]) -> None:
        """Send the packet to every row with its own SSRC and numbering.

        rows is remembered by identity: give a new list when a receiver comes or goes, never change one.
        """
        if len(packet) > MAX_PACKET:
            self.counts["too_long"] += 1
            return
        for start in range(0, len(rows), ROWS):
            self._send(packet, rows, start)

    def _send(self, packet: bytes | bytearray, rows: Sequence[Row], start: int) -> None:
        part = rows[start : start + ROWS] if len(rows) > ROWS else rows
        if rows is not self._named or start != self._named_from:
            self._name_bytes[: 16 * len(part)] = b"".join(row.address for row in part)
            self._named, self._named_from = rows, start
        size = len(packet)
        sequence, timestamp = struct.unpack_from("!HL", packet, 2)
        memory, pack, protect = self._bytes, struct.pack_into, srtp_protect
        index = done = 0
        for (shift, ssrc, srtp, _), (offset, pointer, length, vector) in zip(
            part, self._places, strict=False
        ):
            memory[offset : offset + size] = packet
            pack("!HLL", memory, offset + 2, (sequence + shift) & 0xFFFF, timestamp, ssrc)
            vector.length = size
            if protect(srtp, pointer, length) != SRTP_OK:
                self.counts["protect_failed"] += 1
                self._flush(done, index)
                done = index + 1
            index += 1
        self._flush(done, index)

    def _flush(self, start: int, end: int) -> None:
        """Hand rows start..end-1 to the kernel."""
        while start < end:
            sent = self._libc.sendmmsg(self._fileno, self._messages + start, end - start, _DONT_WAIT)
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
