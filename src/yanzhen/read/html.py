"""Web pages: title, date line and body in; menus, advertisements, comments and related links out.

The page is walked once into blocks (runs of text between block-level tags). The body is the element that holds most of
the running text; a block of it stays unless it is made of links or is of the furniture that surrounds articles.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from selectolax.lexbor import LexborHTMLParser

from yanzhen.errors import InputError
from yanzhen.read.model import Rendered, megabytes
from yanzhen.read.pagemeta import PageMeta, date_in, page_meta
from yanzhen.read.text import decode

if TYPE_CHECKING:
    from collections.abc import Iterable

    from selectolax.lexbor import LexborNode

    from yanzhen.read.model import Budget

_SKIPPED = frozenset(
    """script style noscript template iframe object embed svg canvas math select option button input textarea datalist
    nav footer aside audio video map head dialog menu""".split()  # noqa: SIM905
)
_INLINE = frozenset(
    """a abbr b bdi bdo big cite code data del dfn em font i img ins kbd label mark q ruby rb rp rt s samp small span
    strike strong sub sup time tt u var wbr o:p st1:chsdate mp-common-profile""".split()  # noqa: SIM905
)
_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))

# Words in class and id, as whole words between `-`, `_`, blanks and capitals, that name the furniture of a page.
_FURNITURE = re.compile(
    r"(?:\A|[\s_-])(?:comments?|pinglun|replies|sidebar|aside|related?|relates|recommend(?:s|ed|ation)?|tuijian|xiangguan|"
    r"share|shares|sharebar|social|bdsharebuttonbox|ads?|advert|advertisement|guanggao|gg|promo|promotion|sponsor|"
    r"nav|navbar|navigation|menu|menus|breadcrumbs?|crumbs?|position|location|weizhi|footer|foot|copyright|hot|hots|"
    r"ranking|ranklist|toolbar|tools?|pager|pagination|pagebar|prev|next|prevnext|login|register|search|subscribe|"
    r"qrcode|erweima|popup|modal|cookie|disclaimer|hidden|reward|rewards|tags?|taglist|friendlinks?|links|"
    r"rich_media_tool|rich_media_area_extra|qr_code_pc|js_pc_qr_code|reward_area|like_area)(?:\Z|[\s_-])",
    re.IGNORECASE,
)
_BODY = re.compile(
    r"(?:\A|\s)(?:js_content|ucap-content|trs_editor|trs_ueditor|trs_ue_autosave|trs_view|zoom|vsb_content(?:_\d+)?|"
    r"rm_txt_con|article[_-]?(?:body|content|text|con|detail|main)|content[_-]?(?:body|text|detail|article)|"
    r"(?:post|entry|news|detail|main|text)[_-]?(?:body|content|con|text)|main-?article|artibody|cnt_bd|left_zw|"
    r"articleText|pages_content|show_content|nr_content)(?:\Z|\s)",
    re.IGNORECASE,
)
# Of elements inside a line only these are looked at: their names say more about styling than about the page.
_INLINE_FURNITURE = re.compile(
    r"(?:\A|[\s_-])(?:share|sharebar|tools?|toolbar|print|qrcode|ads?|comments?)(?:\Z|[\s_-])"
)
_INLINE_PART = re.compile(r"meta|time|date|source|src|from|author|writer|info|item", re.IGNORECASE)
_HIDDEN = re.compile(r"display\s{0,5}:\s{0,5}none", re.IGNORECASE)

_BLANKS = re.compile(r"[ \t\r\n\f\v\u00a0\u2002-\u200a\u3000]+")
_UNSEEN = re.compile("[\u200b-\u200f\u2060\ufeff\u00ad]")
_WIDE = "\u2e80-\u9fff\uf900-\ufaff\uff01-\uff60\u3001-\u303f“”‘’…—\U00020000-\U0003ffff"
_BREAK_IN_WIDE = re.compile(rf"(?<=[{_WIDE}])[ \t]{{0,40}}[\r\n][ \t\r\n]{{0,200}}(?=[{_WIDE}])")
_APART = "\u00a0"  # a blank that stays one beside a line break of the source
_STOPS = re.compile(r"[，。；！？：、,;!?]")
_SENTENCE = re.compile(r"[。！？；!?;]")

_DATE_LINE = re.compile(
    r"(?:20|19)\d\d\s?[-/.年]\s?\d{1,2}\s?[-/.月]\s?\d{1,2}|\d{1,2}[-月]\d{1,2}日?\s+\d{1,2}:\d\d|"
    r"(?:来源|來源|作者|发布时间|發佈時間|日期|时间|記者|记者)\s?[:：]"
)
# Short blocks around an article that are no part of it.
_LITTER = re.compile(
    r"\A[\s\[【(（]*(?:责任编辑|责编|編輯|编辑|审核|校对|复审|终审|初审|二审|三审|监制|上一篇|下一篇|上一页|下一页|相关阅读|相关新闻|相关链接|"
    r"相关推荐|推荐阅读|延伸阅读|热门|猜你喜欢|更多|分享到|分享至|分享|点赞|收藏|在看|打印|关闭|返回|扫一扫|扫码|长按|微信扫|阅读原文|点击|"
    r"字号|字体|大\s?中\s?小|阅读量?\s?[:：\d]|评论\s?[:：\d]|浏览|点击数|免责声明|版权声明|版权所有|声明[:：]|当前位置|您的位置|您现在的位置|"
    r"首页\s?[>》]|发表评论|网友评论|最新评论|全部评论|热门评论|我要评论|登录|注册|举报|投诉|广告|赞助|Copyright|©|ICP备|京公网安备)"
)
_CUT = re.compile(
    r"\A[\s\[【]*(?:相关阅读|相关新闻|相关链接|相关推荐|相关文章|推荐阅读|延伸阅读|猜你喜欢|热门推荐|热门评论|网友评论|最新评论|"
    r"全部评论|发表评论|我要评论|精选留言|留言板|用户评论)(?:\s?[(（]?\d{0,6}[)）]?)?[\s:：\]】]*\Z"
)

_GOOD_BLOCK = 12  # characters outside links from which a block with a punctuation mark is running text
_DOMINANT = 0.62  # share of an element's running text from which its child is entered
_KNOWN_BODY = 0.4  # share of the page's running text from which an element named like a body is taken for it


@dataclass(slots=True)
class _Block:
    """A run of text between block-level tags."""

    text: str
    linked: int  # characters of it inside links
    element: int  # index of the innermost block-level element around it
    heading: bool
    furniture: bool
    cell: tuple[int, int, int] | None  # table, row, column


@dataclass(slots=True)
class _Page:
    """All blocks of a page, and for each block-level element its parent and whether it is named like a body."""

    blocks: list[_Block] = field(default_factory=list)
    parents: list[int] = field(default_factory=lambda: [-1])
    bodies: list[int] = field(default_factory=list)
    marked_title: str | None = None
    rows: dict[tuple[int, int], int] = field(default_factory=dict)  # (table, row) -> number of columns


def read(raw: bytes, name: str, budget: Budget) -> Rendered:
    """Read a web page.

    Raises:
        InputError: the page has more markup than the limit allows, or no text.
    """
    return read_page(raw, None, name, budget)


def read_page(raw: bytes, charset: str | None, name: str, budget: Budget) -> Rendered:
    """Read a web page whose transport may have named its charset.

    Raises:
        InputError: the page has more markup than the limit allows, or no text.
    """
    del name
    lean = _lean(raw) if len(raw) > 500_000 else raw
    if len(lean) > budget.limits.markup_bytes:
        raise InputError(
            f"{megabytes(len(lean))} of markup, over the limit of {megabytes(budget.limits.markup_bytes)}",
            hint="split the page or save its text",
        )
    decoded = decode(lean, _declared(lean, charset))
    notes = [f"{decoded.replaced} undecodable bytes replaced ({decoded.encoding.upper()})"] if decoded.replaced else []
    rendered = render(decoded.text, budget)
    return Rendered(rendered.text, rendered.meta, notes=(*notes, *rendered.notes))


def _lean(raw: bytes) -> bytes:
    """The page without embedded pictures, scripts and styles, which can be most of a saved page."""
    raw = re.sub(rb"data:[a-zA-Z]{1,20}/[a-zA-Z0-9.+-]{1,60};base64,[A-Za-z0-9+/=%]*", b"", raw)
    for tag in (b"style", b"script"):
        kept: list[bytes] = []
        lower = raw.lower()
        place = 0
        while (begin := lower.find(b"<" + tag, place)) >= 0:
            end = lower.find(b"</" + tag, begin)
            head = lower[begin : begin + 200]
            if end < 0:
                break
            keep = b"ld+json" in head or end - begin < 20_000
            kept.append(raw[place : end if keep else begin])
            place = end
        raw = b"".join(kept) + raw[place:]
    return raw


def _declared(raw: bytes, charset: str | None) -> str | None:
    if charset is None:
        match = re.search(rb"(?:charset|encoding)\s{0,5}=\s{0,5}[\"']?\s{0,5}([A-Za-z0-9_-]{2,20})", raw[:4096])
        if match is None:
            return None
        charset = match[1].decode("ascii")
    name = charset.lower()
    if name in {"gb2312", "gbk", "gb_2312-80", "x-gbk"}:
        return "gb18030"
    return "big5hkscs" if name == "big5" else name


def render(page: str, budget: Budget) -> Rendered:
    """The rendition of a page whose characters are known: title, date line and body, separated by blank lines.

    Raises:
        InputError: the time is used up.
    """
    tree = LexborHTMLParser(page)
    budget.check()
    meta = page_meta(tree, page)
    walked = _walk(tree, budget)
    _settle_tables(walked)
    body, sure = _body(walked)
    title, title_at = _title(walked, meta, body)
    line = _date_line(walked, title_at, body)
    own = {title_at, *line}
    paragraphs = [
        block.text
        for n, block in enumerate(walked.blocks)
        if n in body and n not in own and not (title and _same(block.text, title))
    ]
    head = " ".join(walked.blocks[n].text for n in line)
    text = "\n\n".join(part for part in (title, head, *paragraphs) if part)
    notes = () if sure or not text else ("no article body stands out: all running text of the page was taken",)
    return Rendered(text, meta.settle(title, head), notes=notes)


def _walk(tree: LexborHTMLParser, budget: Budget) -> _Page:
    page = _Page()
    root = tree.body or tree.root
    if root is None:
        return page
    pieces: list[str] = []
    linked = 0
    element = 0
    heading = link = furniture = 0  # depth inside such elements
    tables: list[list[int]] = []  # [table, row, column] of the tables around, innermost last
    table_count = 0

    def flush() -> None:
        nonlocal linked
        if pieces:
            text = _tidy("".join(pieces))
            if text:
                cell = (tables[-1][0], tables[-1][1], tables[-1][2]) if tables and tables[-1][1] else None
                page.blocks.append(_Block(text, min(linked, len(text)), element, heading > 0, furniture > 0, cell))
            pieces.clear()
        linked = 0

    node: LexborNode | None = root
    steps = 0
    # The way down and up again, without recursion: pages can be nested to any depth.
    stack: list[tuple[LexborNode, int, int]] = []  # element, what it counted as, the element to go back to
    while node is not None:
        steps += 1
        if not steps & 0xFFF:
            budget.check()
        child: LexborNode | None = None
        tag = node.tag
        if tag == "-text":
            text = node.text_content
            if text:
                pieces.append(text)
                if link:
                    linked += len(text.strip())
        elif tag == "br":
            if heading:
                pieces.append(" ")
            else:
                flush()
        elif tag in _SKIPPED or tag is None or tag[0] in "-!":
            if tag in _SKIPPED and tag not in ("script", "style"):
                flush()
        elif (child := node.child) is not None:
            state = 0
            back = element
            if tag == "a":
                state = 1
                link += 1
            elif tag in _INLINE:
                if tag == "span" and (names := node.attributes.get("class")):
                    if _INLINE_FURNITURE.search(names):
                        child = None
                    elif pieces and _INLINE_PART.search(names):
                        pieces.append(_APART)
                elif tag == "em" and pieces and pieces[-1][-1:] > "\u4dff" and len(node.attributes) > 1:
                    pieces.append(_APART)
            else:
                flush()
                state = 2
                attributes = node.attributes
                names = f"{attributes.get('id') or ''} {attributes.get('class') or ''}"
                style = attributes.get("style")
                if (style and _HIDDEN.search(style)) or "hidden" in attributes:
                    child = None
                    state = 0
                else:
                    page.parents.append(element)
                    element = len(page.parents) - 1
                    if tag == "article" or "itemprop" in attributes or len(names) > 1:
                        if attributes.get("itemprop") == "articleBody" or tag == "article" or _BODY.search(names):
                            page.bodies.append(element)
                        elif tag not in ("body", "main", "html") and _FURNITURE.search(names):
                            state = 3
                            furniture += 1
                    if tag in _HEADINGS:
                        state = 4
                        heading += 1
                        if "activity-name" in names:
                            page.marked_title = _tidy(node.text())
                    elif tag == "table":
                        state = 5
                        table_count += 1
                        tables.append([table_count, 0, 0])
                    elif tag == "tr" and tables:
                        tables[-1][1] += 1
                        tables[-1][2] = 0
                    elif tag in ("td", "th") and tables:
                        tables[-1][2] += 1
                        page.rows[tables[-1][0], tables[-1][1]] = tables[-1][2]
            if child is not None:
                stack.append((node, state, back))
        if child is not None:
            node = child
            continue
        following = node.next if stack else None
        while following is None and stack:
            node, state, back = stack.pop()
            if state == 1:
                link -= 1
            elif state >= 2:
                flush()
                element = back
                if state == 3:
                    furniture -= 1
                elif state == 4:
                    heading -= 1
                elif state == 5:
                    tables.pop()
            following = node.next if stack else None
        node = following
    flush()
    return page


def _tidy(text: str) -> str:
    if "\n" in text:
        text = _BREAK_IN_WIDE.sub("", text)
    return _UNSEEN.sub("", _BLANKS.sub(" ", text)).strip()


def _settle_tables(page: _Page) -> None:
    """Turn every row of a table of data into one block; a table that only lays out the page is none."""
    tables: dict[int, list[_Block]] = {}
    for block in page.blocks:
        if block.cell is not None:
            tables.setdefault(block.cell[0], []).append(block)
    data = {table for table, blocks in tables.items() if _is_data(page, table, blocks)}
    if not data:
        return
    settled: list[_Block] = []
    row: list[_Block] = []
    for block in page.blocks:
        if row and (block.cell is None or row[0].cell is None or block.cell[:2] != row[0].cell[:2]):
            settled.append(_row(page, row))
            row = []
        if block.cell is not None and block.cell[0] in data:
            row.append(block)
        else:
            settled.append(block)
    if row:
        settled.append(_row(page, row))
    page.blocks = settled


def _is_data(page: _Page, table: int, blocks: list[_Block]) -> bool:
    rows = [columns for (of, _), columns in page.rows.items() if of == table]
    lengths: dict[tuple[int, int, int], int] = {}
    for block in blocks:
        assert block.cell is not None
        lengths[block.cell] = lengths.get(block.cell, 0) + len(block.text)
    linked = sum(block.linked for block in blocks)
    total = sum(lengths.values())
    return (
        len(rows) >= 2
        and sum(columns >= 2 for columns in rows) * 2 > len(rows)
        and max(lengths.values()) <= 300
        and total <= 60 * len(lengths)
        and linked * 2 < total
    )


def _row(page: _Page, blocks: list[_Block]) -> _Block:
    first = blocks[0]
    assert first.cell is not None
    cells = [""] * max(page.rows[first.cell[:2]], 1)
    for block in blocks:
        assert block.cell is not None
        at = block.cell[2] - 1
        if 0 <= at < len(cells):
            cells[at] = f"{cells[at]} {block.text}".strip()
    text = " | ".join(cells).strip(" |") if len(cells) > 1 else cells[0]
    linked = sum(block.linked for block in blocks)
    return _Block(text, linked, page.parents[first.element], heading=False, furniture=first.furniture, cell=first.cell)


def _weight(block: _Block) -> int:
    """How much running text a block is."""
    if block.furniture:
        return 0
    own = len(block.text) - block.linked
    if own < _GOOD_BLOCK or block.linked > own:
        return 0
    marks = len(_STOPS.findall(block.text))
    if block.cell is not None and " | " in block.text:
        return own // 2
    return own + 5 * marks if marks else own // 4


def _body(page: _Page) -> tuple[set[int], bool]:
    """The blocks of the body, and whether it stands out from the rest of the page."""
    weights = [_weight(block) for block in page.blocks]
    totals = [0] * len(page.parents)
    for block, weight in zip(page.blocks, weights, strict=True):
        totals[block.element] += weight
    children: dict[int, int] = {}  # element -> its weightiest child
    for element in range(len(totals) - 1, 0, -1):
        parent = page.parents[element]
        totals[parent] += totals[element]
        if parent not in children or totals[element] >= totals[children[parent]]:
            children[parent] = element
    if not totals[0]:
        return {n for n, block in enumerate(page.blocks) if not _is_litter(block)}, False
    known = [element for element in page.bodies if totals[element] >= _KNOWN_BODY * totals[0]]
    # Of elements within each other the innermost that still holds nearly all is the tightest fit.
    best = 0
    if known:
        most = max(totals[element] for element in known)
        best = max(element for element in known if totals[element] >= 0.9 * most)
    else:
        while (child := children.get(best)) is not None and totals[child] >= _DOMINANT * totals[best]:
            best = child
    inside = _inside(page.parents, best)
    chosen: set[int] = set()
    for n, block in enumerate(page.blocks):
        if block.element not in inside or block.furniture:
            continue
        if _CUT.match(block.text) and len(chosen) >= 2 and sum(weights[:n]) > 0.5 * sum(weights):
            break
        if not _is_litter(block):
            chosen.add(n)
    return chosen, totals[best] >= 0.5 * totals[0] and totals[best] >= 60


def _inside(parents: list[int], element: int) -> set[int]:
    # A child always has a greater index than its parent.
    inside = {element}
    for n in range(element + 1, len(parents)):
        if parents[n] in inside:
            inside.add(n)
    return inside


def _is_litter(block: _Block) -> bool:
    own = len(block.text) - block.linked
    if block.furniture:
        return True
    if block.linked > 1.5 * own and not (own >= 8 and _SENTENCE.search(block.text)):
        return True
    return len(block.text) <= 60 and _LITTER.match(block.text) is not None


def _same(text: str, title: str) -> bool:
    return _plain(text) == _plain(title)


def _plain(text: str) -> str:
    return re.sub(r"[\s\W_]+", "", text)


def _title(page: _Page, meta: PageMeta, body: set[int]) -> tuple[str | None, int]:
    """The title as the page shows it, and its block (-1 where it is only in the head of the page)."""
    if page.marked_title:
        return page.marked_title, -1
    first = min(body, default=0)
    claims = [_plain(claim) for claim in (*meta.titles, meta.window) if claim]
    best: tuple[int, int] | None = None
    for n, block in enumerate(page.blocks):
        if len(block.text) < 4 or len(block.text) > 150 or (n > first + 5 and not block.heading):
            continue
        plain = _plain(block.text)
        stated = plain and any(plain in claim or (len(claim) >= 6 and claim in plain) for claim in claims)
        if not stated or block.linked * 2 > len(block.text):
            continue
        rank = len(plain) + (20 if block.heading else 0)
        if best is None or rank > best[0]:
            best = rank, n
    if best is not None and best[0] >= 6:
        return page.blocks[best[1]].text, best[1]
    if meta.titles:
        return meta.titles[0], -1
    headings = [n for n, block in enumerate(page.blocks) if block.heading and n <= first + 2 and not _is_litter(block)]
    if headings:
        return page.blocks[headings[-1]].text, headings[-1]
    return meta.window, -1


def _date_line(page: _Page, title_at: int, body: set[int]) -> list[int]:
    """The blocks that say when, where and by whom the page was published: short, around title and first paragraph."""
    paragraphs = [n for n in sorted(body) if len(page.blocks[n].text) >= 40 and n > title_at]
    first = paragraphs[0] if paragraphs else min(body, default=0) + 3
    begin = title_at + 1 if 0 <= title_at < first else max(0, first - 8)
    line = [n for n in _range(begin, first, page) if _is_date_line(page.blocks[n])]
    if not any(date_in(page.blocks[n].text) for n in line):
        # Some pages print it above the title, some below the article.
        near = [n for n in _range(max(0, title_at - 3), title_at, page) if _is_date_line(page.blocks[n])]
        line = [*near, *line]
    return line


def _range(begin: int, end: int, page: _Page) -> Iterable[int]:
    return range(max(begin, 0), min(end, len(page.blocks)))


def _is_date_line(block: _Block) -> bool:
    return len(block.text) <= 120 and not _SENTENCE.search(block.text) and _DATE_LINE.search(block.text) is not None
