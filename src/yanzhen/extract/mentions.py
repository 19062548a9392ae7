"""Clean text -> typed mentions of things: tables first, then what no table knows.

Each finder looks for one way of naming; `find` runs them in order and settles overlaps. Mentions are spans of the
clean text; which mentions are one thing is decided in `entities`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from yanzhen.extract import bodies, described, firms, lists, occasions, persons, places, projects
from yanzhen.extract.lexicon import Entry, Suffix, names, suffix_matches, word_class
from yanzhen.extract.naming import (
    LEGAL,
    close_proper,
    counted,
    firm_inside,
    is_coined,
    is_edition,
    is_named,
    is_place,
    is_short_firm,
    left_edge,
    place_forms,
    proper_start,
    registered_start,
    trimmed,
    without_outer_zone,
)
from yanzhen.extract.words import NAME, Words, cut, known

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


@dataclass(frozen=True, slots=True)
class Mention:
    """A name at a place of the clean text.

    Attributes:
        start, end: offsets in the clean text.
        type: entity type.
        name: the form as written.
        origin: the finder and row that made it.
        ref: reference row, or empty.
        sure: found by a table or a full form; a short or weak form otherwise.
    """

    start: int
    end: int
    type: str
    name: str
    origin: str
    ref: str = ""
    sure: bool = True


@dataclass(frozen=True, slots=True)
class Found:
    """The words of a text and the mentions in it, ascending and disjoint; `inner` are names within names."""

    words: Words
    mentions: list[Mention]
    inner: list[Mention]


Hit = tuple[int, int, tuple[Entry, ...]]

# ---- 1: tables -------------------------------------------------------------------------------------------------------

_ASCII_WORD = re.compile(r"[A-Za-z0-9]")
_TYPE_ORDER = ("zone", "institute", "government", "finance", "company", "honor", "event", "place")
_BRANCH = re.compile(r"\([\u4e00-\u9fff]{2,6}\)(?:有限公司|公司)?")
_NAMELIKE_TAGS = frozenset({"ns", "nr", "nrt", "nrfg", "nt", "nz", "eng", NAME, "x", "j"})


def _ascii_torn(text: str, start: int, end: int) -> bool:
    """Whether a Latin form is only part of a longer Latin word (SK in SKU)."""
    return bool(
        (_ASCII_WORD.match(text[start]) and start > 0 and _ASCII_WORD.match(text[start - 1]))
        or (_ASCII_WORD.match(text[end - 1]) and end < len(text) and _ASCII_WORD.match(text[end]))
    )


def _table_hits(text: str) -> list[Hit]:
    machine, meant = names()
    return [(s, e, meant[i]) for i, s, e in machine.find_matches_as_indexes(text) if not _ascii_torn(text, s, e)]


def _is_strong(form: str, entries: tuple[Entry, ...]) -> bool:
    """Whether a form is a name wherever it stands: long enough, and no ordinary word."""
    return not any(e.weak for e in entries) and (
        len(form) >= 4
        or any(e.type in ("zone", "government") for e in entries)
        or (len(form) == 3 and form[-1] in "省市州")
    )


def _choose(entries: Iterable[Entry]) -> Entry:
    """Of several meanings of one form the one whose type is the most telling."""
    return min(entries, key=lambda e: (_TYPE_ORDER.index(e.type), e.weak, e.ref))


def _table_mentions(text: str, words: Words, hits: list[Hit]) -> Iterator[Mention]:
    for start, end, entries in hits:
        form = text[start:end]
        meant = entries
        if not _is_strong(form, entries):
            first, last = words.at[start], words.at[end - 1]
            if words.starts[first] != start or words.ends[last] != end:
                continue
            meant = tuple(e for e in entries if not e.weak)
            if not meant or (first == last and words.tags[first] not in _NAMELIKE_TAGS and known(form)):
                continue
        entry = _choose(meant)
        if (
            entry.type == "zone"
            and form.startswith("国家")
            and not any(form[k : k + 2] in place_forms() for k in range(2, len(form)))
        ):
            yield Mention(start, end, "honor", form, f"table:{entry.ref}", "")
            continue
        if entry.type == "place" and entry.name == "中国":
            continue
        if entry.type == "place" and places.is_part(text, words, start, end):
            continue
        stop = end
        if entry.type == "company" and (branch := _BRANCH.match(text, end)):
            stop = branch.end()
        elif entry.type == "company":
            stop = firms.with_trade(words, start, end)
        if entry.type == "honor":
            if _CLASS_COUNT.match(text, end):
                continue  # 专精特新企业128家: how many there are, nobody is given anything
            start, stop = _whole_honour(text, words, start, end)  # noqa: PLW2901
        if entry.type == "event" and (edition := _EDITION_BEFORE.search(text, max(0, start - 12), start)):
            start = edition.start()  # noqa: PLW2901
        ref = entry.ref if stop == end else ""
        yield Mention(start, stop, entry.type, text[start:stop], f"table:{entry.ref}", ref)


_EDITION_BEFORE = re.compile(r"(?:\d{4}年?|第[一二三四五六七八九十百\d]{1,4}届)(?:\d{4})?(?:年)?$")
_GRADE = re.compile(
    r"(?:[A-Z]{2,5}[0-9]{2,6}|欧盟|美国|日本|国际|国家级?|省级?|市级|区级|国家重点|[\u4e00-\u9fff]{2,3}省级?|[\u4e00-\u9fff]{2,4}市级?)$"
)
_CLASS_COUNT = re.compile(r"[”]?(?:企业|园区|单位|产品)?(?:数量|总数|累计|已|共|达到?|增至|超过?|突破|近|约)*[0-9]")
_HONOUR_TAIL = re.compile(r"[”]?(?:企业|园区|单位|产品|基地|称号|认证)")


def _whole_honour(text: str, words: Words, start: int, end: int) -> tuple[int, int]:
    """A title with its grade in front and its bearer behind: 某省|专精特新中小|企业."""
    first = words.at[start]
    begin = start
    while first > 0 and begin - words.starts[first - 1] <= 8:
        word = words.words[first - 1]
        if words.tags[first - 1] == NAME and word[-1] not in "省市":
            break
        if words.ends[first - 1] != begin:
            break
        if not (_GRADE.fullmatch(word) or word[-1] in "省市" or re.fullmatch(r"\d{4}年?度?|年度", word)):
            break
        first -= 1
        begin = words.starts[first]
    tail = _HONOUR_TAIL.match(text, end)
    return begin, tail.end() if tail and not text[start:end].endswith(tail.group()) else end


# ---- 2: suffix grammar -----------------------------------------------------------------------------------------------


def _suffix_mentions(text: str, words: Words, kinds: frozenset[str] | None) -> Iterator[Mention]:
    for start, end, candidates in suffix_matches(text):
        last = words.at[end - 1]
        if words.ends[last] != end and not persons.title_at(text, end):
            continue
        for suffix in candidates:
            if kinds is not None and suffix.type not in kinds:
                continue
            mention = _by_suffix(text, words, suffix, start, end)
            if mention is not None:
                yield mention
                if mention.type == "project":
                    yield from _owner_inside(text, words, mention)
                break


def _owner_inside(text: str, words: Words, project: Mention) -> Iterator[Mention]:
    first = words.at[project.start]
    firm = firm_inside(words, first, words.at[project.end - 1])
    if firm is not None:
        name = text[project.start : words.ends[firm]]
        yield Mention(project.start, words.ends[firm], "company", name, "suffix:firm-inside")


def _by_suffix(text: str, words: Words, suffix: Suffix, start: int, end: int) -> Mention | None:
    last = words.at[start]
    if words.tags[last] == NAME and (words.starts[last] < start or not _prefixed(words, last)):
        return None
    legal = bool(LEGAL.search(suffix.form))
    scan = "legal" if legal else suffix.type
    first = trimmed(words, left_edge(words, last, scan), last, scan)
    if legal:
        first = registered_start(words, first, last)
    elif suffix.type == "zone" and _ranked(words, first):
        pass  # 省级|绿色低碳|示范产业园区: a rank, from its grade on
    elif suffix.type == "zone":
        first = without_outer_zone(words, proper_start(words, first, last), last)
    begin = words.starts[first]
    core = text[begin:start]
    if not core or counted(core) or core.count("“") != core.count("”") or core.count("(") != core.count(")"):
        return None
    stem = last if words.starts[last] >= start else last + 1
    if legal:
        named = len(core) >= 2
    elif suffix.type == "company" and not suffix.sure:
        named = is_short_firm(words, first, last, (start, end))
    elif words.tags[last] == NAME:
        named = True  # a table's name that is only the tail of this one
    elif suffix.form in word_class("context_suffix") and suffix.type != "government":
        named = close_proper(words, first, stem, core) or (suffix.type == "event" and is_edition(core))
    else:
        named = is_named(words, suffix, first, stem, core) or (
            suffix.type in ("zone", "institute", "project") and bool(_LEVEL.match(core) and _TITLED.match(text, end))
        )
    if not named:
        return None
    kind = suffix.type
    if (
        kind == "zone"
        and suffix.form.endswith("基地")
        and (
            (words.kinds[first] == "company" and words.starts[first] == begin)
            or (suffix.form == "总部基地" and text[begin - 1 : begin] == "的")
        )
    ):
        kind = "project"  # a firm's base is its plant
    elif kind == "zone" and _RANK.match(core) and not any(is_place(words, k) for k in range(first, last + 1)):
        kind = "honor"  # 国家级…先导区 without a place is a rank that a zone has
    elif kind in ("zone", "institute", "project") and _LEVEL.match(core) and _TITLED.match(text, end):
        kind = "honor"
    elif kind in ("zone", "project", "honor", "institute") and _GIVEN.match(core) and _is_given(text, begin):
        kind = "honor"  # 获批国家级…先导区: a title, not a place
    return Mention(begin, end, kind, text[begin:end], f"suffix:{suffix.id}", sure=suffix.sure)


def _ranked(words: Words, first: int) -> bool:
    return words.words[first] in ("省级", "国家级", "市级", "自治区级")


_RANK = re.compile(r"国家|全国|省级|市级|自治区级")
_LEVEL = re.compile(r"(?:\d{4}年?度?)?(?:国家级|省级|市级|自治区级|全国|全省)")
_TITLED = re.compile(r"[”]?(?:企业)?(?:名单|称号|公示|认定|培育|创建|荣誉|榜单)")
_GIVEN = re.compile(r"国家|省级|市级|全国|自治区级|全省|首批|[\u4e00-\u9fff]{2,3}[省市区]级?|中国")
_LISTED_BEFORE = re.compile(
    r"(?:获批|创建|争创|获评|荣获|获得|斩获|摘得|被评为|评为|入选|认定为|确定为|授予|获授|列为|称为|授牌|命名为|成为|跻身|纳入)(?:首批|第?[一二三四五六七八九十]批|全国|\d{4}年?度?|的|为|了|建设){0,3}[^,。;!?\n]{0,60}$"
)
_LIST_JOINTS = re.compile(r"[、和与及]$")


def _is_given(text: str, begin: int) -> bool:
    """Whether a title is awarded: the verb stands before it or before the list that it goes on."""
    before = text[max(0, begin - 90) : begin]
    return bool(_AWARDED.search(before[-14:])) or bool(_LIST_JOINTS.search(before) and _LISTED_BEFORE.search(before))


def _prefixed(words: Words, last: int) -> bool:
    """Whether a table's name is only the tail of a longer one: a coined word or 国家 stands right before it."""
    if (
        last == 0
        or words.ends[last - 1] != words.starts[last]
        or words.kinds[last] not in ("institute", "finance", "zone")
    ):
        return False
    word, tag = words.words[last - 1], words.tags[last - 1]
    return is_coined(word, tag) or (words.kinds[last] == "finance" and tag in ("n", "nz"))


# ---- 3: quotation and book-title marks -------------------------------------------------------------------------------

_HEADING = re.compile(
    r"(?m)^[^\n,。;!?《》]{0,24}?(?P<name>关于[^\n,。;!?《》]{6,50}?(?:措施|意见|办法|政策|方案|规定|细则|决定))(?:\([^()\n]{2,12}\))?$"
)
_CAPITAL = re.compile(r"(?:中国|世界|亚洲|东方|全国)[\u4e00-\u9fff]{1,6}?(?:之都|之乡|之城|[鞋茶瓷药酒车布纺陶锂]都)")
_CALLED = re.compile(
    r"(?:计划|行动|机制|改革|办法|条例|措施|政策|方案|一件事|通办|一次办|即开工|一证|新政|[0-9一二三四五六七八九十]+条)$"
)
_LENT = re.compile(r"[贷券险码]$")
_BOOK = re.compile(r"《([^《》\n]{2,80})》")
_QUOTED = re.compile(r"[“‘]([^“”‘’\n]{2,40})[”’]")
_AWARDED = re.compile(
    r"(?:获批|创建|争创|获评|荣获|获得|斩获|摘得|被评为|评为|入选|认定为|确定为|授予|获授|列为|称为|获|授牌|命名为|成为|是)"
    r"(?:首批|第?[一二三四五六七八九十]批|全国|国家|\d{4}年?度?|省级|全省|全市|的|为|了){0,3}$"
)
# `落实“强芯九条”`, `推行“一业一证”`: what an administration carries out is a policy of its own name.
_CARRIED_OUT = re.compile(
    r"(?:出台|发布|印发|落实|推行|推出|实施|深入实施|制定|执行|享受|深化|施行|探索|创新|启动|打响|打造|推广|首创|开展|发展|践行|按照|依据|根据)(?:了|的|全省首个|全国首个|新的|新一轮|专项|系列|特色)?$"
)
_LEAST_POLICY = 4
_SHORT_NAME = 12  # characters of a product's name in quotation marks
_POLICY_WORD = re.compile(r"政策|计划|措施|[条版]$|方案|办法|行动|模式|机制")
_MADE = re.compile(r"(?:研发|研制|开发|推出|发布)(?:的|了|出|出了|一款|首款|新一代|全新){0,3}$")
_PAPERS = re.compile(r"(?:报|日报|晚报|周刊|杂志|时报|新闻|快报|网|合同|协议|备忘录|协议书)$")
# `“X”…计划`: the noun behind a quotation says what the quotation names.
_HEADED = re.compile(
    r"(?:[0-9.]+[万亿]+元)?(?:(?![为的是在了和与将等])[\u4e00-\u9fff]){0,6}?(?:(?P<policy>行动|计划|政策体系|政策|工程|机制|品牌|战略|措施|办法|方案)|"
    r"(?P<event>大赛|大会|论坛|峰会|博览会|展览会|对接会|推介会|挑战赛)|(?P<honor>称号|荣誉|奖项|大奖|奖|认证|企业名单)|"
    r"(?P<project>项目|生产线|中试线)|(?P<zone>产业园|科技园|小镇|园区)|(?:星座|卫星|芯片|系统|平台|机器人|大模型|操作系统))"
)


def _marked_mentions(text: str, words: Words) -> Iterator[Mention]:
    for match in _BOOK.finditer(text):
        title = match.group(1)
        if not _PAPERS.search(title) and len(title) >= 4:
            yield Mention(match.start(1), match.end(1), "policy", title, "mark:book")
    for match in _CAPITAL.finditer(text):
        yield Mention(match.start(), match.end(), "honor", match.group(), "mark:capital-of")
    for match in _HEADING.finditer(text):
        yield Mention(match.start("name"), match.end("name"), "policy", match.group("name"), "mark:heading")
    for match in _QUOTED.finditer(text):
        inside = match.group(1)
        if re.search(r"[,。;!?]", inside):
            continue
        kind = next((c[0].type for s, e, c in suffix_matches(inside) if e == len(inside) and s > 0), "")
        before = text[max(0, match.start() - 14) : match.start()]
        head = _HEADED.match(text, match.end())
        if head is not None and words.ends[words.at[head.end() - 1]] == head.end():
            group = head.lastgroup or ""
            if group:
                yield Mention(
                    match.start(), head.end(), group, text[match.start() : head.end()], f"mark:headed-{group}"
                )
            continue
        if _AWARDED.search(before):
            kind = "honor"
        elif (
            (_CALLED.search(inside) and len(inside) >= _LEAST_POLICY)
            or (_LENT.search(inside) and len(inside) <= _SHORT_NAME)
            or (_CARRIED_OUT.search(before) and len(inside) >= _LEAST_POLICY)
        ):
            kind = "policy"
        elif kind in ("", "company") and _MADE.search(before):
            kind = "product" if len(inside) <= _SHORT_NAME and not _POLICY_WORD.search(inside) else ""
        elif kind == "company" and not inside.endswith(("公司", "集团")):
            kind = ""
        if kind:
            yield Mention(match.start(1), match.end(1), kind, inside, f"mark:quoted-{kind}")


# `出台了人才安居补贴政策`: what somebody issues is named by the noun phrase, marks or not.
_ISSUED = re.compile(
    r"(?:出台|印发|制定|发布|实施|推出|启动实施|修订|落实|提出)(?:了|并实施)?(?P<name>[\u4e00-\u9fffA-Za-z0-9()·]{3,18}?"
    r"(?:政策|计划|行动|办法|意见|措施|方案|行动计划|实施细则|引才计划|战略|规划|条例))(?=[,。;、\n“”和与]|$)"
)
_NO_POLICY = re.compile(
    r"^(?:了|的|一系列|系列|相关|有关|多项|各项|各类|配套|一批|新一轮|一揽子|具体|专项|优惠|扶持|支持|针对性|该|相应|更多)*(?:政策|计划|措施|办法|方案|意见|战略|行动)$|的"
)


def _issued_mentions(text: str) -> Iterator[Mention]:
    for match in _ISSUED.finditer(text):
        if not _NO_POLICY.search(match.group("name")):
            yield Mention(match.start("name"), match.end("name"), "policy", match.group("name"), "verb:issued")


# ---- seats of government, and what a list leaves out -----------------------------------------------------------------


def _body_mentions(text: str, words: Words, holders: Iterable[tuple[int, int]]) -> Iterator[Mention]:
    for start, end, origin in bodies.find(text, words, holders):
        yield Mention(start, end, "government", text[start:end], origin, sure=origin != "seat:bare")


_ELLIPTIC = re.compile(r"[、和与](?P<name>[\u4e00-\u9fff]{2,6}(?P<tail>所|院|分行|分院|分公司))(?=[、,。等和与的])")
_PARENT = re.compile(
    r"中国科学院|中科院|中国工程院|中国[\u4e00-\u9fff]{2,6}银行|国家开发银行|中国电科|中电科|中国航天科技集团|中国电子"
)


def _elliptic_mentions(text: str, hits: list[Hit]) -> Iterator[Mention]:
    """`中国科学院甲所、乙所`: the second shares the parent that only the first one names."""
    for match in _ELLIPTIC.finditer(text):
        before = next((h for h in reversed(hits) if h[1] == match.start()), None)
        form = text[before[0] : before[1]] if before else text[max(0, match.start() - 14) : match.start()]
        parent = _PARENT.search(form)
        if parent is not None and form.endswith(match.group("tail")):
            kind = "finance" if match.group("tail") == "分行" else "institute"
            yield Mention(
                match.start("name"), match.end("name"), kind, parent.group() + match.group("name"), "list:ellipsis"
            )


# `设立2亿元人才创投基金`: a fund is named by what founds it.
_FOUNDED = re.compile(
    r"(?:设立|成立|组建|发起设立|发起|建立|推动设立)(?:了|规模|总规模|总额|为|达|约|首期|一只|一支|的){0,4}(?:[0-9.]+[万亿]+元)?(?:规模)?的?"
    r"(?P<name>(?:(?![的了和与、])[\u4e00-\u9fffA-Za-z0-9“”]){0,14}(?:基金|专项资金|资金池|引导资金))"
)
_BARE_FUND = frozenset(("基金", "引导基金", "产业基金", "投资基金"))
_COUNTED_FUND = re.compile(r"^[0-9一二三四五六七八九十多余几]+[只支个]")


def _fund_mentions(text: str) -> Iterator[Mention]:
    for match in _FOUNDED.finditer(text):
        name = match.group("name")
        if name not in _BARE_FUND and not _COUNTED_FUND.search(name):
            yield Mention(match.start("name"), match.end("name"), "finance", name, "verb:founded")


def _phase_mentions(text: str, named: Iterable[Mention]) -> Iterator[Mention]:
    for start, end, origin in projects.phases(text, named):
        yield Mention(start, end, "project", text[start:end], origin)


_BRANCHES = {
    "institute": re.compile(
        r"(?:[\u4e00-\u9fff]{2,4})?(?:分院|分所|分中心|研究院|产业研究院|技术转移中心|校区)(?![\u4e00-\u9fff]?院)"
    ),
    "company": re.compile(r"[\u4e00-\u9fff]{2,6}?分公司"),
    "finance": re.compile(r"[\u4e00-\u9fff]{2,8}?(?:分行|支行|营业部)"),
}
_APART = re.compile(r"[的在和与及、了是将等]")


def _branches(text: str, named: Iterable[Mention]) -> Iterator[Mention]:
    """`某大学|青某研究院`, `某铝业公司|宁某分公司`: a branch is a body of its own."""
    for mention in named:
        pattern = _BRANCHES.get(mention.type)
        match = pattern.match(text, mention.end) if pattern is not None else None
        if match is not None and not _APART.search(match.group()):
            yield Mention(mention.start, match.end(), mention.type, text[mention.start : match.end()], mention.origin)


_AT = frozenset("在于到位处赴来由向驻的从至")


def _fuller_firms(text: str, words: Words, hits: list[Hit], named: Iterable[Mention]) -> Iterator[Mention]:
    """`武某|钧某光学`, `泓某智能|装备`: the place before a firm's short name and the trade behind it belong to it."""
    regions = {end: start for start, end, entries in hits if any(e.type == "place" for e in entries)}
    for mention in named:
        if mention.type != "company" or LEGAL.search(mention.name):
            continue
        start = regions.get(mention.start, mention.start)
        if start and text[start - 1] in _AT:
            start = mention.start
        end = firms.with_trade(words, mention.start, mention.end)
        if (start, end) != (mention.start, mention.end):
            yield Mention(start, end, "company", text[start:end], mention.origin, "", mention.sure)


def _longer_projects(text: str, named: Iterable[Mention]) -> Iterator[Mention]:
    """`某公司年产2万吨|某某项目`: the amount and the firm before a project belong to its name."""
    firms_here = {m.end: m for m in named if m.type == "company"}
    for mention in named:
        if (
            mention.type == "project"
            and (start := projects.whole_start(text, mention.start, firms_here)) < mention.start
        ):
            yield Mention(start, mention.end, "project", text[start : mention.end], mention.origin)


def _described_mentions(text: str, words: Words, named: Iterable[Mention]) -> Iterator[Mention]:
    for start, end, origin in (*projects.find(text, words, named), *projects.listed(text)):
        mention = Mention(start, end, "project", text[start:end], origin)
        yield mention
        yield from _owner_inside(text, words, mention)


# ---- 4: persons ------------------------------------------------------------------------------------------------------


def _person_mentions(text: str, words: Words) -> Iterator[Mention]:
    for start, end, origin in persons.find(text, words):
        yield Mention(start, end, "person", text[start:end], origin)


# ---- 5: enumerations -------------------------------------------------------------------------------------------------


def _listed_mentions(text: str, words: Words, taken: list[Mention], hits: list[Hit]) -> Iterator[Mention]:
    for start, end, kind in lists.find(text, words, taken):
        yield Mention(start, end, kind, text[start:end], "list:head", sure=False)
    firms_here = [(m.start, m.end) for m in taken if m.type == "company"]
    covered = {m.start for m in taken if m.type != "place"}
    weak = {(s, e): m for s, e, m in hits if s not in covered and any(x.type == "company" for x in m)}
    for start, end in lists.neighbours(text, firms_here, weak):
        entry = next(x for x in weak[(start, end)] if x.type == "company")
        yield Mention(start, end, "company", text[start:end], f"list:beside-{entry.ref}", entry.ref)


# ---- all together ----------------------------------------------------------------------------------------------------


def settle(found: Iterable[Mention]) -> tuple[list[Mention], list[Mention]]:
    """Disjoint mentions, longest first, and those that lie within one of them."""
    kept: list[Mention] = []
    inner: list[Mention] = []
    taken: dict[int, Mention] = {}
    for mention in sorted(found, key=lambda m: (m.start - m.end, not m.ref, m.start, m.type)):
        low, high = taken.get(mention.start), taken.get(mention.end - 1)
        if low is None and high is None:
            kept.append(mention)
            for i in range(mention.start, mention.end):
                taken[i] = mention
        elif low is high and low is not None and mention.end - mention.start < low.end - low.start:
            inner.append(mention)
    kept.sort(key=lambda m: m.start)
    inner.sort(key=lambda m: m.start)
    return kept, inner


_BEDROCK = frozenset({"zone", "company"})
_HOLDERS = frozenset({"zone", "place"})


def find(text: str, spans: Iterable[tuple[int, int]] | None = None) -> Found:
    """All mentions of a clean text that can be recognised without knowing the rest of the document.

    Two rounds: persons, names of zones and registered firms first, so that what is named after them (a zone's office,
    a firm's plant) finds them as one word.

    Args:
        text: clean text.
        spans: where to look, ascending; names outside (a masthead, a menu) are nobody's business. None is everywhere.

    """
    hits = _table_hits(text)
    strong = [Mention(s, e, _choose(m).type, text[s:e], "") for s, e, m in hits if _is_strong(text[s:e], m)]
    words = cut(text, [(m.start, m.end, m.type) for m in strong])
    early = [m for m in _suffix_mentions(text, words, _BEDROCK) if m.type == "zone" or LEGAL.search(m.name)]
    early.extend(_person_mentions(text, words))
    if early:
        fixed, _ = settle([*strong, *early])
        words = cut(text, [(m.start, m.end, m.type) for m in fixed])
    listed = list(_table_mentions(text, words, hits))
    towns = list(places.towns(text, words))
    holders = [*towns, *((m.start, m.end) for m in (*listed, *early) if m.type in _HOLDERS)]
    found = [
        *early,
        *listed,
        *_suffix_mentions(text, words, None),
        *_marked_mentions(text, words),
        *_body_mentions(text, words, holders),
        *_elliptic_mentions(text, hits),
        *(Mention(s, e, "place", text[s:e], "place:town") for s, e in towns),
        *(Mention(s, e, "event", text[s:e], "event:held") for s, e in occasions.find(text, words)),
        *_issued_mentions(text),
    ]
    found.extend(_fund_mentions(text))
    known_now, _ = settle(found)
    people = [(m.start, m.end) for m in known_now if m.type == "person"]
    for start, end, origin in firms.find(text, words, known_now, people):
        found.append(Mention(start, end, "company", text[start:end], origin))
    found.extend(_fuller_firms(text, words, hits, found[:]))
    found.extend(_branches(text, found[:]))
    firms_here = [m for m in found if m.type == "company"]
    for start, end, origin in projects.plants(text, firms_here, place_forms()):
        found.append(Mention(start, end, "project", text[start:end], origin))
    found.extend(_longer_projects(text, found[:]))
    found.extend(_phase_mentions(text, found[:]))
    reporters = persons.bylines(text)
    found = [m for m in found if not any(low <= m.start < high for low, high in reporters)]
    if spans is not None:
        wanted = tuple(spans)
        found = [m for m in found if any(low <= m.start < high for low, high in wanted)]
    kept, inner = settle(found)
    later = [
        *(Mention(s, e, k, text[s:e], f"{k}:described") for s, e, k in described.find(text, words, kept)),
        *_listed_mentions(text, words, kept, hits),
        *_described_mentions(text, words, kept),
    ]
    if later:
        kept, inner = settle([*found, *later])
    return Found(words, kept, inner)
