"""What the chair and the secretary see of order: whose turn it is to preside, who has been told off."""

from __future__ import annotations

from meeting_server.meeting.counting import profile_of, rules_of
from meeting_server.meeting.presiding import in_turn
from meeting_server.meeting.reordering import of_party, reorderable
from meeting_server.meeting.state import Admonition, Meeting
from meeting_server.wire.json import Json


def conduct_section(meeting: Meeting) -> dict[str, Json]:
    """Who presides when the chair does not, those told off, and what the law and local rules say comes next.

    The two warnings are what the chair should know of the ground for the act; None where nothing is amiss.
    """
    orders, rules = meeting.convened.standing_orders, rules_of(meeting)
    local = profile_of(meeting).local_rules
    lacking = rules.may_expel.force == "warn" and not orders.expulsion
    return {
        "preside": [
            {"person": person, "ground": _GROUNDS[ground]}
            for person, ground in in_turn(meeting, meeting.current)
        ],
        "substitute_orders": {
            party: [p.id for p in of_party(meeting, party)] for party in reorderable(meeting)
        },
        "chair_before": meeting.chair_before,
        "chair_for": meeting.chair_for,
        "admonished": [
            {
                "person": one.person,
                "listener": one.listener,
                "times": sum(1 for each in meeting.admonitions if _same(each, one)),
                "here": one.person is None or meeting.presence[one.person].state not in _GONE,
            }
            for at, one in enumerate(meeting.admonitions)
            if not any(_same(each, one) for each in meeting.admonitions[:at])
        ],
        "expulsion_ends_day": not rules.may_return(
            interrupted=True, for_conflict=False, same_day=True, local_rule=orders.no_return_same_day
        ).outcome,
        "decides_behind_doors": rules.closed_doors(decided=True, deliberating=False).outcome,
        "expulsion_cites": rules.may_expel.cites.short,
        "expulsion_warning": (
            f"5 kap. 43 § kommunallagen gäller fullmäktige, och {local} säger ingenting om utvisning. "
            "Visa ut bara om det finns annat stöd; att grunden saknas antecknas."
            if lacking
            else None
        ),
        "dissolution_warning": (
            None
            if orders.dissolution
            else "Kommunallagen säger ingenting om att upplösa ett sammanträde, och någon sådan regel är "
            f"inte registrerad för {meeting.convened.body.definite}. Ajournera hellre, om det räcker."
        ),
    }


_GROUNDS = {"vice_chair": "presidiet", "longest_serving": "ålderspresident, längst tjänstgöring"}
_GONE = ("expected", "absent", "left", "expelled")


def _same(one: Admonition, other: Admonition) -> bool:
    return (one.person, one.listener) == (other.person, other.listener)
