"""How one at a distance shows who it is: what the body's own rules ask of the login (styrkt identitet).

The bill says that the chair must be able to make sure who takes part and leaves the way to the municipality.
"""

from meeting_server.law.amendments.prop_2025_26_164 import BILL
from meeting_server.law.citation import kl
from meeting_server.law.ruling import rule


@rule(
    "identity-strong",
    kl(5, 16),
    "ordföranden kan säkerställa vem som deltar i sammanträdet",
    confirmed=False,
    source=BILL,
)
def identity_strong(*, demanded: bool, strong: bool) -> bool:
    """Whether the login is enough to take part remotely: strong, where the body's own rules demand it."""
    return strong or not demanded
