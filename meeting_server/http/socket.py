"""The WebSocket of a page: commands and media signals in; events, views, links and answers out."""

from __future__ import annotations

import asyncio
import logging
import secrets
from typing import Any, cast, get_args

from aiohttp import WSCloseCode, WSMsgType, web

from meeting_server.http import tokens
from meeting_server.http.ice import ice_servers
from meeting_server.http.keys import CHAMBERS, CLOCK, LOGIN, PERSON, SETTINGS, STORE, VENUE
from meeting_server.http.problems import Forbidden, refusal_json
from meeting_server.live.backlog import told_again
from meeting_server.live.chamber import ChamberClosed, refused
from meeting_server.live.chambers import Venue, may_watch
from meeting_server.live.hub import Viewer
from meeting_server.live.page_report import read_report
from meeting_server.live.rate import Rate
from meeting_server.meeting import Actor, Refusal
from meeting_server.store.equipment import MAX_LANGUAGE
from meeting_server.wire.commands import MAX_ID, Malformed, parse_command, parse_object
from meeting_server.wire.visibility import Viewer as Sight
from meeting_server.wire.visibility import ViewerRole

log = logging.getLogger(__name__)

VERSION = "1"
MAX_READ = 1024 * 1024
"""A message of more bytes ends the connection unread; one above what `parse_object` reads is answered."""
HEARTBEAT_SECONDS = 15.0
RATE = 50.0
"""Messages a second from one socket; a person with both hands on the keyboard sends five."""
HELLO_SECONDS = 10.0
BYE_SECONDS = 1.0
LOGIN_CHECK_SECONDS = 60.0
PAGES_OF_A_LOGIN = 20
"""Pages one login may have open in a meeting; somebody with many tabs has five."""
WAITING_COMMANDS = 64
"""Commands of one socket that may be under way at once."""
TOO_MANY = refused(
    "too-many-messages", "Sidan skickar för många meddelanden. Inget registrerades.", "För många meddelanden"
)


async def follow(request: web.Request) -> web.StreamResponse:
    """GET /meetings/{meeting}/ws?role=…&csrf=…"""
    role, login, person, venue = (
        request.query.get("role", ""),
        request[LOGIN],
        request[PERSON],
        request[VENUE],
    )
    if not tokens.is_own_origin(request) or not tokens.is_right_token(request, request.query.get("csrf", "")):
        raise Forbidden("Sidan är för gammal eller hör till en annan inloggning. Ladda om den.")
    if role not in get_args(ViewerRole) or not may_watch(venue.meeting, role, person.id):
        raise Forbidden("Du har inte den rollen i det här mötet.")
    if sum(viewer.login == login.id for viewer in venue.hub.viewers.values()) >= PAGES_OF_A_LOGIN:
        raise web.HTTPTooManyRequests
    socket = web.WebSocketResponse(max_msg_size=MAX_READ, heartbeat=HEARTBEAT_SECONDS, compress=False)
    await socket.prepare(request)
    is_hall = role == "hall"
    sight = Sight(
        cast(ViewerRole, role), None if is_hall else person.id, None if is_hall else login.signed_in
    )
    viewer = Viewer(sight, person.id, secrets.token_hex(8), login.id)
    page = _Page(request, socket, venue, viewer)
    await page.serve()
    return socket


class _Page:
    """One open page: its socket, its viewer, and what it has under way."""

    def __init__(
        self, request: web.Request, socket: web.WebSocketResponse, venue: Venue, viewer: Viewer
    ) -> None:
        self.request = request
        self.login = request[LOGIN]
        self.socket = socket
        self.venue = venue
        self.viewer = viewer
        self.is_greeted = False
        self.commands: set[asyncio.Task[None]] = set()
        clock = request.app[CLOCK]
        self.rate = Rate(RATE, clock.monotonic)

    async def serve(self) -> None:
        """Read until the page goes away; the writer and the watch over the login run beside."""
        beside = [
            asyncio.create_task(work)
            for work in (self._write(), self._watch_login(), self._end_when_dropped())
        ]
        try:
            while True:
                message = await self.socket.receive(None if self.is_greeted else HELLO_SECONDS)
                if message.type is WSMsgType.TEXT:
                    self._read(message.data)
                elif message.type is WSMsgType.BINARY:
                    self._malformed(None, "expected text")
                else:
                    break
        except TimeoutError:
            await self.socket.close(code=WSCloseCode.POLICY_VIOLATION, message=b"no hello")
        finally:
            self.venue.hub.leave(self.viewer)
            if self.is_greeted:
                self.venue.media.departed(self.viewer)
            for task in beside:
                task.cancel()
            await asyncio.gather(*beside, return_exceptions=True)

    # ---- out ----

    async def _write(self) -> None:
        """Send what waits, the goodbye last."""
        viewer = self.viewer
        while True:
            await viewer.wake.wait()
            is_last = viewer.bye is not None
            try:
                await self._send(viewer.take())
                if is_last:
                    await self.socket.close(code=WSCloseCode.GOING_AWAY)
                    return
            except ConnectionError:
                return

    async def _end_when_dropped(self) -> None:
        """Somebody who does not read does not hear goodbye either, and is cut off."""
        await self.viewer.dropped.wait()
        await asyncio.sleep(BYE_SECONDS)
        if self.request.transport is not None:
            self.request.transport.abort()

    async def _send(self, texts: list[str]) -> None:
        for text in texts:
            await self.socket.send_str(text)

    async def _watch_login(self) -> None:
        """A login that has ended, here or elsewhere, ends its pages."""
        cookie = self.request.cookies.get(tokens.cookie_name(self.request), "")
        store, clock = self.request.app[STORE], self.request.app[CLOCK]
        while True:
            await asyncio.sleep(LOGIN_CHECK_SECONDS)
            try:
                if await store.logins.find(cookie, now=clock.now()) is None:
                    self.viewer.drop("signed-out")
                    return
            except Exception:  # a database that does not answer signs nobody out
                log.exception("a login could not be looked up")

    # ---- in ----

    def _read(self, text: str) -> None:
        if not self.rate.allows():
            self._too_many(text)
            return
        try:
            message = parse_object(text)
        except Malformed as malformed:
            self._malformed(None, malformed.because)
            return
        kind = message.get("type")
        if kind == "hello" and not self.is_greeted:
            self._hello(message)
        elif not self.is_greeted:
            self._malformed(_id_of(message), "the first message is hello")
        elif kind == "command":
            self._command(message)
        elif kind == "media":
            self._media(message)
        else:
            self._malformed(_id_of(message), "type: expected hello, command or media")

    def _hello(self, message: dict[str, Any]) -> None:
        versions, after = message.get("versions"), message.get("after")
        wants_events = message.get("events", True)
        if not isinstance(versions, list) or VERSION not in versions:
            self._malformed(None, f"versions: this server speaks {VERSION}")
            return
        if after is not None and (not isinstance(after, int) or isinstance(after, bool) or after < 0):
            self._malformed(None, "after: expected a whole number or null")
            return
        if not isinstance(wants_events, bool):
            self._malformed(None, "events: expected true or false")
            return
        self.is_greeted = True
        self.viewer.wants_events = wants_events
        venue, app = self.venue, self.request.app
        chambers = app[CHAMBERS]
        self.viewer.send(
            {
                "type": "welcome",
                "version": VERSION,
                "seq": venue.chamber.seq,
                "role": self.viewer.sight.role,
                "person": self.viewer.person,
                "ice_servers": ice_servers(app[SETTINGS], self.viewer.person, app[CLOCK].now()),
                "media": {"up": chambers.switchboard.is_up(venue.chamber.meeting_id)},
            }
        )
        backlog = told_again(venue.chamber.records, after, self.viewer.sight) if after is not None else []
        venue.hub.join(self.viewer, backlog)
        chambers.greet(venue, self.viewer)

    def _command(self, message: dict[str, Any]) -> None:
        try:
            command, command_id = parse_command(message)
        except Malformed as malformed:
            self._malformed(malformed.id, malformed.because)
            return
        if len(self.commands) >= WAITING_COMMANDS:
            self._refuse(command_id, TOO_MANY)
            return
        task = asyncio.create_task(self._carry_out(command, command_id))
        self.commands.add(task)
        task.add_done_callback(self.commands.discard)

    async def _carry_out(self, command: Any, command_id: str) -> None:
        try:
            seq = await self.venue.chamber.execute(
                Actor(self.viewer.person, signed_in=self.login.signed_in), command, command_id
            )
        except Refusal as refusal:
            self._refuse(command_id, refusal)
        except ChamberClosed:
            self.viewer.drop("restart")
        else:
            self.viewer.send({"type": "done", "id": command_id, "seq": seq})

    def _media(self, message: dict[str, Any]) -> None:
        media, viewer = self.venue.media, self.viewer
        match message:
            case {"kind": "join"}:
                media.join(viewer)
            case {"kind": "leave"}:
                media.leave(viewer)
            case {"kind": "answer", "sdp": str() as sdp}:
                attempt = message.get("attempt")
                media.answer(viewer, sdp, attempt if isinstance(attempt, int) else None)
            case {"kind": "report"} if (report := read_report(message)) is not None:
                media.page_reports(viewer, report)
            case {"kind": "watch", "person": str() | None as person}:
                media.look(viewer, person)
            case {"kind": "wall", "on": bool() as is_shown}:
                media.look_at_wall(viewer, is_shown)
            case {"kind": "view", "view": "floor" | "chair" | "hall" | "wall" as view}:
                media.view(viewer, view)
            case {"kind": "interpret", "channel": str() | None as channel, "sign": bool() as sign} if (
                channel is None or 0 < len(channel) <= MAX_LANGUAGE
            ):
                media.interpret(viewer, channel, sign)
            case {"kind": "wave", "person": str() as person}:
                media.ask_to_wave(viewer, person)
            case _:
                self._malformed(None, "kind: no media signal is called that, or a field is missing")

    def _refuse(self, command_id: str, refusal: Refusal) -> None:
        self.viewer.send({"type": "refused", "id": command_id, "refusal": refusal_json(refusal)})

    def _malformed(self, message_id: str | None, because: str) -> None:
        self.viewer.send({"type": "malformed", "id": message_id, "because": because})

    def _too_many(self, text: str) -> None:
        """Answer by id, which is cheap to find, and do nothing."""
        try:
            message = parse_object(text)
        except Malformed:
            message = {}
        command_id = _id_of(message)
        if message.get("type") == "command" and command_id is not None:
            self._refuse(command_id, TOO_MANY)
        else:
            self._malformed(command_id, "more than 50 messages a second")


def _id_of(message: dict[str, Any]) -> str | None:
    found = message.get("id")
    return found if isinstance(found, str) and len(found) <= MAX_ID else None
