"""The paragraphs of a rendition and what each of them is, looked at alone.

Comes in: folded text. Goes out: one `Line` a paragraph, in reading order. What a line means for its neighbours
(headline or subhead, caption or body) is decided in `yanzhen.frame.articles`.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from yanzhen.frame.dates import Written, full_day, line_date, stray_day, title_date
from yanzhen.frame.names import BULLETS, byline, read_signature, tail_signature
from yanzhen.frame.words import furniture, media_endings

if TYPE_CHECKING:
    from yanzhen.fold import Folded

Kind = Literal[
    "body", "short", "byline", "credit", "caption", "label", "meta", "junk", "stop", "tail", "column", "numbered",
    "origin", "masthead", "row", "item", "note",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph of the clean text.

    Attributes:
        start, end: clean offsets of the whole paragraph.
        text: its clean text.
        spaced: the same with a space where the page had one; of long paragraphs only their beginning is meant.
        kind: what it is.
        lead: length of an opening such as `本报讯(记者 …)`, 0 for none.
        tail: offset in the paragraph where names after the last sentence begin, its length for none.
        authors: names in byline, lead or tail.
        source: publisher a lead or a `来源:` names.
        written: a date the line gives as that of the page or article.
        open_end: running text that stops within a sentence.
    """

    start: int
    end: int
    text: str
    spaced: str
    kind: Kind
    lead: int = 0
    tail: int = -1
    authors: tuple[str, ...] = ()
    source: str | None = None
    written: Written | None = None
    open_end: bool = False


SHORT = 48  # longest headline line; measured on newspaper pages: 98 % of headlines have fewer than 40 characters
_STOPS = "。!?;…”』」》)）.~"
_SENTENCE_END = re.compile(r"[。!?…][”’)）》]{0,2}$")
_CLAUSE = re.compile(r"[,。;]")
_HASHTAG = re.compile(r"(?:#[^#\s]{1,30}#?){1,6}")
_ITEM = re.compile(r"[·•\-]?\s?[^\d].{6,60}?[\s(\[]?(?:20\d\d[-/.年])?\d{1,2}[-/.月]\d{1,2}日?[)\]]?")
_ROW_HEAD = re.compile(r"指标|单位|同比|序号|名称|备注|数量|合计|总量|绝对值|增长|比重|增速|排名|金额")
_NUMBERED = re.compile(
    r"(?:第?[一二三四五六七八九十]{1,3}[、.]|第[一二三四五六七八九十百]{1,3}[章节条]|[(（][一二三四五六七八九十\d]{1,2}[)）]|"
    r"\d{1,2}[.、](?!\d)|[①-⑩]|[●■◆◇○◎▪])"
)
_CAPTION = re.compile(
    r"[(（]?(?:[上下左右题]?图[①-⑩\d一二三四五]{0,2}(?:为|系)|图片为|图中|[上下左右题]图[:,]|图[①-⑩\d]{1,2}[:,为])"
)
_PHOTO_NEWS_END = re.compile(
    r"[。”]?[(（]?(?:[\u4e00-\u9fff/·]{2,12}(?:记者|通讯员))?[\u4e00-\u9fff、/·\s]{2,14}(?:摄|供图|摄影报道|文/图)[)）]?$"
)
_LABEL = re.compile(r"[△▲▽▼↑↓←→](?=\S)")
_OUTLET = r"[\u4e00-\u9fffA-Za-z0-9·\-]{1,16}?(?:报|网|社|台|刊|客户端|新闻|在线|融媒体?|传媒|发布|观察|央视|新媒体)"
_LEAD = re.compile(
    rf"(?:【[^】]{{1,20}}】)?(?!近日|日前|据|在|记者|为|以)(?:(?P<own>本报|本刊|本网|本台|本社)|(?P<outlet>{_OUTLET}))"
    r"\s?(?:(?P<place>[\u4e00-\u9fff]{0,6}?)\s?(?P<day>(?:20\d\d年)?(?:\d{1,2}月)?\d{1,2}日)?(?:讯|电)|综合消息|消息|综合)"
    r"(?=[\s(:,]|$)"
)
_LEAD_AUTHORS = re.compile(r"\s?[(](?P<who>[^()]{2,60})[)]\s?|\s(?P<bare>(?:记者|通讯员)\s?[^,。;:]{2,30})$")
_LEAD_PLAIN = re.compile(
    r"\s?(?P<who>(?:本报|本网)?(?:记者|通讯员)[^,。;]{2,30}?)(?:报道[:,]?|:|\s(?=[\u4e00-\u9fff\d]{2}))"
)
_OPENING_AUTHORS = re.compile(
    r"[(](?P<who>(?:本报|本网|[\u4e00-\u9fff]{2,6}报)?\s?(?:见习|全媒体|融媒体)?(?:记者|通讯员)[^()]{2,50})[)]"
)
_SIGNED_END = re.compile(r"[。)]\s?[(]?((?:20\d\d|二[〇○零]\w{2})年\S{1,3}月\S{1,3}日)(?:印发)?[)]?$")
TIME_OPENING = re.compile(
    r"[“\"]?(?:近日|日前|近期|连日来|最近|昨日|昨天|今日|今天|今晨|上午|下午|记者从|记者获悉|据悉|"
    r"(?:20\d\d年)?\d{1,2}月\d{1,2}日|\d{1,2}日[,上下]|刚刚|不久前|本周|上周|时下|眼下)"
)
_MARK_AT = re.compile(r"讯|电|消息")
_SOURCE = re.compile(
    r"(?:信息来源|文章来源|稿件来源|新闻来源|本文来源|来源于|来源|稿源|转载自|转自|原载)\s?[:/丨|于]?\s?"
    r"(?P<name>[^\s|丨·:,。;()\[\]【】]{2,24}?)"
    r"(?=\s|$|[|丨·,。;()\[\]【】]|作者|编辑|责任|发布|时间|日期|浏览|阅读|点击|字号|\d{4})"
)
_META_WORD = re.compile(
    r"来源|作者|记者|编辑|阅读|浏览|点击|评论|发布|更新|时间|日期|字号|打印|星期|版|责任|分享|收藏|推荐|原创|次数|字体"
)
_ORIGINAL_TITLE = re.compile(r"[(（【]?原标题[:为]?\s?(?P<title>.{4,80}?)[)）】]?$")
# The head and the number of an official document, and the line that addresses its receivers.
_DOCUMENT_HEAD = re.compile(r"(?:文件|[\u4e00-\u9fff]{1,12}[〔(\[]20\d\d[〕)\]]第?\d{1,4}号)$")
_SALUTATION = re.compile(r"^(?:各|[\u4e00-\u9fff]{2,12}(?:各|:$))[^。]{0,60}:$")
_SEPARATORS = re.compile(r"[\s|丨·>»›/,、]+")
_CRUMBS = re.compile(r"[>»›]|::")


def _menu(spaced: str) -> bool:
    """A row of links: several short words without a sentence."""
    if _CRUMBS.search(spaced) and len(spaced) < 60 and not _CLAUSE.search(spaced):
        return True
    words = [word for word in _SEPARATORS.split(spaced) if word]
    known = furniture().menu
    hits = sum(word in known for word in words)
    return len(words) >= 3 and hits >= 2 and hits * 3 >= len(words)


def _row(spaced: str) -> bool:
    """A row of a table: cells of figures, or the names of columns."""
    cells = spaced.split()
    if len(cells) < 3 or max(map(len, cells)) > 20 or _CLAUSE.search(spaced):
        return False
    figures = sum(cell[0].isdigit() or cell[0] in "-+" for cell in cells)
    return figures >= 2 or (len(_ROW_HEAD.findall(spaced)) >= 2 and figures == 0)


def spaced_text(text: str, start: int, gaps: list[int], size: int) -> str:
    """The first `size` characters of a paragraph with a space wherever the page had one."""
    first, last = bisect_right(gaps, start), bisect_left(gaps, start + min(size, len(text)))
    if first >= last:
        return text[:size]
    parts, done = [], 0
    for gap in gaps[first:last]:
        parts.append(text[done : gap - start])
        done = gap - start
    parts.append(text[done:size])
    return " ".join(parts)


def _lead(spaced: str) -> tuple[int, tuple[str, ...], str | None, Written | None]:
    """The opening of a news item in its spaced text: length, authors, publisher, day."""
    head = spaced[:90]
    opening = _OPENING_AUTHORS.match(head)
    if opening is not None:
        signature = read_signature(opening["who"])
        return (opening.end(), signature.authors, None, None) if signature.authors else (0, (), None, None)
    if _MARK_AT.search(head[:40]) is None:
        return 0, (), None, None
    match = _LEAD.match(head)
    if match is None:
        return 0, (), None, None
    at = match.end()
    authors: tuple[str, ...] = ()
    for pattern in (_LEAD_AUTHORS, _LEAD_PLAIN):
        signed = pattern.match(head, at)
        if signed is not None:
            signature = read_signature(next(group for group in signed.groups() if group))
            if signature.authors and signature.rest <= 8:
                authors, at = signature.authors, signed.end()
                break
    while at < len(head) and head[at] in " :,":
        at += 1
    return at, authors, match["outlet"], stray_day(match["day"] or "")


def _unspaced(spaced: str, length: int) -> int:
    """How many clean characters the first `length` spaced ones are, given the gaps shown as spaces."""
    return length - spaced[:length].count(" ")


def _running(text: str) -> bool:
    """Whether a paragraph is running text rather than a heading or a piece of furniture."""
    if len(text) > SHORT:
        return True
    if text[-1] in "!?" and len(text) <= 40 and "。" not in text and text[0] not in "“‘":
        return False  # a headline that asks or exclaims
    return (len(text) > 12 and "。" in text) or (_SENTENCE_END.search(text) is not None and "," in text)


def classify(text: str, start: int, gaps: list[int]) -> Line:
    """One paragraph as a `Line`."""
    end = start + len(text)
    words = furniture()
    size = len(text)
    if size > 160:
        return _body(text, start, gaps)
    spaced = spaced_text(text, start, gaps, size)
    kind = words.exact.get(text.rstrip(".…。>» "))
    if kind is None and text[0] in BULLETS and words.exact.get(text.strip(BULLETS)) == "column":
        kind = "column"
    if kind is None and _HASHTAG.fullmatch(text):
        kind = "junk"
    if kind is not None:
        return Line(start, end, text, spaced, kind)  # type: ignore[arg-type]
    original = _ORIGINAL_TITLE.match(spaced)
    if original is not None and size <= 90:
        return Line(start, end, text, spaced, "origin", lead=original.start("title"), tail=original.end("title"))
    if size <= 120:
        found = words.prefix.match(text.lstrip("([【"))
        if found is not None:
            return _furniture(text, start, spaced, words.prefix_kind[found.group()], gaps)
    if size <= 90:
        written = line_date(spaced)
        if written is not None:
            return _dated(text, start, spaced, written)
        dated = title_date(spaced)
        if dated is not None:
            return Line(start, end, text, dated[1], "short", written=dated[0])
    if size <= 40:
        if _LABEL.match(text) and not _SENTENCE_END.search(text):
            return Line(start, end, text, spaced, "label")
        if words.credit_end.search(text) and not _CLAUSE.search(text):
            return Line(start, end, text, spaced, "credit")
    if size <= 90:
        signature = byline(spaced)
        if signature.authors or signature.others:
            strong = signature.signed or text[0] in "►▶▷■□◆●○★☆▲△◎※"
            return Line(start, end, text, spaced, "byline", lead=int(strong), authors=signature.authors)
    if _row(spaced):
        return Line(start, end, text, spaced, "row")
    if "。" not in text and _ITEM.fullmatch(spaced):
        return Line(start, end, text, spaced, "item")
    if _menu(spaced):
        return Line(start, end, text, spaced, "junk")
    if size <= SHORT and _DOCUMENT_HEAD.search(text):
        return Line(start, end, text, spaced, "junk")
    if _SALUTATION.match(text):
        return Line(start, end, text, spaced, "label")
    if _CAPTION.match(text):
        return Line(start, end, text, spaced, "caption")
    if _running(text):
        return _body(text, start, gaps)
    lead, writers, outlet, day = _lead(spaced)
    if lead >= len(spaced) and (writers or day):
        return Line(start, end, text, spaced, "byline", lead=1, authors=writers, source=outlet, written=day)
    if lead and lead < len(spaced) and size > 20:
        return _body(text, start, gaps)
    if _NUMBERED.match(text):
        return Line(start, end, text, spaced, "numbered")
    if size <= 12 and media_endings().search(text) and text.endswith(("报", "日报", "晚报", "导报", "时报", "周刊")):
        return Line(start, end, text, spaced, "masthead", source=text)
    return Line(start, end, text, spaced, "short")


def _furniture(text: str, start: int, spaced: str, kind: str, gaps: list[int]) -> Line:
    """A line that begins like furniture: unless it is a sentence of an article that only begins so."""
    end = start + len(text)
    sentence = text.endswith("。") or (len(text) > 60 and "。" in text)
    if sentence and kind in {"credit", "meta", "tail"} and not _SOURCE.match(spaced):
        return _body(text, start, gaps)
    if sentence and kind in {"junk", "stop"} and len(text) > 40 and ":" not in text[:8]:
        return _body(text, start, gaps)
    source = _SOURCE.search(spaced)
    authors: tuple[str, ...] = ()
    if kind == "meta":
        signature = re.search(
            r"(?:作者|原创)[:丨|/\s]\s?([\u4e00-\u9fff·、\s]{2,30}?)(?=\s(?:来源|编辑|时间|发布|浏览)|来源|$|\d)",
            spaced,
        )
        if signature is not None:
            authors = read_signature("作者 " + signature[1]).authors
        elif _META_WORD.match(text) is None and not re.search(r"[:\d]", text):
            return Line(start, end, text, spaced, "short")
    written = line_date(spaced, labelled=True)
    return Line(
        start, end, text, spaced, kind,  # type: ignore[arg-type]
        authors=authors, source=source["name"] if source and kind == "meta" else None, written=written,
    )  # fmt: skip


def _dated(text: str, start: int, spaced: str, written: Written) -> Line:
    """A date line; what stands beside the date may be the publisher."""
    source = _SOURCE.search(spaced)
    name = source["name"] if source else written.beside
    author = re.search(r"(?:作者|记者|原创)[:丨|/\s]\s?([\u4e00-\u9fff·、\s]{2,20}?)(?=\s|来源|编辑|$|\d)", spaced)
    authors = read_signature("作者 " + author[1]).authors if author else ()
    return Line(start, start + len(text), text, spaced, "meta", authors=authors, source=name or None, written=written)


def _body(text: str, start: int, gaps: list[int]) -> Line:
    size = len(text)
    spaced = spaced_text(text, start, gaps, 100)
    lead, authors, source, written = _lead(spaced)
    lead = min(_unspaced(spaced, lead), size)
    tail = size
    from_ = max(0, size - 48)
    last = text[-1]
    if last not in "。!?”…":
        ending = spaced_text(text[from_:], start + from_, gaps, size)
        at, names = tail_signature(ending)
        if at >= 0:
            tail = from_ + at - ending[:at].count(" ")
            authors = (*authors, *(name for name in names if name not in authors))
    signed = _SIGNED_END.search(spaced_text(text[from_:], start + from_, gaps, size)) if written is None else None
    if signed is not None:
        written = full_day(signed[1])
    photo = size <= 200 and tail < size and text.rstrip(")）")[-1:] in "摄图" and bool(_PHOTO_NEWS_END.search(text))
    open_end = tail == size and last not in _STOPS and last not in ":："
    return Line(
        start, start + size, text, spaced, "caption" if photo else "body",
        lead=lead, tail=tail, authors=authors, source=source, written=written, open_end=open_end,
    )  # fmt: skip


def lines(folded: Folded) -> list[Line]:
    """Every paragraph, classified. Lines that `fold` joined to a neighbour are parted again where one is furniture."""
    text, original = folded.text, folded.original
    gaps: list[int] = folded.gaps.tolist()
    found: list[Line] = []
    at = 0
    for paragraph in text.split("\n"):
        if paragraph:
            following = text[at + len(paragraph) + 1 : at + len(paragraph) + 61].partition("\n")[0]
            cuts = _cuts(folded, original, at, paragraph, following)
            for a, b in zip([0, *cuts], [*cuts, len(paragraph)], strict=True):
                if a < b:
                    found.append(classify(paragraph[a:b], at + a, gaps))
        at += len(paragraph) + 1
    _name_masthead(found)
    # One month alone on its line is the page's date, several are the headings of a chronicle.
    months = [i for i, line in enumerate(found) if line.written is not None and line.written.day is None]
    for i in months if len(months) > 1 else ():
        found[i] = replace(found[i], kind="short", written=None)
    # One line that ends with a day is a headline, several are a list of other pages.
    items = [i for i, line in enumerate(found) if line.kind == "item"]
    for i in items:
        found[i] = replace(found[i], kind="junk" if len(items) > 1 else "short")
    return found


def _name_masthead(found: list[Line]) -> None:
    """An account or paper that names itself above the headline: short, at the very top, something else under it."""
    for i, line in enumerate(found[:3]):
        if line.kind != "short" or len(line.text) > 10 or media_endings().search(line.text) is None:
            continue
        below = found[i + 1 : i + 6]
        body = next((k for k, other in enumerate(below) if other.kind in {"body", "caption"}), len(below))
        if any(other.kind in {"short", "origin"} for other in below[:body]):
            found[i] = replace(line, kind="masthead", source=line.text)


_ENDED = re.compile(r"[。!?…][”’]?(?:[(（][^()（）]{2,20}[)）])?$|摄[)）]?$")
_SIGNED_LINE = re.compile(r"[。!?…”][(（]?[^()（）。,]{2,20}[)）]$|(?:摄|供图|摄影报道)[)）]?$")
_HEADLINE = re.compile(r"[^。;,]{6,40}(?:[,][^。;,]{2,30})?")


def _cuts(folded: Folded, original: str, start: int, paragraph: str, following: str) -> list[int]:
    """Where a paragraph was put together of lines of which one is plainly furniture, byline, opening or headline;
    `following` is how the paragraph after it begins.
    """
    begin, end = folded.to_original(start, start + len(paragraph))
    if original.find("\n", begin, end) < 0:
        return []
    pieces: list[tuple[int, str]] = []
    at = begin
    for raw in original[begin:end].split("\n"):
        if raw.strip():
            low, high = folded.to_clean(at, at + len(raw))
            pieces.append((low - start, paragraph[max(0, low - start) : high - start]))
        at += len(raw) + 1
    cuts = _headline_cuts(pieces, following)
    if len(paragraph) <= 400:
        wrapped = len(pieces) > 6  # a column's lines, whose beginnings mean nothing
        apart = [_stands_alone(piece, wrapped=wrapped) for _, piece in pieces]
        cuts |= {
            offset
            for (offset, after), here, before in zip(pieces[1:], apart[1:], apart, strict=False)
            if here or before or (after and _LEAD.match(after) is not None)
        }
    return sorted(offset for offset in cuts if 0 < offset < len(paragraph))


def _headline_cuts(pieces: list[tuple[int, str]], following: str) -> set[int]:
    """The beginning and end of every printed line that is a headline: what is before it has ended, an article opens
    behind it.
    """
    found: set[int] = set()
    for k in range(1, len(pieces)):
        offset, line = pieces[k]
        before = pieces[k - 1][1]
        if not before or not line or not _ENDED.search(before):
            continue
        signed = _SIGNED_LINE.search(before) is not None
        if signed and len(before) > 20:
            found.add(offset)  # a signature or a photographer ends an article
        if _HEADLINE.fullmatch(line) is None or line[-1] in ",、:":
            continue
        after = pieces[k + 1][1] if k + 1 < len(pieces) else following
        if after and (signed or _opens(after)):
            found.add(offset)
            if k + 1 < len(pieces):
                found.add(pieces[k + 1][0])
    return found


def _opens(line: str) -> bool:
    """Whether a line begins an article: its byline, its opening, or the time of its news."""
    if _MARK_AT.search(line[:40]) is not None and _LEAD.match(line) is not None:
        return True
    return TIME_OPENING.match(line) is not None or (len(line) <= 40 and byline(line).signed)


def _stands_alone(piece: str, *, wrapped: bool) -> bool:
    """Whether a printed line is no part of the text around it."""
    if not piece or len(piece) > 60:
        return False
    if piece in furniture().exact:
        return True
    if wrapped:
        return False
    line = classify(piece, 0, [])
    if line.kind == "credit":
        photographer = len(piece) <= 14 and piece.rstrip(")）")[-1:] in "摄图"
        return photographer or furniture().prefix.match(piece.lstrip("([【")) is not None
    if line.kind == "byline":
        return line.lead == 1
    if piece.startswith("——"):
        return True
    return line.kind in {"junk", "meta", "stop", "tail", "column", "origin", "masthead", "note", "item"}
