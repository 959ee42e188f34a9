"""Elections and employment decisions: nominated, found or balloted on in secret, drawn lots for, decided."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from meeting_server.law.proportional import SlipGroup
from meeting_server.law.ruling import RulingRecord
from meeting_server.meeting.election_state import Elected, SaidNumber
from meeting_server.meeting.outcome import Command, Event
from meeting_server.meeting.words import (
    BallotId,
    BallotMethod,
    ContestId,
    DrawId,
    ElectedHow,
    MatterId,
    NominationId,
    PersonId,
)


@dataclass(frozen=True, slots=True)
class Nominate(Command):
    """Nominate somebody oneself (Nominera)."""

    name: str
    party: str | None = None


@dataclass(frozen=True, slots=True)
class RecordNomination(Command):
    """Record a nomination made aloud (Ta upp nominering)."""

    mover: PersonId
    name: str
    party: str | None = None


@dataclass(frozen=True, slots=True)
class WithdrawNomination(Command):
    """Take a nomination back."""

    nomination: NominationId


@dataclass(frozen=True, slots=True)
class FindElected(Command):
    """The chair finds these elected by acclamation (Jag finner … valda)."""

    nominations: tuple[NominationId, ...]


@dataclass(frozen=True, slots=True)
class DemandBallot(Command):
    """Demand a closed ballot (Begär sluten omröstning)."""


@dataclass(frozen=True, slots=True)
class RecordBallotDemand(Command):
    """Record that a member has demanded a closed ballot aloud."""

    person: PersonId


@dataclass(frozen=True, slots=True)
class WithdrawBallotDemand(Command):
    """The demand for a closed ballot is taken back, before it is opened."""


@dataclass(frozen=True, slots=True)
class OpenBallot(Command):
    """The chair opens the closed ballot, by slips or by device, with these tellers (rösträknare)."""

    method: BallotMethod
    tellers: tuple[PersonId, ...] = ()


@dataclass(frozen=True, slots=True)
class CastBallot(Command):
    """Put one's ballot in the box (Lägg valsedeln): as many names as places, or none for a blank one.

    `choices` and `code` go to the box alone and never to the log. `code` is made by the voter's own device.
    `padding` is read by nobody: it makes every voter's message equally long, so that one who counts bytes on
    the way cannot tell a blank ballot from another.
    """

    choices: tuple[NominationId, ...]
    code: str
    padding: str = ""


@dataclass(frozen=True, slots=True)
class CloseBallot(Command):
    """The chair closes the ballot (Stäng valet)."""


@dataclass(frozen=True, slots=True)
class CountBallots(Command):
    """What the opened box held; by the machine itself."""

    ballot: BallotId
    slips: tuple[tuple[NominationId, ...], ...]
    codes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class EnterCount(Command):
    """Enter what the tellers counted (För in rösträkningen)."""

    votes: Mapping[NominationId, int]
    blank: int
    invalid: int


@dataclass(frozen=True, slots=True)
class EnterGroups(Command):
    """Enter the groups of ballots the tellers counted in a proportional election.

    `alike` is the tellers' answer whether the slips can be told from each other (lag 2022:629, 6 §);
    `ruled` what whoever conducts the election decided about slips that were questioned (4 §).
    """

    groups: tuple[SlipGroup, ...]
    blank: int
    invalid: int
    alike: bool = True
    ruled: str | None = None


@dataclass(frozen=True, slots=True)
class VoidBallot(Command):
    """The chair voids the ballot (Gör om valet); it is kept, and another may be held."""

    reason: str


@dataclass(frozen=True, slots=True)
class DrawLots(Command):
    """The chair lets lots decide a tie (Dra lott)."""


@dataclass(frozen=True, slots=True)
class SealDraw(Command):
    """The seal of the machine's number, before anybody has said one; by the machine itself."""

    draw: DrawId
    seal: str


@dataclass(frozen=True, slots=True)
class SayNumbers(Command):
    """Two in the hall have each said a number aloud."""

    numbers: tuple[SaidNumber, ...]


@dataclass(frozen=True, slots=True)
class RevealDraw(Command):
    """The seal is broken: the machine's number and what makes the seal provable; by the machine itself."""

    draw: DrawId
    secret: int
    nonce: str


@dataclass(frozen=True, slots=True)
class ConfirmElection(Command):
    """The gavel: those found, or those the ballot and the lots showed, are elected (Klubba valet)."""


@dataclass(frozen=True, slots=True)
class Nominated(Event):
    """Somebody is nominated."""

    id: NominationId
    matter: MatterId
    name: str
    party: str | None
    by: PersonId
    recorded_by: PersonId | None = None


@dataclass(frozen=True, slots=True)
class NominationWithdrawn(Event):
    """A nomination is taken back."""

    nomination: NominationId
    recorded_by: PersonId | None = None


@dataclass(frozen=True, slots=True)
class ElectedFound(Event):
    """The chair has said whom the chair finds elected; the gavel has not fallen."""

    matter: MatterId
    nominations: tuple[NominationId, ...]


@dataclass(frozen=True, slots=True)
class BallotDemanded(Event):
    """A member demands a ballot before the gavel; in an election it is closed (KL 5:53–54)."""

    matter: MatterId
    person: PersonId
    recorded_by: PersonId | None = None
    rulings: tuple[RulingRecord, ...] = ()


@dataclass(frozen=True, slots=True)
class BallotDemandWithdrawn(Event):
    """The demand is taken back."""

    matter: MatterId
    person: PersonId
    recorded_by: PersonId | None = None


@dataclass(frozen=True, slots=True)
class BallotOpened(Event):
    """The ballot is open. `voters` may put in one each; `remote` are present and take no part.

    `contest` is the question it answers when it is not about whom to elect but about electing today.
    """

    id: BallotId
    matter: MatterId
    method: BallotMethod
    places: int
    nominations: tuple[NominationId, ...]
    voters: tuple[PersonId, ...]
    remote: tuple[PersonId, ...]
    tellers: tuple[PersonId, ...]
    rulings: tuple[RulingRecord, ...] = ()
    contest: ContestId | None = None


@dataclass(frozen=True, slots=True)
class BallotReceived(Event):
    """That this voter's ballot is in the box. What stands on it is nowhere in the log."""

    ballot: BallotId
    person: PersonId


@dataclass(frozen=True, slots=True)
class BallotClosed(Event):
    """No more ballots are received."""

    ballot: BallotId


@dataclass(frozen=True, slots=True)
class BallotsCounted(Event):
    """The result. With an electronic ballot every slip and every code, each list in alphabetical order."""

    ballot: BallotId
    handed_in: int
    votes: Mapping[NominationId, int]
    blank: int
    invalid: int
    slips: tuple[tuple[NominationId, ...], ...] = ()
    codes: tuple[str, ...] = ()
    recorded_by: PersonId | None = None


@dataclass(frozen=True, slots=True)
class GroupsCounted(Event):
    """The result of a proportional ballot, by groups; `ruled` as in EnterGroups."""

    ballot: BallotId
    handed_in: int
    groups: tuple[SlipGroup, ...]
    blank: int
    invalid: int
    recorded_by: PersonId | None = None
    ruled: str | None = None
    rulings: tuple[RulingRecord, ...] = ()


@dataclass(frozen=True, slots=True)
class BallotVoided(Event):
    """The ballot counts for nothing, for the reason given."""

    ballot: BallotId
    reason: str


@dataclass(frozen=True, slots=True)
class BallotSettled(Event):
    """The gavel has fallen on a ballot about whether the election is held today: `carried` is the answer."""

    ballot: BallotId
    carried: NominationId


@dataclass(frozen=True, slots=True)
class DrawAsked(Event):
    """Lots shall decide between these, numbered from 1 as they stand (KL 5:56)."""

    draw: DrawId
    ballot: BallotId
    lots: tuple[str, ...]
    rulings: tuple[RulingRecord, ...] = ()


@dataclass(frozen=True, slots=True)
class DrawSealed(Event):
    """The machine's number is fixed: `seal` is SHA-256 in hex of "<number>:<nonce>"."""

    draw: DrawId
    seal: str


@dataclass(frozen=True, slots=True)
class NumbersSaid(Event):
    """These numbers were said aloud after the seal was shown."""

    draw: DrawId
    numbers: tuple[SaidNumber, ...]


@dataclass(frozen=True, slots=True)
class DrawRevealed(Event):
    """The seal is broken; `total` is the sum and `drawn` what the lot fell on."""

    draw: DrawId
    secret: int
    nonce: str
    total: int
    drawn: str


@dataclass(frozen=True, slots=True)
class ElectionDecided(Event):
    """The gavel has fallen: these are elected, or appointed in a decision on employment."""

    matter: MatterId
    ballot: BallotId | None
    elected: tuple[Elected, ...]
    how: ElectedHow
    taking_part: tuple[PersonId, ...]
    remote: tuple[PersonId, ...]
    outcome_text: str
    rulings: tuple[RulingRecord, ...] = ()
