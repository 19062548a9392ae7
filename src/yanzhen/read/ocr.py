"""Pictures of text to pieces with boxes, by rapidocr, whose models are in its package. Loaded only when needed."""

from __future__ import annotations

import logging
import unicodedata
from functools import cache
from typing import TYPE_CHECKING, Any

from yanzhen.errors import InputError
from yanzhen.read.layout import Piece

if TYPE_CHECKING:
    from PIL.Image import Image

    from yanzhen.read.model import Budget

SURE = 0.5  # score below which a recognised line is noise
TILE = 1600  # pixels: larger pictures are recognised in parts of about this size
SEAM = 160  # pixels that neighbouring parts share, so that a line is whole in one of them


@cache
def _engine() -> Any:
    try:
        from rapidocr import RapidOCR  # noqa: PLC0415 - an optional part
    except ImportError as error:
        raise InputError("a scan or picture; recognition is not installed", hint='pip install "yanzhen[ocr]"') from error
    logging.getLogger("RapidOCR").setLevel(logging.ERROR)
    return RapidOCR(
        params={
            "Global.log_level": "error",
            "Global.use_cls": False,
            "Global.max_side_len": 4 * TILE,
            "Global.text_score": SURE,
            "Det.max_candidates": 4000,
        }
    )


def recognise(picture: Image, scale: float, budget: Budget) -> list[Piece]:
    """The lines of a picture; `scale` turns its pixels into points.

    Raises:
        InputError: recognition is not installed, or the time is used up.
    """
    import numpy as np  # noqa: PLC0415 - needed only here

    engine = _engine()
    grey = np.asarray(picture.convert("RGB"))[:, :, ::-1]
    pieces: list[Piece] = []
    budget.check()
    found = engine(np.ascontiguousarray(grey))
    for box, text in zip(found.boxes if found.boxes is not None else (), found.txts or (), strict=True):
        xs, ys = [float(point[0]) for point in box], [float(point[1]) for point in box]
        piece = _piece(text, min(xs) * scale, min(ys) * scale, max(xs) * scale, max(ys) * scale)
        if piece is not None:
            pieces.append(piece)
    return pieces


def _width(text: str) -> float:
    return sum(1.0 if unicodedata.east_asian_width(c) in "WF" else 0.55 for c in text)


def _piece(text: str, x0: float, y0: float, x1: float, y1: float) -> Piece | None:
    text = text.strip()
    if not text or x1 <= x0 or y1 <= y0:
        return None
    tall = y1 - y0
    wide = sum(c >= "\u2e80" for c in text)
    size = min(max((x1 - x0) / _width(text), 0.6 * tall), 1.1 * tall) if wide >= 3 else 0.85 * tall
    return Piece(text, x0, y0, x1, y1, size, wide=wide)
