"""Bodies of government that are named by whose they are: the office, bureau or seat of a place or zone."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from yanzhen.data import rows, split
from yanzhen.extract.lexicon import word_class

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from yanzhen.extract.words import Words

Span = tuple[int, int]

_BARE_SEATS = ("市委", "省委", "区委", "县委", "州委", "市政府", "省政府", "区政府", "县政府")
_SEAT = re.compile(
    r"(?:(?<=[县市省区州旗])委(?!员|托|派|办|会)|(?<=[镇乡道])党委|(?<=[镇乡道])党工委|人民政府|政府|人大常委会|人大|政协|纪委)(?!补助|引导|补贴|投资|采购|工作报告|扶持|支持|主导)"
)
_TITLE = (
    r"(?:党组|党委|党总支)?(?:副?书记|副?主任|副?局长|副?厅长|副?部长|副?处长|副?署长|一级调研员|二级调研员|调研员|科长|副科长|工作人员)"
    r"|(?:有关|相关)?(?:负责人|负责同志)"
)
# `某区口岸业务局局长`, `某省汽车办主任`: a title shows the end of the body before it.
_OFFICE = re.compile(
    rf"[^\W\da-z的了和与及在是、]{{0,16}}?(?:管委会|管委|党工委|工委|委员会|办公室|局|厅|办|部|处|委|署|工作组|指挥部|专班|"
    rf"(?:服务|促进|招商|发展|投资|行政|政务|人才)中心)(?={_TITLE})"
)


_BUREAU = re.compile(r"[^\W\da-z的了在是为将、公]{2,14}?局(?![部面限势域长势中])")
# `管委会|招商二局`: an office within the body.
_WITHIN = re.compile(rf"[\u4e00-\u9fff]{{2,8}}?(?:局|部|办公室|处)(?={_TITLE}|透露|介绍|表示|获悉|牵头|提供)")
_ALONE = re.compile(
    r"(?:^|(?<=[,。;:、\n由据从与和]))(?P<name>[\u4e00-\u9fff]{2,10}(?<=[政理济技务展设商境贸投资科护全监统])局)(?=[\u4e00-\u9fff,、])"
)


@cache
def _bare() -> tuple[str, ...]:
    """Short names of zones and divisions that stand for the one spoken of, the longest first."""
    return tuple(sorted(word_class("bare_zone") - {"管委会"}, key=lambda f: (-len(f), f)))


@cache
def _bare_set() -> frozenset[str]:
    return frozenset(_bare())


@cache
def _bare_body() -> re.Pattern[str]:
    """A short name of a zone or division with a body known by name behind it (区财政局, 园区管委会)."""
    known = {r["form"] for r in rows("names/org_suffixes.csv") if r["type"] == "government" and r["strength"] == "sure"}
    known |= {f for r in rows("organisations/government_patterns.csv") for p in (r["pattern"], *split(r["aliases"]))
              if len(f := re.sub(r"^(?:国家税务总局)?\{[A-Z]\}[省市区县]?|^[省市区县]", "", p)) >= 2}  # fmt: skip
    known -= {"人民政府", "政府", "局", "厅", "部", "委"}
    bodies = "|".join(map(re.escape, sorted((f for f in known if len(f) >= 2), key=lambda f: (-len(f), f))))
    duties = "经济科技信息化商务财政发展改革投资招促进贸易工业建设规划和与人力源社会保障环境市场监管应急行审批税统计"
    made = rf"[{duties}教育卫生健康文旅城营数据]{{2,12}}局"
    return re.compile(rf"(?:{'|'.join(map(re.escape, _bare()))})(?:{bodies}|{made})")


@cache
def _bureau_name() -> re.Pattern[str]:
    """The name of a bureau by itself."""
    known = {
        r["form"] for r in rows("names/org_suffixes.csv") if r["type"] == "government" and r["form"].endswith("局")
    }
    forms = sorted((f for f in known if len(f) >= 4), key=lambda f: (-len(f), f))
    return re.compile("|".join(map(re.escape, forms)))


def find(text: str, words: Words, holders: Iterable[Span]) -> Iterator[tuple[int, int, str]]:
    """(start, end, origin) of every body; `holders` are the spans of divisions and zones named in the text."""
    inside: set[int] = set()
    for start, end in holders:
        inside.update(range(start, end))
        if match := _SEAT.match(text, end):
            yield start, match.end(), "seat:division"
        if match := (_OFFICE.match(text, end) or _BUREAU.match(text, end)):
            within = _WITHIN.match(text, match.end()) if match.group().endswith("管委会") else None
            yield start, within.end() if within else match.end(), "body:of-holder"
    for match in _bare_body().finditer(text):
        if match.start() not in inside:
            within = _WITHIN.match(text, match.end()) if match.group().endswith("管委会") else None
            end = within.end() if within else match.end()
            yield _whole_start(words, match.start()), end, "body:bare"
    for match in _ALONE.finditer(text):
        if _bureau_name().fullmatch(match.group("name")) and match.start() not in inside:
            yield match.start("name"), match.end("name"), "body:alone"
    bare = _bare_set()
    for k, word in enumerate(words.words):
        if word in _BARE_SEATS or (word[:2] in _BARE_SEATS and word[2:] in ("书记", "副书记", "常委")):
            start = words.starts[k]
            size = len(word) if word in _BARE_SEATS else 2
            yield start, start + size, "seat:bare"
        elif word in bare and len(word) >= 2 and words.starts[k] not in inside:
            match = _OFFICE.match(text, words.ends[k])
            if match is not None:
                yield words.starts[k], match.end(), "body:of-bare"


_NOUNS = frozenset({"n", "nz", "ns", "nr", "nrt", "j", "nt", "x", "NAME"})
_REACH = 8  # characters of a zone's name before its last word


def _whole_start(words: Words, start: int) -> int:
    """Where the zone or division begins whose last word begins at `start` (科技城|新区, 稀土|高新区)."""
    k = words.at[start]
    low = min(start, words.starts[k])
    k -= 1
    while k >= 0 and words.ends[k] == low and start - words.starts[k] <= _REACH:
        word = words.words[k]
        if words.tags[k] not in _NOUNS or word in word_class("boundary") or word in word_class("hard_noun"):
            break
        if len(word) == 1 and not "\u4e00" <= word <= "\u9fff":
            break
        low = words.starts[k]
        k -= 1
    return low if words.words[words.at[low]] not in word_class("boundary") else start
