"""Which lines of a page make which article: the pages of spec/frame/articles.jsonl, and what holds for any text."""

import json
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from yanzhen.fold import fold
from yanzhen.frame import frame

ROOT = Path(__file__).parents[2]
PAGES = [json.loads(line) for line in (ROOT / "spec/frame/articles.jsonl").read_text(encoding="utf-8").splitlines()]


def bodies(folded, page):
    return ["".join(folded.text[a:b] for a, b in article.spans) for article in page.articles]


@pytest.mark.parametrize("case", PAGES, ids=[case["id"] for case in PAGES])
def test_a_page_has_its_articles_with_their_titles_and_writers(case):
    page = frame(fold(case["text"]))
    expected = [(article["title"], article["authors"]) for article in case["articles"]]
    assert [(a.title.replace(" ", ""), list(a.authors)) for a in page.articles] == expected


@pytest.mark.parametrize("case", PAGES, ids=[case["id"] for case in PAGES])
def test_every_paragraph_is_in_its_article_and_furniture_in_none(case):
    folded = fold(case["text"])
    for article, body in zip(case["articles"], bodies(folded, frame(folded)), strict=True):
        assert [words for words in article["holds"] if words not in body] == []
        assert [words for words in article["lacks"] if words in body] == []


def check_spans(text):
    folded = fold(text)
    page = frame(folded)
    spans = []
    for number, article in enumerate(page.articles, 1):
        assert article.id == f"a{number}"
        assert 0 <= article.start < article.end <= len(text)
        assert article.spans
        for start, end in article.spans:
            assert 0 <= start < end <= len(folded.text)
        spans += article.spans
    assert all(before[1] <= after[0] for before, after in pairwise(sorted(spans)))
    assert page.script in {"hans", "hant"}
    return page


@pytest.mark.parametrize("case", PAGES, ids=[case["id"] for case in PAGES])
def test_articles_lie_in_the_text_and_share_no_paragraph(case):
    check_spans(case["text"])


LINES = [line for case in PAGES for line in case["text"].split("\n")]


@settings(max_examples=150, deadline=None)
@given(
    st.lists(st.one_of(st.sampled_from(LINES), st.text(max_size=30)), max_size=25),
    st.sampled_from(["\n", "\n\n", "\r\n"]),
)
def test_any_lines_in_any_order_are_taken_apart_without_overlap(lines, separator):
    check_spans(separator.join(lines))


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=400))
def test_any_text_is_taken_apart(text):
    assert check_spans(text) == check_spans(text)


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(PAGES), st.data())
def test_a_torn_page_is_still_taken_apart(case, data):
    text = case["text"]
    start = data.draw(st.integers(0, len(text)))
    check_spans(text[start : data.draw(st.integers(start, len(text)))])


@pytest.mark.parametrize(
    "text", ["", "\n", "。", "本报讯", "来源：", "图为", "1", "\x00\ufffd", "　" * 50, "（" * 500, "2023年" * 2000]
)
def test_the_empty_and_the_odd_make_no_trouble(text):
    check_spans(text)


def test_a_page_of_ten_thousand_lines_is_taken_apart():
    page = frame(fold("\n".join(LINES * 60)))
    assert len(page.articles) > 100
