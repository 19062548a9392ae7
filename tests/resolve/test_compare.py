"""Names compared: the labelled pairs, the promises of the interface, and that nothing breaks it."""

import csv
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from yanzhen.errors import UsageError
from yanzhen.facts import ENTITY_TYPES
from yanzhen.resolve import Match, compare

PAIRS = Path(__file__).parents[2] / "spec" / "resolve" / "pairs.csv"


def pairs():
    with PAIRS.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def test_the_bench_has_three_hundred_pairs_and_every_strength():
    rows = pairs()
    assert len(rows) >= 300
    assert len({row["id"] for row in rows}) == len(rows)
    assert {row["strength"] for row in rows} == {"STRONG", "MEDIUM", "WEAK"}
    assert {row["type"] for row in rows} == set(ENTITY_TYPES)


def test_same_is_precise_and_finds_most():
    found = [(compare(row["a"], row["b"], row["type"]).same, row["same"] == "1") for row in pairs()]
    said = [wanted for same, wanted in found if same]
    wanted = [same for same, wanted in found if wanted]
    assert sum(said) / len(said) >= 0.99
    assert wanted.count(True) / len(wanted) >= 0.97


def test_no_strongly_different_pair_is_called_the_same():
    wrong = [
        (row["a"], row["b"])
        for row in pairs()
        if row["same"] == "0" and row["strength"] == "STRONG" and compare(row["a"], row["b"], row["type"]).same
    ]
    assert wrong == []


def test_weak_pairs_stay_undecided():
    weak = [row for row in pairs() if row["strength"] == "WEAK"]
    assert [(r["a"], r["b"]) for r in weak if compare(r["a"], r["b"], r["type"]).same is True] == []


@pytest.mark.parametrize(
    ("a", "b", "kind", "same"),
    [
        ("长鑫存储技术", "长鑫存储科技", "company", False),
        ("台积电(南京)", "台积电(中国)", "company", False),
        ("重庆大学", "重庆大学产业研究院", "institute", False),
        ("合肥高新区", "合肥高新区管委会", "government", False),
        ("苏州工业园区", "苏州高新区", "zone", False),
        ("合肥高新区", "合肥高新技术产业开发区", "zone", True),
        ("長鑫存儲", "长鑫存储", "company", True),
        ("西永微电园", "西永微电子产业园区", "zone", True),
        ("高新区", "合肥高新区", "zone", None),
        ("澄芯晶圆项目二期", "澄芯晶圆项目", "project", False),
    ],
)
def test_what_readers_confuse(a, b, kind, same):
    match = compare(a, b, kind)
    assert match.same is same or (same is False and match.same is None)


def test_reasons_are_sentences_a_person_can_read():
    assert compare("合肥澄芯有限公司", "芜湖澄芯有限公司", "company").reasons == ("名称中的地区不同",)
    assert all(compare(row["a"], row["b"], row["type"]).reasons for row in pairs())


def test_an_unknown_type_is_refused():
    with pytest.raises(UsageError, match="no such entity type"):
        compare("甲", "乙", "planet")


def test_nothing_compared_with_something_says_nothing():
    assert compare("", "合肥", "place").same is None


@settings(max_examples=150, deadline=None)
@given(
    st.text(alphabet="合肥高新区管委会长鑫存储技术有限公司()第二期12英寸A-·“”《》〔2021〕号 \n", max_size=24),
    st.text(alphabet="合肥高新区管委会长鑫存储科技股份集团()一期8英寸年产万台a·项目大学研究院 ", max_size=24),
    st.sampled_from(ENTITY_TYPES),
)
def test_any_text_is_compared_either_way_round(a, b, kind):
    match = compare(a, b, kind)
    assert match == compare(b, a, kind)
    assert isinstance(match, Match)
    assert 0 <= match.score <= 1
    assert match.reasons
    assert (match.score > 0.6) == (match.same is True)


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=60), st.text(max_size=60), st.sampled_from(ENTITY_TYPES))
def test_arbitrary_text_never_raises(a, b, kind):
    assert compare(a, b, kind).reasons
