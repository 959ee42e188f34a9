"""What comes in with a request, read strictly: JSON, plain forms, and the address itself.

U+0000 and half a character of two stand in no text: one database refuses them, the other cannot give them
back. They are told as what they are, malformed, before anything looks them up or keeps them.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from aiohttp import web
from aiohttp.web_request import FileField
from multidict import MultiDictProxy

from meeting_server.http.problems import BadRequest
from meeting_server.wire.commands import MAX_BYTES

MALFORMED = "Innehållet har ett nolltecken eller ett halvt tecken, som inte kan sparas. Ta bort det."


async def read_json(request: web.Request, limit: int = MAX_BYTES) -> dict[str, Any]:
    """The body as a JSON object of at most limit bytes. Raises BadRequest."""
    text = await read_text(request, limit)
    try:
        found = json.loads(text)
        is_sound = all(is_whole(each) for each in _texts_in(found))
    except (ValueError, RecursionError):
        raise BadRequest("Innehållet är inte JSON.") from None
    if not isinstance(found, dict):
        raise BadRequest("Innehållet ska vara ett JSON-objekt.")
    if not is_sound:
        raise BadRequest(MALFORMED)
    return found


async def read_text(request: web.Request, limit: int) -> str:
    """The body as text of at most limit bytes."""
    if request.content_type != "application/json":
        raise web.HTTPUnsupportedMediaType
    body = await request.read()
    if len(body) > limit:
        raise web.HTTPRequestEntityTooLarge(max_size=limit, actual_size=len(body))
    try:
        return body.decode()
    except UnicodeDecodeError:
        raise BadRequest("Innehållet är inte UTF-8.") from None


async def read_form(request: web.Request) -> MultiDictProxy[str | bytes | bytearray | FileField]:
    """The fields of a plain form; empty when the body is something else. Raises BadRequest."""
    try:
        form = await request.post()
    except (ValueError, LookupError):  # no such encoding, not in it, or parts that do not fit together
        raise BadRequest("Formuläret går inte att läsa.") from None
    if not all(is_whole(name) and is_whole(str(value)) for name, value in form.items()):
        raise BadRequest(MALFORMED)
    return form


def require_address(request: web.Request) -> None:
    """An address can only lead to what a text can name. Raises HTTPNotFound, or BadRequest for its query."""
    if not is_whole(request.path):
        raise web.HTTPNotFound
    if not all(is_whole(name) and is_whole(value) for name, value in request.query.items()):
        raise BadRequest(MALFORMED)


def is_whole(text: str) -> bool:
    """Whether a text has neither U+0000 nor half a character."""
    return not any(sign == "\0" or "\ud800" <= sign <= "\udfff" for sign in text)


def _texts_in(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for name, part in value.items():
            yield name
            yield from _texts_in(part)
    elif isinstance(value, list):
        for part in value:
            yield from _texts_in(part)
