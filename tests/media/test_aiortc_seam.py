"""The private names we stand on, and what must be true of the process that stands on them.

An upgrade of aiortc, aioice or pylibsrtp that moves one of them fails here and nowhere else.
"""

from __future__ import annotations

import inspect
import os
import re
import subprocess
import sys
from pathlib import Path

import aioice.ice
import aiortc
import aiortc.rtcrtpreceiver
import pylibsrtp
import pytest
from aiortc import RTCPeerConnection

from meeting_server import media_protocol as mp
from meeting_server.media.aiortc_seam import PRIVATE_NAMES
from meeting_server.media.lines import LINES, OPUS, RTX, VP8
from tests.media.member import Ear, Member

MEDIA = Path(__file__).parents[2] / "meeting_server" / "media"


@pytest.mark.parametrize("name", PRIVATE_NAMES)
async def test_each_private_name_is_there(name: str) -> None:
    pc = RTCPeerConnection()
    transceiver = pc.addTransceiver("video")
    dtls = transceiver.receiver.transport
    policy = pylibsrtp.Policy(key=bytes(30), ssrc_type=pylibsrtp.Policy.SSRC_ANY_OUTBOUND)
    owners = {
        "RTCDtlsTransport": dtls,
        "RTCIceTransport": dtls.transport,
        "Connection": dtls.transport._connection,
        "RTCRtpSender": transceiver.sender,
        "Session": pylibsrtp.Session(policy),
        "rtcrtpreceiver": aiortc.rtcrtpreceiver,
    }
    owner, _, attribute = name.partition(".")
    try:
        assert hasattr(owners[owner], attribute)
    finally:
        await pc.close()


def test_every_private_name_that_is_listed_is_used() -> None:
    used = re.findall(r"\.(_?[A-Za-z]\w*)", (MEDIA / "aiortc_seam.py").read_text().partition("SRTP_OK")[2])
    assert [name for name in PRIVATE_NAMES if name.partition(".")[2] not in used] == []


def test_the_functions_we_replace_are_called_as_before() -> None:
    candidates = inspect.signature(aioice.ice.Connection.get_component_candidates)
    assert list(candidates.parameters) == ["self", "component", "addresses", "timeout"]
    for function in (aiortc.RTCRtpSender.send, aiortc.RTCRtpReceiver.receive):
        assert list(inspect.signature(function).parameters) == ["self", "parameters"]


def test_nothing_else_in_the_media_process_imports_aiortc() -> None:
    for module in MEDIA.glob("*.py"):
        if module.name != "aiortc_seam.py":
            found = re.search(r"^(?:import|from) (?:aiortc|aioice|pylibsrtp)\b", module.read_text(), re.M)
            assert found is None, module.name


def test_the_offer_has_the_fixed_lines_and_nothing_that_must_be_rewritten() -> None:
    code = (
        "import asyncio\n"
        "from meeting_server.media.aiortc_seam import Connection, prepare\n"
        "from meeting_server.media.port import Port\n"
        "async def main():\n"
        "    prepare()\n"
        "    port = Port()\n"
        "    await asyncio.get_running_loop().create_datagram_endpoint(lambda: port, ('127.0.0.1', 0))\n"
        "    one = Connection(port, ['192.0.2.7', '127.0.0.1'], print, print)\n"
        "    print(await one.offer())\n"
        "    await one.close()\n"
        "    assert port.sizes == (0, 0)\n"
        "    port.close()\n"
        "asyncio.run(main())\n"
    )
    offer = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    sections = offer.split("\nm=")[1:]
    assert len(sections) == len(LINES)
    for line, section in zip(LINES, sections, strict=True):
        assert section.startswith(line.kind)
        assert ("a=recvonly" if line.is_up else "a=sendonly") in section
        assert ("a=ssrc:" in section) == (not line.is_up)
        payloads = f"a=rtpmap:{OPUS} opus/" if line.kind == "audio" else f"a=rtpmap:{VP8} VP8/"
        assert payloads in section
        assert (f"a=rtpmap:{RTX} rtx/" in section) == (line.kind == "video")
        assert section.count("a=rtpmap:") == (1 if line.kind == "audio" else 2)
        assert "sdes:mid" not in section
        assert "abs-send-time" not in section
        assert section.count("a=candidate:") == 2
        assert "192.0.2.7" in section
    assert len(offer.encode()) < mp.MAX_SDP_BYTES


async def test_no_decoder_runs_and_no_thread_is_made_for_a_member(ear: Ear) -> None:
    assert ear.link.pid is not None
    tasks = Path(f"/proc/{ear.link.pid}/task")

    def threads() -> set[str]:
        return {(each / "comm").read_text().strip() for each in tasks.iterdir()}

    before = len(os.listdir(tasks))
    names = [f"m{index}" for index in range(3)]
    ear.link.set_room(mp.Room("m1", tuple(mp.PeerState(name, True, True) for name in names), floor="m0"))
    members = [Member(ear, "m1", name) for name in names]
    for member in members:
        await member.join()
    for index in range(10):
        await members[0].show("full", is_key=index == 0)
        await members[0].show("thumb", is_key=index == 0)
        await members[0].speak()
    await ear.until(mp.QualityReport, lambda report: any(each.video_out for each in report.peers))
    assert len(os.listdir(tasks)) == before
    assert not any("decod" in name for name in threads())
    for member in members:
        await member.leave()
