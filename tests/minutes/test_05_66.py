"""5 kap.

66 § Protokollet ska redovisa vilka ledamöter och ersättare som har tjänstgjort och vilka ärenden som har
handlagts.
"""

import datetime as dt

from meeting_server.meeting.abstention import Abstain
from meeting_server.meeting.agenda import FinishMatter
from meeting_server.meeting.conflicts import DeclareConflict
from meeting_server.meeting.deciding import Gavel
from meeting_server.meeting.presence import (
    ConfirmIdentity,
    ContinueWithout,
    EnterLobby,
    LoseLink,
    RecordAbsence,
    RecordArrival,
    RecordDeparture,
    RestoreLink,
)
from meeting_server.meeting.presiding import HandOverChair
from meeting_server.meeting.proposals import Propose
from meeting_server.meeting.sitting import PauseMeeting, ResumeMeeting
from meeting_server.meeting.substitutes import CallInSubstitute
from tests.minutes.hall import CHAIR, SECRETARY, VICE, Hall, matters
from tests.minutes.reading_aloud import minutes_of, paragraph_of, row_of, said


def test_members_who_serve_stand_first_with_the_presidium_at_the_top() -> None:
    rows = minutes_of(Hall(seats=5).open()).attendance
    assert [row.duty for row in rows if row.group == "serving"] == [
        "ordförande",
        "1:e vice ordförande",
        "2:e vice ordförande",
        "ledamot",
        "ledamot",
    ]


def test_a_substitute_who_serves_is_listed_with_the_member_and_the_times() -> None:
    hall = Hall(seats=5).open(absent=("p5",)).act(SECRETARY, RecordArrival("e1"))
    hall.act(SECRETARY, CallInSubstitute("e1", "p5")).note("m1").close()
    row = row_of(hall, "e1")
    assert (row.group, row.duty, row.serves_for) == ("serving", "tjänstgörande ersättare", "Erik Ekdal (A)")
    assert row.time_text == "§\u00a0208, kl.\u00a018.08–18.12"
    assert row_of(hall, "p5").group == "absent"


def test_a_substitute_who_serves_for_two_in_turn_is_listed_with_the_paragraphs_of_each() -> None:
    hall = Hall(seats=5, agenda=matters()[2:]).open().act(SECRETARY, RecordArrival("e1"))
    hall.act("p4", DeclareConflict("m3")).act(CHAIR, CallInSubstitute("e1", "p4", only_matter=True)).take_up(
        "m3"
    ).put().carry("m3-p0")
    hall.act(CHAIR, FinishMatter()).act(SECRETARY, RecordDeparture("p5"))
    hall.act(CHAIR, CallInSubstitute("e1", "p5", understood=True)).note("m5").close()
    assert row_of(hall, "e1").serves_for == "Rut Rosenlöf (A) §\u00a0208 och Erik Ekdal (A) §\u00a0209"
    assert row_of(hall, "p5").time_text.startswith("§\u00a0208, kl.")


def test_whoever_takes_no_part_in_the_decision_has_served_all_the_same() -> None:
    hall = Hall(seats=5).open().take_up("m3").act("p4", Abstain()).put().carry("m3-p0").note("m5")
    row = row_of(hall.close(), "p4")
    assert (row.time_text, row.decided) == ("§§\u00a0208–209", "§\u00a0209")
    assert "avstår från att delta" in said(hall, "m3", "participation")


def test_one_who_voted_neither_yes_nor_no_and_left_before_the_gavel_has_served() -> None:
    hall = Hall(seats=5).open().take_up("m3").act("p4", Propose("counter", "Remissen avstyrks.")).put()
    hall.divide("m3-p0", "p4", ("p4",), ("p5",)).act(SECRETARY, RecordDeparture("p5")).act(CHAIR, Gavel())
    assert row_of(hall.close(), "p5").time_text.startswith("§\u00a0208, kl.")


def came_back_the_same_day() -> Hall:
    """An assembly in which p5 leaves after the first matter and comes back (KL 5:20)."""
    hall = Hall(seats=5, kind="assembly").open().note("m1")
    return hall.act(SECRETARY, RecordDeparture("p5"), RecordArrival("p5"))


def test_one_locked_out_for_the_day_does_not_serve_after_coming_back() -> None:
    hall = came_back_the_same_day()
    hall.take_up("m3").put().carry("m3-p0")
    row = row_of(hall.close(), "p5")
    assert row.time_text == "§\u00a0208, kl.\u00a018.02–18.10"
    assert [one.serving for one in row.spans] == [True, False]


def test_one_locked_out_serves_again_the_day_after() -> None:
    hall = came_back_the_same_day().act(CHAIR, PauseMeeting(600, None))
    hall.now += dt.timedelta(hours=10)
    hall.act(CHAIR, ResumeMeeting())
    hall.take_up("m3").put().carry("m3-p0")
    row = row_of(hall.close(), "p5")
    assert [one.serving for one in row.spans] == [True, False, True]
    assert row.time_text.startswith("§§\u00a0208–209, kl.")


def test_a_substitute_who_only_listens_is_not_among_those_who_serve() -> None:
    hall = Hall(seats=5).open().act(SECRETARY, RecordArrival("e1"))
    assert row_of(hall, "e1").group == "substitute"


def test_a_member_who_leaves_has_times_and_takes_part_only_until_then() -> None:
    hall = Hall(seats=5).open().note("m1").act(SECRETARY, RecordDeparture("p5"))
    hall.take_up("m3").put().carry("m3-p0").close()
    row = row_of(hall, "p5")
    assert row.decided == "§\u00a0208"
    assert row.time_text == "§\u00a0208, kl.\u00a018.02–18.10"
    assert row_of(hall, "p4").time_text == "§§\u00a0208–209"


def test_who_took_part_remotely_stands_with_how_and_when_the_identity_was_confirmed() -> None:
    row = row_of(Hall(seats=5, remote=("p4",)).open(), "p4")
    assert row.place_text == "på distans"
    assert row.note == "Bekräftad kl.\u00a018.06, känd för ordföranden."


def test_a_lost_link_is_shown_with_its_times_and_the_new_confirmation() -> None:
    hall = Hall(seats=5, remote=("p4",)).open().take_up("m3")
    hall.act(None, LoseLink("p4", False, True, "tyst"), RestoreLink("p4")).act(
        CHAIR, ConfirmIdentity("p4", "eid")
    )
    row = row_of(hall, "p4")
    assert [one.text for one in row.interruptions] == ["Förbindelsen bruten kl.\u00a018.10–18.12."]
    assert [one.method for one in row.confirmations] == ["known", "eid"]
    assert "åter upprättad och ordföranden har bekräftat närvaron" in said(hall, "m3", "events")


def test_a_link_that_never_comes_back_ends_the_service_there() -> None:
    hall = Hall(seats=5, remote=("p4",)).open().take_up("m3")
    hall.act(None, LoseLink("p4", False, False, "tyst")).act(CHAIR, ContinueWithout("p4"))
    hall.put().carry("m3-p0").close()
    row = row_of(hall, "p4")
    assert row.decided == ""
    assert row.interruptions[0].continued_without
    assert "fortsätter sammanträdet utan" in said(hall, "m3", "events")


def test_a_member_who_moves_from_the_room_to_remote_is_listed_as_both() -> None:
    hall = Hall(seats=5).open().note("m1").act(SECRETARY, RecordDeparture("p5"))
    hall.in_lobby("p5").act(CHAIR, ConfirmIdentity("p5", "known"))
    assert row_of(hall, "p5").place_text == "i rummet och på distans"


def test_pauses_stand_in_the_head_and_in_the_paragraph() -> None:
    hall = Hall(seats=5).open().take_up("m3").act(CHAIR, PauseMeeting(5, "kaffe"), ResumeMeeting())
    assert minutes_of(hall).time_text.endswith("ajournering kl.\u00a018.09–18.10")
    assert (
        said(hall, "m3", "events")
        == "Sammanträdet ajourneras kl.\u00a018.09–18.10. Skäl: kaffe. Därefter är 5 närvarande."
    )


def test_each_matter_taken_up_is_a_paragraph_numbered_in_order() -> None:
    hall = Hall(seats=5).open().note("m1").note("m5")
    assert [(one.number, one.title) for one in minutes_of(hall).paragraphs] == [
        (208, "Upprop"),
        (209, "Information om delårsrapporten"),
    ]


def test_whoever_presided_answers_for_the_own_paragraphs() -> None:
    hall = Hall(seats=5).open().note("m1").act(CHAIR, HandOverChair(VICE, "jäv"))
    hall.take_up_as(VICE, "m5")
    assert paragraph_of(hall, "m5").chair == VICE
    chairs = {one.person: one.paragraphs for one in minutes_of(hall).signatories if one.role == "chair"}
    assert chairs == {CHAIR: (208,), VICE: (209,)}
    assert "övertar 1:e vice ordförande Bertil Bokström (B) ordförandeskapet (jäv)" in said(
        hall, "m5", "events"
    )


def test_a_vice_chair_of_an_assembly_who_comes_remotely_is_listed_as_a_viewer() -> None:
    hall = Hall(kind="assembly").open(absent=(VICE,)).act(VICE, EnterLobby()).note("m1")
    row = row_of(hall, VICE)
    assert (row.group, row.decided, row.note) == ("viewer", "", "Åskådare på distans, deltar inte.")


def test_the_reason_of_an_absence_stays_out_of_the_minutes() -> None:
    hall = Hall().open(absent=("p5",)).act(SECRETARY, RecordAbsence("p5", "sjuk"))
    assert row_of(hall, "p5").note == "Frånvarande."


def test_the_roll_call_tells_how_many_and_that_the_chair_checked_the_remote_ones() -> None:
    text = said(Hall(seats=5, remote=("p4", "p5")).open().note("m1"), "m1", "background")
    assert text.startswith("Upprop förrättas; 5 ledamöter är närvarande, varav 2 på distans.")
    assert "Ordföranden har kontrollerat vilka som deltar" in text
