"""The pages and their data: documents, one document with its facts, facts, entities, search.

Every page is a view of the atlas whose whole state stands in the address; `.json` on the same address gives the data.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Any
from urllib.parse import urlencode

import msgspec
from fastapi import APIRouter, Query
from fastapi.responses import RedirectResponse, Response
from starlette.exceptions import HTTPException

from yanzhen.facts import encode_line
from yanzhen.serve.marks import page_at, pages, segments
from yanzhen.serve.pages import document_url, entity_url, evidence_url, page
from yanzhen.serve.queries import EntityQuery, FactQuery, ListQuery  # noqa: TC001 - read by FastAPI
from yanzhen.serve.wording import read
from yanzhen.store import EntityFilter, StatementFilter, open_atlas

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from yanzhen.facts import Article, Document, Record, Statement
    from yanzhen.store import Atlas, DocumentView, EntityName, Page

# More statements on one page of text than anybody reads; a page of 20,000 characters holds a few hundred.
MOST_FACTS = 5_000
JSON = ".json"


def _data(value: Any) -> Response:
    return Response(msgspec.json.encode(value), media_type="application/json")


def _plain(record: Record) -> dict[str, Any]:
    return msgspec.json.decode(encode_line(record), type=dict[str, Any])


def _fact(statement: Statement) -> dict[str, Any]:
    return _plain(statement) | {
        "reading": read(statement).text,
        "links": {"evidence": evidence_url(statement.doc, statement.id)},
    }


def _document(view: DocumentView) -> dict[str, Any]:
    return _plain(view.record) | {
        "path": view.path,
        "media_type": view.media_type,
        "digest": view.digest,
        "characters": view.characters,
        "articles": view.articles,
        "counts": view.counts,
        "links": {"page": document_url(view.record.doc), "data": document_url(view.record.doc) + JSON},
    }


def _name(entity: EntityName) -> dict[str, Any]:
    return {
        "type": entity.type,
        "name": entity.name,
        "documents": entity.documents,
        "links": {"page": entity_url(entity.type, entity.name)},
    }


def _listed(found: Page[Any], items: list[dict[str, Any]]) -> dict[str, Any]:
    return {
        "total": found.total,
        "first": found.first,
        "next_cursor": found.next_cursor,
        "previous_cursor": found.previous_cursor,
        "items": items,
    }


def _turns(path: str, query: ListQuery, found: Page[Any]) -> dict[str, str | None]:
    """Addresses of the pages before and after."""

    def to(cursor: str | None) -> str | None:
        return None if cursor is None else f"{path}?{urlencode(query.state() | {'cursor': cursor})}"

    return {"previous": to(found.previous_cursor), "next": to(found.next_cursor)}


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a statement stands: its article where that has a title of its own, else its document."""

    title: str
    record: Document | Article


def _origins(atlas: Atlas, statements: Sequence[Statement]) -> dict[tuple[str, str | None], Origin]:
    found: dict[tuple[str, str | None], Origin] = {}
    for doc in dict.fromkeys(statement.doc for statement in statements):
        view = atlas.document(doc)
        assert view is not None, doc
        for statement in statements:
            if statement.doc == doc:
                found[doc, statement.article] = Origin(view.heading, view.record)
        for article in atlas.articles(doc):
            dated = view.record if article.published is None else article
            found[doc, article.id] = Origin(article.title or view.heading, dated)
    return found


def _original(atlas: Atlas, view: DocumentView, at: int | None, fact: str | None, offset: int | None) -> Response:
    """A document's text, the page that is asked for or that holds the fact or offset, with its statements beside it."""
    doc = view.record.doc
    text = atlas.text(doc)
    bounds = pages(text)
    if at is None:
        statement = None if fact is None else atlas.statement(fact)
        place = statement.start if statement is not None and statement.doc == doc else offset or 0
        at = page_at(bounds, place) + 1
    if not 1 <= at <= len(bounds):
        raise HTTPException(404, f"{doc} 只有 {len(bounds)} 页")
    start, end = bounds[at - 1]
    found = atlas.statements(StatementFilter(doc=doc, between=(start, end)), limit=MOST_FACTS)
    articles = atlas.articles(doc)
    anchors = [(article.start, article.id) for article in articles]
    if offset is not None:
        anchors.append((offset, "here"))
    titles = {article.id: article.title or "（无标题）" for article in articles}
    return page(
        "document.html",
        view=view,
        articles=[(article, page_at(bounds, article.start) + 1) for article in articles],
        titles=titles,
        segments=segments(text, start, end, found.items, anchors),
        facts=found.items,
        left_out=found.total - len(found.items),
        at=at,
        pages=len(bounds),
        picked=fact,
    )


def routes(atlas_path: Path) -> APIRouter:
    """The routes over the atlas at `atlas_path`."""
    router = APIRouter()

    @router.get("/", include_in_schema=False)
    def index(query: Annotated[ListQuery, Query()]) -> Response:
        with open_atlas(atlas_path) as atlas:
            found = atlas.documents(limit=query.limit, cursor=query.cursor)
            return page("documents.html", found=found, counts=atlas.counts(), turns=_turns("/", query, found))

    @router.get("/documents", include_in_schema=False)
    def documents_page() -> Response:
        return RedirectResponse("/", 308)

    @router.get("/documents.json")
    def documents(query: Annotated[ListQuery, Query()]) -> Response:
        with open_atlas(atlas_path) as atlas:
            found = atlas.documents(limit=query.limit, cursor=query.cursor)
            return _data(_listed(found, [_document(view) for view in found.items]) | {"counts": atlas.counts()})

    @router.get("/documents/{doc:path}")
    def document(
        doc: str,
        at: Annotated[int | None, Query(alias="page", ge=1, le=1_000_000)] = None,
        fact: Annotated[str | None, Query(max_length=64)] = None,
        offset: Annotated[int | None, Query(ge=0, le=1_000_000_000)] = None,
    ) -> Response:
        with open_atlas(atlas_path) as atlas:
            view = atlas.document(doc)
            if view is not None:
                return _original(atlas, view, at, fact, offset)
            view = atlas.document(doc.removesuffix(JSON)) if doc.endswith(JSON) else None
            if view is None:
                raise HTTPException(404, f"没有名为 {doc} 的文档")
            name = view.record.doc
            statements = atlas.statements(StatementFilter(doc=name), limit=1_000_000).items
            return _data(
                {
                    "document": _document(view),
                    "text": atlas.text(name),
                    "articles": [_plain(article) for article in atlas.articles(name)],
                    "entities": [_plain(entity) for entity in atlas.entities_of(name)],
                    "statements": [_fact(statement) for statement in statements],
                }
            )

    @router.get("/facts", include_in_schema=False)
    def facts_page(query: Annotated[FactQuery, Query()]) -> Response:
        with open_atlas(atlas_path) as atlas:
            found = atlas.statements(query.filter(), limit=query.limit, cursor=query.cursor)
            origins = _origins(atlas, found.items)
            return page("facts.html", found=found, query=query, origins=origins, turns=_turns("/facts", query, found))

    @router.get("/facts.json")
    def facts(query: Annotated[FactQuery, Query()]) -> Response:
        with open_atlas(atlas_path) as atlas:
            found = atlas.statements(query.filter(), limit=query.limit, cursor=query.cursor)
            return _data(_listed(found, [_fact(statement) for statement in found.items]))

    @router.get("/facts/{id_}")
    def fact(id_: str) -> Response:
        with open_atlas(atlas_path) as atlas:
            statement = atlas.statement(id_.removesuffix(JSON))
        if statement is None:
            raise HTTPException(404, f"没有编号为 {id_} 的事实")
        if id_.endswith(JSON):
            return _data(_fact(statement))
        return RedirectResponse(evidence_url(statement.doc, statement.id), 303)

    @router.get("/entities", include_in_schema=False)
    def entities_page(query: Annotated[EntityQuery, Query()]) -> Response:
        with open_atlas(atlas_path) as atlas:
            wanted = EntityFilter(type=query.type, text=query.q)
            found = atlas.entities(wanted, limit=query.limit, cursor=query.cursor)
            return page("entities.html", found=found, query=query, turns=_turns("/entities", query, found))

    @router.get("/entities.json")
    def entities(query: Annotated[EntityQuery, Query()]) -> Response:
        with open_atlas(atlas_path) as atlas:
            wanted = EntityFilter(type=query.type, text=query.q)
            found = atlas.entities(wanted, limit=query.limit, cursor=query.cursor)
            return _data(_listed(found, [_name(entity) for entity in found.items]))

    @router.get("/entities/{type_}/{name:path}")
    def entity(type_: str, name: str, query: Annotated[ListQuery, Query()]) -> Response:
        with open_atlas(atlas_path) as atlas:
            records = atlas.entity(type_, name)
            as_data = not records and name.endswith(JSON)
            if as_data:
                name = name.removesuffix(JSON)
                records = atlas.entity(type_, name)
            if not records:
                raise HTTPException(404, f"没有名为 {name} 的实体")
            wanted = StatementFilter(about=(type_, name))
            found = atlas.statements(wanted, limit=query.limit, cursor=query.cursor)
            if as_data:
                records_data = [_plain(record) for record in records]
                return _data({"entities": records_data, "statements": _listed(found, [_fact(s) for s in found.items])})
            return page(
                "entity.html",
                type=type_,
                name=name,
                records=records,
                aliases=sorted({alias for record in records for alias in record.aliases}),
                found=found,
                origins=_origins(atlas, found.items),
                turns=_turns(entity_url(type_, name), query, found),
            )

    @router.get("/search", include_in_schema=False)
    def search_page(q: Annotated[str, Query(max_length=200)] = "") -> Response:
        with open_atlas(atlas_path) as atlas:
            found = atlas.search(q, limit=10) if q.strip() else None
            return page("search.html", q=q, found=found)

    @router.get("/search.json")
    def search(
        q: Annotated[str, Query(min_length=1, max_length=200)], limit: Annotated[int, Query(ge=1, le=100)] = 10
    ) -> Response:
        with open_atlas(atlas_path) as atlas:
            found = atlas.search(q, limit=limit)
        return _data(
            {
                "entities": {"total": found.entities.total, "items": [_name(e) for e in found.entities.items]},
                "statements": {"total": found.statements.total, "items": [_fact(s) for s in found.statements.items]},
                "passages": {
                    "total": found.passages.total,
                    "items": found.passages.items,
                },
            }
        )

    @router.get("/health")
    def health() -> Response:
        with open_atlas(atlas_path) as atlas:
            return _data({"status": "ok", "schema_version": atlas.meta()["schema_version"], "counts": atlas.counts()})

    return router
