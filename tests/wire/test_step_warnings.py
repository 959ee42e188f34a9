"""What the chair is told before a step is given that leaves somebody out."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest

from meeting_server.law.proportional import SlipGroup
from meeting_server.meeting import elections as el
from meeting_server.meeting import proportional as pn
from meeting_server.meeting import sitting as st
from meeting_server.minutes.compose import compose
from meeting_server.minutes.editing import section_text
from tests.builders import Hall, hall, members, under_way
from tests.meeting.electing import CODES, nominating, opened
from tests.wire.test_steps import press, steps


def told(held: Hall) -> list[tuple[str, str]]:
    """The codes and sentences of the primary, which asks exactly when it has something to tell."""
    primary: dict[str, Any] = steps(held)["primary"]
    assert (primary["dialog"] == "confirm") == bool(primary["warns"])
    assert primary["command"]
    return [(one["code"], one["because"]) for one in primary["warns"]]


def test_a_division_names_who_has_not_voted_and_asks_nothing_once_all_have() -> None:
    held = under_way().divided()
    held.votes(m2="yes", m3="no")
    because = "3 av 5 har inte röstat: du själv, M4 A-son (A) och M5 B-son (B)."
    assert told(held) == [("votes-missing", because)]
    held.votes(m4="yes", m5="abstain")
    assert told(held) == [("votes-missing", "1 av 5 har inte röstat: du själv.")]
    held.votes(anna="yes")
    assert told(held) == []
    assert press(held) == "Stäng voteringen"


@pytest.mark.parametrize(("voters", "named"), [(9, True), (10, True), (11, False)])
def test_up_to_eight_are_named(voters: int, named: bool) -> None:
    held = under_way(roster=(*members(voters), hall().meeting.people["sara"])).divided()
    held.votes(anna="yes", m2="no")
    [(code, because)] = told(held)
    assert code == "votes-missing"
    assert because.startswith(f"{voters - 2} av {voters} har inte röstat")
    assert ("M3 B-son (B)" in because) is named


@pytest.mark.parametrize(
    ("cast", "codes"),
    [
        (1, ["ballots-missing", "ballot-reveals"]),
        (2, ["ballots-missing", "ballot-reveals"]),
        (3, ["ballots-missing"]),
        (5, []),
    ],
)
def test_few_ballots_would_show_how_they_voted(cast: int, codes: list[str]) -> None:
    held = opened("Ada", "Bo", method="electronic")
    for person, code in zip(held.people[:cast], CODES, strict=False):
        held.give(el.CastBallot((), code), person)
    assert [code for code, _ in told(held)] == codes
    assert steps(held)["primary"]["blocked"] is None
    assert not any(name in because for _, because in told(held) for name in ("Anna", "M2", "M3"))


def test_an_empty_box_and_a_ballot_by_slips_show_nothing_of_anybody() -> None:
    held = opened("Ada", "Bo", method="electronic")
    assert told(held) == [("ballots-missing", "5 av 5 har inte lagt sin valsedel.")]
    assert told(opened("Ada", "Bo")) == []


def test_the_roll_call_names_those_nobody_has_called_and_those_in_the_lobby() -> None:
    held = hall().in_room("anna", "m2", "m3").opened()
    because = "2 av 5 är inte uppropade: M4 A-son (A) och M5 B-son (B)."
    assert told(held) == [("not-called", because)]
    held.in_lobby("m4")
    [step] = [one for one in steps(held)["seconds"] if one["label"].startswith("Uppropet är klart")]
    assert [(one["code"], one["because"]) for one in step["warns"]] == [
        ("not-called", "1 av 5 är inte uppropade: M5 B-son (B)."),
        ("lobby-waiting", "1 väntar på att släppas in: M4 A-son (A)."),
    ]
    assert told(hall().in_room("anna", "m2", "m3", "m4", "m5").opened()) == []


def test_a_pause_of_a_said_length_asks_until_it_is_over() -> None:
    held = under_way()
    held.give(st.PauseMeeting(20))
    warned, _ = steps(held)["primary"]["warns"]
    assert (warned["code"], warned["because"]) == (
        "pause-not-over",
        "Mötet ajournerades i 20 min, och tiden är inte slut.",
    )
    assert datetime.fromisoformat(warned["until"]) == held.meeting.at + timedelta(minutes=20)
    held = under_way()
    held.give(st.PauseMeeting(None))
    assert [one["code"] for one in steps(held)["primary"]["warns"]] == ["pause-over-night"]


@pytest.mark.parametrize(
    ("starts_at", "after"),
    [
        ("2026-11-24T17:59:00+01:00", "2026-11-25T00:00:00+01:00"),
        ("2026-11-24T18:00:00+01:00", "2026-11-25T00:00:00+01:00"),
        ("2026-11-24T18:01:00+01:00", "2026-11-25T00:01:00+01:00"),
    ],
)
def test_a_pause_over_midnight_and_six_hours_is_taken_for_a_night(starts_at: str, after: str) -> None:
    held = under_way()
    held.wait(seconds=(datetime.fromisoformat(starts_at) - held.meeting.at).total_seconds() - 1)
    held.give(st.PauseMeeting(None))
    [warned] = steps(held)["primary"]["warns"]
    assert datetime.fromisoformat(warned["after"]) == datetime.fromisoformat(after)
    held.give(st.PauseUntilDay(datetime.fromisoformat("2026-11-25T13:00:00+01:00")))
    held.in_room("anna")
    assert told(held) == []


def test_one_person_who_got_two_places_is_told_before_the_gavel_and_in_the_minutes() -> None:
    held = nominating(3, proportional=True)
    for person in ("m2", "m3"):
        held.give(pn.DemandProportional(), person)
    held.debate_closed().give(el.OpenBallot("proportional", ("m2",)))
    held.give(el.CloseBallot())
    groups = (SlipGroup("Alliansen", ("Ada", "Bo"), 3), SlipGroup("Vänstern", ("Ada", "Disa"), 2))
    held.give(el.EnterGroups(groups, 0, 0), "sara")
    assert told(held) == [
        (
            "elected-twice",
            "2 av 3 platser tillfaller Ada, på Alliansen och Vänstern. Ingen kan ha mer än en plats. "
            "Valförrättaren avgör vad som gäller innan valet klubbas (4 § lagen 2022:629).",
        )
    ]
    held.give(el.ConfirmElection())
    text = " ".join(section_text(one) for one in compose(held.log).paragraphs[0].sections)
    assert "2 platser tillfaller Ada, på Alliansen och Vänstern." in text
