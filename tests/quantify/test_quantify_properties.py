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


@pytest.mark.parametrize("piece", ["1", "万", "年", ",", "1,", "一", "2023年", "亿元", "至", "1.", "近"])
def test_long_lines_of_one_thing_are_read_through(piece):
    text = piece * (20_000 // len(piece))
    quantities(text)
    periods(text, date(2024, 5, 20))
