"""What surrounds every request: log line, security headers, login, forgery check, answers to errors."""

from __future__ import annotations

import logging
import time
from collections.abc import Awaitable, Callable
from urllib.parse import urlsplit

from aiohttp import web

from meeting_server.config import Settings
from meeting_server.http import pages, tokens
from meeting_server.http.equipment import PREFIXES as EQUIPMENT
from meeting_server.http.incoming import read_form, require_address
from meeting_server.http.keys import SETTINGS
from meeting_server.http.problems import Forbidden, problem_of, problem_of_status

log = logging.getLogger(__name__)
requests_log = logging.getLogger("meeting_server.requests")

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]

SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
WITHOUT_LOGIN = ("/static/", "/healthz", *EQUIPMENT)
YEAR_SECONDS = 31_536_000


def security_headers(settings: Settings) -> dict[str, str]:
    """The headers of every answer. Nothing from elsewhere, nothing inline, camera and microphone for us
    alone.
    """
    public = urlsplit(settings.public_url)
    # A policy cannot name an IPv6 address (CSP 3, host-source); there 'self' must do for the socket.
    socket = f" {'wss' if public.scheme == 'https' else 'ws'}://{public.netloc}"
    socket = "" if "[" in public.netloc else socket
    policy = (
        "default-src 'self'; img-src 'self' data: blob:; media-src 'self' blob:; "
        f"connect-src 'self'{socket}; object-src 'none'; base-uri 'none'; form-action 'self'; "
        "frame-ancestors 'none'"
    )
    headers = {
        "Content-Security-Policy": policy,
        "Permissions-Policy": "camera=(self), microphone=(self), display-capture=(), geolocation=()",
        "Referrer-Policy": "same-origin",
        "X-Content-Type-Options": "nosniff",
        "X-Frame-Options": "DENY",
        "Cross-Origin-Opener-Policy": "same-origin",
        "Cross-Origin-Resource-Policy": "same-origin",
    }
    if settings.cookie_secure:
        headers["Strict-Transport-Security"] = f"max-age={YEAR_SECONDS}; includeSubDomains"
    return headers


async def add_headers(request: web.Request, response: web.StreamResponse) -> None:
    """A signal handler, so that answers made by aiohttp itself have the headers too."""
    for name, value in security_headers(request.app[SETTINGS]).items():
        response.headers.setdefault(name, value)


@web.middleware
async def log_request(request: web.Request, handler: Handler) -> web.StreamResponse:
    """One line per request: the route and not the address, no names, no tokens, no query."""
    began = time.monotonic()
    status = 500
    try:
        response = await handler(request)
        status = response.status
        return response
    finally:
        elapsed = 1000 * (time.monotonic() - began)
        requests_log.info("%s %s %d %.0f ms", request.method, _route(request), status, elapsed)


def _route(request: web.Request) -> str:
    resource = request.match_info.route.resource
    return resource.canonical if resource is not None else "-"


@web.middleware
async def answer_errors(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Every error becomes a Swedish page or a JSON problem; faults of ours are logged."""
    try:
        return await handler(request)
    except web.HTTPException as error:
        if error.status < 400:
            tokens.set_cookies(request, error)
            raise
        headers = {"Allow": error.headers["Allow"]} if "Allow" in error.headers else {}
        because = getattr(error, "because", None)
        return await pages.answer_problem(request, problem_of_status(error.status, because), headers)
    except Exception as error:
        problem = problem_of(error)
        if problem is None:
            log.exception("%s %s failed", request.method, _route(request))
            problem = problem_of_status(500)
        try:
            return await pages.answer_problem(request, problem)
        except Exception:  # not even the page can be made: the database may be gone
            log.exception("the page of a problem failed")
            return web.Response(status=problem.status, text=f"{problem.heading}. {problem.because}")


@web.middleware
async def find_login(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Who is asking, for everything but files; nobody asks for what no text can name."""
    require_address(request)
    if not request.path.startswith(WITHOUT_LOGIN):
        await tokens.find_login(request)
    return await handler(request)


@web.middleware
async def refuse_forgery(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Nothing is changed on the word of another site: own origin and own token, or nothing."""
    if request.method not in SAFE and not request.path.startswith(EQUIPMENT):
        if not tokens.is_own_origin(request):
            raise Forbidden("Förfrågan kom från en annan webbplats.")
        token = request.headers.get("X-CSRF-Token")
        if token is None and request.content_type != "application/json":
            token = str((await read_form(request)).get("csrf", ""))
        if not token or not tokens.is_right_token(request, token):
            raise Forbidden("Sidan är för gammal eller hör till en annan inloggning. Ladda om den.")
    return await handler(request)


MIDDLEWARES = (log_request, answer_errors, find_login, refuse_forgery)
"""Outermost first."""
