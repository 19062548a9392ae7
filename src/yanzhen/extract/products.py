"""Products in a clean text: what somebody is said to make, and names that only a product bears (models, quoted names).

A pure function over text, its words and the names already found; no maker, no product. Where the phrasing itself says
that something is made (`年产…3万吨`, `主导产品…`) any noun phrase is one; elsewhere its ending has to show it.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from ahocorasick_rs import AhoCorasick, MatchKind

from yanzhen.data import rows, split
from yanzhen.extract.lexicon import word_class, word_set
from yanzhen.extract.mentions import Found, Mention

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from yanzhen.extract.words import Words

_REACH = 90  # characters of a list of products behind its verb
_MAKER_REACH = 160  # characters before the verb in which a maker must be named
_LONGEST, _SHORTEST = 24, 2
_TELLING = 3  # characters of a phrase without a telling ending
_MAKERS = frozenset({"company", "institute", "project", "person"})
_POINTING = re.compile(
    r"公司|企业|该院|该所|该校|研究院|研究所|实验室|团队|该厂|工厂|产线|生产线|我们|项目|基地|该中心|厂房|车间|其|园区|一期|二期|达产|投产后|建成后"
)
_END = re.compile(r"[。!?;:\n“”]|,")
_SEPARATOR = re.compile(r"、|以及|和|与|及")
_ETC = re.compile(r"等.{0,16}$")
# 年产X3亿平方米, X三大类
_AMOUNT = re.compile(
    r"(?<=[\u4e00-\u9fff])(?:[0-9][0-9.]*(?:余|多)?(?:万|亿|千|百)?(?:[^0-9A-Z]{0,6}|[A-Z][A-Za-z]{1,3})|(?:一|两|三|四|五|六|七|八|九|十|几|多)大?(?:类|系列|种|个)[\u4e00-\u9fff]{0,2})$"
)
_COUNT = re.compile(r"^(?:[0-9.,]+|[一二三四五六七八九十两百千万亿几数多余]+)(?:余|多)?(?:万|亿)?")
_MODEL = re.compile(r"[A-Z]{1,6}[A-Za-z]{0,6}-?\d[A-Za-z0-9\-]{0,12}(?:型|系列)?")
_BUILD = re.compile("新增|扩建|新建|建成|投建|建设|布局|开建")  # what a line makes is a product: 新建X生产线
_LINE = re.compile("(?:生产线|产线|车间|工厂|生产基地)")
_LINE_COUNT = re.compile(r"(?:[0-9一二两三四五六七八九十首多]|第一)(?:条|座)")


class Item(NamedTuple):
    """A noun phrase of a list; `sure` if its ending shows that it is a product."""

    start: int
    end: int
    sure: bool


@cache
def _words(name: str) -> frozenset[str]:
    found = frozenset(f for r in rows("patterns/relation_products.csv") if r["class"] == name for f in split(r["form"]))
    if name == "ending":
        sure = {r["form"] for r in rows("names/org_suffixes.csv") if r["type"] == "product" and r["strength"] == "sure"}
        return found | sure
    return found


def _longest_first(*names: str) -> str:
    forms = frozenset().union(*(_words(name) for name in names))
    return "|".join(map(re.escape, sorted(forms, key=lambda f: (-len(f), f))))


@cache
def _verbs() -> re.Pattern[str]:
    """A verb of making with what may stand between it and its object."""
    verb = _longest_first("verb", "strong_verb")
    lead = rf"(?:{_longest_first('lead', 'verb', 'strong_verb')})"
    return re.compile(rf"(?:{verb})(?:{lead}){{0,4}}(?:出来|出了|出|了|过|着)?(?P<of>的)?[:“]?")


@cache
def _strong() -> re.Pattern[str]:
    return re.compile(_longest_first("strong_verb"))


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
def _stop() -> re.Pattern[str]:
    return re.compile(_longest_first("stop"))


@cache
def _noise() -> re.Pattern[str]:
    """What no name of a product holds."""
    return re.compile(rf"[的了是在为与和及等“”()《》%。;!?\n]|(?:{_longest_first('never')})")


@cache
def _no_ending() -> re.Pattern[str]:
    return re.compile(rf"(?:{_longest_first('no_ending')})$")


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
        *_quoted(text, words), *_made(text, words, makers), *_as_products(text, words, makers),
        *_off_line(text, words), *_owned(text, words, names), *_beside(text, words, names), *_achieved(text, makers),
        *_models(text, words), *_techniques(text, makers), *_measured(text, words, makers),
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


_YEARLY = re.compile(
    r"(?:年产|月产|日产)?[0-9][0-9.]*(?:万|亿|余)?(?:[台套片吨颗件辆只支米条块]|平方米|立方米|吉瓦时|兆瓦|吉瓦|GWh|GW|MW)"
)


def added(text: str, found: Found) -> Found:
    """What was found in a text, with its products among the names."""
    products = find(text, found.words, found.mentions)
    mentions = sorted([*found.mentions, *products], key=lambda m: m.start)
    return Found(found.words, mentions, found.inner)


def _clashes(names: list[Mention], starts: list[int], start: int, end: int) -> bool:
    """Whether a span overlaps a name found before."""
    at = bisect_left(starts, end) - 1
    return at >= 0 and names[at].end > start


def _span_of_list(text: str, low: int, reach: int = _REACH) -> int:
    """Where the clause that holds a list ends."""
    high = min(len(text), low + reach)
    stop = _END.search(text, low, high)
    return stop.start() if stop else high


# ---- behind verbs ----------------------------------------------------------------------------------------------------


def _made(text: str, words: Words, makers: list[int]) -> Iterator[tuple[int, int, str]]:
    for match in _verbs().finditer(text):
        low = match.end()
        high = _span_of_list(text, low)
        token = words.at[match.start()]
        if text[low : low + 1] in _NO_VERB or words.starts[token] != match.start() or words.ends[token] > low:
            continue
        if not _has_maker(text, match.start(), makers) and not _HOLDER.search(text, low, high):
            continue
        line = _LINE.search(text, low, high)
        if _BUILD.match(match.group()) and not (line and _LINE_COUNT.match(text, low)):
            continue
        items = list(_items(text, words, low, line.start() if line and line.start() > low + 1 else high))
        if match.group("of") and items:
            # `某公司研制的X`: what follows X is another matter, unless it shows to be a product itself.
            items = [items[0], *(item for item in items[1:] if item.sure)]
        novel = _NOVEL.search(text, low, high) is not None
        strong = novel or (_strong().match(text, match.start()) is not None and not match.group("of")) or bool(line)
        # `芯材、蜂窝板`: a short word is a product in the company of one that shows it.
        certain = any(item.sure for item in items)
        for item in items:
            if item.sure or certain or (strong and item.end - item.start >= _TELLING):
                yield item.start, item.end, "product:made"


_NO_VERB = frozenset("业值能量力线者商率额性")  # 制造业, 年产值: the verb is part of a noun

_NOVEL = re.compile(r"等[^,。;\n]{0,8}(?:新品|产品|车型|机型)")
_LISTED = re.compile(r"等(?:[\u4e00-\u9fff0-9]{0,6}?)产品")
_AS_MAIN = re.compile(r"以(?P<list>[^,。;\n]{2,50}?)(?:等)?为(?:主导|主要|主打|核心|拳头|主营)(?:产品|业务)?")
_LINES = re.compile(
    r"(?:[0-9一两二三四五六七八九十多首]条|第一条)(?P<name>[^,。;\n、]{3,20}?)(?:自动化)?(?:生产线|产线)"
)
_LINES_OF = re.compile(
    r"(?:建设|建成|新建|新增|建有|拥有|布局|改造)(?:了)?(?P<name>[^,。;\n的]{2,24}?)(?:自动化)?(?:生产线|产线)(?:各)?[0-9一二两三四五六七八九十]+条"
)
_MAKER_OF = re.compile(
    r"(?:最大的|领先的|知名的|专业的|唯一的|重要的|一家)(?P<name>[\u4e00-\u9fffA-Za-z0-9+\-]{3,14}?)(?:生产企业|生产商|制造商|制造企业|供应商|生产基地|制造基地|生产厂家)"
)
_PROVIDES = re.compile(r"(?:为|向)[^,。;\n]{2,24}?(?:提供|供应|配套)(?:了)?(?P<name>[^,。;\n的]{3,24})")
_BY_WHOM = re.compile(
    r"(?:^|(?<=[,。;的]))(?P<name>[^,。;\n的]{3,16}?)(?:全部|均|主要)?由[^,。;\n]{2,24}?(?:提供|供应|生产|制造|研制|研发|配套)"
)
_SENT = re.compile(
    r"(?:把|将)(?P<name>[^,。;\n的]{4,20}?)(?:成功)?(?:送进|送上|卖到|卖给|卖进|用于|用在|推向|装上|交付|销往|应用于|打入)"
)


def _as_products(text: str, words: Words, makers: list[int]) -> Iterator[tuple[int, int, str]]:
    """Noun phrases that the sentence calls products: `A、B等产品`, `以A、B为主导产品`, `为某厂提供A`."""
    for match in _LISTED.finditer(text):
        low = max(text.rfind(mark, 0, match.start()) for mark in "。;,\n!?:") + 1
        if "、" in text[low : match.start()]:
            low = max([low, *(m.end() for m in _verbs().finditer(text, low, text.find("、", low)))])
            for item in _items(text, words, low, match.start()):
                yield item.start, item.end, "product:listed"
    for match in _AS_MAIN.finditer(text):
        for item in _items(text, words, match.start("list"), match.end("list")):
            if item.sure or match.group().endswith("产品"):
                yield item.start, item.end, "product:main"
    for match in _LINES_OF.finditer(text):
        if _has_maker(text, match.start(), makers):
            for item in _items(text, words, match.start("name"), match.end("name")):
                yield item.start, item.end, "product:line"
    for pattern, origin in (
        (_LINES, "line"),
        (_MAKER_OF, "maker-of"),
        (_PROVIDES, "provided"),
        (_SENT, "sent"),
        (_BY_WHOM, "by-whom"),
    ):
        for match in pattern.finditer(text):
            if not _has_maker(text, match.end(), makers):
                continue
            for item in _items(text, words, match.start("name"), match.end("name")):
                if item.sure:
                    yield item.start, item.end, f"product:{origin}"


_OFF = re.compile(
    r"(?:[首第]?[一二三0-9]*万?(?:批|款|个|颗|片|套|辆|台|架|艘|枚|支)(?![套辆台架片颗])|[0-9一两]+(?:台|辆|套|片|架|颗))(?P<name>[^,。;\n、了就已从在]{3,26}?)"
    r"(?=(?:正式|成功|顺利|近日|日前|在[^,。;\n]{2,16}?|从[^,。;\n]{2,16}?|已|陆续|全部|于[^,。;\n]{2,12}?){0,3}(?:下线|交付|出货|问世|亮相|发运|出厂|量产))"
)


def _off_line(text: str, words: Words) -> Iterator[tuple[int, int, str]]:
    """`首批300台某型矿卡在某厂下线`."""
    for match in _OFF.finditer(text):
        low, high = match.span("name")
        low = _without_modifiers(text, low, high)
        item = _item(text, words, low, high)
        if item is not None and item.end - item.start >= _TELLING:
            yield item.start, item.end, "product:off-line"


_ACHIEVED = re.compile(
    r"(?:实现|突破)了?(?P<name>[\u4e00-\u9fffA-Za-z0-9+\-]{3,14}?)(?:产品)?的?(?:国产化|国产替代|小批量|量产|产业化|批量生产|批量供货|规模化生产|稳定供货|商业化)"
)


def _achieved(text: str, makers: list[int]) -> Iterator[tuple[int, int, str]]:
    """`实现X的国产化替代`."""
    for match in _ACHIEVED.finditer(text):
        name = match.group("name")
        ends_well = _ending().search(name) or (name.endswith("技术") and len(name) >= 5)
        named = ends_well and name not in _words("abstract") and not re.search("[的了和与]|关键|核心", name)
        if named and _has_maker(text, match.start(), makers):
            yield match.start("name"), match.end("name"), "product:achieved"


@cache
def _sold() -> re.Pattern[str]:
    return re.compile(rf"(?:系列)?(?:产品)?(?:年?出货|{_longest_first('sold')})")


def _owned(text: str, words: Words, names: list[Mention]) -> Iterator[tuple[int, int, str]]:
    """`某公司的X年出货量…`: what a firm has and sells."""
    for name in names:
        if name.type not in ("company", "institute") or not text.startswith("的", name.end):
            continue
        low = name.end + 1
        high = _span_of_list(text, low, _LONGEST + 6)
        sold = _sold().search(text, low + 2, high)
        items = list(_items(text, words, low, sold.start() if sold else high))
        if not items or not all(item.sure and item.end - item.start >= _TELLING for item in items):
            continue
        end = items[-1].end
        following = words.tags[words.at[end]] if end < len(text) else "x"
        listed = text[end : end + 1] == "、"  # 甲的铜箔、乙的覆铜板
        if listed or (sold and sold.start() >= end) or following in ("v", "d", "p", "t", "vn", "ul"):
            for item in items:
                yield item.start, item.end, "product:owned"


_NOUNS = frozenset({"n", "nz", "eng", "nr", "ns", "x", "m", "nrt", "g", "ng"})


def _beside(text: str, words: Words, names: list[Mention]) -> Iterator[tuple[int, int, str]]:
    """`江某紫某负极材料`, `天某锂业2万吨碳酸锂`: what stands right behind the name of a firm."""
    for name in names:
        if name.type != "company" or (not name.sure and len(name.name) < _TELLING):
            continue
        amount = _YEARLY.match(text, name.end)
        low = amount.end() if amount else name.end
        high = _span_of_list(text, low, _LONGEST)
        item = _item(text, words, low, high) if high > low and text[low] not in "的、与和在" else None
        if item is None or item.start != low or words.tags[words.at[low]] not in _NOUNS:
            continue
        if _verbs().search(text, low, item.end):
            continue
        if item.sure and item.end - item.start >= _TELLING:
            following = words.tags[words.at[item.end]] if item.end < len(text) else "x"
            if following in ("v", "d", "p", "t", "x", "c", "uj", "vn", "m", "mq"):
                yield item.start, item.end, "product:beside-firm"


def _has_maker(text: str, at: int, makers: list[int]) -> bool:
    paragraph = max(text.rfind("\n", 0, at), at - _MAKER_REACH)
    place = bisect_left(makers, at) - 1
    return (place >= 0 and makers[place] > paragraph) or bool(_POINTING.search(text, paragraph + 1, at))


def _items(text: str, words: Words, low: int, high: int) -> Iterator[Item]:
    """The products of a list."""
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
            if item.end < end and not _goes_on(text[item.end : end]):
                return
        at = mark.end() if mark else high


def _goes_on(rest: str) -> bool:
    """Whether a list of products may continue behind what follows one of them."""
    return rest in ("的", "系列", "产品", "技术") or rest[0].isdigit() or bool(_tails().fullmatch(rest))


def _item(text: str, words: Words, low: int, high: int) -> Item | None:
    start = _without_modifiers(text, low, high)
    stop = _stop().search(text, min(start + _SHORTEST, high), high)
    if stop is not None and _breaks(words, stop):
        high = stop.start() - (text[stop.start() - 1] == "的")
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
    for word in ("产品", "系列"):
        end -= len(word) if text[start:end].endswith(word) and end - start > 4 else 0
    name = text[start:end]
    return Item(start, end, bool(_ending().search(name))) if _is_product(name, words, end) else None


def _breaks(words: Words, stop: re.Match[str]) -> bool:
    """Whether a word that ends noun phrases stands there as a word."""
    first = words.at[stop.start()]
    return len(stop.group()) > 1 or words.words[first] == stop.group()


def _without_modifiers(text: str, start: int, end: int) -> int:
    """Where a noun phrase begins behind counts and modifiers (三款新型的…)."""
    while True:
        count = _COUNT.match(text[start:end])
        unit = _units().match(text, start + count.end(), end) if count else None
        modifier = _modifiers().match(text, start, end)
        if unit is not None and unit.end() < end:
            start = unit.end()
        elif modifier is not None and modifier.end() < end:
            start = modifier.end()
        else:
            return start


_HOLDER = re.compile(r"的(?:[一-鿿]{0,4})(?:公司|企业|厂商|团队|机构|项目|基地|工厂|产线|生产线|院所|平台|单位)")


def _is_product(name: str, words: Words, end: int) -> bool:
    if not _SHORTEST <= len(name) <= _LONGEST or _noise().search(name) or name in _words("abstract"):
        return False
    if not re.search(r"[\u3400-\u9fffA-Z]", name) or name[0] in "、,-" or _tails().fullmatch(name):
        return False
    ended = bool(_ending().search(name))
    if not ended and _no_ending().search(name):
        return False
    if name in word_set("names/generic_nouns.csv") and not ended:
        return False
    last = words.at[end - 1]
    return (
        ended
        or words.ends[last] != end
        or (
            words.tags[last]
            in ("n", "nz", "eng", "vn", "x", "nr", "NAME", "j", "ng", "l", "b", "an", "nrt", "g", "q", "d")
        )
    )


# ---- marks and models ------------------------------------------------------------------------------------------------

_NAMED = re.compile(r"[“‘](?P<name>[^“”‘’\n,。;]{2,16})[”’](?P<kind>(?:系列)?[\u4e00-\u9fffA-Z]{2,14})?")
_KIND_BEFORE = re.compile(r"[一-鿿]{2,10}$")
_NUMBERED = re.compile(
    r"[\u4e00-\u9fff]{2,4}[一二三四五六七八九十\d]{1,3}号(?=[\u4e00-\u9fff]{0,6}(?:卫星|火箭|芯片|飞机|星座|飞船|探测器|机器人|量子|大模型|系统|平台|机组))"
)


def _quoted(text: str, words: Words) -> Iterator[tuple[int, int, str]]:
    """`“某某一号”芯片` and `巡检机器人“某某”`."""
    for match in _NAMED.finditer(text):
        kind = match.group("kind") or ""
        begin = match.end("name") + 1
        size = next((n for n in range(len(kind), 1, -1) if _kind().search(kind[:n]) and _is_plain(words, begin, n)), 0)
        if size:
            yield match.start(), begin + size, "product:quoted"
        if not size and len(match.group("name")) > _TELLING and _kind().search(match.group("name")):
            yield match.start("name"), match.end("name"), "product:quoted"
        before = _KIND_BEFORE.search(text, max(0, match.start() - 10), match.start())
        if not size and before is not None and _kind().search(before.group()):
            token = words.at[match.start() - 1]
            yield words.starts[token], match.end("name") + 1, "product:quoted"
    for match in _NUMBERED.finditer(text):
        yield match.start(), match.end(), "product:numbered"


@cache
def _kind() -> re.Pattern[str]:
    return re.compile(rf"(?:{'|'.join(sorted(f for f in _words('ending') if len(f) > 1))})$")


def _is_plain(words: Words, start: int, size: int) -> bool:
    """Whether a span is made of whole nouns."""
    first, last = words.at[start], words.at[start + size - 1]
    inner = word_class("inner")
    return words.ends[last] == start + size and all(
        words.words[k] in inner
        or words.tags[k] in ("n", "nz", "vn", "j", "eng", "b", "q", "l", "nr", "x", "g", "ng", "zg", "a", "nrt", "an")
        for k in range(first, last + 1)
    )


_CODE = re.compile(r"[A-Z][A-Za-z]{0,5}-?[0-9]{1,5}[A-Za-z0-9\-]{0,8}")
_CODED_KIND = re.compile(r"[一-鿿]{2,12}$")


def _models(text: str, words: Words) -> Iterator[tuple[int, int, str]]:
    """`AB12C型控制芯片`, `智能清洗机AB-500`, `问某M7`."""
    for match in _MODEL.finditer(text):
        if match.start() and re.match(r"[A-Za-z0-9\-]", text[match.start() - 1]):
            continue
        kind = re.match(r"[\u4e00-\u9fff]{1,10}", text[match.end() : match.end() + 10])
        if kind is None:
            continue
        for size in range(len(kind.group()), 1, -1):
            if _kind().search(kind.group()[:size]):
                yield match.start(), match.end() + size, "product:model"
                break
    for match in _CODE.finditer(text):
        low, high = match.span()
        if (
            low < 2
            or re.match(r"[A-Za-z0-9\-]", text[low - 1])
            or (high < len(text) and re.match(r"[A-Za-z0-9\-]", text[high]))
        ):
            continue
        token = words.at[low - 1]
        word, tag = words.words[token], words.tags[token]
        before = text[words.starts[token] : low]
        if (
            words.ends[token] == low
            and len(word) == 2
            and tag in ("nr", "nz", "nrt", "ns", "x", "n", "v")
            and _brand(text, low, high)
        ):
            yield words.starts[token], high, "product:brand"
        elif before and _ending().search(before) and words.ends[token] == low:
            kind = _CODED_KIND.search(text, max(0, low - 12), low)
            start = _without_modifiers(text, kind.start(), low) if kind else low
            cut = [m.end() for m in _verbs().finditer(text, start, low) if m.end() < low]
            yield (max([start, *cut])), high, "product:coded"


# ---- by their ending -------------------------------------------------------------------------------------------------

_LEAST_BEFORE = 2  # characters that tell one kind from another before an ending
_PART_TAGS = frozenset(
    {
        "n",
        "nz",
        "nr",
        "nrt",
        "ns",
        "vn",
        "b",
        "j",
        "eng",
        "an",
        "ng",
        "k",
        "h",
        "g",
        "s",
        "l",
        "i",
        "x",
        "a",
        "f",
        "q",
        "zg",
    }
)
_PART_SIZE = re.compile(r"[0-9.]+|[A-Za-z0-9.+\-/]+|[一二三四五六七八九十]+(?:代|号|轴|相|维)?")


@cache
def _endings() -> AhoCorasick:
    forms = sorted(f for f in _words("ending") if len(f) > 1 and f not in _words("plain_ending"))
    return AhoCorasick(forms, matchkind=MatchKind.LeftmostLongest)


@cache
def _cue() -> re.Pattern[str]:
    return re.compile(_longest_first("cue"))


@cache
def _no_follower() -> re.Pattern[str]:
    return re.compile(_longest_first("follower"))


def _by_ending(text: str, words: Words, makers: list[int]) -> Iterator[tuple[int, int, str]]:
    """A noun phrase with a telling ending, in a clause that tells of making or selling."""
    for _, start, end in _endings().find_matches_as_indexes(text):
        last = words.at[end - 1]
        if words.ends[last] != end or _no_follower().match(text, end):
            continue
        low = _phrase_start(words, start)
        low = _without_modifiers(text, low, start) if low < start else low
        if start - low < _LEAST_BEFORE:
            continue
        clause = max(text.rfind(mark, 0, low) for mark in "。;,\n!?:“") + 1
        high = _span_of_list(text, end, 40)
        told = _cue().search(text, clause, low) or _cue().search(text, end, high)
        name = text[low:end]
        if told and _has_maker(text, end, makers) and _is_product(name, words, end):
            yield low, end, "product:by-ending"


def _phrase_start(words: Words, start: int) -> int:
    """Where the noun phrase before an ending begins."""
    k = words.at[start]
    low = words.starts[k]
    k -= 1
    while k >= 0 and words.ends[k] == low and start - words.starts[k] <= _LONGEST:
        word, tag = words.words[k], words.tags[k]
        if word in _words("stop") or (word in word_class("boundary") and word not in word_class("inner")):
            break
        if not (tag in _PART_TAGS or word in word_class("inner") or _PART_SIZE.fullmatch(word)) or (
            len(word) == 1 and tag == "x"
        ):
            break
        if word in word_class("hard_noun") or (word in _words("abstract") and word.endswith(("产品", "技术"))):
            break
        low = words.starts[k]
        k -= 1
    return low


_TECH = re.compile(
    r"(?:攻克|突破|掌握|拥有|开发|研发|研究|攻关|首创)(?:了|出|的|出了){0,2}(?P<name>(?:(?!关键|核心|先进|自主|相关|高新|专利|信息)[\u4e00-\u9fffA-Za-z0-9\-+]){3,16}?技术)(?![\u4e00-\u9fff]?(?:企业|中心|人才|难题|创新|改造|研发|研究))"
)


def _techniques(text: str, makers: list[int]) -> Iterator[tuple[int, int, str]]:
    """`攻克大尺寸单晶生长技术`."""
    for match in _TECH.finditer(text):
        name = match.group("name")
        if not re.search(r"[的了和与及、,]|等$|类技术$|项技术$", name) and _has_maker(text, match.start(), makers):
            yield match.start("name"), match.end("name"), "product:technique"


_MEASURED = re.compile(
    r"(?:^|(?<=[,。;:\n“的]))(?P<name>[^,。;:\n的“”、]{2,14}?)(?:年|月|日|总)?(?:产能|出货量|销量|市场占有率|市占率|产销量|销售收入|交付量|装机量)"
)


def _measured(text: str, words: Words, makers: list[int]) -> Iterator[tuple[int, int, str]]:
    """`某某材料产能达5万吨`: what is counted by its output."""
    for match in _MEASURED.finditer(text):
        if not _has_maker(text, match.start(), makers):
            continue
        item = _item(text, words, match.start("name"), match.end("name"))
        if item is not None and item.end == match.end("name") and _is_nouns(words, item.start, item.end):
            yield item.start, item.end, "product:measured"


def _is_nouns(words: Words, start: int, end: int) -> bool:
    first, last = words.at[start], words.at[end - 1]
    return (
        words.starts[first] == start
        and words.ends[last] == end
        and all(
            words.tags[k] in ("n", "nz", "eng", "b", "nr", "x", "vn", "j", "ng", "l", "m")
            and words.words[k] not in word_class("boundary")
            for k in range(first, last + 1)
        )
    )


_BRANDED = re.compile(
    r"等(?:[0-9多几一二两三四五六七八九十]*款?)?(?:车型|产品|机型|型号|新车|芯片|手机)|、|和|下线|上市|交付|发布|全部|均|已|,|。"
)


def _brand(text: str, low: int, high: int) -> bool:
    """Whether a word and a code are a model's name: among others, or off the line."""
    return bool(_BRANDED.match(text, high)) and bool(
        re.search(r"下线|上市|交付|车型|机型|新车|量产|发布|推出|系列", text[max(0, low - 40) : high + 40])
    )
