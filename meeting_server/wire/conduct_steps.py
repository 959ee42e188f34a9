"""Steps and needs about order and closed doors: who disturbs, who may listen, who sits undisturbed."""

from __future__ import annotations

from collections.abc import Iterator

from meeting_server.meeting.conduct import LetBackIn
from meeting_server.meeting.counting import are_doors_closed, is_public, rules_of
from meeting_server.meeting.grounds import listing, section, sentence
from meeting_server.meeting.reordering import reorderable
from meeting_server.meeting.state import Meeting
from meeting_server.meeting.substitution import next_substitute
from meeting_server.meeting.undisturbed import RecordUndisturbed, unconfirmed
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


def order_offers(meeting: Meeting) -> Iterator[Offer]:
    """Under «Mer» before the calling: a party group's own order between its substitutes, where it may."""
    if reorderable(meeting):
        about = {"dialog": "substitute-order", "name": "reorder-substitutes"}
        yield "Ändra ersättarnas ordning", None, about


def publicity_offers(meeting: Meeting) -> Iterator[Offer]:
    """Under «Mer» in a committee that may meet before the public: to open the meeting, or close it again."""
    rule = rules_of(meeting).public_meeting
    may = meeting.convened.standing_orders.publicity != "closed"
    if meeting.phase in ("roll_call", "open") and may and not rule(permitted=True, decided=False).outcome:
        closing = is_public(meeting)
        label = "Stäng sammanträdet för allmänheten" if closing else "Gör sammanträdet offentligt"
        yield (
            label,
            None,
            {"dialog": "publicity", "name": "decide-publicity", "data": {"public": not closing}},
        )


def undisturbed_steps(meeting: Meeting, person: PersonId | None) -> tuple[str, list[Step]] | None:
    """Who at a distance has not said that he or she sits undisturbed, and the chair's note of who has."""
    silent = unconfirmed(meeting)
    if not silent:
        return None
    names = listing([meeting.people[one].called for one in silent])
    acts = [
        step(f"{meeting.people[one].name} har svarat", RecordUndisturbed(one), meeting=meeting, person=person)
        for one in silent[:3]
    ]
    return f"{names} har inte bekräftat att ingen obehörig ser eller hör.", acts


def secrecy_need(meeting: Meeting, person: PersonId | None) -> tuple[str, Step] | None:
    """In a public meeting with secrecy in the matter: whether the doors should be closed to deliberate."""
    matter = meeting.matter
    if matter is None or matter.settled or matter.debate_closed or not matter.matter.secrecy:
        return None
    if not is_public(meeting) or are_doors_closed(meeting):
        return None
    rule = rules_of(meeting).closed_doors
    close = step("Stäng dörrarna", meeting=meeting, person=person, dialog="close-doors", name="close-doors")
    return (
        f"{section(matter)} rymmer uppgifter som omfattas av sekretess och allmänheten följer sammanträdet. "
        f"Ska överläggningen hållas inom stängda dörrar? {sentence(rule)}",
        close,
    )


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
