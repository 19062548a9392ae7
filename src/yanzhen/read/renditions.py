"""Renditions kept by digest: what was read once of the same bytes is not read again.

A folder holds one file a document, named by the SHA-256 of the document's bytes. The first line of a file is the
SHA-256 of the second, which is the rendition as JSON; what does not match, or is of another version, is as if it were
not there.
"""

from __future__ import annotations

import hashlib
import os
import tempfile
from contextlib import suppress
from pathlib import Path

import msgspec

from yanzhen.errors import InputError
from yanzhen.read.model import Rendered  # noqa: TC001 - msgspec reads the annotation

VERSION = 1
"""Raised when a reader makes another text of the same bytes."""


class _Kept(msgspec.Struct, frozen=True):
    version: int
    media_type: str
    made: Rendered


class Renditions:
    """A folder of renditions."""

    def __init__(self, folder: Path) -> None:
        """Use a folder, made where it is missing.

        Raises:
            InputError: it cannot be made.
        """
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise InputError(
                f"cannot keep renditions here: {error.strerror or error}", str(folder), "give another folder"
            ) from error
        self._folder = folder

    def find(self, digest: str, media_type: str) -> Rendered | None:
        """What was kept for these bytes, read as this media type; `None` where nothing is, or it is damaged."""
        try:
            check, _, line = self._file(digest).read_bytes().partition(b"\n")
        except OSError:
            return None
        if hashlib.sha256(line).hexdigest().encode() != check:
            return None
        try:
            kept = msgspec.json.decode(line, type=_Kept)
        except msgspec.MsgspecError:
            return None  # of a version whose records looked otherwise
        return kept.made if (kept.version, kept.media_type) == (VERSION, media_type) else None

    def keep(self, digest: str, media_type: str, made: Rendered) -> None:
        """Keep what was read; the file appears whole or not at all.

        A full or read-only disk costs the time of reading again, not the document, so it is passed over.
        """
        line = msgspec.json.encode(_Kept(VERSION, media_type, made))
        file = self._file(digest)
        with suppress(OSError):
            file.parent.mkdir(exist_ok=True)
            handle, name = tempfile.mkstemp(dir=file.parent, prefix=".", suffix=".part")
            try:
                with os.fdopen(handle, "wb") as part:
                    part.write(hashlib.sha256(line).hexdigest().encode() + b"\n" + line)
                Path(name).replace(file)
            except BaseException:
                Path(name).unlink(missing_ok=True)
                raise

    def _file(self, digest: str) -> Path:
        return self._folder / digest[:2] / f"{digest}.json"
