"""Reads a numeral: 12.5, 1,234, 三百二十, 1亿3000万, 3万多, 两三百, 十几, 数十, 二〇二二."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import NamedTuple

from yanzhen.data import rows, split

WHOLE = r"(?:\d{1,3}(?:,\d{3})+(?![\d,])|\d+|(?=\.\d))"
ARABIC = rf"{WHOLE}(?:\.\d+|·\d{{1,3}}(?=[万亿%倍]))?"  # 3·5亿元: the scanner's point
EXPONENT = r"(?:[eE][-+]?\d{1,3}(?![A-Za-z\d]))"
MAX_RUN = 48  # characters of one numeral; longer runs are no numbers anybody wrote to be read
APPROXIMATE = {(1, 2), (2, 3), (3, 4), (4, 5), (5, 6), (6, 7), (7, 8), (8, 9), (3, 5)}
_AFTER_FEW = frozenset("年个家天月周人名次种项年位件款台座条套")  # 一两年, but 一两黄金
FORMAL = frozenset("壹贰弐叁肆伍陆柒捌玖拾佰仟幺仨俩")


class Numeral(NamedTuple):
    """One numeral as read.

    Attributes:
        low, high: equal unless the numeral itself is a range (两三百).
        used: how many characters of the run it took.
        vague: 十几, 数百, 3万多: the true figure is above `low`.
        bare: a multiplier without a figure before it (百亿, 千).
        scale: the multiplier it ends in (1 if none): what a shorter figure before a dash may share.
        big: 万, 亿 or 兆 stand in it.
        arabic: it begins with a digit 0-9.
    """

    low: float
    high: float
    used: int
    vague: bool
    bare: bool
    scale: float
    big: bool
    arabic: bool


class _Glyphs(NamedTuple):
    digit: dict[str, int]
    small: dict[str, float]
    big: dict[str, float]
    some: str
    more: str
    run: re.Pattern[str]
    token: re.Pattern[str]


@cache
def glyphs() -> _Glyphs:
    """The characters of `words/numerals.csv` and the patterns made of them."""
    kinds: dict[str, dict[str, float]] = {}
    for row in rows("words/numerals.csv"):
        for word in split(row["words"]):
            kinds.setdefault(row["kind"], {})[word] = float(row["value"])
    digit, small, big = kinds["digit"], kinds["small"], kinds["big"]
    some = "".join(kinds["some"])
    more = "".join(word for word in kinds["more"] if len(word) == 1)
    c, s, b = ("".join(k) for k in (digit, small, big))
    point = "".join(kinds["point"])
    # A unit may begin with a multiplier's character: 千米, 兆瓦.
    s_free = f"(?:[{s.replace('千', '')}]|千(?!(?:米|克|瓦|伏|赫|卡|帕|焦|字节|比特|安时|安(?!全|置|装)|升(?!级))))"
    b_free = f"(?:[{b.replace('兆', '')}]|兆(?!(?:瓦|赫|帕|字节|比特|伏|焦|宽带|欧)))"
    unit = f"(?:{s_free}|{b_free})"
    run = re.compile(
        f"(?:{ARABIC}{EXPONENT}?|[{c}{some}]|{unit})"
        f"(?:[{more}{some}]?{unit}|(?<![0-9])[{c}]|[{some}](?![{c}])|{point}(?=[{c}])|(?<=[{s}{b}零])\\d++(?:\\.\\d++)?+(?![年月日号])){{0,{MAX_RUN}}}"
    )
    token = re.compile(
        f"(?P<a>{WHOLE}(?:[.·]\\d+)?{EXPONENT}?)|(?P<c>[{c}]+)|(?P<s>[{s}])|(?P<b>[{b}])|(?P<n>[{some}])|(?P<m>[{more}])|(?P<p>{point}[{c}]+)"
    )
    return _Glyphs({k: int(v) for k, v in digit.items()}, dict(small), dict(big), some, more, run, token)


def small_number(text: str) -> int | None:
    """A whole number below 100000 as months, days and ordinals are written (`12`, `十二`, `廿二`), else None."""
    if text.isdecimal() and text.isascii():
        return int(text) if len(text) < 6 else None
    found = read_run(text)
    if found is None or found.used != len(text) or found.low != found.high or not found.low.is_integer():
        return None
    return int(found.low)


def year_number(text: str) -> int | None:
    """Digits of a year read one by one: 二〇二二, 2022, 零八 (without the century), else None."""
    digit = glyphs().digit
    if all(ch in digit for ch in text):
        return int("".join(str(digit[ch]) for ch in text))
    return small_number(text)


def _digits(word: str) -> list[float]:
    digit = glyphs().digit
    return [float(digit[ch]) for ch in word]


def _positional(digits: list[float]) -> float:
    value = 0.0
    for d in digits:
        value = value * 10 + d
    return value


@lru_cache(maxsize=8192)
def read_run(run: str) -> Numeral | None:
    """The longest numeral at the beginning of `run` (a match of `glyphs().run`), or None."""
    if len(run) >= 2 and run[-1] == "两" and run[-2] != "两":
        return read_run(run[:-1])  # 三十两 weighs, it does not count 32
    g = glyphs()
    total_lo = total_hi = section_lo = section_hi = 0.0
    last_big_lo = last_big_hi = 0.0  # what the last 万 or 亿 added, for 万亿 and 万万
    cur: tuple[float, float] | None = None
    single = False  # cur is one Chinese digit (or a pair like 七八) that may drop its multiplier: 两千六
    fraction = ""
    before = ""  # kind of the token before
    last_unit = small_before = 0.0
    top_big = float("inf")
    vague = bare = zero = saw_big = False
    used = 0
    scale = 1.0
    arabic = run[0].isdigit() or run[0] == "."
    if all(ch in g.digit for ch in run):
        if len(run) > 1 and run.strip("两") == "":
            return None  # 两两 says two by two
        digits = _digits(run)
        n = len(run)
        if n == 1:
            return Numeral(digits[0], digits[0], 1, False, False, 1.0, False, False)
        if (n == 2 and tuple(digits) in APPROXIMATE and run not in ("二三", "一一")) or run == "两三":
            return Numeral(digits[0], digits[1], n, False, False, 1.0, False, False)
        value = _positional(digits)
        return Numeral(value, value, n, False, False, 1.0, False, False)
    for token in g.token.finditer(run):
        if token.start() != used:
            break
        word, kind = token.group(), token.lastgroup
        if kind == "a":
            if cur is not None or before == "p":
                break
            number = float(word.replace(",", "").replace("·", "."))
            cur, single = (number, number), False
        elif kind == "c":
            digits = _digits(word)
            if cur is not None or before == "p":
                break
            if digits[0] == 0 and before in ("s", "b"):
                zero = True
                digits = digits[1:]
                if not digits:
                    used, before = token.end(), "0"
                    continue
            if len(digits) == 1:
                cur, single = (digits[0], digits[0]), True
            elif len(digits) == 2 and tuple(digits) in APPROXIMATE:
                cur, single = (digits[0], digits[1]), True
            elif before in ("s", "b"):
                cur, single = (digits[0], digits[0]), True
                used += len(word) - len(digits) + 1
                before = "c"
                break
            else:
                number = _positional(digits)
                cur, single = (number, number), False
        elif kind == "p":
            if before in ("p", "n", "m", ""):
                break
            fraction = "".join(str(int(d)) for d in _digits(word[1:]))
            part = float("0." + fraction)
            if cur is not None and single and not zero and last_unit > 10:
                cur = (cur[0] * last_unit / 10, cur[1] * last_unit / 10)
            low, high = cur or (0.0, 0.0)
            cur, single, zero = (low + part, high + part), False, True
        elif kind == "n":
            if cur is not None:
                break
            vague = True
            cur, single = ((1.0, 1.0) if before not in ("s", "b", "0") else (0.0, 0.0)), False
            if before == "" and token.end() == len(run):
                return None
        elif kind == "m":
            if before in ("", "m", "n"):
                break
            vague = True
        elif kind == "s":
            unit = g.small[word]
            if unit in (20.0, 30.0) and cur is None:
                section_lo, section_hi = section_lo + unit, section_hi + unit
                last_unit = small_before = 10.0
                used, before, scale = token.end(), "s", 1.0
                continue
            if before in ("s", "m") and cur is None and section_lo:
                # 百千: only 十百 after a figure multiplies (3百千 is not written); 十多百 neither.
                if before == "s" and small_before and unit >= small_before:
                    if arabic and unit > small_before:
                        section_lo, section_hi = section_lo * unit, section_hi * unit
                        small_before, last_unit, scale = unit, unit, scale * unit
                        used, before = token.end(), "s"
                        continue
                    break
                if before == "s" and (unit != 10 or arabic or bare):
                    break  # but 一百十一 is 111
            low, high = cur if cur is not None and cur[1] else (1.0, 1.0)
            if cur is None and before == "":
                bare = unit > 10
            if small_before and unit >= small_before:
                break
            section_lo, section_hi = section_lo + low * unit, section_hi + high * unit
            cur, small_before, last_unit, zero, scale = None, unit, unit, False, unit
        else:
            unit = g.big[word]
            saw_big = True
            if before == "b" or (before == "m" and cur is None and not section_lo and total_lo):
                total_lo += last_big_lo * (unit - 1)
                total_hi += last_big_hi * (unit - 1)
                last_big_lo, last_big_hi = last_big_lo * unit, last_big_hi * unit
                top_big, last_unit, scale = top_big * unit, last_unit * unit, scale * unit
            else:
                low, high = cur if cur is not None else (0.0, 0.0)
                low, high = section_lo + low, section_hi + high
                if low == 0 and high == 0 and not zero:
                    if before != "":
                        break
                    low = high = 1.0
                    bare = True
                if unit > top_big:
                    added = ((total_lo + low) * unit, (total_hi + high) * unit)
                    total_lo, total_hi = added
                elif unit == top_big:
                    break
                else:
                    added = (low * unit, high * unit)
                    total_lo, total_hi = total_lo + added[0], total_hi + added[1]
                last_big_lo, last_big_hi = added
                scale = unit * (scale if before == "s" else 1.0)
                top_big, last_unit = unit, unit
            section_lo = section_hi = small_before = 0.0
            cur, zero = None, False
        used, before = token.end(), kind or ""
    if not used:
        return None
    if cur is not None:
        factor = last_unit / 10 if single and not zero and last_unit > 10 and before == "c" else 1.0
        section_lo, section_hi = section_lo + cur[0] * factor, section_hi + cur[1] * factor
        scale = 1.0
    low, high = total_lo + section_lo, total_hi + section_hi
    if before == "m":  # a closing 多 or 余 belongs to the phrase, not to the numeral
        used -= 1
        vague = False
    return Numeral(low, high, used, vague, bare, scale, saw_big, arabic)


def numeral_at(text: str, start: int) -> Numeral | None:
    """The numeral that begins at `start`, or None; takes at most about fifty characters into account."""
    match = glyphs().run.match(text, start)
    if match is None:
        return None
    if match.end() - start > MAX_RUN:
        return None
    if match.group() == "一两" and text[match.end() : match.end() + 1] in _AFTER_FEW:
        return Numeral(1.0, 2.0, 2, False, False, 1.0, False, False)
    return read_run(match.group())
