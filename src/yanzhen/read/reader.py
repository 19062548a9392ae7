"""One file after the other to renditions, whatever their formats."""

from __future__ import annotations

import hashlib
import zipfile
from contextlib import ExitStack
from importlib import import_module
from typing import TYPE_CHECKING, Protocol, Self, cast

from yanzhen.errors import InputError
from yanzhen.read import sniff
from yanzhen.read.archive import read_member
from yanzhen.read.guard import GRACE, Guard, slip
from yanzhen.read.model import Budget, Failure, Limits, Rendered, Rendition, megabytes

if TYPE_CHECKING:
    from pathlib import Path
    from types import TracebackType

    from yanzhen.read.renditions import Renditions
    from yanzhen.read.sources import Source

# Media type -> the module that reads it; each has `read(raw, name, budget) -> Rendered` and is imported when needed.
_FORMATS = {
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
_GUARDED = frozenset(("pdf", "image"))  # native code that a small file can keep busy for any length of time
_LARGE = 256_000  # bytes of any other format, from which its parser can be kept busy longer than a few seconds


class Format(Protocol):
    """What each module of a format offers."""

    def read(self, raw: bytes, name: str, budget: Budget) -> Rendered:
        """Make the text of a file of this format.

        Raises:
            InputError: the file cannot be read; the sentence says why.
        """


class Reader:
    """Reads sources. Holds the archive last opened and the process that native parsers run in, so close it."""

    def __init__(self, limits: Limits, renditions: Renditions | None = None, grace: float = GRACE) -> None:
        self._limits = limits
        self._renditions = renditions
        self._guard = Guard(limits, grace)
        self._archives = ExitStack()
        self._opened: tuple[Path, zipfile.ZipFile] | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._archives.close()
        self._guard.__exit__(kind, error, trace)

    def read(self, source: Source) -> Rendition | Failure:
        """The rendition of a file or member, or why there is none; nothing is raised."""
        try:
            raw = self._load(source)
        except InputError as error:
            return Failure(source.path, str(error))
        except (OSError, zipfile.BadZipFile) as error:
            return Failure(source.path, f"cannot be opened: {getattr(error, 'strerror', None) or error}")
        return self.read_bytes(raw, source.doc, source.path)

    def read_bytes(self, raw: bytes, doc: str, path: str) -> Rendition | Failure:
        """The rendition of bytes that come from `path`, whose extension helps where they do not tell their format."""
        try:
            kind = sniff.media_type(raw, path)
            digest = hashlib.sha256(raw).hexdigest()
            made = self._made(raw, path, kind, digest)
        except InputError as error:
            return Failure(path, str(error))
        except Exception as error:  # noqa: BLE001 - a slip of a parser on one file must not stop the others
            return Failure(path, slip(error))
        if not made.text.strip():
            return Failure(path, "no text was found in the file")
        if len(made.text) > self._limits.characters:
            return Failure(
                path,
                f"{len(made.text):,} characters, over the limit of {self._limits.characters:,} (split the file)",
            )
        return Rendition(doc, path, made.text, kind, digest, made.meta, made.spans, made.notes)

    def _load(self, source: Source) -> bytes:
        limits = self._limits
        if source.member is not None:
            if self._opened is None or self._opened[0] != source.file:
                self._archives.close()
                self._opened = source.file, self._archives.enter_context(zipfile.ZipFile(source.file))
            return read_member(self._opened[1], source.member, limits)
        if not source.file.is_file():
            raise InputError("not an ordinary file")
        size = source.file.stat().st_size
        if size > limits.file_bytes:
            raise InputError(f"{megabytes(size)}, over the limit of {megabytes(limits.file_bytes)}")
        return source.file.read_bytes()

    def _made(self, raw: bytes, path: str, kind: str, digest: str) -> Rendered:
        if kind not in _FORMATS:
            raise InputError("an archive without the name of one is not opened", hint="name it .zip")
        # Plain text is the file itself: to keep it would only double it.
        renditions = self._renditions if kind != sniff.TEXT else None
        if renditions is not None and (kept := renditions.find(digest, kind)) is not None:
            return kept
        made = self._parsed(raw, path, kind)
        if renditions is not None:
            renditions.keep(digest, kind, made)
        return made

    def _parsed(self, raw: bytes, path: str, kind: str) -> Rendered:
        module = _FORMATS[kind]
        if module in _GUARDED or (len(raw) > _LARGE and kind != sniff.TEXT):
            return self._guard.read(module, raw, path)
        format_ = cast("Format", import_module(f"yanzhen.read.{module}"))
        return format_.read(raw, path, Budget(self._limits))
