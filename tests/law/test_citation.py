"""Citations in their three spellings, and their order."""

import pytest

from meeting_server.law.citation import Citation, elections_act, kl


@pytest.mark.parametrize(
    ("citation", "exact", "short", "swedish", "swedish_exact"),
    [
        (kl(5, 45), "KL 5:45", "KL 5:45", "5 kap. 45 § kommunallagen", "5 kap. 45 § kommunallagen"),
        (
            kl(5, 50, 3),
            "KL 5:50 st. 3",
            "KL 5:50",
            "5 kap. 50 § kommunallagen",
            "5 kap. 50 § tredje stycket kommunallagen",
        ),
        (
            kl(6, 28, 1, 4),
            "KL 6:28 st. 1 p. 4",
            "KL 6:28",
            "6 kap. 28 § kommunallagen",
            "6 kap. 28 § första stycket 4 kommunallagen",
        ),
        (
            Citation("dataskyddsförordningen", 0, 0),
            "dataskyddsförordningen",
            "dataskyddsförordningen",
            "dataskyddsförordningen",
            "dataskyddsförordningen",
        ),
        (Citation("LPV", 1, 2), "LPV 1:2", "LPV 1:2", "1 kap. 2 § LPV", "1 kap. 2 § LPV"),
        (
            kl(8, 16, letter="a"),
            "KL 8:16 a",
            "KL 8:16 a",
            "8 kap. 16 a § kommunallagen",
            "8 kap. 16 a § kommunallagen",
        ),
        (
            elections_act(2, 1),
            "lag (2022:629) 2 § st. 1",
            "lag (2022:629) 2 §",
            "2 § lagen (2022:629) om proportionella val i kommuner och regioner",
            "2 § första stycket lagen (2022:629) om proportionella val i kommuner och regioner",
        ),
    ],
)
def test_a_citation_is_written_for_lists_refusals_and_sentences(
    citation: Citation, exact: str, short: str, swedish: str, swedish_exact: str
) -> None:
    assert str(citation) == exact
    assert citation.short == short
    assert citation.swedish == swedish
    assert citation.swedish_exact == swedish_exact


def test_citations_sort_in_the_order_of_the_statute() -> None:
    mixed = [kl(6, 1), kl(5, 50, 3), kl(4, 27), kl(5, 51), kl(5, 50), kl(5, 50, 1)]
    assert sorted(mixed) == [kl(4, 27), kl(5, 50), kl(5, 50, 1), kl(5, 50, 3), kl(5, 51), kl(6, 1)]


@pytest.mark.parametrize(
    ("outer", "inner", "covers"),
    [
        (kl(5, 50), kl(5, 50, 3), True),
        (kl(5, 50, 3), kl(5, 50), False),
        (kl(5, 50, 1), kl(5, 50, 3), False),
        (kl(6, 28, 1), kl(6, 28, 1, 2), True),
        (kl(6, 28, 1, 1), kl(6, 28, 1, 2), False),
        (kl(5, 50), kl(5, 51), False),
        (kl(8, 16), kl(8, 16, letter="a"), False),
        (kl(5, 16), kl(6, 16), False),
    ],
)
def test_a_section_covers_its_paragraphs_and_points(outer: Citation, inner: Citation, covers: bool) -> None:
    assert outer.covers(inner) is covers
