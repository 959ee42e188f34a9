"""5 kap. 45–46 §§: when the assembly is quorate (beslutsför)."""

from meeting_server.law.citation import kl
from meeting_server.law.majority import more_than_half
from meeting_server.law.ruling import rule


@rule(
    "quorum",
    kl(5, 45),
    "Fullmäktige får handlägga ett ärende bara om mer än hälften av ledamöterna är närvarande.",
)
def quorum(*, present: int, seats: int) -> bool:
    """Whether a matter may be handled: more than half of the seats, vacant ones included, are present."""
    return more_than_half(present, of=seats)


@rule(
    "quorum-with-conflict",
    kl(5, 46),
    "får fullmäktige handlägga ärendet, även om antalet deltagande på grund av jävet inte uppgår till "
    "det antal "
    "som föreskrivs i 45 §",
)
def quorum_with_conflict(*, present: int, disqualified: int, seats: int) -> bool:
    """As quorum, where `present` take part and `disqualified` are missing only for that reason."""
    return more_than_half(present + disqualified, of=seats)
