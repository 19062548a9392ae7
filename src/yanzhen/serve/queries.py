"""What addresses may ask for: the query parameters of every list, checked once. An empty field asks for nothing."""

from __future__ import annotations

import calendar
import re
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from yanzhen.facts.records import EntityType, Instrument, Modality, Predicate, Stage  # noqa: TC001 - read by pydantic
from yanzhen.store import StatementFilter

Kind = Literal["observation", "milestone", "relation", "policy", "claim"]


def _blank_is_none(value: Any) -> Any:
    return None if isinstance(value, str) and not value.strip() else value


def _day(value: Any, *, last: bool) -> Any:
    """`2023`, `2023-07` or `2023-07-26` as its first or last day."""
    value = _blank_is_none(value)
    if not isinstance(value, str):
        return value
    match = re.fullmatch(r"\s*(\d{4})(?:-(\d\d?)(?:-(\d\d?))?)?\s*", value, re.ASCII)
    if match is None:
        raise ValueError("日期应写作 2023、2023-07 或 2023-07-26")
    year, month, day = (None if part is None else int(part) for part in match.groups())
    month = (12 if last else 1) if month is None else month
    if year is None or year < 1 or not 1 <= month <= 12:
        raise ValueError("没有这个日期")
    days = calendar.monthrange(year, month)[1]
    day = (days if last else 1) if day is None else day
    if not 1 <= day <= days:
        raise ValueError("没有这个日期")
    return f"{year:04}-{month:02}-{day:02}"


Blank = BeforeValidator(_blank_is_none)
Words = Annotated[Annotated[str, Field(max_length=200)] | None, Blank]
Name = Annotated[Annotated[str, Field(max_length=2000)] | None, Blank]
FirstDay = Annotated[str | None, BeforeValidator(lambda value: _day(value, last=False))]
LastDay = Annotated[str | None, BeforeValidator(lambda value: _day(value, last=True))]


class ListQuery(BaseModel):
    """A page of a list."""

    model_config = ConfigDict(populate_by_name=True)

    limit: Annotated[int, Field(ge=1, le=200)] = 50
    cursor: Name = None

    def state(self) -> dict[str, str]:
        """What the address has to hold to ask for the same list again, from its beginning."""
        given = self.model_dump(by_alias=True, exclude_defaults=True, exclude={"cursor"})
        return {name: str(value) for name, value in given.items() if value is not None}


class EntityQuery(ListQuery):
    """A page of entities."""

    type: Annotated[EntityType | None, Blank] = None
    q: Words = None


class FactQuery(ListQuery):
    """A page of statements."""

    q: Words = None
    kind: Annotated[Kind | None, Blank] = None
    doc: Name = None
    entity: Words = None
    metric: Words = None
    modality: Annotated[Modality | None, Blank] = None
    stage: Annotated[Stage | None, Blank] = None
    predicate: Annotated[Predicate | None, Blank] = None
    instrument: Annotated[Instrument | None, Blank] = None
    since: Annotated[FirstDay, Field(alias="from")] = None
    until: Annotated[LastDay, Field(alias="to")] = None

    def is_narrow(self) -> bool:
        """Whether any of the rarer conditions is given."""
        rare = (
            self.metric, self.since, self.until, self.stage, self.predicate, self.instrument, self.doc,
        )  # fmt: skip
        return any(value is not None for value in rare)

    def filter(self) -> StatementFilter:
        """The same as the store understands it."""
        return StatementFilter(
            kind=self.kind,
            doc=self.doc,
            entity=self.entity,
            metric=self.metric,
            modality=self.modality,
            stage=self.stage,
            predicate=self.predicate,
            instrument=self.instrument,
            since=self.since,
            until=self.until,
            text=self.q,
        )
