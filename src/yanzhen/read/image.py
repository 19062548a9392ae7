"""Pictures and scans: decoded within limits, then recognised and laid out like a PDF page."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from PIL import Image, ImageOps, UnidentifiedImageError

from yanzhen.errors import InputError
from yanzhen.read.model import Rendered
from yanzhen.read.ocr import recognise
from yanzhen.read.pdf import lay_out

if TYPE_CHECKING:
    from yanzhen.read.model import Budget
    from yanzhen.read.piece import Piece

DPI = 200  # of a scan that does not say


def read(raw: bytes, name: str, budget: Budget) -> Rendered:
    """Recognise the text of a picture; a TIFF may hold several pages.

    Raises:
        InputError: the picture is damaged or too large, has too many pages, or recognition is not installed.
    """
    del name
    Image.MAX_IMAGE_PIXELS = None  # the size is judged here, in words a person understands, before anything is decoded
    pages: list[list[Piece]] = []
    notes = []
    try:
        with Image.open(io.BytesIO(raw)) as picture:
            count = getattr(picture, "n_frames", 1)
            if count > budget.limits.ocr_pages:
                raise InputError(f"{count} pages to recognise, over the limit of {budget.limits.ocr_pages}")
            for n in range(count):
                budget.page()
                picture.seek(n)
                made, shrunk = _page(picture, budget)
                pages.append(made)
                if shrunk:
                    notes.append(f"page {n + 1} scaled down to be recognised")
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, EOFError) as error:
        raise InputError("a damaged picture", hint="scan or save it again") from error
    text, spans = lay_out(pages, budget)
    return Rendered(text, spans=spans, notes=tuple(notes))


def _page(picture: Image.Image, budget: Budget) -> tuple[list[Piece], bool]:
    limits = budget.limits
    width, height = picture.size
    if width * height > limits.pixels:
        raise InputError(
            f"a picture of {width:,} by {height:,} pixels, over the limit of {limits.pixels / 1e6:,.0f} million",
            hint="scale it down",
        )
    dpi = _dpi(picture)
    shrink = min(1.0, (limits.ocr_pixels / (width * height)) ** 0.5)
    if shrink < 1:
        # JPEG decodes at a half, a quarter or an eighth without ever being decoded in full.
        picture.draft("RGB", (int(width * shrink), int(height * shrink)))
    page = ImageOps.exif_transpose(_flat(picture))
    if shrink < 1:
        page.thumbnail((max(int(width * shrink), 1), max(int(height * shrink), 1)))
    # Points on the page: those of the picture as stored, whichever side is up.
    scale = 72 / dpi * max(width, height) / max(page.size)
    return recognise(page, scale, budget), shrink < 1


def _flat(picture: Image.Image) -> Image.Image:
    """The picture on white paper: what is transparent has any colour."""
    if picture.mode in ("RGBA", "LA", "PA") or "transparency" in picture.info:
        layered = picture.convert("RGBA")
        paper = Image.new("RGB", layered.size, "white")
        paper.paste(layered, mask=layered.getchannel("A"))
        return paper
    return picture.convert("RGB")


def _dpi(picture: Image.Image) -> float:
    try:
        dpi = float(picture.info.get("dpi", (DPI,))[0])
    except (TypeError, ValueError, IndexError, ZeroDivisionError):
        return DPI
    return dpi if 50 <= dpi <= 2400 else DPI
