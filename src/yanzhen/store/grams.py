"""Search tokens: every pair of neighbouring characters, so that any substring can be found, of one character up.

SQLite's own tokenizers find nothing in Chinese (unicode61) or nothing below three characters (trigram). A text of n
characters becomes n tokens: its bigrams and its last character. A longer query is the phrase of its bigrams; a query
of one character is a prefix, as every character of a text begins a token.
"""

from __future__ import annotations

from itertools import pairwise

from yanzhen.fold import fold

SPACE = "\u2423"  # stands for white space inside a token, where a real one would part it


def key(text: str) -> str:
    """A text as it is searched for: its words simplified, half-width and in lower case, parted by one blank.

    Words are folded one by one, as folding takes out the white space between Chinese ones.
    """
    return " ".join(part for word in text.split() for part in fold(word).text.lower().split())


def grams(clean: str) -> str:
    """The tokens of a folded text, separated by blanks."""
    text = SPACE.join(clean.lower().split())
    return " ".join([*map("".join, pairwise(text)), text[-1:]])


def match(query: str) -> str | None:
    """The FTS5 expression that finds every text holding all blank-separated terms of `query`; None if it has none."""
    terms = key(query).split()
    return " AND ".join(_phrase(term) for term in terms) if terms else None


def _phrase(term: str) -> str:
    quoted = term.replace('"', '""')
    if len(term) == 1:
        return f'"{quoted}" *'
    pairs = " ".join(map("".join, pairwise(term))).replace('"', '""')
    return f'"{pairs}"'
