"""5 kap. 48 §: Den som är redovisningsskyldig till kommunen eller regionen får inte delta i

1. val av revisor för granskning av verksamhet som omfattas av redovisningsskyldigheten, eller

2. handläggningen av ärenden om ansvarsfrihet för verksamheten.

Detsamma gäller make, sambo, förälder, barn, syskon eller någon annan närstående till den
redovisningsskyldige.
"""

import pytest

from meeting_server.law.kommunallagen.conflict import Accounted, disqualified_as_accountable


@pytest.mark.parametrize(
    ("accountable", "subject", "out"),
    [
        (True, "auditor", True),
        (True, "discharge", True),
        (True, "other", False),
        (False, "auditor", False),
        (False, "discharge", False),
    ],
)
def test_who_is_accountable_elects_no_auditor_and_grants_no_discharge(
    accountable: bool, subject: Accounted, out: bool
) -> None:
    assert disqualified_as_accountable(accountable=accountable, subject=subject).outcome is out
