"""Distinctions: what our own sentences assert, and every row on a phrase that it must and must not match."""

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from yanzhen.data import rows
from yanzhen.extract import extract
from yanzhen.facts import Claim
from yanzhen.fold import fold
from yanzhen.frame import frame
from yanzhen.read import Meta

SPEC = Path(__file__).parents[2] / "spec" / "extract" / "claims.jsonl"
CASES = [json.loads(line) for line in SPEC.read_text(encoding="utf-8").splitlines()]
WORDS = [
    "首个",
    "全国",
    "最大",
    "第一",
    "领先",
    "“",
    "”",
    "是",
    "的",
    "打造",
    "青屿高新区",
    ",",
    "。",
    "\n",
    "空白",
    "填补",
    "位居",
]


def claims(text, published="2024-05-20"):
    folded = fold(text)
    return [r for r in extract(folded, frame(folded, Meta(published=published)), "t") if isinstance(r, Claim)]


@pytest.mark.parametrize("case", CASES, ids=lambda c: c["id"])
def test_claims_have_the_fields_expected(case):
    found = claims(case["text"], case["published"])
    assert [(c.subject, c.superlative, c.status) for c in found] == [
        (c["subject"], c["superlative"], c["status"]) for c in case["claims"]
    ]
    for got, expected in zip(found, case["claims"], strict=True):
        assert got.attribution == expected.get("attribution")


@pytest.mark.parametrize("row", rows("patterns/claims.csv"), ids=lambda r: r["id"])
def test_a_row_matches_its_case_and_not_its_counterexample(row):
    assert row["id"] in {c.origin for c in claims(f"青屿高新区{row['case']}。")}
    assert row["id"] not in {c.origin for c in claims(f"青屿高新区{row['not']}。")}


def test_the_quote_of_a_traditional_text_points_at_the_original():
    text = "襄陽高新區是全省第一個智能網聯汽車測試區。"
    (claim,) = claims(text)
    assert text[claim.start : claim.end] == claim.quote
    assert claim.scope == "全省"


def test_a_headline_that_the_text_repeats_is_no_second_claim():
    text = "全省首个氢能小镇在青屿高新区开园\n5月12日,全省首个氢能小镇在青屿高新区开园。"
    assert len(claims(text)) == 1


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(WORDS), max_size=40).map("".join))
def test_no_order_of_words_raises_and_every_quote_is_in_the_text(text):
    for claim in claims(text):
        assert text[claim.start : claim.end] == claim.quote
