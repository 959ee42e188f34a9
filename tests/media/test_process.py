"""The media process as the core sees it: bad input, crashes of either side, and coming and going."""

from __future__ import annotations

import asyncio
import gc
import os
import re
import signal
import socket
import stat
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from meeting_server import media_protocol as mp
from meeting_server.live import media_link
from meeting_server.live.media_link import MediaDown, MediaLink, MediaSettings, MediaUp
from tests.media.member import PATIENCE, Ear, Member, eventually


def room(*names: str, name: str = "m1", floor: str | None = None) -> mp.Room:
    return mp.Room(name, tuple(mp.PeerState(each, True, True) for each in names), floor=floor)


async def an_answer(ear: Ear, peer: str) -> tuple[Member, mp.Offer]:
    """An open offer and a good answer to it, not sent."""
    since = len(ear.events)
    ear.link.join("m1", peer)
    offer = await ear.until(mp.Offer, lambda each: each.peer == peer, since)
    member = Member(ear, "m1", peer)
    await member.take(offer)
    return member, offer


def drop_last_line(sdp: str) -> str:
    return sdp[: sdp.rindex("m=video")]


BAD_ANSWERS: dict[str, Callable[[str], str]] = {
    "nothing": lambda sdp: "",
    "words": lambda sdp: "hello, this is no SDP\r\n",
    "another number of lines": drop_last_line,
    "no fingerprint": lambda sdp: "\r\n".join(x for x in sdp.split("\r\n") if "fingerprint" not in x),
    "no ice password": lambda sdp: "\r\n".join(x for x in sdp.split("\r\n") if "ice-pwd" not in x),
    "another order": lambda sdp: sdp.replace("a=mid:0", "a=mid:99"),
    "another role": lambda sdp: sdp.replace("a=setup:active", "a=setup:actpass"),
    "no rtcp-mux": lambda sdp: sdp.replace("a=rtcp-mux\r\n", ""),
    "binary": lambda sdp: sdp.replace("IN IP4", "\x00\x01\x02"),
    "numbers that are none": lambda sdp: sdp.replace("a=rtpmap:97", "a=rtpmap:ninety"),
    "an ssrc of more than 32 bits": lambda sdp: re.sub(r"(a=ssrc:)\d+", r"\g<1>9999999999", sdp).replace(
        "ssrc-group:FID", "x-group"
    ),
    "an ssrc that is none": lambda sdp: sdp.replace("a=ssrc", "a=csrs"),
}


@pytest.mark.parametrize("what", BAD_ANSWERS)
async def test_a_wrong_sdp_is_refused_with_a_reason_and_the_next_one_is_taken(ear: Ear, what: str) -> None:
    ear.link.set_room(room("anna"))
    member, _ = await an_answer(ear, "anna")
    bad = BAD_ANSWERS[what](member.answer_sdp)
    assert bad != member.answer_sdp
    ear.link.answer("m1", "anna", bad)
    failed = await ear.until(mp.Failed)
    assert (failed.peer, failed.reason) == ("anna", "sdp-invalid")
    assert failed.detail
    await member.leave()
    again = Member(ear, "m1", "anna")
    await again.join()
    await again.leave()


@pytest.mark.parametrize(
    ("size", "reason"),
    [
        (mp.MAX_SDP_BYTES - 1, "sdp-invalid"),
        (mp.MAX_SDP_BYTES, "sdp-invalid"),
        (mp.MAX_SDP_BYTES + 1, "sdp-too-large"),
    ],
)
async def test_an_sdp_above_16_kib_is_refused_unread(ear: Ear, size: int, reason: str) -> None:
    ear.link.set_room(room("anna"))
    member, offer = await an_answer(ear, "anna")
    await member.leave()
    # Past the link, which would refuse it itself.
    ear.link._send(mp.Answer("m1", "anna", "x" * size, offer.attempt))
    assert (await ear.until(mp.Failed)).reason == reason


async def test_the_link_refuses_an_sdp_above_16_kib_itself(ear: Ear) -> None:
    ear.link.answer("m1", "anna", "å" * (mp.MAX_SDP_BYTES // 2 + 1))
    assert (await ear.until(mp.Failed)).reason == "sdp-too-large"


async def test_an_answer_without_an_offer_is_refused(ear: Ear) -> None:
    ear.link.set_room(room("anna"))
    for name, peer in (("m1", "anna"), ("m1", "eve"), ("m9", "anna")):
        since = len(ear.events)
        ear.link.answer(name, peer, "v=0\r\n")
        failed = await ear.until(mp.Failed, since=since)
        assert failed.reason == "unknown-peer"


async def test_an_answer_to_an_older_offer_is_known_as_late_and_harms_nothing(ear: Ear) -> None:
    ear.link.set_room(room("anna"))
    first, old = await an_answer(ear, "anna")
    second, new = await an_answer(ear, "anna")
    ear.link.answer("m1", "anna", first.answer_sdp, old.attempt)
    assert (await ear.until(mp.Failed)).reason == "late-answer"
    ear.link.answer("m1", "anna", second.answer_sdp, new.attempt)
    await ear.until(mp.Connected)
    for member in (first, second):
        await member.leave()


async def test_a_second_answer_is_refused(ear: Ear) -> None:
    ear.link.set_room(room("anna"))
    member, offer = await an_answer(ear, "anna")
    for _ in range(2):
        ear.link.answer("m1", "anna", member.answer_sdp, offer.attempt)
    assert (await ear.until(mp.Failed)).reason == "sdp-invalid"
    await member.leave()


async def test_a_core_that_talks_nonsense_is_cut_off_and_the_process_lives(ear: Ear) -> None:
    pid = ear.link.pid
    assert ear.link._writer is not None
    since = len(ear.events)
    ear.link._writer.write(b'{"type":"dance"}\n')
    await ear.until(MediaDown, since=since)
    await ear.until(MediaUp, since=since)
    assert ear.link.pid == pid


async def test_kill_9_of_media_is_seen_and_healed_with_every_room(ear: Ear) -> None:
    ear.link.set_room(room("anna", "bo", floor="anna"))
    anna, bo = Member(ear, "m1", "anna"), Member(ear, "m1", "bo")
    for member in (anna, bo):
        await member.join()
    pid, since = ear.link.pid, len(ear.events)
    assert pid is not None
    os.kill(pid, signal.SIGKILL)
    await ear.until(MediaDown, since=since)
    assert not ear.link.is_up
    ear.link.join("m1", "anna")  # forgotten, and no error
    up = await ear.until(MediaUp, since=since)
    assert up.hello.pid != pid
    assert up.hello.udp_port == ear.link.settings.udp_port
    for member in (anna, bo):
        await member.leave()
    anna, bo = Member(ear, "m1", "anna"), Member(ear, "m1", "bo")
    for member in (anna, bo):
        await member.join()
    for index in range(5):
        await anna.show("full", is_key=index == 0)
    await eventually(lambda: len(bo.received["floor", "video"]) == 10)
    for member in (anna, bo):
        await member.leave()


async def test_pictures_go_on_when_the_core_dies_and_the_next_core_is_told_who_is_there(
    tmp_path: Path,
) -> None:
    settings = MediaSettings(socket=tmp_path / "media.sock")
    first = Ear(MediaLink(settings))
    await first.link.start()
    up = await first.until(MediaUp)
    first.link.set_room(room("anna", "bo", floor="anna"))
    anna, bo = Member(first, "m1", "anna"), Member(first, "m1", "bo")
    for member in (anna, bo):
        await member.join()
    # The core dies: its line ends, its process does not stop media.
    assert first.link._task is not None
    assert first.link._writer is not None
    first.link._stopping = True
    first.link._writer.transport.abort()
    await first.link._task
    for index in range(5):
        await anna.show("full", is_key=index == 0)
    await eventually(lambda: len(bo.received["floor", "video"]) == 10)

    second = Ear(MediaLink(settings))
    await second.link.start()
    assert (await second.until(MediaUp)).hello.pid == up.hello.pid
    second.link.set_room(room("anna", "bo", floor="bo"))
    for name in ("anna", "bo"):
        await second.until(mp.Connected, lambda each, name=name: each.peer == name)  # type: ignore[misc]
    hint = await second.until(mp.Hint, lambda each: each.peer == "bo")
    assert hint.full
    for member in (anna, bo):
        await member.leave()
    await second.link.stop()
    assert first.link._process is not None
    assert await first.link._process.wait() == 0


@pytest.mark.parametrize("wrong", ["--udp-host=192.0.2.1", "--udp-port=TAKEN"])
async def test_an_address_that_cannot_be_used_is_said_in_one_line(tmp_path: Path, wrong: str) -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as taken:
        taken.bind(("127.0.0.1", 0))
        wrong = wrong.replace("TAKEN", str(taken.getsockname()[1]))
        command = [sys.executable, "-m", "meeting_server.media", "--socket", str(tmp_path / "s"), wrong]
        process = await asyncio.create_subprocess_exec(*command, stderr=asyncio.subprocess.PIPE)
        _, said = await asyncio.wait_for(process.communicate(), PATIENCE)
    assert process.returncode == 1
    assert said.decode().startswith("media: UDP ")
    assert len(said.splitlines()) == 1


async def test_without_a_core_an_own_process_ends_by_itself(tmp_path: Path) -> None:
    settings = MediaSettings(socket=tmp_path / "media.sock")
    arguments = [*settings.arguments()[:-1], "1.5"]
    process = await asyncio.create_subprocess_exec(*arguments)
    assert await asyncio.wait_for(process.wait(), PATIENCE) == 0
    assert not (tmp_path / "media.sock").exists()


async def test_sound_goes_first_and_the_wall_last(tmp_path: Path) -> None:
    ear = Ear(MediaLink(MediaSettings(socket=tmp_path / "media.sock", wall_fps=1.0)))
    await ear.link.start()
    pid = (await ear.until(MediaUp)).hello.pid
    assert os.getpriority(os.PRIO_PROCESS, pid) == (-10 if os.geteuid() == 0 else 0)
    ear.link.set_room(room("anna"))
    anna = Member(ear, "m1", "anna")
    await anna.join()
    started = Path(f"/proc/{pid}/task/{pid}/children")

    def priorities() -> list[int]:
        return [os.getpriority(os.PRIO_PROCESS, int(each)) for each in started.read_text().split()]

    await eventually(lambda: priorities() == [5])
    await anna.leave()
    await ear.link.stop()


@pytest.mark.parametrize("set_already", [None, "glibc.malloc.tcache_count=8"])
async def test_its_memory_is_in_large_pages_unless_somebody_has_said_otherwise(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, set_already: str | None
) -> None:
    monkeypatch.delenv("GLIBC_TUNABLES", raising=False)
    if set_already is not None:
        monkeypatch.setenv("GLIBC_TUNABLES", set_already)
    ear = Ear(MediaLink(MediaSettings(socket=tmp_path / "media.sock")))
    await ear.link.start()
    pid = (await ear.until(MediaUp)).hello.pid
    given = Path(f"/proc/{pid}/environ").read_bytes().split(b"\0")
    expected = set_already or media_link.LARGE_PAGES["GLIBC_TUNABLES"]
    assert [each for each in given if each.startswith(b"GLIBC")] == [f"GLIBC_TUNABLES={expected}".encode()]
    await ear.link.stop()


async def test_the_socket_is_for_this_user_only_and_goes_away_at_the_end(tmp_path: Path) -> None:
    path = tmp_path / "media.sock"
    ear = Ear(MediaLink(MediaSettings(socket=path)))
    await ear.link.start()
    await ear.until(MediaUp)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    await ear.link.stop()
    assert not path.exists()
    assert not ear.link.is_up


async def test_a_process_that_is_not_up_yet_is_ended_and_not_waited_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(media_link, "STOP_SECONDS", 3600.0)
    link = MediaLink(MediaSettings(socket=tmp_path / "media.sock"))
    await link.start()
    await eventually(lambda: link._process is not None)
    process = link._process
    assert process is not None
    assert not link.is_up
    async with asyncio.timeout(PATIENCE):
        await link.stop()
    assert process.returncode is not None


async def test_a_socket_file_left_behind_is_no_hindrance(tmp_path: Path) -> None:
    settings = MediaSettings(socket=tmp_path / "media.sock")
    ear = Ear(MediaLink(settings))
    await ear.link.start()
    up = await ear.until(MediaUp)
    os.kill(up.hello.pid, signal.SIGKILL)
    assert (await ear.until(MediaUp, since=1)).hello.pid != up.hello.pid
    await ear.link.stop()


async def test_a_room_that_the_next_core_knows_no_more_is_closed(ear: Ear) -> None:
    ear.link.set_room(room("anna"))
    anna = Member(ear, "m1", "anna")
    await anna.join()
    ear.link.close_room("m1")
    await ear.until(mp.Health, lambda health: health.peers == 0, since=len(ear.events))
    await anna.leave()
    assert not any(isinstance(each, mp.Lost) for each in ear.events)


async def test_coming_and_going_leaves_nothing_behind(ear: Ear) -> None:
    assert ear.link.pid is not None
    pid = ear.link.pid

    def memory() -> int:
        return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * 4096

    names = [f"m{index}" for index in range(8)]
    ear.link.set_room(room("chair", *names, floor="m0"))
    # Somebody stays, so that the collector has no pause to clean up what should be free by itself.
    chair = Member(ear, "m1", "chair")
    await chair.join()

    async def come_and_go() -> None:
        for turn in range(5):
            members = [Member(ear, "m1", name) for name in names]
            await asyncio.gather(*(member.join() for member in members))
            for member in members[turn % 2 :: 2]:
                await member.leave()
            for member in members:
                ear.link.leave("m1", member.name)
                await member.leave()
            gc.collect()
        await asyncio.sleep(3)  # the last are dissolved

    # Kept connections would be 40 of about 0.4 MiB, 16 MiB, in every round; a heap that settles or a
    # connection that is dissolved a little later shows in one.
    left = [(0, 0)]
    for _ in range(4):
        await come_and_go()
        left.append((memory(), len(os.listdir(f"/proc/{pid}/fd"))))
        (before, files_before), (now, files) = left[-2:]
        if now - before < 4 << 20 and files <= files_before:
            break
    else:
        raise AssertionError(left)
    await chair.leave()


async def test_a_process_that_hangs_is_ended_and_started_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(media_link, "HANG_SECONDS", 4.5)
    monkeypatch.setattr(media_link, "STOP_SECONDS", 0.5)
    ear = Ear(MediaLink(MediaSettings(socket=tmp_path / "media.sock")))
    await ear.link.start()
    up = await ear.until(MediaUp)
    await asyncio.sleep(4.6)  # quiet without rooms, and still not taken for hanging
    assert ear.link.pid == up.hello.pid
    os.kill(up.hello.pid, signal.SIGSTOP)
    assert (await ear.until(MediaUp, since=len(ear.events))).hello.pid != up.hello.pid
    await ear.link.stop()
