"""Steps in the life of projects, plants, institutes, firms and products: what was done and when, what is only planned.

Phrasings are rows of `patterns/milestones.csv`; who takes the step where the phrasing does not name it, whether it is done
or intended, and when, need control flow and are functions here.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from calendar import monthrange
from dataclasses import replace
from datetime import date
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from yanzhen.extract.entities import is_short_for
from yanzhen.extract.lexicon import word_class
from yanzhen.extract.milestone_patterns import NAMES, any_of, candidates, cue_offsets, description, heads
from yanzhen.extract.relation_text import ANY, CODE, code
from yanzhen.extract.words import NAME
from yanzhen.facts import Milestone

if TYPE_CHECKING:
    from collections.abc import Iterator

    from yanzhen.extract.entities import Thing
    from yanzhen.extract.mentions import Mention
    from yanzhen.extract.milestone_patterns import StepPhrasing
    from yanzhen.extract.relation_text import Coded
    from yanzhen.extract.scene import Scene, Sentence
    from yanzhen.facts.records import Period, Status
    from yanzhen.quantify import Period as Stretch

_MARKS = ",。;:!?\n"
_CLAUSE_MARK = re.compile(f"[{_MARKS}]")
_QUOTE_LIMIT = 120


class Bearer(NamedTuple):
    """What takes a step: its name, where it stands in the coded sentence (-1: elsewhere), and the thing if it is one."""

    name: str
    place: int
    thing: Thing | None = None


class Step(NamedTuple):
    """A milestone before it becomes a record; offsets are of the clean text."""

    bearer: Bearer
    phrasing: StepPhrasing
    status: Status
    date: Period | None
    stated: bool  # the date is in the text
    start: int
    end: int
    sentence: Sentence
    owner: str | None
    place: str | None


class Spot(NamedTuple):
    """Where steps are looked for: a sentence, plain and in code, and what was spoken of before it."""

    scene: Scene
    sentence: Sentence
    coded: Coded
    topic: Bearer | None  # of the sentences before
    near: bool  # the topic was spoken of in the same paragraph
    lead: bool  # the sentence tells the article's own news
    event: Stretch | None  # the last day told in the paragraph before it
    group: tuple[Step, ...]  # the collective event that the sentence before told


class Hit(NamedTuple):
    """One phrasing found in a coded sentence."""

    phrasing: StepPhrasing
    match: re.Match[str]
    start: int
    end: int


@cache
def _pattern(name: str) -> re.Pattern[str]:
    return re.compile(any_of(name))


@cache
def _ending_in(name: str) -> re.Pattern[str]:
    return re.compile(rf"(?:{any_of(name)})$")


def find(scene: Scene) -> list[Milestone]:
    """The milestones that a document states, one per project and stage, in the order of the text."""
    kept: dict[tuple[str, str], Step] = {}
    cues = cue_offsets(scene.text)
    topics: dict[int, tuple[Bearer, int]] = {}
    group: tuple[Step, ...] = ()
    event: Stretch | None = None
    paragraph_before = -1
    leads = _leads(scene)
    for sentence in scene.sentences:
        at = bisect_right(cues, sentence.start - 1)
        has_cue = at < len(cues) and cues[at] < sentence.end
        inside = scene.mentions_in(sentence.start, sentence.end)
        if sentence.paragraph != paragraph_before:
            event, paragraph_before = None, sentence.paragraph
        steps: list[Step] = []
        if has_cue or (group and inside):
            coded = code(scene.text, sentence.start, sentence.end, (m for m in inside if not _HOLDS_VERB.search(m.name)))
            topic, paragraph = topics.get(sentence.article, (None, -1))
            near = paragraph == sentence.paragraph
            spot = Spot(scene, sentence, coded, topic, near, sentence.start in leads, event, group)
            steps = [*_members(spot), *_steps(spot)]
            for step in steps:
                _keep(kept, step)
        group = tuple(s for s in steps if s.bearer.thing is None and _COUNTED.match(s.bearer.name)) or (
            group if group and group[0].sentence.paragraph == sentence.paragraph else ()
        )
        days = [p for p in scene.periods_in(sentence.start, sentence.end) if p.first and p.first == p.last]
        event = next((p for p in days if p.text not in _SAME_DAY), event)
        left = _topic_of(scene, inside, steps)
        if left is not None:
            topics[sentence.article] = (left, sentence.paragraph)
    later = {name for (name, stage), step in kept.items() if stage != "announced" and step.status == "actual"}
    records = [
        _record(scene, step) for (name, stage), step in kept.items() if stage != "announced" or name not in later
    ]
    return sorted(records, key=lambda r: (r.start, r.end, r.stage, r.project))


# A name that is itself the telling of a step is left in words: `某基地奠基仪式`, `质量管理体系认证`, an exchange.
_HOLDS_VERB = re.compile("(?:仪式|典礼|活动|认证|交易所|[上深北港联]交所|科创板|创业板|新三板)$")


# ---- one step a project and stage ------------------------------------------------------------------------------------

_PHASE = re.compile(r"[一二三四五六]期")
_PHASE_TAIL = re.compile(r"[(]?[一二三四五六]期[)]?(?:项目|工程)?$")


def _phase(name: str) -> str:
    found = _PHASE.search(name)
    return found.group() if found else ""


def _keep(kept: dict[tuple[str, str], Step], step: Step) -> None:
    """Keep the better of two tellings of one step: a stated date before none, done before planned, then the first."""
    name, stage = step.bearer.name, step.phrasing.stage
    key = (name, stage)
    if key not in kept:
        key = next((k for k in kept if k[1] == stage and _is_same(k[0], name)), key)
    known = kept.get(key)
    if known is None:
        kept[key] = step
        return
    rank_new = (step.status == "actual", step.stated, step.date is not None)
    rank_old = (known.status == "actual", known.stated, known.date is not None)
    if rank_new > rank_old:
        if len(known.bearer.name) > len(name) and known.bearer.thing is not None:
            step = step._replace(bearer=known.bearer)
        kept[key] = step


def _is_same(one: str, other: str) -> bool:
    """Whether two names mean one undertaking: one holds or shortens the other, and both are of the same phase."""
    if _phase(one) != _phase(other) or _COUNTED.match(one) or _COUNTED.match(other):
        return False
    short, full = sorted((_KIND_TAIL.sub("", one), _KIND_TAIL.sub("", other)), key=len)
    return (short in full and len(short) >= _SHORTEST - 1) or is_short_for(short, full)


_KIND_TAIL = re.compile("(?:项目|工程)$")


# ---- a sentence ------------------------------------------------------------------------------------------------------


def _steps(spot: Spot) -> list[Step]:
    if _pattern("rumour").search(spot.coded.text):
        return []
    steps: list[Step] = []
    told: set[tuple[str, int]] = set()
    for hit in _hits(spot):
        if (hit.phrasing.stage, hit.start) in told:
            continue
        found = list(_told(spot, hit, steps))
        if found:
            told.add((hit.phrasing.stage, hit.start))
        steps += found
    return steps


def _hits(spot: Spot) -> list[Hit]:
    """Phrasings in the order of their verbs; a verb within a longer one of another phrasing is none."""
    text = spot.coded.text
    hits = []
    for phrasing in candidates(text):
        for match in phrasing.matches(text):
            low, high = match.span("v") if phrasing.slot and "v" in phrasing.regex.groupindex else match.span()
            hits.append(Hit(phrasing, match, low, high))
    longest = [
        h for h in hits
        if not any(o.start <= h.start and h.end <= o.end and o.end - o.start > h.end - h.start for o in hits)
    ]  # fmt: skip
    # A phrasing that names its bearer speaks before one that has to look for it.
    return sorted(longest, key=lambda h: (h.start, not h.phrasing.slot, h.phrasing.described, -h.end))


def _clause_start(text: str, at: int) -> int:
    for place in range(at - 1, -1, -1):
        if text[place] in _MARKS and not (text[place] == "," and text[place - 1 : place].isdigit()):
            return place + 1
    return 0


def _told(spot: Spot, hit: Hit, before: list[Step]) -> Iterator[Step]:
    coded = spot.coded
    clause = _clause_start(coded.text, hit.start)
    dated = _dated(spot, hit, clause)
    if dated is None:
        return
    status, when, stated = dated
    if hit.phrasing.slot:
        end = hit.match.end("p")
        bearers = _in_slot(spot, hit)
    else:
        bearers = _bearers(spot, hit, clause, before)
        end = hit.end
    for bearer in bearers:
        if _is_nothing(bearer, hit):
            continue
        if bearer.thing is not None and bearer.thing.type == "zone" and bearer.place < clause and not hit.phrasing.slot:
            continue
        phrasing = hit.phrasing
        if phrasing.stage == "listed" and bearer.thing is not None and bearer.thing.type == "product":
            if "批" in coded.text[clause : hit.start]:
                continue  # it was allowed to be sold
            phrasing = replace(phrasing, stage="launched")
        begin = clause
        if 0 <= bearer.place < clause and clause - bearer.place <= 30:
            begin = bearer.place
        yield Step(
            bearer, phrasing, status, when, stated,
            coded.starts[min(begin, len(coded.starts) - 1)], coded.ends[max(end, hit.end) - 1], spot.sentence,
            _owner(spot, bearer), _site(spot, bearer),
        )  # fmt: skip


def _in_slot(spot: Spot, hit: Hit) -> list[Bearer]:
    """What a phrasing itself names, with what is listed behind it where the phrasing sums up."""
    coded, scene = spot.coded, spot.scene
    low, high = hit.match.span("p")
    if hit.phrasing.described and _SEVERAL.match(coded.text, low):
        return []
    if hit.phrasing.described:
        low = max(low, coded.place(_noun_start(scene, coded.ends[high - 1], coded.starts[low])))
        name = _plain_name(coded.clean(low, high))
        lead = coded.text[hit.end : low]
        if hit.phrasing.several:
            return [b for b in _described_list(spot, hit.match.start("p")) if not _pattern("idle").search(b.name)]
        idle = _is_generic(name) or len(name) < _SHORTEST or _pattern("idle").search(lead + name)
        return [] if idle or _SEVERAL.search(lead) else [Bearer(name, low)]
    stop = len(coded.text) if hit.phrasing.several else high
    bearers = [
        Bearer(scene.thing(m).name, at, scene.thing(m))
        for at in range(low, stop)
        if (m := coded.names.get(at)) is not None and m.type in (hit.phrasing.slot if at < high else ("project",))
    ]
    bearers = [b for b in bearers if not _POINTS.match(b.name)]
    phase = _PHASE.match(coded.text, high)
    return [_in_phase(bearers[0], phase.group())] if len(bearers) == 1 and phase else bearers


def _described_list(spot: Spot, low: int) -> list[Bearer]:
    """`甲公司的研发总部、乙公司的测试线等5个项目`: each by what it is called, the firms before it left out."""
    coded = spot.coded
    stop = _CLAUSE_MARK.search(coded.text, low)
    high = stop.start() if stop else len(coded.text)
    out = []
    at = coded.text.rfind("的", 0, low) if low and coded.text[low - 1] == "的" else low
    for part in re.finditer(r"[^、]+?(?=、|以及|和(?=[^、]*$)|$)", coded.text[at:high]):
        words = re.sub(r"^(?:以及|和)|等[^、]*$", "", part.group())
        named = [p for p in range(at + part.start(), at + part.end()) if p in coded.names and coded.names[p].type == "project"]
        if named:
            thing = spot.scene.thing(coded.names[named[-1]])
            out.append(Bearer(thing.name, named[-1], thing))
            continue
        begin = at + part.start() + part.group().find(words) + words.rfind("的") + 1
        name = _plain_name(coded.clean(begin, at + part.start() + part.group().find(words) + len(words)))
        if _SHORTEST <= len(name) <= _LONGEST:
            out.append(Bearer(name, begin))
    return out


_SEVERAL = re.compile("(?:[0-9]{1,3}|[二两三四五六七八九十百]+|[多数几])[余多]?[条个座栋家项]")
_SHORTEST = 4  # characters of a noun phrase that can tell one project from another
_POINTS = re.compile("[该此本这其]")


def _plain_name(phrase: str) -> str:
    """A noun phrase without what only points to it or says where and by whom."""
    return _TRIM.sub("", _BUILDS.sub("", phrase)).strip("“”()")


_BUILDS = re.compile(r"^.*(?:建设|新建|兴建|投建|打造|投资)(?=.{4,})")


_NOMINAL = frozenset(
    {"n", "nz", "nr", "nrt", "nrfg", "ns", "nt", "vn", "b", "j", "eng", "an", "a", "ng", "k", "h", "s", "f", "l", "i", NAME}
)
_SIZE = re.compile(r"[0-9.]+|[A-Za-z0-9.+\-/]+|第?[一二三四五六七八九十]+|英寸|吋|代|期|号|兆瓦|吉瓦|年产|月产|[·\-+()“”]")


def _noun_start(scene: Scene, end: int, low: int) -> int:
    """Where the run of words that can stand in a noun phrase begins which ends at `end`, not before `low`."""
    words = scene.words
    last = words.at[end - 1]
    k, start = last, end
    while k >= 0 and words.starts[k] >= low:
        word, tag = words.words[k], words.tags[k]
        if word in word_class("boundary") and word not in word_class("inner"):
            break
        if tag in _NOMINAL or _SIZE.fullmatch(word) or word in word_class("inner") or (tag == "x" and len(word) > 1):
            start = words.starts[k]
        elif word == "与" and k + 1 <= last and words.words[k + 1] in word_class("inner"):
            start = words.starts[k]
        elif k < last - 1 and tag not in ("v", "vd") or (tag not in ("v", "vd", "q", "m", "zg", "vg", "t") and k < last):
            break  # a verb counts only between nouns, or right before the ending: 扩产|项目
        elif k == last or k == last - 1:
            start = words.starts[k]
        k -= 1
    return max(start, low)


def _is_nothing(bearer: Bearer, hit: Hit) -> bool:
    """A bearer that the stage does not fit: zones are not opened like plants, an amount takes no step."""
    return not bearer.name or bool(_AMOUNT.fullmatch(bearer.name)) or (
        bearer.thing is not None
        and bearer.thing.type == "zone"
        and hit.phrasing.stage not in ("registered", "approved")
        and (not _BUILT_ZONE.search(bearer.name) or bool(_NO_BUILT_ZONE.search(bearer.name)))
    )


_AMOUNT = re.compile(r"[0-9.]+[万亿]?[一-鿿]{1,2}")
_BUILT_ZONE = re.compile(r"(?:产业园|科技园|工业园|园|基地|港|谷|小镇|[城馆厂]|中心|保税区|综保区|广场)(?:[一二三四五六]期)?$")
_NO_BUILT_ZONE = re.compile("(?:科学城|新城|高新区|经开区|开发区|新区|大学城)$")

# ---- what takes the step ---------------------------------------------------------------------------------------------

_COUNTED = re.compile(
    r"(?:[0-9]{1,4}|[一二两三四五六七八九十百]{1,3})[余多]?(?:个|项|家)(?![月年])[^,。;:、\ue000-\uf8ff]{0,14}(?:项目|工程)"
)
_LISTED = re.compile(rf"等(?:[0-9一二两三四五六七八九十百]{{0,4}}[余多]?[个项家])?[^,。;:、{ANY}]{{0,14}}$")
_JOINED = re.compile("[、和与及]")
_OBLIQUE = re.compile(
    r"(?:在|从|向|对|为|与|由|据|和|同|跟|给|以|按照|根据|围绕|依托|通过|位于|来自|针对|属于|除|于|离不开|支持|落户|入驻|毗邻|走进|走访|服务|记者|来到)$"
)
_WITH_PARTNER = re.compile("[与和同跟]")


def _bearers(spot: Spot, hit: Hit, clause: int, before: list[Step]) -> list[Bearer]:
    """What takes the step of a phrasing that does not name it: in its clause, before it in the sentence, before that."""
    coded, kinds = spot.coded, hit.phrasing.kinds
    same = [s for s in before if coded.place(s.end - 1) >= clause and coded.place(s.end - 1) < hit.start]
    if same:
        at = coded.place(same[-1].end - 1) + 1
        if not any(p in coded.names and coded.names[p].type in kinds for p in range(at, hit.start)):
            verb = same[-1].end
            return [s.bearer for s in same if s.end == verb and (s.bearer.thing is None or s.bearer.thing.type in kinds)]
    if (relative := _relative(spot, hit)) is not None:
        return relative
    found, stranger = _in_clause(spot, clause, hit.start, kinds)
    if found and not (found := [b for b in found if not _pattern("idle").search(b.name) or _COUNTED.match(b.name)]):
        return []
    if found:
        return found
    if hit.phrasing.stage in ("signed", "land") and (later := _later(spot, hit)) is not None:
        return [later]
    if stranger:
        return []
    phase = _loose_phase(coded.text, clause, hit.start) or _phase_before(coded, clause)
    if _FIRM_MEANT.match(coded.text, clause) and "company" in kinds:
        kinds = kinds & {"company", "institute"}  # `公司2017年成立`
    if _POINTED.search(coded.clean(clause, hit.start)):
        kinds = kinds - {"company"}  # `该产线`: something built
    base = _earlier(spot, clause, kinds, before)
    if base is None:
        return []
    return [_in_phase(base, phase) if phase else base]


_OF_WHAT = re.compile(rf"[^,。;:!?\n的{ANY}]{{0,4}}的(?:[^,。;:!?\n{ANY}]{{0,14}})(?P<p>[{CODE['project']}{CODE['institute']}])")


def _relative(spot: Spot, hit: Hit) -> list[Bearer] | None:
    """What a verb in front of it describes: `复工不久的某项目`; None where the verb stands in no such clause."""
    coded = spot.coded
    match = _OF_WHAT.match(coded.text, hit.end)
    if match is None:
        return [] if coded.text.startswith("的", hit.end) and not _BARE_OF.match(coded.text, hit.end) else None
    mention = coded.names[match.start("p")]
    if mention.type not in hit.phrasing.kinds:
        return []
    thing = spot.scene.thing(mention)
    phase = _PHASE.match(coded.text, match.end())
    bearer = Bearer(thing.name, match.start("p"), thing)
    return [_in_phase(bearer, phase.group()) if phase else bearer]


_BARE_OF = re.compile("的(?:目标|节点|计划|时间|消息|还有|是|有)")


def _later(spot: Spot, hit: Hit) -> Bearer | None:
    """The project that is named behind a verb: `双方正式签约,某某项目落户`."""
    coded = spot.coded
    stop = min(len(coded.text), hit.end + _LATER)
    for at in range(hit.end, stop):
        mention = coded.names.get(at)
        if mention is not None and mention.type == "project" and not _POINTS.match(mention.name):
            thing = spot.scene.thing(mention)
            return Bearer(thing.name, at, thing)
    for match in re.finditer(description(_BUILT), coded.text[hit.end : stop]):
        name = _plain_name(coded.clean(hit.end + match.start(), hit.end + match.end()))
        if len(name) >= _SHORTEST and not _is_generic(name) and not _pattern("idle").search(name):
            return Bearer(name, hit.end + match.start())
    return None


_LATER = 60  # characters
_POINTED = re.compile("(?:该|此|这[一条个座]?|本)(?:项目|工程|产线|生产线|基地|工厂|中心|产业园|园区|平台)")


def _in_phase(base: Bearer, phase: str) -> Bearer:
    """The phase of a project that is named without it."""
    if phase in base.name:
        return base
    return Bearer(_PHASE_TAIL.sub("", base.name) + phase, base.place, None)


def _loose_phase(text: str, low: int, high: int) -> str:
    found = _PHASE.findall(text, low, high)
    return found[-1] if found else ""


_FIRM_MEANT = re.compile("(?:该|本)?(?:公司|企业|集团)")
_PHASE_LEADS = re.compile("(?:其中,?|项目|该项目|而)?([一二三四五六]期)")


def _phase_before(coded: Coded, clause: int) -> str:
    """The phase that an earlier clause of the sentence begins with, if nothing is named in between."""
    for low in _clause_starts(coded.text, clause)[1:]:
        match = _PHASE_LEADS.match(coded.text, low)
        if match is not None:
            return match.group(1)
        if any(coded.names[at].type == "project" for at in coded.names if low <= at < clause):
            return ""
    return ""


def _in_clause(spot: Spot, low: int, high: int, kinds: frozenset[str]) -> tuple[list[Bearer], bool]:
    """Bearers named before a verb in its clause; whether the clause has a subject that nobody recognised."""
    scene, coded = spot.scene, spot.coded
    text = coded.text
    counted = _last(_COUNTED, text, low, high)
    listed = _LISTED.search(_rest(spot, low, high))
    named = [at for at in range(low, high) if at in coded.names and coded.names[at].type in kinds | {"company"}]
    if listed and "等" in text[low:high]:
        stop = text.rindex("等", low, high)
        members = _list_before(spot, low, stop, kinds | {"company"})
        if members:
            return members, False
    if counted and not any(counted.end() <= at for at in named):
        return [Bearer(text[counted.start() : counted.end()], counted.start())], False
    for at in range(high - 1, low - 1, -1):
        mention = coded.names.get(at)
        if mention is None or mention.type not in kinds:
            continue
        if mention.type != "project" and _is_oblique(coded, at, low):
            continue
        if mention.type == "company" and not _adjoins(spot, at + 1, high):
            continue
        if _POINTS.match(mention.name) and mention.origin != "pointer":
            return [], False
        gap = _phrase(spot, at + 1, high) if kinds & {"project", "institute"} else None
        if gap is not None and not _is_part(gap.name):
            return [gap], False
        bearer = Bearer(scene.thing(mention).name, at, scene.thing(mention))
        phase = _loose_phase(text, at + 1, high) or (_phase(mention.name) if mention.origin == "pointer" else "")
        if phase and mention.type in ("project", "zone", "institute", "company"):
            return [_in_phase(bearer, phase)], False
        return _with_joined(spot, bearer, low, kinds), False
    phrase = _phrase(spot, low, high) if kinds & {"project", "institute"} else None
    if phrase is not None:
        return ([], False) if _is_part(phrase.name) else ([phrase], False)
    return [], _has_stranger(spot, low, high)


def _last(pattern: re.Pattern[str], text: str, low: int, high: int) -> re.Match[str] | None:
    found = None
    for match in pattern.finditer(text, low, high):
        found = match
    return found


def _is_oblique(coded: Coded, at: int, low: int) -> bool:
    return bool(_OBLIQUE.search(coded.text, max(low, at - 4), at))


def _adjoins(spot: Spot, low: int, high: int) -> bool:
    """Whether nothing of weight stands between a name and the verb."""
    return len(_rest(spot, low, high)) <= 1


def _rest(spot: Spot, low: int, high: int) -> str:
    """The words of a stretch of a sentence that are neither times nor adverbs nor parts of what is built."""
    coded = spot.coded
    if low >= high:
        return ""
    times = spot.scene.periods_in(coded.starts[low], coded.ends[high - 1])
    out = "".join(
        coded.text[at] for at in range(low, high) if not any(p.start <= coded.starts[at] < p.end for p in times)
    )
    out = re.sub(rf"(?:在|于)[{ANY}]+", "", out)
    return re.sub(rf"(?:{any_of('filler')}|{any_of('part')}|[()“”\"])", "", out)


def _list_before(spot: Spot, low: int, stop: int, kinds: frozenset[str]) -> list[Bearer]:
    """Names joined by 、 that end at `stop`, in the order of the text; a quotation or phrase may be among them."""
    coded = spot.coded
    out: list[Bearer] = []
    at = stop
    while at > low:
        cut = coded.text.rfind("、", low, at)
        piece = range(max(cut + 1, low), at)
        names = [p for p in piece if p in coded.names]
        quoted = _QUOTED.search(coded.text, max(cut + 1, low), at)
        if quoted:
            out.append(Bearer(coded.clean(*quoted.span(1)), quoted.start(1)))
        elif names and coded.names[names[-1]].type in kinds:
            thing = spot.scene.thing(coded.names[names[-1]])
            tail = coded.text[names[-1] + 1 : at]
            out.append(Bearer(thing.name + (tail if _PHASE.fullmatch(tail) else ""), names[-1], thing))
        else:
            words = coded.text[piece.start : at].strip("“”")
            if not 3 <= len(words) <= 20 or re.search("[的了在]", words):
                break
            out.append(Bearer(words, piece.start))
        if cut < low:
            break
        at = cut
    if len(out) == 1 and out[0].thing is None:
        return []
    return out[::-1]


_QUOTED = re.compile("“([^“”]{3,40})”$")


def _with_joined(spot: Spot, bearer: Bearer, low: int, kinds: frozenset[str]) -> list[Bearer]:
    """A name and those before it that are joined to it by 、 or 和."""
    coded = spot.coded
    out = [bearer]
    at = bearer.place
    while at - 2 >= low and _JOINED.match(coded.text[at - 1]) and (m := coded.names.get(at - 2)) is not None:
        if m.type not in kinds:
            break
        out.append(Bearer(spot.scene.thing(m).name, at - 2, spot.scene.thing(m)))
        at -= 2
    return out[::-1]


_HEADED = r"(?:[A-Za-z0-9·\-+.]|[一-鿿]|[“”]){0,18}?"


@cache
def _head_pattern() -> re.Pattern[str]:
    stop = "的了在将已由从对把被让使于是为与和及并、"
    return re.compile(
        rf"(?P<p>(?:(?![{stop}])[A-Za-z0-9·\-+.\u4e00-\u9fff“”()、]){{2,22}}?(?:{any_of('head')}))(?=(?:{any_of('filler')}|{any_of('part')}|{NAMES}|[0-9()])*$)"
    )


def _phrase(spot: Spot, low: int, high: int) -> Bearer | None:
    """A noun phrase right before a verb that ends like something built or set up: `三期扩产项目`, `企业服务云平台`."""
    if low >= high:
        return None
    coded = spot.coded
    times = spot.scene.periods_in(coded.starts[low], coded.ends[high - 1])
    masked = "".join(
        "了" if any(p.start <= coded.starts[at] < p.end for p in times) else coded.text[at] for at in range(low, high)
    )
    found = None
    for match in re.finditer(rf"(?:{any_of('head')})", masked):
        found = match
    if found is None or _HEAD_GOES_ON.match(masked, found.end()):
        return None
    rest = re.sub(rf"了|{any_of('filler')}|{any_of('part')}|{NAMES}|[0-9()“”]", "", masked[found.end() :])
    if len(rest) > 1:
        return None
    stop = coded.ends[low + found.end() - 1]
    begin = coded.place(_noun_start(spot.scene, stop, coded.starts[low]))
    cut = max((masked.rfind(mark, 0, found.start()) for mark in "了的、"), default=-1)
    begin = max(begin, low + cut + 1, low)
    if _OBLIQUE.search(coded.text, max(0, begin - 2), begin):
        return None
    name = _plain_name(coded.clean(begin, low + found.end()))
    if _is_generic(name):
        holder = coded.names.get(begin - 1 - (coded.text[begin - 1 : begin] == "的"))
        held = coded.text[begin - 1 : begin] == "的"
        if holder is None or holder.type not in ("company", "institute") or name == "公司":
            return None
        if _is_part(found.group()) and not held:
            return None
        name = spot.scene.thing(holder).name + name
    return Bearer(name, begin) if _SHORTEST - 1 <= len(name) <= _LONGEST else None


_LONGEST = 30
_TRIM = re.compile(
    r"^(?:该|其|此|本|首个|首批|新建|建设|投资|目前|同日|当日|今年|全国|国内|全市|全省|全区|同时|另外|此外|其中|又|也|还有|公司|集团|园区内|期间|随着|据悉|标志着|推动|推进|加快|启动|举行|举办|拟|计划|用于|打造|第[一二三]个|一个|一批|多个|[0-9]{1,3}(?=[个家条座项]))+"
)
_HEAD_GOES_ON = re.compile(r"(?:负责人|经理|建设现场|现场|企业|公司|园|化|级|内|外|人员|周边|建设者)")


@cache
def _generic() -> frozenset[str]:
    return frozenset(any_of("generic").split("|"))


def _is_generic(name: str) -> bool:
    bare = re.sub(rf"^(?:{any_of('part')}|{any_of('filler')}|一批|重点|重大|产业|多个|所有|全部|部分|若干|各类|其他|有关|相关|新|老|全市|全区|全省)+", "", name)
    return name in _generic() or bare in _generic() or bare in any_of("head").split("|") or not bare


def _is_part(name: str) -> bool:
    """Whether a phrase names a part or phase of what is built: `二期厂房`, `主体工程`."""
    return bool(re.fullmatch(rf"(?:{any_of('part')}|{any_of('head')}|{any_of('filler')}|[一二三四五六]期|[0-9]+号)+", name))


def _has_stranger(spot: Spot, low: int, high: int) -> bool:
    """Whether a clause begins with words that look like a subject of their own, which is nothing known."""
    coded = spot.coded
    if _COUNTED_ONES.search(coded.text, low, high):
        return True
    rest = re.sub(rf"{NAMES}|[一二三四五六]期|[0-9.]+(?:亿|万)?元?|总?投资", "", _POINTER_LEADS.sub("", _rest(spot, low, high)))
    return len(rest) >= _STRANGE or bool(_SHORT_STRANGER.search(rest))


_STRANGE = 3  # characters of a subject that nobody recognised
_SHORT_STRANGER = re.compile("(?:药厂|工厂|企业|车间|园)$")
_COUNTED_ONES = re.compile("[0-9一二两三四五六七八九十百]+(?:余|多)?家")
_POINTER_LEADS = re.compile(
    "^(?:该|此|本|这一|这个|这条|其)?(?:项目|工程|公司|基地|产线|生产线|工厂|企业|产业园|园区|中心|平台|研究院|一)"
)
_PREFER = ("project", "product", "institute", "company", "finance", "zone", "government")


def _earlier(spot: Spot, clause: int, kinds: frozenset[str], before: list[Step]) -> Bearer | None:
    """What the sentence spoke of before a clause, or else the sentences before it."""
    coded = spot.coded
    headed = _headed(spot, clause, kinds)
    if headed is not None:
        return headed
    high = clause
    fallback: Bearer | None = None
    while high > 0:
        low = _clause_start(coded.text, high - 1)
        for step in reversed(before):
            thing = step.bearer.thing
            inside = low <= coded.place(step.end - 1) < high or clause == low
            if inside and not _COUNTED.match(step.bearer.name) and (thing is None or thing.type in kinds):
                return step.bearer
        free = [
            (at, coded.names[at])
            for at in range(low, high)
            if at in coded.names and coded.names[at].type in kinds and coded.names[at].name[0] not in "该此这" and not (_is_oblique(coded, at, low) and coded.names[at].type != "project")
        ]
        for kind in sorted(_PREFER, key=lambda k: k != "company") if "company" in kinds and "project" not in kinds else _PREFER:
            chosen = next(((at, m) for at, m in free if m.type == kind), None)
            if chosen is not None:
                thing = spot.scene.thing(chosen[1])
                bearer = Bearer(thing.name, chosen[0], thing)
                if kind in ("project", "product") or not kinds & {"project"}:
                    return bearer
                fallback = fallback or bearer
        phrase = _clause_phrase(spot, low, high - 1) if kinds & {"project"} else None
        if phrase is not None:
            return phrase
        high = low - 1 if low else 0
    if fallback is not None:
        return fallback
    topic = spot.topic
    if topic is not None and not (spot.near or _POINTER_LEADS.match(coded.text, clause) or _POINTED.search(coded.text, clause)):
        topic = None
    if topic is not None and (topic.thing is None or topic.thing.type in kinds):
        return topic._replace(place=-1)
    if kinds & {"company", "institute"} and "project" not in kinds:
        thing2 = spot.scene.subject(spot.sentence.start + 1, spot.sentence, kinds)
        return Bearer(thing2.name, -1, thing2) if thing2 is not None else None
    described = _described_before(spot) if "project" in kinds else None
    if described is not None:
        return described
    for kind in ("project", "product"):
        main = spot.scene.main(spot.sentence.article, kind) if kind in kinds else None
        if main is not None:
            return Bearer(main.name, -1, main)
    return None


_BACK = 3  # sentences
_BUILT = frozenset({"project"})


def _described_before(spot: Spot) -> Bearer | None:
    """The last noun phrase of the sentences before that names something built."""
    scene = spot.scene
    index = scene.sentences.index(spot.sentence)
    for sentence in reversed(scene.sentences[max(0, index - _BACK) : index]):
        if sentence.article != spot.sentence.article:
            break
        for match in re.finditer(description(_BUILT), scene.text[sentence.start : sentence.end]):
            name = _plain_name(match.group())
            if len(name) >= _SHORTEST and not _is_generic(name) and not _pattern("idle").search(name):
                return Bearer(name, -1)
    return None


def _clause_phrase(spot: Spot, low: int, high: int) -> Bearer | None:
    """A noun phrase at the head of an earlier clause that names something built."""
    match = _CLAUSE_PHRASE.match(spot.coded.text, low, max(low, high))
    if match is None:
        return None
    name = _TRIM.sub("", match.group("p"))
    return Bearer(name, low) if len(name) >= 4 and not _is_generic(name) else None


_CLAUSE_PHRASE = re.compile(
    r"[^,。;:]{0,6}?(?P<p>[A-Za-z0-9\u4e00-\u9fff“”]{2,20}?(?:项目|生产线|产线|基地|工程|产业园))(?:[一二三四五]期)?(?=由|是|总投资|占地|计划|预计|已|于|自|位于|$)"
)


_HEADING = re.compile(r"[^,。;:!?\n]{3,30}(?=:)")
_BARE_HEAD = re.compile(
    "(?:该|此|这[一个条座]?)?(?P<h>平台|中心|基地|工厂|产业园|研究院|实验室|生产线|产线|中试线|封装线|大楼|公寓|大厦)"
    "(?![一-鿿]{0,3}(?:负责人|经理))"
)


def _headed(spot: Spot, clause: int, kinds: frozenset[str]) -> Bearer | None:
    """What an item is headed by (`●某某中试线:…`), or what a bare noun takes up (`平台总投资…`: the platform just named)."""
    coded = spot.coded
    heading = _HEADING.match(coded.text)
    if heading is not None and heading.end() <= clause:
        for at in range(heading.end()):
            mention = coded.names.get(at)
            if mention is not None and mention.type in kinds:
                thing = spot.scene.thing(mention)
                bearer = Bearer(thing.name, at, thing)
                return _in_phase(bearer, _phase(heading.group())) if _phase(heading.group()) else bearer
        name = heading.group().strip("●■◆·-—“” 0123456789.、")
        if _ITEM.search(name) and not _SPEAKS.search(name):
            return Bearer(name, 0)
    if "project" not in kinds:
        return None
    for low in _clause_starts(coded.text, clause):
        noun = _BARE_HEAD.match(coded.text, low)
        if noun is None:
            continue
        named = re.compile(rf"(?:{_INNER}){{2,20}}{noun.group('h')}")
        for match in reversed(list(named.finditer(coded.text, 0, low))):
            begin = coded.place(_noun_start(spot.scene, coded.ends[match.end() - 1], coded.starts[match.start()]))
            begin = max(match.start(), begin)
            name = _plain_name(coded.clean(begin, match.end()))
            if len(name) > len(noun.group("h")) + 1 and not _is_generic(name):
                return Bearer(name, begin)
    return None


_INNER = r"(?![的了在将已由从对把被让使于是为与和及并、])[A-Za-z0-9·\-+一-鿿]"
_ITEM = re.compile("(?:项目|工程|线|基地|中心|厂房|厂|园|大楼|公寓|平台|大厦)(?:[一二三四五]期)?$")
_SPEAKS = re.compile("说|表示|介绍|记者|显示|指出|强调|提出|公告")


def _clause_starts(text: str, last: int) -> list[int]:
    """Where the clauses of a sentence begin, from the one at `last` back to the first."""
    out = [last]
    while out[-1] > 0:
        out.append(_clause_start(text, out[-1] - 1))
    return out


def _topic_of(scene: Scene, inside: list[Mention], steps: list[Step]) -> Bearer | None:
    """What a sentence leaves as what the next one may speak of without naming it."""
    for step in reversed(steps):
        if not _COUNTED.match(step.bearer.name):
            return step.bearer
    for kind in ("project", "product"):
        first = next((m for m in inside if m.type == kind), None)
        if first is not None:
            return Bearer(scene.thing(first).name, -1, scene.thing(first))
    return None


# ---- members of a collective event -----------------------------------------------------------------------------------


def _members(spot: Spot) -> Iterator[Step]:
    """`14个项目集中开工。其中,某项目…;某项目…`: the named ones take the step too."""
    if not spot.group:
        return
    coded = spot.coded
    event = spot.group[-1]
    if not (_pattern("among").match(coded.text) or spot.scene.text[spot.sentence.start - 1 : spot.sentence.start] in ";:"):
        return
    for at, mention in coded.names.items():
        low = _clause_start(coded.text, at)
        if mention.type != "project" or mention.origin == "pointer":
            continue
        lead = coded.text[low:at]
        if len(re.sub(rf"{NAMES}|{any_of('among')}|{any_of('filler')}|总?投资|[0-9.]+[亿万]?元?的?|由|建设|的|、", "", lead)) > 6:
            continue
        thing = spot.scene.thing(mention)
        yield Step(
            Bearer(thing.name, at, thing), event.phrasing, event.status, event.date, event.stated,
            mention.start, mention.end, spot.sentence, _owner(spot, Bearer(thing.name, at, thing)), event.place,
        )  # fmt: skip


# ---- done or planned, and when ---------------------------------------------------------------------------------------

_SAME_DAY = frozenset({"同日", "当天", "当日", "同一天", "同时"})
_ONCE_PLANNED = re.compile("原定|原计划|原拟|曾计划|曾拟")
_TRADES = frozenset({"mass_production", "launched", "completed", "certified"})
_PUT_OFF = re.compile("推迟|延期|延后|延至|顺延|调整|定为|定在")
_CEREMONY = re.compile("仪式|典礼")
_OF = re.compile("的")
_FROM_TO = re.compile(r"从[^,。;]{0,14}$")
_RANGE_AFTER = re.compile(r"[^,。;]{0,4}(?:为|是|于|至|到|在|:|定在|定于)")
_IN_YEAR = re.compile(r"(?P<y>今|明|本|20[0-9]{2})?年内")


def _dated(spot: Spot, hit: Hit, clause: int) -> tuple[Status, Period | None, bool] | None:
    """(status, date, whether the text states it) of a step; None where the sentence denies it or makes it a condition."""
    coded, scene = spot.coded, spot.scene
    text = coded.text
    head = text[clause : hit.start]
    published = scene.published(spot.sentence)
    own, far = _stretches(spot, hit, clause)
    if own is not None and own.text in _SAME_DAY:
        own = spot.event or own
    if hit.phrasing.several and own is None and far is None:
        own = spot.event
    now = published[1] if published else ""
    if hit.phrasing.stage == "delayed":
        own, far = _told_before(spot, own, now), _told_before(spot, far, now)
    elif _pattern("when").match(text, hit.end):
        return _due(spot, hit, published)
    past = own is not None and bool(now) and _last_day(own) <= now
    put_off = hit.phrasing.stage == "delayed" or _PUT_OFF.search(head)
    if hit.phrasing.stage == "delayed":
        head = head[-4:]
    if hit.phrasing.stage in _TRADES and _pattern("purpose").search(head):
        return None
    if _denied(head) or _FROM_TO.search(head) or (_ONCE_PLANNED.search(head) and not put_off):
        return None
    if head.endswith("的") and own is None and not _CEREMONY.match(text, hit.end):
        return None  # `它的建成`
    if _OF.match(text, hit.end) and hit.phrasing.slot and own is None and not _pattern("done").search(head + text[hit.start:hit.end]) and hit.phrasing.stage == "registered":
        return None  # `合资成立的某公司`: how it came about is no news
    if _conditional(text, hit, clause) and not past:
        return None
    cue, weak = _intended(text, hit, clause)
    if own is not None and published is not None and _ends_after(own, published):
        return "planned", _whole(own), True
    within = _year_word(head, now)
    if cue and _ONCE_PLANNED.search(text, 0, clause) and past and own is not None:
        return "planned", _whole(own), True
    if cue and not (past and not _pattern("plan").search(head)):
        if weak and own is None and within is None:
            return None
        if own is None and within is not None:
            return "planned", within, True
        chosen = own if own is not None and not past else None
        if chosen is None and far is not None and published is not None and _ends_after(far, published):
            chosen = far
        return "planned", _whole(chosen) if chosen else None, chosen is not None
    if own is not None:
        return "actual", _whole(own), True
    if coded.text.startswith("的", hit.end) and not hit.phrasing.slot:
        far = None
    recent = published is not None and _told_as_recent(spot, hit, far)
    if far is not None and not recent and not (published and _ends_after(far, published)):
        return "actual", _whole(far), True
    if published is not None and _is_news(spot, hit, clause):
        return "actual", published, False
    return "actual", None, False


def _told_before(spot: Spot, stretch: Stretch | None, now: str) -> Stretch | None:
    """A time at which something was put off: past, and not the time that was planned before."""
    if stretch is None or not now or _last_day(stretch) > now:
        return None
    before = spot.scene.text[max(spot.sentence.start, stretch.start - 6) : stretch.start]
    return None if _ONCE_PLANNED.search(before) or "由" in before else stretch


def _due(spot: Spot, hit: Hit, published: tuple[str, str] | None) -> tuple[Status, Period | None, bool] | None:
    """`投产时间推迟到明年3月`: the last time told in the clause is when the step is due; without one it tells nothing."""
    coded = spot.coded
    stop = _CLAUSE_MARK.search(coded.text, hit.end)
    low = coded.ends[hit.end - 1]
    high = coded.ends[stop.start() - 1] if stop else spot.sentence.end
    after = [p for p in spot.scene.periods_in(low, max(low, high)) if p.first or p.last]
    if not after:
        return None
    late = published is None or _ends_after(after[-1], published)
    put_off = bool(_PUT_OFF.search(coded.text, hit.end, stop.start() if stop else len(coded.text)))
    return ("planned" if late or put_off else "actual"), _whole(after[-1]), True


def _told_as_recent(spot: Spot, hit: Hit, far: Stretch | None) -> bool:
    """Whether the last word of time before a verb is `近日`, `目前` or the like."""
    low = spot.coded.place(far.end) if far is not None else 0
    between = spot.coded.text[low : hit.start]
    describes = far is not None and not _sets_time(spot.coded, far)
    return bool(_pattern("recent").search(between) or _pattern("now").search(between)) or (
        describes and bool(_pattern("recent").search(spot.coded.text, 0, hit.start))
    )


def _last_day(stretch: Stretch) -> str:
    day = stretch.last or stretch.first
    return day.isoformat() if day else ""


def _ends_after(stretch: Stretch, published: tuple[str, str]) -> bool:
    """Whether a stretch of time lies after the day of writing; one that covers it does only if it is still to end."""
    if stretch.first is not None:
        return stretch.first.isoformat() > published[1]
    return stretch.last is not None and stretch.last.isoformat() > published[1]


def _whole(stretch: Stretch) -> Period:
    """First and last day; `年底前` is the month in which the time runs out."""
    first, last = stretch.first, stretch.last
    if first is None and last is not None:
        first = last.replace(day=1)
    if last is None and first is not None:
        last = date(first.year, first.month, monthrange(first.year, first.month)[1])
    return (first.isoformat() if first else None, last.isoformat() if last else None)


def _year_word(head: str, now: str) -> Period | None:
    """`年内`, `明年内`: the whole year."""
    match = _IN_YEAR.search(head)
    if match is None or not now:
        return None
    said = match.group("y") or "今"
    year = int(said) if said.isdigit() else int(now[:4]) + (said == "明")
    return f"{year}-01-01", f"{year}-12-31"


def _stretches(spot: Spot, hit: Hit, clause: int) -> tuple[Stretch | None, Stretch | None]:
    """The time stated nearest to a verb in its clause, and the nearest one before the clause in its sentence."""
    coded = spot.coded
    verb = coded.starts[hit.start]
    low = coded.starts[clause] if clause < len(coded.starts) else verb
    stop = _CLAUSE_MARK.search(coded.text, hit.end)
    high = coded.ends[stop.start() - 1] if stop else spot.sentence.end
    every = [p for p in spot.scene.periods_in(spot.sentence.start, max(high, verb)) if p.first or p.last]
    own = [p for p in every if p.start >= low and p.end <= verb]
    if own:
        return own[-1], None
    after = [p for p in every if p.start >= coded.ends[hit.end - 1]]
    gap = spot.scene.text[coded.ends[hit.end - 1] - 1 : after[0].start] if after else ""
    if after and (_RANGE_AFTER.fullmatch(gap[1:]) or gap in ("于", "至", "到", "在")):
        return after[0], None
    left = [p for p in every if p.end <= low]
    # `二季度重大项目…`: a time that only describes something dates nothing else.
    setting = [p for p in left if _sets_time(coded, p)]
    return None, (setting or left)[-1] if left else None


def _sets_time(coded: Coded, stretch: Stretch) -> bool:
    """Whether a time begins its clause or is followed by a mark or an adverb."""
    low, high = coded.place(stretch.start), coded.place(stretch.end)
    begin = _clause_start(coded.text, low)
    return bool(_BEFORE_TIME.fullmatch(coded.text, begin, low)) or bool(_AFTER_TIME.match(coded.text, high))


_BEFORE_TIME = re.compile("(?:早在|在|于|自|从|到|至|截至|其中|据悉|本报讯|讯|\\(|\\)|记者|●|此前)*")
_AFTER_TIME = re.compile("[,、]|正式|已|将")


def _denied(head: str) -> bool:
    return bool(re.search(rf"(?:{any_of('not')})[^,。;:]{{0,6}}$", head))


def _conditional(text: str, hit: Hit, clause: int) -> bool:
    """`投产后…`, `一旦量产`, `项目建成投产之后`: a verb that only says when something else happens."""
    tail = hit.end
    if re.compile(rf"(?:[^,。;:!?\n]{{0,6}}?)(?:{any_of('condition_after')})").match(text, tail) and not re.match(
        r"[^,。;:]{0,6}(?:到|时间)", text[tail : tail + 8]
    ):
        return True
    if re.match(rf"(?:{any_of('condition_after')})", text[tail : tail + 6]) and not re.match(r"到20|到今|到明|时间|到[0-9]", text[tail : tail + 4]):
        return True
    return bool(re.search(rf"(?:^|[{_MARKS}])(?:{any_of('condition_before')})[^,。;:]{{0,20}}$", text[max(0, clause - 1) : hit.start]))


def _intended(text: str, hit: Hit, clause: int) -> tuple[bool, bool]:
    """(whether the words make the step an intention, whether only vaguely)."""
    head = text[hit.start - 4 if hit.phrasing.stage == "delayed" else clause : hit.start]
    cues = list(_pattern("plan").finditer(head))
    done = [m.end() for m in _pattern("done").finditer(head)]
    if cues:
        if done and max(done) > cues[-1].end():
            return False, False
        weak = all(_pattern("weak_plan").fullmatch(m.group()) for m in cues)
        return True, weak
    if hit.phrasing.stage == "delayed":
        return False, False
    if done or hit.phrasing.regex.pattern.startswith("(?P<v>成立于"):
        return False, False
    if re.match("了|过", text[hit.end : hit.end + 1]):
        return False, False
    if _ONCE_PLANNED.search(text, 0, clause) and not _PUT_OFF.search(head):
        return True, False
    # An intention told in an earlier clause goes on until something done is told.
    far = None
    for match in _pattern("plan").finditer(text, 0, clause):
        far = match
    if far is None or _pattern("weak_plan").fullmatch(far.group()):
        return False, False
    between = text[far.end() : clause]
    return not (_pattern("done").search(between) or re.search("[;]|目前|已", between)), False


# ---- the article's own news ------------------------------------------------------------------------------------------

_BRIEF = 350  # characters; all of a piece as short as that is news


def _leads(scene: Scene) -> frozenset[int]:
    """Starts of the sentences that tell an article's own news: its headline and what opens its text."""
    out: set[int] = set()
    seen: set[int] = set()
    for sentence in scene.sentences:
        if sentence.title:
            out.add(sentence.start)
        elif sentence.article not in seen and sentence.end - sentence.start >= 12:
            seen.add(sentence.article)
            out.add(sentence.start)
    return frozenset(out)


def _is_news(spot: Spot, hit: Hit, clause: int) -> bool:
    text = spot.coded.text
    if _pattern("now").search(text, clause, hit.start) or _pattern("recent").search(text, 0, hit.start):
        return True
    if hit.phrasing.slot and "的" in text[hit.end : hit.end + 1]:
        return False
    return spot.lead


# ---- records ---------------------------------------------------------------------------------------------------------


def _owner(spot: Spot, bearer: Bearer) -> str | None:
    """The firm that the sentence names as building or having it."""
    coded, scene = spot.coded, spot.scene
    if bearer.thing is not None and bearer.thing.type in ("company", "institute", "government", "finance"):
        return None
    if bearer.thing is not None:
        for mention in bearer.thing.mentions:
            for inner in scene.things.inner:
                if inner.start == mention.start and inner.end < mention.end and inner.type in ("company", "institute"):
                    known = scene.things.of.get((inner.start, inner.end))
                    return known.name if known is not None else inner.name
    firms = [coded.names[at] for at in sorted(coded.names) if coded.names[at].type in ("company", "institute")]
    if 0 <= bearer.place:
        firms = [
            m for at, m in sorted(coded.names.items())
            if m.type in ("company", "institute") and at < bearer.place and bearer.place - at <= 30
        ]  # fmt: skip
    names = {scene.thing(m).name for m in firms} - {bearer.name}
    return scene.thing(firms[-1]).name if firms and len(names) == 1 else None


def _site(spot: Spot, bearer: Bearer) -> str | None:
    """The zone, or else the place, that the sentence names."""
    coded, scene = spot.coded, spot.scene
    for kind in ("zone", "place"):
        named = [scene.thing(m).name for _, m in sorted(coded.names.items()) if m.type == kind]
        named = [n for n in named if n != bearer.name]
        if named:
            return named[0]
    return None


def _record(scene: Scene, step: Step) -> Milestone:
    start = step.start if step.end - step.start <= _QUOTE_LIMIT else step.end - _QUOTE_LIMIT
    quote, low, high = scene.evidence(start, step.end)
    return Milestone(
        doc=scene.doc, article=scene.article_id(step.sentence), project=step.bearer.name.strip("“”"), owner=step.owner,
        stage=step.phrasing.stage, status=step.status, date=step.date, place=step.place,
        quote=quote, start=low, end=high, origin=step.phrasing.id,
    )  # fmt: skip

