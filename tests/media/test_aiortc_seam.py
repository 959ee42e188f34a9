"""The private names we stand on, and what must be true of the process that stands on them.

An upgrade of aiortc, aioice or pylibsrtp that moves one of them fails here and nowhere else.
"""

from __future__ import annotations

import asyncio
import inspect
import os
import re
from collections.abc import AsyncIterator
from pathlib import Path

import aioice.ice
import aiortc
import pylibsrtp
import pytest

from meeting_server import media_protocol as mp
from meeting_server.media import aiortc_seam
from meeting_server.media.aiortc_seam import PRIVATE_NAMES, Connection
from meeting_server.media.lines import LINES, OPUS, RTX, VP8
from meeting_server.media.port import Port
from tests.media.member import Ear, Member

MEDIA = Path(__file__).parents[2] / "meeting_server" / "media"


@pytest.mark.parametrize("name", PRIVATE_NAMES)
async def test_each_private_name_is_there(name: str) -> None:
    ice = aiortc.RTCIceTransport(aiortc.RTCIceGatherer(iceServers=[]))
    certificate = aiortc.RTCCertificate.generateCertificate()
    policy = pylibsrtp.Policy(key=bytes(30), ssrc_type=pylibsrtp.Policy.SSRC_ANY_OUTBOUND)
    owners = {
        "RTCCertificate": certificate,
        "RTCDtlsTransport": aiortc.RTCDtlsTransport(ice, [certificate]),
        "RTCIceTransport": ice,
        "Connection": ice._connection,
        "Session": pylibsrtp.Session(policy),
    }
    owner, _, attribute = name.partition(".")
    assert hasattr(owners[owner], attribute)


def test_every_private_name_that_is_listed_is_used() -> None:
    used = re.findall(r"\.(_?[A-Za-z]\w*)", (MEDIA / "aiortc_seam.py").read_text().partition("SRTP_OK")[2])
    assert [name for name in PRIVATE_NAMES if name.partition(".")[2] not in used] == []


def test_the_functions_we_replace_are_called_as_before() -> None:
    candidates = inspect.signature(aioice.ice.Connection.get_component_candidates)
    assert list(candidates.parameters) == ["self", "component", "addresses", "timeout"]
    context = inspect.signature(aiortc.RTCCertificate._create_ssl_context)
    assert list(context.parameters) == ["self", "srtp_profiles"]


def test_nothing_else_in_the_media_process_imports_aiortc() -> None:
    for module in MEDIA.glob("*.py"):
        if module.name != "aiortc_seam.py":
            found = re.search(r"^(?:import|from) (?:aiortc|aioice|pylibsrtp)\b", module.read_text(), re.M)
            assert found is None, module.name


@pytest.fixture
async def port() -> AsyncIterator[Port]:
    """A UDP port that nobody talks to; nothing is left in it."""
    opened = Port()
    await asyncio.get_running_loop().create_datagram_endpoint(lambda: opened, ("127.0.0.1", 0))
    yield opened
    assert opened.sizes == (0, 0)
    opened.close()


async def test_the_offer_has_the_fixed_lines_and_nothing_that_must_be_rewritten(port: Port) -> None:
    one = Connection(port, ["192.0.2.7", "127.0.0.1"], print, print)
    offer = await one.offer()
    await one.close()
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


async def test_two_connections_share_the_certificate_and_nothing_else(port: Port) -> None:
    ones = [Connection(port, ["127.0.0.1"], print, print) for _ in range(2)]
    offers = [await each.offer() for each in ones]
    for each in ones:
        await each.close()

    def said(attribute: str) -> list[set[str]]:
        return [set(re.findall(rf"^a={attribute}:(\S+(?: [0-9A-F:]+)?)", each, re.M)) for each in offers]

    first, second = said("fingerprint")
    assert first == second
    assert len(first) == 1
    ssrcs = sum(1 if line.kind == "audio" else 2 for line in LINES if not line.is_up)
    for attribute, different in (("ice-ufrag", 1), ("ice-pwd", 1), ("ssrc", ssrcs)):
        first, second = said(attribute)
        assert len(first) == len(second) == different
        assert not first & second


async def test_a_certificate_serves_for_a_day(port: Port, monkeypatch: pytest.MonkeyPatch) -> None:
    first = aiortc_seam._identity()
    monkeypatch.setattr(aiortc_seam, "CERTIFICATE_SECONDS", -1.0)
    assert aiortc_seam._identity() is first  # until it expires
    monkeypatch.setattr(first, "expires_at", 0.0)
    assert aiortc_seam._identity() is not first
    assert aiortc_seam._identity() is not aiortc_seam._identity()  # each is a day old at once


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
