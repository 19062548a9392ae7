"""Every line of a PDF or scan knows its page and box: what is printed there is what the span says."""

import io
from dataclasses import replace
from difflib import SequenceMatcher

import pytest
import read_pages as pages
from hypothesis import given, settings
from hypothesis import strategies as st

from yanzhen.read import Limits, Rendition, read_bytes
from yanzhen.read.layout import arrange
from yanzhen.read.model import Budget
from yanzhen.read.pdf import lay_out
from yanzhen.read.piece import Piece


def flat(text):
    return "".join(text.split())


def check_order(text, spans):
    """Spans lie within the text, one after the other, and leave out nothing but what stands between lines."""
    at = 0
    for box in spans:
        assert at <= box.start < box.end <= len(text)
        assert not text[at : box.start].strip()
        assert box.page >= 1
        assert box.x0 < box.x1
        assert box.y0 < box.y1
        at = box.end
    assert not text[at:].strip()


def printed_in(sheet, box, slack):
    """The characters of the sheet whose middle lies in the box, as the typesetter placed them."""
    found = []
    for run in sheet.runs:
        if not box.y0 - slack <= run.y + run.size / 2 <= box.y1 + slack:
            continue
        x = run.x
        for c in run.text:
            width = pages._em(c) * run.size
            if box.x0 - slack <= x + width / 2 <= box.x1 + slack:
                found.append((run.y, x, c))
            x += width + run.space
    return "".join(c for _, _, c in sorted(found))


SHEETS = {
    "one column": lambda: pages.sheet(pages.STORIES[0]),
    "three columns": lambda: pages.sheet(pages.long_story(1, 6), 3),
    "newspaper": lambda: pages.newspaper(list(pages.STORIES)),
}


@pytest.mark.parametrize("name", SHEETS)
def test_a_span_of_a_pdf_is_where_it_says(name):
    sheet = SHEETS[name]()
    made = read_bytes(pages.pdf([sheet]), doc="d", path="a.pdf")
    assert isinstance(made, Rendition)
    check_order(made.text, made.spans)
    for box in made.spans:
        assert flat(printed_in(sheet, box, 1.0)) == flat(made.text[box.start : box.end])


def test_pages_are_counted_from_one_and_paragraphs_that_go_on_know_both():
    story = pages.long_story(0, 30)
    runs = pages.sheet(story).runs
    cut = [run for run in runs if run.y > 700]
    first = pages.Sheet(595, 842, tuple(run for run in runs if run.y <= 700))
    second = pages.Sheet(595, 1600, tuple(replace(run, y=run.y - 640) for run in cut))
    made = read_bytes(pages.pdf([first, second]), doc="d", path="a.pdf")
    assert isinstance(made, Rendition)
    check_order(made.text, made.spans)
    assert [box.page for box in made.spans] == [1] * len(first.runs) + [2] * len(second.runs)
    assert flat("".join(story.paragraphs)) in flat(made.text)


def test_a_span_of_a_scan_is_where_it_says():
    sheet = pages.sheet(pages.STORIES[2], 2)
    made = read_bytes(pages.scan(sheet), doc="d", path="a.png")
    assert isinstance(made, Rendition)
    check_order(made.text, made.spans)
    same = 0
    for box in made.spans:
        wanted, found = flat(printed_in(sheet, box, 3.0)), flat(made.text[box.start : box.end])
        same += sum(a == b for a, b in zip(wanted, found, strict=False))
    assert same >= 0.97 * len(flat(made.text))


@pytest.mark.parametrize("seed", range(24))
def test_newspaper_pages_of_any_make_up_are_read_story_by_story(seed):
    sheet, stories = pages.make_up(seed)
    made = read_bytes(pages.pdf([sheet]), doc="d", path="a.pdf")
    assert isinstance(made, Rendition)
    check_order(made.text, made.spans)
    text = flat(made.text)
    for story in stories:
        title, body = flat(story.title), flat("".join(story.paragraphs))
        assert body in text
        # Between headline and text stands at most the byline.
        assert 0 <= text.index(body) - text.index(title) - len(title) < 12


@pytest.mark.slow
@pytest.mark.parametrize("seed", [2, 5])
def test_scanned_newspaper_pages_do_not_mix_columns(seed):
    sheet, stories = pages.make_up(seed)
    made = read_bytes(pages.scan(sheet), doc="d", path="a.png")
    assert isinstance(made, Rendition)
    check_order(made.text, made.spans)
    text = flat(made.text)
    for story in stories:
        body = flat("".join(story.paragraphs))
        same = [m for m in SequenceMatcher(None, body, text, autojunk=False).get_matching_blocks() if m.size >= 4]
        assert sum(m.size for m in same) >= 0.98 * len(body)
        # In one stretch: nothing of another column stands between.
        assert same[-1].b + same[-1].size - same[0].b <= 1.03 * len(body)


def test_an_empty_page_between_others_is_no_matter():
    sheets = [pages.sheet(pages.STORIES[0]), pages.Sheet(595, 842, ()), pages.sheet(pages.STORIES[1])]
    made = read_bytes(pages.pdf(sheets), doc="d", path="a.pdf")
    assert isinstance(made, Rendition)
    assert {box.page for box in made.spans} == {1, 3}


def test_a_picture_of_several_pages_is_read_page_by_page():
    from PIL import Image

    first, second = (Image.open(io.BytesIO(pages.scan(pages.sheet(pages.STORIES[n])))) for n in (3, 4))
    file = io.BytesIO()
    first.save(file, "TIFF", save_all=True, append_images=[second], dpi=(200, 200))
    made = read_bytes(file.getvalue(), doc="d", path="a.tif")
    assert isinstance(made, Rendition)
    check_order(made.text, made.spans)
    assert {box.page for box in made.spans} == {1, 2}
    assert made.text.index("银杏谷") < made.text.index("苍梧")


# --- whatever stands on a page ----------------------------------------------------------------------------------------

sides = st.floats(0, 900, allow_nan=False)
pieces = st.builds(
    lambda text, x, y, size, long: Piece(text, x, y, x + size * len(text) * long, y + size * 1.2, size, wide=len(text)),
    st.text("园区产值年月日亿，。、“”（）0123456789AB%", min_size=1, max_size=30),
    sides,
    sides,
    st.sampled_from([6.0, 9.0, 9.5, 10.0, 16.0, 30.0]),
    st.sampled_from([0.5, 1.0, 1.1]),
)


@settings(max_examples=150, deadline=None)
@given(st.lists(st.lists(pieces, max_size=40), max_size=3))
def test_no_character_is_lost_or_made_up_wherever_it_stands(made):
    text, spans = lay_out(made, Budget(Limits()))
    check_order(text, spans)
    wanted = sorted(c for page in made for piece in page for c in piece.text)
    found = sorted(text.replace(" | ", "").replace("\n", "").replace(" ", ""))
    assert found == wanted


@settings(max_examples=50, deadline=None)
@given(st.lists(pieces, max_size=40))
def test_the_order_of_pieces_in_the_file_does_not_matter(page):
    distinct = {(piece.x0, piece.y0): piece for piece in page}.values()
    one = [[line.text for line in paragraph.lines] for paragraph in arrange(list(distinct))]
    other = [[line.text for line in paragraph.lines] for paragraph in arrange(list(distinct)[::-1])]
    assert one == other
