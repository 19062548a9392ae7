"""Copies of articles: found among many in near-linear time, and told apart by what was done to them.

A *faithful* copy says the same in the same order, a *shuffled* one the same in another order, an *altered* one says
something else in some place: a number, a name. What differs is listed.
"""

from __future__ import annotations

import itertools
import re
import zlib
from bisect import bisect_left
from collections import defaultdict
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import TYPE_CHECKING, Literal

import numpy as np

from yanzhen.fold import fold

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

SHINGLE = 5  # characters; Chinese words have two, so five hold a word and what is beside it
HASHES, BANDS = 64, 16  # four rows a band: pairs that share 60 % of their shingles are found with 97 % certainty
COPY = 0.5  # share of sentences in common from which one text is a copy of the other
ALIKE = 0.6  # of two sentences, from which one is the other altered
SOMEWHAT = 0.3  # the same between equal neighbours
CHANGED = 12  # characters up to which what was put in place of something is a name or a number
CLAUSE = 8  # characters from which a clause is hardly written twice by chance
CROWD = 40  # a clause that so many texts have says nothing about two of them
LONGEST = 400  # characters of a sentence that are compared

_SENTENCE = re.compile(r"[^。!?;\n]+[。!?;]?[”’]?")
_KEPT = re.compile(r"[^\w%.]+")
_TOKEN = re.compile(r"\d+(?:\.\d+)?%?|[A-Za-z]+|[\u4e00-\u9fff]|[^\s]")


@dataclass(frozen=True, slots=True)
class Difference:
    """A place where a copy says something else.

    Attributes:
        before, after: the words of the first and of the second text; empty where something was added or left out.
        position: offset of `before` in the clean view of the first text.
        kind: `number`, `name` (letters or words put in place of others), or `words` for what was added, left out or
            written anew.
    """

    before: str
    after: str
    position: int
    kind: Literal["number", "name", "words"]


@dataclass(frozen=True, slots=True)
class Likeness:
    """How two articles relate.

    Attributes:
        kind: `faithful`, `shuffled`, `altered`, or `different` for no copies of each other.
        share: share of the shorter text's sentences that stand in the other, altered ones included.
        differences: what an altered copy changed, in the order of the first text.
    """

    kind: Literal["faithful", "shuffled", "altered", "different"]
    share: float
    differences: tuple[Difference, ...]


def _sentences(clean: str) -> list[tuple[int, str]]:
    return [
        (match.start(), match.group().strip())
        for match in _SENTENCE.finditer(clean)
        if len(_KEPT.sub("", match.group())) >= 4
    ]


def _key(sentence: str) -> str:
    return _KEPT.sub("", sentence)


def compare_articles(a_text: str, b_text: str) -> Likeness:
    """How one article relates to another.

    Args:
        a_text: the first, as received; script and width do not matter.
        b_text: the second.
    """
    first, second = _sentences(fold(a_text).text), _sentences(fold(b_text).text)
    if not first or not second:
        return Likeness("different", 0.0, ())
    places: dict[str, list[int]] = defaultdict(list)
    for j, (_, sentence) in enumerate(second):
        places[_key(sentence)].append(j)
    pairs: list[tuple[int, int]] = []
    left: list[int] = []
    for i, (_, sentence) in enumerate(first):
        at = places.get(_key(sentence))
        if at:
            pairs.append((i, at.pop(0)))
        else:
            left.append(i)
    taken = {j for _, j in pairs}
    changed = _altered(first, second, left, [j for j in range(len(second)) if j not in taken])
    changed += _by_place(first, second, [*pairs, *changed])
    shorter = min(len(first), len(second))
    share = min(1.0, (len(pairs) + len(changed)) / shorter)
    if share < COPY:
        return Likeness("different", share, ())
    differences = [
        difference for i, j in sorted(changed) for difference in _differences(first[i][0], first[i][1], second[j][1])
    ]
    if any(difference.kind != "words" for difference in differences):
        return Likeness("altered", share, tuple(differences))
    order = [j for _, j in sorted([*pairs, *changed])]
    kind: Literal["faithful", "shuffled"] = "shuffled" if _is_shuffled(order) else "faithful"
    return Likeness(kind, share, tuple(differences))


def _is_shuffled(order: list[int]) -> bool:
    """Whether sentences stand in another order: a single sentence moved by an editor is not yet a shuffle."""
    tails: list[int] = []  # of the ascending runs of each length, the lowest end
    for place in order:
        at = bisect_left(tails, place)
        tails[at : at + 1] = [place]
    moved = len(order) - len(tails)
    return moved >= 2 or (moved == 1 and len(order) <= 4)


def _grams(sentence: str) -> set[str]:
    key = _key(sentence)[:LONGEST]
    return {key[i : i + 2] for i in range(len(key) - 1)}


def _altered(
    first: list[tuple[int, str]], second: list[tuple[int, str]], left: list[int], right: list[int]
) -> list[tuple[int, int]]:
    """Sentences without an equal, paired with the one most like them, by the bigrams they share."""
    index: dict[str, list[int]] = defaultdict(list)
    grams = {j: _grams(second[j][1]) for j in right}
    for j, own in grams.items():
        for gram in own:
            index[gram].append(j)
    pairs: list[tuple[int, int]] = []
    free = set(right)
    for i in left:
        mine = _grams(first[i][1])
        votes: dict[int, int] = defaultdict(int)
        for gram in mine:
            known = index.get(gram, [])
            if len(known) <= 50:  # a bigram that stands in every sentence tells none from another
                for j in known:
                    votes[j] += 1
        best = max((j for j in votes if j in free), key=lambda j: (votes[j], -j), default=None)
        if best is not None and 2 * len(mine & grams[best]) / (len(mine) + len(grams[best]) or 1) >= ALIKE:
            pairs.append((i, best))
            free.discard(best)
    return pairs


def _by_place(
    first: list[tuple[int, str]], second: list[tuple[int, str]], pairs: list[tuple[int, int]]
) -> list[tuple[int, int]]:
    """Sentences that stand between the same neighbours and are somewhat alike: short ones changed in much."""
    partner = {**dict(pairs), -1: -1, len(first): len(second)}
    taken = {j for _, j in pairs}
    found = []
    for i in range(len(first)):
        j = partner.get(i - 1, -2) + 1
        if i in partner or j in taken or not 0 <= j < len(second) or partner.get(i + 1, -2) != j + 1:
            continue
        mine, other = _grams(first[i][1]), _grams(second[j][1])
        if 2 * len(mine & other) / (len(mine) + len(other) or 1) >= SOMEWHAT:
            found.append((i, j))
    return found


def _differences(start: int, before: str, after: str) -> list[Difference]:
    a = [(match.start(), match.group()) for match in _TOKEN.finditer(before[:LONGEST])]
    b = [match.group() for match in _TOKEN.finditer(after[:LONGEST])]
    found: list[Difference] = []
    matcher = SequenceMatcher(None, [token for _, token in a], b, autojunk=False)
    for tag, i1, i2, j1, j2 in matcher.get_opcodes():
        if tag == "equal":
            continue
        old = before[a[i1][0] : a[i2 - 1][0] + len(a[i2 - 1][1])] if i2 > i1 else ""
        new = "".join(b[j1:j2])
        if not _key(old) and not _key(new):
            continue  # punctuation
        at = start + (a[i1][0] if i1 < len(a) else len(before))
        found.append(Difference(old, new, at, _kind(old, new)))
    return found


_NUMERAL = re.compile(r"[亿万千百十两一二三四五六七八九〇零%]+")


def _kind(old: str, new: str) -> Literal["number", "name", "words"]:
    # A reposter's filter takes words out; an alteration puts something else in their place.
    if not _key(old) or not _key(new) or max(len(old), len(new)) > CHANGED:
        return "words"
    numerals = _NUMERAL.fullmatch(old) is not None and _NUMERAL.fullmatch(new) is not None
    return "number" if numerals or any(char.isdigit() for char in old + new) else "name"


def _shingles(text: str) -> NDArray[np.uint64]:
    """Hashes of all runs of `SHINGLE` characters of a clean text, whatever the order of its sentences."""
    data = np.frombuffer(_key(text).encode("utf-32-le", "surrogatepass"), dtype=np.uint32).astype(np.uint64)
    if len(data) < SHINGLE:
        return np.array([zlib.crc32(data.tobytes())], dtype=np.uint64)
    size = len(data) - SHINGLE + 1
    value = np.zeros(size, dtype=np.uint64)
    with np.errstate(over="ignore"):
        for k in range(SHINGLE):
            value = value * np.uint64(1_000_003) + data[k : k + size]
        value ^= value >> np.uint64(29)
        value *= np.uint64(0xBF58476D1CE4E5B9)
        value ^= value >> np.uint64(32)
    return np.unique(value)


def _signature(shingles: NDArray[np.uint64], odd: NDArray[np.uint64], shift: NDArray[np.uint64]) -> NDArray[np.uint64]:
    lowest = np.full(HASHES, np.iinfo(np.uint64).max, dtype=np.uint64)
    with np.errstate(over="ignore"):
        for part in np.array_split(shingles, max(1, len(shingles) // 4096)):
            mixed = part[None, :] * odd[:, None] + shift[:, None]
            mixed ^= mixed >> np.uint64(31)
            np.minimum(lowest, mixed.min(axis=1), out=lowest)
    return lowest


def _clauses(clean: str) -> dict[str, int]:
    """The clauses of a clean text long enough to tell it from others, and their lengths."""
    keys = (_KEPT.sub("", part) for part in _CLAUSE_END.split(clean))
    return {key: len(key) for key in keys if len(key) >= CLAUSE}


_CLAUSE_END = re.compile(r"[。!?;,\n]+")


def _sharing(texts: Sequence[dict[str, int]]) -> set[tuple[int, int]]:
    """Pairs of which the shorter one's clauses stand largely in the other: cut, shuffled and filtered copies."""
    places: dict[str, list[int]] = defaultdict(list)
    for i, clauses in enumerate(texts):
        for key in clauses:
            places[key].append(i)
    common: dict[tuple[int, int], int] = defaultdict(int)
    for key, at in places.items():
        if 2 <= len(at) <= CROWD:
            for pair in itertools.combinations(at, 2):
                common[pair] += len(key)
    sizes = [sum(clauses.values()) for clauses in texts]
    return {(i, j) for (i, j), size in common.items() if size >= COPY * min(sizes[i], sizes[j])}


def near_duplicates(texts: Sequence[str]) -> list[tuple[int, int]]:
    """Pairs of texts that are largely the same: shuffled, cut, or with words filtered out of them.

    Args:
        texts: any number of texts as received; time grows with their total length and the number of pairs found.

    Returns:
        Pairs of indices `(i, j)` with `i < j`, ascending.
    """
    clean = [fold(text).text for text in texts]
    return sorted(_alike(clean) | _sharing([_clauses(text) for text in clean]))


def _alike(texts: Sequence[str]) -> set[tuple[int, int]]:
    """Pairs of clean texts that share most of their shingles."""
    random = np.random.default_rng(20240229)  # fixed: the same texts give the same pairs
    odd = random.integers(0, 2**63, HASHES, dtype=np.uint64) * np.uint64(2) + np.uint64(1)
    shift = random.integers(0, 2**63, HASHES, dtype=np.uint64)
    rows = HASHES // BANDS
    buckets: dict[tuple[int, bytes], list[int]] = defaultdict(list)
    signatures: list[NDArray[np.uint64]] = []
    found: set[tuple[int, int]] = set()
    for i, clean in enumerate(texts):
        if len(_key(clean)) < 3 * SHINGLE:
            signatures.append(np.zeros(HASHES, dtype=np.uint64))
            continue
        signature = _signature(_shingles(clean), odd, shift)
        signatures.append(signature)
        seen: set[int] = set()
        for band in range(BANDS):
            bucket = buckets[band, signature[band * rows : (band + 1) * rows].tobytes()]
            # Of a crowd of equal texts, the first stand for all: they are pairs of each other already.
            for j in bucket[:8]:
                if j not in seen:
                    seen.add(j)
                    if np.count_nonzero(signatures[j] == signature) >= COPY * HASHES:
                        found.add((j, i))
            bucket.append(i)
    return found
