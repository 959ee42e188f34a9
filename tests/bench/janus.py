"""The same load for Janus (Debian's package) and its VideoRoom plug-in: three who talk, many who listen."""

from __future__ import annotations

import asyncio
import contextlib
import re
import secrets
import shutil
from pathlib import Path
from typing import Any

import aiohttp

from tests.bench.batch_reader import BatchReader
from tests.bench.light_peer import Identity, LightPeer
from tests.bench.stage import Talk

PORT = 21788
ROOM = 1234
PLUGIN = "janus.plugin.videoroom"
OPUS_LINES = "a=rtpmap:96 opus/48000/2\r\n"
VP8_LINES = (
    "a=rtpmap:97 VP8/90000\r\na=rtcp-fb:97 nack\r\na=rtcp-fb:97 nack pli\r\na=rtcp-fb:97 goog-remb\r\n"
)
CONFIGURATIONS = {
    "default (a thread for each)": "",
    "one event loop": "event_loops = 1",
    "two event loops": "event_loops = 2",
}
"""What is said in its section `general`; it recommends event loops where there are many connections."""


def is_here() -> bool:
    """Whether Janus is installed."""
    return shutil.which("janus") is not None


def _configure(folder: Path, host: str, general: str) -> None:
    unused = (each for each in _plugins("plugins").glob("*.so") if "videoroom" not in each.name)
    other = (each for each in _plugins("transports").glob("*.so") if "websockets" not in each.name)
    (folder / "janus.jcfg").write_text(f"""
        general: {{
            plugins_folder = "{_plugins("plugins")}"
            transports_folder = "{_plugins("transports")}"
            debug_level = 1
            {general}
        }}
        nat: {{ ice_enforce_list = "{host}" }}
        media: {{ ipv6 = false }}
        plugins: {{ disable = "{",".join(each.name for each in unused)}" }}
        transports: {{ disable = "{",".join(each.name for each in other)}" }}
        """)
    (folder / "janus.transport.websockets.jcfg").write_text(
        f'general: {{ ws = true; ws_ip = "{host}"; ws_port = {PORT}; wss = false; }}'
    )
    (folder / f"{PLUGIN}.jcfg").write_text(
        f'room-{ROOM}: {{ publishers = 6; bitrate = 2500000; audiocodec = "opus"; videocodec = "vp8"; }}'
    )


def _plugins(kind: str) -> Path:
    return next(Path("/usr/lib").glob(f"*/janus/{kind}"), Path("/usr/lib/janus") / kind)


class Janus:
    """One Janus with one session. pid: its process."""

    def __init__(self, folder: Path, host: str, general: str) -> None:
        self.pid = 0
        self.identity, self.reader = Identity(), BatchReader()
        self._folder, self._host = folder, host
        self._general = general
        self._process: asyncio.subprocess.Process | None = None
        self._http: aiohttp.ClientSession | None = None
        self._socket: Any = None
        self._waiting: dict[str, asyncio.Future[dict[str, Any]]] = {}
        self._tasks: list[asyncio.Task[None]] = []
        self._session = 0
        self._publishers: list[int] = []

    async def start(self) -> None:
        """Run it and open a session."""
        _configure(self._folder, self._host, self._general)
        self._process = await asyncio.create_subprocess_exec(
            "janus", "-F", str(self._folder), "-C", str(self._folder / "janus.jcfg"),
            stdout=asyncio.subprocess.DEVNULL, stderr=asyncio.subprocess.DEVNULL,
        )  # fmt: skip
        self.pid = self._process.pid
        self._http = aiohttp.ClientSession()
        async with asyncio.timeout(20):
            while self._socket is None:
                with contextlib.suppress(aiohttp.ClientError):
                    url = f"ws://{self._host}:{PORT}"
                    self._socket = await self._http.ws_connect(
                        url, protocols=["janus-protocol"], max_msg_size=0
                    )
                await asyncio.sleep(0.05)
        self._tasks = [asyncio.create_task(self._listen())]
        self._session = (await self._ask(janus="create"))["data"]["id"]
        self._tasks.append(asyncio.create_task(self._stay()))

    async def stop(self) -> None:
        """End it."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        if self._socket is not None:
            await self._socket.close()
        if self._http is not None:
            await self._http.close()
        if self._process is not None:
            with contextlib.suppress(ProcessLookupError):
                self._process.terminate()
            try:
                await asyncio.wait_for(self._process.wait(), 10)
            except TimeoutError:
                self._process.kill()
                await self._process.wait()

    async def _listen(self) -> None:
        async for message in self._socket:
            found = message.json()
            if found.get("janus") != "ack" and (
                waiter := self._waiting.pop(found.get("transaction", ""), None)
            ):
                waiter.set_result(found)

    async def _stay(self) -> None:
        while True:
            await asyncio.sleep(20)
            await self._ask(janus="keepalive")

    async def _ask(self, **message: Any) -> dict[str, Any]:
        transaction = secrets.token_hex(8)
        waiter = self._waiting[transaction] = asyncio.get_running_loop().create_future()
        if self._session:
            message["session_id"] = self._session
        # A keepalive is only acknowledged.
        await self._socket.send_json({**message, "transaction": transaction})
        if message["janus"] == "keepalive":
            del self._waiting[transaction]
            return {}
        async with asyncio.timeout(30):
            found: dict[str, Any] = await waiter
        if found["janus"] == "error" or "error" in found.get("plugindata", {}).get("data", {}):
            raise RuntimeError(f"Janus refuses: {found}")
        return found

    async def _handle(self) -> int:
        return int((await self._ask(janus="attach", plugin=PLUGIN))["data"]["id"])

    async def speaker(self, name: str) -> tuple[LightPeer, Talk]:
        """One who publishes sound and picture."""
        handle = await self._handle()
        body = {"request": "join", "room": ROOM, "ptype": "publisher", "display": name}
        joined = await self._ask(janus="message", handle_id=handle, body=body)
        self._publishers.append(joined["plugindata"]["data"]["id"])
        sound, picture = (secrets.randbits(31) | 1 for _ in range(2))
        peer = LightPeer(self.identity, self.reader, self._host)
        offer = peer.offer({"audio": (OPUS_LINES, sound), "video": (VP8_LINES, picture)})
        answered = await self._ask(
            janus="message",
            handle_id=handle,
            body={"request": "publish"},
            jsep={"type": "offer", "sdp": offer},
        )
        answer = answered["jsep"]["sdp"]
        payloads = [int(each) for each in re.findall(r"^m=\w+ \d+ \S+ (\d+)", answer, re.M)]
        peer.accept(answer)
        async with asyncio.timeout(30):
            await peer.connected
            # We are connected a moment before it is, and nobody can listen to whom it does not know yet.
            while not await self._is_publishing(handle, self._publishers[-1]):
                await asyncio.sleep(0.05)
        return peer, Talk(peer, (sound, payloads[0]), (picture, payloads[1]))

    async def _is_publishing(self, handle: int, feed: int) -> bool:
        body = {"request": "listparticipants", "room": ROOM}
        told = await self._ask(janus="message", handle_id=handle, body=body)
        return any(
            each["id"] == feed and each["publisher"] for each in told["plugindata"]["data"]["participants"]
        )

    async def listener(self) -> LightPeer:
        """One who receives everybody that publishes, over one transport."""
        handle = await self._handle()
        streams = [{"feed": each} for each in self._publishers]
        body = {"request": "join", "room": ROOM, "ptype": "subscriber", "streams": streams}
        offered = await self._ask(janus="message", handle_id=handle, body=body)
        peer = LightPeer(self.identity, self.reader, self._host)
        answer = peer.answer(offered["jsep"]["sdp"], {})
        await self._ask(
            janus="message",
            handle_id=handle,
            body={"request": "start"},
            jsep={"type": "answer", "sdp": answer},
        )
        async with asyncio.timeout(30):
            await peer.connected
        return peer
