"""What a check comes to: each threshold below, at and above, the seconds that count, and the worst first."""

from __future__ import annotations

from dataclasses import replace

import pytest

from meeting_server.live.check_verdict import BAD, CALM, WEAK, Measured, Told, judge, measure
from meeting_server.media_protocol import Picture, Quality

TOLD = Told(True, True, True, {"direct": True, "tcp": True}, 80, 0, 2500)
LINE = Measured(6, True, True, 1400, 1300, 0.0, 0.0, 20.0, False, "good")
SECOND = Quality("self", True, True, False, True, 20, 5, 20, 0.0, 0.0, 20.0, 1400, 1300)


def test_a_good_line_is_ok() -> None:
    assert judge(TOLD, LINE) == ("ok", ())


@pytest.mark.parametrize(
    ("told", "line", "grade", "found"),
    [
        ({}, {"loss_up": 0.0199}, "ok", ()),
        ({}, {"loss_up": 0.02}, "weak", ("loss",)),
        ({}, {"loss_down": 0.0799}, "weak", ("loss",)),
        ({}, {"loss_down": 0.08}, "bad", ("loss-bad",)),
        ({}, {"rtt_ms": 299.9}, "ok", ()),
        ({}, {"rtt_ms": 300.0}, "weak", ("delay",)),
        ({}, {"rtt_ms": None}, "ok", ()),
        ({"available_kbit": 800}, {"kbit_up": 60}, "ok", ()),
        ({"available_kbit": 799}, {"kbit_up": 60}, "weak", ("slow",)),
        ({"available_kbit": 199}, {"kbit_up": 200}, "weak", ("slow",)),
        ({"available_kbit": 199}, {"kbit_up": 199}, "bad", ("too-slow",)),
        ({"available_kbit": None}, {"kbit_up": 60}, "ok", ()),
        ({"freezes": 1}, {}, "ok", ()),
        ({"freezes": 2}, {}, "weak", ("freezes",)),
        ({"frames": 0}, {}, "weak", ("no-return",)),
        ({"frames": 0}, {"video": False}, "bad", ("no-picture",)),
        ({}, {"sound": False}, "bad", ("no-sound",)),
        ({}, {"thin": True}, "weak", ("thin",)),
        ({}, {"picture": "dark"}, "weak", ("dark",)),
        ({}, {"picture": "covered"}, "weak", ("covered",)),
        ({"spoke": False}, {}, "weak", ("silent",)),
        ({"heard": None}, {}, "weak", ("untried",)),
        ({"heard": False}, {}, "bad", ("unheard",)),
        ({"paths": {"direct": False, "tls": True}}, {}, "ok", ("relay-only",)),
        ({"devices": False, "spoke": False}, {"sound": False, "video": False}, "bad", ("no-devices",)),
    ],
)
def test_each_fault_is_found_from_its_threshold_on(
    told: dict[str, object], line: dict[str, object], grade: str, found: tuple[str, ...]
) -> None:
    assert judge(replace(TOLD, **told), replace(LINE, **line)) == (grade, found)  # type: ignore[arg-type]


@pytest.mark.parametrize("paths", [{"direct": False}, {}])
def test_without_a_line_there_is_no_path(paths: dict[str, bool]) -> None:
    assert judge(replace(TOLD, paths=paths, frames=0), None) == ("bad", ("no-path",))


def test_the_worst_is_said_first() -> None:
    _, found = judge(replace(TOLD, heard=False, spoke=False, freezes=3), replace(LINE, loss_up=0.1))
    assert found == ("unheard", "loss-bad", "silent", "freezes")
    assert len({*BAD, *WEAK, *CALM}) == len(BAD) + len(WEAK) + len(CALM)


def test_the_first_third_of_the_seconds_does_not_count() -> None:
    slow = replace(SECOND, kbit_in=100, loss_in=0.9, rtt_ms=None)
    later = replace(SECOND, rtt_ms=None)
    found = measure([slow, slow, SECOND, later, SECOND, replace(SECOND, held=("look",))])
    assert found == replace(LINE, seconds=4, thin=True, picture=None)
    assert measure([]) is None
    one = measure([slow])
    assert one is not None
    assert one.rtt_ms is None


@pytest.mark.parametrize(
    ("picture", "says"),
    [
        (Picture(24.9, 2.9), "dark"),
        (Picture(25.0, 2.9), "covered"),
        (Picture(24.9, 3.0), "good"),
        (None, None),
    ],
)
def test_the_picture_is_judged_as_in_a_meeting(picture: Picture | None, says: str | None) -> None:
    found = measure([replace(SECOND, picture=picture)])
    assert found is not None
    assert found.picture == says
