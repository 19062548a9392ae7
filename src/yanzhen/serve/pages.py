"""Templates into pages. All that comes out of documents is escaped; no page holds a script of its own."""

from __future__ import annotations

from functools import cache
from typing import Any
from urllib.parse import quote, urlencode

from fastapi.responses import HTMLResponse
from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape

from yanzhen.fold import fold
from yanzhen.serve.labels import choices, label
from yanzhen.serve.marks import kind_of
from yanzhen.serve.wording import day_words, period_words, read
from yanzhen.store import search_key

# Told apart without colour, by shape.
SIGNS = {"observation": "■", "milestone": "◆", "relation": "●", "policy": "▲", "claim": "★"}


def document_url(doc: str) -> str:
    """The page of a document."""
    return f"/documents/{quote(doc)}"


def evidence_url(doc: str, id_: str) -> str:
    """The place of a statement in its document."""
    return f"{document_url(doc)}?{urlencode({'fact': id_})}#q-{quote(id_)}"


def entity_url(type_: str, name: str) -> str:
    """The page of an entity."""
    return f"/entities/{quote(type_)}/{quote(name)}"


def facts_url(**given: str | None) -> str:
    """The list of statements under these conditions."""
    return f"/facts?{urlencode({name: value for name, value in given.items() if value})}"


def as_received(text: str) -> Markup:
    """A text escaped so that a browser gives back every character of it.

    A browser turns a bare carriage return into a line feed and drops NUL, which cannot be written in HTML at all: it is
    shown by its symbol.
    """
    return Markup(str(escape(text)).replace("\r", "&#13;").replace("\0", "\u2400"))  # noqa: S704 - escaped just before


def highlighted(text: str, query: str) -> Markup:
    """The text, escaped, with every occurrence of the query's words marked, in whatever script and width they stand."""
    folded = fold(text)
    clean = folded.text.lower()
    spans: list[tuple[int, int]] = []
    if len(clean) == len(folded.text):  # a few letters change length in lower case; then nothing is marked
        for word in search_key(query).split():
            at = clean.find(word)
            while at >= 0:
                spans.append(folded.to_original(at, at + len(word)))
                at = clean.find(word, at + len(word))
    parts: list[Markup] = []
    done = 0
    for start, end in sorted(spans):
        if start >= done:
            parts += [escape(text[done:start]), Markup("<mark>"), escape(text[start:end]), Markup("</mark>")]
            done = end
    return Markup("").join([*parts, escape(text[done:])])


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("yanzhen.serve"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals.update(
        label=label,
        choices=choices,
        signs=SIGNS,
        read=read,
        kind_of=kind_of,
        document_url=document_url,
        evidence_url=evidence_url,
        entity_url=entity_url,
        facts_url=facts_url,
        highlighted=highlighted,
    )
    environment.filters.update(day=day_words, period=period_words, grouped=lambda n: f"{n:,}", received=as_received)
    return environment


def page(template: str, *, status: int = 200, **values: Any) -> HTMLResponse:
    """A page out of a template."""
    return HTMLResponse(_environment().get_template(template).render(status=status, **values), status)
