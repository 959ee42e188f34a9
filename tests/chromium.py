"""How the tests start Debian's Chromium: a made-up camera, and nothing of a browser that no test looks at."""

from __future__ import annotations

from pathlib import Path

CHROMIUM = "/usr/bin/chromium"
"""The browser a member has; the whole meeting and the lines are tried with it."""
_SHELL = "/usr/bin/chromium-headless-shell"
SCREENS = _SHELL if Path(_SHELL).exists() else CHROMIUM
"""The same engine without the window around the page, for the other pages: half the work to open one."""

_LEFT_OUT = (
    # Each window keeps two hidden pages for its address bar, in processes of their own: half of what a
    # headless window costs.
    "WebUIOmniboxPopup", "WebUIOmniboxAimPopup", "WebUIOmniboxFullPopup",
    # What Playwright turns off; the last list on the command line is the one that holds.
    "AimEnabled", "AvoidCorsURLLoaderRestartOnRedirect", "AvoidUnnecessaryBeforeUnloadCheckSync",
    "DestroyProfileOnBrowserClose", "HttpsFirstBalancedModeAutoEnable", "HttpsUpgrades", "LensOverlay",
    "MediaRouter", "NetworkTimeServiceQuerying", "OptimizationHints", "PaintHolding", "PreconnectToSearch",
    "ThirdPartyStoragePartitioning",
)  # fmt: skip

PLAIN = [
    "--no-sandbox",
    f"--disable-features={','.join(_LEFT_OUT)}",
]
"""Without a camera."""


def with_camera(fps: int = 10) -> list[str]:
    """With the made-up camera and microphone, and sound without a press. fps: pictures per second."""
    return [
        *PLAIN,
        f"--use-fake-device-for-media-stream=fps={fps}",
        "--autoplay-policy=no-user-gesture-required",
    ]
