"""Sentences of our own and what must be read out of them."""

import json
from pathlib import Path

import pytest

from yanzhen.extract import extract
from yanzhen.facts import Entity, Observation
from yanzhen.fold import fold
from yanzhen.frame import frame
from yanzhen.read import Meta

SPEC = Path(__file__).parents[2] / "spec" / "extract"


def cases(name):
    lines = (SPEC / name).read_text(encoding="utf-8").splitlines()
    return [pytest.param(json.loads(line), id=json.loads(line)["text"][:16]) for line in lines if line]


def records(text, published=None):
    folded = fold(text)
    return extract(folded, frame(folded, Meta(published=published)), "t")


@pytest.mark.parametrize("case", cases("entities.jsonl"))
def test_entities_are_found_with_their_type(case):
    found = [r for r in records(case["text"]) if isinstance(r, Entity)]
    names = {(e.type, form) for e in found for form in (e.name, *e.aliases)}
    assert {tuple(e) for e in case["entities"]} <= names
    if not case["entities"]:
        assert names == set()
    for alias in case.get("aliases", ()):
        assert any(alias in e.aliases for e in found)


@pytest.mark.parametrize("case", cases("observations.jsonl"))
def test_observations_have_the_fields_expected(case):
    found = [r for r in records(case["text"], case["published"]) if isinstance(r, Observation)]
    assert len(found) == len(case["expected"])
    for got, expected in zip(found, case["expected"], strict=True):
        for field, value in expected.items():
            actual = getattr(got, field)
            assert (list(actual) if isinstance(actual, tuple) else actual) == value


def test_evidence_of_traditional_text_points_at_the_original():
    text = "2023年,新竹園區營業收入達1,234.5億元,積體電路產值成長8%。"
    found = [r for r in records(text, "2024-02-01") if isinstance(r, Observation)]
    assert found[0].value == 123450000000
    for statement in found:
        assert text[statement.start : statement.end] == statement.quote
