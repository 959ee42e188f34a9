"""What a meeting's first event pins, gathered from the register as it is now."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from sqlalchemy import ColumnElement, Join, RowMapping, Table, null, select
from sqlalchemy.ext.asyncio import AsyncConnection

from meeting_server.law.regime import in_force
from meeting_server.meeting.convening import (
    Agreement,
    Body,
    DocumentRef,
    ElectionTerms,
    Matter,
    MeetingConvened,
    Person,
    PreparedProposal,
    QualifiedMajority,
    ReportedDecision,
    StandingOrders,
    WebcastTerms,
)
from meeting_server.store import tables
from meeting_server.store.failures import NotFound
from meeting_server.store.notices import WHOLE_MEETING, announced_days
from meeting_server.store.summons_sent import sent_days
from meeting_server.store.swedish_days import notice_of
from meeting_server.wire.events import decode_event

# The roles of the roster in the order the roll is called.
_ROSTER_ORDER = {"member": 0, "substitute": 1, "secretary": 2, "attendee": 3}


async def pinned(connection: AsyncConnection, meeting_id: str) -> MeetingConvened:
    """The first event of a meeting, by the mandates, standing orders and law of its day. Raises NotFound."""
    meeting = await _meeting_row(connection, meeting_id)
    day = str(meeting["local_start"])[:10]
    body = Body(
        id=meeting["body_id"],
        name=meeting["body_name"],
        kind=meeting["kind"],
        seats=meeting["seats"],
        definite=meeting["definite"],
    )
    about = json.loads(meeting["particulars"] or "{}")
    starts = {meeting_id: str(meeting["local_start"])}
    announced = (await announced_days(connection, starts)).get(meeting_id, {})
    if WHOLE_MEETING in announced:  # our own notice board knows better than the file
        about["announced_on"] = announced[WHOLE_MEETING]
    sent = (await sent_days(connection, starts)).get(meeting_id, {})
    if WHOLE_MEETING in sent:
        about["called_on"] = sent[WHOLE_MEETING]
    orders = await _orders(connection, body.id, day)
    return MeetingConvened(
        meeting_id=meeting_id,
        regime=in_force(date.fromisoformat(day)).id,
        body=body,
        standing_orders=orders,
        roster=tuple(await _roster(connection, meeting, day)),
        agenda=tuple(await _agenda(connection, meeting_id, day, announced, sent)),
        title=meeting["title"],
        starts_at=meeting["local_start"],
        place=meeting["place"],
        form=meeting["form"],
        first_minute_number=meeting["first_minute_number"],
        rehearsal=meeting["rehearsal"],
        organisation=meeting["organisation"],
        ground=about.get("ground", "ordinary"),
        requested_by=tuple(about.get("requested_by", ())),
        notice=notice_of(body.kind, date.fromisoformat(day), about, orders.call_days),
    )


async def called(connection: AsyncConnection, meeting_id: str) -> MeetingConvened | None:
    """What the meeting was called to: its own first event when its log has begun, else as it would be now.

    None when the register no longer has what a planned meeting stands on.
    """
    e = tables.events.c
    query = select(e.type, e.version, e.data).where(e.meeting_id == meeting_id, e.seq == 1)
    row = (await connection.execute(query)).one_or_none()
    if row is not None:
        first = decode_event(row.type, row.version, json.loads(row.data))
        if isinstance(first, MeetingConvened):
            return first
    try:
        return await pinned(connection, meeting_id)
    except NotFound:
        return None


async def _meeting_row(connection: AsyncConnection, meeting_id: str) -> RowMapping:
    b = tables.bodies.c
    query = (
        select(
            tables.meetings,
            b.name.label("body_name"),
            b.kind,
            b.seats,
            b.definite,
            b.particulars.label("body_particulars"),
            tables.organisations.c.name.label("organisation"),
        )
        .join_from(tables.meetings, tables.bodies)
        .join(tables.organisations, tables.organisations.c.id == b.organisation_id)
        .where(tables.meetings.c.id == meeting_id)
    )
    row = (await connection.execute(query)).mappings().one_or_none()
    if row is None:
        raise NotFound(f"meeting {meeting_id}")
    return row


async def _orders(connection: AsyncConnection, body_id: str, day: str) -> StandingOrders:
    o = tables.standing_orders.c
    query = select(tables.standing_orders).where(o.body_id == body_id, o.in_force_on <= day)
    row = (await connection.execute(query.order_by(o.in_force_on.desc()).limit(1))).mappings().one_or_none()
    if row is None:
        raise NotFound(f"standing orders of {body_id} on {day}")
    choices = json.loads(row["choices"])
    choices["identity_methods"] = tuple(choices["identity_methods"])
    choices["agreements"] = tuple(Agreement(**each) for each in choices.get("agreements", ()))
    webcast = choices.get("webcast")
    choices["webcast"] = webcast and WebcastTerms(**webcast)
    pinned = {name: row[name] for name in ("version", "decided_on", "decision_reference")}
    return StandingOrders(**pinned, **choices)


async def _roster(connection: AsyncConnection, meeting: RowMapping, day: str) -> list[Person]:
    n, p, o = tables.mandates.c, tables.persons.c, tables.meeting_officials.c
    parties = tables.parties.c
    about = (
        p.id,
        p.name,
        p.party,
        parties.name.label("party_name"),
        p.title,
        tables.photos.c.person_id.label("photo"),
    )

    def joined(start: Table, on: ColumnElement[bool]) -> Join:
        of_party = (parties.organisation_id == p.organisation_id) & (parties.letter == p.party)
        return (
            start.join(tables.persons, on)
            .outerjoin(tables.parties, of_party)
            .outerjoin(tables.photos, tables.photos.c.person_id == p.id)
        )

    seated = (
        select(*about, n.role, n.turn.label("turn"), n.presidium, n.constituency, null().label("attends"))
        .select_from(joined(tables.mandates, p.id == n.person_id))
        .where(n.body_id == meeting["body_id"], n.from_on <= day, n.until_on >= day)
    )
    officials = (
        select(
            *about,
            o.role,
            o.position.label("turn"),
            null().label("presidium"),
            null().label("constituency"),
            o.attends,
        )
        .select_from(joined(tables.meeting_officials, p.id == o.person_id))
        .where(o.meeting_id == meeting["id"])
    )
    rows = [*(await connection.execute(seated)).mappings(), *(await connection.execute(officials)).mappings()]
    of_body = json.loads(meeting["body_particulars"] or "{}")
    votes, own = of_body.get("constituencies", {}), of_body.get("own_substitutes", {})
    places = of_body.get("party_places", {})
    seniority = _seniority(of_body.get("service", {}), {row["id"] for row in rows if row["role"] == "member"})
    rows.sort(
        key=lambda row: (
            _ROSTER_ORDER[row["role"]],
            row["party"] or "" if row["role"] == "substitute" else "",
            row["turn"],
        )
    )
    return [
        Person(
            id=row["id"],
            name=row["name"],
            party=row["party"],
            party_name=row["party_name"],
            role=row["role"],
            order=row["turn"],
            presidium=row["presidium"],
            title=row["title"],
            photo=f"/photos/{row['id']}" if row["photo"] else None,
            constituency=row["constituency"],
            constituency_votes=votes.get(row["constituency"], {}).get(row["party"], 0),
            attends=row["attends"],
            own_substitutes=tuple(own.get(row["id"], ())),
            party_place=places.get(row["id"]),
            seniority=seniority.get(row["id"]),
        )
        for row in rows
    ]


def _seniority(service: Mapping[str, list[str | None]], seated: set[str]) -> dict[str, int]:
    """Rank 1 for the longest service among those seated, the oldest of several; unknown birth comes last."""
    ranked = sorted(
        (since or "9999", born or "9999", person)
        for person, (since, born) in service.items()
        if person in seated
    )
    return {person: rank for rank, (_, _, person) in enumerate(ranked, start=1)}


async def _agenda(
    connection: AsyncConnection,
    meeting_id: str,
    day: str,
    announced: Mapping[str, str],
    sent: Mapping[str, str],
) -> list[Matter]:
    """The matters; an urgent one announced by itself before the day counts as announced (KL 5:14)."""
    m = tables.matters.c
    query = select(tables.matters).where(m.meeting_id == meeting_id).order_by(m.position)
    found = [_matter(row) for row in (await connection.execute(query)).mappings()]
    return [
        replace(
            matter,
            announced=announced[matter.id] < day,
            announced_on=announced[matter.id],
            told_on=sent.get(matter.id),
        )
        if matter.id in announced and not matter.announced
        else matter
        for matter in found
    ]


def _matter(row: RowMapping) -> Matter:
    proposal = json.loads(row["proposal"]) if row["proposal"] else None
    about = json.loads(row["particulars"] or "{}")
    terms, majority = about.pop("election", None), about.pop("majority", None)
    reported = about.pop("reported", ())
    return Matter(
        id=row["id"],
        title=row["title"],
        reference=row["reference"],
        kind=row["kind"],
        background=row["background"],
        rapporteur=row["rapporteur"],
        proposal=proposal
        and PreparedProposal(proposal["source"], proposal["lead"], tuple(proposal["points"])),
        documents=tuple(DocumentRef(link["title"], link["href"]) for link in json.loads(row["links"])),
        announced=row["announced"],
        prepared=row["prepared"],
        minority_used=row["minority_used"],
        election=terms and ElectionTerms(**terms),
        majority=majority and QualifiedMajority(**majority),
        reported=tuple(ReportedDecision(**each) for each in reported),
        **about,
    )
