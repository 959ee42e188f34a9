"""The organisation's seal: found in the files the settings name, or made at first use for a demonstration."""

from __future__ import annotations

import asyncio
from pathlib import Path

from meeting_server.config import BadSettings, Settings
from meeting_server.minutes import signing


class NoSeal(Exception):
    """No seal is configured, and this is not a demonstration."""


class Sealing:
    """Seals documents with the installation's key."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._seal: signing.Seal | None = None

    async def seal(self, pdf: bytes, organisation: str, reason: str) -> signing.Sealed:
        """The PDF with the seal set (PAdES). Raises NoSeal without one, SealUnreadable for a bad one."""
        if self._seal is None:
            self._seal = await asyncio.to_thread(self._load, organisation)
        return await signing.seal(pdf, self._seal, reason, self._settings.timestamp_url or None)

    def _load(self, organisation: str) -> signing.Seal:
        settings = self._settings
        if settings.seal_file is None:
            if not settings.demo:
                raise NoSeal
            folder = signing.make_demo_seal(settings.data_dir / "seal", organisation)
            return signing.load_seal(key_pem=folder / "seal-key.pem", cert_pem=folder / "seal-cert.pem")
        if settings.seal_certificate is not None:
            return signing.load_seal(key_pem=settings.seal_file, cert_pem=settings.seal_certificate)
        return signing.load_seal_pkcs12(settings.seal_file, _password(settings.seal_password_file))


def require_readable(settings: Settings) -> None:
    """Whether the seal that is configured can be used is known at start. Raises BadSettings."""
    if settings.seal_file is not None:
        try:
            Sealing(settings)._load("")
        except signing.SealUnreadable as problem:
            raise BadSettings([f"KLUBBAN_SEAL_FILE: {problem}"]) from None


def _password(path: Path | None) -> bytes | None:
    return path.read_bytes().strip() if path is not None else None
