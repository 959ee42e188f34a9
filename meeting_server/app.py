"""The composition root: builds the web application from its parts; the only file that knows everything."""

from __future__ import annotations

import platform
import tempfile
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from aiohttp import web

from meeting_server import media_proof
from meeting_server.config import BadSettings, Settings, said
from meeting_server.http import keys, pages, routes
from meeting_server.http.assets import Assets
from meeting_server.http.joined import Joined
from meeting_server.http.mailing import Mailing
from meeting_server.http.middleware import MIDDLEWARES, add_headers
from meeting_server.http.sealing import Sealing
from meeting_server.http.sign_in_service import SignInService
from meeting_server.live.chambers import Chambers
from meeting_server.live.check_desk import CheckDesk
from meeting_server.live.clock import Clock, SystemClock
from meeting_server.live.media_link import MediaLink, MediaSettings
from meeting_server.live.switchboard import Switchboard
from meeting_server.media_proof import host_and_port
from meeting_server.store import Store
from meeting_server.store.engine import file_of

MAX_BODY = 1024 * 1024
"""Bytes of any request body; each route has a lower limit of its own."""


def media_settings(settings: Settings) -> tuple[MediaSettings, ...]:
    """What each media process is told of the installation's settings: those of this host, then the others.

    Each of our own has a socket beside the first one's, and the next UDP port.
    """
    host = platform.node()
    first = _first_process(settings, host)
    path, port = first.socket or Path("media.sock"), settings.media_port
    found = [first] if settings.media_processes else []
    for number in range(2, settings.media_processes + 1):
        beside = path.with_name(f"{path.stem}-{number}{path.suffix}")
        udp_port = port + number - 1 if port else 0
        found.append(replace(first, socket=beside, udp_port=udp_port, name=f"{host}:{beside}"))
    if settings.media_nodes and settings.media_secret_file is not None:
        secret = media_proof.read_secret(settings.media_secret_file)
        for node in settings.media_nodes:
            far = MediaSettings(None, own_process=False, address=host_and_port(node), secret=secret)
            found.append(replace(far, authority=settings.media_authority, core=first.core, name=node))
    return tuple(found)


def _first_process(settings: Settings, host: str) -> MediaSettings:
    public = settings.media_public_address.split()
    path = settings.media_socket or Path("media.sock")
    return MediaSettings(
        socket=path,
        udp_host=settings.media_host,
        udp_port=settings.media_port,
        public_addresses=tuple(public),
        log_level=settings.log_level if settings.log_level != "info" else "warning",
        own_process=not settings.media_external,
        wall_fps=settings.wall_fps,
        core=f"{host}:{settings.port}",
        name=f"{host}:{path}",
    )


async def open_store(settings: Settings) -> Store:
    """The installation's database, brought to this version's shape. Raises StorageFailed, BadSettings."""
    _require_writable(settings.data_dir)
    database_file(settings)
    return await Store.open(
        settings.database_url,
        idle=timedelta(minutes=settings.login_idle_minutes),
        longest=timedelta(hours=settings.login_hours),
    )


def database_file(settings: Settings) -> Path | None:
    """The file of the installation's database, None when it is a server's. Raises BadSettings."""
    try:
        return file_of(settings.database_url)
    except ValueError as error:
        raise BadSettings([f"KLUBBAN_DATABASE_URL: {error}"]) from None


def _require_writable(folder: Path) -> None:
    """SQLite would only say that it cannot open the file, even to read it. Raises BadSettings."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            pass
    except OSError as error:
        raise BadSettings(
            [f"KLUBBAN_DATA: det går inte att skriva i mappen {folder} ({said(error)})"]
        ) from None


def make_app(
    settings: Settings, store: Store, *, clock: Clock | None = None, demo: keys.DemoDoors | None = None
) -> web.Application:
    """The application over an open store. Starting it starts media and opens the meetings under way."""
    app = web.Application(middlewares=MIDDLEWARES, client_max_size=MAX_BODY)
    clock = clock or SystemClock()
    links = [MediaLink(each) for each in media_settings(settings)]
    switchboard = Switchboard(links, clock, store.media_nodes)
    app[keys.SETTINGS] = settings
    app[keys.STORE] = store
    app[keys.CLOCK] = clock
    app[keys.SECRET] = settings.secret()
    app[keys.ASSETS] = Assets()
    app[keys.JOINED] = Joined(app[keys.ASSETS])
    app[keys.TEMPLATES] = pages.environment(app[keys.ASSETS], app[keys.JOINED])
    app[keys.SEALING] = Sealing(settings)
    app[keys.MAILING] = Mailing(settings)
    app[keys.SERVICE] = SignInService(settings, clock)
    app[keys.DEMO] = demo or keys.DemoDoors({})
    app[keys.CHAMBERS] = Chambers(store, clock, switchboard, settings.secret(), settings.public_url)
    app[keys.CHECKS] = CheckDesk(switchboard, settings.secret())
    app.on_response_prepare.append(add_headers)
    app.on_shutdown.append(_say_goodbye)
    app.cleanup_ctx.append(_run_meetings)
    routes.add_routes(app)
    return app


async def _run_meetings(app: web.Application) -> AsyncIterator[None]:
    """Media and meetings live as long as the application."""
    chambers = app[keys.CHAMBERS]
    await chambers.start()
    await chambers.switchboard.start()
    yield
    await chambers.switchboard.stop()


async def _say_goodbye(app: web.Application) -> None:
    """At shutdown: what waits is carried out and answered, then every page is told that we restart."""
    await app[keys.CHAMBERS].stop()
