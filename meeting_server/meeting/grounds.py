"""Grounds for a no: the conditions many acts share, each with the sentence that says what is lacking."""

from __future__ import annotations

from collections.abc import Sequence

from meeting_server.law.body_rules import Written
from meeting_server.law.kommunallagen.publicity import decided_in_public
from meeting_server.law.ruling import Ruling, RulingRecord
from meeting_server.meeting.convening import Person
from meeting_server.meeting.counting import (
    are_doors_closed,
    counted,
    counted_remote,
    is_counted,
    missing_for_conflict,
    profile_of,
    quorum_now,
    rules_of,
)
from meeting_server.meeting.outcome import Refusal
from meeting_server.meeting.state import Division, MatterState, Meeting
from meeting_server.meeting.words import MatterId, PersonId


def uphold(rule: Written, ruling: Ruling[bool], because: str, short: str) -> RulingRecord:
    """The ruling for the record, or a refusal when the rule is one that stops the act.

    A rule whose force is only to warn never stops anything: it is recorded as it fell.
    """
    record = ruling.record()
    if not ruling.outcome and rule.force == "enforce":
        raise Refusal(rule.code, rule.cites.short, f"{because} {sentence(rule)}", short, dict(record.facts))
    return record


def sentence(rule: Written) -> str:
    """The place in the law as a sentence of its own."""
    return f"{rule.cites.swedish[0].upper()}{rule.cites.swedish[1:]}."


def require_quorum(meeting: Meeting) -> RulingRecord:
    """That the body may handle the matter: is quorate for it, and not all at a distance unless they may."""
    quorum = uphold_quorum(meeting)
    somebody_in_room(meeting)
    return quorum


def somebody_in_room(meeting: Meeting) -> RulingRecord:
    """That not all who count are at a distance, where the law wants somebody in the room."""
    return uphold(
        rules_of(meeting).fully_remote,
        may_be_spread(meeting),
        f"Alla {len(counted(meeting))} närvarande deltar på distans. Någon ledamot måste vara i salen.",
        "Ingen är i salen",
    )


def may_be_spread(meeting: Meeting) -> Ruling[bool]:
    """Whether so many of those who count may be at a distance (prop. 2025/26:164)."""
    return rules_of(meeting).fully_remote(
        remote=len(counted_remote(meeting)),
        present=len(counted(meeting)),
        distance=meeting.convened.standing_orders.distance,
    )


def uphold_quorum(meeting: Meeting) -> RulingRecord:
    """That the body is quorate for the matter being handled."""
    rules, seats = rules_of(meeting), meeting.convened.body.seats
    present, disqualified = len(counted(meeting)), missing_for_conflict(meeting)
    needed = rules.quorum_needed(seats)
    lacking = f"{present} av {seats} ledamöter är närvarande; minst {needed} krävs för att handlägga ärendet."
    if disqualified:
        lacking += f" {count(disqualified, 'är jävig', 'är jäviga')} och räknas inte."
    rule = rules.quorum_with_conflict if disqualified else rules.quorum
    return uphold(rule, quorum_now(meeting), lacking, f"{present} närvarande, {needed} krävs")


def person_on_roster(meeting: Meeting, person: PersonId) -> Person:
    """The person, who must be on this meeting's roster."""
    found = meeting.people.get(person)
    if found is None:
        raise Refusal(
            "not-on-roster",
            "system",
            "Personen finns inte i sammanträdets uppropslista.",
            "Finns inte i uppropslistan",
            {"person": person},
        )
    return found


def matter_on_agenda(meeting: Meeting, matter: MatterId) -> MatterState:
    """The matter, which must be on the agenda."""
    found = meeting.matters.get(matter)
    if found is None:
        raise Refusal(
            "unknown-matter",
            "system",
            "Ärendet finns inte på dagordningen för sammanträdet.",
            "Finns inte på dagordningen",
            {"matter": matter},
        )
    return found


def current_matter(meeting: Meeting) -> MatterState:
    """The matter being handled, which there must be."""
    if meeting.matter is None:
        raise Refusal(
            "no-matter",
            "arbetsordningen",
            "Inget ärende är upptaget. Ta upp ett ärende först.",
            "Inget ärende är upptaget",
        )
    return meeting.matter


def unsettled_matter(meeting: Meeting) -> MatterState:
    """The matter being handled, which must not be decided yet."""
    matter = current_matter(meeting)
    if matter.settled:
        raise Refusal(
            "already-decided",
            "arbetsordningen",
            f"{the_matter(matter)} är redan avgjort. Ta upp nästa ärende.",
            "Redan avgjord",
            {"matter": matter.matter.id},
        )
    return matter


def open_debate(meeting: Meeting) -> MatterState:
    """The matter being handled, whose debate must be open."""
    matter = unsettled_matter(meeting)
    if matter.debate_closed:
        raise Refusal(
            "debate-closed",
            "arbetsordningen",
            f"Överläggningen i {section(matter)} är avslutad. Ordföranden kan återuppta den före beslutet.",
            "Överläggningen är avslutad",
            {"matter": matter.matter.id},
        )
    return matter


def open_doors(meeting: Meeting) -> tuple[RulingRecord, ...]:
    """That nobody is questioned and, where only the deliberation may be closed, the doors are open."""
    no_dispute(meeting)
    return in_public(meeting)


def in_public(meeting: Meeting) -> tuple[RulingRecord, ...]:
    """That the doors are open where only the deliberation may be closed.

    Behind closed doors the chair is told so first; what is then decided all the same carries the ruling.
    """
    matter = meeting.matter
    if matter is None or not decides_behind_doors(meeting):
        return ()
    rule = decided_in_public
    if not matter.decides_closed:
        raise Refusal(
            "doors-closed",
            rule.cites.short,
            f"Dörrarna är stängda i {section(matter)}. Öppna dem innan något beslutas; bara överläggningen "
            f"får hållas inom stängda dörrar. Ordföranden kan gå vidare ändå, och det antecknas. "
            f"{sentence(rule)}",
            "Öppna dörrarna först",
            {"matter": matter.matter.id},
        )
    return (rule(doors_closed=True).record(),)


def decides_behind_doors(meeting: Meeting) -> bool:
    """Whether the doors are closed now in a body that may close them for the deliberation only."""
    closed = rules_of(meeting).closed_doors
    return are_doors_closed(meeting) and not closed(decided=True, deliberating=False).outcome


def no_dispute(meeting: Meeting) -> None:
    """That the body has answered whether anybody questioned is disqualified."""
    matter = meeting.matter
    if matter is not None and matter.dispute is not None:
        rule = rules_of(meeting).tests_own_conflict
        called = meeting.people[matter.dispute.person].called
        raise Refusal(
            "conflict-disputed",
            rule.cites.short,
            f"{called} är ifrågasatt för jäv i {section(matter)}. "
            f"{meeting.convened.body.name} ska pröva det innan ärendet avgörs. {sentence(rule)}",
            "Jävsfrågan är inte prövad",
            {"person": matter.dispute.person},
        )


def no_closed_ballot(matter: MatterState) -> None:
    """That no closed ballot is being held: what it answers is not answered in another way meanwhile."""
    if matter.election.ballot is not None:
        raise Refusal(
            "ballot-held",
            "KL 5:54",
            "En sluten omröstning pågår. Avsluta den, eller gör om den.",
            "Omröstningen är öppnad",
            {"ballot": matter.election.ballot.id},
        )


def no_block(meeting: Meeting) -> None:
    """That no matters wait to be decided together."""
    if meeting.block:
        raise Refusal(
            "block-open",
            "arbetsordningen",
            f"{len(meeting.block)} ärenden är upptagna i block. Klubba blocket eller ta dem ett och ett.",
            "Ett block är upptaget",
            {"matters": meeting.block},
        )


def no_running_division(meeting: Meeting) -> None:
    """That no division is being held or awaits its gavel."""
    running = meeting.running
    if running is not None:
        raise Refusal(
            "division-running",
            "KL 5:54",
            f"Votering {running.id[1:]} är inte avslutad. Stäng den och klubba resultatet, eller gör om den.",
            "Voteringen är inte avslutad",
            {"division": running.id},
        )


def preliminary_division(meeting: Meeting) -> Division:
    """The division that is closed and awaits its gavel."""
    running = meeting.running
    if running is None or running.status != "preliminary":
        raise Refusal(
            "no-preliminary-result",
            "KL 5:54",
            "Det finns inget preliminärt resultat. Voteringen ska vara stängd men inte klubbad.",
            "Inget preliminärt resultat",
        )
    return running


def able_chair(meeting: Meeting) -> None:
    """That the one who presides is here and may handle the matter: is not disqualified in it."""
    matter = meeting.matter
    if matter is not None and not matter.settled and meeting.chair in matter.disqualified:
        rule = rules_of(meeting).disqualified
        raise Refusal(
            "chair-disqualified",
            rule.cites.short,
            f"Ordföranden är jävig i {section(matter)} och kan inte leda handläggningen. "
            f"Lämna över ordförandeskapet först. {sentence(rule)}",
            "Ordföranden är jävig",
            {"matter": matter.matter.id},
        )
    if meeting.chair is None or not is_counted(meeting, meeting.chair):
        raise Refusal(
            "chair-not-present",
            local_rules(meeting),
            "Den som leder sammanträdet är inte antecknad som närvarande. "
            "Anteckna ordföranden eller lämna över ordförandeskapet.",
            "Ordföranden är inte antecknad",
            {"chair": meeting.chair},
        )


def local_rules(meeting: Meeting) -> str:
    """What the body's own rules are called in a sentence."""
    return profile_of(meeting).local_rules


def section(matter: MatterState) -> str:
    """What the matter is called in a sentence: "§ 141", or its title before it has a number."""
    return f"§ {matter.number}" if matter.number is not None else f"”{matter.matter.title}”"


def the_matter(matter: MatterState) -> str:
    """The matter as the subject of a sentence: "Ärendet i § 141", "Ärendet ”Ny simhall”"."""
    return f"Ärendet i {section(matter)}" if matter.number is not None else f"Ärendet {section(matter)}"


def count(number: int, one: str, many: str) -> str:
    """The number with the words that agree with it: "1 är jävig", "3 är jäviga"."""
    return f"{number} {one if number == 1 else many}"


def required(text: str | None, what: str) -> str:
    """The text without outer spaces, which must not be empty."""
    written = (text or "").strip()
    if not written:
        raise Refusal("text-missing", "system", f"{what} saknas och måste skrivas först.", f"{what} saknas")
    return written


def listing(names: Sequence[str]) -> str:
    """Names in a Swedish enumeration: "A, B och C"; more than five are cut to a number."""
    if len(names) > 5:
        return f"{', '.join(names[:4])} och {len(names) - 4} till"
    return " och ".join(filter(None, (", ".join(names[:-1]), names[-1]))) if names else ""
