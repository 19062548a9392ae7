"""What reading makes of a file, what it may cost, and what is said where it fails."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from yanzhen.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Callable


@dataclass(frozen=True, slots=True)
class Limits:
    """How much one file may cost. Whatever is over a limit is refused with a sentence that names the limit.

    Sizes bound what parsers are given; `seconds` is looked at between steps, and native parsers, which cannot be
    interrupted, are ended from outside when it is over.
    """

    file_bytes: int = 256_000_000  # of any file
    text_bytes: int = 24_000_000  # of plain text
    characters: int = 8_000_000  # of any document, once read
    markup_bytes: int = 16_000_000  # of HTML, embedded images and scripts not counted
    pages: int = 2_000  # of a PDF
    ocr_pages: int = 60  # of a PDF without text
    pixels: int = 120_000_000  # of a picture as stored
    ocr_pixels: int = 24_000_000  # of a picture as recognised: larger ones are scaled down
    members: int = 20_000  # of an archive
    archive_bytes: int = 2_000_000_000  # of all members of an archive together, unpacked
    ratio: int = 200  # unpacked to packed size of a member above a megabyte
    seconds: float = 120.0  # for one page of a PDF or picture, for one file of another format


@dataclass(frozen=True, slots=True)
class Meta:
    """What the file says about itself; `published` is ISO 8601, as fine as the file has it, a day at most."""

    title: str | None = None
    published: str | None = None
    publisher: str | None = None
    authors: tuple[str, ...] = ()
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Box:
    """Where `text[start:end]` of a rendition stands: page from 1, points (1/72 inch) from the top left corner."""

    start: int
    end: int
    page: int
    x0: float
    y0: float
    x1: float
    y1: float


@dataclass(frozen=True, slots=True)
class Rendition:
    """The text a reader made of a file. For plain text it is the file decoded and nothing else."""

    doc: str  # path below the folder given, without extension
    path: str  # the file, for people; a member of an archive stands behind the path of the archive
    text: str
    media_type: str
    digest: str  # sha-256 of the file's bytes
    meta: Meta = field(default_factory=Meta)
    spans: tuple[Box, ...] = ()
    notes: tuple[str, ...] = ()  # what was repaired or left out while reading, one sentence each


@dataclass(frozen=True, slots=True)
class Failure:
    """A file that was not read, and why, in one sentence."""

    path: str
    reason: str

    def __str__(self) -> str:
        return f"{self.path}: {self.reason}"


@dataclass(frozen=True, slots=True)
class Rendered:
    """What a reader of one format returns."""

    text: str
    meta: Meta = field(default_factory=Meta)
    spans: tuple[Box, ...] = ()
    notes: tuple[str, ...] = ()


class Budget:
    """The time one page has left. The clock decides only whether a file is given up, never what is read.

    `beat` is told of every page begun, so that whoever waits knows that it goes on.
    """

    __slots__ = ("_beat", "_clock", "_end", "limits")

    def __init__(
        self,
        limits: Limits,
        clock: Callable[[], float] = time.monotonic,
        beat: Callable[[], None] | None = None,
    ) -> None:
        self.limits = limits
        self._clock = clock
        self._beat = beat
        self._end = clock() + limits.seconds

    def page(self) -> None:
        """Begin a page, which has all the time again.

        Raises:
            InputError: the one before took too long.
        """
        self.check()
        self._end = self._clock() + self.limits.seconds
        if self._beat is not None:
            self._beat()

    def check(self) -> None:
        """Raise where the time is used up.

        Raises:
            InputError: more than `limits.seconds` have gone by.
        """
        if self._clock() > self._end:
            raise InputError(f"not read within {self.limits.seconds:g} seconds")


def megabytes(size: float) -> str:
    """A size for people."""
    return f"{size / 1e6:,.0f} MB" if size >= 9.5e5 else f"{size / 1e3:,.0f} kB"
