"""Equipment that is not ours: another maker's WHIP client feeds the hall, and a WHEP client plays it."""

from __future__ import annotations

import functools
import hashlib
import http.server
import os
import shutil
import subprocess
import tarfile
import threading
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.browser import acting
from tests.browser.axe import is_clean
from tests.browser.conftest import Desk

pytestmark = pytest.mark.browser
CLIENTS = "whip-whep@1.2.0"
DIGEST = "f032b2b2015da76268d3f4a0450af2cf24ae984c6bf7cc5bfd494763cefaf786"
"""SHA-256 of the package, so that what is run is what was read."""
PAGE = """<!doctype html><title>equipment</title><video autoplay muted playsinline></video>"""
PUBLISH = """async ([url, token]) => {
  const { WHIPClient } = await import('/package/whip.js');
  const pc = globalThis.pc = new RTCPeerConnection();
  const stream = await navigator.mediaDevices.getUserMedia({audio: true, video: true});
  const sends = {direction: 'sendonly', streams: [stream]};
  for (const track of stream.getTracks()) pc.addTransceiver(track, sends);
  globalThis.client = new WHIPClient();
  await client.publish(pc, url, token);
}"""
PLAY = """async ([url, token]) => {
  const { WHEPClient } = await import('/package/whep.js');
  const pc = globalThis.pc = new RTCPeerConnection();
  pc.addTransceiver('audio', {direction: 'recvonly'});
  pc.addTransceiver('video', {direction: 'recvonly'});
  pc.ontrack = ({streams}) => { document.querySelector('video').srcObject = streams[0]; };
  globalThis.client = new WHEPClient();
  await client.view(pc, url, token);
}"""
DECODED = """async () => {
  const seen = [...(await pc.getStats()).values()].filter((each) => each.type === 'inbound-rtp');
  const of = (kind) => seen.find((each) => each.kind === kind) ?? {};
  return (of('video').framesDecoded ?? 0) > 10 && (of('audio').packetsReceived ?? 0) > 30;
}"""
HALL = """async () => {
  const { hall } = (await klubban.pictures.room.stats()).down;
  return hall.framesDecoded > 10 && hall.audioPackets > 30;
}"""


@pytest.fixture(scope="module")
def elsewhere(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Another site, with the clients on it."""
    folder = tmp_path_factory.mktemp("elsewhere")
    npm = shutil.which("npm")
    if npm is None:
        pytest.skip("npm is not installed")
    packed = subprocess.run(
        [npm, "pack", "--silent", CLIENTS], cwd=folder, capture_output=True, text=True, check=False
    )
    if packed.returncode:
        if os.environ.get("CI") == "true":
            pytest.fail(packed.stderr)
        pytest.skip("the clients cannot be fetched here")
    file = folder / packed.stdout.split()[-1]
    assert hashlib.sha256(file.read_bytes()).hexdigest() == DIGEST
    with tarfile.open(file) as archive:
        # Not extractall: Debian's Python 3.11 knows no filter, and later ones warn where there is none.
        for member in archive:
            if (content := archive.extractfile(member)) is not None:
                (folder / member.name).parent.mkdir(parents=True, exist_ok=True)
                (folder / member.name).write_bytes(content.read())
    (folder / "index.html").write_text(PAGE)
    serve = functools.partial(http.server.SimpleHTTPRequestHandler, directory=str(folder))
    serve.log_message = lambda *_: None  # type: ignore[attr-defined]
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), serve) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}"
        server.shutdown()


def key(page: Page, label: str, kind: str) -> list[str]:
    """The address and the token of a new piece of equipment."""
    page.get_by_label("Vad den heter").fill(label)
    page.get_by_label("Vad den gör").select_option(kind)
    page.get_by_role("button", name="Skapa nyckel").click()
    expect(page.get_by_role("heading", name=f"Nyckeln till {label}")).to_be_visible()
    is_clean(page)
    return [
        page.get_by_label("Adress", exact=True).input_value(),
        page.get_by_label("Nyckel (bearer token)").input_value(),
    ]


def test_a_camera_by_whip_is_seen_in_the_meeting_and_on_a_screen_by_whep(desk: Desk, elsewhere: str) -> None:
    chair = desk.open("torgny-tallvik", "/meetings/ks/chair")
    expect(chair.locator(".console")).to_be_visible()
    acting.send(chair, "record-arrival", person="torgny-tallvik")
    acting.send(chair, "open-meeting")
    office = desk.open("karin-kvarnlund", "/meetings/ks/equipment")
    expect(office.get_by_text("Ingen utrustning är inlagd")).to_be_visible()
    is_clean(office)
    camera_key = key(office, "Kamera vid talarstolen", "publish")
    screen_key = key(office, "Skärm i foajén", "hall")

    camera = desk.browser.new_context(permissions=["camera", "microphone"]).new_page()
    camera.goto(elsewhere)
    camera.evaluate(PUBLISH, camera_key)
    acting.until(chair, HALL)
    screen = desk.browser.new_context().new_page()
    screen.goto(elsewhere)
    screen.evaluate(PLAY, screen_key)
    acting.until(screen, DECODED)

    office.goto(office.url)
    expect(office.get_by_text("Ansluten", exact=True)).to_have_count(2)
    camera.evaluate("() => client.stop()")
    office.get_by_role("button", name="Ta tillbaka nyckeln till Skärm i foajén").click()
    expect(office.get_by_text("Inte ansluten", exact=True)).to_have_count(1)
    refused = screen.evaluate(f"({PLAY})({screen_key}).catch((error) => error.message)")
    assert "401" in refused
    camera.context.close()
    screen.context.close()
