"""What the sign-in service of the tests tells of its people."""

from __future__ import annotations

from typing import Any

from oauth2_provider.oauth2_validators import OAuth2Validator

from tests.oidc.provider import NUMBERS, PEOPLE


class Claims(OAuth2Validator):  # type: ignore[misc]
    """The level, the address and the number, whatever is asked for."""

    oidc_claim_scope = None

    def get_additional_claims(self, request: Any) -> dict[str, object]:
        """Of the person who has signed in."""
        level, address, is_verified = PEOPLE[request.user.username]
        return {
            "acr": level,
            "email": address,
            "email_verified": is_verified,
            "number": NUMBERS[request.user.username],
        }
