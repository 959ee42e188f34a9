"""The web process killed in the middle of a vote: what was acknowledged is there once, and clients go on."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from meeting_server.demo.data import swedish_day
from meeting_server.store import Store
from meeting_server.store.verify import verify_rows
from tests.http.house import load
from tests.http.process import Server, signed_in


@pytest.fixture
async def server(tmp_path: Path) -> AsyncIterator[Server]:
    await load(tmp_path, swedish_day(datetime.now(UTC)))
    running = Server(tmp_path)
    yield running
    if running.process is not None and running.process.returncode is None:
        await running.kill()


async def test_every_acknowledged_vote_is_there_once_after_a_kill_in_the_middle_of_a_division(
    server: Server,
) -> None:
    store = await Store.open(f"sqlite:///{server.folder / 'klubban.sqlite3'}")
    roster = (await store.register.convened("kf")).roster
    chair = next(person.id for person in roster if person.presidium == "chair")
    secretary = next(person.id for person in roster if person.role == "secretary")
    members = [person.id for person in roster if person.role == "member"]
    roles = dict.fromkeys(members, "member") | {chair: "chair", secretary: "secretary"}
    await server.start()
    clients = await signed_in(server, "kf", roles)
    desk, console = clients[secretary], clients[chair]
    for person in members:
        answer = await desk.give("record-arrival", person=person)
        assert answer["type"] == "done", answer
    mover = clients[members[1]]
    matter = next(each.id for each in (await store.register.convened("kf")).agenda if each.kind == "decision")
    for client, name, data in (
        (console, "open-meeting", {}),
        (console, "complete-roll-call", {}),
        (console, "take-up-matter", {"matter": matter}),
        (mover, "propose", {"kind": "reject", "text": "Avslag.", "motivation": None}),
        (console, "close-debate", {}),
        (console, "put-question", {}),
        (console, "find-carried", {"candidate": f"{matter}-p0"}),
        (mover, "demand-division", {}),
        (console, "open-division", {}),
    ):
        answer = await client.give(name, **data)
        assert answer["type"] == "done", answer
    assert len(members) == 61

    voters = [clients[person] for person in members]
    person_of = {clients[person]: person for person in members}
    early = [asyncio.create_task(voter.give("cast-vote", vote="yes")) for voter in voters[:30]]
    await asyncio.wait(early, return_when=asyncio.FIRST_COMPLETED)
    late = [voter.ask("cast-vote", vote="no") for voter in voters[30:]]
    for _ in range(3):
        await asyncio.sleep(0)  # the late votes leave for the line
    await server.kill()
    acknowledged = {person_of[voter]: voter.voted for voter in voters if voter.voted is not None}
    assert 0 < len(acknowledged) < 61, "the kill is in the middle"
    rows = await store.log.read("kf")
    assert verify_rows(rows) == []
    stored = {row.data["person"]: row.seq for row in rows if row.type == "vote-cast"}
    assert acknowledged.items() <= stored.items()

    await server.start()
    await asyncio.gather(
        *early, *(voter.answer(asked) for voter, asked in zip(voters[30:], late, strict=True))
    )
    rows = await store.log.read("kf")
    assert verify_rows(rows) == []
    votes = [(row.data["person"], row.data["vote"]) for row in rows if row.type == "vote-cast"]
    assert sorted(votes) == sorted(
        (person_of[voter], "yes" if n < 30 else "no") for n, voter in enumerate(voters)
    )
    assert {person_of[voter]: voter.voted for voter in voters} == {
        row.data["person"]: row.seq for row in rows if row.type == "vote-cast"
    }
    assert all(voter.reconnects for voter in voters)
    assert (await console.give("close-division"))["type"] == "done"

    for client in clients.values():
        client.task.cancel()
        await client.http.close()
    await store.close()
    assert await server.end() == 0
