"""The view: what each screen is told, and that it is told nothing it may not know."""

from __future__ import annotations

import json
from typing import Any

import pytest

from meeting_server.meeting import Actor, SignedIn
from meeting_server.meeting import conflicts as cf
from meeting_server.meeting import debate as db
from meeting_server.meeting import divisions as dv
from meeting_server.meeting import presence as pr
from meeting_server.meeting import proposals as pp
from meeting_server.meeting import reservations as rs
from meeting_server.meeting import sitting as st
from meeting_server.meeting import substitutes as sb
from meeting_server.meeting.actors import SYSTEM
from meeting_server.meeting.agenda import NoteMatter
from meeting_server.meeting.words import TODAY
from meeting_server.wire.view import Views, view
from meeting_server.wire.visibility import Viewer
from tests.builders import SECRETARY, Hall, hall, matter, members, person, under_way
from tests.meeting.stories import fullmaktige, kommunstyrelse

CHAIR, DESK, SCREEN = Viewer("chair", "anna"), Viewer("secretary", "sara"), Viewer("hall")


def seen(held: Hall, viewer: Viewer = CHAIR) -> dict[str, Any]:
    """The view as it arrives in a browser."""
    sections: dict[str, Any] = json.loads(json.dumps(view(held.meeting, viewer, held.meeting.at)))
    return sections


def member(one: str) -> Viewer:
    return Viewer("member", one)


def row(sections: dict[str, Any], one: str) -> dict[str, Any]:
    return next(r for r in sections["presence"] if r["person"] == one)


@pytest.mark.parametrize("viewer", [CHAIR, DESK, SCREEN, Viewer("member", "m3"), Viewer("member", "m2")])
def test_nobody_sees_how_anybody_else_votes_while_the_division_is_open(viewer: Viewer) -> None:
    held = under_way().divided().votes(m2="no")
    told = seen(held, viewer)
    division = told["division"]
    assert (division["tally"], division["votes"], division["cast"]) == (None, None, 1)
    own = viewer.person == "m2"
    assert division["my_vote"] == ("no" if own else None)
    assert told["me"].get("my_vote") == ("no" if own else None)
    assert "vote-cast" not in json.dumps(told.get("log", []))


def test_everybody_sees_the_result_with_names_when_it_is_closed() -> None:
    held = under_way().divided().votes(anna="yes", m2="no", m3="yes").division_closed()
    for viewer in (CHAIR, DESK, SCREEN, member("m3")):
        division = seen(held, viewer)["division"]
        assert division["tally"] == {"yes": 2, "no": 1, "abstain": 0, "absent": 2}
        assert division["votes"] == {"anna": "yes", "m2": "no", "m3": "yes"}
        assert division["carried"] == "m1-p0"


def test_those_who_have_not_voted_are_named_for_the_officers_and_the_hall_only() -> None:
    held = under_way().divided().votes(m2="no")
    assert len(seen(held, CHAIR)["division"]["missing"]) == 4
    assert len(seen(held, SCREEN)["division"]["missing"]) == 4
    assert seen(held, member("m3"))["division"]["missing"] == []


def test_how_identity_was_established_and_why_somebody_is_absent_is_for_the_officers() -> None:
    held = hall().in_room("anna").remotely("m2")
    held.give(pr.RecordAbsence("m3", "sjuk"), "sara")
    assert row(seen(held, DESK), "m2")["identity"]["method"] == "known"
    assert row(seen(held, DESK), "m3")["note"] == "sjuk"
    assert row(seen(held, SCREEN), "m2")["identity"] is None
    assert row(seen(held, member("m4")), "m3")["note"] is None


def test_in_a_committee_the_disqualified_see_which_matter_and_nothing_of_it() -> None:
    held = under_way(agenda=(matter("m1", background="Hemligt."), matter("m2")))
    held.give(cf.DeclareConflict("m1"), "m2")
    told = seen(held.takes_up(), member("m2"))
    assert (told["matter"]["number"], told["matter"]["background"]) == (140, None)
    assert told["matter"]["proposals"] == []
    assert (told["debate"], told["deciding"], told["division"]) == (None, None, None)
    assert told["me"]["cut_off"]["cites"] == "KL 6:30"
    assert seen(held, member("m3"))["me"]["cut_off"] is None


def test_viewers_of_one_kind_share_their_sections() -> None:
    held = under_way()
    views = Views(held.meeting, held.meeting.at)
    assert views.of(member("m2"))["presence"] is views.of(member("m3"))["presence"]


def test_quorum_is_told_in_words_and_numbers() -> None:
    quorum = seen(under_way(3))["quorum"]
    assert (quorum["text"], quorum["ok"]) == ("Närvarande 3 · behövs 3", True)


def test_the_presidium_at_home_is_told_why_it_is_not_counted() -> None:
    held = hall(kind="assembly")
    held.in_lobby("anna")
    told = seen(held, member("anna"))
    assert told["me"]["state"] == "viewer"
    assert "Presidiet får inte delta på distans i kommunfullmäktige" in told["me"]["viewer_reason"]
    assert "KL 5:16" not in told["me"]["viewer_reason"]


def test_without_e_legitimation_the_page_says_so_and_offers_to_follow_a_public_meeting() -> None:
    held = hall(kind="assembly", remote_identity="eid")
    password, strong = SignedIn("password"), SignedIn("oidc", "loa3", is_strong=True)
    can = seen(held, Viewer("member", "m2", password))["me"]["can"]
    assert (can["enter-lobby"]["code"], can["follow-as-viewer"]) == ("identity-not-strong", None)
    assert seen(held, Viewer("member", "m2", strong))["me"]["can"]["enter-lobby"] is None
    held.give(pr.FollowAsViewer(), Actor("m2", signed_in=password))
    assert "kräver e-legitimation" in seen(held, member("m2"))["me"]["viewer_reason"]


def test_how_one_at_the_door_is_signed_in_is_for_the_officers_and_gives_the_first_way_to_confirm() -> None:
    held = hall(identity_methods=("known",)).in_room("anna")
    held.give(pr.EnterLobby(), Actor("m2", signed_in=SignedIn("oidc", "loa3", is_strong=True)))
    held.give(pr.RestoreLink("m2"), SYSTEM)
    for viewer in (CHAIR, DESK):
        told = row(seen(held, viewer), "m2")
        assert told["signed_in"] == {"method": "oidc", "assurance": "loa3", "is_strong": True}
        assert told["identity_methods"] == ["eid", "known"]
    assert row(seen(held, member("m2")), "m2")["signed_in"] is None
    assert "inloggad med e-legitimation" in json.dumps(seen(held)["log"], ensure_ascii=False)
    held.give(pr.Depart(), "m2")
    assert row(seen(held), "m2")["signed_in"] is None


def test_the_next_substitute_is_named_for_each_member_who_does_not_count() -> None:
    substitutes = (person("a1", "A", "substitute", 1), person("a2", "A", "substitute", 2))
    held = hall(roster=(*members(5), *substitutes, SECRETARY)).in_room("anna", "a2", "a1")
    told = seen(held, DESK)
    assert row(told, "m2")["next_substitute"] == "a1"
    assert row(told, "m3")["next_substitute"] is None
    assert row(told, "anna")["next_substitute"] is None
    held.in_room("m4").give(cf.DeclareConflict("m1"), "m4")
    held.in_room("m3", "m5").roll_call().takes_up()
    assert row(seen(held), "m4")["next_substitute"] == "a1"


def test_the_debate_shows_the_floor_and_the_list_with_where_they_are() -> None:
    held = hall().in_room("anna", "m3", "m4").remotely("m2").roll_call().takes_up()
    for one in ("m2", "m3"):
        held.give(db.RequestFloor(), one)
    held.give(db.GiveFloor())
    debate = seen(held)["debate"]
    assert (debate["floor"]["person"], debate["floor"]["where"]) == ("m2", "remote")
    assert [(q["person"], q["where"]) for q in debate["queue"]] == [("m3", "room")]
    assert seen(held, member("m3"))["me"]["request"]["position"] == 1


def test_a_member_is_told_what_may_be_done_and_why_the_rest_may_not() -> None:
    held = under_way(4).takes_up()
    can = seen(held, member("m2"))["me"]["can"]
    assert can["request-floor"] is None
    assert can["propose"] is None
    assert can["cast-vote"]["reason"] == "Ingen votering pågår"
    assert can["reserve"]["reason"] == "Inget beslut än"
    outside = seen(held, member("m5"))["me"]["can"]
    assert outside["propose"]["reason"] == "Inte närvarande"
    assert outside["enter-lobby"] is None


def test_strangers_and_the_hall_may_do_nothing() -> None:
    assert seen(hall(), SCREEN)["me"]["can"] == {}
    assert seen(hall(), member("nobody"))["me"]["can"] == {}


def test_what_a_member_has_done_is_the_members_own_section() -> None:
    held = under_way()
    held.give(cf.DeclareConflict("m2"), "m3")
    held.takes_up()
    made = held.proposal("m3")
    can = seen(held, member("m3"))["me"]["can"]
    assert can["withdraw-proposal"] is None
    assert can["withdraw-conflict"] is None
    held.debate_closed().put().found(made).gavel()
    held.give(rs.Reserve("m1"), "m3")
    me = seen(held, member("m3"))["me"]
    assert (me["conflict_in"], me["reserved_in"]) == (["m2"], ["m1"])
    assert me["can"]["add-reservation-text"] is None


def test_the_matter_tells_proposals_minority_decision_and_steps() -> None:
    held = under_way(kind="assembly", agenda=(matter("m1"), matter("m2", "information"))).takes_up()
    referral = held.proposal("m2", "refer_back", motivation="Skäl.")
    minority = seen(held)["matter"]["minority"]
    assert (minority["count"], minority["needed"], minority["right"]) == (1, 2, False)
    assert "1 av 5 närvarande" in minority["why_not"]
    held.give(pp.SupportProposal(referral), "m3")
    assert seen(held)["matter"]["minority"]["why_not"] is None
    held.debate_closed()
    assert [s["state"] for s in seen(held)["matter"]["steps"]] == ["done", "done", "here", "todo"]
    assert seen(held)["steps"]["primary"]["label"] == "Klubba: återremiss"
    assert [r["ok"] for r in seen(held)["deciding"]["ready"]] == [True] * 4


def test_a_decision_is_told_in_the_words_of_the_proposal() -> None:
    held = under_way().decided()
    decision = seen(held)["matter"]["decision"]
    assert decision["text"] == (
        "Beslut enligt kommunstyrelsens förslag. Remissen besvaras enligt förvaltningens skrivelse."
    )
    moved = under_way().takes_up()
    moved.proposal("m2", text="att kommunen avstår.")
    moved.debate_closed().put().found("m1-p1").gavel()
    told = seen(moved)["matter"]["decision"]["text"]
    assert told == "Beslut enligt M2 A-sons (A) yrkande: att kommunen avstår."
    noted = under_way(agenda=(matter("m1", "information"),)).takes_up()
    noted.give(NoteMatter())
    assert seen(noted)["matter"]["decision"]["text"] == "Informationen läggs till handlingarna."
    assert [s["name"] for s in seen(noted)["matter"]["steps"]] == ["Upptaget", "Genomgång"]


def test_the_words_to_read_aloud_follow_the_question() -> None:
    held = under_way().takes_up()
    held.proposal("m2", "defer")
    held.proposal("m3", "refer_back")
    addition = held.proposal("m4", "add")
    for one in ("m2", "m5"):
        held.proposal(one)
    held.debate_closed().put()

    def aloud() -> str:
        deciding = seen(held)["deciding"]
        return next(str(c["read_aloud"]) for c in deciding["contests"] if c["id"] == deciding["current"])

    assert aloud() == "Finner jag att kommunstyrelsen beslutar att ärendet avgörs i dag?"
    held.found("m1-p1")
    assert aloud() == "Finner jag att kommunstyrelsen beslutar att bordlägga ärendet?"
    held.found("m1-p2")
    assert aloud() == "Finner jag att kommunstyrelsen beslutar att återremittera ärendet?"
    held.found(TODAY).gavel().put()
    assert aloud() == "Finner jag att kommunstyrelsen beslutar enligt kommunstyrelsens förslag?"
    deciding = seen(held)["deciding"]
    now = next(c for c in deciding["contests"] if c["id"] == deciding["current"])
    assert [one["read_aloud"].split(" enligt ")[1] for one in now["candidates"]] == [
        "kommunstyrelsens förslag?",
        "M2 A-sons (A) yrkande?",
        "M5 B-sons (B) yrkande?",
    ]
    held.found("m1-p0").demanded("m2").put()
    assert aloud() == "Finner jag att kommunstyrelsen utser M2 A-sons (A) yrkande till motförslag?"
    held.found("m1-p4").gavel().division_opened()
    assert aloud().startswith("Den som vill bifalla kommunstyrelsens förslag röstar ja.")
    held.votes(anna="yes").division_closed().gavel().put()
    assert "tilläggsyrkande?" in aloud()
    held.found("reject")
    assert aloud() == "Finner jag att kommunstyrelsen beslutar att avslå tilläggsyrkandet?"
    assert addition == "m1-p3"


def test_the_running_log_has_a_line_for_everything_worth_one_and_never_a_vote() -> None:
    for held in (kommunstyrelse.held(), fullmaktige.held()):
        lines = seen(held, Viewer("secretary", "siv"))["log"]
        assert 50 < len(lines) <= 200
        assert not any(line["text"][0].islower() for line in lines)
        assert lines[-1]["text"] == "Sammanträdet avslutas."
        assert lines[-1]["strong"]
        assert "log" not in seen(held, SCREEN)


def test_needs_stand_with_the_most_urgent_first() -> None:
    substitutes = (person("a1", "A", "substitute", 1),)
    held = hall(roster=(*members(5), *substitutes, SECRETARY)).in_room("anna", "m3", "m4", "a1")
    held.remotely("m2").roll_call()
    held.give(cf.DeclareConflict("m1"), "m4")
    held.in_lobby("m5")
    held.takes_up()
    held.give(db.RequestFloor("order"), "m3")
    held.loses_link("m2")
    told = seen(held)["steps"]["needs"]
    assert [need["kind"] for need in told][:2] == ["dropped", "quorum"]
    assert {need["kind"] for need in told[2:]} == {"lobby", "order", "conflict"}
    conflict = next(need for need in told if need["kind"] == "conflict")
    assert conflict["actions"][0]["dialog"] == "call-substitute"
    held.give(pr.ContinueWithout("m2"))
    held.give(sb.CallInSubstitute("a1", "m4", only_matter=True))
    assert [n["kind"] for n in seen(held)["steps"]["needs"] if n["level"] == "bad"] == []


def test_the_secretary_is_asked_about_a_chair_who_is_not_there() -> None:
    held = hall()
    [need] = seen(held, DESK)["steps"]["needs"]
    assert (need["kind"], need["actions"][0]["dialog"]) == ("chair", "handover")
    held.in_lobby("anna")
    [need] = seen(held, DESK)["steps"]["needs"]
    assert (need["kind"], need["actions"][0]["dialog"]) == ("lobby", "identity")


def test_the_secretary_follows_the_division_and_gives_only_own_acts() -> None:
    held = under_way().divided()
    assert "oral-votes" in dialogs(held, DESK)
    held.votes(m2="no").division_closed()
    held.give(dv.ObjectToVote(), "m2")
    told = seen(held, DESK)["steps"]
    assert [n["kind"] for n in told["needs"]] == ["objection"]
    assert told["needs"][0]["actions"][0]["command"]["name"] == "correct-vote"
    held.give(dv.CorrectVote("m2", "no"), "sara")
    held.gavel()
    assert "reservation" in dialogs(held, DESK)


def dialogs(held: Hall, viewer: Viewer) -> list[str]:
    return [one["dialog"] for one in seen(held, viewer)["steps"]["seconds"]]


def test_a_closed_meeting_asks_nothing_more() -> None:
    held = under_way()
    held.give(st.AskForReservations())
    held.give(st.CloseMeeting())
    for viewer in (CHAIR, DESK):
        assert seen(held, viewer)["steps"] == {"primary": None, "seconds": [], "needs": []}


def test_a_voided_division_is_told_with_its_reason_until_the_next() -> None:
    held = under_way().divided()
    held.give(dv.VoidDivision("Fel fråga"))
    assert seen(held)["division"]["void_reason"] == "Fel fråga"
    assert seen(held)["division"]["carried"] is None


def test_a_lobby_link_that_is_bad_is_no_need_of_its_own() -> None:
    held = hall().in_room("anna")
    held.in_lobby("m2")
    held.give(pr.LoseLink("m2", False, True, "mute"), SYSTEM)
    assert [n["kind"] for n in seen(held)["steps"]["needs"]] == ["lobby"]


def test_a_matter_put_off_is_told_without_a_proposals_words() -> None:
    held = under_way().takes_up()
    referral = held.proposal("m2", "refer_back", motivation="Skäl.")
    held.debate_closed().put().found(referral).gavel()
    assert seen(held)["matter"]["decision"]["text"] == "Ärendet återremitteras."


def test_the_secretary_may_write_down_what_is_said_in_the_debate() -> None:
    held = under_way().takes_up()
    assert {"propose", "add-speaker", "conflict"} <= set(dialogs(held, DESK))
    assert "conflict" in dialogs(held.debate_closed(), DESK)


def test_a_disqualified_member_without_substitutes_is_a_fact_and_no_question() -> None:
    held = under_way(4)
    held.give(cf.RecordConflict("m1", "m4"), "sara")
    held.give(cf.RecordConflict("m1", "m5"), "sara")
    [need] = seen(held.takes_up())["steps"]["needs"]
    assert (need["person"], need["actions"]) == ("m4", [])


def test_the_chair_sees_in_the_roll_call_who_follows_as_a_viewer() -> None:
    held = hall(
        roster=(*members(3), person("viv", order=4, presidium="first_vice_chair"), SECRETARY), kind="assembly"
    )
    held.in_lobby("viv")
    assert [need["kind"] for need in seen(held)["steps"]["needs"]] == ["viewer"]
