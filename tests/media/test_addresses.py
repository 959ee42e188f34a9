"""Which addresses browsers are told, and one form for each peer."""

from __future__ import annotations

import logging
import socket

import pytest

from meeting_server.media import addresses
from meeting_server.media.addresses import mapped, open_socket, plain, told
from tests.media.member import needs_ipv6

MACHINE = ("192.0.2.5", "2001:db8::5", "fe80::5")


@pytest.mark.parametrize(
    ("host", "one_form", "on_ipv6"),
    [
        ("192.0.2.5", "192.0.2.5", "::ffff:192.0.2.5"),
        ("::ffff:192.0.2.5", "192.0.2.5", "::ffff:192.0.2.5"),
        ("2001:db8::5", "2001:db8::5", "2001:db8::5"),
        ("::1", "::1", "::1"),
        ("::fffe:192.0.2.5", "::fffe:192.0.2.5", "::fffe:192.0.2.5"),
    ],
)
def test_an_address_has_one_form_here_and_one_on_the_socket(host: str, one_form: str, on_ipv6: str) -> None:
    assert plain(host) == one_form
    assert mapped(plain(host)) == on_ipv6


@pytest.mark.parametrize(
    ("bound", "public", "expected"),
    [
        ("::", (), ("2001:db8::5", "192.0.2.5", "::1", "127.0.0.1")),
        ("0.0.0.0", (), ("192.0.2.5", "127.0.0.1")),
        ("192.0.2.5", (), ("192.0.2.5",)),
        ("::ffff:192.0.2.5", (), ("192.0.2.5",)),
        ("2001:db8::5", (), ("2001:db8::5",)),
        ("::", ("198.51.100.1", "2001:db8::1"), ("198.51.100.1", "2001:db8::1")),
        ("::", ("2001:db8::1", "::ffff:198.51.100.1"), ("2001:db8::1", "198.51.100.1")),
        ("::", ("klubban.example", "198.51.100.1"), ("2001:db8::77", "198.51.100.77", "198.51.100.1")),
        ("0.0.0.0", ("klubban.example",), ("198.51.100.77",)),
        ("2001:db8::5", ("klubban.example",), ("2001:db8::77",)),
        ("192.0.2.5", ("198.51.100.1", "198.51.100.1"), ("198.51.100.1",)),
    ],
)
def test_browsers_are_told_every_address_they_can_reach(
    bound: str, public: tuple[str, ...], expected: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    real = socket.getaddrinfo

    def answers(host: str, *rest: object, **more: object) -> list[object]:
        named = ["2001:db8::77", "198.51.100.77"] if host == "klubban.example" else [host]
        return [each for name in named for each in real(name, *rest, **more)]  # type: ignore[arg-type]

    monkeypatch.setattr(socket, "getaddrinfo", answers)
    assert told(bound, public, MACHINE) == expected


@pytest.mark.parametrize(
    ("bound", "public"),
    [
        ("0.0.0.0", ("2001:db8::1",)),
        ("127.0.0.1", ("2001:db8::1", "fe80::1")),
        ("2001:db8::5", ("198.51.100.1",)),
        ("::", ("fe80::1", "169.254.0.1")),
        ("fe80::5", ()),
    ],
)
def test_nothing_to_tell_browsers_is_an_error(bound: str, public: tuple[str, ...]) -> None:
    with pytest.raises(OSError, match="can be reached there"):
        told(bound, public, MACHINE)


def test_a_public_address_that_is_left_out_is_said(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING):
        assert told("0.0.0.0", ("198.51.100.1", "2001:db8::1"), MACHINE) == ("198.51.100.1",)
    assert "not told 2001:db8::1" in caplog.text


@pytest.mark.parametrize(
    ("host", "family", "bound"),
    [
        ("127.0.0.1", socket.AF_INET, "127.0.0.1"),
        ("0.0.0.0", socket.AF_INET, "0.0.0.0"),
        ("::ffff:127.0.0.1", socket.AF_INET, "127.0.0.1"),
        ("localhost", socket.AF_INET, "127.0.0.1"),
        pytest.param("::1", socket.AF_INET6, "::1", marks=needs_ipv6),
        pytest.param("::", socket.AF_INET6, "::", marks=needs_ipv6),
    ],
)
def test_the_socket_is_of_the_hosts_family(host: str, family: socket.AddressFamily, bound: str) -> None:
    with open_socket(host, 0) as made:
        assert (made.family, made.getsockname()[0]) == (family, bound)
        if family == socket.AF_INET6:
            assert made.getsockopt(socket.IPPROTO_IPV6, addresses._ADDRESS_PREFERENCES) & 0x0002
        if host == "::":
            assert made.getsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY) == 0


@needs_ipv6
def test_the_port_of_both_families_is_nobody_elses_in_either() -> None:
    with open_socket("::", 0) as made:
        for host in ("127.0.0.1", "::1"):
            with pytest.raises(OSError, match="in use"):
                open_socket(host, made.getsockname()[1])
