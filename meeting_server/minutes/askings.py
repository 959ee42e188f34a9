"""Interpellations, questions and motions in the minutes: who asked, let be put, answered (KL 5:68)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from meeting_server.law.asking import decided_in_time
from meeting_server.meeting.asking import ASKING, AskingAnswered, AskingDecided
from meeting_server.meeting.outcome import Record
from meeting_server.meeting.state import MatterState
from meeting_server.minutes.blocks import paragraph, section
from meeting_server.minutes.document import Section
from meeting_server.minutes.reading import Reading
from meeting_server.minutes.wording import date_in_words, raised


def asking_section(reading: Reading, state: MatterState, records: Sequence[Record]) -> tuple[Section, ...]:
    """The section on what was asked or moved by a member; nothing in other matters."""
    matter = state.matter
    asking = ASKING.get(matter.kind)
    if asking is not None:
        texts = _asked(reading, state, records)
        return section("asking", asking.definite, *(paragraph(one) for one in texts))
    if matter.raised_on is None:
        return ()
    raised_on = dt.date.fromisoformat(matter.raised_on)
    by = f" av {reading.person(matter.asked_by).called}" if matter.asked_by else ""
    texts = [f"Motionen väcktes{by} den {date_in_words(raised_on)}."]
    on = dt.date.fromisoformat(reading.convened.starts_at[:10]).isoformat()
    if not decided_in_time(raised_on=matter.raised_on, on=on).outcome:
        cites = decided_in_time.cites.swedish
        texts.append(f"Det är mer än ett år sedan, den tid inom vilken den om möjligt avgörs ({cites}).")
    return section("asking", "Motionen", *(paragraph(one) for one in texts))


def _asked(reading: Reading, state: MatterState, records: Sequence[Record]) -> list[str]:
    matter = state.matter
    definite = ASKING[matter.kind].definite
    texts = []
    if matter.asked_by and matter.answered_by:
        asks, answers = reading.person(matter.asked_by).called, reading.person(matter.answered_by).called
        texts.append(f"{definite} är ställd av {asks} till {answers}.")
    body = raised(reading.convened.body.definite)
    for record in records:
        match record.event:
            case AskingDecided(permitted=permitted):
                may = "får" if permitted else "inte får"
                texts.append(
                    f"{body} beslutar utan föregående överläggning att {definite.lower()} {may} ställas."
                )
            case AskingAnswered(person=person):
                texts.append(f"{reading.person(person).called} besvarar {definite.lower()}.")
    return texts
