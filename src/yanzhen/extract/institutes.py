"""Institutes that are called by what they are: `共建超快激光联合实验室`, `石墨烯研究院揭牌`.

As with projects, the phrase is a name only where the sentence treats it as a single thing.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from ahocorasick_rs import AhoCorasick, MatchKind

from yanzhen.extract.lexicon import word_class
from yanzhen.extract.words import NAME, known

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from yanzhen.extract.mentions import Mention
    from yanzhen.extract.words import Words

_LIMIT, _LEAST = 24, 3
_TAGS = frozenset({"n", "nz", "nr", "nrt", "ns", "nt", "vn", "b", "j", "eng", "an", "ng", "k", "h", "g", "s", "l", "i", "x", "a", "f"})
_DOING = frozenset({"建设", "打造", "共建", "发展", "投资", "组建"})
_JOINED = "与和及"
_COUNTED = re.compile(r"(?:[0-9二三四五六七八九十两几数百多余](?:余|多)?(?:个|家|所|类|批|座)|各类|各|一批|等|多个)(?:省级|国家级|市级|重点)*$")


@cache
def _endings() -> AhoCorasick:
    return AhoCorasick(sorted(word_class("institute_ending")), matchkind=MatchKind.LeftmostLongest)


@cache
def _around(name: str) -> re.Pattern[str]:
    words = "|".join(map(re.escape, sorted(word_class(name), key=lambda f: (-len(f), f))))
    return re.compile(rf"(?:{words})(?:了|的|起|一个|一家|首个)?$" if name.endswith("before") else words)


def find(text: str, words: Words, named: Iterable[Mention]) -> Iterator[tuple[int, int, str]]:
    """(start, end, origin) of institutes called by what they are; `named` are the names found so far, ascending."""
    ends = {m.end for m in named}
    for _, start, end in _endings().find_matches_as_indexes(text):
        if end in ends or words.ends[words.at[end - 1]] != end:
            continue
        low = _left(words, start)
        if low is None or _COUNTED.search(text, max(0, low - 10), low):
            continue
        plain = word_class("project_generic") | word_class("hard_noun")
        said = [w for k in range(words.at[low], words.at[start - 1] + 1) if (w := words.words[k]) not in plain]
        if start - low < _LEAST or sum(map(len, said)) < _LEAST:
            continue
        if _around("institute_after").match(text, end) or _around("institute_before").search(text, max(0, low - 12), low):
            yield low, end, "institute:described"


def _left(words: Words, start: int) -> int | None:
    """Where the noun phrase before an ending begins."""
    token = words.at[start]
    k = token if words.starts[token] < start else token - 1
    low: int | None = None
    boundary = word_class("boundary")
    while k >= 0 and start - words.starts[k] <= _LIMIT:
        word, tag = words.words[k], words.tags[k]
        fits = tag in _TAGS or (tag == "v" and not known(word)) or word in word_class("inner") or (tag == NAME and words.kinds[k] in ("place", "zone", "institute"))
        if (word in boundary and word not in word_class("inner")) or (len(word) == 1 and tag == "x") or word in _DOING:
            fits = False
        if word in _JOINED and low is not None and k > 0 and words.tags[k - 1] in ("n", "nz", "vn", "j") \
                and words.words[k + 1] not in boundary and words.tags[k + 1] in ("n", "nz", "vn", "j", "b"):
            fits = True
        if not fits:
            break
        if word not in _JOINED:
            low = words.starts[k]
        k -= 1
    return low
