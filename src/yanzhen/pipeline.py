"""read -> fold -> frame -> extract over many documents, in parallel, keeping whatever succeeded.

What comes out does not depend on the number of workers: documents keep the order of the paths given.
"""

from __future__ import annotations

import multiprocessing
from contextlib import ExitStack
from dataclasses import dataclass
from typing import TYPE_CHECKING

from yanzhen.extract import extract
from yanzhen.facts import Article, Document, Record, encode_line
from yanzhen.fold import Folded, fold
from yanzhen.frame import Frame, frame
from yanzhen.read import Failure, Rendition, read_paths

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

CHUNK = 8  # documents handed to a worker at a time


@dataclass(frozen=True, slots=True)
class Outcome:
    """Everything read out of one document."""

    rendition: Rendition
    records: tuple[Record, ...]

    def lines(self) -> bytes:
        """The records as JSON Lines."""
        return b"".join(map(encode_line, self.records))


def _records(rendition: Rendition, folded: Folded, framed: Frame) -> tuple[Record, ...]:
    document = Document(
        doc=rendition.doc,
        published=framed.published,
        published_precision=framed.precision,
        publisher=framed.publisher,
        title=rendition.meta.title,
        script="hant" if folded.script == "hant" else "hans",
        digest=rendition.digest,
        inferred=framed.inferred,
        reasons=framed.reasons,
        start=0,
        end=len(rendition.text),
    )
    articles = [
        Article(
            doc=rendition.doc,
            id=a.id,
            title=a.title,
            published=a.published,
            published_precision=a.precision,
            authors=a.authors,
            inferred=a.inferred,
            start=a.start,
            end=a.end,
        )
        for a in framed.articles
    ]
    return (document, *articles, *extract(folded, framed, rendition.doc, rendition.digest))


def process(rendition: Rendition) -> Outcome | Failure:
    """Everything one document says, or why it could not be worked on; never an exception."""
    try:
        folded = fold(rendition.text)
        framed = frame(folded, rendition.meta, rendition.path.rsplit("/", 1)[-1])
        return Outcome(rendition, _records(rendition, folded, framed))
    except Exception as error:  # noqa: BLE001 - a slip of ours on one document must not stop the others
        return Failure(rendition.path, f"internal error, please report it: {type(error).__name__}: {error}")


def _work(item: Rendition | Failure) -> Outcome | Failure:
    return item if isinstance(item, Failure) else process(item)


def run(paths: Iterable[str | Path], workers: int = 1) -> Iterator[Outcome | Failure]:
    """Read and extract all documents meant by `paths`, one outcome or failure each, in the order of the paths.

    Args:
        paths: files, folders, globs or archives.
        workers: processes to use; 1 works in this one.
    """
    items = read_paths(paths)
    if workers <= 1:
        yield from map(_work, items)
        return
    with ExitStack() as stack:
        pool = stack.enter_context(multiprocessing.get_context("spawn").Pool(workers))
        yield from pool.imap(_work, items, chunksize=CHUNK)
