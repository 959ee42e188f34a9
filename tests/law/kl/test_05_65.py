"""5 kap. 65 §: Vid sammanträden ska protokoll föras på ordförandens ansvar."""

from meeting_server.law.ledger import rows


def test_that_the_chair_answers_for_the_minutes_is_told_and_not_computed() -> None:
    [section] = [row for row in rows() if row.citation.short == "KL 5:65"]
    assert (section.kind, section.rules) == ("duty", ())
    assert "ordförandens ansvar" in section.note
