"""4 kap. 19–28 §§: what elected officials may do and must do when they serve, vote and reserve."""

from meeting_server.law.citation import kl
from meeting_server.law.ruling import rule


@rule("substitute-rights", kl(4, 22), "När ersättare tjänstgör har de samma rättigheter som ledamöter.")
def substitute_rights(*, serving: bool) -> bool:
    """Whether a substitute (ersättare) has a member's rights: to count, speak, propose, vote and reserve."""
    return serving


@rule("one-vote", kl(4, 24), "Varje ledamot i fullmäktige eller i en nämnd har en röst.")
def one_vote(*, votes: int) -> bool:
    """Whether the number of votes counted for one member in one division (votering) is lawful."""
    return votes <= 1


@rule(
    "may-abstain",
    kl(4, 25, 1),
    "En ledamot i fullmäktige eller i en nämnd har rätt att avstå från att delta i en omröstning eller i "
    "ett beslut.",
)
def may_abstain(*, exercise_of_authority: bool) -> bool:
    """Whether a member may abstain (avstå); in the assembly always, whatever the matter is."""
    del exercise_of_authority
    return True


@rule(
    "must-take-part",
    kl(4, 26),
    "En ledamot i en nämnd som deltar i handläggningen av ett ärende ska delta i avgörandet av ärendet, "
    "om ärendet avser myndighetsutövning mot någon enskild.",
)
def may_abstain_in_committee(*, exercise_of_authority: bool) -> bool:
    """Whether a committee member may abstain: not where authority is exercised against an individual."""
    return not exercise_of_authority


@rule(
    "chair-must-vote",
    kl(4, 25, 2),
    "Ordföranden är dock alltid skyldig att rösta, när det behövs för att ärendet ska kunna avgöras.",
)
def chair_must_vote(*, needed: bool) -> bool:
    """Whether the chair is obliged to vote: when the matter cannot be decided without it."""
    return needed


@rule(
    "reservation",
    kl(4, 27),
    "En förtroendevald som har deltagit i avgörandet av ett ärende får reservera sig mot beslutet. "
    "Reservationen ska anmälas innan sammanträdet avslutas.",
)
def may_reserve(*, took_part: bool, closed: bool) -> bool:
    """Whether a reservation may be announced: by one who took part in deciding, before the meeting closed."""
    return took_part and not closed


@rule(
    "initiative",
    kl(4, 19),
    "Varje ledamot i fullmäktige får väcka motioner samt ställa interpellationer och frågor",
)
def may_raise(*, serving: bool) -> bool:
    """Whether somebody may raise members' motions and put interpellations and questions: every member."""
    return serving


@rule("initiative", kl(4, 20), "Varje ledamot i en nämnd får väcka ärenden i nämnden.")
def may_raise_in_committee(*, serving: bool) -> bool:
    """Whether somebody may raise matters in the committee: every member of it."""
    return serving


@rule(
    "minuted-statement",
    kl(4, 28, 2),
    "Beslutet får även innefatta att den förtroendevalde ska ha rätt att få sin mening "
    "antecknad i protokollet.",
    force="warn",
)
def may_have_minuted(*, granted: bool) -> bool:
    """Whether there is a right to have an opinion in the minutes: only where it is granted."""
    return granted
