"""What a notice on the notice board (anslagstavlan) says, and how long it must stay there; pure.

The words are fixed when the notice is posted. The days that follow from where it stands are computed each
time, since another municipality's notice board may move them (KL 9:32, 13:5).
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from meeting_server.law.bodies import PROFILES
from meeting_server.law.posting import (
    APPEALABLE,
    Timing,
    announce_by,
    appeal_ends,
    appeal_time_runs,
    may_be_posted,
    may_be_removed,
    next_weekday,
    posted_everywhere,
    three_weeks_end,
    verification_announced,
)
from meeting_server.law.ruling import Rule
from meeting_server.meeting.convening import Matter, MeetingConvened
from meeting_server.meeting.outcome import Refusal
from meeting_server.minutes.document import Minutes
from meeting_server.minutes.wording import date_in_words, listed, paragraph_span

KINDS: Mapping[str, str] = {
    "assembly_meeting": "Tillkännagivande av sammanträde",
    "verified_minutes": "Tillkännagivande av justerat protokoll",
    "delegated_decision": "Beslut på delegation som inte anmäls till nämnden",
    "minutes_text": "Justerat protokoll",
    "how_to_appeal": "Hur beslut överklagas",
    "by_statute": "Kungörelse enligt lag",
    "committee_meeting": "Tillkännagivande av nämndsammanträde",
    "meeting_papers": "Beslutsunderlag",
}
"""Every kind of notice that may stand on the notice board, in Swedish (KL 8:10–11)."""


@dataclass(frozen=True)
class Announcement:
    """The words of a notice: its title, labelled facts in order, and the matters it lists."""

    title: str
    facts: tuple[tuple[str, str], ...]
    matters: tuple[str, ...] = ()


@dataclass(frozen=True)
class Term:
    """How long a notice must stay: `ends` is the last day of the appeal time, None before it can be counted.

    `three_weeks` is the day the three weeks end by themselves, which `ends` is too unless it rolls over a
    weekend or holiday (lag 1930:173). `lacking` names the municipalities on whose notice boards it does not
    stand yet. `stays` is the last day on which it must still be up, None when nothing holds it there.
    """

    ends: date | None
    lacking: tuple[str, ...]
    stays: date | None
    three_weeks: date | None = None

    @property
    def rolled(self) -> bool:
        """Whether the last day of the appeal time has rolled over to a later weekday."""
        return self.ends != self.three_weeks

    @property
    def removable_from(self) -> date | None:
        """The first day it may be taken down, None when any day will do or it cannot be said yet."""
        return self.stays + timedelta(days=1) if self.stays is not None else None


def meeting_notice(convened: MeetingConvened) -> Announcement:
    """The notice of a meeting: time, place and the matters (KL 5:13)."""
    body = convened.body.name
    return Announcement(
        f"{body} sammanträder {date_in_words(_day(convened))}",
        (*_when_and_where(convened), *_who_may_come(convened)),
        tuple(_matter_line(matter) for matter in convened.agenda),
    )


def urgent_notice(convened: MeetingConvened, matter: Matter) -> Announcement:
    """The notice of a matter that could not wait and was not in the notice of the meeting (KL 5:14)."""
    return Announcement(
        f"Brådskande ärende i {convened.body.definite} {date_in_words(_day(convened))}",
        _when_and_where(convened),
        (_matter_line(matter),),
    )


def verification_notice(minutes: Minutes, scope: str, *, where: str, on: date, secret: bool) -> Announcement:
    """The notice that minutes have been verified: where they are and the day it is announced (KL 8:12).

    `scope` is "minutes", or the matter of a § verified by itself; its title is left out when `secret`.
    """
    alone = minutes.paragraph(scope)
    if alone is not None:
        numbers = f"§ {alone.number}" + ("" if secret else f" {alone.title}")
        title = f"Omedelbart justerad paragraf, {minutes.body} {minutes.date_text}"
    else:
        numbers = paragraph_span(paragraph.number for paragraph in minutes.paragraphs)
        title = f"{minutes.body} {minutes.date_text}"
    facts = (
        ("Organ", minutes.body),
        ("Sammanträdesdag", minutes.date_text),
        ("Paragrafer", numbers),
        ("Protokollet finns", where),
        ("Tillkännagivet", date_in_words(on)),
    )
    return Announcement(title, facts)


def term_of(
    kind: str,
    posted: Mapping[str, date],
    organisations: Collection[str],
    meeting_on: date | None,
    holidays: Collection[date],
) -> Term:
    """How long a notice stays: `posted` is the day by municipality, `organisations` those that must have it.

    The appeal time is counted from the last of the notice boards (KL 9:32, 13:5). A notice of a meeting stays
    until the meeting has been held, which is what announcing it means. `holidays` are those of the years in
    which the three weeks may end.
    """
    lacking = tuple(sorted(set(organisations) - set(posted)))
    if kind in APPEALABLE:
        everywhere = posted_everywhere(
            posted=frozenset(posted), organisations=frozenset(organisations)
        ).outcome
        if not (everywhere and posted):
            return Term(None, lacking, None)
        days = list(posted.values())
        ends = appeal_ends(days, holidays)
        return Term(ends, lacking, ends, three_weeks_end(days))
    return Term(None, (), meeting_on if kind in ("assembly_meeting", "committee_meeting") else None)


def announcing_days(verified_on: date, holidays: Collection[date]) -> tuple[date, date]:
    """The last day to announce a verification, and the weekday that day rolls over to (KL 8:12)."""
    last = announce_by(verified_on)
    return last, next_weekday(last, holidays)


def announced_how(verified_on: date, announced_on: date, holidays: Collection[date]) -> Timing:
    """Whether the verification was announced in time (KL 8:12)."""
    last, rolled = announcing_days(verified_on, holidays)
    return verification_announced(announced_on=announced_on, last=last, rolled=rolled).outcome


def require_postable(kind: str) -> None:
    """Only what KL 8:10–11 names may stand on the notice board. Raises Refusal."""
    if not may_be_posted(kind=kind).outcome:
        raise _refusal(
            may_be_posted,
            "Det får inte stå på anslagstavlan. Där står bara tillkännagivanden, protokoll och kungörelser "
            "som lagen nämner.",
            "Får inte anslås",
            {"kind": kind},
        )


def require_removable(kind: str, term: Term, on: date) -> None:
    """A notice that appeal time runs from stays until that time is out (KL 8:12). Raises Refusal."""
    if kind not in APPEALABLE:
        return
    if term.ends is None:
        raise _refusal(
            posted_everywhere,
            f"Anslaget saknas ännu i {listed(term.lacking)}, så överklagandetiden har inte börjat och det "
            "får inte tas ned.",
            "Överklagandetiden har inte börjat",
            {"lacking": len(term.lacking)},
        )
    if not may_be_removed(on=on, ends=term.ends).outcome:
        left = (term.ends - on).days + 1
        raise _refusal(
            may_be_removed,
            f"Överklagandetiden går ut {date_in_words(term.ends)}. Anslaget får tas ned dagen efter, "
            f"om {left} {'dag' if left == 1 else 'dagar'}.",
            "Sitter uppe till överklagandetidens slut",
            {
                "ends": term.ends.isoformat(),
                "three_weeks": str(term.three_weeks),
                "on": on.isoformat(),
                "days_left": left,
            },
        )


def has_run(term: Term, on: date, removed: Collection[date]) -> bool:
    """Whether the appeal time has run out that day, the notice having been up all the while (KL 13:5)."""
    if term.ends is None or on <= term.ends:
        return False
    return appeal_time_runs(unbroken=all(day > term.ends for day in removed)).outcome


def _when_and_where(convened: MeetingConvened) -> tuple[tuple[str, str], ...]:
    starts = datetime.fromisoformat(convened.starts_at)
    when = f"{date_in_words(_day(convened))} kl. {starts:%H.%M}"
    where = convened.place or "Sammanträdet hålls på distans"
    return ("Organ", convened.body.name), ("Tid", when), ("Plats", where)


def _who_may_come(convened: MeetingConvened) -> tuple[tuple[str, str], ...]:
    public = PROFILES[convened.body.kind].is_public
    return (("Allmänheten", "Sammanträdet är offentligt. Alla är välkomna."),) if public else ()


def _day(convened: MeetingConvened) -> date:
    return date.fromisoformat(convened.starts_at[:10])


def _matter_line(matter: Matter) -> str:
    if matter.secrecy:  # what the title tells may be what the secrecy protects
        return f"Ärende med sekretess{f', {matter.reference}' if matter.reference else ''}"
    return f"{matter.title}, {matter.reference}" if matter.reference else matter.title


def _refusal(rule: Rule[..., bool], because: str, short: str, facts: Mapping[str, str | int]) -> Refusal:
    return Refusal(rule.code, rule.cites.short, because, short, facts)
