"""5 kap. 68 §: I protokollet ska det anges vilka interpellationer och frågor som har ställts och vilka som
har besvarats.
"""

from meeting_server.law.kommunallagen.questions import questions_minuted


def test_the_minutes_show_every_question_put() -> None:
    assert questions_minuted(put=frozenset({"m4", "m3"}), shown=frozenset({"m3"})).outcome == ("m4",)
    assert questions_minuted(put=frozenset({"m3"}), shown=frozenset({"m3"})).outcome == ()
