"""A name taken apart before anything is compared: region, core, trades, legal form, branch, numbers.

Nothing here knows two names; what the parts mean for being one thing is decided in `compare`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from yanzhen.data import rows, split
from yanzhen.fold import fold_name
from yanzhen.resolve import places, tables

_QUOTES = re.compile('[“”‘’"`「」『』]')
_SPACE = re.compile(r"(?<=[^\x00-\x7f])\s+|\s+(?=[^\x00-\x7f])")
_DASH = re.compile(r"[—–―－~～]{1,2}")
_PERIOD = re.compile(r"(?<=[a-z])\.(?=[a-z\s,]|$)")
_DOT = re.compile(r"[•・‧∙•]")
_EDGE = " ,.;:、。!?·-…"
_DIGITS = {char: n for n, char in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2, "首": 1}
_COUNTED = re.compile(r"第?([一二三四五六七八九十首]{1,3})(期|届|批|代|英寸|吋|寸(?!土)|号楼|次会议|研究所|所$)")
_ORDINAL = re.compile(r"第(\d{1,3})(期|届|批|代|研究所|所$)")
_INCH = re.compile(r"(?<=\d)\s?(?:吋|寸|英吋|inch)")
_PHASE_ROMAN = re.compile(r"(?<![A-Za-z])(I{1,3}|IV)期", re.IGNORECASE)
_ROMAN = {"i": "1", "ii": "2", "iii": "3", "iv": "4"}


def _numeral(text: str) -> int:
    if "十" in text:
        tens, _, ones = text.partition("十")
        return (_DIGITS.get(tens, 1) if tens else 1) * 10 + (_DIGITS.get(ones, 0) if ones else 0)
    return int("".join(str(_DIGITS[char]) for char in text))


@lru_cache(maxsize=200_000)
def comparable(name: str) -> str:
    """The name as it is compared: simplified, half-width, lower case, without quotation marks, ordinals in figures."""
    return tidied(fold_name(name))


def tidied(text: str) -> str:
    """The same for a name that is simplified and half-width already, as those of the tables are."""
    text = _QUOTES.sub("", text)
    text = _SPACE.sub("", text).casefold().strip(_EDGE)
    text = _DOT.sub("·", _DASH.sub("-", text)).replace("[", "(").replace("]", ")").replace("〔", "(").replace("〕", ")")
    text = text.replace("【", "(").replace("】", ")").replace("《", "").replace("》", "")
    text = _COUNTED.sub(lambda m: f"{_numeral(m[1])}{m[2]}", text)
    text = _ORDINAL.sub(r"\1\2", text)
    text = _PHASE_ROMAN.sub(lambda m: _ROMAN[m[1].casefold()] + "期", text)
    return translated(_INCH.sub("英寸", text)) if text.isascii() else _INCH.sub("英寸", text)


@lru_cache(maxsize=1)
def _english() -> tuple[dict[str, str], dict[str, str]]:
    """English place -> Chinese, and English noun of a zone, university or body -> Chinese."""
    towns: dict[str, str] = {}
    nouns: dict[str, str] = {}
    for row in rows("names/english.csv"):
        table = towns if row["type"] == "place" else nouns if row["type"].startswith("kind:") else None
        if table is not None:
            table.update((form.casefold(), row["name"]) for form in split(row["aliases"]))
    return towns, nouns


def translated(text: str) -> str:
    """`hefei high-tech zone` as 合肥高新区: a known place and a known noun, else the text as it is."""
    towns, nouns = _english()
    for noun in sorted(nouns, key=len, reverse=True):
        if text.endswith(" " + noun):
            town = text[: -len(noun)].strip()
            for level in (" national", " city", " new"):
                town = town.removesuffix(level)
            return towns[town] + nouns[noun] if town in towns else text
    return text


def shortened(text: str, kind: str) -> str:
    """The text with long forms of this type written short (高新技术产业开发区 -> 高新区)."""
    table = tables.rewriting(kind)
    if table is None:
        return text
    pattern, short = table
    for _ in range(2):  # a short form can be part of a longer one (管理 -> 管委会 -> …)
        after = pattern.sub(lambda m: short[m.group()], text)
        if after == text:
            break
        text = after
    return text


@dataclass(frozen=True, slots=True)
class Firm:
    """The parts of the name of an organisation that does business.

    Attributes:
        text: the whole as compared.
        region: codes of the place it opens with; empty where it names none.
        site: the place in brackets or behind the coined word, as written (`南京`, `中国`).
        core: the coined word.
        trades: what follows it, in order.
        legal: the legal form as written; empty in a short name.
        group: whether it is a group.
        branch: the sub-unit it names (`四川省分行`); empty for the organisation itself.
    """

    text: str
    region: places.Codes
    site: str
    core: str
    trades: tuple[str, ...]
    legal: str
    group: bool
    branch: str

    @property
    def stem(self) -> str:
        """Core and trades."""
        return self.core + "".join(self.trades)


_BRACKET = re.compile(r"\(([^()]{1,16})\)")
_GROUP = re.compile(r"\(集团\)|集团")


def _branch(text: str) -> tuple[str, str]:
    """The name without its sub-unit, and the sub-unit."""
    for ending in tables.parts("branch"):
        if not text.endswith(ending):
            continue
        head = text[: -len(ending)]
        owner = max((head.rfind(mark) + len(mark) for mark in tables.parts("branch_owner") if mark in head), default=0)
        if owner:
            return text[:owner], text[owner:]
        at = next(
            (k for k in range(2, len(head)) if head[k:] in places.forms() or head[k : k + 2] in places.prefixes()), 0
        )
        return (text[:at], text[at:]) if at else (head, ending)
    return text, ""


@lru_cache(maxsize=100_000)
def _tiled(text: str) -> tuple[str, ...] | None:
    """The text as a row of trade words, longest first; None where it is none."""
    if not text:
        return ()
    known = tables.trades()
    for size in range(min(tables.longest_trade(), len(text)), 0, -1):
        if text[:size] in known:
            rest = _tiled(text[size:])
            if rest is not None:
                return (text[:size], *rest)
    return None


def _split_trades(text: str) -> tuple[str, tuple[str, ...]]:
    """The coined word at the beginning, of two characters at least and as short as can be, and the trades behind it."""
    for at in range(2, min(len(text), 24)):
        trades = _tiled(text[at:]) if len(text) - at <= 30 else None
        if trades:
            return text[:at], trades
    return text, ()


@lru_cache(maxsize=200_000)
def firm(name: str, kind: str = "company") -> Firm:
    """The parts of the name of a company or fund; never fails."""
    text = shortened(comparable(name), kind)
    main, branch = _branch(text)
    legal = ""
    match = tables.legal_forms().search(main)
    while match and match.start() >= 2:
        legal = match.group() + legal
        main = main[: match.start()].rstrip(" ,.")
        match = tables.legal_forms().search(main)
    site = ""
    group = bool(_GROUP.search(legal)) or bool(_GROUP.search(main))
    main = _GROUP.sub("", main) if len(_GROUP.sub("", main)) >= 2 else main
    for bracket in _BRACKET.finditer(main):
        inner = bracket[1]
        if inner in places.forms() or inner == "中国":
            site = inner
    main = _BRACKET.sub("", main)
    region, rest = places.split_region(main, 2)
    if not rest.strip():
        region, rest = frozenset(), main
    if not site and not legal:
        for size in (4, 3, 2):
            if len(rest) - size >= 2 and rest[-size:] in places.prefixes():
                site, rest = rest[-size:], rest[:-size]
                break
    core, trades = _split_trades(rest)
    if trades and (core in tables.trades() or core in places.forms()):
        # 中国电子科技, 西南集成, 北京电子控股: a region or a trade alone is no coined word
        core, trades = core + trades[0], trades[1:]
    return Firm(text, region, site, core, trades, legal, group, branch)


_PHASE = re.compile(r"(?:\(|第)?(\d{1,2}(?:[-、和及]\d{1,2})?)期(?:工程|项目|厂房)?\)?")
_SIZE = re.compile(r"(\d+(?:\.\d+)?)(?:英寸|代线|代(?![表替])|纳米|nm|微米|g?wh|gw|mw|kv|千伏|兆瓦)")
_AMOUNT = re.compile(
    r"(?:年产|日产|月产|总投资|投资)?(\d+(?:\.\d+)?)(?:余|多)?([万亿]?)"
    r"(亿元|元|片|台|套|吨|颗|只|辆|条|平方米|平米|m2|千瓦|亩|吨/年|个|支|件|瓶|盒)"
)
_YEARS = re.compile(r"(?<!\d)((?:19|20)\d{2})(?!\d)(?:-((?:19|20)\d{2})(?!\d))?年?度?版?")
_EDITION = re.compile(r"(\d{1,3})(届|批|次会议)")
_PLAN = re.compile(r"(十[一二三四五六七])?五(?:规划|时期|期间|年)|(十[一二三四五六七])五")


@dataclass(frozen=True, slots=True)
class Figures:
    """The numbers that tell things of one kind apart.

    Attributes:
        phase: `2` of 二期; empty for the whole.
        sizes: 12英寸, 8.6代, 28纳米.
        amounts: yearly output, investment.
        years: a year, or first and last of a range.
        edition: 第六届, 第五批.
    """

    phase: str
    sizes: tuple[str, ...]
    amounts: tuple[str, ...]
    years: tuple[str, ...]
    edition: str


def figures(text: str) -> tuple[Figures, str]:
    """The figures of a name as compared, and the name without them (sizes stay: they are what it is called by)."""
    phase = _PHASE.search(text)
    without = _PHASE.sub("", text)
    years = _YEARS.search(without)
    without = _YEARS.sub("", without)
    edition = _EDITION.search(without)
    without = _EDITION.sub("", without)
    amounts = tuple(sorted(m[1] + m[2] + m[3] for m in _AMOUNT.finditer(without)))
    without = _AMOUNT.sub("", without)
    sizes = tuple(sorted({m.group().removesuffix("线") for m in _SIZE.finditer(without)}))
    return (
        Figures(
            phase[1] if phase else "",
            sizes,
            amounts,
            tuple(year for year in years.groups() if year) if years else (),
            edition.group() if edition else "",
        ),
        re.sub(r"\(\s*\)", "", without).strip(_EDGE),
    )


def abbreviates(short: str, long: str) -> bool:
    """Whether the short form keeps beginnings of words of the long one, in order, from its first character on.

    西永微电园 for 西永微电子产业园. Forms of two characters say too little and are left to the tables.
    """
    if len(short) < 3 or len(short) >= len(long) or short[0] != long[0]:
        return False
    starts = tables.words_start(long)
    reachable = {0}  # ends in `long` of the part of `short` matched so far
    for n, char in enumerate(short):
        following: set[int] = set()
        for end in reachable:
            for at in range(end, len(long)):
                if long[at] != char:
                    continue
                last = n == len(short) - 1 and at == len(long) - 1
                if at == end or at in starts or last:
                    following.add(at + 1)
        reachable = following
        if not reachable:
            return False
    return True


def misprint(one: str, other: str) -> tuple[str, str] | None:
    """The two characters in which names of equal length differ, if print confuses them; Latin O and 0, l and 1 too."""
    if len(one) != len(other):
        return None
    differing = [(a, b) for a, b in zip(one, other, strict=True) if a != b]
    if len(differing) != 1:
        return None
    a, b = differing[0]
    return (a, b) if b in tables.lookalikes().get(a, ()) or {a, b} in ({"o", "0"}, {"l", "1"}, {"i", "1"}) else None
