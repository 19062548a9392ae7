"""ZIP archives, member by member, in memory: nothing is ever unpacked to disk."""

from __future__ import annotations

import re
import stat
import zipfile
from typing import TYPE_CHECKING

from yanzhen.errors import InputError
from yanzhen.read.model import megabytes

if TYPE_CHECKING:
    from pathlib import Path

    from yanzhen.read.model import Limits

_UTF8_NAME = 0x800  # flag bit 11: the name is UTF-8
_ENCRYPTED = 0x1
_LEADS_OUT = re.compile(r"(?:\A|/)\.\.(?:/|\Z)|\A/|\A[A-Za-z]:|\x00")


def member_name(info: zipfile.ZipInfo) -> str:
    """The name of a member with `/` between folders. Names without the UTF-8 flag come from Chinese Windows as GBK."""
    name = info.orig_filename
    if not info.flag_bits & _UTF8_NAME:
        raw = name.encode("cp437", "replace")
        for encoding in ("utf-8", "gb18030"):
            try:
                name = raw.decode(encoding)
                break
            except UnicodeDecodeError:
                continue
    return name.replace("\\", "/")


def open_archive(file: Path, limits: Limits) -> zipfile.ZipFile:
    """Open an archive and look over its list of members.

    Raises:
        InputError: the file is no intact archive, or holds more than the limits allow.
    """
    try:
        archive = zipfile.ZipFile(file)
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise InputError("not an intact ZIP archive", hint="download or pack it again") from error
    members = archive.infolist()
    if len(members) > limits.members:
        archive.close()
        raise InputError(f"{len(members):,} files in the archive, over the limit of {limits.members:,}")
    total = sum(info.file_size for info in members)
    if total > limits.archive_bytes:
        archive.close()
        raise InputError(
            f"the archive unpacks to {megabytes(total)}, over the limit of {megabytes(limits.archive_bytes)}"
        )
    return archive


def refuse(info: zipfile.ZipInfo, limits: Limits) -> str | None:
    """Why a member is not read, judged by what the archive says about it; `None` where nothing speaks against it."""
    if _LEADS_OUT.search(member_name(info)):
        return "the path leads out of the archive"
    if stat.S_ISLNK(info.external_attr >> 16):
        return "a link inside the archive is not followed"
    if info.flag_bits & _ENCRYPTED:
        return "the archive is encrypted"
    if info.file_size > limits.file_bytes:
        return f"unpacks to {megabytes(info.file_size)}, over the limit of {megabytes(limits.file_bytes)}"
    if info.file_size > 1_000_000 and info.file_size > limits.ratio * max(info.compress_size, 1):
        return f"unpacks to {info.file_size // max(info.compress_size, 1):,} times its size, like a zip bomb"
    return None


def read_member(archive: zipfile.ZipFile, info: zipfile.ZipInfo, limits: Limits) -> bytes:
    """The bytes of a member. What the archive says about sizes may be a lie, so reading is bounded too.

    Raises:
        InputError: the member is damaged or larger than it says.
    """
    bound = min(info.file_size, limits.file_bytes)
    try:
        with archive.open(info) as member:
            raw = member.read(bound + 1)
    except (zipfile.BadZipFile, OSError, ValueError, RuntimeError, NotImplementedError, EOFError) as error:
        raise InputError("damaged inside the archive, or packed in a way not read here") from error
    except Exception as error:  # zlib.error and lzma.LZMAError share no base
        raise InputError("damaged inside the archive") from error
    if len(raw) > bound:
        raise InputError("larger than the archive says")
    return raw
