"""5 kap. 60 §: Interpellationerna ska ha ett bestämt innehåll och vara försedda med motivering."""

import pytest

from meeting_server.law.kommunallagen.questions import interpellation_formed


@pytest.mark.parametrize(
    ("definite", "motivation", "formed"), [(True, True, True), (True, False, False), (False, True, False)]
)
def test_an_interpellation_is_definite_and_motivated(definite: bool, motivation: bool, formed: bool) -> None:
    assert interpellation_formed(definite=definite, motivation=motivation).outcome is formed
