"""5 kap. 14 §: Om ett ärende är så brådskande att det inte hinner tillkännages enligt 13 §, ska uppgift om
ärendet tillkännages på anslagstavlan senast vardagen närmast före sammanträdesdagen.
"""

import pytest

from meeting_server.law.kommunallagen.notice import urgent_announced


@pytest.mark.parametrize(
    ("on", "in_time"), [("2026-11-22", True), ("2026-11-23", True), ("2026-11-24", False), (None, False)]
)
def test_an_urgent_matter_is_announced_by_the_weekday_before(on: str | None, in_time: bool) -> None:
    assert urgent_announced(announced_on=on, urgent_by="2026-11-23").outcome is in_time
    assert urgent_announced.force == "warn"
