"""The read view: records of the fact model out of an atlas file, a page at a time, always in the same order."""

from __future__ import annotations

import base64
import binascii
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Annotated, Any, Generic, TypeVar

import msgspec

from yanzhen.errors import StoreError, UsageError
from yanzhen.facts import STATEMENT_KINDS, Article, Document, Entity, Statement, decode_lines
from yanzhen.store.filters import (
    Clause,
    EntityFilter,
    StatementFilter,
    entity_clauses,
    passage_clauses,
    statement_clauses,
)
from yanzhen.store.schema import connect, told

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path
    from types import TracebackType
    from typing import Self

    from yanzhen.facts import Record

T = TypeVar("T")
Row = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Page(Generic[T]):
    """Some of the items asked for.

    Attributes:
        items: in the order of the whole.
        total: how many there are on all pages.
        first: number of the first item among all, from 0.
        next_cursor: asks for the page after this one; None on the last.
        previous_cursor: asks for the page before this one; None on the first.
    """

    items: tuple[T, ...]
    total: int
    first: int
    next_cursor: str | None
    previous_cursor: str | None


@dataclass(frozen=True, slots=True)
class DocumentView:
    """A document as the atlas knows it.

    Attributes:
        record: as read.
        heading: its title; without one that of its first article that has one, else its name.
        path: where it was read from.
        media_type: of the file.
        digest: SHA-256 of the file's bytes.
        characters: length of its text.
        articles: number of articles.
        counts: number of statements by kind, in the order of the fact model; kinds without any are left out.
    """

    record: Document
    heading: str
    path: str
    media_type: str
    digest: str
    characters: int
    articles: int
    counts: dict[str, int]


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph of a document; offsets in its text."""

    doc: str
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class EntityName:
    """Everything that has one name and type, over all documents."""

    type: str
    name: str
    documents: int


@dataclass(frozen=True, slots=True)
class Found:
    """What a search finds, the first of each."""

    entities: Page[EntityName]
    statements: Page[Statement]
    passages: Page[Passage]


@dataclass(frozen=True, slots=True)
class _Listing(Generic[T]):
    """A table as it is listed: what is selected, in which order, and what a row becomes."""

    select: str
    source: str
    order: tuple[str, ...]
    make: Callable[[Row], T]
    arguments: tuple[str | int, ...] = ()  # of `source`


def _record(line: str) -> Record:
    return next(decode_lines(line.encode()))


def _statement(row: Row) -> Statement:
    record = _record(row[0])
    if isinstance(record, Document | Article | Entity):
        raise StoreError("a statement is none", record.doc, "build the atlas again")
    return record


_STATEMENTS = _Listing("record", "statements", ("doc", "start", '"end"', "id"), _statement)
_NAMES = _Listing("type, name, documents", "", ("name", "type"), lambda row: EntityName(*row[:3]))
_PASSAGES = _Listing(
    'doc, start, "end", (SELECT substr(text, start + 1, "end" - start) FROM texts WHERE texts.doc = passages.doc)',
    "passages",
    ("doc", "start"),
    lambda row: Passage(*row[:4]),
)
_DOCUMENTS = _Listing(
    "record, path, media_type, digest, characters, (SELECT count(*) FROM articles a WHERE a.doc = documents.doc), "
    "(SELECT a.title FROM articles a WHERE a.doc = documents.doc AND a.title <> '' ORDER BY a.start, a.id LIMIT 1)",
    "documents",
    ("doc",),
    lambda row: row,
)


_Integer = Annotated[int, msgspec.Meta(ge=0, lt=1 << 62)]


class _Cursor(msgspec.Struct, frozen=True, array_like=True):
    """The place of the item that a page begins behind, and its number among all."""

    backwards: bool
    ordinal: _Integer
    place: tuple[str | _Integer, ...]


def _encode(cursor: _Cursor) -> str:
    return base64.urlsafe_b64encode(msgspec.json.encode(cursor)).decode().rstrip("=")


def _decode(cursor: str, size: int) -> _Cursor:
    try:
        raw = base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4))
        found = msgspec.json.decode(raw, type=_Cursor)
    except (binascii.Error, ValueError) as error:
        raise UsageError("this is no cursor of ours", cursor[:80], "start again without one") from error
    if len(found.place) != size:
        raise UsageError("this cursor belongs to another list", cursor[:80], "start again without one")
    return found


class Atlas:
    """An open atlas. Sees one state of it; open again to see a newer one. Not to be shared between threads."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._connection = connect(path)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the file."""
        self._connection.close()

    def _rows(self, sql: str, arguments: Sequence[str | int] = ()) -> list[Row]:
        with told(self.path):
            return self._connection.execute(sql, arguments).fetchall()

    def _page(self, listing: _Listing[T], clauses: list[Clause], limit: int, cursor: str | None) -> Page[T]:
        """One page by its place in the order, not by counting: as quick at the end of a long list as at its start."""
        where = " AND ".join(condition for condition, _ in clauses) or "1"
        arguments = [*listing.arguments, *(argument for _, given in clauses for argument in given)]
        total: int = self._rows(f"SELECT count(*) FROM {listing.source} WHERE {where}", arguments)[0][0]  # noqa: S608
        keys = ", ".join(listing.order)
        size = len(listing.order)
        after = _Cursor(False, 0, ()) if cursor is None else _decode(cursor, size)
        backwards = after.backwards
        beyond = f"({keys}) {'<' if backwards else '>'} ({', '.join('?' * size)})" if after.place else "1"
        order = ", ".join(key + (" DESC" if backwards else "") for key in listing.order)
        found = self._rows(
            f"SELECT {listing.select}, {keys} FROM {listing.source} WHERE {where} AND {beyond} "  # noqa: S608
            f"ORDER BY {order} LIMIT ?",
            [*arguments, *after.place, limit + 1],
        )
        more = len(found) > limit
        found = found[:limit]
        if backwards:
            found.reverse()
        first = max(after.ordinal - len(found), 0) if backwards else after.ordinal
        has_next = bool(found) and (backwards or more)
        has_previous = bool(found) and (more if backwards else cursor is not None)
        return Page(
            tuple(listing.make(row) for row in found),
            total,
            first,
            _encode(_Cursor(False, first + len(found), found[-1][-size:])) if has_next else None,
            _encode(_Cursor(True, first, found[0][-size:])) if has_previous else None,
        )

    def meta(self) -> dict[str, str]:
        """What the atlas says about itself: `schema_version`."""
        return dict(self._rows("SELECT key, value FROM meta ORDER BY key"))

    def counts(self) -> dict[str, int]:
        """Number of records by kind, in the order of the fact model; every kind is there."""
        counted = {
            kind: self._rows(f"SELECT count(*) FROM {table}")[0][0]  # noqa: S608 - constants
            for kind, table in (("document", "documents"), ("article", "articles"), ("entity", "entities"))
        }
        by_kind: dict[str, int] = dict(self._rows("SELECT kind, count(*) FROM statements GROUP BY kind"))
        return counted | {kind: by_kind.get(kind, 0) for kind in STATEMENT_KINDS}

    def documents(self, *, limit: int = 100, cursor: str | None = None) -> Page[DocumentView]:
        """Documents by name.

        Raises:
            UsageError: the cursor is none of ours.
        """
        page = self._page(_DOCUMENTS, [], limit, cursor)
        return Page(self._views(page.items), page.total, page.first, page.next_cursor, page.previous_cursor)

    def document(self, doc: str) -> DocumentView | None:
        """The document of this name."""
        listing = _DOCUMENTS
        rows = self._rows(f"SELECT {listing.select} FROM documents WHERE doc = ?", (doc,))  # noqa: S608 - constants
        return next(iter(self._views(rows)), None)

    def _views(self, rows: Sequence[Row]) -> tuple[DocumentView, ...]:
        views = []
        for line, path, media_type, digest, characters, articles, title, *_ in rows:
            record = _record(line)
            if not isinstance(record, Document):
                raise StoreError("a document is none", record.doc, "build the atlas again")
            by_kind: dict[str, int] = dict(
                self._rows("SELECT kind, count(*) FROM statements WHERE doc = ? GROUP BY kind", (record.doc,))
            )
            counts = {kind: by_kind[kind] for kind in STATEMENT_KINDS if kind in by_kind}
            heading = record.title or title or record.doc
            views.append(DocumentView(record, heading, path, media_type, digest, characters, articles, counts))
        return tuple(views)

    def text(self, doc: str) -> str:
        """What the offsets of a document count in; empty where there is no such document."""
        rows = self._rows("SELECT text FROM texts WHERE doc = ?", (doc,))
        return str(rows[0][0]) if rows else ""

    def articles(self, doc: str) -> tuple[Article, ...]:
        """The articles of a document, in the order they stand in."""
        records = (
            _record(row[0])
            for row in self._rows("SELECT record FROM articles WHERE doc = ? ORDER BY start, id", (doc,))
        )
        return tuple(record for record in records if isinstance(record, Article))

    def entities(self, wanted: EntityFilter, *, limit: int = 100, cursor: str | None = None) -> Page[EntityName]:
        """Names of entities, in the order of code points; the same name in several documents is one item.

        Raises:
            UsageError: the cursor is none of ours.
        """
        clauses = entity_clauses(wanted)
        where = " AND ".join(condition for condition, _ in clauses) or "1"
        source = (
            "(SELECT type, name, count(DISTINCT doc) AS documents FROM entities "  # noqa: S608 - clauses of ours
            f"WHERE {where} GROUP BY name, type)"
        )
        arguments = tuple(argument for _, given in clauses for argument in given)
        return self._page(replace(_NAMES, source=source, arguments=arguments), [], limit, cursor)

    def entities_of(self, doc: str) -> tuple[Entity, ...]:
        """The entities of a document, by name."""
        return self._entities("doc = ? ORDER BY name, type, id", (doc,))

    def entity(self, type_: str, name: str) -> tuple[Entity, ...]:
        """Every document's entity of this type and name, by document."""
        return self._entities("type = ? AND name = ? ORDER BY doc, id", (type_, name))

    def _entities(self, where: str, arguments: Sequence[str]) -> tuple[Entity, ...]:
        rows = self._rows(f"SELECT record FROM entities WHERE {where}", arguments)  # noqa: S608 - clauses of ours
        return tuple(record for record in (_record(row[0]) for row in rows) if isinstance(record, Entity))

    def statements(
        self, wanted: StatementFilter | None = None, *, limit: int = 100, cursor: str | None = None
    ) -> Page[Statement]:
        """Statements by document and place in it.

        Raises:
            UsageError: the cursor is none of ours.
        """
        return self._page(_STATEMENTS, statement_clauses(wanted or StatementFilter()), limit, cursor)

    def statement(self, id_: str) -> Statement | None:
        """The statement of this id."""
        rows = self._rows("SELECT record FROM statements WHERE id = ?", (id_,))
        return _statement(rows[0]) if rows else None

    def records(self) -> Iterator[Record]:
        """Everything, document by document: its record, articles, entities and statements, always in one order."""
        for (doc,) in self._rows("SELECT doc FROM documents ORDER BY doc"):
            for table, order in (
                ("documents", "doc"),
                ("articles", "start, id"),
                ("entities", "id, row"),
                ("statements", 'start, "end", id'),
            ):
                sql = f"SELECT record FROM {table} WHERE doc = ? ORDER BY {order}"  # noqa: S608 - constants
                yield from (_record(row[0]) for row in self._rows(sql, (doc,)))

    def search(self, text: str, *, limit: int = 10) -> Found:
        """What holds all words of `text`, each as any substring, in any script and width: the first of each sort."""
        return Found(
            self.entities(EntityFilter(text=text), limit=limit),
            self.statements(StatementFilter(text=text), limit=limit),
            self._page(_PASSAGES, passage_clauses(text), limit, None),
        )


def open_atlas(path: Path) -> Atlas:
    """Open an atlas for reading.

    Raises:
        StoreError: there is none, it is damaged, or another version of Yanzhen made it.
    """
    return Atlas(path)
