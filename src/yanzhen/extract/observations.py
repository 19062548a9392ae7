"""Quantities -> observations: what is measured, of whom, for when, and whether it is so, planned or hoped for."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING

from yanzhen.data import rows, split
from yanzhen.extract.holders import holder, measured_class
from yanzhen.extract.words import NAME
from yanzhen.facts import Observation

if TYPE_CHECKING:
    from yanzhen.extract.entities import Thing
    from yanzhen.extract.mentions import Mention
    from yanzhen.extract.scene import Scene, Sentence
    from yanzhen.facts.records import Comparator, Measure, Modality, Period
    from yanzhen.quantify import Quantity

_TIME_UNITS = frozenset({"day", "workday", "hour", "month", "year", "minute", "week", "s"})
_NOUN_TAGS = frozenset(
    {
        "n",
        "nr",
        "nz",
        "ng",
        "vn",
        "an",
        "b",
        "j",
        "l",
        "nrt",
        "ns",
        "nt",
        "eng",
        "k",
        "i",
        "s",
        "a",
        "ag",
        "g",
        "h",
        "z",
        "zg",
    }
)
_MONEY = frozenset({"CNY", "USD", "EUR", "HKD", "JPY", "TWD", "GBP", "KRW"})
_AREA = frozenset({"mu", "m2", "km2", "ha"})


@cache
def _cues(kind: str) -> frozenset[str]:
    return frozenset(
        f for row in rows("words/observation_cues.csv") if row["class"] == kind for f in split(row["form"])
    )


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
    owner: Mention | None = None  # the fund that the amount is a part of the name of
    shares: bool = False  # whose metric, and so whose holder, is that of the number before
    negative: bool = False
    origin: str = "observation:left"


# ---- noun phrases ----------------------------------------------------------------------------------------------------


def _is_nominal(scene: Scene, k: int) -> bool:
    word, tag = scene.words.words[k], scene.words.tags[k]
    if tag == NAME:
        return scene.words.kinds[k] == "honor"
    if word in _cues("link") or word in _cues("never_metric"):
        return False
    return (
        tag in _NOUN_TAGS
        or (tag in ("v", "vd", "m") and word in _cues("nominal_verb"))
        or (tag == "x" and len(word) >= 2)
    )


def _left_phrase(scene: Scene, at: int, low: int) -> tuple[int, int] | None:
    """Span of the noun phrase that ends, links skipped, before offset `at`; not before `low`."""
    words = scene.words
    k = words.at[at - 1] if at > low else -1
    while (
        k >= 0
        and words.starts[k] >= low
        and (words.words[k] in _cues("link") or words.tags[k] in ("d", "zg", "p", "ul", "t", "m", "uz"))
    ):
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
    if (
        k >= 0
        and words.starts[k] >= low
        and words.words[k] in _cues("metric_verb")
        and words.words[k] not in _cues("link")
    ):
        first = k
    start, end = words.starts[first], words.ends[last]
    return (start, end) if end > start else None


def _is_metric_verb(scene: Scene, k: int) -> bool:
    return scene.words.words[k] in _cues("metric_verb")


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
        if word in _cues("right_stop") or not (
            tag in _NOUN_TAGS
            or tag == NAME
            or word in _cues("nominal_verb")
            or (tag in ("v", "f", "q") and len(word) >= 2 and k == first)
        ):
            break
        k += 1
    while k > first and words.tags[k - 1] == "v" and words.words[k - 1] not in _cues("nominal_verb"):
        k -= 1
    return (words.starts[first], words.ends[k - 1]) if k > first else None


_TRIM_HEAD = re.compile(
    r"^(?:全市|全区|全省|全国|该区|其|其中|各类|各种|共|已|已有|累计|的|年|本|我们|公司|园区|企业的|项目的|今年|新|级|余|多|个|家|月|日|季度|上半年|前三季度|以来|超|近|约|\d+月|产业集群)+(?=[\u4e00-\u9fffA-Z]{2})"
)


def _phrase_text(scene: Scene, span: tuple[int, int]) -> str:
    text = scene.text[span[0] : span[1]].replace("\n", "")
    return text.strip("“”、,:()的")


# ---- one quantity ----------------------------------------------------------------------------------------------------

_SHARE = re.compile(
    r"(?:占(?P<of>[^,。;]{0,16}?)(?:的|比重|总量|份额|比例|比)*(?:达到?|超过?|为|约|近|首次|将|的|稳定在)*$)|(?:占比|比重|份额)(?:达到?|超过?|为|约|近)*$"
)
_OF_WHOLE = re.compile(
    r"(?:达到?|占到?|为|超过?)?(?P<of>员工总数|职工总数|总人数|销售额|销售收入|营业收入|总营收|营收|工业总产值|总产值|GDP|生产总值)的?(?:比重|比例)?(?:达到?|超过?|约|近|为)*$"
)
_RANK_OF = re.compile(r"(?:居|位居|列|位列|排名|排|跃居|稳居|名列|跻身|排在|升至)(?P<of>[^,。;]{0,14}?)$")
_PER_YEAR = re.compile(r"(?:年产|月产|日产|年处理|日处理|年产能|月产能|产能)$")
_SKIP_COUNT = re.compile(r"^(?:一[\u4e00-\u9fff]|两[人位者])$")
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
    if unit.startswith("count/") or unit.endswith(("/year", "/month")):
        return _capacity(scene, quantity, clause, left, right)
    if unit == "count":
        grows = re.search(r"(?:同比|环比|较上年|比上年)(?:增加|减少|净增|多|少)(?:了|约)?$", before)
        if grows:
            return _Draft(
                quantity, clause, "", "change", low + grows.start(), quantity.end, negative="少" in grows.group()
            )
        adjacent = left is not None and not re.search(r"[的了]$", text[left[1] : quantity.start])
        awarded = _awarded_count(scene, quantity, high)
        if awarded is not None:
            return _Draft(
                quantity, clause, awarded[0], "level", quantity.start, awarded[1], origin="observation:awarded"
            )
        if (
            right is not None
            and _phrase_text(scene, right) not in ("", "等", "的")
            and not (adjacent and left and _is_measured(scene, left))
        ):
            return _Draft(
                quantity,
                clause,
                _phrase_text(scene, right),
                "level",
                quantity.start,
                right[1],
                origin="observation:right",
            )
        if left:
            return _with_left(scene, quantity, clause, left)
        return None
    if left is not None:
        return _with_left(scene, quantity, clause, left)
    if unit in _MONEY and left is None:
        for mention in scene.mentions_in(quantity.end, min(high, quantity.end + 30)):
            if mention.type == "finance" and re.fullmatch(r"(?:规模)?的?", text[quantity.end : mention.start]):
                metric = "基金规模" if "基金" in mention.name else "资金规模"
                return _Draft(
                    quantity,
                    clause,
                    metric,
                    "level",
                    quantity.start,
                    mention.end,
                    owner=mention,
                    origin="observation:fund",
                )
    if right is not None:
        return _Draft(
            quantity, clause, _phrase_text(scene, right), "level", quantity.start, right[1], origin="observation:right"
        )
    fallback = (
        "投资" if unit in _MONEY and "投资" in before else "面积" if unit in _AREA else "金额" if unit in _MONEY else ""
    )
    metric = _trailing(before) or fallback or _nearest_noun(scene, quantity.start, low)
    return (
        _Draft(quantity, clause, metric, "level", low, quantity.end, origin="observation:fallback") if metric else None
    )


_AWARD_VERB = re.compile(
    r"[\u4e00-\u9fff]{0,6}?(?:入选|获评|获批|获得|荣获|被评为|被认定为|通过|获)(?:了|为)?[\u4e00-\u9fff]{0,4}"
)


def _awarded_count(scene: Scene, quantity: Quantity, high: int) -> tuple[str, int] | None:
    """`14家企业入选某某领军企业`: what is counted are the bearers of the title."""
    for mention in scene.mentions_in(quantity.end, high + 20):
        if mention.type != "honor":
            continue
        between = scene.text[quantity.end : mention.start]
        if _AWARD_VERB.fullmatch(between.replace("“", "")):
            bearer = re.match(r"(?:企业|单位|产品|项目|个人)", between)
            title = scene.thing(mention).name
            metric = (
                title
                if title.endswith("企业") or bearer is None
                else f"{title}获奖{bearer.group()}"
                if title.endswith("奖")
                else title
            )
            return metric, mention.end
        return None
    return None


_MEASURED = re.compile(
    r"(?:额|量|数|率|值|收入|投资|面积|产能|规模|人数|资金|企业|项目|专利|人员|人才|机构|平台|中心|基地|实验室|工作站|院所|医院|车辆|桩|站|公司|团队|专家|服务|技术|产品|标准)$"
)


def _is_measured(scene: Scene, span: tuple[int, int]) -> bool:
    return bool(_MEASURED.search(scene.text[span[0] : span[1]]))


# `某某制造项目|总投资`: the project that no name finder knew is no part of what is measured.
_OWN_PROJECT = re.compile(r"^.*(?:项目|工程|基地)(?=(?:计划)?总?投资|占地|总?建筑面积)")


def _with_left(scene: Scene, quantity: Quantity, clause: tuple[int, int], left: tuple[int, int]) -> _Draft:
    metric = _phrase_text(scene, left)
    start = left[0]
    stripped = _OWN_PROJECT.sub("", _TRIM_HEAD.sub("", metric))
    return _Draft(quantity, clause, stripped or metric, "level", start, quantity.end)


_TRAIL = re.compile(r"([\u4e00-\u9fff]{2,8}?)(?:达到?|为|超过?|约|近|突破|实现|增至|至)*$")


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


def _time(scene: Scene, quantity: Quantity, clause: tuple[int, int], sentence: Sentence) -> _Draft | None:
    """Service and cycle times; ages and other durations are no observations."""
    text = scene.text
    near = text[max(clause[0], quantity.start - 12) : quantity.start]
    after = text[quantity.end : quantity.end + 8]
    if re.match(
        r"(?:来|前|后|以来|间|多来|期间|里|中|之久|历史|时间里|的时间里|的发展|的努力|规划|行动|度|后的)", after
    ) and not _cue_pattern("service").search(near):
        return None
    if _cue_pattern("duration").search(near[-6:]) and not re.search(
        r"(?:只需|仅需|仅用|只用|缩短|压缩|最快|最长|期限)", near
    ):
        return None
    if not (
        _cue_pattern("service").search(near)
        or _cue_pattern("service").match(after)
        or re.match(r"[^,。]{0,6}(?:办结|拿到|完成|获得|批复|免租|全免|之内|内)", after)
    ):
        return None
    left = _left_phrase(scene, quantity.start, clause[0])
    right = _right_phrase(scene, quantity.end, clause[1])
    span = left or right
    metric = _phrase_text(scene, span) if span else text[quantity.end : min(clause[1], quantity.end + 10)]
    del sentence
    return _Draft(
        quantity,
        clause,
        metric or "用时",
        "level",
        min(quantity.start, left[0] if left else quantity.start),
        clause[1] if not left else quantity.end,
    )


def _rank(scene: Scene, quantity: Quantity, clause: tuple[int, int]) -> _Draft | None:
    before = scene.text[clause[0] : quantity.start]
    of = _RANK_OF.search(before + quantity.text)
    match = _RANK_OF.search(before)
    field = match.group("of") if match else re.split(r"(?:居|位居|列|位列|排名|排|跃居|稳居|名列)", before)[-1]
    del of
    at = clause[0] + (match.start() if match else 0)
    left = _left_phrase(scene, at, clause[0]) if at > clause[0] else None
    metric = _phrase_text(scene, left) if left else ""
    return _Draft(
        quantity,
        clause,
        metric,
        "rank",
        left[0] if left else at,
        quantity.end,
        of=field.strip("在的第") or None,
        origin="observation:rank",
    )


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
        return _Draft(
            quantity,
            clause,
            metric,
            "share",
            left[0] if left else at,
            quantity.end,
            of=of,
            origin="observation:share",
        )
    whole = _OF_WHOLE.search(before) if quantity.unit == "%" else None
    if whole:
        at = clause[0] + whole.start()
        left = _left_phrase(scene, at, clause[0]) if at > clause[0] else None
        metric = _phrase_text(scene, left) if left else ""
        return _Draft(
            quantity, clause, metric, "share", left[0] if left else at, quantity.end, of=whole.group("of"),
            origin="observation:share",
        )  # fmt: skip
    behind = re.match(r"的?(?:市场)?份额", text[quantity.end : quantity.end + 6]) if quantity.unit == "%" else None
    if behind:
        field = re.search(
            r"占(?:据|有)?(?:了)?(?P<of>全球|全国|国内|世界|全市|全省|[\u4e00-\u9fff]{2,4}市场)?(?P<what>[^,。;]{0,24}?)(?:的|约|近)*$",
            before,
        )
        if field:
            metric = field.group("what") + "份额"
            return _Draft(
                quantity, clause, metric, "share", clause[0] + field.start(), quantity.end + behind.end(),
                of=field.group("of"), origin="observation:share",
            )  # fmt: skip
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
            return _Draft(
                quantity,
                clause,
                metric,
                kind,
                own[0] if own else at,
                quantity.end,
                negative=sign == "-",
                origin="observation:growth",
            )
    if quantity.unit == "pp":
        return None
    if quantity.unit == "x":
        measure: Measure = "growth" if re.search(r"增长|翻|增加", before + quantity.text) else "level"
        left = _left_phrase(scene, quantity.start, clause[0])
        return _Draft(
            quantity,
            clause,
            _phrase_text(scene, left) if left else "",
            measure,
            left[0] if left else clause[0],
            quantity.end,
            origin="observation:times",
        )
    del sentence
    return None


def _capacity(
    scene: Scene,
    quantity: Quantity,
    clause: tuple[int, int],
    left: tuple[int, int] | None,
    right: tuple[int, int] | None,
) -> _Draft:
    per = quantity.unit.rsplit("/", 1)[-1]
    name = {"year": "年", "month": "月", "day": "日", "hour": "小时"}.get(per, "")
    stem = ""
    if right is not None and right[0] <= quantity.end + 1:
        stem = _phrase_text(scene, right)
    if left is not None and re.search(r"产能|产量|能力|出货|销量|吞吐", scene.text[left[0] : left[1]]):
        metric = _phrase_text(scene, left)
        metric = (
            metric if re.search(r"[年月日]", metric) else re.sub(r"(?:生产能力|产能|能力)$", "", metric) + f"{name}产能"
        )
        return _Draft(quantity, clause, metric, "level", left[0], quantity.end, origin="observation:capacity")
    stem = re.sub(r"(?:智能)?(?:生产线|产线|项目|的生产能力|设计能力|基地)$", "", stem)
    stem = "" if re.search(r"能力$", stem) else stem
    return _Draft(
        quantity,
        clause,
        f"{stem}{name}产能",
        "level",
        quantity.start,
        right[1] if stem and right else quantity.end,
        origin="observation:capacity",
    )


# ---- the whole document ----------------------------------------------------------------------------------------------


def find(scene: Scene) -> list[Observation]:
    """All observations of a document, in the order of the text."""
    out: list[Observation] = []
    starts = [m.start for m in scene.mentions]
    for sentence in scene.sentences:
        drafts = [
            d
            for q in scene.quantities_in(sentence.start, sentence.end)
            if not _inside_name(scene, starts, q) and (d := _draft(scene, q, sentence))
        ]
        drafts = _completed(drafts)
        subject: Thing | None = None
        for draft in drafts:
            if not draft.metric:
                continue
            subject = _subject(scene, draft, sentence, subject)
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
                    unit=draft.quantity.unit, cmp=_comparator(draft.quantity), period=period, modality=modality,
                    of=draft.of if draft.measure in ("share", "rank") else None, quote=quote, start=start, end=end,
                )
            )  # fmt: skip
    return out


def _comparator(quantity: Quantity) -> Comparator:
    """`5亿元以上` is more than 5亿元 in the fact model, at least that much for `quantify`."""
    return ">" if quantity.cmp == ">=" and "以上" in quantity.text else quantity.cmp


def _inside_name(scene: Scene, starts: list[int], quantity: Quantity) -> bool:
    """Whether a number belongs to a name (“某星”50亿元信贷计划)."""
    at = bisect_right(starts, quantity.start) - 1
    return at >= 0 and quantity.start < scene.mentions[at].end and scene.mentions[at].origin != "pointer"


def _completed(drafts: list[_Draft]) -> list[_Draft]:
    """Metrics that a clause leaves to its neighbour: growth of the level before it, 其中…, shared heads, 各."""
    out: list[_Draft] = []
    for number, draft in enumerate(drafts):
        metric, shares = draft.metric, False
        if metric == "金额":
            # `给予50万元、200万元、500万元奖励`: the last of a list says what all of them are.
            later = (d for d in drafts[number + 1 :] if d.clause == draft.clause and d.metric != "金额")
            metric = next((d.metric for d in later if d.quantity.unit == draft.quantity.unit), metric)
        if draft.measure in ("growth", "change", "share", "rank") and out:
            last = out[-1]
            if not metric or metric in ("增速", "增幅", "比重", "占比", "数量", "总量"):
                metric = last.metric
                shares = True
        elif not metric and out and draft.quantity.unit == out[-1].quantity.unit:
            metric = out[-1].metric
            shares = True
        out.append(replace(draft, metric=metric, shares=shares))
    return out


def _subject(scene: Scene, draft: _Draft, sentence: Sentence, last: Thing | None) -> Thing | None:
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
            if mention.type == "finance" and draft.quantity.unit in _MONEY:
                return scene.thing(mention)
    if draft.owner is not None:
        return scene.thing(draft.owner)
    if draft.shares and last is not None:
        return last
    measured = measured_class(draft.metric, draft.quantity.unit)
    if measured != "policy" and _BENEFIT.search(text, draft.clause[0], min(draft.clause[1], draft.end + 12)):
        measured = "benefit"
    return holder(scene, measured, min(draft.start, draft.quantity.start), sentence, last)


# What a policy gives is a number of the policy, whoever the sentence names.
_BENEFIT = re.compile(
    r"给予|奖励|补助|补贴|资助|贴息|扶持资金|资金扶持|奖补|免租|房租|租金|安家费|启动经费|利率|最高不超过|授信额度|信贷额度"
)

_BUILT = re.compile(r"已建成|建成投产|已投产|竣工|正式投产|建成并|累计完成|已完成|完成投资|生态圈")
_AHEAD = re.compile(r"(?:项目|基地|工厂|产业园|生产线|产线|中心|工程)")


def _modality(scene: Scene, draft: _Draft, sentence: Sentence, subject: Thing | None) -> Modality:
    text = scene.text
    left = text[draft.clause[0] : draft.quantity.end]
    lead = text[sentence.start : draft.clause[0]]
    metric = draft.metric
    if re.search(r"^(?:总投资|计划总投资|投资总额|计划投资|年度计划投资|.{0,12}总投资)$", metric):
        if _BUILT.search(text, sentence.start, sentence.end) or (
            subject is not None
            and subject.type in ("zone", "place")
            and "项目" not in metric
            and not re.search(r"开工|签约", text[sentence.start : sentence.end])
        ):
            return "actual" if "计划" not in metric else "planned"
        return "planned"
    if re.search(r"产能|生产能力|设计能力|可容纳", metric) and not re.search(r"产值|产量|突破产能", metric):
        return "capacity"
    if re.search(r"(?:达产|投产|量产|满产|建成|竣工|运营)(?:达产)?后", left) or (
        re.search(r"(?:达产|投产|量产|满产)后[^。;]*$", lead) and "年" in metric
    ):
        return "forecast"
    for value in ("forecast", "target"):
        if _cue_pattern("modality", value).search(left) or (
            re.search(r"(?:力争|目标|预计|有望|到20\d\d年)[^。;]*$", lead)
        ):
            found = _cue_pattern("modality", value).search(left)
            if (
                found
                or (value == "target" and re.search(r"(?:力争|目标|到20\d\d年)[^。;]*$", lead))
                or (value == "forecast" and re.search(r"(?:预计|有望)[^。;]*$", lead))
            ):
                return value
    if _cue_pattern("modality", "planned").search(left):
        return "planned"
    if re.search(r"(?:计划|拟|规划)[^。;,]{0,20},[^。;]*$", lead) and re.search(r"建筑面积|厂房|面积", metric):
        return "planned"
    if (
        _cue_pattern("modality", "capacity").search(left)
        and draft.quantity.unit.count("/")
        and not re.search(r"产值|产量", metric)
    ):
        return "capacity"
    if (
        re.search(r"建筑面积|厂房|标准厂房", metric)
        and subject is not None
        and subject.type == "project"
        and not _BUILT.search(left)
    ):
        return "planned"
    return "actual"


def _chain_start(scene: Scene, sentence: Sentence) -> int:
    """Where the chain of half-sentences (joined by semicolons) begins that a sentence continues: they share a date."""
    mark = max(scene.text.rfind(m, 0, sentence.start) for m in "。!?\n") + 1
    return mark if scene.text[sentence.start - 1 : sentence.start] == ";" else sentence.start


def _period(scene: Scene, draft: _Draft, sentence: Sentence, modality: Modality) -> Period | None:
    """The period stated nearest to the left in the sentence; `now` where a word says so; else none."""
    inside = scene.periods_in(_chain_start(scene, sentence), sentence.end)
    own = [
        p for p in inside if p.start >= draft.clause[0] and p.end <= draft.clause[1] and p.start <= draft.quantity.start
    ]
    left = [p for p in inside if p.end <= draft.quantity.start]
    chosen = own[-1] if own else left[-1] if left else None
    if modality == "capacity" or (
        modality in ("planned", "forecast") and not own and re.search(r"投资|面积|占地|产值|产能", draft.metric)
    ):
        chosen = None if not own or modality == "capacity" else chosen
        if chosen is None:
            return None
    if re.search(r"总投资|占地|签约金额|计划投资", draft.metric) and not re.search(
        r"年度|当年|完成|累计", draft.metric
    ):
        return None
    if chosen is not None:
        return (chosen.first.isoformat() if chosen.first else None, chosen.last.isoformat() if chosen.last else None)
    published = scene.published(sentence)
    if (
        modality == "actual"
        and published is not None
        and _cue_pattern("now").search(scene.text, sentence.start, draft.quantity.start)
    ):
        return published
    return None
