"""Bad networks between a browser and the server: loss, delay, disorder, thin lines, a new address, a cut."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.chromium import CHROMIUM
from tests.media.conftest import free_udp_port
from tests.network.apart import namespace, why_not
from tests.network.far import Far, far_away, until_flows

pytestmark = pytest.mark.browser


@pytest.fixture
async def away(tmp_path: Path) -> AsyncIterator[Far]:
    """A member behind the relay, and two beside the server."""
    if not Path(CHROMIUM).exists():
        pytest.skip("Chromium is not installed")
    reason = why_not()
    if reason is not None:
        pytest.skip(reason)
    with namespace(tmp_path) as apart:
        async with far_away(apart, tmp_path, free_udp_port()) as found:
            yield found


async def test_a_member_on_a_bad_line_is_heard_and_hears(away: Far) -> None:
    """One meeting through every kind of bad line: each carries sound and picture, and harms nobody."""
    relay, hall, far = away.relay, away.hall, away.far

    async def both_ways() -> None:
        away.floor("far")
        await until_flows(hall, frames=10, packets=25)
        away.floor("near")
        await until_flows(far, frames=10, packets=25)

    for loss in (0.02, 0.10):
        relay.change(loss=loss)
        await both_ways()
    for _ in range(50):  # until enough has been lost both ways to tell
        if min(relay.counts["up lost"], relay.counts["down lost"]) > 3:
            break
        await asyncio.sleep(0.2)
    assert relay.counts["up lost"] > 3
    assert relay.counts["down lost"] > 3
    relay.change(loss=0.0, delay=0.25, jitter=0.03)
    await both_ways()

    # A thin line down harms nobody else.
    relay.change(delay=0.02, jitter=0.0)
    relay.change("down", kbit=300)
    await until_flows(hall, frames=20, packets=50)
    relay.change("down", kbit=None)

    # A thin line up: whoever speaks over it is heard.
    relay.change("up", kbit=300)
    away.floor("far")
    await until_flows(hall, frames=5, packets=25)
    # Less is asked for once it is seen to be too much: some seconds later he is heard whole.
    for _ in range(4):
        heard = await away.heard(hall, 4)
        if is_whole := heard["packets"] > 0.9 * (heard["packets"] + max(heard["lost"], 0)):
            break
    assert is_whole, heard
    relay.change("up", kbit=None)

    # A new address in the middle, and nobody notices.
    away.floor("near")
    await until_flows(far, frames=10, packets=25)
    await far.evaluate("states.length = 0")
    relay.rebind()
    await until_flows(far, frames=10, packets=25)
    assert not await far.evaluate("states")

    # A cut, and back by itself.
    relay.change(is_cut=True)
    await far.wait_for_function("room.state === 'reconnecting'")
    relay.change(is_cut=False)
    await far.wait_for_function("room.state === 'connected'")
    await until_flows(far, frames=10, packets=25)
