"""4 § lagen (2022:629) om proportionella val: Ordföranden är valförrättare om inte en annan ledamot väljs
(återgivet, ej lagens ord).
"""

from meeting_server.law.proportional_act import returning_officer


def test_the_chair_conducts_the_election_unless_another_is_chosen() -> None:
    assert returning_officer(chair="p1", chosen=None).outcome == "p1"
    assert returning_officer(chair="p1", chosen="p7").outcome == "p7"
