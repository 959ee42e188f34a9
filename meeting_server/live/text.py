"""How a message becomes the text that is sent."""

from __future__ import annotations

import json

_ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))


def dumps(message: object) -> str:
    """Plain data as compact JSON."""
    return _ENCODER.encode(message)
