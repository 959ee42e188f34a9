"""Who may attend, speak, propose and vote (närvaro-, yttrande-, yrkande- och rösträtt), in one table."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

from meeting_server.law.citation import Citation, kl

RightsRole: TypeAlias = Literal[
    "serving",
    "substitute",
    "councillor",
    "named",
    "informant",
    "auditor",
    "elected",
    "called",
    "resident",
    "staff",
    "public",
]
"""Whom the table is about: ledamot eller tjänstgörande ersättare, ersättare som inte tjänstgör, kommunalråd,
den fullmäktige har bestämt, den som ska lämna upplysningar, revisor eller sakkunnig, förtroendevald med
närvarorätt, kallad, den som väckt medborgarförslaget, personalföreträdare, allmänheten."""

Extent: TypeAlias = Literal["yes", "no", "local", "decided"]
"""Always, never, as the local rules say, or when the body or the assembly has so decided."""


@dataclass(frozen=True)
class Rights:
    """What one role may do, and where it says so. Nobody but those who serve votes."""

    cites: Citation
    swedish: str
    attend: Extent
    speak: Extent
    propose: Extent = "no"
    vote: Extent = "no"


_SERVING: Final = Rights(kl(4, 22), "ledamot eller tjänstgörande ersättare", "yes", "yes", "yes", "yes")

IN_ASSEMBLY: Final[Mapping[str, Rights]] = {
    "serving": _SERVING,
    "substitute": Rights(kl(5, 42, 2), "ersättare som inte tjänstgör", "yes", "local"),
    "councillor": Rights(kl(5, 39), "kommunalråd som inte är ledamot", "yes", "yes", "yes"),
    "named": Rights(kl(5, 40), "den fullmäktige har bestämt", "decided", "yes"),
    "informant": Rights(kl(5, 41), "den som ska lämna upplysningar", "decided", "decided"),
    "auditor": Rights(kl(5, 32, 2), "revisor eller sakkunnig", "decided", "yes"),
    "public": Rights(kl(5, 42, 1), "allmänheten", "yes", "no"),
}
"""The rights in the assembly by RightsRole; who is not in it has none but those of the public."""

IN_COMMITTEE: Final[Mapping[str, Rights]] = {
    "serving": _SERVING,
    "substitute": Rights(kl(6, 17, 2), "ersättare som inte tjänstgör", "yes", "decided"),
    "elected": Rights(kl(4, 28, 1), "förtroendevald med närvarorätt", "yes", "yes"),
    "called": Rights(kl(6, 26), "den nämnden har kallat", "yes", "decided"),
    "resident": Rights(kl(6, 25, 2), "den som väckt medborgarförslaget", "decided", "yes"),
    "staff": Rights(kl(7, 15), "personalföreträdare", "yes", "yes"),
    "public": Rights(kl(6, 25, 1), "allmänheten", "decided", "no"),
}
"""The rights in a committee by RightsRole; who is not in it may not be there."""
