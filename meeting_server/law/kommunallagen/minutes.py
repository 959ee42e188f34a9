"""5 kap. 65–69 §§: what the minutes (protokoll) must show and when they must be verified (justeras)."""

from typing import Final

from meeting_server.law.citation import kl
from meeting_server.law.ruling import duty

VERIFY_WITHIN_DAYS: Final = 14
"""The days after the meeting within which the minutes are verified (69 §)."""

MEETING_CONTENT: Final = {
    "served": "vilka ledamöter och ersättare som har tjänstgjort",
    "matters": "vilka ärenden som har handlagts",
}
"""What the minutes show for the meeting as a whole: key → the statute's words (66 §)."""

MATTER_CONTENT: Final = {
    "proposals": "vilka förslag och yrkanden som har lagts fram och inte tagits tillbaka",
    "order_of_questions": "i vilken ordning ordföranden har lagt fram förslag till beslut",
    "divisions": "genomförda omröstningar och resultaten av dem",
    "decisions": "vilka beslut som har fattats",
    "taking_part": (
        "vilka ledamöter som har deltagit i besluten och hur de har röstat vid öppna omröstningar"
    ),
    "reservations": "vilka reservationer som har anmälts mot besluten",
}
"""What the minutes show for each matter: key → the statute's words, in the order of its points 1–6 (67 §)."""


@duty(
    "minutes-content",
    kl(5, 66),
    "Protokollet ska redovisa vilka ledamöter och ersättare som har tjänstgjort och vilka ärenden som "
    "har handlagts.",
)
def minutes_content(*, shown: frozenset[str]) -> tuple[str, ...]:
    """The keys of MEETING_CONTENT that the minutes do not show; empty when they are complete."""
    return tuple(key for key in MEETING_CONTENT if key not in shown)


@duty("matter-content", kl(5, 67), "Protokollet ska för varje ärende redovisa")
def matter_content(*, shown: frozenset[str]) -> tuple[str, ...]:
    """The keys of MATTER_CONTENT that the paragraph of one matter does not show; empty when complete.

    A point with nothing to tell (no division was held) counts as shown when the minutes answer for it.
    """
    return tuple(key for key in MATTER_CONTENT if key not in shown)


@duty("verified-in-time", kl(5, 69), "Ett protokoll ska justeras senast fjorton dagar efter sammanträdet")
def verified_in_time(*, days_after: int) -> bool:
    """Whether verification that many whole days after the meeting is in time."""
    return days_after <= VERIFY_WITHIN_DAYS
