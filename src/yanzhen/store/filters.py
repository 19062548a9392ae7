"""What is asked of the atlas, as values; turned into SQL here and nowhere else."""

from __future__ import annotations

from dataclasses import dataclass

from yanzhen.store.grams import key, match
from yanzhen.store.schema import FIRST_DAY, LAST_DAY

Clause = tuple[str, tuple[str | int, ...]]


@dataclass(frozen=True, slots=True)
class StatementFilter:
    """Which statements; every field given narrows further.

    Attributes:
        kind: `observation`, `milestone`, `relation`, `policy` or `claim`.
        doc: name of the document.
        article: id of the article within `doc`.
        between: offsets in `doc`; statements whose evidence touches them.
        entity: part of a name or alias of somebody or something the statement is about.
        about: type and name of an entity, exactly; its aliases count within their documents.
        metric: part of the metric's name.
        modality: modality of an observation, status of a milestone, relation or claim.
        stage: stage of a milestone.
        predicate: predicate of a relation.
        instrument: instrument of a policy.
        since: first day, ISO 8601; statements whose period touches it or any later day.
        until: last day, ISO 8601.
        text: words that all have to occur in the quote or the fields, each as any substring.
    """

    kind: str | None = None
    doc: str | None = None
    article: str | None = None
    between: tuple[int, int] | None = None
    entity: str | None = None
    about: tuple[str, str] | None = None
    metric: str | None = None
    modality: str | None = None
    stage: str | None = None
    predicate: str | None = None
    instrument: str | None = None
    since: str | None = None
    until: str | None = None
    text: str | None = None


@dataclass(frozen=True, slots=True)
class EntityFilter:
    """Which entities: of a type, of a document, with `text` in a name or alias."""

    type: str | None = None
    doc: str | None = None
    text: str | None = None


def holding(text: str) -> str:
    """A LIKE pattern for names that hold `text`; the escape character is the backslash."""
    plain = key(text)
    for special in ("\\", "%", "_"):
        plain = plain.replace(special, "\\" + special)
    return f"%{plain}%"


_EQUAL = ("kind", "doc", "article", "modality", "stage", "predicate", "instrument")

# Names of a statement stand in its document, so an alias counts only there.
_OF_ENTITIES = """row IN (
  SELECT p.statement FROM entities e
  JOIN aliases a ON a.entity = e.row
  JOIN parties p ON p.name = a.name
  JOIN statements s ON s.row = p.statement AND s.doc = e.doc
  WHERE {which})"""
_HOLDING = "e.row IN (SELECT entity FROM aliases WHERE name LIKE ? ESCAPE '\\')"
_NAMED = "row IN (SELECT statement FROM parties WHERE name LIKE ? ESCAPE '\\')"


def statement_clauses(wanted: StatementFilter) -> list[Clause]:
    """Conditions on the table `statements`, all of which have to hold."""
    clauses: list[Clause] = [
        (f"{column} = ?", (value,)) for column in _EQUAL if (value := getattr(wanted, column)) is not None
    ]
    if wanted.between is not None:
        clauses.append(('start < ? AND "end" > ?', (wanted.between[1], wanted.between[0])))
    if wanted.entity is not None:
        pattern = holding(wanted.entity)
        clauses.append((f"({_NAMED} OR {_OF_ENTITIES.format(which=_HOLDING)})", (pattern, pattern)))
    if wanted.about is not None:
        clauses.append((_OF_ENTITIES.format(which="e.type = ? AND e.name = ?"), wanted.about))
    if wanted.metric is not None:
        clauses.append(("metric LIKE ? ESCAPE '\\'", (holding(wanted.metric),)))
    if wanted.since is not None or wanted.until is not None:
        clauses.append(("first <= ? AND last >= ?", (wanted.until or LAST_DAY, wanted.since or FIRST_DAY)))
    if wanted.text is not None:
        clauses.append(_grams("statement_grams", wanted.text))
    return clauses


def entity_clauses(wanted: EntityFilter) -> list[Clause]:
    """Conditions on the table `entities`."""
    clauses: list[Clause] = [
        (f"{column} = ?", (value,)) for column in ("type", "doc") if (value := getattr(wanted, column)) is not None
    ]
    if wanted.text is not None:
        clauses.append(_grams("entity_grams", wanted.text))
    return clauses


def passage_clauses(text: str) -> list[Clause]:
    """Conditions on the table `passages`."""
    return [_grams("passage_grams", text)]


def _grams(table: str, text: str) -> Clause:
    query = match(text)
    if query is None:
        return "0", ()
    return f"row IN (SELECT rowid FROM {table} WHERE {table} MATCH ?)", (query,)  # noqa: S608 - a constant of ours
