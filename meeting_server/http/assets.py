"""The files of `web/`: found in the checkout or in the installed package, served with lasting or checked
names.
"""

from __future__ import annotations

import hashlib
import mimetypes
import re
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

_IMPORTED = re.compile(r"""\b(?:from|import)\s*["'](\.{1,2}/[^"']+)["']""")
"""What a script imports before it begins; what it fetches later by import() is not meant."""


def asset(name: str) -> Path:
    """A folder that is packed into the wheel as `_name` and stands beside the package in a checkout."""
    packed = Path(str(files("meeting_server"))) / f"_{name}"
    return packed if packed.is_dir() else Path(__file__).resolve().parents[2] / name


class Assets:
    """One web/ folder. Installed, addresses carry the version of the whole tree and last for ever; in a
    checkout, where files change under us, every use is checked by ETag.
    """

    def __init__(self, folder: Path | None = None) -> None:
        self.folder = folder or asset("web")
        self.is_lasting = self.folder.name.startswith("_")
        self.version = _version(self.folder) if self.is_lasting else ""
        self._imports: dict[Path, tuple[int, tuple[Path, ...]]] = {}

    @property
    def templates(self) -> Path:
        """Where the page templates are."""
        return self.folder / "templates"

    def url(self, path: str) -> str:
        """The address of a file of web/, for templates."""
        return f"/static/{self.version}/{path}" if self.is_lasting else f"/static/{path}"

    def modules(self, *entries: str) -> list[str]:
        """The addresses of these scripts and of all they import, so that a page can ask for them at once
        and not one import after another: each step of that chain would cost a round trip.
        """
        found: dict[Path, None] = {}
        waiting = [(self.folder / entry).resolve() for entry in entries]
        while waiting:
            script = waiting.pop()
            if script not in found and script.is_file():
                found[script] = None
                waiting += self._imported_by(script)
        root = self.folder.resolve()
        return [self.url(script.relative_to(root).as_posix()) for script in found]

    def _imported_by(self, script: Path) -> tuple[Path, ...]:
        changed = script.stat().st_mtime_ns
        known = self._imports.get(script)
        if known is None or known[0] != changed:
            names = _IMPORTED.findall(script.read_text(encoding="utf-8"))
            known = changed, tuple((script.parent / name).resolve() for name in names)
            self._imports[script] = known
        return known[1]

    def find(self, path: str) -> Path | None:
        """The file with this address below /static/, or None."""
        path = path.removeprefix(f"{self.version}/") if self.is_lasting else path
        found = (self.folder / path).resolve()
        allowed = any(found.is_relative_to(self.folder.resolve() / part) for part in FOLDERS)
        return found if allowed and found.is_file() else None


async def serve_static(request: web.Request, assets: Assets) -> web.StreamResponse:
    """GET /static/…"""
    path = request.match_info["path"]
    found = assets.find(path)
    if found is None:
        raise web.HTTPNotFound
    kind = TYPES.get(found.suffix) or mimetypes.guess_type(found.name)[0] or "application/octet-stream"
    lasts = assets.is_lasting and path.startswith(f"{assets.version}/")
    return web.FileResponse(
        found, headers={"Content-Type": kind, "Cache-Control": LASTING if lasts else CHECKED}
    )


def _version(folder: Path) -> str:
    digest = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            digest.update(path.relative_to(folder).as_posix().encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()[:12]
