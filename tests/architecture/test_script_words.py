"""The identifiers of a script are found where they are, and nowhere else."""

import pytest

from tests.architecture.script_words import identifiers


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("const a = b;", {"const", "a", "b"}),
        ("a // motion\nb", {"a", "b"}),
        ("a /* motion\nmotion */ b", {"a", "b"}),
        ("a('motion', \"it's\\\" motion\") + b", {"a", "b"}),
        ("html`<p>motion ${a} motion</p>` + b", {"html", "a", "b"}),
        ("html`x ${ok ? html`motion ${a}` : {b: 1}} motion` + c", {"html", "ok", "a", "b", "c"}),
        ("if (a) { b } else { `motion \\` motion` }", {"if", "a", "b", "else"}),
        ("a // motion", {"a"}),
    ],
)
def test_only_code_counts(source: str, found: set[str]) -> None:
    assert identifiers(source) == found
