"""Sources in, atlas file out. The file that is there stays as it is until the new one is complete."""

from __future__ import annotations

import contextlib
import os
import sqlite3
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from yanzhen.errors import StoreError
from yanzhen.facts import (
    Article,
    Claim,
    Document,
    Entity,
    Milestone,
    Observation,
    Policy,
    Record,
    Relation,
    Statement,
    encode_line,
    statement_id,
)
from yanzhen.fold import Folded, fold
from yanzhen.store.grams import grams
from yanzhen.store.schema import FIRST_DAY, LAST_DAY, create, told

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from yanzhen.facts.records import Period


@dataclass(frozen=True, slots=True)
class Source:
    """One document, read: its text and everything found in it.

    Attributes:
        doc: its name, unique in the atlas.
        path: where it was read from, for people.
        media_type: of the file, such as `text/plain`.
        digest: SHA-256 of the file's bytes, in hex.
        text: what offsets count in, as code points.
        records: one `Document`, and the articles, entities and statements found.
    """

    doc: str
    path: str
    media_type: str
    digest: str
    text: str
    records: Sequence[Record]


@dataclass(frozen=True, slots=True)
class Refusal:
    """A record that was not taken in, and why."""

    doc: str
    record: str
    reason: str


@dataclass(frozen=True, slots=True)
class BuildReport:
    """What went into the atlas. `counts` is by kind of record; refused records are not counted."""

    counts: dict[str, int] = field(default_factory=dict)
    refused: tuple[Refusal, ...] = ()

    @property
    def documents(self) -> int:
        return self.counts.get("document", 0)


class _Columns(NamedTuple):
    """What a statement is filtered by."""

    subject: str | None = None
    metric: str | None = None
    measure: str | None = None
    value: float | None = None
    unit: str | None = None
    modality: str | None = None
    stage: str | None = None
    predicate: str | None = None
    instrument: str | None = None
    period: Period | None = None


def _columns(said: Statement) -> _Columns:
    match said:
        case Observation():
            return _Columns(
                said.subject, said.metric, said.measure, said.value, said.unit, said.modality, period=said.period
            )
        case Milestone():
            return _Columns(said.project, stage=said.stage, modality=said.status, period=said.date)
        case Relation():
            return _Columns(said.subject, predicate=said.predicate, modality=said.status, period=said.date)
        case Policy():
            return _Columns(
                said.issuer, value=said.value, unit=said.unit, instrument=said.instrument,
                period=said.valid if said.window is None else said.window,
            )  # fmt: skip
        case Claim():
            return _Columns(said.subject, modality=said.status)


_PARTIES = ("subject", "of", "project", "owner", "place", "object", "policy", "issuer", "beneficiary", "attribution")
_WORDS = (*_PARTIES, "metric", "role", "benefit", "condition", "number", "contact", "claim", "scope")


def _fields(said: Statement, names: Iterable[str]) -> Iterator[tuple[str, str]]:
    for name in names:
        value = getattr(said, name, None)
        if isinstance(value, str) and value:
            yield name, value


def _period(period: Period | None) -> tuple[str | None, str | None]:
    if period is None or period == (None, None):
        return None, None
    first, last = period
    return first or FIRST_DAY, last or LAST_DAY


def _json(record: Record) -> str:
    return encode_line(record).decode().rstrip("\n")


class _Writer:
    """Puts one source after the other into an empty atlas."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self.connection = connection
        self.counts: Counter[str] = Counter()
        self.refused: list[Refusal] = []
        self.rows: Counter[str] = Counter()

    def next_row(self, table: str) -> int:
        self.rows[table] += 1
        return self.rows[table]

    def refuse(self, record: Record, reason: str) -> None:
        self.refused.append(Refusal(record.doc, _json(record), reason))

    def add(self, source: Source) -> None:
        documents = [r for r in source.records if isinstance(r, Document)]
        if len(documents) != 1:
            raise StoreError(f"{len(documents)} document records where one is needed", source.doc)
        astray = next((r for r in source.records if r.doc != source.doc), None)
        if astray is not None:
            raise StoreError(f"a record of the document {astray.doc} stands among those of another", source.doc)
        self._document(source, documents[0])
        folded = fold(source.text)
        self._passages(source, folded)
        for record in source.records:
            match record:
                case Article():
                    self._article(record)
                case Entity():
                    self._entity(record)
                case Document():
                    pass
                case _:
                    self._statement(record, source, folded)

    def _document(self, source: Source, document: Document) -> None:
        record = msgspec.structs.replace(document, digest=source.digest)
        try:
            self.connection.execute(
                "INSERT INTO documents VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (
                    source.doc, source.path, source.media_type, source.digest, len(source.text),
                    record.published, record.publisher, record.title, _json(record),
                ),
            )  # fmt: skip
        except sqlite3.IntegrityError as error:
            raise StoreError("two documents have the same name", source.doc, "rename one of them") from error
        self.connection.execute("INSERT INTO texts VALUES (?, ?)", (source.doc, source.text))
        self.counts["document"] += 1

    def _passages(self, source: Source, folded: Folded) -> None:
        at = 0
        for paragraph in folded.text.split("\n"):
            start, end = folded.to_original(at, at + len(paragraph))
            at += len(paragraph) + 1
            if paragraph:
                row = self.next_row("passages")
                self.connection.execute("INSERT INTO passages VALUES (?, ?, ?, ?)", (row, source.doc, start, end))
                self.connection.execute(
                    "INSERT INTO passage_grams (rowid, grams) VALUES (?, ?)", (row, grams(paragraph))
                )

    def _article(self, article: Article) -> None:
        try:
            self.connection.execute(
                "INSERT INTO articles VALUES (?, ?, ?, ?, ?, ?)",
                (article.doc, article.id, article.start, article.end, article.title, _json(article)),
            )
        except sqlite3.IntegrityError:
            self.refuse(article, "the article is there twice")
        else:
            self.counts["article"] += 1

    def _entity(self, entity: Entity) -> None:
        row = self.next_row("entities")
        try:
            self.connection.execute(
                "INSERT INTO entities VALUES (?, ?, ?, ?, ?, ?, ?)",
                (row, entity.doc, entity.id, entity.type, entity.name, entity.ref, _json(entity)),
            )
        except sqlite3.IntegrityError:
            self.refuse(entity, "two entities of the document have the same id")
            return
        names = dict.fromkeys((entity.name, *entity.aliases))
        self.connection.executemany("INSERT INTO aliases VALUES (?, ?, ?)", [(n, entity.doc, row) for n in names])
        self.connection.execute(
            "INSERT INTO entity_grams (rowid, grams) VALUES (?, ?)", (row, " ".join(map(grams, names)))
        )
        self.counts["entity"] += 1

    def _statement(self, statement: Statement, source: Source, folded: Folded) -> None:
        if not 0 <= statement.start < statement.end <= len(source.text):
            self.refuse(statement, "its evidence lies outside of the text")
            return
        if source.text[statement.start : statement.end] != statement.quote:
            self.refuse(statement, "its quote is not what the text says there")
            return
        said = msgspec.structs.replace(statement, id=statement_id(statement, source.digest))
        columns = _columns(said)
        row = self.next_row("statements")
        try:
            self.connection.execute(
                "INSERT INTO statements VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (
                    row, said.id, type(said).__struct_config__.tag, said.doc, said.article, said.start, said.end,
                    *columns[:-1], *_period(columns.period), said.origin, said.inferred, _json(said),
                ),
            )  # fmt: skip
        except sqlite3.IntegrityError:
            self.refuse(said, "the statement is there twice")
            return
        parties = {(value, row, name) for name, value in _fields(said, _PARTIES)}
        self.connection.executemany("INSERT INTO parties VALUES (?, ?, ?)", sorted(parties))
        words = dict.fromkeys(value for _, value in _fields(said, _WORDS))
        low, high = folded.to_clean(said.start, said.end)
        words[folded.text[low:high]] = None
        self.connection.execute(
            "INSERT INTO statement_grams (rowid, grams) VALUES (?, ?)", (row, " ".join(map(grams, words)))
        )
        self.counts[str(type(said).__struct_config__.tag)] += 1


@contextlib.contextmanager
def _only_builder(path: Path) -> Iterator[None]:
    """Keeps a second builder out, by a file lock of SQLite: it works on every system and dies with the process."""
    lock = path.with_name(f".{path.name}.lock")
    with told(path):
        connection = sqlite3.connect(lock, timeout=0, isolation_level=None)
    try:
        with told(path):
            connection.execute("BEGIN EXCLUSIVE")
        yield
    finally:
        connection.close()


def _sync(path: Path) -> None:
    """Have what was written reach the disk, so that the renaming cannot come before it."""
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def _sync_folder(folder: Path) -> None:
    if os.name == "posix":  # elsewhere a folder cannot be opened, and renaming is journalled
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def build_atlas(path: Path, documents: Iterable[Source]) -> BuildReport:
    """Write an atlas of these documents and put it in the place of the one that may be there.

    The new file is written beside `path` and renamed when it is complete, so that a reader meets the old atlas or the
    new one whole, whatever happens in between. It is left in SQLite's rollback mode: with no `-wal` file that belongs
    to it, renaming is safe, and it can be read from a folder that nobody may write to.

    Args:
        path: where the atlas is to be; its folder must exist.
        documents: any number of documents, in any order.

    Returns:
        How many records of which kind were taken in, and which were refused: a statement whose quote is not in the
        text where it says, or that is there twice.

    Raises:
        StoreError: the file cannot be written, another build is at work on it, or two documents have one name.
    """
    building = path.with_name(f".{path.name}.building")
    with _only_builder(path):
        try:
            with told(path):
                building.unlink(missing_ok=True)  # of a build that was killed
                connection = sqlite3.connect(building, isolation_level=None)
            with contextlib.closing(connection):
                writer = _Writer(connection)
                with told(path):
                    # A killed build leaves nothing that anybody opens: no journal is needed.
                    connection.execute("PRAGMA journal_mode = OFF")
                    connection.execute("PRAGMA synchronous = OFF")
                    connection.execute("PRAGMA cache_size = -200000")
                    create(connection)
                    connection.execute("BEGIN")
                for source in documents:
                    with told(path):
                        writer.add(source)
                with told(path):
                    for table in ("passage_grams", "statement_grams", "entity_grams"):
                        connection.execute(f"INSERT INTO {table} ({table}) VALUES ('optimize')")  # noqa: S608
                    connection.execute("COMMIT")
                    connection.execute("ANALYZE")
            with told(path):
                _sync(building)
                building.replace(path)
                _sync_folder(path.parent)
        finally:
            with contextlib.suppress(OSError):
                building.unlink(missing_ok=True)
    return BuildReport(dict(sorted(writer.counts.items())), tuple(writer.refused))
