"""Reads a table once and keeps it; a person's own folder (`--data DIR`) is laid over ours, row by row."""

from __future__ import annotations

import csv
import io
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

from yanzhen.errors import DataError

if TYPE_CHECKING:
    from collections.abc import Mapping

    Row = Mapping[str, str]
else:
    Row = dict

HERE = Path(__file__).parent
_overlay: list[Path] = []


def use_overlay(folder: Path | None) -> None:
    """Lay `folder` over our tables from now on: a row with an id of ours replaces it, any other row is added.

    Raises:
        DataError: `folder` is not a folder.
    """
    if folder is not None and not folder.is_dir():
        raise DataError("no such folder of data tables", str(folder))
    _overlay[:] = [] if folder is None else [folder]
    rows.cache_clear()
    _tables_by_id.cache_clear()


def decode(file: Path) -> str:
    """The text of a table in UTF-8 (a byte-order mark is dropped) or GB18030, as WPS and Excel save it.

    Raises:
        DataError: it is neither.
    """
    raw = file.read_bytes()
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        try:
            return raw.decode("gb18030")
        except UnicodeDecodeError as error:
            raise DataError("neither UTF-8 nor GB18030", str(file)) from error


def _read(file: Path) -> list[Row]:
    reader = csv.reader(io.StringIO(decode(file)))
    header = next(reader, None)
    if header is None:
        raise DataError("the table has no header line", str(file))
    found: list[Row] = []
    for record in reader:
        if not any(record) or record[0].startswith("#"):
            continue
        if len(record) != len(header):
            raise DataError(
                f"{len(record)} fields where the header has {len(header)}", f"{file}:{reader.line_num}:{len(record)}"
            )
        found.append(MappingProxyType(dict(zip(header, map(str.strip, record), strict=True))))
    return found


@cache
def rows(table: str) -> tuple[Row, ...]:
    """All rows of a table, such as `units/units.csv`; a name ending in `/` reads every CSV file of that folder.

    Raises:
        DataError: the table is missing or a line does not fit its header; says file, row and column.
    """
    found: dict[str, Row] = {}
    for base in (HERE, *_overlay):
        path = base / table
        files = sorted(path.glob("*.csv")) if table.endswith("/") else [path] if path.is_file() else []
        for file in files:
            for n, row in enumerate(_read(file)):
                found[row.get("id") or f"{file}:{n}"] = row
    if not found and not (HERE / table).exists():
        raise DataError("no such table", table)
    return tuple(found.values())


@cache
def _tables_by_id() -> dict[str, str]:
    found: dict[str, str] = {}
    for file in sorted(HERE.rglob("*.csv")):
        table = file.relative_to(HERE).as_posix()
        for row in rows(table):
            if row.get("id"):
                found.setdefault(row["id"], table)
    return found


def find_row(row_id: str) -> tuple[str, Row] | None:
    """(table, row) of a row by its id, in whatever table it stands; None where no table has it."""
    table = _tables_by_id().get(row_id)
    if table is None:
        return None
    return table, next(row for row in rows(table) if row.get("id") == row_id)


def split(field: str) -> tuple[str, ...]:
    """The values of a field that holds several, separated by `|`."""
    return tuple(part for part in field.split("|") if part)
