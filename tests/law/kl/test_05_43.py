"""5 kap. 43 §: Ordföranden leder fullmäktiges sammanträden och ansvarar för ordningen vid sammanträdena.

Ordföranden får visa ut den som uppträder störande och inte rättar sig efter tillsägelse.
"""

import pytest

from meeting_server.law.regime import ASSEMBLY_2018


@pytest.mark.parametrize(
    ("disturbing", "admonished", "may"), [(True, True, True), (True, False, False), (False, True, False)]
)
@pytest.mark.parametrize("local_rule", [True, False])
def test_who_disturbs_is_told_off_before_being_sent_out(
    disturbing: bool, admonished: bool, local_rule: bool, may: bool
) -> None:
    ruling = ASSEMBLY_2018.may_expel(disturbing=disturbing, admonished=admonished, local_rule=local_rule)
    assert ruling.outcome is may
