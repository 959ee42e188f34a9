"""How Swedish minutes write times, dates, numbers, names and lists of §§."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence

from meeting_server.meeting.convening import Person

NBSP = "\u00a0"
MONTHS = (
    *("januari", "februari", "mars", "april", "maj", "juni"),
    *("juli", "augusti", "september", "oktober", "november", "december"),
)
IDENTITY = {
    "known": "känd för ordföranden",
    "id_shown": "legitimation uppvisad",
    "eid": "e-legitimation",
}
PRESIDIUM = {
    "chair": "ordförande",
    "first_vice_chair": "1:e vice ordförande",
    "second_vice_chair": "2:e vice ordförande",
}


def iso(at: dt.datetime, zone: dt.tzinfo | None) -> str:
    """An instant as ISO text in the meeting's own offset, whole seconds."""
    return at.astimezone(zone).isoformat(timespec="seconds")


def clock(at: dt.datetime | str) -> str:
    """ "18.05": the time of day as minutes write it."""
    return _moment(at).strftime("%H.%M")


def at_clock(at: dt.datetime | str) -> str:
    """ "kl. 18.05" with a space that does not break."""
    return f"kl.{NBSP}{clock(at)}"


def stretch(start: dt.datetime | str, end: dt.datetime | str | None) -> str:
    """ "18.00–19.12", or "18.00–" while it lasts."""
    return f"{clock(start)}–{clock(end) if end is not None else ''}"


def date_in_words(on: dt.date) -> str:
    """ "17 november 2026"."""
    return f"{on.day}{NBSP}{MONTHS[on.month - 1]}{NBSP}{on.year}"


def listed(words: Sequence[str]) -> str:
    """ "A", "A och B", "A, B och C"."""
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} och {words[-1]}"


def paragraph_span(numbers: Iterable[int]) -> str:
    """ "§ 41", "§§ 41–44", "§§ 41–44, 46"; empty for none."""
    ordered = sorted(set(numbers))
    if not ordered:
        return ""
    runs: list[list[int]] = []
    for number in ordered:
        if runs and runs[-1][-1] == number - 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    words = [str(r[0]) if len(r) == 1 else f"{r[0]}–{r[-1]}" for r in runs]
    return f"{'§' if len(ordered) == 1 else '§§'}{NBSP}{', '.join(words)}"


def counted(number: int, one: str, many: str) -> str:
    """ "1 ledamot", "7 ledamöter": the number in figures."""
    return f"{number} {one if number == 1 else many}"


def genitive(name: str) -> str:
    """ "Annas", "Lars", "Max": a name in the genitive."""
    return name if name.endswith(("s", "x", "z", "S", "X", "Z")) else f"{name}s"


def owners(person: Person) -> str:
    """ "Nilla Nordanängs (N)": a person in the genitive, the party letter after."""
    return f"{genitive(person.name)} ({person.party})" if person.party else genitive(person.name)


def lowered(phrase: str) -> str:
    """ "Kommunstyrelsens förslag" inside a sentence.

    Its first letter small, unless the word is an abbreviation.
    """
    return phrase if phrase[1:2].isupper() else phrase[:1].lower() + phrase[1:]


def raised(phrase: str) -> str:
    """The phrase with its first letter large, the rest as it is."""
    return phrase[:1].upper() + phrase[1:]


def sentence(text: str) -> str:
    """A text ended by a full stop, unless it already ends a sentence."""
    stripped = text.strip()
    return stripped if stripped.endswith((".", "!", "?", ":", "”", '"')) else f"{stripped}."


def lines_of(text: str) -> tuple[str, ...]:
    """The lines of a text that hold something, without list marks and numbers in front."""
    made = []
    for line in text.splitlines():
        bare = line.strip()
        head, dot, rest = bare.partition(". ")
        if dot and head.isdigit():
            bare = rest.strip()
        bare = bare.removeprefix("- ").removeprefix("– ").strip()
        if bare:
            made.append(bare)
    return tuple(made)


def _moment(at: dt.datetime | str) -> dt.datetime:
    return dt.datetime.fromisoformat(at) if isinstance(at, str) else at
