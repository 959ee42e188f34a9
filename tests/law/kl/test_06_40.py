"""6 kap. 40 §: Nämnden ska besluta i vilken utsträckning beslut som har fattats med stöd av uppdrag enligt
37 § ska anmälas till den. Beslut som inte anmäls ska protokollföras särskilt, om beslutet får överklagas
enligt bestämmelserna i 13 kap.

Sådana beslut som avses i 39 § ska anmälas vid nämndens nästa sammanträde.
"""

from meeting_server.law.delegated import reported_next


def test_the_chairs_urgent_decisions_stand_on_the_next_agenda() -> None:
    assert reported_next(taken=frozenset({"b", "a"}), on_agenda=frozenset({"a"})).outcome == ("b",)
    assert reported_next(taken=frozenset({"a"}), on_agenda=frozenset({"a"})).outcome == ()
