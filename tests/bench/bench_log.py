"""How fast the event log writes and reads: run `python -m tests.bench.bench_log [database url]`; no test, no
limits.
"""

from __future__ import annotations

import asyncio
import statistics
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

from meeting_server.store import Store
from meeting_server.store.chain import NewRow
from meeting_server.store.verify import verify_rows

ROWS_SINGLE = 500
GROUPS = (16, 64, 149)
ROWS_GROUPED = 6_000


def _row(number: int) -> NewRow:
    vote = {"division": "d1", "person": f"person-{number % 149}", "vote": "yes", "channel": "device"}
    return NewRow(datetime.now(UTC), f"person-{number % 149}", f"command-{number}", "vote-cast", 1, vote)


async def _append(store: Store, meeting: str, total: int, group: int) -> tuple[float, list[float]]:
    seq = 0
    each: list[float] = []
    began = time.perf_counter()
    while seq < total:
        batch = [_row(seq + number) for number in range(group)]
        asked = time.perf_counter()
        seq = (await store.log.append(meeting, seq, batch))[-1].seq
        each.append(1000 * (time.perf_counter() - asked))
    return seq / (time.perf_counter() - began), each


async def _measure(url: str) -> None:
    store = await Store.open(url)
    print(f"{store.database.dialect}: one row is one vote by one command, every commit is flushed to disk")
    for group in (1, *GROUPS):
        rate, each = await _append(store, f"m{group}", ROWS_SINGLE if group == 1 else ROWS_GROUPED, group)
        worst = statistics.quantiles(each, n=100)[98]
        name = "single" if group == 1 else f"groups of {group}"
        commit = f"commit median {statistics.median(each):6.2f} ms, p99 {worst:6.2f} ms"
        print(f"  append, {name:14} {rate:9.0f} rows/s   {commit}")
    began = time.perf_counter()
    rows = await store.log.read(f"m{GROUPS[-1]}")
    reading = time.perf_counter() - began
    began = time.perf_counter()
    assert verify_rows(rows) == []
    verifying = time.perf_counter() - began
    print(f"  read {len(rows) / reading:25.0f} rows/s")
    print(f"  verify {len(rows) / verifying:23.0f} rows/s")
    await store.close()


def main() -> None:
    """Measure the database named on the command line, or an SQLite file in a temporary folder."""
    if len(sys.argv) > 1:
        asyncio.run(_measure(sys.argv[1]))
        return
    with tempfile.TemporaryDirectory() as folder:
        asyncio.run(_measure(f"sqlite:///{Path(folder) / 'klubban.sqlite3'}"))


if __name__ == "__main__":
    main()
