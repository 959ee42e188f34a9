"""5 kap. 64 §: För att hämta in upplysningar får ledamöterna ställa frågor. Bestämmelserna i 59 §, 61 §
första stycket, 62 och 63 §§ ska då tillämpas.

En fråga ska ha ett bestämt innehåll. Den får vara försedd med en kort inledande förklaring.

När en fråga besvaras, får bara den som ställer frågan och den som svarar delta i överläggningen.
"""

import pytest

from meeting_server.law.asking import may_debate_question
from meeting_server.law.kommunallagen.questions import question_formed


@pytest.mark.parametrize("definite", [True, False])
def test_a_question_is_definite(definite: bool) -> None:
    assert question_formed(definite=definite).outcome is definite


@pytest.mark.parametrize(("person", "may"), [("asker", True), ("answerer", True), ("third", False)])
def test_only_who_asks_and_who_answers_debate(person: str, may: bool) -> None:
    assert may_debate_question(person=person, asks="asker", answers="answerer").outcome is may
