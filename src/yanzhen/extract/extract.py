"""Everything one document says, as records of the fact model."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from yanzhen.extract import claims, honours, milestones, observations, policies, products, relations
from yanzhen.extract.entities import Things
from yanzhen.extract.mentions import find
from yanzhen.extract.scene import Scene
from yanzhen.facts import Entity, Record, with_id

if TYPE_CHECKING:
    from yanzhen.facts.records import EntityType
    from yanzhen.fold import Folded
    from yanzhen.frame import Frame


def extract(folded: Folded, frame: Frame, doc: str, digest: str = "") -> list[Record]:
    """Entities and statements of a framed document, entities first, statements in the order of the text."""
    return records_of(scene_of(folded, frame, doc), digest)


def scene_of(folded: Folded, frame: Frame, doc: str) -> Scene:
    """A framed document with everything recognised in it, before any statement is made."""
    titles = (a.title_span for a in frame.articles if a.title_span)
    spans = sorted({*titles, *(span for a in frame.articles for span in a.spans)})
    found = honours.added(folded.text, products.added(folded.text, find(folded.text, spans or None)))
    return Scene(folded, frame, Things(folded.text, found), doc)


def records_of(scene: Scene, digest: str = "") -> list[Record]:
    """Entities and statements of a scene; ids are of the document with this digest."""
    records: list[Record] = []
    folded, doc = scene.folded, scene.doc
    for thing in scene.things.all:
        first = min(thing.mentions, key=lambda m: m.start)
        start, end = folded.to_original(first.start, first.end)
        records.append(
            Entity(
                doc=doc,
                id=thing.id,
                type=cast("EntityType", thing.type),
                name=thing.name,
                aliases=thing.aliases,
                origin=thing.origin,
                ref=thing.ref or None,
                start=start,
                end=end,
            )
        )
    records += [with_id(r, digest) for r in observations.find(scene)]
    records += [with_id(r, digest) for r in milestones.find(scene)]
    records += [with_id(r, digest) for r in relations.find(scene)]
    records += [with_id(r, digest) for r in policies.find(scene)]
    records += [with_id(r, digest) for r in claims.find(scene)]
    return records
