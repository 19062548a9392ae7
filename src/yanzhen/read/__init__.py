"""Files to renditions: one module a format, one `Rendition` or `Failure` a file, never an exception.

>>> for item in read_path("papers/"):
...     if isinstance(item, Rendition):
...         print(item.doc, len(item.text))
"""

from __future__ import annotations

import hashlib
import zipfile
from contextlib import ExitStack
from importlib import import_module
from typing import TYPE_CHECKING, Protocol, cast

from yanzhen.errors import InputError
from yanzhen.read import sniff
from yanzhen.read.archive import read_member
from yanzhen.read.model import Box, Budget, Failure, Limits, Meta, Rendered, Rendition, megabytes
from yanzhen.read.sources import Source, sources

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

__all__ = ["Box", "Failure", "Limits", "Meta", "Rendition", "read_bytes", "read_path", "read_paths"]

_DEFAULT = Limits()

# Media type -> the module that reads it; each has `read(raw, name, budget) -> Rendered` and is imported when needed.
_READERS = {
    sniff.TEXT: "text",
    sniff.HTML: "html",
    sniff.MHTML: "mhtml",
    sniff.PDF: "pdf",
    sniff.DOCX: "docx",
    "image/bmp": "image",
    "image/gif": "image",
    "image/jpeg": "image",
    "image/png": "image",
    "image/tiff": "image",
    "image/webp": "image",
}


class Reader(Protocol):
    """What each module of a format offers."""

    def read(self, raw: bytes, name: str, budget: Budget) -> Rendered:
        """Make the text of a file of this format.

        Raises:
            InputError: the file cannot be read; the sentence says why.
        """


def read_path(path: str | Path, *, limits: Limits = _DEFAULT) -> Iterator[Rendition | Failure]:
    """Read a file, a folder with all below it, a glob or a ZIP archive, one document at a time in a fixed order."""
    return read_paths([path], limits=limits)


def read_paths(paths: Iterable[str | Path], *, limits: Limits = _DEFAULT) -> Iterator[Rendition | Failure]:
    """Read several paths, each file once. Names (`doc`) are unique among all that is yielded.

    Whatever goes wrong with a file is yielded as its `Failure`; nothing is raised and the next file is read.
    """
    opened: tuple[Path, zipfile.ZipFile] | None = None
    with ExitStack() as archives:
        for source in sources(paths, limits):
            if isinstance(source, Failure):
                yield source
                continue
            try:
                if source.member is not None and (opened is None or opened[0] != source.file):
                    archives.close()
                    opened = source.file, archives.enter_context(zipfile.ZipFile(source.file))
                raw = _load(source, opened[1] if opened else None, limits)
            except InputError as error:
                yield Failure(source.path, str(error))
            except (OSError, zipfile.BadZipFile) as error:
                yield Failure(source.path, f"cannot be opened: {getattr(error, 'strerror', None) or error}")
            else:
                yield read_bytes(raw, doc=source.doc, path=source.path, limits=limits)


def _load(source: Source, archive: zipfile.ZipFile | None, limits: Limits) -> bytes:
    if source.member is not None:
        assert archive is not None
        return read_member(archive, source.member, limits)
    if not source.file.is_file():
        raise InputError("not an ordinary file")
    size = source.file.stat().st_size
    if size > limits.file_bytes:
        raise InputError(f"{megabytes(size)}, over the limit of {megabytes(limits.file_bytes)}")
    return source.file.read_bytes()


def _reader(kind: str) -> Reader:
    if kind not in _READERS:
        raise InputError("an archive without the name of one is not opened", hint="name it .zip")
    return cast("Reader", import_module(f"yanzhen.read.{_READERS[kind]}"))


def read_bytes(raw: bytes, *, doc: str, path: str, limits: Limits = _DEFAULT) -> Rendition | Failure:
    """Read the bytes of one file. `path` says where they come from; its extension helps where the bytes do not tell."""
    try:
        kind = sniff.media_type(raw, path)
        made = _reader(kind).read(raw, path, Budget(limits))
    except InputError as error:
        return Failure(path, str(error))
    except Exception as error:  # noqa: BLE001 - a slip of a parser on one file must not stop the others
        return Failure(path, f"could not be read ({type(error).__name__}: {' '.join(str(error).split())[:200]})")
    if not made.text.strip():
        return Failure(path, "no text was found in the file")
    digest = hashlib.sha256(raw).hexdigest()
    return Rendition(doc, path, made.text, kind, digest, made.meta, made.spans, made.notes)
