"""Whose browser is asking: the login behind the cookie, and the token that keeps other pages from acting for
it.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from urllib.parse import urlsplit

from aiohttp import web

from meeting_server.http.keys import CLOCK, LOGIN, PERSON, PRE_LOGIN, SECRET, SETTINGS, STORE

PRE_LOGIN_SECONDS = 3600


def cookie_name(request: web.Request) -> str:
    """The `__Host-` prefix binds the cookie to this very host, which browsers only accept over https."""
    return "__Host-klubban" if request.app[SETTINGS].cookie_secure else "klubban"


def pre_login_name(request: web.Request) -> str:
    """The cookie of somebody who has a form but is not signed in yet."""
    return "__Host-klubban-form" if request.app[SETTINGS].cookie_secure else "klubban-form"


def errand_name(request: web.Request) -> str:
    """The cookie of a browser that has been sent to the sign-in service."""
    return "__Host-klubban-errand" if request.app[SETTINGS].cookie_secure else "klubban-errand"


async def find_login(request: web.Request) -> None:
    """Put the login and its person in the request, if the cookie opens one."""
    cookie = request.cookies.get(cookie_name(request))
    if not cookie:
        return
    store = request.app[STORE]
    login = await store.logins.find(cookie, now=request.app[CLOCK].now())
    if login is None:
        return
    person = await store.register.person(login.person_id)
    if person is not None:
        request[LOGIN], request[PERSON] = login, person


def csrf_of(request: web.Request) -> str:
    """The token this browser's forms must carry: the login's, or one bound to the form cookie before it."""
    login = request.get(LOGIN)
    if login is not None:
        own: str = login.csrf
        return own
    value: str = request.cookies.get(pre_login_name(request)) or request.get(PRE_LOGIN) or ""
    if not value:
        value = request[PRE_LOGIN] = secrets.token_urlsafe(24)
    return _pre_login_token(request, value)


def is_right_token(request: web.Request, given: str) -> bool:
    """Whether a form or header carries this browser's token."""
    login = request.get(LOGIN)
    if login is not None:
        return hmac.compare_digest(login.csrf.encode(), given.encode("utf-8", "replace"))
    value = request.cookies.get(pre_login_name(request))
    expected = _pre_login_token(request, value) if value else ""
    return bool(expected) and hmac.compare_digest(expected.encode(), given.encode("utf-8", "replace"))


def is_own_origin(request: web.Request) -> bool:
    """Whether the request comes from our own pages, as far as the browser tells.

    A browser always names the origin of a form, a script's request and a socket; a program may name none.
    """
    origin = request.headers.get("Origin")
    if origin is None:
        return request.headers.get("Sec-Fetch-Site", "same-origin") in ("same-origin", "none")
    found, public = urlsplit(origin), urlsplit(request.app[SETTINGS].public_url)
    return found.netloc in (request.host, public.netloc)


def set_cookies(request: web.Request, response: web.StreamResponse) -> None:
    """Give the form cookie to a browser that was just handed a form."""
    value = request.get(PRE_LOGIN)
    if value:
        _set(request, response, pre_login_name(request), value, max_age=PRE_LOGIN_SECONDS, samesite="Strict")


def set_login(request: web.Request, response: web.StreamResponse, value: str) -> None:
    """Sign this browser in: the cookie of the login instead of the form's."""
    _set(request, response, cookie_name(request), value, samesite="Lax")
    response.del_cookie(pre_login_name(request), path="/")


def set_errand(request: web.Request, response: web.StreamResponse, value: str, seconds: int) -> None:
    """Send the browser to the sign-in service with what it is to come back with.

    Lax, since it comes back from another site.
    """
    _set(request, response, errand_name(request), value, max_age=seconds, samesite="Lax")


def end_errand(request: web.Request, response: web.StreamResponse) -> None:
    """The browser is back; the same answer is not taken twice."""
    response.del_cookie(errand_name(request), path="/")


def _pre_login_token(request: web.Request, value: str) -> str:
    return hmac.digest(request.app[SECRET], f"form {value}".encode(), hashlib.sha256).hex()


def _set(
    request: web.Request,
    response: web.StreamResponse,
    name: str,
    value: str,
    *,
    samesite: str,
    max_age: int | None = None,
) -> None:
    response.set_cookie(
        name,
        value,
        path="/",
        httponly=True,
        secure=bool(request.app[SETTINGS].cookie_secure),
        samesite=samesite,
        max_age=max_age,
    )
