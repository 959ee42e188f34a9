"""The typed names under which the application and a request carry their parts."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

import jinja2
from aiohttp import web

from meeting_server.config import Settings
from meeting_server.http.assets import Assets
from meeting_server.http.joined import Joined
from meeting_server.http.mailing import Mailing
from meeting_server.http.sealing import Sealing
from meeting_server.http.sign_in_service import SignInService
from meeting_server.live.chambers import Chambers, Venue
from meeting_server.live.check_desk import CheckDesk
from meeting_server.live.clock import Clock
from meeting_server.store import Store
from meeting_server.store.logins import Login
from meeting_server.store.register import RegisteredPerson


@dataclass(frozen=True, slots=True)
class DemoPerson:
    """One door of the demonstration: a made-up person in one meeting, and the page it opens."""

    person: str
    name: str
    party: str | None
    role_label: str
    href: str


@dataclass(frozen=True, slots=True)
class DemoDoors:
    """What the demonstration offers: doors by meeting id, and how to start simulated members, if one can."""

    doors: dict[str, tuple[DemoPerson, ...]]
    simulate: Callable[[int], Awaitable[int]] | None = None
    running: Callable[[], int] | None = None
    most: int = 0


SETTINGS = web.AppKey("settings", Settings)
STORE = web.AppKey("store", Store)
CHAMBERS = web.AppKey("chambers", Chambers)
CHECKS = web.AppKey("checks", CheckDesk)
CLOCK = web.AppKey("clock", Clock)
ASSETS = web.AppKey("assets", Assets)
JOINED = web.AppKey("joined", Joined)
TEMPLATES = web.AppKey("templates", jinja2.Environment)
SEALING = web.AppKey("sealing", Sealing)
MAILING = web.AppKey("mailing", Mailing)
SERVICE = web.AppKey("service", SignInService)
SECRET = web.AppKey("secret", bytes)
DEMO = web.AppKey("demo", DemoDoors)

LOGIN = web.RequestKey("login", Login)
PERSON = web.RequestKey("person", RegisteredPerson)
VENUE = web.RequestKey("venue", Venue)
PRE_LOGIN = web.RequestKey("pre_login", str)
