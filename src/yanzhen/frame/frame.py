"""Rendition -> articles with titles, writers, spans and dates."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, Protocol

from yanzhen.fold import fold
from yanzhen.frame.articles import Piece, take_apart
from yanzhen.frame.dates import Written, meta_date, name_date
from yanzhen.frame.dating import Dating, date_text
from yanzhen.frame.lines import Line, lines, spaced_text

if TYPE_CHECKING:
    from yanzhen.fold import Folded

Precision = Literal["day", "month", "year"]


class Meta(Protocol):
    """What `yanzhen.read` knows of a file beside its text; `yanzhen.read.Meta` is one."""

    @property
    def title(self) -> str | None: ...
    @property
    def published(self) -> str | None: ...
    @property
    def publisher(self) -> str | None: ...
    @property
    def authors(self) -> tuple[str, ...]: ...


@dataclass(frozen=True, slots=True)
class FramedArticle:
    """An article of a page.

    Attributes:
        id: `a1`, `a2` … in the order of the page.
        title: simplified, half-width, kicker and headline joined by a space; empty for a caption.
        authors: names of the writers.
        published, precision: as fine as known; the document's where the article gives none of its own.
        inferred: the date was concluded, not read.
        start, end: in the original, from the first character of title or body to the end of the last paragraph.
        spans: title and body paragraphs in the clean text, in page order, bylines and openings left out.
        title_span: the headline in the clean text, None where there is none on the page.
    """

    id: str
    title: str
    authors: tuple[str, ...]
    published: str | None
    precision: Precision | None
    inferred: bool
    start: int
    end: int
    spans: tuple[tuple[int, int], ...]
    title_span: tuple[int, int] | None


@dataclass(frozen=True, slots=True)
class Frame:
    """What a document is made of.

    Attributes:
        published, precision: when it was published, else when it was written; None where nothing tells.
        publisher: who published it, None where nothing tells.
        script: `hans` or `hant`.
        inferred: `published` was concluded from what the text mentions.
        reasons: why `published` is what it is, in Chinese, strongest first.
        articles: in the order of the page.
    """

    published: str | None
    precision: Precision | None
    publisher: str | None
    script: str
    inferred: bool
    reasons: tuple[str, ...]
    articles: tuple[FramedArticle, ...]


def frame(folded: Folded, meta: Meta | None = None, name: str = "") -> Frame:
    """The articles of a document and the dates of its writing.

    Args:
        folded: the document's text.
        meta: what the file's format says of it.
        name: the file's name, which may carry a date.
    """
    page = lines(folded)
    given = _one_line(meta.title) if meta is not None and meta.title else ""
    taken = take_apart(page, given)
    publisher = (meta.publisher if meta is not None else None) or taken.publisher
    dating = _document_date(page, taken.pieces, taken.written, meta, name)
    articles: list[FramedArticle] = []
    for piece in taken.pieces:
        article = _article(folded, page, piece, f"a{len(articles) + 1}", given, meta, dating, len(taken.pieces) == 1)
        if article is not None:
            articles.append(article)
    return Frame(
        dating.published, dating.precision, _one_line(publisher) if publisher else None, folded.script,
        dating.inferred, dating.reasons, tuple(articles),
    )  # fmt: skip


def _one_line(text: str) -> str:
    return tidy(fold(text).text.replace("\n", " "))


_LOOSE = re.compile(r"\s*([,:;、。!?|])\s*|(?<=[“‘《(【])\s+|\s+(?=[”’》)】])|(\s)\s*")


def tidy(spaced: str) -> str:
    """A title's spaces: one between its halves, none beside punctuation."""
    return _LOOSE.sub(lambda match: match[1] or (" " if match[2] else ""), spaced).strip()


def _exact(written: Written, reason: str) -> Dating:
    iso = written.iso()
    precision: Precision = "day" if written.day else "month" if written.month else "year"
    return Dating(iso, precision, False, (reason,))


def _document_date(
    page: list[Line], pieces: list[Piece], written: Written | None, meta: Meta | None, name: str
) -> Dating:
    if meta is not None and meta.published:
        found = meta_date(meta.published)
        if found is not None:
            return _exact(found, f"文件自带日期“{meta.published}”")
    if written is not None and written.year is not None:
        return _exact(written, f"页面日期“{written.text}”")
    named = name_date(name)
    if named is not None:
        return _exact(named, f"文件名中的日期“{named.text}”")
    own = [piece.written for piece in pieces if piece.written is not None and piece.written.year is not None]
    if own:
        latest = max(own, key=lambda w: w.iso() or "")
        return _exact(latest, f"文中日期“{latest.text}”")
    days = [written] if written is not None else []
    days += [line.written for piece in pieces for line in (page[k] for k in piece.body) if line.written is not None]
    text = "\n".join(page[k].text[page[k].lead :] for piece in pieces for k in (*piece.title, *piece.body))
    whole = [day for day in days if day.year is not None]
    if whole:
        return _exact(whole[0], f"电头日期“{whole[0].text}”")
    return date_text(text, days[0] if days else None, _year_hints(page))


_NUMBERED_YEAR = re.compile(r"[〔\[(](20[0-4]\d)[〕\])]第?\d{1,4}号$|(?<!\d)(20[0-4]\d)年?[^\d]{0,2}第\d{1,3}期")


def _year_hints(page: list[Line]) -> tuple[tuple[int, str], ...]:
    """Years in the number of an official document or of a magazine's issue, where that stands on a line of its own."""
    found = [
        (int(match[1] or match[2]), match.group())
        for line in page
        if len(line.text) <= 40 and (match := _NUMBERED_YEAR.search(line.text)) is not None
    ]
    return tuple(found[:2])


def _article(
    folded: Folded,
    page: list[Line],
    piece: Piece,
    ident: str,
    given: str,
    meta: Meta | None,
    dating: Dating,
    only: bool,
) -> FramedArticle | None:
    members = sorted({*piece.title, *piece.body})
    if not members:
        return None
    # A headline far off (a column printed elsewhere) does not stretch over what lies between.
    spans: list[tuple[int, int]] = []
    title_span: tuple[int, int] | None = None
    for k in members:
        line = page[k]
        low, high = line.start, line.end
        if line.kind == "origin":
            low, high = _origin(line)
        elif k not in piece.title and line.kind in {"body", "caption"}:
            low, high = line.start + line.lead, line.start + line.tail if line.tail >= 0 else line.end
        if k in piece.title:
            title_span = (low, high) if title_span is None else (title_span[0], high)
        if low < high:
            spans.append((low, high))
    if not spans:
        return None
    every = [*members, *(k for k in piece.extra if page[k].kind in {"credit", "byline"})]
    first, last = page[min(every)], page[max(every)]
    start = spans[0][0] if first.kind == "origin" else first.start
    start_original, _ = folded.to_original(start, start + 1)
    _, end_original = folded.to_original(last.start, last.end)
    title = piece.heading if piece.heading is not None else " ".join(_headline(folded, page[k]) for k in piece.title)
    if not title and only and given:
        title = given
    authors = tuple(piece.authors)
    if not authors and only and meta is not None:
        authors = tuple(_one_line(name) for name in meta.authors)
    own = piece.written if piece.written is not None and piece.written.year is not None else None
    exact = _exact(own, "") if own is not None and not only else dating
    return FramedArticle(
        ident, tidy(title), authors, exact.published, exact.precision, exact.inferred, start_original, end_original,
        tuple(spans), title_span,
    )  # fmt: skip


def _headline(folded: Folded, line: Line) -> str:
    """A headline line as set: with a space where the page broke it."""
    start, end = folded.to_original(line.start, line.end)
    if folded.original.find("\n", start, end) < 0:
        return line.spaced
    parts = []
    at = start
    for raw in folded.original[start:end].split("\n"):
        low, high = folded.to_clean(at, at + len(raw))
        parts.append(spaced_text(folded.text[low:high], low, folded.gaps.tolist(), high - low))
        at += len(raw) + 1
    return " ".join(parts)


def _origin(line: Line) -> tuple[int, int]:
    """Clean offsets of the title in an `原标题:` line, whose marks count in the spaced text."""
    spaces = line.spaced[: line.lead].count(" ")
    inner = line.spaced[: line.tail].count(" ")
    return line.start + line.lead - spaces, line.start + line.tail - inner
