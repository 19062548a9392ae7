"""Rendition -> articles with titles, writers, spans and dates of writing; reposts and near-duplicates.

Comes in: folded text and what the file says of itself. Goes out: a `Frame`. It states no facts and never looks at a
clock: where the text gives no date, one is concluded from what the text mentions, marked as inferred, with reasons.
"""

from yanzhen.frame.frame import Frame, FramedArticle, Meta, frame
from yanzhen.frame.reposts import Difference, Likeness, compare_articles, near_duplicates

__all__ = [
    "Difference",
    "Frame",
    "FramedArticle",
    "Likeness",
    "Meta",
    "compare_articles",
    "frame",
    "near_duplicates",
]
