"""The chair's next step: a whole meeting by pressing only the primary, and what it says at each turn."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest

from meeting_server.meeting import COMMANDS
from meeting_server.meeting import conflicts as cf
from meeting_server.meeting import debate as db
from meeting_server.meeting import disputes as ds
from meeting_server.meeting import divisions as dv
from meeting_server.meeting import presence as pr
from meeting_server.meeting import presiding as ps
from meeting_server.meeting import proposals as pp
from meeting_server.meeting import sitting as st
from meeting_server.meeting.actors import SYSTEM
from meeting_server.meeting.agenda import FinishMatter
from meeting_server.wire.json import decode
from meeting_server.wire.view import view
from meeting_server.wire.visibility import Viewer
from tests.builders import Hall, hall, matter, under_way

COMPLETED: dict[str, dict[str, Any]] = {
    "confirm-identity": {"method": "known"},
    "appoint-verifiers": {"persons": ["m2"], "place_and_time": "Digitalt den 3 december"},
    "correct-vote": {"vote": "no"},
    "use-casting-vote": {"vote": "yes"},
    "state-motivation": {"motivation": "Kostnaden saknas."},
    "hand-over-chair": {"person": "m2"},
}
"""What the chair chooses in the dialog of a step that has one."""


def steps(held: Hall) -> dict[str, Any]:
    told: Any = view(held.meeting, Viewer("chair", held.chair), held.meeting.at)["steps"]
    return dict(told)


def press(held: Hall) -> str:
    """Give the primary as the page would, and return its label."""
    primary = steps(held)["primary"]
    assert primary["blocked"] is None, primary
    name, data = primary["command"]["name"], dict(primary["command"]["data"])
    data |= COMPLETED.get(name, {})
    held.give(decode(COMMANDS[name].command, data), held.chair)
    return str(primary["label"])


def label(held: Hall) -> str:
    return str(steps(held)["primary"]["label"])


def test_a_whole_meeting_by_pressing_only_the_primary() -> None:
    agenda = (matter("m1", "opening"), matter("m2", "verifiers"), matter("m3"), matter("m4", "information"))
    held = hall(agenda=agenda).in_room("m2", "m3", "m4")
    held.in_lobby("m5")
    pressed = []
    while held.meeting.phase != "closed":
        pressed.append(press(held))
    assert pressed == [
        "Anteckna dig i salen",
        "Öppna sammanträdet",
        "Bekräfta och släpp in",
        "Uppropet är klart: 5 närvarande",
        "Ta upp § 140",
        "Klubba: upprop och dagordning godkänns",
        "Ta upp § 141",
        "Utse 1 justerare",
        "Ta upp § 142",
        "Avsluta överläggningen",
        "Ställ proposition",
        "Jag finner bifall till förslag 1",
        "Klubba: bifall till förslag 1",
        "Ta upp § 143",
        "Klubba: läggs till handlingarna",
        "Avsluta sammanträdet",
        "Avsluta sammanträdet",
    ]


def test_a_division_by_pressing_only_the_primary() -> None:
    held = under_way().takes_up()
    held.proposal("m2")
    for _ in range(3):
        press(held)
    held.demanded("m2")
    assert (press(held), steps(held)["primary"]["sub"]) == ("Öppna voteringen", "5 har inte röstat")
    held.votes(anna="abstain", m2="no", m3="yes")
    assert press(held) == "Stäng voteringen"
    held.give(dv.ObjectToVote(), "m2")
    assert press(held).startswith("Ta ställning till invändningen: M2")
    assert press(held) == "Lägg utslagsrösten"
    assert press(held) == "Klubba: 1 JA mot 1 NEJ"
    assert held.meeting.matters["m1"].settled


def test_the_ladder_by_pressing_only_the_primary() -> None:
    held = under_way().takes_up()
    for mover in ("m2", "m3"):
        held.proposal(mover)
    held.proposal("m4", "add")
    held.debate_closed()
    pressed = [press(held), press(held)]
    held.demanded("m2")
    pressed += [press(held), press(held), press(held)]
    pressed += [press(held)]
    held.votes(anna="yes")
    pressed += [press(held), press(held), press(held), press(held), press(held)]
    assert pressed == [
        "Ställ proposition",
        "Jag finner bifall till förslag 1",
        "Utse motförslag",
        "Jag finner att förslag 2 blir motförslag",
        "Klubba: förslag 2 blir motförslag",
        "Öppna voteringen",
        "Stäng voteringen",
        "Klubba: 1 JA mot 0 NEJ",
        "Ställ proposition på tillägget",
        "Jag finner bifall till förslag 4",
        "Klubba: bifall till förslag 4",
    ]


def test_whether_to_decide_today_comes_first() -> None:
    held = under_way().takes_up()
    held.proposal("m2", "refer_back")
    held.debate_closed()
    assert [press(held), press(held), label(held)] == [
        "Fråga om ärendet avgörs i dag",
        "Jag finner att ärendet avgörs i dag",
        "Klubba: § 140 avgörs i dag",
    ]
    held.found("m1-p1")
    assert label(held) == "Klubba: återremiss"
    deferred = under_way().takes_up()
    deferred.proposal("m2", "defer")
    deferred.debate_closed().put().found("m1-p1")
    assert label(deferred) == "Klubba: bordläggning"


def test_a_minority_that_is_enough_comes_before_everything_and_needs_its_motivation() -> None:
    held = under_way(kind="assembly").takes_up()
    referral = held.proposal("m2", "refer_back")
    held.give(pp.SupportProposal(referral), "m3")
    held.debate_closed()
    assert press(held) == "Skriv motiveringen till återremissen"
    assert press(held) == "Klubba: återremiss"
    assert held.meeting.matters["m1"].status == "referred_back"
    voted = under_way(kind="assembly").takes_up()
    voted.proposal("m2", "defer")
    voted.debate_closed().put().found("today").demanded("m2").division_opened()
    voted.votes(anna="yes", m2="no", m3="no", m4="yes", m5="yes").division_closed()
    assert press(voted) == "Klubba: bordläggning"


def test_the_floor_goes_to_the_next_and_then_ends() -> None:
    held = under_way().takes_up()
    held.give(db.RequestFloor(), "m2")
    held.give(db.RequestFloor(), "m3")
    assert press(held) == "Ge ordet till M2 A-son (A)"
    assert steps(held)["primary"]["sub"] == "M2 A-son har ordet"
    press(held)
    assert press(held) == "Avsluta ordet: M3 B-son (B)"
    assert label(held) == "Avsluta överläggningen"


def test_a_blocked_primary_says_why_or_becomes_what_unblocks_it() -> None:
    few = hall().in_room("anna", "m2").opened()
    blocked = steps(few)["primary"]["blocked"]
    assert (blocked["code"], blocked["reason"]) == ("quorum", "2 närvarande, 3 krävs")
    barred = under_way()
    barred.give(cf.DeclareConflict("m1"), "anna")
    assert press(barred) == "Lämna över ordförandeskapet"
    lost = hall().in_room("anna", "m3", "m4").remotely("m2").roll_call().takes_up()
    lost.proposal("m3")
    lost.debate_closed().put().found("m1-p0").demanded("m3").loses_link("m2")
    assert press(lost).startswith("Hantera bruten förbindelse: M2")
    assert label(lost) == "Öppna voteringen"


def test_a_remote_chair_of_a_committee_is_confirmed_before_the_opening() -> None:
    held = hall()
    held.in_lobby("anna")
    assert steps(held)["primary"]["dialog"] == "identity"


def test_a_paused_meeting_is_resumed() -> None:
    held = under_way()
    held.give(st.PauseMeeting(5))
    assert "Fortsätter en annan dag" in seconds(held)
    assert press(held) == "Återuppta sammanträdet"


def test_on_another_day_the_one_who_presides_comes_first() -> None:
    held = under_way()
    held.give(st.PauseUntilDay(datetime.fromisoformat("2026-11-25T13:00:00+01:00")))
    assert "Ändra dag" in seconds(held)
    assert press(held) == "Anteckna dig i salen"
    assert press(held) == "Återuppta sammanträdet"


def seconds(held: Hall) -> dict[str, Any]:
    return {one["label"]: one for one in steps(held)["seconds"]}


def test_a_grey_button_says_why_in_a_few_words() -> None:
    held = under_way().takes_up()
    held.give(db.GiveFloor(person="m3"))
    held.give(db.RequestFloor(), "m2")
    offered = seconds(held)
    assert offered["Avsluta överläggningen"]["blocked"]["reason"] == "Någon har ordet"
    assert offered["+ 1 min"]["blocked"] is None
    held.give(db.CloseSpeakersList())
    assert "Ta bort streck" in seconds(held)


@pytest.mark.parametrize(("voted", "expected"), [(False, "Rösta själv"), (True, "Ändra min röst")])
def test_the_chair_votes_beside_the_primary(voted: bool, expected: str) -> None:
    held = under_way().divided()
    if voted:
        held.votes(anna="yes")
    assert expected in seconds(held)
    assert "Avbryt voteringen" in seconds(held)


def test_a_chair_who_is_no_voter_is_not_offered_a_vote() -> None:
    held = under_way()
    held.give(cf.DeclareConflict("m1"), "m3")
    held.divided()
    held.give(dv.VoidDivision("x"))
    held.give(pr.RecordDeparture("m5"), "sara")
    held.division_opened()
    assert "Gör om voteringen" not in seconds(held)
    held.division_closed()
    assert {"Gör om voteringen", "Ändra en röst"} <= set(seconds(held))


def test_the_chair_is_handed_back_after_the_matter() -> None:
    held = under_way()
    held.give(cf.DeclareConflict("m1"), "anna")
    held.give(ps.HandOverChair("m2"))
    held.takes_up("m1").debate_closed().put().found("m1-p0").demanded("m3")
    assert "Begäran återtas" in seconds(held)
    held.division_opened().votes(m2="yes").division_closed().gavel()
    offered = seconds(held)
    assert offered["Lämna tillbaka ordförandeskapet till Anna A-son (A)"]["blocked"] is None
    assert offered["Omedelbar justering av § 140"]["blocked"] is None


def test_avslag_is_said_where_it_is_found() -> None:
    held = under_way().takes_up()
    addition = held.proposal("m2", "add")
    held.debate_closed().put().found("m1-p0").gavel().put().found("reject")
    assert label(held) == "Klubba: avslag"
    held.found(addition)
    assert label(held) == "Klubba: bifall till förslag 2"


def test_a_speech_without_a_limit_is_only_ended() -> None:
    held = under_way(speech_seconds=None).takes_up()
    held.give(db.GiveFloor(person="m2"))
    assert "+ 1 min" not in seconds(held)


def test_reservations_are_recorded_until_the_end_and_verification_once() -> None:
    held = under_way(immediate_verification=False).decided("m1")
    assert "Omedelbar justering av § 140" not in seconds(held)
    held.give(FinishMatter())
    assert "Anteckna reservation" in seconds(held)


def test_a_chair_outside_the_roll_of_voters_is_not_asked_to_vote() -> None:
    held = under_way()
    held.give(cf.DeclareConflict("m1"), "anna")
    held.give(ps.HandOverChair("m2"))
    held.divided(mover="m3")
    assert "Rösta själv" in seconds(held)


def test_a_member_who_is_back_is_confirmed_before_the_division_opens() -> None:
    held = hall().in_room("anna", "m3", "m4").remotely("m2").roll_call().takes_up()
    held.proposal("m3")
    held.debate_closed().put().found("m1-p0").demanded("m3").loses_link("m2")
    held.give(pr.RestoreLink("m2"), SYSTEM)
    assert press(held) == "Bekräfta och släpp in"
    assert press(held) == "Öppna voteringen"


def test_a_division_about_today_names_both_sides() -> None:
    held = under_way().takes_up()
    held.proposal("m2", "defer")
    held.debate_closed().put().found("today").demanded("m2")
    assert steps(held)["primary"]["sub"] == "JA avgörande i dag, NEJ förslag 2"


def test_a_second_dispute_is_not_offered_while_one_is_open() -> None:
    held = under_way().takes_up()
    assert "Jäv ifrågasätts" in seconds(held)
    held.give(ds.QuestionConflict("m3"), "m2")
    assert "Jäv ifrågasätts" not in seconds(held)
