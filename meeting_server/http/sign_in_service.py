"""The organisation's sign-in service (OpenID Connect): where it is, its keys, and the code for a token.

The authorization code flow with PKCE and nothing else. What the service publishes is kept for an hour; keys
are fetched anew when a token is signed with one we have not seen, at most twice a minute.
"""

from __future__ import annotations

import asyncio
import base64
import contextlib
import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote_plus, urlencode, urlsplit

import aiohttp
from joserfc.errors import JoseError
from joserfc.jwk import Key, KeySet, import_key

from meeting_server.config import Settings
from meeting_server.http.id_tokens import ALGORITHMS, BadToken, Expected, UnknownKey, claims_of
from meeting_server.live.clock import Clock

TIMEOUT = aiohttp.ClientTimeout(total=10.0)
"""Longest wait for one answer of the service."""
KEEP_SECONDS = 3600.0
REFETCH_SECONDS = 30.0
LONGEST_ANSWER = 256 * 1024
"""Bytes of any answer of the service that we read."""


class ServiceDown(Exception):
    """The service does not answer, or not as it should; `reason` is for the log."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class CodeRefused(Exception):
    """The service does not give a token for the code: it is used, old or not ours."""


@dataclass(frozen=True)
class Attempt:
    """One attempt to sign in: what ties the browser, our question and the answer together."""

    state: str
    nonce: str
    verifier: str

    @property
    def challenge(self) -> str:
        """What the service is told of the verifier (S256)."""
        digest = hashlib.sha256(self.verifier.encode("ascii")).digest()
        return base64.urlsafe_b64encode(digest).rstrip(b"=").decode("ascii")


@dataclass(frozen=True)
class Visitor:
    """Whom the service says it is.

    `subject` is the value of the claim the settings name, `address` an e-mail address the service has
    verified, `assurance` the level it states (acr).
    """

    subject: str
    address: str | None
    assurance: str | None


@dataclass(frozen=True)
class _Published:
    """The service's own description, fetched at `at` (monotonic seconds)."""

    at: float
    authorize: str
    token: str
    keys: str
    people: str | None
    end: str | None
    algorithms: tuple[str, ...]
    by_post: bool


class SignInService:
    """One sign-in service, as the settings name it."""

    def __init__(self, settings: Settings, clock: Clock) -> None:
        self._settings = settings
        self._clock = clock
        self._published: _Published | None = None
        self._keys: tuple[float, KeySet] | None = None
        self._fetching = asyncio.Lock()

    @property
    def is_set_up(self) -> bool:
        """Whether the installation has one."""
        return bool(self._settings.oidc_issuer)

    @property
    def issuer(self) -> str:
        """What the service calls itself."""
        return self._settings.oidc_issuer

    @property
    def redirect_url(self) -> str:
        """Where the service sends the browser back to; it must have been told the same."""
        return f"{self._settings.public_url}/signin/oidc/callback"

    async def question(self, attempt: Attempt) -> str:
        """The address the browser is sent to. Raises ServiceDown."""
        async with aiohttp.ClientSession(timeout=TIMEOUT) as http:
            published = await self._describe(http)
        scopes = dict.fromkeys(("openid", *self._settings.oidc_scopes))
        asked = {
            "response_type": "code",
            "client_id": self._settings.oidc_client_id,
            "redirect_uri": self.redirect_url,
            "scope": " ".join(scopes),
            "state": attempt.state,
            "nonce": attempt.nonce,
            "code_challenge": attempt.challenge,
            "code_challenge_method": "S256",
            "ui_locales": "sv",
        }
        if self._settings.oidc_strong_acr:
            asked["acr_values"] = " ".join(self._settings.oidc_strong_acr)
        return _with_query(published.authorize, asked)

    async def visitor(self, code: str, attempt: Attempt) -> Visitor:
        """Who came back with the code. Raises ServiceDown, CodeRefused, BadToken."""
        async with aiohttp.ClientSession(timeout=TIMEOUT) as http:
            published = await self._describe(http)
            answer = await self._exchange(http, published, code, attempt)
            token = answer.get("id_token")
            if not isinstance(token, str):
                raise BadToken("missing")
            claims = await self._believed(http, published, token, attempt.nonce)
            found = await self._completed(http, published, claims, answer.get("access_token"))
        subject = found.get(self._settings.oidc_claim)
        if not isinstance(subject, str) or not subject:
            raise BadToken("claim")
        address, level = found.get("email"), claims.get("acr")
        return Visitor(
            subject,
            address if isinstance(address, str) and found.get("email_verified") is True else None,
            level[:300] if isinstance(level, str) else None,
        )

    async def end_address(self) -> str | None:
        """Where the browser signs out at the service itself; None when it has no such place or is down."""
        try:
            async with aiohttp.ClientSession(timeout=TIMEOUT) as http:
                end = (await self._describe(http)).end
        except ServiceDown:
            return None
        back = {"client_id": self._settings.oidc_client_id}
        return None if end is None else _with_query(end, back)

    # ---- what is fetched ----

    async def _describe(self, http: aiohttp.ClientSession) -> _Published:
        async with self._fetching:
            kept, now = self._published, self._clock.monotonic()
            if kept is None or now - kept.at > KEEP_SECONDS:
                address = f"{self.issuer.rstrip('/')}/.well-known/openid-configuration"
                kept = self._published = self._read(now, await self._fetch(http, address))
            return kept

    def _read(self, now: float, found: Mapping[str, Any]) -> _Published:
        """The description; one that names another issuer, or sends us over an open line, is not ours."""
        if found.get("issuer") != self.issuer:
            raise ServiceDown("issuer")

        def place(name: str) -> str | None:
            given = found.get(name)
            if not isinstance(given, str):
                return None
            if urlsplit(given).scheme not in ("https", urlsplit(self.issuer).scheme):
                raise ServiceDown(f"{name} is not https")
            return given

        authorize, token, keys = (
            place(name) for name in ("authorization_endpoint", "token_endpoint", "jwks_uri")
        )
        if authorize is None or token is None or keys is None:
            raise ServiceDown("description")
        offered = found.get("id_token_signing_alg_values_supported")
        algorithms = tuple(name for name in ALGORITHMS if not isinstance(offered, list) or name in offered)
        ways = found.get("token_endpoint_auth_methods_supported")
        by_post = isinstance(ways, list) and "client_secret_basic" not in ways
        people, end = place("userinfo_endpoint"), place("end_session_endpoint")
        return _Published(now, authorize, token, keys, people, end, algorithms, by_post)

    async def _exchange(
        self, http: aiohttp.ClientSession, published: _Published, code: str, attempt: Attempt
    ) -> Mapping[str, Any]:
        """The token for the code, by our secret and the verifier."""
        form = {
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": self.redirect_url,
            "code_verifier": attempt.verifier,
        }
        client, file = self._settings.oidc_client_id, self._settings.oidc_client_secret_file
        headers = {"Accept": "application/json"}
        if file is None:
            form["client_id"] = client
        else:
            secret = (await asyncio.to_thread(file.read_text, "utf-8")).strip()
            if published.by_post:
                form |= {"client_id": client, "client_secret": secret}
            else:
                pair = f"{quote_plus(client)}:{quote_plus(secret)}".encode()
                headers["Authorization"] = f"Basic {base64.b64encode(pair).decode('ascii')}"
        return await self._fetch(http, published.token, "POST", data=form, headers=headers)

    async def _believed(
        self, http: aiohttp.ClientSession, published: _Published, token: str, nonce: str
    ) -> Mapping[str, Any]:
        """The token's claims; the keys are fetched anew once when its key is not among them."""
        expected = Expected(self.issuer, self._settings.oidc_client_id, nonce, published.algorithms)
        try:
            return claims_of(
                token, await self._key_set(http, published, KEEP_SECONDS), expected, self._clock.now()
            )
        except UnknownKey:
            fresh = await self._key_set(http, published, REFETCH_SECONDS)
            return claims_of(token, fresh, expected, self._clock.now())

    async def _key_set(self, http: aiohttp.ClientSession, published: _Published, oldest: float) -> KeySet:
        async with self._fetching:
            now = self._clock.monotonic()
            if self._keys is None or now - self._keys[0] > oldest:
                found = await self._fetch(http, published.keys)
                self._keys = (now, _key_set(found))
            return self._keys[1]

    async def _completed(
        self,
        http: aiohttp.ClientSession,
        published: _Published,
        claims: Mapping[str, Any],
        access_token: object,
    ) -> Mapping[str, Any]:
        """The claims with what the service tells beside the token, where the token lacks what we look for."""
        wanted = {self._settings.oidc_claim, *({"email"} & set(self._settings.oidc_scopes))}
        if wanted <= claims.keys() or published.people is None or not isinstance(access_token, str):
            return claims
        headers = {"Authorization": f"Bearer {access_token}", "Accept": "application/json"}
        more = await self._fetch(http, published.people, headers=headers)
        if more.get("sub") != claims["sub"]:
            raise BadToken("userinfo")
        return {**more, **claims}

    async def _fetch(
        self, http: aiohttp.ClientSession, address: str, method: str = "GET", **more: Any
    ) -> Mapping[str, Any]:
        """One JSON object. Redirects are not followed: the service says itself where its parts are."""
        where = urlsplit(address).path
        try:
            async with http.request(method, address, allow_redirects=False, **more) as answer:
                found = _parsed(await _body(answer), where)
                if method == "POST" and answer.status == 400 and found.get("error") == "invalid_grant":
                    raise CodeRefused
                if answer.status != 200:
                    raise ServiceDown(f"{where}: {answer.status} {str(found.get('error', ''))[:40]}")
                return found
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            raise ServiceDown(f"{where}: {type(error).__name__}") from None


async def _body(answer: aiohttp.ClientResponse) -> bytes:
    """What was answered, as far as we read."""
    body = bytearray()
    async for chunk in answer.content.iter_chunked(16 * 1024):
        body += chunk
        if len(body) > LONGEST_ANSWER:
            raise ServiceDown("too long an answer")
    return bytes(body)


def _parsed(body: bytes, where: str) -> Mapping[str, Any]:
    try:
        found = json.loads(body)
    except ValueError:
        found = None
    if not isinstance(found, dict):
        raise ServiceDown(f"{where}: no JSON object")
    return found


def _key_set(found: Mapping[str, Any]) -> KeySet:
    """The keys we can use; one of a kind we do not know is left out."""
    given = found.get("keys")
    keys: list[Key] = []
    for each in given if isinstance(given, list) else []:
        if isinstance(each, dict) and each.get("kty") in ("RSA", "EC"):
            with contextlib.suppress(JoseError, ValueError, KeyError, TypeError):
                keys.append(import_key(each))
    return KeySet(keys)


def _with_query(address: str, asked: Mapping[str, str]) -> str:
    return f"{address}{'&' if urlsplit(address).query else '?'}{urlencode(asked)}"
