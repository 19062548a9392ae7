"""Every record can say how it came about."""

from pathlib import Path

import pytest

from yanzhen.data import find_row
from yanzhen.extract import extract
from yanzhen.extract.explain import explain, meaning
from yanzhen.fold import fold
from yanzhen.frame import frame
from yanzhen.read import Meta

TEXT = "云湖高新区2023年实现规上工业总产值812.6亿元,同比增长7.3%。澜桥半导体(无锡)有限公司落户云湖高新区。"
EXAMPLES = Path(__file__).parents[2] / "examples" / "documents"


def derivations(text):
    folded = fold(text)
    return list(explain(folded, frame(folded, Meta(published="2024-02-01")), "t"))


def test_the_same_records_are_explained_that_are_extracted():
    folded = fold(TEXT)
    framed = frame(folded, Meta(published="2024-02-01"))
    assert [d.record for d in derivations(TEXT)] == extract(folded, framed, "t")


def test_an_observation_shows_sentence_names_numbers_and_dates():
    found = next(d for d in derivations(TEXT) if getattr(d.record, "metric", "") == "规上工业总产值")
    assert found.sentence.startswith("云湖高新区2023年")
    assert ("云湖高新区", "zone 云湖高新区") in {(m.text, m.reading) for m in found.mentions}
    assert "= 81260000000 CNY" in {n.reading for n in found.numbers}
    assert "2023-01-01 – 2023-12-31" in {p.reading for p in found.periods}
    assert found.rule
    assert found.row is None


def test_a_relation_shows_the_row_that_made_it():
    found = next(d for d in derivations(TEXT) if getattr(d.record, "predicate", "") == "located_in")
    table, row = found.row
    assert table == "patterns/relations.csv"
    assert row["predicate"] == "located_in"


def test_a_row_is_found_by_its_id_in_whatever_table():
    assert find_row("suf-0001")[0] == "names/org_suffixes.csv"
    assert find_row("no-such-row") is None


def test_an_origin_means_what_its_beginning_means():
    assert meaning("suffix:suf-0001") == meaning("suffix") != ""
    assert meaning("unheard-of") == ""


@pytest.mark.parametrize("path", sorted(EXAMPLES.rglob("*.txt"))[::6], ids=lambda p: p.stem)
def test_every_origin_is_a_row_or_a_rule_with_a_meaning(path):
    for derivation in derivations(path.read_bytes().decode("utf-8-sig", errors="replace")):
        assert derivation.row or derivation.rule, derivation.record.origin
