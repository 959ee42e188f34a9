"""Who presides: the presidium in order, else the longest serving or one elected; for one matter, and back."""

from __future__ import annotations

from typing import Any

import pytest

from meeting_server.live.chambers import may_watch
from meeting_server.meeting import agenda as ag
from meeting_server.meeting import blocks as bl
from meeting_server.meeting import conflicts as cf
from meeting_server.meeting import divisions as dv
from meeting_server.meeting import presence as pr
from meeting_server.meeting import presiding as ps
from meeting_server.meeting import sitting as st
from meeting_server.meeting.tally import leading
from meeting_server.minutes.compose import compose
from meeting_server.minutes.editing import section_text
from meeting_server.wire.view import view
from meeting_server.wire.visibility import Viewer
from tests.builders import SECRETARY, Hall, hall, matter, person, under_way

SEATED = (
    person("anna", order=1, presidium="chair", seniority=4),
    person("viv", order=2, presidium="first_vice_chair", seniority=3),
    person("vera", order=3, presidium="second_vice_chair"),
    person("old", "B", order=4, seniority=1),
    person("elder", "B", order=5, seniority=2),
)
ROSTER = (*SEATED, SECRETARY)


def seated(*present: str, **about: Any) -> Hall:
    """An assembly with these in the room; the meeting is not opened."""
    return hall(roster=ROSTER, **{"kind": "assembly", **about}).in_room(*present)


def test_the_presidium_goes_in_order_then_the_longest_serving_of_those_here() -> None:
    held = seated("viv", "vera", "old", "elder")
    assert ps.in_turn(held.meeting) == (("viv", "vice_chair"), ("vera", "vice_chair"))
    assert ps.in_turn(seated("elder", "old").meeting) == (("old", "longest_serving"),)
    assert ps.in_turn(seated("elder").meeting) == (("elder", "longest_serving"),)
    assert ps.in_turn(seated("elder", "old", acting_chair="elected").meeting) == ()


@pytest.mark.parametrize(
    ("who", "elected", "ground", "fit"),
    [
        ("old", False, "longest_serving", True),
        ("elder", False, "other", False),
        ("elder", True, "elected", True),
    ],
)
def test_on_what_ground_somebody_presides_is_recorded_and_another_is_only_warned_of(
    who: str, elected: bool, ground: str, fit: bool
) -> None:
    held = seated("old", "elder")
    [event] = held.give(ps.HandOverChair(who, elected=elected), "sara")
    assert isinstance(event, ps.ChairHandedOver)
    assert (event.ground, event.rulings[0].code, event.rulings[0].outcome) == (ground, "acting-chair", fit)


def test_one_disqualified_hands_over_for_the_matter_and_presides_again_when_it_is_left() -> None:
    agenda = (matter("m1"), matter("m2"), matter("m3"))
    held = under_way(roster=ROSTER, kind="assembly", agenda=agenda)
    for disqualifying in ("m1", "m2"):
        held.give(cf.DeclareConflict(disqualifying), "anna")
    primary: Any = view(held.meeting, Viewer("chair", "anna"), held.meeting.at)["steps"]
    step = primary["primary"]
    assert (step["dialog"], step["command"]["data"]) == ("handover", {"matter": "m1"})
    held.give(ps.HandOverChair("viv", "Jäv", matter="m1"))
    assert may_watch(held.meeting, "chair", "viv")
    assert not may_watch(held.meeting, "chair", "anna")
    held.decided("m1")
    held.decided("m2")  # anna is disqualified here too, so viv goes on
    assert held.chair == "viv"
    events = held.give(ag.TakeUpMatter("m3"), "viv")
    assert [type(one).__name__ for one in events] == ["MatterFinished", "ChairHandedOver", "MatterTakenUp"]
    assert held.chair == "anna"
    text = " ".join(section_text(s) for p in compose(held.log).paragraphs for s in p.sections)
    assert "övertar 1:e vice ordförande Viv A-son (A) ordförandeskapet i detta ärende (Jäv)." in text
    assert "återtar Anna A-son (A) ordförandeskapet." in text
    assert [one.chair for one in compose(held.log).paragraphs] == ["viv", "viv", "anna"]


def test_the_chair_comes_back_when_the_matter_is_finished_unless_no_longer_here() -> None:
    for leaves, presides in ((False, "anna"), (True, "viv")):
        held = under_way(roster=ROSTER, kind="assembly")
        held.give(ps.HandOverChair("viv", matter="m1"))
        held.decided("m1")
        if leaves:
            held.give(pr.RecordDeparture("anna"), "sara")
        held.give(ag.FinishMatter(), "viv")
        assert held.chair == presides


def test_the_chair_is_handed_back_for_a_block_before_it_is_taken_up() -> None:
    held = under_way(roster=ROSTER, kind="assembly", agenda=[matter(f"m{n}") for n in (1, 2, 3)])
    held.give(cf.DeclareConflict("m1"), "anna")
    held.give(ps.HandOverChair("viv", "Jäv", matter="m1"))
    held.decided("m1")
    events = held.give(bl.TakeUpBlock(("m2", "m3")), "viv")
    assert [type(one).__name__ for one in events] == ["MatterFinished", "ChairHandedOver", "BlockTakenUp"]
    assert isinstance(events[-1], bl.BlockTakenUp)
    assert "anna" in events[-1].present
    assert view(held.meeting, Viewer("chair", "anna"), held.meeting.at)["steps"]
    held.give(bl.DecideBlock(), "anna")
    assert [one.chair for one in compose(held.log).paragraphs] == ["viv", "anna", "anna"]


@pytest.mark.parametrize(("barred", "handed_for"), [(("m1", "m3"), "m1"), (("m2",), "m2")])
def test_one_gavel_is_not_handed_back_in_the_middle_of_a_block(
    barred: tuple[str, ...], handed_for: str
) -> None:
    held = under_way(roster=ROSTER, kind="assembly", agenda=[matter(f"m{n}") for n in (1, 2, 3)])
    for one in barred:
        held.give(cf.DeclareConflict(one), "anna")
    held.give(ps.HandOverChair("viv", "Jäv", matter=handed_for))
    held.decided("m1")
    held.give(bl.TakeUpBlock(("m2", "m3")), "viv")
    held.give(bl.DecideBlock(), "viv")
    assert [one.chair for one in compose(held.log).paragraphs] == ["viv", "viv", "viv"]
    held.give(ag.FinishMatter(), "viv")
    assert held.chair == "anna"


def test_it_is_not_handed_over_for_a_matter_that_is_done_nor_to_another_disqualified() -> None:
    held = under_way(roster=ROSTER, kind="assembly")
    held.give(cf.DeclareConflict("m2"), "viv")
    refused = held.refusal(ps.HandOverChair("viv", matter="m2"))
    assert (refused.code, refused.cites) == ("disqualified", "KL 5:47")
    assert [one for one, _ in ps.in_turn(held.meeting, "m2")] == ["vera"]
    held.decided("m1")
    assert held.refusal(ps.HandOverChair("viv", matter="m1")).code == "already-decided"
    assert held.refusal(ps.HandOverChair("viv", matter="m9")).code == "already-decided"


def test_whoever_acts_in_the_presidiums_place_belongs_in_the_room_of_an_assembly_too() -> None:
    held = seated("old", "elder")
    held.give(ps.HandOverChair("old"), "sara")
    held.give(pr.RecordDeparture("old"), "sara")
    [admitted] = held.give(pr.EnterLobby(), "old")
    assert isinstance(admitted, pr.AdmittedAsViewer)
    committee = hall(roster=ROSTER, kind="committee").in_room("elder").remotely("old")
    assert ps.in_turn(committee.meeting) == (("old", "longest_serving"),)
    before = seated("elder", regime="kl-2018").remotely("old")
    assert ps.in_turn(before.meeting) == (("old", "longest_serving"),)


def steps_of(held: Hall) -> Any:
    return view(held.meeting, Viewer("chair", held.chair), held.meeting.at)["steps"]


def lost_chair() -> Hall:
    """A committee at a distance; the chair's link is lost while a division is open."""
    held = hall(roster=ROSTER, kind="executive", form="remote", place=None)
    held.in_lobby("anna").give(pr.ConfirmIdentity("anna", "known"), "sara")
    held.remotely("viv", "vera", "old").roll_call().divided(mover="old")
    return held.votes(viv="no", vera="yes").loses_link("anna")


def test_another_presides_when_the_chair_is_lost_while_a_division_is_open() -> None:
    held = lost_chair()
    assert held.refusal(dv.CloseDivision(), "sara").code == "not-your-role"
    secretary: Any = view(held.meeting, Viewer("secretary", "sara"), held.meeting.at)["steps"]
    [need] = [one for one in secretary["needs"] if one["kind"] == "chair"]
    assert [act["label"] for act in need["actions"]] == ["Lämna över ordförandeskapet"]
    held.give(ps.HandOverChair("viv"), "sara")
    held.votes(old="no").division_closed()
    assert held.meeting.held["d1"].closed_by == "viv"
    held.gavel()
    decision = held.meeting.matters["m1"].decision
    assert decision is not None
    assert decision.proposal == "m1-p1"


def test_one_who_came_after_the_division_was_opened_closes_it_and_has_no_vote_in_it() -> None:
    held = lost_chair()
    held.in_lobby("elder").give(pr.ConfirmIdentity("elder", "known"), "anna")
    held.give(ps.HandOverChair("elder", elected=True), "sara")
    labels = [one["label"] for one in steps_of(held)["seconds"]]
    assert "Avbryt voteringen" in labels
    assert not {"Rösta själv", "Ändra min röst"} & set(labels)
    held.division_closed()
    assert steps_of(held)["primary"]["label"] == "Lägg utslagsrösten"


def closed_division(**votes: Any) -> Hall:
    """A committee at a distance; the division is closed and then the chair's link is lost."""
    held = hall(roster=ROSTER, kind="executive", form="remote", place=None)
    held.in_lobby("anna").give(pr.ConfirmIdentity("anna", "known"), "sara")
    held.remotely("viv", "vera", "old", "elder").roll_call().divided(mover="viv").votes(**votes)
    assert held.refusal(ps.HandOverChair("viv"), "sara").code == "division-running"
    held.division_closed()
    assert held.refusal(ps.HandOverChair("viv"), "sara").code == "division-running"
    held.loses_link("anna").give(ps.HandOverChair("viv"), "sara")
    return held


def test_the_one_who_presided_when_the_division_was_closed_has_the_casting_vote() -> None:
    held = closed_division(anna="yes", viv="no", vera="no", old="yes", elder="abstain")
    assert leading(held.meeting, held.meeting.held["d1"]) == "m1-p0"
    held.gavel()
    decision = held.meeting.matters["m1"].decision
    assert decision is not None
    assert decision.proposal == "m1-p0"


@pytest.mark.parametrize(
    ("votes", "carries"),
    [
        ({"anna": "abstain", "viv": "no", "vera": "no", "old": "yes", "elder": "yes"}, "m1-p1"),
        ({"viv": "no", "vera": "yes"}, "m1-p1"),
        ({"anna": "abstain", "viv": "abstain", "vera": "no", "old": "yes"}, None),
        ({"vera": "no", "old": "yes"}, None),
    ],
)
def test_where_that_one_did_not_vote_whoever_presides_now_settles_the_tie(
    votes: dict[str, Any], carries: str | None
) -> None:
    held = closed_division(**votes)
    assert leading(held.meeting, held.meeting.held["d1"]) == carries


def test_a_verifier_who_takes_the_chair_is_warned_of_and_another_may_be_appointed() -> None:
    agenda = (matter("v", "verifiers"), matter("m1"))
    held = under_way(roster=ROSTER, kind="assembly", agenda=agenda).takes_up("v")
    held.give(st.AppointVerifiers(("viv",), "Digitalt den 1 december 2026"))
    held.takes_up("m1")
    assert "verifier" not in [one["kind"] for one in steps_of(held)["needs"]]
    held.give(ps.HandOverChair("viv"))
    [need] = [one for one in steps_of(held)["needs"] if one["kind"] == "verifier"]
    assert "Viv A-son (A) är utsedd till justerare och leder nu sammanträdet." in need["text"]
    secretary: Any = view(held.meeting, Viewer("secretary", "sara"), held.meeting.at)["steps"]
    assert [one["actions"] for one in secretary["needs"] if one["kind"] == "verifier"] == [[]]
    [act] = need["actions"]
    assert act["dialog"] == "verifiers"
    held.give(st.AppointVerifiers(("vera",), "Digitalt den 1 december 2026"), "viv")
    assert "verifier" not in [one["kind"] for one in steps_of(held)["needs"]]
    text = " ".join(section_text(s) for p in compose(held.log).paragraphs for s in p.sections)
    assert "utses Vera A-son (A) att jämte ordföranden justera protokollet." in text
