"""The records. Values and names are simplified, half-width and unspaced; evidence points at the original."""

from __future__ import annotations

import hashlib
from functools import cache
from typing import TYPE_CHECKING, Any, Literal, TypeVar, get_args

import msgspec

if TYPE_CHECKING:
    from collections.abc import Iterator

EntityType = Literal[
    "zone", "place", "company", "institute", "government", "finance", "person", "project", "product", "policy",
    "honor", "event",
]  # fmt: skip
Measure = Literal["level", "growth", "change", "share", "rank"]
Comparator = Literal["=", ">", ">=", "<", "<=", "~"]
Modality = Literal["actual", "planned", "target", "forecast", "capacity"]
Status = Literal["actual", "planned"]
Precision = Literal["day", "month", "year"]
Stage = Literal[
    "announced", "negotiating", "signed", "land", "registered", "approved", "started", "topped_out", "completed",
    "tool_in", "line_through", "trial", "production", "mass_production", "full_capacity", "expanded", "acquired",
    "listed", "certified", "launched", "delayed", "suspended", "resumed", "cancelled",
]  # fmt: skip
Predicate = Literal[
    "located_in", "part_of", "operates", "produces", "invests_in", "joint_venture", "acquires", "establishes",
    "cooperates_with", "signs_with", "awarded", "issues", "works_for", "drives", "in_chain",
]  # fmt: skip
Instrument = Literal[
    "grant", "loan", "interest", "guarantee", "fund", "tax", "rent", "talent", "service", "procurement", "ip", "other",
]  # fmt: skip
Level = Literal["national", "provincial", "municipal", "zone"]
Period = tuple[str | None, str | None]  # first and last day, ISO 8601; None for an open end

ENTITY_TYPES: tuple[str, ...] = get_args(EntityType)
MEASURES: tuple[str, ...] = get_args(Measure)
MODALITIES: tuple[str, ...] = get_args(Modality)
STAGES: tuple[str, ...] = get_args(Stage)
PREDICATES: tuple[str, ...] = get_args(Predicate)


class _Record(msgspec.Struct, frozen=True, kw_only=True, tag_field="kind", omit_defaults=True):
    doc: str


class Document(_Record, frozen=True, kw_only=True, tag="document", omit_defaults=True):
    """A file as read. `published` is as fine as `published_precision`: `2023`, `2023-07` or `2023-07-26`."""

    published: str | None
    published_precision: Precision | None
    publisher: str | None = None
    title: str | None = None
    script: Literal["hans", "hant"] = msgspec.field(default="hans")
    digest: str | None = None  # sha-256 of the file's bytes
    rendition: str | None = None  # sha-256 of the text, where the text is not the file decoded
    inferred: bool = False  # `published` was concluded, not read
    reasons: tuple[str, ...] = ()  # why `published` is what it is
    start: int
    end: int


class Article(_Record, frozen=True, kw_only=True, tag="article", omit_defaults=True):
    """A piece with a beginning and an end of its own; a caption that states facts is one."""

    id: str
    title: str
    published: str | None = None
    published_precision: Precision | None = None
    authors: tuple[str, ...] = ()
    inferred: bool = False
    start: int
    end: int


class Entity(_Record, frozen=True, kw_only=True, tag="entity", omit_defaults=True):
    """One thing of the world, once per document; `name` is its fullest form there, `aliases` every other form."""

    id: str
    type: EntityType
    name: str
    aliases: tuple[str, ...] = ()
    origin: str = ""
    ref: str | None = None  # id of the row of our reference tables that it was recognised as
    start: int | None = None  # its first mention
    end: int | None = None


class _Statement(_Record, frozen=True, kw_only=True, omit_defaults=True):
    id: str = ""
    article: str | None = None
    origin: str = ""
    inferred: bool = False
    quote: str
    start: int
    end: int


class Observation(_Statement, frozen=True, kw_only=True, tag="observation", omit_defaults=True):
    """A number about something. `value` is plain, 万 and 亿 multiplied out; `unit` as in the fact model."""

    subject: str | None
    metric: str
    measure: Measure
    value: float
    value_high: float | None = None
    unit: str
    cmp: Comparator
    period: Period | None
    modality: Modality
    of: str | None = None


class Milestone(_Statement, frozen=True, kw_only=True, tag="milestone", omit_defaults=True):
    """A step in the life of a project, plant, line, institute, product or company."""

    project: str
    owner: str | None = None
    stage: Stage
    status: Status
    date: Period | None
    place: str | None = None


class Relation(_Statement, frozen=True, kw_only=True, tag="relation", omit_defaults=True):
    """Something two entities of the document are said to be to each other."""

    subject: str
    predicate: Predicate
    object: str
    status: Status
    date: Period | None
    role: str | None = None


class Policy(_Statement, frozen=True, kw_only=True, tag="policy", omit_defaults=True):
    """One benefit that a policy gives to somebody."""

    policy: str | None
    issuer: str | None
    instrument: Instrument
    benefit: str
    beneficiary: str | None = None
    condition: str | None = None
    value: float | None = None
    value_high: float | None = None
    unit: str | None = None
    cmp: Comparator | None = None
    level: Level | None = None
    number: str | None = None
    valid: Period | None = None
    window: Period | None = None
    contact: str | None = None


class Claim(_Statement, frozen=True, kw_only=True, tag="claim", omit_defaults=True):
    """A distinction somebody asserts; kept apart from measured facts."""

    subject: str
    claim: str
    scope: str | None
    superlative: str | None
    attribution: str | None = None
    status: Status


Statement = Observation | Milestone | Relation | Policy | Claim
Record = Document | Article | Entity | Statement

STATEMENT_KINDS: tuple[str, ...] = ("observation", "milestone", "relation", "policy", "claim")
KINDS: tuple[str, ...] = ("document", "article", "entity", *STATEMENT_KINDS)

_decoder: msgspec.json.Decoder[Record] = msgspec.json.Decoder(Record, strict=False)
_NOT_SAID = ("id", "origin", "article", "inferred")


# Fields that the wire format shows even where they are null or plain.
_SHOWN = frozenset({"period", "date", "value", "published", "script"})
_SHOWN_OF = _SHOWN | {"of"}  # of a share or rank, also what it is a part of


@cache
def _order(kind: type[Record]) -> tuple[str, ...]:
    """The fields of a kind of record as they are written, `kind` first."""
    return ("kind", *(f.name for f in msgspec.structs.fields(kind)))


def _plain(record: Record) -> dict[str, Any]:
    """The record as it is written: in the order of its fields, those at their default left out."""
    said: dict[str, Any] = msgspec.to_builtins(record)
    for name in ("value", "value_high"):
        value = said.get(name)
        if type(value) is float and value.is_integer() and abs(value) < 1e15:
            said[name] = int(value)
    shown = _SHOWN_OF if said.get("measure") in ("share", "rank") else _SHOWN
    return {
        name: said[name] if name in said else getattr(record, name)
        for name in _order(type(record))
        if name in said or name in shown
    }


def encode_line(record: Record) -> bytes:
    """The record as one line of JSON with a line feed; whole numbers are written without a point."""
    return msgspec.json.encode(_plain(record)) + b"\n"


def decode_lines(data: bytes) -> Iterator[Record]:
    """Records of a JSON Lines text.

    Raises:
        msgspec.ValidationError: a line is no record of the fact model; the message says which field.
    """
    for line in data.splitlines():
        if line.strip():
            yield _decoder.decode(line)


S = TypeVar("S", Observation, Milestone, Relation, Policy, Claim)


def statement_id(statement: Statement, digest: str) -> str:
    """First 16 hex digits of the SHA-256 of the document's digest and of everything the statement says.

    Who found it (`origin`), how sure it is (`inferred`) and the article number are not part of what it says.
    """
    said = {k: v for k, v in _plain(statement).items() if k not in _NOT_SAID}
    text = msgspec.json.encode([digest, said], order="sorted")
    return hashlib.sha256(text).hexdigest()[:16]


def with_id(statement: S, digest: str) -> S:
    """The statement with its id filled in."""
    return msgspec.structs.replace(statement, id=statement_id(statement, digest))


def json_schema() -> dict[str, Any]:
    """JSON Schema (2020-12) of one line of the wire format."""
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **msgspec.json.schema(Record)}
