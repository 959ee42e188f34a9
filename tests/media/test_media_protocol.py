"""The lines between core and media: what goes out comes in, and nothing else does."""

import pytest

from meeting_server import media_protocol as mp

A_ROOM = mp.Room(
    room="m1",
    peers=(
        mp.PeerState("anna", may_receive=True, may_send=True, watch="bo", mic=True),
        mp.PeerState("bo", may_receive=False, may_send=True, full=True, wall=True),
    ),
    floor="anna",
    chair=None,
    hall="bo",
    wall=(mp.Tile("anna", "Åsa Öberg", "S"), mp.Tile("bo", "Bo Ek", note="Bruten")),
)
A_QUALITY = mp.QualityReport(
    room="m1",
    peers=(
        mp.Quality("anna", True, True, False, True, 30, 12, 40, 0.0, 0.02, 11.5, 60, 900),
        mp.Quality(
            "bo", True, True, False, True, 30, 12, 40, 0.0, 0.02, 11.5, 60, 900, mp.Picture(118.5, 41.0, 0.02)
        ),
    ),
)


@pytest.mark.parametrize(
    "message",
    [
        mp.CoreHello(("1", "2")),
        A_ROOM,
        mp.Join("m1", "anna"),
        mp.Answer("m1", "anna", "v=0\r\n", 3),
        mp.Leave("m1", "anna"),
        mp.Close("m1"),
        mp.Stop(),
    ],
)
def test_what_the_core_says_is_what_the_media_process_reads(message: mp.FromCore) -> None:
    line = mp.encode(message)
    assert line.endswith(b"\n")
    assert line.count(b"\n") == 1
    assert mp.decode_from_core(line) == message


@pytest.mark.parametrize(
    "message",
    [
        mp.MediaHello("1", 47000, ("127.0.0.1",), 4711),
        mp.Offer("m1", "åsa", "v=0\r\n", 1),
        mp.Failed("m1", "anna", "sdp-invalid", "no fingerprint"),
        mp.Connected("m1", "anna"),
        mp.Lost("m1", "anna", "silent"),
        mp.Hint("m1", "anna", full=True, mic=False),
        A_QUALITY,
        mp.WallPlan("m1", 4, ("anna", "bo"), page=2, pages=3),
        mp.Health(3.5, 1.5, 12, 4, 0),
    ],
)
def test_what_the_media_process_says_is_what_the_core_reads(message: mp.FromMedia) -> None:
    assert mp.decode_from_media(mp.encode(message)) == message


@pytest.mark.parametrize(
    ("line", "says"),
    [
        (b"", "not JSON"),
        (b"\xff\xfe", "not JSON"),
        (b"[1]", "not an object"),
        (b"{}", "unknown type"),
        (b'{"type":"offer"}', "unknown type"),
        (b'{"type":["room"]}', "unknown type"),
        (b'{"type":"join","room":"m1"}', "missing one of peer"),
        (b'{"type":"join","room":"m1","peer":7}', "join.peer: not str"),
        (b'{"type":"join","room":"m1","peer":"a","mood":"good"}', "unknown field 'mood'"),
        (b'{"type":"answer","room":"m1","peer":"a","sdp":"x","attempt":true}', "not int"),
        (b'{"type":"room","room":"m1","peers":{}}', "not a list"),
        (b'{"type":"room","room":"m1","peers":[3]}', "room.peers[0]: not an object"),
        (
            b'{"type":"room","room":"m1","peers":[{"peer":"a","may_receive":1,"may_send":true}]}',
            "peers[0].may_receive: not bool",
        ),
        (b"[" * 100_000, "nested too deep"),
    ],
)
def test_a_line_that_is_no_message_is_refused_with_its_place(line: bytes, says: str) -> None:
    with pytest.raises(mp.BadMessage) as refused:
        mp.decode_from_core(line)
    assert says in str(refused.value)


def test_the_two_directions_do_not_understand_each_others_messages() -> None:
    with pytest.raises(mp.BadMessage):
        mp.decode_from_media(mp.encode(mp.Join("m1", "anna")))
