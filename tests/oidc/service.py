"""The sign-in service of the tests as one uses it: started, and visited as a browser would."""

from __future__ import annotations

import re
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urljoin

import aiohttp

from tests.oidc.provider import PASSWORD

ROOT = Path(__file__).parents[2]


@dataclass
class Service:
    """The running process."""

    process: subprocess.Popen[str]
    port: int

    @classmethod
    def start(cls, folder: Path, redirect_url: str) -> Service:
        """Start it on a free port."""
        arguments = ("-W", "ignore", "-m", "tests.oidc.provider", str(folder), redirect_url)
        process = subprocess.Popen(
            [sys.executable, *arguments],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        assert process.stdout is not None
        line = process.stdout.readline()
        assert line.strip(), "the sign-in service did not start"
        return cls(process, int(line))

    @property
    def issuer(self) -> str:
        """What it calls itself."""
        return f"http://127.0.0.1:{self.port}/o"

    def rotate(self) -> None:
        """Give it a new signing key."""
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write("rotate\n")
        self.process.stdin.flush()
        assert self.process.stdout.readline() == "rotated\n"

    def stop(self) -> None:
        """End it."""
        self.process.kill()
        self.process.wait()
        for pipe in (self.process.stdin, self.process.stdout):
            assert pipe is not None
            pipe.close()


async def visit(address: str, username: str, back_to: str) -> str:
    """Sign in at the service as a browser does: the path of ours that it sends the browser back to."""
    jar = aiohttp.CookieJar(unsafe=True)
    async with aiohttp.ClientSession(cookie_jar=jar) as http:
        form: dict[str, str] | None = None
        for _ in range(10):
            method = "GET" if form is None else "POST"
            async with http.request(method, address, data=form, allow_redirects=False) as answer:
                text = await answer.text()
                if answer.status in (301, 302, 303):
                    address, form = urljoin(address, answer.headers["Location"]), None
                    if address.startswith(back_to):
                        return address.removeprefix(back_to)
                    continue
            token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', text)
            assert token is not None, text
            onward = re.search(r'name="next" value="([^"]*)"', text)
            form = {"csrfmiddlewaretoken": token[1], "username": username, "password": PASSWORD}
            if onward is not None:
                form["next"] = onward[1].replace("&amp;", "&")
    raise AssertionError("the service never sent the browser back")
