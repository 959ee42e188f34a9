"""The archive package over HTTP: made by the secretary when the minutes are sealed, then fetched."""

from __future__ import annotations

from typing import Any

from aiohttp import web

from meeting_server.http.downloads import as_file
from meeting_server.http.keys import CLOCK, PERSON, STORE
from meeting_server.live import archiving
from meeting_server.store import Store


async def make_package(request: web.Request) -> web.StreamResponse:
    """POST /meetings/{meeting}/archive: make the package of what there is now; the list of those made."""
    store, meeting_id = request.app[STORE], request.match_info["meeting"]
    await archiving.make(store, meeting_id, request[PERSON].id, request.app[CLOCK].now())
    return web.json_response(await about_packages(store, meeting_id), headers={"Cache-Control": "no-store"})


async def fetch_package(request: web.Request) -> web.StreamResponse:
    """GET /meetings/{meeting}/archive.zip: the package that has been made, the same bytes every time."""
    package = await archiving.made_now(request.app[STORE], request.match_info["meeting"])
    return as_file(package.body, "application/zip", package.name)


async def about_packages(store: Store, meeting_id: str) -> dict[str, Any]:
    """The packages made, the newest first, and whether the newest holds everything there is to keep."""
    made = await store.archive_packages.of(meeting_id)
    names = {each.id: each.name for each in await store.register.persons()} if made else {}
    return {
        "current": await archiving.is_current(store, meeting_id),
        "made": [
            {
                "at": each.made_at.isoformat(),
                "by": names.get(each.made_by, ""),
                "sha256": each.sha256,
                "size": each.size,
                "files": each.files,
            }
            for each in reversed(made)
        ],
    }
