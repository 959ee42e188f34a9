"""Who may be there without being a member (närvarorätt): what each right gives, and when it does not."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

from meeting_server.law.citation import Citation, kl
from meeting_server.law.ruling import rule

AttendanceRight: TypeAlias = Literal[
    "official", "councillor", "named", "informant", "auditor", "elected", "called", "resident", "staff"
]
"""On what ground somebody attends: tjänsteperson at the meeting's service, kommunalråd (5:39), named by the
assembly (5:40), duty to inform (5:41), revisor (5:32), förtroendevald (4:28), called by the committee (6:26),
proposer of a medborgarförslag (6:25), personalföreträdare (7:10–15)."""


@dataclass(frozen=True)
class Attending:
    """What a right to attend gives: to speak, to propose; never to vote. `swedish` is its name in lists."""

    right: AttendanceRight
    cites: Citation
    swedish: str
    speaks: bool = True
    proposes: bool = False


ATTENDING: Final[Mapping[str, Attending]] = {
    row.right: row
    for row in (
        Attending("official", kl(5, 40), "tjänsteperson"),
        Attending("councillor", kl(5, 39), "kommunalråd eller annan förtroendevald på heltid", proposes=True),
        Attending("named", kl(5, 40), "har yttranderätt enligt fullmäktiges beslut"),
        Attending("informant", kl(5, 41), "lämnar upplysningar"),
        Attending("auditor", kl(5, 32), "revisor eller sakkunnig"),
        Attending("elected", kl(4, 28), "förtroendevald med närvarorätt"),
        Attending("called", kl(6, 26), "kallad av nämnden"),
        Attending("resident", kl(6, 25, 2), "har väckt medborgarförslaget"),
        Attending("staff", kl(7, 15), "personalföreträdare"),
    )
}
"""The rows of the law's several rights, by name."""


@rule("may-propose", kl(5, 39), "får delta i överläggningar och framställa förslag men inte delta i besluten")
def may_propose(*, right: AttendanceRight) -> bool:
    """Whether one who attends may move proposals: only the assembly's full-time elected officials."""
    return ATTENDING[right].proposes


@rule(
    "staff-attends",
    kl(7, 14),
    "Personalföreträdarna har inte rätt att närvara vid handläggning av",
)
def may_attend(*, right: AttendanceRight, staff_excluded: bool, authority: bool) -> bool:
    """Whether one who attends may stay in the matter: staff must leave those that 14 § names.

    `authority` is the first of them (myndighetsutövning mot enskild); `staff_excluded` stands for the others,
    such as negotiations with the unions.
    """
    return not (right == "staff" and (staff_excluded or authority))
