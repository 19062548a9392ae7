"""Numbers, units and periods of a Chinese text, exactly.

`quantities` and `periods` read any text and give offsets into it; `quantities_in`, `periods_in` and `numbers_in` read a
text that `yanzhen.fold` has cleaned already. What every phrase means is written down in `docs/quantities.md`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from yanzhen.fold import fold
from yanzhen.quantify.records import Cmp, Period, Quantity
from yanzhen.quantify.scan import resolved, scan, without_collecting

if TYPE_CHECKING:
    from datetime import date

__all__ = ["Cmp", "Period", "Quantity", "numbers_in", "periods", "periods_in", "quantities", "quantities_in"]


def quantities(text: str, published: date | None = None) -> list[Quantity]:
    """Every quantity of `text`, in order and without overlap. Offsets are code points of `text`.

    Args:
        text: any text; script, width, stray spaces and scanner's slips do not matter.
        published: the day it was written on; numbers do not depend on it.
    """
    del published
    found = []
    with without_collecting(text):
        folded = fold(text)
        for quantity in quantities_in(folded.text):
            start, end = folded.to_original(quantity.start, quantity.end)
            found.append(
                Quantity(quantity.value, quantity.value_high, quantity.unit, quantity.cmp, start, end, text[start:end])
            )
    return found


def periods(text: str, published: date | None) -> list[Period]:
    """Every period of `text` that it and `published` give, in order. Offsets are code points of `text`.

    Args:
        text: any text; script, width, stray spaces and scanner's slips do not matter.
        published: the day it was written on, None if nobody knows: then 去年 and the like give nothing.
    """
    found = []
    with without_collecting(text):
        folded = fold(text)
        for period in periods_in(folded.text, published):
            start, end = folded.to_original(period.start, period.end)
            found.append(Period(period.first, period.last, start, end, text[start:end]))
    return found


def quantities_in(clean: str) -> list[Quantity]:
    """`quantities` of a text that is clean already; offsets into it."""
    return list(scan(clean).quantities)


def periods_in(clean: str, published: date | None) -> list[Period]:
    """`periods` of a text that is clean already; offsets into it."""
    return resolved(clean, scan(clean).terms, published)


def numbers_in(clean: str, published: date | None) -> tuple[list[Quantity], list[Period]]:
    """Both at once, in one pass."""
    found = scan(clean)
    return found.quantities, resolved(clean, found.terms, published)
