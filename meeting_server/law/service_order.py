"""6 kap. 16 §: in what order substitutes serve when they are elected, and who decides it."""

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
    "service-order",
    kl(6, 42),
    "En nämnd ska välja utskott bland ledamöterna och ersättarna i nämnden.",
    force="warn",
)
def order_in_committee(*, proportional: bool, ordered: bool) -> bool:
    """As `order_decided`: for its own utskott nothing in the statute asks a committee for an order."""
    del proportional, ordered
    return True
