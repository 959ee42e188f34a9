"""Why a meeting beside the ordinary ones was held, as the first page of the minutes says (KL 5:12, 6:23)."""

from __future__ import annotations

from meeting_server.meeting.convening import MeetingConvened
from meeting_server.minutes.wording import listed

_HELD = {
    "chair": "Sammanträdet hålls eftersom ordföranden anser att det behövs.",
    "executive": "Sammanträdet hålls på styrelsens begäran.",
}


def ground_text(convened: MeetingConvened) -> str:
    """The sentence, empty for an ordinary meeting."""
    if convened.ground == "third":
        people = {person.id: person.called for person in convened.roster}
        names = listed([people[one] for one in convened.requested_by if one in people])
        return f"Sammanträdet hålls på begäran av {names}, minst en tredjedel av ledamöterna."
    return _HELD.get(convened.ground, "")
