"""5 kap. 72 § and 6 kap. 22 §: who presides when the chair does not (who is left to the body's own rules)."""

from meeting_server.law.citation import kl
from meeting_server.law.ruling import rule


@rule("acting-chair", kl(5, 72, 1, 5), "vem som ska föra ordet tills ordförande utsetts", force="warn")
def in_assembly(*, vice_chair: bool, in_turn: bool, elected: bool) -> bool:
    """Whether the person is the one to preside: a vice chair, the one whose turn it is, or one elected.

    In turn by the standing orders, usually the member of longest service (ålderspresident).
    """
    return vice_chair or in_turn or elected


@rule(
    "acting-chair",
    kl(6, 22),
    "Fullmäktige bestämmer vem som ska fullgöra ordförandens uppgifter när varken ordföranden eller en vice "
    "ordförande kan tjänstgöra.",
    force="warn",
)
def in_committee(*, vice_chair: bool, in_turn: bool, elected: bool) -> bool:
    """As in an assembly: the order is the one the assembly has decided for the committee."""
    return vice_chair or in_turn or elected
