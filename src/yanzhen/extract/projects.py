"""Projects that are called by what they are: `由某公司投资的新能源整车改造项目`, `某公司二期`, `新增4条…生产线`.

A noun phrase that ends in the name of an undertaking is one only where the sentence treats it as a single thing:
somebody builds, owns or runs it, or a sum, a site or a stage is told of it.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from ahocorasick_rs import AhoCorasick, MatchKind

from yanzhen.extract.lexicon import word_class
from yanzhen.extract.naming import is_coined

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from yanzhen.extract.mentions import Mention
    from yanzhen.extract.words import Words

_LIMIT = 30  # characters of a name before its ending
_LEAST = 3
_OWNER = frozenset({"company", "institute"})
_PHASE = re.compile(r"(?:项目)?[一二三四五]期(?:项目|工程)?")
_MODIFIER_TAGS = frozenset(
    {
        "n",
        "nz",
        "nr",
        "nrt",
        "ns",
        "nt",
        "vn",
        "b",
        "j",
        "eng",
        "an",
        "ng",
        "k",
        "h",
        "g",
        "NAME",
        "s",
        "f",
        "l",
        "i",
        "x",
        "a",
    }
)
_SIZE = re.compile(r"[α-ωΑ-Ω]|[0-9.,]+|[A-Za-z0-9.+\-/]+|第?[一二三四五六七八九十两]+")
_SIZED = re.compile(
    r"英寸|吋|代|期|号|吨|万吨|亿|万|片|台|套|万台|万套|万片|兆瓦|吉瓦时|吉瓦|千瓦|立方米|平方米|GWh|MW|GW|万千瓦|万平方米|亿颗|万辆|辆|万只|万件|米|公里|锭|万锭|枚|瓶|万支|支|头|万头|羽|升|公斤|千克|卷|包|盒|箱|粒|标箱|立方|亩|年"
)
_COUNTED = re.compile(
    r"(?:(?:[0-9二三四五六七八九十两几数百千多余]|[0-9]一)(?:余|多)?(?:个|条|座|批|类|项|大|家)|各类|各|一批|等)(?:重大|重点)?$"
)
_CLASSIFIERS = frozenset("个条座批类项家")
_YEARLY = frozenset({"年产", "月产", "日产", "年处理", "年加工"})


@cache
def _endings() -> AhoCorasick:
    return AhoCorasick(sorted(word_class("project_ending")), matchkind=MatchKind.LeftmostLongest)


@cache
def _pattern(name: str) -> re.Pattern[str]:
    words = sorted(word_class(name), key=lambda f: (-len(f), f))
    return re.compile("|".join(map(re.escape, words)))


@cache
def _before() -> re.Pattern[str]:
    return re.compile(rf"(?:{_pattern('project_before').pattern})(?:了|的|一座|一个|一条|一期)?$")


def find(text: str, words: Words, named: Iterable[Mention]) -> Iterator[tuple[int, int, str]]:
    """(start, end, origin) of projects called by what they are; `named` are the names found so far, ascending."""
    owners = {m.end: m for m in named if m.type in _OWNER}
    spans = {m.end: m for m in named}
    for _, start, end in _endings().find_matches_as_indexes(text):
        if text[start - 1 : start] in ("该", "各", "类", "") or (
            end in spans and spans[end].type in ("project", "zone")
        ):
            continue
        if words.ends[words.at[end - 1]] != end:
            continue
        low = _left(text, words, start)
        if low is None:
            continue
        stop = end
        if phase := _PHASE.match(text, end):
            stop = phase.end()
        core = text[low:start]
        if not _says_what(core, words, low, start):
            continue
        led = words.kinds[words.at[low]] == "company" and words.ends[words.at[low]] < start
        owned = text[start:end] in _PHASES and _has_owner(words, low)
        if owned or _is_single(text, low, stop, owners, led_by_firm=led):
            yield low, stop, "project:described"


def _left(text: str, words: Words, start: int) -> int | None:
    """Where the noun phrase before an ending begins."""
    token = words.at[start]
    k = token if words.starts[token] < start else token - 1
    low: int | None = None
    led = False
    boundary = word_class("boundary")
    while k >= 0 and start - words.starts[k] <= _LIMIT:
        word, tag = words.words[k], words.tags[k]
        if words.ends[k] < (words.starts[k + 1] if k + 1 < len(words.starts) else start):
            break
        if word in word_class("hard_noun") or word in ("集团", "该公司"):
            break
        if tag == "NAME" and words.kinds[k] not in ("", "company", "place", "zone", "institute"):
            break
        fits = tag in _MODIFIER_TAGS or word in word_class("inner") or word in _YEARLY or (tag == "v" and len(word) > 1)
        verb = word in boundary or (word in word_class("project_before") and k != token - 1)
        if (
            verb and word not in ("国家", "全国") and word not in word_class("inner") and word not in _YEARLY
        ) or word in _CLASSIFIERS:
            fits = False
        if word in ")(":
            group = text.rfind("(", max(0, words.starts[k] - 12), words.starts[k]) if word == ")" else -1
            if group < 0:
                break
            k = words.at[group]
            fits = True
        elif len(word) == 1 and tag == "x":
            fits = word in "·-+/&"
        elif _SIZE.fullmatch(word) or _SIZED.fullmatch(word):
            fits = True
        if not fits:
            break
        if words.kinds[k] in ("zone", "place") and led:
            break  # 某区|某公司某项目: the firm's project, and where it stands
        led = words.kinds[k] == "company"
        low = words.starts[k]
        k -= 1
    return low


_PHASES = frozenset({"二期", "三期", "四期"})


def _has_owner(words: Words, low: int) -> bool:
    """Whether a phrase begins with a name or a made-up word."""
    first = words.at[low]
    return words.tags[first] == "NAME" or is_coined(words.words[first], words.tags[first])


def _says_what(core: str, words: Words, low: int, start: int) -> bool:
    """Whether the phrase says more than that there is some project (重点|项目 does not)."""
    if len(core) < _LEAST:
        return False
    plain = word_class("project_generic")
    first, last = words.at[low], words.at[start - 1]
    said = [words.words[k] for k in range(first, last + 1) if words.words[k] not in plain]
    return sum(map(len, said)) >= _LEAST - 1


def _is_single(text: str, low: int, stop: int, owners: dict[int, Mention], *, led_by_firm: bool) -> bool:
    if low in owners or led_by_firm:
        return True
    before = text[max(0, low - 16) : low]
    if _COUNTED.search(text, max(0, low - 10), low):
        return False
    if text[low - 1 : low] == "的" and low - 1 in owners:
        return True
    if text[:stop].endswith("车间"):
        return bool(_before().search(before))  # somebody's workshop is one only where it is built
    if _pattern("project_after").match(text, stop) and not text.startswith("等", stop):
        return True
    return bool(_before().search(before))


# `3.某公司某某装备制造,总投资1.2亿元`: an item of a list of projects.
_ITEM = re.compile(
    r"(?m)^(?:[0-9]{1,2}[.、)]|\([0-9一二三四五六七八九十]{1,3}\)|[▲●■◆★※·])\s?(?P<name>[^,。;:\n]{5,40}?)(?:\([^()\n]{2,10}\))?,(?=(?:计划)?(?:总投资|投资|占地|已|正在|完成|责任|建设|规划|[0-9]{4}年|[0-9]{1,2}月|预计|目前|由|位于|年产))"
)
_NO_PROJECT = re.compile(r"[是了将]|企业$|增长|突破|达到|实现")


def listed(text: str) -> Iterator[tuple[int, int, str]]:
    """(start, end, origin) of the items of a list of projects."""
    for match in _ITEM.finditer(text):
        if not _NO_PROJECT.search(match.group("name")):
            yield match.start("name"), match.end("name"), "project:listed"


_PLANT = re.compile(
    r"(?:(?:[\u4e00-\u9fff]{2,3}(?:市|省|区|县)?)?(?:西南|西北|东北|华东|华南|华中|华北|西部|北方|南方|长三角|大湾区|全球|中国|亚太|第二|超级|智慧|智能|数字|生产|制造|研发|总部|新能源|二期|三期|一期)*)"
    r"(?:基地|工厂|总部|研发中心|分厂|厂区|超级工厂|总装厂)(?:[一二三四]期)?(?:项目)?"
)


def plants(text: str, firms: Iterable[Mention], places: frozenset[str]) -> Iterator[tuple[int, int, str]]:
    """`某公司株某基地`, `某汽车渝某工厂`: a firm's plant at a place."""
    for firm in firms:
        match = _PLANT.match(text, firm.end)
        if match is None or match.end() - firm.end > _LONGEST_PLANT:
            continue
        inside = match.group()
        if any(inside[:size] in places for size in (2, 3, 4)) or _QUALIFIED.match(inside):
            yield firm.start, match.end(), "project:plant"


_LONGEST_PLANT = 14
_QUALIFIED = re.compile(
    r"西南|西北|东北|华东|华南|华中|华北|西部|北方|南方|长三角|大湾区|全球|中国|亚太|第二|超级|智慧|智能|数字|生产|制造|研发|总部"
)
_AMOUNT_BEFORE = re.compile(
    r"(?:年产|月产|年处理|年加工|年)?[0-9][0-9.]*(?:余|万|亿|千)?(?:台套|万套|[台套片吨颗件辆只支米条块座]|平方米|立方米|千瓦时|千瓦|吉瓦时|兆瓦时|吉瓦|兆瓦|GWh|MWh|GW|MW)(?:/年)?$"
)


_PHASE_BEFORE = re.compile(r"(?:[\u4e00-\u9fff]{2,3})?(?P<phase>[一二三四五]期)$")


def whole_start(text: str, start: int, firms: dict[int, Mention]) -> int:
    """Where a project's name begins with the amount and the firm that stand before it."""
    amount = _AMOUNT_BEFORE.search(text, max(0, start - 16), start)
    low = amount.start() if amount else start
    phase = _PHASE_BEFORE.search(text, max(0, low - 6), low)
    for begin in (low, phase.start("phase") if phase else low, phase.start() if phase else low):
        if begin in firms:
            low = begin
            break
    firm = firms.get(low)
    return firm.start if firm is not None and firm.end - firm.start > 1 else low


def phases(text: str, named: Iterable[Mention]) -> Iterator[tuple[int, int, str]]:
    """`某产业园一期`, `某公司二期`: a phase of a park, plant or firm is a project of its own."""
    for mention in named:
        if mention.type not in ("zone", "project", "institute", "company"):
            continue
        match = re.compile(r"[一二三四五]期(?:项目|工程|扩建项目|扩产项目)?(?!投资|总投资)").match(text, mention.end)
        if match is not None:
            yield mention.start, match.end(), "phase:of-name"
