"""What differs between kinds of bodies, and what those who attend without being members may do."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from meeting_server.meeting import Role, roles_of
from meeting_server.meeting import debate as db
from meeting_server.meeting import presence as pr
from meeting_server.meeting import presiding as ps
from meeting_server.meeting import proposals as pp
from meeting_server.meeting.convening import Notice
from meeting_server.meeting.counting import is_cut_off
from meeting_server.meeting.summons import remarks
from tests.builders import SECRETARY, Hall, convened, hall, matter, members, person, under_way

GUESTS = (
    person("kim", "B", "attendee", 0, attends="councillor"),
    person("stig", None, "attendee", 1, attends="staff"),
    person("ove", None, "attendee", 2),
)
ROSTER = (*members(5), *GUESTS, SECRETARY)


def attended(**about: Any) -> Hall:
    """The debate in m1 with guests of three kinds in the room."""
    held = hall(roster=ROSTER, **about)
    return held.in_room(*held.people, "kim", "stig", "ove").roll_call().takes_up()


def test_a_full_time_councillor_speaks_and_proposes_but_neither_supports_nor_votes() -> None:
    held = attended(kind="assembly")
    assert Role.PROPOSER in roles_of(held.meeting, "kim")
    held.give(db.RequestFloor(), "kim")
    assert held.proposal("kim") == "m1-p1"
    assert held.refusal(pp.SupportProposal("m1-p0"), "kim").code == "not-your-role"
    held.give(db.GiveFloor(), "anna")
    held.give(db.EndFloor(), "anna")
    held.debate_closed().put().found("m1-p0").demanded("m2").division_opened()
    assert "kim" not in held.meeting.held["d1"].voters


def test_a_councillor_who_is_not_there_proposes_nothing_nor_does_an_official() -> None:
    held = hall(roster=ROSTER).in_room("anna", "m2", "m3", "ove").roll_call().takes_up()
    assert held.refusal(pp.Propose("counter", "Något annat."), "kim").code == "not-your-role"
    assert held.refusal(pp.Propose("counter", "Något annat."), "ove").code == "not-your-role"
    assert (
        held.refusal(pp.RecordProposal("ove", "counter", "Något annat.", None), "sara").code == "not-serving"
    )


@pytest.mark.parametrize("named", ["staff_excluded", "authority"])
def test_staff_leave_the_matters_the_law_names_and_are_back_in_the_next(named: str) -> None:
    agenda = (matter("m1", **{named: True}), matter("m2"))
    held = attended(agenda=agenda, kind="committee")
    assert is_cut_off(held.meeting, "stig")
    assert not is_cut_off(held.meeting, "ove")
    refused = held.refusal(db.RequestFloor(), "stig")
    assert (refused.code, refused.cites) == ("staff-excluded", "KL 7:14")
    held.debate_closed().put().found("m1-p0").gavel()
    assert not is_cut_off(held.meeting, "stig")
    held.takes_up("m2").give(db.RequestFloor(), "stig")


@pytest.mark.parametrize(
    ("kind", "cites", "words"),
    [
        ("committee", "KL 6:24", "Fullmäktige har inte beslutat"),
        ("joint_committee", "KL 6:24", "Fullmäktige i alla samverkande kommuner"),
        ("federation_assembly", "KL 5:16", "Fullmäktige har inte beslutat"),
        ("federation_executive", "KL 6:24", "Direktionen har inte beslutat"),
        ("coordination_body", "lag (2003:1210) 19 a §", "Styrelsen har inte beslutat"),
    ],
)
def test_who_has_not_opened_the_body_for_distance_is_said(kind: str, cites: str, words: str) -> None:
    refused = hall(kind=kind, distance="not_allowed").refusal(pr.EnterLobby(), "m2")
    assert (refused.code, refused.cites) == ("remote-permitted", cites)
    assert refused.because.startswith(words)


def test_an_advisory_council_is_stopped_by_nothing_and_records_what_it_lacks() -> None:
    held = hall(kind="advisory_council", seats=9, distance="not_allowed").in_room("anna").remotely("m2")
    held.opened()
    [done] = held.give(pr.CompleteRollCall(), "anna")
    assert isinstance(done, pr.RollCallCompleted)
    assert [ruling.outcome for ruling in done.rulings] == [False, True]


@pytest.mark.parametrize(("kind", "may"), [("federation_executive", True), ("federation_assembly", False)])
def test_a_federation_executives_chair_may_be_at_home_a_federation_assemblys_not(
    kind: str, *, may: bool
) -> None:
    held = hall(kind=kind).in_room("m2", "m3")
    held.give(ps.HandOverChair("m2"), "sara")
    held.give(pr.EnterLobby(), "anna")
    assert (held.meeting.presence["anna"].state == "lobby") is may


def test_a_substitute_of_the_members_own_constituency_goes_first_then_where_the_party_has_most_votes() -> (
    None
):
    from meeting_server.meeting.substitution import next_substitute

    substitutes = (
        person("eva", "A", "substitute", 1, constituency="Norra", constituency_votes=300),
        person("gun", "A", "substitute", 2, constituency="Södra", constituency_votes=900),
        person("ida", "A", "substitute", 3, constituency="Västra", constituency_votes=500),
    )
    people = tuple(person(f"l{n}", "A", order=n, constituency="Västra") for n in range(2, 6))
    chair = person("anna", "A", order=1, presidium="chair", constituency="Västra")
    held = hall(roster=(chair, *people, *substitutes, SECRETARY), kind="assembly")
    held.in_room("anna", "l3", "l4", "l5", "eva", "gun", "ida")
    turns = []
    for member in ("l2",):
        for _ in range(3):
            turn = next_substitute(held.meeting, member)
            assert turn is not None
            turns.append(turn)
            held.give(pr.RecordDeparture(turn), "sara")
    assert turns == ["ida", "gun", "eva"]


def test_under_way_is_the_same_meeting_for_every_kind_of_committee() -> None:
    for kind in ("committee", "working_committee", "drafting_committee", "joint_committee"):
        assert under_way(kind=kind).decided().meeting.matters["m1"].decision is not None


@pytest.mark.parametrize(("on", "lacking"), [("2026-11-19", False), ("2026-11-20", True), (None, True)])
def test_a_committee_called_later_than_its_own_rules_say_is_remarked_and_opens(
    on: str | None, lacking: bool
) -> None:
    about = replace(convened(kind="committee"), notice=Notice(called_on=on, call_by="2026-11-19"))
    held = hall(about).in_room("anna", "m2", "m3")
    [remark] = remarks(held.meeting)
    assert remark.ruling.cites.short == "KL 6:44"
    assert (remark.lacking is not None) is lacking
    held.opened()
