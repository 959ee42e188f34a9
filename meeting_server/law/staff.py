"""7 kap. 12, 13, 15 and 17 §§: when representatives of the staff (personalföreträdare) may be there."""

from typing import Final

from meeting_server.law.citation import kl
from meeting_server.law.ruling import rule

CLOSED_TO_STAFF: Final = frozenset({"executive", "auditors", "patients", "elections", "guardianship"})
"""The bodies they have no right to attend: styrelse, revisorer, patient-, val- och överförmyndarnämnd ."""


@rule(
    "staff-body",
    kl(7, 12, 1),
    "närvara vid sammanträden med andra nämnder än styrelsen",
)
def staff_admitted(*, body: str) -> bool:
    """Whether staff representatives may attend that body at all: any committee not in CLOSED_TO_STAFF."""
    return body not in CLOSED_TO_STAFF


@rule(
    "staff-matter",
    kl(7, 13),
    "Personalföreträdarna har rätt att närvara vid en nämnds behandling av ärenden som rör förhållandet "
    "mellan kommunen eller regionen som arbetsgivare och dess anställda.",
)
def staff_matter(*, employer: bool, decided: bool) -> bool:
    """Whether they may attend the matter: it concerns employer and staff, or the committee lets them."""
    return employer or decided


@rule(
    "staff-debates",
    kl(7, 15),
    "Personalföreträdarna har rätt att delta i nämndens överläggningar men inte i besluten.",
)
def staff_debates(*, attending: bool) -> bool:
    """Whether they may speak: as long as they may attend; they never decide."""
    return attending
