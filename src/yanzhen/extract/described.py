"""Institutes and zones that are called by what they are: `共建超快激光联合实验室`, `落户智能装备产业园`.

As with projects, the phrase is a name only where the sentence treats it as a single thing. Which words end such a
phrase, and which before or behind it tell of a single thing, are classes of `words/name_words.csv`: `institute_ending`,
`institute_before`, `institute_after`, and the like for zones.
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

KINDS = ("institute", "zone")
_LIMIT, _LEAST = 24, 3
_TAGS = frozenset(
    {"n", "nz", "nr", "nrt", "ns", "nt", "vn", "b", "j", "eng", "an", "ng", "k", "h", "g", "s", "l", "i", "x", "a", "f"}
)
_JOINED = "与和及"
_DOING = frozenset({"建设", "打造", "共建", "发展", "投资", "组建"})
_COUNTED = re.compile(
    r"(?:[0-9二三四五六七八九十两几数百多余](?:余|多)?(?:个|家|所|类|批|座|大)|各类|各|一批|等|多个)"
    r"(?:省级|国家级|市级|重点|特色)*$"
)


@cache
def _endings() -> tuple[AhoCorasick, tuple[str, ...]]:
    kinds = {form: kind for kind in KINDS for form in word_class(f"{kind}_ending")}
    forms = sorted(kinds)
    return AhoCorasick(forms, matchkind=MatchKind.LeftmostLongest), tuple(kinds[f] for f in forms)


@cache
def _around(name: str) -> re.Pattern[str]:
    words = "|".join(map(re.escape, sorted(word_class(name), key=lambda f: (-len(f), f))))
    return re.compile(rf"(?:{words})(?:了|的|起|一个|一家|首个)?$" if name.endswith("before") else words)


def find(text: str, words: Words, named: Iterable[Mention]) -> Iterator[tuple[int, int, str]]:
    """(start, end, type) of institutes and zones called by what they are; `named` are the names found so far."""
    ends = {m.end for m in named}
    machine, kinds = _endings()
    for index, start, end in machine.find_matches_as_indexes(text):
        kind = kinds[index]
        if end in ends or words.ends[words.at[end - 1]] != end:
            continue
        low = _left(words, start)
        if low is None or _COUNTED.search(text, max(0, low - 10), low) or not _tells(words, low, start):
            continue
        after, before = _around(f"{kind}_after"), _around(f"{kind}_before")
        if after.match(text, end) or before.search(text, max(0, low - 12), low):
            yield low, end, kind


@cache
def _plain_words() -> frozenset[str]:
    """Words that say only that there is some undertaking."""
    return word_class("project_generic") | word_class("hard_noun")


def _tells(words: Words, low: int, start: int) -> bool:
    """Whether the words before an ending say more than that there is some such thing."""
    if start - low < _LEAST:
        return False
    plain = _plain_words()
    last = words.at[start - 1]
    said = sum(len(words.words[k]) for k in range(words.at[low], last + 1) if words.words[k] not in plain)
    return said >= _LEAST


def _fits(words: Words, k: int, boundary: frozenset[str]) -> bool:
    word, tag = words.words[k], words.tags[k]
    inner = word in word_class("inner")
    if (word in boundary and not inner) or (len(word) == 1 and tag == "x") or word in _DOING:
        return False
    return (
        inner
        or tag in _TAGS
        or (tag == "v" and not known(word))
        or (tag == NAME and words.kinds[k] in ("place", "zone", "institute"))
    )


def _left(words: Words, start: int) -> int | None:
    """Where the noun phrase before an ending begins."""
    token = words.at[start]
    k = token if words.starts[token] < start else token - 1
    low: int | None = None
    boundary = word_class("boundary")
    nouns = ("n", "nz", "vn", "j")
    while k >= 0 and start - words.starts[k] <= _LIMIT:
        if words.words[k] in _JOINED and low is not None and k > 0:
            after = words.words[k + 1] not in boundary and words.tags[k + 1] in (*nouns, "b")
            if not (after and words.tags[k - 1] in nouns):
                break
        elif _fits(words, k, boundary):
            low = words.starts[k]
        else:
            break
        k -= 1
    return low
