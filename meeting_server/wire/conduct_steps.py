"""Steps and needs about order: telling off, sending out, dissolving, and who was sent out."""

from __future__ import annotations

from collections.abc import Iterator

from meeting_server.meeting.conduct import LetBackIn
from meeting_server.meeting.state import Meeting
from meeting_server.meeting.substitution import next_substitute
from meeting_server.meeting.words import PersonId
from meeting_server.wire.json import Json
from meeting_server.wire.trial import Step, step
from meeting_server.wire.view_conduct import conduct_section

Offer = tuple[str, Json, dict[str, Json]]


def conduct_offers(meeting: Meeting) -> Iterator[Offer]:
    """Under «Mer»: a telling off at any time of an open meeting; the graver acts only after one."""
    if meeting.phase not in ("roll_call", "open", "paused"):
        return
    yield "Ge en tillsägelse", None, {"dialog": "admonish", "name": "admonish"}
    if any(one["here"] for one in conduct_section(meeting)["admonished"]):
        yield "Visa ut", None, {"dialog": "expel", "name": "expel", "grave": True}
    if meeting.admonitions:
        yield "Upplös sammanträdet", None, {"dialog": "dissolve", "name": "dissolve-meeting", "grave": True}


def expelled_needs(meeting: Meeting, person: PersonId | None) -> Iterator[tuple[PersonId, str, list[Step]]]:
    """Each one sent out, the sentence about it, and the acts that follow: a substitute, letting back in."""
    for expelled, presence in meeting.presence.items():
        if presence.state != "expelled":
            continue
        who = meeting.people[expelled]
        acts = []
        vacant = who.role == "member" and presence.replaced_by is None
        if vacant and next_substitute(meeting, expelled) is not None:
            acts.append(
                step(
                    "Kalla in ersättare",
                    meeting=meeting,
                    person=person,
                    dialog="call-substitute",
                    name="call-in-substitute",
                    data={"member": expelled},
                )
            )
        acts.append(step("Släpp in igen", LetBackIn(expelled), meeting=meeting, person=person))
        counts = " och räknas inte som närvarande" if who.role in ("member", "substitute") else ""
        yield expelled, f"{who.called} är utvisad{counts}.", acts
