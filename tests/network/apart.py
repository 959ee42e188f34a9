"""Network namespaces of the test's own: a browser in one reaches the server only over the relay."""

from __future__ import annotations

import contextlib
import ctypes
import os
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Namespace:
    """name: of the far namespace. outside, inside: the ends of the wire. folder: for wrappers of programs."""

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
    """A namespace with one wire to us, of IPv4 or IPv6 alone, and nothing else in it but its own loopback.

    We stand at the other end in a second namespace: a wire in the machine's own would tell every browser of
    the tests beside that its network has changed, and it would break off what it is loading.
    """
    number = os.getpid() % 250
    far, near = f"klubban-{os.getpid()}-far", f"klubban-{os.getpid()}-near"
    theirs, ours = "far0", "near0"
    net, size = (f"fdc1:abba:{number:x}::", "64") if is_ipv6 else (f"10.203.{number}.", "24")
    outside, inside = f"{net}1", f"{net}2"
    # Without the wait in which an IPv6 address is looked for elsewhere.
    at_once = ("nodad",) if is_ipv6 else ()
    with _made(far), _made(near):
        _ip("-n", near, "link", "add", ours, "type", "veth", "peer", "name", theirs, "netns", far)
        _ip("-n", near, "addr", "add", f"{outside}/{size}", "dev", ours, *at_once)
        _ip("-n", near, "link", "set", ours, "up")
        _ip("-n", far, "addr", "add", f"{inside}/{size}", "dev", theirs, *at_once)
        _ip("-n", far, "link", "set", theirs, "up")
        # Our browser may speak from any of our addresses, and Firefox has one only where there is a way out.
        _ip("-n", far, "route", "add", "default", "via", outside)
        _ip("-n", near, "route", "add", "default", "via", inside)
        with _standing_in(near):
            yield Namespace(far, outside, inside, folder)


@contextlib.contextmanager
def _made(name: str) -> Iterator[None]:
    _ip("netns", "add", name)
    try:
        _ip("-n", name, "link", "set", "lo", "up")
        yield
    finally:
        _ip("netns", "del", name)


@contextlib.contextmanager
def _standing_in(name: str) -> Iterator[None]:
    """Sockets and programs of this thread belong to the namespace meanwhile (setns(2))."""
    with open("/proc/thread-self/ns/net", "rb") as before, open(f"/run/netns/{name}", "rb") as there:
        _enter(there.fileno())
        try:
            yield
        finally:
            _enter(before.fileno())


_CLONE_NEWNET = 0x40000000
_LIBC = ctypes.CDLL(None, use_errno=True)


def _enter(descriptor: int) -> None:
    if _LIBC.setns(descriptor, _CLONE_NEWNET):
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number))


def _ip(*arguments: str) -> None:
    subprocess.run(["ip", *arguments], check=True, capture_output=True)
