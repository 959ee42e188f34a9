"""4 kap. 19 §: Varje ledamot i fullmäktige får väcka motioner samt ställa interpellationer och frågor
enligt 5 kap. 59–64 §§.
"""

import pytest

from meeting_server.law.kommunallagen.elected_officials import may_raise


@pytest.mark.parametrize("serving", [True, False])
def test_a_member_raises_motions_and_puts_questions(serving: bool) -> None:
    assert may_raise(serving=serving).outcome is serving
