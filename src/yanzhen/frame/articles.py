"""Which lines make which article: where one starts, what its title is, what on the page belongs to none.

A newspaper page holds many articles, told apart by what stands around a headline: a byline, an opening (`本报讯`), the
signature that ended the article before. A headline without any of these is a subhead unless its own first sentence
says the same as it does. A page saved from the web holds one article inside menus, lists and comments.
"""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from yanzhen.frame.lines import TIME_OPENING
from yanzhen.frame.words import media_endings

if TYPE_CHECKING:
    from yanzhen.frame.dates import Written
    from yanzhen.frame.lines import Line

BODY = frozenset({"body"})
SKIPPED = frozenset({"credit", "junk", "meta", "column", "byline", "masthead", "label"})
TITLE_LINES = 3
TITLE_SIZE = 80
# Of the bigrams of a headline, the share that its own first sentences repeat; subheads of the seeds lie below a third.
ECHO = 0.5
WEAK_START = 2.4

_PLACE_COLON = re.compile(r"^[^:,。]{2,14}(?:区|园|城|市|县|港|州|岛|基地|公司|集团|大学|院|局|办|镇|湾|谷)\s?[:|丨]")
_AREA = re.compile(r"[\u4e00-\u9fff]{2}(?:高新区|经开区|开发区|工业园|产业园|综保区|保税区|自贸区|科学城|新区|示范区)")
_SITE_CUT = re.compile(r"\s*(?:[|_丨]|\s[-–—]{1,2}\s?|(?<=[\u4e00-\u9fff”》!?])[-–—]{1,2}(?=[\u4e00-\u9fffA-Za-z]))\s*")
_END_STOP = re.compile(r"[。!?…][”’』」)）》]{0,2}$")


@dataclass(slots=True)
class Piece:
    """An article being put together: indices into the lines of the page."""

    title: list[int] = field(default_factory=list)
    body: list[int] = field(default_factory=list)
    extra: list[int] = field(default_factory=list)  # furniture within: bylines, credits of a caption
    authors: list[str] = field(default_factory=list)
    written: Written | None = None
    source: str | None = None
    heading: str | None = None  # the title, where it is not the text of the title lines
    closed: bool = False  # a signature ended it

    def sign(self, authors: tuple[str, ...]) -> None:
        self.authors += [name for name in authors if name not in self.authors]


@dataclass(slots=True)
class Page:
    """A page taken apart.

    Attributes:
        pieces: its articles, in order of their first line.
        written: the date of the page itself.
        publisher: a masthead, a source line or the site's name in the page's title.
    """

    pieces: list[Piece]
    written: Written | None
    publisher: str | None


def bigrams(text: str) -> set[str]:
    return {a + b for a, b in itertools.pairwise(text)}


def echo(title: str, body: str) -> float:
    """Share of a headline's bigrams that the beginning of a text repeats."""
    grams = bigrams(re.sub(r"[^\w]", "", title))
    return sum(gram in body for gram in grams) / len(grams) if grams else 0.0


def _next(page: list[Line], i: int, skipped: frozenset[str]) -> int:
    while i < len(page) and page[i].kind in skipped:
        i += 1
    return i


def _title_run(page: list[Line], i: int) -> list[int]:
    """The headline lines that end just before line `i`, column names and furniture passed over."""
    run: list[int] = []
    size = 0
    while i > 0 and len(run) < TITLE_LINES:
        line = page[i - 1]
        if line.kind in {"credit", "junk", "meta", "label"} and not run:
            i -= 1
            continue
        if line.kind not in {"short", "numbered"} or size + len(line.text) > TITLE_SIZE:
            break
        if line.kind == "numbered" and (run or not line.text[:2].isdigit()):
            break
        run.insert(0, i - 1)
        size += len(line.text)
        i -= 1
    return run


def _continues(page: list[Line], i: int) -> bool:
    """Whether the running text before line `i` stopped within a sentence."""
    for j in range(i - 1, max(-1, i - 6), -1):
        if page[j].kind == "body":
            return page[j].open_end
        if page[j].kind == "byline":
            return False
    return False


def _is_start_byline(page: list[Line], i: int) -> bool:
    """Whether a byline stands at the head of an article: a headline before it, text after it."""
    j = _next(page, i + 1, frozenset({"byline", "credit", "junk", "meta", "label", "column"}))
    if j >= len(page) or page[j].kind not in {"body", "numbered", "short", "caption"}:
        return False
    before = i - 1
    while before >= 0 and page[before].kind in {"byline", "credit", "junk", "meta", "label"}:
        before -= 1
    headed = before >= 0 and page[before].kind in {"short", "origin"}
    if page[j].kind in {"short", "numbered"}:
        # A signature between an article's end and the next headline, unless a subhead opens the article.
        return headed and bool(page[i].lead)
    return headed or (before < 0 and bool(page[i].lead))


def _strong_starts(page: list[Line]) -> dict[int, list[int]]:
    """Every line at which an article certainly starts (first line of body or byline) and its headline lines."""
    starts: dict[int, list[int]] = {}
    taken = -1
    for i, line in enumerate(page):
        heads = False
        if line.kind in {"body", "caption"} and line.lead:
            heads = True
        elif line.kind == "byline":
            heads = _is_start_byline(page, i)
        if not heads:
            continue
        first = i
        while first > 0 and page[first - 1].kind in {"byline", "credit", "junk", "meta", "label"}:
            first -= 1
            if page[first].kind == "byline" and not _is_start_byline(page, first):
                first += 1
                break
        run = _title_run(page, first)
        if not run and any(s for s in starts if first <= s < i):
            continue  # byline and opening of one article
        if run and run[-1] == taken:
            continue
        if not run and line.kind == "byline":
            continue
        if not run and line.lead and _continues(page, i):
            continue
        if run:
            taken = run[-1]
        starts[i] = run
    return starts


def _weak_start(page: list[Line], run: list[int], body: int, closed: bool) -> float:
    """How much speaks for a headline rather than a subhead."""
    title = "".join(page[k].text for k in run)
    text = page[body].text[:160]
    score = 0.0
    before = run[0] - 1
    while before >= 0 and page[before].kind in {"credit", "junk", "label"}:
        before -= 1
    if before >= 0 and page[before].kind == "column":
        score += 1.5
    if closed:
        score += 2.0
    if TIME_OPENING.match(text):
        score += 1.0
    alike = echo(title, text)
    score += 1.5 if alike >= ECHO else 0.5 if alike >= 0.34 else 0.0
    if _PLACE_COLON.match(page[run[0]].spaced) or _PLACE_COLON.match(page[run[-1]].spaced):
        score += 1.0
    if any(page[k].kind == "numbered" for k in run):
        score -= 2.5
    if len(title) < 8:
        score -= 1.0
    if _continues(page, run[0]):
        score -= 1.5
    return score


def _site_title(text: str) -> tuple[str, str | None]:
    """A page's own title line without the site's name, and that name."""
    parts = [part for part in _SITE_CUT.split(text) if part]
    if len(parts) < 2:
        return text, None
    site = parts[-1]
    if len(site) > 16 or not (media_endings().search(site) or len(parts) > 2):
        return text, None
    longest = max(parts[:-1], key=len)
    return (longest, site) if len(longest) >= 6 else (text, None)


def _same_title(one: str, other: str) -> bool:
    a, b = re.sub(r"\W", "", one), re.sub(r"\W", "", other)
    return len(a) >= 6 and len(b) >= 6 and (a in b or b in a)


def _web_title(page: list[Line], first_body: int, given: str) -> tuple[list[int], str | None, str | None]:
    """Title lines of a page with one article: indices, the title where it differs from them, and the site."""
    site: str | None = None
    candidates: list[int] = []
    cleaned: dict[int, str] = {}
    for i in range(first_body):
        line = page[i]
        if line.kind == "origin":
            for k in range(i):
                site = site or _site_title(page[k].spaced)[1]
            return [i], line.spaced[line.lead : line.tail].strip(" )）】"), site
        if line.kind == "short":
            title, name = _site_title(line.spaced)
            site = site or name
            cleaned[i] = title
            candidates.append(i)
    if given:
        bare, name = _site_title(given)
        site = site or name
        for i in candidates:
            if _same_title(cleaned[i], bare):
                j = i
                while j + 1 in cleaned and _same_title(page[j + 1].text, bare):
                    j += 1
                return list(range(i, j + 1)), None if len(cleaned[i]) >= len(bare) - 2 else bare, site
        return [], bare, site
    # The page's title repeats the headline.
    for i in candidates:
        for k in candidates:
            if i < k and _same_title(cleaned[i], cleaned[k]):
                plain = i if cleaned[i] == page[i].spaced and cleaned[k] != page[k].spaced else k
                return [plain], cleaned[plain], site
    # The headline stands right above the date or source line, else it comes first.
    for i in range(first_body):
        if page[i].kind == "meta" and (page[i].written is not None or page[i].source):
            run = _title_run(page, i)
            if run:
                return _joined(run, cleaned, page), _cleaned(run, cleaned, page), site
    if candidates:
        run = [candidates[0]]
        while run[-1] + 1 in cleaned and len(run) < TITLE_LINES:
            run.append(run[-1] + 1)
        return run, _cleaned(run, cleaned, page), site
    return [], None, site


def _joined(run: list[int], cleaned: dict[int, str], page: list[Line]) -> list[int]:  # noqa: ARG001
    return [k for k in run if k in cleaned] or run


def _cleaned(run: list[int], cleaned: dict[int, str], page: list[Line]) -> str | None:
    """The headline, where the site's name had to be cut off it."""
    if all(cleaned.get(k, page[k].spaced) == page[k].spaced for k in run):
        return None
    return " ".join(cleaned.get(k, page[k].spaced) for k in run)


def take_apart(page: list[Line], given: str = "") -> Page:
    """The articles of a page.

    Args:
        page: its lines.
        given: the title that the file's metadata gives, empty for none.
    """
    strong = _strong_starts(page)
    bodies = [i for i, line in enumerate(page) if line.kind in {"body", "caption"}]
    web = _is_web(page, given)
    publisher = next((line.source for line in page if line.kind == "masthead"), None)
    if web and len(strong) <= 1:
        pieces, written, site = _single(page, bodies, strong, given)
        publisher = publisher or next((p.source for p in pieces if p.source), None) or site
        return Page(pieces, written, publisher)
    pieces, written = _several(page, bodies, strong)
    return Page(pieces, written, publisher or _common_source(page, pieces))


def _common_source(page: list[Line], pieces: list[Piece]) -> str | None:
    sources = [piece.source for piece in pieces if piece.source]
    sources += [line.source for line in page if line.kind == "meta" and line.source]
    return max(set(sources), key=lambda name: (sources.count(name), -sources.index(name))) if sources else None


_WEB_WORDS = re.compile(
    r"点击关闭|原标题|网友|阅读|浏览|发布时间|发布日期|发表时间|当前位置|您的位置|首页|上一篇|下一篇|责任编辑|返回|打印|关闭|分享|扫一扫|"
    r"相关|版权|ICP|推荐|客户端|公众号|关注我们|字号|来源"
)


def _is_web(page: list[Line], given: str) -> bool:
    """Whether the page was saved from the web: one article among menus, counters, comments."""
    if given:
        return True
    return any(
        line.kind in {"junk", "stop", "tail", "origin", "meta"} and _WEB_WORDS.search(line.text) is not None
        for line in page
    )


def _single(
    page: list[Line],
    bodies: list[int],
    strong: dict[int, list[int]],  # noqa: ARG001 - one signature for every kind of page
    given: str,
) -> tuple[list[Piece], Written | None, str | None]:
    """The one article of a web page, whatever the order of its paragraphs."""
    stop = len(page)
    resumed: set[int] = set()
    began = False
    listing = False
    for i, line in enumerate(page):
        if line.kind in {"body", "caption"} and len(line.text) >= 12:
            if listing and not _is_prose(line):
                resumed.add(i)  # a teaser in a list of other articles
            else:
                began, listing = True, False
        elif line.kind == "stop" and began:
            stop = i
            break
        elif line.kind == "tail":
            listing = True
        elif listing:
            resumed.add(i)
    bodies = [i for i in bodies if i < stop and i not in resumed]
    first = bodies[0] if bodies else stop
    title, heading, site = _web_title(page, first, given)
    if not bodies and not title:
        return [], None, site
    piece = Piece(title=title, heading=heading)
    begin = title[-1] + 1 if title else 0
    # Where the headline's position is known, what stands before it is the page's.
    for i in range(begin if title else first, stop):
        line = page[i]
        if i in resumed or i in title:
            continue
        if line.kind in {"body", "caption"} or (
            line.kind in {"short", "numbered", "label", "row", "column"} and (i > first or line.kind == "row")
        ):
            piece.body.append(i)
        elif line.kind == "byline":
            piece.extra.append(i)
        if line.kind in {"byline", "body", "caption", "meta"}:
            piece.sign(line.authors)
        if line.source and line.kind in {"meta", "body"} and piece.source is None:
            piece.source = line.source
    if not bodies:
        piece.body = [i for i in range(begin, stop) if page[i].kind in {"short", "numbered", "label"}]
    _trim(page, piece)
    written = _page_date(page, range(stop))
    piece.written = written
    return [piece], written, site


def _is_prose(line: Line) -> bool:
    """Whether a paragraph after a list of other headlines goes on with the article, rather than being a teaser."""
    return len(line.text) >= 30 and _END_STOP.search(line.text) is not None


def _trim(page: list[Line], piece: Piece) -> None:
    """Drop headings and labels that the article's last sentence is not followed by anything of."""
    while piece.body and page[piece.body[-1]].kind in {"short", "label", "column"} and len(piece.body) > 1:
        if any(page[i].kind in {"body", "caption"} for i in piece.body[:-1]):
            piece.body.pop()
        else:
            break


def _page_date(page: list[Line], span: range) -> Written | None:
    """The best date a line of furniture gives: with its year before without, labelled first, then the first."""
    found = [page[i].written for i in span if page[i].written is not None and page[i].kind != "body"]
    dates = [written for written in found if written is not None]
    if not dates:
        return None
    return min(dates, key=lambda w: (*w.rank, dates.index(w)))


def _several(page: list[Line], bodies: list[int], strong: dict[int, list[int]]) -> tuple[list[Piece], Written | None]:  # noqa: ARG001
    """The articles of a newspaper page or of a plain text."""
    heads = {run[0]: (run, i) for i, run in strong.items() if run}
    bare = {i for i, run in strong.items() if not run}
    pieces: list[Piece] = []
    current: Piece | None = None
    orphans: list[int] = []
    many = len(strong) >= 2
    stopped = listing = False
    first_head = min([*heads, len(page)])
    i = 0
    while i < len(page):
        line = page[i]
        if i in heads:
            run, _at = heads[i]
            current = Piece(title=_without_deck(page, run), body=[k for k in run if page[k].text.startswith("—")])
            pieces.append(current)
            stopped = listing = False
            i = max(run[-1] + 1, i + 1)
            continue
        if i in bare and (current is None or current.closed or (current.body and many and _fresh(page, current, i))):
            current = Piece()
            pieces.append(current)
            stopped = listing = False
        kind = line.kind
        if kind == "note":
            # An editor's note is no article, nor part of one.
            while i + 1 < len(page) and page[i + 1].kind == "body" and i + 1 not in strong and len(line.text) <= 8:
                i += 1
        elif kind == "stop":
            stopped = True
        elif kind == "tail":
            listing = True
        elif stopped:
            pass
        elif kind in {"short", "numbered", "origin"}:
            run = [i]
            while run[-1] + 1 < len(page) and page[run[-1] + 1].kind == "short" and run[-1] + 1 not in heads:
                run.append(run[-1] + 1)
            body = _next(page, run[-1] + 1, SKIPPED)
            if (
                body + 1 < len(page)
                and page[body].kind == "numbered"
                and body > run[-1] + 1
                and not pieces
                and not orphans
            ):
                body += page[body + 1].kind == "body"  # a report that opens with a heading: title, date, 一、综合
            if body + 1 < len(page) and page[body].kind == "note" and page[body + 1].kind == "body":
                body = _next(page, body + 2, SKIPPED)  # the article goes on below an editor's note
            started = False
            if (
                body < len(page)
                and page[body].kind in {"body", "row"}
                and body not in bare
                and run[-1] + 1 not in heads
            ):
                opening = not pieces and not orphans and kind != "numbered" and not (first_head < len(page) and i > 3)
                closed = current is not None and (current.closed or listing)
                if (opening or _weak_start(page, run[-TITLE_LINES:], body, closed) >= WEAK_START) and len(run) <= 4:
                    kept = run[-TITLE_LINES:]
                    current = Piece(
                        title=_without_deck(page, kept), body=[k for k in kept if page[k].text.startswith("—")]
                    )
                    pieces.append(current)
                    started, listing = True, False
            if not started and current is not None and not listing and not current.closed:
                current.body += run
            elif not started and current is None:
                orphans += run
            i = run[-1] + 1
            continue
        elif kind == "byline":
            if current is not None:
                current.sign(line.authors)
                current.extra.append(i)
                if current.body and not _is_start_byline(page, i):
                    current.closed = True
        elif kind in {"body", "caption"}:
            if listing and not _is_prose(line):
                i += 1
                continue
            listing = False
            taken = _caption(page, i, current, strong)
            if taken:
                piece = Piece(body=taken, extra=_credit_before(page, taken[0]))
                for k in taken:
                    piece.sign(page[k].authors)
                if current is not None:
                    current.body = [k for k in current.body if k not in taken]
                pieces.append(piece)
                i = taken[-1] + 1
                continue
            if current is None:
                orphans.append(i)
            else:
                if current.closed and kind == "body" and not _continues(page, i):
                    current.closed = False
                current.body.append(i)
                current.sign(line.authors)
                if line.source and current.source is None:
                    current.source = line.source
                if line.tail < len(line.text) and line.authors and kind == "body":
                    current.closed = True
        elif kind in {"label", "row"} and current is not None and (current.body or kind == "row"):
            current.body.append(i)
        elif kind == "meta" and current is not None:
            current.sign(line.authors)
            current.source = current.source or line.source
            if line.written is not None and (current.written is None or line.written.rank < current.written.rank):
                current.written = line.written
        i += 1
    _adopt(page, pieces, orphans)
    for piece in pieces:
        _trim(page, piece)
    articles = [piece for piece in pieces if piece.body or (piece.title and len(pieces) == 1)]
    articles.sort(key=lambda piece: min([*piece.title, *piece.body]))
    first = min((min([*p.title, *p.body]) for p in articles), default=len(page))
    written = _page_date(page, range(first))
    if written is None and len(articles) == 1:
        written = articles[0].written or _page_date(page, range(len(page)))
    return articles, written


def _without_deck(page: list[Line], run: list[int]) -> list[int]:
    """Headline lines without the deck (`——…`) under them."""
    kept = [k for k in run if not page[k].text.startswith("—")]
    if len(kept) > 1 and _is_column_name(page, kept[0]):
        kept = kept[1:]
    return kept or run


_COLUMN = re.compile(r"“([^”]{2,10})”(?:栏目|专栏|专题|系列报道)")
_PLACE_END = re.compile(r"[区园市县城港州岛镇湾谷]$")


def _is_column_name(page: list[Line], k: int) -> bool:
    """Whether a line above a headline names a column of the paper: so called on the page, or too short for a kicker."""
    text = page[k].text.strip("【】[]◎●■▌|")
    if len(text) <= 4 and page[k].text == page[k].spaced:
        return _PLACE_END.search(text) is None
    return len(text) <= 10 and any(text in _COLUMN.findall(line.text) for line in page)


def _fresh(page: list[Line], current: Piece, i: int) -> bool:
    """Whether an opening without headline begins another article: the one before it has ended."""
    return not page[current.body[-1]].open_end and bool(page[i].lead)


def _credit_before(page: list[Line], i: int) -> list[int]:
    return [i - 1] if i > 0 and page[i - 1].kind == "credit" else []


def _caption(page: list[Line], i: int, current: Piece | None, strong: dict[int, list[int]]) -> list[int]:
    """The lines of a caption that states facts and is an article of its own; empty if line `i` is none."""
    line = page[i]
    ended = current is None or current.closed
    if line.lead:
        return []
    after = _next(page, i + 1, frozenset({"credit", "junk", "column", "label"}))
    at_edge = after >= len(page) or page[after].kind in {"short", "stop", "tail", "byline", "masthead"}
    if line.kind == "caption":
        group = [i]
        before = i - 1
        if current is not None and before in current.body and page[before].kind == "body" and before not in strong:
            lone = page[before]
            rest = [k for k in current.body if k != before]
            if rest and not page[rest[-1]].open_end and _stands_apart(page, lone, rest, current):
                group = [before, i]
        own = len(group) > 1 or (at_edge and (ended or i == 0)) or line.tail < len(line.text)
        if group == [i] and not (own and (len(line.text) >= 40 or any(c.isdigit() for c in line.text))):
            return []
        return group if own else []
    # Facts about somebody else than the article, signed by a photographer.
    credited = i + 1 < len(page) and page[i + 1].kind == "credit" and page[i + 1].text.rstrip(")")[-1:] in "摄图"
    if credited and current is not None and at_edge and TIME_OPENING.match(line.text) and current.body:
        own_text = "".join(page[k].text for k in (*current.title, *current.body))
        areas = set(_AREA.findall(line.text))
        if areas and not any(area in own_text for area in areas):
            return [i]
    # Facts under a picture: between a credit and the next headline, about somebody else than the article before.
    if i > 0 and page[i - 1].kind == "credit" and at_edge and not _continues(page, i - 1):
        named = set(_AREA.findall(page[i - 1].text))
        own_text = "".join(page[k].text for k in current.body) if current is not None else ""
        foreign = any(area in line.text and area not in own_text for area in named)
        if foreign or (TIME_OPENING.match(line.text) and current is not None and (ended or bool(current.body))):
            return [i]
    return []


def _stands_apart(page: list[Line], line: Line, rest: list[int], current: Piece) -> bool:
    """Whether a paragraph before `图为…` is part of the caption: its article had ended, or it names another place."""
    if page[rest[-1]].tail < len(page[rest[-1]].text) or any(
        k == rest[-1] + 1 and page[k].kind == "byline" for k in current.extra
    ):
        return True
    areas = set(_AREA.findall(line.text))
    if not areas:
        return False
    known = "".join(page[k].text for k in (*current.title, *rest))
    return not any(area in known for area in areas)


def _adopt(page: list[Line], pieces: list[Piece], orphans: list[int]) -> None:
    """Text before the first headline: a pull quote or a column printed out of order belongs to the first article,
    facts under a picture are an article of their own.
    """
    text = [k for k in orphans if page[k].kind in {"body", "caption"}]
    if not text:
        if not pieces and orphans:
            pieces.append(Piece(title=orphans[:1], body=orphans[1:] or orphans[:1]))
        return
    titled = [piece for piece in pieces if piece.title]
    if not titled:
        pieces.insert(0, Piece(body=orphans))
        _signatures(page, pieces[0])
        return
    first = min(titled, key=lambda piece: piece.title[0])
    for k in text:
        caption = page[k].kind == "caption" or (
            TIME_OPENING.match(page[k].text) is not None and bool(_credit_before(page, k))
        )
        if caption and not page[k].open_end:
            pieces.insert(0, Piece(body=[k], extra=_credit_before(page, k)))
        else:
            first.body.insert(text.index(k) if first.body and first.body[0] > k else 0, k)
            first.body.sort()
            first.sign(page[k].authors)


def _signatures(page: list[Line], piece: Piece) -> None:
    for k in piece.body:
        piece.sign(page[k].authors)
