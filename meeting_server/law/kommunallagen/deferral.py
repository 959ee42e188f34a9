"""5 kap. 50 §: deferral and referral back (bordläggning och återremiss) in the assembly."""

from meeting_server.law.citation import kl
from meeting_server.law.majority import at_least_third
from meeting_server.law.ruling import rule


@rule(
    "minority-deferral",
    kl(5, 50, 1),
    "Ett ärende ska bordläggas eller återremitteras, om det begärs av minst en tredjedel av de "
    "närvarande ledamöterna.",
)
def minority_deferral(*, requesting: int, present: int, used: bool, election: bool) -> bool:
    """Whether a minority gets the matter deferred or referred back.

    `used` is whether a minority has had this matter deferred or referred back before; elections (val) are
    excepted by the second paragraph.
    """
    return at_least_third(requesting, of=present) and not used and not election


@rule(
    "referral-motivation",
    kl(5, 50, 3),
    "Motiveringen till ett beslut om återremiss ska bestämmas av de ledamöter som begärt återremittering.",
)
def referral_motivation(*, motivation: bool) -> bool:
    """Whether the referral back (återremiss) has the motivation those who ask for it must give."""
    return motivation
