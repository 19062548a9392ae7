"""Pieces of text with boxes, from a PDF or from recognition, to paragraphs in reading order.

A page is cut where white space goes through: first where an article ends across the whole width, then down the gutters
between columns, then between bands that share no gutter (a headline over its columns). What is left are columns, and
tables, which look like columns whose lines do not fill them. Lengths are in points, `y` grows downwards; lengths that
concern type are given in em, the width of a Chinese character.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from itertools import pairwise
from statistics import median
from typing import TYPE_CHECKING

from yanzhen.read.piece import TERMINAL, Piece, body_size, end, overlap, same_size
from yanzhen.read.stories import stories

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

JOIN = 0.7  # em: pieces of one line are no farther apart
SPACED = 1.6  # em: unless there is a blank between them in the file
WORD = 0.18  # em: a blank stands between pieces of one line so much farther apart than their characters
LONE = 0.5  # em: and between single characters so far apart
GUTTER = 0.75  # em: columns are at least so far apart
HEADING = 1.2  # times the body's size: a heading
INDENT = 1.2  # em: a first line is set in by more than that
SHORT = 1.5  # em: a last line ends so far before the edge of its column
LONG_WORD = 5.0  # em: so much room a word or number that did not fit may leave at the end of a line
FULL = 0.88  # of its column's width: a line that fills it

_DEPTH = 40
_LATIN_END = re.compile(r"[A-Za-z,.;:)%]\Z")
_SENTENCE_END = re.compile(r"[。！？][”’」』）]?\Z")
_NAME = re.compile(r"[\u4e00-\u9fff·]{2,4}")
_CLAUSE = re.compile(r"[，。；]")
_LATIN_START = re.compile(r"[A-Za-z(]")


@dataclass(slots=True)
class Paragraph:
    """Lines that belong together; a row of a table is a paragraph of its own."""

    lines: list[Piece]
    row: bool = False
    indented: bool = False  # the first line is set in
    indents: bool = False  # the page sets in first lines
    slack: float = 0.0  # em from the end of the last line to the edge of its column

    def may_go_on(self, other: Paragraph) -> bool:
        """Whether `other`, at the top of the next column or page, is the rest of this paragraph."""
        last, first = self.lines[-1], other.lines[0]
        if self.row or other.row or other.indented or not same_size(last, first) or len(last.text) < 5:
            return False
        if TERMINAL.search(last.text):
            return self.indents and other.indents and self.slack < SHORT
        return self.slack < LONG_WORD

    def go_on(self, other: Paragraph) -> None:
        """Take `other` as the rest of this paragraph."""
        self.lines += other.lines
        self.slack = other.slack


@dataclass(slots=True)
class _Region:
    """A part of a page that is cut no further: one column, or a table."""

    lines: list[Piece]
    columns: list[float] = field(default_factory=list)  # of a table: where its columns begin


def arrange(pieces: Iterable[Piece]) -> list[Paragraph]:
    """The paragraphs of a page in reading order."""
    lines = join_pieces(pieces)
    if not lines:
        return []
    body = body_size(lines)
    parts = [list(_cut(part, body, 0)) for part in stories(lines, body)]
    indents = _uses_indents([region for regions in parts for region in regions], body)
    return [paragraph for regions in parts for paragraph in _story(regions, body, indents=indents)]


def _story(regions: list[_Region], body: float, *, indents: bool) -> list[Paragraph]:
    """The paragraphs of one story, whose columns follow each other."""
    paragraphs: list[Paragraph] = []
    for region in regions:
        made = _rows(region) if region.columns else _paragraphs(region.lines, body, indents)
        if paragraphs and made and paragraphs[-1].may_go_on(made[0]):
            paragraphs[-1].go_on(made.pop(0))
        paragraphs += made
    return paragraphs


def join_lines(lines: Sequence[Piece]) -> tuple[str, list[tuple[int, int]]]:
    """The text of a paragraph, and where in it each line stands."""
    text = ""
    places: list[tuple[int, int]] = []
    for line in lines:
        if text:
            text += _between(text, line.text)
        places.append((len(text), len(text) + len(line.text)))
        text += line.text
    return text, places


def _between(before: str, after: str) -> str:
    """What stands between two lines of a paragraph: a blank between Latin words and before a name behind the text."""
    latin = _LATIN_END.search(before) and _LATIN_START.match(after)
    signed = _SENTENCE_END.search(before) and _NAME.fullmatch(after)
    return " " if latin or signed else ""


def join_pieces(pieces: Iterable[Piece]) -> list[Piece]:
    """Join the pieces of one line that stand next to each other."""
    lines: list[Piece] = []
    rows: dict[int, list[Piece]] = {}  # line ends by height, so that few are looked at
    ordered = sorted(pieces, key=lambda piece: (piece.x0, piece.y0))
    if not ordered:
        return []
    step = max(median(piece.y1 - piece.y0 for piece in ordered), 1e-3)
    most = HEADING * body_size(ordered)  # headlines stand side by side over gutters as wide as those of the text
    for piece in ordered:
        at = int((piece.y0 + piece.y1) / 2 / step)
        for line in (line for level in (at, at - 1, at + 1) for line in rows.get(level, ())):
            em = min(line.size, piece.size)
            gap = piece.x0 - line.x1
            height = min(line.y1 - line.y0, piece.y1 - piece.y0)
            near = -em / 2 <= gap < (SPACED if piece.spaced else JOIN) * min(em, most)
            if near and overlap(line.y0, line.y1, piece.y0, piece.y1) > 0.5 * height:
                usual = max(line.loose, piece.loose)
                apart = gap > (WORD * em + usual if usual >= 0 else LONE * em)
                line.text += (" " if piece.spaced or apart else "") + piece.text
                line.loose = piece.loose if piece.loose >= 0 else line.loose
                if piece.wide > line.wide:
                    line.size, line.wide = piece.size, piece.wide
                line.x1, line.y0, line.y1 = piece.x1, min(line.y0, piece.y0), max(line.y1, piece.y1)
                break
        else:
            fresh = replace(piece)
            rows.setdefault(at, []).append(fresh)
            lines.append(fresh)
    return lines


# --- cutting ----------------------------------------------------------------------------------------------------------


def _cut(lines: list[Piece], body: float, depth: int) -> Iterator[_Region]:
    if len(lines) < 2 or depth > _DEPTH:
        yield _Region(lines)
        return
    parts = _sections(lines, body)
    if len(parts) == 1:
        parts = _columns(lines, GUTTER * body)
        if len(parts) > 1:
            if _is_table(lines, parts, body):
                yield _Region(lines, [min(line.x0 for line in part) for part in parts])
                return
            if not _run_down(parts, body):
                yield _Region(lines)
                return
        else:
            parts = _groups(lines, body)
    if len(parts) > 1:
        for part in parts:
            yield from _cut(part, body, depth + 1)
    elif _side_by_side(lines):
        yield from (_Region(block) for block in _ordered_blocks(lines))
    else:
        yield _Region(lines)


def _bands(lines: list[Piece]) -> list[list[Piece]]:
    """Lines between which white space goes through from left to right, from top to bottom."""
    bands: list[list[Piece]] = []
    bottom = float("-inf")
    for line in sorted(lines, key=lambda line: line.y0 + 0.15 * (line.y1 - line.y0)):
        slack = 0.15 * (line.y1 - line.y0)
        if line.y0 + slack >= bottom:
            bands.append([])
        bands[-1].append(line)
        bottom = max(bottom, line.y1 - slack)
    return bands


def _sections(lines: list[Piece], body: float) -> list[list[Piece]]:
    """Parts between which an article ends everywhere: headings all across after more than the usual space."""
    bands = _bands(lines)
    if len(bands) < 2:
        return [lines]
    gaps = [_gap(above, below) for above, below in pairwise(bands)]
    usual = min(median(gaps), body)
    sections = [bands[0]]
    for gap, (above, below) in zip(gaps, pairwise(bands), strict=True):
        begins = _all_headings(below, body)
        if begins and _all_headings(above, body):
            # A page's head is set large too, but smaller than headlines.
            begins = min(line.size for line in below) > 1.4 * max(line.size for line in above) and gap > 1.5 * body
        if gap > usual + (0.6 if begins else 3.0) * body and (begins or gap > 4 * usual):
            sections.append(list(below))
        else:
            sections[-1] = sections[-1] + below
    return sections


def _gap(above: list[Piece], below: list[Piece]) -> float:
    return min(line.y0 for line in below) - max(line.y1 for line in above)


def _all_headings(lines: list[Piece], body: float) -> bool:
    return all(line.size >= HEADING * body for line in lines)


def _intervals(lines: Iterable[Piece]) -> list[tuple[float, float]]:
    """What the lines cover of the page's width."""
    return _united(sorted((line.x0, end(line)) for line in lines))


def _united(ordered: list[tuple[float, float]]) -> list[tuple[float, float]]:
    united: list[tuple[float, float]] = []
    for x0, x1 in ordered:
        if united and x0 <= united[-1][1]:
            united[-1] = united[-1][0], max(united[-1][1], x1)
        else:
            united.append((x0, x1))
    return united


def _gutters(intervals: list[tuple[float, float]], least: float) -> list[float]:
    """The middle of each stretch of at least `least` that nothing covers."""
    return [(left[1] + right[0]) / 2 for left, right in pairwise(intervals) if right[0] - left[1] >= least]


def _columns(lines: list[Piece], least: float) -> list[list[Piece]]:
    gutters = _gutters(_intervals(lines), least)
    columns: list[list[Piece]] = [[] for _ in range(len(gutters) + 1)]
    for line in lines:
        middle = (line.x0 + line.x1) / 2
        columns[sum(middle > gutter for gutter in gutters)].append(line)
    return _without_scraps(columns)


def _without_scraps(columns: list[list[Piece]]) -> list[list[Piece]]:
    """The columns, with a name far out behind the last sentence in the column that ends with it."""
    widest = max(max(line.x1 for line in column) - min(line.x0 for line in column) for column in columns)
    kept: list[list[Piece]] = []
    for column in columns:
        line = column[0]
        if kept and len(column) == 1 and line.x1 - line.x0 < 5 * line.size:
            middle, left = (line.y0 + line.y1) / 2, min(of.x0 for of in kept[-1])
            if line.x1 < left + widest + line.size and any(of.y0 < middle < of.y1 for of in kept[-1]):
                kept[-1].append(line)
                continue
        kept.append(column)
    return kept


def _groups(lines: list[Piece], body: float) -> list[list[Piece]]:
    """Bands that share a gutter, or have none, together."""
    least = GUTTER * body
    groups: list[list[Piece]] = []
    covered: list[tuple[float, float]] = []
    for band in _bands(lines):
        own = _intervals(band)
        both = _united(sorted(covered + own))
        kept = len(_gutters(both, least))
        wanted = bool(_gutters(own, least) or _gutters(covered, least))
        if groups and (kept or not wanted):
            groups[-1] += band
            covered = both
        else:
            groups.append(list(band))
            covered = own
    return groups


def _row_sets(lines: list[Piece]) -> list[list[Piece]]:
    """Lines at one height, from left to right; rows from top to bottom."""
    rows: list[list[Piece]] = []
    for line in sorted(lines, key=lambda line: (line.y0 + line.y1) / 2):
        last = rows[-1][0] if rows else None
        if last is not None and overlap(last.y0, last.y1, line.y0, line.y1) > 0.5 * min(
            last.y1 - last.y0, line.y1 - line.y0
        ):
            rows[-1].append(line)
        else:
            rows.append([line])
    for row in rows:
        row.sort(key=lambda line: line.x0)
    return rows


def _is_prose(column: list[Piece], em: float) -> bool:
    """Whether lines fill the column, as running text does."""
    width = max(line.x1 for line in column) - min(line.x0 for line in column)
    filled = sum(line.x1 - line.x0 >= FULL * width for line in column)
    return width >= 6 * em and filled * 5 >= len(column) * 2


def _is_table(lines: list[Piece], columns: list[list[Piece]], body: float) -> bool:
    rows = _row_sets(lines)
    shared = sum(len(row) > 1 for row in rows)
    if len(rows) < 2 or shared * 10 < len(rows) * 6 or shared < 2:
        return False
    if any(len(column) * 3 < len(rows) or len(_row_sets(column)) * 10 < len(column) * 9 for column in columns):
        return False
    if sum(_is_prose(column, body) and len(column) > 2 for column in columns) * 5 > len(columns) * 2:
        return False
    sentences = sum(_CLAUSE.search(line.text) is not None for line in lines)
    return median(len(line.text) for line in lines) <= 14 and sentences * 10 < len(lines) * 3


def _run_down(columns: list[list[Piece]], body: float) -> bool:
    """Whether columns are read one after the other: more than a line or two with a blank in it."""
    deepest = max(len(column) for column in columns)
    deep = [column for column in columns if len(column) == 2]
    return deepest >= 3 or (len(deep) > 1 and all(_is_prose(column, body) for column in deep))


def _side_by_side(lines: list[Piece]) -> bool:
    rows = _row_sets(lines)
    return len(rows) >= 3 and sum(len(row) > 1 for row in rows) * 3 > len(rows)


def _ordered_blocks(lines: list[Piece]) -> list[list[Piece]]:
    """Where no cut goes through: blocks of lines under each other, each after those above it and to its left."""
    blocks: list[list[Piece]] = []
    for line in sorted(lines, key=lambda line: (line.y0, line.x0)):
        for block in blocks:
            last = block[-1]
            shared = overlap(last.x0, last.x1, line.x0, line.x1)
            close = -0.5 * line.size < line.y0 - last.y1 < 1.2 * line.size
            if close and same_size(last, line) and shared > 0.6 * min(last.x1 - last.x0, line.x1 - line.x0):
                block.append(line)
                break
        else:
            blocks.append([line])
    boxes = [
        (min(line.x0 for line in b), b[0].y0, max(line.x1 for line in b), max(line.y1 for line in b)) for b in blocks
    ]
    left = set(range(len(blocks)))
    order: list[list[Piece]] = []
    while left:
        free = [n for n in left if not any(_comes_before(boxes[m], boxes[n]) for m in left if m != n)]
        chosen = min(free or left, key=lambda n: (boxes[n][0], boxes[n][1]) if free else (boxes[n][1], boxes[n][0]))
        order.append(blocks[chosen])
        left.remove(chosen)
    return order


def _comes_before(a: tuple[float, float, float, float], b: tuple[float, float, float, float]) -> bool:
    if overlap(a[0], a[2], b[0], b[2]) > 0:
        return a[1] < b[1]
    return a[2] <= b[0] and overlap(a[1], a[3], b[1], b[3]) > 0


# --- paragraphs -------------------------------------------------------------------------------------------------------


def _rows(region: _Region) -> list[Paragraph]:
    """The rows of a table as lines, cells between ` | `."""
    made = []
    for row in _row_sets(region.lines):
        cells = [""] * len(region.columns)
        for line in row:
            at = max(sum(line.x0 >= start - 0.1 for start in region.columns) - 1, 0)
            cells[at] = f"{cells[at]} {line.text}".strip()
        made.append(Paragraph([_merged(row, " | ".join(cells).strip(" |"))], row=True))
    return made


def _merged(row: list[Piece], text: str) -> Piece:
    return Piece(
        text,
        min(line.x0 for line in row),
        min(line.y0 for line in row),
        max(line.x1 for line in row),
        max(line.y1 for line in row),
        max(row, key=lambda line: len(line.text)).size,
    )


def _whole_lines(lines: list[Piece]) -> list[Piece]:
    """The lines of a column; what stands at one height is one line."""
    return [row[0] if len(row) == 1 else _merged(row, " ".join(line.text for line in row)) for row in _row_sets(lines)]


def _uses_indents(regions: list[_Region], body: float) -> bool:
    """Whether the page sets in the first line of a paragraph: by about two characters, and more than once."""
    indents = 0
    for region in regions:
        lines = [line for line in region.lines if line.size < HEADING * body]
        if region.columns or len(lines) < 3:
            continue
        left = min(line.x0 for line in lines)
        indents += sum(1.5 * body < line.x0 - left < 2.6 * body for line in lines)
    return indents >= 2


def _paragraphs(lines: list[Piece], body: float, indents: bool) -> list[Paragraph]:
    whole = _whole_lines(lines)
    gaps = [b.y0 - a.y1 for a, b in pairwise(whole) if same_size(a, b)]
    usual = median(gaps) if gaps else 0.0
    paragraphs: list[Paragraph] = []
    for n, line in enumerate(whole):
        left, right = _edges(whole, n)
        indented = line.x0 - left > INDENT * line.size
        if n and not _breaks(whole[n - 1], line, (left, right), usual, body, indented=indented, indents=indents):
            paragraphs[-1].lines.append(line)
        else:
            paragraphs.append(Paragraph([line], indented=indented, indents=indents))
        paragraphs[-1].slack = (right - line.x1) / line.size
    return paragraphs


def _edges(lines: list[Piece], n: int) -> tuple[float, float]:
    """Where the column begins and ends around a line: text runs around pictures, so only the lines nearby count."""
    near = [line for line in lines[max(0, n - 4) : n + 5] if same_size(line, lines[n])]
    return min(line.x0 for line in near), max(line.x1 for line in near)


def _breaks(
    above: Piece,
    line: Piece,
    edges: tuple[float, float],
    usual: float,
    body: float,
    *,
    indented: bool,
    indents: bool,
) -> bool:
    """Whether a paragraph ends between two lines of a column."""
    em = line.size
    if not same_size(above, line) or line.y0 - above.y1 > usual + 0.6 * em:
        return True
    if min(above.size, line.size) >= HEADING * body:
        return False  # the lines of one headline
    if indented and line.x0 - above.x0 > -INDENT * em:
        return True
    short = (edges[1] - above.x1) / em
    if short < SHORT:
        return False
    # Long Latin words and numbers move to the next line and leave a gap, which is not the end of the paragraph.
    return short > (LONG_WORD if indents else 3) or TERMINAL.search(above.text) is not None
