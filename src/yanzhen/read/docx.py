"""Word files: paragraphs and headings in order, tables as lines, text boxes where they are anchored."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING, Any

from docx import Document

from yanzhen.errors import InputError
from yanzhen.read.model import Meta, Rendered, megabytes

if TYPE_CHECKING:
    from collections.abc import Iterator

    from yanzhen.read.model import Budget

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"  # says what its Choice says
_LEFT_OUT = frozenset((_FALLBACK, _W + "moveFrom", _W + "del", _W + "instrText", _W + "pPr", _W + "rPr"))
_UNTITLED = frozenset(("word document", "document", "文档", "新建 microsoft word 文档"))


def read(raw: bytes, name: str, budget: Budget) -> Rendered:
    """Read a Word file. Its date of creation is not the date of what it says and is left aside.

    Raises:
        InputError: the file is damaged or unpacks to more than the limits allow.
    """
    del name
    _look_over(raw, budget)
    try:
        document = Document(io.BytesIO(raw))
    except (KeyError, ValueError, SyntaxError, zipfile.BadZipFile, OSError) as error:
        raise InputError("a damaged Word file", hint="open it in Word or WPS and save it again") from error
    paragraphs = [text for text in _blocks(document.element.body, budget) if text]
    properties = document.core_properties
    title = " ".join((properties.title or "").split())
    authors = tuple(part for part in (properties.author or "").replace("、", ";").split(";") if part.strip())
    meta = Meta(
        title=title if title and title.lower() not in _UNTITLED else None,
        # What python-docx writes where nobody said anything.
        authors=() if authors == ("python-docx",) else tuple(author.strip() for author in authors),
    )
    return Rendered("\n\n".join(paragraphs), meta)


def _look_over(raw: bytes, budget: Budget) -> None:
    limits = budget.limits
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            parts = archive.infolist()
    except (zipfile.BadZipFile, ValueError, OSError) as error:
        raise InputError("a damaged Word file", hint="open it in Word or WPS and save it again") from error
    markup = sum(part.file_size for part in parts if part.filename.endswith((".xml", ".rels")))
    if markup > 4 * limits.markup_bytes:
        raise InputError(
            f"unpacks to {megabytes(markup)} of markup, over the limit of {megabytes(4 * limits.markup_bytes)}"
        )
    if sum(part.file_size for part in parts) > limits.file_bytes or len(parts) > limits.members:
        raise InputError("unpacks to more than the limits allow, like a zip bomb")


def _blocks(body: Any, budget: Budget) -> Iterator[str]:
    """Paragraphs and table rows below an element, in the order they stand."""
    # Containers around paragraphs (content controls, insertions) may nest, so the way down is kept by hand.
    stack = list(reversed(list(body)))
    while stack:
        element = stack.pop()
        tag = element.tag
        if tag == _W + "p":
            budget.check()
            text, boxes = _paragraph(element)
            yield text
            for box in boxes:
                yield from _blocks(box, budget)
        elif tag == _W + "tbl":
            for row in element.iter(_W + "tr"):
                if next(row.iterancestors(_W + "tbl")) is element:
                    yield _row(row, budget)
        elif isinstance(tag, str) and tag not in _LEFT_OUT:
            stack.extend(reversed(list(element)))


def _row(row: Any, budget: Budget) -> str:
    cells = []
    for cell in row.iterchildren(_W + "tc"):
        properties = cell.find(_W + "tcPr")
        merged = properties.find(_W + "vMerge") if properties is not None else None
        # A cell that goes on from the row above is empty but for a paragraph mark.
        empty = merged is not None and merged.get(_W + "val") != "restart"
        cells.append("" if empty else " ".join(text for text in _blocks(cell, budget) if text))
    return " | ".join(cells).strip(" |")


def _paragraph(paragraph: Any) -> tuple[str, list[Any]]:
    """The text of a paragraph, and the text boxes anchored in it."""
    pieces: list[str] = []
    boxes: list[Any] = []
    stack = list(reversed(list(paragraph)))
    while stack:
        element = stack.pop()
        tag = element.tag
        if tag == _W + "t":
            pieces.append(element.text or "")
        elif tag in (_W + "tab", _W + "br", _W + "cr"):
            pieces.append(" ")
        elif tag == _W + "noBreakHyphen":
            pieces.append("-")
        elif tag == _W + "txbxContent":
            boxes.append(element)
        elif isinstance(tag, str) and tag not in _LEFT_OUT:
            stack.extend(reversed(list(element)))
    return "".join(pieces).strip(" \t\r\n\u3000\u00a0"), boxes
