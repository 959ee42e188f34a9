"""5 kap. 62 §: Fullmäktige beslutar utan föregående överläggning om en interpellation får ställas."""

import pytest

from meeting_server.law.asking import may_be_debated


@pytest.mark.parametrize(("permitted", "may"), [(True, True), (False, False), (None, False)])
def test_the_assembly_permits_it_before_anybody_debates_it(permitted: bool | None, may: bool) -> None:
    assert may_be_debated(permitted=permitted).outcome is may
