"""Too few at the console: a departure taken back, the matter left undecided, and the meeting closed."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser import leading
from tests.browser.conftest import Desk

pytestmark = pytest.mark.browser
CHAIR, SECRETARY = "maj-mossberg", "karin-kvarnlund"
OTHERS = "() => klubban.meeting.sections.presence.filter((row) => row.counted).map((row) => row.person)"


def test_too_few_leave_the_matter_undecided_and_one_who_never_left_counts_again(desk: Desk) -> None:
    chair = desk.open(CHAIR, "/meetings/kf/chair", bypass_csp=True)
    leading.give(chair, "kf", "record-arrival", person=CHAIR)
    leading.give(chair, "kf", "open-meeting")
    secretary = desk.open(SECRETARY, "/meetings/kf/secretary", bypass_csp=True)
    leading.seat(secretary, "kf", count=33)
    leading.lead(chair, "kf", "Avsluta överläggningen")
    here = [one for one in secretary.evaluate(OTHERS) if one != CHAIR]
    label = secretary.evaluate("(one) => klubban.meeting.person(one).name", here[0])

    leading.give(secretary, "kf", "record-departure", person=here[0])
    secretary.evaluate("(one) => klubban.desk.set({ tab: 'roll', chosen: one })", here[0])
    expect(secretary.get_by_role("heading", name=label)).to_be_visible()
    secretary.get_by_role("button", name="Har inte gått").click()
    chair.wait_for_function("(one) => klubban.meeting.presenceOf(one).counted", arg=here[0], polling=250)

    need = chair.get_by_role("complementary")
    expect(need).not_to_contain_text("Inte beslutsför")
    too_many = len(here) + 2 - leading.view(chair, "kf", "chair")["quorum"]["needed"]
    for one in here[1 : 1 + too_many]:
        leading.give(secretary, "kf", "record-departure", person=one)
    expect(need).to_contain_text("Inte beslutsför")
    need.get_by_role("button", name="Lämna ärendet oavgjort").click()
    sheet = chair.get_by_role("dialog")
    expect(sheet.get_by_role("heading", name="Lämna ärendet oavgjort?")).to_be_visible()
    expect(sheet).to_contain_text("får tas upp vid ett nytt sammanträde")
    sheet.get_by_role("button", name="Lämna ärendet oavgjort").click()
    expect(sheet).to_have_count(0)
    expect(chair.get_by_role("button", name="§ 138–141, 3 klara, 1 oavgjort")).to_be_visible()
    chair.get_by_role("button", name="§ 138–141").click()
    expect(chair.get_by_role("listitem").filter(has_text="§ 141")).to_contain_text("Oavgjort")

    expect(chair.locator(".quorum")).to_contain_text("behövs 31")
    need.get_by_role("button", name="Avsluta sammanträdet").click()
    expect(sheet.get_by_role("heading", name="Avsluta sammanträdet")).to_be_visible()
    sheet.get_by_role("button", name="Inga fler reservationer").click()
    sheet.get_by_role("button", name="Avsluta sammanträdet").click()
    chair.wait_for_function("() => klubban.meeting.sections.meeting.phase === 'closed'", polling=250)
    expect(chair.get_by_role("heading", name="Sammanträdet är avslutat")).to_be_visible()
    expect(chair.locator(".quorum")).to_have_count(0)
    assert "left" in [row["status"] for row in leading.view(secretary, "kf", "secretary")["agenda"]]
