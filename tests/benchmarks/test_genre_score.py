"""The scorer of the genre documents: gold against itself is perfect, and every kind of slip costs where it should."""

import importlib.util
import json
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
GOLD = ROOT / "benchmarks" / "genre" / "gold"


@pytest.fixture(scope="module")
def scorer():
    spec = importlib.util.spec_from_file_location("genre_score", ROOT / "benchmarks" / "genre" / "score.py")
    module = importlib.util.module_from_spec(spec)
    sys.modules["genre_score"] = module
    spec.loader.exec_module(module)
    return module


DOCUMENT = [
    {"kind": "document", "doc": "x", "published": "2024-02-01"},
    {"kind": "article", "doc": "x", "id": "a1", "title": "云湖高新区产值增长", "start": 0, "end": 60},
    {"kind": "entity", "doc": "x", "type": "zone", "name": "合肥云湖高新区", "aliases": ["云湖高新区"]},
    {
        "kind": "observation", "doc": "x", "subject": "合肥云湖高新区", "metric": "规上工业总产值", "measure": "level",
        "value": 8.5e9, "unit": "CNY", "cmp": "=", "period": ["2023-01-01", "2023-12-31"], "modality": "actual",
        "start": 10, "end": 20,
    },
    {
        "kind": "milestone", "doc": "x", "project": "云湖晶圆项目", "stage": "started", "status": "planned",
        "date": ["2024-06-01", "2024-06-30"], "start": 21, "end": 30,
    },
    {"kind": "relation", "doc": "x", "subject": "澜桥半导体", "predicate": "located_in", "object": "云湖高新区",
     "status": "actual", "start": 31, "end": 40},
]  # fmt: skip


def f1(scorer, changed):
    return {level: count.f1 for level, count in scorer.score_document(DOCUMENT, changed).items()}


def without(kind, **fields):
    return [{**r, **fields} if r["kind"] == kind else r for r in DOCUMENT]


def test_gold_against_itself_is_perfect(scorer):
    totals = scorer.score(GOLD, GOLD)
    assert {level: count.f1 for level, count in totals.items() if count.gold} == {
        level: 1.0 for level, count in totals.items() if count.gold
    }


@pytest.mark.parametrize(
    ("kind", "fields", "level", "still"),
    [
        ("observation", {"value": 8.4e9}, "observation.number", "entity"),
        ("observation", {"metric": "税收收入"}, "observation.fact", "observation.number"),
        ("observation", {"subject": "澜桥半导体"}, "observation.fact", "observation.number"),
        ("observation", {"modality": "planned"}, "observation.full", "observation.fact"),
        ("observation", {"period": ["2022-01-01", "2022-12-31"]}, "observation.full", "observation.fact"),
        ("milestone", {"status": "actual"}, "milestone.full", "relation.full"),
        ("relation", {"object": "合肥云湖高新区", "predicate": "part_of"}, "relation.full", "milestone.full"),
        ("entity", {"type": "place"}, "entity", "article"),
        ("document", {"published": "2023-02-01"}, "dating", "article"),
    ],
)
def test_a_slip_costs_its_level_and_no_other(scorer, kind, fields, level, still):
    scores = f1(scorer, without(kind, **fields))
    assert scores[level] == 0.0
    assert scores[still] == 1.0


def test_an_alias_means_its_entity(scorer):
    assert f1(scorer, without("observation", subject="云湖高新区"))["observation.full"] == 1.0


def test_a_document_that_is_missing_counts_as_nothing_found(scorer, tmp_path):
    (tmp_path / "gold").mkdir()
    (tmp_path / "found").mkdir()
    (tmp_path / "gold" / "x.jsonl").write_text("\n".join(json.dumps(r) for r in DOCUMENT), encoding="utf-8")
    counts = scorer.score(tmp_path / "gold", tmp_path / "found")
    assert (counts["entity"].gold, counts["entity"].predicted, counts["entity"].f1) == (1, 0, 0.0)
