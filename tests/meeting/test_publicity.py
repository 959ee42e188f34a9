"""Who may listen: public committees, matters always closed, how doors are decided, who sits undisturbed."""

from __future__ import annotations

from typing import Any

import pytest

from meeting_server.live.floor_policy import desired_room
from meeting_server.meeting import agenda as ag
from meeting_server.meeting import doors as do
from meeting_server.meeting import presence as pr
from meeting_server.meeting import publicity as pu
from meeting_server.meeting import undisturbed as un
from meeting_server.meeting.counting import are_doors_closed, is_cut_off, is_public, rules_of
from meeting_server.minutes.compose import compose
from meeting_server.minutes.editing import section_text
from meeting_server.wire.view import view
from meeting_server.wire.visibility import Viewer
from tests.builders import SECRETARY, Hall, hall, matter, members, person, under_way

GUESTS = (person("gun", None, "attendee", 0), person("stig", None, "attendee", 1, attends="staff"))
ROSTER = (*members(5), *GUESTS, SECRETARY)
AGENDA = (matter("m1", authority=True), matter("m2", secrecy=True), matter("m3"))


def committee(publicity: Any = "may_decide", **about: Any) -> Hall:
    """A committee whose agenda begins with two matters always closed."""
    reference = "BN 2026-02-04 § 3" if publicity == "public" else None
    return under_way(
        roster=ROSTER,
        kind="committee",
        agenda=AGENDA,
        publicity=publicity,
        publicity_reference=reference,
        **about,
    ).in_room("gun", "stig")


def seen(held: Hall, role: Any, one: str | None = None) -> Any:
    return view(held.meeting, Viewer(role, one), held.meeting.at)


def seconds(held: Hall) -> list[str]:
    return [step["label"] for step in seen(held, "chair", held.chair)["steps"]["seconds"]]


def told(held: Hall) -> str:
    minutes = compose(held.log)
    return minutes.form_text + " ".join(section_text(s) for p in minutes.paragraphs for s in p.sections)


@pytest.mark.parametrize(
    ("publicity", "public"), [("closed", False), ("may_decide", False), ("public", True)]
)
def test_a_committee_is_closed_until_the_assembly_permits_and_it_decides(
    publicity: Any, public: bool
) -> None:
    held = committee(publicity)
    assert is_public(held.meeting) is public
    assert seen(held, "hall")["meeting"]["is_public"] is public
    assert ("Gör sammanträdet offentligt" in seconds(held)) is (publicity == "may_decide")


def test_without_the_assemblys_leave_a_committee_cannot_open_its_meeting() -> None:
    refused = committee("closed").refusal(pu.DecidePublicity(True))
    assert (refused.code, refused.cites) == ("public-meeting", "KL 6:25")
    assert "Fullmäktige har inte medgett" in refused.because


def test_an_assembly_is_public_whatever_it_decides() -> None:
    held = under_way(kind="assembly")
    assert held.refusal(pu.DecidePublicity(True)).code == "publicity-unchanged"
    assert held.refusal(pu.DecidePublicity(False)).code == "always-public"
    assert "Stäng sammanträdet för allmänheten" not in seconds(held)


def test_a_committee_opens_its_meeting_and_closes_it_again() -> None:
    held = committee()
    held.give(pu.DecidePublicity(True, proposed_by="m2"))
    assert is_public(held.meeting)
    assert held.refusal(pu.DecidePublicity(True)).code == "publicity-unchanged"
    assert "Stäng sammanträdet för allmänheten" in seconds(held)
    held.give(pu.DecidePublicity(False))
    assert not is_public(held.meeting)
    held.takes_up("m3")
    assert "M2 A-son (A) yrkar att sammanträdet ska vara offentligt." in told(held)


def test_what_the_law_closes_in_a_public_committee_is_closed_to_its_viewers_too() -> None:
    held = committee("public", remote_identity="eid")
    held.give(pr.Depart(), "m5")
    held.give(pr.FollowAsViewer(), "m5")
    assert not is_cut_off(held.meeting, "m5")
    held.takes_up("m1")
    assert [one for one in ("m2", "m5", "gun", "sara") if is_cut_off(held.meeting, one)] == ["m5"]
    held.debate_closed().put().found("m1-p0").gavel()
    assert not is_cut_off(held.meeting, "m5")


def test_authority_and_secrecy_close_the_doors_of_a_public_committee_for_their_matters_only() -> None:
    held = committee("public")
    [taken_up] = held.give(ag.TakeUpMatter("m1"))
    assert isinstance(taken_up, ag.MatterTakenUp)
    assert taken_up.rulings[-1].code == "always-closed"
    assert are_doors_closed(held.meeting)
    hidden = seen(held, "hall")
    assert (hidden["meeting"]["doors_closed"], hidden["meeting"]["closed_by_law"]) == (True, True)
    assert (hidden["debate"], hidden["matter"]["proposals"]) == (None, [])
    room = desired_room(held.meeting, str, halls=("h1",), hall="h1", watching={})
    may = {peer.peer: peer.may_receive for peer in room.peers}
    assert (may["h1"], may["gun"], may["stig"], may["m2"]) == (False, True, False, True)
    assert is_cut_off(held.meeting, "stig")
    refused = held.refusal(do.OpenDoors())
    assert (refused.code, refused.cites) == ("always-closed", "KL 6:25")
    held.debate_closed().put().found("m1-p0").gavel()  # a committee decides behind closed doors too
    cites = rules_of(held.meeting).always_closed.cites.swedish
    assert f"Ärendet handläggs inom stängda dörrar ({cites})." in told(held)
    assert "Sammanträdet är offentligt enligt BN 2026-02-04 § 3." in told(held)
    held.takes_up("m2")
    assert "omfattas av sekretess" in held.refusal(do.OpenDoors()).because
    held.debate_closed().put().found("m2-p0").gavel().takes_up("m3")
    assert not are_doors_closed(held.meeting)


def test_who_is_not_let_in_hears_a_public_committee_but_nothing_behind_its_doors() -> None:
    late = hall(roster=ROSTER, kind="committee", publicity="public", agenda=AGENDA)
    late.in_room("anna", "m2", "m3").roll_call()

    def hears(one: str) -> bool:
        room = desired_room(late.meeting, str, halls=(), hall=None, watching={})
        return next(peer.may_receive for peer in room.peers if peer.peer == one)

    late.in_lobby("m4")
    assert hears("m4")
    late.takes_up("m1")
    assert not hears("m4")


def test_names_called_decide_whether_the_doors_close_and_stand_in_the_minutes() -> None:
    held = under_way(kind="assembly").takes_up()
    kept = do.CloseDoors(proposed_by="m2", how="roll_call", against=("anna", "m3", "m4"))
    [event] = held.give(kept)
    assert isinstance(event, do.DoorsKeptOpen)
    assert not are_doors_closed(held.meeting)
    text = told(held)
    assert (
        "M2 A-son (A) yrkar att överläggningen ska hållas inom stängda dörrar. Kommunfullmäktige avslår"
        in text
    )
    assert "2 ja, 3 nej, 0 avstår. Ja: M2 A-son (A) och M5 B-son (B). Nej: Anna" in text
    [closed] = held.give(do.CloseDoors(how="roll_call", against=("m3", "m4"), abstaining=("m5",)))
    assert isinstance(closed, do.DoorsClosed)
    assert "Ordförandens röst avgör." in told(held)


def test_acclamation_can_end_in_no() -> None:
    held = under_way(kind="assembly").takes_up()
    [kept] = held.give(do.CloseDoors(carried=False))
    assert isinstance(kept, do.DoorsKeptOpen)
    assert (
        "Fråga väcks om att överläggningen ska hållas inom stängda dörrar. Kommunfullmäktige avslår"
        in told(held)
    )


@pytest.mark.parametrize(
    ("command", "code"),
    [
        (do.CloseDoors(against=("m2",)), "names-not-called"),
        (do.CloseDoors(how="roll_call", against=("sara",)), "not-a-voter"),
        (do.CloseDoors(how="roll_call", against=("m2",), abstaining=("m2",)), "not-a-voter"),
        (do.CloseDoors(how="roll_call", against=("m2", "m3"), abstaining=("anna",)), "casting-vote-needed"),
        (do.CloseDoors(proposed_by="sara"), "not-present"),
    ],
)
def test_an_answer_that_cannot_be_is_refused(command: do.CloseDoors, code: str) -> None:
    assert under_way(kind="assembly").takes_up().refusal(command).code == code


def test_secrecy_before_the_public_is_pointed_out_to_an_assemblys_chair() -> None:
    held = under_way(kind="assembly", agenda=(matter("m1", secrecy=True), matter("m2"))).takes_up()

    def kinds() -> list[str]:
        return [need["kind"] for need in seen(held, "chair", "anna")["steps"]["needs"]]

    assert "secrecy" in kinds()
    held.give(do.CloseDoors())
    assert "secrecy" not in kinds()


def test_those_at_home_say_that_they_sit_undisturbed_while_the_doors_are_closed() -> None:
    held = hall(roster=ROSTER, kind="assembly", distance="some_may")
    held.in_room("anna", "m2", "m3").remotely("m4", "m5").roll_call().takes_up()
    assert held.refusal(un.ConfirmUndisturbed(), "m4").code == "nothing-to-confirm"
    held.give(do.CloseDoors())
    assert seen(held, "member", "m4")["me"]["undisturbed"] == "asked"
    [need] = [n for n in seen(held, "chair", "anna")["steps"]["needs"] if n["kind"] == "undisturbed"]
    assert need["text"].startswith("M4 A-son (A) och M5 B-son (B) har inte bekräftat")
    held.give(un.ConfirmUndisturbed(), "m4")
    held.give(un.RecordUndisturbed("m5"), "sara")
    assert seen(held, "member", "m4")["me"]["undisturbed"] == "said"
    assert un.unconfirmed(held.meeting) == ()
    assert held.refusal(un.ConfirmUndisturbed(), "m4").code == "nothing-to-confirm"
    assert held.refusal(un.RecordUndisturbed("m2"), "sara").code == "nothing-to-confirm"
    assert "M4 A-son (A) bekräftar att ingen obehörig ser eller hör sammanträdet." in told(held)


def test_in_a_committee_never_public_it_is_asked_where_authority_or_secrecy_is_at_hand() -> None:
    held = hall(roster=ROSTER, kind="committee", agenda=AGENDA)
    held.in_room("anna", "m2", "m3").remotely("m4").roll_call().takes_up("m1")
    assert un.unconfirmed(held.meeting) == ("m4",)
    held.debate_closed().put().found("m1-p0").gavel().takes_up("m2")
    assert un.unconfirmed(held.meeting) == ("m4",)
    held.debate_closed().put().found("m2-p0").gavel().takes_up("m3")
    assert un.unconfirmed(held.meeting) == ()
