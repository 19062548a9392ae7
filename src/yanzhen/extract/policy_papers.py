"""Policy papers: articles that are a policy themselves, with its name, issuer, number, and when it is in force."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from yanzhen.extract.scene import Scene
    from yanzhen.facts.records import Period

_NUMERAL = "[一二三四五六七八九十]{1,3}"
_ARTICLE_MARK = re.compile(rf"(?:^|\n)(?:第{_NUMERAL}条|{_NUMERAL}、|\({_NUMERAL}\))")
_NUMBER = re.compile(r"[\u4e00-\u9fff]{1,10}[〔\[(]20\d\d[〕\])](?:第)?\d{1,4}号")
_TITLE = re.compile(r"关于(?:印发|公布|发布|修订印发)[^《\n]{0,16}《(?P<name>[^》\n]{4,80})》的?通知")
_NAMED = re.compile(
    r"(?:^|\n)(?P<name>[^\n,。;:]{4,60}(?:措施|办法|政策|意见|细则|规定|方案|条例|举措|条)|[^\n,。;:《]{0,24}关于[^\n,。;:《]{4,50}通知)"
    r"(?:\([^()\n]{1,12}\))?(?=\n)"
)
_UNTIL = re.compile(r"有效期(?:限)?(?:截至|截止|至|到)[^,。;\n]{0,4}")
_YEARS = re.compile(r"有效期(?:限)?(?:为)?(?P<years>[1-9一二两三四五])年")
_FROM = re.compile(r"自(?P<when>[^,。;\n]{2,16}?)起(?:正式)?(?:施行|实施|执行|生效)")
_WINDOW = re.compile(r"(?:申报|申请|受理|征集|报名)(?:时间|期限|日期)")
_CONTACT = re.compile(r"(?:联系|咨询|服务)(?:电话|方式|热线)[:为]?(?P<number>[\d\-—×、 ]{7,40})")
_SIGNATURE = re.compile(
    r"(?:^|\n)(?P<name>[\u4e00-\u9fff()]{2,28}(?:管理委员会|管委会|人民政府|办公室|工作委员会|[局厅]))(?=\n|$|20\d\d年)"
)
_BODIES = frozenset({"government", "zone"})
_FEWEST = 2  # numbered articles that make a text a paper
_HEADING, _SIGNED = 200, 60  # characters that name who issues a paper: at its beginning and end
_YEAR_WORDS = {"一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5}


@dataclass(frozen=True, slots=True)
class Paper:
    """An article that is a policy: its name, issuer and number, when it holds, when one may apply, and whom to ask."""

    name: str | None
    issuer: str | None
    number: str | None
    valid: Period | None
    window: Period | None
    contact: str | None


def papers(scene: Scene) -> dict[int, Paper]:
    """The papers of a document by the index of their article."""
    out: dict[int, Paper] = {}
    for index, article in enumerate(scene.frame.articles):
        spans = [*article.spans, *((article.title_span,) if article.title_span else ())]
        if not spans:
            continue
        low, high = min(s[0] for s in spans), max(s[1] for s in spans)
        following = scene.frame.articles[index + 1].spans if index + 1 < len(scene.frame.articles) else ()
        high = max(high, min(high + _SIGNED, following[0][0] if following else len(scene.text)))
        text = scene.text[low:high]
        number = _NUMBER.search(text, 0, 600)
        marks = len(_ARTICLE_MARK.findall(text))
        heading = _TITLE.search(text, 0, 400)
        if heading is None and (marks < _FEWEST or number is None):
            heading = _NAMED.search("\n" + text, 0, 200) if marks >= _FEWEST else None
            if heading is None:
                continue
        out[index] = _paper(scene, index, (low, high), heading.group("name") if heading else None)
    return out


def _paper(scene: Scene, index: int, span: tuple[int, int], name: str | None) -> Paper:
    low, high = span
    text = scene.text
    number = _NUMBER.search(text, low, high)
    contact = _CONTACT.search(text, low, high)
    main = scene.main(index, "policy")
    beginning = [m for m in scene.mentions_in(low, min(high, low + _HEADING)) if m.type in _BODIES]
    ending = [m for m in scene.mentions_in(max(low, high - _SIGNED), high) if m.type == "government"]
    issuing = [m for m in beginning if m.type == "government"] or ending[-1:] or beginning
    signed = _SIGNATURE.search(text, low, high)
    return Paper(
        name=name or (main.name if main is not None else None),
        issuer=scene.thing(issuing[0]).name if issuing else (signed.group("name") if signed else None),
        number=number.group() if number is not None else None,
        valid=_valid(scene, index, span),
        window=_window(scene, span),
        contact=contact.group("number").strip(" 、") if contact is not None else None,
    )


def _valid(scene: Scene, index: int, span: tuple[int, int]) -> Period | None:
    """First and last day in force: 自…起施行, 有效期至…, 有效期三年; from the day of issue where that is said."""
    text = scene.text
    begin = _FROM.search(text, *span)
    until = _UNTIL.search(text, *span)
    years = _YEARS.search(text, *span)
    if begin is None and until is None and years is None:
        return None
    published = scene.frame.articles[index].published or scene.frame.published
    first = published if published is not None and len(published) == len("2000-01-01") else None
    if begin is not None:
        named = scene.periods_in(begin.start(), begin.end())
        if named and named[0].first is not None:
            first = named[0].first.isoformat()
    last = None
    if until is not None:
        named = [p for p in scene.periods_in(until.start(), until.end() + 16) if p.last is not None]
        last = named[0].last.isoformat() if named and named[0].last is not None else None
    elif years is not None and first is not None:
        last = _years_on(first, years.group("years"))
    return (first, last) if first or last else None


def _years_on(first: str, years: str) -> str | None:
    """The last day of a term of whole years that begins on a day."""
    day = date.fromisoformat(first)
    year = day.year + (int(years) if years.isdigit() else _YEAR_WORDS[years])
    if day.day > 1:
        return date(year, day.month, day.day - 1).isoformat() if day.day - 1 <= monthrange(year, day.month)[1] else None
    month = day.month - 1 or 12
    year -= day.month == 1
    return date(year, month, monthrange(year, month)[1]).isoformat()


def _window(scene: Scene, span: tuple[int, int]) -> Period | None:
    found = _WINDOW.search(scene.text, *span)
    if found is None:
        return None
    named = scene.periods_in(found.end(), found.end() + 40)
    if not named:
        return None
    first = named[0].first.isoformat() if named[0].first is not None else None
    last = max((p.last for p in named if p.last is not None), default=None)
    return (first, last.isoformat()) if last is not None else None
