"""Reference rows as anchors: which rows of our tables a name is a form of."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, lru_cache

from yanzhen.data import rows, split
from yanzhen.resolve import places
from yanzhen.resolve.names import comparable, firm, shortened, tidied

_ORGANISATIONS = (
    ("organisations/companies.csv", ("short", "aliases", "english")),
    ("organisations/listed.csv", ("short", "aliases", "english")),
    ("organisations/universities.csv", ("aliases",)),
    ("organisations/institutes.csv", ("aliases",)),
    ("organisations/finance.csv", ("aliases",)),
)
_TABLES: dict[str, tuple[tuple[str, tuple[str, ...]], ...]] = {
    "company": _ORGANISATIONS,
    "institute": _ORGANISATIONS,
    "finance": _ORGANISATIONS,
    "government": (("organisations/government.csv", ("aliases",)),),
    "honor": (("honours/honours.csv", ("aliases",)),),
    "event": (("events/events.csv", ("aliases",)),),
    "zone": (("zones/", ("aliases",)),),
}
_ENGLISH = {"company": "company", "institute": "institute", "finance": "finance"}


@dataclass(frozen=True, slots=True)
class Anchor:
    """A row of a reference table.

    Attributes:
        id: `folder/table:row`, the same in every build.
        name: full name.
        adcode: division it lies in, where the table says so.
    """

    id: str
    name: str
    adcode: str

    @property
    def translated(self) -> bool:
        """Known only from the table of English names, which tells no two things apart."""
        return self.id.startswith("names/english:")


@dataclass(frozen=True, slots=True)
class _Forms:
    strong: dict[str, tuple[Anchor, ...]]
    weak: dict[str, tuple[Anchor, ...]]


def _key(form: str, kind: str) -> str:
    return shortened(tidied(form.replace("（", "(").replace("）", ")")), kind)


@cache
def _forms(kind: str) -> _Forms:
    """All forms of one type; a form is looked up as it is compared, with and without its legal form."""
    # Forms of one type; a name without its legal form is added where only one firm is called so.
    strong: dict[str, dict[str, Anchor]] = {}
    weak: dict[str, dict[str, Anchor]] = {}
    city = {
        row["short"]: row["id"] for row in rows("places/divisions.csv") if row["level"] != "county" and row["short"]
    }
    for table, columns in _TABLES.get(kind, ()):
        for row in rows(table):
            adcode = row.get("adcode") or city.get(row.get("city", ""), "")
            anchor = Anchor(f"{table.rstrip('/').removesuffix('.csv')}:{row['id']}", row["name"], adcode)
            loose = {_key(form, kind) for form in split(row.get("weak", ""))}
            for form in (row["name"], *(f for column in columns for f in split(row.get(column, "")))):
                key = _key(form, kind)
                (weak if key in loose else strong).setdefault(key, {})[anchor.id] = anchor
            for key in loose:
                weak.setdefault(key, {})[anchor.id] = anchor
    if kind in _ENGLISH:
        # 长鑫存储技术 is as good as 长鑫存储技术有限公司, where only one firm is called so.
        for key, found in list(strong.items()):
            if len(found) == 1:
                parts = firm(key, kind)
                if parts.legal and not parts.group:
                    bare = parts.text[: -len(parts.legal)].strip(" ,.")
                    if len(bare) >= 3 and bare not in strong:
                        strong.setdefault(bare, {}).update(found)
    for row in rows("names/english.csv"):
        base = row["type"]
        if base != kind and not (base in _ENGLISH and kind in _ENGLISH):
            continue
        key = _key(row["name"], kind)
        known = (
            strong.get(key)
            or strong.get(key.removesuffix("公司"))
            or {f"names/english:{row['id']}": Anchor(f"names/english:{row['id']}", row["name"], "")}
        )
        for form in (row["name"], *split(row["aliases"])):
            strong.setdefault(_key(form, kind), {}).update(known)
    return _Forms(
        {form: tuple(found.values()) for form, found in strong.items()},
        {form: tuple(found.values()) for form, found in weak.items()},
    )


@lru_cache(maxsize=200_000)
def anchors(name: str, kind: str) -> tuple[Anchor, ...]:
    """Rows of which the name is a form that is believed alone; for places every division it can mean."""
    if kind == "place":
        text = comparable(name)
        codes = sorted(places.meanings(text))
        return tuple(Anchor(f"places:{code}", text, code if code in places.parents() else "") for code in codes)
    if kind not in _TABLES:
        return ()
    text = shortened(comparable(name), kind)
    found = _forms(kind).strong.get(text, ())
    if not found and text.isascii() and kind in _ENGLISH:
        parts = firm(text, kind)  # Applied Materials, Inc.
        found = _forms(kind).strong.get(parts.text.removesuffix(parts.legal).strip(" ,."), ()) if parts.legal else ()
    return found


@lru_cache(maxsize=200_000)
def weak_anchors(name: str, kind: str) -> tuple[Anchor, ...]:
    """Rows of which the name is a form that needs company: an ordinary word too, or borne by several."""
    return _forms(kind).weak.get(shortened(comparable(name), kind), ()) if kind in _TABLES else ()


@cache
def _families() -> dict[str, int]:
    """Coined word -> number of reference firms that bear it."""
    found: dict[str, int] = {}
    for table in ("organisations/companies.csv", "organisations/listed.csv", "organisations/finance.csv"):
        for row in rows(table):
            core = firm(row["name"]).core
            short = firm(row.get("short", "")).core if row.get("short") else core
            for form in {core, short}:
                found[form] = found.get(form, 0) + 1
    return found


def family(core: str) -> int:
    """How many firms of our tables bear a coined word."""
    return _families().get(core, 0)


@cache
def _longest(kind: str) -> int:
    return max(map(len, _forms(kind).strong), default=0)


@lru_cache(maxsize=200_000)
def head(text: str, kind: str) -> tuple[Anchor | None, str]:
    """The organisation a name opens with and what follows it: 北大|碳基研究院. None where it opens with none.

    `text` as compared and shortened.
    """
    table = _forms(kind)
    for size in range(min(_longest(kind), len(text) - 2), 1, -1):
        form = text[:size]
        found = table.strong.get(form) or (table.weak.get(form, ()) if size >= 3 else ())
        if len(found) == 1 and form not in places.forms():
            return found[0], text[size:]
    return None, text


@cache
def universities() -> tuple[str, ...]:
    """Names of all universities, as compared."""
    return tuple(tidied(row["name"]) for row in rows("organisations/universities.csv"))
