"""Underlaget: what was measured of those at a distance at each decision, for the chair and the secretary."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from aiohttp import web

from meeting_server.http import pages
from meeting_server.http.downloads import as_file
from meeting_server.http.keys import STORE, VENUE
from meeting_server.http.meeting_pages import about
from meeting_server.live.evidence_keeper import DECISIVE
from meeting_server.live.observation import AT_A_DISTANCE
from meeting_server.meeting import Meeting, Record
from meeting_server.meeting.agenda import MatterTakenUp
from meeting_server.store.chain import StoredRow
from meeting_server.store.evidence import Evidence, faults
from meeting_server.store.evidence_export import as_csv, as_json
from meeting_server.wire.events import NAMES

WHAT = {
    "roll-call-completed": "Uppropet avslutat",
    "matter-noted": "Lagt till handlingarna",
    "division-closed": "Votering avslutad",
    "matter-decided": "Beslut",
    "matter-deferred": "Bordläggning",
    "matter-referred-back": "Återremiss",
    "election-decided": "Val",
}
PICTURES = {
    "live": ("ok", "Rörlig bild"),
    "still": ("att", "Bilden stod still"),
    "covered": ("bad", "Något täckte kameran"),
    "dark": ("bad", "Mörk eller täckt"),
    "off": ("bad", "Avstängd i sidan"),
    "none": ("bad", "Ingen bild"),
    "gone": ("bad", "Ingenting kom fram"),
    "unknown": ("calm", "Inte bedömd"),
}
SOUNDS = {
    "speaking": "talade",
    "silent": "mikrofonen på",
    "dead": "mikrofonen tyst",
    "none": "mikrofonen sände inget",
    "closed": "mikrofonen inte på",
    "unknown": "ljudet inte bedömt",
}
LINES = {
    "live": "förbindelsen god",
    "weak": "svag förbindelse",
    "lost": "bruten förbindelse",
    "none": "ingen förbindelse",
}
METHODS = {"known": "känd för ordföranden", "id_shown": "legitimation visad", "eid": "e-legitimation"}
PAGE = {
    "page-gone": "sidan var stängd eller utan nät",
    "page-hidden": "mötets sida låg bakom något annat",
    "camera-muted": "kameran användes av ett annat program",
    "camera-ended": "kameran var urkopplad eller nekad",
    "camera-off": "kameran var avstängd i sidan",
    "camera-unsent": "kameran var på men bilden nådde inte fram",
    "microphone-muted": "mikrofonen användes av ett annat program",
    "microphone-ended": "mikrofonen var urkopplad eller nekad",
    "microphone-off": "mikrofonen var avstängd i sidan",
    "microphone-unsent": "mikrofonen var på men ljudet nådde inte fram",
    "sound-muted": "mötets ljud var avstängt av personen",
    "sound-blocked": "mötets ljud spelades inte",
    "sound-missing": "mötets ljud nådde inte fram",
    "sound-empty": "mötets ljud hördes inte",
    "picture-missing": "mötets bild nådde inte fram",
    "picture-frozen": "mötets bild visades inte",
}
BAR = 1000
"""Width of a timeline in its own units."""


async def evidence_page(request: web.Request) -> web.StreamResponse:
    """GET /meetings/{meeting}/evidence"""
    venue, store = request[VENUE], request.app[STORE]
    meeting_id = request.match_info["meeting"]
    kept = {each.about: each for each in await store.evidence.of(meeting_id)}
    rows = await store.log.read(meeting_id)
    wrong = _faults(rows, kept.values())
    decisions, matter = [], None
    for record in venue.chamber.records:
        if isinstance(record.event, MatterTakenUp):
            matter = venue.meeting.matters[record.event.matter]
        elif isinstance(record.event, DECISIVE):
            decision = _decision(venue.meeting, record, kept.get(record.seq), wrong.get(record.seq))
            if matter is not None:
                decision |= {"number": matter.number, "title": matter.matter.title}
            decisions.append(decision)
    return await pages.render(
        request,
        "evidence.html",
        meeting=about(venue),
        decisions=decisions,
        back={"href": f"/meetings/{meeting_id}", "label": "Till mötet"},
    )


async def evidence_json(request: web.Request) -> web.StreamResponse:
    """GET /meetings/{meeting}/evidence.json: the evidence of every decision, and every second."""
    store, meeting_id = request.app[STORE], request.match_info["meeting"]
    text = as_json(meeting_id, await store.evidence.of(meeting_id), await store.evidence.minutes(meeting_id))
    return as_file(text.encode(), "application/json", f"{meeting_id}-underlag.json")


async def evidence_csv(request: web.Request) -> web.StreamResponse:
    """GET /meetings/{meeting}/evidence.csv: every second."""
    store, meeting_id = request.app[STORE], request.match_info["meeting"]
    text = as_csv(await store.evidence.minutes(meeting_id))
    return as_file(text.encode(), "text/csv; charset=utf-8", f"{meeting_id}-underlag.csv")


def _faults(rows: Sequence[StoredRow], kept: Iterable[Evidence]) -> dict[int, str]:
    """What is wrong with the evidence, by the row it is about."""
    bound = {row.seq: int(str(row.data["about"])) for row in rows if row.type == "evidence-recorded"}
    return {bound.get(fault.seq, fault.seq): fault.because for fault in faults(rows, kept)}


def _decision(
    meeting: Meeting, record: Record, evidence: Evidence | None, fault: str | None
) -> dict[str, Any]:
    found: dict[str, Any] = {
        "seq": record.seq,
        "at": record.at,
        "what": WHAT[NAMES[type(record.event)]],
        "number": None,
        "title": None,
        "fault": fault,
        "evidence": None,
    }
    if evidence is None:
        return found
    data = evidence.data
    begin, end = datetime.fromisoformat(data["from"]), datetime.fromisoformat(data["until"])
    people = [_person(meeting, each, begin, end) for each in data["people"]]
    found["evidence"] = {
        "from": begin,
        "until": end,
        "sha256": evidence.sha256,
        "told": [each for each in people if each["is_remote"] and not each["is_plain"]],
        "plain": [each for each in people if each["is_remote"] and each["is_plain"]],
        "room": [each["name"] for each in people if not each["is_remote"]],
    }
    return found


def _person(meeting: Meeting, data: dict[str, Any], begin: datetime, end: datetime) -> dict[str, Any]:
    person = meeting.people.get(data["person"])
    identity, seen = data["identity"], data["observed"]
    return {
        "name": person.name if person is not None else data["person"],
        "party": person.party if person is not None else None,
        "is_remote": data["state"] in AT_A_DISTANCE,
        "is_counted": data["counted"],
        "is_dropped": data["state"] != "remote",
        "is_plain": seen is not None and _is_plain(data, seen),
        "identity": None
        if identity is None
        else {"how": METHODS[identity["method"]], "at": datetime.fromisoformat(identity["at"])},
        "seen_at": None if data["seen_at"] is None else datetime.fromisoformat(data["seen_at"]),
        "observed": None if seen is None else _observed(seen, begin, end),
    }


def _is_plain(data: dict[str, Any], seen: dict[str, Any]) -> bool:
    """Whether there is nothing to tell but that the person was there, moving, over a good line."""
    return (
        data["state"] == "remote"
        and data["counted"]
        and seen["seconds"].keys() <= {"live", "unknown"}
        and not seen["page"]
        and all(line in ("live", "none") for *_, line in seen["spans"])
    )


def _observed(seen: dict[str, Any], begin: datetime, end: datetime) -> dict[str, Any]:
    total = max(1.0, (end - begin).total_seconds())
    starts = [datetime.fromisoformat(span[0]) for span in seen["spans"]]
    spans = []
    for (_, picture, sound, line), at, until in zip(seen["spans"], starts, [*starts[1:], end], strict=True):
        left = max(0.0, (at - begin).total_seconds())
        width = max(0.0, (until - max(at, begin)).total_seconds())
        level, text = PICTURES[picture]
        spans.append(
            {
                "at": at,
                "until": until,
                "level": level,
                "text": text,
                "rest": f"{SOUNDS[sound]}, {LINES[line]}",
                "x": round(left / total * BAR),
                "width": max(1, round(width / total * BAR)),
            }
        )
    return {
        "spans": spans,
        "sums": [
            {"level": PICTURES[picture][0], "text": PICTURES[picture][1], "length": _length(seconds)}
            for picture, seconds in sorted(seen["seconds"].items(), key=lambda each: -each[1])
        ],
        "spoke": _length(seen["spoke_seconds"]) if seen["spoke_seconds"] else None,
        "loss": round(100 * max(seen["loss_in"], seen["loss_out"])),
        "rtt": seen["rtt_ms"],
        "page": [PAGE[code] for code in seen["page"]],
    }


def _length(seconds: int) -> str:
    """Seconds as it is said: 45 s, 3 min 5 s, 20 min."""
    if seconds < 60:
        return f"{seconds} s"
    minutes, rest = divmod(seconds, 60)
    return f"{minutes} min {rest} s" if rest and minutes < 10 else f"{minutes} min"
