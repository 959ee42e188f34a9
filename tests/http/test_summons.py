"""The summons by a real mail server: one letter each, its answer kept as proof, and who has not had it."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import AsyncIterator, Callable
from datetime import UTC, datetime
from email import message_from_bytes, policy
from pathlib import Path

import pytest
from aiosmtpd.smtp import SMTP, Envelope
from aiosmtpd.smtp import Session as Dialogue
from sqlalchemy import delete, insert, update
from sqlalchemy.ext.asyncio import AsyncConnection

from meeting_server.store import Store, tables
from meeting_server.store.summons_sent import addresses
from tests.http.house import House

FULL = "full@ekhamra.example"


class PostOffice:
    """Takes every letter but those to FULL."""

    def __init__(self) -> None:
        self.letters: list[tuple[str, str, str]] = []
        self.shut: Callable[[], None] = lambda: None

    async def handle_RCPT(
        self, server: SMTP, dialogue: Dialogue, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if address == FULL:
            return "452 4.2.2 Mailbox full"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, dialogue: Dialogue, envelope: Envelope) -> str:
        assert isinstance(envelope.content, bytes)
        letter = message_from_bytes(envelope.content, policy=policy.default)
        text = letter.get_content()
        self.letters.append((",".join(envelope.rcpt_tos), str(letter["Subject"]), str(text)))
        return "250 Taken as number 7"


@pytest.fixture
async def office() -> AsyncIterator[tuple[PostOffice, int]]:
    """A mail server on a free port, and what it has taken."""
    handler, loop = PostOffice(), asyncio.get_running_loop()
    server = await loop.create_server(
        lambda: SMTP(handler, hostname="post.example", loop=loop), "127.0.0.1", 0
    )
    handler.shut = server.close
    yield handler, server.sockets[0].getsockname()[1]
    server.close()
    await server.wait_closed()


@pytest.fixture
async def house(ekhamra: Path, tmp_path: Path, office: tuple[PostOffice, int]) -> AsyncIterator[House]:
    """The server with that post office, a week and a day before the meetings."""
    shutil.copy(ekhamra / "klubban.sqlite3", tmp_path / "klubban.sqlite3")
    mail = {"smtp_host": "127.0.0.1", "smtp_port": office[1], "smtp_security": "none"}
    opened = await House.open(tmp_path, **mail, mail_from="kansli@ekhamra.example")
    opened.clock.at = datetime(2026, 11, 16, 8, 0, tzinfo=UTC)
    yield opened
    await opened.close()


async def give_addresses(store: Store, given: dict[str, str]) -> None:
    async def work(connection: AsyncConnection) -> None:
        rows = [{"person_id": person, "address": address} for person, address in given.items()]
        await connection.execute(delete(addresses))
        await connection.execute(insert(addresses), rows)

    await store.database.write(work)


async def everybody(house: House) -> dict[str, str]:
    """An address for each who is to be called to the executive's meeting."""
    roster = (await house.store.register.convened("ks")).roster
    called = [person.id for person in roster if person.role in ("member", "substitute")]
    return {person: f"{person}@ekhamra.example" for person in called}


async def test_everybody_gets_a_letter_of_their_own_and_the_meeting_is_called(
    house: House, office: tuple[PostOffice, int]
) -> None:
    people = await everybody(house)
    await give_addresses(house.store, people)
    secretary = await house.by((await house.roster("ks"))["secretary"])
    assert (await secretary.post("/meetings/ks/summons", data={"scope": "meeting"})).status == 303
    assert [to for to, _, _ in office[0].letters] == list(people.values())
    _, subject, text = office[0].letters[0]
    assert subject == "Kallelse: Kommunstyrelsen 24 november 2026 kl. 09.00"
    for told in ("Plats: Kommunstyrelserummet", "1. Upprop", "http://klubban.test/meetings/ks"):
        assert told in text
    letters = await house.store.summons.letters("ks")
    assert {each.answer for each in letters if each.person} == {"250 Taken as number 7"}
    notice = (await house.store.register.meeting("ks")).notice
    assert notice is not None
    assert notice.called_on == "2026-11-16"
    assert (await house.store.register.convened("ks")).notice == notice
    page = await (await secretary.get("/meetings/ks/notices")).text()
    assert f"({len(people)} av {len(people)})" in page
    await secretary.post("/meetings/ks/summons", data={"scope": "meeting"})
    assert len(office[0].letters) == len(people)  # nobody gets it twice


async def test_a_body_whose_stored_name_has_two_lines_is_called_all_the_same(
    house: House, office: tuple[PostOffice, int]
) -> None:
    async def work(connection: AsyncConnection) -> None:
        await connection.execute(update(tables.bodies).values(name="Kommun\nstyrelsen"))

    await house.store.database.write(work)
    await give_addresses(house.store, await everybody(house))
    secretary = await house.by((await house.roster("ks"))["secretary"])
    assert (await secretary.post("/meetings/ks/summons", data={"scope": "meeting"})).status == 303
    assert office[0].letters[0][1] == "Kallelse: Kommun styrelsen 24 november 2026 kl. 09.00"


async def test_a_letter_that_is_not_taken_is_seen_and_sent_again(
    house: House, office: tuple[PostOffice, int]
) -> None:
    people = await everybody(house)
    unlucky = next(iter(people))
    await give_addresses(house.store, {**people, unlucky: FULL})
    secretary = await house.by((await house.roster("ks"))["secretary"])
    await secretary.post("/meetings/ks/summons", data={"scope": "meeting"})
    page = await (await secretary.get("/meetings/ks/notices")).text()
    assert f"({len(people) - 1} av {len(people)})" in page
    assert "452 4.2.2 Mailbox full" in page
    assert "till 1 person<" in page
    notice = (await house.store.register.meeting("ks")).notice
    assert notice is not None
    assert notice.called_on is None
    await give_addresses(house.store, people)
    await secretary.post("/meetings/ks/summons", data={"scope": "meeting"})
    assert [to for to, _, _ in office[0].letters].count(people[unlucky]) == 1
    notice = (await house.store.register.meeting("ks")).notice
    assert notice is not None
    assert notice.called_on == "2026-11-16"


async def test_when_the_mail_server_is_away_nothing_is_recorded_and_the_office_is_told(
    house: House, office: tuple[PostOffice, int]
) -> None:
    await give_addresses(house.store, await everybody(house))
    office[0].shut()
    secretary = await house.by((await house.roster("ks"))["secretary"])
    refused = await secretary.post("/meetings/ks/summons", data={"scope": "meeting"})
    assert refused.status == 409
    assert "Ingen kallelse skickades" in await refused.text()
    assert await house.store.summons.letters("ks") == []


async def test_a_summons_that_went_another_way_is_recorded_with_its_day(house: House) -> None:
    roster = await house.roster("kf")
    secretary, path = await house.by(roster["secretary"]), "/meetings/kf/summons/by-hand"
    for wrong in ({"on": "2026-11-17", "how": "Brev"}, {"on": "i går", "how": "Brev"}, {"on": "2026-11-16"}):
        assert (await secretary.post(path, data=wrong)).status == 400
    assert (await secretary.post(path, data={"on": "2026-11-14", "how": "Brev"})).status == 303
    notice = (await house.store.register.meeting("kf")).notice
    assert notice is not None
    assert notice.called_on == "2026-11-14"
    assert (
        await secretary.post(path, data={"scope": "m99", "on": "2026-11-14", "how": "Brev"})
    ).status == 404
    member = await house.by(roster["m1"])
    assert (await member.post(path, data={"on": "2026-11-14", "how": "Brev"})).status == 403


async def test_members_are_told_of_an_urgent_matter_and_the_meeting_knows(house: House) -> None:
    house.clock.at = datetime(2026, 11, 23, 18, 0, tzinfo=UTC)
    secretary = await house.by((await house.roster("kf"))["secretary"])
    await secretary.must("kf", "add-matter", title="Brådskande stöd", points=["Stödet beviljas."])
    added = list((await house.venue("kf")).meeting.matters)[-1]
    await secretary.post("/meetings/kf/notices", data={"kind": "assembly_meeting", "scope": added})
    told = {"scope": added, "on": "2026-11-23", "how": "E-post från kansliet"}
    assert (await secretary.post("/meetings/kf/summons/by-hand", data=told)).status == 303
    known = (await house.venue("kf")).meeting.matters[added].matter
    assert (known.announced_on, known.told_on) == ("2026-11-23", "2026-11-23")
