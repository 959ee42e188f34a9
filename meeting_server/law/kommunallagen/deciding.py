"""5 kap. 52–57 §§: how matters are decided; 53–56 §§ hold in committees too (6 kap. 33 §)."""

from collections.abc import Sequence
from typing import Literal, TypeAlias

from meeting_server.law.citation import kl
from meeting_server.law.majority import Side, simple
from meeting_server.law.ruling import judgement, rule

Casting: TypeAlias = Literal["not_needed", "yes", "no", "awaited"]
"""What the casting vote does: nothing, decides for one side, or is still to be given by the chair."""

ChairVote: TypeAlias = Literal["yes", "no", "abstain"] | None
"""How the chair voted in the division; None when not at all."""


@rule(
    "announced",
    kl(5, 52),
    "Ordföranden ska se till att bara sådana ärenden avgörs som har tillkännagetts enligt 13 eller 14 §.",
)
def announced_only(*, announced: bool, unanimous: bool) -> bool:
    """Whether the matter may be decided: announced, or urgent and all members present decide so."""
    return announced or unanimous


@rule(
    "proposals-answerable",
    kl(5, 53, 2),
    "Förslagen ska utformas så, att de kan besvaras med ja eller nej.",
)
def proposals_answerable(*, candidates: Sequence[str]) -> bool:
    """Whether the proposals (given by id) can be put one at a time to yes or no: at least one, none twice."""
    return bool(candidates) and all(candidates) and len(set(candidates)) == len(candidates)


@rule(
    "division-demand",
    kl(5, 53, 3),
    "Ordföranden redovisar därefter sin uppfattning om vad som har beslutats och bekräftar beslutet med "
    "ett klubbslag, "
    "om inte omröstning begärs.",
)
def division_demand(*, before_gavel: bool) -> bool:
    """Whether a division (votering) may still be demanded: any member may, until the gavel falls."""
    return before_gavel


@rule(
    "open-division",
    kl(5, 54),
    "Om omröstning begärs, ska den ske öppet utom i ärenden som avser val eller anställning av personal.",
)
def open_division(*, election: bool, employment: bool) -> bool:
    """Whether the division is open, with each member's vote shown; elections and employment are secret."""
    return not election and not employment


@rule(
    "simple-majority",
    kl(5, 55),
    "Utgången bestäms genom enkel majoritet, om inte något annat anges i denna lag eller annan författning.",
)
def simple_majority(*, yes: int, no: int) -> Side:
    """Which side has most votes; abstentions are not votes cast."""
    return simple(yes, no)


@rule("casting-vote", kl(5, 56, 1), "Vid lika röstetal har ordföranden utslagsröst.")
def casting_vote(*, yes: int, no: int, chair_vote: ChairVote) -> Casting:
    """What the chair's casting vote (utslagsröst) does at these numbers.

    The casting vote follows the vote the chair has cast; a chair who has not voted yes or no must choose.
    """
    if yes != no:
        return "not_needed"
    return chair_vote if chair_vote in ("yes", "no") else "awaited"


@rule(
    "drawing-of-lots",
    kl(5, 56, 2),
    "I ärenden som avser val eller anställning av personal fattas beslutet dock genom lottning.",
)
def drawing_of_lots(*, election: bool, employment: bool) -> bool:
    """Whether a tie is broken by drawing lots instead of by the casting vote."""
    return election or employment


@judgement(
    "new-matter",
    kl(5, 57, 1),
    "Ordföranden ska vägra att lägga fram ett förslag till beslut, om ordföranden anser att förslaget "
    "innebär att ett "
    "nytt ärende väcks.",
    question="Innebär förslaget att ett nytt ärende väcks?",
)
def new_matter(*, raises_new_matter: bool) -> bool:
    """Whether the chair must refuse to put the proposal: the chair finds that it raises a new matter."""
    return raises_new_matter


@judgement(
    "unlawful-proposal",
    kl(5, 57, 2),
    "Ordföranden får vägra att lägga fram ett förslag till beslut, om ordföranden anser att förslaget skulle "
    "leda till ett beslut som strider mot lag eller annan författning. Fullmäktige får dock besluta att "
    "förslaget ändå ska läggas fram.",
    question="Skulle förslaget leda till ett beslut som strider mot lag eller annan författning?",
)
def may_refuse_unlawful(*, unlawful: bool, overruled: bool) -> bool:
    """Whether the chair may refuse to put the proposal: it is found unlawful and nobody overruled."""
    return unlawful and not overruled
