"""Files to renditions: one module a format, one `Rendition` or `Failure` a file, never an exception.

>>> for item in read_path("papers/"):
...     if isinstance(item, Rendition):
...         print(item.doc, len(item.text))
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from yanzhen.read.model import Box, Failure, Limits, Meta, Rendition
from yanzhen.read.reader import Reader
from yanzhen.read.renditions import Renditions
from yanzhen.read.sources import Source, sources

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

__all__ = [
    "Box",
    "Failure",
    "Limits",
    "Meta",
    "Reader",
    "Rendition",
    "Renditions",
    "Source",
    "read_bytes",
    "read_path",
    "read_paths",
    "sources",
]

_DEFAULT = Limits()


def read_path(path: str | Path, *, limits: Limits = _DEFAULT) -> Iterator[Rendition | Failure]:
    """Read a file, a folder with all below it, a glob or a ZIP archive, one document at a time in a fixed order."""
    return read_paths([path], limits=limits)


def read_paths(
    paths: Iterable[str | Path], *, limits: Limits = _DEFAULT, renditions: Renditions | None = None
) -> Iterator[Rendition | Failure]:
    """Read several paths, each file once. Names (`doc`) are unique among all that is yielded.

    Whatever goes wrong with a file is yielded as its `Failure`; nothing is raised and the next file is read. What
    `renditions` keeps is not read again.
    """
    with Reader(limits, renditions) as reader:
        for source in sources(paths, limits):
            yield source if isinstance(source, Failure) else reader.read(source)


def read_bytes(raw: bytes, *, doc: str, path: str, limits: Limits = _DEFAULT) -> Rendition | Failure:
    """Read the bytes of one file. `path` says where they come from; its extension helps where the bytes do not tell."""
    with Reader(limits) as reader:
        return reader.read_bytes(raw, doc, path)
