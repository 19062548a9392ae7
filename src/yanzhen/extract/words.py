"""Clean text -> words with parts of speech, cut so that no strong reference name is torn."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

import rjieba

from yanzhen.data import rows, split

if TYPE_CHECKING:
    from collections.abc import Iterable

NAME = "NAME"  # tag of a token that is a reference name
_FUNCTION = frozenset("由在与和及把将被对从向的沿至")
_GUESSED = (2, 3)  # length of words that the cutter makes up


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


@cache
def _cutter() -> rjieba.Jieba:
    """The general dictionary with the words of the genre, which it would otherwise tear or merge."""
    cutter = rjieba.Jieba()
    for row in rows("words/vocabulary.csv"):
        for form in split(row["form"]):
            cutter.add_word(form, None, row["tag"])
    for table, wanted in (
        ("names/org_suffixes.csv", "sure"),
        ("names/titles.csv", ""),
        ("names/generic_nouns.csv", ""),
    ):
        for row in rows(table):
            if row.get("strength", "") == wanted and len(row["form"]) > 1 and not cutter.has_word(row["form"]):
                cutter.add_word(row["form"], None, "n")
    return cutter


@cache
def _lone() -> frozenset[str]:
    """Characters that are words by themselves; two others side by side are one word that no dictionary has."""
    return frozenset(
        char for row in rows("words/name_words.csv") if row["class"] == "lone_word" for char in row["form"]
    )


def cut(text: str, fixed: Iterable[tuple[int, int, str]]) -> Words:
    """Cut `text` into words; every (start, end, type) of `fixed`, ascending and disjoint, stays one word, a NAME."""
    starts: list[int] = []
    ends: list[int] = []
    words: list[str] = []
    tags: list[str] = []
    names: list[tuple[int, str]] = []
    lone, cutter = _lone(), _cutter()
    tag_words, has_word = cutter.tag, cutter.has_word

    def piece(low: int, high: int) -> None:
        place = low
        lonely = -1  # index of a rare single character that the next one may join
        for word, tag in tag_words(text[low:high]):
            size = len(word)
            if size != 1 and word[0] in _FUNCTION and size in _GUESSED and not has_word(word):
                # a guessed word that begins with a preposition: 由|区
                starts.append(place)
                words.append(word[0])
                tags.append("p")
                place += 1
                ends.append(place)
                word, size = word[1:], size - 1  # noqa: PLW2901 - what is left of it
            if size == 1 and word not in lone and "\u4e00" <= word <= "\u9fff":
                if lonely == len(words) - 1 >= 0 and ends[lonely] == place:
                    place += 1
                    ends[lonely] = place
                    words[lonely] += word
                    tags[lonely] = "nz"
                    lonely = -1
                    continue
                lonely = len(words)
            starts.append(place)
            words.append(word)
            tags.append(tag)
            place += size
            ends.append(place)

    done = 0
    for low, high, kind in fixed:
        if low > done:
            piece(done, low)
        names.append((len(words), kind))
        starts.append(low)
        ends.append(high)
        words.append(text[low:high])
        tags.append(NAME)
        done = high
    if done < len(text):
        piece(done, len(text))
    kinds = [""] * len(words)
    for index, kind in names:
        kinds[index] = kind
    at: list[int] = []
    for index, (low, high) in enumerate(zip(starts, ends, strict=True)):
        at += [index] * (high - low)
    return Words(starts, ends, words, tags, kinds, at)


def is_lone(char: str) -> bool:
    """Whether a character is a word by itself or no Chinese character at all."""
    return char in _lone() or not "\u4e00" <= char <= "\u9fff"


def known(word: str) -> bool:
    """Whether the general dictionary has the word."""
    return bool(_cutter().has_word(word))


def tagged(text: str) -> list[tuple[str, str]]:
    """The words of a short text with their parts of speech."""
    return list(_cutter().tag(text))
