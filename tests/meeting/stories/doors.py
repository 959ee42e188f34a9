"""An assembly closes its doors for one matter, with two at home; and one that is on the web meanwhile."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from meeting_server.meeting import debate as db
from meeting_server.meeting import deciding as dc
from meeting_server.meeting import doors as do
from meeting_server.meeting import webcasting as wc
from meeting_server.meeting.convening import Body, Matter, MeetingConvened, Notice, Person, WebcastTerms
from tests.builders import Hall, hall
from tests.meeting.stories.bodies import ORDERS, begun, decision, ended, meeting

ASSEMBLY = Body("kf", "Kommunfullmäktige", "assembly", 7, "kommunfullmäktige")
NOTICE = Notice("2026-11-16", "2026-11-17", "2026-11-17", "2026-11-17", "2026-11-23")
PROPOSED = "Kommunstyrelsens förslag"
DECIDES = "Kommunfullmäktige beslutar"


def _assembly(
    meeting_id: str, agenda: tuple[Matter, ...], *guests: Person, webcast: WebcastTerms | None = None
) -> MeetingConvened:
    """The assembly in the room, some at home, announced and called in time."""
    return meeting(
        meeting_id,
        ASSEMBLY,
        agenda,
        *guests,
        standing_orders=replace(ORDERS, distance="some_may", webcast=webcast),
        notice=NOTICE,
    )


def _speaks(held: Hall, person: str, minutes: int = 2) -> None:
    held.give(db.RequestFloor(), person)
    held.give(db.GiveFloor(), held.chair)
    held.wait(minutes=minutes)
    held.give(db.EndFloor(), person)


def closed_doors() -> Hall:
    """The doors are closed while a lease is debated; two at home follow, the guest does not."""
    guest = Person("ulf", "Ulf Uddman", None, None, "attendee", 0, title="VD för hamnbolaget")
    agenda = (
        decision("m3", "Arrende av hamnen", PROPOSED, DECIDES, "Arrendet förlängs till 2036."),
        decision("m4", "Taxa för gästhamnen", PROPOSED, DECIDES, "Taxan fastställs."),
    )
    held = hall(_assembly("kf-dorrar", agenda, guest))
    held.in_room("tora", "erik", "bodil", "goran", "per", "ulf").remotely("alva", "moa")
    begun(held, "erik")
    held.takes_up("m3")
    held.give(do.CloseDoors(), "tora")
    assert held.refusal(db.RequestFloor(), "ulf").cites == "KL 5:42"
    _speaks(held, "alva", 6)
    _speaks(held, "goran", 3)
    held.debate_closed()
    refused = held.refusal(dc.PutQuestion(), "tora")
    assert (refused.code, refused.cites) == ("doors-closed", "KL 5:42")
    held.give(do.OpenDoors(), "tora")
    held.put().found("m3-p0").gavel()
    held.decided("m4")
    return ended(held)


def webcast() -> Hall:
    """On the web from the roll call; the doors stop it, the chair starts it again, a name is to be masked."""
    told = WebcastTerms(
        usual=True,
        information="Sammanträdet sänds på webben.",
        for_viewers="Inspelningen finns kvar i trettio dagar.",
        retention_days=30,
    )
    agenda = (
        decision("m3", "Arrende av hamnen", PROPOSED, DECIDES, "Arrendet förlängs till 2036."),
        decision("m4", "Taxa för gästhamnen", PROPOSED, DECIDES, "Taxan fastställs."),
    )
    held = hall(_assembly("kf-webben", agenda, webcast=told))
    held.in_room("tora", "erik", "bodil", "goran", "per").remotely("alva", "moa").opened()
    assert held.refusal(wc.StartWebcast(), "tora").code == "webcast-gallery"
    held.give(wc.StartWebcast(gallery_clear=True), "siv")
    begun(held, "erik")
    held.takes_up("m3")
    _speaks(held, "goran", 3)
    *_, stopped = held.give(do.CloseDoors(), "tora")
    assert stopped == wc.WebcastStopped("doors")
    _speaks(held, "alva", 6)
    held.debate_closed()
    assert held.refusal(wc.StartWebcast(gallery_clear=True), "tora").cites == "KL 5:42"
    held.give(do.OpenDoors(), "tora")
    held.give(wc.StartWebcast(gallery_clear=True), "tora")
    held.put().found("m3-p0").gavel()
    held.takes_up("m4")
    _speaks(held, "moa", 5)
    held.give(wc.MarkForRedaction("En hyresgäst nämns vid namn.", minutes=5), "siv")
    held.debate_closed().put().found("m4-p0").gavel()
    return ended(held)


STORIES: dict[str, Callable[[], Hall]] = {"stangda-dorrar": closed_doors, "webbsandning": webcast}
