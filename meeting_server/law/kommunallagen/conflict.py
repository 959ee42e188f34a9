"""5 kap. 47–49 §§: conflict of interest (jäv) in the assembly."""

from typing import Literal, TypeAlias

from meeting_server.law.citation import kl
from meeting_server.law.ruling import judgement, rule

Presence: TypeAlias = Literal["may_watch", "leaves"]
"""Where a disqualified member goes while the matter is handled."""

Accounted: TypeAlias = Literal["auditor", "discharge", "other"]
"""What the matter is to one accountable: election of the auditor, discharge (ansvarsfrihet), or neither."""

_TEST = "I fråga om jäv för ledamöter ska 6 kap. 30 § andra och tredje styckena tillämpas."


@judgement(
    "disqualified",
    kl(5, 47, 1),
    "En ledamot får inte delta i handläggningen av ett ärende som personligen rör ledamoten själv, "
    "ledamotens make, "
    "sambo, förälder, barn eller syskon eller någon annan närstående.",
    question="Rör ärendet dig eller någon närstående personligen?",
)
def disqualified(*, concerned: bool) -> bool:
    """Whether the member may not take part: the member says so, or the body decides."""
    return concerned


@rule(
    "conflict-presence",
    kl(5, 47, 1),
    "En ledamot får inte delta i handläggningen",
)
def conflict_presence() -> Presence:
    """Where a disqualified member goes: out of the handling, but the meeting is public and may be watched."""
    return "may_watch"


@rule("conflict-overlooked", kl(5, 47, 2), _TEST)
def conflict_overlooked(*, obviously_unimportant: bool) -> bool:
    """Whether the conflict is left out of account: the assembly has no such rule, 6:29 is not its."""
    del obviously_unimportant
    return False


@rule("conflict-test", kl(5, 47, 2), _TEST)
def tests_own_conflict(*, quorate_without: bool, other_available: bool) -> bool:
    """Whether the one concerned takes part in deciding the question: if needed for a quorum."""
    return not quorate_without and not other_available


@judgement(
    "accountable",
    kl(5, 48, 1),
    "Den som är redovisningsskyldig till kommunen eller regionen får inte delta i",
    question="Är du eller någon närstående redovisningsskyldig för verksamheten?",
)
def disqualified_as_accountable(*, accountable: bool, subject: Accounted) -> bool:
    """Whether somebody accountable may not take part: electing the auditor, or giving discharge."""
    return accountable and subject != "other"


@rule(
    "accountable-debates",
    kl(5, 49, 1),
    "delta i fullmäktiges överläggningar, när revisionsberättelsen över den verksamhet som de har ansvaret "
    "för behandlas",
)
def accountable_debates(*, responsible: bool, report: bool) -> bool:
    """Whether one disqualified as accountable may debate: on the auditors' report on the own activity."""
    return responsible and report
