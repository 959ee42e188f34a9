"""Signing in and out with a local account, and the invitation that makes one."""

from __future__ import annotations

import ipaddress

from aiohttp import web

from meeting_server.http import pages, tokens
from meeting_server.http.incoming import read_form
from meeting_server.http.keys import CHAMBERS, CLOCK, LOGIN, SERVICE, SETTINGS, STORE
from meeting_server.http.problems import Forbidden
from meeting_server.meeting.words import SignInMethod
from meeting_server.store.accounts import InvitationRefused, PasswordTooWeak, SignInRefused, UsernameTaken


async def let_in(
    request: web.Request,
    person_id: str,
    method: SignInMethod,
    where: str,
    *,
    assurance: str | None = None,
    is_strong: bool = False,
) -> web.Response:
    """Open a login and send the browser on; an older login of this browser is closed."""
    store, now = request.app[STORE], request.app[CLOCK].now()
    older = request.cookies.get(tokens.cookie_name(request))
    if older:
        await store.logins.close(older)
    value, _ = await store.logins.open(
        person_id, method=method, now=now, assurance=assurance, is_strong=is_strong
    )
    response = web.Response(status=303, headers={"Location": where})
    tokens.set_login(request, response, value)
    return response


def safe_next(where: str | None) -> str:
    """A place on this server to go to after signing in; anything else becomes the list of meetings."""
    if (
        where
        and where.startswith("/")
        and not where.startswith("//")
        and "\\" not in where
        and where.isprintable()
    ):
        return where
    return "/meetings"


async def signin_page(request: web.Request) -> web.StreamResponse:
    """GET /signin"""
    where = safe_next(request.query.get("next"))
    if LOGIN in request:
        raise web.HTTPSeeOther(where)
    return await show(request, where=where, left=request.query.get("left") == "1")


async def show(
    request: web.Request,
    *,
    status: int = 200,
    error: str | None = None,
    username: str = "",
    where: str = "/meetings",
    left: bool = False,
) -> web.Response:
    """The page to sign in on; `left` when the browser may still be signed in at the sign-in service."""
    return await pages.render(
        request,
        "signin.html",
        status=status,
        error=error,
        username=username,
        next=where,
        service=service_button(request),
        left=left,
    )


async def signin(request: web.Request) -> web.StreamResponse:
    """POST /signin"""
    form = await read_form(request)
    username, password = str(form.get("username", ""))[:200], str(form.get("password", ""))[:1000]
    where = safe_next(str(form.get("next", "")))
    try:
        account = await request.app[STORE].accounts.sign_in(
            username, password, address=address_of(request), now=request.app[CLOCK].now()
        )
    except SignInRefused as refused:
        status = 429 if refused.reason == "too-many" else 401
        response = await show(request, status=status, error=refused.because, username=username, where=where)
        if refused.retry_after_seconds:
            response.headers["Retry-After"] = str(refused.retry_after_seconds)
        return response
    return await let_in(request, account.person_id, "password", where)


async def signout(request: web.Request) -> web.StreamResponse:
    """POST /signout: the login ends here and now, and so do its sockets."""
    cookie = request.cookies.get(tokens.cookie_name(request))
    login = request.get(LOGIN)
    if cookie:
        await request.app[STORE].logins.close(cookie)
    if login is not None:
        request.app[CHAMBERS].sign_out(login.id)
    by_service = login is not None and login.method == "oidc"
    response = web.Response(status=303, headers={"Location": "/signin?left=1" if by_service else "/signin"})
    response.del_cookie(tokens.cookie_name(request), path="/")
    return response


async def invite_page(request: web.Request) -> web.StreamResponse:
    """GET /invite/{token}"""
    return await _invite(request, error=None, username="")


async def invite(request: web.Request) -> web.StreamResponse:
    """POST /invite/{token}: the invited person chooses a name and a password and is signed in."""
    form = await read_form(request)
    username, password = str(form.get("username", "")).strip()[:200], str(form.get("password", ""))[:1000]
    if password != str(form.get("password_again", form.get("password2", "")))[:1000]:
        return await _invite(request, error="De två lösenorden är inte lika.", username=username, status=400)
    try:
        account = await request.app[STORE].accounts.accept(
            request.match_info["token"], username, password, now=request.app[CLOCK].now()
        )
    except UsernameTaken:
        return await _invite(request, error="Användarnamnet är upptaget.", username=username, status=409)
    except PasswordTooWeak as weak:
        return await _invite(request, error=weak.because, username=username, status=400)
    except InvitationRefused as refused:
        raise Forbidden(refused.because) from None
    return await let_in(request, account.person_id, "invitation", "/meetings")


async def _invite(
    request: web.Request, *, error: str | None, username: str, status: int = 200
) -> web.Response:
    store, token = request.app[STORE], request.match_info["token"]
    found = await store.accounts.invitation(token, now=request.app[CLOCK].now())
    person = await store.register.person(found.person_id) if found else None
    if found is None or person is None:
        raise Forbidden("Länken gäller inte längre. Be kansliet om en ny.")
    return await pages.render(
        request,
        "invite.html",
        status=status,
        invitation={"name": person.name, "organisation": person.organisation, "expires": found.expires_at},
        token=token,
        username=username,
        error=error,
        service=service_button(request),
    )


def service_button(request: web.Request) -> dict[str, str] | None:
    """What the pages need to offer the sign-in service, or None when the installation has none."""
    return {"label": request.app[SETTINGS].oidc_label} if request.app[SERVICE].is_set_up else None


def address_of(request: web.Request) -> str:
    """The address whose tries are counted together; through a proxy we trust, what the proxy saw.

    An IPv6 line may use each address of its /64, so all of them are one.
    """
    text = request.remote or "unknown"
    if request.app[SETTINGS].behind_proxy:
        text = request.headers.get("X-Forwarded-For", "").rsplit(",", 1)[-1].strip() or text
    try:
        address = ipaddress.ip_address(text)
    except ValueError:
        return text
    if isinstance(address, ipaddress.IPv4Address):
        return text
    if address.ipv4_mapped is not None:
        return str(address.ipv4_mapped)
    return str(ipaddress.IPv6Network((int(address), 64), strict=False))
