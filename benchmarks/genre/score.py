"""How much of a gold reading another reading found: precision, recall and F1 for each kind of record.

    python benchmarks/genre/score.py GOLD PRED

Both are folders of JSON Lines in the format of `docs/fact-model.md`, one file a document. Records are paired one to one
within a document, the surest pair first. What counts as a match is said at each function below; the README lists it.
"""

from __future__ import annotations

import argparse
import json
import sys
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from math import isclose
from pathlib import Path
from typing import Any

Record = dict[str, Any]
Same = Callable[[Any, Any], bool]
SLACK = timedelta(days=31)  # within which two ends of a period are the same
LEVELS = (
    "article",
    "dating",
    "entity",
    "observation.number",
    "observation.fact",
    "observation.full",
    "milestone.full",
    "relation.full",
    "policy.full",
    "claim.full",
)


@dataclass(slots=True)
class Count:
    """Records of one kind: how many the gold reading has, how many were predicted, how many of them are right."""

    gold: int = 0
    predicted: int = 0
    right: int = 0

    @property
    def precision(self) -> float:
        """Share of the predicted that are right."""
        return self.right / self.predicted if self.predicted else 0.0

    @property
    def recall(self) -> float:
        """Share of the gold that was found."""
        return self.right / self.gold if self.gold else 0.0

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall."""
        return 2 * self.right / (self.gold + self.predicted) if self.right else 0.0


@dataclass(slots=True)
class Names:
    """Which names mean the same entity, by the gold's aliases and by the entities paired with them."""

    groups: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))

    def same(self, one: Any, other: Any) -> bool:
        """The same form, the same entity, or forms alike (Dice of bigrams at least 0.8)."""
        a, b = plain(one), plain(other)
        if a == b or not a or not b:
            return a == b
        known, meant = self.groups.get(a), self.groups.get(b)
        return bool(known & meant) if known and meant else dice(a, b) >= 0.8

    def alike(self, one: Any, other: Any) -> bool:
        """`same`, or one within the other, or half alike: long names of projects and policies."""
        a, b = plain(one), plain(other)
        short, long = sorted((a, b), key=len)
        return self.same(one, other) or (len(short) >= 3 and short in long) or dice(a, b) >= 0.6


def plain(value: Any) -> str:
    """A name or phrase without white space, punctuation, width and case."""
    folded = unicodedata.normalize("NFKC", str(value or "")).lower()
    return "".join(c for c in folded if not c.isspace() and not unicodedata.category(c).startswith(("P", "S")))


def dice(one: str, other: str) -> float:
    """Twice the shared bigrams over all bigrams; 1.0 for the same text."""
    if one == other:
        return 1.0
    a, b = (Counter(t[i : i + 2] for i in range(len(t) - 1)) for t in (one, other))
    total = sum(a.values()) + sum(b.values())
    return 2 * sum((a & b).values()) / total if total else 0.0


def overlap(one: Record, other: Record) -> float:
    """Length of what two spans share over what they cover together; 0 where one has no span."""
    spans = [(r.get("start"), r.get("end")) for r in (one, other)]
    if any(not isinstance(x, int) for s in spans for x in s):
        return 0.0
    (a, b), (c, d) = spans
    return max(0, min(b, d) - max(a, c)) / max(1, max(b, d) - min(a, c))


def same_period(one: Any, other: Any) -> bool:
    """Both ends within 31 days of each other; a whole year is met by any period within it."""
    if one is None or other is None:
        return one is other
    ends = [[date.fromisoformat(x) if x and len(x) == 10 else None for x in p] for p in (one, other)]
    (a, b), (c, d) = ends
    if a and b and (a.month, a.day, b.month, b.day) == (1, 1, 12, 31) and a.year == b.year:
        return any(x is not None and x.year == a.year for x in (c, d))
    return all(
        (x is None) == (y is None) and (x is None or y is None or abs(x - y) <= SLACK) for x, y in ((a, c), (b, d))
    )


def same_quantity(gold: Record, found: Record) -> bool:
    """The same value and unit, and the same upper value where there is one."""
    for key in ("value", "value_high"):
        a, b = gold.get(key), found.get(key)
        if a is None or b is None:
            if a is not None:
                return False
        elif not isclose(float(a), float(b), rel_tol=1e-6):
            return False
    return gold.get("unit") == found.get("unit")


def same_metric(gold: Any, found: Any) -> bool:
    """The same phrase, one within the other and not much shorter, or alike."""
    a, b = plain(gold), plain(found)
    short, long = sorted((a, b), key=len)
    return a == b or (len(short) >= 2 and short in long and 5 * len(short) >= 2 * len(long)) or dice(a, b) >= 0.6


def pair(golds: list[Record], founds: list[Record], judge: Callable[[Record, Record], float]) -> list[tuple[int, int]]:
    """One-to-one pairs of records, best judgement first; 0 is no match."""
    scored = sorted(
        ((judge(g, f), i, j) for i, g in enumerate(golds) for j, f in enumerate(founds)),
        key=lambda t: (-t[0], t[1], t[2]),
    )
    done: list[tuple[int, int]] = []
    left, right = set(), set()
    for strength, i, j in scored:
        if strength > 0 and i not in left and j not in right:
            done.append((i, j))
            left.add(i)
            right.add(j)
    return done


def forms(entity: Record) -> set[str]:
    """All forms of an entity's name."""
    return {plain(x) for x in (entity.get("name"), *entity.get("aliases", ())) if x}


def score_document(gold: list[Record], found: list[Record]) -> dict[str, Count]:
    """Counts for each level of one document."""
    out = {level: Count() for level in LEVELS}

    def of(records: list[Record], kind: str) -> list[Record]:
        return [r for r in records if r.get("kind") == kind]

    def count(level: str, kind: str, judge: Callable[[Record, Record], float]) -> list[tuple[int, int]]:
        golds, founds = of(gold, kind), of(found, kind)
        pairs = pair(golds, founds, judge)
        out[level] = Count(len(golds), len(founds), len(pairs))
        return pairs

    count(
        "article",
        "article",
        lambda g, f: max(dice(plain(g.get("title")), plain(f.get("title"))), overlap(g, f)) >= 0.7,
    )
    count("dating", "document", lambda g, f: str(f.get("published") or "").startswith(str(g.get("published") or "?")))
    pairs = count("entity", "entity", lambda g, f: len(forms(g) & forms(f)) if g.get("type") == f.get("type") else 0)
    names = Names()
    golds, founds = of(gold, "entity"), of(found, "entity")
    for number, entity in enumerate(golds):
        for form in forms(entity):
            names.groups[form].add(f"g{number}")
    for i, j in pairs:
        for form in forms(founds[j]):
            names.groups[form].add(f"g{i}")

    def number(g: Record, f: Record) -> float:
        return (1 + overlap(g, f)) if same_quantity(g, f) and overlap(g, f) > 0 else 0

    def fact(g: Record, f: Record) -> float:
        right = (
            g.get("measure", "level") == f.get("measure", "level")
            and names.same(g.get("subject"), f.get("subject"))
            and same_metric(g.get("metric"), f.get("metric"))
        )
        return number(g, f) if right else 0

    def full(g: Record, f: Record) -> float:
        right = (
            same_period(g.get("period"), f.get("period"))
            and g.get("modality", "actual") == f.get("modality", "actual")
            and g.get("cmp", "=") == f.get("cmp", "=")
        )
        return fact(g, f) if right else 0

    for level, judge in (("number", number), ("fact", fact), ("full", full)):
        count(f"observation.{level}", "observation", judge)
    count(
        "milestone.full",
        "milestone",
        lambda g, f: (
            g.get("stage") == f.get("stage")
            and names.alike(g.get("project"), f.get("project"))
            and g.get("status") == f.get("status")
            and same_period(g.get("date"), f.get("date"))
        ),
    )

    def relation(g: Record, f: Record) -> float:
        if g.get("predicate") != f.get("predicate") or g.get("status", "actual") != f.get("status", "actual"):
            return 0
        ends = [("subject", "object")]
        if g.get("predicate") in ("cooperates_with", "joint_venture"):
            ends.append(("object", "subject"))
        loose = g.get("predicate") in ("drives", "in_chain")
        return any(
            names.same(g.get("subject"), f.get(a))
            and (names.same(g.get("object"), f.get(b)) or (loose and names.alike(g.get("object"), f.get(b))))
            for a, b in ends
        )

    count("relation.full", "relation", relation)
    count(
        "policy.full",
        "policy",
        lambda g, f: (
            overlap(g, f) > 0
            and g.get("value") == f.get("value")
            and g.get("instrument") == f.get("instrument")
            and (names.alike(g.get("policy"), f.get("policy")) or names.same(g.get("issuer"), f.get("issuer")))
        ),
    )
    count(
        "claim.full",
        "claim",
        lambda g, f: (
            overlap(g, f) > 0
            and g.get("superlative") == f.get("superlative")
            and names.same(g.get("subject"), f.get("subject"))
            and g.get("status", "actual") == f.get("status", "actual")
        ),
    )
    return out


def read(path: Path) -> list[Record]:
    """The records of a JSON Lines file."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def score(gold: Path, found: Path, documents: Iterable[str] | None = None) -> dict[str, Count]:
    """Counts over all documents of the folder `gold`; a document that `found` lacks counts as nothing found."""
    total = {level: Count() for level in LEVELS}
    for path in sorted(gold.glob("*.jsonl")):
        if documents is not None and path.stem not in documents:
            continue
        other = found / path.name
        for level, one in score_document(read(path), read(other) if other.exists() else []).items():
            total[level].gold += one.gold
            total[level].predicted += one.predicted
            total[level].right += one.right
    return total


def table(columns: dict[str, dict[str, Count]]) -> str:
    """F1 of every level for every reader, as a Markdown table; `-` where a reader predicts nothing of the kind."""
    lines = ["| |" + "".join(f" {name} |" for name in columns), "|---|" + "---|" * len(columns)]
    for level in LEVELS:
        cells = (f" {c[level].f1:.3f} |" if c[level].predicted else " - |" for c in columns.values())
        lines.append(f"| {level} |" + "".join(cells))
    return "\n".join(lines)


def main() -> None:
    """Print the table of one reading."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", type=Path)
    parser.add_argument("found", type=Path)
    arguments = parser.parse_args()
    for folder in (arguments.gold, arguments.found):
        if not folder.is_dir():
            sys.exit(f"not a folder: {folder}")
    print(table({arguments.found.name: score(arguments.gold, arguments.found)}))


if __name__ == "__main__":
    main()
