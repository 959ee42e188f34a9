"""What the minutes lack of what KL 5:66–67 asks for: the law's own list, asked of facts and text together."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal

from meeting_server.law.kommunallagen.minutes import (
    MATTER_CONTENT,
    MEETING_CONTENT,
    matter_content,
    minutes_content,
)
from meeting_server.minutes.document import Minutes, Paragraph
from meeting_server.minutes.editing import section_text
from meeting_server.minutes.wording import NBSP

State = Literal["ok", "missing", "none", "later"]
LABELS = {
    "proposals": "Yrkanden",
    "order_of_questions": "Propositionsordning",
    "divisions": "Omröstning och resultat",
    "decisions": "Beslut",
    "taking_part": "Vilka som deltog",
    "reservations": "Reservationer",
}


@dataclass(frozen=True)
class Missing:
    """One thing the minutes lack: in which § (None: the whole), under which point of law, in words."""

    paragraph: int | None
    matter: str | None
    point: str
    code: str
    text: str


@dataclass(frozen=True)
class Content:
    """One point of KL 5:67 for one §: `ok`, `missing`, `none` (nothing to show), `later` (still open)."""

    point: str
    code: str
    label: str
    state: State
    text: str


def missing(minutes: Minutes) -> tuple[Missing, ...]:
    """Everything KL 5:66–67 asks for that these minutes do not show."""
    shown = frozenset(
        key
        for key, there in {
            "served": any(row.group == "serving" for row in minutes.attendance),
            "matters": bool(minutes.paragraphs),
        }.items()
        if there
    )
    found = [
        Missing(None, None, "5:66", key, f"Protokollet visar inte {MEETING_CONTENT[key]}.")
        for key in minutes_content(shown=shown).outcome
    ]
    for paragraph in minutes.paragraphs:
        lacking = frozenset(
            one.code for one in content(paragraph, minutes.complete) if one.state == "missing"
        )
        for key in matter_content(shown=frozenset(MATTER_CONTENT) - lacking).outcome:
            found.append(
                Missing(
                    paragraph.number,
                    paragraph.matter,
                    _point(key),
                    key,
                    f"§{NBSP}{paragraph.number} visar inte {MATTER_CONTENT[key]}.",
                )
            )
    return tuple(found)


def content(paragraph: Paragraph, closed: bool) -> tuple[Content, ...]:
    """The six points of KL 5:67 for one §, each with how it stands. `closed`: the meeting is closed."""
    made = []
    for key in MATTER_CONTENT:
        state, text = _CHECKS[key](paragraph, closed)
        made.append(Content(_point(key), key, LABELS[key], state, text))
    return tuple(made)


def _point(key: str) -> str:
    return f"5:67 p. {list(MATTER_CONTENT).index(key) + 1}"


Answer = tuple[State, str]


def _proposals(paragraph: Paragraph, closed: bool) -> Answer:
    standing = [one for one in paragraph.facts.proposals if not one.withdrawn]
    if not standing:
        return "none", "Inga förslag eller yrkanden."
    text = _text(paragraph, "proposals")
    lost = [one.label for one in standing if one.label.casefold() not in text.casefold()]
    if lost:
        return "missing", f"Texten nämner inte {', '.join(lost)}."
    return "ok", "Alla framgår." if len(standing) > 1 else "Förslaget framgår."


def _order(paragraph: Paragraph, closed: bool) -> Answer:
    if not paragraph.facts.questions_put:
        return "none", "Ingen proposition har ställts."
    if not paragraph.facts.order_of_questions:
        return "missing", "Propositionsordningen framgår inte."
    if not _text(paragraph, "course"):
        return "missing", "Avsnittet Beslutsgång är tomt."
    return "ok", "Propositionsordningen framgår."


def _divisions(paragraph: Paragraph, closed: bool) -> Answer:
    if not paragraph.facts.divisions:
        return "none", "Ingen omröstning."
    text = _text(paragraph, "division")
    for one in paragraph.vote_lists:
        if str(one.yes) not in text or str(one.no) not in text:
            return "missing", f"Resultatet {one.yes}–{one.no} framgår inte av texten."
    return ("ok", "Resultatet framgår.") if text else ("missing", "Avsnittet Omröstning är tomt.")


def _decisions(paragraph: Paragraph, closed: bool) -> Answer:
    if paragraph.facts.decision is None:
        if paragraph.finished_at is None and not closed:
            return "later", "Inget beslut än."
        return "missing", "Inget beslut framgår."
    said = (
        "Att ärendet inte avgjordes framgår."
        if paragraph.facts.decision.outcome == "left"
        else "Beslutet framgår."
    )
    return ("ok", said) if _text(paragraph, "decision") else ("missing", "Avsnittet Beslut är tomt.")


def _taking_part(paragraph: Paragraph, closed: bool) -> Answer:
    decision = paragraph.facts.decision
    if decision is None:
        return ("later", "Inget beslut än.") if not closed else ("none", "Inget beslut.")
    if decision.how in ("noted", "verifiers"):
        return "none", "Ingen särskild lista krävs."
    if not paragraph.facts.took_part:
        return "missing", "Det framgår inte vilka som deltog."
    listed = {one.division for one in paragraph.vote_lists}
    shown = {
        block.division for section in paragraph.sections for block in section.blocks if block.kind == "votes"
    } | {one.division for one in paragraph.vote_lists if one.attachment is not None}
    if listed - shown:
        return "missing", "Voteringslistan är inte med."
    return "ok", f"{len(paragraph.facts.took_part)} deltog."


def _reservations(paragraph: Paragraph, closed: bool) -> Answer:
    if not paragraph.facts.reservations:
        return ("none", "Ingen anmäld.") if closed else ("later", "Kan anmälas tills sammanträdet avslutas.")
    text = _text(paragraph, "reservations")
    lost = [one.name for one in paragraph.facts.reservations if one.name not in text]
    if lost:
        return "missing", f"Texten nämner inte {', '.join(lost)}."
    return "ok", f"{len(paragraph.facts.reservations)} framgår."


_CHECKS: Mapping[str, Callable[[Paragraph, bool], Answer]] = {
    "proposals": _proposals,
    "order_of_questions": _order,
    "divisions": _divisions,
    "decisions": _decisions,
    "taking_part": _taking_part,
    "reservations": _reservations,
}


def _text(paragraph: Paragraph, key: str) -> str:
    return "\n".join(section_text(one) for one in paragraph.sections if one.key == key)
