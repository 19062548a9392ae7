"""Which format a file is in: by its first bytes, then by its name, which may lie."""

from __future__ import annotations

import re

from yanzhen.errors import InputError

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
HTML = "text/html"
MHTML = "multipart/related"
PDF = "application/pdf"
TEXT = "text/plain"
ZIP = "application/zip"

HEAD = 4096  # bytes looked at

_MAGIC = (
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"II*\x00", "image/tiff"),
    (b"MM\x00*", "image/tiff"),
    (b"BM", "image/bmp"),
    (b"GIF8", "image/gif"),
)
_REFUSED = (
    (b"Rar!", "a RAR archive is not read", "unpack it, or pack it as ZIP"),
    (b"7z\xbc\xaf", "a 7z archive is not read", "unpack it, or pack it as ZIP"),
    (b"\x1f\x8b", "a gzip file is not read", "unpack it"),
    (b"BZh", "a bzip2 file is not read", "unpack it"),
    (b"\xfd7zXZ", "an xz file is not read", "unpack it"),
    (b"\xd0\xcf\x11\xe0", "an old Office or WPS file is not read", "save it as .docx or PDF"),
    (b"{\\rtf", "an RTF file is not read", "save it as .docx or PDF"),
    (b"SQLite format 3", "a database is not a document", ""),
    (b"\x7fELF", "a program is not a document", ""),
    (b"MZ\x90", "a program is not a document", ""),
)
_PACKED = (
    (b"word/", DOCX),
    (b"xl/", "a spreadsheet is not read as a document"),
    (b"ppt/", "a slide show is not read as a document"),
    (b"OFD.xml", "an OFD file is not read"),
)
_MARKUP = re.compile(
    rb"\A(?:\xef\xbb\xbf)?\s{0,200}(?:<\?xml[^>]{0,200}>\s{0,50})?(?:<!--.{0,2000}?-->\s{0,50}){0,3}"
    rb"<(?:!doctype\s+html|html|head|body|meta|title|div|article)\b",
    re.IGNORECASE | re.DOTALL,
)
_MAIL = re.compile(rb"\A(?:From|MIME-Version|Date|Subject|Content-Type|Snapshot-Content-Location):", re.IGNORECASE)
_NAMES = {
    "htm": HTML, "html": HTML, "shtml": HTML, "xhtml": HTML, "mht": MHTML, "mhtml": MHTML,
    "txt": TEXT, "text": TEXT, "md": TEXT,
}  # fmt: skip
_OFFICE_DATA = frozenset({"csv", "tsv", "json", "jsonl", "xml", "yaml", "yml", "css", "js", "py", "ini", "log", "sql"})


def extension(name: str) -> str:
    """The extension of a file name in lower case, without the dot; empty where it has none."""
    match = re.search(r"[^/]\.([A-Za-z0-9]{1,5})\Z", name)
    return match[1].lower() if match and not match[1].isdigit() else ""


def media_type(raw: bytes, name: str) -> str:
    """The media type of a file that this package can read, from its bytes and name.

    Raises:
        InputError: the file is empty or of a kind that is not read; says what it is.
    """
    if not raw.strip(b" \t\r\n\x00"):
        raise InputError("the file is empty" if not raw else "the file holds nothing but blanks")
    head = raw[:HEAD]
    if b"%PDF-" in head[:1024]:
        return PDF
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _packed(raw)
    for magic, kind in _MAGIC:
        if head.startswith(magic):
            return kind
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return "image/webp"
    for magic, what, hint in _REFUSED:
        if head.startswith(magic):
            raise InputError(what, hint=hint)
    suffix = extension(name)
    if suffix in _OFFICE_DATA:
        raise InputError(f"a .{suffix} file is not read as a document")
    known = _NAMES.get(suffix)
    if known == MHTML or (_MAIL.match(head) and b"multipart/related" in head):
        return MHTML
    return HTML if known == HTML or (known != TEXT and _MARKUP.match(head)) else TEXT


def _packed(raw: bytes) -> str:
    # The central directory, which names all members, stands at the end.
    names = raw[:HEAD] + raw[-65_536:]
    for sign, kind in _PACKED:
        if sign in names and (kind != DOCX or b"word/document" in names):
            if kind == DOCX:
                return DOCX
            raise InputError(kind, hint="save it as PDF")
    return ZIP
