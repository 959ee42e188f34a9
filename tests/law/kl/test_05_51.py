"""5 kap. 51 §: Ett bordlagt ärende ska behandlas på fullmäktiges nästa sammanträde, om fullmäktige inte
beslutar något annat.
"""

from meeting_server.law.delegated import taken_up_next


def test_what_was_deferred_stands_on_the_next_agenda() -> None:
    assert taken_up_next(deferred=frozenset({"m2", "m1"}), on_agenda=frozenset({"m1"})).outcome == ("m2",)
    assert taken_up_next(deferred=frozenset({"m1"}), on_agenda=frozenset({"m1", "m2"})).outcome == ()
