"""An election as the screens are told of it: the primaries one after the other, and never who has voted."""

from __future__ import annotations

import json
from typing import Any

import pytest

from meeting_server.meeting import COMMANDS
from meeting_server.meeting import elections as el
from meeting_server.meeting import proportional as pn
from meeting_server.meeting.abstention import Abstain
from meeting_server.meeting.actors import SYSTEM
from meeting_server.meeting.convening import ElectionTerms
from meeting_server.wire.events import visible
from meeting_server.wire.json import decode
from meeting_server.wire.loglines import log_line
from meeting_server.wire.view import view
from meeting_server.wire.visibility import Viewer
from tests.builders import Hall, matter, under_way
from tests.meeting.electing import CODES, counted, drawn, nominated, nominating, opened, tally
from tests.meeting.stories import val

CHAIR, DESK, HALL = Viewer("chair", "anna"), Viewer("secretary", "sara"), Viewer("hall")


def sections(held: Hall, viewer: Viewer = CHAIR) -> dict[str, Any]:
    """What the viewer's page is sent."""
    return view(held.meeting, viewer, held.meeting.at)


def primary(held: Hall) -> dict[str, Any]:
    """The chair's next step."""
    return sections(held)["steps"]["primary"]  # type: ignore[no-any-return]


def press(held: Hall) -> str:
    """The chair gives the primary, which must be lawful and whole; its label comes back."""
    step = primary(held)
    assert step["blocked"] is None, step
    assert step["dialog"] is None, step
    held.give(decode(COMMANDS[step["command"]["name"]].command, step["command"]["data"]))
    return str(step["label"])


def seconds(held: Hall, viewer: Viewer = CHAIR) -> dict[str, str | None]:
    """The other steps: label and dialog."""
    return {step["label"]: step["dialog"] for step in sections(held, viewer)["steps"]["seconds"]}


def test_an_acclamation_by_pressing_only_the_primary() -> None:
    held = nominating()
    held.give(el.Nominate("Ada", "A"), "m2")
    labels = [press(held) for _ in range(3)]
    assert labels == ["Avsluta nomineringarna", "Jag finner Ada (A) vald", "Klubba: Ada (A)"]
    assert sections(held)["matter"]["decision"]["text"] == "Ada (A) väljs."


def test_the_floor_comes_first_and_nobody_nominated_opens_the_nominations_again() -> None:
    assert primary(nominated())["label"] == "Återuppta nomineringarna"


def test_the_next_step_is_a_nomination_until_somebody_is_nominated() -> None:
    held = nominating()
    assert primary(held)["dialog"] == "nominate"
    assert "Ta upp nominering" not in seconds(held)
    held.give(el.Nominate("Ada", "A"), "m2")
    assert primary(held)["label"] == "Avsluta nomineringarna"
    assert seconds(held)["Ta upp nominering"] == "nominate"


def test_more_nominated_than_places_asks_the_chair_whom_then_a_demand_opens_a_ballot() -> None:
    held = nominated("Ada", "Bo")
    assert primary(held)["dialog"] == "find-elected"
    assert seconds(held)["Omröstning begärd"] == "ballot-demand"
    held.give(el.FindElected(("m1-n1",)))
    assert seconds(held)["Ändra vem du finner vald"] == "find-elected"
    held.give(el.DemandBallot(), "m3")
    assert primary(held)["command"]["data"] == {"method": "slips"}
    assert "Begäran återtas" in seconds(held)


def test_slips_are_closed_counted_and_drawn_for() -> None:
    held = opened("Ada", "Bo")
    assert press(held) == "Stäng valet"
    assert primary(held)["dialog"] == "count-slips"
    assert seconds(held, DESK)["För in rösträkningen"] == "count-slips"
    held.give(el.EnterCount(tally(2, 2), 1, 0))
    assert seconds(held)["Ändra rösträkningen"] == "count-slips"
    assert press(held) == "Dra lott"
    assert primary(held)["blocked"]["code"] == "draw-going-on"
    held = drawn(counted(2, 2, blank=1))
    draw = sections(held, HALL)["election"]["ballot"]["draw"]
    assert (draw["lots"], draw["drawn"], draw["total"]) == (["Ada (A)", "Bo (A)"], 2, 583228)
    assert press(held) == "Klubba: Bo (A)"


def test_the_two_numbers_are_asked_for_once_the_seal_is_shown() -> None:
    held = counted(2, 2)
    held.give(el.DrawLots())
    held.give(el.SealDraw("m1-b1-l1", "ab" * 32), SYSTEM)
    assert primary(held)["dialog"] == "say-numbers"
    assert sections(held)["election"]["ballot"]["draw"]["seal"] == "ABAB-ABAB-ABAB-ABAB"


def test_an_electronic_ballot_says_how_many_are_left_and_waits_for_the_count() -> None:
    held = opened("Ada", "Bo", method="electronic")
    assert primary(held)["sub"] == "5 har inte lagt valsedel"
    assert seconds(held)["Lägg min valsedel"] == "my-ballot"
    for person, code in zip(held.people, CODES, strict=False):
        held.give(el.CastBallot((), code), person)
    assert primary(held)["sub"] == "Alla har lagt valsedel"
    assert "Lägg min valsedel" not in seconds(held)
    assert press(held) == "Stäng valet"
    assert primary(held)["blocked"]["code"] == "ballot-not-counted"
    held.give(el.CountBallots("m1-b1", ((),) * 5, CODES[:5]), SYSTEM)
    assert primary(held)["label"] == "Klubba: ingen vald"
    assert press(held)
    assert sections(held)["matter"]["decision"]["text"] == "Ingen väljs. 1 plats är vakant."


def test_a_proportional_election_is_demanded_opened_and_counted_by_groups() -> None:
    held = nominating(2, proportional=True)
    assert seconds(held)["Proportionellt val begärt"] == "proportional-demand"
    for person in ("m2", "m3"):
        held.give(pn.DemandProportional(), person)
    held.debate_closed()
    assert "Proportionellt val begärt" not in seconds(held)
    assert primary(held)["command"]["data"] == {"method": "proportional"}
    held.give(el.OpenBallot("proportional", ("m2",)))
    press(held)
    assert primary(held)["dialog"] == "count-groups"


@pytest.mark.parametrize("viewer", [CHAIR, DESK, HALL, Viewer("member", "m5")], ids=lambda v: v.role)
def test_no_screen_shows_who_has_put_in_a_ballot_or_what_stood_on_it(viewer: Viewer) -> None:
    def told(person: str, choice: str, code: str) -> str:
        held = opened("Ada", "Bo", method="electronic")
        [event] = held.give(el.CastBallot((choice,), code), person)
        assert visible(event, viewer, held.meeting) is None
        assert log_line(held.meeting, event) is None
        return json.dumps(sections(held, viewer))

    assert told("m2", "m1-n1", CODES[0]) == told("m3", "m1-n2", CODES[1])


def test_the_voter_alone_is_told_that_the_ballot_has_come() -> None:
    held = opened("Ada", "Bo", method="electronic")
    [event] = held.give(el.CastBallot(("m1-n1",), CODES[0]), "m2")
    assert visible(event, Viewer("member", "m2"), held.meeting) == event
    mine = sections(held, Viewer("member", "m2"))
    assert mine["me"]["ballot"] == {"ballot": "m1-b1", "voter": True, "remote": False, "cast": True}
    assert "m1-n1" not in json.dumps(mine["me"])
    assert CODES[0] not in json.dumps(mine)


def test_a_demand_is_taken_back_and_another_chosen_to_conduct_the_election() -> None:
    held = nominating(2, proportional=True)
    held.give(pn.DemandProportional(), "m2")
    assert seconds(held)["Proportionellt val återtas"] == "proportional-withdraw"
    assert seconds(held, DESK)["Proportionellt val återtas"] == "proportional-withdraw"
    assert "Välj valförrättare" not in seconds(held)
    assert sections(held)["election"]["proportional"]["returning_officer"] == "anna"
    held.give(pn.DemandProportional(), "m3")
    assert seconds(held)["Välj valförrättare"] == "returning-officer"
    held.give(pn.ChooseReturningOfficer("m4"))
    told = sections(held, HALL)["election"]["proportional"]
    assert (told["returning_officer"], told["possible"], told["why_not"]) == ("m4", True, None)


def test_the_order_of_substitutes_is_asked_for_before_the_gavel() -> None:
    terms = ElectionTerms(2, True, "substitutes")
    held = under_way(agenda=(matter("m1", "election", election=terms),), kind="assembly").takes_up()
    told = sections(held)["election"]
    assert told["elects"] == "substitutes"
    assert "valdes inte proportionellt" in told["proportional"]["why_not"]
    for name in ("Ada", "Bo"):
        held.give(el.Nominate(name), "m2")
    assert [press(held) for _ in range(2)] == ["Avsluta nomineringarna", "Jag finner Ada och Bo valda"]
    assert primary(held)["dialog"] == "service-order"
    assert sections(held)["election"]["to_order"] == ["m1-n1", "m1-n2"]
    held.give(pn.OrderSubstitutes(("m1-n2", "m1-n1")))
    assert seconds(held)["Ändra turordningen"] == "service-order"
    assert press(held) == "Klubba: Bo och Ada"


def test_slips_of_substitutes_are_ordered_when_counted_and_an_employment_has_its_own_word() -> None:
    held = opened("Ada", "Bo", places=2, kind="employment")
    assert "Ändra turordningen" not in seconds(held)
    held = nominated("Ada", kind="employment")
    assert primary(held)["label"] == "Jag finner Ada (A) anställd"


def test_a_deferral_is_answered_before_the_election_goes_on() -> None:
    held = nominating()
    held.give(el.Nominate("Ada"), "m2")
    assert seconds(held)["Bordläggning yrkas"] == "defer-election"
    assert sections(held, Viewer("member", "m3"))["me"]["can"]["propose"] is None
    held.proposal("m3", "defer")
    assert "Bordläggning yrkas" not in seconds(held)
    assert sections(held)["election"]["deferral"] == "m3"
    labels = [press(held) for _ in range(3)]
    assert labels[1:] == ["Fråga om ärendet avgörs i dag", "Jag finner att ärendet avgörs i dag"]
    assert seconds(held)["Votering begärd"] == "division-demand"
    held.demanded("m3")
    assert "Begäran återtas" in seconds(held)
    assert primary(held)["label"] == "Öppna sluten omröstning om bordläggning"
    assert primary(held)["command"]["data"] == {"method": "slips"}
    held.give(el.OpenBallot("slips", ("m2",)))
    assert sections(held)["election"]["ballot"]["about"] == "today"
    assert press(held) == "Stäng valet"
    held.give(el.EnterCount({"today": 3, "defer": 2}, 0, 0))
    assert press(held) == "Klubba: Avgörande i dag"
    assert primary(held)["label"] == "Jag finner Ada vald"


def test_every_event_of_an_election_but_the_received_ballot_has_its_line() -> None:
    for held in (val.tie(), val.proportional(), val.worked(), val.deferred()):
        for record in held.log:
            if type(record.event).__module__.endswith(("meeting.elections", "meeting.proportional")):
                line = log_line(held.meeting, record.event)
                assert (line is None) == isinstance(record.event, el.BallotReceived)


def test_the_secretary_may_write_down_what_is_said_aloud() -> None:
    assert seconds(nominating(), DESK)["Ta upp nominering"] == "nominate"
    assert seconds(nominated("Ada"), DESK)["Omröstning begärd"] == "ballot-demand"


@pytest.mark.parametrize("viewer", [CHAIR, DESK])
def test_that_somebody_takes_no_part_may_be_written_down_until_the_ballot_is_closed(viewer: Viewer) -> None:
    held = nominating()
    for offered in (held, nominated("Ada", "Bo"), opened("Ada", "Bo")):
        assert "Deltar inte i beslutet" in seconds(offered, viewer)
    assert "Deltar inte i beslutet" not in seconds(counted(3, 1), viewer)


def test_the_page_of_one_who_abstains_shows_no_ballot() -> None:
    held = opened("Ada", "Bo", method="electronic")
    member = Viewer("member", "m3")
    assert sections(held, member)["me"]["ballot"]["voter"]
    held.give(Abstain(), "m3")
    assert sections(held, member)["me"]["abstains"]
    assert not sections(held, member)["me"]["ballot"]["voter"]
    assert sections(held)["election"]["ballot"]["voters"] == 4
