"""One port for IPv4 and IPv6: members of both in one meeting, and a server of one family alone."""

from __future__ import annotations

import contextlib
import re
from collections.abc import AsyncIterator
from pathlib import Path

import aioice.ice
import pytest

from meeting_server import media_protocol as mp
from meeting_server.demo.remote_end import use_loopback
from meeting_server.live.media_link import MediaLink, MediaSettings, MediaUp
from tests.media.member import Ear, Member, eventually, needs_ipv6
from tests.media.pages import room
from tests.media.test_simulated import a_simulated


@pytest.fixture
async def heard(tmp_path: Path, request: pytest.FixtureRequest) -> AsyncIterator[Ear]:
    """A link to a media process whose host, and public addresses, are the parameter."""
    host, *public = request.param
    link = MediaLink(
        MediaSettings(socket=tmp_path / "media.sock", udp_host=host, public_addresses=tuple(public))
    )
    ear = Ear(link)
    await link.start()
    try:
        yield ear
    finally:
        await link.stop()


def told(sdp: str) -> list[str]:
    """The addresses of an offer's first line, the best first."""
    found = re.findall(r"a=candidate:\S+ 1 udp (\d+) (\S+) ", sdp.split("\nm=")[1])
    return [host for _, host in sorted(found, key=lambda each: -int(each[0]))]


async def speaks_and_is_heard(speaker: Member, hearer: Member) -> None:
    """Sound and picture, each packet of them, to one who has the other family."""
    speaker.ear.link.set_room(room(speaker.name, hearer.name, floor=speaker.name))
    await speaker.ear.until(mp.Hint, lambda each: each.peer == speaker.name and each.full)
    sound, picture = (len(hearer.received["floor", kind]) for kind in ("audio", "video"))
    await speaker.show("full", is_key=True)
    for _ in range(10):
        await speaker.show("full")
        await speaker.speak()
    await eventually(lambda: len(hearer.received["floor", "audio"]) == sound + 10)
    await eventually(lambda: len(hearer.received["floor", "video"]) == picture + 22)


@needs_ipv6
@pytest.mark.parametrize("heard", [("::", "::1", "127.0.0.1"), ("::",)], indirect=True, ids=["public", "own"])
async def test_members_of_both_families_hear_each_other(heard: Ear) -> None:
    up = await heard.until(MediaUp)
    assert {"::1", "127.0.0.1"} <= set(up.hello.addresses)
    heard.link.set_room(room("anna", "bo", floor="anna"))
    anna, bo = Member(heard, "m1", "anna", "::1"), Member(heard, "m1", "bo", "127.0.0.1")
    for member in (anna, bo):
        await member.join()
        assert told(member.offer_sdp) == list(up.hello.addresses)
    await speaks_and_is_heard(anna, bo)
    await speaks_and_is_heard(bo, anna)
    for member in (anna, bo):
        await member.leave()


@pytest.mark.parametrize(
    ("heard", "host"),
    [
        pytest.param(("::1",), "::1", marks=needs_ipv6),
        (("0.0.0.0", "127.0.0.1"), "127.0.0.1"),
        (("localhost",), "127.0.0.1"),
    ],
    indirect=["heard"],
)
async def test_a_server_of_one_family_serves_that(heard: Ear, host: str) -> None:
    up = await heard.until(MediaUp)
    assert up.hello.addresses == (host,)
    heard.link.set_room(room("anna", "bo", floor="anna"))
    anna, bo = (Member(heard, "m1", name, host) for name in ("anna", "bo"))
    for member in (anna, bo):
        await member.join()
    await speaks_and_is_heard(anna, bo)
    for member in (anna, bo):
        await member.leave()


@needs_ipv6
@pytest.mark.parametrize("heard", [("::1",), ("127.0.0.1",)], indirect=True, ids=["IPv6", "IPv4"])
async def test_a_simulated_member_finds_the_server_in_either_family(
    heard: Ear, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(aioice.ice, "get_host_addresses", aioice.ice.get_host_addresses)
    use_loopback()
    await heard.until(MediaUp)
    heard.link.set_room(room("sim"))
    end, sending = await a_simulated(heard, "sim", {})
    await heard.until(mp.Connected)
    await end.close()
    with contextlib.suppress(ConnectionError):
        await sending
