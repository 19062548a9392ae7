"""When documents were published: the cases of spec/frame/dating.jsonl, and what holds for any text."""

import json
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from yanzhen.data import rows
from yanzhen.fold import fold
from yanzhen.frame import frame
from yanzhen.frame.dating import date_text
from yanzhen.read import Rendition, read_paths

ROOT = Path(__file__).parents[2]
CASES = [json.loads(line) for line in (ROOT / "spec/frame/dating.jsonl").read_text(encoding="utf-8").splitlines()]
DOCUMENTS = ROOT / "examples" / "documents"
PIECES = [
    "2023年", "2022年底", "今年", "去年9月", "5月18日", "二〇二三年十月", "前三季度", "1—10月", "正月初八",
    "虎年", "“十四五”", "收官之年", "第六届进博会", "星期五", "同比增长", "9%", "将", "已", "截至",
    "2024世界人工智能大会", "近日", "三年来", "成立5年", "13月40日", "《", "》", "（", "）", "。", "，", "\n",
]  # fmt: skip
DIGITS = {"day": 10, "month": 7, "year": 4, None: 0}


@dataclass(frozen=True)
class Given:
    """What a file says of itself."""

    published: str | None
    title: str | None = None
    publisher: str | None = None
    authors: tuple[str, ...] = ()


def framed(case):
    meta = Given(case["meta"]) if "meta" in case else None
    return frame(fold(case["text"]), meta, case.get("name", ""))


@pytest.mark.parametrize("case", CASES, ids=[case["id"] for case in CASES])
def test_a_document_is_dated_as_finely_as_a_careful_reader_could(case):
    found = framed(case)
    digits = DIGITS[case["precision"]]
    assert (found.published or "")[:digits] == (case["published"] or "")
    assert DIGITS[found.precision] == len(found.published or "")
    assert found.inferred == case["inferred"]
    if not case["inferred"]:
        assert found.precision == case["precision"]
    for words in case["because"]:
        assert any(words in reason for reason in found.reasons), found.reasons


def test_there_are_cases_of_stated_and_of_inferred_dates_at_every_precision():
    kinds = {(case["inferred"], case["precision"]) for case in CASES}
    assert kinds >= {(inferred, p) for inferred in (True, False) for p in ("day", "month")} | {(True, "year")}
    assert len(CASES) >= 140
    assert len({case["id"] for case in CASES}) == len(CASES)


def test_nine_of_ten_example_articles_are_dated_to_the_right_year_without_date_line_and_name():
    right = of = 0
    for rendition in read_paths(p for p in sorted(DOCUMENTS.rglob("*")) if p.suffix in {".txt", ".html", ".docx"}):
        assert isinstance(rendition, Rendition)
        folded = fold(rendition.text)
        page = frame(folded, rendition.meta, Path(rendition.path).name)
        if page.inferred or page.published is None:
            continue
        text = "\n".join(folded.text[a:b] for article in page.articles for a, b in article.spans)
        of += 1
        right += (date_text(text).published or "")[:4] == page.published[:4]
    assert of >= 50
    assert right >= 0.9 * of


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.one_of(
            st.sampled_from(PIECES),
            st.text(max_size=6),
        ),
        max_size=40,
    )
)
def test_any_text_is_dated_or_left_undated_with_a_reason(parts):
    found = date_text(fold("".join(parts)).text)
    assert found.reasons
    assert (found.published is None) == (found.precision is None)
    assert len(found.published or "") == DIGITS[found.precision]
    assert found == date_text(fold("".join(parts)).text)


def test_fairs_and_their_editions_are_of_one_year_each():
    editions = [(form, row["edition"]) for row in rows("frame/editions.csv") for form in row["form"].split("|")]
    assert len(editions) == len(set(editions))
    for row in rows("frame/editions.csv"):
        assert 1 <= int(row["month"]) <= 12
        assert 2000 <= int(row["year"]) <= 2030


def test_seasons_of_the_year_have_months_and_weights():
    for row in rows("frame/occasions.csv"):
        assert 1 <= int(row["first_month"]) <= 12
        assert 1 <= int(row["last_month"]) <= 12
        assert 0 < float(row["weight"]) <= 3
