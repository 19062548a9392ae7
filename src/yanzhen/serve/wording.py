"""Statements as Chinese sentences: numbers, periods and fields worded for people, nothing added and nothing lost."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, assert_never

from yanzhen.facts import Claim, Milestone, Observation, Policy, Relation, Statement
from yanzhen.serve.labels import has, label, phrase
from yanzhen.store import FIRST_DAY, LAST_DAY

if TYPE_CHECKING:
    from collections.abc import Iterator

    from yanzhen.facts.records import Period

_MYRIAD = Decimal(10_000)
_YI = Decimal(100_000_000)


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of a sentence.

    Attributes:
        text: as shown.
        role: `name` for a person, place or thing, `value` for a number, `when` for a period, `plain` for the rest.
        exact: the exact value where `text` is a number worded for readers.
    """

    text: str
    role: str = "plain"
    exact: str = ""


@dataclass(frozen=True, slots=True)
class Reading:
    """A statement in words. `status` is its modality or status; empty for policies, which have none."""

    parts: tuple[Part, ...]
    status: str

    @property
    def text(self) -> str:
        return "".join(part.text for part in self.parts)


def number(value: float) -> str:
    """All digits of a number, thousands parted: `7,110,000,000`, `58.9`."""
    return f"{_decimal(value):,f}"


def _decimal(value: float) -> Decimal:
    """The number as it was written: the shortest decimal that is this float."""
    exact = Decimal(repr(value))
    return exact.quantize(Decimal(1)) if exact == exact.to_integral_value() and abs(exact) < 10**20 else exact


def _scaled(value: float) -> tuple[str, str]:
    """Digits and multiplier as Chinese readers expect them: 71.1 and 亿, 5 and 万, 9,860 and nothing."""
    exact = _decimal(value)
    for size, name in ((_YI, "亿"), (_MYRIAD, "万")):
        if abs(exact) >= size:
            part = (exact / size).normalize()
            # 1.23456789亿 is no easier to read than the plain number.
            if -int(part.as_tuple().exponent) <= 4:
                return f"{part:,f}", name
    if -int(exact.as_tuple().exponent) > 4:
        exact = round(exact, 4).normalize()
    return f"{exact:,f}", ""


_PER = re.compile(r"(?P<unit>[^/]+)/(?P<per>.+)")


def unit_words(unit: str) -> str:
    """A unit in words; a compound one (CNY/mu) by its parts where it has no row of its own."""
    match = _PER.fullmatch(unit)
    if match is None or has("unit", unit):
        return label("unit", unit)
    return f"{label('unit', match['unit'])}/{label('unit', match['per'])}"


def amount(value: float, high: float | None, unit: str) -> Part:
    """A quantity as Chinese readers expect it, such as `71.1亿元`, with its exact value beside it."""
    digits, scale = _scaled(value)
    words = unit_words(unit)
    exact = f"{number(value)}{words}"
    if high is None:
        return Part(f"{digits}{scale}{words}", "value", exact)
    digits_high, scale_high = _scaled(high)
    low = digits if scale == scale_high else digits + scale
    return Part(f"{low}—{digits_high}{scale_high}{words}", "value", f"{number(value)}—{number(high)}{words}")


def day_words(iso: str) -> str:
    """A date of any precision: `2023年7月26日`, `2023年7月`, `2023年`; anything else as it is."""
    match = re.fullmatch(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?", iso)
    if match is None:
        return iso
    year, month, day = (None if part is None else int(part) for part in match.groups())
    return f"{year}年" + ("" if month is None else f"{month}月") + ("" if day is None else f"{day}日")


# First and last month of the parts of a year that have a name.
_SPANS = {
    (1, 12): "", (1, 6): "上半年", (7, 12): "下半年", (1, 3): "第一季度", (4, 6): "第二季度", (7, 9): "第三季度",
    (10, 12): "第四季度", (1, 9): "前三季度",
}  # fmt: skip


def period_words(period: Period | None) -> str:
    """A period: `2023年上半年`, `2021—2025年`, `截至2022年12月`, `2020年6月起`; empty where there is none."""
    first, last = period or (None, None)
    first = None if first == FIRST_DAY else first
    last = None if last == LAST_DAY else last
    if first is None or last is None:
        return f"截至{_edge(last, True)}" if last else f"{_edge(first, False)}起" if first else ""
    start, end = _date(first), _date(last)
    if start is None or end is None or end < start:
        return f"{first}—{last}"
    if start == end:
        return day_words(first)
    if start.day != 1 or not _is_month_end(end):
        return f"{day_words(first)}—{day_words(last)}"
    if start.year == end.year:
        if start.month == end.month:
            return f"{start.year}年{start.month}月"
        named = _SPANS.get((start.month, end.month))
        return f"{start.year}年{f'{start.month}—{end.month}月' if named is None else named}"
    if start.month == 1 and end.month == 12:
        return f"{start.year}—{end.year}年"
    return f"{start.year}年{start.month}月—{end.year}年{end.month}月"


def _edge(day: str | None, is_last: bool) -> str:
    """One end of a period that is open at the other: the month or year where it is a whole one's end."""
    found = _date(day or "")
    if found is None:
        return day or ""
    if is_last and _is_month_end(found):
        return f"{found.year}年底" if found.month == 12 else f"{found.year}年{found.month}月底"
    if not is_last and found.day == 1:
        return f"{found.year}年" if found.month == 1 else f"{found.year}年{found.month}月"
    return day_words(found.isoformat())


def _date(iso: str) -> date | None:
    try:
        return date.fromisoformat(iso)
    except ValueError:
        return None


def _is_month_end(day: date) -> bool:
    return day.day == calendar.monthrange(day.year, day.month)[1]


def read(statement: Statement) -> Reading:
    """The statement as a sentence."""
    match statement:
        case Observation():
            return Reading(tuple(_observation(statement)), statement.modality)
        case Milestone():
            return Reading(tuple(_milestone(statement)), statement.status)
        case Relation():
            return Reading(tuple(_relation(statement)), statement.status)
        case Policy():
            return Reading(tuple(_policy(statement)), "")
        case Claim():
            return Reading(tuple(_claim(statement)), statement.status)
        case _:
            assert_never(statement)


def _name(text: str | None) -> Part:
    return Part(text, "name") if text else Part("（未指明主体）")


def _when(period: Period | None) -> Iterator[Part]:
    words = period_words(period)
    if words:
        yield Part(words, "when")


def _slots(template: str, **slots: Part | None) -> Iterator[Part]:
    """The template with its slots filled; a slot with nothing to fill it is left out."""
    for piece in re.split(r"(\{\w+\})", template):
        if piece.startswith("{"):
            slot = slots[piece[1:-1]]
            if slot is not None:
                yield slot
        elif piece:
            yield Part(piece)


def _observation(said: Observation) -> Iterator[Part]:
    yield _name(said.subject)
    yield from _joined(_when(said.period))
    yield Part(said.metric, "metric")
    value = amount(said.value, said.value_high, said.unit)
    wording = phrase("measure", _measure(said))
    if said.value < 0 and "fall" in _measure(said):
        high = None if said.value_high is None else abs(said.value_high)
        value = amount(abs(said.value), high, said.unit)
        value = Part(value.text, value.role, f"-{value.exact}")
    if said.measure == "rank":
        value = Part(f"第{number(said.value)}位", "value", number(said.value))
    of = Part(said.of, "name") if said.of else None
    for part in _slots(wording, value=value, of=of):
        if part is value and said.cmp != "=":
            yield Part(label("comparator", said.cmp), "cmp")
        yield part


def _measure(said: Observation) -> str:
    """The row that words this measure: the special one where what makes it special holds."""
    variants = (("equal", said.cmp == "="), ("fall", said.value < 0), ("bare", not said.of))
    special = (f"{said.measure}.{name}" for name, holds in variants if holds)
    return next((key for key in special if has("measure", key)), said.measure)


def _milestone(said: Milestone) -> Iterator[Part]:
    yield _name(said.project)
    beside = [name for name in (said.owner, said.place) if name]
    if beside:
        yield Part("（")
        for n, name in enumerate(beside):
            yield from (Part("，"),) if n else ()
            yield Part(name, "name")
        yield Part("）")
    yield from _joined(_when(said.date))
    yield Part(label("stage", said.stage), "stage")


def _relation(said: Relation) -> Iterator[Part]:
    yield from _before(_when(said.date))
    yield from _slots(
        phrase("predicate", said.predicate), subject=_name(said.subject), object=Part(said.object, "name")
    )
    if said.role:
        yield Part(f"（{said.role}）")


def _policy(said: Policy) -> Iterator[Part]:
    if said.issuer:
        yield Part(said.issuer, "name")
        yield Part("：")
    if said.policy:
        yield Part(said.policy, "name")
        yield Part("，")
    if said.beneficiary and said.beneficiary not in said.benefit:
        yield Part(f"面向{said.beneficiary}，")
    yield Part(said.benefit)
    if said.condition:
        yield Part(f"；条件：{said.condition}")
    for word, period in (("有效期", said.valid), ("申报期", said.window)):
        for when in _when(period):
            yield Part(f"；{word}")
            yield when


def _claim(said: Claim) -> Iterator[Part]:
    if said.attribution:
        yield Part("据")
        yield Part(said.attribution, "name")
        yield Part("，")
    yield Part(said.subject, "name")
    yield Part("被称为“" if said.status == "actual" else "要成为“")
    yield Part(said.claim, "claim")
    yield Part("”")


def _joined(parts: Iterator[Part]) -> Iterator[Part]:
    """Set off from the name before it, so that `A园区2023年` is not read as one word."""
    for part in parts:
        yield Part("，")
        yield part


def _before(parts: Iterator[Part]) -> Iterator[Part]:
    for part in parts:
        yield part
        yield Part("，")
