"""6 kap. 17, 23, 25–31, 44 §§: publicity, order, extra meetings and tests of conflict in committees."""

from meeting_server.law.citation import kl
from meeting_server.law.majority import at_least_third
from meeting_server.law.ruling import judgement, rule

_PROCEDURE = "I fråga om förfarandet när en nämnd fattar beslut ska 5 kap. 53–56 §§ tillämpas."


@rule(
    "extra-meeting",
    kl(6, 23, 2),
    "Sammanträden ska hållas också om minst en tredjedel av nämndens ledamöter begär det eller om "
    "ordföranden anser att det behövs.",
    force="warn",
)
def extra_meeting(*, requesting: int, members: int) -> bool:
    """Whether those who ask for a meeting are enough to be owed one; the chair may hold one anyway."""
    return at_least_third(requesting, of=members)


@rule(
    "called-in-time",
    kl(6, 44),
    "Fullmäktige ska anta reglementen om nämndernas verksamhet och arbetsformer.",
    force="warn",
)
def called_in_time(*, called_on: str | None, call_by: str) -> bool:
    """Whether the summons was sent by the day the committee's own rules say; the statute has no such day."""
    return called_on is not None and called_on <= call_by


@rule(
    "public-meeting",
    kl(6, 25, 1),
    "En nämnds sammanträden ska hållas inom stängda dörrar. Nämnden får dock besluta att dess sammanträden "
    "ska vara offentliga, om fullmäktige har medgett det.",
)
def public_meeting(*, permitted: bool, decided: bool) -> bool:
    """Whether the public may follow: the assembly has permitted it and the committee has decided so."""
    return permitted and decided


@rule(
    "always-closed",
    kl(6, 25, 3),
    "En nämnds sammanträden ska dock alltid hållas inom stängda dörrar i ärenden",
)
def always_closed(*, authority: bool, secrecy: bool) -> bool:
    """Whether the matter must be behind closed doors: exercise of authority, or information under secrecy."""
    return authority or secrecy


@rule("closed-doors", kl(6, 25, 1), "En nämnds sammanträden ska hållas inom stängda dörrar.")
def closed_doors(*, decided: bool, deliberating: bool) -> bool:
    """Whether the doors may be closed: a committee's are, also when it decides, and need no decision."""
    del decided, deliberating
    return True


@rule(
    "stays-behind-closed-doors",
    kl(6, 17, 2),
    "Även ersättare som inte tjänstgör får närvara vid sammanträdena.",
)
def stays_behind_closed_doors(*, member: bool, substitute: bool, permitted: bool, disqualified: bool) -> bool:
    """Whether somebody may stay when the doors are closed: members, substitutes, and those let stay."""
    return (member or substitute or permitted) and not disqualified


@rule(
    "resident-attends",
    kl(6, 25, 2),
    "Om fullmäktige har medgett det, får nämnden besluta att den eller de som har väckt ett ärende genom "
    "medborgarförslag får närvara när nämnden behandlar ärendet och delta i överläggningar men inte i "
    "besluten.",
)
def resident_attends(*, permitted: bool, decided: bool, own_matter: bool) -> bool:
    """Whether who raised a citizen's proposal may be there: permitted, decided, and while it is handled."""
    return permitted and decided and own_matter


@rule(
    "called-takes-part",
    kl(6, 26, 2),
    "Den som har kallats till ett sammanträde får, om nämnden beslutar det, delta i överläggningarna men "
    "inte i besluten.",
)
def called_debates(*, called: bool, decided: bool) -> bool:
    """Whether somebody called to inform may debate: the committee has decided so."""
    return called and decided


@rule("expulsion", kl(6, 33, 1), _PROCEDURE, force="warn")
def may_expel(*, disturbing: bool, admonished: bool, local_rule: bool) -> bool:
    """Whether the chair may send somebody out: 5:43 binds no committee; only its own rules may say so."""
    return local_rule and disturbing and admonished


@rule("unlawful-proposal", kl(6, 33, 1), _PROCEDURE, force="warn")
def may_refuse_unlawful(*, unlawful: bool, overruled: bool) -> bool:
    """Whether the chair may refuse to put an unlawful proposal: 5:57 is not among a committee's rules."""
    del unlawful, overruled
    return False


@judgement(
    "conflict-overlooked",
    kl(6, 29),
    "Om det är uppenbart att frågan om opartiskhet saknar betydelse, ska nämnden bortse från jäv.",
    question="Är det uppenbart att frågan om opartiskhet saknar betydelse i ärendet?",
)
def conflict_overlooked(*, obviously_unimportant: bool) -> bool:
    """Whether the conflict is left out of account: the committee finds it obviously without importance."""
    return obviously_unimportant


@rule(
    "conflict-test",
    kl(6, 30, 3),
    "Den som jävet gäller får delta i prövningen av jävsfrågan endast om nämnden annars inte är beslutsför "
    "och någon annan inte kan tillkallas utan olägligt uppskov.",
)
def tests_own_conflict(*, quorate_without: bool, other_available: bool) -> bool:
    """Whether the one concerned takes part in deciding the question: if needed for a quorum."""
    return not quorate_without and not other_available


@judgement(
    "company-tie",
    kl(6, 31, 1),
    "enbart på grund av att han eller hon är ställföreträdare för bolaget eller stiftelsen eller på något "
    "annat sätt är knuten dit",
    question=(
        "Är det enda skälet ett uppdrag i ett bolag som kommunen äger till minst hälften, eller i en "
        "stiftelse där kommunen utser minst hälften av styrelsen?"
    ),
)
def only_company_tie(*, only_tie: bool, authority: bool) -> bool:
    """Whether the tie makes nobody disqualified: it is the only one, and no authority is exercised."""
    return only_tie and not authority
