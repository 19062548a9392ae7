"""Names told by the list they stand in: `甲、乙、丙等企业`, `建成甲园、乙园、丙园三个园区`, `甲、某众供应链`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from yanzhen.extract.lexicon import suffix_matches, word_class, word_set
from yanzhen.extract.naming import is_proper

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from yanzhen.extract.mentions import Mention
    from yanzhen.extract.words import Words

Span = tuple[int, int]

_HEADS = {
    "company": "企业|公司|巨头|厂商|品牌|客户|车企|药企|供应商|单位",
    "institute": "高校|院校|大学|科研院所|科研机构|院所|平台|机构",
    "finance": "银行|金融机构|基金|投资机构",
    "zone": "园区|片区|分园|产业园|专业园",
    "project": "项目|工程",
}
_KINDS = {head: kind for kind, heads in _HEADS.items() for head in heads.split("|")}
_COUNT = r"[0-9一二两三四五六七八九十百余多数几]{1,5}[家个所大座]"
_HEAD = re.compile(
    rf"(?:等(?:一大批|一批|多家|众多|{_COUNT})?|(?<![、])(?:这|共)?{_COUNT})(?:[\u4e00-\u9fff]{{0,8}}?)(?P<head>{'|'.join(_KINDS)})(?!化|家)"
)
_ITEM = re.compile(r"[\u3400-\u9fffA-Za-z0-9()·\-+&]{2,24}")
_LEAD = re.compile(
    r".*(?:有|了|以|如|是|为|与|和|括|及|引进|引入|吸引|汇聚|集聚|涌现|培育|包括|拥有|聚集|对接|牵手|携手|来自|服务|依托|孕育|形成|联合|入驻|随着|支持|:|像|建成|建设|打造|推进|孵化|下游的|上游的|推动|布局|紧盯|围绕|聚焦|瞄准|以及|由)"
)
_NO_ITEM = re.compile(
    r"产业|领域|行业|环节|技术$|市场|制造$|交通$|医疗$|驾驶$|物流$|经济$|服务$|[的了在是]|[0-9]+[家个]"
)
_ZONE_END = re.compile(r"[园区城谷港镇]$|基地$|片区$")
_PROJECT_END = re.compile(
    r"项目$|工程$|基地$|[一二三四五]期$|生产线$|产线$|中心$|工厂$|总部$|产业园$|节点$|枢纽$|平台$"
)
_LONGEST_PLAIN = 6  # characters of an item made of ordinary words
_REACH = 200


def _items(text: str, low: int, high: int) -> list[Span]:
    """The spans of the items of a list; what leads up to the first one is cut off."""
    spans: list[Span] = []
    at = low
    for item in re.split(r"、|以及|和(?=[^、]*$)|及(?=[^、]*$)", text[low:high]):
        start = text.find(item, at)
        end = at = start + len(item)
        if not spans:
            lead = _LEAD.match(item)
            start += lead.end() if lead else 0
        spans.append((start, end))
    return spans


def find(text: str, words: Words, taken: Iterable[Mention]) -> Iterator[tuple[int, int, str]]:
    """(start, end, type) of the names that stand in lists and were not found before; `taken` are those found."""
    covered: dict[int, Mention] = {}
    for m in taken:
        if m.type != "place":
            covered.update(dict.fromkeys(range(m.start, m.end), m))
    for match in _HEAD.finditer(text):
        begin = max(text.rfind(mark, 0, match.start()) for mark in "。;,\n!?:") + 1
        if "、" not in text[begin : match.start()] or match.start() - begin > _REACH:
            continue
        kind = _KINDS[match.group("head")]
        spans = _items(text, begin, match.start())
        known_firms = sum(
            1 for low, high in spans
            if low < high and (held := covered.get(high - 1)) is not None
            and held.type == "company" and held.start >= low - 1
        )  # fmt: skip
        for low, high in spans:
            name = text[low:high]
            host = covered.get(low)
            if (
                kind == "project"
                and host is not None
                and host.start == low
                and host.end < high
                and host.type == "company"
            ):
                yield low, high, kind  # `某公司电解液等项目`
                continue
            if not _ITEM.fullmatch(name) or any(i in covered for i in range(low, high)):
                continue
            if name in word_set("names/generic_nouns.csv") or _NO_ITEM.search(name):
                continue
            told = _type_of(name, kind, words, (low, high), known_firms)
            if told is not None:
                yield low, high, told


def _type_of(name: str, kind: str, words: Words, span: Span, known_firms: int) -> str | None:
    first, last = words.at[span[0]], words.at[span[1] - 1]
    proper = any(is_proper(words.words[k], words.tags[k]) or words.tags[k] == "nz" for k in range(first, last + 1))
    ended = any(e == len(name) and c[0].sure and c[0].type == kind for _, e, c in suffix_matches(name))
    if kind == "institute" and _ZONE_END.search(name) and not ended:
        return "zone" if proper else None
    if kind == "zone":
        return "zone" if ended or (_ZONE_END.search(name) and len(name) > 2) else None
    if kind == "project":
        if _PROJECT_END.search(name):
            return "project"
        firm = any(name.endswith(t) for t in word_class("company_ending")) or known_firms
        return "company" if firm and proper else None
    if kind == "company":
        plain = known_firms and len(name) <= _LONGEST_PLAIN and words.starts[first] == span[0]
        return "company" if proper or plain else None
    return kind if ended or proper else None


_JOINT = "、和与及"


def neighbours(text: str, firms: Iterable[Span], weak: Iterable[Span]) -> Iterator[Span]:
    """Forms that are also ordinary words, where they stand side by side with a firm: 甲某、大众."""
    ends = {end for _, end in firms}
    begins = {start for start, _ in firms}
    waiting = sorted(weak)
    for _ in range(2):
        later: list[Span] = []
        for start, end in waiting:
            before = start > 0 and text[start - 1] in _JOINT and start - 1 in ends
            after = end < len(text) and text[end] in _JOINT and end + 1 in begins
            if before or after:
                ends.add(end)
                begins.add(start)
                yield start, end
            else:
                later.append((start, end))
        waiting = later
