"""Milestones against development paragraphs of our own, and rows of the tables against the examples beside them."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from yanzhen.data import rows
from yanzhen.extract import extract
from yanzhen.extract.milestone_patterns import candidates, description, phrasings, words_of
from yanzhen.extract.milestone_phrases import BUILT, is_same
from yanzhen.extract.relation_text import CODE
from yanzhen.facts import Milestone
from yanzhen.fold import fold
from yanzhen.frame.frame import Frame, FramedArticle

if TYPE_CHECKING:
    from collections.abc import Iterator

_SPEC = Path(__file__).parents[2] / "spec" / "extract" / "milestones.jsonl"
_CASES = [json.loads(line) for line in _SPEC.read_text(encoding="utf-8").splitlines()]
_LEAST_F1 = 0.85  # of the development paragraphs, names, stage, status and date right
_PUBLISHED = "2024-05-20"


def _told(text: str, published: str = _PUBLISHED) -> list[Milestone]:
    """The milestones of a text of one article; a first line with another behind it is its headline."""
    folded = fold(text)
    start = folded.text.find("\n") + 1
    heading = (0, start - 1) if start else None
    spans = (*((heading,) if heading else ()), (start, len(folded.text)))
    article = FramedArticle("a1", "", (), published, "day", False, 0, len(folded.original), spans, heading)
    frame = Frame(published, "day", None, "hans", False, (), (article,))
    return [r for r in extract(folded, frame, "doc") if isinstance(r, Milestone)]


def _steps(text: str) -> list[tuple[str, str, str]]:
    return [(m.project, m.stage, m.status) for m in _told(text)]


def _is_alike(expected: dict[str, Any], found: Milestone) -> bool:
    same_name = expected["project"] in found.project or found.project in expected["project"]
    return bool(same_name and expected["stage"] == found.stage)


def _pairs(case: dict[str, Any]) -> Iterator[tuple[dict[str, Any], Milestone | None]]:
    left = _told(case["text"], case["published"])
    for expected in case["milestones"]:
        found = next((m for m in left if _is_alike(expected, m)), None)
        if found is not None:
            left.remove(found)
        yield expected, found


def test_the_development_paragraphs_are_read_well() -> None:
    right = gold = told = 0
    for case in _CASES:
        gold += len(case["milestones"])
        told += len(_told(case["text"], case["published"]))
        for expected, found in _pairs(case):
            right += found is not None and (found.status, list(found.date or ()) or None) == (
                expected["status"],
                expected["date"],
            )
    assert 2 * right / (gold + told) >= _LEAST_F1


@pytest.mark.parametrize("case", _CASES, ids=lambda case: case["id"])
def test_nothing_planned_is_told_as_done(case: dict[str, Any]) -> None:
    for expected, found in _pairs(case):
        if expected["status"] == "planned" and found is not None:
            assert found.status == "planned", found.quote


@pytest.mark.parametrize("case", [c for c in _CASES if not c["milestones"]], ids=lambda case: case["id"])
def test_denials_conditions_and_mere_mentions_are_no_milestones(case: dict[str, Any]) -> None:
    assert _told(case["text"], case["published"]) == []


def _encoded(example: str) -> str:
    return re.sub(r"\{([a-z]+)\}", lambda m: CODE[m.group(1)], example)


@pytest.mark.parametrize("row", rows("patterns/milestones.csv"), ids=lambda row: row["id"])
def test_a_phrasing_matches_its_case_and_not_its_counter_case(row: dict[str, str]) -> None:
    case = _encoded(row["case"])
    assert any(p.id == row["id"] and any(p.matches(case)) for p in candidates(case))
    counter = _encoded(row["not"])
    assert not any(any(p.matches(counter)) for p in phrasings()[2] if p.id == row["id"] and not p.described)


def test_every_word_class_can_be_read_as_an_expression() -> None:
    for name in {row["class"] for row in rows("patterns/milestone_words.csv")}:
        for word in words_of(name):
            re.compile(word)


def test_a_step_is_told_once_and_with_the_date_that_the_text_states() -> None:
    told = _told("远泽储能电站项目投产\n5月18日,远泽储能电站项目正式投产。远泽储能电站项目投产后,可储电20万度。")
    assert [(m.stage, m.status, m.date) for m in told] == [("production", "actual", ("2024-05-18", "2024-05-18"))]


def test_verbs_in_a_row_each_have_their_own_date() -> None:
    told = _told("远泽储能电站项目今年2月签约、4月开工,计划明年6月投产。")
    assert [(m.stage, m.status, m.date) for m in told] == [
        ("signed", "actual", ("2024-02-01", "2024-02-29")),
        ("started", "actual", ("2024-04-01", "2024-04-30")),
        ("production", "planned", ("2025-06-01", "2025-06-30")),
    ]


def test_what_lies_after_the_day_of_writing_is_planned() -> None:
    assert _steps("2026年3月,远泽储能电站项目投产。") == [("远泽储能电站项目", "production", "planned")]


def test_a_plan_of_the_past_is_not_told_as_done() -> None:
    assert {s for _, _, s in _steps("远泽储能电站项目原计划2023年5月开工,2023年底投产。")} <= {"planned"}


def test_a_phase_is_a_project_of_its_own() -> None:
    told = _steps("远泽储能电站项目一期已于去年投产,二期计划今年9月开工。")
    assert told == [
        ("远泽储能电站项目一期", "production", "actual"),
        ("远泽储能电站项目二期", "started", "planned"),
    ]


def test_a_date_that_is_put_off_is_planned_anew() -> None:
    told = _told("远泽储能电站项目投产时间将推迟到今年12月。")
    assert ("production", "planned", ("2024-12-01", "2024-12-31")) in [(m.stage, m.status, m.date) for m in told]


def test_names_that_shorten_one_another_are_one_but_not_across_phases() -> None:
    assert is_same("澜桥封测基地", "澜桥半导体封测基地项目")
    assert not is_same("澜桥封测基地一期", "澜桥封测基地二期")
    assert is_same("12个项目", "全区12个重大项目")
    assert not is_same("12个项目", "15个项目")


def test_a_described_thing_ends_like_something_built() -> None:
    assert re.fullmatch(description(BUILT), "高性能膜材料生产基地")
    assert not re.fullmatch(description(BUILT), "高性能膜材料")


_PIECES = [
    *(word for name in ("filler", "plan", "done", "head", "tail") for word in words_of(name) if word.isalpha()),
    "开工", "投产", "将于", "2025年", "3月", "项目", "一期", "、", ",", "。", "的", "“", "”", "(", ":", "\n", "\ue000",
]  # fmt: skip


@given(st.lists(st.sampled_from(_PIECES), max_size=40))
@settings(max_examples=60, deadline=None)
def test_any_text_is_read_and_every_quote_is_grounded(pieces: list[str]) -> None:
    text = "".join(pieces)
    for milestone in _told(text):
        assert text[milestone.start : milestone.end] == milestone.quote != ""
