"""What a web page says about itself in its head, in JSON-LD, and in the date line it shows."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta, timezone
from typing import TYPE_CHECKING

from yanzhen.read.model import Meta

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from selectolax.lexbor import LexborHTMLParser

_CHINA = timezone(timedelta(hours=8))

_TITLE = ("articletitle", "og:title", "twitter:title")
_PUBLISHED = (
    "article:published_time", "pubdate", "publishdate", "publish_time", "og:release_date", "datepublished",
    "weibo: article:create_at", "dc.date", "date", "firstpublishedtime",
)  # fmt: skip
_PUBLISHER = ("contentsource", "source", "og:site_name", "sitename", "article:publisher", "mediaid")
_AUTHOR = ("author", "article:author", "og:article:author", "weibo:article:author")

_DATE = re.compile(
    r"(?<!\d)((?:19|20)\d\d)\s?(?:年|[-/.]|\s(?=\d\d/))\s?(0?[1-9]|1[0-2])\s?(?:月|[-/.])\s?(3[01]|[12]\d|0?[1-9])(?!\d)"
)
_COMPACT = re.compile(r"\A((?:19|20)\d\d)(0[1-9]|1[0-2])(3[01]|[12]\d|0[1-9])(?:\d{6})?\Z")
_STAMP = re.compile(r"""\b(?:ct|createTime|create_time|publish_time|svr_time)\s{0,3}[=:]\s{0,3}["']?(\d{10})(?!\d)""")
_CREATED = re.compile(r"""\b(?:createTime|create_time|publish_time)\s{0,3}[=:]\s{0,3}["']((?:19|20)\d\d-\d\d-\d\d)""")
_SOURCE = re.compile(
    r"(?:来源|來源|稿源|信息来源|文章来源|发布机构|发文机构|发文机关|发布单位|来源于)[\s|]{0,3}[:：丨]"
    r"[\s|]{0,3}([^\s|｜,，;；。>]{2,30}?)(?=[\s|｜,，;；。>]|\Z|作者|记者|编辑|责编|责任|时间|发布|浏览|点击)"
)
_WRITER = re.compile(
    r"(?:作者|记者|記者|通讯员|文/|文｜|撰文)\s?[:：]?\s?((?:[\u4e00-\u9fff·]{2,4}[\s、,，]{0,2}){1,4})(?![\u4e00-\u9fff])"
)
_NO_NAME = frozenset(
    """通讯员 实习生 实习 记者 記者 作者 摄影 来源 來源 发布 时间 日期 编辑 责编 点击 浏览 字号 本报 本网 本站 未知 佚名
    原创 网络整理 综合整理 整理 网络 综合 昨天 今天 前天 文字 图片 供稿""".split()  # noqa: SIM905
)
_ISSUED = re.compile(
    r"(?:发布|發佈|发表|刊发|上线)(?:日期|时间|時間|于)?[\s|]{0,3}[:：]?[\s|]{0,3}(?:19|20)\d\d.{0,16}"
)
_NO_SOURCE = re.compile(r"发布|时间|日期|作者|本站|原创|网络|互联网|未知|转载")
_OWNER = re.compile(
    r"(?:\A|(?<=\s))[\u4e00-\u9fffA-Za-z0-9]{2,16}?(?:日报|晚报|早报|晨报|时报|商报|导报|都市报|周报|报|新闻网|网|社|发布|在线|客户端|频道|新闻|"
    r"周刊|杂志|融媒|融媒体中心|管委会|电视台)(?=\s|\Z)"
)
_SITE = re.compile(r"\s*[_|｜]\s*|\s+[-–—]+\s+|\s*--+\s*|-(?=[^-]{2,16}\Z)")
_SAVED = re.compile(r"<!--\s{0,3}saved from url=\(\d{1,6}\)(\S{8,500}?)\s{0,3}-->")
_NAME = re.compile(r"[\u4e00-\u9fff]{2,4}|[\u4e00-\u9fff]{1,8}·[\u4e00-\u9fff·]{1,16}")
_NO_AUTHOR = re.compile(r"\A[\d\W]*\Z|[A-Za-z@.]{12,}|网|编辑|管理员|admin|编辑部|来源", re.IGNORECASE)


def date_in(text: str) -> str | None:
    """The first full date of a text as `YYYY-MM-DD`."""
    match = _DATE.search(text) or _COMPACT.match(text.strip())
    if match is None:
        return None
    try:
        return datetime(int(match[1]), int(match[2]), int(match[3]), tzinfo=UTC).date().isoformat()
    except ValueError:
        return None


@dataclass(slots=True)
class PageMeta:
    """What was found in the head of a page; `titles` as articles have them, `window` from the title bar."""

    titles: list[str] = field(default_factory=list)
    window: str | None = None
    published: str | None = None
    publisher: str | None = None
    site: str | None = None
    owner: str | None = None  # the site by the title bar, where that ends with the name of a medium
    authors: tuple[str, ...] = ()
    url: str | None = None

    def settle(self, title: str | None, line: str, signed: Sequence[str] = ()) -> Meta:
        """Take what the date line shows where it shows it, else what the head of the page says.

        `signed` are the parts of it that the page marks as names.
        """
        source = _SOURCE.search(line)
        shown = source[1].strip("《》“”") if source and not _NO_SOURCE.match(source[1]) else None
        publisher = shown or self.publisher or _named_source(line) or self.site or self.owner
        authors = _names(" ".join(writers[1] for writers in _WRITER.finditer(line))) or _names(" ".join(signed))
        day = date_in(issued[0]) if (issued := _ISSUED.search(line)) else None
        authors = authors or tuple(name for name in self.authors if name != publisher and name not in _NO_NAME)
        return Meta(title, day or date_in(line) or self.published, publisher, authors, self.url)


def _names(text: str) -> tuple[str, ...]:
    """The names of persons among words, each once."""
    found = [word for word in re.split(r"[\s、,，/／]+", text) if word not in _NO_NAME]
    return tuple(dict.fromkeys(word for word in found if _NAME.fullmatch(word)))


def _named_source(line: str) -> str | None:
    """A medium that the date line names without saying that it is the source."""
    found = _OWNER.search(line)
    return found[0] if found else None


def page_meta(tree: LexborHTMLParser, page: str) -> PageMeta:
    """Read the head of a page, its JSON-LD, and the variables of saved official-account pages."""
    found = PageMeta()
    values: dict[str, str] = {}
    for node in tree.css("meta"):
        attributes = node.attributes
        key = attributes.get("property") or attributes.get("name") or attributes.get("itemprop")
        content = (attributes.get("content") or "").strip()
        if key and content:
            values.setdefault(key.lower(), content[:500])
    found.titles = [" ".join(values[key].split()) for key in _TITLE if key in values]
    found.published = next((day for key in _PUBLISHED if key in values and (day := date_in(values[key]))), None)
    found.publisher = next((values[key] for key in _PUBLISHER[:1] if key in values), None)
    found.site = next((values[key] for key in _PUBLISHER[1:] if key in values and "/" not in values[key]), None)
    author = next((values[key] for key in _AUTHOR if key in values and not _NO_AUTHOR.search(values[key])), None)
    found.authors = tuple(part for part in re.split(r"[\s、,，;；]+", author) if part)[:6] if author else ()
    found.url = values.get("og:url")
    title = tree.css_first("title")
    if title is not None:
        found.window, found.owner = _window(" ".join(title.text().split()))
        # The site signs with its own name.
        if found.owner and found.authors and found.owner.startswith(found.authors[0]):
            found.authors = ()
    link = tree.css_first('link[rel="canonical"]')
    if link is not None:
        found.url = link.attributes.get("href") or found.url
    if found.url is None and (saved := _SAVED.search(page, 0, 4000)):
        found.url = saved[1]
    _json_ld(tree, found)
    _account(tree, page, found)
    if found.published is None:
        stamp = tree.css_first("time[datetime]")
        found.published = date_in(stamp.attributes.get("datetime") or "") if stamp is not None else None
    return found


def _window(title: str) -> tuple[str | None, str | None]:
    """The title bar without the name of the site behind it, and that name."""
    parts = [part for part in _SITE.split(title) if part]
    if not parts:
        return None, None
    window = max(parts[:2], key=lambda part: (len(part) >= 8, -parts.index(part)))
    owner = parts[-1] if parts[-1] != window or len(parts) > 1 else ""
    return window, owner.removesuffix("数字报") if _OWNER.fullmatch(owner) else None


def _account(tree: LexborHTMLParser, page: str, found: PageMeta) -> None:
    """Pages of official accounts: the name of the account, and the time, which a script writes into the page."""
    account = tree.css_first("#js_name")
    if account is None and tree.css_first("#js_content") is None:
        return
    if account is not None:
        found.publisher = " ".join(account.text().split()) or found.publisher
    writer = tree.css_first("#js_author_name") or tree.css_first(".rich_media_meta_text")
    if writer is not None and (name := writer.text().strip()) and date_in(name) is None:
        found.authors = tuple(part for part in re.split(r"[\s、,，]+", name) if part)[:6]
    shown = tree.css_first("#publish_time")
    found.published = (date_in(shown.text()) if shown is not None else None) or found.published
    if found.published is None:
        if created := _CREATED.search(page):
            found.published = created[1]
        elif stamp := _STAMP.search(page):
            found.published = datetime.fromtimestamp(int(stamp[1]), _CHINA).date().isoformat()


def _json_ld(tree: LexborHTMLParser, found: PageMeta) -> None:
    for node in tree.css('script[type="application/ld+json"]'):
        try:
            data = json.loads(node.text())
        except (ValueError, RecursionError):
            continue
        for item in _items(data, 0):
            headline, day = item.get("headline"), item.get("datePublished") or item.get("pubDate")
            if isinstance(headline, str) and headline.strip():
                found.titles.append(" ".join(headline.split()))
            if isinstance(day, str):
                found.published = found.published or date_in(day)
            found.authors = found.authors or tuple(name for name in _named(item.get("author")) if name)
            found.publisher = found.publisher or next(_named(item.get("publisher")), None)


def _items(data: object, depth: int) -> Iterator[dict[str, object]]:
    if depth > 4:
        return
    if isinstance(data, list):
        for item in data[:50]:
            yield from _items(item, depth + 1)
    elif isinstance(data, dict):
        yield data
        yield from _items(data.get("@graph"), depth + 1)


def _named(value: object) -> Iterator[str]:
    for item in value if isinstance(value, list) else [value]:
        name = item.get("name") if isinstance(item, dict) else item
        if isinstance(name, str) and name.strip():
            yield name.strip()
