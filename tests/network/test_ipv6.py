"""A whole page of the product with nothing but IPv6 under it."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from playwright.async_api import async_playwright, expect

from tests.browser.conftest import demonstration
from tests.chromium import CHROMIUM, with_camera
from tests.media.member import PATIENCE, needs_ipv6
from tests.network.apart import namespace, why_not

pytestmark = [pytest.mark.browser, needs_ipv6]
MEMBER = "mirjam-myrvik"
KEPT = """window.connections = [];
window.RTCPeerConnection = class extends window.RTCPeerConnection {
  constructor(...given) { super(...given); window.connections.push(this); }
};"""
IN_USE = """async () => {
  for (const connection of window.connections) {
    const found = await connection.getStats();
    const all = [...found.values()];
    const transport = all.find((each) => each.type === 'transport' && each.selectedCandidatePairId);
    const pair = transport && found.get(transport.selectedCandidatePairId);
    const decoded = Math.max(0, ...all.map((each) => each.framesDecoded ?? 0));
    if (pair && decoded > 20)
      return [found.get(pair.localCandidateId).address, found.get(pair.remoteCandidateId).address];
  }
  return null;
}"""
"""Both ends of the connection on which more than twenty frames have been decoded."""


async def test_a_member_tries_the_equipment_over_ipv6_alone(tmp_path: Path) -> None:
    if not Path(CHROMIUM).exists():
        pytest.skip("Chromium is not installed")
    reason = why_not()
    if reason is not None:
        pytest.skip(reason)
    with (
        namespace(tmp_path, is_ipv6=True) as apart,
        demonstration(tmp_path, apart.outside, "::") as served,
    ):
        async with async_playwright() as playwright:
            browser = await playwright.chromium.launch(
                executable_path=apart.wrapper(CHROMIUM),
                args=[*with_camera(), f"--unsafely-treat-insecure-origin-as-secure={served.url}"],
            )
            context = await browser.new_context(permissions=["camera", "microphone"], locale="sv-SE")
            page = await context.new_page()
            page.set_default_timeout(PATIENCE * 1000)
            faults: list[str] = []
            page.on("pageerror", lambda error: faults.append(str(error)))
            page.on("console", lambda said: faults.append(said.text) if said.type == "error" else None)
            await page.add_init_script(KEPT)
            await page.goto(f"{served.url}/demo/as/{MEMBER}?next=/meetings")
            await page.get_by_role("link", name="Prova din utrustning").click()
            await page.locator("#nu button").click()
            await page.get_by_role("button", name="Spela").click()
            await page.get_by_role("button", name="Ja", exact=True).click()
            await page.get_by_role("button", name="Prova förbindelsen").click()
            used = None
            async with asyncio.timeout(PATIENCE):
                while used is None:
                    used = await page.evaluate(IN_USE)
                    await asyncio.sleep(0.1)
            assert used == [apart.inside, apart.outside]
            await expect(page.locator(".verdict")).to_be_visible(timeout=PATIENCE * 1000)
            told = await page.evaluate("document.querySelector('check-page').result.figures")
            assert told["told"]["paths"] == {"direct": True}
            assert told["measured"]["video"]
            assert told["measured"]["sound"]
            assert not faults, faults
            await browser.close()
