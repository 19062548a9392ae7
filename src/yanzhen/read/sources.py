"""Which files are meant by the paths given, in a fixed order, and what each document is called."""

from __future__ import annotations

import glob
import os
import unicodedata
from collections import Counter
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from yanzhen.errors import InputError
from yanzhen.read.archive import member_name, open_archive, refuse
from yanzhen.read.model import Failure
from yanzhen.read.sniff import extension

if TYPE_CHECKING:
    import zipfile
    from collections.abc import Iterable, Iterator

    from yanzhen.read.model import Limits

_CLUTTER = frozenset({"thumbs.db", "desktop.ini", "__macosx"})


@dataclass(frozen=True, slots=True)
class Source:
    """A file or a member of an archive that is to be read as `doc`."""

    doc: str
    path: str
    file: Path
    member: zipfile.ZipInfo | None = None


@dataclass(frozen=True, slots=True)
class _Found:
    name: str  # below the folder given, with extension
    path: str
    file: Path
    member: zipfile.ZipInfo | None = None


def sources(paths: Iterable[str | Path], limits: Limits) -> list[Source | Failure]:
    """Every file meant by files, folders (all below them), globs and archives, each once, in a fixed order."""
    found: list[_Found | Failure] = []
    seen: set[Path] = set()
    for path in paths:
        for item in _expand(Path(path), limits):
            if isinstance(item, _Found) and item.member is None:
                real = Path(os.path.realpath(item.file))  # resolve() raises where links go round in circles
                if real in seen:
                    continue
                seen.add(real)
            found.append(item)
    docs = iter(_names([item for item in found if isinstance(item, _Found)]))
    return [
        item if isinstance(item, Failure) else Source(next(docs), item.path, item.file, item.member) for item in found
    ]


def _names(found: list[_Found]) -> list[str]:
    """Names without extension; with it where two would clash; with the whole path where that does not help."""
    plain = [_bare(item.name) for item in found]
    for candidates in ([item.name for item in found], [item.path for item in found]):
        clashes = {name for name, count in Counter(plain).items() if count > 1}
        plain = [longer if name in clashes else name for name, longer in zip(plain, candidates, strict=True)]
    unique: list[str] = []
    taken: set[str] = set()
    for name in plain:
        fresh, n = name, 1
        while fresh in taken:
            n += 1
            fresh = f"{name}#{n}"
        taken.add(fresh)
        unique.append(fresh)
    return unique


def _bare(name: str) -> str:
    suffix = extension(name)
    return name[: -len(suffix) - 1] if suffix else name


def _expand(path: Path, limits: Limits) -> Iterator[_Found | Failure]:
    if path.is_dir():
        yield from _folder(path, limits)
    elif path.exists():
        yield from _file(path, path.name, limits, given=True)
    elif glob.has_magic(str(path)):
        matches = sorted(glob.glob(str(path), recursive=True))  # noqa: PTH207 - the pattern may be absolute
        if not matches:
            yield Failure(str(path), "nothing matches this pattern")
        for match in matches:
            yield from _expand(Path(match), limits)
    else:
        yield Failure(str(path), "no such file or folder")


def _folder(folder: Path, limits: Limits) -> Iterator[_Found | Failure]:
    files: list[tuple[tuple[str, ...], Path]] = []
    for base, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if not _clutter(name)]
        for name in names:
            if not _clutter(name):
                file = Path(base, name)
                files.append((file.relative_to(folder).parts, file))
    for parts, file in sorted(files):
        yield from _file(file, "/".join(parts), limits, given=False)


def _clutter(name: str) -> bool:
    """Files that systems and editors leave behind."""
    return name.startswith((".", "~$")) or name.lower() in _CLUTTER


def _file(file: Path, name: str, limits: Limits, *, given: bool) -> Iterator[_Found | Failure]:
    """A file as itself; an archive as the folder its members are in, or below which they are, where it is given."""
    name = unicodedata.normalize("NFC", name)
    if extension(name) == "zip":
        yield from _members(file, "" if given else _bare(name) + "/", limits)
    else:
        yield _Found(name, str(file), file)


def _members(file: Path, prefix: str, limits: Limits) -> Iterator[_Found | Failure]:
    try:
        archive = open_archive(file, limits)
    except InputError as error:
        yield Failure(str(file), str(error))
        return
    with closing(archive):
        for info in sorted(archive.infolist(), key=lambda info: (member_name(info).split("/"), info.header_offset)):
            name = member_name(info)
            if info.is_dir() or any(_clutter(part) for part in PurePosixPath(name).parts if part != ".."):
                continue
            path = f"{file}/{name}"
            reason = refuse(info, limits)
            if reason is None and extension(name) in {"zip", "rar", "7z", "gz", "tar"}:
                reason = "an archive inside an archive is not opened (unpack it first)"
            yield (
                _Found(unicodedata.normalize("NFC", prefix + name), path, file, info)
                if reason is None
                else Failure(path, reason)
            )
