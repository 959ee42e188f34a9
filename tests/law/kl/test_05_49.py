"""5 kap. 49 §: Enskilda förtroendevalda mot vilka anmärkning kan riktas enligt 12 kap. 13 § får, trots vad
som anges i 48 §, delta i fullmäktiges överläggningar, när revisionsberättelsen över den verksamhet som
de har ansvaret för behandlas.

Ordföranden och vice ordföranden i en nämnd får också delta i fullmäktiges överläggning när verksamhet
inom den egna nämnden behandlas.

Första och andra styckena gäller även om de förtroendevalda inte är ledamöter i fullmäktige.
"""

import pytest

from meeting_server.law.kommunallagen.conflict import accountable_debates


@pytest.mark.parametrize(
    ("responsible", "report", "may"), [(True, True, True), (True, False, False), (False, True, False)]
)
def test_who_is_responsible_debates_the_auditors_report(responsible: bool, report: bool, may: bool) -> None:
    assert accountable_debates(responsible=responsible, report=report).outcome is may
