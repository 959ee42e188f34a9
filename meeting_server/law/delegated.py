"""6 kap. 40 § and 5 kap. 51 §: what must come back to the next meeting."""

from meeting_server.law.citation import kl
from meeting_server.law.ruling import duty, rule


@rule(
    "urgent-decision-reported",
    kl(6, 40, 2),
    "Sådana beslut som avses i 39 § ska anmälas vid nämndens nästa sammanträde.",
)
def reported_next(*, taken: frozenset[str], on_agenda: frozenset[str]) -> tuple[str, ...]:
    """The ids of the chair's urgent decisions since last that the agenda lacks; empty when all are there."""
    return tuple(sorted(taken - on_agenda))


@duty(
    "deferred-next-meeting",
    kl(5, 51),
    "Ett bordlagt ärende ska behandlas på fullmäktiges nästa sammanträde, "
    "om fullmäktige inte beslutar något annat.",
)
def taken_up_next(*, deferred: frozenset[str], on_agenda: frozenset[str]) -> tuple[str, ...]:
    """The ids of deferred matters that the next agenda lacks, but for those decided otherwise."""
    return tuple(sorted(deferred - on_agenda))
