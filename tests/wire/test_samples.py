"""Every event ever stored still reads: one sample per name and version is kept for ever in samples/.

REGOLD=1 writes samples that are missing; it never touches one that is there.
"""

from __future__ import annotations

import json
import os
from datetime import UTC, datetime
from pathlib import Path

import pytest

from meeting_server.meeting import Event, Record
from meeting_server.meeting import abstention as ab
from meeting_server.meeting import asking as ak
from meeting_server.meeting import blocks as bl
from meeting_server.meeting import conduct as od
from meeting_server.meeting import conflicts as cf
from meeting_server.meeting import debate as db
from meeting_server.meeting import deciding as dc
from meeting_server.meeting import deferral as df
from meeting_server.meeting import disputes as dp
from meeting_server.meeting import divisions as dv
from meeting_server.meeting import doors as do
from meeting_server.meeting import matter_facts as mf
from meeting_server.meeting import observing as ob
from meeting_server.meeting import presence as pr
from meeting_server.meeting import presiding as ps
from meeting_server.meeting import proposals as pp
from meeting_server.meeting import publicity as pu
from meeting_server.meeting import refusing as rf
from meeting_server.meeting import reordering as ro
from meeting_server.meeting import reservations as rs
from meeting_server.meeting import sitting as st
from meeting_server.meeting import striking as sk
from meeting_server.meeting import substitutes as sb
from meeting_server.meeting import taking_back as tb
from meeting_server.meeting import undecided as ud
from meeting_server.meeting import undisturbed as un
from meeting_server.meeting import urgency as ur
from meeting_server.meeting import webcasting as wc
from meeting_server.meeting.convening import Matter
from meeting_server.meeting.evolving import EVOLVE
from meeting_server.wire.events import EVENTS, NAMES, UPCASTERS, UnknownEvent, decode_event, encode_event
from meeting_server.wire.json import Misfit
from meeting_server.wire.logfile import record_from_json, record_to_json
from tests.meeting.stories import fullmaktige, kommunstyrelse, val

SAMPLES = Path(__file__).parent / "samples"

RARE: tuple[Event, ...] = (
    ak.AskingDecided("m1", True, ("anna", "m2")),
    ak.AskingAnswered("m1", "m2"),
    pr.LobbyRejected("m2", "Fel person"),
    do.DoorsClosed("m1", ("gun",), ("anna", "m2")),
    do.DoorsOpened("m1"),
    do.DoorsLeftClosed("m1"),
    do.DoorsKeptOpen("m1", ("anna", "m2"), (), "m2", "roll_call", (), ("anna",), ("m2",)),
    pu.PublicityDecided(True, False, "m2", "roll_call", ("m2",), ("anna",), (), ("anna", "m2")),
    wc.WebcastStarted(),
    wc.WebcastStopped("doors"),
    wc.RedactionMarked("Ett namn nämns.", 5, None, None, "sara"),
    un.UndisturbedConfirmed("m1", "m2", "sara"),
    dp.ConflictQuestioned("m1", "m2", "m3", "Bolaget", "sara"),
    dp.ConflictTested("m1", "m2", False, ("anna", "m3")),
    ur.MatterAdded(Matter("m9", "Ny bro", "KS 2026/9", "decision", announced=False, prepared=False), "sara"),
    mf.MatterAnnounced("m9", "2026-11-23", None, True, "sara"),
    mf.MatterCorrected("m9", True, False, True, "sara"),
    ur.UnanimityFound("m9", "taking_up", ("anna", "m2")),
    ur.UnanimityDenied("m9", "decision", "m2", ("anna", "m2")),
    pr.NewPictureAsked("m2"),
    pr.AttendanceUndone("m2"),
    ob.SeenConfirmed("m2"),
    ob.EvidenceRecorded(41, "ab" * 32),
    ro.SubstitutesReordered("A", ("eva", "ulla")),
    sb.SubstituteStoodDown("eva", "m2"),
    sb.MemberTookSeat("m2", "eva"),
    st.MeetingPausedUntilDay(datetime(2026, 11, 25, 12, 0, tzinfo=UTC), "Klockan är mycket"),
    od.Admonished("m2", None, "Ropar."),
    od.Expelled("m2", None, "Ropar ännu.", True, ("anna", "m3")),
    od.LetIn("m2"),
    od.MeetingDissolved("Läktaren stormar salen.", ("m2", "m3"), True),
    tb.DepartureTakenBack("m2", True),
    sk.MatterTakenBack("m9", "sara"),
    sk.MatterStruck("m1", ("anna", "m2"), "Ärendet utgår ur dagordningen."),
    ud.MatterLeft("m1", ("anna",), "Ärendet i § 1 lämnas oavgjort."),
    ud.QuorumMissed("1 av 5 ledamöter är närvarande.", ("m1", "m2"), ("anna",)),
    ps.ChairHandedOver("m2", "Ordföranden är jävig"),
    db.FloorRequestWithdrawn("f12", "m2"),
    db.FloorDeclined("f12", "m2"),
    db.SpeakerMoved("f12", 0),
    db.FloorExtended("m2", 60, 300),
    db.SpeakersListClosed(),
    db.SpeakersListReopened(),
    db.DebateReopened("m1"),
    pp.ProposalWithdrawn("m1-p1", "m2"),
    df.MatterDeferred("m1", "m1-p1", False, "acclamation", None, ("anna", "m2"), ("m2",)),
    dc.DivisionDemandWithdrawn("m1-c1", "m2", "sara"),
    rf.ProposalRefused("m1-p1", "new_matter", "Gäller en annan väg."),
    rf.RefusalOverruled("m1-p1", ("anna", "m2")),
    bl.BlockTakenUp(("m3", "m4"), ("anna", "m2")),
    bl.LiftedFromBlock("m3", "m2", "sara"),
    bl.BlockDropped(),
    bl.BlockDecided(("m3", "m4")),
    ab.AbstentionDeclared("m1", "m2", "anna", "Känner den sökande ytligt"),
    ab.AbstentionWithdrawn("m1", "m2", "sara"),
    dv.CastingVoteUsed("d1", "anna", "yes"),
    cf.ConflictWithdrawn("m1", "m2"),
    rs.ReservationTextAdded("m1", "m2", "Skälen."),
    rs.StatementMinuted("m1", "m2", "Ett påpekande.", "sara"),
)


@pytest.fixture(scope="module")
def told() -> dict[str, Event]:
    """One event of every name, from the stories where they have one."""
    logs = [
        *kommunstyrelse.held().log,
        *fullmaktige.held().log,
        *val.tie().log,
        *val.proportional().log,
        *val.worked().log,
        *val.deferred().log,
    ]
    return {NAMES[type(e)]: e for e in (*RARE, *(record.event for record in logs))}


def test_there_is_a_sample_of_every_event_as_it_is_stored_now(told: dict[str, Event]) -> None:
    assert set(told) == set(EVENTS)
    for name, event in told.items():
        _, version, data = encode_event(event)
        path = SAMPLES / f"{name}.v{version}.json"
        if os.environ.get("REGOLD") and not path.exists():
            path.write_text(json.dumps(data, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
        assert path.exists(), path.name


@pytest.mark.parametrize("path", sorted(SAMPLES.glob("*.json")), ids=lambda path: path.stem)
def test_the_stored_sample_reads_and_is_written_back_the_same(path: Path) -> None:
    name, version = path.stem.rsplit(".v", 1)
    data = json.loads(path.read_text(encoding="utf-8"))
    event = decode_event(name, int(version), data)
    assert isinstance(event, EVENTS[name].type)
    if int(version) == EVENTS[name].version:
        assert encode_event(event) == (name, int(version), data)


def test_every_event_but_the_first_changes_the_meeting_by_the_table() -> None:
    assert {row.type for row in EVENTS.values()} - set(EVOLVE) == {EVENTS["meeting-convened"].type}


@pytest.mark.parametrize(
    ("name", "version", "message"),
    [("no-such-event", 1, "no event"), ("meeting-closed", 0, "no way"), ("meeting-closed", 2, "newer")],
)
def test_an_event_this_program_does_not_know_is_said_to_be_so(name: str, version: int, message: str) -> None:
    with pytest.raises(UnknownEvent, match=message):
        decode_event(name, version, {"present": []})


def test_a_damaged_event_is_told_by_its_place() -> None:
    with pytest.raises(Misfit, match="person: missing field"):
        decode_event("lobby-entered", 1, {})


def test_a_whole_record_goes_to_json_and_back() -> None:
    record: Record = kommunstyrelse.held().log[5]
    assert record_from_json(json.loads(json.dumps(record_to_json(record)))) == record


def test_an_older_shape_is_brought_up_version_by_version(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(UPCASTERS, ("meeting-closed", 0), lambda data: {"present": data["here"]})
    assert decode_event("meeting-closed", 0, {"here": ["anna"]}) == st.MeetingClosed(("anna",))
