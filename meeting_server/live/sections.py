"""The view of a meeting as JSON by section, written once for all who see the same."""

from __future__ import annotations

from datetime import datetime

from meeting_server.live.text import dumps
from meeting_server.meeting import Meeting
from meeting_server.wire.view import Views
from meeting_server.wire.visibility import Viewer as Sight


class Sections:
    """The views of one round over the viewers; the state may move on between two of them."""

    def __init__(self) -> None:
        self._views: Views | None = None
        self._texts: dict[int, tuple[object, str]] = {}

    def of(self, meeting: Meeting, sight: Sight, now: datetime) -> dict[str, str]:
        """Section name to JSON text, for one viewer."""
        if self._views is None or self._views.meeting is not meeting:
            self._views, self._texts = Views(meeting, now), {}
        return {name: self._text(section) for name, section in self._views.of(sight).items()}

    def _text(self, section: object) -> str:
        """The section's text. Sections that several viewers share are the same object, which is kept here: a
        number of `id` is only good while its object lives."""
        found = self._texts.get(id(section))
        if found is None:
            found = self._texts[id(section)] = (section, dumps(section))
        return found[1]
