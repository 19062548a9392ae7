"""What the reader finds of our own annotated documents does not fall: floors a little below what was measured last."""

import importlib.util
import json
import sys
from pathlib import Path

import pytest

from yanzhen.pipeline import Outcome, run

ROOT = Path(__file__).parents[2]
SETS = {
    "dev": (ROOT / "spec/extract/dev", ROOT / "spec/extract/dev"),
    "blind": (ROOT / "spec/extract/blind", ROOT / "spec/extract/blind"),
    "genre": (ROOT / "benchmarks/genre/texts", ROOT / "benchmarks/genre/gold"),
}
FLOORS = json.loads((ROOT / "spec/extract/floors.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def scorer():
    spec = importlib.util.spec_from_file_location("genre_score_floors", ROOT / "benchmarks/genre/score.py")
    module = importlib.util.module_from_spec(spec)
    sys.modules["genre_score_floors"] = module
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("name", SETS)
def test_no_figure_falls_below_its_floor(name, scorer, tmp_path):
    texts, gold = SETS[name]
    for outcome in run(sorted(texts.glob("*.txt"))):
        assert isinstance(outcome, Outcome)
        (tmp_path / f"{outcome.rendition.doc}.jsonl").write_bytes(outcome.lines())
    counts = scorer.score(gold, tmp_path)
    assert {level: counts[level].f1 for level, floor in FLOORS[name].items() if counts[level].f1 < floor} == {}
