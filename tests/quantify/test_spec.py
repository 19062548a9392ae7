"""Every case of spec/quantify."""

import csv
import json
from datetime import date
from pathlib import Path

import pytest

from yanzhen.quantify import periods, quantities

SPEC = Path(__file__).parents[2] / "spec" / "quantify"


def cases(name):
    with (SPEC / name).open(encoding="utf-8", newline="") as file:
        return [pytest.param(row, id=row["id"]) for row in csv.DictReader(file)]


def iso(day):
    return day.isoformat() if day else None


@pytest.mark.parametrize("case", cases("quantities.csv"))
def test_quantities(case):
    found = [[q.value, q.value_high, q.unit, q.cmp] for q in quantities(case["text"])]
    assert found == json.loads(case["expected"])


@pytest.mark.parametrize("case", cases("periods.csv"))
def test_periods(case):
    found = [[iso(p.first), iso(p.last)] for p in periods(case["text"], date.fromisoformat(case["published"]))]
    assert found == json.loads(case["expected"])


@pytest.mark.parametrize("case", cases("spans.csv"))
def test_spans(case):
    assert [q.text for q in quantities(case["text"])] == json.loads(case["expected"])


def test_there_are_enough_cases():
    assert len(cases("quantities.csv")) + len(cases("periods.csv")) >= 600
