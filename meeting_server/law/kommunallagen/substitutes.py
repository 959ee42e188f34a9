"""5 kap. 17–21 §§: how substitutes serve in the assembly (ersättarnas tjänstgöring)."""

from collections.abc import Sequence
from dataclasses import dataclass

from meeting_server.law.citation import kl
from meeting_server.law.ruling import rule


@dataclass(frozen=True)
class Candidate:
    """A substitute who could be called in for one member.

    `order` is the turn fixed between the substitutes, lowest first: for that member when `place` is 0, else
    for the member who holds that place for the party in the constituency. `constituency_votes` is the party's
    votes in the substitute's constituency (valkrets), needed only where there is more than one.
    """

    id: str
    order: int
    has_served: bool = False
    constituency: str | None = None
    constituency_votes: int = 0
    place: int = 0

    def __str__(self) -> str:
        """The id, which is what a stored ruling keeps."""
        return self.id


@rule(
    "substitute-serves",
    kl(5, 17),
    "Om en ledamot är förhindrad att inställa sig till ett sammanträde eller att fortsätta delta i ett "
    "sammanträde, "
    "ska en ersättare tjänstgöra i ledamotens ställe.",
)
def substitute_serves(*, hindered: bool) -> bool:
    """Whether a substitute shall serve in the member's place."""
    return hindered


@rule(
    "substitute-order",
    kl(5, 18),
    "Ersättarna ska tjänstgöra enligt den ordning som är bestämd mellan dem. "
    "En ersättare som har börjat tjänstgöra har dock alltid företräde oberoende av turordningen.",
)
def substitute_priority(*, candidates: Sequence[Candidate], constituency: str | None) -> str | None:
    """The id of the substitute whose turn it is, or None when there is nobody.

    One who has begun to serve goes first; then those of the member's own `constituency` (21 § first
    paragraph), then the constituency where the party has most votes (third paragraph). Within it the member's
    own, then those of who holds the party's first place there, the second and so on (second paragraph).
    """

    def turn(candidate: Candidate) -> tuple[bool, bool, int, int, int, str]:
        elsewhere = constituency is not None and candidate.constituency != constituency
        votes = candidate.constituency_votes if elsewhere else 0
        return (not candidate.has_served, elsewhere, -votes, candidate.place, candidate.order, candidate.id)

    return min(candidates, key=turn).id if candidates else None


@rule(
    "late-member",
    kl(5, 19),
    "En ledamot som inställer sig under ett pågående sammanträde eller till ett fortsatt sammanträde har "
    "rätt att "
    "tjänstgöra även om en ersättare har trätt in i ledamotens ställe.",
)
def late_member_serves(*, substitute_in: bool) -> bool:
    """Whether a member who comes late may serve: yes, also when a substitute has taken the seat."""
    del substitute_in
    return True


@rule(
    "no-return-same-day",
    kl(5, 20),
    "En ledamot som har avbrutit tjänstgöringen vid ett sammanträde på grund av något annat hinder än "
    "jäv får "
    "därefter under samma dag inte tjänstgöra vid sammanträdet.",
)
def may_return(*, interrupted: bool, for_conflict: bool, same_day: bool, local_rule: bool) -> bool:
    """Whether a member may serve again; in the assembly `local_rule` says nothing, the statute decides."""
    del local_rule
    return not (interrupted and same_day and not for_conflict)
