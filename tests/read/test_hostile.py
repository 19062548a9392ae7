"""Bytes that were tampered with: a rendition or a sentence, never an exception, never for long."""

import io
import zipfile
from contextlib import suppress

import pytest
import read_pages as pages
from hypothesis import given, settings
from hypothesis import strategies as st

from yanzhen.read import Failure, Limits, Reader, Rendition
from yanzhen.read.sniff import media_type

STORY = pages.STORIES[0]


def word():
    import docx

    document = docx.Document()
    for paragraph in STORY.blocks():
        document.add_paragraph(paragraph)
    document.add_table(2, 2)
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def mail():
    page = pages.news_page(STORY).encode()
    head = (
        b"MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=b1\r\n\r\n--b1\r\nContent-Type: text/html\r\n"
    )
    return head + b"Content-Transfer-Encoding: 8bit\r\n\r\n" + page + b"\r\n--b1--\r\n"


GOOD = {
    "a.html": lambda: pages.news_page(STORY).encode(),
    "b.html": lambda: pages.account_page(STORY).encode("gb18030"),
    "c.mht": mail,
    "d.docx": word,
    "e.pdf": lambda: pages.pdf([pages.sheet(STORY)]),
    "f.txt": lambda: pages.plain_text(STORY).encode("utf-16"),
}

# Where to strike, how many bytes to take out, and what to put there.
blows = st.lists(st.tuples(st.floats(0, 1), st.integers(0, 400), st.binary(max_size=40)), min_size=1, max_size=6)


@pytest.fixture(scope="module")
def reader():
    with Reader(Limits(seconds=20)) as made:
        yield made


@pytest.mark.parametrize("name", GOOD)
def test_tampered_files_are_read_or_refused(name, reader):
    good = GOOD[name]()
    assert isinstance(reader.read_bytes(good, "d", name), Rendition)

    @settings(max_examples=60, deadline=None)
    @given(blows)
    def tamper(made):
        raw = good
        for where, out, put in made:
            at = int(where * len(raw))
            raw = raw[:at] + put + raw[at + out :]
        item = reader.read_bytes(raw, "d", name)
        assert isinstance(item, (Rendition, Failure))
        if isinstance(item, Failure):
            assert "\n" not in str(item)
            assert "Error:" not in item.reason  # said in words, not by the name of an exception
        else:
            assert all(0 <= box.start < box.end <= len(item.text) for box in item.spans)

    tamper()


@settings(max_examples=300, deadline=None)
@given(st.binary(max_size=400), st.sampled_from(["a.txt", "a.html", "a.mht", "a.pdf", "a.docx", "a", "a.png"]))
def test_any_bytes_are_read_or_refused(raw, name):
    with Reader(Limits(seconds=20)) as made:
        if not raw.startswith((b"%PDF", b"\x89PNG", b"BM", b"GIF8", b"II*", b"MM")):  # these start a process each time
            assert isinstance(made.read_bytes(raw, "d", name), (Rendition, Failure))


TAGS = """<div> </div> <p> </p> <table> <tr> <td> </table> <h1> </h1> <a|href=x> </a> <span|class=time> </span> <br>
    <div|class=comment> <article> <div|id=js_content> <!-- --> <script> </script> <title> </title>""".split()  # noqa: SIM905
WORDS = ["园区新签约项目18个，总投资126亿元。", "2024-04-20 10:32 来源：日报", "相关阅读"]
markup = st.lists(st.sampled_from([*(tag.replace("|", " ") for tag in TAGS), *WORDS]), max_size=60)


@settings(max_examples=300, deadline=None)
@given(markup)
def test_any_markup_is_read_or_refused(made):
    with Reader(Limits()) as reader:
        item = reader.read_bytes("".join(made).encode(), "d", "a.html")
    assert isinstance(item, (Rendition, Failure))
    if isinstance(item, Failure):
        assert item.reason in ("no text was found in the file", "the file is empty")


@given(st.binary(max_size=200), st.text(max_size=20))
def test_sniffing_never_fails_but_in_words(raw, name):
    from yanzhen.errors import InputError

    with suppress(InputError):
        assert "/" in media_type(raw, name)


def test_an_archive_of_tampered_files_is_read_to_the_end(tmp_path):
    from yanzhen.read import read_path

    with zipfile.ZipFile(tmp_path / "a.zip", "w") as made:
        for n, (name, make) in enumerate(GOOD.items()):
            raw = make()
            made.writestr(f"{n}-{name}", raw[: len(raw) // 2])
            made.writestr(f"{n}-whole-{name}", raw)
    items = list(read_path(tmp_path / "a.zip"))
    assert len(items) == 2 * len(GOOD)
    assert all(isinstance(item, Rendition) for item in items if "whole" in item.path)
