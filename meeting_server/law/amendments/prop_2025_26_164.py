"""Prop. 2025/26:164: remote participation from 1 July 2026.

The words are those in which the bill is reported; the statute text is not yet confirmed.
"""

from dataclasses import replace

from meeting_server.law.body_rules import BodyRules
from meeting_server.law.citation import kl
from meeting_server.law.kommunallagen.remote import Distance
from meeting_server.law.ruling import judgement, rule

BILL = "prop. 2025/26:164, bet. 2025/26:KU35"
"""Where the quoted words of this amendment come from."""

INQUIRY = "SOU 2024:43"
"""Where the words come from when only the inquiry behind the bill has them."""

_PRESIDIUM = "Fullmäktiges presidium får inte delta på distans"
_EXTENT = (
    "fullmäktige ska besluta i vilken utsträckning samtliga ledamöter i en nämnd får eller ska delta på "
    "distans"
)


@rule("presidium-remote", kl(5, 16), _PRESIDIUM, confirmed=False, source=BILL)
def presidium_remote(*, in_presidium: bool) -> bool:
    """Whether a remote member counts as present: not one of the assembly's presidium, presiding or not."""
    return not in_presidium


@rule("fully-remote", kl(5, 16), _PRESIDIUM, confirmed=False, source=BILL)
def assembly_fully_remote(*, remote: int, present: int, distance: Distance) -> bool:
    """Whether so many may be remote: the presidium is in the hall, so never everybody."""
    del distance
    return remote == 0 or remote < present


@judgement(
    "identity-established",
    kl(5, 16),
    "ordföranden kan säkerställa vem som deltar i sammanträdet",
    question="Är personen i bild den som anges?",
    confirmed=False,
    source=BILL,
)
def identity_established(*, confirmed: bool) -> bool:
    """Whether it is known who takes part: the chair makes sure, at roll call and after each reconnection."""
    return confirmed


@rule(
    "remote-terms",
    kl(5, 16),
    "kan följa sammanträdet och delta i behandlingen av ärendena",
    force="warn",
    confirmed=False,
    source=BILL,
)
def can_follow(*, sees: bool, hears: bool, is_seen: bool, is_heard: bool, can_take_part: bool) -> bool:
    """Whether a remote member can follow and take part; equal sight of all is no longer asked."""
    del is_seen, is_heard
    return sees and hears and can_take_part


@rule("remote-permitted", kl(6, 24), _EXTENT, confirmed=False, source=BILL)
def remote_permitted(*, distance: Distance) -> bool:
    """Whether anybody may take part remotely in the committee: as far as the assembly has decided."""
    return distance != "not_allowed"


@rule("fully-remote", kl(6, 24), _EXTENT, confirmed=False, source=BILL)
def committee_fully_remote(*, remote: int, present: int, distance: Distance) -> bool:
    """Whether so many may be remote: everybody, if the assembly has opened the committee for all."""
    return remote == 0 or remote < present or distance in ("all_may", "all_may_be_obliged")


@rule(
    "mandatory-remote",
    kl(6, 24),
    "är det därefter nämnden som får besluta om man vill utnyttja möjligheten med obligatoriskt "
    "deltagande på distans",
    confirmed=False,
    source=INQUIRY,
)
def mandatory_remote(*, distance: Distance, committee_decided: bool) -> bool:
    """Whether members may be obliged: the assembly has opened for it and the committee has decided so."""
    return distance == "all_may_be_obliged" and committee_decided


def amend_assembly(before: BodyRules) -> BodyRules:
    """The assembly's rules after the amendment."""
    return replace(
        before,
        presidium_remote=presidium_remote,
        fully_remote=assembly_fully_remote,
        identity_established=identity_established,
        can_follow=can_follow,
    )


def amend_committee(before: BodyRules) -> BodyRules:
    """The committees' rules after the amendment."""
    return replace(
        before,
        remote_permitted=remote_permitted,
        fully_remote=committee_fully_remote,
        mandatory_remote=mandatory_remote,
        identity_established=identity_established,
        can_follow=can_follow,
    )
