"""What bears on when a text was written, gathered before it is weighed in `yanzhen.frame.dating`."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

Month = int  # year * 12 + month - 1
# Weights, relative to a plain mention of a past year (1.5): how far each kind of evidence can be trusted.
PAST = 3.0  # a mention with a word that makes it past
MENTIONED = 1.5  # a mention that nothing makes planned
BACKGROUND = 1.0  # a founding, the beginning of something: nothing that just happened
PLANNED = 2.0
STATISTIC = 2.5  # results of a period, which are known only when it is over
FIRST, LAST = 1990, 2040


@dataclass(frozen=True, slots=True)
class Day:
    """A day on which something happened; the year is None where the text does not give it."""

    year: int | None
    month: int
    day: int
    reason: str


@dataclass(slots=True)
class Evidence:
    """All that bears on the date, in months; relative evidence holds in whatever year the text was written."""

    lower: dict[Month, tuple[float, str]] = field(default_factory=dict)
    upper: dict[Month, tuple[float, str]] = field(default_factory=dict)
    votes: list[tuple[Month, Month, float, str]] = field(default_factory=list)
    rel_lower: dict[int, tuple[float, str]] = field(default_factory=dict)
    rel_upper: dict[int, tuple[float, str]] = field(default_factory=dict)
    rel_votes: list[tuple[int, int, float, str]] = field(default_factory=list)
    fine: set[Month] = field(default_factory=set)  # months that some absolute evidence names as such
    years: dict[int, set[str]] = field(default_factory=dict)  # past years named, and as what: year, part, month, day
    own: set[int] = field(default_factory=set)  # years in which the news itself is told with its full date
    days: list[Day] = field(default_factory=list)  # days on which what is told as news happened
    targets: set[Month] = field(default_factory=set)  # ends of years whose targets are told: no plans far ahead
    now: float = 0.0  # how much the text speaks of the current year without its number

    def add(self, table: str, key: int, weight: float, reason: str) -> None:
        known: dict[int, tuple[float, str]] = getattr(self, table)
        old = known.get(key)
        # Repetition makes it surer, but never more than half as much again.
        known[key] = (weight, reason) if old is None else (max(old[0], weight) * 1.25 if old[0] < 4 else old[0], old[1])


def month_of(year: int, month: int) -> Month:
    return year * 12 + month - 1


RECENT = re.compile(r"近日|日前|近期|刚刚|刚落幕|闭幕|昨日|昨天|今天|今日|连日来|不久前")
NUMERAL = r"(?:\d{1,2}|[一二三四五六七八九]?十[一二三四五六七八九]?|[一二两三四五六七八九])"


def clip(text: str, start: int, end: int) -> str:
    """The evidence as shown in a reason: the clause, shortened."""
    low = max(text.rfind(mark, max(0, start - 16), start) for mark in "。,;\n") + 1
    low = max(low, start - 16, 0)
    high = min((at for mark in "。,;\n" if (at := text.find(mark, end)) >= 0), default=len(text))
    return text[low : min(high, end + 20)]


SENTENCE_BREAK = re.compile(r"[。;!?\n]")


def in_title(text: str, start: int) -> bool:
    """Whether a place stands inside 《…》, where years are parts of names."""
    opened = text.rfind("《", max(0, start - 48), start)
    return opened >= 0 and text.find("》", opened, start) < 0


def month_name(at: Month) -> str:
    return f"{at // 12}年{at % 12 + 1}月"


def iso_month(text: str) -> Month:
    return month_of(int(text[:4]), int(text[5:7]))


def number(numeral: str) -> int:
    if numeral.isdigit():
        return int(numeral)
    digits = "零一二三四五六七八九"
    tens, ten, ones = numeral.rpartition("十")
    if not ten:
        return 2 if numeral == "两" else digits.find(numeral)
    return (digits.find(tens) if tens else 1) * 10 + (digits.find(ones) if ones else 0)


def vote_year(found: Evidence, year: int, weight: float, shown: str) -> None:
    if FIRST <= year <= LAST:
        shown = shown if len(shown) <= 40 else shown[:14] + "…" + shown[-12:]
        found.votes.append((month_of(year, 1), month_of(year, 12), weight, f"“{shown}”：{year}年"))
