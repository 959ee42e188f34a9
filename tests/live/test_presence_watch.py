"""From facts about lines to presence: the thresholds at, below and above, and whose fault it is."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from meeting_server.live.presence_watch import Change, PresenceWatch
from meeting_server.media_protocol import Quality

GOOD = Quality("p", True, True, True, True, -30, 20, 100, 0.0, 0.0, 30.0, 80, 900)
ANNA = {"anna": "remote"}


def watch(at: float = 0.0) -> PresenceWatch:
    """Media is up and Anna's line is good."""
    made = PresenceWatch()
    made.media_up(at)
    made.connected("anna", at)
    made.quality("anna", GOOD, at)
    made.step(ANNA, at)
    return made


def state_of(found: PresenceWatch, at: float) -> str:
    found.step(ANNA, at)
    return found.lines["anna"].state


def test_a_good_line_is_live_and_nothing_is_told() -> None:
    good = watch()
    assert good.step(ANNA, 1.0) == []
    assert good.lines["anna"].state == "live"


@pytest.mark.parametrize(("silent", "is_lost"), [(5.9, False), (6.0, True), (8.0, True)])
def test_silence_loses_the_line_at_six_seconds(silent: float, is_lost: bool) -> None:
    line = watch()
    quality = replace(GOOD, silent_for_ms=int(silent * 1000))
    line.quality("anna", quality, 10.0)
    expected = [Change("anna", True, "silent", audio=False, video=False)] if is_lost else []
    assert line.step(ANNA, 10.0) == expected


@pytest.mark.parametrize(("age", "is_lost"), [(3.9, False), (4.0, True), (5.0, True)])
def test_a_frozen_picture_loses_the_line_at_four_seconds_and_the_sound_is_told_apart(
    age: float, is_lost: bool
) -> None:
    line = watch()
    line.quality("anna", replace(GOOD, video_age_ms=int(age * 1000)), 10.0)
    expected = [Change("anna", True, "no-picture", audio=True, video=False)] if is_lost else []
    assert line.step(ANNA, 10.0) == expected


def test_reports_that_stop_coming_count_as_silence() -> None:
    line = watch()
    line.quality("anna", replace(GOOD, video_age_ms=0, silent_for_ms=0), 10.0)
    assert line.step(ANNA, 13.9) == []
    assert line.step(ANNA, 14.0)[0].is_lost


def test_a_lost_transport_is_lost_at_once() -> None:
    line = watch()
    line.lost("anna", 1.0)
    assert line.step(ANNA, 1.0) == [Change("anna", True, "transport", audio=False, video=False)]


@pytest.mark.parametrize(("good_for", "is_back"), [(1.9, False), (2.0, True), (3.0, True)])
def test_a_lost_line_is_back_after_two_good_seconds(good_for: float, is_back: bool) -> None:
    line = watch()
    line.lost("anna", 1.0)
    dropped = {"anna": "dropped"}
    line.step(dropped, 1.0)
    line.connected("anna", 5.0)
    line.quality("anna", GOOD, 5.0)
    line.step(dropped, 5.0)
    line.quality("anna", GOOD, 5.0 + good_for)
    assert line.step(dropped, 5.0 + good_for) == ([Change("anna", False)] if is_back else [])


@pytest.mark.parametrize("presence", ["room", "left", "absent", "expected", "viewer"])
def test_who_is_not_at_a_distance_cannot_lose_the_line(presence: str) -> None:
    line = watch()
    line.lost("anna", 1.0)
    assert line.step({"anna": presence}, 100.0) == []


def test_in_the_lobby_one_who_was_seen_is_lost_again_and_one_never_seen_has_nothing_to_lose() -> None:
    line = watch()
    line.lost("anna", 1.0)
    found = line.step({"anna": "lobby", "bo": "waiting"}, 50.0)
    assert [change.person for change in found] == ["anna"]


@pytest.mark.parametrize(("good_for", "is_seen"), [(1.9, False), (2.0, True), (3.0, True)])
def test_in_the_lobby_somebody_is_seen_after_two_good_seconds(good_for: float, is_seen: bool) -> None:
    line = watch()
    waiting = {"anna": "waiting"}
    line.step(waiting, 0.0)
    line.quality("anna", GOOD, good_for)
    assert line.step(waiting, good_for) == ([Change("anna", False)] if is_seen else [])


@pytest.mark.parametrize(("known", "sound"), [("waiting", True), ("waiting-sound", False)])
def test_in_the_lobby_it_is_told_what_is_missing_once(known: str, sound: bool) -> None:
    line = watch()
    line.quality("anna", replace(GOOD, video_age_ms=5000, audio_in=sound), 10.0)
    told = [Change("anna", True, "no-picture", audio=sound, video=False)]
    assert line.step({"anna": known}, 10.0) == told
    assert line.step({"anna": "waiting-sound" if sound else "waiting"}, 10.0) == []


def test_one_let_in_with_sound_alone_is_lost_only_when_the_sound_is() -> None:
    line = watch()
    line.quality("anna", replace(GOOD, video_age_ms=5000), 10.0)
    assert line.step({"anna": "remote-sound"}, 10.0) == []
    line.lost("anna", 11.0)
    assert line.step({"anna": "remote-sound"}, 11.0) == [Change("anna", True, "transport", False, False)]


@pytest.mark.parametrize(("waited", "is_lost"), [(7.9, False), (8.0, True)])
def test_one_counted_as_remote_and_never_heard_is_lost_after_eight_seconds(
    waited: float, is_lost: bool
) -> None:
    line = PresenceWatch()
    line.media_up(0.0)
    line.step({"bo": "remote"}, 0.0)
    assert bool(line.step({"bo": "remote"}, waited)) is is_lost


def test_one_whose_line_another_node_may_hold_is_not_ours_to_lose() -> None:
    line = PresenceWatch(adopts_unseen=False)
    line.media_up(0.0)
    line.step({"bo": "remote"}, 0.0)
    assert line.step({"bo": "remote"}, 100.0) == []


def test_our_own_crash_loses_nobody_who_is_back_in_time() -> None:
    line = watch()
    line.media_down(10.0)
    assert line.step(ANNA, 12.0) == []
    line.media_up(13.0)
    assert line.step(ANNA, 15.0) == []
    line.connected("anna", 16.0)
    line.quality("anna", GOOD, 17.0)
    assert line.step(ANNA, 17.0) == []
    line.quality("anna", GOOD, 22.0)
    assert line.step(ANNA, 22.0) == []


@pytest.mark.parametrize(("at", "is_lost"), [(20.9, False), (21.0, True)])
def test_one_who_is_not_back_eight_seconds_after_media_is_up_is_lost(at: float, is_lost: bool) -> None:
    line = watch()
    line.media_down(10.0)
    line.media_up(13.0)
    assert bool(line.step(ANNA, at)) is is_lost


@pytest.mark.parametrize(("at", "is_lost"), [(17.9, False), (18.0, True)])
def test_when_media_stays_down_everybody_is_lost_after_eight_seconds(at: float, is_lost: bool) -> None:
    line = watch()
    line.media_down(10.0)
    found = line.step(ANNA, at)
    assert bool(found) is is_lost
    assert all(change.reason == "media-down" for change in found)


def test_a_weak_line_is_weak_after_two_seconds_and_live_again_after_four() -> None:
    line = watch()
    bad = replace(GOOD, loss_in=0.2)
    states = []
    for second in range(1, 12):
        line.quality("anna", bad if second <= 4 else GOOD, float(second))
        states.append(state_of(line, float(second)))
    assert states == ["live", "live", "weak", "weak", "weak", "weak", "weak", "weak", "live", "live", "live"]


def test_a_line_that_wavers_does_not_nag() -> None:
    line = watch()
    states = set()
    for second in range(1, 20):
        line.quality("anna", replace(GOOD, loss_out=0.2 if second % 2 else 0.0), float(second))
        states.add(state_of(line, float(second)))
    assert states == {"live"}


def test_what_is_held_back_from_a_narrow_line_is_told_with_the_line() -> None:
    found = watch()
    origin = datetime(2026, 11, 21, tzinfo=UTC)
    assert found.links(origin)["anna"]["held"] == []
    found.quality("anna", replace(GOOD, held=("hall", "wall")), 1.0)
    assert found.links(origin)["anna"]["held"] == ["hall", "wall"]


# ---- a media process that stands still ----


@pytest.mark.parametrize(
    ("silence", "is_lost"),
    [(2.4, True), (2.5, False), (10.4, False), (10.5, True)],
    ids=["reports are coming", "they have stopped", "as long as a crash", "longer"],
)
def test_while_the_reports_have_stopped_nobody_is_lost_for_as_long_as_by_a_crash(
    silence: float, is_lost: bool
) -> None:
    line = watch()
    line.media_heard(10.0)
    line.quality("anna", replace(GOOD, video_age_ms=5000), 10.0)
    assert bool(line.step(ANNA, 10.0 + silence)) is is_lost


@pytest.mark.parametrize(("after", "is_lost"), [(7.9, False), (8.0, True)])
def test_when_they_come_again_everybody_has_the_grace_of_a_crash(after: float, is_lost: bool) -> None:
    line = watch()
    line.media_heard(10.0)
    line.media_heard(15.0)
    for second in range(1, 9):
        line.media_heard(15.0 + second)
    line.quality("anna", replace(GOOD, silent_for_ms=9000), 15.0)
    assert bool(line.step(ANNA, 15.0 + after)) is is_lost


def test_reports_that_come_every_second_give_no_grace() -> None:
    line = watch()
    for second in range(10):
        line.media_heard(float(second))
    line.lost("anna", 9.0)
    assert line.step(ANNA, 9.0)[0].is_lost


def test_a_process_that_has_just_come_up_is_not_taken_for_standing_still() -> None:
    line = watch()
    line.media_heard(1.0)
    line.media_down(10.0)
    line.media_up(30.0)
    line.media_heard(31.0)
    assert line.media_up_at == 30.0
