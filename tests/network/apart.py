"""A network namespace of the test's own: a browser in it reaches the server only over the relay."""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Namespace:
    """name: of the namespace. outside, inside: the ends of the wire. folder: for wrappers of programs."""

    name: str
    outside: str
    inside: str
    folder: Path

    @property
    def enter(self) -> tuple[str, ...]:
        """What stands before a command that is to run inside."""
        return "ip", "netns", "exec", self.name

    def wrapper(self, program: str) -> Path:
        """An executable that is the program, run inside."""
        path = self.folder / Path(program).name
        path.write_text(f'#!/bin/sh\nexec {" ".join(self.enter)} {program} "$@"\n')
        path.chmod(0o755)
        return path


def why_not() -> str | None:
    """Why no namespace can be made here, or None."""
    if shutil.which("ip") is None:
        return "iproute2 is not installed"
    if os.geteuid() != 0:
        return "only root may make a network namespace"
    found = subprocess.run(
        ["ip", "netns", "add", f"klubban-try-{os.getpid()}"], capture_output=True, check=False
    )
    if found.returncode:
        return f"no network namespace can be made: {found.stderr.decode().strip()}"
    _ip("netns", "del", f"klubban-try-{os.getpid()}")
    return None


@contextlib.contextmanager
def namespace(folder: Path, *, is_ipv6: bool = False) -> Iterator[Namespace]:
    """A namespace with one wire to us, of IPv4 or IPv6 alone, and nothing else in it but its own loopback."""
    number = os.getpid() % 250
    name, ours, theirs = f"klubban-{os.getpid()}", f"kbo{os.getpid()}", f"kbi{os.getpid()}"
    net, size = (f"fdc1:abba:{number:x}::", "64") if is_ipv6 else (f"10.203.{number}.", "24")
    outside, inside = f"{net}1", f"{net}2"
    # Without the wait in which an IPv6 address is looked for elsewhere.
    at_once = ("nodad",) if is_ipv6 else ()
    _ip("netns", "add", name)
    try:
        _ip("link", "add", ours, "type", "veth", "peer", "name", theirs, "netns", name)
        _ip("addr", "add", f"{outside}/{size}", "dev", ours, *at_once)
        _ip("link", "set", ours, "up")
        _ip("-n", name, "addr", "add", f"{inside}/{size}", "dev", theirs, *at_once)
        _ip("-n", name, "link", "set", theirs, "up")
        _ip("-n", name, "link", "set", "lo", "up")
        # A browser outside may speak from any of this machine's own addresses.
        _ip("-n", name, "route", "add", "default", "via", outside)
        yield Namespace(name, outside, inside, folder)
    finally:
        _ip("netns", "del", name)


def _ip(*arguments: str) -> None:
    subprocess.run(["ip", *arguments], check=True, capture_output=True)
