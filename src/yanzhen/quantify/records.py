"""What this room hands out. Offsets count code points of the text it was asked about, end exclusive."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from datetime import date

Cmp = Literal["=", ">", ">=", "<", "<=", "~"]


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with what it counts.

    Attributes:
        value: the plain number, 万 and 亿 multiplied out; the low end of a range.
        value_high: the high end of a range, else None.
        unit: `CNY`, `%`, `count`, `m2`, `t/year`, ... ; empty where the number stands alone.
        cmp: how the real figure relates to `value`.
        text: the phrase as written, `text[start:end]` of what was asked about.
    """

    value: float
    value_high: float | None
    unit: str
    cmp: Cmp
    start: int
    end: int
    text: str

    def __post_init__(self) -> None:
        # 9.3 * 1e8 is 930000000.0000001: a float keeps 15 digits exactly, and no written number has more.
        for name in ("value", "value_high"):
            number = getattr(self, name)
            if number is not None:
                object.__setattr__(self, name, float(f"{number:.15g}"))


@dataclass(frozen=True, slots=True)
class Period:
    """A stretch of days, both ends inclusive; None is an open end, never an unknown one on both sides."""

    first: date | None
    last: date | None
    start: int
    end: int
    text: str
