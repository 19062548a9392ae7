"""Phrasings of milestones: rows of `patterns/milestones.csv`, in the notation of relations (see `relation_patterns`).

A row either names what takes the step in a slot `{p:project,…}`, or says by `kinds` what kind of thing is looked for
before its verb. `then=end` wants a verb without an object behind it; `unless` lists what may not follow.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, cast

from ahocorasick_rs import AhoCorasick, MatchKind

from yanzhen.data import rows, split
from yanzhen.errors import DataError
from yanzhen.extract.relation_patterns import compiled, types_of
from yanzhen.extract.relation_text import ANY, CODE
from yanzhen.facts.records import STAGES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from yanzhen.facts.records import Stage

_TABLE = "patterns/milestones.csv"


@dataclass(frozen=True, slots=True)
class StepPhrasing:
    """One row: how a step is told.

    Attributes:
        id, stage: of the row.
        regex: over a coded sentence; group `v` is the verb, group `p` (if any) what takes the step.
        kinds: types of what takes the step, where no slot names it.
        slot: types of the slot `p`, else empty.
        described: the slot holds a noun phrase that ends like something built, no known name.
        bare: nothing but a mark, a particle or a further verb may follow.
        several: what the rest of the sentence lists takes the step too.
        unless: what may not follow.

    """

    id: str
    stage: Stage
    regex: re.Pattern[str]
    kinds: frozenset[str]
    slot: frozenset[str]
    described: bool
    bare: bool
    several: bool
    unless: re.Pattern[str] | None

    def matches(self, text: str) -> Iterator[re.Match[str]]:
        """Where a coded sentence says it."""
        for match in self.regex.finditer(text):
            if self.unless is not None and self.unless.match(text, match.end()):
                continue
            if self.bare and not bare_end().match(text, match.end()):
                continue
            yield match


@cache
def words_of(name: str) -> tuple[str, ...]:
    """The words of one class of `patterns/milestone_words.csv`, longest first; they may hold `re` syntax."""
    found = {f for row in rows("patterns/milestone_words.csv") if row["class"] == name for f in split(row["form"])}
    if not found:
        raise DataError(f"no word class called {name}", "patterns/milestone_words.csv")
    return tuple(sorted(found, key=lambda f: (-len(f), f)))


@cache
def any_of(name: str) -> str:
    """The words of a class as a regular expression without a group."""
    return "|".join(words_of(name))


@cache
def bare_end() -> re.Pattern[str]:
    """What may stand behind a verb that has no object there."""
    site = CODE["zone"] + CODE["place"]  # `签约落户某园区`
    return re.compile(rf"[,、。;:!?”){site}\n]|$|[^,。;:!?\n的]{{0,4}}的|(?:{any_of('tail')})(?![个家条座])")


def _stage(name: str) -> Stage:
    if name not in STAGES:
        raise DataError(f"no such stage: {name}", _TABLE)
    return cast("Stage", name)


@cache
def phrasings() -> tuple[AhoCorasick, tuple[tuple[int, ...], ...], tuple[StepPhrasing, ...]]:
    """(automaton over all verbs, phrasings of each, all phrasings)."""
    found: list[StepPhrasing] = []
    by_cue: dict[str, list[int]] = {}
    for row in rows(_TABLE):
        regex, slots, cues = compiled(row["pattern"])
        if ("p" in slots) == bool(row["kinds"]):
            raise DataError(f"{row['id']} needs either a slot p or kinds", _TABLE)
        unless = "|".join(map(re.escape, split(row["unless"])))
        expressions = [(regex, False)]
        kinds = slots.get("p", frozenset()).intersection(_HEADS)
        if kinds and row["then"] != "name":
            expressions.append((_described(row["pattern"], kinds, row["then"] == "object"), True))
        for expression, described in expressions:
            for cue in cues:
                by_cue.setdefault(cue, []).append(len(found))
            found.append(
                StepPhrasing(
                    row["id"], _stage(row["stage"]), expression,
                    types_of(row["kinds"]) if row["kinds"] else frozenset(), slots.get("p", frozenset()),
                    described, row["then"] == "end", row["then"] == "list", re.compile(unless) if unless else None,
                )
            )  # fmt: skip
    forms = sorted(by_cue)
    machine = AhoCorasick(forms, matchkind=MatchKind.Standard)
    return machine, tuple(tuple(by_cue[f]) for f in forms), tuple(found)


_SLOT = re.compile(r"(?:~+\d*)?\{p:[a-z,]+[+*]?\}")
_HOLE = "\u2400"
_LED = r"(?:[^,。;:!?\n了]{0,24}的)?"  # what may describe the phrase before it begins


# The class of words that ends a noun phrase for each type of thing that may be described and not named.
_HEADS = {"project": "built", "zone": "area", "institute": "body", "company": "firm", "product": "made"}


@cache
def heads(kinds: frozenset[str]) -> str:
    """Endings of noun phrases that name things of some types, longest first, as a regular expression."""
    found: set[str] = set()
    for kind in kinds & _HEADS.keys():
        found.update(words_of(_HEADS[kind]))
    if "product" in kinds:
        found.update(
            f for r in rows("patterns/relation_products.csv") if r["class"] == "ending" for f in split(r["form"])
            if len(f) >= _LEAST_ENDING
        )  # fmt: skip
        found.update(
            r["form"] for r in rows("names/org_suffixes.csv") if r["type"] == "product" and r["strength"] == "sure"
        )
    return "|".join(sorted(found, key=lambda f: (-len(f), f)))


_LEAST_ENDING = 2


@cache
def description(kinds: frozenset[str]) -> str:
    """A noun phrase that ends like something of one of these types, as a regular expression without a group."""
    names = "".join(CODE[kind] for kind in ("company", "place", "zone", "institute"))
    never = r"[的了在将已由从对把被让使于是为和及并暨、]|与(?![\u4e00-\u9fff]{2,8}(?:基地|中心|项目))|(?<!高)等"
    inner = rf"(?!{never})[A-Za-z0-9 ·\-+.()“”\u4e00-\u9fff{names}]"
    tail = rf"(?:[一二三四五]期)?(?!{any_of('goes_on')})"
    named = rf"(?:{inner}){{2,24}}?(?:{heads(kinds)}){tail}"
    if "product" in kinds:
        # `首颗低噪声放大器LNA`: behind a classifier a product is whatever goes to the end of the clause.
        whatever = rf"(?:(?<=[颗款台套枚辆架])|(?<=新一代)|(?<=第.代))(?:{inner}){{2,20}}(?=[,。;、(]|$)"
        return rf"(?:{named}|{whatever})"
    return named


def _described(pattern: str, kinds: frozenset[str], objects: bool) -> re.Pattern[str]:
    """The phrasing with a noun phrase in place of a name; `objects`: whatever stands there is meant."""
    regex, _, _ = compiled(_SLOT.sub(_HOLE, pattern))
    phrase = _OBJECT if objects else description(kinds)
    return re.compile(regex.pattern.replace(re.escape(_HOLE), f"{_LED}(?P<p>{phrase})"))


_OBJECT = (
    rf"(?:(?![的了在将已由从对把被让使于是为和及并])[A-Za-z0-9 \-\u4e00-\u9fff·{CODE['place']}]){{2,20}}?"
    "(?:公司|集团|(?=[,。;、的]|[0-9]+%|股权|$))"
)


def candidates(text: str) -> list[StepPhrasing]:
    """The phrasings whose verb stands in a text, in the order of the table."""
    machine, meant, all_rows = phrasings()
    wanted: set[int] = set()
    for index, _, _ in machine.find_matches_as_indexes(text, overlapping=True):
        wanted.update(meant[index])
    return [all_rows[n] for n in sorted(wanted)]


def cue_offsets(text: str) -> list[int]:
    """Where in a text some verb of the table begins, ascending."""
    machine, _, _ = phrasings()
    return sorted({start for _, start, _ in machine.find_matches_as_indexes(text, overlapping=True)})


NAMES = f"[{ANY}]"
