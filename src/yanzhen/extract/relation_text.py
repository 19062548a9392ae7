"""A sentence with every name in it as one private-use character of its type, so that ordinary `re` can match phrasings.

Only the offsets are new here: what is a name and what it means is the scene's business.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from yanzhen.facts import ENTITY_TYPES

if TYPE_CHECKING:
    from collections.abc import Iterable

    from yanzhen.extract.mentions import Mention

_FIRST = 0xE000
CODE = {kind: chr(_FIRST + n) for n, kind in enumerate(ENTITY_TYPES)}
ANY = f"{chr(_FIRST)}-{chr(_FIRST + len(ENTITY_TYPES) - 1)}"  # for use inside a character class
_PRIVATE = re.compile("[\ue000-\uf8ff]")
_SHORT = re.compile(
    r"\((?:以下|下)?(?:简称|又称|又名|下称|股票代码|证券代码|股票简称|化名)[^()]{0,30}\)|\([^()]{1,24}\)"
)
_MARKS = {"“": "”", "《": "》", "‘": "’"}


@dataclass(frozen=True, slots=True)
class Coded:
    """A sentence in code.

    Attributes:
        text: the sentence, each name one private-use character; marks around a name and a bracket behind it are gone.
        starts, ends: for each character of `text` the span of the clean text it stands for.
        names: mention by place in `text`.

    """

    text: str
    starts: list[int]
    ends: list[int]
    names: dict[int, Mention]

    def place(self, offset: int) -> int:
        """The first place in `text` that stands for `offset` or what follows it."""
        low, high = 0, len(self.starts)
        while low < high:
            middle = (low + high) // 2
            if self.starts[middle] < offset:
                low = middle + 1
            else:
                high = middle
        return low

    def within(self, low: int, high: int, kinds: frozenset[str]) -> list[Mention]:
        """Mentions of some types between two places of `text`, ascending."""
        return [m for at in range(low, high) if (m := self.names.get(at)) is not None and m.type in kinds]

    def clean(self, low: int, high: int) -> str:
        """The text between two places, with names written out."""
        return "".join(m.name if (m := self.names.get(at)) is not None else self.text[at] for at in range(low, high))


def code(text: str, start: int, end: int, mentions: Iterable[Mention]) -> Coded:
    """The span of a clean text in code; `mentions` lie in it; of those that overlap the first and longest counts."""
    parts: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    names: dict[int, Mention] = {}

    def plain(low: int, high: int) -> None:
        if low < high:
            parts.append(text[low:high])
            starts.extend(range(low, high))
            ends.extend(range(low + 1, high + 1))

    at = start
    inside = sorted(mentions, key=lambda m: (m.start, -m.end))  # of a name and the one it begins with, the longer
    for number, mention in enumerate(inside):
        low, high = mention.start, mention.end
        if low < at:
            continue
        if low > at and high < end and _MARKS.get(text[low - 1]) == text[high]:
            low, high = low - 1, high + 1
        plain(at, low)
        names[len(starts)] = mention
        parts.append(CODE[mention.type])
        starts.append(low)
        if high < end and text[high] == "(":
            bracket = _SHORT.match(text, high, end)
            following = inside[number + 1].start if number + 1 < len(inside) else end
            if bracket is not None and (
                bracket.group().startswith(("(以下", "(简称", "(下称")) or following >= bracket.end()
            ):
                high = bracket.end()
        ends.append(high)
        at = high
    plain(at, end)
    joined = "".join(parts)
    if len(joined) - len(names) and _PRIVATE.search(text, start, end):
        joined = "".join(c if at in names or not _PRIVATE.match(c) else "\ufffd" for at, c in enumerate(joined))
    return Coded(joined, starts, ends, names)
