"""A listener that costs little: real ICE, DTLS and SRTP by aiortc, then a reader that only counts."""

from __future__ import annotations

import asyncio
import os
import random
import socket
from typing import Any

import pylibsrtp

from meeting_server.media import rtcp
from tests.media.member import Ear, Member

SAMPLE = 211
"""One packet in so many is really decrypted, as a check."""


class Listener(Member):
    """Counts what it is sent. bad: sampled packets that could not be decrypted."""

    def __init__(self, ear: Ear, room: str, name: str) -> None:
        super().__init__(ear, room, name)
        self.packets = self.octets = self.good = self.bad = 0
        self._socket: socket.socket | None = None
        self._receiver: Any = None
        self._remote: Any = None
        self._reports: asyncio.Task[None] | None = None
        self._seen: dict[int, int] = {}

    def count_only(self) -> None:
        """From now on read the socket past aiortc; STUN still goes to it."""
        pair = self._dtls.transport._connection._nominated[1]
        self._receiver, self._remote = pair.protocol, pair.remote_addr
        handle = pair.protocol.transport.get_extra_info("socket")
        handle.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4 << 20)
        loop = asyncio.get_running_loop()
        loop._remove_reader(handle.fileno())  # type: ignore[attr-defined]
        self._socket = socket.socket(fileno=os.dup(handle.fileno()))
        self._socket.setblocking(False)
        loop.add_reader(self._socket.fileno(), self._read)
        self._reports = asyncio.create_task(self._report())

    def _read(self) -> None:
        assert self._socket is not None
        for _ in range(64):
            try:
                data, address = self._socket.recvfrom(2048)
            except OSError:
                return
            if not 127 < data[0] < 192:
                self._receiver.datagram_received(data, address)
            elif not rtcp.is_rtcp(data):
                self._count(data)

    def _count(self, data: bytes) -> None:
        self.packets += 1
        self.octets += len(data)
        if self.packets % SAMPLE == 0:
            self._seen[int.from_bytes(data[8:12], "big")] = int.from_bytes(data[2:4], "big")
            try:
                self._dtls._rx_srtp.unprotect(data)
                self.good += 1
            except pylibsrtp.Error:
                self.bad += 1

    async def _report(self) -> None:
        """A receiver report about once a second, as a browser sends it."""
        assert self._socket is not None
        while True:
            await asyncio.sleep(0.5 + random.random())
            blocks = [rtcp.ReportBlock(ssrc, 0, 0, top, 1, 0, 0) for ssrc, top in self._seen.items()]
            packet = self._dtls._tx_srtp.protect_rtcp(rtcp.receiver_report(7, blocks))
            self._socket.sendto(packet, self._remote)

    async def leave(self) -> None:
        """Stop reading and hang up."""
        if self._reports is not None:
            self._reports.cancel()
        if self._socket is not None:
            asyncio.get_running_loop().remove_reader(self._socket.fileno())
            self._socket.close()
            self._socket = None
        await super().leave()
