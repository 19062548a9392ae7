"""Clean text -> words with parts of speech, cut so that no strong reference name is torn."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

import rjieba

if TYPE_CHECKING:
    from collections.abc import Iterable

NAME = "NAME"  # tag of a token that is a reference name
_UNBROKEN = re.compile(r"[A-Za-z][A-Za-z0-9+.\-/]*[A-Za-z0-9+]|[A-Za-z]|\d+(?:[.,]\d+)*")


@dataclass(frozen=True, slots=True)
class Words:
    """The words of a text, in order and without overlap; white space and nothing else may lie between them.

    Attributes:
        starts, ends: offsets in the clean text.
        words: the surface forms.
        tags: parts of speech (ICTCLAS letters as jieba uses them), or NAME.
        kinds: entity type of a NAME, else empty.
        at: for every offset of the text the index of the word that covers it.
    """

    starts: list[int]
    ends: list[int]
    words: list[str]
    tags: list[str]
    kinds: list[str]
    at: list[int]


def cut(text: str, fixed: Iterable[tuple[int, int, str]]) -> Words:
    """Cut `text` into words; every (start, end, type) of `fixed`, ascending and disjoint, stays one word, a NAME."""
    starts: list[int] = []
    ends: list[int] = []
    words: list[str] = []
    tags: list[str] = []
    kinds: list[str] = []
    at: list[int] = []

    def piece(low: int, high: int) -> None:
        place = low
        for word, tag in rjieba.tag(text[low:high]):
            starts.append(place)
            place += len(word)
            ends.append(place)
            words.append(word)
            tags.append(tag)
            kinds.append("")

    done = 0
    for low, high, kind in fixed:
        if low > done:
            piece(done, low)
        starts.append(low)
        ends.append(high)
        words.append(text[low:high])
        tags.append(NAME)
        kinds.append(kind)
        done = high
    if done < len(text):
        piece(done, len(text))
    for index, (low, high) in enumerate(zip(starts, ends, strict=True)):
        at.extend([index] * (high - low))
    return Words(starts, ends, words, tags, kinds, at)


def known(word: str) -> bool:
    """Whether the general dictionary has the word."""
    return bool(rjieba.has_word(word))
