"""What proposals and questions are called in Swedish: the words the chair reads and the minutes repeat."""

from __future__ import annotations

from collections.abc import Sequence

from meeting_server.meeting.convening import Person
from meeting_server.meeting.counting import rules_of
from meeting_server.meeting.state import MatterState, Meeting, Proposal
from meeting_server.meeting.words import REJECT, TODAY, CandidateId, ContestKind

_MOVED = {
    "counter": "yrkande",
    "reject": "yrkande om avslag",
    "amend": "ändringsyrkande",
    "add": "tilläggsyrkande",
    "refer_back": "yrkande om återremiss",
    "defer": "yrkande om bordläggning",
}

_TODAY = "Ärendet avgörs i dag"


def genitive(person: Person) -> str:
    """Whose: "Nilla Nordanängs (N)"; a name that ends in s, x or z stays as it is."""
    name = person.name if person.name[-1:].lower() in ("s", "x", "z") else f"{person.name}s"
    return f"{name} ({person.party})" if person.party else name


def proposal_title(meeting: Meeting, matter: MatterState, proposal: Proposal) -> str:
    """What the proposal is called: "Kommunstyrelsens förslag", "Nilla Nordanängs (N) yrkande"."""
    if proposal.mover is None:
        return proposal.text
    alike = [p for p in matter.standing if p.mover == proposal.mover and p.kind == proposal.kind]
    number = f" {alike.index(proposal) + 1}" if len(alike) > 1 and proposal in alike else ""
    return f"{genitive(meeting.people[proposal.mover])} {_MOVED[proposal.kind]}{number}"


def in_sentence(title: str) -> str:
    """The title inside a sentence: a name keeps its capital, "Kommunstyrelsens förslag" does not."""
    if title == _TODAY:
        return "förslaget att ärendet avgörs i dag"
    a_name = not title.endswith(" förslag") and not title.startswith("Förslaget ")
    return title if a_name else title[:1].lower() + title[1:]


def candidate_label(meeting: Meeting, matter: MatterState, candidate: CandidateId) -> str:
    """What a candidate is called, with a capital."""
    if candidate == TODAY:
        return _TODAY
    if candidate == REJECT:
        return "Avslag"
    return proposal_title(meeting, matter, (matter.proposals or {})[candidate])


def candidate_text(meeting: Meeting, matter: MatterState, candidate: CandidateId) -> str:
    """What the meeting would decide if the candidate carried."""
    definite = meeting.convened.body.definite
    if candidate == TODAY:
        return f"{definite[:1].upper()}{definite[1:]} avgör ärendet i dag."
    if candidate == REJECT:
        return "Förslaget avslås."
    proposal = (matter.proposals or {})[candidate]
    if proposal.kind == "prepared":
        return " ".join(
            f"{n}. {point}" if len(proposal.points) > 1 else point
            for n, point in enumerate(proposal.points, 1)
        )
    return proposal.text


def read_aloud(meeting: Meeting, matter: MatterState, kind: ContestKind, candidate: CandidateId) -> str:
    """The question the chair reads to find whether the candidate carries (proposition)."""
    definite = meeting.convened.body.definite
    if kind == "counter":
        title = in_sentence(candidate_label(meeting, matter, candidate))
        return f"Finner jag att {definite} utser {title} till motförslag?"
    if candidate == TODAY:
        return f"Finner jag att {definite} beslutar att ärendet avgörs i dag?"
    if candidate == REJECT:
        what = "tilläggsyrkandet" if kind == "addition" else "förslaget"
        return f"Finner jag att {definite} beslutar att avslå {what}?"
    proposal = (matter.proposals or {})[candidate]
    if proposal.kind == "refer_back":
        return f"Finner jag att {definite} beslutar att återremittera ärendet?"
    if proposal.kind == "defer":
        return f"Finner jag att {definite} beslutar att bordlägga ärendet?"
    title = in_sentence(proposal_title(meeting, matter, proposal))
    if kind == "addition":
        return f"Finner jag att {definite} beslutar att bifalla {title}?"
    return f"Finner jag att {definite} beslutar enligt {title}?"


def order_of_questions(
    meeting: Meeting, matter: MatterState, kind: ContestKind, candidates: Sequence[CandidateId]
) -> str:
    """The order in which the proposals are put, as the minutes record it (KL 5:67 p. 2)."""
    names = [in_sentence(candidate_label(meeting, matter, c)) for c in candidates]
    if kind == "today":
        others = dict.fromkeys(_deferring(matter, c) for c in candidates if c != TODAY)
        ways = [_DEFERRED[way] for way in others]
        asked = (
            f"Ordföranden frågar först om ärendet ska {', '.join(['avgöras i dag', *ways[:-1]])} "
            f"eller {ways[-1]}."
        )
        if not matter.matter.minority_used or rules_of(meeting).minority_needed(3) is None:
            return asked
        return (
            "Ärendet har tidigare bordlagts eller återremitterats på begäran av en minoritet, och nu krävs "
            f"enkel majoritet (5 kap. 50 § kommunallagen). {asked}"
        )
    if kind == "counter":
        among = " mot ".join(names) if len(names) == 2 else f"{', '.join(names[:-1])} och {names[-1]}"
        return f"För att utse motförslag ställer ordföranden proposition på {among}."
    if kind == "addition":
        return f"Ordföranden ställer proposition på bifall till eller avslag på {names[0]}."
    if len(names) == 1:
        return f"Ordföranden ställer proposition på bifall till {names[0]}."
    return (
        f"Det finns {len(names)} förslag till beslut. Ordföranden ställer proposition på dem i ordningen "
        f"{', '.join(names[:-1])} och {names[-1]}."
    )


def division_question(
    meeting: Meeting, matter: MatterState, kind: ContestKind, yes: CandidateId, no: CandidateId
) -> str:
    """What yes and no mean (voteringsproposition)."""
    return f"Den som vill {_wish(meeting, matter, kind, yes, no)} röstar ja. " + (
        f"Den som vill {_wish(meeting, matter, kind, no, yes)} röstar nej."
    )


def _wish(
    meeting: Meeting, matter: MatterState, kind: ContestKind, candidate: CandidateId, other: CandidateId
) -> str:
    if kind == "counter":
        return f"ha {in_sentence(candidate_label(meeting, matter, candidate))} som motförslag"
    if candidate == TODAY:
        return "att ärendet avgörs i dag"
    if candidate == REJECT:
        return f"avslå {in_sentence(candidate_label(meeting, matter, other))}"
    proposal = (matter.proposals or {})[candidate]
    if proposal.kind in ("refer_back", "defer"):
        return f"att ärendet {_deferring(matter, candidate)}"
    return f"bifalla {in_sentence(proposal_title(meeting, matter, proposal))}"


def _deferring(matter: MatterState, candidate: CandidateId) -> str:
    return "återremitteras" if (matter.proposals or {})[candidate].kind == "refer_back" else "bordläggs"


_DEFERRED = {"återremitteras": "återremitteras", "bordläggs": "bordläggas"}
"""What happens to a matter that is put off, and what is then to happen to it."""
