"""`python -m meeting_server`: imports the command line with the search for rubbish turned off, since all that
is imported stays; with it, a fifth of the start went to finding nothing, and later searches through the same
made the meeting pause.
"""

from __future__ import annotations

import contextlib
import gc
import sys
from collections.abc import Sequence


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; the exit status."""
    gc.disable()
    from meeting_server.command_line import main as run

    gc.freeze()
    gc.enable()
    return run(argv)


if __name__ == "__main__":
    with contextlib.suppress(BrokenPipeError):
        sys.exit(main())
