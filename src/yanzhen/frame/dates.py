"""Dates that a page or a file gives for itself: date lines, labelled dates, days in datelines, file names."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from pathlib import PurePath


@dataclass(frozen=True, slots=True)
class Written:
    """A date as written.

    Attributes:
        year, month, day: None for what is not given; the year may be missing, or the day.
        labelled: a word beside it says that it is the date of publication.
        beside: what else stands on its line, where that can be a publisher's name.
        text: the date as it stands there.
    """

    year: int | None
    month: int | None
    day: int | None
    labelled: bool = False
    beside: str = ""
    text: str = ""

    def iso(self) -> str | None:
        """`2023`, `2023-07` or `2023-07-26`; None without a year."""
        if self.year is None:
            return None
        parts = [f"{self.year:04d}", *(f"{n:02d}" for n in (self.month, self.day) if n is not None)]
        return "-".join(parts)


_CHINESE_DIGITS = str.maketrans("〇○零一二三四五六七八九", "000123456789")
_DAY = re.compile(
    r"(?<!\d)(?P<y>(?:19|20)\d\d)\s?(?:年|[-/.])\s?(?P<m>\d{1,2})\s?(?:月|[-/.])\s?(?P<d>\d{1,2})(?!\d)\s?日?"
)
_CHINESE_DAY = re.compile(
    r"(?P<y>二[〇○零][〇○零一二三四]\w)年(?P<m>[一二三四五六七八九十]{1,2})月(?P<d>[一二三四五六七八九十]{1,3})日"
)
_MONTH_DAY = re.compile(r"(?<![\d年/.-])(?P<m>\d{1,2})(?:月|-|/)(?P<d>\d{1,2})(?![\d/-])日?")
_TIME = re.compile(
    r"(?<!\d)\d{1,2}:\d{2}(?::\d{2})?(?!\d)|T(?=\d)|[上下]午|星期[一二三四五六日天]|周[一二三四五六日天]|农历\S{2,10}|\d+:\d+"
)
_LABEL = re.compile(
    r"发布时间|发布日期|发表时间|发表于|发布于|更新时间|更新于|更新日期|成文日期|印发日期|生成日期|公开日期|录入时间|添加时间|创建时间|"
    r"稿件时间|出版日期|时间|日期|发布|发表"
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


def line_date(spaced: str, *, labelled: bool = False) -> Written | None:
    """The date of a line that is a date line, not a sentence that mentions a day.

    Args:
        spaced: the line, gaps shown as spaces.
        labelled: the line is already known to be page furniture.
    """
    if spaced[-1:] in "。!?;" or not any(c.isdigit() or c in "〇○" for c in spaced):
        return None
    found = full_day(spaced)
    bare = found is None
    if found is None:
        match = _MONTH_DAY.search(spaced)
        if match is None or not _checked(None, int(match["m"]), int(match["d"])):
            return None
        found = Written(None, int(match["m"]), int(match["d"]), text=match.group())
    label = _LABEL.search(spaced) is not None
    if not label and ("," in spaced or "。" in spaced):
        return None
    left = spaced.replace(found.text, " ", 1)
    timed = _TIME.search(left) is not None
    left = _TIME.sub(" ", left)
    words = _OTHER_WORDS.sub("", _LABEL.sub("", left))
    counted = bool(re.search(r"阅读|浏览|点击|评论|来源|星期|作者|记者|版", spaced)) or timed
    if labelled:
        return Written(found.year, found.month, found.day, label, "", found.text) if label or counted else None
    if bare and not (counted and len(words) <= 8):
        return None
    if len(words) > (24 if label or counted else 10):
        return None
    # A title that begins with a date goes on right after it.
    if words and not (label or counted):
        after = spaced.partition(found.text)[2]
        before = spaced.partition(found.text)[0]
        if (after and not after[0].isspace()) or (before and len(words) > 10):
            return None
    beside = _beside(spaced, found.text)
    return Written(found.year, found.month, found.day, label, beside, found.text)


def _beside(spaced: str, text: str) -> str:
    before, _, after = spaced.partition(text)
    for part in (before, after):
        name = re.sub(r"[\s:：|丨·()\[\]【】\d]+", "", _TIME.sub("", part))
        if re.fullmatch(r"[\u4e00-\u9fff·]{2,14}(?:报|网|社|刊|新闻|在线|客户端|电视台|发布|融媒)", name):
            return name
    return ""


_FILE_MONTH = re.compile(r"(?<!\d)(?P<y>(?:19|20)\d\d)[-_.年](?P<m>\d\d)月?(?![\d])")


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
    if month_only is not None and _checked(int(month_only["y"]), int(month_only["m"]), None):
        return Written(int(month_only["y"]), int(month_only["m"]), None, text=month_only.group())
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
