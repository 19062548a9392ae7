"""A run of text on a page, and the few measures that everything that lays out pages takes of it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

SAME_SIZE = 1.15  # ratio up to which two lines are set in one size
TERMINAL = re.compile(r"[。！？!?…；;：:][”’」』）)】》]{0,2}\Z")
_HANGING = frozenset("，。、；：！？”’）》」』】%％,.;:!?)")


@dataclass(slots=True)
class Piece:
    """A run of text on one line.

    `size` is its em, `spaced` says whether a blank stands in front of it, `loose` how far its characters stand apart
    on average (0 where the box is all that is known, negative for a single character), and `wide` how many Chinese
    characters `size` was measured on.
    """

    text: str
    x0: float
    y0: float
    x1: float
    y1: float
    size: float
    spaced: bool = False
    loose: float = 0.0
    wide: int = 0


def body_size(lines: Sequence[Piece]) -> float:
    """The size most of the text is set in."""
    sizes = sorted((line.size, len(line.text)) for line in lines)
    half = sum(length for _, length in sizes) / 2
    for size, length in sizes:
        half -= length
        if half <= 0:
            return size
    return sizes[-1][0]


def same_size(a: Piece, b: Piece) -> bool:
    """Whether two lines are set in one size."""
    return max(a.size, b.size) <= SAME_SIZE * min(a.size, b.size)


def overlap(a0: float, a1: float, b0: float, b1: float) -> float:
    """How much two stretches share; negative where they are apart."""
    return min(a1, b1) - max(a0, b0)


def end(line: Piece) -> float:
    """Where a line ends at the latest if the mark at its end hangs over the edge of the column."""
    return line.x1 - line.size if line.text[-1] in _HANGING and line.x1 - line.x0 > 3 * line.size else line.x1
