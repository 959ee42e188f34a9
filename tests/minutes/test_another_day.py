"""Minutes of a meeting that went on another day tell of both days."""

from __future__ import annotations

import datetime as dt

from meeting_server.meeting.presence import (
    CompleteRollCall,
    ConfirmIdentity,
    LoseLink,
    RecordAbsence,
    RecordArrival,
    RecordDeparture,
)
from meeting_server.meeting.sitting import PauseMeeting, PauseUntilDay, ResumeMeeting
from meeting_server.meeting.undecided import LeaveMatter
from tests.minutes.hall import CHAIR, SECRETARY, Hall
from tests.minutes.reading_aloud import minutes_of, paragraph_of, row_of, said

DAY_TWO = dt.datetime(2026, 11, 18, 12, 0, tzinfo=dt.UTC)


def resumed(hall: Hall, here: tuple[str, ...], remote: tuple[str, ...] = ()) -> Hall:
    """The next day from 12.51: those come, the chair resumes and calls the roll."""
    hall.now = DAY_TWO - dt.timedelta(minutes=10)
    for person in here:
        hall.act(SECRETARY, RecordArrival(person))
    hall.now = DAY_TWO
    hall.act(CHAIR, ResumeMeeting())
    for person in remote:
        hall.in_lobby(person).act(CHAIR, ConfirmIdentity(person, "known"))
    for person in hall.seats:
        if person not in (*here, *remote):
            hall.act(SECRETARY, RecordAbsence(person))
    return hall.act(CHAIR, CompleteRollCall())


def two_days() -> Hall:
    hall = Hall(seats=5, remote=("p5",)).open().note("m1")
    hall.act(CHAIR, PauseMeeting(10), ResumeMeeting(), PauseUntilDay(DAY_TWO, "Klockan är mycket"))
    return resumed(hall, ("p1", "p2", "p3"), ("p5",))


def test_the_head_tells_the_days_with_their_times_and_pauses() -> None:
    minutes = minutes_of(two_days().note("m5").close())
    assert minutes.date_text == "17 och 18\u00a0november\u00a02026"
    assert minutes.time_text == (
        "Den 17\u00a0november\u00a02026, kl.\u00a018.02–18.13, ajournering kl.\u00a018.11–18.12, och "
        "den 18\u00a0november\u00a02026, kl.\u00a013.01–13.09"
    )


def test_the_paragraph_tells_of_the_new_day_and_its_roll_call_and_of_nobody_who_came_to_it() -> None:
    hall = two_days().take_up("m3")
    assert [line for line in said(hall, "m3", "events").splitlines() if line] == [
        "Sammanträdet ajourneras kl.\u00a018.11–18.12. Därefter är 5 närvarande.",
        "Sammanträdet ajourneras kl.\u00a018.13 till den 18\u00a0november\u00a02026 kl.\u00a013.00. "
        "Skäl: Klockan är mycket.",
        "Sammanträdet fortsätter den 18\u00a0november\u00a02026 kl.\u00a013.01.",
        "Upprop förrättas; 4 ledamöter är närvarande, varav 1 på distans. "
        "Ordföranden har kontrollerat vilka som deltar på distans.",
    ]


def test_a_paragraph_of_a_later_day_tells_its_day_and_one_of_the_first_keeps_its_words() -> None:
    hall = Hall(seats=5).open().note("m1")
    first = paragraph_of(hall, "m1").sections
    hall.act(CHAIR, PauseUntilDay(DAY_TWO))
    resumed(hall, ("p1", "p2", "p3")).note("m5").take_up("m4")
    assert paragraph_of(hall, "m1").sections[0] == first[0]
    assert first[0].heading == "Beslut"
    assert paragraph_of(hall, "m5").sections[0].heading == "Beslut den 18\u00a0november\u00a02026"
    for person in ("p2", "p3"):
        hall.act(SECRETARY, RecordDeparture(person))
    hall.act(CHAIR, LeaveMatter())
    assert paragraph_of(hall, "m4").sections[0].heading == "Inte avgjort den 18\u00a0november\u00a02026"


def test_a_matter_taken_up_one_day_and_decided_the_next_has_the_day_of_the_decision() -> None:
    hall = Hall(seats=5).open().take_up("m4").act(CHAIR, PauseUntilDay(DAY_TWO))
    resumed(hall, ("p1", "p2", "p3")).put().carry("m4-p0")
    assert paragraph_of(hall, "m4").sections[0].heading.startswith("Beslut den 18")


def test_attendance_tells_the_day_of_whoever_was_there_for_a_part() -> None:
    hall = two_days().note("m5")
    hall.close()
    assert row_of(hall, "p2").time_text == "§§\u00a0208–209"
    assert row_of(hall, "p4").time_text == "§\u00a0208, den 17\u00a0november kl.\u00a018.02–18.13"


def test_a_pause_that_became_a_night_ends_the_day_when_it_began() -> None:
    hall = Hall(seats=5).open().note("m1").act(CHAIR, PauseMeeting())
    hall.now = DAY_TWO - dt.timedelta(minutes=30)
    hall.act(CHAIR, PauseUntilDay(DAY_TWO))
    resumed(hall, ("p1", "p2", "p3")).note("m5").close()
    assert row_of(hall, "p4").time_text.endswith("den 17\u00a0november kl.\u00a018.02–18.10")
    assert said(hall, "m5", "events").splitlines()[0] == (
        "Sammanträdet ajourneras kl.\u00a018.10 till den 18\u00a0november\u00a02026 kl.\u00a013.00."
    )


def test_a_link_lost_the_first_day_is_not_mended_the_second() -> None:
    hall = Hall(seats=5, remote=("p5",)).open().take_up("m3")
    hall.act(None, LoseLink("p5", False, False, "ice-failed")).act(CHAIR, PauseUntilDay(DAY_TWO))
    resumed(hall, ("p1", "p2", "p3", "p4"), ("p5",))
    [broken] = row_of(hall, "p5").interruptions
    assert (broken.confirmed_at, broken.text) == (None, "Förbindelsen bruten från kl.\u00a018.10.")
    assert "åter upprättad" not in said(hall, "m3", "events")


def test_before_the_meeting_goes_on_the_minutes_tell_the_first_day() -> None:
    hall = Hall(seats=5).open().note("m1").act(CHAIR, PauseUntilDay(DAY_TWO))
    minutes = minutes_of(hall)
    assert minutes.time_text == "Den 17\u00a0november\u00a02026, kl.\u00a018.02–18.10"
    assert minutes.date_text == "17\u00a0november\u00a02026"


def test_days_of_two_months_are_each_named() -> None:
    later = dt.datetime(2026, 12, 1, 8, 0, tzinfo=dt.UTC)
    hall = Hall(seats=5).open().note("m1").act(CHAIR, PauseUntilDay(later))
    hall.now = later
    for person in hall.seats:
        hall.act(SECRETARY, RecordArrival(person))
    hall.act(CHAIR, ResumeMeeting(), CompleteRollCall()).note("m5").close()
    assert minutes_of(hall).date_text == "17\u00a0november och 1\u00a0december\u00a02026"
