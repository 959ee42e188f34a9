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

import asyncpg
import pytest

from meeting_server.store import Store

_numbers = count(1)


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


@pytest.fixture(scope="session")
def postgres_folder() -> Iterator[Path]:
    """The socket folder of a PostgreSQL server that listens on nothing else."""
    binaries = _server_binaries()
    if binaries is None:
        if os.environ.get("CI") == "true":
            pytest.fail("CI must have a PostgreSQL server: these tests may not be skipped there")
        pytest.skip("no PostgreSQL server binary on this machine")
    # Not tmp_path: its parents are closed to other users, and socket paths must be short.
    folder = Path(tempfile.mkdtemp(prefix="klubban-pg-"))
    become = _as_unprivileged(folder)
    data = folder / "data"
    init = [
        *become,
        str(binaries / "initdb"),
        "-D",
        str(data),
        "-U",
        "klubban",
        "-A",
        "trust",
        "-E",
        "UTF8",
        "-N",
    ]
    subprocess.run([*init, "-E", "UTF8", "--locale=C.UTF-8"], check=True, capture_output=True, cwd="/")
    serve = [
        *become,
        str(binaries / "postgres"),
        "-D",
        str(data),
        "-k",
        str(folder),
        "-c",
        "listen_addresses=",
    ]
    server = subprocess.Popen(
        [*serve, "-c", "listen_addresses=", "-c", "max_connections=60", "-c", "fsync=off"],
        cwd="/",
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        _wait_until_answering(binaries / "pg_isready", folder)
        yield folder
    finally:
        server.send_signal(signal.SIGQUIT)  # at once; the folder is thrown away
        server.wait(60)
        shutil.rmtree(folder, ignore_errors=True)


def _wait_until_answering(ready: Path, folder: Path) -> None:
    for _ in range(1200):
        if subprocess.run([str(ready), "-q", "-h", str(folder)], check=False).returncode == 0:
            return
        time.sleep(0.05)
    raise TimeoutError("PostgreSQL did not start")


async def new_postgres_database(folder: Path, template: str = "template1") -> str:
    """A new database, empty or as the template is; its URL."""
    name = f"store_{os.getpid()}_{next(_numbers)}"
    connection = await asyncpg.connect(host=str(folder), user="klubban", database="postgres")
    try:
        await connection.execute(f"CREATE DATABASE {name} TEMPLATE {template}")
    finally:
        await connection.close()
    return f"postgresql://klubban@/{name}?host={folder}"


async def _migrate(url: str) -> str:
    await (await Store.open(url)).close()
    return url


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database that has been migrated and is empty, to be copied: migrating costs more than most tests."""
    file = tmp_path_factory.mktemp("template") / "klubban.sqlite3"
    asyncio.run(_migrate(f"sqlite:///{file}"))
    return file


@pytest.fixture(scope="session")
def postgres_template(postgres_folder: Path) -> str:
    """The name of the same on PostgreSQL."""

    async def made() -> str:
        return await _migrate(await new_postgres_database(postgres_folder))

    return asyncio.run(made()).partition("@/")[2].partition("?")[0]


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The URL of a new migrated database, once of each kind."""
    if request.param == "sqlite":
        shutil.copy(request.getfixturevalue("sqlite_template"), tmp_path / "klubban.sqlite3")
        return f"sqlite:///{tmp_path / 'klubban.sqlite3'}"
    template = request.getfixturevalue("postgres_template")
    return asyncio.run(new_postgres_database(request.getfixturevalue("postgres_folder"), template))


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
async def empty_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The URL of a new database without a table, once of each kind."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'klubban.sqlite3'}"
    return await new_postgres_database(request.getfixturevalue("postgres_folder"))


@pytest.fixture
async def store(url: str) -> AsyncIterator[Store]:
    """An open store on a new database."""
    opened = await Store.open(url)
    yield opened
    await opened.close()
