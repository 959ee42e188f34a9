"""What the minutes page is told: status, texts, differences, approvers, due date."""

import datetime as dt

import pytest

from meeting_server.minutes import approvals, texts
from meeting_server.minutes.approvals import Approval, Prepared, Remark
from meeting_server.minutes.page import ParagraphVersion, StoredText, minutes_page
from tests.minutes import committee
from tests.minutes.hall import CHAIR, SECRETARY, VICE, Hall
from tests.minutes.reading_aloud import minutes_of

AT = dt.datetime(2026, 11, 18, 13, 2, tzinfo=dt.UTC)
SHA = "0123456789abcdef" * 4


def approved(person: str, role: str = "chair", scope: str = "minutes") -> Approval:
    return Approval(person, "chair" if role == "chair" else "verifier", scope, SHA, AT, "password")


def test_a_meeting_that_goes_on_has_a_draft() -> None:
    page = minutes_page(minutes_of(Hall().open().note("m1")), {}, None, [], [], CHAIR, AT)
    assert (page["status"], page["prepared"], page["due"], page["due_text"]) == ("draft", None, None, "")
    assert page["paragraphs"][0]["status"] == "log"
    assert page["me"]["why_not"] == "Protokollet är inte klart för justering än."


@pytest.mark.parametrize(
    ("given", "status"),
    [([], "prepared"), ([approved(CHAIR)], "prepared"), ([approved(CHAIR), approved(VICE)], "verified")],
)
def test_the_status_follows_the_approvals(given: list[Approval], status: str) -> None:
    minutes, prepared = minutes_of(committee.held()), Prepared(SHA, AT, SECRETARY)
    page = minutes_page(minutes, {}, prepared, given, [], CHAIR, AT)
    assert page["status"] == status
    assert page["prepared"]["sha_short"] == "0123 4567 89ab cdef"
    assert page["me"]["approved"] == bool(given)
    assert page["me"]["may_approve"] == (not given)


def test_a_closed_meeting_is_ready_to_be_frozen() -> None:
    page = minutes_page(minutes_of(committee.held()), {}, None, [], [], CHAIR, AT)
    assert (page["status"], page["missing"]) == ("to_prepare", [])
    assert page["status_text"] == "Klart att låsa för justering"


def test_a_closed_meeting_with_something_missing_does_not_say_that_it_is_ready() -> None:
    minutes = minutes_of(committee.held())
    paragraph = minutes.paragraphs[2]
    text = texts.save(paragraph, texts.editing_text(paragraph).replace("# Beslut\n", "# Annat\n"))
    stored = {paragraph.matter: StoredText(text, 1, SECRETARY, AT)}
    page = minutes_page(minutes, stored, None, [], [], CHAIR, AT)
    assert [one["code"] for one in page["missing"]] == ["decisions"]
    assert (page["status"], page["status_text"]) == ("to_prepare", "Uppgifter saknas")


def test_somebody_else_may_not_approve_and_is_told_who_does() -> None:
    page = minutes_page(minutes_of(committee.held()), {}, Prepared(SHA, AT, SECRETARY), [], [], "p4", AT)
    assert not page["me"]["approver"]
    assert page["me"]["why_not"].startswith("Protokollet justeras av Torgny Tallvik")


def test_the_secretarys_text_comes_with_version_and_differences() -> None:
    minutes = minutes_of(committee.held())
    paragraph = minutes.paragraphs[2]
    text = texts.editing_text(paragraph).replace("Departementet har", "Regeringskansliet har")
    stored = {paragraph.matter: StoredText(texts.save(paragraph, text), 3, SECRETARY, AT)}
    row = minutes_page(minutes, stored, None, [], [], SECRETARY, AT)["paragraphs"][2]
    assert (row["status"], row["version"], row["by"], row["at"]) == ("edited", 3, SECRETARY, AT.isoformat())
    assert row["differences"][0]["segments"][0] == {"op": "del", "text": "Departementet"}
    assert "Regeringskansliet har" in row["html"]
    assert row["composed_text"] != row["text"] == text


def test_remarks_stand_with_their_paragraph() -> None:
    remark = Remark(VICE, "Bertil Bokström", 210, "Skriv vem som begärde den.", AT, SHA)
    page = minutes_page(minutes_of(committee.held()), {}, None, [], [remark], VICE, AT)
    assert [len(row["remarks"]) for row in page["paragraphs"]] == [0, 0, 1, 0, 0]


def test_a_paragraph_frozen_by_itself_has_its_own_approvers() -> None:
    minutes = minutes_of(committee.held())
    version = ParagraphVersion(
        Prepared(SHA, AT, SECRETARY, "m3"), [approved(CHAIR, scope="m3")], sealed=False
    )
    rows = minutes_page(minutes, {}, None, [], [], VICE, AT, {"m3": version})["paragraphs"]
    assert [row["may_approve"] for row in rows] == [False, False, True, False, False]
    assert not rows[2]["verified_immediately"]
    assert [one["approved_at"] is not None for one in rows[2]["approvers"]] == [True, False]


@pytest.mark.parametrize(("day", "state"), [(26, "ok"), (27, "soon"), (30, "soon")])
def test_the_due_date_is_marked_four_days_before(day: int, state: str) -> None:
    at = dt.datetime(2026, 11, day, 12, tzinfo=dt.UTC)
    assert minutes_page(minutes_of(committee.held()), {}, None, [], [], CHAIR, at)["due_state"] == state


def test_after_the_due_date_it_is_late() -> None:
    minutes = minutes_of(committee.held())
    assert approvals.verification_due(dt.date(2026, 11, 17)) == dt.date(2026, 12, 1)
    for hour, state in ((22, "soon"), (23, "late")):  # midnight in Sweden is 23 UTC
        at = dt.datetime(2026, 12, 1, hour, 0, tzinfo=dt.UTC)
        assert minutes_page(minutes, {}, None, [], [], CHAIR, at)["due_state"] == state


def test_approvers_read_the_frozen_text_and_the_secretary_the_edited_one() -> None:
    minutes, prepared = minutes_of(committee.held()), Prepared(SHA, AT, SECRETARY)
    paragraph = minutes.paragraphs[2]
    text = texts.editing_text(paragraph).replace("Departementet har", "Regeringskansliet har")
    stored = {paragraph.matter: StoredText(texts.save(paragraph, text), 1, SECRETARY, AT)}
    for viewer, words in ((CHAIR, "Departementet har"), (SECRETARY, "Regeringskansliet har")):
        page = minutes_page(minutes, stored, prepared, [], [], viewer, AT, frozen=minutes)
        assert words in page["paragraphs"][2]["html"]
        assert page["prepared"]["changed"]
    assert not minutes_page(minutes, {}, prepared, [], [], CHAIR, AT, frozen=minutes)["prepared"]["changed"]
