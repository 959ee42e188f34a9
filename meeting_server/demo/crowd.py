"""Starts and stops the process of the simulated members, from the server's side.

Apart from it, because the server needs none of what they do: no codecs, no media plane.
"""

from __future__ import annotations

import asyncio
import contextlib
import sys
from collections.abc import Sequence

STOP_SECONDS = 5.0


class SimulatedMembers:
    """Those who take part now; url: of the server."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._count = 0
        self._process: asyncio.subprocess.Process | None = None

    @property
    def running(self) -> int:
        """How many there are now."""
        return self._count if self._process is not None and self._process.returncode is None else 0

    async def show(self, meeting: str, persons: Sequence[str]) -> int:
        """Let exactly these persons take part in this meeting; nobody if there are none."""
        await self.stop()
        if persons:
            command = [sys.executable, "-m", "meeting_server.demo.simulated", "--url", self._url]
            command += ["--meeting", meeting, *persons]
            self._process = await asyncio.create_subprocess_exec(
                *command, stdin=asyncio.subprocess.PIPE, start_new_session=True
            )
            self._count = len(persons)
        return self.running

    async def stop(self) -> None:
        """Send all of them home."""
        process, self._process = self._process, None
        if process is None:
            return
        if process.stdin is not None:
            process.stdin.close()
        try:
            await asyncio.wait_for(process.wait(), STOP_SECONDS)
        except TimeoutError:
            with contextlib.suppress(ProcessLookupError):
                process.kill()
            await process.wait()
