"""Bad networks with a real browser behind the relay: what is heard and seen each way, how soon it is back."""

from __future__ import annotations

import asyncio
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from playwright.async_api import Page

from tests.network.apart import namespace, why_not
from tests.network.far import Far, far_away, until_flows

PORT = 46900
SECONDS = 6.0
CASES: tuple[tuple[str, dict[str, Any]], ...] = (
    ("clean line", {}),
    ("2 % lost", {"loss": 0.02}),
    ("5 % lost", {"loss": 0.05}),
    ("10 % lost", {"loss": 0.10}),
    ("500 ms round trip", {"delay": 0.25}),
    ("40 ms disorder", {"delay": 0.02, "jitter": 0.04}),
)
CLEAN = {"loss": 0.0, "delay": 0.0, "jitter": 0.0, "kbit": None}


def _line(name: str, who: str, found: dict[str, float]) -> None:
    arrived = found["packets"] / max(1.0, found["packets"] + max(0.0, found["lost"]))
    made_up = found["concealed"] / max(1.0, found["samples"])
    print(
        f"   {name:<22} {who:<20} sound {arrived:6.1%} arrived, {made_up:5.1%} made up; "
        f"picture {found['frames'] / SECONDS:4.1f} fps, "
        f"{found['freezes']:.0f} freezes ({found['frozen']:.1f} s)",
        flush=True,
    )


async def _both(away: Far, name: str) -> None:
    for speaker, listener, said in (
        ("far", away.hall, "from the member"),
        ("near", away.far, "to the member"),
    ):
        away.floor(speaker)
        await until_flows(listener, frames=3, packets=25)
        await asyncio.sleep(2)
        _line(name, said, await away.heard(listener, SECONDS))


async def _until_back(page: Page, name: str, since: float) -> None:
    await until_flows(page, frames=2, packets=2, seconds=60)
    print(f"   {name:<22} picture and sound again after {time.monotonic() - since:.1f} s", flush=True)


async def measure(away: Far) -> None:
    """Every case, one after the other, in one meeting."""
    relay = away.relay
    for name, what in CASES:
        relay.change(None, **{**CLEAN, **what})
        await _both(away, name)
    relay.change(None, **CLEAN)
    relay.change("up", kbit=300)
    away.floor("far")
    await until_flows(away.hall, frames=1, packets=25, seconds=60)
    await asyncio.sleep(3)
    _line("300 kbit/s up", "from the member", await away.heard(away.hall, SECONDS))
    relay.change("up", kbit=None)
    relay.change("down", kbit=300)
    away.floor("near")
    await until_flows(away.hall, frames=1, packets=25)
    await asyncio.sleep(3)
    distant, beside = await asyncio.gather(away.heard(away.far, SECONDS), away.heard(away.hall, SECONDS))
    _line("300 kbit/s down", "to the member", distant)
    _line("300 kbit/s down", "to one beside", beside)
    relay.change("down", kbit=None)
    await until_flows(away.far, frames=10, packets=25, seconds=60)
    relay.rebind()
    await _until_back(away.far, "a new address", time.monotonic())
    relay.change(is_cut=True)
    await asyncio.sleep(12)
    relay.change(is_cut=False)
    await _until_back(away.far, "cut for 12 s", time.monotonic())


async def main() -> int:
    """Print the table; 1 when it cannot be measured here."""
    reason = why_not()
    if reason is not None:
        print(f"   not measured: {reason}")
        return 1
    with tempfile.TemporaryDirectory() as name, namespace(Path(name)) as apart:
        async with far_away(apart, Path(name), PORT) as away:
            await measure(away)
    return 0


if __name__ == "__main__":
    sys.exit(asyncio.run(main()))
