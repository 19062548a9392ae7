"""What takes a step: what its phrasing names, else what its clause, its sentence or the sentences before speak of."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from yanzhen.extract.milestone_patterns import NAMES, any_of, description, heads
from yanzhen.extract.milestone_phrases import (
    BUILT,
    COUNTED,
    LONGEST,
    PHASE,
    POINTS,
    SEVERAL,
    SHORTEST,
    described,
    described_in,
    in_phase,
    is_generic,
    is_idle,
    is_part,
    last_match,
    noun_start,
    phase_of,
    phrase_before_verb,
    plain_name,
    rest_of,
    unknown_subject,
)
from yanzhen.extract.milestone_spot import Bearer, clause_end, clause_starts, named
from yanzhen.extract.relation_text import ANY, CODE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from yanzhen.extract.milestone_spot import Hit, Spot, Step

_JOINED = re.compile("[、和与及]")
_OTHER_EVENT = re.compile("暨|仪式|活动|大会|动员")
_LISTED = re.compile(rf"等(?:[0-9一二两三四五六七八九十百]{{0,4}}[余多]?[个项家大])?[^,。;:、{ANY}]{{0,14}}$")
_SUMS = re.compile("等[^、]{0,12}(?:项目|工程)")
_DESCRIBES = re.compile(rf"、[^、,。;:{ANY}]{{2,22}}的$")
_QUOTED = re.compile("“([^“”]{3,40})”$")
_OBLIQUE = re.compile(
    r"(?:在|从|向|对|为|与|由|据|和|同|跟|给|以|按照|根据|围绕|依托|通过|位于|来自|针对|属于|除|于|离不开|支持|落户|入驻|毗邻|走进|走访|服务|记者|来到)$"
)
_HEADED_BY = re.compile(
    "(?:该|此|这[一个条座款]?)?(?P<h>平台|中心|基地|工厂|产业园|研究院|实验室|生产线|产线|中试线|封装线|大楼|公寓|大厦"
    "|(?<=[该此款])(?:芯片|系统|设备|卫星|车型|疫苗|机器人|产品))"
    "(?![一-鿿]{0,3}(?:负责人|经理))"
)
_THAT = re.compile("(?:该|此|这[条座个款])([\u4e00-\u9fff]{2,4})")
_HEADING = re.compile(r"[^,。;:!?\n]{3,30}(?=:)")
_ITEM_MARK = re.compile(r"^[●■◆·\-—\s]*(?:\([一二三四五六七八九十0-9]+\)|[一二三四五六七八九十0-9]+[、.)])?")
_ITEM = re.compile("(?:项目|工程|线|基地|中心|厂房|厂|园|大楼|公寓|平台|大厦)(?:[一二三四五]期)?$")
_SPEAKS = re.compile("说|表示|介绍|记者|显示|指出|强调|提出|公告")
_INNER = r"(?![的了在将已由从对把被让使于是为与和及并、])[A-Za-z0-9·\-+一-鿿]"
_POINTED = re.compile("(?:该|此|这[一条个座]?|本)(?:项目|工程|产线|生产线|基地|工厂|中心|产业园|园区|平台)")
_POINTER_LEADS = re.compile(
    "^(?:该|此|本|这一|这个|这条|其)?(?:项目|工程|公司|基地|产线|生产线|工厂|企业|产业园|园区|中心|平台|研究院|一)"
)
_PROJECT_LEADS = re.compile("(?:该|此|这个)?(?:项目|工程)(?=由|是|总|占|计|预|分|规|位|已|于|建)")
_FIRM_MEANT = re.compile("(?:该|本)?(?:公司|企业|集团)")
_FIRST_ONE = re.compile("首[车台辆批片件套架颗](?:[整新样]车|产品)?(?:正式|成功|顺利)?(?:下线|交付)")
_PHASES = re.compile("[一二三四五六]期(?:[、和及][一二三四五六]期)+")
_PHASE_LEADS = re.compile("(?:其中,?|项目|该项目|而)?([一二三四五六]期)")
_OF = re.compile(r"[^,。;:!?\n的]{0,4}的")
_OF_WHAT = re.compile(
    rf"(?:[^,。;:!?\n的{ANY}]{{0,4}}|、[^,。;:!?\n的{ANY}]{{0,20}})的[^,。;:!?\n{ANY}]{{0,14}}(?P<p>[{CODE['project']}{CODE['institute']}])"
)
_CLAUSE_PHRASE = re.compile(
    rf"[^,。;:]{{0,6}}?(?P<p>(?:[A-Za-z0-9\u4e00-\u9fff“”{ANY}]){{2,20}}?(?:项目|生产线|产线|基地|工程|产业园))"
    "(?:[一二三四五]期)?(?=[由是已于自位列入获将正总累占投今去明按在计预拟自从]|建设现场|$)"
)
_BUILT_ZONE = re.compile(
    r"(?:产业园|科技园|工业园|园|基地|港|谷|小镇|[城馆厂]|中心|保税区|综保区|广场)(?:[一二三四五六]期)?$"
)
_NO_BUILT_ZONE = re.compile("(?:科学城|新城|高新区|经开区|开发区|新区|大学城)$")
_QUOTED_SUBJECT = re.compile(rf"“([^“”{ANY}]{{3,16}})”(?:{any_of('filler')})*$")
_NUMBERED = re.compile("[0-9]号")  # `3号厂房`: not all of what is built
_AMOUNT = re.compile(r"[0-9.]+[万亿]?[一-鿿]{1,2}")
_KIND_ONLY = 2  # characters; `卫星`, `芯片` name a kind of thing
_INTRODUCES = re.compile("[^,。;:]{0,4}(?:以来|后),")
_LATER = 60  # characters behind a verb in which a project may be named
_TAKEN_BACK = 8  # sentences before in which a thing that a bare noun takes up may be named
_BACK = 3  # sentences before in which something may be described
_STRANGE = 3  # characters of a subject that nobody recognised
_SHORT_STRANGER = re.compile("(?:药厂|工厂|企业|车间|园)$")
_COUNTED_ONES = re.compile("[0-9一二两三四五六七八九十百]+(?:余|多)?家")
_SUM_LEADS = re.compile("[0-9.]+[万亿]元?(?:资金|贷款)?$")
_DESCRIBED = frozenset({"project", "institute", "product"})
_ADVERBS = frozenset("于已将在也又均都全正仅拟再先")
_BETWEEN_PARTIES = frozenset({"signed", "negotiating", "land"})
_FIRM_KINDS = frozenset({"company", "institute"})
_ORDER = ("project", "product", "institute", "company", "finance", "zone")


def bearers(spot: Spot, hit: Hit, before: list[Step]) -> list[Bearer]:
    """Everything that takes the step of a phrasing; `before` are the steps that its sentence told before."""
    found = _summed(spot, hit)
    if found is None:
        found = _in_slot(spot, hit) if hit.phrasing.slot else _looked_for(spot, hit, before)
    return [b for b in found if not _is_nothing(b, hit)]


def _is_nothing(bearer: Bearer, hit: Hit) -> bool:
    """A bearer that the stage does not fit: zones are not opened like plants, an amount takes no step."""
    if not bearer.name or _AMOUNT.fullmatch(bearer.name):
        return True
    if bearer.type == "product" and len(bearer.name) <= _KIND_ONLY:
        return True
    if bearer.type != "zone":
        return False
    built = _BUILT_ZONE.search(bearer.name) and not _NO_BUILT_ZONE.search(bearer.name)
    if bearer.place < 0 and not built:
        return True
    return hit.phrasing.stage not in ("registered", "approved") and not built


# ---- named by the phrasing -------------------------------------------------------------------------------------------


def _in_slot(spot: Spot, hit: Hit) -> list[Bearer]:
    """What a phrasing itself names, with what is listed behind it where the phrasing sums up."""
    coded = spot.coded
    low, high = hit.match.span("p")
    if hit.phrasing.described:
        if hit.phrasing.several:
            return _listed_behind(spot, low)
        lead = coded.text[hit.end : low]
        if _OTHER_EVENT.search(lead):
            return []
        found = None if SEVERAL.search(lead) or is_idle(lead) else described(spot, low, high)
        return [found] if found is not None and len(found.name) > SHORTEST else []
    stop = len(coded.text) if hit.phrasing.several else high
    found_ = [
        named(spot, at) for at in range(low, stop)
        if at in coded.names and coded.names[at].type in (hit.phrasing.slot if at < high else BUILT)
    ]  # fmt: skip
    found_ = [b for b in found_ if not POINTS.match(b.name) and not is_idle(b.name)]
    phase = PHASE.match(coded.text, high)
    return [in_phase(found_[0], phase.group())] if len(found_) == 1 and phase else found_


def _listed_behind(spot: Spot, low: int) -> list[Bearer]:
    """`甲公司的研发总部、乙公司的测试线等5个项目`: each by what it is called, the firms before it left out."""
    coded = spot.coded
    high = clause_end(coded.text, low)
    sums = _SUMS.search(coded.text, low, high)
    out = []
    for part in re.compile(r"[^、]+?(?=、|以及|和(?=[^、]*$)|$)").finditer(coded.text, low, high):
        words = re.sub(r"等[^、]*$", "", part.group())
        begin = part.start() + len(re.match("(?:以及|和)?", words).group())  # type: ignore[union-attr]
        end = part.start() + len(words)
        projects = [p for p in range(begin, end) if p in coded.names and coded.names[p].type == "project"]
        if projects:
            out.append(named(spot, projects[-1]))
            continue
        begin = max(begin, coded.text.rfind("的", begin, end) + 1)
        name = plain_name(coded.clean(begin, end))
        fits = sums or re.search(f"(?:{any_of('head')})$", name)
        if fits and SHORTEST < len(name) <= LONGEST and not is_idle(name) and not is_generic(name):
            out.append(Bearer(name, begin))
    return out


# ---- looked for ------------------------------------------------------------------------------------------------------


def _looked_for(spot: Spot, hit: Hit, before: list[Step]) -> list[Bearer]:
    coded, kinds = spot.coded, hit.phrasing.kinds
    same = _told_in_clause(spot, hit, before)
    if same is not None:
        return same
    relative = _relative(spot, hit)
    if relative is not None:
        return relative
    found, stranger = _in_clause(spot, hit)
    if found:
        return [b for b in found if not is_idle(b.name) or COUNTED.match(b.name)]
    if hit.phrasing.stage in _BETWEEN_PARTIES and (later := _later(spot, hit)) is not None:
        return [later]
    headed = _under_heading(spot, hit.clause, kinds)
    if headed is not None:
        return [headed]
    if _THAT.search(coded.text, hit.clause, hit.verb) and (meant := _taken_up(spot, hit.clause, kinds)) is not None:
        return [meant]
    if stranger or (hit.phrasing.stage == "launched" and len(rest_of(spot, hit.clause, hit.start)) > 1):
        return []
    phase = _last_phase(coded.text, hit.clause, hit.verb) or _phase_before(spot, hit.clause)
    if _FIRM_MEANT.match(coded.text, hit.clause) and "company" in kinds:
        kinds &= _FIRM_KINDS  # `公司2017年成立`
    if _FIRST_ONE.search(coded.text, hit.clause, hit.end) and "product" in kinds:
        kinds = BUILT  # `首车下线`: the step of the plant
    if _POINTED.search(coded.clean(hit.clause, hit.verb)):
        kinds -= _FIRM_KINDS  # `该产线`: something built
    base = _next_subject(spot, hit, kinds) or _earlier(spot, hit, kinds, before)
    if base is None and phase:
        base = _later(spot, hit)
    phases = _PHASES.search(coded.text, hit.clause, hit.verb)
    if base is not None and phases is not None:
        return [in_phase(base, found) for found in PHASE.findall(phases.group())]
    return [] if base is None else [in_phase(base, phase)]


def _told_in_clause(spot: Spot, hit: Hit, before: list[Step]) -> list[Bearer] | None:
    """`3月签约、8月开工`: who took the step told just before in the same clause."""
    coded, kinds = spot.coded, hit.phrasing.kinds
    same = [s for s in before if hit.clause <= coded.place(s.end - 1) < hit.start]
    if not same:
        return None
    at = coded.place(same[-1].end - 1) + 1
    if any(p in coded.names and coded.names[p].type in kinds for p in range(at, hit.start)):
        return None
    return [s.bearer for s in same if s.end == same[-1].end and s.bearer.type in kinds | BUILT]


def _relative(spot: Spot, hit: Hit) -> list[Bearer] | None:
    """What a verb in front of it describes: `复工不久的某项目`; None where the verb stands in no such clause."""
    coded = spot.coded
    match = _OF_WHAT.match(coded.text, hit.end)
    if match is None and (behind := _described_behind(spot, hit)) is not None:
        return [behind]
    if match is None:
        due = re.compile(any_of("when")).match(coded.text, hit.end)
        return [] if _OF.match(coded.text, hit.end) and due is None else None
    place = match.start("p")
    if coded.names[place].type not in hit.phrasing.kinds:
        return []
    phase = PHASE.match(coded.text, match.end())
    return [in_phase(named(spot, place), phase.group() if phase else "")]


def _summed(spot: Spot, hit: Hit) -> list[Bearer] | None:
    """`签约的6个项目中,工业项目5个,分别是某项目、某基地`: each of those listed."""
    text = spot.coded.text
    match = re.compile(rf"的(?:[^,。;:]{{0,12}}(?:项目|工程)[^。;:]{{0,30}}?)?(?:{any_of('listing')}):?").match(
        text, hit.end
    )
    if match is None:
        return None
    return _listed_behind(spot, match.end()) or None


def _described_behind(spot: Spot, hit: Hit) -> Bearer | None:
    """`去年投产的动力电池基地`: the noun phrase that a verb describes."""
    text = spot.coded.text
    of = _OF.match(text, hit.end)
    if of is None or re.compile(any_of("when")).match(text, hit.end):
        return None
    phrase = re.compile(description(hit.phrasing.kinds & _DESCRIBED)).match(text, of.end())
    found = described(spot, *phrase.span()) if phrase is not None else None
    return found if found is not None and len(found.name) > SHORTEST else None


def _in_clause(spot: Spot, hit: Hit) -> tuple[list[Bearer], bool]:
    """Bearers named before a verb in its clause; whether the clause has a subject that nobody recognised."""
    coded, kinds = spot.coded, hit.phrasing.kinds
    text, low, high = coded.text, hit.clause, hit.start
    listed = _listed_before(spot, hit)
    if listed:
        return listed, False
    counted = last_match(COUNTED, text, low, high)
    firms = [at for at in range(low, high) if at in coded.names and coded.names[at].type in kinds | {"company"}]
    if counted is not None and not any(counted.end() <= at for at in firms):
        return [Bearer(counted.group(), counted.start())], False
    ending = _ending(kinds)
    for at in range(high - 1, low - 1, -1):
        mention = coded.names.get(at)
        if mention is None or mention.type not in kinds:
            continue
        oblique = mention.type != "project" and _is_oblique(spot, at, low)
        if oblique or (mention.type == "company" and len(rest_of(spot, at + 1, high)) > 1):
            continue
        if POINTS.match(mention.name) and mention.origin != "pointer":
            return [], False
        whole = _extended(spot, at, high, ending) if ending else None
        if whole is not None:
            return [whole], False
        phrase = phrase_before_verb(spot, at + 1, high, ending) if ending else None
        if phrase is not None and not is_part(phrase.name):
            return [*_joined_to(spot, phrase, kinds, low), phrase], False
        phase = _last_phase(text, at + 1, high) or (phase_of(mention.name) if mention.origin == "pointer" else "")
        if phase and mention.type != "product":
            return [in_phase(named(spot, at), phase)], False
        return _with_joined(spot, at, kinds, low), False
    phrase = phrase_before_verb(spot, low, high, ending) if ending else None
    if phrase is not None:
        part = is_part(phrase.name)
        return (
            ([], bool(_NUMBERED.search(phrase.name)))
            if part
            else ([*_joined_to(spot, phrase, kinds, low), phrase], False)
        )
    quoted = _QUOTED_SUBJECT.search(text, low, high)
    if quoted is not None and not is_idle(quoted.group(1)):
        return [Bearer(quoted.group(1), quoted.start(1))], False
    if not _has_stranger(spot, low, high):
        return [], False
    between = hit.phrasing.stage in _BETWEEN_PARTIES
    unknown = None if between else unknown_subject(spot, low, high)
    return ([unknown], False) if unknown is not None else ([], True)


@cache
def _bare_part() -> re.Pattern[str]:
    return re.compile(f"(?:{any_of('part')}|{any_of('head')}|[一二三四五六]期|[0-9]+号)+")


def _extended(spot: Spot, at: int, high: int, ending: re.Pattern[str]) -> Bearer | None:
    """A name with what makes it the name of something built: `某公司|新厂房`, `某公司三期|增资扩产项目`."""
    coded = spot.coded
    tail = re.compile(rf"(?:{_INNER}){{1,12}}?(?:{ending.pattern})").match(coded.text, at + 1, high)
    if tail is None or rest_of(spot, tail.end(), high) or _NUMBERED.search(tail.group()):
        return None
    if _bare_part().fullmatch(tail.group()) and coded.names[at].type != "company":
        return None
    if tail.group()[0] in _ADVERBS:
        return None
    return Bearer(spot.scene.thing(coded.names[at]).name + tail.group(), at)


@cache
def _ending(kinds: frozenset[str]) -> re.Pattern[str] | None:
    """What ends a noun phrase that may take a step of things of these types."""
    built = [any_of("head")] if kinds & {"project", "institute"} else []
    made = [heads(frozenset({"product"}))] if "product" in kinds else []
    return re.compile("|".join(built + made)) if built or made else None


def _is_oblique(spot: Spot, at: int, low: int) -> bool:
    return bool(_OBLIQUE.search(spot.coded.text, max(low, at - 4), at))


def _last_phase(text: str, low: int, high: int) -> str:
    found = PHASE.findall(text, low, high)
    return found[-1] if found else ""


def _with_joined(spot: Spot, place: int, kinds: frozenset[str], low: int) -> list[Bearer]:
    """A name and what is joined to it by 、 or 和 before it."""
    coded = spot.coded
    out = [named(spot, place)]
    at = place
    while True:
        # `A项目、总投资10亿元的B项目`: what describes an item stands between.
        lead = _DESCRIBES.search(coded.text, max(low, at - 26), at)
        at = lead.start() + 1 if lead is not None else at
        if at - 2 < low or not _JOINED.match(coded.text[at - 1]):
            break
        mention = coded.names.get(at - 2)
        phase = PHASE.fullmatch(coded.text[max(low, at - 3) : at - 1])
        if phase and (held := coded.names.get(at - 4)) is not None and at - 4 >= low:
            thing = spot.scene.thing(held)
            out.append(Bearer(thing.name + phase.group(), at - 4))
            at -= 4
            continue
        if mention is not None and mention.type in kinds:
            out.append(named(spot, at - 2))
            at -= 2
            continue
        begin = coded.place(noun_start(spot.scene, coded.ends[at - 2], coded.starts[low]))
        phrase = plain_name(coded.clean(begin, at - 1))
        if not PHASE.search(phrase) and not re.search(f"(?:{any_of('head')})$", phrase):
            break
        if len(phrase) > SHORTEST and not is_generic(phrase) and not is_idle(phrase):
            out.append(Bearer(phrase, begin))
        break
    return out[::-1]


def _joined_to(spot: Spot, phrase: Bearer, kinds: frozenset[str], low: int) -> list[Bearer]:
    """Names that stand before a noun phrase, joined to it by 、 or 和."""
    at = phrase.place - 2
    mention = spot.coded.names.get(at)
    joined = at >= low and mention is not None and mention.type in kinds and _JOINED.match(spot.coded.text[at + 1])
    return _with_joined(spot, at, kinds, low) if joined else []


def _listed_before(spot: Spot, hit: Hit) -> list[Bearer]:
    """`A、B等8个项目竣工投产`: each of those listed before 等."""
    coded, low, high = spot.coded, hit.clause, hit.start
    stop = _list_end(spot, low, high)
    if stop is None:
        return []
    kinds = hit.phrasing.kinds | {"company", "project", "institute", "zone"}
    out: list[Bearer] = []
    at = stop
    while at > low:
        cut = max(coded.text.rfind("、", low, at), low - 1)
        names = [p for p in range(cut + 1, at) if p in coded.names]
        quoted = _QUOTED.search(coded.text, cut + 1, at)
        if quoted:
            out.append(Bearer(coded.clean(*quoted.span(1)), quoted.start(1)))
        elif names and coded.names[names[-1]].type in kinds and at - names[-1] <= len("一期") + 1:
            phase = PHASE.fullmatch(coded.text[names[-1] + 1 : at])
            out.append(in_phase(named(spot, names[-1]), phase.group() if phase else ""))
        else:
            begin = max(cut, coded.text.rfind("的", cut + 1, at)) + 1
            words = coded.clean(begin, at).strip("“”")
            if not SHORTEST <= len(words) <= LONGEST or re.search("[了在]", words):
                break
            out.append(Bearer(plain_name(words), begin))
        at = cut
    return [] if len(out) == 1 and out[0].thing is None else out[::-1]


def _list_end(spot: Spot, low: int, high: int) -> int | None:
    """Where a list ends that 等 or a count sums up: `A、B等8个项目`, `A、B两个项目`."""
    text = spot.coded.text
    if "等" in text[low:high] and _LISTED.search(rest_of(spot, low, high)):
        return text.rindex("等", low, high)
    counted = last_match(COUNTED, text, low, high)
    if counted is not None and "、" in text[low : counted.start()] and not rest_of(spot, counted.end(), high):
        return counted.start()
    return None


def _has_stranger(spot: Spot, low: int, high: int) -> bool:
    """Whether a clause begins with words that look like a subject of their own, which is nothing known."""
    whole = rest_of(spot, low, high)
    if _COUNTED_ONES.search(spot.coded.text, low, high) or _SUM_LEADS.search(whole):
        return True
    known = rf"{NAMES}|[一二三四五六]期|[0-9.]+(?:亿|万)?元?|总?投资"
    rest = re.sub(known, "", _POINTER_LEADS.sub("", whole))
    return len(rest) >= _STRANGE or bool(_SHORT_STRANGER.search(rest))


def _next_subject(spot: Spot, hit: Hit, kinds: frozenset[str]) -> Bearer | None:
    """`自2012年开工以来,园区…`: a clause of time has the subject of the one it introduces."""
    text = spot.coded.text
    if not _INTRODUCES.match(text, hit.end) or hit.clause > 0:
        return None
    low = clause_end(text, hit.end) + 1
    names = [at for at in range(low, clause_end(text, low)) if at in spot.coded.names]
    fits = [at for at in names if spot.coded.names[at].type in kinds]
    chosen = next(
        (at for at in fits if spot.coded.names[at].type == "project"), fits[0] if fits and fits[0] == names[0] else None
    )
    return named(spot, chosen) if chosen is not None and fits else None


def _later(spot: Spot, hit: Hit) -> Bearer | None:
    """The project that is named behind a verb: `双方正式签约,某某项目落户`."""
    coded = spot.coded
    stop = min(len(coded.text), hit.end + _LATER)
    for at in range(hit.end, stop):
        mention = coded.names.get(at)
        if mention is not None and mention.type == "project" and not POINTS.match(mention.name):
            return named(spot, at)
    return next(described_in(spot, hit.end, stop), None)


def _phase_before(spot: Spot, clause: int) -> str:
    """The phase that an earlier clause of the sentence begins with, if nothing is named in between."""
    coded = spot.coded
    for low in clause_starts(coded.text, clause)[1:]:
        match = _PHASE_LEADS.match(coded.text, low)
        if match is not None:
            return match.group(1)
        if any(low <= at < clause and m.type == "project" for at, m in coded.names.items()):
            return ""
    return ""


# ---- spoken of before ------------------------------------------------------------------------------------------------


def _earlier(spot: Spot, hit: Hit, kinds: frozenset[str], before: list[Step]) -> Bearer | None:
    """What the sentence spoke of before a clause, or else the sentences before it."""
    coded = spot.coded
    stop = clause_end(coded.text, hit.end)
    if hit.phrasing.stage in _BETWEEN_PARTIES and any(hit.clause <= at < stop for at in coded.names):
        return None  # `某园区与某公司签订的协议`: no project is spoken of
    taken_up = _taken_up(spot, hit.clause, kinds)
    if taken_up is not None:
        return taken_up
    found = _in_clauses_before(spot, hit.clause, kinds, before)
    if found is not None:
        return found
    return _in_sentences_before(spot, hit.clause, kinds)


def _in_clauses_before(spot: Spot, clause: int, kinds: frozenset[str], before: list[Step]) -> Bearer | None:
    coded = spot.coded
    order = sorted(_ORDER, key=lambda k: k != "company") if "company" in kinds and "project" not in kinds else _ORDER
    fallback: Bearer | None = None
    made: Bearer | None = None
    high = clause
    for low in clause_starts(coded.text, clause)[1:]:
        for step in reversed(before):
            inside = low <= coded.place(step.end - 1) < high or low == 0
            if inside and not COUNTED.match(step.bearer.name) and step.bearer.type in kinds | BUILT:
                return step.bearer
        if "project" in kinds and _PROJECT_LEADS.match(coded.text, low) and spot.topic is not None:
            return spot.topic._replace(place=-1)
        free = [at for at in range(low, high) if _may_bear(spot, at, low, kinds)]
        for kind in order:
            at = next((at for at in free if coded.names[at].type == kind), None)
            if at is None:
                continue
            bearer = named(spot, at)
            if kind == "company" and _SPEAKS.search(coded.text, at, high):
                continue  # `某公司总经理介绍,…`
            if kind not in ("project", "product") and "project" in kinds:
                fallback = fallback or bearer
            elif kind == "project" and _BUILDS.search(coded.text, low, at):
                made = made or bearer  # `公司拟建设某项目,…`: meant unless the sentence has a project for its subject
            else:
                return bearer
        if "project" in kinds and (phrase := _clause_phrase(spot, low, high - 1)) is not None:
            return phrase
        if "project" in kinds and made is None and not free:
            made = next(reversed(list(_objects(spot, low, high - 1))), None)
        high = low
    return made or fallback


_BUILDS = re.compile("推进|加快|抓好|建设|新建|打造|投建|兴建|布局|设立|各?设|建成|规划")


def _objects(spot: Spot, low: int, high: int) -> list[Bearer]:
    """What a clause says is built: `还计划在两市各设1个离岸创新中心`."""
    coded = spot.coded
    verb = _BUILDS.search(coded.text, low, high)
    if verb is None:
        return []
    found = re.compile(description(frozenset({"project", "institute"}))).finditer(coded.text, verb.end(), high)
    return [
        b for m in found if not SEVERAL.match(coded.text, m.start()) and (b := described(spot, *m.span())) is not None
    ]


def _may_bear(spot: Spot, at: int, low: int, kinds: frozenset[str]) -> bool:
    mention = spot.coded.names.get(at)
    if mention is None or mention.type not in kinds or POINTS.match(mention.name) or SEVERAL.match(mention.name):
        return False
    return mention.type == "project" or not _is_oblique(spot, at, low)


def _clause_phrase(spot: Spot, low: int, high: int) -> Bearer | None:
    """A noun phrase at the head of an earlier clause that names something built."""
    match = _CLAUSE_PHRASE.match(spot.coded.text, low, max(low, high))
    found = described(spot, *match.span("p")) if match is not None else None
    return found if found is not None and len(found.name) > SHORTEST else None


def _under_heading(spot: Spot, clause: int, kinds: frozenset[str]) -> Bearer | None:
    """What an item of a list is headed by: `●某某中试线:总投资…`."""
    coded = spot.coded
    heading = _HEADING.match(coded.text)
    if heading is None or heading.end() > clause:
        return None
    for at in range(heading.end()):
        if at in coded.names and coded.names[at].type in kinds:
            return in_phase(named(spot, at), phase_of(heading.group()))
    name = _ITEM_MARK.sub("", heading.group()).strip("“” ")
    marked = name != heading.group()
    return Bearer(name, 0) if (marked or _ITEM.search(name)) and not _SPEAKS.search(name) else None


def _taken_up(spot: Spot, clause: int, kinds: frozenset[str]) -> Bearer | None:
    """What a bare noun takes up: `建设公共设计服务平台,平台总投资…`."""
    if not kinds & {"project", "product"}:
        return None
    coded = spot.coded
    for low, head in _bare_heads(coded.text, clause):
        for at in sorted((at for at in coded.names if at < low), reverse=True):
            if coded.names[at].type in kinds and head in coded.names[at].name[-len(head) - 2 :]:
                return named(spot, at)
        phrases = list(re.compile(rf"(?:{_INNER}){{2,20}}{head}").finditer(coded.text, 0, low))
        for match in reversed(phrases):
            found = described(spot, *match.span())
            if found is not None and len(found.name) > len(head) + 1:
                return found
        before = _taken_up_before(spot, head, kinds)
        if before is not None:
            return before
    return None


def _bare_heads(text: str, clause: int) -> Iterator[tuple[int, str]]:
    """(where it begins, noun) of clauses with a bare noun at their head, or 该 and any noun, the nearest first."""
    for low in clause_starts(text, clause):
        noun = _HEADED_BY.match(text, low)
        if noun is not None:
            yield low, noun.group("h")
        pointed = _THAT.search(text, low, clause_end(text, low))
        if pointed is not None and noun is None:
            yield from ((low, pointed.group(1)[:size]) for size in (4, 3, 2) if size <= len(pointed.group(1)))


def _taken_up_before(spot: Spot, head: str, kinds: frozenset[str]) -> Bearer | None:
    """The last thing of the sentences before whose name, or else description, ends in a noun."""
    scene = spot.scene
    index = scene.sentences.index(spot.sentence)
    for sentence in reversed(scene.sentences[max(0, index - _TAKEN_BACK) : index]):
        if sentence.article != spot.sentence.article:
            break
        for mention in reversed(scene.mentions_in(sentence.start, sentence.end)):
            if mention.type in kinds and mention.origin != "pointer" and head in mention.name[-len(head) - 2 :]:
                thing = scene.thing(mention)
                return Bearer(thing.name, -1, thing)
        found = list(re.compile(rf"(?:{_INNER}){{2,20}}{head}").finditer(scene.text, sentence.start, sentence.end))
        for match in reversed(found):
            name = plain_name(scene.text[noun_start(scene, match.end(), match.start()) : match.end()])
            if len(name) > len(head) + 1 and not is_generic(name) and not is_idle(name):
                return Bearer(name, -1)
    return None


def _in_sentences_before(spot: Spot, clause: int, kinds: frozenset[str]) -> Bearer | None:
    scene, text = spot.scene, spot.coded.text
    points = _POINTER_LEADS.match(text, clause) or _POINTED.search(spot.coded.clean(clause, clause_end(text, clause)))
    topic = spot.topic if spot.near or points else None
    if topic is not None and topic.type in kinds | (BUILT if topic.thing is None else frozenset()):
        return topic._replace(place=-1)
    if kinds & _FIRM_KINDS and "project" not in kinds:
        subject = scene.subject(spot.sentence.start + 1, spot.sentence, kinds)
        return Bearer(subject.name, -1, subject) if subject is not None else None
    found = _described_before(spot) if "project" in kinds else None
    if found is not None:
        return found
    for kind in ("project", "product") if points else ():
        main = scene.main(spot.sentence.article, kind) if kind in kinds else None
        if main is not None:
            return Bearer(main.name, -1, main)
    return None


def _described_before(spot: Spot) -> Bearer | None:
    """The last noun phrase of the sentences before that names something built."""
    scene = spot.scene
    index = scene.sentences.index(spot.sentence)
    for sentence in reversed(scene.sentences[max(0, index - _BACK) : index]):
        if sentence.article != spot.sentence.article:
            break
        for match in re.compile(description(BUILT)).finditer(scene.text, sentence.start, sentence.end):
            if any(m.end == match.end() and m.type != "project" for m in scene.mentions_in(*match.span())):
                continue
            name = plain_name(scene.text[noun_start(scene, match.end(), match.start()) : match.end()])
            if len(name) > SHORTEST and not is_generic(name) and not is_idle(name):
                return Bearer(name, -1)
    return None
