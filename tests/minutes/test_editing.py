"""The plain form the secretary edits in.

What is written is read back the same, and every fault has its place.
"""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meeting_server.minutes.blocks import bullets, numbered, paragraph, quote
from meeting_server.minutes.document import Block, Run
from meeting_server.minutes.editing import blocks_text, read, read_section

PLAIN = (
    st.text(st.sampled_from("aåäö *\\.#->1[]§"), min_size=1, max_size=20)
    .map(lambda t: " ".join(t.split()))
    .filter(bool)
)


@pytest.mark.parametrize(
    "block",
    [
        paragraph("Remissen besvaras."),
        quote("Remissen avstyrks."),
        bullets(["Ett", "Två"]),
        numbered(["Ett", "Två"]),
        Block("votes", division="d3"),
        Block(
            "paragraph", runs=(Run("Det "), Run("fet", bold=True), Run(" och "), Run("kursiv", italic=True))
        ),
        Block("paragraph", runs=(Run("båda", bold=True, italic=True),)),
        paragraph("# inte en rubrik"),
        paragraph("- inte en lista"),
        paragraph("1. inte numrerad"),
        paragraph("[Voteringslista d1] är inte en plats"),
        paragraph("fem * två \\ tre"),
    ],
)
def test_a_block_is_read_back_as_it_was_written(block: Block) -> None:
    assert read_section(blocks_text([block])) == (block,)


@given(PLAIN)
def test_any_plain_text_is_read_back_as_it_was_written(text: str) -> None:
    assert read_section(blocks_text([paragraph(text)])) == (paragraph(text),)


def test_blank_lines_part_blocks_and_line_breaks_do_not() -> None:
    assert read_section("en\ntvå\n\ntre") == (paragraph("en två"), paragraph("tre"))


def test_an_item_goes_on_over_the_next_line() -> None:
    assert read_section("1. en\n   fortsätter\n2. två") == (numbered(["en fortsätter", "två"]),)


def test_headings_part_the_sections() -> None:
    sections, faults = read("# Beslut\nEtt.\n\n# Eget\nTvå.\n")
    assert [(one.heading, one.line) for one in sections] == [("Beslut", 1), ("Eget", 4)]
    assert faults == ()


@pytest.mark.parametrize(
    ("text", "line", "column", "words"),
    [
        ("Utan rubrik.", 1, 1, "under en rubrik"),
        ("# Beslut\nx\n# beslut\ny", 3, 1, "finns två gånger"),
        ("#  \nx", 1, 1, "Rubriken är tom"),
        ("# Beslut\nen **fet", 2, 4, "saknar sin avslutning"),
        ("# Beslut\n****", 2, 1, "Fler än tre"),
    ],
)
def test_what_cannot_be_read_is_a_fault_with_its_place(text: str, line: int, column: int, words: str) -> None:
    fault = read(text)[1][0]
    assert (fault.line, fault.column) == (line, column)
    assert words in fault.message
