"""5 kap. 18 §, 6 kap. 16–17 §§: in what order substitutes serve, and who decides it."""

from meeting_server.law.citation import kl
from meeting_server.law.ruling import rule


@rule(
    "service-order",
    kl(6, 16, 2),
    "Om ersättarna inte väljs proportionellt, ska fullmäktige bestämma i vilken ordning de ska tjänstgöra.",
)
def order_decided(*, proportional: bool, ordered: bool) -> bool:
    """Whether the substitutes' order is settled: by a proportional election, or decided by the assembly."""
    return proportional or ordered


@rule(
    "group-order",
    kl(6, 17, 1),
    "Fullmäktige ska besluta om ersättarnas tjänstgöring i nämnderna.",
)
def group_reorders_in_committee(*, local_rule: bool) -> bool:
    """Whether a party group may change the turn of its substitutes: where the assembly's rules let it."""
    return local_rule


@rule(
    "group-order",
    kl(5, 18),
    "Ersättarna ska tjänstgöra enligt den ordning som är bestämd mellan dem.",
)
def group_reorders_in_assembly(*, local_rule: bool) -> bool:
    """Whether a party group may change it in an assembly: never, it follows from the election."""
    del local_rule
    return False


@rule(
    "service-order",
    kl(6, 42),
    "En nämnd ska välja utskott bland ledamöterna och ersättarna i nämnden.",
    force="warn",
)
def order_in_committee(*, proportional: bool, ordered: bool) -> bool:
    """As `order_decided`: for its own utskott nothing in the statute asks a committee for an order."""
    del proportional, ordered
    return True
