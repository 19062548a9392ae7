"""Says what is wrong with the tables: columns, types, allowed values, references and forms that two rows claim.

What a table must look like stands in `tables.yaml`. A table that is not described there still needs a header, an `id`
that is its own and a `source`.
"""

from __future__ import annotations

import csv
import io
import re
from collections import Counter, defaultdict
from dataclasses import dataclass
from fnmatch import fnmatchcase
from functools import cache
from typing import TYPE_CHECKING, Literal

import msgspec

from yanzhen.data.loader import HERE, decode, split
from yanzhen.errors import DataError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

SPEC = HERE / "tables.yaml"
FULL_WIDTH = re.compile(r"[（）０-９Ａ-Ｚａ-ｚ：，％]")
YEARS = range(1900, 2101)


class Column(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What one column of a table must hold."""

    type: Literal["text", "list", "flag", "int", "year"] = "text"
    required: bool = False
    values: tuple[str, ...] = ()
    pattern: str = ""
    ref: str = ""
    beside: tuple[str, ...] = ()


class Forms(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Which columns hold surface forms, and which tables may not claim the same one."""

    strong: tuple[str, ...]
    weak: tuple[str, ...] = ()
    group: tuple[str, ...] = ()
    shared: tuple[str, ...] = ()


class Table(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What one table, or each table of a pattern, must look like."""

    columns: dict[str, Column]
    unique: tuple[str, ...] = ()
    forms: Forms | None = None
    note: str = ""


class Spec(msgspec.Struct, frozen=True):
    """The whole of `tables.yaml`."""

    tables: dict[str, Table]


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong: `file` below the data folder, `row` its line (1 is the header), `column` a name."""

    file: str
    row: int
    column: str
    problem: str

    def __str__(self) -> str:
        return f"{self.file}:{self.row}:{self.column}: {self.problem}"


@dataclass(frozen=True, slots=True)
class Line:
    """A row of a table as it stands in the file."""

    file: str
    row: int
    fields: dict[str, str]

    def problem(self, column: str, text: str) -> Problem:
        return Problem(self.file, self.row, column, text)


@cache
def spec() -> Spec:
    """The description of all tables.

    Raises:
        DataError: `tables.yaml` itself is wrong; says where.
    """
    try:
        return msgspec.yaml.decode(SPEC.read_bytes(), type=Spec)
    except msgspec.MsgspecError as error:
        raise DataError(str(error), SPEC.name) from error


def described(file: str) -> Table | None:
    """The description of a table such as `zones/etdz.csv`, or None."""
    tables = spec().tables
    if file in tables:
        return tables[file]
    return next((table for pattern, table in tables.items() if fnmatchcase(file, pattern)), None)


class Tables:
    """All tables as they stand in the files, ours with those of `folders` over them, and what is wrong with the files."""  # noqa: E501

    def __init__(self, *folders: Path) -> None:
        self.files: dict[str, list[Line]] = {}
        self.problems: list[Problem] = []
        self._keys: dict[str, frozenset[str]] = {}
        for base in (HERE, *folders):
            for path in sorted(base.rglob("*.csv")):
                name = path.relative_to(base).as_posix()
                lines, problems = _lines(path, name)
                self.problems += problems
                replaced = {line.fields.get("id") for line in lines}
                kept = [line for line in self.files.get(name, []) if line.fields.get("id") not in replaced]
                self.files[name] = kept + lines

    def matching(self, pattern: str) -> list[Line]:
        """The lines of the table or tables a pattern such as `zones/*.csv` names."""
        return [line for name, lines in self.files.items() if fnmatchcase(name, pattern) for line in lines]

    def keys(self, ref: str) -> frozenset[str]:
        """The values a reference may take: `zones/*.csv` means the column `id`, `zones/*.csv:name` the column `name`."""  # noqa: E501
        if ref not in self._keys:
            pattern, _, column = ref.partition(":")
            self._keys[ref] = frozenset(line.fields.get(column or "id", "") for line in self.matching(pattern))
        return self._keys[ref]


def check(*folders: Path) -> list[Problem]:
    """Everything that is wrong with our tables and those of `folders` laid over them, by file and line.

    A row of a later folder replaces the row of the same id, as it does when the tables are read.

    Raises:
        DataError: `tables.yaml` itself is wrong.
    """
    tables = Tables(*folders)
    found = list(tables.problems)
    for name, lines in tables.files.items():
        table = described(name)
        found += (problem for line in lines for problem in _fields(line, table, tables))
        found += _unique(table, lines)
    found += _ids(tables)
    for forms in dict.fromkeys(table.forms for table in spec().tables.values() if table.forms and table.forms.group):
        found += _shared_forms([line for pattern in forms.group for line in tables.matching(pattern)], forms)
    for pattern, table in spec().tables.items():
        if table.forms is not None and not table.forms.group:
            found += _shared_forms(tables.matching(pattern), table.forms)
    return sorted(set(found), key=lambda problem: (problem.file, problem.row, problem.column, problem.problem))


def _lines(path: Path, name: str) -> tuple[list[Line], list[Problem]]:
    try:
        reader = csv.reader(io.StringIO(decode(path)))
    except DataError as error:
        return [], [Problem(name, 1, "", error.what)]
    header = next(reader, None)
    if header is None:
        return [], [Problem(name, 1, "", "the table has no header line")]
    lines: list[Line] = []
    problems = list(_header(name, header))
    for record in reader:
        if not any(record) or record[0].startswith("#"):
            continue
        if len(record) != len(header):
            text = f"{len(record)} fields where the header has {len(header)}"
            problems.append(Problem(name, reader.line_num, "", text))
            continue
        lines.append(Line(name, reader.line_num, dict(zip(header, record, strict=True))))
    if not lines and not problems:
        problems.append(Problem(name, 1, "", "the table has no rows"))
    return lines, problems


def _header(name: str, header: list[str]) -> Iterator[Problem]:
    table = described(name)
    wanted = list(table.columns) if table is not None else ["id", "source"]
    for column in wanted:
        if column not in header:
            yield Problem(name, 1, column, "the column is missing")
    for column in header if table is not None else ():
        if column not in wanted:
            yield Problem(name, 1, column, "the column is not described in tables.yaml")


def _fields(line: Line, table: Table | None, tables: Tables) -> Iterator[Problem]:
    columns = table.columns if table is not None else {}
    for name, field in line.fields.items():
        if field != field.strip() or "\n" in field:
            yield line.problem(name, "white space at the end or a line break inside")
        if not field:
            if name == "id" or (columns[name].required if name in columns else name == "source"):
                yield line.problem(name, "must not be empty")
            continue
        if name in columns:
            yield from _field(line, name, columns[name], tables)
    if table is not None and table.forms is not None:
        yield from _own_forms(line, table.forms)


def _field(line: Line, name: str, column: Column, tables: Tables) -> Iterator[Problem]:
    field = line.fields[name]
    values = field.split("|") if column.type == "list" else [field]
    if "" in values:
        yield line.problem(name, "an empty value between two |")
    for value in _repeated(values):
        yield line.problem(name, f"{value} stands there twice")
    if column.type == "flag" and field not in ("0", "1"):
        yield line.problem(name, f"{field} is neither 0 nor 1")
    if column.type in ("int", "year") and not re.fullmatch(r"[0-9]{1,9}", field):
        yield line.problem(name, f"{field} is not a whole number")
    elif column.type == "year" and int(field) not in YEARS:
        yield line.problem(name, f"{field} is not a year")
    for value in filter(None, values):
        if column.values and value not in column.values:
            yield line.problem(name, f"{value} is not one of {', '.join(column.values)}")
        if column.pattern and not re.fullmatch(column.pattern, value):
            yield line.problem(name, f"{value} does not look like {column.pattern}")
        if column.ref and value not in column.beside and value not in tables.keys(column.ref):
            yield line.problem(name, f"{value} does not stand in {column.ref}")


def _repeated(values: Iterable[str]) -> list[str]:
    return [value for value, count in Counter(values).items() if count > 1 and value]


def _forms(line: Line, columns: Iterable[str]) -> list[tuple[str, str]]:
    """Pairs of column and surface form."""
    return [(column, form) for column in columns for form in split(line.fields.get(column, ""))]


def _own_forms(line: Line, forms: Forms) -> Iterator[Problem]:
    strong = _forms(line, forms.strong)
    weak = [form for _, form in _forms(line, forms.weak)]
    for form in _repeated(form for _, form in strong):
        yield line.problem(forms.strong[-1], f"{form} stands in two columns")
    for column, form in strong:
        # a name may be weak: it stays the name, and is believed with company only
        if form in weak and column not in ("name", "form"):
            yield line.problem(column, f"{form} is strong and weak at once")
        if FULL_WIDTH.search(form):
            yield line.problem(column, f"{form} has full-width characters, clean text has none")


def _unique(table: Table | None, lines: list[Line]) -> Iterator[Problem]:
    if table is None or not table.unique:
        return
    first: dict[tuple[str, ...], Line] = {}
    for line in lines:
        key = tuple(line.fields.get(column, "") for column in table.unique)
        other = first.setdefault(key, line)
        if other is not line:
            yield line.problem(table.unique[-1], f"{' '.join(key)} stands in row {other.row} already")


def _ids(tables: Tables) -> Iterator[Problem]:
    """An id is its row's own within the folder, because a folder is read as one table."""
    first: dict[tuple[str, str], Line] = {}
    for name, lines in tables.files.items():
        folder = name.rpartition("/")[0]
        for line in lines:
            key = (folder, line.fields.get("id", ""))
            other = first.setdefault(key, line)
            if key[1] and other is not line:
                yield line.problem("id", f"{key[1]} is the id of {other.file}:{other.row} already")


def _shared_forms(lines: list[Line], forms: Forms) -> Iterator[Problem]:
    claims: defaultdict[str, list[tuple[str, Line]]] = defaultdict(list)
    for line in lines:
        weak = {form for _, form in _forms(line, forms.weak)}
        for column, form in _forms(line, forms.strong):
            if form not in weak and form not in forms.shared:
                claims[form].append((column, line))
    for form, claimed in claims.items():
        _, first = claimed[0]
        for column, line in claimed[1:]:
            if line is not first:
                yield line.problem(column, f"{form} names {first.file}:{first.row} already")
