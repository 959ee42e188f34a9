"""What is recorded about a matter before it is taken up: when it was announced, and what it is."""

from __future__ import annotations

from dataclasses import replace

import pytest

from meeting_server.meeting import agenda as ag
from meeting_server.meeting import asking as ak
from meeting_server.meeting import matter_facts as mf
from meeting_server.meeting import urgency as ur
from meeting_server.meeting.convening import Notice
from meeting_server.meeting.outcome import Event
from meeting_server.meeting.summons import remarks
from meeting_server.wire.needs import needs
from meeting_server.wire.secretary_steps import secretary_steps
from tests.builders import Hall, convened, hall, matter, under_way

NOTICE = Notice("2026-11-16", "2026-11-16", "2026-11-17", "2026-11-17", urgent_by="2026-11-23")


def assembly(**about: bool) -> Hall:
    """An assembly that meets on Tuesday 24 November; its first matter is as said, its second ordinary."""
    event = convened(kind="assembly", agenda=(matter("m1", **about), matter("m2")))
    return hall(replace(event, notice=NOTICE))


@pytest.mark.parametrize(
    ("announced_on", "told_on", "announced", "lacking"),
    [
        ("2026-11-23", "2026-11-23", True, []),
        ("2026-11-23", None, True, ["urgent-told"]),
        ("2026-11-24", "2026-11-24", False, ["urgent-announced", "urgent-told"]),
    ],
)
def test_an_urgent_matter_announced_by_the_weekday_before_is_announced(
    announced_on: str, told_on: str | None, announced: bool, lacking: list[str]
) -> None:
    held = assembly(announced=False)
    held.give(mf.RecordAnnouncement("m1", announced_on, told_on), "sara")
    about = held.meeting.matters["m1"].matter
    assert (about.announced, about.announced_on, about.told_on) == (announced, announced_on, told_on)
    found = [each.ruling.code for each in remarks(held.meeting) if each.lacking is not None]
    assert found == lacking
    shown = secretary_steps(held.meeting, "sara")["needs"]
    assert [need["id"] for need in shown if need["kind"] == "summons"] == [f"summons:{c}:m1" for c in lacking]


def test_what_is_announced_is_taken_up_without_asking_everybody() -> None:
    held = under_way(4, kind="assembly", agenda=(matter("m1", announced=False),))
    assert held.refusal(ag.TakeUpMatter("m1")).code == "announced"
    held.give(mf.RecordAnnouncement("m1", "2026-11-23"))
    held.takes_up("m1")
    assert held.refusal(mf.RecordAnnouncement("m1", "2026-11-22")).code == "matter-taken-up"


def test_what_stood_in_the_notice_is_not_announced_again_and_a_day_is_a_day() -> None:
    held = assembly(announced=False)
    assert held.refusal(mf.RecordAnnouncement("m2", "2026-11-20")).code == "stood-in-the-notice"
    assert held.refusal(mf.RecordAnnouncement("m1", "i går")).code == "not-a-day"
    assert held.refusal(mf.RecordAnnouncement("m1", "2026-11-20"), "m3").code == "not-your-role"


def test_the_facts_of_a_matter_are_corrected_until_it_is_taken_up() -> None:
    held = under_way(4, kind="assembly", agenda=(matter("m1", prepared=False),))
    [corrected] = held.give(mf.CorrectMatter("m1", True, True, False), "sara")
    assert corrected == mf.MatterCorrected("m1", True, True, False, "sara")
    about = held.meeting.matters["m1"].matter
    assert (about.prepared, about.authority, about.secrecy) == (True, True, False)
    nothing: list[Event] = []
    assert held.give(mf.CorrectMatter("m1", True, True, False), "sara") == nothing
    held.takes_up("m1")
    assert held.refusal(mf.CorrectMatter("m1", False, True, False), "sara").code == "matter-taken-up"


def test_an_asking_about_authority_is_warned_of_and_the_answer_is_kept() -> None:
    held = under_way(4, kind="assembly", agenda=(matter("m1"),))
    ask = ur.AddMatter("Bygglovet", asking="interpellation", asked_by="m2", answered_by="m3", authority=True)
    [added] = held.give(ask, "sara")
    assert isinstance(added, ur.MatterAdded)
    assert (added.matter.kind, added.matter.asked_by, added.matter.answered_by) == (
        "interpellation",
        "m2",
        "m3",
    )
    for shown in (needs(held.meeting, "anna"), secretary_steps(held.meeting, "sara")["needs"]):
        [need] = [need for need in shown if need["kind"] == "asking-subject"]
        assert "myndighetsutövning" in need["text"]
    held.decided("m1")
    held.give(ur.RecordUnanimity("m2", "taking_up"))
    held.takes_up("m2")
    [decided] = held.give(ak.PermitAsking(False))
    assert isinstance(decided, ak.AskingDecided)
    assert [(each.code, each.outcome) for each in decided.rulings] == [
        ("quorum", True),
        ("asking-subject", False),
    ]


def test_an_asking_has_somebody_who_asks_and_is_put_in_an_assembly() -> None:
    ask = ur.AddMatter("Bygglovet", asking="question", asked_by="m2", answered_by="m3")
    assert under_way().refusal(ask).code == "no-askings-here"
    held = under_way(4, kind="assembly", agenda=(matter("m1"),))
    nobody = ur.AddMatter("Bygglovet", asking="question", answered_by="m3")
    assert held.refusal(nobody).code == "not-on-roster"
    official = ur.AddMatter("Bygglovet", asking="question", asked_by="sara", answered_by="m3")
    assert held.refusal(official).code == "asker-no-member"
    assert held.refusal(ur.AddMatter("Bron", asked_by="m2")).code == "nothing-asked"
