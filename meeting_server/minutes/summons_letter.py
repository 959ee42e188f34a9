"""What a summons (kallelse) says: time and place, the matters, and where to go; pure (KL 5:15)."""

from __future__ import annotations

from meeting_server.meeting.convening import Matter, MeetingConvened
from meeting_server.minutes.announcing import meeting_notice, urgent_notice


def summons_letter(convened: MeetingConvened, address: str) -> tuple[str, str]:
    """Subject and text of the summons; `address` is the page of the meeting."""
    said = meeting_notice(convened)
    subject = f"Kallelse: {convened.body.name} {_when(said.facts)}"
    return subject, _text(f"Du kallas till {convened.title}.", said.facts, said.matters, address)


def urgent_letter(convened: MeetingConvened, matter: Matter, address: str) -> tuple[str, str]:
    """Subject and text of the word about a matter that was not in the summons (KL 5:15)."""
    said = urgent_notice(convened, matter)
    subject = f"Brådskande ärende: {convened.body.name} {_when(said.facts)}"
    return subject, _text(
        "Ett brådskande ärende läggs till på dagordningen.", said.facts, said.matters, address
    )


def _when(facts: tuple[tuple[str, str], ...]) -> str:
    return dict(facts)["Tid"].replace("\N{NO-BREAK SPACE}", " ")


def _text(first: str, facts: tuple[tuple[str, str], ...], matters: tuple[str, ...], address: str) -> str:
    lines = [first, "", *(f"{label}: {value}" for label, value in facts), "", "Ärenden"]
    lines += [f"{number}. {matter}" for number, matter in enumerate(matters, start=1)]
    lines += ["", "Handlingar och deltagande på distans:", address]
    lines += ["", "Kan du inte komma? Säg till kansliet, så kallas din ersättare."]
    return "\n".join(lines).replace("\N{NO-BREAK SPACE}", " ") + "\n"
