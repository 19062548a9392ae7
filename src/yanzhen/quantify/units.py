"""The tables of units, currencies, classifiers and comparators as dictionaries for longest match."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from yanzhen.data import rows, split

if TYPE_CHECKING:
    from collections.abc import Iterable


class Unit(NamedTuple):
    """What a word after a number means.

    Attributes:
        symbol: as it stands in `Quantity.unit`.
        kind: size, time, share, age, money, measure (a classifier) or noun (a thing counted without one).
        cue: one of these words must stand shortly before; empty where none need.
    """

    symbol: str
    kind: str
    cue: tuple[str, ...] = ()


class Tables(NamedTuple):
    """Everything about units, as dictionaries from word to meaning."""

    units: dict[str, Unit]
    not_followed: dict[str, str]  # one-character unit -> characters that make another word of it: 3天津, 5米其林
    cued: dict[str, tuple[Unit, ...]]  # meanings a word has only after a cue: 块 of chips, P of computing power
    unit_sizes: dict[str, tuple[int, ...]]  # first character -> lengths of words that begin with it, longest first
    money_before: dict[str, str]
    money_before_size: int
    money_ends: frozenset[str]
    subunits: dict[str, tuple[str, float]]
    per: dict[str, str]
    rate: re.Pattern[str]
    rate_of: dict[str, str]
    rate_first: frozenset[str]  # first characters: a look before the pattern is tried
    before: dict[str, str]
    before_size: int
    after: dict[str, str]
    after_sizes: dict[str, tuple[int, ...]]
    far: re.Pattern[str]
    far_of: dict[str, str]
    far_first: frozenset[str]
    far_unless: tuple[str, ...]  # what makes another word of a far cue: 最高检察院, 最低气温
    share_far: re.Pattern[str]
    names: dict[str, tuple[tuple[int, str], ...]]  # two characters -> (offset, name) of names that hold them
    loose: frozenset[str]  # names that end where a number may begin: 整齐划一, but 计划一季度
    not_after: re.Pattern[str]
    money_cue: re.Pattern[str]
    rank_cue: re.Pattern[str]
    ordinal_unless: tuple[str, ...]  # what an ordinal may stand before without being a place: 第五批
    rank_scope: re.Pattern[str]
    rank_top: re.Pattern[str]
    future: re.Pattern[str]
    past: re.Pattern[str]
    strong_past: re.Pattern[str]


def _either(words: list[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(set(words), key=len, reverse=True))


def _sizes(words: Iterable[str]) -> dict[str, tuple[int, ...]]:
    found: dict[str, set[int]] = {}
    for word in words:
        found.setdefault(word[0], set()).add(len(word))
    return {first: tuple(sorted(sizes, reverse=True)) for first, sizes in found.items()}


def _cued() -> dict[str, tuple[Unit, ...]]:
    cued: dict[str, tuple[Unit, ...]] = {}
    for row in rows("units/units.csv"):
        for word in split(row["words"]) if row["cue"] else ():
            cued[word] = (*cued.get(word, ()), Unit(row["unit"], row["kind"], split(row["cue"])))
    return cued


def _units() -> dict[str, Unit]:
    units: dict[str, Unit] = {}
    for row in rows("units/classifiers.csv"):
        units[row["word"]] = Unit("count", row["kind"])
    for row in rows("units/units.csv"):
        for word in split(row["words"]) if not row["cue"] else ():
            units[word] = Unit(row["unit"], row["kind"])
    for row in rows("units/currencies.csv"):
        for word in split(row["words"]):
            units[word] = Unit(row["code"], "money")
    return units


_NUMERAL = re.compile(r"[0-9〇零一二三四五六七八九十百千万亿两半壹贰叁肆伍陆柒捌玖拾佰仟廿卅幺俩仨几数]")


def _names() -> dict[str, tuple[tuple[int, str], ...]]:
    index: dict[str, list[tuple[int, str]]] = {}
    for row in rows("words/number_names.csv"):
        word = row["word"]
        for match in _NUMERAL.finditer(word):
            at = match.start()
            key = word[at : at + 2]
            if len(key) == 2:
                index.setdefault(key, []).append((at, word))
            else:
                index.setdefault(word[at - 1 : at + 1] + "<", []).append((at, word))
    return {key: tuple(sorted(found, key=lambda f: -len(f[1]))) for key, found in index.items()}


def _cues(table: str, column: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for row in rows(table):
        found.setdefault(row[column], []).extend(split(row["words"]))
    return found


@cache
def tables() -> Tables:
    """The tables, read once."""
    units, cued = _units(), _cued()
    money_before = {word: row["code"] for row in rows("units/currencies.csv") for word in split(row["before"])}
    per = {word: row["per"] for row in rows("units/periods_per.csv") for word in split(row["words"])}
    before: dict[str, str] = {}
    after: dict[str, str] = {}
    for row in rows("words/comparators.csv"):
        for word in split(row["words"]):
            (before if row["place"] == "before" else after)[word] = row["cmp"]
    far: dict[str, str] = {}
    share: dict[str, str] = {}
    unless: list[str] = []
    for row in rows("words/comparators_far.csv"):
        if row["reach"] == "unless":
            unless.extend(split(row["words"]))
            continue
        for word in split(row["words"]):
            (far if row["reach"] == "verb" else share)[word] = row["cmp"]
    rates = {word: row["per"] for row in rows("units/rates.csv") for word in split(row["words"])}
    # 每月 counts what follows at once; 月产 and 每月生产 what is produced, which may be named first.
    at_once = [word for word in rates if word.startswith("每") and word[1:] in per]
    at_reach = [word for word in rates if word not in at_once]
    gap = r"[^,。;:、!?\n\d]"
    tenses = _cues("words/tenses.csv", "tense")
    ranks = _cues("words/rank_cues.csv", "kind")
    not_after = [row["word"] for row in rows("words/number_not.csv")]
    money = [word for row in rows("words/money_cues.csv") for word in split(row["words"])]
    return Tables(
        units=units,
        cued=cued,
        not_followed={row["word"]: row["follow"] for row in rows("units/not_followed.csv")},
        unit_sizes=_sizes([*units, *cued]),
        money_before=money_before,
        money_before_size=max(map(len, money_before)),
        money_ends=frozenset(word[-1] for word in money_before),
        subunits={
            word: (row["code"], float(row["factor"]))
            for row in rows("units/subunits.csv")
            for word in split(row["words"])
        },
        per=per,
        rate=re.compile(
            rf"(?:(?P<once>{_either(at_once)})|(?<![\d今去明前近本上当全多半历同次翌该往来一二三四五六七八九十几两数百])(?P<reach>{_either(at_reach)})(?![值业]){gap}{{0,12}})$"
        ),
        rate_of=rates,
        rate_first=frozenset(word[0] for word in rates),
        before=before,
        before_size=max(map(len, before)),
        after=after,
        after_sizes=_sizes(after),
        far=re.compile(rf"(?P<cue>{_either(list(far))}){gap}{{0,10}}$"),
        far_of={**far, **share},
        far_unless=tuple(unless),
        ordinal_unless=tuple(ranks["ordinal_unless"]),
        far_first=frozenset(word[0] for word in (*far, *share)),
        share_far=re.compile(rf"(?P<cue>{_either([*far, *share])}){gap}{{1,14}}(?:的|之)$"),
        names=_names(),
        loose=frozenset(row["word"] for row in rows("words/number_names.csv") if row["kind"] == "loose"),
        not_after=re.compile(_either(not_after)),
        money_cue=re.compile(_either(money)),
        rank_cue=re.compile(rf"(?:{_either(ranks['rank'])}){gap}{{0,10}}$"),
        rank_scope=re.compile(rf"(?:{_either(ranks['scope'])})$"),
        rank_top=re.compile(rf"(?:{_either(ranks['top'])}){gap}{{0,10}}$"),
        future=re.compile(_either(tenses["future"])),
        past=re.compile(_either(tenses["past"])),
        strong_past=re.compile(_either(tenses["strongpast"])),
    )


def unit_at(text: str, at: int) -> tuple[Unit, int] | None:
    """The longest unit, currency or classifier at `at`, and where it ends."""
    t = tables()
    for size in t.unit_sizes.get(text[at : at + 1], ()):
        word = text[at : at + size]
        unit = t.units.get(word)
        cued = t.cued.get(word)
        if cued is not None:
            window = text[max(0, at - 24) : at + 12]
            unit = next((u for u in cued if any(cue in window for cue in u.cue)), unit)
        if unit is None:
            continue
        end = at + len(word)
        if (
            word[-1].isascii()
            and word[-1].isalpha()
            and end < len(text)
            and text[end].isascii()
            and text[end].isalnum()
        ):
            continue
        return unit, end
    return None


def after_at(text: str, at: int) -> tuple[str, int] | None:
    """The longest comparator word at `at` that follows its number (以上, 左右), and where it ends."""
    t = tables()
    for size in t.after_sizes.get(text[at : at + 1], ()):
        word = text[at : at + size]
        cmp = t.after.get(word)
        if cmp is not None:
            return cmp, at + len(word)
    return None


def _goes_on(text: str, end: int) -> bool:
    """Whether Latin letters run across `end`: 6G is a name, 6GWh is not."""
    return text[end - 1 : end + 1].isascii() and text[end - 1 : end + 1].isalpha() and end < len(text)


_COUNTS = tuple("季月年万亿千百十")


def name_over(text: str, at: int) -> int:
    """Where the idiom or name ends that the numeral at `at` is a part of; `at` if it is none."""
    t = tables()
    for at_in, word in t.names.get(text[at : at + 2], ()):
        start = at - at_in
        if start >= 0 and text.startswith(word, start) and not _goes_on(text, start + len(word)):
            return start + len(word)
    if at:
        for at_in, word in t.names.get(text[at - 1 : at + 1] + "<", ()):
            start = at - at_in
            end = start + len(word)
            if start >= 0 and text.startswith(word, start):
                if word in t.loose and (text[end : end + 1] in _COUNTS or unit_at(text, end) is not None):
                    continue
                return end
    return at
