"""Who may have the floor in the matter at hand: those here, without conflict, with replies left."""

from __future__ import annotations

from meeting_server.law.attending import may_attend
from meeting_server.meeting.counting import is_disqualified, is_here, is_shut_out, must_leave, rules_of
from meeting_server.meeting.grounds import count, current_matter, local_rules, section, sentence
from meeting_server.meeting.outcome import Refusal
from meeting_server.meeting.state import Meeting
from meeting_server.meeting.uncounted import uncounted
from meeting_server.meeting.words import PersonId


def require_replies_left(meeting: Meeting, person: PersonId) -> None:
    """That the person may reply once more; the body's own rules say how often, the chair may add to it."""
    most, made = meeting.convened.standing_orders.replies, meeting.debate.replied.count(person)
    if most is not None and made >= most:
        raise Refusal(
            "replies-used",
            local_rules(meeting),
            f"{meeting.people[person].called} har gjort {count(made, 'replik', 'repliker')} i ärendet; "
            f"högst {most} får göras. Ordföranden kan ge en till.",
            "Inga repliker kvar",
            {"made": made, "most": most},
        )


def require_may_speak(meeting: Meeting, person: PersonId, *, own: bool = False) -> None:
    """That the person is here and has no conflict of interest or other bar in the matter."""
    if not is_here(meeting.presence[person]) or is_disqualified(meeting, person):
        raise uncounted(meeting, person, "få ordet", own=own)
    if must_leave(meeting, person):
        matter = current_matter(meeting)
        raise Refusal(
            "staff-excluded",
            "KL 7:14",
            f"Personalföreträdare får inte närvara vid handläggningen av {section(matter)}. "
            f"{sentence(may_attend)}",
            "Får inte närvara i ärendet",
            {"person": person, "matter": matter.matter.id},
        )
    if is_shut_out(meeting, person):
        matter, rule = current_matter(meeting), rules_of(meeting).stays_behind_closed_doors
        raise Refusal(
            "shut-out",
            rule.cites.short,
            f"Dörrarna är stängda i {section(matter)}, och {meeting.people[person].called} är inte bland dem "
            f"som får vara kvar. {sentence(rule)}",
            "Dörrarna är stängda",
            {"person": person, "matter": matter.matter.id},
        )
