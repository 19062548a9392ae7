"""Each reader on real files made here: what is in the file is in the text, in order, and nothing else is."""

import io
import zipfile

import pytest
import read_pages as pages

from yanzhen.read import Failure, Limits, Rendition, read_bytes, read_path, read_paths

STORY = pages.STORIES[0]


def read(raw, path):
    made = read_bytes(raw, doc="d", path=path)
    assert isinstance(made, Rendition), made
    return made


def flat(text):
    return "".join(text.split())


# --- plain text -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "big5", "utf-16", "utf-16-le", "utf-16-be"])
def test_plain_text_is_the_file_decoded_and_nothing_else(encoding):
    text = "　　臨川灣高新區簽約項目18個，\r\n總投資126億元。\t（記者 陳知遠）\n\n"
    assert read(text.encode(encoding), "a.txt").text == text


def test_a_text_of_ascii_is_a_text():
    assert read(b"Total: 18 projects\n", "a.txt").text == "Total: 18 projects\n"


def test_a_few_broken_bytes_are_replaced_and_said():
    raw = ("园区产值增长。" * 200).encode("gb18030")
    made = read(raw[:1001] + b"\xff" + raw[1001:], "a.txt")
    assert "园区产值增长。" * 60 in made.text
    assert "replaced" in made.notes[0]


# --- web pages --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("story", pages.STORIES, ids=lambda story: story.title)
@pytest.mark.parametrize("br", [False, True])
def test_a_news_page_is_its_story(story, br):
    made = read(pages.news_page(story, br=br).encode(), "a.html")
    assert flat(made.text).endswith(flat("".join(story.paragraphs)))
    assert made.text.startswith(story.title)
    assert made.meta.title == story.title
    for furniture in ("要闻", "相关阅读", "网友", "责任编辑", "ICP", "分享", "上一篇", "广告"):
        assert furniture not in made.text
    year, month, day = made.meta.published.split("-")
    assert story.line.startswith((f"{year}-{month}-{day}", f"{year}年{int(month)}月{int(day)}日"))
    assert f"来源：{made.meta.publisher}" in story.line


def test_a_saved_account_page_is_its_story():
    made = read(pages.account_page(STORY).encode(), "a.html")
    assert flat("".join(STORY.paragraphs)) in flat(made.text)
    assert (made.meta.title, made.meta.publisher) == (STORY.title, "青岚山发布")
    assert (made.meta.published, made.meta.authors) == ("2024-04-20", ("陈知远",))
    for furniture in ("阅读 1024", "在看", "扫一扫", "长按"):
        assert furniture not in made.text


def test_a_page_laid_out_with_tables_keeps_the_table_of_data():
    made = read(pages.table_page(STORY).encode("gb18030"), "a.htm")
    assert flat("".join(STORY.paragraphs)) in flat(made.text)
    assert "规上工业总产值 | 88.1亿元 | 12.4%" in made.text
    assert "栏目" not in made.text
    assert (made.meta.title, made.meta.publisher) == (STORY.title, "望海管委会")


def mail(*parts, subject="page"):
    lines = [
        "From: <Saved by a browser>",
        "Snapshot-Content-Location: https://news.example.cn/a/1.html",
        f"Subject: {subject}",
        "Date: Sat, 20 Apr 2024 10:32:00 -0000",
        "MIME-Version: 1.0",
        'Content-Type: multipart/related;\r\n\ttype="text/html";\r\n\tboundary="----MultipartBoundary--x1----"',
        "",
        "",
    ]
    raw = "\r\n".join(lines).encode()
    for kind, encoding, body in parts:
        head = (
            f"------MultipartBoundary--x1----\r\nContent-Type: {kind}\r\nContent-Transfer-Encoding: {encoding}\r\n\r\n"
        )
        raw += head.encode() + body + b"\r\n"
    return raw + b"------MultipartBoundary--x1------\r\n"


@pytest.mark.parametrize(
    ("encoding", "charset"), [("quoted-printable", "utf-8"), ("base64", "gbk"), ("8bit", "gb2312")]
)
def test_a_web_archive_is_its_page(encoding, charset):
    import base64
    import quopri

    body = pages.news_page(STORY).replace('<meta charset="utf-8">', "").encode("gbk" if charset != "utf-8" else charset)
    packed = {"quoted-printable": quopri.encodestring, "base64": base64.encodebytes, "8bit": bytes}[encoding](body)
    picture = ("image/png", "base64", base64.encodebytes(b"\x89PNG\r\n\x1a\n" + b"x" * 500))
    frame = ("text/html", "8bit", "<html><body><p>广告框里的一句话，买一送一，全场五折。</p></body></html>".encode())
    raw = mail((f"text/html; charset={charset}", encoding, packed), picture, frame)
    for name in ("a.mht", "a.mhtml", "saved"):
        made = read(raw, name)
        assert made.text == read(pages.news_page(STORY).encode(), "a.html").text
        assert made.media_type == "multipart/related"
        assert made.meta.url == "https://news.example.cn/a/1.html"
        assert made.meta.published == "2024-04-20"


# --- Word -------------------------------------------------------------------------------------------------------------


def word(fill):
    import docx

    document = docx.Document()
    fill(document)
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def test_a_word_file_gives_paragraphs_and_rows_in_order():
    def fill(document):
        document.add_heading(STORY.title, 0)
        document.add_paragraph(STORY.paragraphs[0])
        table = document.add_table(2, 3)
        for row, values in zip(table.rows, (("指标", "数值", "增速"), ("出口额", "9.6亿元", "12.4%")), strict=True):
            for cell, value in zip(row.cells, values, strict=True):
                cell.text = value
        document.add_paragraph(STORY.paragraphs[1])
        document.core_properties.title = STORY.title
        document.core_properties.author = "陈知远、何启明"

    made = read(word(fill), "a.docx")
    assert made.text.split("\n\n") == [
        STORY.title,
        STORY.paragraphs[0],
        "指标 | 数值 | 增速",
        "出口额 | 9.6亿元 | 12.4%",
        STORY.paragraphs[1],
    ]
    assert made.meta.title == STORY.title
    assert made.meta.authors == ("陈知远", "何启明")


def test_a_word_file_under_another_name_is_still_one():
    raw = word(lambda document: document.add_paragraph("园区新增企业18家。"))
    assert read(raw, "a.zip.bin").text == "园区新增企业18家。"


# --- PDF and pictures -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("columns", [1, 2, 3, 4, 6])
def test_a_pdf_in_columns_is_read_in_order(columns):
    story = pages.long_story(0, 8)
    made = read(pages.pdf([pages.sheet(story, columns, size=8 if columns > 3 else 10)]), "a.pdf")
    assert flat(made.text) == flat("".join(story.blocks()))
    assert made.text.split("\n\n")[2:] == list(story.paragraphs)


def test_a_newspaper_page_of_six_stories_is_read_story_by_story():
    made = read(pages.pdf([pages.newspaper(list(pages.STORIES))]), "a.pdf")
    text = flat(made.text)
    for story in pages.STORIES:
        assert flat("".join(story.blocks())) in text, story.title


def test_running_heads_and_page_numbers_are_left_out():
    from dataclasses import replace

    sheets = []
    for n in range(4):
        made = pages.sheet(pages.STORIES[n])
        extra = (pages.Run("临川湾年度报告", 60, 24, 9), pages.Run(f"— {n + 1} —", 280, 810, 9))
        sheets.append(replace(made, runs=(*extra, *made.runs)))
    made = read(pages.pdf(sheets), "a.pdf")
    assert "年度报告" not in made.text
    assert "—1—" not in flat(made.text)
    assert flat(made.text) == flat("".join("".join(story.blocks()) for story in pages.STORIES[:4]))


@pytest.mark.parametrize("turned", [1, 2, 3])
def test_a_page_printed_sideways_is_read_as_if_upright(turned):
    sheets = [pages.sheet(STORY, 2)]
    upright, sideways = read(pages.pdf(sheets), "a.pdf"), read(pages.pdf(sheets, turned=turned), "a.pdf")
    assert flat(sideways.text) == flat(upright.text)
    assert [round(box.x0) for box in sideways.spans] == [round(box.x0) for box in upright.spans]


def test_a_watermark_is_no_text():
    made = read(pages.pdf([pages.sheet(STORY)], stamp="内部资料"), "a.pdf")
    assert made.text == read(pages.pdf([pages.sheet(STORY)]), "a.pdf").text


def test_a_sentence_goes_on_over_the_page_number():
    story = pages.long_story(0, 12)
    runs = pages.sheet(story).runs
    rest = tuple(pages.Run(run.text, run.x, run.y - 300, run.size, run.space) for run in runs if run.y > 400)
    first = pages.Sheet(595, 842, (*(run for run in runs if run.y <= 400), pages.Run("— 1 —", 280, 800, 9)))
    made = read(pages.pdf([first, pages.Sheet(595, 842, (*rest, pages.Run("— 2 —", 280, 800, 9)))]), "a.pdf")
    assert made.text.split("\n\n")[2:] == list(story.paragraphs)


def test_a_table_keeps_its_rows():
    table = (
        ("指标", "单位", "2023年", "增长（%）"),
        ("规上工业总产值", "亿元", "476.5", "14.0"),
        ("出口额", "亿元", "43.6", ""),
    )
    story = pages.sheet(STORY).runs
    bottom = max(run.y for run in story) + 40
    cells = [
        pages.Run(cell, 70 + 110 * n, bottom + 20 * row, 10)
        for row, values in enumerate(table)
        for n, cell in enumerate(values)
        if cell
    ]
    made = read(pages.pdf([pages.Sheet(595, 842, (*story, *cells))]), "a.pdf")
    assert made.text.split("\n\n")[-3:] == [
        "指标 | 单位 | 2023年 | 增长（%）",
        "规上工业总产值 | 亿元 | 476.5 | 14.0",
        "出口额 | 亿元 | 43.6",
    ]


@pytest.mark.parametrize("lengths", [(3, 3), (5, 2), (1, 6)])
def test_a_report_in_two_columns_with_headings_in_them_is_read_down_the_columns(lengths):
    first, second = pages.long_story(1, lengths[0]), pages.long_story(2, lengths[1])
    runs, bottom = pages.compose(pages.Story("年度报告", "某年", ()), 60, 60, 475, 1)
    lines = []
    for story in (first, second):
        lines.append((story.title, 14.0, 0.0))
        lines += [(text, 10.0, offset) for p in story.paragraphs for text, offset, _ in pages.wrap(p, 230, 10)]
    half = len(lines) // 2
    for n, (text, size, offset) in enumerate(lines):
        runs.append(pages.Run(text, 60 + 245 * (n >= half) + offset, bottom + 20 + 17 * (n - half * (n >= half)), size))
    made = read(pages.pdf([pages.Sheet(595, bottom + 40 + 17 * (half + 1), tuple(runs))]), "a.pdf")
    wanted = "".join(story.title + "".join(story.paragraphs) for story in (first, second))
    assert flat(wanted) in flat(made.text)


def test_a_scan_is_recognised():
    made = read(pages.scan(pages.sheet(STORY)), "a.png")
    assert flat("".join(STORY.paragraphs)) in flat(made.text)


def test_a_pdf_that_holds_a_scan_is_recognised_and_says_so():
    from PIL import Image

    file = io.BytesIO()
    Image.open(io.BytesIO(pages.scan(pages.sheet(STORY)))).save(file, "PDF", resolution=200)
    made = read(file.getvalue(), "a.pdf")
    assert flat("".join(STORY.paragraphs)) in flat(made.text)
    assert made.notes == ("1 of 1 pages recognised from pictures",)


# --- folders, globs, archives -----------------------------------------------------------------------------------------


def archive(members):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as made:
        for name, raw in members.items():
            made.writestr(name, raw)
    return file.getvalue()


def docs(items):
    return [item.doc if isinstance(item, Rendition) else str(item) for item in items]


def test_folders_globs_and_archives_are_read_in_a_fixed_order_each_file_once(tmp_path):
    (tmp_path / "b").mkdir()
    (tmp_path / "a.txt").write_text("园区一。")
    (tmp_path / "b" / "c.txt").write_text("园区二。")
    (tmp_path / "b" / ".hidden.txt").write_text("不读。")
    (tmp_path / "z.zip").write_bytes(archive({"x/y.txt": "园区三。", "__MACOSX/y.txt": "不读。"}))
    assert docs(read_path(tmp_path)) == ["a", "b/c", "z/x/y"]
    assert docs(read_path(tmp_path / "z.zip")) == ["x/y"]
    assert docs(read_path(tmp_path / "**" / "*.txt")) == ["a", "c"]
    assert docs(read_paths([tmp_path / "b", tmp_path])) == ["c", "a", "z/x/y"]


def test_names_that_clash_keep_their_extension(tmp_path):
    (tmp_path / "a.txt").write_text("园区一。")
    (tmp_path / "a.html").write_text("<html><body><p>园区二，投资三亿元。</p></body></html>")
    assert docs(read_path(tmp_path)) == ["a.html", "a.txt"]


def test_names_in_archives_of_chinese_windows_are_read(tmp_path):
    name = "园区动态.txt"
    info = zipfile.ZipInfo("x" * len(name.encode("gbk")))
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as made:
        made.writestr(info, "园区一。")
    raw = file.getvalue().replace(info.filename.encode(), name.encode("gbk"))
    (tmp_path / "a.zip").write_bytes(raw)
    assert docs(read_path(tmp_path / "a.zip")) == ["园区动态"]


def test_every_failure_is_one_line(tmp_path):
    for name, raw in {"a.csv": b"a,b", "b.rtf": b"{\\rtf1", "c.doc": b"\xd0\xcf\x11\xe0" + b"\x00" * 600}.items():
        (tmp_path / name).write_bytes(raw)
    items = list(read_path(tmp_path, limits=Limits()))
    assert all(isinstance(item, Failure) for item in items)
    assert all("\n" not in str(item) for item in items)
