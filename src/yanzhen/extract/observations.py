"""Quantities -> observations: what is measured, of whom, for when, and whether it is so, planned or hoped for."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING

from yanzhen.data import rows, split
from yanzhen.extract.lexicon import word_set
from yanzhen.extract.words import NAME
from yanzhen.facts import Observation

if TYPE_CHECKING:
    from yanzhen.extract.entities import Thing
    from yanzhen.extract.mentions import Mention
    from yanzhen.extract.scene import Scene, Sentence
    from yanzhen.facts.records import Measure, Modality, Period
    from yanzhen.quantify import Quantity

_TIME_UNITS = frozenset({"day", "workday", "hour", "month", "year", "minute", "week", "s"})
_NOUN_TAGS = frozenset({"n", "nr", "nz", "ng", "vn", "an", "b", "j", "l", "nrt", "ns", "nt", "eng", "k", "i", "s", "a", "ag", "g", "h", "z", "zg"})
_MONEY = frozenset({"CNY", "USD", "EUR", "HKD", "JPY", "TWD", "GBP", "KRW"})
_AREA = frozenset({"mu", "m2", "km2", "ha"})


@cache
def _cues(kind: str) -> frozenset[str]:
    return frozenset(f for row in rows("words/observation_cues.csv") if row["class"] == kind for f in split(row["form"]))


@cache
def _cue_pattern(kind: str, value: str = "") -> re.Pattern[str]:
    forms = {
        f for r in rows("words/observation_cues.csv") if r["class"] == kind and (not value or r["value"] == value)
        for f in split(r["form"])
    }  # fmt: skip
    return re.compile("|".join(map(re.escape, sorted(forms, key=len, reverse=True))))


@dataclass(frozen=True, slots=True)
class _Draft:
    """What is known of one quantity while its neighbours are still looked at."""

    quantity: Quantity
    clause: tuple[int, int]
    metric: str
    measure: Measure
    start: int  # of the evidence
    end: int
    of: str | None = None
    owner: Mention | None = None  # named by the phrase itself
    negative: bool = False
    origin: str = "observation:left"


# ---- noun phrases ----------------------------------------------------------------------------------------------------


def _is_nominal(scene: Scene, k: int) -> bool:
    word, tag = scene.words.words[k], scene.words.tags[k]
    if tag == NAME:
        return scene.words.kinds[k] in ("honor", "institute", "place") and False
    if word in _cues("link") or word in _STOP:
        return False
    return tag in _NOUN_TAGS or (tag in ("v", "vd", "m") and word in _NOMINAL_VERBS) or (tag == "x" and len(word) >= 2)


_STOP = frozenset(
    "同比|环比|其中|分别|近日|目前|今年|去年|全年|上半年|下半年|相当于|同时|此外|包括|涵盖|涉及|覆盖|服务|拥有|集聚|培育|引进|建成|建有|获批|获评|"
    "汇聚|聚集|吸引|落户|入驻|形成|推进|推动|设立|组建|发布|认定|投入|给予|提供|发放|支持|带动|新建|占|比|较|累计|完成|实现|突破|新增|签约|总投资额达|一期|二期|三期|"
    "企业共|全市|全省|全国|全区|园区|公司|该区|该项目|项目一期|我国|国内|全球|世界".split("|")
)
_NOMINAL_VERBS = frozenset(
    "进出口|出口|进口|使用|投资|生产|研发|销售|服务|制造|开发|建设|创新|授权|申请|合作|就业|培训|注册|交易|转化|配套|增值|吞吐|贷款|授信|融资|孵化|"
    "开工|签约|落地|上市|设计|封装|测试|应用|新签|新设|新增|总投资|到位|实缴|利用|合同|认证|入驻|带动|从业|引进|纳税|营业|管理|占地|建筑|规划|成交".split("|")
)
_METRIC_VERBS = frozenset("总投资|投资|占地|追加投资|计划总投资|新签|新设|新增|开工|签约|新引进|引进|可容纳|服务|推广|发射|研发|申请|授权|累计投资|完成投资|吸纳|带动就业|新建|筹集|转移|投入".split("|"))


def _left_phrase(scene: Scene, at: int, low: int) -> tuple[int, int] | None:
    """Span of the noun phrase that ends, links skipped, before offset `at`; not before `low`."""
    words = scene.words
    k = words.at[at - 1] if at > low else -1
    while k >= 0 and words.starts[k] >= low and (words.words[k] in _cues("link") or words.tags[k] in ("d", "zg", "p", "ul", "t", "m", "uz")):
        if _is_metric_verb(scene, k):
            break
        k -= 1
    if k < 0 or words.starts[k] < low:
        return None
    last = k
    if words.words[k] == ")":
        while k >= 0 and words.words[k] != "(":
            k -= 1
        k -= 1
    while k >= 0 and words.starts[k] >= low and _is_nominal(scene, k):
        k -= 1
    first = k + 1
    if first > last:
        if _is_metric_verb(scene, last):
            return words.starts[last], words.ends[last]
        return None
    if k >= 0 and words.starts[k] >= low and words.words[k] in _METRIC_VERBS and words.words[k] not in _cues("link"):
        first = k
    start, end = words.starts[first], words.ends[last]
    return (start, end) if end > start else None


def _is_metric_verb(scene: Scene, k: int) -> bool:
    return scene.words.words[k] in _METRIC_VERBS


_RIGHT_STOP = frozenset("的|和|与|及|以及|等|在|为|是|将|已|有|以上|左右|以内|入选|获评|获批|组成|参与|落户|入驻|榜上有名|立项|集中|双双|正在|到|至|由|于|或|并|可|中".split("|"))


def _right_phrase(scene: Scene, at: int, high: int) -> tuple[int, int] | None:
    """Span of the noun phrase that follows a counted quantity (20多家|头部企业, 10亿元的|新兴产业基金)."""
    words = scene.words
    if at >= high:
        return None
    k = words.at[at]
    if words.starts[k] < at:
        k += 1
    if k < len(words.words) and words.words[k] == "的":
        k += 1
    first = k
    while k < len(words.words) and words.ends[k] <= high:
        word, tag = words.words[k], words.tags[k]
        if word in _RIGHT_STOP or not (tag in _NOUN_TAGS or tag == NAME or word in _NOMINAL_VERBS or tag in ("v", "f", "q") and len(word) >= 2 and k == first):
            break
        k += 1
    while k > first and words.tags[k - 1] in ("v",) and words.words[k - 1] not in _NOMINAL_VERBS:
        k -= 1
    return (words.starts[first], words.ends[k - 1]) if k > first else None


_TRIM_HEAD = re.compile(
    r"^(?:全市|全区|全省|全国|该区|其|其中|各类|各种|共|总|已|已有|累计|的|年|本|我们|公司|园区|企业的|项目的|今年|新|级|余|多|个|家|月|日|季度|上半年|前三季度|以来|超|近|约|\d+月|产业集群)+(?=[\u4e00-\u9fffA-Z]{2})"
)


def _phrase_text(scene: Scene, span: tuple[int, int]) -> str:
    text = scene.text[span[0] : span[1]].replace("\n", "")
    text = text.strip("“”、,:()的")
    return text


# ---- one quantity ----------------------------------------------------------------------------------------------------

_SHARE = re.compile(r"(?:占(?P<of>[^,。;]{0,16}?)(?:的|比重|总量|份额|比例|比)*(?:达到?|超过?|为|约|近|首次|将|的|稳定在)*$)|(?:占比|比重|份额|集聚度|比例)(?:达到?|超过?|为|约|近)*$")
_RANK_OF = re.compile(r"(?:居|位居|列|位列|排名|排|跃居|稳居|名列|跻身|排在|升至)(?P<of>[^,。;]{0,14}?)$")
_PER_YEAR = re.compile(r"(?:年产|月产|日产|年处理|日处理|年产能|月产能|产能)$")
_SKIP_COUNT = re.compile(r"^[一两]\s?[个条种批位名家次步套场份支项人大]$")
_FOUND_ONE = re.compile(r"(?:建有|建成|拥有|设有|新增|建设|布局|新建)(?:了|有)?$")


def _draft(scene: Scene, quantity: Quantity, sentence: Sentence) -> _Draft | None:
    text = scene.text
    clause = scene.clause(quantity.start, sentence)
    low, high = clause
    before = text[low : quantity.start]
    unit = quantity.unit
    if unit == "":
        return None
    if unit in _TIME_UNITS:
        return _time(scene, quantity, clause, sentence)
    if unit == "count" and _SKIP_COUNT.match(quantity.text) and not _FOUND_ONE.search(before):
        return None
    if unit == "rank":
        return _rank(scene, quantity, clause)
    if unit in ("%", "x", "pp"):
        draft = _ratio(scene, quantity, clause, sentence)
        if draft is not None:
            return draft
    left = _left_phrase(scene, quantity.start, low)
    right = _right_phrase(scene, quantity.end, high)
    if unit.startswith("count/") or unit.endswith("/year") or unit.endswith("/month"):
        return _capacity(scene, quantity, clause, left, right)
    if unit == "count":
        grows = re.search(r"(?:同比|环比|较上年|比上年)(?:增加|减少|净增|多|少)(?:了|约)?$", before)
        if grows:
            return _Draft(quantity, clause, "", "change", low + grows.start(), quantity.end, negative="少" in grows.group())
        adjacent = left is not None and not re.search(r"[的了]$", text[left[1] : quantity.start])
        tail = right and not re.match(r"^(?:等|的)?$", _phrase_text(scene, right))
        if tail and not (adjacent and left and _is_measured(scene, left)):
            owner = _owner_before(scene, quantity.start, low)
            return _Draft(quantity, clause, _phrase_text(scene, right), "level", quantity.start, right[1], owner=owner, origin="observation:right")  # type: ignore[index]
        if left:
            return _with_left(scene, quantity, clause, left)
        return None
    if left is not None:
        return _with_left(scene, quantity, clause, left)
    if right is not None:
        return _Draft(quantity, clause, _phrase_text(scene, right), "level", quantity.start, right[1], origin="observation:right")
    fallback = "投资" if unit in _MONEY and "投资" in before else "面积" if unit in _AREA else "金额" if unit in _MONEY else ""
    metric = fallback or _nearest_noun(scene, quantity.start, low)
    return _Draft(quantity, clause, metric, "level", low, quantity.end, origin="observation:fallback") if metric else None


_MEASURED = re.compile(r"(?:额|量|数|率|值|收入|投资|面积|产能|规模|人数|资金|企业|项目|专利|人员|人才|机构|平台|中心|基地|实验室|工作站|院所|医院|车辆|桩|站|公司|团队|专家|服务|技术|产品|标准)$")


def _is_measured(scene: Scene, span: tuple[int, int]) -> bool:
    return bool(_MEASURED.search(scene.text[span[0] : span[1]]))


def _owner_before(scene: Scene, at: int, low: int) -> Mention | None:
    inside = [m for m in scene.mentions_in(low, at) if not scene.is_oblique(m)]
    return inside[0] if inside and inside[0].type in _OWNERS else None


def _with_left(scene: Scene, quantity: Quantity, clause: tuple[int, int], left: tuple[int, int]) -> _Draft:
    metric = _phrase_text(scene, left)
    start = left[0]
    owner = _named_before(scene, left[0], clause[0])
    stripped = _TRIM_HEAD.sub("", metric)
    return _Draft(quantity, clause, stripped or metric, "level", start, quantity.end, owner=owner)


_OWNERS = frozenset({"zone", "company", "institute", "project", "place", "finance", "product", "event", "policy", "government"})


def _named_before(scene: Scene, at: int, low: int) -> Mention | None:
    """A mention that directly modifies the phrase at `at` (某高新区|软件收入, 某项目的|总投资)."""
    for mention in reversed(scene.mentions_in(low, at)):
        gap = scene.text[mention.end : at]
        if mention.type in _OWNERS and re.fullmatch(r"(?:的|全年|今年|去年|上半年|规划|计划|预计|将|已|现有|共|累计|实现|完成|拥有|,)*", gap):
            return mention
        return None
    return None


def _nearest_noun(scene: Scene, at: int, low: int) -> str:
    words = scene.words
    k = words.at[at - 1] if at > low else -1
    while k >= 0 and words.starts[k] >= low:
        if words.tags[k] in ("n", "vn", "nz") and len(words.words[k]) >= 2:
            return words.words[k]
        k -= 1
    return ""


def _time(scene: Scene, quantity: Quantity, clause: tuple[int, int], sentence: Sentence) -> _Draft | None:
    """Service and cycle times; ages and other durations are no observations."""
    text = scene.text
    near = text[max(clause[0], quantity.start - 12) : quantity.start]
    after = text[quantity.end : quantity.end + 8]
    if re.match(r"(?:来|前|后|以来|间|多来|期间|里|中|之久|历史|时间里|的时间里|的发展|的努力|规划|行动|度|后的)", after) and not _cue_pattern("service").search(near):
        return None
    if _cue_pattern("duration").search(near[-6:]) and not re.search(r"(?:只需|仅需|仅用|只用|缩短|压缩|最快|最长|期限)", near):
        return None
    if not (_cue_pattern("service").search(near) or _cue_pattern("service").match(after) or re.match(r"[^,。]{0,6}(?:办结|拿到|完成|获得|批复|免租|全免|之内|内)", after)):
        return None
    left = _left_phrase(scene, quantity.start, clause[0])
    right = _right_phrase(scene, quantity.end, clause[1])
    span = left or right
    metric = _phrase_text(scene, span) if span else text[quantity.end : min(clause[1], quantity.end + 10)]
    del sentence
    return _Draft(quantity, clause, metric or "用时", "level", min(quantity.start, left[0] if left else quantity.start), clause[1] if not left else quantity.end)


def _rank(scene: Scene, quantity: Quantity, clause: tuple[int, int]) -> _Draft | None:
    before = scene.text[clause[0] : quantity.start]
    of = _RANK_OF.search(before + quantity.text)
    match = _RANK_OF.search(before)
    field = match.group("of") if match else re.split(r"(?:居|位居|列|位列|排名|排|跃居|稳居|名列)", before)[-1]
    del of
    at = clause[0] + (match.start() if match else 0)
    left = _left_phrase(scene, at, clause[0]) if at > clause[0] else None
    metric = _phrase_text(scene, left) if left else ""
    return _Draft(quantity, clause, metric, "rank", left[0] if left else at, quantity.end, of=field.strip("在的第") or None, origin="observation:rank")


def _ratio(scene: Scene, quantity: Quantity, clause: tuple[int, int], sentence: Sentence) -> _Draft | None:
    """Growth, share and change; None where a percentage is a level of its own (良率, 利率)."""
    text = scene.text
    before = text[clause[0] : quantity.start]
    share = _SHARE.search(before) if quantity.unit == "%" else None
    if share:
        of = (share.group("of") or "").strip("的约近超达到") or None
        at = clause[0] + share.start()
        left = _left_phrase(scene, at, clause[0])
        metric = _phrase_text(scene, left) if left else ""
        return _Draft(quantity, clause, metric, "share", left[0] if left else at, quantity.end, of=of, owner=_named_before(scene, left[0], clause[0]) if left else None, origin="observation:share")
    for sign in ("-", "+"):
        found = None
        for match in _cue_pattern("growth", sign).finditer(before):
            found = match
        if found is not None and len(before) - found.end() <= 8:
            kind: Measure = "change" if quantity.unit == "pp" else "growth"
            if re.search(r"(?:提高|提升|增加|上升|增长|下降|降低)(?:到|至)", before[found.start() :]):
                return None
            low = clause[0]
            at = low + found.start()
            own = _left_phrase(scene, at, low) if at > low else None
            metric = _phrase_text(scene, own) if own else ""
            metric = re.sub(r"(?:同比|环比|增速|增幅|增长率|年均|年复合)+$", "", metric)
            return _Draft(quantity, clause, metric, kind, own[0] if own else at, quantity.end, negative=sign == "-", owner=_named_before(scene, own[0], low) if own else None, origin="observation:growth")
    if quantity.unit == "pp":
        return None
    if quantity.unit == "x":
        measure: Measure = "growth" if re.search(r"增长|翻|增加", before + quantity.text) else "level"
        left = _left_phrase(scene, quantity.start, clause[0])
        return _Draft(quantity, clause, _phrase_text(scene, left) if left else "", measure, left[0] if left else clause[0], quantity.end, origin="observation:times")
    del sentence
    return None


def _capacity(
    scene: Scene, quantity: Quantity, clause: tuple[int, int], left: tuple[int, int] | None, right: tuple[int, int] | None
) -> _Draft:
    per = quantity.unit.rsplit("/", 1)[-1]
    name = {"year": "年", "month": "月", "day": "日", "hour": "小时"}.get(per, "")
    stem = ""
    if right is not None and right[0] <= quantity.end + 1:
        stem = _phrase_text(scene, right)
    if left is not None and re.search(r"产能|产量|能力|出货|销量|吞吐", scene.text[left[0] : left[1]]):
        metric = _phrase_text(scene, left)
        metric = metric if re.search(r"[年月日]", metric) else re.sub(r"(?:生产能力|产能|能力)$", "", metric) + f"{name}产能"
        return _Draft(quantity, clause, metric, "level", left[0], quantity.end, origin="observation:capacity")
    stem = re.sub(r"(?:智能)?(?:生产线|产线|项目|的生产能力|设计能力|基地)$", "", stem)
    stem = "" if re.search(r"能力$", stem) else stem
    return _Draft(quantity, clause, f"{stem}{name}产能", "level", quantity.start, right[1] if stem and right else quantity.end, origin="observation:capacity")


# ---- the whole document ----------------------------------------------------------------------------------------------


def find(scene: Scene) -> list[Observation]:
    """All observations of a document, in the order of the text."""
    out: list[Observation] = []
    starts = [m.start for m in scene.mentions]
    for sentence in scene.sentences:
        drafts = [d for q in scene.quantities_in(sentence.start, sentence.end) if not _inside_name(scene, starts, q) and (d := _draft(scene, q, sentence))]
        drafts = _completed(scene, drafts)
        subjects: list[str | None] = []
        for number, draft in enumerate(drafts):
            if not draft.metric:
                continue
            subject = _subject(scene, draft, sentence, drafts[:number])
            subjects.append(subject.name if subject else None)
            modality = _modality(scene, draft, sentence, subject)
            period = _period(scene, draft, sentence, modality)
            quote, start, end = scene.evidence(draft.start, draft.end)
            if not quote:
                continue
            value = draft.quantity.value
            out.append(
                Observation(
                    doc=scene.doc, article=scene.article_id(sentence), origin=draft.origin,
                    subject=subject.name if subject else None, metric=draft.metric, measure=draft.measure,
                    value=-value if draft.negative and value > 0 else value, value_high=draft.quantity.value_high,
                    unit=draft.quantity.unit, cmp=draft.quantity.cmp, period=period, modality=modality,
                    of=draft.of if draft.measure in ("share", "rank") else None, quote=quote, start=start, end=end,
                )
            )  # fmt: skip
    return out


def _inside_name(scene: Scene, starts: list[int], quantity: Quantity) -> bool:
    """Whether a number belongs to a name (“高新之星”200亿元集合信贷计划)."""
    at = bisect_right(starts, quantity.start) - 1
    return at >= 0 and quantity.start < scene.mentions[at].end and scene.mentions[at].origin != "pointer"


_EACH = re.compile(r"各$")


def _completed(scene: Scene, drafts: list[_Draft]) -> list[_Draft]:
    """Metrics that a clause leaves to its neighbour: growth of the level before it, 其中…, shared heads, 各."""
    out: list[_Draft] = []
    for draft in drafts:
        metric, owner = draft.metric, draft.owner
        if draft.measure in ("growth", "change", "share", "rank") and out:
            last = out[-1]
            if not metric or metric in ("增速", "增幅", "比重", "占比", "数量", "总量"):
                metric = last.metric
                owner = owner or last.owner
        elif not metric and out and draft.quantity.unit == out[-1].quantity.unit:
            metric = out[-1].metric
            owner = owner or out[-1].owner
        out.append(replace(draft, metric=metric, owner=owner))
    return out


def _subject(scene: Scene, draft: _Draft, sentence: Sentence, earlier: list[_Draft]) -> Thing | None:
    text = scene.text
    # `总投资480亿元的某某项目`: what follows 的 is what the number is about.
    after = draft.quantity.end
    if text[after : after + 1] == "的":
        following = [m for m in scene.mentions_in(after, after + 40) if m.type in ("project", "zone", "institute", "finance")]
        if following and following[0].start <= after + 2:
            return scene.thing(following[0])
    if draft.origin == "observation:right":
        for mention in scene.mentions_in(draft.quantity.end, draft.end + 1):
            if mention.type == "finance" and draft.quantity.unit in _MONEY:
                return scene.thing(mention)
    if draft.owner is not None:
        return scene.thing(draft.owner)
    if earlier and draft.measure in ("growth", "change", "share", "rank") and earlier[-1].owner is not None:
        return scene.thing(earlier[-1].owner)
    return scene.subject(draft.quantity.start, sentence)


_BUILT = re.compile(r"已建成|建成投产|已投产|竣工|正式投产|建成并|累计完成|已完成|完成投资|生态圈")
_AHEAD = re.compile(r"(?:项目|基地|工厂|产业园|生产线|产线|中心|工程)")


def _modality(scene: Scene, draft: _Draft, sentence: Sentence, subject: Thing | None) -> Modality:
    text = scene.text
    left = text[draft.clause[0] : draft.quantity.end]
    lead = text[sentence.start : draft.clause[0]]
    metric = draft.metric
    if re.search(r"^(?:总投资|计划总投资|投资总额|计划投资|年度计划投资|.{0,12}总投资)$", metric):
        if _BUILT.search(text, sentence.start, sentence.end) or (subject is not None and subject.type in ("zone", "place") and "项目" not in metric and "开工" not in text[sentence.start : sentence.end]):
            return "actual" if "计划" not in metric else "planned"
        return "planned"
    if re.search(r"产能|生产能力|设计能力|可容纳", metric) and not re.search(r"产值|产量|突破产能", metric):
        return "capacity"
    if re.search(r"(?:达产|投产|量产|满产|建成|竣工|运营)(?:达产)?后", left) or (re.search(r"(?:达产|投产|量产|满产)后[^。;]*$", lead) and "年" in metric):
        return "forecast"
    for value in ("forecast", "target"):
        if _cue_pattern("modality", value).search(left) or (re.search(r"(?:力争|目标|预计|有望|到20\d\d年)[^。;]*$", lead)):
            found = _cue_pattern("modality", value).search(left)
            if found or (value == "target" and re.search(r"(?:力争|目标|到20\d\d年)[^。;]*$", lead)) or (value == "forecast" and re.search(r"(?:预计|有望)[^。;]*$", lead)):
                return value  # type: ignore[return-value]
    if _cue_pattern("modality", "planned").search(left):
        return "planned"
    if re.search(r"(?:计划|拟|规划)[^。;,]{0,20},[^。;]*$", lead) and re.search(r"建筑面积|厂房|面积", metric):
        return "planned"
    if _cue_pattern("modality", "capacity").search(left) and draft.quantity.unit.count("/") and not re.search(r"产值|产量", metric):
        return "capacity"
    if re.search(r"建筑面积|厂房|标准厂房", metric) and subject is not None and subject.type == "project" and not _BUILT.search(left):
        return "planned"
    return "actual"


def _period(scene: Scene, draft: _Draft, sentence: Sentence, modality: Modality) -> Period | None:
    """The period stated nearest to the left in the sentence; `now` where a word says so; else none."""
    inside = scene.periods_in(sentence.start, sentence.end)
    own = [p for p in inside if p.start >= draft.clause[0] and p.end <= draft.clause[1] and p.start <= draft.quantity.start]
    left = [p for p in inside if p.end <= draft.quantity.start]
    chosen = own[-1] if own else left[-1] if left else None
    if modality == "capacity" or (modality in ("planned", "forecast") and not own and re.search(r"投资|面积|占地|产值|产能", draft.metric)):
        chosen = None if not own or modality == "capacity" else chosen
        if chosen is None:
            return None
    if re.search(r"总投资|占地|签约金额|计划投资", draft.metric) and not re.search(r"年度|当年|完成|累计", draft.metric):
        return None
    if chosen is not None:
        return (chosen.first.isoformat() if chosen.first else None, chosen.last.isoformat() if chosen.last else None)
    published = scene.published(sentence)
    if modality in ("actual",) and published is not None and _cue_pattern("now").search(scene.text, sentence.start, draft.quantity.start):
        return published
    return None
