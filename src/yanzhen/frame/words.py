"""The word lists of page furniture, loaded once: what is no article, who signs, what a newspaper calls its columns."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from yanzhen.data import rows

if TYPE_CHECKING:
    from collections.abc import Iterable


def alternatives(forms: Iterable[str]) -> str:
    """The forms as one regex alternation, longest first."""
    return "|".join(re.escape(form) for form in sorted(set(forms), key=lambda form: (-len(form), form))) or r"(?!)"


@dataclass(frozen=True, slots=True)
class Furniture:
    """What a line of a page is that belongs to no article: found whole, by its beginning or by its end."""

    exact: dict[str, str]
    prefix: re.Pattern[str]
    prefix_kind: dict[str, str]
    credit_end: re.Pattern[str]
    menu: frozenset[str]


@cache
def furniture() -> Furniture:
    """Rows of `frame/boilerplate.csv`."""
    table = rows("frame/boilerplate.csv")
    prefixes = {row["form"]: row["kind"] for row in table if row["match"] == "prefix"}
    return Furniture(
        exact={row["form"]: row["kind"] for row in table if row["match"] == "exact"},
        prefix=re.compile(alternatives(prefixes)),
        prefix_kind=prefixes,
        credit_end=re.compile(rf"(?:{alternatives(row['form'] for row in table if row['match'] == 'suffix')})$"),
        menu=frozenset(row["form"] for row in table if row["match"] == "token"),
    )


@cache
def media_endings() -> re.Pattern[str]:
    """How the names of publishers end."""
    return re.compile(rf"(?:{alternatives(row['form'] for row in rows('frame/media.csv'))})$")
