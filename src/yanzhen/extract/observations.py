"""Quantities -> observations: what is measured, of whom, for when, and whether it is so, planned or hoped for."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import replace
from typing import TYPE_CHECKING

import msgspec

from yanzhen.extract import phrases
from yanzhen.extract.benefits import GIVEN_NOUN, benefit, is_threshold
from yanzhen.extract.drafts import AREA, MONEY, TIME_UNITS, UNNAMED, Draft, cue_pattern, list_start
from yanzhen.extract.holders import holder, measured_class
from yanzhen.extract.modality import modality_of, period_at, period_for
from yanzhen.extract.phrases import cues
from yanzhen.extract.shares import difference, ratio
from yanzhen.facts import Observation

if TYPE_CHECKING:
    from yanzhen.extract.entities import Thing
    from yanzhen.extract.phrases import Phrase
    from yanzhen.extract.scene import Scene, Sentence
    from yanzhen.facts.records import Comparator, Modality, Period
    from yanzhen.quantify import Quantity

# ---- one quantity ----------------------------------------------------------------------------------------------------

_TRIM_HEAD = re.compile(
    r"^(?:现有|现已|共有|全市|全区|全省|全国|该区|其|其中|各类|各种|共|已|已有|累计|的|本|我们|公司|园区|企业的|项目的|今年|级|余|多|个|家|月|日|季度"
    r"|上半年|前三季度|以来|超|近|约|\d+月|产业集群)+(?=[\u4e00-\u9fffA-Z]{2})"
)
_PER_TIME = re.compile(r"(?P<per>[年月日])(?:产能|处理能力|加工能力|生产能力)$")
_RATE_OF = re.compile(r"(?P<per>[年月日])(?:产|处理|加工)(?!能|值|量)(?P<what>.{2,})")
_TRIM_TAIL = re.compile(r"(?<=..)(?:一般|原则上|合计|总计|共计|分别)+$")
# `某某制造项目|总投资`: the project that no name finder knew is no part of what is measured.
_OWN_PROJECT = re.compile(r"^.*(?:项目|工程|基地)(?=(?:计划)?总?投资|占地|总?建筑面积)")
_SKIP_COUNT = re.compile(r"^(?:一[\u4e00-\u9fff]|两[人位者])$")
_FOUND_ONE = re.compile(r"(?:建有|建成|拥有|设有|新增|建设|布局|新建)(?:了|有)?$")
_MEASURED = re.compile(
    r"(?:额|量|数|率|值|收入|投资|面积|产能|规模|人数|资金|企业|项目|专利|人员|人才|机构|平台|中心|基地|实验室|工作站|院所|医院|车辆|桩|站|公司|团队|专家|服务|技术|产品|标准)$"
)


def _draft(scene: Scene, quantity: Quantity, sentence: Sentence) -> Draft | None:
    clause = scene.clause(quantity.start, sentence)
    unit = quantity.unit
    if unit == "" or is_threshold(scene, quantity, clause, sentence):
        return None
    if unit in TIME_UNITS:
        return _time(scene, quantity, clause)
    if unit == "rank":
        return _rank(scene, quantity, clause)
    draft = ratio(scene, quantity, clause) if unit in ("%", "x", "pp") else None
    if draft is None and unit not in ("%", "x", "pp"):
        draft = difference(scene, quantity, clause)
    if draft is None:
        draft = benefit(scene, quantity, clause)
    if draft is not None or unit == "pp":
        return draft
    if unit.startswith("count/") or unit.endswith(("/year", "/month")):
        return _capacity(scene, quantity, clause)
    return _count(scene, quantity, clause) if unit == "count" else _amount(scene, quantity, clause)


def _with_left(scene: Scene, quantity: Quantity, clause: tuple[int, int], found: Phrase) -> Draft:
    named = found.text
    if named[0] == "年" and scene.text[found.start - 1 : found.start].isdigit():
        named = named[1:]  # of `2023年|产值`
    rate = _RATE_OF.fullmatch(named)
    if rate is not None and quantity.unit == "count":
        # `年产800G光模块180万只`
        per, word = {"年": ("year", "年产能"), "月": ("month", "月产能"), "日": ("day", "日产能")}[rate.group("per")]
        return Draft(
            replace(quantity, unit=f"count/{per}"), clause, rate.group("what") + word, "level", found.start,
            quantity.end, origin="observation:capacity",
        )  # fmt: skip
    per_time = _PER_TIME.search(named)
    if per_time is not None and "/" not in quantity.unit and quantity.unit not in MONEY:
        unit = {"年": "year", "月": "month", "日": "day"}[per_time.group("per")]
        quantity = replace(quantity, unit=f"{quantity.unit}/{unit}")
    stripped = _OWN_PROJECT.sub("", _TRIM_HEAD.sub("", _TRIM_TAIL.sub("", named)))
    metric = stripped or named
    # What was cut off in front, `项目` or `全市`, says whose it is.
    start = max(found.start, found.end - len(metric)) if found.text.endswith(metric) else found.start
    return Draft(quantity, clause, metric, "level", start, quantity.end)


def _count(scene: Scene, quantity: Quantity, clause: tuple[int, int]) -> Draft | None:
    """A number of things: what is counted stands right of it, or left (拥有企业|300家)."""
    low, high = clause
    before = scene.text[low : quantity.start]
    if _SKIP_COUNT.match(quantity.text) and not _FOUND_ONE.search(before):
        return None
    awarded = _awarded(scene, quantity, high)
    if awarded is not None:
        metric, end = awarded
        return Draft(quantity, clause, metric, "level", quantity.start, end, origin="observation:awarded")
    found = phrases.counted(scene, quantity.start, quantity.end, low, high)
    other = phrases.left(scene, list_start(scene, quantity, clause), low)
    if found is not None and found.text not in ("等", "的"):
        adjacent = other is not None and scene.text[other.end : quantity.start][-1:] not in ("的", "了")
        if not (adjacent and other is not None and _MEASURED.search(other.text)):
            start = min(found.start, quantity.start)
            return Draft(quantity, clause, found.text, "level", start, found.end, origin="observation:right")
    if other is not None:
        return _with_left(scene, quantity, clause, other)
    if _RAISED.search(before):
        return Draft(quantity, clause, "", "level", low, quantity.end, origin="observation:fallback")
    return None


# `14家企业入选“某某领军企业”`: what is counted are the bearers of the title.
_AWARDED = re.compile(
    r"[\u4e00-\u9fff]{0,6}?(?P<bearer>企业|单位|产品|项目|个人|园区|平台)?(?:成功)?"
    r"(?:入选|获评|获批|获得|荣获|被评为|被认定为|通过|上榜|跻身|入围|获)(?:了|为)?[“《]?(?P<title>[^,。;”》]{4,24}?)(?:称号|名单|认定|榜单|立项)*[”》]?(?=[,。;]|$)"
)


def _awarded(scene: Scene, quantity: Quantity, high: int) -> tuple[str, int] | None:
    found = _AWARDED.match(scene.text, quantity.end, min(high, quantity.end + 44))
    if found is None:
        return None
    title, bearer = found.group("title").strip("“”《》"), found.group("bearer") or ""
    titled = title if not bearer or title.endswith(bearer) else f"{title}{'获奖' * title.endswith('奖')}{bearer}"
    return titled, found.end()


def _amount(scene: Scene, quantity: Quantity, clause: tuple[int, int]) -> Draft | None:
    """Money, areas, and whatever else has a unit."""
    low, high = clause
    text, unit = scene.text, quantity.unit
    found = phrases.left(scene, list_start(scene, quantity, clause), low)
    if _REACHES.match(text, quantity.end):
        return None
    if found is not None:
        return _with_left(scene, quantity, clause, found)
    if unit in MONEY:
        for mention in scene.mentions_in(quantity.end, min(high, quantity.end + 30)):
            if mention.type == "finance" and re.fullmatch(r"(?:规模)?的?", text[quantity.end : mention.start]):
                metric = "基金规模" if "基金" in mention.name else "资金规模"
                return Draft(
                    quantity, clause, metric, "level", quantity.start, mention.end, owner=mention,
                    origin="observation:fund",
                )  # fmt: skip
    before = text[low : quantity.start]
    behind = phrases.right(scene, quantity.end, high)
    if behind is not None and unit not in ("%", "x") and not _RAISED.search(before):
        if unit in MONEY and _UNDERTAKING.search(behind.text):
            behind = replace(behind, text="总投资")  # `42亿元某某项目签约`
        if unit in AREA and not behind.text.endswith(("面积", "用地", "土地")):
            behind = replace(behind, text=f"{behind.text}面积")
        return Draft(quantity, clause, behind.text, "level", quantity.start, behind.end, origin="observation:right")
    if quantity.text in _HALF:
        return None
    metric = _trailing(before)
    if not metric and not _RAISED.search(before):
        plain = "投资" if "投资" in before else UNNAMED
        metric = plain if unit in MONEY else "面积" if unit in AREA else _nearest_noun(scene, quantity.start, low)
    return Draft(quantity, clause, metric, "level", low, quantity.end, origin="observation:fallback")


_REACHES = re.compile(r"(?:为)?(?:半径|范围|路程|车程|距离|以外|之外|以内|开外)")
_HALF = frozenset({"一半", "半数", "大半", "过半", "大部分"})
_UNDERTAKING = re.compile(r"(?:项目|工程|基地|产业园|生产线|产线|工厂)$")
_TRAIL = re.compile(r"([\u4e00-\u9fff]{2,8}?)(?:达到?|为|超过?|约|近|突破|实现|增至|至)*$")
# `由6GWh提升至|10GWh`: the second number measures what the first does.
_RAISED = re.compile(
    r"(?:提升|提高|增加|增长|扩大|扩增|上升|下降|降低|压缩|缩短|降|增|减少|减|跃升|攀升|拉升|缩减|调减|调整)(?:至|到|为)了?$"
)


def _trailing(before: str) -> str:
    """The Chinese words right before a number where nothing else names what is measured (立项率31%)."""
    match = _TRAIL.search(re.split(r"[,、“”的了]", before)[-1])
    return match.group(1) if match and re.search(r"[率额量数价值度比收资产入]$", match.group(1)) else ""


def _nearest_noun(scene: Scene, at: int, low: int) -> str:
    words = scene.words
    k = words.at[at - 1] if at > low else -1
    while k >= 0 and words.starts[k] >= low:
        if words.tags[k] in ("n", "vn", "nz") and len(words.words[k]) >= 2:
            return words.words[k]
        k -= 1
    return ""


_LASTED = re.compile(
    r"(?:来|前|后|以来|间|多来|期间|里|中|之久|历史|时间里|的时间里|的发展|的努力|规划|行动|度|后的|计划)"
)
_SERVED = re.compile(r"[^,。]{0,6}(?:办结|拿到|完成|获得|批复|免租|全免|之内|内|发放)")
# `从签约到拿地|平均用时|45天`
_FROM_TO = re.compile(r"从[^,。;、]{2,14}?到[^,。;、只仅平用需最]{2,10}")
_SPAN_NOUNS = frozenset({"用时", "时间", "平均用时", "周期", "时长", "最快", "平均"})
_FREE = re.compile(r"(?:内|期内)?(?:租金|房租)?(?:全免|免租|免收|免费|免除|减免)")
_TERM = re.compile(r"(?:期限|免租期|免租|为期|分|按)(?:不超过|不少于|可达|达|为|约)*$")


def _time(scene: Scene, quantity: Quantity, clause: tuple[int, int]) -> Draft | None:
    """Service and cycle times, and the terms of benefits; ages and other durations are no observations."""
    text = scene.text
    low, high = clause
    changed = difference(scene, quantity, clause)
    if changed is not None:
        return changed
    near, after = text[max(low, quantity.start - 12) : quantity.start], text[quantity.end : quantity.end + 8]
    served, term = cue_pattern("service"), _TERM.search(near) or quantity.text.startswith("最长")
    if not term:
        if _LASTED.match(after) and not served.search(near):
            return None
        if cue_pattern("duration").search(near[-6:]) and not re.search(
            r"(?:只需|仅需|仅用|只用|缩短|压缩|最快|最长|期限)", near
        ):
            return None
        if not (served.search(near) or served.match(after) or _SERVED.match(after)):
            return None
    found = phrases.left(scene, quantity.start, low)
    behind = phrases.right(scene, quantity.end, high) if found is None or found.text in cues("generic") else None
    chosen = behind or found
    if term or _FREE.match(after):
        given = list(GIVEN_NOUN.finditer(text, sentence.start, high)) if (sentence := scene.sentence_at(low)) else []
        named = "免租" if _FREE.match(after) else given[-1].group() if given else ""
        return Draft(
            quantity, clause, f"{named}期限", "level", low, quantity.end, benefit=True, origin="observation:term"
        )
    sentence = scene.sentence_at(low)
    from_to = _FROM_TO.search(text, sentence.start if sentence else low, quantity.start)
    inside = from_to is not None and chosen is not None and from_to.start() <= chosen.start < from_to.end()
    if from_to is not None and (chosen is None or inside or chosen.text in _SPAN_NOUNS):
        return Draft(
            quantity, clause, f"{from_to.group()}用时", "level", from_to.start(), quantity.end,
            origin="observation:time",
        )  # fmt: skip
    metric = chosen.text if chosen else text[quantity.end : min(high, quantity.end + 10)].strip("“”的、,)(")
    start = min(quantity.start, found.start if found else quantity.start)
    return Draft(
        quantity, clause, metric or "用时", "level", start, quantity.end if found and not behind else high,
        benefit=bool(term), origin="observation:time",
    )  # fmt: skip


_RANK_OF = re.compile(r"(?:居|位居|列|位列|排名|排|跃居|稳居|名列|跻身|排在|升至)(?P<of>[^,。;]{0,14}?)$")


_AMONG = re.compile(
    r"在(?P<what>[^,。;]{2,24}?(?:评估|评价|考核|考评|排名|榜单|竞争力|指数|评比))(?:结果)?(?:中|里|上)"
)


def _rank(scene: Scene, quantity: Quantity, clause: tuple[int, int]) -> Draft | None:
    before = scene.text[clause[0] : quantity.start]
    match = _RANK_OF.search(before)
    field = match.group("of") if match else re.split(r"(?:居|位居|列|位列|排名|排|跃居|稳居|名列)", before)[-1]
    at = clause[0] + (match.start() if match else 0)
    found = phrases.left(scene, at, clause[0]) if at > clause[0] else None
    among = _AMONG.search(scene.text, clause[0], at)
    metric = among.group("what") if among else found.text if found else ""
    return Draft(
        quantity, clause, metric, "rank", found.start if found else at, quantity.end,
        of=field.strip("在的第") or None, origin="observation:rank",
    )  # fmt: skip


# ---- capacities ------------------------------------------------------------------------------------------------------

_CAPACITY = re.compile(r"产能|产量|能力|出货|销量|吞吐|下线量|交付量")
_YEARLY_OF = re.compile(
    r"(?:年产|月产|日产|年处理|日处理|年加工|年生产|可年产)(?P<what>[^,。;\d]{1,18}?)(?:约|近|达到?|超过?|可达|共)*$"
)
_PLANT = re.compile(r"(?:智能)?(?:生产线|产线|项目|的?生产能力|设计能力|基地|车间|工厂).*$")


def _capacity(scene: Scene, quantity: Quantity, clause: tuple[int, int]) -> Draft | None:
    low, high = clause
    per = quantity.unit.rsplit("/", 1)[-1]
    name = {"year": "年", "month": "月", "day": "日", "hour": "小时"}.get(per, "")
    found = phrases.left(scene, quantity.start, low)
    if found is not None and _CAPACITY.search(found.text):
        metric = found.text
        if not re.search(r"[年月日]|产量|出货|销量|吞吐|交付", metric):
            metric = re.sub(r"(?:生产能力|产能|能力)$", "", metric) + f"{name}产能"
        return Draft(quantity, clause, metric, "level", found.start, quantity.end, origin="observation:capacity")
    named = _YEARLY_OF.search(scene.text[low : quantity.start])
    if named:
        return Draft(
            quantity, clause, f"{named.group('what')}{name}产能", "level", low + named.start(), quantity.end,
            origin="observation:capacity",
        )  # fmt: skip
    behind = phrases.right(scene, quantity.end, high)
    if behind is not None and behind.text.endswith(("项目", "工程")):
        return None  # 年产30万套轴承项目 is what the project is called
    stem = _PLANT.sub("", behind.text) if behind is not None and behind.start <= quantity.end + 1 else ""
    stem = "" if stem.endswith("能力") else stem
    return Draft(
        quantity, clause, f"{stem}{name}产能", "level", quantity.start, behind.end if stem and behind else quantity.end,
        origin="observation:capacity",
    )  # fmt: skip


# ---- the whole document ----------------------------------------------------------------------------------------------


def find(scene: Scene) -> list[Observation]:
    """All observations of a document, in the order of the text."""
    out: list[Observation] = []
    headlines: list[int] = []
    starts = [m.start for m in scene.mentions]
    subject: Thing | None = None
    for sentence in scene.sentences:
        drafts = [
            e
            for q in scene.quantities_in(sentence.start, sentence.end)
            if not _inside_name(scene, starts, q) and (d := _draft(scene, q, sentence))
            for e in _of_each(scene, d)
        ]
        if scene.text[sentence.start - 1 : sentence.start] != ";":
            subject = None
        period: Period | None = None
        modality: Modality = "actual"
        for draft in _completed(scene, drafts):
            if not draft.metric:
                continue
            subject = _subject(scene, draft, sentence, subject)
            found = period_at(scene, draft, sentence)
            own = modality_of(scene, draft, sentence, subject, found)
            dated = bool(scene.periods_in(*draft.clause))
            modality = modality if draft.shares and (own == "actual" or (own == "target" and not dated)) else own
            found = period_for(scene, draft, modality, found)
            period = period if draft.shares and found is None and draft.measure != "level" else found
            quote, start, end = scene.evidence(draft.start, draft.end)
            if not quote:
                continue
            if sentence.title:
                headlines.append(len(out))
            value = draft.quantity.value
            out.append(
                Observation(
                    doc=scene.doc, article=scene.article_id(sentence), origin=draft.origin,
                    subject=subject.name if subject else None, metric=draft.metric, measure=draft.measure,
                    value=-value if draft.negative and value > 0 else value, value_high=draft.quantity.value_high,
                    unit=draft.quantity.unit, cmp=_comparator(draft.quantity), period=period, modality=modality,
                    of=draft.of if draft.measure in ("share", "rank") else None, quote=quote, start=start, end=end,
                )
            )  # fmt: skip
    for k in headlines:
        out[k] = _as_in_the_text(out[k], out)
    return out


_CLOSE = 0.03  # a headline rounds


def _as_in_the_text(headline: Observation, every: list[Observation]) -> Observation:
    """A headline's number with the period that the text gives for it, where the text repeats it."""
    if headline.period is not None:
        return headline
    for other in every:
        if (
            other.start > headline.end and other.article == headline.article and other.period is not None
            and (other.unit, other.measure) == (headline.unit, headline.measure)
            and abs(other.value - headline.value) <= _CLOSE * abs(other.value)
            and (headline.metric in other.metric or other.metric in headline.metric or other.value == headline.value)
        ):  # fmt: skip
            return msgspec.structs.replace(headline, period=other.period)
    return headline


_EACH = re.compile(r"(?P<list>(?:[^,。;、]{1,14}、){1,4}(?:[^,。;、]{1,14}?))各(?:有|达|约|近)?$")


def _of_each(scene: Scene, draft: Draft) -> list[Draft]:
    """`新技术、新产品各|300余项`: one number, said of each."""
    each = _EACH.search(scene.text[draft.clause[0] : draft.quantity.start])
    if each is None or draft.origin not in ("observation:left", "observation:right", "observation:fallback"):
        return [draft]
    names = each.group("list").split("、")
    found = phrases.left(scene, draft.clause[0] + each.start("list") + len(names[0]), draft.clause[0])
    names[0] = found.text if found else names[0]
    return [replace(draft, metric=name) for name in names]


def _comparator(quantity: Quantity) -> Comparator:
    """`5亿元以上` is more than 5亿元 in the fact model, at least that much for `quantify`."""
    return ">" if quantity.cmp == ">=" and "以上" in quantity.text else quantity.cmp


def _inside_name(scene: Scene, starts: list[int], quantity: Quantity) -> bool:
    """Whether a number belongs to a name (“某星”50亿元信贷计划)."""
    at = bisect_right(starts, quantity.start) - 1
    return at >= 0 and quantity.start < scene.mentions[at].end and scene.mentions[at].origin != "pointer"


_EMPTY = frozenset({"", "目标", "任务", UNNAMED, "增速", "增幅", "比重", "占比", "数量", "总量", "比例", "规模"})
MONEY_OF_COUNTED = frozenset(
    {"总投资", "投资", "总投资额", "计划总投资", "协议投资", "产值", "营收", "投资总额", "协议总投资"}
)


def _completed(scene: Scene, drafts: list[Draft]) -> list[Draft]:
    """Metrics that a clause leaves to its neighbour: growth of the level before it, 其中…, shared heads, 各."""
    out: list[Draft] = []
    for number, draft in enumerate(drafts):
        metric, shares, quantity = draft.metric, False, draft.quantity
        last = out[-1] if out else None
        metric = _head_of_several(scene, drafts, number) or metric
        if metric in _EMPTY and (twin := _respectively(scene, drafts, number)) is not None:
            # `A 21项、B 37项,分别增加4项、9项`
            metric, last = out[twin].metric, out[twin]
        if metric == UNNAMED:
            # `给予50万元、200万元、500万元奖励`: the last of a list says what all of them are.
            later = (d for d in drafts[number + 1 :] if d.clause == draft.clause and d.metric != UNNAMED)
            metric = next((d.metric for d in later if d.quantity.unit == quantity.unit), metric)
        if last is not None:
            same_unit = quantity.unit.split("/")[0] == last.quantity.unit.split("/")[0]
            if draft.measure in ("growth", "change", "share", "rank"):
                if metric in _EMPTY:
                    metric, shares = last.metric, True
            elif same_unit and (metric in _EMPTY or _is_raised(scene, draft)):
                metric, shares = last.metric, True
                quantity = replace(quantity, unit=last.quantity.unit)
            elif (
                metric in MONEY_OF_COUNTED and last.quantity.unit == "count" and last.measure == "level"
                and draft.clause[0] - last.clause[1] <= 1 and not scene.mentions_in(*draft.clause)
                and last.metric.endswith(("项目", "企业"))
            ):  # fmt: skip
                # `签约项目12个,总投资86亿元`: the investment is that of the projects.
                metric, shares = f"{last.metric}{metric}", True
            metric = _same_kind(scene, last, draft, metric)
        if draft.benefit and last is not None and last.quantity.cmp == "<=" and last.clause == draft.clause:
            quantity = replace(quantity, cmp="<=")  # 最高300万元、600万元
        out.append(replace(draft, quantity=quantity, metric=metric, shares=shares))
    return out


_SEVERAL = re.compile(
    r"(?P<heads>(?:[^,。;、和]{2,16}(?:、|和|及)){1,5}[^,。;、]{2,20}?)(?:同比|环比|年均|累计|较上年|比上年)*分别"
)


def _head_of_several(scene: Scene, drafts: list[Draft], number: int) -> str | None:
    """`外资、民营企业进出口分别增长|5.1%、8.3%`: the head that a number of the list belongs to; 进出口 is of both."""
    clause = drafts[number].clause
    start = list_start(scene, drafts[number].quantity, clause)
    mine = [k for k, d in enumerate(drafts) if d.clause == clause and list_start(scene, d.quantity, clause) == start]
    match = _SEVERAL.search(scene.text[clause[0] : start]) if len(mine) > 1 else None
    if match is None:
        return None
    heads = re.split("、|和|及", match.group("heads"))
    if len(heads) != len(mine):
        return None
    first = phrases.left(scene, clause[0] + match.start() + len(heads[0]), clause[0])
    heads[0] = first.text if first else heads[0]
    place = mine.index(number)
    kind = heads[0][-2:]
    shared = heads[-1].partition(kind)[2] if kind in heads[-1] else ""
    return heads[place] if place == len(heads) - 1 or heads[place].endswith(shared) else heads[place] + shared


def _respectively(scene: Scene, drafts: list[Draft], number: int) -> int | None:
    """The draft of the list before whose place in it is that of `number` in its own list, after 分别."""
    clause = drafts[number].clause
    mine = [k for k, d in enumerate(drafts) if d.clause == clause]
    if len(mine) < 2 or "分别" not in scene.text[clause[0] : drafts[number].quantity.start]:
        return None
    theirs = [k for k, d in enumerate(drafts) if k < mine[0] and d.measure == "level" and d.metric]
    if len(theirs) < len(mine):
        return None
    return theirs[len(theirs) - len(mine) + mine.index(number)]


def _same_kind(scene: Scene, last: Draft, draft: Draft, metric: str) -> str:
    """`填补空白的新技术21项、新产品37项`: what modifies the first of a list modifies the next."""
    if metric not in cues("generic") or last.clause != draft.clause or last.quantity.unit != draft.quantity.unit:
        return metric
    if scene.text[last.quantity.end : draft.start] not in ("、", "和", "及", "以及"):
        return metric
    head = max((g for g in cues("generic") if last.metric.endswith(g)), key=len, default="")
    return last.metric[: len(last.metric) - len(head)] + metric if head else metric


def _is_raised(scene: Scene, draft: Draft) -> bool:
    before = scene.text[draft.clause[0] : draft.quantity.start]
    return bool(_RAISED.search(before)) and draft.origin in ("observation:fallback", "observation:time")


def _subject(scene: Scene, draft: Draft, sentence: Sentence, last: Thing | None) -> Thing | None:
    text = scene.text
    # `总投资480亿元的某某项目`: what follows 的 is what the number is about.
    after = draft.quantity.end
    if text[after : after + 1] == "的":
        following = [
            m for m in scene.mentions_in(after, after + 40) if m.type in ("project", "zone", "institute", "finance")
        ]
        if following and following[0].start <= after + 2:
            return scene.thing(following[0])
    if draft.origin == "observation:right":
        for mention in scene.mentions_in(draft.quantity.end, draft.end + 1):
            if mention.type == "finance" and draft.quantity.unit in MONEY:
                return scene.thing(mention)
    if draft.owner is not None:
        return scene.thing(draft.owner)
    if draft.shares and last is not None:
        return last
    measured = "benefit" if draft.benefit else measured_class(draft.metric, draft.quantity.unit)
    return holder(scene, measured, min(draft.start, draft.quantity.start), sentence, last)
