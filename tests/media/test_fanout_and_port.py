"""The send table and the shared port, on real sockets and real SRTP contexts."""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import socket
import struct
from collections.abc import Iterator
from typing import Any

import pylibsrtp
import pytest

from meeting_server.media.addresses import open_socket
from meeting_server.media.fanout import MAX_PACKET, ROWS, SEGMENTS, Row, SendTable, socket_address
from meeting_server.media.port import MAX_ADDRESSES, Place, Port, has_integrity, read_username
from tests.media.member import PATIENCE, eventually, needs_ipv6

KEY = bytes(range(30))
PACKET = struct.pack("!BBHLL", 0x80, 97, 1000, 9000, 1) + b"payload" * 20
SO_NO_CHECK = 11
"""asm-generic/socket.h; Python has no name for it."""


def a_picture(count: int) -> list[bytes]:
    """So many packets, as long as each other but for the last."""
    sizes = [300] * (count - 1) + [200]
    return [
        struct.pack("!BBHLL", 0x80, 97, 2000 + number, 9000, 1) + bytes([number]) * size
        for number, size in enumerate(sizes)
    ]


def context(kind: int) -> Any:
    policy = pylibsrtp.Policy(key=KEY, ssrc_type=kind)
    policy.allow_repeat_tx = True
    return pylibsrtp.Session(policy)


FAMILIES = [
    pytest.param(("127.0.0.1", "127.0.0.1", "127.0.0.1", "127.0.0.1"), id="IPv4"),
    pytest.param(("::1", "::1", "::1", "::1"), id="IPv6", marks=needs_ipv6),
    pytest.param(("::", "127.0.0.1", "::1", "127.0.0.1"), id="both", marks=needs_ipv6),
]


@pytest.fixture(params=FAMILIES)
def sockets(request: pytest.FixtureRequest) -> Iterator[list[socket.socket]]:
    """A sender and three receivers."""
    found = [open_socket(host, 0) for host in request.param]
    for each in found:
        each.settimeout(20)
    yield found
    for each in found:
        each.close()


def name_of(receiver: socket.socket, sender: socket.socket) -> bytes:
    """Where the receiver is, in the form that the sender takes."""
    host, port = receiver.getsockname()[:2]
    return socket_address((host, port), sender.family)


def read(receiver: socket.socket) -> tuple[int, int, int, bytes]:
    plain = context(pylibsrtp.Policy.SSRC_ANY_INBOUND).unprotect(receiver.recv(2048))
    _, _, sequence, timestamp, ssrc = struct.unpack_from("!BBHLL", plain)
    return sequence, timestamp, ssrc, plain[12:]


@pytest.mark.parametrize("later", [0, 0x80000000])
def test_everybody_gets_the_packet_in_his_own_numbering_and_time(
    sockets: list[socket.socket], later: int
) -> None:
    sender, *receivers = sockets
    keys = [context(pylibsrtp.Policy.SSRC_ANY_OUTBOUND) for _ in receivers]
    rows = [
        Row(65000 * index, 50 + index, key._srtp[0], name_of(receiver, sender), later * index)
        for index, (key, receiver) in enumerate(zip(keys, receivers, strict=True))
    ]
    table = SendTable(sender.fileno())
    table.send([PACKET], table.batch(rows))
    for index, receiver in enumerate(receivers):
        stamp = (9000 + later * index) & 0xFFFFFFFF
        assert read(receiver) == ((1000 + 65000 * index) & 0xFFFF, stamp, 50 + index, PACKET[12:])
    assert table.counts == {"sent": 3}


def test_a_bad_address_costs_the_others_nothing(sockets: list[socket.socket]) -> None:
    sender, first, _, last = sockets
    keys = [context(pylibsrtp.Policy.SSRC_ANY_OUTBOUND) for _ in range(3)]
    addresses = [
        name_of(first, sender),
        socket_address(("127.0.0.1", 0), sender.family),
        name_of(last, sender),
    ]
    rows = [
        Row(0, 50 + index, key._srtp[0], address)
        for index, (key, address) in enumerate(zip(keys, addresses, strict=True))
    ]
    table = SendTable(sender.fileno())
    table.send([PACKET], table.batch(rows))
    assert (read(first)[2], read(last)[2]) == (50, 52)
    assert table.counts == {"sent": 2, "bad_address": 1}


def test_a_context_that_cannot_encrypt_costs_the_others_nothing(sockets: list[socket.socket]) -> None:
    sender, first, _, last = sockets
    good = [context(pylibsrtp.Policy.SSRC_ANY_OUTBOUND) for _ in range(2)]
    without_stream = pylibsrtp.Session()
    rows = [
        Row(0, 50, good[0]._srtp[0], name_of(first, sender)),
        Row(0, 51, without_stream._srtp[0], name_of(first, sender)),
        Row(0, 52, good[1]._srtp[0], name_of(last, sender)),
    ]
    table = SendTable(sender.fileno())
    table.send([PACKET], table.batch(rows))
    assert (read(first)[2], read(last)[2]) == (50, 52)
    assert table.counts == {"sent": 2, "protect_failed": 1}


@pytest.mark.parametrize(
    ("size", "is_sent"), [(MAX_PACKET - 1, True), (MAX_PACKET, True), (MAX_PACKET + 1, False)]
)
def test_a_packet_that_does_not_fit_is_counted_and_not_sent(
    sockets: list[socket.socket], size: int, is_sent: bool
) -> None:
    sender, receiver, *_ = sockets
    key = context(pylibsrtp.Policy.SSRC_ANY_OUTBOUND)
    table = SendTable(sender.fileno())
    packet = PACKET[:12] + bytes(size - 12)
    rows = [Row(0, 50, key._srtp[0], name_of(receiver, sender))]
    table.send([packet], table.batch(rows))
    assert table.counts == ({"sent": 1} if is_sent else {"too_long": 1})


@pytest.mark.parametrize("count", [ROWS - 1, ROWS, ROWS + 1])
def test_more_receivers_than_rows_take_more_calls(sockets: list[socket.socket], count: int) -> None:
    sender, receiver, *_ = sockets
    receiver.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4 << 20)
    key = context(pylibsrtp.Policy.SSRC_ANY_OUTBOUND)
    address = name_of(receiver, sender)
    table = SendTable(sender.fileno())
    rows = [Row(0, 1000 + index, key._srtp[0], address) for index in range(count)]
    for _ in range(2):
        table.send([PACKET], table.batch(rows))
    assert table.counts["sent"] == 2 * count
    assert [read(receiver)[2] for _ in range(count)] == [row.ssrc for row in rows]


@pytest.mark.parametrize(
    ("address", "family", "expected"),
    [
        (("192.0.2.7", 443), socket.AF_INET, "0200 01bb c0000207 0000000000000000"),
        (("192.0.2.7", 443), socket.AF_INET6, "0a00 01bb 00000000 00000000000000000000ffffc0000207 00000000"),
        (
            ("2001:db8::7", 443),
            socket.AF_INET6,
            "0a00 01bb 00000000 20010db8000000000000000000000007 00000000",
        ),
    ],
)
def test_a_socket_address_is_as_the_kernel_reads_it(
    address: tuple[str, int], family: socket.AddressFamily, expected: str
) -> None:
    # The family stands in the machine's own order; what sends here is little-endian.
    assert socket_address(address, family) == bytes.fromhex(expected)


@pytest.mark.parametrize("family", [socket.AF_INET, socket.AF_INET6])
def test_a_name_is_no_socket_address(family: socket.AddressFamily) -> None:
    with pytest.raises(OSError):
        socket_address(("klubban.example", 443), family)


def test_a_full_buffer_is_counted_and_does_not_block() -> None:
    left, right = socket.socketpair(socket.AF_UNIX, socket.SOCK_DGRAM)
    with left, right:
        while True:
            try:
                left.send(b"x", socket.MSG_DONTWAIT)
            except BlockingIOError:
                break
        key = context(pylibsrtp.Policy.SSRC_ANY_OUTBOUND)
        table = SendTable(left.fileno())
        # A connected Unix socket does not look at the name; what matters is EAGAIN.
        address = socket_address(("127.0.0.1", 9), socket.AF_INET)
        batch = table.batch([Row(0, 50, key._srtp[0], address), Row(0, 51, key._srtp[0], address)])
        for message in range(2):
            header = batch.parts[0].messages[message].header
            header.name, header.name_length = header.control, 0
        table.send([PACKET], batch)
        assert table.counts == {"buffer_full": 2}


@pytest.mark.parametrize("count", [1, 2, SEGMENTS])
def test_packets_that_go_as_one_arrive_as_they_were(sockets: list[socket.socket], count: int) -> None:
    sender, *receivers = sockets
    keys = [context(pylibsrtp.Policy.SSRC_ANY_OUTBOUND) for _ in receivers]
    table = SendTable(sender.fileno())
    batch = table.batch(
        [
            Row(10 * index, 50 + index, key._srtp[0], name_of(receiver, sender), index)
            for index, (key, receiver) in enumerate(zip(keys, receivers, strict=True))
        ]
    )
    packets = a_picture(count)
    after = bytearray(PACKET)
    after[2:4] = (3000).to_bytes(2, "big")
    for together in ([PACKET], packets, [after]):
        table.send(together, batch)
    for index, receiver in enumerate(receivers):
        assert read(receiver)[0] == 1000 + 10 * index
        for number, packet in enumerate(packets):
            assert read(receiver) == (2000 + number + 10 * index, 9000 + index, 50 + index, packet[12:])
        assert read(receiver)[0] == 3000 + 10 * index
    assert table.counts == {"sent": 3 * (count + 2)}
    assert table.takes_trains


def test_where_they_cannot_go_as_one_they_go_one_by_one() -> None:
    with open_socket("127.0.0.1", 0) as sender, open_socket("127.0.0.1", 0) as receiver:
        receiver.settimeout(20)
        # The kernel parts packets only where it also makes checksums.
        sender.setsockopt(socket.SOL_SOCKET, SO_NO_CHECK, 1)
        keys = [context(pylibsrtp.Policy.SSRC_ANY_OUTBOUND) for _ in range(2)]
        table = SendTable(sender.fileno())
        rows = [Row(0, 50 + n, key._srtp[0], name_of(receiver, sender)) for n, key in enumerate(keys)]
        for _ in range(2):
            table.send(a_picture(3), table.batch(rows))
        heard = [read(receiver)[::2] for _ in range(12)]
        assert heard == 2 * [(2000 + number, ssrc) for ssrc in (50, 51) for number in range(3)]
        assert table.counts == {"sent": 12}
        assert not table.takes_trains


@pytest.mark.parametrize("bad", [0, 1])
def test_a_bad_address_costs_the_others_nothing_of_a_picture(sockets: list[socket.socket], bad: int) -> None:
    sender, receiver, *_ = sockets
    keys = [context(pylibsrtp.Policy.SSRC_ANY_OUTBOUND) for _ in range(2)]
    addresses = [name_of(receiver, sender), name_of(receiver, sender)]
    addresses[bad] = socket_address(("127.0.0.1", 0), sender.family)
    table = SendTable(sender.fileno())
    table.send(a_picture(3), table.batch([Row(0, 50 + n, keys[n]._srtp[0], addresses[n]) for n in range(2)]))
    assert [read(receiver)[2] for _ in range(3)] == 3 * [51 - bad]
    assert table.counts == {"sent": 3, "bad_address": 3}
    assert table.takes_trains


def test_a_context_that_cannot_encrypt_costs_the_others_nothing_of_a_picture(
    sockets: list[socket.socket],
) -> None:
    sender, receiver, *_ = sockets
    good = context(pylibsrtp.Policy.SSRC_ANY_OUTBOUND)
    without_stream = pylibsrtp.Session()
    table = SendTable(sender.fileno())
    rows = [
        Row(0, 50 + n, key._srtp[0], name_of(receiver, sender))
        for n, key in enumerate([without_stream, good])
    ]
    table.send([*a_picture(2), PACKET[:12] + bytes(MAX_PACKET)], table.batch(rows))
    assert [read(receiver)[2] for _ in range(2)] == [51, 51]
    assert table.counts == {"sent": 2, "protect_failed": 2, "too_long": 1}


SOUND = struct.pack("!BBHLL", 0x80, 111, 500, 4000, 1) + b"sound" * 20


def read_all(receiver: socket.socket, count: int) -> list[tuple[int, int, int, bytes]]:
    """Packets of both streams; those of one keep their order."""
    plain = context(pylibsrtp.Policy.SSRC_ANY_INBOUND)
    found = []
    for _ in range(count):
        packet = plain.unprotect(receiver.recv(2048))
        found.append((*struct.unpack_from("!HLL", packet, 2), packet[12:]))
    return found


@pytest.mark.parametrize("count", [1, 2, SEGMENTS])
def test_sound_goes_along_to_those_who_are_sent_both(sockets: list[socket.socket], count: int) -> None:
    sender, both, only_seen, only_heard = sockets
    keys = {each: context(pylibsrtp.Policy.SSRC_ANY_OUTBOUND) for each in (both, only_seen, only_heard)}

    def row(receiver: socket.socket, shift: int, ssrc: int) -> Row:
        return Row(shift, ssrc, keys[receiver]._srtp[0], name_of(receiver, sender), shift)

    table = SendTable(sender.fileno())
    picture = table.batch([row(only_seen, 30, 51), row(both, 10, 50)])
    sound = table.batch([row(both, 20, 60), row(only_heard, 40, 61)])
    pair = table.pair(picture, sound)
    packets = [packet[:312].ljust(312, b".") for packet in a_picture(count)]
    after = bytearray(PACKET)
    after[2:4] = (3000).to_bytes(2, "big")
    # Before and after it rows of another shape: nothing of it must stay in the table.
    table.send([PACKET], picture)
    table.send_along(packets, SOUND, pair)
    table.send([after], picture)
    for receiver, shift, ssrc in ((only_seen, 30, 51), (both, 10, 50)):
        seen = [(1000 + shift, 9000 + shift, ssrc, PACKET[12:])]
        seen += [(2000 + n + shift, 9000 + shift, ssrc, packet[12:]) for n, packet in enumerate(packets)]
        if receiver is both:
            seen.append((520, 4020, 60, SOUND[12:]))
        seen.append((3000 + shift, 9000 + shift, ssrc, PACKET[12:]))
        assert read_all(receiver, len(seen)) == seen
    assert read_all(only_heard, 1) == [(540, 4040, 61, SOUND[12:])]
    assert table.counts == {"sent": 2 * (count + 2) + 2}
    assert table.takes_trains


def test_where_they_cannot_go_as_one_the_sound_goes_by_itself_too() -> None:
    with open_socket("127.0.0.1", 0) as sender, open_socket("127.0.0.1", 0) as receiver:
        receiver.settimeout(20)
        sender.setsockopt(socket.SOL_SOCKET, SO_NO_CHECK, 1)
        key = context(pylibsrtp.Policy.SSRC_ANY_OUTBOUND)
        table = SendTable(sender.fileno())
        batches = [table.batch([Row(0, ssrc, key._srtp[0], name_of(receiver, sender))]) for ssrc in (50, 60)]
        pair = table.pair(batches[0], batches[1])
        for number in range(2):
            table.send_along([after(PACKET, number)], after(SOUND, number), pair)
        assert [each[:3:2] for each in read_all(receiver, 4)] == [
            (1000, 50),
            (500, 60),
            (1001, 50),
            (501, 60),
        ]
        assert table.counts == {"sent": 4}
        assert not table.takes_trains


def after(packet: bytes, count: int) -> bytes:
    """The packet so many numbers later."""
    return packet[:2] + (int.from_bytes(packet[2:4], "big") + count).to_bytes(2, "big") + packet[4:]


@pytest.mark.parametrize("bad", [0, 1])
def test_a_bad_address_costs_the_others_nothing_of_picture_and_sound(
    sockets: list[socket.socket], bad: int
) -> None:
    sender, receiver, *_ = sockets
    keys = [context(pylibsrtp.Policy.SSRC_ANY_OUTBOUND) for _ in range(2)]
    addresses = [name_of(receiver, sender), name_of(receiver, sender)]
    addresses[bad] = socket_address(("127.0.0.1", 0), sender.family)
    table = SendTable(sender.fileno())
    seen, heard = (
        table.batch([Row(0, ssrc + n, keys[n]._srtp[0], addresses[n]) for n in range(2)]) for ssrc in (50, 60)
    )
    table.send_along([PACKET], SOUND, table.pair(seen, heard))
    assert [each[2] for each in read_all(receiver, 2)] == [51 - bad, 61 - bad]
    assert table.counts == {"sent": 2, "bad_address": 2}
    assert table.takes_trains


@pytest.mark.parametrize("is_new", [True, False])
def test_a_context_that_cannot_encrypt_the_sound_costs_the_others_nothing(
    sockets: list[socket.socket], is_new: bool
) -> None:
    """Without any stream neither can be; with one for the picture alone only the sound cannot."""
    sender, receiver, *_ = sockets
    good = context(pylibsrtp.Policy.SSRC_ANY_OUTBOUND)
    policy = pylibsrtp.Policy(key=KEY, ssrc_type=pylibsrtp.Policy.SSRC_SPECIFIC, ssrc_value=50)
    bad = pylibsrtp.Session() if is_new else pylibsrtp.Session(policy)
    table = SendTable(sender.fileno())
    seen, heard = (
        table.batch(
            [Row(0, ssrc + n, key._srtp[0], name_of(receiver, sender)) for n, key in enumerate([bad, good])]
        )
        for ssrc in (50, 60)
    )
    table.send_along([PACKET], SOUND, table.pair(seen, heard))
    assert [each[2] for each in read_all(receiver, 2)] == [51, 61]
    assert table.counts == {"sent": 2, "protect_failed": 2}


@pytest.mark.parametrize("count", [ROWS - 1, ROWS, ROWS + 1])
def test_more_receivers_than_rows_are_sent_both(sockets: list[socket.socket], count: int) -> None:
    sender, receiver, *_ = sockets
    receiver.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 8 << 20)
    keys = [context(pylibsrtp.Policy.SSRC_ANY_OUTBOUND) for _ in range(count)]
    address = name_of(receiver, sender)
    table = SendTable(sender.fileno())
    seen, heard = (
        table.batch([Row(0, ssrc + n, key._srtp[0], address) for n, key in enumerate(keys)])
        for ssrc in (1000, 5000)
    )
    table.send_along([PACKET], SOUND, table.pair(seen, heard))
    assert table.counts == {"sent": 2 * count}
    found = [read(receiver)[2] for _ in range(2 * count)]
    assert found == [base + n for n in range(count) for base in (1000, 5000)]


# ---- the port ----


def request(username: str, password: bytes, kind: bytes = b"\x00\x01") -> bytes:
    """A STUN binding request with MESSAGE-INTEGRITY."""
    value = username.encode()
    attribute = struct.pack("!HH", 0x0006, len(value)) + value + bytes(-len(value) % 4)
    head = kind + struct.pack("!HL", len(attribute) + 24, 0x2112A442) + b"transaction!"
    mac = hmac.new(password, head + attribute, hashlib.sha1).digest()
    return head + attribute + struct.pack("!HH", 0x0008, 20) + mac


class Sink:
    """In place of aioice."""

    def __init__(self) -> None:
        self.got: list[bytes] = []
        self.came_from = ("", 0)
        self.is_lost = False

    def datagram_received(self, data: bytes, addr: tuple[Any, ...]) -> None:
        if data == b"\x20trouble":
            raise RuntimeError("trouble")
        self.got.append(data)
        self.came_from = (addr[0], addr[1])

    def connection_lost(self, exc: Exception | None) -> None:
        self.is_lost = True


A, B = ("192.0.2.1", 1000), ("192.0.2.2", 1000)


def a_place(port: Port, name: str) -> tuple[Place, Sink, list[bytes]]:
    sink, media = Sink(), list[bytes]()
    place = Place(port, name, f"password of {name}", sink, lambda data, _: media.append(data))
    return place, sink, media


async def test_an_address_is_known_only_after_a_request_that_is_signed(port: Port) -> None:
    _, sink, media = a_place(port, "anna")
    port.datagram_received(b"\x80media", A)
    port.datagram_received(request("anna:x", b"wrong"), A)
    port.datagram_received(b"\x80media", A)
    assert (sink.got, media) == ([], [])
    assert port.counts == {"unknown_address": 3, "false_request": 1}
    good = request("anna:x", b"password of anna")
    port.datagram_received(good, A)
    port.datagram_received(b"\x80media", A)
    port.datagram_received(b"\x16dtls", A)
    assert (sink.got, media) == ([good, b"\x16dtls"], [b"\x80media"])


@pytest.mark.parametrize("host", ["192.0.2.1", "2001:db8::1"])
async def test_a_peer_is_the_same_in_each_form_of_his_address(port: Port, host: str) -> None:
    place, _, media = a_place(port, "anna")
    forms = [("::ffff:192.0.2.1", 1000, 0, 0), ("192.0.2.1", 1000)] if "." in host else [(host, 1000, 0, 0)]
    check = b"\x00\x01\x00\x00" + b"\x21\x12\xa4\x42" + b"twelve bytes"
    place.sendto(check, ("127.0.0.1", 9))
    port.datagram_received(request("anna:x", b"password of anna"), forms[0])
    port.datagram_received(b"\x01\x01" + check[2:], forms[-1])
    for form in forms:
        port.datagram_received(b"\x80media", form)
    assert len(media) == len(forms)
    assert place.answered == {(host, 1000)}
    assert port.sizes == (1, 1)
    place.close()
    assert port.sizes == (0, 0)


@pytest.mark.parametrize("hosts", FAMILIES)
async def test_a_port_is_reached_and_answers_in_its_families(hosts: tuple[str, ...]) -> None:
    opened = Port()
    sender, *peers = (open_socket(host, 0) for host in hosts)
    await asyncio.get_running_loop().create_datagram_endpoint(lambda: opened, sock=sender)
    loop = asyncio.get_running_loop()
    for index, peer in enumerate(peers):
        place, sink, _ = a_place(opened, f"peer{index}")
        there = ("::1" if peer.family == socket.AF_INET6 else "127.0.0.1", opened.number)
        await loop.sock_sendto(peer, request(f"peer{index}:x", f"password of peer{index}".encode()), there)
        await eventually(lambda sink=sink: len(sink.got) == 1)  # type: ignore[misc]
        place.sendto(b"\x16dtls", sink.came_from)
        async with asyncio.timeout(PATIENCE):
            assert await loop.sock_recv(peer, 100) == b"\x16dtls"
        assert sink.came_from == peer.getsockname()[:2]
        peer.close()
    assert opened.counts == {}
    opened.close()
    await asyncio.sleep(0)


async def test_a_request_goes_by_its_name_also_from_an_address_that_was_anothers(port: Port) -> None:
    _, anna, _ = a_place(port, "anna")
    _, bo, heard = a_place(port, "bo")
    port.datagram_received(request("anna:x", b"password of anna"), A)
    port.datagram_received(request("bo:x", b"wrong"), A)
    port.datagram_received(b"\x80to anna", A)
    port.datagram_received(request("bo:x", b"password of bo"), A)
    port.datagram_received(b"\x80to bo", A)
    assert (len(anna.got), len(bo.got), heard) == (1, 1, [b"\x80to bo"])
    assert port.counts["moved"] == 1


async def test_a_place_that_is_closed_leaves_nothing_behind(port: Port) -> None:
    place, sink, _ = a_place(port, "anna")
    for address in (A, B):
        port.datagram_received(request("anna:x", b"password of anna"), address)
    assert port.sizes == (1, 2)
    place.close()
    place.close()
    assert port.sizes == (0, 0)
    assert not sink.is_lost
    await asyncio.sleep(0)
    assert sink.is_lost


async def test_an_error_in_one_place_stays_there(port: Port) -> None:
    _, anna, _ = a_place(port, "anna")
    port.datagram_received(request("anna:x", b"password of anna"), A)
    port.datagram_received(b"\x20trouble", A)
    port.datagram_received(b"\x16dtls", A)
    assert port.counts["receive_failed"] == 1
    assert anna.got[-1] == b"\x16dtls"


async def test_the_round_trip_is_that_of_our_own_checks(port: Port) -> None:
    place, _, _ = a_place(port, "anna")
    port.datagram_received(request("anna:x", b"password of anna"), A)
    ours = request("x:anna", b"any")
    place.sendto(ours, ("127.0.0.1", 9))
    assert place.round_trip is None
    port.datagram_received(b"\x01\x01" + ours[2:], A)
    assert place.round_trip is not None
    assert place.round_trip >= 0


@pytest.mark.parametrize("cut", [0, 1, 2, 10, 20, 22, 24, 30, 40])
def test_a_request_that_is_cut_short_is_nobodys(cut: int) -> None:
    whole = request("anna:x", b"password")
    assert read_username(whole) == "anna:x"
    assert has_integrity(whole, b"password")
    assert not has_integrity(whole[:cut], b"password")
    read_username(whole[:cut])


async def test_anything_at_all_may_arrive(port: Port) -> None:
    a_place(port, "anna")
    for data in (b"", b"\x00", b"\x00\x01", b"\x00\x01" + b"\xff" * 30, b"\x80", bytes(1500)):
        port.datagram_received(data, A)
    assert port.counts["receive_failed"] == 0


async def test_an_address_that_answers_a_check_is_remembered_for_its_place_alone(port: Port) -> None:
    anna, _, _ = a_place(port, "anna")
    port.datagram_received(request("anna:x", b"password of anna"), A)
    check = b"\x00\x01\x00\x00" + b"\x21\x12\xa4\x42" + b"twelve bytes"
    anna.sendto(check, ("127.0.0.1", 9))
    port.datagram_received(b"\x01\x01\x00\x00" + b"\x21\x12\xa4\x42" + b"other  bytes", A)
    assert not anna.answered
    port.datagram_received(b"\x01\x01" + check[2:], A)
    assert anna.answered == {A}


async def test_only_so_many_addresses_of_one_connection_are_remembered(port: Port) -> None:
    anna, _, _ = a_place(port, "anna")
    for number in range(MAX_ADDRESSES + 1):
        check = b"\x00\x01\x00\x00" + b"\x21\x12\xa4\x42" + f"{number:012}".encode()
        anna.sendto(check, ("127.0.0.1", 9))
        anna.receive(b"\x01\x01" + check[2:], ("192.0.2.1", 1000 + number))
        assert len(anna.answered) == min(number + 1, MAX_ADDRESSES)
