"""read -> fold -> frame -> extract over many documents, in parallel, keeping whatever succeeded.

What comes out does not depend on the number of workers: documents keep the order of the paths given.
"""

from __future__ import annotations

import multiprocessing
from collections import deque
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from yanzhen.data import use_overlay
from yanzhen.extract import extract
from yanzhen.facts import Article, Document, Record, encode_line
from yanzhen.fold import Folded, fold
from yanzhen.frame import Frame, frame
from yanzhen.read import Failure, Limits, Reader, Rendition, Renditions, Source, sources

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

AHEAD = 8  # documents a worker may be ahead of the reader of the outcomes, which bounds memory

_DEFAULT = Limits()


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


def _work(reader: Reader, source: Source) -> Outcome | Failure:
    item = reader.read(source)
    return item if isinstance(item, Failure) else process(item)


def run(
    paths: Iterable[str | Path],
    workers: int = 1,
    *,
    limits: Limits = _DEFAULT,
    renditions: Path | None = None,
    overlay: Path | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> Iterator[Outcome | Failure]:
    """Read and extract all documents meant by `paths`, one outcome or failure each, in the order of the paths.

    Args:
        paths: files, folders, globs or archives.
        workers: processes to use; 1 works in this one.
        limits: what one file may cost.
        renditions: folder that keeps what was read of files that are not plain text, so that it is read once.
        overlay: folder of tables that `use_overlay` laid over ours in this process, for the others.
        progress: told how many documents are done, and of how many, after each.

    Raises:
        InputError: the folder of renditions cannot be made.
    """
    items = sources(paths, limits)
    kept = Renditions(renditions) if renditions is not None else None
    alone = workers <= 1
    outcomes = _serial(items, limits, kept) if alone else _parallel(items, workers, limits, renditions, overlay)
    for done, outcome in enumerate(outcomes, 1):
        yield outcome
        if progress is not None:
            progress(done, len(items))


def _serial(
    items: list[Source | Failure], limits: Limits, renditions: Renditions | None
) -> Iterator[Outcome | Failure]:
    with Reader(limits, renditions) as reader:
        for item in items:
            yield item if isinstance(item, Failure) else _work(reader, item)


@cache
def _reader_of_worker(limits: Limits, renditions: Path | None) -> Reader:
    return Reader(limits, Renditions(renditions) if renditions is not None else None)


def _work_of_worker(source: Source, limits: Limits, renditions: Path | None) -> Outcome | Failure:
    return _work(_reader_of_worker(limits, renditions), source)


def _parallel(
    items: list[Source | Failure], workers: int, limits: Limits, renditions: Path | None, overlay: Path | None
) -> Iterator[Outcome | Failure]:
    """Outcomes in order. A worker that dies (out of memory, say) fails the document it worked on and no other."""

    def start() -> ProcessPoolExecutor:
        return ProcessPoolExecutor(workers, multiprocessing.get_context("spawn"), use_overlay, (overlay,))

    def submit(item: Source | Failure) -> Future[Outcome | Failure]:
        if isinstance(item, Failure):
            known: Future[Outcome | Failure] = Future()
            known.set_result(item)
            return known
        try:
            return pool.submit(_work_of_worker, item, limits, renditions)
        except BrokenProcessPool as error:
            broken: Future[Outcome | Failure] = Future()
            broken.set_exception(error)
            return broken

    pool = start()
    waiting: deque[tuple[Source | Failure, Future[Outcome | Failure]]] = deque()
    following = iter(items)
    try:
        while True:
            while len(waiting) < AHEAD * workers and (item := next(following, None)) is not None:
                waiting.append((item, submit(item)))
            if not waiting:
                return
            item, future = waiting.popleft()
            try:
                outcome = future.result()
            except BrokenProcessPool:
                # Nobody knows which document it was: this one is tried by itself, those after it again.
                pool = start()
                try:
                    outcome = submit(item).result()
                except BrokenProcessPool:
                    outcome = Failure(item.path, "the process that worked on it died, out of memory perhaps")
                    pool = start()
                waiting = deque((later, submit(later)) for later, _ in waiting)
            yield outcome
    finally:
        pool.shutdown(wait=False, cancel_futures=True)
