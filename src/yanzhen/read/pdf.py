"""PDF with text: characters with boxes to paragraphs in reading order; pages without text go to recognition."""

from __future__ import annotations

import ctypes
import re
from collections import Counter, defaultdict
from math import pi
from typing import TYPE_CHECKING

import pypdfium2 as pdfium
import pypdfium2.raw as api

from yanzhen.errors import InputError
from yanzhen.read.layout import Paragraph, arrange, join_lines
from yanzhen.read.model import Box, Meta, Rendered
from yanzhen.read.piece import Piece

if TYPE_CHECKING:
    from collections.abc import Iterable

    from yanzhen.read.model import Budget

MARGIN = 0.12  # of the page's height: where running heads and page numbers stand
FEW = 20  # characters; a page with fewer that is covered by a picture is a scan
PAGE_CHARACTERS = 300_000  # more on one page is no page

_NUMBER = re.compile(r"\d+")
_PAGE_NUMBER = re.compile(r"[-—–·•\s第共页/|版]*(?:#[-—–·•\s第共页/|版]*){1,2}")
_FOLIO = re.compile(
    r"[-—–]#[-—–]|第#页(?:[/，,]?共#页)?"
)  # a page number that is nothing else even where it stands once
_BLANKS = frozenset(" \t\r\n\u00a0\u2002\u2003\u3000\u200b\ufeff")


def read(raw: bytes, name: str, budget: Budget) -> Rendered:
    """Read a PDF.

    Raises:
        InputError: the file is damaged, cut off or encrypted, has too many pages, or needs recognition that is missing.
    """
    del name
    _look_over(raw)
    try:
        document = pdfium.PdfDocument(raw)
    except pdfium.PdfiumError as error:
        if "assword" in str(error):
            raise InputError("the PDF is encrypted", hint="save it without a password") from error
        raise InputError("a damaged PDF", hint="download or print it again") from error
    try:
        return _read(document, budget)
    except pdfium.PdfiumError as error:
        raise InputError("a damaged PDF: a page cannot be opened", hint="download or print it again") from error
    finally:
        document.close()


def _look_over(raw: bytes) -> None:
    """Refuse a file that was cut off: what is left would be taken for all of it."""
    linear = re.search(rb"/Linearized\b[^>]{0,200}?/L\s{1,5}(\d{1,12})", raw[:2048])
    if b"%%EOF" not in raw or (linear and int(linear[1]) > len(raw)):
        raise InputError("the PDF is cut off: its end is missing", hint="download it again")


def _read(document: pdfium.PdfDocument, budget: Budget) -> Rendered:
    count = len(document)
    if not count:
        raise InputError("a PDF without pages")
    if count > budget.limits.pages:
        raise InputError(f"{count:,} pages, over the limit of {budget.limits.pages:,}")
    pages: list[list[Piece]] = []
    heights: list[float] = []
    scans = 0
    for n in range(count):
        budget.page()
        page = document[n]
        try:
            pieces = page_pieces(page)
            if sum(len(piece.text) for piece in pieces) < FEW and _has_picture(page):
                scans += 1
                pieces = _recognised(page, scans, budget) or pieces
            pages.append(pieces)
            heights.append(page.get_height())
        finally:
            page.close()
    heads = _running(pages, heights)
    kept = [[piece for piece in pieces if id(piece) not in heads] for pieces in pages]
    text, spans = lay_out(kept, budget)
    notes = []
    if heads:
        notes.append(f"{len(heads)} running heads and page numbers left out")
    if scans:
        notes.append(f"{scans} of {count} pages recognised from pictures")
    return Rendered(text, _meta(document), spans, tuple(notes))


def lay_out(pages: Iterable[list[Piece]], budget: Budget) -> tuple[str, tuple[Box, ...]]:
    """The text of pages, paragraphs separated by blank lines, and where each line of it stands."""
    paragraphs: list[tuple[Paragraph, list[int]]] = []  # with the page of each line
    for number, pieces in enumerate(pages, 1):
        budget.page()
        made = arrange(pieces)
        if paragraphs and made and paragraphs[-1][0].may_go_on(made[0]):
            rest = made.pop(0)
            paragraphs[-1][0].go_on(rest)
            paragraphs[-1][1].extend([number] * len(rest.lines))
        paragraphs += [(paragraph, [number] * len(paragraph.lines)) for paragraph in made]
    texts: list[str] = []
    spans: list[Box] = []
    offset = 0
    for paragraph, numbers in paragraphs:
        text, places = join_lines(paragraph.lines)
        for line, number, (start, end) in zip(paragraph.lines, numbers, places, strict=True):
            box = (round(side, 1) for side in (line.x0, line.y0, line.x1, line.y1))
            spans.append(Box(offset + start, offset + end, number, *box))
        texts.append(text)
        offset += len(text) + 2
    return "\n\n".join(texts), tuple(spans)


def page_pieces(page: pdfium.PdfPage) -> list[Piece]:
    """The text of a page in runs of characters that follow each other on a line; `y` from the top.

    Raises:
        InputError: there is more on the page than a page can hold.
    """
    textpage = page.get_textpage()
    try:
        return _pieces(textpage.raw, page)
    finally:
        textpage.close()


class _Runs:
    """Characters gathered into pieces as long as each stands right behind the one before."""

    def __init__(self) -> None:
        self.pieces: list[Piece] = []
        self._text: list[str] = []
        self._widths: list[float] = []  # of the Chinese characters, which are an em wide
        self._box = (0.0, 0.0, 0.0, 0.0)
        self._covered = 0.0  # by the characters, without what is between them
        self._blank: tuple[float, float] | None = None  # right and bottom of what a blank stands behind
        self._spaced = False

    def blank(self, *, generated: bool) -> None:
        """A blank. Where the library put one in because it saw a gap, the gap itself is judged later."""
        if self._text and not generated:
            self._blank = self._box[2], self._box[3]
        self.close()

    def add(self, character: str, x0: float, y0: float, x1: float, y1: float) -> None:
        """A character and its box."""
        box, tall = self._box, y1 - y0
        if self._text and (abs(y1 - box[3]) > 0.25 * tall or not -0.5 * tall < x0 - box[2] < 0.3 * tall):
            self.close()
        if self._text:
            self._box = box[0], min(box[1], y0), x1, max(box[3], y1)
        else:
            self._box = x0, y0, x1, y1
            # A blank at the end of a line stands in front of nothing.
            at = self._blank
            self._spaced = at is not None and abs(y1 - at[1]) <= 0.25 * tall and 0 <= x0 - at[0] < 2.5 * tall
            self._blank = None
        self._text.append(character)
        self._covered += x1 - x0
        if character >= "\u2e80":
            self._widths.append(x1 - x0)

    def close(self) -> None:
        """End the run."""
        if self._text:
            x0, y0, x1, y1 = self._box
            size = sorted(self._widths)[len(self._widths) // 2] if self._widths else 0.9 * (y1 - y0)
            count = len(self._text)
            loose = (x1 - x0 - self._covered) / (count - 1) if count > 1 else -1.0
            text = "".join(self._text)
            self.pieces.append(Piece(text, x0, y0, x1, y1, size, self._spaced, loose, len(self._widths)))
            self._text, self._widths, self._covered = [], [], 0.0


def _pieces(textpage: object, page: pdfium.PdfPage) -> list[Piece]:
    count = api.FPDFText_CountChars(textpage)
    if count > PAGE_CHARACTERS:
        raise InputError(f"{count:,} characters on one page")
    sheet = page.get_bbox()  # the part of the sheet that is shown need not begin at zero
    turn = _turn(textpage, count)
    rect = api.FS_RECTF()
    reference = ctypes.byref(rect)
    runs = _Runs()
    high = 0  # the first half of a character outside the basic plane
    for n in range(count):
        code = api.FPDFText_GetUnicode(textpage, n)
        if 0xD800 <= code < 0xDC00:
            high = code
            continue
        if 0xDC00 <= code < 0xE000:
            code = 0x10000 + ((high - 0xD800) << 10) + (code - 0xDC00) if high else 0xFFFD
        high = 0
        character = chr(code)
        if character in _BLANKS:
            runs.blank(generated=api.FPDFText_IsGenerated(textpage, n) == 1)
        elif (
            code >= 0x20
            and not 0xFFFE <= code <= 0xFFFF
            and api.FPDFText_GetLooseCharBox(textpage, n, reference)
            and rect.right > rect.left
            and rect.top > rect.bottom
            and _angle(textpage, n) == turn  # what is set at a slant is a watermark
        ):
            runs.add(character, *_upright((rect.left, rect.bottom, rect.right, rect.top), sheet, turn))
    runs.close()
    return runs.pieces


def _angle(textpage: object, n: int) -> int | None:
    """How far a character is turned clockwise, in quarters of a circle; `None` where it is set at a slant."""
    quarters = api.FPDFText_GetCharAngle(textpage, n) / (pi / 2)
    nearest = round(quarters)
    return nearest % 4 if abs(quarters - nearest) < 0.06 else None


def _turn(textpage: object, count: int) -> int:
    """How far most characters of a page are turned: pages scanned or printed sideways have all text turned."""
    angles = Counter(_angle(textpage, n) for n in range(0, count, max(1, count // 200)))
    del angles[None]
    return angles.most_common(1)[0][0] or 0 if angles else 0


def _upright(
    box: tuple[float, float, float, float], sheet: tuple[float, float, float, float], turn: int
) -> tuple[float, float, float, float]:
    """A box of a sheet turned so that its text is upright, `y` from the top."""
    x0, y0, x1, y1 = box
    left, bottom, right, top = sheet
    if turn == 0:
        return x0 - left, top - y1, x1 - left, top - y0
    if turn == 3:
        return y0 - bottom, x0 - left, y1 - bottom, x1 - left
    if turn == 2:
        return right - x1, y0 - bottom, right - x0, y1 - bottom
    return top - y1, right - x1, top - y0, right - x0


def _running(pages: list[list[Piece]], heights: list[float]) -> set[int]:
    """Identities of the pieces of running heads and page numbers: lines in the margins, alike on several pages."""
    places: defaultdict[tuple[str, int], list[tuple[int, list[Piece]]]] = defaultdict(list)
    for number, (pieces, height) in enumerate(zip(pages, heights, strict=True)):
        for line in _marginal(pieces, height):
            middle = (line[0].y0 + line[0].y1) / 2 / height
            places[_alike(line), round(middle * 50)].append((number, line))
    found: set[int] = set()
    needed = max(2, int(0.4 * len(pages)))
    for (alike, _), where in places.items():
        on = Counter(number for number, _ in where)
        repeated = len(on) >= needed and (len(pages) > 2 or _PAGE_NUMBER.fullmatch(alike))
        if repeated or _FOLIO.fullmatch(alike):
            found.update(id(piece) for _, line in where for piece in line)
    return found


def _alike(line: list[Piece]) -> str:
    return _NUMBER.sub("#", "".join("".join(piece.text.split()) for piece in line))


def _marginal(pieces: list[Piece], height: float) -> list[list[Piece]]:
    """The lines at the top and the bottom of a page, each from left to right."""
    lines: list[list[Piece]] = []
    if height <= 0:
        return lines
    outside = (p for p in pieces if not MARGIN < (p.y0 + p.y1) / 2 / height < 1 - MARGIN)
    for piece in sorted(outside, key=lambda piece: (piece.y0 + piece.y1) / 2):
        if lines and (piece.y0 + piece.y1) / 2 < lines[-1][0].y1:
            lines[-1].append(piece)
        else:
            lines.append([piece])
    for line in lines:
        line.sort(key=lambda piece: piece.x0)
    return lines


def _meta(document: pdfium.PdfDocument) -> Meta:
    values = document.get_metadata_dict(skip_empty=True)
    title = " ".join(values.get("Title", "").split())
    author = " ".join(values.get("Author", "").split())
    # What programs write there: the name of the file, of the program or of the account.
    named = title and not re.search(
        r"\.(?:docx?|wps|indd|qxd|pdf|txt)\b|^(?:untitled|无标题|microsoft word)", title, re.IGNORECASE
    )
    chinese = re.fullmatch(r"[\u4e00-\u9fff·]{2,12}(?:[、,，;； ][\u4e00-\u9fff·]{2,12}){0,5}", author)
    return Meta(
        title=title if named else None,
        authors=tuple(re.split(r"[、,，;； ]", author)) if chinese else (),
    )


def _has_picture(page: pdfium.PdfPage) -> bool:
    return any(True for _ in page.get_objects(filter=[api.FPDF_PAGEOBJ_IMAGE], max_depth=4))


def _recognised(page: pdfium.PdfPage, scans: int, budget: Budget) -> list[Piece]:
    from yanzhen.read.ocr import recognise  # noqa: PLC0415 - an optional part, loaded only for scans

    if scans > budget.limits.ocr_pages:
        raise InputError(f"more than {budget.limits.ocr_pages} scanned pages", hint="split the file")
    width, height = page.get_size()
    scale = 200 / 72
    most = budget.limits.ocr_pixels
    if width * height * scale * scale > most:
        scale = (most / (width * height)) ** 0.5
    picture = page.render(scale=scale).to_pil()
    return recognise(picture, 1 / scale, budget)
