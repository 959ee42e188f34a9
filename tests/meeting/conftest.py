"""Writes down every refusal these tests meet, for the page on which all of them stand (tests/seen)."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest

from meeting_server.meeting.outcome import Refusal
from tests.seen.refusals import FOLDER, Seen, caller, module_of

_SEEN: set[Seen] = set()


@pytest.fixture(scope="module", autouse=True)
def refusals_written_down(request: pytest.FixtureRequest) -> Iterator[None]:
    """Listen to every refusal these tests make, and none that others do; leave them all in the cache."""
    made = Refusal.__init__

    def listened(self: Refusal, *args: object, **named: object) -> None:
        made(self, *args, **named)  # type: ignore[arg-type]
        module = module_of(caller())
        if module is not None:
            numbers = tuple(v for v in self.facts.values() if isinstance(v, int) and not isinstance(v, bool))
            _SEEN.add(Seen(self.code, self.cites, self.because, self.short, numbers, module))

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Refusal, "__init__", listened)
        yield
    cache = request.config.cache
    assert cache is not None
    worker = getattr(request.config, "workerinput", {}).get("workerid", "one")
    file = cache.mkdir(FOLDER) / f"{worker}.json"
    file.write_text(json.dumps(sorted(_SEEN), ensure_ascii=False), encoding="utf-8")
