"""Where cores come in: a Unix socket for this user, or TCP for one on another host that knows the secret."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import os
import socket
import ssl
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

from meeting_server import media_proof
from meeting_server import media_protocol as mp

log = logging.getLogger(__name__)

Serve: TypeAlias = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]

MOST_STRANGERS = 16
"""Connections at the same time that have not proven themselves; more are shut at once."""
UNANSWERED_MS = 10_000
"""A core whose host has vanished is given up after this; TCP by itself would wait a quarter of an hour."""


@dataclass(frozen=True, slots=True)
class Doors:
    """What to listen on. socket: a path, or None. listen: `host:port` or `[address]:port`, or empty.

    secret_file: needed with listen. certificate, key: PEM files; with them the line is TLS.
    """

    socket: Path | None = None
    listen: str = ""
    secret_file: Path | None = None
    certificate: Path | None = None
    key: Path | None = None

    @asynccontextmanager
    async def opened(self, serve: Serve) -> AsyncIterator[None]:
        """Listen as long as the context lasts. Raises SystemExit with one line that says what is wrong."""
        async with AsyncExitStack() as stack:
            if self.socket is not None:
                server = await _open_socket(self.socket, serve)
                stack.callback(_forget, self.socket)
                stack.callback(server.close)
            if self.listen:
                stack.callback((await self._open_tcp(serve)).close)
            yield

    async def _open_tcp(self, serve: Serve) -> asyncio.AbstractServer:
        if self.secret_file is None:
            raise SystemExit("media: --listen needs --secret-file")
        try:
            host, port = media_proof.host_and_port(self.listen)
            secret = media_proof.read_secret(self.secret_file)
            guard = _Guard(secret, serve)
            return await asyncio.start_server(
                guard.meet, host, port, limit=mp.MAX_LINE_BYTES, ssl=self._tls(), reuse_address=True
            )
        except (OSError, ValueError) as error:  # ssl.SSLError is an OSError
            raise SystemExit(f"media: TCP {self.listen}: {error}") from None

    def _tls(self) -> ssl.SSLContext | None:
        if self.certificate is None:
            return None
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(self.certificate, self.key)
        return context


class _Guard:
    """Lets in whoever proves that they know the secret; what the others send is never read as a message."""

    def __init__(self, secret: bytes, serve: Serve) -> None:
        self._secret = secret
        self._serve = serve
        self._strangers = 0

    async def meet(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Serve this connection, or refuse it and say so in the log."""
        caller = str(writer.get_extra_info("peername"))
        if self._strangers >= MOST_STRANGERS:
            writer.transport.abort()
            return
        self._strangers += 1
        try:
            await media_proof.admit(reader, writer, self._secret)
        except media_proof.NotProven as refused:
            log.error("a core at %s was refused: %s", caller, refused)
            writer.transport.abort()
            return
        finally:
            self._strangers -= 1
        line: socket.socket | None = writer.get_extra_info("socket")
        if line is not None:
            line.setsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT, UNANSWERED_MS)
        await self._serve(reader, writer)


async def _open_socket(path: Path, serve: Serve) -> asyncio.AbstractServer:
    """Open the Unix socket for this user only; a socket file that nobody answers on is replaced."""
    try:
        _, writer = await asyncio.open_unix_connection(path)
    except FileNotFoundError:
        pass
    except OSError:
        os.unlink(path)
    else:
        writer.close()
        raise SystemExit(f"another media process answers on {path}")
    former = os.umask(0o177)
    try:
        return await asyncio.start_unix_server(serve, path, limit=mp.MAX_LINE_BYTES)
    finally:
        os.umask(former)


def _forget(path: Path) -> None:
    with contextlib.suppress(FileNotFoundError):
        os.unlink(path)
