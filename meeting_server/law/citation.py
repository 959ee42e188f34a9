"""Citations: where in the statute a rule stands, written for programs, for lists and for sentences."""

from dataclasses import dataclass

_SWEDISH_ACTS = {
    "KL": "kommunallagen",
    "lag (2022:629)": "lagen (2022:629) om proportionella val i kommuner och regioner",
}
_ORDINALS = {1: "första", 2: "andra", 3: "tredje", 4: "fjärde", 5: "femte"}


@dataclass(frozen=True, order=True)
class Citation:
    """A place in a statute (lagrum): act, chapter (kapitel), section (§), paragraph (stycke), point (punkt).

    Paragraph and point are 0 when the whole section is meant, so that citations sort in statute order. The
    chapter is 0 in an act without chapters; `letter` is that of an inserted section such as 8 kap. 16 a §.
    The section is 0 when a whole act is meant, as where only others' practice under it has been read.
    """

    act: str
    chapter: int
    section: int
    paragraph: int = 0
    point: int = 0
    letter: str = ""

    def __str__(self) -> str:
        """The exact place in the short form of lists and rulings: "KL 5:50 st. 3"."""
        text = self.short
        if self.paragraph:
            text += f" st. {self.paragraph}"
        if self.point:
            text += f" p. {self.point}"
        return text

    @property
    def short(self) -> str:
        """Act, chapter and section only, the form a refusal carries: "KL 5:45", "lag (2022:629) 2 §"."""
        if not self.section:
            return self.act
        if not self.chapter:
            return f"{self.act} {self._section} §"
        return f"{self.act} {self.chapter}:{self._section}"

    @property
    def swedish(self) -> str:
        """The section as it is written in a Swedish sentence: "5 kap. 45 § kommunallagen"."""
        act = _SWEDISH_ACTS.get(self.act, self.act)
        return f"{self._place} {act}" if self.section else act

    @property
    def swedish_exact(self) -> str:
        """As `swedish`, with the paragraph in words: "5 kap. 50 § tredje stycket kommunallagen"."""
        if not self.paragraph:
            return self.swedish
        point = f" {self.point}" if self.point else ""
        act = _SWEDISH_ACTS.get(self.act, self.act)
        return f"{self._place} {_ORDINALS[self.paragraph]} stycket{point} {act}"

    @property
    def _section(self) -> str:
        return f"{self.section} {self.letter}" if self.letter else str(self.section)

    @property
    def _place(self) -> str:
        chapter = f"{self.chapter} kap. " if self.chapter else ""
        return f"{chapter}{self._section} §"

    def covers(self, other: "Citation") -> bool:
        """Whether `other` is this place or lies inside it: 5:50 covers 5:50 st. 3, not the reverse."""
        return (
            (self.act, self.chapter, self.section, self.letter)
            == (other.act, other.chapter, other.section, other.letter)
            and self.paragraph in (0, other.paragraph)
            and self.point in (0, other.point)
        )


def kl(chapter: int, section: int, paragraph: int = 0, point: int = 0, letter: str = "") -> Citation:
    """A place in kommunallagen (2017:725)."""
    return Citation("KL", chapter, section, paragraph, point, letter)


def elections_act(section: int, paragraph: int = 0) -> Citation:
    """A place in lagen (2022:629) om proportionella val i kommuner och regioner, which has no chapters."""
    return Citation("lag (2022:629)", 0, section, paragraph)
