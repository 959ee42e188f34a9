"""5 kap. 59 §: Interpellationer får ställas av ledamöterna och riktas till ordföranden i en nämnd eller en
fullmäktigeberedning samt till de förtroendevalda i övrigt som fullmäktige bestämmer.

Fullmäktige får besluta att interpellationer får ställas endast till sådan förtroendevald som anges i 4
kap. 2 § första stycket.
"""

import pytest

from meeting_server.law.kommunallagen.questions import may_be_asked


@pytest.mark.parametrize(
    ("chairs", "named", "may"), [(True, False, True), (False, True, True), (False, False, False)]
)
def test_chairs_and_those_the_assembly_names_are_asked(chairs: bool, named: bool, may: bool) -> None:
    assert may_be_asked(chairs_committee=chairs, named_by_assembly=named).outcome is may
