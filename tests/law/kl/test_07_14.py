"""7 kap. 14 §: Personalföreträdarna har inte rätt att närvara vid handläggning av

1. ärenden som avser myndighetsutövning mot någon enskild, såvida inte ärendet rör en obestämd krets av
enskilda,

2. förhandlingar med en arbetstagarorganisation,

3. uppsägningar av kollektivavtal,

4. arbetskonflikter,

5. rättstvister mellan kommunen eller regionen och en arbetstagarorganisation, eller

6. ärenden som avser beställning eller upphandling av varor och tjänster.
"""

import pytest

from meeting_server.law.attending import AttendanceRight, may_attend


@pytest.mark.parametrize(
    ("right", "excluded", "authority", "may"),
    [
        ("staff", True, False, False),
        ("staff", False, True, False),
        ("staff", False, False, True),
        ("official", True, True, True),
    ],
)
def test_the_staff_leaves_what_the_section_names(
    right: AttendanceRight, excluded: bool, authority: bool, may: bool
) -> None:
    assert may_attend(right=right, staff_excluded=excluded, authority=authority).outcome is may
