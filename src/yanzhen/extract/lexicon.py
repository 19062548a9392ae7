"""Names that tables know: one automaton over every reference name and alias, and the suffixes that make a name.

Built once from `data/`; knows forms and types, never a document.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from ahocorasick_rs import AhoCorasick, MatchKind

from yanzhen.data import rows, split

# Folder or table of reference names -> entity type and the columns that hold further names.
_TABLES: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    ("organisations/companies.csv", "company", ("short", "aliases", "english")),
    ("organisations/listed.csv", "company", ("short", "aliases")),
    ("organisations/universities.csv", "institute", ("aliases",)),
    ("organisations/institutes.csv", "institute", ("aliases",)),
    ("organisations/finance.csv", "finance", ("aliases",)),
    ("organisations/government.csv", "government", ("aliases",)),
    ("honours/honours.csv", "honor", ("aliases",)),
    ("events/events.csv", "event", ("aliases",)),
    ("zones/", "zone", ("aliases",)),
    ("places/divisions.csv", "place", ("short", "aliases")),
    ("places/regions.csv", "place", ("aliases",)),
    ("places/countries.csv", "place", ("aliases",)),
)


@dataclass(frozen=True, slots=True)
class Entry:
    """What a form of a reference name may mean.

    Attributes:
        type: entity type.
        ref: id of the reference row.
        name: the row's full name.
        weak: the form is also an ordinary word, or several rows bear it: believed only where something confirms it.
    """

    type: str
    ref: str
    name: str
    weak: bool


@dataclass(frozen=True, slots=True)
class Suffix:
    """The end of a name that shows what it names."""

    id: str
    form: str
    type: str
    sure: bool


@cache
def names() -> tuple[AhoCorasick, tuple[tuple[Entry, ...], ...]]:
    """The automaton over all reference names, and what each of its forms may mean."""
    meant: dict[str, dict[tuple[str, str], Entry]] = {}
    for table, kind, columns in _TABLES:
        for row in rows(table):
            ref = f"{table.rstrip('/').rsplit('/', 1)[-1].removesuffix('.csv')}:{row['id']}"
            weak = set(split(row.get("weak", "")))
            for form in (row["name"], *(f for c in columns for f in split(row.get(c, ""))), *weak):
                clean = form.replace("（", "(").replace("）", ")")
                if len(clean) < 2 or (clean.isascii() and len(clean) < 3):
                    continue
                entry = Entry(kind, ref, row["name"], clean in weak)
                meant.setdefault(clean, {}).setdefault((kind, row["name"]), entry)
    forms = sorted(meant)
    machine = AhoCorasick(forms, matchkind=MatchKind.LeftmostLongest)
    return machine, tuple(tuple(meant[form].values()) for form in forms)


@cache
def suffixes() -> tuple[AhoCorasick, tuple[tuple[Suffix, ...], ...]]:
    """The automaton over the suffixes that end names (overlapping matches); a form that ends two types has both.

    Endings of products and places name nothing by themselves, and a likely ending is used for firms only, where a
    coined word in front of it decides.
    """
    unused = word_class("unused_suffix")
    endings = word_class("company_ending")
    found: dict[str, list[Suffix]] = {}
    for row in rows("names/org_suffixes.csv"):
        form, kind, sure = row["form"], row["type"], row["strength"] == "sure"
        if kind in ("product", "place") or form in unused or (not sure and kind != "company"):
            continue
        if not sure and form not in endings:
            continue
        found.setdefault(form, []).append(Suffix(row["id"], form, kind, sure))
    forms = sorted(found)
    return AhoCorasick(forms, matchkind=MatchKind.Standard), tuple(tuple(found[f]) for f in forms)


def suffix_matches(text: str) -> list[tuple[int, int, tuple[Suffix, ...]]]:
    """(start, end, suffixes) of the longest suffix at every offset where one ends, ascending by end."""
    machine, meant = suffixes()
    longest: dict[int, tuple[int, int]] = {}
    for index, start, end in machine.find_matches_as_indexes(text, overlapping=True):
        if end not in longest or start < longest[end][0]:
            longest[end] = (start, index)
    return [(start, end, meant[index]) for end, (start, index) in sorted(longest.items())]


@cache
def word_class(name: str) -> frozenset[str]:
    """The words of one class of `words/name_words.csv`."""
    return frozenset(f for row in rows("words/name_words.csv") if row["class"] == name for f in split(row["form"]))


@cache
def word_set(table: str, column: str = "form") -> frozenset[str]:
    """All values of one column of a word table."""
    return frozenset(part for row in rows(table) for part in split(row[column]))


@cache
def word_machine(table: str, column: str = "form") -> tuple[AhoCorasick, tuple[dict[str, str], ...]]:
    """An automaton over one column of a word table, and the row of each of its forms."""
    found: dict[str, dict[str, str]] = {}
    for row in rows(table):
        for form in split(row[column]):
            found.setdefault(form, dict(row))
    forms = sorted(found)
    return AhoCorasick(forms, matchkind=MatchKind.LeftmostLongest), tuple(found[f] for f in forms)
