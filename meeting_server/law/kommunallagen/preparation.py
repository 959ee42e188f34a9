"""5 kap. 26–35 §§: how the assembly's matters are prepared (beredning), and when they need not be."""

from collections.abc import Mapping
from datetime import date
from typing import Final, Literal, TypeAlias

from meeting_server.law.citation import Citation, kl
from meeting_server.law.ruling import rule

Exempt: TypeAlias = Literal[
    "election", "resignation", "committee_size", "extra_election", "audit_report", "citizen_proposal_transfer"
]
"""What needs no preparation: val, avsägelse, ändrad nämnd efter val, extra val, revisionsberättelsen,
överlåtelse av medborgarförslag."""

EXEMPT: Final[Mapping[str, Citation]] = {
    "election": kl(5, 29, 1),
    "resignation": kl(5, 29, 2),
    "committee_size": kl(5, 30),
    "extra_election": kl(5, 31),
    "audit_report": kl(5, 32, 1),
    "citizen_proposal_transfer": kl(5, 34),
}
"""Where each exemption stands."""

Clock: TypeAlias = Literal["in_time", "soon", "overdue"]
"""How a matter that must be decided within a year stands: soon is from ten months on."""

_SOON_MONTHS: Final = 10
_YEAR_MONTHS: Final = 12


def months_after(day: date, months: int) -> date:
    """The same day so many months later, or the last of that month when it has no such day."""
    year, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + year, month + 1
    following = date(year + month // 12, month % 12 + 1, 1)
    last = (following - date(year, month, 1)).days
    return date(year, month, min(day.day, last))


@rule(
    "preparation",
    kl(5, 26),
    "Innan ett ärende avgörs av fullmäktige, ska det ha beretts antingen av en nämnd vars verksamhetsområde "
    "ärendet berör eller av en fullmäktigeberedning.",
    force="warn",
)
def prepared_by(*, by_committee: bool, by_drafting_committee: bool, exempt: Exempt | None) -> bool:
    """Whether the matter has been prepared, or is of a kind that need not be (EXEMPT)."""
    return by_committee or by_drafting_committee or exempt is not None


@rule(
    "committee-heard",
    kl(5, 27),
    "Om ett ärende har beretts bara av en fullmäktigeberedning, ska en nämnd vars verksamhetsområde ärendet "
    "berör alltid ges tillfälle att yttra sig.",
    force="warn",
)
def committee_heard(*, only_drafting_committee: bool, heard: bool) -> bool:
    """Whether the committee concerned has been heard, where only a drafting committee prepared the matter."""
    return heard or not only_drafting_committee


@rule(
    "executive-heard",
    kl(5, 28, 1),
    "Styrelsen ska alltid ges tillfälle att yttra sig i ett ärende som har beretts av en annan nämnd eller "
    "av en fullmäktigeberedning.",
    force="warn",
)
def executive_heard(*, by_executive: bool, heard: bool) -> bool:
    """Whether the executive has had its say: it prepared the matter itself, or was given the opportunity."""
    return by_executive or heard


@rule(
    "proposal-laid",
    kl(5, 28, 2),
    "Styrelsen ska lägga fram förslag till beslut i ett ärende, om inte någon annan nämnd eller en "
    "fullmäktigeberedning har gjort det.",
    force="warn",
)
def proposal_laid(*, by_executive: bool, by_other: bool) -> bool:
    """Whether there is a prepared proposal for a decision, by the executive or whoever else prepared."""
    return by_executive or by_other


@rule(
    "auditors-heard",
    kl(5, 32, 2),
    "Revisorerna och deras sakkunniga ska alltid ges tillfälle att yttra sig vid fullmäktiges behandling av "
    "revisionsberättelsen.",
    force="warn",
)
def auditors_heard(*, audit_report: bool, given_floor: bool) -> bool:
    """Whether the auditors have been given the floor, where their report is treated."""
    return given_floor or not audit_report


@rule(
    "prepared",
    kl(5, 33),
    "Ett brådskande ärende får avgöras trots att ärendet inte har beretts, "
    "om samtliga närvarande ledamöter är ense om beslutet.",
)
def prepared_only(*, prepared: bool, agreed: bool) -> bool:
    """Whether the matter may be decided: it has been prepared, or all present agree on the decision."""
    return prepared or agreed


@rule(
    "year-reported",
    kl(5, 35, 2),
    "Om beredningen inte kan avslutas inom denna tid, ska detta och vad som har kommit fram vid beredningen "
    "anmälas till fullmäktige inom samma tid.",
    force="warn",
)
def year_reported(*, overdue: bool, reported: bool) -> bool:
    """Whether the assembly has been told in time why a matter is not ready within its year."""
    return reported or not overdue


def clock(*, raised_on: date, on: date) -> Clock:
    """How a member's motion or a citizen's proposal stands that day: decided by the same day a year later.

    Soon begins ten months after it was raised, when what is not ready must be reported.
    """
    if on > months_after(raised_on, _YEAR_MONTHS):
        return "overdue"
    return "soon" if on >= months_after(raised_on, _SOON_MONTHS) else "in_time"
