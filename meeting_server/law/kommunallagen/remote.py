"""5 kap. 16 §: remote participation (deltagande på distans) in the assembly, as it stood from 2018."""

from typing import Literal, TypeAlias

from meeting_server.law.citation import kl
from meeting_server.law.ruling import judgement, rule

Distance: TypeAlias = Literal["not_allowed", "some_may", "all_may", "all_may_be_obliged"]
"""How far the assembly has opened a body for remote participation; each step includes the one before."""


@rule(
    "remote-permitted",
    kl(5, 16, 1),
    "Ledamöter får delta i fullmäktiges sammanträden på distans om fullmäktige har beslutat det.",
)
def remote_permitted(*, distance: Distance) -> bool:
    """Whether anybody may take part remotely: only if the assembly has decided so."""
    return distance != "not_allowed"


@rule(
    "presidium-remote",
    kl(5, 16, 2),
    "En ledamot som deltar på distans ska anses vara närvarande vid fullmäktiges sammanträde.",
)
def presidium_remote(*, in_presidium: bool) -> bool:
    """Whether a remote member counts as present; before 1 July 2026 also one of the presidium."""
    del in_presidium
    return True


@rule(
    "fully-remote",
    kl(5, 13, 1),
    "Ordföranden ska tillkännage tid och plats för varje sammanträde med fullmäktige",
    force="warn",
)
def fully_remote(*, remote: int, present: int, distance: Distance) -> bool:
    """Whether so many may be remote: somebody is in the announced place (here only by inference)."""
    del distance
    return remote == 0 or remote < present


@rule(
    "mandatory-remote",
    kl(5, 16, 1),
    "Ledamöter får delta i fullmäktiges sammanträden på distans om fullmäktige har beslutat det.",
)
def mandatory_remote(*, distance: Distance, committee_decided: bool) -> bool:
    """Whether members may be obliged to take part remotely: never in the assembly, where they may."""
    del distance, committee_decided
    return False


@rule("remote-live", kl(5, 16, 1), "genom ljud- och bildöverföring i realtid")
def remote_live(*, sends_picture: bool, sends_sound: bool) -> bool:
    """Whether the link is participation at all: live picture and live sound, both."""
    return sends_picture and sends_sound


@rule("counted-when-lost", kl(5, 16, 1), "genom ljud- och bildöverföring i realtid")
def counted_when_lost(*, link: bool) -> bool:
    """Whether a remote member counts: only while the link is up, for quorum, votes and thirds alike."""
    return link


@judgement(
    "identity-established",
    kl(5, 16, 1),
    "på ett sådant sätt att samtliga deltagare kan se och höra varandra",
    question="Är personen i bild den som anges?",
)
def identity_established(*, confirmed: bool) -> bool:
    """Whether it is known who takes part: the chair answers, at roll call and after each reconnection."""
    return confirmed


@rule(
    "remote-terms",
    kl(5, 16, 1),
    "på ett sådant sätt att samtliga deltagare kan se och höra varandra och delta på lika villkor",
    force="warn",
)
def can_follow(*, sees: bool, hears: bool, is_seen: bool, is_heard: bool, can_take_part: bool) -> bool:
    """Whether a remote member takes part on equal terms: sees and hears all, and is seen and heard by all."""
    return sees and hears and is_seen and is_heard and can_take_part
