"""A UDP relay that is a bad network: it loses, delays, reorders and limits, each way by itself."""

from __future__ import annotations

import asyncio
import random
from collections import Counter
from dataclasses import dataclass
from typing import Any, Literal, cast

Address = tuple[str, int]
Way = Literal["up", "down"]
QUEUE_SECONDS = 0.3
"""How much a limited line queues before it drops, as a home router does."""


@dataclass(slots=True)
class Line:
    """One direction. loss: share of datagrams lost, 0..1. delay: seconds. jitter: seconds that some datagrams
    are later than others, so that they are overtaken. kbit: what the line takes in a second, None for all.
    """

    loss: float = 0.0
    delay: float = 0.0
    jitter: float = 0.0
    kbit: float | None = None
    is_cut: bool = False
    free_at: float = 0.0


class Relay(asyncio.DatagramProtocol):
    """Stands at `here` and passes on to `there` and back; each client address gets a socket of its own."""

    def __init__(self, there: Address, seed: int = 1) -> None:
        self.there = there
        self.lines: dict[Way, Line] = {"up": Line(), "down": Line()}
        self.counts: Counter[str] = Counter()
        self._chance = random.Random(seed)
        self._front: asyncio.DatagramTransport | None = None
        self._clients: dict[Address, _Client] = {}

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._front = cast(asyncio.DatagramTransport, transport)

    def datagram_received(self, data: bytes, addr: tuple[Any, ...]) -> None:
        client = (addr[0], addr[1])
        known = self._clients.get(client)
        if known is None:
            known = self._clients[client] = _Client(self, client)
        self._pass("up", data, known.up)

    def came_back(self, client: Address, data: bytes) -> None:
        """From the server, for a client."""
        if self._front is not None:
            front = self._front
            self._pass("down", data, lambda each: front.sendto(each, client))

    def _pass(self, way: Way, data: bytes, send: Any) -> None:
        line, loop = self.lines[way], asyncio.get_running_loop()
        self.counts[way] += 1
        if line.is_cut or self._chance.random() < line.loss:
            self.counts[f"{way} lost"] += 1
            return
        wait = line.delay + self._chance.random() * line.jitter
        if line.kbit is not None:
            now = loop.time()
            starts = max(now, line.free_at)
            if starts - now > QUEUE_SECONDS:
                self.counts[f"{way} dropped"] += 1
                return
            line.free_at = starts + (len(data) + 28) * 8 / (line.kbit * 1000)
            wait += line.free_at - now
        loop.call_later(wait, send, data) if wait > 0 else send(data)

    def change(self, way: Way | None = None, **what: Any) -> None:
        """Make one direction another, or both."""
        for line in self.lines.values() if way is None else (self.lines[way],):
            for name, value in what.items():
                setattr(line, name, value)

    def rebind(self) -> None:
        """Give every client a new address towards the server, as a router does that has forgotten it."""
        for client in self._clients.values():
            client.close()
        self._clients.clear()

    async def close(self) -> None:
        """Leave every port."""
        self.rebind()
        if self._front is not None:
            self._front.close()
        await asyncio.sleep(0)


class _Client(asyncio.DatagramProtocol):
    """One client's own socket towards the server."""

    def __init__(self, relay: Relay, client: Address) -> None:
        self.relay = relay
        self.client = client
        self._waiting: list[bytes] = []
        self._transport: asyncio.DatagramTransport | None = None
        self._is_closed = False
        loop = asyncio.get_running_loop()
        self._opening = loop.create_task(
            loop.create_datagram_endpoint(lambda: self, remote_addr=self.relay.there)
        )

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast(asyncio.DatagramTransport, transport)
        if self._is_closed:
            self._transport.close()
        for each in self._waiting:
            self._transport.sendto(each)
        self._waiting.clear()

    def up(self, data: bytes) -> None:
        """To the server."""
        if self._transport is None:
            self._waiting.append(data)
        elif not self._is_closed:
            self._transport.sendto(data)

    def datagram_received(self, data: bytes, addr: tuple[Any, ...]) -> None:
        if not self._is_closed:
            self.relay.came_back(self.client, data)

    def error_received(self, exc: Exception) -> None:
        self.relay.counts["icmp"] += 1

    def close(self) -> None:
        self._is_closed = True
        if self._transport is not None:
            self._transport.close()
