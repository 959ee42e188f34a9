"""Lag (2022:629): when an election is proportional, who conducts it, who may take part, what a slip carries.

The act's 1–6 §§ and the start of 7 § have been read; nothing here rests on a later section.
"""

from typing import Final, Literal, TypeAlias

from meeting_server.law.citation import elections_act, kl
from meeting_server.law.proportional import needed
from meeting_server.law.ruling import judgement, rule

SOURCE: Final = "lag (2022:629) 1–7 §§"
"""Where the unconfirmed words were read."""

Subject: TypeAlias = Literal[
    "committee",
    "drafting_committee",
    "auditors",
    "company",
    "foundation",
    "company_auditors",
    "presidium",
    "other",
]
"""Who are elected, where it decides the method; presidium and anything else is elected by majority."""

_PROPORTIONAL: Final = frozenset(
    {"committee", "drafting_committee", "auditors", "company", "foundation", "company_auditors"}
)


@rule(
    "may-be-proportional",
    kl(5, 58, 1),
    "Under de förutsättningar som anges i lagen (2022:629) om proportionella val i kommuner och regioner ska "
    "följande val vara proportionella",
)
def may_be_proportional(*, subject: Subject, other_than_party: bool) -> bool:
    """Whether the election may be demanded proportional in the assembly.

    `other_than_party` is a committee of 6 kap. 2 § 2, resolved by two thirds to be elected on other grounds.
    """
    return subject in _PROPORTIONAL and not (other_than_party and subject == "committee")


@rule(
    "may-be-proportional",
    kl(6, 42),
    "En nämnd ska välja utskott bland ledamöterna och ersättarna i nämnden. Bestämmelserna i lagen "
    "(2022:629) om proportionella val i kommuner och regioner ska då tillämpas.",
)
def working_committee_proportional(*, subject: str) -> bool:
    """Whether a committee's election may be demanded proportional: to its utskott."""
    return subject == "working_committee"


@rule(
    "may-be-proportional",
    kl(9, 8, 1),
    "ska val av ledamöter och ersättare i den beslutande församlingen samt revisorer vara proportionella",
)
def federation_proportional(*, subject: str) -> bool:
    """Whether the election may be demanded proportional: to a federation's deciding body, or its auditors."""
    return subject in ("federation", "auditors")


@rule(
    "proportional-demand",
    elections_act(2),
    "om proportionella val i kommuner och regioner",
    confirmed=False,
    source=SOURCE,
)
def proportional_demand(*, demanding: int, present: int, places: int) -> bool:
    """Whether enough demand a proportional election: those present by the places and one, rounded up.

    Present are all members attending, those who do not take part in the election included.
    """
    return demanding >= needed(present=present, places=places)


@rule(
    "substitutes-proportional",
    elections_act(3),
    "om proportionella val i kommuner och regioner",
    confirmed=False,
    source=SOURCE,
)
def substitutes_proportional(*, members_proportional: bool) -> bool:
    """Whether substitutes may be elected proportionally: only if the members were."""
    return members_proportional


@rule("returning-officer", elections_act(4), "valförrättare", confirmed=False, source=SOURCE)
def returning_officer(*, chair: str, chosen: str | None) -> str:
    """Who conducts the election (valförrättare), by id: the chair, or another member the electors choose."""
    return chosen or chair


@rule("ballots-secret", elections_act(5), "Slutna valsedlar.", force="warn", confirmed=False, source=SOURCE)
def takes_part(*, remote: bool) -> bool:
    """Whether an elector can vote: on a closed slip of paper, so in the room; the remote are only present."""
    return not remote


@judgement(
    "ballots-alike",
    elections_act(6),
    "enkelsidiga och omärkta samt lika till storlek, material och färg",
    question="Är valsedlarna enkelsidiga och omärkta samt lika till storlek, material och färg?",
    force="warn",
    confirmed=False,
    source=SOURCE,
)
def ballots_alike(*, alike: bool) -> bool:
    """Whether the slips can be told from each other: the tellers answer."""
    return alike


@rule("group-designation", elections_act(7), "gruppbeteckning", confirmed=False, source=SOURCE)
def designated(*, designation: str) -> bool:
    """Whether the slip carries the designation in words (gruppbeteckning) that it needs."""
    return any(sign.isalpha() for sign in designation)
