"""What comparing two names gives: how alike, one thing or not or open, and why."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Match:
    """The outcome of comparing two names of one type.

    Attributes:
        score: 0 to 1, how sure it is that both name one thing; 0.5 says nothing.
        same: True one thing, False two things, None where the names alone cannot tell.
        reasons: sentences a person can read, the deciding one first.
    """

    score: float
    same: bool | None
    reasons: tuple[str, ...]

    def because(self, *reasons: str, less: float = 0.0) -> Match:
        """The same outcome with further reasons, a little less sure."""
        score = max(self.score - less, 0.0) if self.same is not False else self.score
        return Match(round(score, 3), self.same, (*self.reasons, *reasons))


def yes(score: float, *reasons: str) -> Match:
    """Both name one thing."""
    return Match(score, True, reasons)


def no(*reasons: str, score: float = 0.05) -> Match:
    """They name two things."""
    return Match(score, False, reasons)


def unclear(*reasons: str, score: float = 0.5) -> Match:
    """The names alone cannot tell."""
    return Match(score, None, reasons)
