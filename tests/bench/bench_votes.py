"""How long 149 simultaneous votes take over real WebSockets: `python -m tests.bench.bench_votes`; no test,
no limits.

The server is a process of its own on SQLite with every commit flushed to disk. All 149 members, the
chair, the secretary and the hall follow the meeting as their pages do, so each vote is also shown to 152.
"""

from __future__ import annotations

import asyncio
import os
import statistics
import tempfile
import time
from datetime import datetime
from pathlib import Path

from meeting_server.store import Store
from meeting_server.store.register_file import read_register
from meeting_server.store.register_import import import_register
from tests.http.process import Client, Server, signed_in

SEATS = 149
ROUNDS = 40
WARM_UP = 3
PACE_SECONDS = 0.025
"""Between two acts of one person; a socket takes fifty messages a second."""
REST_SECONDS = 0.3


def a_large_assembly() -> str:
    """A register file with an assembly of 149 that meets today."""
    now = datetime.now().astimezone()
    people = "\n".join(f"  - {{id: ledamot-{n}, namn: Ledamot Nummer {n}, parti: A}}" for n in range(SEATS))
    members = "\n".join(
        f"      - {{person: ledamot-{n}{', uppdrag: ordförande' if n == 0 else ''}}}" for n in range(SEATS)
    )
    return f"""
organisation: {{id: storstad, namn: Storstads kommun, slag: kommun}}
partier: {{A: Aspalliansen}}
personer:
  - {{id: sekreterare, namn: Sekreterare, titel: kommunsekreterare}}
{people}
organ:
  - id: fullmaktige
    namn: Kommunfullmäktige
    bestämd_form: kommunfullmäktige
    slag: fullmäktige
    platser: {SEATS}
    mandatperiod: {{från: {now.year - 1}-10-15, till: {now.year + 3}-10-14}}
    bestämmelser:
      - {{version: 1, gäller_från: 2018-01-01, beslutad: 2017-12-11, beslut: KF § 1, distans: nej,
         justerare: 2, identitet: [känd]}}
    ledamöter:
{members}
sammanträden:
  - id: kf
    organ: fullmaktige
    rubrik: Kommunfullmäktige
    börjar: {now:%Y-%m-%d %H:%M}
    plats: Salen
    form: sal
    första_paragraf: 1
    sekreterare: sekreterare
    ärenden:
      - rubrik: Ett ärende
        slag: beslut
        förslag: {{från: Kommunstyrelsens förslag, inledning: Kommunfullmäktige beslutar, punkter: [Ja.]}}
"""


async def open_division(clients: dict[str, Client], members: list[str]) -> None:
    """Everybody is in the room and the chair has opened a division."""
    desk, console, mover = clients["sekreterare"], clients[members[0]], clients[members[1]]
    for person in members:
        answer = await desk.give("record-arrival", person=person)
        assert answer["type"] == "done", answer
        await asyncio.sleep(PACE_SECONDS)
    for client, name, data in (
        (console, "open-meeting", {}),
        (console, "complete-roll-call", {}),
        (console, "take-up-matter", {"matter": "m1"}),
        (mover, "propose", {"kind": "reject", "text": "Avslag.", "motivation": None}),
        (console, "close-debate", {}),
        (console, "put-question", {}),
        (console, "find-carried", {"candidate": "m1-p0"}),
        (mover, "demand-division", {}),
        (console, "open-division", {}),
    ):
        answer = await client.give(name, **data)
        assert answer["type"] == "done", answer


def cpu_seconds(pid: int) -> float:
    """Processor time a process has used, from /proc (proc(5), fields 14 and 15)."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


async def measure(folder: Path) -> None:
    """Print how long a round takes from the first vote sent to the last acknowledged."""
    store = await Store.open(f"sqlite:///{folder / 'klubban.sqlite3'}")
    await import_register(store.database, read_register(a_large_assembly()))
    await store.close()
    server = Server(folder)
    await server.start()
    clients: dict[str, Client] = {}
    halls: dict[str, Client] = {}
    try:
        members = [f"ledamot-{n}" for n in range(SEATS)]
        roles = dict.fromkeys(members, "member") | {members[0]: "chair", "sekreterare": "secretary"}
        clients = await signed_in(server, "kf", roles, events=False)
        halls = await signed_in(server, "kf", {"sekreterare": "hall"}, events=False)
        await open_division(clients, members)
        await vote_in_rounds(server, clients, members, pages=len(clients) + len(halls))
    finally:
        for client in (*clients.values(), *halls.values()):
            client.task.cancel()
            await client.http.close()
        await server.end()


async def vote_in_rounds(server: Server, clients: dict[str, Client], members: list[str], pages: int) -> None:
    """Everybody votes at once, again and again, each time the other way."""
    rounds: list[float] = []
    votes: list[float] = []
    cpu = 0.0
    for number in range(WARM_UP + ROUNDS):
        await asyncio.sleep(REST_SECONDS)
        began = time.perf_counter()

        async def vote(client: Client, which: str, began: float = began) -> float:
            answer = await client.give("cast-vote", vote=which)
            assert answer["type"] == "done", answer
            return 1000 * (time.perf_counter() - began)

        times = await asyncio.gather(*(vote(clients[m], ("yes", "no")[number % 2]) for m in members))
        if number == WARM_UP - 1:
            cpu = cpu_seconds(server.pid)
        if number >= WARM_UP:
            rounds.append(max(times))
            votes += times
    worst = statistics.quantiles(rounds, n=100, method="inclusive")[98]
    each = statistics.quantiles(votes, n=100)[98]
    print(f"{SEATS} simultaneous votes, {ROUNDS} rounds, {pages} pages following")
    print(f"  to the last acknowledgement   median {statistics.median(rounds):6.1f} ms   p99 {worst:6.1f} ms")
    print(f"  each vote                     median {statistics.median(votes):6.1f} ms   p99 {each:6.1f} ms")
    used = 1000 * (cpu_seconds(server.pid) - cpu) / ROUNDS
    print(f"  server processor time         {used:6.1f} ms a round, everything shown to everybody")


def main() -> None:
    """The whole bench."""
    with tempfile.TemporaryDirectory(prefix="bench-votes-") as folder:
        asyncio.run(measure(Path(folder)))


if __name__ == "__main__":
    main()
