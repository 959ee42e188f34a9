"""5 kap. 10, 33, 37, 50, 52, 55 och 58 §§ and 9 kap. 6 §: every majority, and what it is counted of."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final, Literal, Protocol, TypeAlias

from meeting_server.law.citation import kl
from meeting_server.law.kommunallagen.preparation import months_after
from meeting_server.law.majority import Side, at_least_two_thirds, simple
from meeting_server.law.ruling import Rule, Ruling, rule

Counted: TypeAlias = Literal["present", "cast"]
"""What a majority is a share of: all who are present, those who abstain included, or the votes cast."""

MajoritySubject: TypeAlias = Literal[
    "ordinary", "extra_election", "stop_referendum", "other_than_party", "unannounced", "unprepared"
]
"""What the question is about, where that decides the majority: an ordinary matter, extra val, folkomröstning
efter folkinitiativ, nämnd vald på annan grund än partipolitisk, att ta upp ett ärende som inte är
tillkännagivet, beslut i ett ärende som inte är berett."""

QualifiedSubject: TypeAlias = Literal["extra_election", "stop_referendum", "other_than_party", "charter"]
"""What a matter on the agenda may be about that asks for more than a simple majority: as MajoritySubject, or
what a federation's own charter (förbundsordning) names."""

_MONTHS_BEFORE_EXTRA: Final = 6


class MajorityRule(Protocol):
    """Facts: yes and no, the votes cast, and present, all counted. Outcome: the side that has carried."""

    def __call__(self, *, yes: int, no: int, present: int) -> Ruling[Side]: ...


@rule(
    "simple-majority",
    kl(5, 55),
    "Utgången bestäms genom enkel majoritet, om inte något annat anges i denna lag eller annan författning.",
)
def ordinary(*, yes: int, no: int, present: int) -> Side:
    """Which side has most of the votes cast; those present who abstain weigh nothing."""
    del present
    return simple(yes, no)


@rule(
    "extra-election",
    kl(5, 10),
    "Extra val ska hållas om minst två tredjedelar av de närvarande ledamöterna röstar för det.",
)
def extra_election(*, yes: int, no: int, present: int) -> Side:
    """Whether an extra election is held: two thirds of those present vote for it, whoever abstains."""
    del no
    return "yes" if at_least_two_thirds(yes, of=present) else "no"


@rule(
    "stop-referendum",
    kl(5, 37),
    "inte minst två tredjedelar av de närvarande ledamöterna röstar mot förslaget",
)
def stop_referendum(*, yes: int, no: int, present: int) -> Side:
    """Whether a referendum the people ask for is held: unless two thirds of those present are against."""
    del yes
    return "no" if at_least_two_thirds(no, of=present) else "yes"


@rule(
    "other-than-party",
    kl(5, 58, 2),
    "om två tredjedelar av de närvarande ledamöterna i fullmäktige vid inrättandet av nämnden har röstat för "
    "att ledamöter i nämnden ska väljas på någon annan grund än partipolitisk",
)
def other_than_party(*, yes: int, no: int, present: int) -> Side:
    """Whether a committee is elected on other than party grounds: two thirds of those present vote for it."""
    del no
    return "yes" if at_least_two_thirds(yes, of=present) else "no"


@rule(
    "unanimous-to-take-up",
    kl(5, 52, 2),
    "Ett brådskande ärende får dock avgöras om samtliga närvarande ledamöter beslutar det.",
)
def take_up_unannounced(*, yes: int, no: int, present: int) -> Side:
    """Whether an urgent matter nobody has announced may be decided today: all present vote that it may."""
    del no
    return "yes" if 0 < present == yes else "no"


@rule(
    "unanimous-on-decision",
    kl(5, 33),
    "om samtliga närvarande ledamöter är ense om beslutet",
)
def unprepared(*, yes: int, no: int, present: int) -> Side:
    """Whether a matter nobody has prepared is decided so: all present are for that very decision."""
    del no
    return "yes" if 0 < present == yes else "no"


@dataclass(frozen=True)
class Majority:
    """A row of the table of majorities: the rule, what it is counted of, and its name in a sentence."""

    rule: Rule[..., Side]
    counted: Counted
    swedish: str

    def side(self, *, yes: int, no: int, present: int) -> Ruling[Side]:
        """Which side has carried at these numbers."""
        return self.rule(yes=yes, no=no, present=present)


MAJORITIES: Final[Mapping[str, Majority]] = {
    "ordinary": Majority(ordinary, "cast", "enkel majoritet av de avgivna rösterna"),
    "extra_election": Majority(extra_election, "present", "minst två tredjedelar av de närvarande"),
    "stop_referendum": Majority(
        stop_referendum, "present", "att inte minst två tredjedelar av de närvarande röstar mot"
    ),
    "other_than_party": Majority(other_than_party, "present", "minst två tredjedelar av de närvarande"),
    "unannounced": Majority(take_up_unannounced, "present", "samtliga närvarande"),
    "unprepared": Majority(unprepared, "present", "att samtliga närvarande är ense om beslutet"),
}
"""Every majority the statute names for a question, by MajoritySubject."""


@rule(
    "qualified-majority",
    kl(9, 6, 0, 7),
    "om det för beslut ska krävas kvalificerad majoritet i den beslutande församlingen och för vilka ärenden "
    "detta ska gälla",
)
def qualified(
    *, yes: int, cast: int, present: int, numerator: int, denominator: int, counted: Counted
) -> bool:
    """Whether the share a federation's own charter (förbundsordning) asks for is reached, in whole numbers.

    The share is `numerator` by `denominator` of what is `counted`: all present, or the votes cast.
    """
    of = present if counted == "present" else cast
    return yes > 0 and denominator * yes >= numerator * of


@rule(
    "extra-election-not-before",
    kl(5, 10),
    "Ett beslut om extra val får dock inte fattas förrän sex månader har gått från det nyvalda fullmäktiges "
    "första sammanträde.",
)
def extra_election_not_before(*, first_meeting: date, on: date) -> bool:
    """Whether an extra election may be decided that day: six months after the newly elected first met."""
    return on >= months_after(first_meeting, _MONTHS_BEFORE_EXTRA)


@rule(
    "extra-election-deferred",
    kl(5, 50, 2),
    "Ett ärende om extra val ska dock alltid bordläggas första gången det tas upp till behandling.",
)
def extra_election_deferred(*, first_time: bool) -> bool:
    """Whether the matter of an extra election must be deferred now: always the first time."""
    return first_time
