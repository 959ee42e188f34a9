"""Reads many datagrams in one system call (recvmmsg): a load must cost less than what it measures."""

from __future__ import annotations

import socket
from collections.abc import Callable
from typing import Any

from cffi import FFI

ROWS = 64
ROW_BYTES = 2048
_WORDS = 16
"""32-bit words of a struct mmsghdr on 64-bit Linux; the length received is the fifteenth."""

_ffi = FFI()
_ffi.cdef("""
struct iovec { void *base; size_t length; };
struct msghdr { void *name; unsigned int name_length; struct iovec *vector; size_t vectors;
                void *control; size_t control_length; int flags; };
struct mmsghdr { struct msghdr header; unsigned int received; };
int recvmmsg(int fd, struct mmsghdr *messages, unsigned int count, int flags, void *timeout);
""")


class BatchReader:
    """The memory of recvmmsg, for any number of sockets in turn."""

    def __init__(self) -> None:
        self._libc: Any = _ffi.dlopen(None)
        self._messages: Any = _ffi.new("struct mmsghdr[]", ROWS)
        self._vectors: Any = _ffi.new("struct iovec[]", ROWS)
        self._memory: Any = _ffi.new("unsigned char[]", ROWS * ROW_BYTES)
        for index in range(ROWS):
            self._vectors[index].base = self._memory + index * ROW_BYTES
            self._vectors[index].length = ROW_BYTES
            self._messages[index].header.vector = self._vectors + index
            self._messages[index].header.vectors = 1
        view = memoryview(_ffi.buffer(self._memory))
        self._rows = [view[start : start + ROW_BYTES] for start in range(0, ROWS * ROW_BYTES, ROW_BYTES)]
        self._sizes = memoryview(_ffi.buffer(self._messages)).cast("B").cast("I")

    def read(
        self,
        fileno: int,
        on_media: Callable[[memoryview, int, int, int], None],
        on_other: Callable[[bytes], None],
    ) -> None:
        """Hand over everything on the socket: RTP as (bytes, sequence, SSRC, size), the rest as it is."""
        while True:
            count = self._libc.recvmmsg(fileno, self._messages, ROWS, socket.MSG_DONTWAIT, _ffi.NULL)
            for index in range(count):
                row, size = self._rows[index], self._sizes[_WORDS * index + 14]
                if 127 < row[0] < 192 and not 191 < row[1] < 224:
                    sequence = (row[2] << 8) | row[3]
                    on_media(row, sequence, int.from_bytes(row[8:12], "big"), size)
                elif size:
                    on_other(bytes(row[:size]))
            if count < ROWS:
                return
