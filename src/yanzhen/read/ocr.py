"""Pictures of text to pieces with boxes, by rapidocr, whose models are in its package. Loaded only when needed.

Detection finds lines, but joins neighbouring columns across narrow gutters, and recognition drops blanks between
words. Both are seen in the ink itself: a box is cut where a blank strip goes through it and the lines around it, and a
blank is put back where ink stands apart.
"""

from __future__ import annotations

import unicodedata
from functools import cache
from itertools import chain, pairwise
from typing import TYPE_CHECKING, Any

import numpy as np

from yanzhen.errors import InputError
from yanzhen.read.piece import Piece, body_size

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray
    from PIL.Image import Image

    from yanzhen.read.model import Budget

    Ink = NDArray[np.bool_]

SURE = 0.5  # score below which a recognised line is noise
STRIP = 2_400_000  # pixels looked over at once: detection needs some 200 bytes for each
LEAST = 736  # pixels on the short side of what detection looks at; it scales up what has fewer
SEAM = 110  # pixels that strips reach beyond their seam: half the height of the largest headline
BATCH = 48  # lines recognised between two looks at the clock
_OPENING, _CLOSING = frozenset("“‘（《「『【"), frozenset("”’）》」』】，。、；：！？")
EM = 0.85  # of the height of a detected box


@cache
def _engine() -> Any:
    try:
        from rapidocr import RapidOCR  # noqa: PLC0415 - an optional part
    except ImportError as error:
        raise InputError(
            "a scan or picture; recognition is not installed", hint='pip install "yanzhen[ocr]"'
        ) from error
    engine = RapidOCR(
        params={"Global.log_level": "critical", "Global.max_side_len": 40_000, "Det.max_candidates": 4000}
    )
    # The first call loads the recogniser, which is then called by itself.
    engine(np.full((48, 160, 3), 255, np.uint8), use_det=False, use_cls=False, use_rec=True)
    return engine


def recognise(picture: Image, scale: float, budget: Budget) -> list[Piece]:
    """The lines of a picture; `scale` turns its pixels into points.

    Raises:
        InputError: recognition is not installed, or the time is used up.
    """
    engine = _engine()
    pixels = np.asarray(picture.convert("RGB"))
    ink = _ink(np.asarray(picture.convert("L")))
    quads = _distinct([part for quad in _detected(engine, pixels, ink, budget) for part in _cut(quad, ink)])
    quads = _whole(quads, ink)
    pieces: list[Piece] = []
    for first in range(0, len(quads), BATCH):
        budget.check()
        batch = quads[first : first + BATCH]
        for quad, (text, columns) in zip(batch, _read(engine, pixels, batch), strict=True):
            piece = _piece(_with_blanks(text, columns, quad, ink), _tight(quad, ink), scale)
            if piece is not None:
                pieces.append(piece)
    return _sized(pieces)


def _ink(grey: NDArray[np.uint8]) -> Ink:
    """Which pixels are printed: darker than halfway between paper and ink, or lighter on a dark ground."""
    sample = grey[::7, ::7]
    dark, light = np.percentile(sample, (1, 90))
    ink: Ink = grey < (dark + light) / 2
    return ink


def _detected(engine: Any, pixels: NDArray[np.uint8], ink: Ink, budget: Budget) -> Iterator[NDArray[np.float64]]:
    """The corners of every line, strip by strip; a line belongs to the strip its middle is in."""
    height, width = ink.shape
    rows = np.count_nonzero(ink, axis=1)
    tall = max(STRIP // max(width, LEAST), 800)
    seams = [0]
    while height - seams[-1] > 1.4 * tall:
        low, high = seams[-1] + int(0.8 * tall), seams[-1] + int(1.1 * tall)
        seams.append(low + int(np.argmin(rows[low:high])))
    seams.append(height)
    for top, bottom in pairwise(seams):
        budget.check()
        begin, end = max(0, top - SEAM), min(height, bottom + SEAM)
        if not rows[begin:end].any():
            continue
        part = _wide_enough(np.ascontiguousarray(pixels[begin:end, :, ::-1]))
        found = engine(part, use_det=True, use_cls=False, use_rec=False).boxes
        for quad in () if found is None else np.asarray(found, np.float64):
            quad[:, 1] += begin
            if top <= quad[:, 1].mean() < bottom:
                yield quad


def _wide_enough(part: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """A narrow strip on wider paper: detection would blow it up until its short side is as long as `LEAST`."""
    height, width, _ = part.shape
    if width >= LEAST or height <= 2 * LEAST:
        return part
    return np.pad(part, ((0, 0), (0, LEAST - width), (0, 0)), constant_values=255)


def _span(quad: NDArray[np.float64], ink: Ink) -> tuple[int, int, int, int]:
    height, width = ink.shape
    x0, y0 = np.floor(quad.min(axis=0)).astype(int)
    x1, y1 = np.ceil(quad.max(axis=0)).astype(int)
    return max(int(x0), 0), max(int(y0), 0), min(int(x1), width), min(int(y1), height)


def _whole(quads: list[NDArray[np.float64]], ink: Ink) -> list[NDArray[np.float64]]:
    """The boxes drawn out to characters that no box covers: detection may stop at a wide mark before the last ones."""
    free = ink.copy()
    spans = [_span(quad, ink) for quad in quads]
    for x0, y0, x1, y1 in spans:
        free[y0:y1, x0:x1] = False
    made = []
    for quad, (x0, y0, x1, y1) in zip(quads, spans, strict=True):
        tall = y1 - y0
        row = free[y0 + tall // 8 : y1 - tall // 8]
        reach = 3 * tall
        right = _beyond(row[:, x1 : x1 + reach], tall)
        left = _beyond(row[:, max(0, x0 - reach) : x0][:, ::-1], tall)
        made.append(_drawn_out(quad, left, right) if _is_level(quad) else quad)
    return made


def _beyond(row: Ink, tall: int) -> int:
    """How far ink goes on beyond the end of a box, characters apart by less than most of their height."""
    inked = np.flatnonzero(np.count_nonzero(row, axis=0) >= 2)
    if not len(inked) or inked[0] > 0.8 * tall:
        return 0
    apart = np.flatnonzero(np.diff(inked) > 0.5 * tall)
    stop = int(inked[apart[0]] if len(apart) else inked[-1]) + 1
    # A rule is inked from top to bottom; a picture, or a line of its own, goes on and on.
    part = row[:, int(inked[0]) : stop]
    rule = part.shape[1] < 0.15 * tall and part.any(axis=1).mean() > 0.9
    return 0 if rule or stop > 2.5 * tall or part.mean() > 0.6 else stop


def _drawn_out(quad: NDArray[np.float64], left: int, right: int) -> NDArray[np.float64]:
    made = quad.copy()
    made[(0, 3), 0] -= left + 2 * (left > 0)
    made[(1, 2), 0] += right + 2 * (right > 0)
    return made


def _is_level(quad: NDArray[np.float64]) -> bool:
    return bool(max(abs(quad[0, 1] - quad[1, 1]), abs(quad[0, 0] - quad[3, 0])) < 3)


def _gaps(ink: Ink, least: float) -> list[tuple[int, int]]:
    """Stretches between the first and last ink of a line in which there is none, as (first, after the last) column."""
    inked = np.flatnonzero(np.count_nonzero(ink, axis=0) >= 2)
    if len(inked) < 2:
        return []
    wide = np.flatnonzero(np.diff(inked) > least)
    return [(int(inked[n]) + 1, int(inked[n + 1])) for n in wide]


def _cut(quad: NDArray[np.float64], ink: Ink) -> list[NDArray[np.float64]]:
    """The parts of a box on both sides of a gutter between columns."""
    x0, y0, x1, y1 = _span(quad, ink)
    gaps = [gap for gap in _gaps(ink[y0:y1, x0:x1], 0.6 * (y1 - y0)) if _is_gutter(ink, (x0, y0, x1, y1), gap)]
    if not gaps:
        return [quad]
    # A little blank stays at both ends, as recognition expects it.
    width, slack = x1 - x0, 0.1 * (y1 - y0)
    edges = [0.0, *chain.from_iterable(((left + slack) / width, (right - slack) / width) for left, right in gaps), 1.0]
    return [_part(quad, edges[n], edges[n + 1]) for n in range(0, len(edges), 2)]


def _is_gutter(ink: Ink, span: tuple[int, int, int, int], gap: tuple[int, int]) -> bool:
    """Whether the gap goes on between the lines above or below; a mark and a quote leave one on a single line."""
    x0, y0, x1, y1 = span
    left, right = x0 + gap[0], x0 + gap[1]
    tall = y1 - y0
    if right - left > 2.5 * tall:
        return True
    for begin, end in ((max(0, int(y0 - 2.5 * tall)), y0), (y1, int(y1 + 2.5 * tall))):
        window = ink[begin:end]
        sides = window[:, x0:left].any() and window[:, right:x1].any()
        # The gap of a short line is wider than the gutter, so other lines reach into it.
        if sides and _longest_blank(window[:, left:right]) >= 0.5 * tall:
            return True
    return False


def _longest_blank(ink: Ink) -> int:
    inked = np.flatnonzero(np.concatenate(([True], ink.any(axis=0), [True])))
    return int(np.diff(inked).max()) - 1


def _part(quad: NDArray[np.float64], begin: float, end: float) -> NDArray[np.float64]:
    top, bottom = quad[1] - quad[0], quad[2] - quad[3]
    return np.array((quad[0] + begin * top, quad[0] + end * top, quad[3] + end * bottom, quad[3] + begin * bottom))


def _read(
    engine: Any, pixels: NDArray[np.uint8], quads: list[NDArray[np.float64]]
) -> Iterator[tuple[str, list[float]]]:
    """The text of each box, and how far along the box each of its characters stands, from 0 to 1."""
    from rapidocr.ch_ppocr_rec import TextRecInput  # noqa: PLC0415 - an optional part

    crops = [_crop(pixels, quad) for quad in quads]
    found = engine.text_rec(TextRecInput(img=crops, return_word_box=True))
    for score, words in zip(found.scores, found.word_results, strict=True):
        if score < SURE or not words.line_txt_len:
            yield "", []
        else:
            text = "".join(chain.from_iterable(words.words))
            yield text, [(column + 0.5) / words.line_txt_len for column in chain.from_iterable(words.word_cols)]


def _crop(pixels: NDArray[np.uint8], quad: NDArray[np.float64]) -> NDArray[np.uint8]:
    """The picture of one line, upright; a line that is only a little off level is taken as it stands."""
    from rapidocr.utils.process_img import get_rotate_crop_image  # noqa: PLC0415 - an optional part

    if not _is_level(quad):
        made: NDArray[np.uint8] = get_rotate_crop_image(pixels, quad.astype(np.float32))
        return made[:, :, ::-1]
    height, width, _ = pixels.shape
    x0, y0 = np.maximum(np.floor(quad.min(axis=0)), 0).astype(int)
    x1, y1 = np.minimum(np.ceil(quad.max(axis=0)), (width, height)).astype(int)
    return pixels[y0 : max(y1, y0 + 1), x0 : max(x1, x0 + 1), ::-1]


def _with_blanks(text: str, places: list[float], quad: NDArray[np.float64], ink: Ink) -> str:
    """Put back the blanks that stand out from the distances between characters on the line."""
    if len(text) < 2 or len(text) != len(places):
        return text
    x0, y0, x1, y1 = _span(quad, ink)
    em = EM * (y1 - y0)
    line = ink[y0:y1, x0:x1]
    gaps = _gaps(line, 1)
    if not gaps:
        return text
    usual = float(np.median([right - left for left, right in gaps]))
    made = []
    at = 0
    for left, right in gaps:
        middle = (left + right) / 2 / (x1 - x0)
        n = sum(place < middle for place in places)
        if not at < n < len(text):
            continue
        apart = (right - left - usual) / em
        if apart > _ordinary(text[n - 1], text[n], usual / em):
            made.append(text[at:n])
            at = n
    return " ".join((*made, text[at:]))


def _ordinary(before: str, after: str, usual: float) -> float:
    """How many em farther apart than usual two characters stand without a blank; lines set wide are set unevenly."""
    chinese = not (before.isascii() and after.isascii())
    if chinese and any(unicodedata.category(c)[0] in "PS" for c in (before, after)):
        # Half of a full stop is blank; a name behind the last sentence stands farther off.
        return 0.75 if before in "。！？" and unicodedata.category(after)[0] == "L" else 1.1
    # A one is narrow and stands in the middle of its place.
    return max(0.19, 0.05 + 1.2 * usual) + (0.06 if "1" in (before, after) else 0.0)


def _width(text: str) -> float:
    return sum(1.0 if unicodedata.east_asian_width(c) in "WF" else 0.55 for c in text)


def _tight(quad: NDArray[np.float64], ink: Ink) -> tuple[int, int, int, int]:
    """The box of a line, left and right drawn in to its ink: detection leaves room around it, gutters are narrow."""
    x0, y0, x1, y1 = _span(quad, ink)
    inked = np.flatnonzero(np.count_nonzero(ink[y0:y1, x0:x1], axis=0) >= 2)
    return (x0 + int(inked[0]), y0, x0 + int(inked[-1]) + 1, y1) if len(inked) else (x0, y0, x1, y1)


def _distinct(quads: list[NDArray[np.float64]]) -> list[NDArray[np.float64]]:
    """The boxes without those that lie within others: a box may begin on the last character of the next column."""
    if not quads:
        return []
    low = np.array([quad.min(axis=0) for quad in quads])
    high = np.array([quad.max(axis=0) for quad in quads])
    areas = np.prod(high - low, axis=1)
    kept = []
    for n, quad in enumerate(quads):
        shared = np.clip(np.minimum(high, high[n]) - np.maximum(low, low[n]), 0, None).prod(axis=1)
        larger = (areas > areas[n]) | ((areas == areas[n]) & (np.arange(len(quads)) < n))
        if not np.any(larger & (shared > 0.6 * areas[n])):
            kept.append(quad)
    return kept


def _piece(text: str, span: tuple[int, int, int, int], scale: float) -> Piece | None:
    text = text.strip()
    x0, y0, x1, y1 = (side * scale for side in span)
    if not text or x1 <= x0 or y1 <= y0:
        return None
    # Marks and quotes are as wide as other characters, half of them blank.
    blank = 0.5 * EM * (y1 - y0)
    x0 -= blank * (text[0] in _OPENING)
    x1 += blank * (text[-1] in _CLOSING)
    wide = sum(c >= "\u2e80" for c in text)
    return Piece(text, x0, y0, x1, y1, (x1 - x0) / _width(text), loose=-1.0, wide=wide)


def _sized(pieces: list[Piece]) -> list[Piece]:
    """Settle how large the type is: by width where a line is long, else by height; nearly the body is the body."""
    long = [piece for piece in pieces if piece.wide >= 6]
    share = float(np.median([piece.size / (piece.y1 - piece.y0) for piece in long])) if long else EM
    for piece in pieces:
        if piece.wide < 6 or not 0.7 < piece.size / (piece.y1 - piece.y0) / share < 1.4:
            piece.size = share * (piece.y1 - piece.y0)
    body = body_size(pieces) if pieces else 0.0
    for piece in pieces:
        near = 1.14 if piece.wide >= 6 else 1.3 if piece.wide >= 3 else 1.5
        if body / near < piece.size < body * near:
            piece.size = body
    for piece in pieces:
        if piece.wide < 3 and (head := _headline_above(piece, pieces, body)) is not None:
            piece.size = head.size
    return pieces


def _headline_above(piece: Piece, pieces: list[Piece], body: float) -> Piece | None:
    """The line of a headline that a number goes on with: too little of it is Chinese to tell its size by itself."""
    tall = piece.y1 - piece.y0
    for other in pieces:
        height = other.y1 - other.y0
        close = abs(other.x0 - piece.x0) < 0.5 * body and -0.3 * height < piece.y0 - other.y1 < 0.6 * height
        if close and other.wide >= 3 and other.size > 1.3 * body and height - tall < tall - body / EM:
            return other
    return None
