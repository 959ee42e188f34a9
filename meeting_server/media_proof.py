"""How the core and a media process on another host find each other and prove that they share a secret.

Before the first message of the protocol, and in so many bytes that nothing need be read from a stranger:
the media process sends 32 random bytes, the core answers with 32 of its own and its proof, and gets the
other proof back. The secret itself never travels, and what is recorded once proves nothing the next time.
"""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import secrets
from pathlib import Path

RANDOM_BYTES = 32
PROOF_BYTES = 32
LEAST_SECRET = 32
"""Bytes, without the line end: fewer can be guessed by whoever has recorded a proof."""
PROOF_SECONDS = 5.0
"""A stranger who says nothing is shown out after this."""


class NotProven(Exception):
    """The other end does not know the secret, or hung up before it had shown it; says which."""


def read_secret(path: Path) -> bytes:
    """The secret in a file, without white space around it. Raises ValueError for a short one, OSError."""
    secret = path.read_bytes().strip()
    if len(secret) < LEAST_SECRET:
        raise ValueError(f"{str(path)!r} har färre än {LEAST_SECRET} byte")
    return secret


async def admit(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, secret: bytes) -> None:
    """The media process's side. Returns when the core has proven itself; raises NotProven."""
    ours = secrets.token_bytes(RANDOM_BYTES)
    writer.write(ours)
    theirs = await _read(reader, RANDOM_BYTES)
    if not hmac.compare_digest(await _read(reader, PROOF_BYTES), _proof(secret, "core", ours, theirs)):
        raise NotProven("wrong secret")
    writer.write(_proof(secret, "media", theirs, ours))


async def present(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, secret: bytes) -> None:
    """The core's side. Returns when each has proven itself to the other; raises NotProven."""
    theirs, ours = await _read(reader, RANDOM_BYTES), secrets.token_bytes(RANDOM_BYTES)
    writer.write(ours + _proof(secret, "core", theirs, ours))
    if not hmac.compare_digest(await _read(reader, PROOF_BYTES), _proof(secret, "media", ours, theirs)):
        raise NotProven("wrong secret")


async def _read(reader: asyncio.StreamReader, count: int) -> bytes:
    try:
        async with asyncio.timeout(PROOF_SECONDS):
            return await reader.readexactly(count)
    except asyncio.IncompleteReadError:
        raise NotProven("hung up") from None
    except TimeoutError:
        raise NotProven("silent") from None
    except OSError as error:
        raise NotProven(str(error)) from None


def _proof(secret: bytes, side: str, asked: bytes, own: bytes) -> bytes:
    """The sides differ, so that a proof cannot be sent back to whoever made it."""
    return hmac.digest(secret, f"klubban media {side} ".encode() + asked + own, hashlib.sha256)


def host_and_port(text: str) -> tuple[str, int]:
    """The parts of `host:port` or `[IPv6 address]:port`. Raises ValueError."""
    host, colon, port = text.rpartition(":")
    if host.startswith("[") and host.endswith("]"):
        host = host[1:-1]
    elif ":" in host:
        raise ValueError(f"en IPv6-adress står inom hakparentes som i [::1]:7000, inte {text!r}")
    if not (host and colon and port.isascii() and port.isdigit() and 0 <= int(port) <= 65535):
        raise ValueError(f"ska vara värd:port, inte {text!r}")
    return host, int(port)
