"""Elections for tests: a matter of that kind, nominated and brought to its ballot."""

from __future__ import annotations

from typing import Any

from meeting_server.law.lots import commitment
from meeting_server.meeting import debate as db
from meeting_server.meeting import elections as el
from meeting_server.meeting.actors import SYSTEM
from meeting_server.meeting.convening import ElectionTerms
from meeting_server.meeting.election_state import Ballot, Election, SaidNumber
from tests.builders import Hall, matter, under_way

NONCE = "0123456789abcdef" * 2
CODES = tuple(f"{a}222-3333" for a in "23456789ABCDEFGHJKLMNPQRSTUVWXYZ")


def election(places: int = 1, *, proportional: bool = False, kind: Any = "election") -> Any:
    """A matter m1 that is an election of that many."""
    return matter("m1", kind, election=ElectionTerms(places, proportional))


def nominating(places: int = 1, *, kind: Any = "election", proportional: bool = False, **about: Any) -> Hall:
    """The election is taken up; the nominations are open."""
    agenda = (election(places, proportional=proportional, kind=kind), matter("m2"))
    return under_way(agenda=agenda, **about).takes_up()


def nominated(*names: str, places: int = 1, **about: Any) -> Hall:
    """These are nominated by m2 and the nominations closed."""
    held = nominating(places, **about)
    for name in names:
        held.give(el.Nominate(name, "A"), "m2")
    held.give(db.CloseDebate())
    return held


def opened(*names: str, method: Any = "slips", places: int = 1, **about: Any) -> Hall:
    """A ballot was demanded by m3 and is open."""
    about.setdefault("electronic_ballot", method == "electronic")
    held = nominated(*names, places=places, **about)
    held.give(el.DemandBallot(), "m3")
    held.give(el.OpenBallot(method, ("m2",)))
    return held


def counted(*votes: int, blank: int = 0, invalid: int = 0, places: int = 1, **about: Any) -> Hall:
    """The slips of an election between Ada, Bo, Cecilia … are counted with these votes."""
    held = opened(*NAMES[: len(votes)], places=places, **about)
    held.give(el.CloseBallot())
    held.give(el.EnterCount(tally(*votes), blank, invalid))
    return held


NAMES = ("Ada", "Bo", "Cecilia", "David")


def tally(*votes: int) -> dict[str, int]:
    """The votes by nomination."""
    return {f"m1-n{number}": given for number, given in enumerate(votes, start=1)}


def now(held: Hall) -> Election:
    """The election as it stands."""
    return held.meeting.matters["m1"].election


def ballot(held: Hall) -> Ballot:
    """The ballot that is held."""
    found = now(held).ballot
    assert found is not None
    return found


def drawn(held: Hall, secret: int = 583217, numbers: tuple[int, int] = (4, 7)) -> Hall:
    """Lots are drawn: asked, sealed, said by m2 and m3, the seal broken."""
    held.give(el.DrawLots())
    draw = ballot(held).draw
    assert draw is not None
    held.give(el.SealDraw(draw.id, commitment(secret, NONCE)), SYSTEM)
    held.give(el.SayNumbers((SaidNumber("m2", numbers[0]), SaidNumber("m3", numbers[1]))))
    held.give(el.RevealDraw(draw.id, secret, NONCE), SYSTEM)
    return held
