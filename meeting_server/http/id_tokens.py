"""What an ID token of the sign-in service must be for us to believe it (OpenID Connect Core 3.1.3.7).

Pure: the token, the keys, what we asked and the time go in; the claims or a reason come out. Signatures are
joserfc's work.
"""

from __future__ import annotations

import hmac
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from joserfc import jws, jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

ALGORITHMS: Final = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512")
"""Signatures by a key that the service alone has; never `none`, never one by a shared secret."""
LEEWAY = timedelta(seconds=60)
"""How far the service's clock and ours may differ."""
OLDEST = timedelta(minutes=10)
"""How long ago the token may have been issued: it is fetched the moment it is made."""
LONGEST_SUBJECT = 255


class BadToken(Exception):
    """The token is not believed; `reason` is one word for the log, never shown with the token."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class UnknownKey(BadToken):
    """The token is signed with a key we have not seen: the service may have changed keys."""


@dataclass(frozen=True)
class Expected:
    """What we asked, and of whom."""

    issuer: str
    client_id: str
    nonce: str
    algorithms: Collection[str] = ALGORITHMS


def claims_of(token: str, keys: KeySet, expected: Expected, now: datetime) -> Mapping[str, Any]:
    """The claims of a token that is right in every respect. Raises BadToken, and UnknownKey of its kinds."""
    allowed = [name for name in ALGORITHMS if name in expected.algorithms]
    try:
        header = jws.extract_compact(token.encode("ascii")).headers()
    except (JoseError, ValueError, UnicodeError):
        raise BadToken("malformed") from None
    if header.get("alg") not in allowed:
        raise BadToken("algorithm")
    candidates = _candidates(keys, header.get("kid"))
    if not candidates:
        raise UnknownKey("key")
    try:
        claims = jwt.decode(token, KeySet(candidates), algorithms=allowed).claims
    except (JoseError, ValueError, KeyError, TypeError):
        raise BadToken("signature") from None
    _check(claims, expected, now)
    return claims


def _candidates(keys: KeySet, kid: object) -> list[Any]:
    """The key that is named; where none is named, the only one there is."""
    signing = [key for key in keys if key.as_dict(private=False).get("use", "sig") == "sig"]
    if kid is None:
        return signing if len(signing) == 1 else []
    return [key for key in signing if key.kid == kid]


def _check(claims: Mapping[str, Any], expected: Expected, now: datetime) -> None:
    if claims.get("iss") != expected.issuer:
        raise BadToken("iss")
    audience = claims.get("aud")
    audiences = [audience] if isinstance(audience, str) else audience
    if not isinstance(audiences, list) or expected.client_id not in audiences:
        raise BadToken("aud")
    # Who else is meant must not be able to use our token, so the token must say that it was made for us.
    party = claims.get("azp")
    if party != expected.client_id and (party is not None or len(audiences) > 1):
        raise BadToken("azp")
    at, leeway = now.timestamp(), LEEWAY.total_seconds()
    if at >= _number(claims.get("exp"), "exp") + leeway:
        raise BadToken("exp")
    if not -OLDEST.total_seconds() <= _number(claims.get("iat"), "iat") - at <= leeway:
        raise BadToken("iat")
    if _number(claims.get("nbf", at), "nbf") - at > leeway:
        raise BadToken("nbf")
    nonce = claims.get("nonce")
    if not isinstance(nonce, str) or not hmac.compare_digest(nonce.encode(), expected.nonce.encode()):
        raise BadToken("nonce")
    subject = claims.get("sub")
    if not isinstance(subject, str) or not 0 < len(subject) <= LONGEST_SUBJECT:
        raise BadToken("sub")


def _number(value: object, name: str) -> float:
    """An instant as the token gives it: seconds, and nothing else."""
    if not isinstance(value, int | float) or isinstance(value, bool):
        raise BadToken(name)
    return float(value)
