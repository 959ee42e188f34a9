"""Approving the minutes.

Bound to the bytes, by the chair and the verifiers, within fourteen days (KL 5:69).
"""

import datetime as dt
import json

import pytest

from meeting_server.meeting import Refusal
from meeting_server.meeting.presiding import HandOverChair
from meeting_server.meeting.sitting import AppointVerifiers
from meeting_server.meeting.verification import DeclareImmediateVerification
from meeting_server.minutes import approvals
from meeting_server.minutes.approvals import Approval, Prepared
from meeting_server.minutes.document import Minutes
from tests.minutes.hall import CHAIR, SECRETARY, VICE, Hall
from tests.minutes.reading_aloud import minutes_of

AT = dt.datetime(2026, 11, 18, 13, 2, tzinfo=dt.UTC)
FIRST, SECOND = "a" * 64, "b" * 64


def verified_meeting(close: bool = True) -> Minutes:
    """A meeting with p2 as verifier and a § declared immediately verified."""
    hall = Hall().open().take_up("m2").act(CHAIR, AppointVerifiers((VICE,), "digitalt"))
    hall.take_up("m3").put().carry("m3-p0").act(CHAIR, DeclareImmediateVerification("m3"))
    return minutes_of(hall.close() if close else hall)


def approve(
    minutes: Minutes, given: list[Approval], person: str, sha256: str = FIRST, current: str = FIRST
) -> Approval:
    return approvals.approve(minutes, Prepared(current, AT, SECRETARY), given, person, sha256, AT, "password")


def test_the_chair_and_every_verifier_must_approve() -> None:
    minutes, prepared = verified_meeting(), Prepared(FIRST, AT, SECRETARY)
    given = [approve(minutes, [], CHAIR)]
    assert [one.person for one in approvals.standing(minutes, prepared, given).remaining] == [VICE]
    given.append(approve(minutes, given, VICE))
    assert approvals.standing(minutes, prepared, given).complete
    assert [one.role for one in given] == ["chair", "verifier"]


def test_whoever_presided_in_a_part_approves_too() -> None:
    hall = Hall().open().take_up("m2").act(CHAIR, AppointVerifiers((VICE,), "digitalt"), HandOverChair("p3"))
    minutes = minutes_of(hall.take_up_as("p3", "m5"))
    assert {one.person for one in approvals.required(minutes)} == {CHAIR, "p3", VICE}


@pytest.mark.parametrize(
    ("person", "sha256", "current", "code"),
    [
        ("p4", FIRST, FIRST, "not-approver"),
        (SECRETARY, FIRST, FIRST, "not-approver"),
        (CHAIR, FIRST, SECOND, "minutes-changed"),
    ],
)
def test_an_approval_by_another_or_of_other_bytes_is_refused(
    person: str, sha256: str, current: str, code: str
) -> None:
    with pytest.raises(Refusal) as refused:
        approve(verified_meeting(), [], person, sha256, current)
    assert refused.value.code == code
    assert refused.value.because.endswith(".")


def test_nobody_approves_twice() -> None:
    minutes = verified_meeting()
    with pytest.raises(Refusal) as refused:
        approve(minutes, [approve(minutes, [], CHAIR)], CHAIR)
    assert refused.value.code == "already-approved"


def test_minutes_not_prepared_cannot_be_approved() -> None:
    with pytest.raises(Refusal) as refused:
        approvals.approve(verified_meeting(), None, [], CHAIR, FIRST, AT, "password")
    assert refused.value.code == "not-prepared"


def test_preparing_anew_makes_older_approvals_void() -> None:
    minutes = verified_meeting()
    given = [approve(minutes, [], CHAIR), approve(minutes, [], VICE)]
    standing = approvals.standing(minutes, Prepared(SECOND, AT, SECRETARY), given)
    assert (standing.given, standing.complete) == ((), False)
    assert approve(minutes, given, CHAIR, SECOND, SECOND).sha256 == SECOND


def test_one_paragraph_is_approved_by_its_chair_and_the_verifiers_by_itself() -> None:
    minutes, prepared = verified_meeting(close=False), Prepared(FIRST, AT, SECRETARY, "m3")
    approvals.may_prepare(minutes, "m3")
    given = [
        approvals.approve(minutes, prepared, [], person, FIRST, AT, "password", "m3")
        for person in (CHAIR, VICE)
    ]
    assert approvals.standing(minutes, prepared, given, "m3").complete
    assert not approvals.standing(minutes, Prepared(FIRST, AT, SECRETARY), given).complete


def test_a_paragraph_not_declared_immediately_verified_is_not_prepared_by_itself() -> None:
    with pytest.raises(Refusal) as refused:
        approvals.may_prepare(verified_meeting(), "m2")
    assert refused.value.code == "not-immediate"


def test_minutes_of_a_meeting_that_goes_on_are_not_prepared() -> None:
    with pytest.raises(Refusal) as refused:
        approvals.may_prepare(verified_meeting(close=False))
    assert refused.value.code == "meeting-open"
    approvals.may_prepare(verified_meeting())


def test_minutes_without_verifiers_are_not_prepared() -> None:
    with pytest.raises(Refusal) as refused:
        approvals.may_prepare(minutes_of(Hall().open().note("m1").close()))
    assert refused.value.code == "verifiers-missing"


def test_the_last_day_is_fourteen_days_after_the_meeting() -> None:
    assert approvals.verification_due(dt.date(2026, 11, 17)) == dt.date(2026, 12, 1)
    assert verified_meeting().verification.due == "2026-12-01"


def test_the_record_names_persons_roles_methods_and_the_hash() -> None:
    minutes = verified_meeting()
    data = json.loads(approvals.record_json(minutes, FIRST, [approve(minutes, [], CHAIR)]))
    assert data["approved_sha256"] == FIRST
    assert data["approvals"][0]["name"] == "Torgny Tallvik"
    assert data["approvals"][0]["paragraphs"] == [208, 209]


def test_the_printed_approval_tells_day_time_and_method() -> None:
    text = approvals.approval_text(approve(verified_meeting(), [], CHAIR), dt.timezone(dt.timedelta(hours=1)))
    assert (
        text.replace("\u00a0", " ")
        == "Godkänt digitalt den 18 november 2026 kl. 14.02, inloggad med lösenord"
    )
