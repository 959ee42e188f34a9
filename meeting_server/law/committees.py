"""6 kap.: what differs in a committee (nämnd) and in the executive (styrelse), as it stood from 2018."""

from collections.abc import Sequence

from meeting_server.law.citation import kl
from meeting_server.law.kommunallagen.conflict import Presence
from meeting_server.law.kommunallagen.remote import Distance
from meeting_server.law.kommunallagen.substitutes import Candidate
from meeting_server.law.kommunallagen.substitutes import substitute_priority as in_turn
from meeting_server.law.majority import more_than_half
from meeting_server.law.ruling import judgement, rule

_SERVICE = "Fullmäktige ska besluta om ersättarnas tjänstgöring i nämnderna."
_PROCEDURE = "I fråga om förfarandet när en nämnd fattar beslut ska 5 kap. 53–56 §§ tillämpas."
_EXTENT = (
    "Fullmäktige ska besluta i vilken utsträckning ledamöter får delta i en nämnds sammanträden på distans."
)


@rule(
    "substitute-order",
    kl(6, 16, 2),
    "Om ersättarna inte väljs proportionellt, ska fullmäktige bestämma i vilken ordning de ska tjänstgöra.",
)
def substitute_priority(*, candidates: Sequence[Candidate], constituency: str | None) -> str | None:
    """The id of the substitute whose turn it is by the assembly's order; there are no constituencies here.

    That one who has begun to serve keeps the seat is the assembly's rule (5:18), which the standing orders of
    committees copy.
    """
    del constituency
    return in_turn(candidates=candidates, constituency=None).outcome


@rule("substitute-serves", kl(6, 17, 1), _SERVICE)
def substitute_serves(*, hindered: bool) -> bool:
    """Whether a substitute serves in the member's place."""
    return hindered


@rule("late-member", kl(6, 17, 1), _SERVICE, force="warn")
def late_member_serves(*, substitute_in: bool) -> bool:
    """Whether a member who comes late may serve: left to the assembly, which lets the member."""
    del substitute_in
    return True


@rule("no-return-same-day", kl(6, 17, 1), _SERVICE)
def may_return(*, interrupted: bool, for_conflict: bool, same_day: bool, local_rule: bool) -> bool:
    """Whether a member may serve again that day: yes, unless the standing orders (`local_rule`) copy 5:20."""
    return not (local_rule and interrupted and same_day and not for_conflict)


@rule("physical-place", kl(6, 23, 1), "Nämnderna bestämmer tid och plats för sina sammanträden.")
def physical_place(*, place: bool) -> bool:
    """Whether the meeting has the place it needs: a committee decides that for itself."""
    del place
    return True


@rule("remote-permitted", kl(6, 24, 1), _EXTENT)
def remote_permitted(*, distance: Distance) -> bool:
    """Whether anybody may take part remotely: as far as the assembly has decided, never by own choice."""
    return distance != "not_allowed"


@rule(
    "presidium-remote",
    kl(6, 24, 2),
    "En ledamot som deltar på distans ska anses vara närvarande vid nämndens sammanträde.",
)
def presidium_remote(*, in_presidium: bool) -> bool:
    """Whether a remote member counts as present; a committee's presidium is no exception."""
    del in_presidium
    return True


@rule("fully-remote", kl(6, 24, 1), _EXTENT, force="warn")
def fully_remote(*, remote: int, present: int, distance: Distance) -> bool:
    """Whether so many may be remote; before July 2026 the one who presides was held to belong in the room."""
    del distance
    return remote == 0 or remote < present


@rule("mandatory-remote", kl(6, 24, 1), _EXTENT)
def mandatory_remote(*, distance: Distance, committee_decided: bool) -> bool:
    """Whether members may be obliged to take part remotely: before July 2026 they might, never must."""
    del distance, committee_decided
    return False


@rule(
    "quorum",
    kl(6, 27),
    "En nämnd får handlägga ärenden endast om fler än hälften av ledamöterna är närvarande.",
)
def quorum(*, present: int, seats: int) -> bool:
    """Whether matters may be handled: more than half of the seats are present."""
    return more_than_half(present, of=seats)


@rule(
    "quorum-with-conflict",
    kl(6, 27),
    "En nämnd får handlägga ärenden endast om fler än hälften av ledamöterna är närvarande.",
)
def quorum_with_conflict(*, present: int, disqualified: int, seats: int) -> bool:
    """As quorum: in a committee those missing because of conflict of interest are not made up for."""
    del disqualified
    return more_than_half(present, of=seats)


@judgement(
    "disqualified",
    kl(6, 28, 1, 1),
    "han eller hon eller någon närstående är part i ärendet eller annars kan antas bli påverkad av "
    "beslutet i en inte "
    "oväsentlig utsträckning",
    question=(
        "Är du eller någon närstående part i ärendet, kan ni antas bli påverkade av beslutet, eller "
        "finns något annat "
        "som gör att din opartiskhet kan ifrågasättas?"
    ),
)
def disqualified(*, concerned: bool) -> bool:
    """Whether the member may not take part: the member says so, or the committee decides."""
    return concerned


@rule(
    "conflict-presence",
    kl(6, 30, 1),
    "får inte delta eller närvara vid handläggningen av ärendet",
)
def conflict_presence() -> Presence:
    """Where a disqualified member goes: out of the room, and off picture, sound and papers when remote."""
    return "leaves"


@rule("announced", kl(6, 33, 1), _PROCEDURE)
def announced_only(*, announced: bool, unanimous: bool) -> bool:
    """Whether the matter may be decided: committees need not announce, 5:52 is not among their rules."""
    del announced, unanimous
    return True


@rule("prepared", kl(6, 33, 1), _PROCEDURE)
def prepared_only(*, prepared: bool, agreed: bool) -> bool:
    """Whether the matter may be decided: the duty to prepare (5:26) concerns the assembly's matters only."""
    del prepared, agreed
    return True


@rule(
    "minority-deferral",
    kl(6, 33, 2),
    "För bordläggning av ett ärende i en nämnd krävs det enkel majoritet.",
)
def minority_deferral(*, requesting: int, present: int, used: bool, election: bool) -> bool:
    """Whether a minority gets the matter deferred or referred back: never in a committee."""
    del requesting, present, used, election
    return False


def minority_needed(present: int) -> int | None:
    """How many a minority needs: None, it has no such right in a committee."""
    del present
    return None


@rule("referral-motivation", kl(6, 33, 1), _PROCEDURE)
def referral_motivation(*, motivation: bool) -> bool:
    """Whether the referral back has the motivation it needs: a committee's majority needs none."""
    del motivation
    return True


@judgement(
    "new-matter",
    kl(6, 33, 1),
    _PROCEDURE,
    question="Innebär förslaget att ett nytt ärende väcks?",
    force="warn",
)
def new_matter(*, raises_new_matter: bool) -> bool:
    """Whether the proposal raises a new matter: 5:57 binds no committee, so the chair is only asked."""
    return raises_new_matter
