"""The lunar calendar from the table of `words/lunar_years.csv`, and the solar terms from the place of the sun."""

from __future__ import annotations

import math
from datetime import date, timedelta
from functools import cache
from typing import NamedTuple

from yanzhen.data import rows, split


class _Year(NamedTuple):
    first: date
    months: tuple[int, ...]  # days of each month, the doubled one twice
    leap: int  # the month that is doubled, 0 if none


@cache
def _years() -> dict[int, _Year]:
    return {
        int(row["year"]): _Year(
            date.fromisoformat(row["first"]), tuple(int(days) for days in split(row["months"])), int(row["leap"])
        )
        for row in rows("words/lunar_years.csv")
    }


def lunar_span(year: int, month: int, day: int = 0, leap: bool = False) -> tuple[date, date] | None:
    """First and last day of a lunar month, or of one day of it; None where the calendar or the table has none."""
    found = _years().get(year)
    if found is None or not 1 <= month <= 12 or (leap and month != found.leap):
        return None
    index = month - 1 + (leap or 0 < found.leap < month)
    first = found.first + timedelta(days=sum(found.months[:index]))
    if not day:
        return first, first + timedelta(days=found.months[index] - 1)
    if not 1 <= day <= found.months[index]:
        return None
    first += timedelta(days=day - 1)
    return first, first


def solar_term(year: int, degrees: int) -> date | None:
    """The day in China on which the sun reaches a longitude (清明 is 15, 冬至 is 270) in a calendar year."""
    if not 1600 <= year <= 2400:
        return None
    guess = date(year, 1, 5) + timedelta(days=round((degrees - 285) % 360 * 1.01456) - 3)
    for _ in range(7):
        day = guess + timedelta(days=1)
        if _ahead(guess, degrees) < 0 <= _ahead(day, degrees):
            return guess
        guess = day
    return None


def _ahead(day: date, degrees: int) -> float:
    """How far the sun is past a longitude at the beginning of a day in China (Meeus, Astronomical Algorithms, 25)."""
    t = (day.toordinal() + 1721424.5 - 8 / 24 - 2451545) / 36525
    mean, anomaly = 280.46646 + 36000.76983 * t, math.radians(357.52911 + 35999.05029 * t)
    centre = (1.914602 - 0.004817 * t) * math.sin(anomaly) + 0.019993 * math.sin(2 * anomaly)
    node = math.radians(125.04 - 1934.136 * t)
    return (mean + centre - 0.00569 - 0.00478 * math.sin(node) - degrees + 180) % 360 - 180
