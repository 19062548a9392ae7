"""Benefits: what our own sentences grant, and every row of the tables on a phrase that it must and must not match."""

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from yanzhen.data import rows
from yanzhen.extract import extract
from yanzhen.extract.policy_patterns import code, compiled, instruments
from yanzhen.facts import Policy
from yanzhen.fold import fold
from yanzhen.frame import frame
from yanzhen.quantify import quantities_in
from yanzhen.read import Meta

SPEC = Path(__file__).parents[2] / "spec" / "extract" / "policies.jsonl"
CASES = [json.loads(line) for line in SPEC.read_text(encoding="utf-8").splitlines()]
WORDS = [
    *"对、按,。《》()",
    "给予",
    "企业",
    "50万元",
    "奖励",
    "30%",
    "最高",
    "补贴",
    "租金",
    "三年",
    "全免",
    "青屿高新区",
    "基金",
]
PAPER = """青屿高新技术产业开发区管理委员会
关于印发《青屿高新区促进算力产业发展若干措施》的通知
青高管〔2024〕9号
第一条 对新建智算中心的企业,按设备投资额的10%给予补助,最高2000万元。
第二条 对上云企业一次性奖励10万元。
本措施自2024年6月1日起施行,有效期两年。
申报时间:2024年7月1日至7月31日。联系电话:0512-0000001
"""


def policies(text, published="2024-05-20"):
    folded = fold(text)
    return [r for r in extract(folded, frame(folded, Meta(published=published)), "t") if isinstance(r, Policy)]


@pytest.mark.parametrize("case", CASES, ids=lambda c: c["id"])
def test_policies_have_the_fields_expected(case):
    found = policies(case["text"], case["published"])
    assert [(p.instrument, p.value, p.cmp) for p in found] == [
        (p["instrument"], p["value"], p["cmp"]) for p in case["policies"]
    ]
    for got, expected in zip(found, case["policies"], strict=True):
        for field, value in expected.items():
            actual = getattr(got, field)
            assert (list(actual) if isinstance(actual, tuple) else actual) == value


@pytest.mark.parametrize("row", rows("patterns/policies.csv"), ids=lambda r: r["id"])
def test_a_row_matches_its_case_and_not_its_counterexample(row):
    regex, _ = compiled(row["pattern"])
    unless = compiled(row["unless"])[0] if row["unless"] else None

    def matches(text):
        clean = fold(text).text
        coded = code(clean, 0, len(clean), quantities_in(clean)).text
        return regex.search(coded) is not None and (unless is None or unless.search(coded) is None)

    assert matches(row["case"])
    assert not matches(row["not"])


@pytest.mark.parametrize("row", rows("policy/instruments.csv"), ids=lambda r: r["id"])
def test_every_word_of_an_instrument_means_it_where_nothing_stronger_stands(row):
    for word in row["form"].split("|"):
        if "[" not in word:
            assert instruments().of(word) is not None
    assert instruments().of("开工建设") is None


def test_a_paper_gives_its_name_issuer_number_and_terms_to_every_benefit():
    found = policies(PAPER)
    assert [(p.instrument, p.value) for p in found] == [("grant", 20000000), ("grant", 100000)]
    for policy in found:
        assert policy.policy == "青屿高新区促进算力产业发展若干措施"
        assert policy.issuer == "青屿高新技术产业开发区管理委员会"
        assert policy.number == "青高管〔2024〕9号"
        assert policy.level == "zone"
        assert policy.valid == ("2024-06-01", "2026-05-31")
        assert policy.window == ("2024-07-01", "2024-07-31")


def test_a_listed_condition_goes_with_the_amount_of_its_place():
    first, second = policies("青屿高新区规定,对年产值首次突破10亿元、50亿元的企业,分别给予50万元、200万元奖励。")
    assert (first.beneficiary, first.condition) == ("企业", "年产值首次突破10亿元")
    assert (second.beneficiary, second.condition) == ("企业", "年产值首次突破50亿元")


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(WORDS), max_size=40).map("".join))
def test_no_order_of_words_raises_and_every_quote_is_in_the_text(text):
    for policy in policies(text):
        assert text[policy.start : policy.end] == policy.quote
