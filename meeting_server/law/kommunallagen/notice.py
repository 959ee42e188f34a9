"""5 kap. 13–15 §§: time and place of the assembly's meetings, urgent matters, and what a summons tells."""

from typing import Final

from meeting_server.law.citation import kl
from meeting_server.law.ruling import duty, rule

SUMMONS_CONTENT: Final = {
    "time_and_place": "tid och plats för sammanträdet",
    "matters": "de ärenden som ska behandlas",
}
"""What a summons (kallelse) tells: key → the statute's words (15 §)."""


@rule(
    "physical-place",
    kl(5, 13, 1),
    "Ordföranden ska tillkännage tid och plats för varje sammanträde med fullmäktige",
)
def physical_place(*, place: bool) -> bool:
    """Whether the meeting has the place it needs: the assembly meets where the public may come."""
    return place


@rule(
    "urgent-announced",
    kl(5, 14),
    "ska uppgift om ärendet tillkännages på anslagstavlan senast vardagen närmast före sammanträdesdagen",
    force="warn",
)
def urgent_announced(*, announced_on: str | None, urgent_by: str) -> bool:
    """Whether an urgent matter was announced by the weekday before; ISO dates, None for never.

    What a weekday is (vardag) is read strictly, Monday to Friday; a Saturday is shown and never refused.
    """
    return announced_on is not None and announced_on <= urgent_by


@rule(
    "urgent-told",
    kl(5, 15, 2),
    "så att den kan antas nå dem senast vardagen närmast före sammanträdesdagen",
    force="warn",
)
def urgent_told(*, sent_on: str | None, urgent_by: str) -> bool:
    """Whether members and substitutes were told of the urgent matter by then; ISO dates, None for never."""
    return sent_on is not None and sent_on <= urgent_by


@duty("summons-content", kl(5, 15, 1), "Kallelsen ska innehålla uppgift om tid och plats för sammanträdet")
def summons_content(*, shown: frozenset[str]) -> tuple[str, ...]:
    """The keys of SUMMONS_CONTENT that the summons lacks; empty when complete."""
    return tuple(key for key in SUMMONS_CONTENT if key not in shown)
