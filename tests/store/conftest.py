"""Every test of the store runs on SQLite and on a real PostgreSQL, started here for the run."""

from __future__ import annotations

import asyncio
import contextlib
import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import AsyncIterator, Iterator
from itertools import count
from pathlib import Path
from typing import NamedTuple

import asyncpg
import pytest

from meeting_server.store import Store

_numbers = count(1)
MEMORY = Path("/dev/shm")
ROOM_BYTES = 1 << 30
"""What a few servers and their databases may take there."""


def _server_binaries() -> Path | None:
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    if found:
        return found[-1].parent
    beside = shutil.which("initdb")
    return Path(beside).parent if beside else None


def _as_unprivileged(folder: Path) -> list[str]:
    """PostgreSQL refuses to run as root: the words before a command that give it to somebody lesser."""
    if os.geteuid() != 0:
        return []
    for name in ("postgres", "nobody"):
        with contextlib.suppress(KeyError):
            person = pwd.getpwnam(name)
            os.chown(folder, person.pw_uid, person.pw_gid)
            return ["setpriv", f"--reuid={person.pw_uid}", f"--regid={person.pw_gid}", "--clear-groups"]
    return []


class Cluster(NamedTuple):
    """The files of a PostgreSQL server. folder: with its sockets. owner: words before its commands."""

    folder: Path
    owner: list[str]
    binaries: Path


@contextlib.contextmanager
def a_cluster() -> Iterator[Cluster]:
    """The files of a new server, until it is left."""
    binaries = _server_binaries()
    if binaries is None:
        if os.environ.get("CI") == "true":
            pytest.fail("CI must have a PostgreSQL server: these tests may not be skipped there")
        pytest.skip("no PostgreSQL server binary on this machine")
    # Not tmp_path: its parents are closed to other users, and socket paths must be short. A new database is
    # some hundred files, which takes ten times as long on a disk as in memory.
    has_room = MEMORY.is_dir() and shutil.disk_usage(MEMORY).free > ROOM_BYTES
    folder = Path(tempfile.mkdtemp(prefix="klubban-pg-", dir=MEMORY if has_room else None))
    owner = _as_unprivileged(folder)
    files = [*owner, str(binaries / "initdb"), "-D", str(folder / "data")]
    settings = ["-U", "klubban", "-A", "trust", "-N", "-E", "UTF8", "--locale=C.UTF-8"]
    try:
        subprocess.run([*files, *settings], check=True, capture_output=True, cwd="/")
        yield Cluster(folder, owner, binaries)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextlib.contextmanager
def running(cluster: Cluster, **settings: str) -> Iterator[None]:
    """The server runs, until it is left."""
    listed = {"max_connections": "60", "fsync": "off", **settings}
    options = [word for name, value in listed.items() for word in ("-c", f"{name}={value}")]
    where = ["-D", str(cluster.folder / "data"), "-k", str(cluster.folder)]
    server = subprocess.Popen(
        [*cluster.owner, str(cluster.binaries / "postgres"), *where, *options],
        cwd="/",
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        _wait_until_answering(cluster, settings.get("port", "5432"))
        yield
    finally:
        server.send_signal(signal.SIGQUIT)  # at once; the folder is thrown away
        server.wait(60)


@pytest.fixture(scope="session")
def postgres_folder() -> Iterator[Path]:
    """The socket folder of a PostgreSQL server that listens on nothing else."""
    with a_cluster() as cluster, running(cluster, listen_addresses=""):
        yield cluster.folder


def _wait_until_answering(cluster: Cluster, port: str) -> None:
    ready = [str(cluster.binaries / "pg_isready"), "-q", "-h", str(cluster.folder), "-p", port]
    for _ in range(1200):
        if subprocess.run(ready, check=False).returncode == 0:
            return
        time.sleep(0.05)
    raise TimeoutError("PostgreSQL did not start")


async def _order(folder: Path, words: str) -> None:
    connection = await asyncpg.connect(host=str(folder), user="klubban", database="postgres")
    try:
        await connection.execute(words)
    finally:
        await connection.close()


@contextlib.asynccontextmanager
async def empty_postgres_database(folder: Path) -> AsyncIterator[str]:
    """The URL of a new database, which is there until it is left."""
    name = _new_name()
    await _order(folder, f"CREATE DATABASE {name}")
    yield _postgres_url(folder, name)
    await _order(folder, f"DROP DATABASE {name} WITH (FORCE)")


def _new_name() -> str:
    return f"store_{os.getpid()}_{next(_numbers)}"


def _postgres_url(folder: Path, name: str) -> str:
    return f"postgresql://klubban@/{name}?host={folder}"


async def _migrate(url: str) -> None:
    await (await Store.open(url)).close()


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database that has been migrated and is empty, to be copied: migrating costs more than most tests."""
    file = tmp_path_factory.mktemp("template") / "klubban.sqlite3"
    asyncio.run(_migrate(f"sqlite:///{file}"))
    return file


@pytest.fixture(scope="session")
def postgres_template(postgres_folder: Path) -> str:
    """The name of the same on PostgreSQL."""
    name = _new_name()

    async def make() -> None:
        await _order(postgres_folder, f"CREATE DATABASE {name}")
        await _migrate(_postgres_url(postgres_folder, name))

    asyncio.run(make())
    return name


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The URL of a new migrated database, once of each kind."""
    if request.param == "sqlite":
        shutil.copy(request.getfixturevalue("sqlite_template"), tmp_path / "klubban.sqlite3")
        yield f"sqlite:///{tmp_path / 'klubban.sqlite3'}"
        return
    template = request.getfixturevalue("postgres_template")
    folder, name = request.getfixturevalue("postgres_folder"), _new_name()
    asyncio.run(_order(folder, f"CREATE DATABASE {name} TEMPLATE {template}"))
    yield _postgres_url(folder, name)
    asyncio.run(_order(folder, f"DROP DATABASE {name} WITH (FORCE)"))


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
async def empty_url(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[str]:
    """The URL of a new database without a table, once of each kind."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'klubban.sqlite3'}"
        return
    async with empty_postgres_database(request.getfixturevalue("postgres_folder")) as made:
        yield made


@pytest.fixture
async def store(url: str) -> AsyncIterator[Store]:
    """An open store on a new database."""
    opened = await Store.open(url)
    yield opened
    await opened.close()
