"""A question and a motion in the assembly: let be put, answered, debated by two; the last days are shown."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser import acting
from tests.browser.axe import is_clean
from tests.browser.conftest import Desk
from tests.browser.leading import give, lead, seat, view

pytestmark = pytest.mark.browser
KF = "kf"
SECRETARY, ASKS, OTHER = "karin-kvarnlund", "nilla-nordanang", "sara-sundelof"


def test_a_question_is_let_be_put_answered_and_debated_by_two(desk: Desk) -> None:
    secretary = desk.open(SECRETARY, f"/meetings/{KF}/secretary")
    expect(secretary.get_by_role("heading", name="Uppropslista")).to_be_visible()
    seat(secretary, KF)
    presiding = view(secretary, KF, "secretary")["meeting"]["chair"]
    chair = desk.open(presiding, f"/meetings/{KF}/chair")
    lead(chair, KF, "Ta upp § 141")
    matters = {row["kind"]: row["matter"] for row in view(chair, KF, "chair")["agenda"]}
    give(chair, KF, "take-up-matter", matter=matters["question"])
    acting.press_primary(chair, "Klubba: frågan får ställas")
    expect(
        chair.get_by_text("Bara frågeställaren och den som svarar deltar i överläggningen")
    ).to_be_visible()
    is_clean(chair)
    other = desk.open(OTHER, f"/meetings/{KF}/member")
    expect(other.get_by_text("Ställd av Nilla Nordanäng (N), besvaras av Torgny Tallvik (A)")).to_be_visible()
    floor = view(other, KF, "member")["me"]["can"]["request-floor"]
    assert (floor["code"], floor["cites"]) == ("question-debate", "KL 5:64")
    asks = desk.open(ASKS, f"/meetings/{KF}/member")
    give(asks, KF, "request-floor")
    hall = desk.open(SECRETARY, f"/meetings/{KF}/hall")
    expect(hall.get_by_text("Ställd av Nilla Nordanäng (N)")).to_be_visible()
    lead(chair, KF, "Klubba: frågan är besvarad")
    acting.press_primary(chair, "Klubba: frågan är besvarad")
    give(chair, KF, "take-up-matter", matter=matters["member_motion"])
    expect(chair.get_by_text("Motion av Sara Sundelöf (G)")).to_be_visible()
    secretary.get_by_role("link", name="Handlingar").click()
    expect(secretary.get_by_role("heading", name="Kungörelse och kallelse")).to_be_visible()
    is_clean(secretary)
