"""The checker finds every kind of fault, and says file, line and column."""

from functools import cache

import pytest

from yanzhen.data.checker import check
from yanzhen.data.coverage import coverage

HEADER = "id,name,aliases,weak,kind,level,source,confidence\n"


@cache
def before():
    return frozenset(str(problem) for problem in check())


def faults(folder, table, text):
    path = folder / table
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return [str(problem) for problem in check(folder) if str(problem) not in before()]


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("gov-901,,,,ministry,national,knowledge,high", "name: must not be empty"),
        ("gov-901,测试部,,,ministry,national,,high", "source: must not be empty"),
        ("gov-901,测试部,,,ministry,galactic,knowledge,high", "level: galactic is not one of"),
        ("gov901,测试部,,,ministry,national,knowledge,high", "id: gov901 does not look like"),
        ("gov-901,测试部,甲部||乙部,,ministry,national,knowledge,high", "aliases: an empty value between two |"),
        ("gov-901,测试部,甲部|甲部,,ministry,national,knowledge,high", "aliases: 甲部 stands there twice"),
        ("gov-901,测试部,甲部,甲部,ministry,national,knowledge,high", "aliases: 甲部 is strong and weak at once"),
        ("gov-901,测试（部）,,,ministry,national,knowledge,high", "name: 测试（部） has full-width characters"),
        ("gov-901,测试部 ,,,ministry,national,knowledge,high", "name: white space at the end"),
        (
            "gov-901,测试部,科技部,,ministry,national,knowledge,high",
            "aliases: 科技部 names organisations/government.csv:",
        ),
        ("gov-901,测试部,,,ministry,national,knowledge", "7 fields where the header has 8"),
    ],
)
def test_a_wrong_row_is_named_by_file_line_and_column(tmp_path, row, said):
    found = faults(tmp_path, "organisations/government.csv", HEADER + row + "\n")
    assert any(said in line for line in found), found
    assert all(line.startswith("organisations/government.csv:2:") for line in found)


def test_a_right_row_is_no_problem(tmp_path):
    row = "gov-901,测试部,试部|测部,测,ministry,national,knowledge,high\n"
    assert faults(tmp_path, "organisations/government.csv", HEADER + row) == []


def test_a_row_replaced_in_the_overlay_is_not_checked_twice(tmp_path):
    row = "gov-001,测试部,,,ministry,national,knowledge,high\n"
    assert faults(tmp_path, "organisations/government.csv", HEADER + row) == []


def test_a_reference_that_leads_nowhere_is_found(tmp_path):
    text = "id,name,aliases,weak,kind,members,source\nnowhere,某地区,,,sub,999999,knowledge\n"
    assert faults(tmp_path, "places/regions.csv", text) == [
        "places/regions.csv:2:members: 999999 does not stand in places/divisions.csv"
    ]


def test_a_missing_and_an_unknown_column_are_found(tmp_path):
    text = "id,form,kind,frequency,colour,source\nsur-901,囗,single,rare,red,knowledge\n"
    assert faults(tmp_path, "names/surnames.csv", text) == [
        "names/surnames.csv:1:colour: the column is not described in tables.yaml",
        "names/surnames.csv:1:word: the column is missing",
    ]


def test_an_id_is_unique_in_its_folder(tmp_path):
    text = "id,name,aliases,weak,kind,level,adcode,city,approved,source,confidence\n"
    row = "high-tech-001,某某新城,,,park,none,110000,北京,1850,knowledge,high\n"
    found = faults(tmp_path, "zones/mine.csv", text + row)
    assert any("is the id of zones/high_tech.csv:2 already" in line for line in found)
    assert "zones/mine.csv:2:approved: 1850 is not a year" in found


def test_a_table_nobody_described_still_needs_id_and_source(tmp_path):
    found = faults(tmp_path, "mine/words.csv", "word\n甲\n")
    assert found == ["mine/words.csv:1:id: the column is missing", "mine/words.csv:1:source: the column is missing"]


def test_a_flag_is_0_or_1_and_a_form_stands_once(tmp_path):
    text = "id,form,kind,frequency,word,source\nsur-901,王,single,common,maybe,knowledge\n"
    found = faults(tmp_path, "names/surnames.csv", text)
    assert any("maybe is neither 0 nor 1" in line for line in found)
    assert any("王 stands in row" in line for line in found)


def test_a_file_in_another_encoding_is_a_problem_not_a_crash(tmp_path):
    path = tmp_path / "mine" / "broken.csv"
    path.parent.mkdir()
    path.write_bytes(b"\xff\xff\xff")
    assert "mine/broken.csv:1:: neither UTF-8 nor GB18030" in [str(problem) for problem in check(tmp_path)]


def test_coverage_counts_rows_sources_and_forms(tmp_path):
    path = tmp_path / "organisations" / "government.csv"
    path.parent.mkdir()
    path.write_text(HEADER + "gov-901,测试部,试部|测部,测,ministry,national,the gazette,high\n", encoding="utf-8")
    ours = next(item for item in coverage() if item.table == "organisations/government.csv")
    both = next(item for item in coverage(tmp_path) if item.table == "organisations/government.csv")
    assert (both.rows, both.sourced, both.aliases, both.weak) == (
        ours.rows + 1,
        ours.sourced + 1,
        ours.aliases + 2,
        ours.weak + 1,
    )
    assert both.knowledge == ours.knowledge
