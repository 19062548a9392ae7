"""How much a word looks made up for a firm, by its characters."""

from __future__ import annotations

from functools import cache

from yanzhen.data import rows

_UNSEEN = 0.5


@cache
def _weights() -> dict[str, float]:
    """How much likelier a character is in a firm's coined word than in running text (natural logarithm)."""
    return {char: float(row["weight"]) for row in rows("names/coined_chars.csv") for char in row["form"]}


def coinage(word: str) -> float:
    """The mean weight of the characters of a word; rare characters count a little."""
    weights = _weights()
    return sum(weights.get(char, _UNSEEN) for char in word) / len(word)
