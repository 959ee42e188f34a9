"""Six faults of real Chromium pages, each told apart: line gone, camera stopped, lens covered, picture still,
microphone muted, laptop suspended. The bench measures how soon; here the long waits are made short.
"""

from __future__ import annotations

import asyncio
import os
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from meeting_server.live.media_link import MediaLink, MediaSettings, MediaUp
from meeting_server.live.thresholds import Thresholds
from tests.chromium import CHROMIUM
from tests.media.liveness_stage import Stage, a_stage, suspended
from tests.media.member import Ear

pytestmark = pytest.mark.browser
SHORT = Thresholds(silent=3.0, still_after=3.0)


@pytest.fixture
async def stage(tmp_path: Path, request: pytest.FixtureRequest) -> AsyncIterator[Stage]:
    """A stage over a media process that measures pictures, if the parameter does not say without a wall."""
    if not os.path.exists(CHROMIUM):
        pytest.skip("Chromium is not installed")
    link = MediaLink(MediaSettings(socket=tmp_path / "media.sock", wall_fps=getattr(request, "param", 1.0)))
    ear = Ear(link)
    await link.start()
    try:
        await ear.until(MediaUp)
        async with a_stage(link, tmp_path, SHORT) as made:
            yield made
    finally:
        await link.stop()


async def test_six_faults_are_told_apart(stage: Stage) -> None:
    pages = await stage.enter("anna", "bo")
    anna, bo = pages["anna"], pages["bo"]

    # Covered and standing still at the same time; the sound goes on.
    await asyncio.gather(anna.evaluate("see('covered')"), bo.evaluate("see('still')"))
    await stage.until("anna", "picture", ("covered",))
    await stage.until("bo", "picture", ("still",))
    await stage.until("anna", "sound", ("speaking",))
    await stage.until("bo", "sound", ("speaking",))
    await asyncio.gather(anna.evaluate("see('live')"), bo.evaluate("see('live')"))
    await stage.until("anna", "picture", ("live",))
    await stage.until("bo", "picture", ("live",))

    # Muted in one page, the camera stopped in the other; each page also says so itself.
    await asyncio.gather(anna.evaluate("mute(true)"), bo.evaluate("stopCamera()"))
    await stage.until("anna", "sound", ("dead",))
    await stage.until("bo", "picture", ("none",))
    await stage.until("anna", "page", ("microphone-off",))
    await stage.until("bo", "page", ("camera-ended",))
    await stage.until("anna", "picture", ("live",))
    await stage.until("bo", "sound", ("speaking",))

    # Suspended: nothing comes, but the page is still there. Gone: the page as well.
    with suspended(await stage.renderers("anna")):
        await stage.until("anna", "picture", ("gone",))
        assert stage.state("anna", "page") != "page-gone"
    await bo.close()
    await stage.until("bo", "picture", ("gone",))
    await stage.until("bo", "page", ("page-gone",))


@pytest.mark.parametrize("stage", [0.0], indirect=True, ids=["no-wall"])
async def test_a_cover_with_light_and_noise_is_told_without_a_wall(stage: Stage) -> None:
    anna = (await stage.enter("anna"))["anna"]
    for scene, state in (("covered", "covered"), ("live", "live"), ("still", "still"), ("dark", "covered")):
        await anna.evaluate(f"see('{scene}')")
        await stage.until("anna", "picture", (state,))
