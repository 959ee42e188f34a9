"""The smallest client that follows a meeting: signs in, reads events and views, and can give one command.

    python follow.py http://127.0.0.1:8080 MEETING USER PASSWORD [COMMAND [JSON]]

It needs only aiohttp. The protocol is described in meeting_server/wire/PROTOCOL.md.
"""

import asyncio
import json
import re
import sys
import uuid

import aiohttp


def token_in(page: str, pattern: str) -> str:
    """The token a page carries against forgery."""
    found = re.search(pattern, page)
    if found is None:
        raise SystemExit("signing in failed")
    return found[1]


async def sign_in(http: aiohttp.ClientSession, server: str, meeting: str, user: str, password: str) -> str:
    """Sign in as a browser would and return the token of the login."""
    async with http.get(f"{server}/signin") as answer:
        form = token_in(await answer.text(), r'name="csrf" value="([^"]+)"')
    fields = {"csrf": form, "username": user, "password": password, "next": f"/meetings/{meeting}/member"}
    async with http.post(f"{server}/signin", data=fields) as answer:
        return token_in(await answer.text(), r'"csrf": ?"([^"]+)"')


async def follow(server: str, meeting: str, user: str, password: str, command: str | None, data: str) -> None:
    """Follow as a member until the server says goodbye; resume when the line breaks."""
    jar = aiohttp.CookieJar(unsafe=True)  # unsafe: also for addresses that are numbers
    async with aiohttp.ClientSession(cookie_jar=jar) as http:
        csrf = await sign_in(http, server, meeting, user, password)
        address = f"{server}/meetings/{meeting}/ws?role=member&csrf={csrf}"
        seen, asked = None, str(uuid.uuid4())
        while True:
            try:
                async with http.ws_connect(address, max_msg_size=0) as socket:
                    await socket.send_json({"type": "hello", "versions": ["1"], "after": seen})
                    if command is not None:  # the same id every time: it is done once
                        act = {"type": "command", "id": asked, "name": command, "data": json.loads(data)}
                        await socket.send_json(act)
                    async for frame in socket:
                        message = json.loads(frame.data)
                        if message["type"] == "event":
                            seen = message["seq"]
                            print(seen, message["name"], json.dumps(message["data"], ensure_ascii=False))
                        elif message["type"] == "view":
                            seen = max(seen or 0, message["seq"])
                            print("view", seen, *message["sections"])
                        elif message["type"] in ("done", "refused"):
                            command = None
                            print(message["type"], message.get("seq") or message["refusal"]["because"])
                        elif message["type"] == "bye" and not message["again"]:
                            print("bye", message["reason"])
                            return
            except aiohttp.ClientError as error:
                print("the line broke:", error)
            await asyncio.sleep(1)


if __name__ == "__main__":
    given = sys.argv[1:]
    act = given[4] if len(given) > 4 else None
    asyncio.run(follow(given[0], given[1], given[2], given[3], act, given[5] if len(given) > 5 else "{}"))
