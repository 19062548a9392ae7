"""The tables of the project themselves: they pass their own check and keep apart what readers confuse."""

import pytest

from yanzhen.data import rows, split
from yanzhen.data.checker import check, described, spec
from yanzhen.data.coverage import coverage
from yanzhen.data.loader import HERE

REFERENCE = ("places/", "zones/", "organisations/", "honours/", "events/", "codes/", "metrics/", "names/", "policy/")


def strong(row):
    """The forms of a row that are believed alone."""
    forms = [row["name"], row.get("short", ""), *split(row["aliases"])]
    return {form for form in forms if form and form not in split(row.get("weak", ""))}


def test_the_reference_tables_pass_their_own_check():
    assert [str(problem) for problem in check() if problem.file.startswith(REFERENCE)] == []


def test_every_reference_table_is_described():
    tables = [path.relative_to(HERE).as_posix() for path in HERE.rglob("*.csv")]
    assert [table for table in tables if table.startswith(REFERENCE) and described(table) is None] == []


def test_every_description_has_a_table():
    assert [pattern for pattern in spec().tables if not list(HERE.glob(pattern))] == []


def test_every_row_says_where_it_comes_from():
    assert [
        item.table
        for item in coverage()
        if item.table.startswith(REFERENCE) and item.rows != item.sourced + item.knowledge
    ] == []


def test_every_table_is_accounted_for_in_sources():
    text = (HERE / "SOURCES.md").read_text(encoding="utf-8")
    tables = [item.table for item in coverage() if item.table.startswith(REFERENCE)]
    assert [table for table in tables if f"`{table}`" not in text] == []


@pytest.mark.parametrize(
    ("folder", "one", "other"),
    [
        ("zones/", "苏州工业园区", "苏州高新区"),
        ("zones/", "苏州工业园区", "苏州工业园综合保税区"),
        ("zones/", "昆山高新区", "昆山经开区"),
        ("zones/", "张家港保税区", "张家港经开区"),
        ("zones/", "成都高新区", "成都高新综合保税区"),
        ("zones/", "西部(重庆)科学城", "西部(成都)科学城"),
        ("zones/", "武汉东湖高新区", "武汉经开区"),
        ("zones/", "江宁经开区", "南京经开区"),
        ("zones/", "两江新区", "天府新区"),
        ("zones/", "合肥经开区", "合肥高新区"),
        ("organisations/", "华虹宏力", "华虹公司"),
        ("organisations/", "中国地质大学(北京)", "中国地质大学(武汉)"),
        ("organisations/", "南方科技大学", "南方医科大学"),
        ("organisations/", "国家开发银行", "国投创业"),
        ("organisations/", "工信部", "科技部"),
        ("honours/", "国家级专精特新“小巨人”企业", "专精特新中小企业"),
        ("honours/", "国家技术创新中心", "国家制造业创新中心"),
        ("places/", "吉林省", "吉林市"),
        ("metrics/", "规上工业总产值", "规上工业增加值"),
        ("metrics/", "签约金额", "到位资金"),
        ("metrics/", "总投资", "计划总投资"),
        ("metrics/", "占地面积", "建筑面积"),
        ("metrics/", "专利申请量", "专利授权量"),
    ],
)
def test_what_is_easily_confused_stands_in_rows_apart(folder, one, other):
    table = [row for row in rows(folder) if "name" in row]
    first = {row["id"] for row in table if one in strong(row)}
    second = {row["id"] for row in table if other in strong(row)}
    assert first
    assert second
    assert first.isdisjoint(second)


@pytest.mark.parametrize(
    "form", ["太阳能", "机器人", "大众", "新希望", "高新发展", "电子城", "东湖高新", "苹果", "联想", "天津港"]
)
def test_a_firm_called_like_an_ordinary_word_is_never_believed_alone(form):
    firms = [*rows("organisations/companies.csv"), *rows("organisations/listed.csv")]
    assert any(form in split(row["weak"]) for row in firms)
    assert not any(form in strong(row) for row in firms)


@pytest.mark.parametrize(
    ("table", "form"),
    [
        ("organisations/companies.csv", "华为"),
        ("organisations/companies.csv", "中芯国际"),
        ("organisations/companies.csv", "台积电"),
        ("organisations/institutes.csv", "中科院"),
        ("organisations/institutes.csv", "上海微系统所"),
        ("organisations/institutes.csv", "中电科38所"),
        ("organisations/universities.csv", "北大"),
        ("organisations/universities.csv", "清华"),
        ("organisations/finance.csv", "大基金"),
        ("organisations/government.csv", "国家发改委"),
        ("organisations/government.csv", "科技部"),
        ("places/countries.csv", "联邦德国"),
        ("places/regions.csv", "长三角"),
        ("events/events.csv", "进博会"),
    ],
)
def test_the_short_forms_of_print_are_known(table, form):
    assert sum(form in strong(row) for row in rows(table)) == 1


def test_names_are_written_as_clean_text_has_them():
    full_width = set("（）：，０１２３４５６７８９")
    assert [
        row["id"] for folder in REFERENCE[:4] for row in rows(folder) if full_width & set(row.get("name", ""))
    ] == []


def test_the_ladder_of_titles_has_every_step():
    steps = {row["ladder_step"] for row in rows("honours/honours.csv")}
    assert {str(step) for step in range(1, 8)} <= steps


def test_industry_codes_hang_in_one_tree():
    codes = {row["id"]: row for row in rows("codes/gbt4754-2017.csv")}
    assert sum(row["level"] == "class" for row in codes.values()) == 1381
    for row in codes.values():
        if row["level"] == "class":
            group = codes[row["parent"]]
            assert codes[codes[group["parent"]]["parent"]]["id"] == row["section"]
