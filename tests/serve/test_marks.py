"""A text cut into pieces stays the text, whatever evidence overlaps in it."""

from time import perf_counter

from hypothesis import given
from hypothesis import strategies as st

from yanzhen.facts import Claim
from yanzhen.serve.marks import PAGE, page_at, pages, segments


def claim(number, start, end):
    return Claim(
        doc="d", id=f"s{number}", subject="s", claim="c", scope=None, superlative=None, status="actual", quote="q",
        start=start, end=end,
    )  # fmt: skip


@st.composite
def marked(draw):
    text = draw(st.text(max_size=80))
    at = st.integers(0, len(text))
    spans = draw(st.lists(st.tuples(at, at).filter(lambda span: span[0] < span[1]), max_size=12)) if text else []
    start, end = sorted(draw(st.tuples(at, at)))
    return text, [claim(n, *span) for n, span in enumerate(spans)], start, end


@given(marked())
def test_the_pieces_are_the_text(given):
    text, statements, start, end = given
    assert "".join(s.text for s in segments(text, start, end, statements)) == text[start:end]


@given(marked())
def test_every_character_knows_exactly_the_statements_over_it(given):
    text, statements, start, end = given
    at = start
    for segment in segments(text, start, end, statements, [(start, "here")]):
        for offset in range(at, at + len(segment.text)):
            assert segment.ids == tuple(s.id for s in statements if s.start <= offset < s.end)
        at += len(segment.text)


@given(marked())
def test_every_statement_begins_once_on_a_page(given):
    text, statements, start, end = given
    begun = [id_ for segment in segments(text, start, end, statements) for id_ in segment.starts]
    assert sorted(begun) == sorted(s.id for s in statements if s.start < end and s.end > start and start < end)


def test_nested_and_overlapping_evidence_is_split():
    found = segments("甲乙丙丁戊", 0, 5, [claim(1, 0, 4), claim(2, 1, 2), claim(3, 3, 5)])
    assert [(s.text, s.ids) for s in found] == [
        ("甲", ("s1",)), ("乙", ("s1", "s2")), ("丙", ("s1",)), ("丁", ("s1", "s3")), ("戊", ("s3",)),
    ]  # fmt: skip


@given(st.lists(st.sampled_from(["字" * 900 + "\n", "行\n", "x" * 30_000, "\n"]), max_size=30))
def test_pages_are_the_text_and_none_is_too_long(parts):
    text = "".join(parts)
    bounds = pages(text)
    assert "".join(text[low:high] for low, high in bounds) == text
    assert all(0 < high - low <= PAGE for low, high in bounds) or text == ""
    for n, (low, high) in enumerate(bounds):
        if low < high:
            assert page_at(bounds, low) == page_at(bounds, high - 1) == n
    assert page_at(bounds, len(text) + 5) == len(bounds) - 1


def test_a_page_ends_at_a_line_break_where_it_can():
    text = ("字" * 99 + "\n") * 500
    assert all(text[high - 1] == "\n" for _, high in pages(text))


def test_many_statements_over_one_text_take_no_quadratic_time():
    text = "字" * PAGE
    statements = [claim(n, n * 4, n * 4 + 3) for n in range(PAGE // 4)]
    begun = perf_counter()
    segments(text, 0, PAGE, statements)
    assert perf_counter() - begun < 1
