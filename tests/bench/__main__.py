"""Prints every figure: `python -m tests.bench`; or named parts: `python -m tests.bench media votes`."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

PARTS = {
    "core": "The pure core: deciding and replaying",
    "log": "The event log: appending, reading, verifying",
    "votes": "149 votes at once, over real sockets",
    "media": "149 joins at once; 10 to 300 listeners to three speakers; Janus with the same load",
    "switch": "From the grant of the floor to the new picture, in real pages",
    "network": "Bad networks with a real browser behind a relay",
    "wall": "The wall of everybody at a distance",
    "liveness": "How soon a covered, still or missing picture is told, and ten clean minutes",
    "pdf": "Minutes of 100 sections as sealed PDF",
}


def main(names: list[str]) -> int:
    """Run each part in a process of its own, so that one does not warm or burden the next."""
    unknown = [name for name in names if name not in PARTS]
    if unknown:
        print(f"There is no {', '.join(unknown)}; choose among {', '.join(PARTS)}.")
        return 2
    failed = 0
    for name in names or PARTS:
        print(f"\n== {PARTS[name]}", flush=True)
        began = time.monotonic()
        done = subprocess.run(
            [sys.executable, "-m", f"tests.bench.bench_{name}"], cwd=Path(__file__).parents[2]
        )
        print(f"   ({time.monotonic() - began:.0f} s)", flush=True)
        failed += done.returncode != 0
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
