"""The files of `web/`: found in the checkout or in the installed package, served with lasting or checked
names.
"""

from __future__ import annotations

import gzip
import hashlib
import mimetypes
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

from aiohttp import web

FOLDERS = ("css", "example", "fonts", "img", "js", "vendor")
"""Parts of web/ anybody may read. Templates are not among them."""
LASTING = "public, max-age=31536000, immutable"
CHECKED = "no-cache"
TYPES = {
    ".js": "text/javascript; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".svg": "image/svg+xml",
    ".woff2": "font/woff2",
    ".json": "application/json",
}
TEXTS = (".js", ".css", ".svg", ".json")
"""What is sent by gzip, a fifth of its size. Nothing secret is in these that their length could tell."""


def asset(name: str) -> Path:
    """A folder that is packed into the wheel as `_name` and stands beside the package in a checkout."""
    packed = Path(str(files("meeting_server"))) / f"_{name}"
    return packed if packed.is_dir() else Path(__file__).resolve().parents[2] / name


@dataclass(frozen=True)
class Text:
    """A text to send, plain and by gzip. digest: twelve hex digits of what it says."""

    digest: str
    plain: bytes
    packed: bytes

    @classmethod
    def of(cls, plain: bytes) -> Text:
        """Pack it."""
        return cls(hashlib.sha256(plain).hexdigest()[:12], plain, gzip.compress(plain, 9, mtime=0))


class Assets:
    """One web/ folder. Installed, addresses carry the version of the whole tree and last for ever; in a
    checkout, where files change under us, every use is checked by ETag.
    """

    def __init__(self, folder: Path | None = None) -> None:
        self.folder = folder or asset("web")
        self.is_lasting = self.folder.name.startswith("_")
        self.version = _version(self.folder) if self.is_lasting else ""
        self._texts: dict[Path, tuple[int, Text]] = {}

    @property
    def templates(self) -> Path:
        """Where the page templates are."""
        return self.folder / "templates"

    def url(self, path: str) -> str:
        """The address of a file of web/, for templates."""
        return f"/static/{self.version}/{path}" if self.is_lasting else f"/static/{path}"

    def find(self, path: str) -> Path | None:
        """The file with this address below /static/, or None."""
        path = path.removeprefix(f"{self.version}/") if self.is_lasting else path
        found = (self.folder / path).resolve()
        allowed = any(found.is_relative_to(self.folder.resolve() / part) for part in FOLDERS)
        return found if allowed and found.is_file() else None

    def read(self, path: Path) -> Text:
        """What is in a file of text; kept until the file changes."""
        changed = path.stat().st_mtime_ns
        known = self._texts.get(path)
        if known is None or known[0] != changed:
            known = self._texts[path] = changed, Text.of(path.read_bytes())
        return known[1]


def send(request: web.Request, text: Text, kind: str, caching: str) -> web.Response:
    """A text as small as the browser takes it; 304 when it has the same already (RFC 9110, 13.1.2)."""
    headers = {"Cache-Control": caching, "Vary": "Accept-Encoding"}
    if any(each.value in (text.digest, "*") for each in request.if_none_match or ()):
        answer = web.Response(status=304, headers=headers)
    elif "gzip" in request.headers.get("Accept-Encoding", ""):
        headers |= {"Content-Type": kind, "Content-Encoding": "gzip"}
        answer = web.Response(body=text.packed, headers=headers)
    else:
        answer = web.Response(body=text.plain, headers=headers | {"Content-Type": kind})
    answer.etag = text.digest
    return answer


async def serve_static(request: web.Request, assets: Assets) -> web.StreamResponse:
    """GET /static/…"""
    path = request.match_info["path"]
    found = assets.find(path)
    if found is None:
        raise web.HTTPNotFound
    kind = TYPES.get(found.suffix) or mimetypes.guess_type(found.name)[0] or "application/octet-stream"
    lasts = assets.is_lasting and path.startswith(f"{assets.version}/")
    caching = LASTING if lasts else CHECKED
    if found.suffix in TEXTS:
        return send(request, assets.read(found), kind, caching)
    return web.FileResponse(found, headers={"Content-Type": kind, "Cache-Control": caching})


def _version(folder: Path) -> str:
    digest = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            digest.update(path.relative_to(folder).as_posix().encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()[:12]
