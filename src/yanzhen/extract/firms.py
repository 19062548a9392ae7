"""Firms without a legal form in a clean text: a coined word where only somebody's name can stand.

`由澜某生物投资`, `龙头企业恒某新材`, `凌某激光创始人某某`, `甲、乙、丙等企业`. What is found in one such place is
looked for in the rest of the text.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from ahocorasick_rs import AhoCorasick, MatchKind

from yanzhen.data import rows
from yanzhen.extract.coined import coinage
from yanzhen.extract.lexicon import word_class, word_set
from yanzhen.extract.naming import is_coined, is_place, place_forms
from yanzhen.extract.words import NAME, known

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from yanzhen.extract.mentions import Mention
    from yanzhen.extract.words import Words

_LONGEST = 12
_BY = re.compile(
    r"由(?=[^,。;、的]{2,14}?(?:投资|建设|运营|负责|承建|研发|牵头|出资|实施|开发|承担|建造|打造|独资|控股|联合|与|和|自主|提供|设立|组建|孵化|研制|生产|供应|投建|发起|创办|独家|全额|斥资))"
)
_WITH = re.compile(
    r"(?:与|和|同|的)(?=[^,。;、的]{2,14}?(?:合资|共同出资|共同设立|签约|签署|联合成立|旗下|[一二三四]期项目))"
)
_WITH_END = re.compile(r"合资|共同|签约|签署|联合|旗下|[一二三四]期|和|与")
_UNDER = re.compile(r"旗下|[一二三四]期项目")
_BY_END = re.compile(
    r"设立|组建|孵化|研制|生产|供应|投建|发起|创办|独家|全额|斥资|投资|建设|运营|负责|承建|研发|牵头|出资|实施|开发|承担|建造|打造|独资|控股|联合|与|和|自主|提供|全资"
)
_AFTER = re.compile(
    r"[,。、;:)的在与和及也已将自从于正联合携手同旗]|自主|投资|研发|生产|建设|总经理|董事长|创始人|总裁|副总|负责人|项目|先后|成功|落户|签约|成立|通过|获|入选|年|今年|去年|CEO|技术|总监|等"
)
_COMPANY_WORD = re.compile(r"(?:公司|集团)$")


@cache
def _apposed() -> AhoCorasick:
    return AhoCorasick(sorted(word_class("firm_noun")), matchkind=MatchKind.LeftmostLongest)


@cache
def _executives() -> frozenset[str]:
    return frozenset(r["form"] for r in rows("names/titles.csv") if r["kind"] in ("executive", "investor"))


@cache
def _title_before() -> re.Pattern[str]:
    forms = sorted(_executives(), key=lambda f: (-len(f), f))
    return re.compile(rf"(?:{'|'.join(map(re.escape, forms))})(?:[、兼](?:{'|'.join(map(re.escape, forms))}))?$")


@cache
def _trades() -> frozenset[str]:
    return word_class("company_ending") | word_class("inner") | word_class("firm_trade")


@cache
def _firm_trades() -> frozenset[str]:
    return word_class("company_ending") | word_class("firm_trade") - {
        "建设",
        "发展",
        "投资",
        "国际",
        "中国",
        "设备",
        "系统",
        "技术",
    }


def find(
    text: str, words: Words, named: Iterable[Mention], people: Iterable[tuple[int, int]]
) -> Iterator[tuple[int, int, str]]:
    """(start, end, origin) of firms; `named` are the names found so far, ascending, `people` the spans of persons."""
    named = list(named)
    taken = {i: m for m in named if m.type != "place" for i in range(m.start, m.end)}
    zones = {m.name for m in named if m.type in ("zone", "government")}
    found: dict[str, str] = {}
    for start, end, origin in (
        *_by(text, words), *_behind_noun(text, words), *_before_title(text, words, people), *_public(text, words),
        *_at_clause(text, words), *_beside(text, words, named), *_scored(text, words),
    ):  # fmt: skip
        if _is_free(taken, start, end) and _is_name(text[start:end]) and not _names_zone(text[start:end], zones):
            found.setdefault(text[start:end], origin)
            yield start, end, origin
    for name, origin in found.items():
        if len(name) < 3 and known(name):
            continue
        at = text.find(name)
        while at >= 0:
            token = words.at[at]
            if _is_free(taken, at, at + len(name)) and (words.starts[token] == at or not known(words.words[token])):
                yield at, at + len(name), origin
            at = text.find(name, at + 1)


_LONGEST_SHORT = 6  # characters of a firm's short name that a trade may follow
_WHOLE = ("公司", "集团", "厂", "股份", "控股")


def text_ends_whole(words: Words, k: int) -> bool:
    """Whether a word ends a firm's name for good."""
    return words.words[k].endswith(_WHOLE)


def with_trade(words: Words, start: int, end: int) -> int:
    """Where the name of a known firm ends with the trade behind it (华某|新能源), the end given if there is none."""
    k = words.at[end - 1] + 1
    if words.ends[k - 1] != end or end - start > _LONGEST_SHORT or text_ends_whole(words, k - 1):
        return end
    stop = end
    while k < len(words.words) and words.starts[k] == stop and is_trade(words.words[k]) and stop - start <= _LONGEST:
        stop = words.ends[k]
        k += 1
    following = words.tags[k] if k < len(words.words) else "x"
    return stop if stop > end and (following in _PREDICATE or following in ("x", "uj", "c")) else end


def _is_free(taken: dict[int, Mention], start: int, end: int) -> bool:
    """Whether a span neither lies in a name found before nor crosses one; it may hold one."""
    first, last = taken.get(start), taken.get(end - 1)
    return (first is None or (first.start == start and first.end < end)) and (
        last is None or (last.end == end and last.start > start)
    )


def _names_zone(name: str, zones: set[str]) -> bool:
    """Whether a made-up word is a zone's and not a firm's: 某岷 where 某岷新区 is spoken of."""
    core = next((name[n:] for n in (3, 2) if name[:n] in place_forms() and len(name) - n >= 2), name)
    return any(core in zone for zone in zones) and not any(core.endswith(t) for t in _firm_trades())


def _is_name(name: str) -> bool:
    return 2 <= len(name) <= _LONGEST and name not in word_set("names/generic_nouns.csv")


_INDUSTRY = re.compile(r"(?![企产行农就创作专商事物工林牧渔])[\u4e00-\u9fff]业")


def is_trade(word: str) -> bool:
    """Whether a word is a trade inside a firm's name: 科技, 钛业."""
    return word in _firm_trades() or _INDUSTRY.fullmatch(word) is not None


def run_right(words: Words, start: int, size: int) -> list[int]:
    """Where a run of words that can be a firm's name may end, if one begins at `start`; ascending."""
    if start >= size or words.starts[words.at[start]] != start:
        return []
    k = words.at[start]
    coined = False
    end = start
    ends: list[int] = []
    while k < len(words.words) and words.ends[k] - start <= _LONGEST:
        if words.starts[k] != end:
            break
        if is_place(words, k) and not coined and end == start:
            pass
        elif _may_be_coined(words, k):
            coined = True
        elif not (coined and words.words[k] in _trades()):
            break
        end = words.ends[k]
        if coined:
            ends.append(end)
        k += 1
    return ends


def run_left(words: Words, end: int) -> int | None:
    """Where a run of words that can be a firm's name begins, if one ends at `end`."""
    if end <= 0 or words.ends[words.at[end - 1]] != end:
        return None
    k = words.at[end - 1]
    start, first = end, -1
    coined = False
    while k >= 0 and end - words.starts[k] <= _LONGEST and words.ends[k] == start:
        if is_place(words, k):
            first = words.starts[k] if coined else first
            break
        if _may_be_coined(words, k):
            coined, first = True, words.starts[k]
        elif coined or words.words[k] not in _trades():
            break
        start = words.starts[k]
        k -= 1
    return first if coined else None


_UNLIKE, _LIKE, _VERY_LIKE = -0.6, 0.9, 1.3
_CORE = (2, 4)  # characters of a coined word
_FUNCTION_TAGS = frozenset({"m", "q", "p", "c", "d", "r", "u", "uj", "ul", "uz", "t", "y", "f", "x", "NAME"})
_LEADS = frozenset("由与从向和及对给被据、")


@cache
def _plain_words() -> frozenset[str]:
    """Words that make no firm's name."""
    return word_set("names/generic_nouns.csv") | word_class("boundary") | word_class("inner")


def _scored(text: str, words: Words) -> Iterator[tuple[int, int, str]]:
    """A made-up word by the look of its characters, with a place before it or a trade behind it."""
    plain = _plain_words()
    for k, _word in enumerate(words.words):
        low = words.starts[k]
        before = text[low - 1] if low else "\n"
        region = k > 0 and words.ends[k - 1] == low and is_place(words, k - 1)
        if not (
            region
            or before in _CLAUSE
            or before in _LEADS
            or before == "的"
            or words.words[k - 1] in word_class("firm_noun")
        ):
            continue
        j, end = k, low
        while j < len(words.words) and words.starts[j] == end and words.ends[j] - low <= _CORE[1]:
            part = words.words[j]
            if words.tags[j] in _FUNCTION_TAGS or part in plain or part in _trades() or not _PLAIN_WORD.fullmatch(part):
                break
            end = words.ends[j]
            j += 1
            core = text[low:end]
            if len(core) < _CORE[0] or _MATTER.search(core):
                continue
            made = any(not known(words.words[i]) for i in range(k, j))
            score = coinage(core)
            if score < (_VERY_LIKE if not made else _LIKE - 0.2 * region):
                continue
            stop = end
            t = j
            while t < len(words.words) and words.starts[t] == stop and is_trade(words.words[t]):
                stop = words.ends[t]
                t += 1
            traded = stop > end
            begin = words.starts[k - 1] if region else low
            if region and made and score >= _VERY_LIKE and stop < len(text) and not traded:
                yield begin, stop, "firm:look"
                break
            if not traded and not region and not (made and score >= _VERY_LIKE and end - low > _CORE[0]):
                continue
            if stop < len(text) and (
                _AFTER.match(text, stop)
                or words.tags[words.at[stop]] in _PREDICATE
                or words.words[words.at[stop]] in _PREDICATE_WORDS
            ):
                yield begin, stop, "firm:look"
                break


_INSIDE_TAGS = frozenset({"n", "nz", "vn", "j", "ns", "b", "an", "nr", "x", "m"})


def _ends_firm(word: str, tag: str) -> bool:
    """Whether a word can stand in no firm's name."""
    return tag not in _INSIDE_TAGS or (len(word) == 1 and tag == "x")


_PLAIN_WORD = re.compile(r"[\u4e00-\u9fff]{1,4}")


def _may_be_coined(words: Words, k: int) -> bool:
    word, tag = words.words[k], words.tags[k]
    if tag == NAME:
        return words.kinds[k] == "company"
    if is_place(words, k):
        return False
    unknown = is_coined(word, tag) and not known(word) and (not _PLAIN_WORD.fullmatch(word) or coinage(word) > _UNLIKE)
    return unknown or (tag in ("nz", "nrt") and len(word) >= 2)


def _by(text: str, words: Words) -> Iterator[tuple[int, int, str]]:
    for match in _BY.finditer(text):
        end = next((e for e in run_right(words, match.end(), len(text)) if _BY_END.match(text, e)), None)
        if end is not None:
            yield match.end(), end, "firm:by"
    for match in _WITH.finditer(text):
        end = next((e for e in run_right(words, match.end(), len(text)) if _WITH_END.match(text, e)), None)
        if end is not None:
            yield match.end(), end, "firm:with"
    for match in _UNDER.finditer(text):
        start = run_left(words, match.start())
        if start is not None:
            yield start, match.start(), "firm:under"


def _behind_noun(text: str, words: Words) -> Iterator[tuple[int, int, str]]:
    for _, _, noun_end in _apposed().find_matches_as_indexes(text):
        start = noun_end
        while start < len(text):
            end = next((e for e in reversed(run_right(words, start, len(text))) if _AFTER.match(text, e)), None)
            if end is None:
                break
            yield start, end, "firm:behind-noun"
            if text[end : end + 1] not in ("、", "和"):
                break
            start = end + 1


def _before_title(text: str, words: Words, people: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int, str]]:
    for low, _ in people:
        match = _title_before().search(text, max(0, low - 16), low)
        if match is None:
            continue
        end = match.start()
        end -= 2 if text[:end].endswith("联合") else 0
        start = run_left(words, end)
        if start is not None:
            yield start, end, "firm:before-title"


_BESIDE = re.compile(r"[\u4e00-\u9fffA-Za-z0-9]{2,30}?(?=[、,。;和与等及的在已将]|$)")
_SHORT_ITEM = 6  # characters of a whole item of a list


def _beside(text: str, words: Words, named: Iterable[Mention]) -> Iterator[tuple[int, int, str]]:
    """`某某光学、锐某微纳位列其中`: a coined word joined to a firm."""
    named = list(named)
    begins = {m.start for m in named if m.type != "place"}
    for firm in named:
        if firm.type != "company" or text[firm.end : firm.end + 1] not in ("、", "和", "与"):
            continue
        low = firm.end + 1
        item = _BESIDE.match(text, low)
        if item is None or words.starts[words.at[low]] != low or not _may_be_coined(words, words.at[low]):
            continue
        if low in begins:
            continue  # a name of its own stands there
        if len(item.group()) <= _SHORT_ITEM and text[item.end() : item.end() + 1] in ("、", "等", "和", "与"):
            yield low, item.end(), "firm:beside"
            continue
        ends = reversed(run_right(words, low, len(text)))
        end = next(
            (e for e in ends if e == len(text) or _AFTER.match(text, e) or words.tags[words.at[e]] in _PREDICATE), None
        )
        if end is not None and end - low > _CORE[0]:
            yield low, end, "firm:beside"


_CLAUSE = frozenset(",。;:、\n”“!?(")
_COINED = 3  # characters of a coined word
_PREDICATE = frozenset({"v", "d", "p", "vn", "uj", "t", "m", "a"})
_PREDICATE_WORDS = frozenset({"年产", "研发", "主要", "专业", "主营", "全资", "独家", "自主"})
_PLAIN_HAN = re.compile(r"(?!这|那|为|育|产|政|校)[\u4e00-\u9fff]{2,3}(?<!合|业)")
_MATTER = re.compile(
    r"[碳硅锂氮镓砷磷硼氢氧氟氯硫钠钾镁铝钛铬锰铁钴镍铜锌锗锆铌钼银锡锑钨铂金铅铋烯烷醇酯胺酸碱酶肽蛋糖脂膜胶晶瓷芯]"
)


def _at_clause(text: str, words: Words) -> Iterator[tuple[int, int, str]]:
    """`,凌某动力主要从事`: a coined word with its trade where the subject of a clause stands."""
    for k, word in enumerate(words.words):
        low = words.starts[k]
        if low and text[low - 1] not in _CLAUSE and words.words[k - 1] not in word_class("firm_noun"):
            continue
        if not _may_be_coined(words, k) or words.tags[k] == NAME or known(word) or _MATTER.search(word):
            continue
        end = words.ends[k]
        if end - low > _COINED or not _PLAIN_HAN.fullmatch(word):
            continue
        j = k + 1
        while j < len(words.words) and is_trade(words.words[j]) and words.ends[j] - low <= _LONGEST:
            end = words.ends[j]
            j += 1
        if (
            end > words.ends[k]
            and end < len(text)
            and (words.tags[words.at[end]] in _PREDICATE or words.words[words.at[end]] in _PREDICATE_WORDS)
            and words.words[words.at[end]] not in word_set("names/generic_nouns.csv")
        ):
            yield low, end, "firm:clause"


_PUBLIC = re.compile(r"(?:[(][\u4e00-\u9fff]{2,4}[)])?(?:公司|集团)(?!化|[总分子]部)")


def _public(text: str, words: Words) -> Iterator[tuple[int, int, str]]:
    """`江某一环集团`, `云某贵州公司`: words behind a region or a known firm, ended by 公司 or 集团."""
    for match in _PUBLIC.finditer(text):
        if text[: match.start()].endswith(("有限", "责任", "股份")):
            continue
        k = words.at[match.start()]
        if words.starts[k] < match.start():
            continue
        k -= 1
        first, coined, start = -1, False, match.start()
        plain = word_set("names/generic_nouns.csv")
        while k >= 0 and match.end() - words.starts[k] <= _LONGEST + 6 and words.ends[k] == start:
            word, tag = words.words[k], words.tags[k]
            if word in word_class("boundary") and word not in word_class("inner"):
                break
            region = is_place(words, k) or tag == "ns"
            if region or _may_be_coined(words, k):
                coined = coined or not region
                first = words.starts[k]
            elif _ends_firm(word, tag) or (word in plain and word not in _trades()):
                break
            start = words.starts[k]
            k -= 1
        if first >= 0 and match.start() - first >= 3 and (coined or match.start() - first >= _CORE[1]):
            yield first, match.end(), "firm:public"
