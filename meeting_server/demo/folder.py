"""The folder of a demonstration: marked as its own, held while it runs, and emptied only when it is both."""

from __future__ import annotations

import fcntl
import shutil
from pathlib import Path
from typing import IO

MARKER = "demonstration"
"""The file that says that a demonstration made what is in the folder."""

MADE = ("klubban.sqlite3", "klubban.sqlite3-wal", "klubban.sqlite3-shm", "secret", "seal")
"""What a demonstration makes and begins anew without; nothing else in the folder is ever removed."""

_WORDS = (
    "Klubbans demonstration har gjort databasen, hemligheten och sigillet i den här mappen.\n"
    "De tas bort av `demo --fresh`, som bara gör det där den här filen finns.\n"
)


class NotADemonstration(Exception):
    """The folder or its register is not a demonstration's own, or one is running there; Swedish sentences."""


class DemoFolder:
    """A folder that a demonstration runs in, held by a lock on its mark so that nobody empties it meanwhile.

    Nothing is written or removed before `claim`.
    """

    def __init__(self, folder: Path, database_url: str) -> None:
        self._folder = folder
        self._database_is_here = database_url == f"sqlite:///{folder / MADE[0]}"
        self._held: IO[str] | None = None

    def claim(self, *, fresh: bool) -> list[str]:
        """Hold the folder, emptied first when `fresh`; the names of what was removed.

        A folder in which nothing is made yet gets the mark. Raises NotADemonstration, with nothing removed.
        """
        mark = self._folder / MARKER
        made = [name for name in MADE if (self._folder / name).exists()]
        if fresh and not self._database_is_here:
            raise NotADemonstration(
                "--fresh börjar om bara med databasen i demonstrationens egen mapp, men KLUBBAN_DATABASE_URL "
                "anger en annan. Ingenting är borttaget."
            )
        if made and not mark.is_file():
            if fresh:
                raise NotADemonstration(
                    f"{self._folder} är inte en demonstrations mapp: där finns {', '.join(made)} men ingen "
                    f"fil som heter {MARKER}. Ingenting är borttaget. Välj en annan mapp med KLUBBAN_DATA, "
                    "eller ta själv bort det som finns där."
                )
            return []
        self._folder.mkdir(parents=True, exist_ok=True)
        if not mark.exists():
            mark.write_text(_WORDS, encoding="utf-8")
        self._held = mark.open(encoding="utf-8")
        removed = self._emptied(made) if fresh else []
        fcntl.flock(self._held, fcntl.LOCK_SH)
        return removed

    def release(self) -> None:
        """Let the folder go."""
        if self._held is not None:
            self._held.close()

    def _emptied(self, made: list[str]) -> list[str]:
        assert self._held is not None
        try:
            fcntl.flock(self._held, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            self.release()
            raise NotADemonstration(
                f"En demonstration går redan i {self._folder}. Stäng den först. Ingenting är borttaget."
            ) from None
        for name in made:
            path = self._folder / name
            if path.is_dir() and not path.is_symlink():
                shutil.rmtree(path)
            else:
                path.unlink()
        return made


def require_made_up(organisations: set[str], own: str) -> None:
    """A demonstration lets anybody in as anybody: only into its own organisation. Raises NotADemonstration.

    organisations: those that have people in the register. own: the made-up one.
    """
    if real := sorted(organisations - {own}):
        raise NotADemonstration(
            f"Registret hör till {', '.join(real)} och inte till demonstrationen, som släpper in "
            "vem som helst. Välj en annan mapp med KLUBBAN_DATA."
        )
