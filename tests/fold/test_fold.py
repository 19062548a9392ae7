"""The clean view: what it looks like, and that the map holds."""

import itertools

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from yanzhen.fold import fold, fold_name


@pytest.mark.parametrize(
    ("text", "clean"),
    [
        ("總投資１２３４．５萬元，佔地５０畝", "总投资1234.5万元,占地50亩"),
        ("中国（重庆） 自由贸易试验区", "中国(重庆)自由贸易试验区"),
        ("在云湖高 新区的一个实 验室里", "在云湖高新区的一个实验室里"),
        ("GaN HEMT 器件 SX 系列", "GaN HEMT器件SX系列"),
        ("投资12 34.5 万 元", "投资1234.5万元"),
        ("面积２００㎡，长３㎞", "面积200m2,长3km"),
        ("共lO亿元，l2月l5日开工", "共10亿元,12月15日开工"),
        ("O2O平台、SO2减排、I期、O型血", "O2O平台、SO2减排、I期、O型血"),
        ("一批项目人驻园区", "一批项目入驻园区"),
        ("他是合适人选", "他是合适人选"),
        ("甲\r\n\r\n乙", "甲\n乙"),
        ("軟體與網際網路、積體電路晶片", "软件与互联网、集成电路芯片"),
        ('"创新"与"创业"', "“创新”与“创业”"),
        ("「三城」與『一區』", "“三城”与‘一区’"),
        ("乾照光电与著名企业", "乾照光电与著名企业"),
        ("\ufeff开\u200b头", "开头"),
        ("", ""),
    ],
)
def test_clean_view(text, clean):
    assert fold(text).text == clean


def test_lines_of_a_column_are_joined_and_paragraphs_kept():
    lines = ("近日，云湖高新区召开会议，部署全年", "重点工作，提出加快培育集成电路、生", "物医药等产业。", "")
    text = "\n".join((*lines, "会议要求，各部门抓好落实。"))
    assert fold(text).text == (
        "近日,云湖高新区召开会议,部署全年重点工作,提出加快培育集成电路、生物医药等产业。\n会议要求,各部门抓好落实。"
    )


def test_a_sentence_broken_by_a_blank_line_is_mended():
    text = (
        "园区已集聚企业三百余家，其中规上企业占了一半，正在加速形成集聚效\n\n应，产业链条不断延伸。下一步将继续招商。"
    )
    assert "集聚效应,产业链条" in fold(text).text


def test_a_repair_is_recorded_with_its_place_in_the_original():
    (repair,) = fold("总额为lO亿元").repairs
    assert (repair.start, repair.end, repair.before, repair.after) == (3, 5, "lO", "10")


def test_gaps_are_where_white_space_was_taken_out_of_chinese():
    assert fold("李明 王芳").gaps.tolist() == [2]


def test_names_are_folded_to_one_line():
    assert fold_name("雲湖高新\n技術產業開發區") == "云湖高新技术产业开发区"


ALPHABET = st.one_of(
    st.sampled_from('云湖高新區軟體網際路積電晶片，。、（）「」『』“”"0123456789.％lOI㎡①Ａｚ \t\n\r　\u200b𠮷🏭é'),
    st.characters(blacklist_categories=("Cs",)),
)
TEXTS = st.text(ALPHABET, max_size=80)


@settings(max_examples=500, deadline=None)
@given(TEXTS)
@example("網際網路與軟體")
@example("a\r\n\r\nb")
def test_every_clean_span_comes_back(text):
    folded = fold(text)
    size = len(folded.text)
    for start in range(0, size, 3):
        for end in {start + 1, min(size, start + 5), size}:
            low, high = folded.to_original(start, end)
            assert 0 <= low <= high <= len(text)
            first, last = folded.to_clean(low, high)
            assert first <= start <= end <= last
            assert folded.to_original(first, last) == (low, high)


@settings(max_examples=300, deadline=None)
@given(TEXTS)
def test_the_map_is_total_and_never_turns_back(text):
    folded = fold(text)
    ends = [folded.to_clean(at, at + 1) for at in range(len(text))]
    assert all(0 <= low <= high <= len(folded.text) for low, high in ends)
    assert all(a[0] <= b[0] and a[1] <= b[1] for a, b in itertools.pairwise(ends))
    starts = [folded.to_original(at, at + 1) for at in range(len(folded.text))]
    assert all(a[0] <= b[0] and a[1] <= b[1] for a, b in itertools.pairwise(starts))


@settings(max_examples=300, deadline=None)
@given(TEXTS)
def test_no_white_space_is_left_between_chinese_characters(text):
    clean = fold(text).text
    for before, space, after in zip(clean, clean[1:], clean[2:], strict=False):
        if space in " \t\u3000":
            assert not ("\u4e00" <= before <= "\u9fff" and "\u4e00" <= after <= "\u9fff")


def test_a_head_of_several_lines_stays_in_lines():
    head = (
        "2016年云湖经济开发区国民经济和社会发展统计公报",
        "云湖市统计局",
        "云湖经济开发区管理委员会",
        "2017年2月9日",
    )
    assert fold("\n".join(head) + "\n\n一、综合\n初步核算，全年实现产值286.4亿元。").text.split("\n")[:4] == list(head)
