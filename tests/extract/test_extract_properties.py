"""Whatever the text, extraction neither raises nor states what is not there."""

from hypothesis import given, settings
from hypothesis import strategies as st

from yanzhen.extract import extract
from yanzhen.facts import Entity, decode_lines, encode_line
from yanzhen.fold import fold
from yanzhen.frame import frame

PIECES = st.sampled_from(
    [
        *(
            "合肥高新区",
            "澄某半导体有限公司",
            "总投资",
            "120亿元",
            "同比增长",
            "8.5%",
            "“",
            "”",
            "《",
            "》",
            "(",
            ")",
            "、",
        ),
        *(
            "等",
            "20多家",
            "企业",
            "的",
            "董事长",
            "张伟",
            "说",
            "落户",
            "12英寸",
            "项目",
            "一期",
            "預計",
            "達產後",
            "占",
        ),
        *("全市", "居", "首位", "2023年", "目前", "🏭", "管委会", "该公司", "基金", ",", "。", "\n", "\n\n", " "),
    ]
)


@settings(max_examples=150, deadline=None)
@given(st.lists(PIECES, max_size=40).map("".join))
def test_every_statement_is_grounded_and_survives_the_wire(text):
    folded = fold(text)
    for record in extract(folded, frame(folded), "t"):
        assert next(iter(decode_lines(encode_line(record)))) == record
        if not isinstance(record, Entity):
            assert text[record.start : record.end] == record.quote != ""


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=200))
def test_any_text_can_be_read(text):
    folded = fold(text)
    extract(folded, frame(folded), "t")
