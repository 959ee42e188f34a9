"""5 kap. 42–44 §§: publicity (offentlighet) and order at the meetings of the assembly."""

from meeting_server.law.citation import kl
from meeting_server.law.ruling import rule

_PUBLIC = "Fullmäktiges sammanträden är offentliga."


@rule("public-meeting", kl(5, 42, 1), _PUBLIC)
def public_meeting(*, permitted: bool, decided: bool) -> bool:
    """Whether the public may follow the meeting: the assembly's always, whatever anybody has decided."""
    del permitted, decided
    return True


@rule("always-closed", kl(5, 42, 1), _PUBLIC)
def always_closed(*, authority: bool, secrecy: bool) -> bool:
    """Whether the matter must be handled behind closed doors: in the assembly never by itself."""
    del authority, secrecy
    return False


@rule(
    "closed-doors",
    kl(5, 42, 2),
    "Fullmäktige får dock besluta att överläggningen i ett visst ärende ska hållas inom stängda dörrar.",
)
def closed_doors(*, decided: bool, deliberating: bool) -> bool:
    """Whether the doors may be closed: the assembly has so `decided` for this matter, and only while debated.

    When the debate (överläggningen) is over the doors are open again, before anything is decided.
    """
    return decided and deliberating


@rule("decided-in-public", kl(5, 42, 1), _PUBLIC, force="warn")
def decided_in_public(*, doors_closed: bool) -> bool:
    """Whether what is decided is decided before the public: only the deliberation may be closed.

    That the doors are opened before the decision is our reading of the two sentences together; the statute
    says nothing of a decision made behind them. So the chair is warned and decides.
    """
    return not doors_closed


@rule(
    "stays-behind-closed-doors",
    kl(5, 42, 2),
    "Ersättarna får närvara vid en sådan överläggning, även när de inte tjänstgör.",
)
def stays_behind_closed_doors(*, member: bool, substitute: bool, permitted: bool, disqualified: bool) -> bool:
    """Whether somebody may stay when the doors are closed: members, substitutes, and those let stay.

    `member` and `substitute` are those who attend as such; one who only follows is of the public. `permitted`
    are those the body lets stay, such as the secretary. One disqualified in the matter is then no longer in a
    public gallery, and goes.
    """
    return (member or substitute or permitted) and not disqualified


@rule(
    "expulsion",
    kl(5, 43, 2),
    "Ordföranden får visa ut den som uppträder störande och inte rättar sig efter tillsägelse.",
)
def may_expel(*, disturbing: bool, admonished: bool, local_rule: bool) -> bool:
    """Whether the chair may send somebody out: the person disturbs and has been told off (tillsägelse) first.

    `local_rule` says nothing here; the statute gives the power.
    """
    del local_rule
    return disturbing and admonished


@rule(
    "drafting-committee-closed",
    kl(5, 44),
    "En fullmäktigeberednings sammanträden ska hållas inom stängda dörrar. En sådan beredning får dock "
    "besluta att dess sammanträden ska vara offentliga, om fullmäktige har medgett det.",
)
def drafting_committee_public(*, permitted: bool, decided: bool) -> bool:
    """Whether the public may follow: the assembly has permitted it and the drafting committee decided so."""
    return permitted and decided
