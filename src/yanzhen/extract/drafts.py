"""One number on its way to an observation, and what several finders ask about numbers."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from yanzhen.data import rows, split

if TYPE_CHECKING:
    from yanzhen.extract.mentions import Mention
    from yanzhen.extract.scene import Scene
    from yanzhen.facts.records import Measure
    from yanzhen.quantify import Quantity

TIME_UNITS = frozenset({"day", "workday", "hour", "month", "year", "minute", "week", "s"})
MONEY = frozenset({"CNY", "USD", "EUR", "HKD", "JPY", "TWD", "GBP", "KRW"})
AREA = frozenset({"mu", "m2", "km2", "ha"})
UNNAMED = "金额"  # an amount of which no word says what it is


@cache
def cue_pattern(kind: str, value: str = "") -> re.Pattern[str]:
    forms = {
        f for r in rows("words/observation_cues.csv") if r["class"] == kind and (not value or r["value"] == value)
        for f in split(r["form"])
    }  # fmt: skip
    return re.compile("|".join(map(re.escape, sorted(forms, key=len, reverse=True))))


@dataclass(frozen=True, slots=True)
class Draft:
    """What is known of one quantity while its neighbours are still looked at."""

    quantity: Quantity
    clause: tuple[int, int]
    metric: str
    measure: Measure
    start: int  # of the evidence
    end: int
    of: str | None = None
    owner: Mention | None = None  # the fund that the amount is a part of the name of
    shares: bool = False  # whose metric, and so whose holder, is that of the number before
    negative: bool = False
    benefit: bool = False  # what a policy gives
    origin: str = "observation:left"


def list_start(scene: Scene, quantity: Quantity, clause: tuple[int, int]) -> int:
    """Where the list of like numbers begins that a number stands in (`分别增长|5%、8%`)."""
    at = quantity.start
    for other in reversed(scene.quantities_in(clause[0], quantity.start)):
        if other.unit != quantity.unit or scene.text[other.end : at] not in ("、", "和", "及", "与"):
            break
        at = other.start
    return at
