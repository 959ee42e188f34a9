"""The wall's picture: three planes that the encoder reads as they are, and where each thumbnail is put.

Nothing is converted and nothing scaled: planes are copied row by row, doubled or cut.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from meeting_server.media.wall import letters
from meeting_server.media.wall.grid import Grid

Plane = NDArray[np.uint8]
GREY = 128
"""Colourless, in both planes of colour."""


def planes_of(frame: Any) -> list[Plane]:
    """The planes of a libav I420 frame, as they lie in memory, without their padding."""
    sizes = (frame.width, (frame.width + 1) // 2, (frame.width + 1) // 2)
    return [
        np.frombuffer(plane, np.uint8).reshape(-1, plane.line_size)[:, :width]
        for plane, width in zip(frame.planes, sizes, strict=True)
    ]


class Canvas:
    """One page of the wall. planes: brightness and the two of colour, written in place."""

    def __init__(self, grid: Grid, planes: list[Plane]) -> None:
        self.grid = grid
        self.planes = planes
        for plane, value in zip(planes, (letters.BACKGROUND, GREY, GREY), strict=True):
            plane[:] = value

    def write_strip(self, index: int, name: str, party: str) -> None:
        """Put the name under place number `index`; it stays until the canvas is made anew."""
        place = self.grid.place
        x, y = self.grid.corner(index)
        self._fill(x, y + place.picture_height, letters.strip(name, party, place.picture_width, place.strip))

    def write_words(self, index: int, text: str) -> None:
        """Put words where the picture would be; no words leave it empty."""
        place = self.grid.place
        x, y = self.grid.corner(index)
        self._fill(x, y, letters.words(text, place.picture_width, place.picture_height))

    def put(self, index: int, source: list[Plane]) -> None:
        """Put a thumbnail, its middle, into place number `index`."""
        place = self.grid.place
        x, y = self.grid.corner(index)
        width, height = place.picture_width // place.scale, place.picture_height // place.scale
        step = _step(source[0], width, height)
        for plane, pixels, part in zip(self.planes, source, (1, 2, 2), strict=True):
            rows = slice(y // part, (y + place.picture_height) // part)
            target = plane[rows, x // part : (x + place.picture_width) // part]
            _place(target, pixels[::step, ::step], width // part, height // part, place.scale, part)

    def _fill(self, x: int, y: int, brightness: Plane) -> None:
        height, width = brightness.shape
        self.planes[0][y : y + height, x : x + width] = brightness
        for plane in self.planes[1:]:
            plane[y // 2 : (y + height) // 2, x // 2 : (x + width) // 2] = GREY


def _step(brightness: Plane, width: int, height: int) -> int:
    """Every which sample to take of a picture that is larger than a thumbnail."""
    found: int = min(brightness.shape[1] // width, brightness.shape[0] // height)
    return max(1, found)


def _place(target: Plane, source: Plane, width: int, height: int, scale: int, part: int) -> None:
    """Copy the middle of the source; where it is smaller than its place there is background around it."""
    cut_x, cut_y = (max(0, source.shape[1] - width) // 2, max(0, source.shape[0] - height) // 2)
    middle = source[cut_y : cut_y + height, cut_x : cut_x + width]
    rows, columns = middle.shape[0] * scale, middle.shape[1] * scale
    if (rows, columns) != target.shape:
        target[:] = letters.BACKGROUND if part == 1 else GREY
        top, left = (target.shape[0] - rows) // 2, (target.shape[1] - columns) // 2
        target = target[top : top + rows, left : left + columns]
    if scale == 1:
        target[:] = middle
    else:
        for row in range(scale):
            for column in range(scale):
                target[row::scale, column::scale] = middle
