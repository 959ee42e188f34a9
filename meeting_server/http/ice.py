"""The STUN and TURN servers a browser is told of, with passwords that soon end."""

from __future__ import annotations

import base64
import hashlib
import hmac
from datetime import datetime, timedelta

from meeting_server.config import Settings

TURN_LIFE = timedelta(hours=12)


def ice_servers(settings: Settings, person: str, now: datetime) -> list[dict[str, object]]:
    """As RTCPeerConnection takes them. TURN passwords are made from the shared secret, as coturn's
    `use-auth-secret` checks them: base64 of HMAC-SHA1 over `expiry:name`; the name is a hash, not a
    person.
    """
    servers: list[dict[str, object]] = []
    if settings.stun_urls:
        servers.append({"urls": list(settings.stun_urls)})
    if settings.turn_urls and settings.turn_secret_file is not None:
        name = hashlib.sha256(person.encode()).hexdigest()[:12]
        user = f"{int((now + TURN_LIFE).timestamp())}:{name}"
        secret = settings.turn_secret_file.read_bytes().strip()
        password = base64.b64encode(hmac.digest(secret, user.encode(), hashlib.sha1)).decode()
        servers.append({"urls": list(settings.turn_urls), "username": user, "credential": password})
    return servers
