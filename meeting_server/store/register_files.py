"""Pictures and documents that a register file names and that lie in the same folder."""

from __future__ import annotations

import errno
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from meeting_server.store.yaml_reading import Part


@dataclass(frozen=True)
class FileRules:
    """What a kind of file may be: media type and first bytes by suffix, and the most bytes of all."""

    types: Mapping[str, tuple[str, bytes]]
    largest: int


PICTURES = FileRules(
    {
        ".svg": ("image/svg+xml", b"<"),
        ".png": ("image/png", b"\x89PNG"),
        ".jpg": ("image/jpeg", b"\xff\xd8"),
        ".jpeg": ("image/jpeg", b"\xff\xd8"),
    },
    1 << 20,
)
DOCUMENTS = FileRules(
    {".pdf": ("application/pdf", b"%PDF"), ".txt": ("text/plain; charset=utf-8", b"")}, 20 << 20
)


def attached_file(part: Part, folder: Path | None, rules: FileRules) -> tuple[str, bytes] | None:
    """The media type and content of the file that `part` names, or None with a fault noted."""
    name = part.line(400)
    if not name:
        return None
    try:
        return _read(part, name, folder, rules)
    except (OSError, RuntimeError, ValueError) as error:  # too long a name, links in a ring, no right to read
        if isinstance(error, OSError) and error.errno == errno.ENAMETOOLONG:
            part.fault(f"filen {name!r} har ett namn på {len(name)} tecken, som är för långt för en fil")
        else:
            part.fault(f"filen {name!r} går inte att läsa")
        return None


def _read(part: Part, name: str, folder: Path | None, rules: FileRules) -> tuple[str, bytes] | None:
    path = (folder / name).resolve() if folder is not None else None
    kind = rules.types.get(Path(name).suffix.lower())
    if path is None or folder is None or not path.is_relative_to(folder.resolve()):
        part.fault(f"filen {name!r} ligger inte i samma mapp som registret")
    elif kind is None:
        part.fault(f"filen {name!r} ska sluta på {', '.join(rules.types)}")
    elif not path.is_file():
        part.fault(f"filen {name!r} finns inte")
    elif path.stat().st_size > rules.largest:
        part.fault(f"filen {name!r} är större än {rules.largest >> 20} MB")
    else:
        content = path.read_bytes()
        if content.startswith(kind[1]):
            return kind[0], content
        part.fault(f"filen {name!r} är inte av det slag som namnet säger")
    return None
