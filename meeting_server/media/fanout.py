"""Sends one packet, or several of one picture, to many receivers: patch, encrypt and one sendmmsg for all,
without a compiler.

The system call is reached through cffi's ABI mode. Everything is written into memory that is allocated once;
one table serves the whole process, because sending is finished before the next packet is looked at. What is
the same for every receiver is written for all of them at once by numpy; per receiver only the encryption is
left. Several packets are handed to the kernel as one for each receiver (UDP_SEGMENT, udp(7)): it finds the
way and pays for the handling once, and parts them again as late as it can. A packet of sound may go along
with a picture, for those who are sent both.
"""

from __future__ import annotations

import errno
import logging
import socket
import struct
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
from cffi import FFI

from meeting_server.media.addresses import mapped
from meeting_server.media.aiortc_seam import SRTP_OK, srtp_ffi, srtp_protect
from meeting_server.media.port import Address

log = logging.getLogger(__name__)

ROWS = 256
"""Datagrams per system call; more receivers take several calls."""
SEGMENTS = 8
"""Packets of a picture sent as one at most: a larger one goes in pieces; no line gets all of it at once."""
ROW_BYTES = 1664
MAX_PACKET = ROW_BYTES - 144
"""Room for SRTP's trailer must remain (16 bytes of tag and 128 of key index at most)."""
_LAYERS = SEGMENTS + 1
"""And one of sound that goes along."""
_DONT_WAIT = 0x40
_UDP_SEGMENT = 103
"""linux/udp.h; Python has no name for it."""

_libc_ffi = FFI()
_libc_ffi.cdef("""
struct iovec { void *base; size_t length; };
struct msghdr { void *name; unsigned int name_length; struct iovec *vector; size_t vectors;
                void *control; size_t control_length; int flags; };
struct mmsghdr { struct msghdr header; unsigned int sent; };
int sendmmsg(int fd, struct mmsghdr *messages, unsigned int count, int flags);
struct segment { size_t length; int level; int type; unsigned short bytes; unsigned char rest[6]; };
""")
_CONTROL_BYTES = 18
"""Of a struct segment, as CMSG_LEN counts."""


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


class _Heads:
    """What of a packet differs between receivers: all of it is in the head. One row each."""

    def __init__(self, rows: Sequence[Row]) -> None:
        self._shifts = np.array([row.shift & 0xFFFF for row in rows], np.uint16)
        self._sources = np.array([row.ssrc for row in rows], ">u4")
        later = [row.time_shift & 0xFFFFFFFF for row in rows]
        self._time_shifts = np.array(later, np.uint32) if any(later) else None

    def write(self, packet: bytes | bytearray, layer: _Layer) -> None:
        """Write the packet for each of them."""
        size = len(packet)
        layer.payloads[:, :size] = np.frombuffer(packet, np.uint8)
        layer.sequence_fields[:] = self._shifts + np.uint16(packet[2] << 8 | packet[3])
        layer.source_fields[:] = self._sources
        if self._time_shifts is not None:
            stamp = np.uint32(int.from_bytes(packet[4:8], "big"))
            layer.time_fields[:] = self._time_shifts + stamp
        layer.sizes[:] = size


class _Riders:
    """Those of a part who are sent a packet of another batch along with its own, as they are in that."""

    def __init__(self, part: _Part, rows: Mapping[Any, Row]) -> None:
        found = [rows.get(each) for each in part.contexts]
        self.places = [place for place, row in enumerate(found) if row is not None]
        self.contexts = [part.contexts[place] for place in self.places]
        self.heads = _Heads([row or _NOBODY for row in found])
        self.counts = np.array([row is not None for row in found], np.uint64)


_NOBODY = Row(0, 0, None, b"")


class _Part:
    """At most ROWS receivers: their addresses, their contexts, and the table's memory as arrays of them.

    is_train: whether some of them are sent several packets as one.
    """

    def __init__(self, table: SendTable, rows: Sequence[Row]) -> None:
        count = len(rows)
        self.count = count
        self.contexts = [row.srtp for row in rows]
        self.is_train = False
        self._heads = _Heads(rows)
        self.names = _libc_ffi.from_buffer(bytearray(b"".join(row.address for row in rows)))
        self.messages: Any = _libc_ffi.new("struct mmsghdr[]", count)
        self.controls: Any = _libc_ffi.new("struct segment[]", count)
        at = 0
        for index, row in enumerate(rows):
            header, control = self.messages[index].header, self.controls[index]
            header.name, header.name_length = self.names + at, len(row.address)
            header.vector = table.vectors + index * _LAYERS
            header.control = self.controls + index
            control.length, control.level, control.type = _CONTROL_BYTES, socket.IPPROTO_UDP, _UDP_SEGMENT
            at += len(row.address)
        self._vectors = _column(self.messages, "struct mmsghdr", "header.vectors", np.uint64, count)
        self._control_lengths = _column(
            self.messages, "struct mmsghdr", "header.control_length", np.uint64, count
        )
        self._segment_bytes = _column(self.controls, "struct segment", "bytes", np.uint16, count)
        self._layers = [layer.first(count) for layer in table.layers]
        self._shape: tuple[int, _Riders | None] = (0, None)

    def write(
        self,
        packets: Sequence[bytes | bytearray],
        along: bytes | bytearray = b"",
        riders: _Riders | None = None,
    ) -> list[int]:
        """Write the packets for everybody, and what goes along for the riders, and encrypt them. Returns a
        status for each row, 0 where it went well.
        """
        self._take_shape(len(packets), riders)
        statuses: list[int] = []
        for packet, layer in zip(packets, self._layers, strict=False):
            self._heads.write(packet, layer)
            found = list(map(srtp_protect, self.contexts, layer.packets, layer.lengths))
            statuses = list(map(max, statuses, found)) if statuses and any(found) else statuses or found
        if riders is not None:
            layer = self._layers[len(packets)]
            riders.heads.write(along, layer)
            at, lengths = (map(each.__getitem__, riders.places) for each in (layer.packets, layer.lengths))
            found = list(map(srtp_protect, riders.contexts, at, lengths))
            if any(found):
                for place, status in zip(riders.places, found, strict=True):
                    statuses[place] = statuses[place] or status
        if self.is_train:
            self._segment_bytes[:] = self._layers[0].sizes
        return statuses

    def _take_shape(self, packets: int, riders: _Riders | None) -> None:
        """Let the kernel's table have so many packets in each row."""
        if self._shape == (packets, riders):
            return
        self._shape = (packets, riders)
        self._vectors[:] = packets if riders is None else riders.counts + np.uint64(packets)
        self.is_train = packets > 1 or riders is not None
        self._control_lengths[:] = _libc_ffi.sizeof("struct segment") if self.is_train else 0

    def packets_in(self, start: int, end: int) -> int:
        """How many packets rows start..end-1 are sent."""
        packets, riders = self._shape
        return (end - start) * packets + (0 if riders is None else int(riders.counts[start:end].sum()))


class Batch:
    """The receivers of one slot, ready to be sent to; made anew when one comes, goes or moves."""

    def __init__(self, table: SendTable, rows: Sequence[Row]) -> None:
        self.rows = rows
        self.parts = [_Part(table, rows[start : start + ROWS]) for start in range(0, len(rows), ROWS)]


class Pair:
    """The receivers of a picture and those of a sound that goes along with it, as long as both stay the same.

    rest: those who are sent the sound and not the picture.
    """

    def __init__(self, table: SendTable, picture: Batch, sound: Batch) -> None:
        self.batches = (picture, sound)
        heard = {row.srtp: row for row in sound.rows}
        self.riders = [_Riders(part, heard) for part in picture.parts]
        seen = {row.srtp for row in picture.rows}
        self.rest = table.batch([row for row in sound.rows if row.srtp not in seen])


class _Layer(NamedTuple):
    """The table's memory for one packet of each row, as columns of all rows.

    packets, lengths: for srtp_protect. It reads and writes an int where the kernel reads a size_t. They are
    the same place: the machine is little-endian and the upper half stays zero, so no length need be copied.
    """

    packets: list[Any]
    lengths: list[Any]
    payloads: npt.NDArray[np.uint8]
    sequence_fields: npt.NDArray[np.uint16]
    time_fields: npt.NDArray[np.uint32]
    source_fields: npt.NDArray[np.uint32]
    sizes: npt.NDArray[np.uint64]

    def first(self, count: int) -> _Layer:
        """Of so many rows."""
        return _Layer(
            self.packets[:count],
            self.lengths[:count],
            self.payloads[:count],
            self.sequence_fields[:count],
            self.time_fields[:count],
            self.source_fields[:count],
            self.sizes[:count],
        )


def _column(memory: Any, kind: str, field: str, form: type[np.generic], count: int) -> npt.NDArray[Any]:
    """One field of an array of structs."""
    at = _libc_ffi.offsetof(kind, *field.split("."))
    octets = memoryview(_libc_ffi.buffer(memory))
    return np.ndarray((count,), form, octets, at, (_libc_ffi.sizeof(kind),))


class SendTable:
    """The memory of sendmmsg. counts: packets sent, and those that were not, by cause.

    takes_trains: whether several packets can be handed over as one; not on every network device.
    """

    def __init__(self, fileno: int) -> None:
        self.counts: Counter[str] = Counter()
        self.takes_trains = True
        self._has_sent_train = False
        self._fileno = fileno
        self._libc: Any = _libc_ffi.dlopen(None)
        self._memory: Any = _libc_ffi.new("unsigned char[]", _LAYERS * ROWS * ROW_BYTES)
        self.vectors: Any = _libc_ffi.new("struct iovec[]", ROWS * _LAYERS)
        self._single: Any = _libc_ffi.new("struct mmsghdr *")
        self.layers = [self._layer(segment) for segment in range(_LAYERS)]

    def _layer(self, segment: int) -> _Layer:
        size = _libc_ffi.sizeof("struct iovec")
        start = segment * ROWS * ROW_BYTES
        for row in range(ROWS):
            self.vectors[row * _LAYERS + segment].base = self._memory + start + row * ROW_BYTES
        memory = int(_libc_ffi.cast("uintptr_t", self._memory)) + start
        lengths = int(_libc_ffi.cast("uintptr_t", self.vectors)) + segment * size + 8
        octets = memoryview(_libc_ffi.buffer(self._memory))[start : start + ROWS * ROW_BYTES]
        sizes = memoryview(_libc_ffi.buffer(self.vectors))
        return _Layer(
            [srtp_ffi.cast("void *", memory + row * ROW_BYTES) for row in range(ROWS)],
            [srtp_ffi.cast("int *", lengths + row * _LAYERS * size) for row in range(ROWS)],
            np.frombuffer(octets, np.uint8).reshape(ROWS, ROW_BYTES),
            np.ndarray((ROWS,), ">u2", octets, 2, (ROW_BYTES,)),
            np.ndarray((ROWS,), ">u4", octets, 4, (ROW_BYTES,)),
            np.ndarray((ROWS,), ">u4", octets, 8, (ROW_BYTES,)),
            np.ndarray((ROWS,), np.uint64, sizes, segment * size + 8, (_LAYERS * size,)),
        )

    def batch(self, rows: Sequence[Row]) -> Batch:
        """The receivers, ready to be sent to. Their contexts must outlive it."""
        return Batch(self, rows)

    def pair(self, picture: Batch, sound: Batch) -> Pair:
        """Both, ready for `send_along`."""
        return Pair(self, picture, sound)

    def send(self, packets: Sequence[bytes | bytearray], batch: Batch) -> None:
        """Send the packets to every row with its own SSRC and numbering.

        At most SEGMENTS; several must be of the same size, only the last may be smaller.
        """
        fitting = [packet for packet in packets if len(packet) <= MAX_PACKET]
        if len(fitting) < len(packets):
            self.counts["too_long"] += len(packets) - len(fitting)
        if not fitting:
            return
        for part in batch.parts:
            self._hand_over(part, part.write(fitting))

    def send_along(self, packets: Sequence[bytes | bytearray], sound: bytes | bytearray, pair: Pair) -> None:
        """Send the packets of a picture, and with them one of sound that is no longer than they are.

        At most SEGMENTS, of the same size, each at most MAX_PACKET long.
        """
        for part, riders in zip(pair.batches[0].parts, pair.riders, strict=True):
            self._hand_over(part, part.write(packets, sound, riders))
        self.send([sound], pair.rest)

    def _hand_over(self, part: _Part, statuses: Sequence[int]) -> None:
        """Hand all rows to the kernel but those that could not be encrypted."""
        start = 0
        if any(statuses):
            for index, status in enumerate(statuses):
                if status != SRTP_OK:
                    self.counts["protect_failed"] += part.packets_in(index, index + 1)
                    self._flush(part, start, index)
                    start = index + 1
        self._flush(part, start, part.count)

    def _flush(self, part: _Part, start: int, end: int) -> None:
        """Hand rows start..end-1 to the kernel."""
        while start < end:
            if part.is_train and not self.takes_trains:
                self._send_apart(part, start)
                start += 1
                continue
            sent = self._libc.sendmmsg(self._fileno, part.messages + start, end - start, _DONT_WAIT)
            if sent > 0:
                self.counts["sent"] += part.packets_in(start, start + sent)
                self._has_sent_train = self._has_sent_train or part.is_train
                start += sent
            elif _libc_ffi.errno in (errno.EAGAIN, errno.ENOBUFS):
                # The socket's buffer is full: these are late already, and retransmission covers some.
                self.counts["buffer_full"] += part.packets_in(start, end)
                return
            elif part.is_train:
                reason = errno.errorcode.get(_libc_ffi.errno, str(_libc_ffi.errno))
                if self._send_apart(part, start) and not self._has_sent_train:
                    log.warning("packets cannot be sent several as one (%s): one by one from now", reason)
                    self.takes_trains = False
                start += 1
            else:
                self.counts["bad_address"] += 1  # sendmmsg stops before it; the others must have theirs
                start += 1

    def _send_apart(self, part: _Part, row: int) -> bool:
        """Send one row's packets one by one; whether any could be sent."""
        train, single = part.messages[row].header, self._single.header
        single.name, single.name_length, single.vectors = train.name, train.name_length, 1
        has_sent = False
        for segment in range(train.vectors):
            single.vector = train.vector + segment
            if self._libc.sendmmsg(self._fileno, self._single, 1, _DONT_WAIT) > 0:
                self.counts["sent"] += 1
                has_sent = True
            elif _libc_ffi.errno in (errno.EAGAIN, errno.ENOBUFS):
                self.counts["buffer_full"] += 1
            else:
                self.counts["bad_address"] += 1
        return has_sent
