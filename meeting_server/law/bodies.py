"""The kinds of bodies (organ) and which rules each lives by: 5 kap., 6 kap., 9 kap. or none at all."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields, replace
from typing import Any, Final, Literal, TypeAlias

from meeting_server.law.body_rules import BodyRules
from meeting_server.law.citation import Citation
from meeting_server.law.kommunallagen.publicity import drafting_committee_public
from meeting_server.law.kommunallagen.remote import Distance
from meeting_server.law.ruling import Rule, rule

BodyKind: TypeAlias = Literal[
    "assembly",
    "executive",
    "committee",
    "working_committee",
    "drafting_committee",
    "joint_committee",
    "federation_assembly",
    "federation_executive",
    "coordination_body",
    "advisory_council",
]
"""Fullmäktige, styrelse, nämnd, utskott, beredning, gemensam nämnd, förbundsfullmäktige, förbundsdirektion,
samordningsförbund, råd."""


_OWN_LAW: Final = Citation("lag (2003:1210)", 0, 19, letter="a")
"""On financial coordination (samordningsförbund)."""

_EXTENT: Final[tuple[Distance, ...]] = ("not_allowed", "some_may", "all_may", "all_may_be_obliged")


@dataclass(frozen=True)
class BodyProfile:
    """What is particular to a kind of body beside its rules; the meeting reads it and asks no kind.

    `local_rules` is what its own rules are called in a sentence. `is_public` whether it meets before the
    public (5:42). `announced` whether its meetings are announced on the board a week before (5:13, 9:10).
    `answers` whether interpellations and questions are put in it (5:59–64). `shared` whether several
    municipalities have standing orders for it (9:23). `without` says who has not opened it for distance.
    """

    kind: BodyKind
    local_rules: str
    is_public: bool = False
    announced: bool = False
    answers: bool = False
    odd_seats: bool = False
    shared: bool = False
    without: str = "Fullmäktige har inte beslutat att ledamöter får delta på distans i"


PROFILES: Final[Mapping[str, BodyProfile]] = {
    profile.kind: profile
    for profile in (
        BodyProfile(
            "assembly", "arbetsordningen", is_public=True, announced=True, answers=True, odd_seats=True
        ),
        BodyProfile("executive", "reglementet"),
        BodyProfile("committee", "reglementet"),
        BodyProfile("working_committee", "reglementet"),
        BodyProfile("drafting_committee", "arbetsordningen"),
        BodyProfile(
            "joint_committee",
            "reglementet",
            shared=True,
            without="Fullmäktige i alla samverkande kommuner har inte beslutat om distans i",
        ),
        BodyProfile("federation_assembly", "arbetsordningen", is_public=True, announced=True, answers=True),
        BodyProfile(
            "federation_executive",
            "förbundsordningen",
            announced=True,
            without="Direktionen har inte beslutat att ledamöter får delta på distans i",
        ),
        BodyProfile(
            "coordination_body",
            "förbundsordningen",
            without="Styrelsen har inte beslutat att ledamöter får delta på distans i",
        ),
        BodyProfile("advisory_council", "rådets instruktion", without="Rådet har inte öppnat för distans i"),
    )
}
"""Profile by kind, in the order of the catalogue."""


@rule(
    "remote-permitted",
    _OWN_LAW,
    "på lika villkor",
    confirmed=False,
    source="prop. 2021/22:67",
)
def coordination_remote(*, distance: Distance) -> bool:
    """Whether anybody may take part remotely in a coordination body: it decides so itself (19 a §)."""
    return distance != "not_allowed"


@rule(
    "remote-live",
    _OWN_LAW,
    "på lika villkor",
    force="warn",
    confirmed=False,
    source="prop. 2021/22:67",
)
def coordination_live(*, sends_picture: bool, sends_sound: bool) -> bool:
    """Whether the link does: picture and sound; sound alone for special reasons, which a person judges."""
    return sends_picture and sends_sound


def rules_for(kind: str, assembly: BodyRules, committee: BodyRules) -> BodyRules:
    """The rules of a body of that kind, made of the assembly's and the committees'; KeyError otherwise.

    A federation's executive (förbundsdirektion) is its deciding assembly and its executive at once (9:3,
    9:5): it decides as an assembly (9:2), but conflicts of interest are those of a committee, the wider rule,
    it is closed as a committee is but for the meeting that sets the budget (9:10), and the bill's ban on a
    remote presidium is reported for fullmäktige only. A drafting committee's doors follow 5:44. An advisory
    council has no statute: every rule is recorded and none stops anything.
    """
    if kind == "federation_executive":
        return replace(
            assembly,
            physical_place=committee.physical_place,
            remote_permitted=committee.remote_permitted,
            presidium_remote=committee.presidium_remote,
            fully_remote=committee.fully_remote,
            mandatory_remote=committee.mandatory_remote,
            quorum_with_conflict=committee.quorum_with_conflict,
            disqualified=committee.disqualified,
            conflict_presence=committee.conflict_presence,
            conflict_overlooked=committee.conflict_overlooked,
            tests_own_conflict=committee.tests_own_conflict,
            public_meeting=committee.public_meeting,
            always_closed=committee.always_closed,
            closed_doors=committee.closed_doors,
            stays_behind_closed_doors=committee.stays_behind_closed_doors,
        )
    if kind == "drafting_committee":
        return replace(committee, public_meeting=drafting_committee_public)
    if kind == "coordination_body":
        return replace(committee, remote_permitted=coordination_remote, remote_live=coordination_live)
    if kind == "advisory_council":
        return _unbound(committee)
    return {"assembly": assembly, "federation_assembly": assembly}.get(kind, committee)


def _unbound(rules: BodyRules) -> BodyRules:
    """The same rules with none that stops an act."""
    held = {field.name: getattr(rules, field.name) for field in fields(rules)}
    warned: dict[str, Any] = {
        name: replace(each, force="warn") for name, each in held.items() if isinstance(each, Rule)
    }
    return replace(rules, **warned)


def strictest(distances: Iterable[Distance]) -> Distance:
    """The least that any of several standing orders allows: what a joint committee may do (9:23, 6:24).

    ValueError when there is none.
    """
    return min(distances, key=_EXTENT.index)
