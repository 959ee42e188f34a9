"""9 kap. 3 §: I ett kommunalförbund ska det som beslutande församling finnas ett förbundsfullmäktige eller
en förbundsdirektion.

Ledamöter och ersättare i den beslutande församlingen väljs av förbundsmedlemmarnas fullmäktige enligt
vad som anges i förbundsordningen.

Varje förbundsmedlem ska vara representerad i den beslutande församlingen med minst en ledamot och en
ersättare. Antalet ersättare ska vara lika många som antalet ledamöter.
"""

import pytest

from meeting_server.law.sizes import federation_substitutes


@pytest.mark.parametrize(("substitutes", "good"), [(11, False), (12, True), (13, False)])
def test_a_federations_body_has_as_many_substitutes_as_members(substitutes: int, good: bool) -> None:
    assert federation_substitutes(members=12, substitutes=substitutes).outcome is good
