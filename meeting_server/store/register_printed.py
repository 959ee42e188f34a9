"""Which words of a register file will stand in minutes: names, titles, what the matters come with; pure."""

from __future__ import annotations

from collections.abc import Iterator

from meeting_server.store.register_values import RegisterFile
from meeting_server.store.yaml_reading import Place


def printed_texts(register: RegisterFile) -> Iterator[tuple[Place, str]]:
    """Every text that may be printed in minutes, with the place of its entry; what is not given is not."""
    yield register.organisation.place, register.organisation.name
    yield from ((register.organisation.place, name) for _, name in register.parties)
    for person in register.persons:
        yield from ((person.place, text) for text in (person.name, person.title) if text)
    for body in register.bodies:
        yield from ((body.place, text) for text in (body.name, body.definite))
    for meeting in register.meetings:
        yield from ((meeting.place, text) for text in (meeting.title, meeting.venue) if text)
        for matter in meeting.matters:
            texts = [matter.title, matter.reference, matter.background, matter.rapporteur]
            if matter.proposal is not None:
                texts += [matter.proposal.source, matter.proposal.lead, *matter.proposal.points]
            yield from ((matter.place, text) for text in texts if text)
