"""Places in names: which divisions a form can mean, and whether two of them can be one."""

from __future__ import annotations

from functools import cache

from yanzhen.data import rows, split
from yanzhen.resolve import tables

Codes = frozenset[str]
_PROVINCES = ("province", "prefecture")


@cache
def parents() -> dict[str, str]:
    """Division code -> code of the division it lies in."""
    return {row["id"]: row["parent"] for row in rows("places/divisions.csv")}


@cache
def forms() -> dict[str, Codes]:
    """Every form of a division, region or country -> the codes it can mean."""
    found: dict[str, set[str]] = {}
    for row in rows("places/divisions.csv"):
        for form in (row["name"], row["short"], *split(row["aliases"]), *split(row["weak"])):
            if len(form) > 1:
                found.setdefault(form, set()).add(row["id"])
    for table in ("places/regions.csv", "places/countries.csv"):
        for row in rows(table):
            for form in (row["name"], *split(row["aliases"]), *split(row["weak"])):
                if len(form) > 1:
                    found.setdefault(form, set()).add(row["id"])
    for row in rows("names/english.csv"):
        if row["type"] == "place" and row["name"] in found:
            for form in split(row["aliases"]):
                found.setdefault(form.casefold(), set()).update(found[row["name"]])
    return {form: frozenset(codes) for form, codes in found.items()}


@cache
def prefixes() -> dict[str, Codes]:
    """Forms that open the name of an organisation as its region, and no ordinary word or coined name."""
    found: dict[str, set[str]] = {}
    for row in rows("places/divisions.csv"):
        opens = [row["name"]]
        if row["level"] in _PROVINCES or row["type"] == "县级市":
            opens += [row["short"], *split(row["aliases"])]
        for form in opens:
            if len(form) > 1:
                found.setdefault(form, set()).add(row["id"])
    return {form: frozenset(codes) for form, codes in found.items()}


@cache
def _longest_prefix() -> int:
    return max(map(len, prefixes()))


def chain(code: str) -> tuple[str, ...]:
    """The division and everything it lies in."""
    found: list[str] = []
    while code and code not in found:
        found.append(code)
        code = parents().get(code, "")
    return tuple(found)


def compatible(one: Codes, other: Codes) -> bool:
    """Whether one place can lie in the other, or both are the same."""
    return not one or not other or any(a in chain(b) or b in chain(a) for a in one for b in other)


def narrowed(outer: Codes, inner: Codes) -> Codes:
    """The inner codes that lie in the outer ones; all of them where none does."""
    fitting = frozenset(code for code in inner if set(chain(code)) & outer)
    return fitting or inner


def split_region(text: str, keep: int) -> tuple[Codes, str]:
    """The region a name opens with and the rest, of at least `keep` characters; `福建省晋江市…` is 晋江."""
    codes: Codes = frozenset()
    at = 0
    while len(text) - at >= keep + 2:
        for size in range(min(_longest_prefix(), len(text) - at - keep), 1, -1):
            found = prefixes().get(text[at : at + size])
            if found:
                codes = narrowed(codes, found) if codes else found
                at += size
                break
        else:
            break
    return codes, text[at:]


def meanings(text: str) -> Codes:
    """Codes that a place name can mean; a chain of divisions means its last one."""
    found = forms().get(text)
    if found:
        return found
    outer, rest = split_region(text, 2)
    inner = forms().get(rest)
    return narrowed(outer, inner) if outer and inner else frozenset()


def bare(text: str) -> tuple[str, str]:
    """A place name without the word for its kind, and that word."""
    for ending in tables.parts("place_kind"):
        if text.endswith(ending) and len(text) - len(ending) >= 2:
            return text[: -len(ending)], ending
    return text, ""
