"""Noun phrases for what is built or set up and has no name of its own: `三期扩产项目`, `企业服务云平台`, `16个项目`."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from yanzhen.extract.entities import is_short_for
from yanzhen.extract.lexicon import word_class
from yanzhen.extract.milestone_patterns import NAMES, any_of, description
from yanzhen.extract.milestone_spot import Bearer, Spot, pattern, stretches
from yanzhen.extract.naming import is_proper
from yanzhen.extract.relation_text import ANY
from yanzhen.extract.words import NAME

if TYPE_CHECKING:
    from collections.abc import Iterator

    from yanzhen.extract.scene import Scene

SHORTEST, LONGEST = 3, 30  # characters of a phrase that can tell one undertaking from another
BUILT = frozenset({"project"})
PHASE = re.compile(r"[一二三四五六]期|首期(?!投资|规模|出资|基金|到位|资金)")
COUNTED = re.compile(
    rf"(?:[0-9]{{1,4}}|[一二两三四五六七八九十百]{{1,3}})[余多]?(?:个|项|家)(?![月年])[^,。;:、{ANY}]{{0,14}}(?:项目|工程)"
)
SEVERAL = re.compile("(?:[0-9]{1,3}|[二两三四五六七八九十百]+|[多数几])[余多]?[条个座栋家项颗枚台套辆架款]")
POINTS = re.compile("[该此本这其]")

_NOMINAL = frozenset(
    {"n", "nz", "nr", "nrt", "nrfg", "ns", "nt", "vn", "b", "j", "eng", "an", "a", "ng", "k", "h", "s", "f", "l", "i",
     NAME}
)  # fmt: skip
_INSIDE = frozenset({"m", "q", "zg", "vg"})  # parts of speech of torn words within a phrase
_BEFORE_ENDING = frozenset({"v", "vd", "t"}) | _INSIDE
_SIZE = re.compile(
    r"[0-9.]+|[A-Za-z0-9.+\-/]+|第?[一二三四五六七八九十]+|英寸|吋|代|期|号|兆瓦|吉瓦|年产|月产|[·\-+()“” ]"
)
_BUILDS = re.compile(r"^.*(?:建设|新建|兴建|投建|打造|投资)(?=.{4,})")
_HOLDS_POINTER = re.compile("[该此]项目|没有")
_PHASE_TAIL = re.compile(r"[(]?[一二三四五六]期[)]?(?:项目|工程)?$")
_NUMBER = re.compile("[0-9一二两三四五六七八九十百]+")
_KIND_TAIL = re.compile("(?:项目|工程)$")
_BEHIND_PREPOSITION = re.compile("(?:在|从|向|对|为|与|由|据|和|同|跟|给|位于|来自|针对|于)$")


def phase_of(name: str) -> str:
    """`二期` of a name, or nothing."""
    found = PHASE.search(name)
    return found.group() if found else ""


def in_phase(base: Bearer, phase: str) -> Bearer:
    """The phase of an undertaking that is named without it."""
    if not phase or phase in base.name:
        return base
    return Bearer(_PHASE_TAIL.sub("", base.name) + phase, base.place, None)


def is_same(one: str, other: str) -> bool:
    """Whether two names mean one undertaking: one holds or shortens the other, and both are of the same phase."""
    counts = COUNTED.search(one), COUNTED.search(other)
    if counts[0] is not None or counts[1] is not None:
        numbers = {_NUMBER.findall(c.group())[0] for c in counts if c is not None}
        return None not in counts and len(numbers) == 1
    if phase_of(one) != phase_of(other):
        return False
    short, full = sorted((_KIND_TAIL.sub("", one), _KIND_TAIL.sub("", other)), key=len)
    return (short in full and len(short) >= SHORTEST) or is_short_for(short, full)


def is_like(one: str, other: str) -> bool:
    """Whether two names share most of their character pairs: a headline shortens freely."""
    a, b = ({n[k : k + 2] for k in range(len(n) - 1)} for n in (one, other))
    return phase_of(one) == phase_of(other) and 2 * len(a & b) >= _HALF * (len(a) + len(b)) > 0


_HALF = 0.5


def noun_start(scene: Scene, end: int, low: int) -> int:
    """Where the run of words that can stand in a noun phrase begins which ends at `end`, not before `low`."""
    words = scene.words
    last = words.at[end - 1]
    k, start = last, end
    while k >= 0 and words.starts[k] >= low:
        word, tag = words.words[k], words.tags[k]
        inner = word in word_class("inner")
        if word in word_class("boundary") and not inner:
            break
        joins = word == "与" and k < last and words.words[k + 1] in word_class("inner")
        fits = tag in _NOMINAL or inner or joins or bool(_SIZE.fullmatch(word)) or (tag == "x" and len(word) > 1)
        # `扩产|项目`: a verb counts only right before the ending.
        if not fits and not (k == last or (k == last - 1 and tag in _BEFORE_ENDING) or tag in _INSIDE):
            # `巢屹装备|清洗|设备`: or right behind a name
            if tag != "v" or k == 0 or words.tags[k - 1] != NAME or words.ends[k - 1] != words.starts[k]:
                break
        start = words.starts[k]
        k -= 1
    first = words.at[start] if start < end else last
    if first == last - 1 and words.tags[first] == "v" and words.words[first] not in word_class("inner"):
        start = words.starts[last]  # `驶下|生产线`
    return max(start, low)


def plain_name(phrase: str) -> str:
    """A noun phrase without what only points to it or says where and by whom."""
    return re.sub(f"^(?:{any_of('trim')})+", "", _BUILDS.sub("", phrase)).strip("“”() ")


@cache
def _generic() -> frozenset[str]:
    return frozenset((*any_of("generic").split("|"), *any_of("head").split("|")))


def is_generic(name: str) -> bool:
    """Whether a phrase names nothing of its own (`重大项目`)."""
    bare = re.sub(rf"^(?:{any_of('part')}|{any_of('filler')}|{any_of('plain')})+", "", name)
    return name in _generic() or bare in _generic() or not bare


def is_part(name: str) -> bool:
    """Whether a phrase names a part or phase of what is built: `二期厂房`, `主体工程`."""
    parts = f"{any_of('part')}|{any_of('head')}|{any_of('filler')}|[一二三四五六]期|[0-9]+号"
    return bool(re.fullmatch(f"(?:{parts})+", name))


def is_idle(name: str) -> bool:
    """Whether a phrase sums up undertakings that nobody names, or speaks of something else than one."""
    return bool(pattern("idle").search(name) or _HOLDS_POINTER.search(name) or SEVERAL.match(name))


def described(spot: Spot, low: int, high: int) -> Bearer | None:
    """The noun phrase that ends at `high` of a coded sentence, not before `low`, if it tells what is meant."""
    coded = spot.coded
    begin = max(low, coded.place(noun_start(spot.scene, coded.ends[high - 1], coded.starts[low])))
    phrase = coded.clean(begin, high)
    name = plain_name(phrase)
    if is_generic(name) or is_idle(phrase) or is_idle(name) or not SHORTEST <= len(name) <= LONGEST:
        return None
    return Bearer(name, begin)


def described_in(spot: Spot, low: int, high: int) -> Iterator[Bearer]:
    """Noun phrases between two places of a coded sentence that name something built."""
    for match in re.compile(description(BUILT)).finditer(spot.coded.text, low, high):
        found = described(spot, match.start(), match.end())
        if found is not None and len(found.name) > SHORTEST:
            yield found


def phrase_before_verb(spot: Spot, low: int, high: int, ending: re.Pattern[str]) -> Bearer | None:
    """The noun phrase with such an ending before a verb: `三期扩产项目`, `企业服务云平台`."""
    if low >= high:
        return None
    coded = spot.coded
    times = stretches(spot, low, high)
    masked = "".join(
        "了" if any(p.start <= coded.starts[at] < p.end for p in times) else coded.text[at] for at in range(low, high)
    )
    found = last_match(ending, masked, 0, len(masked))
    if found is None or pattern("goes_on").match(masked, found.end()):
        return None
    where = rf"(?:在|于)[\u4e00-\u9fff]{{2,8}}?(?=(?:{any_of('filler')}|了)*$)"
    light = rf"{where}|{any_of('filler')}|{any_of('part')}|{NAMES}|[0-9()“”]"
    rest = re.sub(light, "", masked[found.end() :])
    if len(rest) > 1:
        return None
    stop = low + found.end()
    begin = coded.place(noun_start(spot.scene, coded.ends[stop - 1], coded.starts[low]))
    begin = max(begin, low, low + max(masked.rfind(mark, 0, found.start()) for mark in "了的、") + 1)
    if _BEHIND_PREPOSITION.search(coded.text, max(0, begin - 2), begin):
        return None
    phrase = coded.clean(begin, stop)
    name = plain_name(phrase)
    if is_idle(phrase):
        return None
    if is_generic(name):
        name = _of_holder(spot, begin, name)
    return Bearer(name, begin) if SHORTEST <= len(name) <= LONGEST else None


def _of_holder(spot: Spot, begin: int, noun: str) -> str:
    """`某公司的厂房`, `某公司项目`: a bare noun is told from others by whose it is."""
    coded = spot.coded
    held = coded.text[begin - 1 : begin] == "的"
    holder = coded.names.get(begin - 1 - held)
    if holder is None or holder.type not in ("company", "institute") or noun in ("公司", "企业", ""):
        return noun if len(noun) > SHORTEST and is_part(noun) else ""
    return "" if is_part(noun) and not held and not noun.endswith("项目") else spot.scene.thing(holder).name + noun


def unknown_subject(spot: Spot, low: int, high: int) -> Bearer | None:
    """The noun phrase right before a verb, whatever it ends in: a firm or product that nobody recognised."""
    if low >= high:
        return None
    coded = spot.coded
    times = stretches(spot, low, high)
    masked = "".join(
        "了" if any(p.start <= coded.starts[at] < p.end for p in times) else coded.text[at] for at in range(low, high)
    )
    light = re.compile(rf"(?:了|{any_of('filler')}|(?:在|于)[^,。;:了]{{0,12}}?{NAMES}|[()“”])+$")
    tail = light.search(masked)
    stop = low + (tail.start() if tail else len(masked))
    if stop - low < SHORTEST or re.search(f"(?:{any_of('abstract')})$", coded.text[low:stop]):
        return None
    begin = max(low, coded.place(noun_start(spot.scene, coded.ends[stop - 1], coded.starts[low])))
    begin = max(begin, low + max(masked.rfind(mark, 0, stop - low) for mark in "了的、") + 1)
    if _BEHIND_PREPOSITION.search(coded.text, max(0, begin - 2), begin):
        return None
    name = plain_name(coded.clean(begin, stop))
    if is_generic(name) or is_idle(name) or is_part(name) or not SHORTEST <= len(name) <= LONGEST:
        return None
    words = spot.scene.words
    inside = range(words.at[coded.starts[begin]], words.at[coded.ends[stop - 1] - 1] + 1)
    proper = any(is_proper(words.words[k], words.tags[k]) for k in inside)
    before = masked[: begin - low]
    leads = before.endswith("的") or not re.sub(f"{any_of('filler')}|了|{NAMES}", "", before)
    person = any(coded.names[at].type == "person" for at in range(begin, stop) if at in coded.names)
    # `某公司的智能仿生手`: what somebody has need not look like a name.
    held = before.endswith("的") and coded.names.get(begin - 2) is not None and coded.names[begin - 2].type == "company"
    return Bearer(name, begin) if (held or (proper and leads)) and not person else None


def last_match(regex: re.Pattern[str], text: str, low: int, high: int) -> re.Match[str] | None:
    """The last match of a pattern between two places."""
    found = None
    for match in regex.finditer(text, low, high):
        found = match
    return found


def rest_of(spot: Spot, low: int, high: int) -> str:
    """The words of a stretch of a sentence that are neither times nor adverbs nor parts of what is built."""
    coded = spot.coded
    times = stretches(spot, low, high)
    out = "".join(
        coded.text[at] for at in range(low, high) if not any(p.start <= coded.starts[at] < p.end for p in times)
    )
    out = re.sub(rf"(?:在|于)(?:[{ANY}]+|[\u4e00-\u9fff]{{2,8}}?(?=(?:{any_of('filler')})*$))", "", out)
    return re.sub(rf"(?:{any_of('filler')}|{any_of('part')}|[()“”\"])", "", out)
