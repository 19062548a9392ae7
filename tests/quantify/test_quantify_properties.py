"""Offsets hold and nothing raises, whatever the text."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from yanzhen.quantify import periods, quantities

PIECES = st.sampled_from(
    [
        *("1", "23", ".", ",", "%", "万", "亿", "元", "年", "月", "日", "十", "百", "余", "近", "约", "超", "上", "第", "五", "批"),  # noqa: E501
        *("以上", "不超过", "最高", "平方米", "家", "个", "倍", "翻一番", "去年", "今年", "一季度", "l", "O", " ", "，", "２", "億", "萬", "—"),  # noqa: E501
        *("至", "到", "分之", "百分", "“", "”", "十四五", "目前", "\n", "GW", "🏭", "美", "/", "亩", "每", "产"),
        *("负", "之后", "以来", "前", "周", "季度", "半", "折", "成", "农历", "闰", "初", "底", "最后", "天", "k", "·"),
        "两",
    ]
)  # fmt: skip
TEXTS = st.one_of(st.lists(PIECES, max_size=30).map("".join), st.text(max_size=120))


@settings(max_examples=400, deadline=None)
@given(TEXTS)
def test_spans_are_what_they_say_in_order_and_apart(text):
    for found in (quantities(text), periods(text, date(2024, 5, 20))):
        done = 0
        for item in found:
            assert item.text == text[item.start : item.end]
            assert done <= item.start < item.end
            done = item.end


@settings(max_examples=200, deadline=None)
@given(TEXTS, st.dates())
def test_ends_are_in_order_whenever_the_text_was_written(text, published):
    for period in periods(text, published):
        assert period.first or period.last
        assert not (period.first and period.last) or period.first <= period.last
    for quantity in quantities(text):
        assert quantity.value_high is None or quantity.value < quantity.value_high


@pytest.mark.parametrize("piece", ["1", "万", "年", ",", "1,", "一", "2023年", "亿元", "至", "1.", "近"])
def test_long_lines_of_one_thing_are_read_through(piece):
    text = piece * (20_000 // len(piece))
    quantities(text)
    periods(text, date(2024, 5, 20))
