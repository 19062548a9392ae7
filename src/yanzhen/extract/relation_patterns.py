"""Phrasings of relations: rows of `patterns/relations.csv` compiled to ordinary `re` over coded sentences.

The notation of a pattern:

    {s:company,institute}   a name of one of these types (or groups, see `GROUPS`), called s
    {o:firm+}               names listed with 、 和 与 及 以及
    {s:firm*}               names listed with 、 alone
    {p:site}?               a name that may be missing
    {r=title}               one of the words of a class, called r; {o=phrase} {o=effect} {o=link}: see `_PHRASES`
    [落户|入驻]  [了|过]?      one of these words; with ? it may be missing
    <make>  <aspect>?       one of the words of a class of `patterns/relation_words.csv`
    ~  ~20                  up to 8 (20) characters that hold neither a mark nor a name
    ~~30                    up to 30 characters that may hold names, but no mark
    ~~~60                   the same across commas
    ^  $                    beginning or end of a clause
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, cast

from ahocorasick_rs import AhoCorasick, MatchKind

from yanzhen.data import rows, split
from yanzhen.errors import DataError
from yanzhen.extract.relation_text import ANY, CODE
from yanzhen.facts import PREDICATES

if TYPE_CHECKING:
    from yanzhen.facts.records import Predicate

GROUPS: dict[str, tuple[str, ...]] = {
    "firm": ("company", "institute"),
    "org": ("company", "institute", "government", "finance"),
    "body": ("government", "zone", "place"),
    "site": ("zone", "place"),
    "maker": ("company", "institute", "project"),
    "any": tuple(CODE),
}
_TOKEN = re.compile(
    r"\{(?P<slot>[a-z])(?P<sort>[:=])(?P<kinds>[a-z_,]+)(?P<list>[+*]?)\}(?P<smay>\??)|\[(?P<words>[^\]]+)\](?P<may>\??)"
    r"|<(?P<cls>[a-z_]+)>(?P<cmay>\??)|(?P<gap>~{1,3})(?P<size>\d*)|(?P<edge>[\^$])|(?P<text>.)"
)
_MARK = r",。;:!?\n“”"
_GAPS = {"~": rf"[^,。;:!?\n、{ANY}]", "~~": r"[^,。;:!?\n]", "~~~": r"[^。;!?\n]"}
_OTHER = f"[{CODE['product']}{CODE['project']}{CODE['honor']}]?"


_EFFECT = "产业链|产业集群|集群|产业|上下游|企业|配套|国产化|自主可控|经济|供应链|生态|技术"
_PHRASES = {
    "phrase": rf"[^{_MARK}]{{2,24}}?",
    # what is driven names an industry or a link of it
    "effect": rf"(?:(?!作用|能力)[^{_MARK}、]){{0,14}}(?:{_EFFECT})(?:(?!作用|能力)[^{_MARK}、]){{0,12}}",
    # a link of a chain with the trade before it: 集成电路设备
    "link": (
        r"(?:[A-Za-z0-9]{1,8}|(?![的了家]|领先|一流|国[内际]|全球|知名|独家|专业|优秀|重要|核心)[\u4e00-\u9fff]){0,6}"
        "(?:{chain})"
    ),
}


@dataclass(frozen=True, slots=True)
class Phrasing:
    """One row: how a relation is said.

    Attributes:
        id, predicate: of the row.
        regex: over a coded sentence; group `v` is the word that the relation rests on.
        slots: types of its slots; `s` is the subject, `o` the object, `r` a role.
        context: types of the end that has no slot: the nearest such name before the verb is meant.
        near: the name has to stand in the same sentence (`!` behind the types).
        loose: the name need not be the subject of the clause (`*` behind the types).
        status: `actual` or `planned` where the phrasing itself says so, else empty.
        news: told as the article's own news, it happened when the article was written.

    """

    id: str
    predicate: Predicate
    regex: re.Pattern[str]
    slots: dict[str, frozenset[str]]
    context: frozenset[str]
    near: bool
    loose: bool
    status: str
    news: bool


@cache
def words_of(name: str) -> tuple[str, ...]:
    """The words of one class of `patterns/relation_words.csv`; `title` are the titles of persons."""
    if name == "title":
        found = {row["form"] for row in rows("names/titles.csv") if row["kind"] not in ("media", "prefix", "honorific")}
    else:
        found = {f for row in rows("patterns/relation_words.csv") if row["class"] == name for f in split(row["form"])}
    if not found:
        raise DataError(f"no word class called {name}", "patterns/relation_words.csv")
    return tuple(sorted(found, key=lambda f: (-len(f), f)))


@cache
def class_pattern(name: str) -> str:
    """The words of a class as a regular expression without a group; words may hold `.` and brackets of `re`."""
    return "|".join(words_of(name))


def types_of(kinds: str) -> frozenset[str]:
    """The entity types that a list of types and groups names."""
    found: set[str] = set()
    for kind in kinds.split(","):
        found.update(GROUPS.get(kind, (kind,)))
    if not found <= CODE.keys():
        raise DataError(f"no such type of entity: {', '.join(sorted(found - CODE.keys()))}", "patterns/relations.csv")
    return frozenset(found)


def _phrase(name: str) -> str:
    """The expression of a slot that holds words and no name."""
    known = _PHRASES.get(name)
    return known.replace("{chain}", class_pattern("chain")) if known is not None else class_pattern(name)


def _one(kinds: frozenset[str]) -> str:
    return "[" + "".join(sorted(CODE[k] for k in kinds)) + "]"


def _single(kinds: frozenset[str]) -> str:
    """A name of some types; of 某省|某市 the last one is meant."""
    return f"(?:{CODE['place']}){{0,3}}{_one(kinds)}" if "place" in kinds else _one(kinds)


def _listed(kinds: frozenset[str], joiner: str) -> str:
    one = _single(kinds)
    free = rf"[^{_MARK}、{ANY}]"
    if joiner == "*":
        return f"{one}(?:、{one}){{0,40}}"
    # `A、B等十家企业,以及国家级的C`: modifiers may stand before an item, its product behind it.
    return (
        f"{one}(?:{_OTHER}(?:“[^”{ANY}]{{2,40}}”)?(?:等{free}{{0,14}})?"
        f"(?:(?:、{free}{{0,6}}){{1,3}}|,?(?:以及|还有){free}{{0,6}}|[和与及]{free}{{0,4}}){one}){{0,40}}"
    )


def compiled(pattern: str) -> tuple[re.Pattern[str], dict[str, frozenset[str]], tuple[str, ...]]:
    """The regular expression of a pattern, the types of its slots, and words one of which must be in the text.

    Raises:
        DataError: the pattern names an unknown type or word class.

    """
    out: list[str] = []
    slots: dict[str, frozenset[str]] = {}
    cues: tuple[str, ...] = ()
    anchor = -1
    for token in _TOKEN.finditer(pattern):
        group = token.groupdict()
        if group["slot"]:
            name = group["slot"]
            if group["sort"] == "=":
                inner = _phrase(group["kinds"])
                out.append(f"(?P<{name}>{inner})")
            else:
                slots[name] = types_of(group["kinds"])
                names = _listed(slots[name], group["list"]) if group["list"] else _single(slots[name])
                out.append(f"(?P<{name}>{names}){group['smay']}")
        elif group["words"] or group["cls"]:
            forms = tuple(group["words"].split("|")) if group["words"] else words_of(group["cls"])
            optional = group["may"] or group["cmay"]
            out.append(f"(?:{'|'.join(forms)}){optional or ''}")
            if not optional and (not cues or min(map(len, forms)) > min(map(len, cues))):
                cues, anchor = forms, len(out) - 1
        elif group["gap"]:
            out.append(f"{_GAPS[group['gap']]}{{0,{group['size'] or 8}}}?")
        elif group["edge"]:
            out.append(rf"(?:(?<=[{_MARK}])|(?<![^\n]))" if group["edge"] == "^" else rf"(?=[{_MARK}]|$)")
        else:
            out.append(re.escape(group["text"]))
    if anchor >= 0:
        out[anchor] = "(?P<v>" + out[anchor][3:]
    if not cues:
        # Names alone: one of the types of the last slot has to be there.
        cues = tuple(sorted(CODE[kind] for kind in slots[list(slots)[-1]])) if slots else ()
    return re.compile("".join(out)), slots, cues


def _predicate(name: str) -> Predicate:
    if name not in PREDICATES:
        raise DataError(f"no such predicate: {name}", "patterns/relations.csv")
    return cast("Predicate", name)


@cache
def phrasings() -> tuple[AhoCorasick, tuple[tuple[int, ...], ...], tuple[Phrasing, ...]]:
    """(automaton over all cue words, phrasings of each cue, all phrasings)."""
    found: list[Phrasing] = []
    by_cue: dict[str, list[int]] = {}
    for row in rows("patterns/relations.csv"):
        regex, slots, cues = compiled(row["pattern"])
        number = len(found)
        found.append(
            Phrasing(
                row["id"], _predicate(row["predicate"]), regex, slots,
                types_of(row["context"].rstrip("!*")) if row["context"] else frozenset(),
                "!" in row["context"], "*" in row["context"],
                row["status"], row["news"] == "1",
            )
        )  # fmt: skip
        for cue in cues:
            by_cue.setdefault(_literal(cue), []).append(number)
    forms = sorted(by_cue)
    machine = AhoCorasick(forms, matchkind=MatchKind.Standard)
    return machine, tuple(tuple(by_cue[f]) for f in forms), tuple(found)


def _literal(cue: str) -> str:
    """A word with `re` in it has to begin with plain characters: those are the cue."""
    plain = re.match(r"[^\[(.?\\]+", cue)
    if plain is None:
        raise DataError(f"a word that begins with an expression: {cue}", "patterns/relations.csv")
    text = plain.group()
    return text[:-1] if len(text) > 1 and cue[len(text) : len(text) + 1] == "?" else text


def candidates(text: str) -> list[Phrasing]:
    """The phrasings that may be in a coded sentence, in the order of the table."""
    machine, meant, all_rows = phrasings()
    wanted: set[int] = set()
    for index, _, _ in machine.find_matches_as_indexes(text, overlapping=True):
        wanted.update(meant[index])
    return [all_rows[n] for n in sorted(wanted)]
