"""The offer as a form and the answer as it is read; test_process and the browser meet real peers."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from meeting_server.media.lines import LINES, OPUS, RTX, VP8
from meeting_server.media.sdp import BadAnswer, DownStream, Transport, UpStream, read_answer, write_offer

HERE = Transport("f00d", "p" * 22, "AA:BB", [("192.0.2.7", 5000, "f1", 7), ("2001:db8::1", 5000, "f2", 6)])
ICE = "a=ice-ufrag:abcd\r\na=ice-pwd:abcdefghijklmnopqrstuv\r\n"
DIGEST = "a=fingerprint:sha-256 0A:1B\r\n"


def an_answer(head: str = "", transport: str = ICE + DIGEST + "a=setup:active\r\n") -> str:
    """As a page gives it that sends on every up-link."""
    text = f"v=0\r\no=- 1 2 IN IP4 127.0.0.1\r\ns=-\r\nt=0 0\r\n{head}"
    for index, line in enumerate(LINES):
        name, payloads = ("opus", f"{OPUS}") if line.kind == "audio" else ("VP8", f"{VP8} {RTX}")
        text += f"m={line.kind} 9 UDP/TLS/RTP/SAVPF {payloads}\r\n{transport}a=mid:{index}\r\n"
        text += f"a=rtcp-mux\r\na={'sendonly' if line.is_up else 'recvonly'}\r\n"
        text += f"a=rtpmap:{payloads.split()[0]} {name}/90000\r\n"
        if line.is_up and line.kind == "video":
            text += f"a=ssrc-group:FID {index}00 {index}01\r\n"
        if line.is_up:
            text += f"a=ssrc:{index}00 cname:x\r\n"
    return text


def test_an_answer_is_read() -> None:
    found = read_answer(an_answer())
    assert (found.name, found.password, found.is_active) == ("abcd", "abcdefghijklmnopqrstuv", True)
    assert found.fingerprints == (("sha-256", "0A:1B"),)
    assert found.streams == {10: UpStream(1000, None), 11: UpStream(1100, 1101), 12: UpStream(1200, 1201)}


def test_what_is_said_for_the_whole_session_holds_for_the_lines() -> None:
    found = read_answer(an_answer(head=DIGEST + ICE + "a=setup:passive\r\n", transport=""))
    assert (found.name, found.is_active, found.fingerprints) == ("abcd", False, (("sha-256", "0A:1B"),))


def test_lines_may_end_with_a_line_feed_alone() -> None:
    assert read_answer(an_answer().replace("\r\n", "\n")) == read_answer(an_answer())


def test_unknown_digests_are_passed_over_and_one_known_is_enough() -> None:
    text = an_answer().replace(DIGEST, "a=fingerprint:md5 00\r\na=fingerprint:SHA-512 11\r\n")
    assert read_answer(text).fingerprints == (("sha-512", "11"),)


@pytest.mark.parametrize(
    ("was", "becomes"),
    [("a=sendonly", "a=inactive"), ("m=video 9", "m=video 0"), ("a=ssrc-group:FID 1100 1101\r\n", "")],
)
def test_a_line_the_page_does_not_send_on_is_left_out(was: str, becomes: str) -> None:
    full = read_answer(an_answer()).streams
    found = read_answer(an_answer().replace(was, becomes)).streams
    assert found != full
    assert all(each in (full.get(index), UpStream(1100, None)) for index, each in found.items())


WRONG: dict[str, Callable[[str], str]] = {
    "control characters": lambda text: text + "\x00",
    "m-lines": lambda text: text + "m=audio 9 x 1\r\n",
    "line 3 is not": lambda text: text.replace("a=mid:3\r", "a=mid:4\r"),
    "not a line of": lambda text: text.replace("m=audio", "m=video"),
    "floor: not a line": lambda text: text.replace("m=audio 9", "m=audio nine"),
    "payload type": lambda text: text.replace(f"rtpmap:{VP8} ", "rtpmap:100 "),
    "port of its own": lambda text: text.replace("a=rtcp-mux\r\n", "", 1),
    "no SSRC": lambda text: text.replace("a=ssrc:1000 ", "a=ssrc:eight "),
    "different numbers": lambda text: text.replace("FID 1100 1101", "FID 1100 1100"),
    "of 32 bits": lambda text: text.replace("FID 1100 1101", f"FID 1100 {1 << 32}"),
    "no ICE name": lambda text: text.replace("ice-ufrag:abcd", "ice-ufrag:abc"),
    "ICE name and password": lambda text: text.replace("qrstuv\r", "qrstu\r"),
    "DTLS role": lambda text: text.replace("setup:active", "setup:actpass"),
    "no fingerprint": lambda text: text.replace("sha-256", "sha-1"),
}


@pytest.mark.parametrize("why", WRONG)
def test_an_answer_that_cannot_be_used_is_refused_with_the_reason(why: str) -> None:
    with pytest.raises(BadAnswer, match=why):
        read_answer(WRONG[why](an_answer()))


def test_the_widest_ssrc_is_taken() -> None:
    widest = (1 << 32) - 1
    found = read_answer(an_answer().replace("FID 1100 1101", f"FID 1100 {widest}")).streams
    assert widest in [each.rtx for each in found.values()]


def test_the_offer_names_the_first_address_and_lists_all() -> None:
    streams = {
        index: DownStream(2 * index + 1, None if line.kind == "audio" else 2 * index + 2)
        for index, line in enumerate(LINES)
        if not line.is_up
    }
    offer = write_offer(4, HERE, streams)
    assert offer.count("c=IN IP4 192.0.2.7\r\n") == len(LINES)
    assert offer.count("a=candidate:f2 1 udp 6 2001:db8::1 5000 typ host\r\n") == len(LINES)
    assert offer.count("a=ssrc-group:FID ") == sum(each.rtx is not None for each in streams.values())
    assert "a=msid:floor floor-audio\r\na=ssrc:1 cname:4\r\n" in offer
    assert offer.count("a=ptime:40\r\n") == sum(line.kind == "audio" for line in LINES)
    six = write_offer(4, Transport("f00d", "p" * 22, "AA:BB", HERE.candidates[1:]), streams)
    assert six.count("c=IN IP6 2001:db8::1\r\n") == len(LINES)
