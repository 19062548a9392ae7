"""Words shown for the codes of the fact model, from `data/labels/`."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from yanzhen.data import rows

if TYPE_CHECKING:
    from yanzhen.data import Row

TABLE = "labels/zh.csv"


@cache
def _table() -> dict[tuple[str, str], Row]:
    return {(row["group"], row["key"]): row for row in rows(TABLE)}


def label(group: str, key: str) -> str:
    """What people call `key`; the key itself where no row names it (units are kept as written)."""
    row = _table().get((group, key))
    return key if row is None else row["label"]


def phrase(group: str, key: str) -> str:
    """The wording of a sentence about `key`, with its slots in braces."""
    return _table()[group, key]["phrase"]


def has(group: str, key: str) -> bool:
    """Whether a row names `key`."""
    return (group, key) in _table()


def choices(group: str) -> tuple[tuple[str, str], ...]:
    """Keys and labels of a group, in the order of the table."""
    return tuple((key, row["label"]) for (of, key), row in _table().items() if of == group)
