"""5 kap. 32 §: Fullmäktige får behandla revisionsberättelsen utan föregående beredning. Fullmäktige ska
dock från de ansvariga hämta in förklaring över

1. anmärkning som framställts i revisionsberättelsen, och

2. revisorernas uttalande att ansvarsfrihet inte tillstyrks.

Revisorerna och deras sakkunniga ska alltid ges tillfälle att yttra sig vid fullmäktiges behandling av
revisionsberättelsen.

Om en förtroendevald har vägrats ansvarsfrihet, får fullmäktige också utan ytterligare beredning besluta
att den förtroendevaldes uppdrag ska återkallas enligt 4 kap. 9 §.
"""

import pytest

from meeting_server.law.kommunallagen.preparation import auditors_heard


@pytest.mark.parametrize(
    ("report", "given", "good"), [(True, False, False), (True, True, True), (False, False, True)]
)
def test_the_auditors_speak_on_their_report(report: bool, given: bool, good: bool) -> None:
    assert auditors_heard(audit_report=report, given_floor=given).outcome is good
