"""What a fact is: the records of the fact model, their closed vocabularies and their wire format. No I/O.

One record is one JSON line, UTF-8. Offsets count Unicode code points of the original text (for formats other than
plain text: of the rendition), `start` inclusive, `end` exclusive, so that `text[start:end]` is the quote.
"""

from yanzhen.facts.records import (
    ENTITY_TYPES,
    KINDS,
    MEASURES,
    MODALITIES,
    PREDICATES,
    STAGES,
    STATEMENT_KINDS,
    Article,
    Claim,
    Document,
    Entity,
    Milestone,
    Observation,
    Policy,
    Record,
    Relation,
    Statement,
    decode_lines,
    encode_line,
    json_schema,
    statement_id,
    with_id,
)

__all__ = [
    "ENTITY_TYPES",
    "KINDS",
    "MEASURES",
    "MODALITIES",
    "PREDICATES",
    "STAGES",
    "STATEMENT_KINDS",
    "Article",
    "Claim",
    "Document",
    "Entity",
    "Milestone",
    "Observation",
    "Policy",
    "Record",
    "Relation",
    "Statement",
    "decode_lines",
    "encode_line",
    "json_schema",
    "statement_id",
    "with_id",
]
