"""How far a name reaches to the left of the ending that gives it away.

Chinese puts no space before a name: what may stand inside one (a region, a coined word, a trade, an activity) and what
never does (a verb, a function word, a noun in apposition) decides. Works on words, knows no document.
"""

from __future__ import annotations

import re
from functools import cache

from yanzhen.data import rows, split
from yanzhen.extract.lexicon import Suffix, word_class, word_set
from yanzhen.extract.words import NAME, Words, is_lone, known

NAME_LIMIT = 34  # characters to the left of a suffix; the longest official names of the reference tables have 38

LEGAL = re.compile(r"(?:股份有限|有限责任|有限|集团)公司$")
_HAN = re.compile(r"[\u3400-\u9fff]")
_PROPER_TAGS = frozenset({"nr", "nrt", "nrfg", "ns", "nt", NAME, "eng"})
_NAME_TAGS = frozenset(
    {"n", "nr", "nrt", "nrfg", "ns", "nt", "nz", "ng", "vn", "an", "b", "j", "k", "h", "eng", "i", "l", "s", "f", "a",
     "g", "ag", "vg", "tg", "zg", "o", "z", "nx", "e", NAME}
)  # fmt: skip
_NUMERAL = re.compile(
    r"[一二三四五六七八九十〇零]{2,4}|[一二三四五]期|第[一二三四五六七八九十\d]{1,3}代?|\d{2,4}(?:[-—]\d{2,4})?|[A-Za-z0-9.+\-]*[A-Za-z][A-Za-z0-9.+\-]*"
)
_COUNTED = re.compile(
    r"(?:[0-9一二两三四五六七八九十百千万余多几数]+|各|每|多|首|某|一批)(?:个|家|所|座|项|大|批|条|只|名|位|款|类|种)$"
)
_SCOPES = ("全国", "全省", "全市", "全球", "世界", "国家")


def is_proper(word: str, tag: str) -> bool:
    """Whether a word can only be, or be part of, a proper name."""
    if word in word_set("names/generic_nouns.csv") or word in word_class("boundary"):
        return False
    if tag in _PROPER_TAGS:
        return True
    return len(word) >= 2 and bool(_HAN.match(word)) and tag not in ("m", "t", "l", "i", "d") and not known(word)


def is_coined(word: str, tag: str) -> bool:
    """Whether a word looks made up for a firm: unknown to the dictionary, or a name."""
    if tag == NAME or word in word_set("names/generic_nouns.csv") or word in word_class("boundary"):
        return False
    if tag == "ns" and word not in place_forms():
        return len(word) >= 2
    return (tag in ("nr", "nrt", "nz", "eng") and len(word) >= 2) or (
        2 <= len(word) <= 4 and bool(_HAN.match(word)) and tag not in ("m", "t") and not known(word)
    )


@cache
def place_forms() -> frozenset[str]:
    """Names and short names of all divisions."""
    return frozenset(
        f for r in rows("places/divisions.csv") for f in (r["name"], r["short"], *split(r["aliases"])) if f
    )


def is_place(words: Words, k: int) -> bool:
    """Whether a word is the name of a division."""
    return words.words[k] in place_forms()


def _stands_in_name(word: str, tag: str, kind: str) -> bool:
    if kind == "project" and word in ("条", "个", "座", "家", "项", "批", "类"):
        return False  # 2条|生产线: how many, no name
    if tag == NAME:
        return True
    if word in word_class("boundary"):
        # `全国…大赛`, `国家…计划`: scopes begin names of events, honours and policies.
        return kind in ("event", "honor", "policy") and word in _SCOPES
    if tag in _NAME_TAGS or word in word_class("inner"):
        return not (kind == "zone" and word in ("建设", "发展", "培育", "服务", "管理", "推进"))
    if kind == "legal":
        # A registered name may hold any word; function words, marks and counts end it.
        return tag not in ("x", "m", "q", "uj", "ul", "p", "c", "r", "u") or bool(
            re.fullmatch(r"[一二三四五六七八九十]{2,4}", word)
        )
    if tag == "m":
        return kind not in ("zone", "company") and bool(
            _NUMERAL.fullmatch(word) or (kind == "project" and (word.isdigit() or word == "第"))
        )
    if tag == "x":
        return word in "·-&+" or bool(_HAN.match(word))
    return (
        tag == "q" and kind in ("project", "product", "honor", "policy") and word in ("英寸", "吋", "年度", "代", "度")
    )


def _opened(words: Words, at: int, opening: str, longest: int) -> int | None:
    """Index of the word that opens the bracket or quotation closed at `at`."""
    for k in range(at - 1, max(-1, at - longest), -1):
        if words.words[k] == opening:
            return k
        if words.words[k] in "。!?;\n":
            return None
    return None


def _joins_inside(words: Words, at: int, kind: str) -> bool:
    """Whether `与` joins two activities within one name (器件制造与验证中试基地), not two names."""
    return (
        kind in ("institute", "project", "policy", "legal")
        and at > 0
        and words.words[at + 1] in word_class("inner")
        and words.tags[at - 1] in ("n", "vn", "nz", "v", "j")
        and words.words[at - 1] not in word_class("boundary")
    )


def _region_before(words: Words, at: int) -> int | None:
    """A function word right behind a region is the coined core of a registered name (某城|臻|至|机械…)."""
    for k in range(at, max(-1, at - 4), -1):
        if words.tags[k] == "x" or words.ends[at] - words.starts[k] > 8:
            return None
        if is_place(words, k) and words.ends[at] - words.ends[k] <= 3:
            return k
    return None


def _name_before(words: Words, at: int, kind: str) -> int | None:
    """A verb between a region and the rest of an institution's name belongs to the name (某市|智能|穿戴|技术…)."""
    if kind not in ("institute", "zone", "project") or words.tags[at] not in ("v", "vd", "d", "vi"):
        return None
    for k in range(at, max(-1, at - 5), -1):
        if words.tags[k] == "x" or words.words[k] in word_class("boundary"):
            return None
        if is_place(words, k):
            return k
    return None


def left_edge(words: Words, last: int, kind: str) -> int:
    """Index of the first word of the longest run to the left of `last` that a name of this kind can hold."""
    first = last
    activity = True
    while first > 0 and words.starts[last] - words.starts[first - 1] <= NAME_LIMIT:
        prev = first - 1
        word, tag = words.words[prev], words.tags[prev]
        group = _opened(words, prev, "(", 6) if word == ")" else _opened(words, prev, "“", 14) if word == "”" else None
        if group is not None:
            first = group
        elif word in "与和及" and _joins_inside(words, prev, kind):
            first = prev - 1
        elif kind == "government" and words.kinds[prev] in ("company", "person", "honor"):
            break
        elif _stands_in_name(word, tag, kind) or (kind == "legal" and activity and word in word_class("inner")):
            first = prev
            activity = activity and word in word_class("inner")  # 某某|投资|发展|有限公司: what the firm does
        else:
            region = _region_before(words, prev) if kind == "legal" else _name_before(words, prev, kind)
            if region is None:
                break
            first = region
    return first


@cache
def bearer_nouns() -> frozenset[str]:
    """Generic nouns for firms that stand in front of a firm's name (园区企业|某某科技)."""
    return frozenset(f for f in word_set("names/generic_nouns.csv") if f.endswith(("企业", "公司", "厂商", "供应商")))


@cache
def _cut_off_nouns(firm: bool) -> frozenset[str]:
    """Generic nouns that are no part of a name behind them."""
    nouns = word_class("hard_noun") | bearer_nouns()
    return nouns if firm else nouns | word_class("soft_noun")


def trimmed(words: Words, first: int, last: int, kind: str) -> int:
    """The first word of the name proper: generic nouns and modifiers in front of it are cut off."""
    nouns = _cut_off_nouns(kind in ("legal", "company"))
    if kind not in ("policy", "honor", "event"):
        for k in range(last - 1, first - 1, -1):
            if words.words[k] in nouns and k + 1 < last and is_proper(words.words[k + 1], words.tags[k + 1]):
                first = k + 1
                break
    trim = word_class("trim") if kind != "legal" else frozenset(("一家", "该"))
    while first < last and (
        words.words[first] in trim
        or words.words[first] in nouns
        or words.words[first] in ")”·-、+"
        or words.tags[first] in ("q", "zg", "k", "e", "o")
        or _COUNTED.search(words.words[first])
    ):
        first += 1
    return first


def registered_start(words: Words, first: int, last: int) -> int:
    """A registered name begins with its region where one is named: at the last region with a core behind it."""
    for k in range(last - 1, first, -1):
        if is_place(words, k) and words.words[k - 1] != "(" and words.starts[last] - words.ends[k] >= 2:
            begin = k
            while begin > first and is_place(words, begin - 1):
                begin -= 1
            return begin
    return first


def proper_start(words: Words, first: int, last: int) -> int:
    """The name of a park begins with its proper part; common nouns before that belong to the sentence."""
    start = next(
        (k for k in range(first, last) if words.words[k] in "“(" or is_proper(words.words[k], words.tags[k])), first
    )
    if (
        start > first
        and len(words.words[start - 1]) == 1
        and (words.words[start - 1] in "东西南北" or not is_lone(words.words[start - 1]))
    ):
        start -= 1  # 深|科达, 西|太湖: the cutter tore the name
    return start


def without_outer_zone(words: Words, first: int, last: int) -> int:
    """A park within a zone bears its own name where it has one: 某科学城|某某产业园, but 某高新区软件园 whole."""
    for k in range(last - 1, first - 1, -1):
        if words.kinds[k] == "zone" and k + 1 <= last:
            own = any(is_proper(words.words[j], words.tags[j]) for j in range(k + 1, last))
            return k + 1 if own else first
    return first


def firm_inside(words: Words, first: int, last: int) -> int | None:
    """Index of the word that ends the firm a project is named after (澜某|生物|抗体药物生产基地项目), or None."""
    coined = first + 1 < last and is_coined(words.words[first], words.tags[first]) and not is_place(words, first)
    return first + 1 if coined and words.words[first + 1] in word_class("company_ending") else None


def counted(core: str) -> bool:
    """Whether what precedes an ending only counts it (300多家, 各个)."""
    return bool(_COUNTED.search(core))


def close_proper(words: Words, first: int, last: int, core: str) -> bool:
    """Whether a proper name or quotation stands right before an ending that is otherwise an ordinary noun."""
    return core.endswith("”") or any(
        is_proper(words.words[k], words.tags[k]) for k in range(max(first, last - 2), last)
    )


# A trade goes on as a common noun before these parts of speech (半导体|产业, 汽车|芯片).
_GOES_ON = frozenset({"n", "vn", "nz", "j", "b", "an", "ng", "k", "l"})
_FIRM_FOLLOWS = frozenset(
    (
        "项目",
        "公司",
        "集团",
        "总部",
        "负责人",
        "相关负责人",
        "副总",
        "创始人",
        "首席",
        "旗下",
        "自主",
        "生产基地",
        "研发",
        "生产",
        "投资",
        "总投资",
    )
)


def is_short_firm(words: Words, first: int, last: int, ending: tuple[int, int]) -> bool:
    """Whether `X科技`, `X半导体` without a legal form is a firm: a coined word stands right before the trade."""
    start, end = ending
    after = words.at[end] if end < len(words.at) else None
    if after is not None and words.tags[after] in _GOES_ON:
        word = words.words[after]
        if word not in _FIRM_FOLLOWS and not any(
            word.startswith(t) for t in ("董事", "总经理", "总裁", "副总", "高级", "首席")
        ):
            return False
    before = last if words.starts[last] < start else last - 1
    coined = [k for k in range(first, before + 1) if is_coined(words.words[k], words.tags[k])]
    if not coined or coined[0] - first > 1 or start - words.starts[first] > 8:
        return False
    between = words.words[coined[-1] + 1 : before + 1]
    return all(word in word_class("company_ending") or word in word_class("inner") for word in between)


_GRADED = re.compile(r"全国|全球|中国|世界|亚洲|国家级|国家|省级|市级|[\u4e00-\u9fff]{2,3}[省市]级?|\d{4}年?度?")
_EDITION = re.compile(r"\d{4}年?|第.{1,3}届|中国|世界|国际|全国|全球")
_SIZED = re.compile(r"\d+(?:英寸|吋|代)|第[\d一二三四五六七八九十.]+代|[A-Z]{2,}")


def is_edition(core: str) -> bool:
    """Whether a year, an edition or a scope begins the name of an event (2024世界…大会)."""
    return bool(_EDITION.match(core))


def _is_torn(words: Words, first: int, last: int) -> bool:
    """Whether single characters, one of them no word by itself, make up what stands before an ending (青|沣|高新区)."""
    parts = words.words[first:last]
    return all(len(part) == 1 for part in parts) and not all(is_lone(part) for part in parts)


def is_named(words: Words, suffix: Suffix, first: int, last: int, core: str) -> bool:
    """Whether the words before an ending make it somebody's name and no common noun."""
    inside = range(first, last)
    if any(is_proper(words.words[k], words.tags[k]) for k in inside) or "“" in core:
        return True
    if suffix.type == "government" and core in word_class("bare_zone"):
        return True
    if suffix.type == "zone" and 2 <= len(core) <= 3 and _is_torn(words, first, last):
        return True
    if suffix.type == "honor" and _GRADED.match(core):
        return True
    if suffix.type == "event" and is_edition(core):
        return True
    if suffix.type == "project" and suffix.form[:2] in ("一期", "二期", "三期", "四期") and len(core) >= 4:
        return True
    if suffix.type == "project" and _SIZED.search(core):
        return True
    long_enough = len(core) >= 5 if suffix.type == "zone" else len(core) >= 4
    return (
        core.startswith("国家")
        and not core.startswith("国家级")
        and long_enough
        and suffix.type not in ("honor", "event")
    )
