"""Phrasings of benefits: rows of `patterns/policies.csv` compiled to `re` over sentences with coded quantities.

The notation of a pattern is that of `re` with these additions:

    {m} {p} {d} {a}   an amount of money, a share, a duration, an area; money may be a list (10万元、20万元和50万元)
    <give>            one of the words of a class of `patterns/policy_words.csv`
    <filler>          up to 30 characters between a verb of giving and an amount
    <nearby>          up to 10 characters between an amount and its noun, without another verb of giving
    ~  ~20            up to 8 (20) characters without a mark
    ^                 the beginning of a clause
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, cast, get_args

from ahocorasick_rs import AhoCorasick, MatchKind

from yanzhen.data import rows, split
from yanzhen.errors import DataError
from yanzhen.facts.records import Instrument

if TYPE_CHECKING:
    from collections.abc import Iterable

    from yanzhen.quantify import Quantity

_TABLE = "patterns/policies.csv"
MONEY, SHARE, DURATION, AREA = "\ue100", "\ue101", "\ue102", "\ue103"
QUANTITIES = f"{MONEY}-{AREA}"  # for use inside a character class
_SLOTS = {"m": MONEY, "p": SHARE, "d": DURATION, "a": AREA}
_PRIVATE = re.compile("[\ue000-\uf8ff]")
_DURATIONS = frozenset({"day", "workday", "hour", "month", "year"})
_AREAS = frozenset({"m2", "km2", "mu"})
_MONEY = re.compile(r"[A-Z]{3}(?:/.*)?$")
_MARK = r",。;:!?\n"
_TOKEN = re.compile(r"\{(?P<slot>[mpda])\}|<(?P<cls>[a-z]+)>|~(?P<gap>\d*)|(?P<edge>(?<!\[)\^)|(?P<text>.)", re.DOTALL)
_FIXED = {
    "filler": rf"(?:(?!的企业|的项目|的单位)[^{_MARK}{QUANTITIES}]){{0,30}}?",
    "nearby": rf"(?:(?!给予|予以|按|发放|以上的|的企业|的项目|的[对给])[^{_MARK}{QUANTITIES}]){{0,10}}?",
}
_BEFORE = re.compile(r"[^\d一二两三四五六七八九十百千万半数几]{1,10}")
_BEHIND = re.compile(r"[以之]?(?:内|上|下)$|左右$")
CAP = "cap"


@dataclass(frozen=True, slots=True)
class Phrasing:
    """One row: how a benefit is said.

    Attributes:
        id: of the row.
        regex: over a coded sentence; groups `q…` are what the benefit amounts to.
        instrument: `cap` for a limit of the benefit told before it, empty where words decide.
        unless: what in the clause makes it no benefit.
        valued: it has an amount.
    """

    id: str
    regex: re.Pattern[str]
    instrument: str
    unless: re.Pattern[str] | None
    valued: bool


@cache
def words_of(name: str) -> tuple[str, ...]:
    """The words of one class of `patterns/policy_words.csv`, longest first."""
    found = {f for row in rows("patterns/policy_words.csv") if row["class"] == name for f in split(row["form"])}
    if not found:
        raise DataError(f"no word class called {name}", "patterns/policy_words.csv")
    return tuple(sorted(found, key=lambda f: (-len(f), f)))


@cache
def any_of(name: str) -> re.Pattern[str]:
    """One of the words of a class."""
    return re.compile("|".join(words_of(name)))


def compiled(pattern: str) -> tuple[re.Pattern[str], bool]:
    """The regular expression of a pattern, and whether it holds an amount.

    Raises:
        DataError: it names an unknown class or is no regular expression.
    """
    out: list[str] = []
    slots = 0
    for token in _TOKEN.finditer(pattern):
        if token["slot"]:
            code = _SLOTS[token["slot"]]
            more = f"(?:[、和及与或](?:最高|不超过)?{code}){{0,7}}" if code == MONEY else ""
            out.append(f"(?P<q{slots}>{code}{more})")
            slots += 1
        elif token["cls"]:
            out.append(_FIXED.get(token["cls"]) or f"(?:{'|'.join(words_of(token['cls']))})")
        elif token["gap"] is not None:
            out.append(rf"[^{_MARK}]{{0,{token['gap'] or 8}}}?")
        elif token["edge"]:
            out.append(rf"(?<![^{_MARK}“])")
        else:
            out.append(token["text"])
    try:
        return re.compile("".join(out)), slots > 0
    except re.error as error:
        raise DataError(f"not a regular expression: {pattern}", _TABLE) from error


@cache
def phrasings() -> tuple[AhoCorasick, tuple[tuple[int, ...], ...], tuple[Phrasing, ...]]:
    """(automaton over all cue words, phrasings of each cue, all phrasings).

    Raises:
        DataError: a row is wrong.
    """
    found: list[Phrasing] = []
    by_cue: dict[str, list[int]] = {}
    for number, row in enumerate(rows(_TABLE)):
        if row["instrument"] not in ("", CAP, *get_args(Instrument)):
            raise DataError(f"no such instrument: {row['instrument']}", _TABLE)
        regex, valued = compiled(row["pattern"])
        unless = compiled(row["unless"])[0] if row["unless"] else None
        found.append(Phrasing(row["id"], regex, row["instrument"], unless, valued))
        for cue in split(row["cue"]):
            for word in words_of(cue[1:-1]) if cue.startswith("<") else (cue,):
                by_cue.setdefault(word, []).append(number)
    forms = sorted(by_cue)
    return AhoCorasick(forms, matchkind=MatchKind.Standard), tuple(tuple(by_cue[f]) for f in forms), tuple(found)


def candidates(text: str) -> list[Phrasing]:
    """The phrasings that may be in a coded sentence, in the order of the table."""
    machine, meant, table = phrasings()
    wanted: set[int] = set()
    for index, _, _ in machine.find_matches_as_indexes(text, overlapping=True):
        wanted.update(meant[index])
    return [table[n] for n in sorted(wanted)]


@dataclass(frozen=True, slots=True)
class Instruments:
    """Words that show what sort of benefit it is, the most telling first."""

    table: tuple[tuple[re.Pattern[str], Instrument], ...]

    def of(self, text: str) -> Instrument | None:
        """The instrument that a text speaks of, or None."""
        return next((instrument for pattern, instrument in self.table if pattern.search(text)), None)


@cache
def instruments() -> Instruments:
    """The table of instruments.

    Raises:
        DataError: a row names an unknown one.
    """
    ranked = []
    for row in rows("policy/instruments.csv"):
        if row["instrument"] not in get_args(Instrument):
            raise DataError(f"no such instrument: {row['instrument']}", "policy/instruments.csv")
        ranked.append((int(row["rank"]), re.compile(row["form"]), cast("Instrument", row["instrument"])))
    return Instruments(tuple((pattern, instrument) for _, pattern, instrument in sorted(ranked, key=lambda r: r[0])))


@dataclass(frozen=True, slots=True)
class CodedSentence:
    """A sentence with each quantity as one private-use character of its sort.

    Attributes:
        text: the coded sentence.
        places: for each character of `text` the clean offset where it begins, and one more for the end.
        quantities: quantity by place in `text`.
    """

    text: str
    places: list[int]
    quantities: dict[int, Quantity]

    def place(self, offset: int) -> int:
        """The first place in `text` at or behind a clean offset."""
        low, high = 0, len(self.places) - 1
        while low < high:
            middle = (low + high) // 2
            if self.places[middle] < offset:
                low = middle + 1
            else:
                high = middle
        return low


def code(text: str, start: int, end: int, quantities: Iterable[Quantity]) -> CodedSentence:
    """The span of a clean text in code; `quantities` lie in it, ascending and disjoint."""
    parts: list[str] = []
    places: list[int] = []
    found: dict[int, Quantity] = {}
    at = start
    for quantity in quantities:
        sort = _sort(quantity.unit)
        if sort is None or quantity.start < at:
            continue
        # Bounds stay words: `最高|50万元`, `3个工作日|内`.
        first = _BEFORE.match(text, quantity.start, quantity.end)
        low = first.end() if first is not None else quantity.start
        last = _BEHIND.search(text, low, quantity.end)
        high = last.start() if last is not None and last.start() > low else quantity.end
        parts.append(_PRIVATE.sub("\ufffd", text[at:low]))
        places.extend(range(at, low))
        found[len(places)] = quantity
        parts.append(sort)
        places.append(low)
        at = high
    parts.append(_PRIVATE.sub("\ufffd", text[at:end]))
    places.extend(range(at, end + 1))
    return CodedSentence("".join(parts), places, found)


def _sort(unit: str) -> str | None:
    if unit == "%":
        return SHARE
    if unit in _DURATIONS:
        return DURATION
    if unit in _AREAS:
        return AREA
    return MONEY if _MONEY.match(unit) else None
