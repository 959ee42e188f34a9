"""Equipment's offers: what is taken, what is refused and why, and the answer line by line."""

from __future__ import annotations

import re

import pytest

from meeting_server.media.guest_sdp import GuestOffer, read_offer, write_answer
from meeting_server.media.sdp import BadAnswer, Transport

HERE = Transport("name", "password", "AA:BB", [("127.0.0.1", 47000, "f", 1)])
SHARED = (
    "a=ice-ufrag:abcd\r\na=ice-pwd:" + "p" * 22 + "\r\na=fingerprint:sha-256 11:22\r\na=setup:actpass\r\n"
    "a=rtcp-mux\r\n"
)
ABOVE = "v=0\r\no=- 1 1 IN IP4 0.0.0.0\r\ns=-\r\nt=0 0\r\n"
SOUND = f"m=audio 9 UDP/TLS/RTP/SAVPF 111 0\r\na=mid:0\r\na=sendonly\r\na=rtpmap:111 opus/48000/2\r\n{SHARED}"
PICTURE = (
    "m=video 9 UDP/TLS/RTP/SAVPF 102 120\r\na=mid:1\r\na=sendonly\r\na=rtpmap:102 H264/90000\r\n"
    f"a=rtpmap:120 VP8/90000\r\n{SHARED}"
)


def offered(*parts: str, plays: bool = False) -> GuestOffer:
    return read_offer(ABOVE + "".join(parts), plays=plays)


def test_its_payload_types_are_kept_and_h264_is_left() -> None:
    offer = offered(SOUND, PICTURE)
    assert {kind: line.payload for kind, line in offer.lines.items()} == {"audio": 111, "video": 120}
    answer = write_answer(offer, HERE, 7, {})
    assert "m=audio 47000 UDP/TLS/RTP/SAVPF 111\r\n" in answer
    assert "m=video 47000 UDP/TLS/RTP/SAVPF 120\r\n" in answer
    assert answer.count("a=recvonly") == 2
    assert answer.count("a=setup:passive") == 2
    assert "a=group:BUNDLE 0 1\r\n" in answer
    assert answer.count("a=ptime:40\r\n") == 1


def test_a_second_picture_and_data_are_refused_in_their_places() -> None:
    data = "m=application 9 UDP/DTLS/SCTP webrtc-datachannel\r\na=mid:2\r\n" + SHARED
    offer = offered(SOUND, PICTURE, data, PICTURE.replace("mid:1", "mid:3"))
    answer = write_answer(offer, HERE, 7, {})
    assert re.findall(r"^m=(\w+) (\d+)", answer, re.M) == [
        ("audio", "47000"),
        ("video", "47000"),
        ("application", "0"),
        ("video", "0"),
    ]


def test_whoever_plays_is_told_what_it_is_sent_with() -> None:
    offer = offered(SOUND.replace("sendonly", "recvonly"), plays=True)
    answer = write_answer(offer, HERE, 7, {"audio": 99})
    assert "a=sendonly" in answer
    assert "a=ssrc:99 cname:7" in answer


def test_a_passive_one_is_begun_with() -> None:
    offer = offered(SOUND.replace("actpass", "passive"))
    assert offer.is_passive
    assert "a=setup:active" in write_answer(offer, HERE, 7, {})


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "no m-line"),
        (SOUND.replace("opus", "PCMU"), "neither Opus nor VP8"),
        (SOUND.replace("sendonly", "recvonly"), "neither Opus nor VP8"),
        (SOUND.replace("a=rtcp-mux\r\n", ""), "RTCP on a port of its own"),
        (SOUND.replace("a=ice-ufrag:abcd\r\n", ""), "no ICE name"),
        (SOUND.replace("sha-256", "md5"), "no fingerprint"),
        (SOUND.replace("actpass", "holdconn"), "DTLS role"),
        (SOUND + "\x00", "control characters"),
        ("m=audio\r\n", "cannot be read"),
    ],
)
def test_what_cannot_be_used_is_refused_with_the_reason(text: str, why: str) -> None:
    with pytest.raises(BadAnswer, match=why):
        offered(text)
