"""Web archives (.mht, .mhtml), as browsers save whole pages: the page among the parts is read, the rest left aside."""

from __future__ import annotations

import binascii
import re
from dataclasses import dataclass, replace
from email.parser import BytesHeaderParser
from email.policy import default as mail_policy
from typing import TYPE_CHECKING

from yanzhen.errors import InputError
from yanzhen.read.html import read_page

if TYPE_CHECKING:
    from collections.abc import Iterator

    from yanzhen.read.model import Budget, Rendered

_DAMAGED = InputError("a damaged web archive", hint="save the page again")
_HEAD_END = re.compile(rb"\r?\n\r?\n")
_HEAD = 16_384  # bytes in which the header of a part ends
_PARTS = 5_000
_DEPTH = 3  # parts may hold parts


@dataclass(frozen=True, slots=True)
class _Part:
    kind: str
    charset: str | None
    encoding: str
    location: str | None
    boundary: str | None
    body: bytes


def read(raw: bytes, name: str, budget: Budget) -> Rendered:
    """Read the first web page in the archive: browsers put the one that was saved in front of its frames.

    Raises:
        InputError: there is none, or it cannot be read.
    """
    whole = _part(raw)
    page = next(_pages(whole, 0, budget), None)
    if page is None:
        raise InputError("a web archive without a web page", hint="save the page again")
    made = read_page(_decoded(page), page.charset, name, budget)
    address = page.location or whole.location
    if made.meta.url is None and address and address.startswith(("http://", "https://")):
        return replace(made, meta=replace(made.meta, url=address))
    return made


def _part(raw: bytes) -> _Part:
    end = _HEAD_END.search(raw, 0, _HEAD)
    if end is None:
        raise _DAMAGED
    head = BytesHeaderParser(policy=mail_policy).parsebytes(raw[: end.start()])
    try:
        kind, charset, boundary = head.get_content_type(), head.get_content_charset(), head.get_boundary()
        encoding = str(head.get("Content-Transfer-Encoding", "")).strip().lower()
        location = head.get("Snapshot-Content-Location") or head.get("Content-Location")
    except (ValueError, LookupError, AttributeError, IndexError, TypeError) as error:
        raise _DAMAGED from error  # header parsing is known to stumble over nonsense
    return _Part(kind, charset, encoding, str(location).strip() if location else None, boundary, raw[end.end() :])


def _pages(part: _Part, depth: int, budget: Budget) -> Iterator[_Part]:
    if part.kind in ("text/html", "application/xhtml+xml"):
        yield part
    elif part.boundary and depth < _DEPTH:
        mark = b"--" + part.boundary.encode("utf-8", "replace")
        begin = part.body.find(mark)
        for _ in range(_PARTS):
            budget.check()
            if begin < 0 or part.body.startswith(mark + b"--", begin):
                return
            begin = part.body.find(b"\n", begin) + 1
            end = part.body.find(b"\n" + mark, begin) if begin else -1
            yield from _pages(_part(part.body[begin : end if end >= 0 else None]), depth + 1, budget)
            begin = end + 1 if end >= 0 else -1


def _decoded(part: _Part) -> bytes:
    if part.encoding == "quoted-printable":
        return binascii.a2b_qp(part.body)
    if part.encoding == "base64":
        try:
            return binascii.a2b_base64(part.body)
        except binascii.Error as error:
            raise _DAMAGED from error
    return part.body
