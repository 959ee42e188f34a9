"""5 kap. 59–61, 64 and 68 §§: whom interpellations and questions are put to, and what they must be."""

from meeting_server.law.citation import kl
from meeting_server.law.ruling import duty, judgement, rule


@rule(
    "asking-addressee",
    kl(5, 59, 1),
    "riktas till ordföranden i en nämnd eller en fullmäktigeberedning samt till de förtroendevalda i övrigt "
    "som fullmäktige bestämmer",
)
def may_be_asked(*, chairs_committee: bool, named_by_assembly: bool) -> bool:
    """Whether an elected official may be asked: the chair of a committee, or one the assembly has named."""
    return chairs_committee or named_by_assembly


@rule("interpellation-form", kl(5, 60), "ha ett bestämt innehåll och vara försedda med motivering")
def interpellation_formed(*, definite: bool, motivation: bool) -> bool:
    """Whether an interpellation has the form it needs: a definite content, and a motivation."""
    return definite and motivation


@judgement(
    "asking-subject",
    kl(5, 61, 1),
    "De får dock inte avse ärenden som rör myndighetsutövning mot någon enskild.",
    question="Rör frågan myndighetsutövning mot någon enskild?",
    force="warn",
)
def subject_allowed(*, authority: bool) -> bool:
    """Whether the subject may be asked about: not the exercise of authority against an individual."""
    return not authority


@rule("question-form", kl(5, 64, 2), "En fråga ska ha ett bestämt innehåll.")
def question_formed(*, definite: bool) -> bool:
    """Whether a question has the form it needs: a definite content; an introduction is as the asker likes."""
    return definite


@duty(
    "questions-minuted",
    kl(5, 68),
    "I protokollet ska det anges vilka interpellationer och frågor som har ställts och vilka "
    "som har besvarats.",
)
def questions_minuted(*, put: frozenset[str], shown: frozenset[str]) -> tuple[str, ...]:
    """The ids of the interpellations and questions put that the minutes do not show; empty when complete."""
    return tuple(sorted(put - shown))
