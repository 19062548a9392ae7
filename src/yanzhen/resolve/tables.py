"""The word lists that names are compared by, each read once from `data/`."""

from __future__ import annotations

import re
from functools import cache

from yanzhen.data import rows, split


def alternatives(forms: frozenset[str] | set[str]) -> str:
    """The forms as one branch of a regular expression, longest first."""
    return "|".join(re.escape(form) for form in sorted(forms, key=lambda f: (-len(f), f)))


@cache
def rewriting(kind: str) -> tuple[re.Pattern[str], dict[str, str]] | None:
    """Long forms of one entity type and the short form each is written as to be compared."""
    short = {
        alias.casefold(): row["form"]
        for row in rows("names/short_forms.csv")
        if kind in split(row["types"])
        for alias in split(row["aliases"])
        if alias != row["form"]
    }
    if not short:
        return None
    # A short form stands for itself, so that 管委会 is not read as 管委 and 会.
    short |= {form: form for form in set(short.values())}
    latin = {form for form in short if form.isascii()}
    pattern = alternatives(set(short) - latin)
    if latin:
        pattern += rf"|(?<![a-z])(?:{alternatives(latin)})(?![a-z])"
    return re.compile(pattern), short


@cache
def parts(kind: str) -> tuple[str, ...]:
    """The words of one class of `names/parts.csv`, longest first."""
    forms = {form for row in rows("names/parts.csv") if row["class"] == kind for form in split(row["form"])}
    return tuple(sorted(forms, key=lambda form: (-len(form), form)))


@cache
def part_at_end(kind: str) -> re.Pattern[str]:
    """A word of this class at the end of a name."""
    return re.compile(f"(?:{alternatives(frozenset(parts(kind)))})$")


@cache
def trades() -> dict[str, str]:
    """Words behind the coined word of a firm's name -> `generic` (says nothing) or `trade`."""
    return {row["form"]: row["kind"] for row in rows("names/trades.csv")}


@cache
def longest_trade() -> int:
    """Characters of the longest trade word."""
    return max(map(len, trades()))


@cache
def legal_forms() -> re.Pattern[str]:
    """A legal form at the end of a name, Chinese or foreign."""
    han: set[str] = set()
    latin: set[str] = set()
    for row in rows("names/legal_forms.csv"):
        if row["form"] in (
            "科技有限公司",
            "投资有限公司",
            "(中国)有限公司",
            "(中国)投资有限公司",
            "分公司",
            "专业合作社",
        ):
            continue  # these hold a word of the name itself
        for form in (row["form"], *split(row["aliases"])):
            (latin if form.isascii() else han).add(form.casefold())
    joined = alternatives(han | {"公司", "有限"})
    return re.compile(rf"(?:{joined})$|[\s,.]+(?:{alternatives(latin)})\.?$")


@cache
def endings(*kinds: str) -> frozenset[str]:
    """Forms of `names/org_suffixes.csv` that end names of these types for sure."""
    return frozenset(
        row["form"] for row in rows("names/org_suffixes.csv") if row["type"] in kinds and row["strength"] == "sure"
    )


@cache
def common_nouns() -> frozenset[str]:
    """Nouns that name nothing by themselves."""
    return frozenset(row["form"] for row in rows("names/generic_nouns.csv"))


@cache
def lookalikes() -> dict[str, frozenset[str]]:
    """Character -> characters that print and scanners take it for."""
    found: dict[str, set[str]] = {}
    for row in rows("names/lookalikes.csv"):
        group = split(row["form"])
        for char in group:
            found.setdefault(char, set()).update(c for c in group if c != char)
    return {char: frozenset(others) for char, others in found.items()}


@cache
def titles() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Titles in front of and behind a person's name."""
    forms = {row["form"] for row in rows("names/titles.csv")}
    joined = alternatives(forms)
    return re.compile(rf"^(?:{joined})"), re.compile(rf"(?:{joined})$")


@cache
def surnames() -> frozenset[str]:
    """Chinese surnames of one or two characters."""
    return frozenset(row["form"] for row in rows("names/surnames.csv"))


@cache
def vocabulary() -> frozenset[str]:
    """Words that many names share: trades, endings of names, common nouns."""
    every = {row["form"] for row in rows("names/org_suffixes.csv")}
    return frozenset(form for form in (*trades(), *every, *common_nouns()) if len(form) > 1)


@cache
def _vocabulary_pattern() -> re.Pattern[str]:
    return re.compile(alternatives(vocabulary()))


def proper_part(text: str) -> str:
    """What is left of a name when every word that many names share is taken out of it."""
    return re.sub(r"[\d.\W]+", "", _vocabulary_pattern().sub("", text))


def words_start(text: str) -> frozenset[int]:
    """Offsets where a known word begins, and 0."""
    known = vocabulary()
    found = {0}
    for at in range(len(text)):
        if any(text[at : at + size] in known for size in (2, 3, 4)):
            found.add(at)
    return frozenset(found)
