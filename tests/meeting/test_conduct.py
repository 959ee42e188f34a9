"""Order at the meeting: told off before sent out, what being sent out means, and the meeting dissolved."""

from __future__ import annotations

from typing import Any

import pytest

from meeting_server.live.floor_policy import desired_room
from meeting_server.meeting import conduct as od
from meeting_server.meeting import debate as db
from meeting_server.meeting import elections as el
from meeting_server.meeting import presence as pr
from meeting_server.meeting import substitutes as su
from meeting_server.meeting.counting import is_cut_off, is_locked_out
from meeting_server.minutes.compose import compose
from meeting_server.minutes.editing import section_text
from meeting_server.wire.view import view
from meeting_server.wire.visibility import Viewer
from tests.builders import SECRETARY, Hall, members, person, under_way
from tests.meeting.electing import opened

ROSTER = (*members(5), person("eva", "A", "substitute", 1), person("gun", None, "attendee", 0), SECRETARY)


def sitting(**about: Any) -> Hall:
    """An assembly of five with a substitute in the room and m1 taken up."""
    return under_way(roster=ROSTER, **{"kind": "assembly", **about}).in_room("eva", "gun").takes_up()


def seconds(held: Hall) -> list[str]:
    steps: Any = view(held.meeting, Viewer("chair", held.chair), held.meeting.at)["steps"]
    return [step["label"] for step in steps["seconds"]]


def text_of(held: Hall, key: str = "events") -> str:
    parts = (part for one in compose(held.log).paragraphs for part in one.sections)
    return " ".join(section_text(part) for part in parts if part.key == key)


def test_nobody_is_sent_out_of_an_assembly_who_has_not_been_told_off_at_this_meeting() -> None:
    held = sitting()
    refused = held.refusal(od.Expel("Ropar.", "m3"))
    assert (refused.code, refused.cites) == ("expulsion", "KL 5:43")
    assert "M3 B-son (B) har inte fått någon tillsägelse" in refused.because
    held.give(od.Admonish("Ropar.", "m2"))
    assert held.refusal(od.Expel("Ropar.", "m3")).code == "expulsion"
    held.give(od.Admonish("Ropar.", "m3"))
    [gone] = held.give(od.Expel("Ropar ännu.", "m3"))
    assert isinstance(gone, od.Expelled)
    assert [(r.code, r.outcome) for r in gone.rulings] == [("expulsion", True)]
    assert (gone.interrupts_service, gone.present) == (True, ("anna", "m2", "m4", "m5"))


def test_one_sent_out_is_not_present_loses_the_floor_and_the_day_and_a_substitute_may_be_called() -> None:
    held = sitting()
    held.give(db.RequestFloor(), "m4")
    held.give(db.GiveFloor())
    held.give(od.Admonish("Ropar.", "m4"))
    held.give(od.Expel("Ropar ännu.", "m4"))
    assert held.meeting.debate.floor is None
    assert is_cut_off(held.meeting, "m4")
    room = {
        peer.peer: peer for peer in desired_room(held.meeting, str, halls=(), hall=None, watching={}).peers
    }
    assert (room["m4"].may_receive, room["m4"].may_send) == (False, False)
    assert held.refusal(db.RequestFloor(), "m4").code == "not-present"
    for command in (pr.EnterLobby(), pr.RecordArrival("m4")):
        by = "m4" if isinstance(command, pr.EnterLobby) else "sara"
        refused = held.refusal(command, by)
        assert (refused.code, refused.cites) == ("expelled", "KL 5:43")
    me: Any = view(held.meeting, Viewer("member", "m4"), held.meeting.at)["me"]
    assert me["cut_off"]["cites"] == "KL 5:43"
    held.give(su.CallInSubstitute("eva", "m4"))
    held.give(od.LetBackIn("m4"))
    held.in_room("m4")
    assert not is_cut_off(held.meeting, "m4")
    assert is_locked_out(held.meeting, "m4")


def test_a_listener_on_no_roster_is_told_off_and_sent_out_by_description() -> None:
    held = sitting()
    assert held.refusal(od.Expel("Sjunger.", listener="läktaren")).code == "expulsion"
    held.give(od.Admonish("Sjunger.", listener=" läktaren "))
    held.give(od.Expel("Sjunger ännu.", listener="läktaren"))
    assert "visar ordföranden ut en åhörare (läktaren)" in text_of(held)


def test_a_committee_has_no_such_statute_and_is_warned_unless_its_own_rules_say_so() -> None:
    for own, outcome in ((False, False), (True, True)):
        held = sitting(kind="committee", expulsion=own)
        held.give(od.Admonish("Ropar.", "m3"))
        conduct: Any = view(held.meeting, Viewer("chair", "anna"), held.meeting.at)["conduct"]
        assert (conduct["expulsion_warning"] is None) is own
        [gone] = held.give(od.Expel("Ropar ännu.", "m3"))
        assert isinstance(gone, od.Expelled)
        assert gone.rulings[0].outcome is outcome
        assert "5 kap. 43" not in text_of(held)


@pytest.mark.parametrize(
    ("command", "code"),
    [
        (od.Admonish("Ropar."), "nobody-named"),
        (od.Admonish("Ropar.", "m2", "läktaren"), "nobody-named"),
        (od.Admonish(" ", "m2"), "text-missing"),
        (od.Admonish("Ropar.", "anna"), "keeps-order"),
        (od.Admonish("Ropar.", "sara"), "keeps-order"),
        (od.Admonish("Ropar.", "okänd"), "not-on-roster"),
        (od.LetBackIn("m2"), "not-expelled"),
        (od.DissolveMeeting(""), "text-missing"),
    ],
)
def test_what_cannot_be_is_said(command: Any, code: str) -> None:
    assert sitting().refusal(command).code == code


def test_one_who_has_left_is_not_told_off_and_only_the_chair_keeps_order() -> None:
    held = sitting()
    assert held.refusal(od.Admonish("Ropar.", "m2"), "sara").code == "not-your-role"
    held.give(pr.RecordDeparture("m2"), "sara")
    assert held.refusal(od.Admonish("Ropar.", "m2")).code == "not-present"


def test_whose_vote_is_being_taken_is_not_sent_out_until_the_division_is_closed() -> None:
    held = under_way(roster=ROSTER, kind="assembly").divided()
    held.give(od.Admonish("Ropar.", "m3"))
    assert held.refusal(od.Expel("Ropar.", "m3")).code == "division-running"
    assert held.refusal(od.DissolveMeeting("Upplopp.")).code == "division-running"
    held.votes(anna="yes", m2="no", m3="no", m4="yes", m5="yes").division_closed()
    held.give(od.Expel("Ropar.", "m3"))


def test_the_console_offers_sending_out_only_after_an_admonition() -> None:
    held = sitting()
    assert "Ge en tillsägelse" in seconds(held)
    assert not {"Visa ut", "Upplös sammanträdet"} & set(seconds(held))
    held.give(od.Admonish("Ropar.", "m4"))
    assert {"Visa ut", "Upplös sammanträdet"} <= set(seconds(held))
    held.give(od.Expel("Ropar.", "m4"))
    assert "Visa ut" not in seconds(held)
    steps: Any = view(held.meeting, Viewer("chair", "anna"), held.meeting.at)["steps"]
    [need] = [need for need in steps["needs"] if need["kind"] == "expelled"]
    assert [act["label"] for act in need["actions"]] == ["Kalla in ersättare", "Släpp in igen"]


def test_a_dissolved_meeting_is_closed_with_what_it_leaves_and_why() -> None:
    held = sitting()
    held.give(od.Admonish("Ropar.", "m3"))
    dissolved, _ = held.give(od.DissolveMeeting("Läktaren stormar salen."))
    assert isinstance(dissolved, od.MeetingDissolved)
    assert (dissolved.unsettled, dissolved.by_local_rules) == (("m1", "m2"), False)
    assert held.meeting.phase == "closed"
    text = text_of(held)
    assert "upplöser ordföranden sammanträdet, eftersom ordningen inte kan upprätthållas" in text
    assert "2 ärenden är inte avgjorda." in text
    assert sitting(dissolution=True).give(od.DissolveMeeting("Upplopp."))[0] == od.MeetingDissolved(
        "Upplopp.", ("m1", "m2"), True
    )


def test_order_kept_before_the_first_matter_stands_under_it() -> None:
    held = under_way(roster=ROSTER, kind="assembly")
    held.give(od.Admonish("Ropar.", "m3"))
    held.takes_up()
    assert "ger ordföranden M3 B-son (B) en tillsägelse: Ropar." in text_of(held)


def test_whose_ballot_is_being_taken_is_not_sent_out_until_it_is_closed() -> None:
    held = opened("Ada", "Bo")
    held.give(od.Admonish("Ropar.", "m3"))
    assert held.refusal(od.Expel("Ropar.", "m3")).code == "ballot-open"
    held.give(el.CloseBallot())
    held.give(od.Expel("Ropar.", "m3"))
