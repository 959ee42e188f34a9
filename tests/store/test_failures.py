"""Disk full, file locked, process killed: nothing is half-written, and the cause is said."""

from __future__ import annotations

import asyncio
import errno
import signal
import sqlite3
import subprocess
import sys
from collections.abc import AsyncIterator
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import CompileError, IntegrityError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.ext.asyncio import AsyncConnection

from meeting_server.store import Store, engine
from meeting_server.store.failures import Conflict, StorageFailed, translated
from meeting_server.store.verify import verify_rows
from tests.store.rows import a_row, rows

CHECKOUT = Path(__file__).parent.parent.parent

# Appends batches of three rows for ever, and says which batch is stored.
WRITER = """
import asyncio, sys
from meeting_server.store import Store
from tests.store.rows import a_row
async def main():
    store = await Store.open(sys.argv[1], migrate=False)
    seq = (await store.log.head("ks")).seq
    while True:
        batch = [a_row(f"c{seq + n}", number=seq + n) for n in (1, 2, 3)]
        seq = (await store.log.append("ks", seq, batch))[-1].seq
        print(seq, flush=True)
asyncio.run(main())
"""

# Appends until the file may not grow any more, then says why it stopped and that it can still read.
FILLER = """
import asyncio, resource, signal, sys
from meeting_server.store import Store
from meeting_server.store.failures import StorageFailed
from tests.store.rows import a_row
async def main():
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1_500_000, 1_500_000))
    store = await Store.open(sys.argv[1], migrate=False)
    seq = 0
    try:
        while True:
            seq = (await store.log.append("ks", seq, [a_row(f"c{seq}", filling="x" * 20_000)]))[-1].seq
    except StorageFailed as failed:
        print(failed.cause, seq, (await store.log.head("ks")).seq)
    await store.close()
asyncio.run(main())
"""


@pytest.mark.parametrize("after", range(4))
async def test_killed_in_the_middle_of_appending_the_chain_is_whole(
    store: Store, url: str, after: int
) -> None:
    writer = subprocess.Popen(
        [sys.executable, "-c", WRITER, url], stdout=subprocess.PIPE, cwd=CHECKOUT, text=True
    )
    assert writer.stdout is not None
    with writer, writer.stdout:
        acknowledged = 0
        for _ in range(1 + 7 * after):
            acknowledged = int(await asyncio.to_thread(writer.stdout.readline))
        writer.send_signal(signal.SIGKILL)
    stored = await store.log.read("ks")
    assert verify_rows(stored) == []
    assert len(stored) >= acknowledged
    assert len(stored) % 3 == 0  # a batch is there or is not
    assert await store.log.find_command("ks", f"c{acknowledged}") == acknowledged
    await store.log.append("ks", len(stored), [a_row("after")])


async def test_disk_full(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'klubban.sqlite3'}"
    await (await Store.open(url)).close()
    filler = await asyncio.to_thread(
        subprocess.run,
        [sys.executable, "-c", FILLER, url],
        cwd=CHECKOUT,
        capture_output=True,
        text=True,
        check=True,
    )
    cause, acknowledged, head = filler.stdout.split()
    assert cause == "disk-full"
    assert int(acknowledged) == int(head) > 10
    store = await Store.open(url)  # room again
    assert verify_rows(await store.log.read("ks")) == []
    await store.log.append("ks", int(head), [a_row("after")])
    await store.close()


@pytest.fixture
async def sqlite(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Store]:
    """A store in a file at tmp_path/klubban.sqlite3 that waits only a moment for a lock."""
    monkeypatch.setattr(engine, "BUSY_SECONDS", 0.05)
    opened = await Store.open(f"sqlite:///{tmp_path / 'klubban.sqlite3'}")
    yield opened
    await opened.close()


async def test_a_full_database_refuses_the_batch_and_takes_the_next_when_there_is_room(sqlite: Store) -> None:
    await sqlite.log.append("ks", 0, rows([1]))
    await sqlite.database.write(_limit_pages)
    large = [a_row(f"large{n}", filling="x" * 100_000) for n in range(5)]
    with pytest.raises(StorageFailed) as failed:
        await sqlite.log.append("ks", 1, [a_row("small"), *large])
    assert failed.value.cause == "disk-full"
    assert failed.value.because.startswith("Lagringsutrymmet är fullt.")
    assert (await sqlite.log.head("ks")).seq == 1
    assert await sqlite.log.find_command("ks", "small") is None
    await sqlite.log.append("ks", 1, [a_row("small")])


async def _limit_pages(connection: AsyncConnection) -> None:
    pages = (await connection.execute(text("PRAGMA page_count"))).scalar_one()
    await connection.execute(text(f"PRAGMA max_page_count={pages + 5}"))


async def test_a_database_somebody_else_holds_is_said_to_be_locked(sqlite: Store, tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "klubban.sqlite3", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StorageFailed) as failed:
            await sqlite.log.append("ks", 0, rows([1]))
        assert failed.value.cause == "locked"
        assert await sqlite.log.read("ks") == []  # reading goes on beside the writer
        other.execute("ROLLBACK")
    await sqlite.log.append("ks", 0, rows([1]))


@pytest.mark.parametrize(
    ("content", "cause"), [(b"this is no database" * 100, "damaged"), (None, "unreachable")]
)
async def test_a_file_that_is_no_database_is_said(tmp_path: Path, content: bytes | None, cause: str) -> None:
    path = tmp_path / "klubban.sqlite3"
    if content is None:
        path.mkdir()
    else:
        path.write_bytes(content)
    with pytest.raises(StorageFailed) as failed:
        await Store.open(f"sqlite:///{path}")
    assert failed.value.cause == cause


@pytest.mark.parametrize("url", ["sqlite://", "sqlite:///:memory:", "mysql://localhost/klubban"])
async def test_a_database_that_would_lose_the_log_is_not_opened(url: str) -> None:
    with pytest.raises(ValueError):
        await Store.open(url)


@pytest.mark.postgres
async def test_a_server_that_is_not_there_is_said_to_be_unreachable(tmp_path: Path) -> None:
    with pytest.raises(StorageFailed) as failed:
        await Store.open(f"postgresql://klubban@/klubban?host={tmp_path}")
    assert failed.value.cause == "unreachable"


async def test_a_broken_key_is_not_a_failure_of_storage(store: Store) -> None:
    await store.log.append("ks", 0, rows([1]))
    with pytest.raises(Conflict):
        await store.log.append("ks", 0, rows([1]))


class _FromServer(Exception):
    """What asyncpg raises, reduced to what is looked at."""

    def __init__(self, sqlstate: str) -> None:
        self.sqlstate = sqlstate


@pytest.mark.parametrize(
    ("sqlstate", "cause"),
    [
        ("53100", "disk-full"),
        ("55P03", "locked"),
        ("40P01", "locked"),
        ("53300", "locked"),
        ("25006", "read-only"),
        ("42501", "read-only"),
        ("08006", "unreachable"),
        ("57P01", "unreachable"),
        ("XX001", "damaged"),
        ("22021", "other"),
    ],
)
def test_what_postgresql_says_has_a_cause(sqlstate: str, cause: str) -> None:
    failed = translated(OperationalError("INSERT", {}, _FromServer(sqlstate)))
    assert failed is not None
    assert failed.cause == cause


def test_a_lost_line_to_the_server_is_unreachable_whatever_it_said() -> None:
    failed = translated(OperationalError("INSERT", {}, _FromServer(""), connection_invalidated=True))
    assert failed is not None
    assert failed.cause == "unreachable"


@pytest.mark.parametrize(
    ("error", "cause"),
    [
        (OSError(errno.ENOSPC, "No space left on device"), "disk-full"),
        (ConnectionResetError(), "unreachable"),
        (TimeoutError(), "unreachable"),
        (PoolTimeout(), "locked"),
        (CompileError(), "other"),
        (ValueError(), None),
        (IntegrityError("INSERT", {}, ValueError()), None),
    ],
)
def test_every_error_has_a_cause_or_is_not_ours(error: Exception, cause: str | None) -> None:
    failed = translated(error)
    assert (failed.cause if failed else None) == cause
