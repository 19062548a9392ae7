"""Turns what a time phrase says into first and last day."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

from yanzhen.quantify.lunar import lunar_span, solar_term

Span = tuple[date | None, date | None]
DAY = timedelta(days=1)
# A half or a quarter told as done may be told this long before it is over (the half-year report of 28 June).
EARLY_REPORT = timedelta(days=15)


@dataclass(slots=True)
class Term:
    """One time phrase as written, before anything is known about the day it was written on.

    Attributes:
        start, end: offsets.
        year: a year in figures. `two_digit` years lack their century.
        year_base, year_off: a year counted from `published` ("p") or from the year just mentioned ("c").
        m1, m2: months, 0 where none is said; `m2` may run to 14 (a winter).
        month_base, month_off: as for years.
        d1, d2: days of the month, 0 where none; negative ones count from its end.
        day_base, day_off: as for years.
        week, w1, w2: weeks from the one of `published`, and week days 1-7 (0: the whole week).
        nth: the n-th week, or the n-th week day, of the month or year; -1 the last.
        festival: `month-day`, `month-S2` (second Sunday, of MTWRFAS), `lunar:month-day+shift` of the lunar
            calendar, or `sun:degrees` for a solar term.
        lunar, leap: months and days are those of the lunar calendar; the doubled month.
        fixed: first and last day, where the phrase alone gives them.
        length: (number, unit, "back" | "ahead" | "ago" | "hence"), counted from `published`.
        same: 同期: the period just mentioned, in this term's year or so many years earlier.
        edge: 底, 末: the phrase names an end.
        opening: "until" (到…底, …前), "since" (…以来), "from" (…起), "after" (…之后): which end is open.
        nearest: 6月底前, 6月1日起: without a year it is the one nearest to the writing.
        part: (number, unit, "first" | "last" | "nth"): some months, weeks or days at an end of the year or month.
    """

    start: int
    end: int
    year: int | None = None
    two_digit: bool = False
    year_base: str = ""
    year_off: int = 0
    m1: int = 0
    m2: int = 0
    month_base: str = ""
    month_off: int = 0
    quarter_off: int | None = None
    half_off: int | None = None
    d1: int = 0
    d2: int = 0
    day_base: str = ""
    day_off: int = 0
    week: int | None = None
    w1: int = 0
    w2: int = 0
    nth: int = 0
    festival: str = ""
    lunar: bool = False
    leap: bool = False
    fixed: Span | None = None
    length: tuple[float, str, str] | None = None
    same: bool = False
    edge: bool = False
    opening: str = ""
    nearest: bool = False
    part: tuple[int, str, str] | None = None
    until: Term | None = None
    silent: bool = False  # a time phrase that says no date (日前)

    def has_year(self) -> bool:
        return self.year is not None or bool(self.year_base)


@dataclass(slots=True)
class Context:
    """What the text has said so far."""

    published: date | None
    year: int | None = None  # of the sentence
    month: tuple[int, int] | None = None  # of the sentence: (year, month)
    day: date | None = None
    last: Span | None = None  # the period mentioned last, in any sentence
    tense: str = ""  # "future", "past" or "" of the clause at hand
    alone: bool = False  # the phrase is all there is


def days_in(year: int, month: int) -> int:
    """How many days the month has."""
    return monthrange(year, month)[1]


def add_months(day: date, months: int) -> date | None:
    """The same day so many months later (earlier if negative), the last of the month where there is no such day."""
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    if not 1 <= year <= 9998:
        return None
    return date(year, month + 1, min(day.day, days_in(year, month + 1)))


def _months(year: int, m1: int, m2: int) -> Span | None:
    if not 1 <= year <= 9997:
        return None
    last_year, last_month = (year, m2) if m2 <= 12 else (year + 1, m2 - 12)
    return date(year, m1, 1), date(last_year, last_month, days_in(last_year, last_month))


def _days(year: int, month: int, d1: int, d2: int) -> Span | None:
    if not 1 <= year <= 9998:
        return None
    count = days_in(year, month)
    d1, d2 = (count + 1 + d if d < 0 else d for d in (d1, d2))
    if not 1 <= d1 <= count:
        return None
    return date(year, month, d1), date(year, month, min(d2, count))


def festival_day(rule: str, year: int) -> date | None:
    """The day a festival falls on in a year, None where the tables do not say."""
    calendar, _, day_of_year = rule.rpartition(":")
    if calendar == "sun":
        return solar_term(year, int(day_of_year))
    day_of_year, _, shift = day_of_year.partition("+")
    month_text, _, day_text = day_of_year.partition("-")
    month = int(month_text)
    if calendar == "lunar":
        found = lunar_span(year, month, int(day_text))
        return found[0] + timedelta(days=int(shift or "0")) if found else None
    if day_text[0].isdigit():
        return date(year, month, int(day_text))
    weekday, nth = "MTWRFAS".index(day_text[0]), int(day_text[1:])
    first = date(year, month, 1)
    return first + timedelta(days=(weekday - first.weekday()) % 7 + 7 * (nth - 1))


def _fits(span: Span | None, context: Context, long: bool) -> bool:
    """Whether a period may be told of on `published` in the clause's tense."""
    published = context.published
    if span is None or published is None:
        return False
    first, last = span
    if first is None or last is None:
        return False
    if context.tense == "future":
        return last >= published
    if context.tense == "" and context.alone and not long:
        return first.year == published.year
    return last <= published + EARLY_REPORT if long else first <= published


def _year_of(term: Term, context: Context) -> int | None:
    """The year a phrase speaks of where it is said or can be known without tense."""
    if term.year is not None:
        if not term.two_digit:
            return term.year
        latest = (context.published.year if context.published else 2025) + 10
        return (2000 if 2000 + term.year <= latest else 1900) + term.year
    if term.year_base == "p":
        return context.published.year + term.year_off if context.published else None
    if term.year_base == "c":
        year = context.year
        if year is None and context.last and context.last[0]:
            year = context.last[0].year
        if year is None and context.published:
            year = context.published.year
        return year + term.year_off if year is not None else None
    return None


def _within(term: Term, year: int) -> Span | None:
    """First and last day of a phrase once its year is known."""
    if not 1 <= year <= 9997:
        return None
    if term.festival:
        day = festival_day(term.festival, year)
        return (day, day) if day else None
    if term.lunar:
        return lunar_span(year, term.m1, term.d1, term.leap)
    if term.nth and not term.m1:
        start = date(year, 1, 4)
        monday = start - timedelta(days=start.weekday()) + timedelta(weeks=term.nth - 1)
        return monday, monday + 6 * DAY
    if not term.m1:
        return date(year, 1, 1), date(year, 12, 31)
    if term.nth:
        return _nth_in_month(term, year)
    if term.d1:
        return _days(year, term.m1, term.d1, term.d2)
    return _months(year, term.m1, term.m2)


def _nth_in_month(term: Term, year: int) -> Span | None:
    first = date(year, term.m1, 1)
    weekday = (term.w1 or 1) - 1
    if term.nth < 0:
        last = date(year, term.m1, days_in(year, term.m1))
        day = last - timedelta(days=(last.weekday() - weekday) % 7)
    else:
        day = first + timedelta(days=(weekday - first.weekday()) % 7 + 7 * (term.nth - 1))
    return (day, day) if term.w1 else (day, day + 6 * DAY)


def _yearless(term: Term, context: Context) -> Span | None:
    """A half, quarter, month or day without a year: the latest, or next, that suits tense and day of writing."""
    published = context.published
    if context.year is not None and not (
        context.tense == "future" and published is not None and context.year < published.year
    ):
        return _within(term, context.year)
    if published is None:
        return None
    if term.festival:
        return _within(term, published.year)
    if term.lunar and context.tense == "" and context.alone:
        return _within(term, published.year)
    if term.nearest and (context.tense == "" or (term.opening == "until" and context.tense == "past")):
        spans = [_within(term, published.year + k) for k in (-1, 0, 1)]
        side = 1 if term.opening == "until" else 0
        return min(
            (span for span in spans if span is not None),
            key=lambda span: abs((span[side] or published) - published),
            default=None,
        )
    long = term.m2 > term.m1
    years = (published.year, published.year + 1) if context.tense == "future" else (published.year, published.year - 1)
    for year in years:
        span = _within(term, year)
        if _fits(span, context, long):
            return span
    # 29 February: the nearest year that has one.
    for year in range(published.year, published.year - 5, -1):
        span = _within(term, year)
        if span is not None and (context.tense == "future" or (span[0] is not None and span[0] <= published)):
            return span
    return None


def _relative_month(term: Term, context: Context) -> Span | None:
    anchor = context.published
    if term.month_base == "c" and context.last and context.last[0]:
        anchor = context.last[0]
    if anchor is None:
        return None
    first = add_months(anchor.replace(day=1), term.month_off)
    if first is None:
        return None
    if term.year_base:
        year = _year_of(term, context)
        if year is None or not 1 <= year <= 9997:
            return None
        first = first.replace(year=year)
    if term.nth:
        return _nth_in_month(Term(0, 0, m1=first.month, nth=term.nth, w1=term.w1), first.year)
    if term.d1:
        return _days(first.year, first.month, term.d1, term.d2)
    return _months(first.year, first.month, first.month)


def _shift(day: date, number: float, unit: str, sign: int) -> date | None:
    if unit in ("year", "quarter"):
        return add_months(day, sign * round(number * (12 if unit == "year" else 3)))
    if unit == "month":
        whole = int(number)
        moved = add_months(day, sign * whole)
        return moved + sign * timedelta(days=15) if moved and number != whole else moved
    if unit == "workday":
        left = int(number)
        if left > 2000:
            return None
        while left > 0:
            day += sign * DAY
            left -= day.weekday() < 5
        return day
    return day + sign * timedelta(days=number * (7 if unit == "week" else 1))


def _from_length(term: Term, context: Context) -> Span | None:
    published = context.published
    if published is None or term.length is None:
        return None
    number, unit, direction = term.length
    sign = 1 if direction in ("ahead", "hence") else -1
    if not 0 < number < 3000:
        return None
    moved = _shift(published, number, unit, sign)
    if moved is None:
        return None
    if direction == "back":
        return moved, published
    if direction == "ahead":
        return published, moved
    if unit == "year" and number == int(number):
        return _months(moved.year, 1, 12)
    if unit in ("year", "month", "quarter"):
        return _months(moved.year, moved.month, moved.month)
    if unit == "week":
        monday = moved - timedelta(days=moved.weekday())
        return monday, monday + 6 * DAY
    return moved, moved


def _week(term: Term, context: Context) -> Span | None:
    published = context.published
    if published is None or term.week is None:
        return None
    monday = published - timedelta(days=published.weekday()) + timedelta(weeks=term.week)
    return monday + timedelta(days=(term.w1 or 1) - 1), monday + timedelta(days=(term.w2 or 7) - 1)


def _day_only(term: Term, context: Context) -> Span | None:
    published = context.published
    if context.month is not None:
        return _days(*context.month, term.d1, term.d2)
    if published is None:
        return None
    here = _days(published.year, published.month, term.d1, term.d2)
    if here is not None and here[0] is not None:
        if context.tense == "future" or (context.tense == "" and context.alone) or here[0] <= published:
            return here
    for months in (-1, -2):  # 29日 told in March of a common year was in January
        back = add_months(published.replace(day=1), months)
        span = _days(back.year, back.month, term.d1, term.d2) if back else None
        if span is not None:
            return span
    return None


def _relative_day(term: Term, context: Context) -> Span | None:
    anchor = context.published
    if term.day_base == "c":
        anchor = context.day or anchor
    if anchor is None:
        return None
    day = anchor + timedelta(days=term.day_off)
    return day, day


def _quarter(term: Term, context: Context) -> Span | None:
    published = context.published
    if published is None or term.quarter_off is None:
        return None
    index = published.year * 4 + (published.month - 1) // 3 + term.quarter_off
    year, quarter = divmod(index, 4)
    m1 = quarter * 3 + 1
    if term.edge:
        return _months(year, m1 + 2, m1 + 2)
    return _months(year, m1, m1 + 2)


def _same(term: Term, context: Context) -> Span | None:
    """去年同期: the period just mentioned, moved to the year that is named."""
    base = context.last
    published = context.published
    if base is None or base[0] is None or base[1] is None:
        if published is None:
            return None
        base = (date(published.year, 1, 1), published)
    first, last = base
    if first is None or last is None:
        return None
    years = term.year - last.year if term.year is not None and not term.two_digit else (term.year_off or -1)
    moved = add_months(first, 12 * years), add_months(last, 12 * years)
    if moved[0] is None or moved[1] is None:
        return None
    end_of_month = last.day == days_in(last.year, last.month)
    return moved[0], moved[1].replace(day=days_in(moved[1].year, moved[1].month)) if end_of_month else moved[1]


def _part(span: Span, part: tuple[int, str, str]) -> Span | None:
    """2021年的前2周, 去年的前10天, 今年最后3个月, 明年第九个月: a part of the year or month."""
    number, unit, place = part
    first, last = span
    if first is None or last is None:
        return None
    whole = first, last
    if unit == "month":
        months = 12 * (last.year - first.year) + last.month - first.month + 1
        if not 1 <= number <= months:
            return None
        skip = {"first": 0, "nth": number - 1, "last": months - number}[place]
        begin = add_months(first, skip)
        count = 1 if place == "nth" else number
        return _months(begin.year, begin.month, begin.month + count - 1) if begin else None
    days = number * (7 if unit == "week" else 1)
    if unit == "week":  # weeks begin on Monday and belong to the year their Thursday is in
        monday = first - timedelta(days=first.weekday()) + (timedelta(weeks=1) if first.weekday() > 3 else DAY * 0)
        sunday = last - timedelta(days=last.weekday() + 1) + (timedelta(weeks=1) if last.weekday() >= 3 else DAY * 0)
        whole = monday, sunday
    if place == "last":
        return whole[1] - (days - 1) * DAY, whole[1]
    if place == "first":
        return whole[0], whole[0] + (days - 1) * DAY
    return whole[0] + (number - 1) * DAY, whole[0] + (number - 1) * DAY


def _plain(term: Term, context: Context) -> Span | None:
    if term.part is None:
        return _whole(term, context)
    whole = _whole(term, context)
    return _part(whole, term.part) if whole is not None else None


def _whole(term: Term, context: Context) -> Span | None:
    if term.fixed is not None:
        return term.fixed
    if term.same:
        return _same(term, context)
    if term.length is not None:
        return _from_length(term, context)
    if term.week is not None:
        return _week(term, context)
    if term.half_off is not None and context.published is not None:
        halves = context.published.year * 2 + (context.published.month - 1) // 6 + term.half_off
        return _months(halves // 2, 6 * (halves % 2) + 1, 6 * (halves % 2) + 6)
    if term.quarter_off is not None:
        return _quarter(term, context)
    if term.day_base:
        return _relative_day(term, context)
    if term.month_base:
        return _relative_month(term, context)
    if term.has_year():
        year = _year_of(term, context)
        return None if year is None else _within(term, year)
    if term.d1 and not term.m1:
        return _day_only(term, context)
    return _yearless(term, context)


def _remember(term: Term, span: Span, context: Context) -> None:
    first, last = span
    if term.same or first is None or last is None:
        return
    context.last = span
    if term.length is None and term.week is None:
        said = term.has_year() or context.year is not None or term.fixed is not None or term.month_base or term.day_base
        if said:
            context.year = last.year if term.until is not None else first.year
        context.month = (last.year, last.month) if (first.year, first.month) == (last.year, last.month) else None
        if first == last:
            context.day = first


def resolve(term: Term, context: Context) -> Span | None:
    """First and last day of a phrase, or None where the text and `published` do not give them.

    Keeps in `context` what later phrases of the sentence may lean on.
    """
    try:
        return _resolved(term, context)
    except (OverflowError, ValueError):  # before the year 1 or after 9999
        return None


def _resolved(term: Term, context: Context) -> Span | None:
    span = _plain(term, context)
    if span is None:
        return None
    _remember(term, span, context)
    first, last = span
    if term.until is not None:
        second = term.until
        said = context.year
        context.year = first.year if first is not None and not second.has_year() else said
        inner = resolve(second, context)
        if not term.has_year() and not second.has_year():
            context.year = said
        if inner is None:
            return None
        last = inner[1]
        if not second.has_year() and first and last and last < first and (second.m1 or second.festival):
            later = _within(second, last.year + 1)  # 11月至2月 runs into the next year
            last = later[1] if later is not None else None
        if first and last and last < first:
            return None
        context.last = (first, last)
    if term.opening == "until":
        return None, last
    if term.opening == "since":
        published = context.published
        if first and published and first <= published:
            context.last = (first, published)
            return first, published
        return first, None
    if term.opening == "after" and last is not None and (first != last):
        return last + DAY, None
    if term.opening in ("from", "after"):
        return first, None
    return first, last
