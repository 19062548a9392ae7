"""Builds the corpus: every file of documents/ that is not plain UTF-8 text, and the tables of README.md.

`python examples/build.py` writes documents/** and one_page/** from src/**; with `readme` it writes the tables of
README.md from truth/*.csv; with `check` it says which generated text files differ from what would be written.
A source is a head of `key: value` lines, an empty line, and the text, one paragraph a line. The key `form` names
the format.
"""

from __future__ import annotations

import csv
import html
import io
import re
import sys
import zipfile
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

HERE = Path(__file__).resolve().parent
SOURCES = HERE / "src"
DOCUMENTS = HERE / "documents"
ONE_PAGE = HERE / "one_page"
TRUTH = HERE / "truth"
FONT_FILE = Path("/usr/share/fonts/truetype/wqy/wqy-microhei.ttc")
"""WenQuanYi Micro Hei (Apache-2.0 or GPL-3 with font exception), of which the PDFs carry the letters they use."""

SUFFIX = {"news": ".html", "account": ".html", "notice": ".docx", "report": ".pdf", "scan": ".jpg", "page": ".pdf"}
NOT_AT_LINE_START = "，。、；：！？）》”’」』…%％·"
EPOCH = (2025, 12, 31, 0, 0, 0)


@dataclass(frozen=True, slots=True)
class Source:
    """One source text: its head, its paragraphs, and where it goes."""

    name: str
    head: dict[str, str]
    changes: tuple[tuple[str, str], ...]
    body: tuple[str, ...]

    @property
    def form(self) -> str:
        return self.head["form"]

    @property
    def target(self) -> Path:
        return DOCUMENTS / (self.head.get("out") or self.name + SUFFIX[self.form])


@dataclass(slots=True)
class Piece:
    """One article of a newspaper page; a caption has no title."""

    title: str = ""
    kicker: str = ""
    byline: str = ""
    paragraphs: list[str] = field(default_factory=list)


def read_source(path: Path) -> Source:
    """The source in the file, with the text of what it copies filled in."""
    head: dict[str, str] = {}
    changes: list[tuple[str, str]] = []
    lines = path.read_text(encoding="utf-8").split("\n")
    at = 0
    while at < len(lines) and lines[at].strip():
        key, _, value = lines[at].partition(":")
        if key == "change":
            before, _, after = value.partition("=>")
            changes.append((before.strip(), after.strip()))
        else:
            head[key] = value.strip()
        at += 1
    body = "\n".join(lines[at + 1 :]).strip("\n").split("\n")
    if "copy" in head:
        body = copied(head, changes)
    if head["form"] != "text":
        body = [line for line in body if line.strip()]
    name = path.relative_to(SOURCES).with_suffix("").as_posix()
    return Source(name, head, tuple(changes), tuple(body))


def copied(head: dict[str, str], changes: list[tuple[str, str]]) -> list[str]:
    """The paragraphs of the document copied, after its byline, reordered and changed as the head says."""
    lines = [line for line in (DOCUMENTS / head["copy"]).read_text(encoding="utf-8").split("\n") if line.strip()]
    byline = next(i for i, line in enumerate(lines) if re.match(r"(□ )?本报(首席)?记者", line))
    lines = lines[byline + 1 :]
    if "order" in head:
        lines = [lines[int(i) - 1] for i in head["order"].split()]
    text = "\n".join(lines)
    for before, after in changes:
        text = text.replace(before, after)
    return text.split("\n")


# Web pages


NEWS = """<!DOCTYPE html>
<html lang="zh">
<head>
<meta charset="utf-8">
<title>{title}_{site}</title>
{meta}<style>.ad{{width:300px}}.nav a{{margin:0 8px}}</style>
<script>var _track=_track||[];_track.push(["site","{site}"]);</script>
</head>
<body>
<div class="top"><a href="/login">登录</a> | <a href="/reg">注册</a> | <a href="/app">下载客户端</a></div>
<ul class="nav"><li><a href="/">首页</a></li><li><a href="/news">要闻</a></li><li><a href="/park">园区</a></li>\
<li><a href="/tech">科技</a></li><li><a href="/finance">财经</a></li><li><a href="/video">视频</a></li></ul>
<div class="ad"><a href="/ad/1">广告：秋季家装节，满10000元减800元，点击抢购</a></div>
<div class="crumb">当前位置：<a href="/">首页</a> &gt; <a href="/park">园区</a> &gt; 正文</div>
<div class="main article">
<h1>{title}</h1>
{info}<div class="share">分享到：<a>微信</a> <a>微博</a> <a>QQ空间</a> 字号：<a>大</a> <a>中</a> <a>小</a></div>
<div class="content" id="content">
{body}
</div>
{editor}</div>
<div class="related"><h3>相关阅读</h3><ul><li><a href="/a/101.html">一图读懂：今年这些园区政策有变化</a></li>\
<li><a href="/a/102.html">本市12条公交线路今起调整</a></li>\
<li><a href="/a/103.html">专家：投资要看现金流</a></li></ul></div>
<div class="comments"><h3>网友评论（3条）</h3><p>路过的云：给家乡点赞，希望早日见到成果！</p>\
<p>用户8820：这个投资真有100亿吗？</p><p>晚风：工资能不能涨20%再说。</p></div>
<div class="footer">关于我们 | 联系我们 | 版权声明 | 违法和不良信息举报电话：000-00000000<br>\
{site}版权所有 未经授权不得转载 Copyright © 2018-2025</div>
</body>
</html>
"""

ACCOUNT = """<!DOCTYPE html>
<html>
<head>
<meta http-equiv="Content-Type" content="text/html; charset=utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1.0">
<meta property="og:title" content="{title}">
<meta property="og:site_name" content="微信公众平台">
<title>{title}</title>
</head>
<body id="activity-detail" class="zh_CN">
<div id="js_article" class="rich_media"><div class="rich_media_inner"><div class="rich_media_area_primary">
<h1 class="rich_media_title" id="activity-name">
{title}
</h1>
<div id="meta_content" class="rich_media_meta_list">
<span class="rich_media_meta rich_media_meta_text">{authors}</span>
<span class="rich_media_meta rich_media_meta_nickname" id="profileBt">\
<a href="javascript:void(0);" id="js_name">{site}</a></span>
<em id="publish_time" class="rich_media_meta rich_media_meta_text">{published}</em>
<em id="js_ip_wording_wrp" class="rich_media_meta rich_media_meta_text">{place}</em>
</div>
<div class="rich_media_content" id="js_content" style="visibility: visible;">
<section><p style="text-align:center;"><span style="color:#888;">点击上方蓝字关注我们</span></p></section>
{body}
<section><p style="text-align:center;"><img data-src="qr.png" alt="二维码"><br>\
长按识别二维码，关注“{site}”</p></section>
</div>
</div></div></div>
<div class="rich_media_tool"><span>阅读原文</span> <span>阅读 1.2万</span> <span>赞 86</span> <span>在看 31</span></div>
<div class="qr_code_pc"><p>微信扫一扫<br>关注该公众号</p></div>
<div id="js_pc_dialog"><p>继续滑动看下一个</p><p>轻触阅读原文</p><p>向上滑动看下一个</p></div>
<div class="discuss"><p>精选留言</p><p>小鹿：为家门口的企业骄傲</p><p>阿哲：还招人吗？</p></div>
<script>var biz="MzA0000000";var nickname="{site}";</script>
</body>
</html>
"""


def web_page(source: Source) -> str:
    """A news page with menus, advertisement and comments, or a saved official-account page."""
    head = dict(source.head)
    lines = list(source.body)
    if head.get("script") == "hant":
        from opencc import OpenCC  # noqa: PLC0415 - only one document needs the conversion

        convert = OpenCC("s2t").convert
        head["title"] = convert(head["title"])
        lines = [convert(line) for line in lines]
    values = {key: html.escape(value) for key, value in head.items()}
    if source.form == "account":
        body = "\n".join(account_paragraph(line) for line in lines)
        return ACCOUNT.format(body=body, **{"authors": "", "place": "", **values})
    body = "\n".join(f"<p>　　{html.escape(line.removeprefix('## '))}</p>" for line in lines)
    info = meta = editor = ""
    if "published" in values:
        info = f'<div class="info"><span>{values["published"]}</span> 来源：{values["source"]}'
        info += f" 作者：{values['authors']}</div>\n" if values.get("authors") else "</div>\n"
        editor = '<div class="editor">责任编辑：小满</div>\n'
    if values.get("authors"):
        meta = f'<meta name="author" content="{values["authors"]}">\n'
    return NEWS.format(title=values["title"], site=values["site"], meta=meta, info=info, body=body, editor=editor)


def account_paragraph(line: str) -> str:
    if line.startswith("## "):
        return f'<section><p><strong><span style="color:#0a5;">{html.escape(line[3:])}</span></strong></p></section>'
    return f'<section><p style="line-height:1.75em;"><span>{html.escape(line)}</span></p></section>'


# Word


def notice(source: Source) -> bytes:
    """A government notice: red head, number, title, addressee, text, signature."""
    import docx  # noqa: PLC0415 - a reader of the tables needs none of the format libraries
    from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN  # noqa: PLC0415
    from docx.shared import Pt, RGBColor  # noqa: PLC0415

    document = docx.Document()

    def add(text: str, size: float, align: object = None, *, bold: bool = False, red: bool = False) -> None:
        paragraph = document.add_paragraph()
        paragraph.alignment = align
        run = paragraph.add_run(text)
        run.font.size = Pt(size)
        run.font.name = "仿宋"
        run._element.rPr.rFonts.set(docx.oxml.ns.qn("w:eastAsia"), "仿宋")  # noqa: SLF001 - python-docx has no public way
        run.bold = bold
        if red:
            run.font.color.rgb = RGBColor(0xC0, 0, 0)
        if align is None:
            paragraph.paragraph_format.first_line_indent = Pt(2 * size)

    add(source.head["org"], 26, ALIGN.CENTER, bold=True, red=True)
    add(source.head["number"], 16, ALIGN.CENTER)
    add(source.head["title"], 22, ALIGN.CENTER, bold=True)
    add(source.head["to"], 16, ALIGN.LEFT)
    for line in source.body:
        if line == "@sign":
            add(source.head["signed"], 16, ALIGN.RIGHT)
            add(source.head["published"], 16, ALIGN.RIGHT)
        elif line.startswith("## "):
            add(line[3:], 22, ALIGN.CENTER, bold=True)
        else:
            add(line.removeprefix("### "), 16, bold=line.startswith("### "))
    if "@sign" not in source.body:
        add(source.head["signed"], 16, ALIGN.RIGHT)
        add(source.head["published"], 16, ALIGN.RIGHT)
    return saved(document, source.head["title"], source.head["org"])


def saved(document: object, title: str, author: str) -> bytes:
    """The Word document as bytes that do not depend on the time of saving."""
    core = document.core_properties  # type: ignore[attr-defined]
    core.title, core.author = title, author
    core.created = core.modified = datetime(*EPOCH, tzinfo=UTC)
    raw, fixed = io.BytesIO(), io.BytesIO()
    document.save(raw)  # type: ignore[attr-defined]
    with zipfile.ZipFile(raw) as old, zipfile.ZipFile(fixed, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(zipfile.ZipInfo(name, EPOCH), old.read(name), zipfile.ZIP_DEFLATED)
    return fixed.getvalue()


# PDF and scans


def fonts() -> str:
    """Registers the Chinese font and returns its name."""
    from reportlab.pdfbase import pdfmetrics  # noqa: PLC0415
    from reportlab.pdfbase.ttfonts import TTFont  # noqa: PLC0415

    pdfmetrics.registerFont(TTFont("hei", str(FONT_FILE), subfontIndex=0))
    return "hei"


def wrapped(text: str, width: float, size: float) -> list[str]:
    """Lines no wider than `width` points; numbers and Latin words stay whole, closing punctuation hangs."""
    from reportlab.pdfbase.pdfmetrics import stringWidth  # noqa: PLC0415

    lines, line, used = [], "", 0.0
    for token in re.findall(r"[0-9A-Za-z.%+-]{1,24}|.", text):
        wide = stringWidth(token, "hei", size)
        if line and used + wide > width and token not in NOT_AT_LINE_START:
            lines.append(line)
            line, used = "", 0.0
        line += token
        used += wide
    return [*lines, line] if line else lines


def report(source: Source) -> bytes:
    """A one-column A4 report or regulation; rows written with | become a ruled table."""
    from reportlab.lib.pagesizes import A4  # noqa: PLC0415
    from reportlab.pdfgen.canvas import Canvas  # noqa: PLC0415

    font = fonts()
    raw = io.BytesIO()
    canvas = Canvas(raw, pagesize=A4, invariant=1)
    canvas.setTitle(source.head["title"])
    canvas.setAuthor(source.head["org"])
    wide, high = A4
    left, right, bottom = 72, wide - 72, 72
    y = high - 90
    number = 1

    def line(text: str, size: float, x: float | None = None) -> None:
        nonlocal y, number
        if y < bottom:
            canvas.setFont(font, 9)
            canvas.drawCentredString(wide / 2, 40, f"— {number} —")
            canvas.showPage()
            number += 1
            y = high - 80
        canvas.setFont(font, size)
        if x is None:
            canvas.drawCentredString(wide / 2, y, text)
        else:
            canvas.drawString(x, y, text)
        y -= size * 1.8

    for part in wrapped(source.head["title"], right - left, 18):
        line(part, 18)
    for key in ("number", "org", "published"):
        if key in source.head:
            line(source.head[key], 12)
    y -= 10
    for text in source.body:
        if text.startswith("|"):
            cells = [cell.strip() for cell in text.strip("|").split("|")]
            widths = (200, 50, 70, 70, 61)
            x = float(left)
            canvas.setLineWidth(0.5)
            for cell, cell_width in zip(cells, widths, strict=True):
                canvas.rect(x, y - 6, cell_width, 20)
                canvas.setFont(font, 10)
                canvas.drawString(x + 4, y, cell)
                x += cell_width
            y -= 20
            continue
        if text.startswith("## "):
            y -= 6
            line(text[3:], 14, left)
            continue
        for part in wrapped("　　" + text, right - left, 12):
            line(part, 12, left)
    canvas.setFont(font, 9)
    canvas.drawCentredString(wide / 2, 40, f"— {number} —")
    canvas.save()
    return raw.getvalue()


def pieces(source: Source) -> list[Piece]:
    """The articles of a newspaper page in reading order, the caption last."""
    found: list[Piece] = []
    for line in source.body:
        if line.startswith("# "):
            found.append(Piece(title=line[2:]))
        elif line.startswith("^ "):
            found[-1].kicker = line[2:]
        elif line.startswith("@ "):
            found[-1].byline = line[2:]
        elif line.startswith("! "):
            found.append(Piece(paragraphs=[line[2:]]))
        else:
            found[-1].paragraphs.append(line)
    return found


COLUMN, GUTTER, MARGIN = 168.0, 14.0, 36.0
PAGE = (2 * MARGIN + 4 * COLUMN + 3 * GUTTER, 940.0)


def newspaper(source: Source) -> bytes:
    """A four-column newspaper page."""
    from reportlab.pdfgen.canvas import Canvas  # noqa: PLC0415

    font = fonts()
    raw = io.BytesIO()
    canvas = Canvas(raw, pagesize=PAGE, invariant=1)
    canvas.setTitle(f"{source.head['paper']} {source.head['published']} {source.head['page']}")
    top = PAGE[1] - 40
    canvas.setFont(font, 22)
    canvas.drawString(MARGIN, top, source.head["paper"])
    canvas.setFont(font, 11)
    canvas.drawCentredString(PAGE[0] / 2, top, source.head["section"])
    canvas.drawRightString(
        PAGE[0] - MARGIN, top, f"{source.head['published']} {source.head['weekday']} {source.head['page']}"
    )
    canvas.line(MARGIN, top - 10, PAGE[0] - MARGIN, top - 10)
    first, second, third, fourth, fifth, sixth, seventh, eighth, caption = pieces(source)

    def x_of(column: int) -> float:
        return MARGIN + column * (COLUMN + GUTTER)

    def box(piece: Piece, column: int, columns: int, y: float, title_size: float) -> float:
        """Sets the piece over some columns from y down and returns where it ends."""
        x, width = x_of(column), columns * COLUMN + (columns - 1) * GUTTER
        if piece.kicker:
            canvas.setFont(font, 12)
            canvas.drawString(x, y - 14, piece.kicker)
            y -= 20
        for part in wrapped(piece.title, width, title_size):
            canvas.setFont(font, title_size)
            canvas.drawString(x, y - title_size, part)
            y -= title_size * 1.35
        canvas.setFont(font, 9)
        if piece.byline.startswith("本报"):
            canvas.drawString(x, y - 12, piece.byline)
            y -= 20
        else:
            y -= 4
        lines = [part for text in piece.paragraphs for part in wrapped("　　" + text, COLUMN, 10.5)]
        if piece.byline and not piece.byline.startswith("本报"):
            lines[-1] += f"　{piece.byline}"
            lines[-1:] = wrapped(lines[-1], COLUMN, 10.5)
        depth = -(-len(lines) // columns)
        for at, part in enumerate(lines):
            row = at % depth
            canvas.setFont(font, 10.5)
            canvas.drawString(x_of(column + at // depth), y - 12 - row * 16, part)
        return y - 12 - depth * 16

    start = top - 22
    low = box(first, 0, 3, start, 30)
    right_low = box(second, 3, 1, start, 17)
    canvas.line(MARGIN, low, x_of(2) + COLUMN, low)
    end = box(third, 0, 2, low - 8, 19)
    canvas.setFillGray(0.75)
    photo_high = 110
    canvas.rect(x_of(2), low - 14 - photo_high, COLUMN, photo_high, fill=1)
    canvas.setFillGray(0)
    y = low - 14 - photo_high - 14
    for part in wrapped(caption.paragraphs[0], COLUMN, 9):
        canvas.setFont(font, 9)
        canvas.drawString(x_of(2), y, part)
        y -= 13
    foot = min(end, y)
    canvas.line(MARGIN, foot, x_of(2) + COLUMN, foot)
    end = box(fourth, 0, 3, foot - 6, 19)
    canvas.line(x_of(3), right_low, x_of(3) + COLUMN, right_low)
    foot = min(end, box(fifth, 3, 1, right_low - 8, 17))
    canvas.line(MARGIN, foot, PAGE[0] - MARGIN, foot)
    end = min(box(sixth, 0, 2, foot - 6, 19), box(seventh, 2, 2, foot - 6, 19))
    canvas.line(MARGIN, end, PAGE[0] - MARGIN, end)
    box(eighth, 0, 4, end - 6, 19)
    canvas.save()
    return raw.getvalue()


def scanned(pdf: bytes, *, degrees: float, seed: int, quality: int) -> bytes:
    """The first page as a 200-dpi grey scan: slightly turned, with the noise of a scanner."""
    import numpy  # noqa: PLC0415, ICN001
    import pypdfium2  # noqa: PLC0415
    from PIL import Image, ImageFilter  # noqa: PLC0415

    page = pypdfium2.PdfDocument(pdf)[0].render(scale=200 / 72, grayscale=True).to_pil()
    page = page.rotate(degrees, resample=Image.Resampling.BICUBIC, fillcolor=255)
    page = page.filter(ImageFilter.GaussianBlur(0.4))
    grain = numpy.random.default_rng(seed).normal(0, 3.0, (page.height, page.width))
    grey = numpy.clip(numpy.asarray(page, dtype=float) * 0.94 + 8 + grain, 0, 255).astype("uint8")
    out = io.BytesIO()
    Image.fromarray(grey).save(out, "JPEG", quality=quality, dpi=(200, 200))
    return out.getvalue()


# The page in other formats


def page_text(source: Source) -> str:
    """The newspaper page as plain text, articles in reading order."""
    head = source.head
    lines = [f"{head['paper']}　{head['published']}　{head['weekday']}　{head['page']}　{head['section']}", ""]
    for piece in pieces(source):
        lines += [text for text in (piece.kicker, piece.title) if text]
        signed = bool(piece.byline) and not piece.byline.startswith("本报")
        if piece.byline and not signed:
            lines.append(piece.byline)
        lines += [*piece.paragraphs[:-1], piece.paragraphs[-1] + (f"　{piece.byline}" if signed else "")]
        lines.append("")
    return "\n".join(lines)


def page_html(source: Source) -> str:
    """The newspaper page as a web page."""
    blocks = []
    for block in page_text(source).split("\n\n")[1:]:
        lines = [html.escape(line) for line in block.strip("\n").split("\n") if line]
        titles = {html.escape(piece.title) for piece in pieces(source)}
        inner = "\n".join(f"<h2>{line}</h2>" if line in titles else f"<p>{line}</p>" for line in lines)
        if inner:
            blocks.append(f"<article>\n{inner}\n</article>")
    head = html.escape(page_text(source).split("\n", 1)[0])
    body = "\n".join(blocks)
    return (
        f'<!DOCTYPE html>\n<html lang="zh">\n<head><meta charset="utf-8">'
        f"<title>{html.escape(source.head['paper'])}</title></head>\n<body>\n"
        f'<div class="nav"><a href="/">首页</a> <a href="/epaper">数字报</a> <a href="/prev">上一版</a></div>\n'
        f'<div class="head">{head}</div>\n{body}\n<div class="footer">版权所有 不得转载</div>\n</body>\n</html>\n'
    )


def page_docx(source: Source) -> bytes:
    """The newspaper page as a Word file."""
    import docx  # noqa: PLC0415

    document = docx.Document()
    titles = {piece.title for piece in pieces(source)}
    for line in page_text(source).split("\n"):
        if line:
            paragraph = document.add_paragraph()
            paragraph.add_run(line).bold = line in titles
    return saved(document, source.head["paper"], source.head["paper"])


# Putting it together


def encoded(source: Source) -> bytes:
    """A plain text in an old encoding."""
    text = "\n".join(source.body).strip("\n") + "\n"
    if source.head["encoding"] == "utf-16":
        return b"\xff\xfe" + text.encode("utf-16-le")
    return text.encode(source.head["encoding"])


def sources() -> list[Source]:
    """All sources, sorted by name."""
    return [read_source(path) for path in sorted(SOURCES.rglob("*.txt"))]


def text_outputs() -> dict[Path, bytes]:
    """The generated files that need no font: web pages and texts in old encodings."""
    out = {}
    for source in sources():
        if source.form in ("news", "account"):
            out[source.target] = web_page(source).encode()
        elif source.form == "text":
            out[source.target] = encoded(source)
        elif source.form == "page":
            out[ONE_PAGE / "page.txt"] = page_text(source).encode()
            out[ONE_PAGE / "page.html"] = page_html(source).encode()
    return out


def other_outputs() -> dict[Path, bytes]:
    """The generated Word, PDF and image files."""
    out = {}
    for source in sources():
        if source.form == "notice":
            out[source.target] = notice(source)
        elif source.form == "report":
            out[source.target] = report(source)
        elif source.form == "scan":
            out[source.target] = scanned(report(source), degrees=-0.5, seed=7, quality=45)
        elif source.form == "page":
            pdf = newspaper(source)
            out[source.target] = pdf
            out[source.target.with_name(source.target.stem + "-scan.jpg")] = scanned(
                pdf, degrees=0.35, seed=11, quality=40
            )
            out[ONE_PAGE / "page.docx"] = page_docx(source)
    return out


def table(name: str) -> str:
    """A truth table as Markdown."""
    with (TRUTH / f"{name}.csv").open(encoding="utf-8", newline="") as handle:
        rows = list(csv.reader(handle))
    head, *rest = rows
    lines = ["| " + " | ".join(head) + " |", "|" + "---|" * len(head)]
    lines += ["| " + " | ".join(cell.replace("|", "、") for cell in row) + " |" for row in rest]
    return "\n".join(lines)


def readme_text() -> str:
    """README.md with the tables between its markers renewed."""
    text = (HERE / "README.md").read_text(encoding="utf-8")
    return re.sub(
        r"(<!-- table (\w+) -->\n).*?(<!-- end -->)",
        lambda m: f"{m[1]}{table(m[2])}\n{m[3]}",
        text,
        flags=re.DOTALL,
    )


def main(command: str = "") -> int:
    """Runs one command; returns the exit code."""
    if command == "readme":
        (HERE / "README.md").write_text(readme_text(), encoding="utf-8")
        return 0
    if command == "check":
        stale = [path for path, data in text_outputs().items() if not path.exists() or path.read_bytes() != data]
        for path in stale:
            print(f"{path.relative_to(HERE)}: differs from its source; run python examples/build.py")
        return 1 if stale else 0
    for path, data in {**text_outputs(), **other_outputs()}.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
        print(f"{path.relative_to(HERE)}  {len(data):,} bytes")
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:2]))
