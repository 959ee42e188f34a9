"""What stands on the notice board and for how long: words, appeal time, what may not be taken down."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from meeting_server.meeting.outcome import Refusal
from meeting_server.minutes.announcing import (
    announced_how,
    announcing_days,
    has_run,
    meeting_notice,
    require_postable,
    require_removable,
    term_of,
    urgent_notice,
    verification_notice,
)
from meeting_server.store.swedish_days import holidays_after
from tests.builders import convened, matter
from tests.minutes.sample import minutes as sample

OWN, OTHER = "Ekhamra kommun", "Granköpings kommun"
POSTED = date(2026, 11, 17)
ENDS = date(2026, 12, 8)


def test_three_weeks_run_from_the_last_of_the_notice_boards() -> None:
    assert term_of("verified_minutes", {OWN: POSTED}, {OWN}, None, ()).ends == ENDS
    both = term_of("verified_minutes", {OWN: POSTED, OTHER: date(2026, 11, 19)}, {OWN, OTHER}, None, ())
    assert (both.ends, both.removable_from) == (date(2026, 12, 10), date(2026, 12, 11))


def test_no_appeal_time_is_counted_before_it_stands_on_every_notice_board() -> None:
    term = term_of("verified_minutes", {OWN: POSTED}, {OWN, OTHER}, None, ())
    assert (term.ends, term.lacking) == (None, (OTHER,))
    with pytest.raises(Refusal, match="Granköpings kommun") as refused:
        require_removable("verified_minutes", term, date(2027, 6, 1))
    assert (refused.value.code, refused.value.cites) == ("posted-everywhere", "KL 9:32")


@pytest.mark.parametrize(
    ("posted", "three_weeks", "ends"),
    [
        (date(2026, 11, 27), date(2026, 12, 18), date(2026, 12, 18)),  # a Friday
        (date(2026, 11, 28), date(2026, 12, 19), date(2026, 12, 21)),  # a Saturday
        (date(2026, 11, 29), date(2026, 12, 20), date(2026, 12, 21)),  # a Sunday
        (date(2026, 11, 30), date(2026, 12, 21), date(2026, 12, 21)),  # a Monday
        (date(2022, 12, 5), date(2022, 12, 26), date(2022, 12, 27)),  # annandag jul, a Monday
        (date(2026, 12, 3), date(2026, 12, 24), date(2026, 12, 28)),  # julafton, then Christmas and a weekend
        (
            date(2026, 12, 10),
            date(2026, 12, 31),
            date(2027, 1, 4),
        ),  # nyårsafton; the next year's first Monday
        (date(2026, 5, 29), date(2026, 6, 19), date(2026, 6, 22)),  # midsommarafton
    ],
)
def test_a_last_day_of_appeal_at_a_weekend_or_holiday_is_the_next_weekday(
    posted: date, three_weeks: date, ends: date
) -> None:
    term = term_of("verified_minutes", {OWN: posted}, {OWN}, None, holidays_after(posted))
    assert (term.three_weeks, term.ends, term.rolled) == (three_weeks, ends, three_weeks != ends)
    with pytest.raises(Refusal) as refused:
        require_removable("verified_minutes", term, ends)
    assert refused.value.facts["three_weeks"] == three_weeks.isoformat()
    require_removable("verified_minutes", term, ends + timedelta(days=1))


@pytest.mark.parametrize(
    ("on", "left"), [(POSTED, "22 dagar"), (date(2026, 12, 7), "2 dagar"), (ENDS, "om 1 dag")]
)
def test_it_is_not_taken_down_while_the_appeal_time_runs(on: date, left: str) -> None:
    term = term_of("verified_minutes", {OWN: POSTED}, {OWN}, None, ())
    with pytest.raises(Refusal, match=left) as refused:
        require_removable("verified_minutes", term, on)
    assert (refused.value.code, refused.value.cites) == ("notice-stays", "KL 8:12")
    assert "8\N{NO-BREAK SPACE}december\N{NO-BREAK SPACE}2026" in refused.value.because


def test_the_day_after_it_may_be_taken_down_and_the_time_has_run() -> None:
    term, after = term_of("verified_minutes", {OWN: POSTED}, {OWN}, None, ()), date(2026, 12, 9)
    require_removable("verified_minutes", term, after)
    assert has_run(term, after, [])
    assert has_run(term, after, [after])
    assert not has_run(term, ENDS, [])
    assert not has_run(term, after, [ENDS])  # it was not there all the while


def test_the_notice_of_a_meeting_holds_itself_until_the_meeting_and_no_law_forbids_taking_it_down() -> None:
    term = term_of("assembly_meeting", {OWN: POSTED}, {OWN}, date(2026, 11, 24), ())
    assert (term.ends, term.removable_from) == (None, date(2026, 11, 25))
    require_removable("assembly_meeting", term, POSTED)
    assert not has_run(term, date(2027, 1, 1), [])


@pytest.mark.parametrize(
    ("announced", "how"),
    [(date(2026, 11, 22), "in_time"), (date(2026, 11, 23), "rolled"), (date(2026, 11, 24), "late")],
)
def test_the_second_day_after_verification_rolls_over_a_sunday(announced: date, how: str) -> None:
    friday = date(2026, 11, 20)
    assert announcing_days(friday, ()) == (date(2026, 11, 22), date(2026, 11, 23))
    assert announced_how(friday, announced, ()) == how


def test_only_what_the_law_names_stands_there() -> None:
    require_postable("how_to_appeal")
    with pytest.raises(Refusal) as refused:
        require_postable("advertisement")
    assert (refused.value.code, refused.value.cites) == ("posting", "KL 8:11")


def test_the_notice_of_a_meeting_tells_time_place_and_matters_but_no_secret() -> None:
    called = convened(kind="assembly", agenda=(matter("m1"), matter("m2", secrecy=True)))
    said = meeting_notice(called)
    assert [label for label, _ in said.facts] == ["Organ", "Tid", "Plats", "Allmänheten"]
    assert said.matters == ("Ärende 1, KS 2026/1", "Ärende med sekretess, KS 2026/2")
    assert urgent_notice(called, called.agenda[0]).matters == ("Ärende 1, KS 2026/1",)


def test_the_notice_of_verification_tells_where_the_minutes_are_and_the_day() -> None:
    minutes = sample()
    whole = dict(verification_notice(minutes, "minutes", where="Kansliet", on=POSTED, secret=False).facts)
    assert whole["Protokollet finns"] == "Kansliet"
    assert whole["Tillkännagivet"].split() == ["17", "november", "2026"]
    one = minutes.paragraphs[0]
    alone = dict(verification_notice(minutes, one.matter, where="Kansliet", on=POSTED, secret=False).facts)
    assert alone["Paragrafer"] == f"§ {one.number} {one.title}"
    secret = dict(verification_notice(minutes, one.matter, where="Kansliet", on=POSTED, secret=True).facts)
    assert secret["Paragrafer"] == f"§ {one.number}"
