"""The first page says why a meeting beside the ordinary ones is held."""

from __future__ import annotations

from typing import Any

import pytest

from meeting_server.meeting.convening import Body
from meeting_server.minutes.compose import compose
from meeting_server.minutes.grounds import ground_text
from tests.meeting.stories import bodies


@pytest.mark.parametrize(
    ("ground", "begins"),
    [
        ("ordinary", ""),
        ("chair", "Sammanträdet hålls eftersom ordföranden anser"),
        ("executive", "Sammanträdet hålls på styrelsens begäran."),
        ("third", "Sammanträdet hålls på begäran av Moa Mossberg (E) och Per Pilby (A), minst en tredjedel"),
    ],
)
def test_each_ground_has_its_sentence(ground: Any, begins: str) -> None:
    body = Body("kf", "Kommunfullmäktige", "assembly", 5, "kommunfullmäktige")
    convened = bodies.meeting("kf-1", body, (), ground=ground, requested_by=("moa", "per"))
    assert ground_text(convened).startswith(begins)


def test_the_minutes_of_a_joint_committee_name_every_decision_on_distance() -> None:
    text = compose(bodies.joint_committee().log).form_text
    assert "KF Ekhamra 2026-05-25 § 61, KF Tallby 2026-06-08 § 44 och KF Norrvik 2026-06-15 § 39" in text
