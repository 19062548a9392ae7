"""Which lines of a newspaper page belong to one story.

White space alone does not tell: the gutter between two columns of a story goes on as the gutter between two stories.
Headlines tell. The columns under a headline begin at one height, side by side, and what stands under them belongs to
them; the next headline below begins another story, unless it stands within a column while the others go on beside it.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from itertools import combinations, pairwise
from statistics import median
from typing import TYPE_CHECKING

from yanzhen.read.piece import TERMINAL, Piece, end, overlap, same_size

if TYPE_CHECKING:
    from collections.abc import Iterable

HEADLINE = 1.4  # times the body's size: a headline, which begins a story
LEADING = 1.3  # em: the lines of a column are no farther apart
UNEVEN = 0.35  # em: the lines of a column are evenly set within this
LEVEL = 0.7  # em: columns that begin at one height do so within this
ASIDE = 5.0  # em: columns of a story are no farther apart
APART = 2.5  # em below a column: what follows is not its own any more, unless its last sentence goes on there
SMALL = 0.93  # times the body's size: captions


@dataclass(slots=True, eq=False)
class _Block:
    """Lines under each other: the lines of one headline with what is set around it, or a stretch of a column."""

    lines: list[Piece]
    headline: bool = False
    size: float = 0.0
    x0: float = field(init=False)
    y0: float = field(init=False)
    x1: float = field(init=False)
    y1: float = field(init=False)

    def __post_init__(self) -> None:
        self.size = self.size or self.lines[0].size
        self.measure()

    def measure(self) -> None:
        """Take the box of the lines anew."""
        self.x0, self.y0 = min(line.x0 for line in self.lines), min(line.y0 for line in self.lines)
        self.x1, self.y1 = max(end(line) for line in self.lines), max(line.y1 for line in self.lines)

    def shares(self, other: _Block) -> float:
        """How much of the page's width both cover."""
        return overlap(self.x0, self.x1, other.x0, other.x1)

    def over(self, other: _Block) -> bool:
        """Whether this stands above the other, not beside it."""
        least = 0.3 * min(self.x1 - self.x0, other.x1 - other.x0)
        return self.shares(other) > least and self.y0 < other.y0 and self.y1 < other.y0 + 0.6 * other.size

    def ends(self) -> bool:
        """Whether the last sentence ends here."""
        return TERMINAL.search(self.lines[-1].text) is not None


def stories(lines: list[Piece], body: float) -> list[list[Piece]]:
    """The lines of a page by story, headline and text apart; all in one where no headline stands over columns."""
    heads = _headlines([line for line in lines if line.size >= HEADLINE * body and line.wide >= 2], lines, body)
    taken = {id(line) for head in heads for line in head.lines}
    texts = _level(_columns([line for line in lines if id(line) not in taken]), body)
    if not heads or len(texts) < 2:
        return [lines]
    texts = _dressed(heads, texts, body)
    chains = _chains(texts, body)
    owners = _owners(heads, texts, chains, body)
    if not any(len(chain) > 1 and owners.get(id(chain[0])) is not None for chain in chains):
        return [lines]
    _take_subheads(heads, texts, owners)
    return _told(heads, texts, owners, body)


def _headlines(lines: list[Piece], page: list[Piece], body: float) -> list[_Block]:
    """Large lines under each other, and beside each other where a headline has a blank in it."""
    heads: list[_Block] = []
    edges = Counter(round(line.x0 / body * 2) for line in page)  # half an em wide: where columns begin is one often
    for line in sorted(lines, key=lambda line: (line.y0, line.x0)):
        for head in heads:
            last = head.lines[-1]
            beside = (
                overlap(last.y0, last.y1, line.y0, line.y1) > 0.7 * (line.y1 - line.y0)
                and 0 <= line.x0 - last.x1 < 1.2 * body
                and max(last.size, line.size) < 1.05 * min(last.size, line.size)
                and edges[round(line.x0 / body * 2)] < 4
            )
            gap = line.y0 - head.y1
            below = -0.3 * line.size < gap < 0.6 * max(last.size, line.size)
            shared = overlap(head.x0, head.x1, line.x0, line.x1)
            if beside or (below and shared > 0.3 * min(head.x1 - head.x0, line.x1 - line.x0)):
                head.lines.append(line)
                head.measure()
                break
        else:
            heads.append(_Block([line], headline=True))
    return heads


def _columns(lines: list[Piece]) -> list[_Block]:
    """Lines under each other in one size."""
    blocks: list[_Block] = []
    ordered = sorted(lines, key=lambda line: (line.y0, line.x0))
    for n, line in enumerate(ordered):
        above = None
        for block in blocks:
            last = block.lines[-1]
            gap = line.y0 - last.y1
            if not (-0.5 * line.size < gap < LEADING * line.size and same_size(last, line)):
                continue
            shared = overlap(last.x0, end(last), line.x0, end(line))
            level = abs(last.x0 - line.x0) < 3.2 * line.size
            narrower = min(end(last) - last.x0, end(line) - line.x0)
            # A few characters that end a paragraph may stand over the indent of the next.
            under = shared > 0.5 * narrower or narrower < 8 * line.size
            if level and under and not _parted(block, line, ordered, n):
                above = block
                break
        if above is None:
            blocks.append(_Block([line]))
        else:
            above.lines.append(line)
            above.measure()
    return _without_scraps([part for block in blocks for part in _evenly_set(block)])


def _level(blocks: list[_Block], body: float) -> list[_Block]:
    """The blocks, without a first line above the columns beside it: a byline over the middle one."""
    made: list[_Block] = []
    for block in blocks:
        first, second = block.lines[0], block.lines[min(1, len(block.lines) - 1)]
        beside = [b for b in blocks if b is not block and min(abs(b.x0 - block.x1), abs(block.x0 - b.x1)) < 3 * body]
        tops = [
            sum(abs(other.y0 - line.y0) < 0.5 * LEVEL * body and len(other.lines) > 1 for other in beside)
            for line in (first, second)
        ]
        short = first.x1 - first.x0 < 0.7 * (block.x1 - block.x0) and TERMINAL.search(first.text) is None
        if len(block.lines) > 2 and short and not tops[0] and tops[1]:
            made += [_Block([first]), _Block(block.lines[1:])]
        else:
            made.append(block)
    return made


def _without_scraps(blocks: list[_Block]) -> list[_Block]:
    """The blocks, with single lines that stand within the column of another in that one: a name behind a sentence."""
    kept: list[_Block] = []
    for block in sorted(blocks, key=lambda block: -len(block.lines)):
        line = block.lines[0]
        middle = (line.y0 + line.y1) / 2
        around = (b for b in kept if b.y0 < middle < b.y1 and b.x0 < line.x0 and end(line) < b.x1 + line.size)
        column = next(around, None) if len(block.lines) == 1 else None
        if column is None:
            kept.append(block)
        else:
            column.lines.append(line)
    return kept


def _evenly_set(block: _Block) -> list[_Block]:
    """The parts of a block between lines that are farther apart than its lines usually are."""
    gaps = [below.y0 - above.y1 for above, below in pairwise(block.lines)]
    if len(gaps) < 2:
        return [block]
    most = median(gaps) + UNEVEN * block.size
    first, second = block.lines[:2]
    signed = (  # a byline, short and without a full stop, before the first line of the text, which is set in
        second.x0 - block.x0 > 1.2 * block.size
        and block.x1 - first.x1 > 3 * block.size
        and TERMINAL.search(first.text) is None
    )
    parts = [[first]]
    for gap, line in zip(gaps, block.lines[1:], strict=True):
        if gap > most or (signed and line is second):
            parts.append([])
        parts[-1].append(line)
    return [_Block(part) for part in parts]


def _parted(block: _Block, line: Piece, ordered: list[Piece], n: int) -> bool:
    """Whether columns begin under a line that goes across them: others stand beside the new line below the block."""
    middle = (line.y0 + line.y1) / 2
    for other in (*ordered[max(0, n - 12) : n], *ordered[n + 1 : n + 13]):
        if other.y0 < middle < other.y1 and overlap(block.x0, block.x1, other.x0, end(other)) > 2 * line.size:
            return True
    return False


def _dressed(heads: list[_Block], texts: list[_Block], body: float) -> list[_Block]:
    """Give headlines the short lines above and below them (kickers, bylines); the other texts."""
    chained = {
        id(block)
        for chain in _chains(texts, body)
        if len(chain) > 1 and any(len(block.lines) > 1 for block in chain)
        for block in chain
    }
    left: list[_Block] = []
    for text in sorted(texts, key=lambda block: block.y0):
        head = None
        if len(text.lines) <= 2 and id(text) not in chained:
            near = [(text.y0 - h.y1, n) for n, h in enumerate(heads) if h.over(text)]
            if text.size > SMALL * body:
                above = [(h.y0 - text.y1, n) for n, h in enumerate(heads) if text.over(h)]
                near += [(gap, n) for gap, n in above if gap < 1.5 * body]
            gap, n = min(near, default=(APART * body, -1))
            upper = _upper(text, [*texts, *heads])
            if gap < APART * body and (upper is None or upper is heads[n] or text.y0 - upper.y1 >= gap):
                head = heads[n]
        if head is None:
            left.append(text)
        else:
            head.lines += text.lines
            head.measure()
    return left


def _upper(block: _Block, others: Iterable[_Block]) -> _Block | None:
    """What stands right above."""
    return max(
        (other for other in others if other is not block and other.over(block)), key=lambda b: b.y1, default=None
    )


def _chains(texts: list[_Block], body: float) -> list[list[_Block]]:
    """Columns side by side that begin at one height, from left to right; each text is in one chain."""
    after: dict[int, _Block] = {}
    for left in texts:
        beside = [
            right
            for right in texts
            if abs(left.y0 - right.y0) <= LEVEL * body
            and -0.5 * body < right.x0 - left.x1 < ASIDE * body
            and right.x0 > left.x0 + body
            and same_size(left.lines[0], right.lines[0])
        ]
        if beside:
            after[id(left)] = min(beside, key=lambda block: block.x0)
    seconds = {id(block) for block in after.values()}
    chains = []
    for first in sorted(texts, key=lambda block: (block.y0, block.x0)):
        if id(first) in seconds:
            continue
        chain = [first]
        while (following := after.get(id(chain[-1]))) is not None:
            chain.append(following)
        chains.append(chain)
    return chains


def _owners(
    heads: list[_Block], texts: list[_Block], chains: list[list[_Block]], body: float
) -> dict[int, _Block | None]:
    """The headline each text belongs to, by its identity; `None` where it stands for itself."""
    everything = [*heads, *texts]
    uppers = {id(text): _upper(text, everything) for text in texts}
    owners: dict[int, _Block | None] = {}
    for chain in chains:
        over = {id(up): up for block in chain if (up := uppers[id(block)]) is not None and up.headline}
        # The head of the page is not among the headlines that stand right over the columns.
        lowest = max((head.y1 for head in over.values()), default=0.0)
        leading = sorted((h for h in over.values() if h.y1 > lowest - 3 * body), key=lambda head: head.x0)
        for head, part in _shared_out(leading, chain, body):
            for block in part:
                up = uppers[id(block)]
                # Beside its headline a story has nothing but blank paper.
                if up is None or up is head or up.y1 < head.y0 + 0.5 * head.size:
                    owners[id(block)] = head
    for text in sorted(texts, key=lambda block: block.y0):
        if id(text) in owners:
            continue
        up = uppers[id(text)]
        owners[id(text)] = None
        if up is not None and not up.headline and text.size > SMALL * body:
            goes_on = not up.ends() and same_size(up.lines[-1], text.lines[0]) and abs(up.x0 - text.x0) < 3 * body
            if text.y0 - up.y1 < APART * body or goes_on:
                owners[id(text)] = owners.get(id(up))
    return owners


def _shared_out(heads: list[_Block], chain: list[_Block], body: float) -> list[tuple[_Block, list[_Block]]]:
    """Which columns of a chain are whose: each headline stands at the left or in the middle of its own."""
    if not heads or len(heads) > len(chain):
        return [(heads[0], chain)] if heads else []
    best: tuple[float, tuple[int, ...]] | None = None
    for cuts in combinations(range(1, len(chain)), len(heads) - 1):
        bounds = (0, *cuts, len(chain))
        cost = sum(
            _misfit(head, chain[begin:stop]) for head, (begin, stop) in zip(heads, pairwise(bounds), strict=True)
        )
        # A sentence that is cut goes on in the next column, which is then of the same story.
        cost += sum(3 * body for cut in cuts if not chain[cut - 1].ends())
        if best is None or cost < best[0]:
            best = cost, bounds
    assert best is not None
    return [(head, chain[begin:stop]) for head, (begin, stop) in zip(heads, pairwise(best[1]), strict=True)]


def _misfit(head: _Block, part: list[_Block]) -> float:
    left, right = part[0].x0, max(block.x1 for block in part)
    outside = max(0.0, left - head.x0 - head.size) + max(0.0, head.x1 - right - head.size)
    return min(abs(head.x0 - left), abs((head.x0 + head.x1) - (left + right)) / 2) + 5 * outside


def _take_subheads(heads: list[_Block], texts: list[_Block], owners: dict[int, _Block | None]) -> None:
    """Give headings within a column, beside which the story goes on, to the story, with what stands under them."""
    for head in sorted(heads, key=lambda block: block.y0):
        up = _upper(head, [*heads, *texts])
        owner = owners.get(id(up)) if up is not None and not up.headline else None
        if up is None or owner is None or head.x1 - head.x0 > 1.1 * (up.x1 - up.x0) or head.size >= owner.size:
            continue
        story = [text for text in texts if owners[id(text)] is owner]
        line = head.lines[0].y1 - head.lines[0].y0
        bare = not any(owner is head for owner in owners.values())
        beside = (text for text in story if head.shares(text) <= 0 and text.y0 < head.y0)
        if bare or any(text.y1 > head.y0 + 1.5 * line for text in beside):
            owners[id(head)] = owner
            for text in texts:
                if owners[id(text)] is head:
                    owners[id(text)] = owner


def _told(heads: list[_Block], texts: list[_Block], owners: dict[int, _Block | None], body: float) -> list[list[Piece]]:
    """The stories in reading order: by the height they begin at, those that begin side by side from the left."""
    told: list[tuple[_Block, list[list[Piece]]]] = []
    for head in heads:
        if owners.get(id(head)) is None:
            own = [b for b in (*heads, *texts) if owners.get(id(b)) is head]
            told.append((head, [head.lines, [line for block in own for line in block.lines]]))
    told += [(text, [text.lines]) for text in texts if owners[id(text)] is None]
    told.sort(key=lambda story: story[0].y0)
    ordered: list[tuple[float, float, list[list[Piece]]]] = []
    row = 0.0
    for n, (block, parts) in enumerate(told):
        if not n or block.y0 > row + 1.5 * body:
            row = block.y0
        ordered.append((row, block.x0, parts))
    ordered.sort(key=lambda story: story[:2])
    return [part for _, _, parts in ordered for part in parts if part]
