"""Why somebody does not count now: the one reason that matters, said to that person or about them."""

from __future__ import annotations

from meeting_server.meeting.counting import is_disqualified, is_locked_out, rules_of
from meeting_server.meeting.grounds import current_matter, person_on_roster, section, sentence
from meeting_server.meeting.lobby import follows_unidentified
from meeting_server.meeting.outcome import Refusal
from meeting_server.meeting.state import Meeting
from meeting_server.meeting.strong_identity import ground, why
from meeting_server.meeting.words import PersonId


def uncounted(meeting: Meeting, person_id: PersonId, act: str, *, own: bool) -> Refusal:
    """The refusal to let one who does not count do `act` (Swedish infinitive); `own` says du."""
    person, presence = person_on_roster(meeting, person_id), meeting.presence[person_id]
    rules = rules_of(meeting)
    who = "Du" if own else person.called

    def no(code: str, cites: str, why: str, short: str, ground: str = "") -> Refusal:
        because = f"{who} {why} och kan därför inte {act}.{f' {ground}' if ground else ''}"
        return Refusal(code, cites, because, short, {"person": person_id, "state": presence.state})

    if is_disqualified(meeting, person_id):
        where = section(current_matter(meeting))
        rule = rules.disqualified
        return no("disqualified", rule.cites.short, f"är jävig i {where}", f"Jäv i {where}", sentence(rule))
    if follows_unidentified(meeting, person):
        return no("viewer", ground(meeting), "följer som åskådare", "Åskådare, räknas inte", why(meeting))
    if presence.state == "viewer":
        rule_remote = rules.presidium_remote
        return no(
            "viewer",
            rule_remote.cites.short,
            "följer som åskådare",
            "Åskådare, räknas inte",
            sentence(rule_remote),
        )
    if presence.state == "dropped":
        lost = rules.counted_when_lost
        return no("link-lost", lost.cites.short, "har bruten förbindelse", "Bild och ljud når inte fram")
    if presence.state in ("lobby", "returning"):
        established = rules.identity_established
        return no(
            "not-confirmed",
            established.cites.short,
            "är inte bekräftad av ordföranden",
            "Ordföranden har inte bekräftat",
        )
    if presence.state not in ("room", "remote"):
        return no("not-present", rules.quorum.cites.short, "är inte närvarande", "Inte närvarande")
    if is_locked_out(meeting, person_id):
        rule_return = rules.may_return
        return no(
            "no-return-same-day",
            rule_return.cites.short,
            "har avbrutit tjänstgöringen i dag",
            "Har avbrutit tjänstgöringen i dag",
            sentence(rule_return),
        )
    if presence.replaced_by is not None:
        substitute = meeting.people[presence.replaced_by].called
        return no(
            "replaced",
            rules.late_member_serves.cites.short,
            f"ersätts av {substitute} till nästa ärende",
            "Ersatt till nästa ärende",
        )
    return no(
        "not-serving",
        rules.substitute_rights.cites.short,
        "är ersättare men tjänstgör inte" if person.role == "substitute" else "tjänstgör inte",
        "Tjänstgör inte",
    )
