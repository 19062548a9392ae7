"""Whether a number is so, planned, aimed at, expected or possible; and the period it is for."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from yanzhen.extract.drafts import cue_pattern
from yanzhen.extract.holders import measured_class

if TYPE_CHECKING:
    from yanzhen.extract.drafts import Draft
    from yanzhen.extract.entities import Thing
    from yanzhen.extract.scene import Scene, Sentence
    from yanzhen.facts.records import Modality, Period
    from yanzhen.quantify import Period as Span

_INVESTMENT = re.compile(r"(?:总投资|投资总额|计划投资|协议投资|预计投资|投资额|投资规模|投资)$")
_SPENT = re.compile(r"完成|累计|追加|到位|固定资产|实际|工业投资|民间|设备投资|研发|年度")
_BUILDING = re.compile(r"建筑面积|厂房|车间|设备|产能|宿舍|载体|实验室|机器人|线$|楼$|栋|仓库|工作站$")
_DONE = re.compile(
    r"(?P<before>[^,。;\n]{0,10}?)(?:投产|量产|建成|启用|投入使用|投运|投入运营|竣工|通线|下线|交付使用|开业|运营)(?!后|前|时|仪式|以后|之后|达产)"
)
_NOT_YET = re.compile(r"将|预计|计划|拟|力争|有望|年底前|明年|未|待|争取|确保|加快|推进|推动|即将|可|能|要")
_AFTER_IT = re.compile(r"(?:达产|投产|量产|满产|建成|竣工|运营|扩建|投用|投运|落地)(?:达产|投产|运营)?(?:后|之后|以后)")
_CAPACITY_WORD = re.compile(r"产能|生产能力|设计能力|可容纳")
_HELD = re.compile(r"容纳")
_PAST = re.compile(r"已|目前|现有|截至|去年|上年|以来|完成|实现了|同比|昨|日前|近日")
_FORESEEN = re.compile(r"将|预计|计划|拟|力争|有望|争取|目标|待")
_AIMED = re.compile(r"(?:左右|以上)?的[^,。;]{0,6}(?:目标|任务)")
_PROPOSES = re.compile(r"展望|提出|确定|定下|明确|部署|要求|目标|安排|推动|努力")
_HAD = re.compile(r"占地|用地|注册资本|员工|现有")
_PLANS = re.compile(r"计划|拟|规划|将")


# `将于明年投产` foretells; `将知识产权作为抓手` only puts the object first.
_WILL = re.compile(
    r"(?<![即必终])将(?=于|在|达|会|对|从|有|是|为|以|可|新|继续|进一步|全面|陆续|正式|重点|逐步|分|按|超|突破|再|不|与|同|由|向|建|投|实|形"
    r"|打|推|引|设|启|开|成|带|增|提|用|迎|获|促|吸|支|给|出|进|落|入|完|加|扩|布|组|培|达|聚|生|采|配|安|举|发|力|筹|集|研|修|调|优|强|深|转|改|迁|搬|签|做|构|牵|承|服|覆|容|年|月)|即将|打算|准备"
    r"|(?<!该)计划(?![，,、”》的])|拟(?![合立])|规划(?=建设|总|用地|占地|面积|新建|布局|[\d一二三四五六七八九十两])"
)


def _foretold(scene: Scene, low: int, high: int) -> bool:
    """Whether a word of a span, none that belongs to a name, tells of something to come."""
    for match in _WILL.finditer(scene.text, low, high):
        named = scene.mentions_in(max(0, match.start() - 40), match.end() + 20)
        if not any(m.start <= match.start() < m.end for m in named):
            return True
    return False


def _foreseen(scene: Scene, low: int, high: int) -> bool:
    """Whether what goes before in the sentence is told as a plan, up to the clause at hand."""
    ahead = False
    at = low
    for mark in (*re.finditer("[,:]", scene.text[low:high]), None):
        end = high if mark is None else low + mark.start()
        ahead = _foretold(scene, at, end) or (ahead and not _PAST.search(scene.text, at, end))
        at = end + 1
    return ahead


def _is_built(scene: Scene, sentence: Sentence, subject: Thing | None) -> bool:
    """Whether the sentence, or the ones beside it that name no other project, say that it stands or runs already."""
    for place in (sentence, *scene.beside(sentence)):
        others = {id(scene.thing(m)) for m in scene.mentions_in(place.start, place.end) if m.type == "project"} - {
            id(subject)
        }
        ours = any(scene.thing(m) is subject for m in scene.mentions_in(place.start, place.end))
        if place is not sentence and (others or not ours):
            continue
        if _done_in(scene, place):
            return True
    return False


def _done_in(scene: Scene, sentence: Sentence) -> bool:
    """Whether a clause says that something runs or stands, neither foreseen there nor by the clauses before it."""
    published = scene.published(sentence)
    ahead = False
    for low, high in scene.clauses(sentence):
        clause = scene.text[low:high]
        ahead = bool(_FORESEEN.search(clause)) or (ahead and not _PAST.search(clause))
        later = published is not None and any(
            p.first is not None and p.first.isoformat() > published[1] for p in scene.periods_in(low, high)
        )
        if ahead or later:
            continue
        if any(not _NOT_YET.search(m.group("before")) for m in _DONE.finditer(clause)):
            return True
    return False


def modality_of(
    scene: Scene, draft: Draft, sentence: Sentence, subject: Thing | None, period: Period | None
) -> Modality:
    text, metric = scene.text, draft.metric
    if draft.benefit:
        return "actual"
    left = text[draft.clause[0] : draft.quantity.end]
    lead = text[sentence.start : draft.clause[0]]
    if _INVESTMENT.search(metric) and draft.measure == "level" and not _SPENT.search(metric + left):
        if _PLANS.search(metric):
            return "planned"
        holds = subject is not None and subject.type in ("zone", "place")
        collective = "项目" in metric or re.search(r"开工|签约|拟建|在建", text[sentence.start : sentence.end])
        if (holds and not collective) or _is_built(scene, sentence, subject):
            return "actual"
        return "planned"
    if (_CAPACITY_WORD.search(metric) and not re.search(r"产值|产量|利用率|突破产能", metric)) or _HELD.search(left):
        return "capacity"
    if _AFTER_IT.search(left) or (_AFTER_IT.search(lead[-40:]) and not _PAST.search(left)):
        return "forecast"
    for value in ("forecast", "target"):
        if cue_pattern("modality", value).search(left):
            return "target" if value == "target" else "forecast"
    if re.search(r"(?:力争|目标|到20\d\d年)[^。;]*$", lead):
        return "target"
    if re.search(r"(?:预计|有望)[^。;]*$", lead) and not _PAST.search(left):
        return "forecast"
    if _foretold(scene, draft.clause[0], draft.quantity.end):
        return "planned"
    if (
        cue_pattern("modality", "capacity").search(left)
        and "/" in draft.quantity.unit
        and not re.search(r"产值|产量|出货|销量", metric)
    ):
        return "capacity"
    if _AIMED.match(text, draft.quantity.end):
        return "target"
    ahead = _foreseen(scene, sentence.start, draft.clause[0]) and not _PAST.search(left)
    if ahead and draft.measure == "level" and draft.quantity.unit != "%" and not _HAD.search(metric):
        return "planned"
    if _BUILDING.search(metric):
        ours = subject is not None and subject.type == "project" and not _PAST.search(left)
        if ours and not _is_built(scene, sentence, subject):
            return "planned"
        # `建筑面积5万平方米,计划明年建成`: the plan may stand behind.
        if not _PAST.search(left) and _foretold(scene, sentence.start, sentence.end) and not _done_in(scene, sentence):
            return "planned"
    published = scene.published(sentence)
    if period is not None and published is not None:
        if (period[0] or period[1] or "") > published[1]:
            return "target"
        if (period[1] or "") > published[1] and _PROPOSES.search(text, sentence.start, draft.quantity.start):
            return "target"
    return "actual"


def _chain_start(scene: Scene, sentence: Sentence) -> int:
    """Where the chain of half-sentences (joined by semicolons) begins that a sentence continues: they share a date."""
    mark = max(scene.text.rfind(m, 0, sentence.start) for m in "。!?\n") + 1
    return mark if scene.text[sentence.start - 1 : sentence.start] == ";" else sentence.start


_COMPARED_WITH = re.compile(r"(?:同期|底|末|全年)?(?:水平)?(?:相比|增长|增加|提高|提升|下降|减少|翻|的)")
_COMPARES = re.compile(r"(?:较|比|与|和|同|低于|高于|超过?|快于)(?:政策实施)?$")
_NO_PERIOD = re.compile(r"总投资|占地|签约金额|计划投资")
_EVENT = re.compile(
    r"揭牌|成立|投产|启用|开工|签约|落户|举行|发布|建成|通车|开业|上线|挂牌|组建|入驻|竣工|奠基|获批|获评|试点"
)


def _opens(scene: Scene, at: int, sentence: Sentence) -> bool:
    """Whether a date opens its clause, after nothing but who it is about, and so holds for the clauses behind it."""
    low = scene.clause(at, sentence)[0] if sentence.start <= at else scene.text.rfind("\n", 0, at) + 1
    for mark in ",。;:!?“":
        low = max(low, scene.text.rfind(mark, 0, at) + 1)
    words = scene.words
    k = words.at[low] if low < at else -1
    while 0 <= k < len(words.words) and words.starts[k] < at:
        if words.tags[k] == "v" and words.words[k] not in ("截至", "截止", "到", "是", "至"):
            return False
        k += 1
    return not scene.quantities_in(low, at)


def period_at(scene: Scene, draft: Draft, sentence: Sentence) -> Period | None:
    """The period stated nearest to the left in the sentence; `now` where a word says so; else none."""
    text = scene.text
    if draft.benefit or (_NO_PERIOD.search(draft.metric) and not re.search(r"年度|当年|完成|累计", draft.metric)):
        return None
    low, high = draft.clause
    at = draft.quantity.start
    chosen = None
    for period in scene.periods_in(_chain_start(scene, sentence), sentence.end):
        inside = low <= period.start and period.end <= high
        if period.start > at or (period.end > at and not inside):
            break
        rest = text[period.end : at]
        if not inside and not _opens(scene, period.start, sentence):
            continue
        if (
            _COMPARES.search(text, max(low, period.start - 6), period.start)
            or (rest and _COMPARED_WITH.match(rest) and scene.quantities_in(period.end, at))
            or (draft.measure == "growth" and _COMPARED_WITH.match(rest))
        ):
            continue
        chosen = period
    if chosen is not None and chosen.end <= low and _STANDING.search(draft.metric):
        chosen = None
    published = scene.published(sentence)
    now = cue_pattern("now").search(text, chosen.end if chosen else sentence.start, at)
    if chosen is not None and now and chosen.end <= low and published is not None:
        # `去年底,某中心揭牌,已为17家车企服务`: the date is that of another event.
        told = scene.clause(chosen.start, sentence)
        told_to = scene.clause(chosen.end + 1, sentence)[1] if text[chosen.end : chosen.end + 1] == "," else told[1]
        between = text[chosen.end : min(told_to, low)]
        if _EVENT.search(between) and not scene.quantities_in(chosen.end, told_to):
            return published
    if chosen is not None:
        return _as_told(scene, chosen, sentence, at)
    if now:
        return published
    return _context_period(scene, draft, sentence)


_THIS_YEAR = re.compile(r"(?:今年|本年)(?:度)?$")
_END_OF_YEAR = re.compile(r"(?:年末|年底|年初)$")


def _as_told(scene: Scene, period: Span, sentence: Sentence, at: int) -> Period:
    """The dates of a period as the sentence means it: 今年已… runs to the day; 年末 of what is told is the past one."""
    published = scene.published(sentence)
    if published is None or period.last is None or period.last.isoformat() <= published[1]:
        return _dates(period)
    behind = scene.text[period.end : at]
    if _THIS_YEAR.fullmatch(period.text) and re.search(r"已|累计|共", behind) and not _WILL.search(behind):
        return (period.first.isoformat() if period.first else None, published[1])
    if _END_OF_YEAR.fullmatch(period.text) and not _WILL.search(scene.text, sentence.start, at):
        first, last = _dates(period)
        back = int(published[1][:4]) - 1
        return (f"{back}{first[4:]}" if first else None, f"{back}{last[4:]}" if last else None)
    return _dates(period)


# What has no date of its own unless its clause gives one.
_STANDING = re.compile(r"面积|占地|费率|税率|利率|额度|注册资本|注册资金|价格|售价|续航|精度|寿命|纯度")
_FLOWS = frozenset({"macro", "firm"})
_GOES_ON = re.compile(r"(?:其中|全年|同期|当年|全市|全区|此外)")
_NEWLY = re.compile(r"新|引进|签约|开工|授权|获批|发放|兑付|柔性")
_DECK = 40  # characters under a headline in which its deck may give the year
_BACK = 3  # sentences of a paragraph looked back for a date that still holds


def _context_period(scene: Scene, draft: Draft, sentence: Sentence) -> Period | None:
    """The date that opened an earlier sentence of the paragraph, else the one the headline gives, for what flows."""
    unit, text = draft.quantity.unit, scene.text
    goes_on = bool(_GOES_ON.match(text, sentence.start)) or bool(_NEWLY.match(draft.metric))
    if sentence.title or (unit == "count" and not goes_on) or _STANDING.search(draft.metric):
        return None
    if not goes_on and measured_class(draft.metric, unit) not in _FLOWS:
        return None
    published = scene.published(sentence)
    for earlier in scene.before(sentence, _BACK):
        for period in reversed(scene.periods_in(earlier.start, earlier.end)):
            if _opens(scene, period.start, earlier) and _is_over(period, published):
                return _dates(period)
    title = scene.frame.articles[sentence.article].title_span
    for period in scene.periods_in(title[0], title[1] + _DECK) if title else ():
        if _is_over(period, published):
            return _dates(period)
    return None


def _is_over(period: Span, published: tuple[str, str] | None) -> bool:
    return published is not None and period.last is not None and period.last.isoformat() <= published[1]


def _dates(period: Span) -> Period:
    return (period.first.isoformat() if period.first else None, period.last.isoformat() if period.last else None)


# What is not there yet is dated only by its own clause.
_UNDATED_AHEAD = re.compile(r"投资|面积|占地|产值|产能")


def period_for(scene: Scene, draft: Draft, modality: Modality, period: Period | None) -> Period | None:
    """The period that goes with a modality: capacities have none, plans only one of their own clause."""
    if modality == "capacity":
        return None
    if modality in ("planned", "forecast") and _UNDATED_AHEAD.search(draft.metric):
        own = scene.periods_in(draft.clause[0], draft.quantity.start)
        return period if own else None
    return period
