"""The truth tables of the corpus say only what its documents say."""

import csv
from collections import Counter
from functools import cache
from pathlib import Path

import pytest

from yanzhen.fold import fold
from yanzhen.read import read_path

EXAMPLES = Path(__file__).parents[2] / "examples"
TRUTH = EXAMPLES / "truth"
OUTCOMES = {"kept", "late", "early", "part", "postponed", "cancelled", "missed", "no news", "open", "disputed"}
# (table, column of the document, column of its words)
QUOTES = [
    ("projects", "document", "quote"),
    ("promises", "made_in", "promise_quote"),
    ("promises", "told_in", "outcome_quote"),
    ("policies", "document", "quote"),
    ("conflicts", "document_a", "quote_a"),
    ("conflicts", "document_b", "quote_b"),
    ("reposts", "document", "quote"),
]


def table(name):
    with (TRUTH / f"{name}.csv").open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


@cache
def words_of(document):
    """The text of a document without white space, in simplified script."""
    (rendition,) = read_path(EXAMPLES / "documents" / document)
    return plain(rendition.text)


def plain(text):
    return "".join(fold(text).text.split())


def is_picture(document):
    return document.endswith((".png", ".jpg", "-scan.pdf"))


@pytest.mark.parametrize(("name", "document", "quote"), QUOTES)
def test_every_quote_stands_in_its_document(name, document, quote):
    missing = [
        (row["id"], row[document], row[quote])
        for row in table(name)
        if row[quote] and not is_picture(row[document]) and plain(row[quote]) not in words_of(row[document])
    ]
    assert missing == []


@pytest.mark.parametrize(("name", "document", "quote"), QUOTES)
def test_every_document_named_is_in_the_corpus(name, document, quote):
    del quote
    assert [r["id"] for r in table(name) if r[document] and not (EXAMPLES / "documents" / r[document]).is_file()] == []


def test_promises_end_in_every_way():
    outcomes = Counter(row["outcome"] for row in table("promises"))
    assert set(outcomes) <= OUTCOMES
    assert {"kept", "late", "part", "postponed", "cancelled", "missed", "no news"} <= set(outcomes)


def test_what_was_late_says_by_how_many_days():
    assert [row["id"] for row in table("promises") if row["outcome"] == "late" and not int(row["days_late"] or 0)] == []


def test_two_papers_disagree_and_reposts_are_of_every_kind():
    assert len(table("conflicts")) >= 2
    assert {row["kind"] for row in table("reposts")} == {"faithful", "altered", "shuffled"}
