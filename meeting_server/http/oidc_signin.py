"""Signing in by the organisation's own service, and binding whom it names to a person in the register."""

from __future__ import annotations

import hashlib
import hmac
import json
import logging
import secrets
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import asdict, dataclass
from typing import Literal

from aiohttp import web

from meeting_server.http import pages, signin, tokens
from meeting_server.http.id_tokens import BadToken
from meeting_server.http.keys import CLOCK, LOGIN, PERSON, SECRET, SERVICE, SETTINGS, STORE
from meeting_server.http.problems import Forbidden
from meeting_server.http.sign_in_service import Attempt, CodeRefused, ServiceDown, SignInService, Visitor
from meeting_server.store.accounts import InvitationRefused
from meeting_server.store.identities import IdentityTaken

log = logging.getLogger(__name__)

ATTEMPT_SECONDS = 600
"""How long one may take at the service; an e-legitimation on a new telephone takes a few minutes."""

Purpose = Literal["signin", "invitation", "own"]


@dataclass(frozen=True)
class _Errand:
    """What the browser is out for, carried in a cookie that only we can make and only this browser has.

    `about` is the invitation's token or the id of the login that links; `until` a time stamp.
    """

    attempt: Attempt
    purpose: Purpose
    about: str
    where: str
    until: float


async def begin(request: web.Request) -> web.StreamResponse:
    """GET /signin/oidc?next=…"""
    return await _send_off(request, "signin", "", signin.safe_next(request.query.get("next")))


async def begin_invited(request: web.Request) -> web.StreamResponse:
    """GET /invite/{token}/oidc: the invited person signs in instead of choosing a password."""
    _the_service(request)
    token = request.match_info["token"]
    if await request.app[STORE].accounts.invitation(token, now=request.app[CLOCK].now()) is None:
        raise Forbidden("Länken gäller inte längre. Be kansliet om en ny.")
    return await _send_off(request, "invitation", token, "/meetings")


async def account_page(request: web.Request) -> web.StreamResponse:
    """GET /account: how one signs in, and the link to the service."""
    service = request.app[SERVICE]
    bound = None
    if service.is_set_up:
        bound = await request.app[STORE].identities.bound_at(service.issuer, request[PERSON].id)
    return await pages.render(
        request,
        "account.html",
        service=signin.service_button(request),
        bound=bound,
        login=request[LOGIN],
        done=request.query.get("done"),
    )


async def begin_binding(request: web.Request) -> web.StreamResponse:
    """GET /account/bind?csrf=…: a person who is signed in binds an identity to the account.

    A link and not a form, since the browser lets no form lead to another site; the token is checked all the
    same, or another site could bind an identity of its own to somebody here.
    """
    _the_service(request)
    if not tokens.is_right_token(request, request.query.get("csrf", "")):
        raise Forbidden("Sidan är för gammal eller hör till en annan inloggning. Ladda om den.")
    return await _send_off(request, "own", request[LOGIN].id, "/account?done=bound")


async def release(request: web.Request) -> web.StreamResponse:
    """POST /account/release"""
    await request.app[STORE].identities.release(_the_service(request).issuer, request[PERSON].id)
    raise web.HTTPSeeOther("/account?done=released")


async def sign_out_there(request: web.Request) -> web.StreamResponse:
    """GET /signout/oidc: sign out at the service too, where others use the same browser."""
    raise web.HTTPSeeOther(await _the_service(request).end_address() or "/signin")


async def callback(request: web.Request) -> web.StreamResponse:
    """GET /signin/oidc/callback: the browser comes back with a code, or with the reason there is none."""
    service, errand = _the_service(request), _errand_of(request)
    if errand is None or not hmac.compare_digest(
        errand.attempt.state.encode(), request.query.get("state", "").encode("utf-8", "replace")
    ):
        return await _refused(
            request,
            "Inloggningen hör inte ihop med den här webbläsaren",
            "Den tog för lång tid, eller har redan använts. Börja om.",
        )
    # The service may name itself in the answer; then it must be the one we asked (RFC 9207).
    if request.query.get("iss", service.issuer) != service.issuer:
        log.warning("sign-in refused: answered by another service")
        return await _refused(request, "Inloggningen gick inte att lita på", "Börja om.")
    code = request.query.get("code", "")
    if not code:
        log.info("the sign-in service gave no code: %.40r", request.query.get("error", ""))
        return await _refused(
            request, "Inloggningen blev inte klar", "Den avbröts hos inloggningstjänsten. Försök igen."
        )
    try:
        visitor = await service.visitor(code, errand.attempt)
    except ServiceDown as down:
        return await _down(request, down)
    except (CodeRefused, BadToken) as refused:
        log.warning("sign-in refused: %s", getattr(refused, "reason", "code"))
        return await _refused(
            request,
            "Inloggningen gick inte att lita på",
            "Svaret från inloggningstjänsten stämde inte med det vi frågade. Börja om.",
        )
    return await _welcome(request, errand, visitor)


def _the_service(request: web.Request) -> SignInService:
    """The sign-in service; 404 where the installation has none."""
    if not request.app[SERVICE].is_set_up:
        raise web.HTTPNotFound
    return request.app[SERVICE]


async def _send_off(request: web.Request, purpose: Purpose, about: str, where: str) -> web.StreamResponse:
    """To the service, with the errand in a cookie of its own."""
    service = _the_service(request)
    attempt = Attempt(secrets.token_urlsafe(24), secrets.token_urlsafe(24), secrets.token_urlsafe(48))
    try:
        address = await service.question(attempt)
    except ServiceDown as down:
        return await _down(request, down)
    until = request.app[CLOCK].now().timestamp() + ATTEMPT_SECONDS
    response = web.Response(status=303, headers={"Location": address, "Cache-Control": "no-store"})
    tokens.set_errand(
        request,
        response,
        _sealed(request.app[SECRET], _Errand(attempt, purpose, about, where, until)),
        ATTEMPT_SECONDS,
    )
    return response


async def _welcome(request: web.Request, errand: _Errand, visitor: Visitor) -> web.StreamResponse:
    """The visitor is who the service says; whom that is in the register decides the errand."""
    service, known, now = request.app[SERVICE], request.app[STORE].identities, request.app[CLOCK].now()
    mac = subject_mac(request.app[SECRET], service.issuer, visitor.subject)
    try:
        if errand.purpose == "own":
            login = request.get(LOGIN)
            if login is None or login.id != errand.about:
                return await _refused(request, "Du är inte längre inloggad", "Logga in och koppla igen.")
            person: str | None = login.person_id
            await known.bind(service.issuer, mac, login.person_id, now=now)
        elif errand.purpose == "invitation":
            person = await known.accept(errand.about, service.issuer, mac, now=now)
        else:
            person = await known.person_of(service.issuer, mac)
            if person is None and visitor.address is not None:
                person = await known.by_address(service.issuer, mac, visitor.address, now=now)
    except IdentityTaken:
        return await _refused(
            request,
            "Den e-legitimationen hör till en annan person här",
            "Logga ut hos inloggningstjänsten och logga in som dig själv, eller fråga kansliet.",
            409,
        )
    except InvitationRefused as refused:
        return await _refused(request, "Inbjudan gäller inte", refused.because)
    if person is None:
        return await _unknown(request)
    strong = visitor.assurance in request.app[SETTINGS].oidc_strong_acr
    response = await signin.let_in(
        request, person, "oidc", errand.where, assurance=visitor.assurance, is_strong=strong
    )
    tokens.end_errand(request, response)
    return response


def subject_mac(secret: bytes, issuer: str, subject: str) -> str:
    """What is kept of the service's word for a person: the same for the same word, and no way back."""
    return hmac.digest(secret, f"identity\n{issuer}\n{subject}".encode(), hashlib.sha256).hex()


async def _unknown(request: web.Request) -> web.Response:
    return await _refused(
        request,
        "Inloggningen lyckades, men du är inte känd här",
        "Den du är hos inloggningstjänsten är inte kopplad till någon person här. Har du fått en inbjudan: "
        "öppna dess länk och logga in därifrån. Har du ett lösenord: logga in med det och koppla på sidan "
        "Mitt konto. "
        "Annars: be kansliet om en inbjudan.",
    )


async def _down(request: web.Request, down: ServiceDown) -> web.Response:
    log.warning("the sign-in service does not answer: %s", down.reason)
    because = "Inloggningstjänsten svarar inte just nu. Logga in med lösenord, eller försök igen om en stund."
    return await signin.show(request, status=503, error=because)


async def _refused(request: web.Request, heading: str, because: str, status: int = 403) -> web.Response:
    response = await pages.render(
        request,
        "problem.html",
        status=status,
        heading=heading,
        because=because,
        cites=None,
        code="sign-in",
        back={"href": "/account" if LOGIN in request else "/signin", "label": "Tillbaka"},
    )
    tokens.end_errand(request, response)
    return response


# ---- the errand's cookie ----


def _sealed(secret: bytes, errand: _Errand) -> str:
    body = urlsafe_b64encode(json.dumps(asdict(errand), separators=(",", ":")).encode()).decode("ascii")
    return f"{body}.{_mac(secret, body)}"


def _errand_of(request: web.Request) -> _Errand | None:
    """The errand this browser is out for; None when there is none, it is not ours, or it took too long."""
    body, _, mac = request.cookies.get(tokens.errand_name(request), "").partition(".")
    if not body or not hmac.compare_digest(_mac(request.app[SECRET], body).encode(), mac.encode()):
        return None
    found = json.loads(urlsafe_b64decode(body))
    errand = _Errand(**{**found, "attempt": Attempt(**found["attempt"])})
    return errand if request.app[CLOCK].now().timestamp() < errand.until else None


def _mac(secret: bytes, body: str) -> str:
    return hmac.digest(secret, f"errand {body}".encode(), hashlib.sha256).hex()
