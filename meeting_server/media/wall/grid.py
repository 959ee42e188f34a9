"""How many places, how large: layouts in which no thumbnail needs scaling, which costs more than decoding.

Pure. All sizes are in samples and even, so that the planes of colour, of half the size, fit too.
"""

from __future__ import annotations

from dataclasses import dataclass

THUMB_WIDTH, THUMB_HEIGHT = 160, 90
PAGE_SECONDS = 10.0
"""More people than the largest wall holds are shown in turn, each page this long."""


@dataclass(frozen=True, slots=True)
class Place:
    """One size of place: width, height with the strip for the name, and the strip itself.

    scale: each sample of the thumbnail becomes scale x scale. most: people on one wall of such places.
    """

    width: int
    height: int
    strip: int
    scale: int
    most: int

    @property
    def picture_width(self) -> int:
        """What is left for the picture beside the gap to the next."""
        return self.width - 2 * self.scale

    @property
    def picture_height(self) -> int:
        """What is left for the picture above the strip."""
        return self.height - self.strip


PLACES = (
    Place(2 * THUMB_WIDTH, 2 * THUMB_HEIGHT, 24, 2, 16),
    Place(THUMB_WIDTH, THUMB_HEIGHT, 14, 1, 64),
    Place(146, THUMB_HEIGHT, 14, 1, 156),
)
"""4 x 4 doubled and 8 x 8 as they are fill 1280 x 720; 13 x 12 with cut sides fill 1920 x 1080."""
MOST = PLACES[-1].most


@dataclass(frozen=True, slots=True)
class Grid:
    """A wall of one page."""

    place: Place
    columns: int
    rows: int

    @property
    def width(self) -> int:
        """Of the whole picture."""
        return self.columns * self.place.width

    @property
    def height(self) -> int:
        """Of the whole picture."""
        return self.rows * self.place.height

    def corner(self, index: int) -> tuple[int, int]:
        """Left and top of place number `index`."""
        return index % self.columns * self.place.width, index // self.columns * self.place.height


def grid_for(count: int) -> Grid:
    """The grid for so many (1 to MOST), shaped so that the places become as large as a 16:9 screen allows.

    Raises ValueError outside that.
    """
    place = next((each for each in PLACES if 1 <= count <= each.most), None)
    if place is None:
        raise ValueError(f"no wall for {count}")
    shapes = [(columns, -(-count // columns)) for columns in range(1, count + 1)]

    def need(shape: tuple[int, int]) -> tuple[float, int, int]:
        columns, rows = shape
        return max(columns * place.width / 16, rows * place.height / 9), columns * rows, rows

    return Grid(place, *min(shapes, key=need))


def pages_of(count: int) -> list[range]:
    """The people of each page, evenly shared. No page when there is nobody."""
    pages = -(-count // MOST)
    return [range(count * page // pages, count * (page + 1) // pages) for page in range(pages)]
