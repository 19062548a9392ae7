"""When a text was written, concluded from what it mentions.

Every month is scored by the evidence of `yanzhen.frame.evidence`; the best one wins, and what decided it is kept as
reasons.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Literal

from yanzhen.frame.evidence import FIRST, LAST, MENTIONED, Day, Evidence, Month, clip, month_of, number
from yanzhen.frame.mentions import mentions
from yanzhen.frame.occasions import occasions

if TYPE_CHECKING:
    from yanzhen.frame.dates import Written

FADING = 0.9  # how much a text is less likely, the longer after the latest thing known to have happened
LIKELY = 2017, 2026  # where several years fit and nothing else tells, texts that people have as files are of these


@dataclass(frozen=True, slots=True)
class Dating:
    """A date of writing. `reasons` are sentences in Chinese, strongest first."""

    published: str | None
    precision: Literal["day", "month", "year"] | None
    inferred: bool
    reasons: tuple[str, ...]


_CHINESE_DIGITS = str.maketrans("〇零○一二三四五六七八九", "000123456789")
_CHINESE_YEAR = re.compile(r"(?:一九|二[〇零○])[〇零○一二三四五六七八九]{2}(?=年)")
_CHINESE_MONTH = re.compile(
    r"(?:(?P<y>(?:19|20)\d\d年|[今去]年)(?P<m>[一二三四五六七八九]|十[一二]?)月(?:(?P<d>[一二三四五六七八九十]{1,3})日)?)"
)


def gather(text: str) -> Evidence:
    """All evidence a text holds."""
    found = Evidence()
    text = _CHINESE_YEAR.sub(lambda match: match.group().translate(_CHINESE_DIGITS), text)
    text = _CHINESE_MONTH.sub(_in_digits, text)
    mentions(text, found)
    _horizon(found)
    days = [at for at, (weight, _) in found.rel_lower.items() if weight >= 0.9]
    if days and min(days) <= 2 and max(days) >= 11:
        # In January, days of December are those of last year.
        found.rel_lower = {at: item for at, item in found.rel_lower.items() if at < 11}
    for match in _DAY_ONLY.finditer(text):
        found.days.append(Day(None, 0, int(match[1]), f"“{clip(text, *match.span())}”：当天或次日发表"))
    _unnamed_year(found)
    occasions(text, found)
    return found


_DAY_ONLY = re.compile(r"(?:(?<![\d月年至到—-])|(?<=[本当]月))(\d{1,2})日(?=[,上下从在召举获讯发公披电])")


def _in_digits(match: re.Match[str]) -> str:
    day = f"{number(match['d'])}日" if match["d"] else ""
    return f"{match['y'] or ''}{number(match['m'])}月{day}"


def _unnamed_year(found: Evidence) -> None:
    """Whoever writes 今年, or months without a year, gives other years with their number: the last is over."""
    if not found.years or not found.now:
        return
    last = max(found.years)
    if last in found.own or not found.years[last].isdisjoint({"part", "event"}):
        return  # the news itself, or results of part of a year, are told of the current year
    weight = min(found.now, 1.3) * (0.8 if found.years[last] == {"month"} else 1.0)
    first = month_of(last + 1, 1)
    found.votes.append((first, first + 11, weight, f"当年的事不写年份，而{last}年写明年份：当年应为{last + 1}年"))
    found.votes.append((first + 12, first + 23, weight * 0.35, f"{last}年之后的年份没有写明"))


def _horizon(found: Evidence) -> None:
    """Plans are told one to three years ahead; those for the year of writing mostly without its number."""
    # The ends of five-year plans are everybody's targets and tell nothing.
    near = [at for at in found.upper if (at % 12 != 11 or (at // 12) % 5) and at not in found.targets]
    if not near:
        return
    first = min(near)
    ahead = first // 12
    weights = (0.25, 0.6, 0.3) if first % 12 != 11 else (0.2, 0.45, 0.3, 0.15)
    for back, weight in enumerate(weights):
        start = month_of(ahead - back, 1)
        found.votes.append((start, start + 11, weight, f"计划中的事在{ahead}年"))


def date_text(text: str, stray: Written | None = None, hints: tuple[tuple[int, str], ...] = ()) -> Dating:
    """When a text was written.

    Args:
        text: the clean text of its articles.
        hints: years that the page gives beside its text (`〔2023〕12号`, `2022年第8期`), each with the words.
        stray: a day that the page gives without its year (`03-12`, a dateline's `5月20日`).

    Returns:
        The date, always inferred; without evidence of a year there is none.
    """
    found = gather(text)
    if stray is not None and stray.month:
        found.rel_votes.append((stray.month, stray.month, 3.0, f"页面给出“{stray.text}”(无年份)"))
    for year, words in hints:
        found.votes.append((month_of(year, 1), month_of(year, 12), 2.0, f"页面写有“{words}”：{year}年"))
    best = _best(found)
    if best is None:
        return Dating(None, None, False, ("文中没有可推断年份的依据",))
    year, month = best // 12, best % 12 + 1
    reasons = _reasons(found, best)
    if stray is not None and stray.month == month and stray.day:
        return Dating(f"{year:04d}-{month:02d}-{stray.day:02d}", "day", True, reasons)
    day = _latest_day(found, best)
    if day is not None:
        return Dating(f"{year:04d}-{month:02d}-{day.day:02d}", "day", True, (day.reason, *reasons))
    if _month_is_known(found, best):
        return Dating(f"{year:04d}-{month:02d}", "month", True, reasons)
    return Dating(f"{year:04d}", "year", True, reasons)


def _best(found: Evidence) -> Month | None:
    anchors = [at for at, (weight, _) in found.lower.items() if weight >= 0.5]
    anchors += [first for first, _, weight, _ in found.votes if weight >= 0.25]
    if not anchors:
        return None
    # Nothing is written long before the latest thing it tells, nor long after it.
    low = month_of(max(FIRST, min(anchors) // 12), 1)
    high = month_of(min(LAST, max(anchors) // 12 + 2), 12)
    size = high - low + 1
    score = [0.0] * (size + 1)  # differences, summed up below

    def put(first: Month, last: Month, weight: float) -> None:
        first, last = max(first, low), min(last, high)
        if first <= last:
            score[first - low] += weight
            score[last - low + 1] -= weight

    for at, (weight, _) in found.lower.items():
        put(low, at - 1, -weight)
    for at, (weight, _) in found.upper.items():
        put(at + 1, high, -weight)
    for first, last, weight, _ in found.votes:
        put(first, last, weight)
    inner = [0.0] * 13
    for m in range(1, 13):
        inner[m] -= sum(weight for at, (weight, _) in found.rel_lower.items() if m < at)
        inner[m] -= sum(weight for at, (weight, _) in found.rel_upper.items() if m > at)
        # Seasons that cross the year's end have their first month after their last.
        inner[m] += sum(
            weight
            for first, last, weight, _ in found.rel_votes
            if (first <= m <= last if first <= last else m >= first or m <= last)
        )
    firm = [at for at, (weight, _) in found.lower.items() if weight >= MENTIONED * 0.9]
    latest = max(firm, default=0)
    within = max((at for at, (weight, _) in found.rel_lower.items() if weight >= 1), default=1)
    best, best_score, total = low, float("-inf"), 0.0
    for t in range(low, high + 1):
        total += score[t - low]
        value = total + inner[t % 12 + 1]
        if firm:
            since = max(latest, month_of(t // 12, within)) if t >= latest else latest
            value -= FADING * (_delay(t - since) + 0.5 * _delay(t - latest))
        elif not LIKELY[0] <= t // 12 <= LIKELY[1]:
            value -= 0.3
        if value > best_score + 1e-9:
            best, best_score = t, value
    return best


def _delay(months: int) -> float:
    """0 for none, a half for ten months, approaching 1."""
    return months / (months + 10) if months > 0 else 0.0


def _month_is_known(found: Evidence, best: Month) -> bool:
    """Whether something says the month: a month that is just over, a season, a statistic, a conference."""
    month = best % 12 + 1
    if best in found.fine or (best - 1 in found.fine and month_of(best // 12, 1) == best):
        return True
    if any(at == month and weight >= 0.8 for at, (weight, _) in found.rel_lower.items()):
        return True
    for first, last, weight, _ in found.rel_votes:
        inside = first <= month <= last if first <= last else month >= first or month <= last
        if inside and weight >= 0.7:
            return True
    return any(first <= best <= last and last - first <= 2 and weight >= 0.8 for first, last, weight, _ in found.votes)


def _latest_day(found: Evidence, best: Month) -> Day | None:
    """The last day of the month found on which something happened, unless what is told reaches beyond that day."""
    year, month = best // 12, best % 12 + 1
    days = [day for day in found.days if day.month == month and day.year in {None, year} and _exists(year, day)]
    if not days:
        bare = [replace(day, month=month) for day in found.days if not day.month]
        days = [day for day in bare if _exists(year, day)]
    return max(days, key=lambda day: day.day, default=None)


def _exists(year: int, day: Day) -> bool:
    try:
        date(year, day.month, day.day)
    except ValueError:
        return False
    return True


def _reasons(found: Evidence, best: Month) -> tuple[str, ...]:
    """What decided the date, strongest first."""
    month = best % 12 + 1
    said: list[tuple[float, str]] = [
        (weight, reason) for first, last, weight, reason in found.votes if first <= best <= last and weight >= 0.6
    ]
    said += [(weight, reason) for first, last, weight, reason in found.rel_votes if first <= month <= last]
    below = sorted((at for at in found.lower if at <= best), reverse=True)[:3]
    said += [found.lower[at] for at in below]
    above = sorted(at for at in found.upper if at >= best)[:1]
    said += [found.upper[at] for at in above]
    said += [found.rel_lower[at] for at in sorted((at for at in found.rel_lower if at <= month), reverse=True)[:2]]
    said += [found.rel_upper[at] for at in sorted(at for at in found.rel_upper if at >= month)[:1]]
    ranked = sorted(said, key=lambda item: -item[0])
    return tuple(dict.fromkeys(reason for _, reason in ranked))[:8]
