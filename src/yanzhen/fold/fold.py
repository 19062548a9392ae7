"""The clean view of a text and its map, as array operations over code points."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray
from opencc import OpenCC

from yanzhen.data import rows
from yanzhen.fold.tables import (
    DROPPED,
    EXPANDED,
    IS_HAN,
    IS_LATIN,
    IS_NEWLINE,
    IS_OPEN_END,
    IS_SPACE,
    IS_STOP,
    Codes,
    tables,
)

Offsets = NDArray[np.int64]

# Share of traditional-only characters among all from which a text is taken to be written in traditional script.
# Names quoted in simplified text stay below 1 %, traditional newspaper text lies above 10 %.
TRADITIONAL_SHARE = 0.03
# Of the longest line of its block: a shorter line was not broken by the edge of a column.
FULL_LINE = 0.75
COLUMN_WIDTH = 64  # characters; blocks with longer lines hold one paragraph a line


@dataclass(frozen=True, slots=True)
class Repair:
    """A scanner's slip mended in the clean view; offsets in the original."""

    start: int
    end: int
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Folded:
    """A text and its clean view.

    Attributes:
        original: the text as received.
        text: the clean view.
        script: `hant` where the original is written in traditional script, else `hans`.
        repairs: scanner's slips that the clean view mends.
        gaps: offsets in `text` in front of which white space inside Chinese was taken out, ascending. Bylines and
            headings are told apart by it.
    """

    original: str
    text: str
    script: str
    repairs: tuple[Repair, ...]
    gaps: Offsets = field(repr=False)
    _starts: Offsets = field(repr=False)
    _ends: Offsets = field(repr=False)

    def to_original(self, start: int, end: int) -> tuple[int, int]:
        """The span of the original that the clean span `[start, end)` stands for."""
        size = len(self._starts)
        start = min(max(start, 0), size)
        end = min(max(end, start), size)
        if start < end:
            return int(self._starts[start]), int(self._ends[end - 1])
        at = int(self._starts[start]) if start < size else len(self.original)
        return at, at

    def to_clean(self, start: int, end: int) -> tuple[int, int]:
        """The smallest clean span that holds everything of the original's `[start, end)`; empty where nothing is."""
        first = int(np.searchsorted(self._ends, start, side="right"))
        last = int(np.searchsorted(self._starts, max(end, start), side="left"))
        return first, max(first, last)


def _codes(text: str) -> Codes:
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)


def _string(codes: Codes) -> str:
    return codes.astype("<u4").tobytes().decode("utf-32-le", "surrogatepass")


@cache
def _converter(config: str) -> OpenCC:
    return OpenCC(config)


@cache
def _taiwan_terms() -> re.Pattern[str]:
    return re.compile("|".join(re.escape(row["form"]) for row in rows("words/taiwan_markers.csv")))


def _aligned(before: str, after: str, at: int, starts: list[int], ends: list[int]) -> None:
    """Append the map of one converted line: common ends map one to one, what differs between them as a block."""
    rough = _converter("t2s").convert(before)
    if len(after) == len(before) or len(rough) != len(before):
        rough = after if len(after) == len(before) else before
    head = 0
    while head < min(len(rough), len(after)) and rough[head] == after[head]:
        head += 1
    tail = 0
    while tail < min(len(rough), len(after)) - head and rough[-1 - tail] == after[-1 - tail]:
        tail += 1
    starts.extend(range(at, at + head))
    ends.extend(range(at + 1, at + head + 1))
    middle = (at + head, at + len(before) - tail)
    for _ in range(len(after) - head - tail):
        starts.append(middle[0])
        ends.append(max(middle))
    starts.extend(range(at + len(before) - tail, at + len(before)))
    ends.extend(range(at + len(before) - tail + 1, at + len(before) + 1))


_PIECES = re.compile(r"[，。、；：？！\s]")


def _simplified(text: str) -> tuple[str, Offsets, Offsets]:
    """Simplified by phrases, with the map of the result: start and end in `text` of every character."""
    config = "tw2sp" if _taiwan_terms().search(text) else "t2s"
    whole = _converter(config).convert(text)
    if config == "t2s" and len(whole) == len(text):
        starts = np.arange(len(text), dtype=np.int64)
        return whole, starts, starts + 1
    parts: list[str] = []
    first: list[int] = []
    last: list[int] = []
    at = 0
    for match in (*_PIECES.finditer(text), None):
        stop = len(text) if match is None else match.start()
        before = text[at:stop]
        after = _converter(config).convert(before)
        # A word that only became shorter or longer without changing what is around it loses no character silently:
        # where nothing of a piece is left, the piece stays as it was.
        after = after if after or not before else before
        _aligned(before, after, at, first, last)
        parts.append(after)
        if match is None:
            break
        parts.append(match.group())
        first.append(stop)
        last.append(stop + 1)
        at = stop + 1
    return "".join(parts), np.array(first, dtype=np.int64), np.array(last, dtype=np.int64)


def _expanded(codes: Codes, raw: Codes, starts: Offsets, ends: Offsets) -> tuple[Codes, Offsets, Offsets]:
    """Put several characters for one (㎡ -> m2) and leave out those without width."""
    expansions = tables().expansions
    counts = np.ones(len(codes), dtype=np.int64)
    counts[codes == DROPPED] = 0
    wide = np.flatnonzero(codes == EXPANDED)
    replacements = [_codes(expansions[int(raw[i])]) for i in wide]
    counts[wide] = [len(r) for r in replacements]
    out = np.repeat(codes, counts)
    if len(wide):
        places = np.cumsum(counts)[wide] - counts[wide]
        for place, replacement in zip(places, replacements, strict=True):
            out[place : place + len(replacement)] = replacement
    return out, np.repeat(starts, counts), np.repeat(ends, counts)


# The end of a newspaper paragraph that names its writers: `。 李某 王某某`.
_SIGNED = re.compile(
    r"(?:^|[。!?”])\s+\S{2,4}(?:\s+\S{2,4}){0,3}\s*$|[(（]?(?:记者|通讯员|作者|编辑|来源|摄)\s?\S{0,12}$"
)
_SENTENCE_MARK = re.compile(r"[。!?]")
_CLAUSE_MARK = re.compile(r"[。!?,;]")
_HEADING_START = re.compile(r"[►▶●■◆△▲□★·•一二三四五六七八九十第(（【“]|\d{1,2}[.、]")


def _runs(mask: NDArray[np.bool_]) -> tuple[Offsets, Offsets]:
    edges = np.diff(np.concatenate(([0], mask.view(np.int8), [0])))
    return np.flatnonzero(edges == 1), np.flatnonzero(edges == -1)


def _is_continued(codes: Codes, before: tuple[int, int], after: tuple[int, int]) -> bool:
    """Whether a blank line only interrupts a sentence (a column's edge): the paragraph before it is running text that
    has lost its end, and the one after it is running text too.
    """
    head = _string(codes[before[0] : before[1]])
    if len(head) < 20 or not _CLAUSE_MARK.search(head) or _SIGNED.search(head[-40:]):
        return False
    tail = _string(codes[after[0] : min(after[1], after[0] + 400)])
    return bool(_SENTENCE_MARK.search(tail)) and not _HEADING_START.match(tail)


def _broken_lines(codes: Codes, first: Offsets, last: Offsets, newlines: Offsets) -> NDArray[np.bool_]:
    """Of all runs of white space (first, last): whether a paragraph ends there."""
    flags = tables().flags
    breaks = newlines >= 2
    at = np.flatnonzero(newlines >= 1)
    if not len(at):
        return breaks
    begin = np.concatenate(([0], last[at]))
    end = np.concatenate((first[at], [len(codes)]))
    length = end - begin
    block = np.concatenate(([0], np.cumsum(newlines[at] >= 2)))
    edges = np.flatnonzero(np.diff(block, prepend=-1))
    widest = np.maximum.reduceat(length, edges)[np.cumsum(np.diff(block, prepend=-1) > 0) - 1]
    lines = np.diff(np.append(edges, len(block)))[np.cumsum(np.diff(block, prepend=-1) > 0) - 1]

    single = newlines[at] == 1
    stopped = (flags[codes[np.maximum(first[at], 1) - 1]] & IS_STOP) > 0
    full = length[:-1] >= FULL_LINE * widest[:-1]
    column = (widest[:-1] <= COLUMN_WIDTH) & (lines[:-1] >= 3)
    indented = last[at] - first[at] >= 3
    # A block of three lines and more without a clause in it is a head (title, issuer, date), no broken text.
    marks = np.concatenate(([0], np.cumsum((codes == 0x2C) | (codes == 0xFF0C) | (codes == 0x3002))))
    clauses = np.add.reduceat(marks[end] - marks[begin], edges)[np.cumsum(np.diff(block, prepend=-1) > 0) - 1]
    indented |= (clauses[:-1] == 0) & (lines[:-1] >= 3)
    joined = np.where(stopped, column & (length[:-1] >= 0.9 * widest[:-1]) & ~indented, full & ~indented)
    breaks[at[single & ~joined]] = True

    # A blank line within a sentence.
    ends = at[breaks[at]]
    places = np.concatenate(([0], last[ends]))
    stops = np.concatenate((first[ends], [len(codes)]))
    open_end = (flags[codes[np.maximum(first[ends], 1) - 1]] & IS_OPEN_END) > 0
    for i in np.flatnonzero(open_end & (newlines[ends] >= 2)):
        here = (int(places[i]), int(stops[i]))
        if _is_continued(codes, here, (int(places[i + 1]), int(stops[i + 1]))):
            breaks[ends[i]] = False
    return breaks


def _respaced(codes: Codes, starts: Offsets, ends: Offsets) -> tuple[Codes, Offsets, Offsets, Offsets]:
    """White space as the clean view has it; also the offsets where some was taken out inside Chinese."""
    flags = tables().flags
    kind = flags[codes]
    first, last = _runs((kind & IS_SPACE) > 0)
    if not len(first):
        return codes, starts, ends, np.zeros(0, dtype=np.int64)
    lines = np.concatenate(([0], np.cumsum((kind & IS_NEWLINE) > 0)))
    # \r\n was folded to two line feeds: count pairs once.
    newlines = lines[last] - lines[first]
    outer = (first == 0) | (last == len(codes))
    breaks = _broken_lines(codes, first, last, newlines) & ~outer
    left = kind[np.maximum(first, 1) - 1]
    right = kind[np.minimum(last, len(codes) - 1)]
    around = left | right
    percent = codes[np.minimum(last, len(codes) - 1)] == ord("%")
    word = ((around & IS_HAN) == 0) & ~percent & ((left & (IS_LATIN | 0xFF)) > 0) & ((right & 0xFF) > 0)
    spaced = word & ~breaks & ~outer

    keep = (kind & IS_SPACE) == 0
    out = codes.copy()
    kept_at = first[breaks | spaced]
    out[first[breaks]] = 0x0A
    out[first[spaced]] = 0x20
    keep[kept_at] = True
    new_ends = ends.copy()
    new_ends[kept_at] = ends[last[breaks | spaced] - 1]
    position = np.cumsum(keep) - keep
    removed = ~breaks & ~spaced & ~outer & (newlines == 0)
    gaps = position[last[removed]]
    return out[keep], starts[keep], new_ends[keep], gaps


def _paired_quotes(codes: Codes) -> None:
    """Turn straight double quotes into opening and closing ones, in paragraphs that have an even number of them."""
    at = np.flatnonzero(codes == ord('"'))
    if not len(at):
        return
    paragraph = np.searchsorted(np.flatnonzero(codes == ord("\n")), at)
    first = np.searchsorted(paragraph, paragraph)
    count = np.searchsorted(paragraph, paragraph, side="right") - first
    even = count % 2 == 0
    closing = (np.arange(len(at)) - first) % 2 == 1
    codes[at[even & closing]] = ord("”")
    codes[at[even & ~closing]] = ord("“")


# A scanner's l, I for 1 and O, o for 0: only in a token that stands before a unit, beside no other letter.
_SLIP_HINT = re.compile(r"[lIOo](?=[0-9lOo.万亿千月%])|(?<=[0-9])[lIOo]")
_SLIP = re.compile(
    r"(?<![A-Za-z0-9.])(?=[0-9.,]{0,8}[lIOo])[0-9lIOo]{1,6}(?:[.,][0-9lIOo]{1,4}){0,2}"
    r"(?=(?:余|多|几)?(?:[万亿千百]|%|元|年|月|日|号|家|个|项|亩|人|名|台|套|吨|倍|天|平方|公里|公顷|美元|多家|k?m2|[kcmn]m|[KMG]W))"
)
_SLIP_LETTERS = str.maketrans("lIOo", "1100")
# Figures torn apart by the scanner: `12 34.5万元`. The first part is short and the whole is followed by a multiplier.
_TORN = re.compile(r"(?<![0-9.,年月日/-])([0-9]{1,3}) (?=[0-9]{1,3}(?:\.[0-9]{1,3})?(?:[万亿]|平方))")


@cache
def _word_slips() -> tuple[re.Pattern[str] | None, dict[str, str]]:
    parts, right = [], {}
    for row in rows("words/ocr_slips.csv"):
        # A look-behind must have a fixed length: one alternative for each.
        behind = "|".join(f"(?<={form})" for form in row["before"].split("|") if form)
        parts.append(
            (f"(?:{behind})" if behind else "")
            + re.escape(row["wrong"])
            + (f"(?={row['after']})" if row["after"] else "")
        )
        right[row["wrong"]] = row["right"]
    return (re.compile("|".join(parts)) if parts else None), right


def _slips(text: str) -> list[tuple[int, int, str]]:
    found: list[tuple[int, int, str]] = []
    if _SLIP_HINT.search(text):
        for match in _SLIP.finditer(text):
            before = match.group()
            after = before.translate(_SLIP_LETTERS)
            # A lone letter is a letter (I期, O型) unless it counts months or money.
            lone = len(before) == 1
            if after != before and (not lone or (before == "l" and text[match.end() : match.end() + 1] in "月亿万日")):
                found.append((match.start(), match.end(), after))
    pattern, right = _word_slips()
    if pattern is not None and "人" in text:
        found += [(m.start(), m.end(), right[m.group()]) for m in pattern.finditer(text)]
    return sorted(found)


def fold(text: str) -> Folded:
    """The clean view of a text, with the map both ways.

    Args:
        text: any string, as decoded; offsets of the result count its code points.

    Returns:
        The folded text. Nothing is lost: every clean character knows the span of the original it stands for, and the
        map is monotone.
    """
    table = tables()
    raw = _codes(text)
    size = len(raw)
    # \r\n is one line break, not a blank line.
    carriage = np.flatnonzero(raw[:-1] == 0x0D) if size > 1 else np.zeros(0, dtype=np.int64)
    carriage = carriage[raw[carriage + 1] == 0x0A] if len(carriage) else carriage
    traditional = size > 0 and int(np.count_nonzero(table.traditional[raw])) > TRADITIONAL_SHARE * size
    if traditional:
        converted, starts, ends = _simplified(text)
        source = _codes(converted)
        if len(carriage):
            carriage = np.flatnonzero((source[:-1] == 0x0D) & (source[1:] == 0x0A))
    else:
        source = raw
        starts = np.arange(size, dtype=np.int64)
        ends = starts + 1
    codes = table.narrow[source] if traditional else table.simple[source]
    if len(carriage):
        codes[carriage] = DROPPED
        ends = ends.copy()
        starts = starts.copy()
        starts[carriage + 1] = starts[carriage]
    if len(codes) and int(codes.max()) >= EXPANDED:
        codes, starts, ends = _expanded(codes, source, starts, ends)
    codes, starts, ends, gaps = _respaced(codes, starts, ends)
    _paired_quotes(codes)
    clean = _string(codes)

    repairs: list[Repair] = []
    if " " in clean:
        torn = [m.end() - 1 for m in _TORN.finditer(clean)]
        if torn:
            places = [(int(starts[at]), int(ends[at])) for at in torn]
            repairs.extend(Repair(low, high, text[low:high], "") for low, high in places)
            gaps = gaps - np.searchsorted(np.array(torn), gaps)
            starts, ends = np.delete(starts, torn), np.delete(ends, torn)
            clean = "".join(clean[a + 1 : b] for a, b in pairwise([-1, *torn, len(clean)]))
    slips = _slips(clean)
    if slips:
        parts, done = [], 0
        for low, high, after in slips:
            if low < done:
                continue
            parts += [clean[done:low], after]
            done = high
            begin, end = int(starts[low]), int(ends[high - 1])
            repairs.append(Repair(begin, end, text[begin:end], after))
        clean = "".join([*parts, clean[done:]])
    return Folded(
        text, clean, "hant" if traditional else "hans", tuple(sorted(repairs, key=lambda r: r.start)),
        gaps, starts, ends,
    )  # fmt: skip


def fold_name(name: str) -> str:
    """A name or phrase as values have it: simplified, half-width, without line breaks and stray spaces."""
    return fold(name).text.replace("\n", "")
