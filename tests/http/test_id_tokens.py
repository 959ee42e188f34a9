"""What an ID token must be: right in every respect, and refused for each thing that is wrong."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from joserfc import jwt
from joserfc.jwk import ECKey, Key, KeySet, OctKey, RSAKey

from meeting_server.http.id_tokens import BadToken, Expected, UnknownKey, claims_of

NOW = datetime(2026, 11, 24, 18, 0, tzinfo=UTC)
AT = int(NOW.timestamp())
OURS = RSAKey.generate_key(2048, {"kid": "a", "use": "sig"})
CURVE = ECKey.generate_key("P-256", {"kid": "b", "use": "sig"})
FOREIGN = RSAKey.generate_key(2048, {"kid": "a"})
KEYS = KeySet([OURS, CURVE])
EXPECTED = Expected("https://idp.example", "klubban", "n-1")
CLAIMS: dict[str, Any] = {
    "iss": "https://idp.example",
    "aud": "klubban",
    "sub": "mira",
    "nonce": "n-1",
    "iat": AT,
    "exp": AT + 300,
}


def token(key: Key = OURS, algorithm: str = "RS256", kid: str | None = "a", **changes: Any) -> str:
    """A right token, with changes; a claim changed to `...` is left out."""
    claims = {name: value for name, value in {**CLAIMS, **changes}.items() if value is not ...}
    header = {"alg": algorithm} | ({} if kid is None else {"kid": kid})
    return jwt.encode(header, claims, key, algorithms=[algorithm])


def read(text: str, keys: KeySet = KEYS, expected: Expected = EXPECTED) -> Any:
    return claims_of(text, keys, expected, NOW)


def test_a_right_token_gives_its_claims() -> None:
    assert read(token(acr="loa3"))["acr"] == "loa3"
    assert read(token(CURVE, "ES256", "b"))["sub"] == "mira"
    assert read(token(aud=["klubban"], azp="klubban"))["sub"] == "mira"
    assert read(token(aud=["klubban", "other"], azp="klubban"))["sub"] == "mira"


@pytest.mark.parametrize(
    ("reason", "changes"),
    [
        ("iss", {"iss": "https://idp.example/"}),
        ("iss", {"iss": ...}),
        ("aud", {"aud": "another"}),
        ("aud", {"aud": ["another"]}),
        ("aud", {"aud": ...}),
        ("azp", {"aud": ["klubban", "another"]}),
        ("azp", {"aud": ["klubban", "another"], "azp": "another"}),
        ("azp", {"azp": "another"}),
        ("nonce", {"nonce": "n-2"}),
        ("nonce", {"nonce": ...}),
        ("nonce", {"nonce": 1}),
        ("sub", {"sub": ""}),
        ("sub", {"sub": ...}),
        ("sub", {"sub": "x" * 256}),
        ("exp", {"exp": ...}),
        ("exp", {"exp": "soon"}),
        ("exp", {"exp": True}),
        ("iat", {"iat": ...}),
        ("nbf", {"nbf": "soon"}),
    ],
)
def test_one_thing_wrong_is_enough(reason: str, changes: dict[str, Any]) -> None:
    with pytest.raises(BadToken, match=f"^{reason}$"):
        read(token(**changes))


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"exp": AT - 59}, None),
        ({"exp": AT - 60}, "exp"),
        ({"exp": AT - 61}, "exp"),
        ({"iat": AT + 59}, None),
        ({"iat": AT + 60}, None),
        ({"iat": AT + 61}, "iat"),
        ({"iat": AT - 599}, None),
        ({"iat": AT - 600}, None),
        ({"iat": AT - 601}, "iat"),
        ({"nbf": AT + 60}, None),
        ({"nbf": AT + 61}, "nbf"),
    ],
)
def test_clocks_may_differ_by_a_minute_and_a_token_is_at_most_ten_minutes_old(
    changes: dict[str, Any], reason: str | None
) -> None:
    if reason is None:
        assert read(token(**changes))
    else:
        with pytest.raises(BadToken, match=reason):
            read(token(**changes))


def test_a_foreign_key_by_our_keys_name_is_found_out() -> None:
    with pytest.raises(BadToken, match="signature"):
        read(token(FOREIGN))


def test_a_changed_token_is_found_out() -> None:
    head, body, mark = token().split(".")
    other = token(sub="nils").split(".")[1]
    for text in (f"{head}.{other}.{mark}", f"{head}.{body}.{mark[:-8]}AAAAAAAA"):
        with pytest.raises(BadToken, match="signature"):
            read(text)


@pytest.mark.parametrize("text", ["", "a.b", "a.b.c", "å.b.c", "..", "e30.e30."])
def test_what_is_no_token_is_said_to_be_none(text: str) -> None:
    with pytest.raises(BadToken, match=r"malformed|algorithm"):
        read(text)


def test_none_and_shared_secrets_are_no_signatures() -> None:
    unsigned = "eyJhbGciOiJub25lIn0." + token().split(".")[1] + "."
    with pytest.raises(BadToken, match="algorithm"):
        read(unsigned)
    secret = OctKey.generate_key(256)
    with pytest.raises(BadToken, match="algorithm"):
        read(token(secret, "HS256"), KeySet([secret]))


def test_only_what_the_service_says_it_signs_with_is_taken() -> None:
    expected = Expected("https://idp.example", "klubban", "n-1", ("RS256", "HS256", "none"))
    assert read(token(), expected=expected)
    with pytest.raises(BadToken, match="algorithm"):
        read(token(CURVE, "ES256", "b"), expected=expected)


def test_an_unknown_key_is_told_apart_so_that_new_keys_can_be_fetched() -> None:
    with pytest.raises(UnknownKey):
        read(token(kid="c"))


def test_without_a_name_there_must_be_one_key() -> None:
    assert read(token(kid=None), KeySet([OURS]))
    with pytest.raises(UnknownKey):
        read(token(kid=None))


def test_a_key_for_secrecy_signs_nothing() -> None:
    key = RSAKey.generate_key(2048, {"kid": "e", "use": "enc"})
    text = token(RSAKey.import_key(key.as_dict(private=True, use="sig")), kid="e")
    with pytest.raises(UnknownKey):
        read(text, KeySet([key]))


def test_a_token_that_names_another_kind_of_key_is_refused() -> None:
    with pytest.raises(BadToken):
        read(token(CURVE, "ES256", "a"))
