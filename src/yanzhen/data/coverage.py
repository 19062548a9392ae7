"""Counts what the tables hold, for `yanzhen data`: nobody should have to guess how far a table reaches."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from yanzhen.data.checker import Tables, described
from yanzhen.data.loader import split

if TYPE_CHECKING:
    from pathlib import Path

KNOWLEDGE = "knowledge"
NAMES = ("name", "form")
ALIASES = ("aliases",)


@dataclass(frozen=True, slots=True)
class Coverage:
    """One table: its rows, how many name a source to look up, how many rest on general knowledge, its aliases.

    `aliases` counts surface forms beside the name that are believed alone, `weak` those that need company.
    """

    table: str
    rows: int
    sourced: int
    knowledge: int
    aliases: int
    weak: int


def coverage(*folders: Path) -> list[Coverage]:
    """What every table holds, ours with those of `folders` laid over them, by name."""
    found = []
    for name, lines in sorted(Tables(*folders).files.items()):
        table = described(name)
        forms = table.forms if table is not None else None
        strong = [column for column in (forms.strong if forms is not None else ALIASES) if column not in NAMES]
        weak = forms.weak if forms is not None else ()
        sources = [line.fields.get("source", "") for line in lines]
        found.append(
            Coverage(
                table=name,
                rows=len(lines),
                sourced=sum(source not in ("", KNOWLEDGE) for source in sources),
                knowledge=sum(source == KNOWLEDGE for source in sources),
                aliases=sum(len(split(line.fields.get(column, ""))) for line in lines for column in strong),
                weak=sum(len(split(line.fields.get(column, ""))) for line in lines for column in weak),
            )
        )
    return found
