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
_SIGNED = re.compile(r"(?:\A|[\s_-])(?:author|authors|writer|reporter|zuozhe|byline)(?:\Z|[\s_-])", re.IGNORECASE)
_HIDDEN = re.compile(r"display\s{0,5}:\s{0,5}none", re.IGNORECASE)

_BLANKS = re.compile(r"[ \t\r\n\f\v\u00a0\u2002-\u200a\u3000]+")
_UNSEEN = re.compile("[\u200b-\u200f\u2060\ufeff\u00ad]")
_WIDE = "\u2e80-\u9fff\uf900-\ufaff\uff01-\uff60\u3001-\u303f“”‘’…—\U00020000-\U0003ffff"
_BREAK_IN_WIDE = re.compile(rf"(?<=[{_WIDE}])[ \t]{{0,40}}[\r\n][ \t\r\n]{{0,200}}(?=[{_WIDE}])")
_APART = "\u00a0"  # a blank that stays one beside a line break of the source
_STOPS = re.compile(r"[，。；！？：、,;!?]")
_SENTENCE = re.compile(r"[。！？；!?;]")

_DATE_LINE = re.compile(
    r"(?:20|19)\d\d\s?[-/.年]\s?\d{1,2}\s?[-/.月]\s?\d{1,2}|(?:20|19)\d\d\s\d\d/\d\d|\d{1,2}[-月]\d{1,2}日?\s+\d{1,2}:\d\d|"
    r"(?:来源|來源|作者|发布时间|發佈時間|日期|时间|記者|记者)\s?[:：]"
)
_BYLINE = re.compile(
    r"[\u4e00-\u9fff]{0,8}?(?:记者|記者|通讯员|作者|撰文|文/|文｜)[\s:：]{0,2}(?:[\u4e00-\u9fff·]{2,4}[\s、]{0,2}){1,6}(?:文|摄|文/图)?"
)
# What the line with the date says: each part with its value.
_PARTS = re.compile(
    r"(?:https?://|www\.)[\w./?=&-]{3,100}|(?:19|20)\d\d\s\d\d/\d\d|(?:19|20)\d\d\s?[-/.年]\s?\d{1,2}(?:\s?[-/.月]\s?\d{1,2}日?)?|"
    r"\d{1,2}[-/月]\d{1,2}日?|\d{1,2}:\d\d(?::\d\d)?|星期[一二三四五六日天]|第\s?\d{1,3}\s?版\s?[:：]?\s?\S{0,8}|"
    r"(?:来源|來源|稿源|信息来源|文章来源|作者|记者|記者|编辑|責任編輯|责任编辑|责编|审核|发布时间|发布日期|發佈時間|发表时间|更新时间|时间|日期|"
    r"成文日期|发文日期|索引号|发文机构|发文机关|发布机构|发布单位|发文字号|文号|主题分类|分类|供稿|单位|部门|摄影|点击数?|点击率|浏览次数|浏览量?|阅读量?|"
    r"字号|字体|字體)[\s|]{0,3}[:：][\s|]{0,3}[^\s|]{0,24}|默认|特大|超大|打印本页|打印|关闭窗口|关闭|收藏|举报|分享到?|我要评论|评论|"
    r"[大中小号](?=\s|\Z|[】\])|])"
)
# Of those, what is for the reader of the page, not of the text.
_TOOLS = re.compile(
    r"[\s|【\[(（]{0,4}(?:(?<!文)(?:字号|字体|字體)\s?[:：]?(?:\s?(?:默认|特大|超大|[大中小]号?))*|"
    r"(?:浏览次数|浏览量?|点击数?|点击率|阅读量?|阅读次数)\s?[:：]\s?[\[【(]?[\d.,万+次]{0,10}[\]】)]?|打印本页|打印|关闭窗口|关闭|收藏|举报|"
    r"分享[到至]?\s?[:：]?|我要评论(?:\(\d{0,8}\))?|上一篇|下一篇|A-\s?A\s?A\+)[】\])）|]{0,2}"
)
_GLUED = re.compile(r"(?<=\d)(?=来源|來源|作者|记者|記者|编辑|发布)")
_MORE = re.compile(r"\s?(?:(?:返回\S{1,8}[，,]\s?)?(?:点击)?查看更多|返回\S{2,8}首页)\s?[>》]{0,3}\Z")
# Short blocks around an article that are no part of it.
_LITTER = re.compile(
    r"\A[\s\[【(（]*(?:责任编辑|责编|編輯|编辑|审核|校对|复审|终审|初审|二审|三审|监制|上一篇|下一篇|上一页|下一页|相关阅读|相关新闻|相关链接|"
    r"相关推荐|推荐阅读|延伸阅读|热门|猜你喜欢|更多|分享到|分享至|分享|点赞|收藏|在看|打印|关闭|返回|扫一扫|扫码|长按|微信扫|阅读原文|点击|"
    r"字号|字体|大\s?中\s?小|阅读量?\s?[:：\d]|评论\s?[:：\d]|浏览|点击数|免责声明|版权声明|版权所有|声明[:：]|当前位置|您的位置|您现在的位置|"
    r"首页\s?[>》]|[\d\s]{1,20}(?:上|下)一页|往期|本文来源|(?:文章)?关键词\s?[:：>]|标签\s?[:：]|发表评论|网友评论|最新评论|全部评论|热门评论|我要评论|登录|注册|举报|投诉|广告|赞助|Copyright|©|ICP备|京公网安备)"
)
_RIGHTS = re.compile(
    r"未经\S{0,8}(?:授权|许可|允许|同意)|不得(?:擅自)?转载|转载请|请注明(?:出处|来源)|版权所有|(?:新闻)?[报爆]料(?:热线|电话|邮箱)?\s?[:：]|"
    r"本平台仅提供|仅代表作者|责任编辑\s?[:：]|违法和不良信息|意见反馈"
)
_DISCLAIMER = re.compile(
    r"\A[\s\[【(（]{0,2}(?:免责声明|特别声明|版权声明|平台声明|郑重声明|声明)[】\])）\s]{0,2}[:：]?\s?(?=\S{8})"
)
_CUT = re.compile(
    r"\A[\s\[【]*(?:往期推荐|往期回顾|往期精彩|延伸閱讀|相關新聞|大家都在看|相关阅读|相关新闻|相关链接|相关推荐|相关文章|推荐阅读|你可能会?喜欢|大家还在看|精华文章|热点推荐|为你推荐|新闻排行榜?|延伸阅读|猜你喜欢|热门推荐|热门评论|网友评论|最新评论|"
    r"全部评论|发表评论|我要评论|精选留言|留言板|用户评论)(?:\s?[(（]?\d{0,6}[)）]?)?[\s:：\]】]*\Z"
)

_GOOD_BLOCK = 12  # characters outside links from which a block with a punctuation mark is running text
_DOMINANT = 0.62  # share of an element's running text from which its child is entered
_MOST = 0.6  # share of the page's running text that no furniture holds
_KNOWN_BODY = 0.4  # share of the page's running text from which an element named like a body is taken for it


@dataclass(slots=True)
class _Block:
    """A run of text between block-level tags."""

    text: str
    linked: int  # characters of it inside links
    element: int  # index of the innermost block-level element around it
    heading: int  # its level, 0 where it is none
    cell: tuple[int, int, int] | None  # table, row, column
    furniture: bool = False  # is in what surrounds articles


@dataclass(slots=True)
class _Page:
    """All blocks of a page, and for each block-level element its parent and whether it is named like a body."""

    blocks: list[_Block] = field(default_factory=list)
    parents: list[int] = field(default_factory=lambda: [-1])
    bodies: list[int] = field(default_factory=list)
    around: list[int] = field(default_factory=list)  # elements named like furniture
    signed: set[int] = field(default_factory=set)  # elements named like a byline
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
    _settle_furniture(walked)
    body, sure = _body(walked)
    title, title_at = _title(walked, meta, body)
    line = _head(walked, title_at, body)
    secondary = _secondary(walked, title_at, body)
    if title_at > 0 and sum(len(walked.blocks[n].text) for n in body if n < title_at) * 5 < _length(walked, body):
        body = {n for n in body if n > title_at}
    own = {title_at, *line, *secondary}
    paragraphs = [
        block.text
        for n, block in enumerate(walked.blocks)
        if n in body and n not in own and not (title and _same(block.text, title))
    ]
    signed = [walked.blocks[n].text for n in line if walked.blocks[n].element in walked.signed]
    head = " ".join(part for n in line if (part := _TOOLS.sub("", walked.blocks[n].text).strip(" |")))
    head = _GLUED.sub(" ", head)
    text = "\n\n".join(part for part in (title, *(walked.blocks[n].text for n in secondary), head, *paragraphs) if part)
    notes = () if sure or not text else ("no article body stands out: all running text of the page was taken",)
    return Rendered(text, meta.settle(title, head, signed), notes=notes)


def _walk(tree: LexborHTMLParser, budget: Budget) -> _Page:
    page = _Page()
    root = tree.body or tree.root
    if root is None:
        return page
    pieces: list[str] = []
    linked = 0
    element = 0
    heading = link = 0  # the level of the heading, the depth inside links
    tables: list[list[int]] = []  # [table, row, column] of the tables around, innermost last
    table_count = 0

    def flush() -> None:
        nonlocal linked
        if pieces:
            text = _tidy("".join(pieces))
            if text:
                cell = (tables[-1][0], tables[-1][1], tables[-1][2]) if tables and tables[-1][1] else None
                page.blocks.append(_Block(text, min(linked, len(text)), element, heading, cell))
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
                            page.around.append(element)
                        elif _SIGNED.search(names):
                            page.signed.add(element)
                    if tag in _HEADINGS:
                        state = 3
                        heading = int(tag[1])
                        if "activity-name" in names:
                            page.marked_title = _tidy(node.text())
                    elif tag == "table":
                        state = 4
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
                    heading = 0
                elif state == 4:
                    tables.pop()
            following = node.next if stack else None
        node = following
    flush()
    return page


def _tidy(text: str) -> str:
    if "\n" in text:
        text = _BREAK_IN_WIDE.sub("", text)
    if "更多" in text or "返回" in text:
        text = _MORE.sub("", text)
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
    return _Block(text, linked, page.parents[first.element], 0, first.cell)


def _settle_furniture(page: _Page) -> None:
    """Mark the blocks within elements named like furniture; one that holds most of the page is named by chance."""
    if not page.around:
        return
    totals = [0] * len(page.parents)
    for block in page.blocks:
        totals[block.element] += _weight(block)
    for element in range(len(totals) - 1, 0, -1):
        totals[page.parents[element]] += totals[element]
    named = {element for element in page.around if totals[element] < _MOST * totals[0]}
    inside = [False] * len(page.parents)
    for element in range(1, len(inside)):
        inside[element] = element in named or inside[page.parents[element]]
    for block in page.blocks:
        block.furniture = inside[block.element]


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
    if len(block.text) <= 400 and _DISCLAIMER.match(block.text):
        return True
    return len(block.text) <= 60 and (_LITTER.match(block.text) or _RIGHTS.search(block.text)) is not None


def _same(text: str, title: str) -> bool:
    return _plain(text) == _plain(title)


def _plain(text: str) -> str:
    return re.sub(r"[\s\W_]+", "", text)


def _title(page: _Page, meta: PageMeta, body: set[int]) -> tuple[str | None, int]:
    """The title as the page shows it, and its block (-1 where it is only in the head of the page)."""
    if page.marked_title:
        return page.marked_title, -1
    first = min(body, default=0)
    window = meta.window if meta.window != meta.owner else None  # else it names the site alone
    claims = [_plain(claim) for claim in (*meta.titles, window) if claim]
    best: tuple[int, int] | None = None
    for n, block in enumerate(page.blocks):
        if len(block.text) < 4 or len(block.text) > 150 or (n > first + 5 and not block.heading):
            continue
        plain = _plain(block.text)
        # A sentence that mentions the name of the site is not its title.
        stated = plain and any(
            plain in claim or (len(claim) >= 6 and claim in plain and len(plain) < 1.5 * len(claim) + 4)
            for claim in claims
        )
        if not stated or block.linked * 2 > len(block.text):
            continue
        rank = len(plain) + (20 if block.heading else 0)
        if best is None or rank > best[0]:
            best = rank, n
    if best is not None and best[0] >= 6:
        return page.blocks[best[1]].text, best[1]
    if meta.titles:
        return meta.titles[0], -1
    at = _heading(page, first)
    if at < 0:
        at = _above_date_line(page, first)
    return (page.blocks[at].text, at) if at >= 0 else (meta.window, -1)


def _heading(page: _Page, first: int) -> int:
    """The heading of the highest level before the body, the last of them; -1 where there is none, or are several."""
    found = [
        (block.heading, n)
        for n, block in enumerate(page.blocks)
        if block.heading and not _is_litter(block) and not _BYLINE.fullmatch(block.text)
    ]
    highest = min((level for level, _ in found), default=0)
    before = [n for level, n in found if level == highest and n <= first + 2]
    after = [n for level, n in found if level == highest and n > first + 2]
    return before[-1] if before and not after else -1


def _above_date_line(page: _Page, first: int) -> int:
    """The short block above the line with the date, as old pages have it; -1 where there is none."""
    for n in _range(1, first + 2, page):
        above = page.blocks[n - 1]
        if _is_date_line(page.blocks[n]) and date_in(page.blocks[n].text):
            short = 4 <= len(above.text) <= 60 and not _SENTENCE.search(above.text, 0, len(above.text) - 1)
            if short and not _is_litter(above) and above.linked * 2 < len(above.text):
                return n - 1
    return -1


def _head(page: _Page, title_at: int, body: set[int]) -> list[int]:
    """The blocks between title and text that say when, where and by whom it was published, and secondary headlines."""
    texts = [n for n in sorted(body) if n > title_at and not _is_date_line(page.blocks[n])]
    paragraphs = [n for n in texts if len(page.blocks[n].text) >= 40]
    first = paragraphs[0] if paragraphs else min(body, default=0) + 3
    begin = title_at + 1 if 0 <= title_at < first else max(0, first - 8)
    head: list[int] = []
    text = False  # the byline of an article further down stays where it is
    for n in _range(begin, first, page):
        if _is_date_line(page.blocks[n]) or (not text and _is_byline(page, n)):
            head.append(n)
        else:
            text = text or n in body
    if not any(date_in(page.blocks[n].text) for n in head):
        # Some pages print it above the title.
        head = [*(n for n in _range(title_at - 3, title_at, page) if _is_date_line(page.blocks[n])), *head]
    return head


def _is_byline(page: _Page, n: int) -> bool:
    block = page.blocks[n]
    return len(block.text) <= 40 and (block.element in page.signed or _BYLINE.fullmatch(block.text) is not None)


def _secondary(page: _Page, title_at: int, body: set[int]) -> list[int]:
    """The headings set above and below that of the title: they say what it leaves out."""
    if title_at < 0 or not page.blocks[title_at].heading:
        return []
    parent = page.parents[page.blocks[title_at].element]
    return [
        n
        for n in _range(title_at - 1, title_at + 3, page)
        if n != title_at
        and n not in body
        and page.blocks[n].heading
        and page.parents[page.blocks[n].element] == parent
        and not _is_litter(page.blocks[n])
        and not _BYLINE.fullmatch(page.blocks[n].text)
    ]


def _length(page: _Page, body: set[int]) -> int:
    return sum(len(page.blocks[n].text) for n in body)


def _range(begin: int, end: int, page: _Page) -> Iterable[int]:
    return range(max(begin, 0), min(end, len(page.blocks)))


def _is_date_line(block: _Block) -> bool:
    """Whether a block consists of date, source and the like; a line of a list of links has a title beside its date."""
    text = block.text
    if len(text) > 200 or block.linked * 10 > 8 * len(text) or _SENTENCE.search(text) or not _DATE_LINE.search(text):
        return False
    rest = len(_plain(_PARTS.sub(" ", text)))
    return rest <= (7 if block.linked else 16)
