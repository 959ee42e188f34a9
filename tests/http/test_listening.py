"""The web server on IPv6: where it listens, which pages are its own, and whose tries are counted together."""

from __future__ import annotations

import re
from pathlib import Path

import aiohttp
import pytest
from aiohttp.test_utils import make_mocked_request

from meeting_server.config import Settings
from meeting_server.http.keys import SETTINGS
from meeting_server.http.middleware import security_headers
from meeting_server.http.signin import address_of
from tests.http.process import Server
from tests.media.member import needs_ipv6


@needs_ipv6
@pytest.mark.parametrize(("host", "at"), [("::1", "[::1]"), ("::", "[::1]"), ("::", "127.0.0.1")])
async def test_somebody_signs_in_over_each_family(tmp_path: Path, host: str, at: str) -> None:
    server = Server(tmp_path, host, at)
    await server.start()
    try:
        jar = aiohttp.CookieJar(unsafe=True)
        async with aiohttp.ClientSession(server.url, cookie_jar=jar) as browser:
            page = await (await browser.get("/signin")).text()
            found = re.search(r'name="csrf" value="([^"]+)"', page)
            assert found is not None
            form = {"csrf": found[1], "username": "nobody", "password": "fel fel fel fel"}
            for origin, status in ((server.url, 401), (f"http://[::2]:{server.port}", 403)):
                async with browser.post("/signin", data=form, headers={"Origin": origin}) as answer:
                    assert answer.status == status
    finally:
        assert await server.end() == 0


@pytest.mark.parametrize(
    ("url", "sources"),
    [
        ("http://[2001:db8::7]:8080", "'self'"),
        ("http://192.0.2.7:8080", "'self' ws://192.0.2.7:8080"),
        ("https://klubban.example.se", "'self' wss://klubban.example.se"),
    ],
)
def test_the_policy_names_the_socket_where_a_policy_can(url: str, sources: str) -> None:
    policy = security_headers(Settings(public_url=url))["Content-Security-Policy"]
    assert f"connect-src {sources};" in policy


@pytest.mark.parametrize(
    ("remote", "forwarded", "behind_proxy", "counted"),
    [
        ("192.0.2.7", "198.51.100.1", False, "192.0.2.7"),
        ("192.0.2.7", "203.0.113.9, 198.51.100.1", True, "198.51.100.1"),
        ("192.0.2.7", "", True, "192.0.2.7"),
        ("192.0.2.7", "unknown", True, "unknown"),
        ("::ffff:192.0.2.7", "", False, "192.0.2.7"),
        ("2001:db8:1:2:ffff:ffff:ffff:ffff", "", False, "2001:db8:1:2::/64"),
        ("2001:db8:1:2::", "", False, "2001:db8:1:2::/64"),
        ("2001:db8:1:3::", "", False, "2001:db8:1:3::/64"),
        ("127.0.0.1", "2001:db8:1:2::7", True, "2001:db8:1:2::/64"),
    ],
)
def test_tries_are_counted_by_line(remote: str, forwarded: str, behind_proxy: bool, counted: str) -> None:
    app = aiohttp.web.Application()
    app[SETTINGS] = Settings(behind_proxy=behind_proxy)
    request = make_mocked_request("POST", "/signin", headers={"X-Forwarded-For": forwarded}, app=app)
    assert address_of(request.clone(remote=remote)) == counted
