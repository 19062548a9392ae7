"""A text cut into pieces that each belong to the same statements, so that overlapping evidence can be shown."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from yanzhen.facts import Statement

# A page of a long text, in characters: about eight printed pages, which a browser lays out at once.
PAGE = 20_000
# How far before the end of a page its last line break may stand.
SLACK = 2_000


@dataclass(frozen=True, slots=True)
class Segment:
    """A piece of text under the same statements.

    Attributes:
        text: the piece; all pieces together are the text.
        ids: statements whose evidence holds it, in their order.
        starts: those of them whose evidence begins on this page with this piece.
        kinds: their kinds, each once.
        anchors: names of the places that begin with it.
    """

    text: str
    ids: tuple[str, ...]
    starts: tuple[str, ...]
    kinds: tuple[str, ...]
    anchors: tuple[str, ...] = ()


def segments(
    text: str, start: int, end: int, statements: Sequence[Statement], anchors: Iterable[tuple[int, str]] = ()
) -> tuple[Segment, ...]:
    """The part `[start, end)` of a text, cut wherever some statement's evidence begins or ends.

    Args:
        text: the whole text of the document.
        start: first offset shown.
        end: offset after the last one shown.
        statements: any that touch the part, in the order they are listed in.
        anchors: offset and name of places to jump to, such as where articles begin.
    """
    spans = [(max(s.start, start), min(s.end, end), s) for s in statements if s.start < end and s.end > start]
    opening: dict[int, list[str]] = {}
    for at, anchor in anchors:
        if start <= at < end:
            opening.setdefault(at, []).append(anchor)
    cuts = sorted({start, end, *(at for low, high, _ in spans for at in (low, high)), *opening})
    begin: dict[int, list[int]] = {}
    finish: dict[int, list[int]] = {}
    for n, (low, high, _) in enumerate(spans):
        begin.setdefault(low, []).append(n)
        finish.setdefault(high, []).append(n)
    found: list[Segment] = []
    under: set[int] = set()
    for low, high in pairwise(cuts):
        under.difference_update(finish.get(low, ()))
        starting = begin.get(low, [])
        under.update(starting)
        here = [spans[n][2] for n in sorted(under)]
        found.append(
            Segment(
                text[low:high],
                tuple(s.id for s in here),
                tuple(spans[n][2].id for n in starting),
                tuple(dict.fromkeys(kind_of(s) for s in here)),
                tuple(opening.get(low, ())),
            )
        )
    return tuple(found)


def kind_of(statement: Statement) -> str:
    """`observation`, `milestone`, `relation`, `policy` or `claim`."""
    return str(statement.__struct_config__.tag)


def pages(text: str) -> tuple[tuple[int, int], ...]:
    """Where the pages of a text begin and end: at the last line break that leaves a page not too long."""
    found: list[tuple[int, int]] = []
    start = 0
    while len(text) - start > PAGE:
        end = text.rfind("\n", start + PAGE - SLACK, start + PAGE) + 1 or start + PAGE
        found.append((start, end))
        start = end
    return (*found, (start, len(text)))


def page_at(bounds: Sequence[tuple[int, int]], offset: int) -> int:
    """The number, from 0, of the page that holds the offset."""
    return next((n for n, (_, end) in enumerate(bounds) if offset < end), len(bounds) - 1)
