"""Products in a clean text: what somebody is said to make, and names that only a product bears (models, quoted names).

A pure function over text, its words and the names already found; no verb, no product.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import cache
from typing import TYPE_CHECKING

from yanzhen.data import rows, split
from yanzhen.extract.lexicon import word_set
from yanzhen.extract.mentions import Found, Mention

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from yanzhen.extract.words import Words

_REACH = 90  # characters of a list of products behind its verb
_MAKER_REACH = 160  # characters before the verb in which a maker must be named
_LONGEST, _SHORTEST = 24, 2
_MAKERS = frozenset({"company", "institute", "project", "person"})
_POINTING = re.compile(
    r"公司|企业|该院|该所|该校|研究院|研究所|实验室|团队|该厂|工厂|产线|生产线|我们|项目|基地|该中心"
)
_END = re.compile(r"[。!?;:\n“”]|,")
_SEPARATOR = re.compile(r"、|以及|和|与|及")
_ETC = re.compile(r"等.{0,16}$")
_AMOUNT = re.compile(r"(?<=[\u4e00-\u9fff])[0-9][0-9.]*(?:余|多)?(?:万|亿|千|百)?[^0-9]{0,6}$")  # 年产X3亿平方米
_COUNT = re.compile(r"^(?:[0-9.,]+|[一二三四五六七八九十两百千万亿几数多余]+)(?:余|多)?(?:万|亿)?")
_NAMED = re.compile(r"“([^“”\n,。;]{2,16})”(?:[\u4e00-\u9fff]{0,4}?)")
_NUMBERED = re.compile(
    r"[\u4e00-\u9fff]{2,4}[一二三四五六七八九十\d]{1,3}号(?=[\u4e00-\u9fff]{0,6}(?:卫星|火箭|芯片|飞机|星座|飞船|探测器|机器人|量子|大模型|系统|平台|机组))"
)
_MODEL = re.compile(r"[A-Z]{1,6}[A-Za-z]{0,6}-?\d[A-Za-z0-9\-]{0,12}(?:型|系列)?")


_BUILD = re.compile("新增|扩建|新建|建成|投建")  # what a line makes is a product: 新建X生产线
_LINE = re.compile("(?:生产线|产线|车间|工厂|生产基地)")


@cache
def _words(name: str) -> frozenset[str]:
    found = frozenset(f for r in rows("patterns/relation_products.csv") if r["class"] == name for f in split(r["form"]))
    if name == "ending":
        sure = {r["form"] for r in rows("names/org_suffixes.csv") if r["type"] == "product" and r["strength"] == "sure"}
        return found | sure
    return found


def _longest_first(name: str) -> str:
    return "|".join(map(re.escape, sorted(_words(name), key=lambda f: (-len(f), f))))


@cache
def _verbs() -> re.Pattern[str]:
    """A verb of making with what may stand between it and its object."""
    lead = rf"(?:{_longest_first('lead')}|{_longest_first('verb')})"
    return re.compile(rf"(?:{_longest_first('verb')})(?:{lead}){{0,4}}(?:出来|出了|出|了|过|着)?(?P<of>的)?[:“]?")


@cache
def _modifiers() -> re.Pattern[str]:
    return re.compile(rf"(?:{_longest_first('modifier')}|的|了)")


@cache
def _tails() -> re.Pattern[str]:
    return re.compile(rf"(?:的|等|系列)?(?:(?:{_longest_first('tail')})[、和与及]?)+$")


@cache
def _units() -> re.Pattern[str]:
    return re.compile(rf"(?:{_longest_first('unit')})")


@cache
def _ending() -> re.Pattern[str]:
    return re.compile(rf"(?:{_longest_first('ending')})$")


@cache
def _any_ending() -> re.Pattern[str]:
    """The last long ending within a phrase (芯片 in 芯片样片)."""
    forms = sorted((f for f in _words("ending") if len(f) >= 2), key=lambda f: (-len(f), f))
    return re.compile(f"(?:{'|'.join(map(re.escape, forms))})(?=(?:系列|的|产品|技术)?$)")


def find(text: str, words: Words, taken: Iterable[Mention]) -> list[Mention]:
    """Products of a clean text, ascending and disjoint, beside the names already found.

    Args:
        text: clean text.
        words: its words.
        taken: names found so far, ascending; none of them is a product's name or part of one.

    """
    names = list(taken)
    starts = [m.start for m in names]
    makers = [m.start for m in names if m.type in _MAKERS]
    found: dict[int, Mention] = {}
    for start, end, origin in (
        *_made(text, words, makers), *_owned(text, words, names), *_achieved(text, makers), *_marked(text)
    ):  # fmt: skip
        if end <= start or _clashes(names, starts, start, end):
            continue
        known = found.get(start)
        if known is None or known.end < end:
            found[start] = Mention(start, end, "product", text[start:end], origin, sure=False)
    out: list[Mention] = []
    for mention in (found[s] for s in sorted(found)):
        if not out or mention.start >= out[-1].end:
            out.append(mention)
    return out


def added(text: str, found: Found) -> Found:
    """What was found in a text, with its products among the names."""
    products = find(text, found.words, found.mentions)
    mentions = sorted([*found.mentions, *products], key=lambda m: m.start)
    return Found(found.words, mentions, found.inner)


def _clashes(names: list[Mention], starts: list[int], start: int, end: int) -> bool:
    """Whether a span overlaps a name found before, unless that name is a place or firm at its beginning."""
    at = bisect_left(starts, end) - 1
    return at >= 0 and names[at].end > start


# ---- behind verbs ----------------------------------------------------------------------------------------------------


def _made(text: str, words: Words, makers: list[int]) -> Iterator[tuple[int, int, str]]:
    for match in _verbs().finditer(text):
        low = match.end()
        stop = _END.search(text, low, min(len(text), low + _REACH))
        high = stop.start() if stop else min(len(text), low + _REACH)
        if not _has_maker(text, match.start(), makers) and not _HOLDER.search(text, low, high):
            continue
        if _BUILD.match(match.group()) and not _LINE.search(text, low, high):
            continue
        items = list(_items(text, words, low, high))
        if match.group("of") and items:
            # `某公司研制的X`: what follows X is another matter, unless it shows to be a product itself.
            items = [items[0], *(item for item in items[1:] if item[2])]
        # `芯材、蜂窝板`: a short word is a product in the company of one that shows it.
        certain = any(sure for _, _, sure in items)
        for start, end, sure in items:
            if sure or certain:
                yield start, end, "product:made"


_ACHIEVED = re.compile(
    r"(?:实现|突破)了?(?P<name>[\u4e00-\u9fffA-Za-z0-9+\-]{3,14}?)(?:产品)?的?(?:国产化|国产替代|量产|产业化|批量生产|批量供货|规模化生产)"
)


def _achieved(text: str, makers: list[int]) -> Iterator[tuple[int, int, str]]:
    """`实现X的国产化替代`."""
    for match in _ACHIEVED.finditer(text):
        name = match.group("name")
        ends_well = _ending().search(name) or (name.endswith("技术") and len(name) >= 5)
        named = ends_well and name not in _words("abstract") and not re.search("[的了和与]|关键|核心", name)
        if named and _has_maker(text, match.start(), makers):
            yield match.start("name"), match.end("name"), "product:achieved"


_SOLD = re.compile(
    "(?:系列)?(?:产品)?(?:年?出货|销量|销售|产量|年产|产能|市场|通过|获|已|上市|下线|量产|出口|国内|全球|广泛|进入|成为|卖|正式|性能)"
)


def _owned(text: str, words: Words, names: list[Mention]) -> Iterator[tuple[int, int, str]]:
    """`某公司的X年出货量…`: what a firm has and sells."""
    for name in names:
        if name.type != "company" or not text.startswith("的", name.end):
            continue
        low = name.end + 1
        stop = _END.search(text, low, min(len(text), low + _LONGEST))
        high = stop.start() if stop else min(len(text), low + _LONGEST)
        sold = _SOLD.search(text, low + 2, high)
        item = _item(text, words, low, sold.start()) if sold else None
        if item is not None and item[2] and item[1] - item[0] >= 4:
            yield item[0], item[1], "product:owned"


def _has_maker(text: str, at: int, makers: list[int]) -> bool:
    paragraph = max(text.rfind("\n", 0, at), at - _MAKER_REACH)
    place = bisect_left(makers, at) - 1
    return (place >= 0 and makers[place] > paragraph) or bool(_POINTING.search(text, paragraph + 1, at))


def _items(text: str, words: Words, low: int, high: int) -> Iterator[tuple[int, int, bool]]:
    """The products of a list, with whether their ending shows them to be products."""
    at = low
    while at < high:
        mark = _SEPARATOR.search(text, at + 1, high)
        end = mark.start() if mark else high
        item = _item(text, words, at, end)
        if item is None:
            if at > low:
                return
        else:
            yield item
            if item[1] < end and not _goes_on(text[item[1] : end]):
                return
        at = mark.end() if mark else high


def _goes_on(rest: str) -> bool:
    """Whether a list of products may continue behind what follows one of them."""
    return rest in ("的", "系列", "产品", "技术") or rest[0].isdigit() or bool(_tails().fullmatch(rest))


def _item(text: str, words: Words, low: int, high: int) -> tuple[int, int, bool] | None:
    start = _without_modifiers(text, low, high)
    high = _noun_end(words, start, high)
    holder = _HOLDER.search(text, start, high)
    if holder is not None:
        high = holder.start()  # `研发X的公司`
    phrase = text[start:high]
    of = phrase.rfind("的")
    tail = _tails().search(phrase)
    if of > 0 and not (tail and tail.start() <= of):
        start = _without_modifiers(text, start + of + 1, high)
    etc = _ETC.search(text[start:high]) or _AMOUNT.search(text[start:high])
    end = start + etc.start() if etc else high
    core = text[start:end]
    tail = _tails().search(core)
    if tail is not None and tail.start() >= _SHORTEST and not _ending().search(core):
        end = start + tail.start()
    end -= len("产品") if text[start:end].endswith("产品") and end - start > 4 else 0
    end -= len("系列") if text[start:end].endswith("系列") and end - start > 4 else 0
    name = text[start:end]
    return (start, end, bool(_ending().search(name))) if _is_product(name, words, end) else None


def _without_modifiers(text: str, start: int, end: int) -> int:
    """Where a noun phrase begins behind counts and modifiers (三款新型的…)."""
    while True:
        count = _COUNT.match(text[start:end])
        unit = _units().match(text, start + count.end(), end) if count else None
        modifier = _modifiers().match(text, start, end)
        if unit is not None:
            start = unit.end()
        elif modifier is not None and modifier.end() < end:
            start = modifier.end()
        else:
            return start


_HOLDER = re.compile(r"的(?:[一-鿿]{0,4})(?:公司|企业|厂商|团队|机构|项目|基地|工厂|产线|生产线|院所|平台|单位)")


def _noun_end(words: Words, low: int, high: int) -> int:
    """Where a noun phrase that begins at `low` is broken off by a verb or function word."""
    if low >= len(words.at):
        return high
    for k in range(words.at[low], len(words.words)):
        begin = words.starts[k]
        if begin >= high:
            break
        if begin > low and (words.words[k] in _words("stop") or words.tags[k] in ("d", "p", "c", "r", "t", "y", "ul")):
            return begin
    return high


_BAD = re.compile(
    r"[的了是在为与和及等“”()《》%]|企业|公司|产业$|技术$|能力|市场|水平|标准|人才|政策|模式|生态|工作|活动|体系|功能|方向|领域|环节|需求"
)


def _is_product(name: str, words: Words, end: int) -> bool:
    if not _SHORTEST <= len(name) <= _LONGEST or _BAD.search(name) or name in _words("abstract"):
        return False
    if not re.search(r"[\u3400-\u9fffA-Z]", name) or name[0] in "、,-" or _tails().fullmatch(name):
        return False
    if name in word_set("names/generic_nouns.csv") and not _ending().search(name):
        return False
    last = words.at[end - 1]
    if words.ends[last] != end and not _ending().search(name):
        return False
    return words.tags[last] in ("n", "nz", "eng", "vn", "x", "nr", "NAME", "j", "ng", "l", "b", "an", "nrt") or bool(
        _ending().search(name)
    )


# ---- marks and models ------------------------------------------------------------------------------------------------


def _marked(text: str) -> Iterator[tuple[int, int, str]]:
    """`“某某一号”芯片`, `某某三号卫星`, `AB12C型控制芯片`."""
    for match in _NAMED.finditer(text):
        after = text[match.end() : match.end() + 8]
        kind = re.match(r"[\u4e00-\u9fffA-Z]{0,6}", after)
        if kind and kind.group() and any(kind.group()[:n] in _words("ending") for n in range(2, len(kind.group()) + 1)):
            yield match.start(1), match.end(1), "product:quoted"
    for match in _NUMBERED.finditer(text):
        yield match.start(), match.end(), "product:numbered"
    for match in _MODEL.finditer(text):
        if match.start() and re.match(r"[A-Za-z0-9\-]", text[match.start() - 1]):
            continue
        kind = re.match(r"[\u4e00-\u9fff]{1,8}", text[match.end() : match.end() + 8])
        if kind is None:
            continue
        for size in range(len(kind.group()), 1, -1):
            if any(kind.group()[:size].endswith(f) for f in _words("ending") if len(f) >= 2):
                yield match.start(), match.end() + size, "product:model"
                break
