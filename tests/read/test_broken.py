"""Broken, hostile and enormous input: one clear line each, at once or within the time given, and the batch goes on."""

import io
import os
import stat
import struct
import time
import zipfile
import zlib

import pytest
import read_pages as pages

from yanzhen.errors import InputError
from yanzhen.pipeline import Outcome, run
from yanzhen.read import Failure, Limits, Reader, Rendition, read_bytes, read_path, sources
from yanzhen.read.model import Budget

STORY = pages.STORIES[0]


def packed(members):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as made:
        for name, raw in members.items():
            made.writestr(name, raw)
    return file.getvalue()


def png(width, height):
    """A picture of one colour, as its header and rows say, without ever being held in memory."""

    def chunk(kind, body):
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    rows = zlib.compressobj(9)
    line = b"\x00" + b"\xff" * width
    body = b"".join(rows.compress(line) for _ in range(height)) + rows.flush()
    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", body) + chunk(b"IEND", b"")


def laughing_pdf(depth=8, times=12):
    """A small PDF whose forms call each other until there are `times ** depth` lines: native code busy for hours."""
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        (
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources "
            b"<< /XObject << /F 6 0 R >> >> >>"
        ),
        b"<< /Length 4 >> stream\n/F Do\nendstream".replace(b"/Length 4", b"/Length 5"),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    for level in range(depth):
        last = level == depth - 1
        body = b"BT /T 9 Tf 9 9 Td (x) Tj ET\n" if last else b"/F Do\n" * times
        below = b"<< /Font << /T 5 0 R >> >>" if last else b"<< /XObject << /F %d 0 R >> >>" % (7 + level)
        objects.append(
            b"<< /Type /XObject /Subtype /Form /BBox [0 0 595 842] /Resources %s /Length %d >> stream\n%sendstream"
            % (below, len(body), body)
        )
    raw = b"%PDF-1.4\n"
    places = []
    for n, body in enumerate(objects, 1):
        places.append(len(raw))
        raw += b"%d 0 obj\n%s\nendobj\n" % (n, body)
    table = len(raw)
    raw += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    raw += b"".join(b"%010d 00000 n \n" % place for place in places)
    return raw + b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, table)


def reason(raw, name, **limits):
    begin = time.monotonic()
    made = read_bytes(raw, doc="d", path=name, limits=Limits(**limits))
    assert time.monotonic() - begin < 30
    assert isinstance(made, Failure), made
    assert "\n" not in str(made)
    assert str(made).startswith(name + ": ")
    return made.reason


BROKEN = {
    "empty.txt": (lambda: b"", "the file is empty"),
    "blank.html": (lambda: b" \r\n\t\x00 " * 9, "nothing but blanks"),
    "binary.txt": (lambda: bytes(range(256)) * 400, "neither text|binary data"),
    "zeros.bin": (lambda: b"\x00\x01\x02\x03" * 999, "binary data|neither text"),
    "program": (lambda: b"\x7fELF" + b"\x00" * 999, "a program"),
    "old.doc": (lambda: b"\xd0\xcf\x11\xe0" + b"\x00" * 999, "old Office"),
    "a.rar": (lambda: b"Rar!\x1a\x07\x00" + b"x" * 99, "RAR"),
    "cut.pdf": (lambda: pages.pdf([pages.sheet(STORY)])[:-2000], "cut off"),
    "half.pdf": (lambda: pages.pdf([pages.sheet(STORY)])[:2000] + b"\n%%EOF\n", "damaged"),
    "locked.pdf": (lambda: pages.pdf([pages.sheet(STORY)], password="secret"), "encrypted"),
    "none.pdf": (lambda: b"%PDF-1.7\n%%EOF\n", "damaged"),
    "cut.png": (lambda: pages.scan(pages.sheet(STORY))[:5000], "damaged picture"),
    "cut.docx": (lambda: packed({"word/document.xml": "<w:document", "[Content_Types].xml": "<x"}), "damaged Word"),
    "empty.mht": (lambda: b"MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=x\r\n\r\n", "without a web"),
    "cut.mht": (lambda: b"MIME-Version: 1.0", "damaged web archive"),
    "menu.html": (lambda: b"<html><body><script>var a=1;</script></body></html>", "no text"),
    "mixed.txt": (lambda: ("园区项目开工建设。\n" * 9).encode() + ("产值增长一成。\n" * 9).encode("gb18030"), "mixes"),
    "mixed.html": (
        lambda: ("<html><body><p>园区项目开工建设。\n" * 9).encode() + ("<p>产值增长一成。\n" * 9).encode("gb18030"),
        "mixes",
    ),
    "notes.csv": (lambda: b"a,b\n1,2\n", ".csv"),
    "book.xlsx": (lambda: packed({"xl/workbook.xml": "<x/>"}), "spreadsheet"),
}


@pytest.mark.parametrize("name", BROKEN)
def test_what_is_no_document_is_refused_in_one_line(name):
    import re

    make, says = BROKEN[name]
    assert re.search(says, reason(make(), name))


def test_a_page_of_50_megabytes_is_refused_or_read_by_what_is_text_in_it():
    sentence = "<p>园区新签约项目18个，总投资126.5亿元。</p>\n".encode()
    assert "markup, over the limit" in reason(sentence * (50_000_000 // len(sentence)), "big.html")
    picture = b'<img src="data:image/png;base64,' + b"A" * 50_000_000 + b'">'
    made = read_bytes(b"<html><body>" + sentence * 9 + picture + b"</body></html>", doc="d", path="big.html")
    assert isinstance(made, Rendition)
    assert made.text.count("126.5亿元") == 9
    scripts = b"<script>" + b"var a='<p>';" * 4_000_000 + b"</script>"
    made = read_bytes(b"<html><body>" + sentence * 9 + scripts + b"</body></html>", doc="d", path="big.html")
    assert isinstance(made, Rendition)
    assert made.text.count("126.5亿元") == 9


def test_tags_within_tags_are_read_and_given_up_where_they_take_too_long():
    def nested(depth):
        return b"<html><body>" + b"<div>" * depth + "园区新签约项目18个，总投资126.5亿元。".encode()

    made = read_bytes(nested(10_000), doc="d", path="deep.html")
    assert isinstance(made, Rendition)
    assert "18个" in made.text
    with Reader(Limits(seconds=1), grace=0) as reader:
        assert "not read within 1 seconds" in str(reader.read_bytes(nested(1_000_000), "d", "deep.html"))


def test_a_text_over_the_limit_is_refused():
    assert "over the limit" in reason("园区。".encode() * 3_000_000, "big.txt")
    assert "characters, over the limit" in reason("园区项目开工。".encode() * 200, "big.txt", characters=1000)


def test_a_line_of_a_million_characters_is_read():
    text = "园区新签约项目18个，" * 100_000
    made = read_bytes(text.encode(), doc="d", path="line.txt")
    assert isinstance(made, Rendition)
    assert made.text == text


def test_a_picture_of_20000_pixels_is_refused_before_it_is_decoded():
    assert "20,000 by 20,000 pixels" in reason(png(20_000, 20_000), "big.png")


def test_a_long_narrow_picture_is_scaled_down_and_read():
    # 20,000 pixels on one side only, as saved from a telephone: nothing is on it, which is said.
    assert "no text" in reason(png(200, 20_000), "long.png")


# --- archives ---------------------------------------------------------------------------------------------------------


def listed(tmp_path, raw, **limits):
    file = tmp_path / "a.zip"
    file.write_bytes(raw)
    items = list(read_path(file, limits=Limits(**limits)))
    assert all("\n" not in str(item) for item in items if isinstance(item, Failure))
    return {
        (item.path.removeprefix(f"{file}/") if isinstance(item, Failure) else item.doc): getattr(item, "reason", "read")
        for item in items
    }


def test_a_zip_bomb_is_refused_and_the_rest_of_the_archive_read(tmp_path):
    found = listed(tmp_path, packed({"bomb.txt": b"0" * 50_000_000, "good.txt": "园区一。"}))
    assert "like a zip bomb" in found["bomb.txt"]
    assert found["good"] == "read"


def test_an_archive_that_lies_about_its_sizes_is_bounded(tmp_path):
    raw = packed({"liar.txt": b"0" * 900_000})
    raw = raw.replace(struct.pack("<I", 900_000), struct.pack("<I", 9))
    assert listed(tmp_path, raw)["liar.txt"] != "read"


def test_archives_in_archives_are_not_opened(tmp_path):
    inner = packed({"b.txt": "园区一。"})
    found = listed(tmp_path, packed({"inner.zip": inner, "hidden.txt": inner, "good.txt": "园区一。"}))
    assert "archive inside an archive" in found["inner.zip"]
    assert "archive" in found["hidden.txt"]
    assert found["good"] == "read"


@pytest.mark.parametrize("name", ["../up.txt", "/etc/passwd.txt", "a/../../up.txt", "C:\\x.txt", "..\\up.txt"])
def test_paths_that_lead_out_of_an_archive_are_refused(tmp_path, name):
    found = listed(tmp_path, packed({name: "园区一。", "good.txt": "园区一。"}))
    assert list(found.values()).count("read") == 1
    assert "the path leads out of the archive" in found.values()
    assert sorted(p.name for p in tmp_path.iterdir()) == ["a.zip"]


def test_links_in_archives_are_not_followed(tmp_path):
    link = zipfile.ZipInfo("link.txt")
    link.create_system = 3
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as made:
        made.writestr(link, "/etc/passwd")
        made.writestr("good.txt", "园区一。")
    found = listed(tmp_path, file.getvalue())
    assert "link" in found["link.txt"]
    assert found["good"] == "read"


def test_damaged_encrypted_and_overfull_archives_are_one_line_each(tmp_path):
    good = packed({f"{n}.txt": "园区一。" for n in range(9)})
    assert "not an intact ZIP" in next(iter(listed(tmp_path, good[:-30]).values()))
    assert "9 files in the archive" in next(iter(listed(tmp_path, good, members=8).values()))
    assert "unpacks to" in next(iter(listed(tmp_path, good, archive_bytes=20).values()))
    locked = bytearray(packed({"a.txt": "园区一。"}))
    locked[6] |= 1
    locked[locked.rfind(b"PK\x01\x02") + 8] |= 1
    assert "encrypted" in listed(tmp_path, bytes(locked))["a.txt"]


# --- files and folders ------------------------------------------------------------------------------------------------


def test_missing_files_and_patterns_are_said(tmp_path):
    assert "no such file" in str(next(read_path(tmp_path / "missing.txt")))
    assert "nothing matches" in str(next(read_path(tmp_path / "*.pdf")))
    assert list(read_path(tmp_path)) == []


def test_a_file_that_may_not_be_read_is_said(tmp_path, monkeypatch):
    (tmp_path / "a.txt").write_text("园区一。")
    (tmp_path / "b.txt").write_text("园区二。")
    (tmp_path / "a.txt").chmod(0)
    if os.access(tmp_path / "a.txt", os.R_OK):  # the superuser may read anything
        from pathlib import Path

        plain = Path.read_bytes

        def refusing(self):
            if self.name == "a.txt":
                raise PermissionError(13, "Permission denied", str(self))
            return plain(self)

        monkeypatch.setattr(Path, "read_bytes", refusing)
    first, second = read_path(tmp_path)
    assert "Permission denied" in str(first)
    assert isinstance(second, Rendition)


def test_links_that_go_round_in_circles_are_survived(tmp_path):
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / "a.txt").write_text("园区一。")
    (tmp_path / "sub" / "loop").symlink_to(tmp_path, target_is_directory=True)
    (tmp_path / "self.txt").symlink_to(tmp_path / "self.txt")
    (tmp_path / "gone.txt").symlink_to(tmp_path / "nowhere.txt")
    (tmp_path / "twin.txt").symlink_to(tmp_path / "sub" / "a.txt")
    items = list(read_path(tmp_path))
    assert sum(isinstance(item, Rendition) for item in items) == 1
    assert {item.path.rsplit("/", 1)[1] for item in items if isinstance(item, Failure)} == {"self.txt", "gone.txt"}


def test_a_pipe_is_not_waited_for(tmp_path):
    os.mkfifo(tmp_path / "pipe.txt")
    (failure,) = read_path(tmp_path)
    assert "not an ordinary file" in str(failure)


# --- time -------------------------------------------------------------------------------------------------------------


def test_a_parser_that_never_ends_is_ended_and_the_next_file_read():
    with Reader(Limits(seconds=2), grace=0) as reader:
        begin = time.monotonic()
        stuck = reader.read_bytes(laughing_pdf(), "d", "stuck.pdf")
        assert time.monotonic() - begin < 10
        assert str(stuck) == "stuck.pdf: not read within 2 seconds"
        assert isinstance(reader.read_bytes(pages.pdf([pages.sheet(STORY)]), "d", "good.pdf"), Rendition)


def test_a_parser_that_dies_is_said_and_the_next_file_read():
    with Reader(Limits()) as reader:
        good = pages.pdf([pages.sheet(STORY)])
        assert isinstance(reader.read_bytes(good, "d", "good.pdf"), Rendition)
        reader._guard._process.kill()
        assert "the parser crashed" in str(reader.read_bytes(good, "d", "good.pdf"))
        assert isinstance(reader.read_bytes(good, "d", "good.pdf"), Rendition)


def test_recognition_gives_up_when_its_time_is_over():
    assert "not read within 0.01 seconds" in reason(pages.scan(pages.sheet(STORY)), "scan.png", seconds=0.01)


# --- the batch --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("workers", [1, 2])
def test_nothing_broken_stops_a_batch(tmp_path, workers):
    for name, (make, _) in BROKEN.items():
        (tmp_path / name).write_bytes(make())
    (tmp_path / "stuck.pdf").write_bytes(laughing_pdf(5))
    (tmp_path / "zz.txt").write_text(pages.plain_text(STORY), encoding="utf-8")
    done = []
    items = list(run([tmp_path], workers, limits=Limits(seconds=3), progress=lambda n, of: done.append((n, of))))
    good = [item for item in items if isinstance(item, Outcome)]
    assert [item.rendition.doc for item in good][-1] == "zz"
    assert len(items) == len(BROKEN) + 2
    assert len(good) <= 2
    assert done == [(n, len(items)) for n in range(1, len(items) + 1)]
    assert all("\n" not in str(item) for item in items if isinstance(item, Failure))


def test_a_worker_that_dies_fails_only_its_document(tmp_path, monkeypatch):
    for n in range(6):
        (tmp_path / f"{n}.txt").write_text(f"园区新签约项目{n}个。", encoding="utf-8")
    # The tables of this folder end the process that reads them, as running out of memory would.
    assert len(sources([tmp_path], Limits())) == 6
    from yanzhen import pipeline

    monkeypatch.setattr(pipeline, "_work_of_worker", dies_on_three)
    items = list(run([tmp_path], 2))
    assert [isinstance(item, Outcome) for item in items] == [n != 3 for n in range(6)]
    assert "died" in str(items[3])


def dies_on_three(source, limits, renditions):
    from yanzhen.pipeline import _reader_of_worker, _work

    if source.doc == "3":
        os._exit(9)
    return _work(_reader_of_worker(limits, renditions), source)


def test_every_page_has_its_time():
    now = 0.0
    beats = []
    budget = Budget(Limits(seconds=10), clock=lambda: now, beat=lambda: beats.append(now))
    for _ in range(5):
        now += 9
        budget.page()
    assert beats == [9, 18, 27, 36, 45]
    now += 11
    with pytest.raises(InputError, match="not read within 10 seconds"):
        budget.check()


def test_a_file_of_many_pages_may_take_longer_than_one_page():
    raw = pages.pdf([pages.sheet(pages.long_story(n % 6, 12), 3) for n in range(60)])
    begin = time.monotonic()
    assert isinstance(read_bytes(raw, doc="d", path="a.pdf"), Rendition)
    took = time.monotonic() - begin
    with Reader(Limits(seconds=took / 2), grace=0) as reader:
        assert isinstance(reader.read_bytes(raw, "d", "a.pdf"), Rendition)
