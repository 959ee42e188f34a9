"""Addresses of both families: one form for each peer, the socket, and what browsers are told."""

from __future__ import annotations

import ipaddress
import logging
import socket
from collections.abc import Sequence

log = logging.getLogger(__name__)

MAPPED = "::ffff:"
"""How a socket of both families names an IPv4 peer (RFC 4291 2.5.5.2)."""
_ADDRESS_PREFERENCES, _PREFER_PUBLIC = 72, 0x0002
"""IPV6_ADDR_PREFERENCES and IPV6_PREFER_SRC_PUBLIC (RFC 5014) of Linux, which Python does not name."""


def plain(host: str) -> str:
    """The one form of an address as the system writes it: an IPv4 peer of an IPv6 socket loses the prefix."""
    return host[7:] if host[:7] == MAPPED else host


def mapped(host: str) -> str:
    """The form that an IPv6 socket takes."""
    return host if ":" in host else MAPPED + host


def open_socket(host: str, port: int) -> socket.socket:
    """A bound UDP socket; `::` takes IPv4 too. A name is its IPv4 address if it has one. Raises OSError."""
    found = socket.getaddrinfo(plain(host), port, type=socket.SOCK_DGRAM)
    family, _, _, _, address = min(found, key=lambda each: each[0] != socket.AF_INET)
    made = socket.socket(family, socket.SOCK_DGRAM)
    try:
        made.setblocking(False)
        if family == socket.AF_INET6:
            made.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 0)
            # Answers come from an address that browsers know, not from one of today that hides the machine.
            made.setsockopt(socket.IPPROTO_IPV6, _ADDRESS_PREFERENCES, _PREFER_PUBLIC)
        made.bind(address)
    except OSError:
        made.close()
        raise
    return made


def told(bound: str, public: Sequence[str], machine: Sequence[str]) -> tuple[str, ...]:
    """What browsers are told, the best first.

    bound: the address the socket has. public: addresses, and names for all their addresses; when there are
    none the bound address is told, or machine's and loopback if that is every address. Link-local addresses
    and what cannot be reached through the socket are left out. Raises OSError when nothing is left.
    """
    bound = plain(bound)
    if public:
        found = [address for each in public for address in _lookup(each)]
    elif bound == "::":
        found = [*sorted(machine, key=lambda each: ":" not in each), "::1", "127.0.0.1"]
    elif bound == "0.0.0.0":
        found = [*machine, "127.0.0.1"]
    else:
        found = [bound]
    good = list(dict.fromkeys(each for each in found if _is_reachable(each, bound)))
    if not good:
        raise OSError(f"none of {', '.join(found)} can be reached there")
    if public and (out := sorted(set(found) - set(good))):
        log.warning("browsers are not told %s, which cannot be reached at %s", ", ".join(out), bound)
    return tuple(good)


def _lookup(name: str) -> list[str]:
    """Every address of a name, or of itself, in the system's order."""
    return [plain(str(each[4][0])) for each in socket.getaddrinfo(name, None, type=socket.SOCK_DGRAM)]


def _is_reachable(host: str, bound: str) -> bool:
    address = ipaddress.ip_address(host)
    if address.is_link_local:
        return False
    return bound == "::" or (address.version == 6) == (":" in bound)
