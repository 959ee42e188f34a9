"""What is observed of those at a distance: the chair's own look, and the evidence kept beside the log."""

from __future__ import annotations

import pytest

from meeting_server.meeting import observing as ob
from meeting_server.meeting.actors import SYSTEM
from meeting_server.wire.view import presence_section
from tests.builders import Hall, hall, under_way


def a_remote_member() -> Hall:
    """An open meeting where m2 takes part at a distance."""
    held = hall().in_room("anna", "m3", "m4")
    return held.remotely("m2").roll_call()


def seen(held: Hall, *, officer: bool) -> object:
    return next(
        row["seen_at"] for row in presence_section(held.meeting, officer=officer) if row["person"] == "m2"
    )


def test_the_chair_says_to_see_somebody_at_a_distance_and_only_officers_are_told() -> None:
    held = a_remote_member()
    assert seen(held, officer=True) is None
    [confirmed] = held.give(ob.ConfirmSeen("m2"))
    assert isinstance(confirmed, ob.SeenConfirmed)
    assert [each.code for each in confirmed.rulings] == ["identity-established"]
    assert seen(held, officer=True) == held.log[-1].at.isoformat()
    assert seen(held, officer=False) is None


def test_nobody_is_said_to_be_seen_who_is_not_at_a_distance() -> None:
    held = a_remote_member()
    assert held.refusal(ob.ConfirmSeen("m3")).code == "not-remote"
    held.loses_link("m2")
    assert held.refusal(ob.ConfirmSeen("m2")).code == "not-remote"


def test_only_the_chair_says_so() -> None:
    held = a_remote_member()
    assert held.refusal(ob.ConfirmSeen("m2"), "m3").code == "not-your-role"


@pytest.mark.parametrize(("over", "is_taken"), [(-1, True), (0, True), (1, False)])
def test_evidence_belongs_to_a_row_that_is_there(over: int, is_taken: bool) -> None:
    held = under_way()
    command = ob.RecordEvidence(held.meeting.seq + over, "ab" * 32)
    if is_taken:
        assert held.give(command, SYSTEM) == [ob.EvidenceRecorded(command.about, command.sha256)]
    else:
        assert held.refusal(command, SYSTEM).code == "no-such-row"


@pytest.mark.parametrize("digest", ["", "ab" * 31, "AB" * 32, "zz" * 32])
def test_evidence_has_a_sha256(digest: str) -> None:
    assert under_way().refusal(ob.RecordEvidence(1, digest), SYSTEM).code == "no-such-row"
