"""The example corpus can be read, and what is read out of it is grounded."""

from pathlib import Path

import pytest

from yanzhen.facts import Document, Observation
from yanzhen.pipeline import Outcome, process
from yanzhen.read import Rendition, read_paths

DOCUMENTS = Path(__file__).parents[2] / "examples" / "documents"
PICTURES = (".jpg", ".png")


@pytest.fixture(scope="module")
def outcomes():
    files = [p for p in sorted(DOCUMENTS.rglob("*")) if p.is_file() and p.suffix not in PICTURES]
    renditions = list(read_paths(files))
    assert all(isinstance(r, Rendition) for r in renditions)
    found = [process(r) for r in renditions]
    assert all(isinstance(o, Outcome) for o in found)
    return found


def test_the_corpus_is_as_large_and_as_varied_as_its_readme_says(outcomes):
    assert len(outcomes) >= 44
    assert {p.suffix for p in DOCUMENTS.rglob("*.*")} >= {".txt", ".html", ".docx", ".pdf", ".jpg"}
    assert len([p for p in DOCUMENTS.iterdir() if p.is_dir()]) == 12


def test_every_quote_stands_in_its_document(outcomes):
    for outcome in outcomes:
        for record in outcome.records:
            quote = getattr(record, "quote", None)
            if quote is not None:
                assert outcome.rendition.text[record.start : record.end] == quote


def test_every_document_says_something_and_years_are_those_of_the_stories(outcomes):
    for outcome in outcomes:
        document = outcome.records[0]
        assert isinstance(document, Document)
        assert document.published is None or "2019" <= document.published[:4] <= "2025"
    assert sum(isinstance(r, Observation) for o in outcomes for r in o.records) > 500
