"""A network namespace of one's own, so that nothing else on the machine's network is measured."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys

HOST = "10.77.0.1"
"""Address of a veth end in the namespace; some servers refuse 127.0.0.1. Packets to it go over loopback."""
_MARK = "KLUBBAN_BENCH_ALONE"


def host() -> str:
    """Where to listen: in the namespace, or on loopback without one."""
    return HOST if os.environ.get(_MARK) else "127.0.0.1"


def alone(module: str) -> None:
    """Start this module again in a new namespace, and end with its status. Returns where that cannot be."""
    if os.environ.get(_MARK):
        for command in (
            "ip link set lo up",
            "ip link add bench0 type veth peer name bench1",
            f"ip address add {HOST}/24 dev bench0",
            "ip link set bench0 up",
            "ip link set bench1 up",
        ):
            subprocess.run(command.split(), check=True)
        return
    if os.geteuid() != 0 or not all(map(shutil.which, ("unshare", "ip"))):
        print("   (not in a network namespace of its own: that needs root, unshare and ip)")
        return
    done = subprocess.run(
        ["unshare", "--net", sys.executable, "-m", module, *sys.argv[1:]], env={**os.environ, _MARK: "1"}
    )
    sys.exit(done.returncode)
