"""How a statement came about: the sentence, what was recognised in it, the rule or data row, the values resolved."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from yanzhen.data import Row, find_row, rows
from yanzhen.extract.extract import records_of, scene_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from yanzhen.extract.scene import Scene
    from yanzhen.facts import Record
    from yanzhen.fold import Folded
    from yanzhen.frame import Frame


@dataclass(frozen=True, slots=True)
class Seen:
    """Something recognised in a sentence.

    Attributes:
        text: the words.
        reading: what they were taken for.
        origin: the finder or data row that recognised them; empty for numbers and dates.
    """

    text: str
    reading: str
    origin: str = ""


@dataclass(frozen=True, slots=True)
class Derivation:
    """One record and how it came about.

    Attributes:
        record: the entity or statement.
        sentence: the clean sentence it rests on.
        mentions, numbers, periods: what was recognised in that sentence.
        rule: what the rule that made it does, in words.
        row: (table, row) where a data row made it, else None.
    """

    record: Record
    sentence: str
    mentions: tuple[Seen, ...]
    numbers: tuple[Seen, ...]
    periods: tuple[Seen, ...]
    rule: str
    row: tuple[str, Row] | None


def explain(folded: Folded, frame: Frame, doc: str, digest: str = "") -> Iterator[Derivation]:
    """How each record of a framed document came about, in the order of `extract`."""
    scene = scene_of(folded, frame, doc)
    for record in records_of(scene, digest):
        yield _derivation(scene, record)


def _derivation(scene: Scene, record: Record) -> Derivation:
    start, end = getattr(record, "start", 0) or 0, getattr(record, "end", 0) or 0
    low, high = scene.folded.to_clean(start, end)
    sentence = scene.sentence_at(low)
    if sentence is not None:
        low, high = sentence.start, sentence.end
    origin = getattr(record, "origin", None) or ""
    return Derivation(
        record=record,
        sentence=scene.text[low:high].strip(),
        mentions=tuple(
            Seen(scene.text[m.start : m.end], f"{scene.thing(m).type} {scene.thing(m).name}", m.origin)
            for m in scene.mentions_in(low, high)
        ),
        numbers=tuple(
            Seen(q.text, f"{q.cmp} {q.value:.15g}{'' if q.value_high is None else f' – {q.value_high:.15g}'} {q.unit}")
            for q in scene.quantities_in(low, high)
        ),
        periods=tuple(Seen(p.text, f"{p.first or '…'} – {p.last or '…'}") for p in scene.periods_in(low, high)),
        rule=meaning(origin),
        row=find_row(origin.rsplit(":", 1)[-1]) if origin else None,
    )


def meaning(origin: str) -> str:
    """What an origin says in words: of the whole, else of what stands before its last colon; else empty."""
    said = {row["origin"]: row["meaning"] for row in rows("labels/origins.csv")}
    while origin:
        if origin in said:
            return said[origin]
        origin = origin.rpartition(":")[0]
    return ""
