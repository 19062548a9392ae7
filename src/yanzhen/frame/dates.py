"""Dates that a page or a file gives for itself: date lines, labelled dates, days in datelines, file names."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from pathlib import PurePath
from typing import Literal

from yanzhen.data import rows
from yanzhen.frame.words import alternatives


@dataclass(frozen=True, slots=True)
class Written:
    """A date as written.

    Attributes:
        year, month, day: None for what is not given; the year may be missing, or the day.
        label: `published` where a word beside it says so, `signed` where one names another date of the document
            (its writing, its issue), empty for none.
        beside: what else stands on its line, where that can be a publisher's name.
        text: the date as it stands there.
    """

    year: int | None
    month: int | None
    day: int | None
    label: Literal["published", "signed", ""] = ""
    beside: str = ""
    text: str = ""

    @property
    def rank(self) -> tuple[bool, bool, bool]:
        """What makes one date of a page better than another, the least best: a year, a day, that it was published."""
        return self.year is None, self.day is None, self.label != "published"

    def iso(self) -> str | None:
        """`2023`, `2023-07` or `2023-07-26`; None without a year."""
        if self.year is None:
            return None
        parts = [f"{self.year:04d}", *(f"{n:02d}" for n in (self.month, self.day) if n is not None)]
        return "-".join(parts)


_CHINESE_DIGITS = str.maketrans("〇○零一二三四五六七八九", "000123456789")
_DAY = re.compile(
    r"(?<!\d)(?P<y>(?:19|20)\d\d)\s?(?:年|[-/.·])\s?(?P<m>\d{1,2})\s?(?:月|[-/.·])\s?(?P<d>\d{1,2})(?!\d)\s?日?"
)
_CHINESE_DAY = re.compile(
    r"(?P<y>二[〇○零][〇○零一二三四]\w)年(?P<m>[一二三四五六七八九十]{1,2})月(?P<d>[一二三四五六七八九十]{1,3})日"
)
_MONTH_DAY = re.compile(r"(?<![\d年/.-])(?P<m>\d{1,2})(?:月|-|/)(?P<d>\d{1,2})(?![\d/-])日?")
_MONTH_ONLY = re.compile(
    r"(?P<y>(?:19|20)\d\d)\s?(?:年\s?(?P<m>\d{1,2})\s?月(?:号|刊)?|[-.](?P<m2>\d{1,2}))"
    r"|(?P<y3>二[〇○零][〇○零一二三四]\w)年(?P<m3>[一二三四五六七八九十]{1,2})月"
)
_COMPACT = re.compile(r"[(\[【]?(?P<y>20[0-3]\d)(?P<m>[01]\d)(?P<d>[0-3]\d)[)\]】]?")
_TIME = re.compile(
    r"(?<!\d)\d{1,2}:\d{2}(?::\d{2})?(?!\d)|T(?=\d)|[上下]午|星期[一二三四五六日天]|周[一二三四五六日天]|农历\S{2,10}|\d+:\d+"
)
_OTHER_WORDS = re.compile(
    r"来源|作者|记者|编辑|阅读|浏览|点击|评论|字号|打印|责任|分享|收藏|推荐|原创|次|期号|第?[0-9A-Z一二三四五六七八九十]{1,4}版|版|第\d+期|总第\d+期|"
    r"[年月日]|[a-zA-Z]|[:：|丨·/()\[\]【】,、\s\d•-]"
)


def _checked(year: int | None, month: int | None, day: int | None) -> bool:
    try:
        date(year or 2024, month or 1, day or 1)
    except ValueError:
        return False
    return True


def full_day(text: str) -> Written | None:
    """The first date with year, month and day in a text."""
    for match in _DAY.finditer(text):
        year, month, day = int(match["y"]), int(match["m"]), int(match["d"])
        if _checked(year, month, day):
            return Written(year, month, day, text=match.group().strip())
    match_ = _CHINESE_DAY.search(text)
    if match_ is not None:
        year = int(match_["y"].translate(_CHINESE_DIGITS)) if match_["y"].translate(_CHINESE_DIGITS).isdigit() else 0
        month, day = _small(match_["m"]), _small(match_["d"])
        if year and _checked(year, month, day):
            return Written(year, month, day, text=match_.group())
    return None


def _small(numeral: str) -> int:
    tens, ten, ones = numeral.rpartition("十")
    digits = "一二三四五六七八九"
    if not ten:
        return digits.find(numeral) + 1
    return (digits.find(tens) + 1 if tens else 1) * 10 + (digits.find(ones) + 1 if ones else 0)


def stray_day(text: str) -> Written | None:
    """A day of a dateline (`5月20日`, perhaps with its year)."""
    whole = full_day(text)
    if whole is not None:
        return whole
    match = _MONTH_DAY.search(text)
    if match is None or not _checked(None, int(match["m"]), int(match["d"])):
        return None
    return Written(None, int(match["m"]), int(match["d"]), text=match.group())


@cache
def _labels() -> tuple[re.Pattern[str], dict[str, str]]:
    """The words that name a date, and what each names."""
    kinds = {row["form"]: row["kind"] for row in rows("frame/date_labels.csv")}
    return re.compile(alternatives(kinds)), kinds


def _labelled(spaced: str) -> tuple[Literal["published", "signed", "", "other"], str]:
    """What the words of a line say its date is, and the part of the line from the best such word on."""
    pattern, kinds = _labels()
    best, at = "", 0
    order = ("published", "signed", "other", "")
    for match in pattern.finditer(spaced):
        kind = kinds[match.group()]
        if match.group() in {"时间", "日期"} and "\u4e00" <= spaced[match.start() - 1 : match.start()] <= "\u9fff":
            kind = "other"  # of something else: `揭牌时间`
        if order.index(kind) < order.index(best):
            best, at = kind, match.start()
    return best, spaced[at:]  # type: ignore[return-value]


def line_date(spaced: str, *, labelled: bool = False) -> Written | None:
    """The date of a line that is a date line, not a sentence that mentions a day.

    Args:
        spaced: the line, gaps shown as spaces.
        labelled: the line is already known to be page furniture.
    """
    if spaced[-1:] in "。!?;" or not any(c.isdigit() or c in "〇○" for c in spaced):
        return None
    month_only = _MONTH_ONLY.fullmatch(spaced.strip("()[]【】 "))
    if month_only is not None:
        if month_only["y3"]:
            digits = month_only["y3"].translate(_CHINESE_DIGITS)
            year, month = int(digits) if digits.isdigit() else 0, _small(month_only["m3"])
        else:
            year, month = int(month_only["y"]), int(month_only["m"] or month_only["m2"])
        if not year or not month:
            return None
        return Written(year, month, None, text=month_only.group()) if _checked(year, month, None) else None
    kind, rest = _labelled(spaced)
    if kind == "other":
        return None
    label = kind != ""
    found = (full_day(rest) if label else None) or full_day(spaced)
    compact = _COMPACT.fullmatch(spaced) if found is None else None
    if compact is not None and _checked(int(compact["y"]), int(compact["m"]), int(compact["d"])):
        return Written(int(compact["y"]), int(compact["m"]), int(compact["d"]), text=spaced)
    bare = found is None
    if found is None:
        match = _MONTH_DAY.search(spaced)
        if match is None or not _checked(None, int(match["m"]), int(match["d"])):
            return None
        found = Written(None, int(match["m"]), int(match["d"]), text=match.group())
    left = spaced.replace(found.text, " ", 1)
    timed = _TIME.search(left) is not None
    if not label and ("。" in spaced or ("," in spaced and not (timed and "来源" in spaced))):
        return None
    left = _TIME.sub(" ", left)
    words = _OTHER_WORDS.sub("", _labels()[0].sub("", left))
    counted = bool(re.search(r"阅读|浏览|点击|评论|来源|星期|作者|记者|版", spaced)) or timed
    if labelled:
        known = label or counted or not bare
        return replace(found, label=kind) if known else None
    if bare and not (counted and len(words) <= 8):
        return None
    if len(words) > (24 if label or counted else 10):
        return None
    # A title that begins with a date goes on right after it.
    if words and not (label or counted):
        after = spaced.partition(found.text)[2]
        before = spaced.partition(found.text)[0]
        if (after and not after[0].isspace() and after[0] not in ")]】") or (before and len(words) > 10):
            return None
    return replace(found, label=kind, beside=_beside(spaced, found.text))


_TITLE_DATE = re.compile(
    r"[(\[【]?\s?(?P<front>20\d\d[-/.年]\d{1,2}[-/.月]\d{1,2}日?)\s?[)\]】|丨]\s?(?=[\u4e00-\u9fff“《])"
    r"|(?:(?<=\s)|(?P<open>[(\[【]))(?P<back>20\d\d[-/.年]\d{1,2}[-/.月]\d{1,2}日?)[)\]】]?$"
)


def title_date(spaced: str) -> tuple[Written, str] | None:
    """The date that stands before or behind a headline on its line, and the headline without it."""
    match = _TITLE_DATE.match(spaced) or _TITLE_DATE.search(spaced)
    if match is None or (match["front"] and match.start()):
        return None
    found = full_day(match["front"] or match["back"])
    title = (spaced[: match.start()] + spaced[match.end() :]).strip()
    return (found, title) if found is not None and len(title) >= 8 else None


def _beside(spaced: str, text: str) -> str:
    before, _, after = spaced.partition(text)
    for part in (before, after):
        name = re.sub(r"[\s:：|丨·()\[\]【】\d]+", "", _TIME.sub("", part))
        if re.fullmatch(r"[\u4e00-\u9fff·]{2,14}(?:报|网|社|刊|新闻|在线|客户端|电视台|发布|融媒)", name):
            return name
    return ""


_FILE_MONTH = re.compile(r"(?<!\d)(?P<y>(?:19|20)\d\d)(?:年(?P<m>\d\d?)月|[-_.](?P<m2>\d\d)(?!\d))")


def name_date(name: str) -> Written | None:
    """The date a file's name gives: `2024-05-20.txt`, `20240520_x`, `2024年5月20日`, `2024-05`; no other number."""
    stem = PurePath(name).name[:200]
    for match in re.finditer(
        r"(?<!\d)(?P<y>(?:19|20)\d\d)(?:(?P<m>\d\d)(?P<d>\d\d)|(?P<s>[-_.])(?P<m2>\d\d?)(?P=s)(?P<d2>\d\d?)"
        r"|年(?P<m3>\d\d?)月(?P<d3>\d\d?)日)(?!\d)",
        stem,
    ):
        month, day = int(match["m"] or match["m2"] or match["m3"]), int(match["d"] or match["d2"] or match["d3"])
        if _checked(int(match["y"]), month, day):
            return Written(int(match["y"]), month, day, text=match.group())
    month_only = _FILE_MONTH.search(stem)
    if month_only is not None:
        year, at = int(month_only["y"]), int(month_only["m"] or month_only["m2"])
        if _checked(year, at, None):
            return Written(year, at, None, text=month_only.group())
    return None


def meta_date(text: str) -> Written | None:
    """The date a page's metadata gives, in whatever spelling; None if it gives none."""
    found = full_day(text)
    if found is not None:
        return found
    compact = re.match(r"\s*((?:19|20)\d\d)(\d\d)(\d\d)(?!\d)", text)
    if compact is not None and _checked(*map(int, compact.groups())):
        year, month, day = map(int, compact.groups())
        return Written(year, month, day, text=compact.group().strip())
    partial = re.match(r"\s*((?:19|20)\d\d)(?:[-/.年](\d{1,2}))?月?\s*$", text)
    if partial is not None and _checked(int(partial[1]), int(partial[2] or 1), None):
        return Written(int(partial[1]), int(partial[2]) if partial[2] else None, None, text=partial.group().strip())
    return None
