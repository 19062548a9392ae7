"""One newspaper page as text, web page, Word file, PDF and 200-dpi scan: the same articles and the same numbers."""

from collections import Counter
from pathlib import Path

import pytest

from yanzhen.facts import Article, Observation
from yanzhen.pipeline import Outcome, run

EXAMPLES = Path(__file__).parents[2] / "examples"
FORMATS = {
    "text": "one_page/page.txt",
    "web page": "one_page/page.html",
    "Word file": "one_page/page.docx",
    "PDF": "documents/papers/2023-07-24-daobao-page3.pdf",
    "scan": "documents/papers/2023-07-24-daobao-page3-scan.jpg",
}


@pytest.fixture(scope="module")
def pages():
    return {form: read(EXAMPLES / path) for form, path in FORMATS.items()}


def read(path):
    (outcome,) = run([path])
    assert isinstance(outcome, Outcome), outcome
    return outcome


def articles(outcome):
    """What is said of each article; the order of a page in print is not that of the text."""
    return sorted((a.title, a.authors, a.published) for a in outcome.records if isinstance(a, Article))


def numbers(outcome):
    found = (o for o in outcome.records if isinstance(o, Observation))
    return Counter((o.value, o.value_high, o.unit, o.measure, o.cmp, o.modality) for o in found)


@pytest.mark.parametrize("form", FORMATS)
def test_the_articles_are_the_same(pages, form):
    assert articles(pages[form]) == articles(pages["text"])
    assert len(articles(pages[form])) == 9


@pytest.mark.parametrize("form", [form for form in FORMATS if form != "scan"])
def test_the_numbers_are_the_same(pages, form):
    assert numbers(pages[form]) == numbers(pages["text"])


def test_a_scan_gives_nearly_all_numbers(pages):
    wanted = numbers(pages["text"])
    assert wanted.total() >= 80
    assert (wanted & numbers(pages["scan"])).total() >= 0.97 * wanted.total()
    assert (numbers(pages["scan"]) - wanted).total() <= 0.03 * wanted.total()


def test_the_document_says_the_same_of_itself(pages):
    said = {(o.records[0].published, o.records[0].publisher, o.records[0].script) for o in pages.values()}
    assert said == {("2023-07-24", "园区经济导报", "hans")}


@pytest.mark.parametrize("form", ["PDF", "scan"])
def test_every_line_of_print_knows_where_it_stands(pages, form):
    rendition = pages[form].rendition
    covered = sum(box.end - box.start for box in rendition.spans)
    assert covered > 0.9 * len("".join(rendition.text.split()))
    assert all(box.page == 1 and box.x0 < box.x1 and box.y0 < box.y1 for box in rendition.spans)
