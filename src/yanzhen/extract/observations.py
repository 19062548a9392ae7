"""Quantities -> observations: what is measured, of whom, for when, and whether it is so, planned or hoped for."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING

import msgspec

from yanzhen.data import rows, split
from yanzhen.extract import phrases
from yanzhen.extract.holders import holder, measured_class
from yanzhen.extract.phrases import cues
from yanzhen.facts import Observation

if TYPE_CHECKING:
    from yanzhen.extract.entities import Thing
    from yanzhen.extract.mentions import Mention
    from yanzhen.extract.phrases import Phrase
    from yanzhen.extract.scene import Scene, Sentence
    from yanzhen.facts.records import Comparator, Measure, Modality, Period
    from yanzhen.quantify import Quantity

_TIME_UNITS = frozenset({"day", "workday", "hour", "month", "year", "minute", "week", "s"})
_MONEY = frozenset({"CNY", "USD", "EUR", "HKD", "JPY", "TWD", "GBP", "KRW"})
_AREA = frozenset({"mu", "m2", "km2", "ha"})
_UNNAMED = "金额"  # an amount of which no word says what it is


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
    benefit: bool = False  # what a policy gives
    origin: str = "observation:left"


# ---- one quantity ----------------------------------------------------------------------------------------------------

_TRIM_HEAD = re.compile(
    r"^(?:全市|全区|全省|全国|该区|其|其中|各类|各种|共|已|已有|累计|的|本|我们|公司|园区|企业的|项目的|今年|级|余|多|个|家|月|日|季度"
    r"|上半年|前三季度|以来|超|近|约|\d+月|产业集群)+(?=[\u4e00-\u9fffA-Z]{2})"
)
# `某某制造项目|总投资`: the project that no name finder knew is no part of what is measured.
_OWN_PROJECT = re.compile(r"^.*(?:项目|工程|基地)(?=(?:计划)?总?投资|占地|总?建筑面积)")
_SKIP_COUNT = re.compile(r"^(?:一[\u4e00-\u9fff]|两[人位者])$")
_FOUND_ONE = re.compile(r"(?:建有|建成|拥有|设有|新增|建设|布局|新建)(?:了|有)?$")
_MEASURED = re.compile(
    r"(?:额|量|数|率|值|收入|投资|面积|产能|规模|人数|资金|企业|项目|专利|人员|人才|机构|平台|中心|基地|实验室|工作站|院所|医院|车辆|桩|站|公司|团队|专家|服务|技术|产品|标准)$"
)


def _draft(scene: Scene, quantity: Quantity, sentence: Sentence) -> _Draft | None:
    clause = scene.clause(quantity.start, sentence)
    unit = quantity.unit
    if unit == "" or _is_threshold(scene, quantity, clause, sentence):
        return None
    if unit in _TIME_UNITS:
        return _time(scene, quantity, clause)
    if unit == "rank":
        return _rank(scene, quantity, clause)
    draft = _ratio(scene, quantity, clause) if unit in ("%", "x", "pp") else None
    if draft is None and unit not in ("%", "x", "pp"):
        draft = _difference(scene, quantity, clause)
    if draft is None:
        draft = _benefit(scene, quantity, clause)
    if draft is not None or unit == "pp":
        return draft
    if unit.startswith("count/") or unit.endswith(("/year", "/month")):
        return _capacity(scene, quantity, clause)
    return _count(scene, quantity, clause) if unit == "count" else _amount(scene, quantity, clause)


def _with_left(scene: Scene, quantity: Quantity, clause: tuple[int, int], found: Phrase) -> _Draft:
    named = found.text
    if named[0] == "年" and scene.text[found.start - 1 : found.start].isdigit():
        named = named[1:]  # of `2023年|产值`
    stripped = _OWN_PROJECT.sub("", _TRIM_HEAD.sub("", named))
    return _Draft(quantity, clause, stripped or named, "level", found.start, quantity.end)


def _count(scene: Scene, quantity: Quantity, clause: tuple[int, int]) -> _Draft | None:
    """A number of things: what is counted stands right of it, or left (拥有企业|300家)."""
    low, high = clause
    before = scene.text[low : quantity.start]
    if _SKIP_COUNT.match(quantity.text) and not _FOUND_ONE.search(before):
        return None
    awarded = _awarded(scene, quantity, high)
    if awarded is not None:
        metric, end = awarded
        return _Draft(quantity, clause, metric, "level", quantity.start, end, origin="observation:awarded")
    found = phrases.counted(scene, quantity.start, quantity.end, low, high)
    other = phrases.left(scene, _list_start(scene, quantity, clause), low)
    if found is not None and found.text not in ("等", "的"):
        adjacent = other is not None and scene.text[other.end : quantity.start][-1:] not in ("的", "了")
        if not (adjacent and other is not None and _MEASURED.search(other.text)):
            start = min(found.start, quantity.start)
            return _Draft(quantity, clause, found.text, "level", start, found.end, origin="observation:right")
    if other is not None:
        return _with_left(scene, quantity, clause, other)
    if _RAISED.search(before):
        return _Draft(quantity, clause, "", "level", low, quantity.end, origin="observation:fallback")
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


def _amount(scene: Scene, quantity: Quantity, clause: tuple[int, int]) -> _Draft | None:
    """Money, areas, and whatever else has a unit."""
    low, high = clause
    text, unit = scene.text, quantity.unit
    found = phrases.left(scene, _list_start(scene, quantity, clause), low)
    if found is not None:
        return _with_left(scene, quantity, clause, found)
    if unit in _MONEY:
        for mention in scene.mentions_in(quantity.end, min(high, quantity.end + 30)):
            if mention.type == "finance" and re.fullmatch(r"(?:规模)?的?", text[quantity.end : mention.start]):
                metric = "基金规模" if "基金" in mention.name else "资金规模"
                return _Draft(
                    quantity, clause, metric, "level", quantity.start, mention.end, owner=mention,
                    origin="observation:fund",
                )  # fmt: skip
    before = text[low : quantity.start]
    behind = phrases.right(scene, quantity.end, high)
    if behind is not None and unit not in ("%", "x") and not _RAISED.search(before):
        if unit in _AREA and not behind.text.endswith(("面积", "用地", "土地")):
            behind = replace(behind, text=f"{behind.text}面积")
        return _Draft(quantity, clause, behind.text, "level", quantity.start, behind.end, origin="observation:right")
    metric = _trailing(before)
    if not metric and not _RAISED.search(before):
        plain = "投资" if "投资" in before else _UNNAMED
        metric = plain if unit in _MONEY else "面积" if unit in _AREA else _nearest_noun(scene, quantity.start, low)
    return _Draft(quantity, clause, metric, "level", low, quantity.end, origin="observation:fallback")


_TRAIL = re.compile(r"([\u4e00-\u9fff]{2,8}?)(?:达到?|为|超过?|约|近|突破|实现|增至|至)*$")
# `由6GWh提升至|10GWh`: the second number measures what the first does.
_RAISED = re.compile(
    r"(?:提升|提高|增加|增长|扩大|扩增|上升|下降|降低|压缩|缩短|降|增|减少|减|跃升|攀升|拉升)(?:至|到|为)了?$"
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
_FREE = re.compile(r"(?:内|期内)?(?:租金|房租)?(?:全免|免租|免收|免费|免除|减免)")
_TERM = re.compile(r"(?:期限|免租期|免租|为期|分|按)(?:不超过|不少于|可达|达|为|约)*$")


def _time(scene: Scene, quantity: Quantity, clause: tuple[int, int]) -> _Draft | None:
    """Service and cycle times, and the terms of benefits; ages and other durations are no observations."""
    text = scene.text
    low, high = clause
    near, after = text[max(low, quantity.start - 12) : quantity.start], text[quantity.end : quantity.end + 8]
    served, term = _cue_pattern("service"), _TERM.search(near) or quantity.text.startswith("最长")
    if not term:
        if _LASTED.match(after) and not served.search(near):
            return None
        if _cue_pattern("duration").search(near[-6:]) and not re.search(
            r"(?:只需|仅需|仅用|只用|缩短|压缩|最快|最长|期限)", near
        ):
            return None
        if not (served.search(near) or served.match(after) or _SERVED.match(after)):
            return None
    found = phrases.left(scene, quantity.start, low)
    behind = phrases.right(scene, quantity.end, high) if found is None or found.text in cues("generic") else None
    chosen = behind or found
    if term or _FREE.match(after):
        given = list(_GIVEN_NOUN.finditer(text, sentence.start, high)) if (sentence := scene.sentence_at(low)) else []
        named = "免租" if _FREE.match(after) else given[-1].group() if given else ""
        return _Draft(
            quantity, clause, f"{named}期限", "level", low, quantity.end, benefit=True, origin="observation:term"
        )
    metric = chosen.text if chosen else text[quantity.end : min(high, quantity.end + 10)].strip("“”的、,)(")
    start = min(quantity.start, found.start if found else quantity.start)
    return _Draft(
        quantity, clause, metric or "用时", "level", start, quantity.end if found and not behind else high,
        benefit=bool(term), origin="observation:time",
    )  # fmt: skip


_RANK_OF = re.compile(r"(?:居|位居|列|位列|排名|排|跃居|稳居|名列|跻身|排在|升至)(?P<of>[^,。;]{0,14}?)$")


def _rank(scene: Scene, quantity: Quantity, clause: tuple[int, int]) -> _Draft | None:
    before = scene.text[clause[0] : quantity.start]
    match = _RANK_OF.search(before)
    field = match.group("of") if match else re.split(r"(?:居|位居|列|位列|排名|排|跃居|稳居|名列)", before)[-1]
    at = clause[0] + (match.start() if match else 0)
    found = phrases.left(scene, at, clause[0]) if at > clause[0] else None
    return _Draft(
        quantity, clause, found.text if found else "", "rank", found.start if found else at, quantity.end,
        of=field.strip("在的第") or None, origin="observation:rank",
    )  # fmt: skip


# ---- shares and changes ----------------------------------------------------------------------------------------------

_SHARE = re.compile(
    r"(?:占(?P<of>[^,。;]{0,16}?)(?:的|比重|总量|份额|比例|比)*(?:达到?|超过?|为|约|近|首次|将|的|稳定在)*$)|(?:占比|比重|份额)(?:达到?|超过?|为|约|近)*$"
)
_OF_WHOLE = re.compile(
    r"(?:达到?|占到?|为|超过?)?(?P<of>员工总数|职工总数|总人数|销售额|销售收入|营业收入|总营收|营收|工业总产值|总产值|GDP|生产总值)的?(?:比重|比例)?(?:达到?|超过?|约|近|为)*$"
)
_MARKET = re.compile(
    r"占(?:据|有)?(?:了)?(?P<of>全球|全国|国内|世界|全市|全省|[\u4e00-\u9fff]{2,4}市场)?(?P<what>[^,。;]{0,24}?)(?:的|约|近)*$"
)
# `租金不高于市场价的|50%`
_COMPARED = re.compile(r"(?:不高于|不低于|不超过|不少于|相当于|低于|高于|仅为|仅有|只有|是)(?P<of>[^,。;的]{2,12})的$")
# `按设备投资额的|10%|给予补助`
_BY_SHARE = re.compile(r"按照?(?P<of>[^,。;]{2,30}?)的?(?:不超过|最高|最高不超过)?$")
_GIVEN = re.compile(
    r"(?:的?(?:比例|标准))?,?(?:一次性|择优|分期|分年度|每年|额外|再)*(?:给予|予以|进行|发放|兑付|享受)?(?:企业|个人|项目)?(?:最高|一次性|资金)*"
    r"(?P<what>[\u4e00-\u9fff]{0,6}?(?:奖励|补助|补贴|资助|贴息|奖补|返还|扶持|支持|补偿|配套))"
)
_ARE = re.compile(r"(?:左右|以上)?(?:都|均|全)?(?:是|为|系|来自)")
_COMPARISON = re.compile(
    r"(?:与|和|较|比|同)(?:去年|上年|上一年|前年|年初|同期|去年同期|上年同期|政策实施前|[^,。;]{1,10}?)(?:相比|相较)?(?:,)?(?:增长|增加|提高|提升|下降|减少|多|少|高出|高|低|增)?(?:了|约|近|超)*$"
)


def _ratio(scene: Scene, quantity: Quantity, clause: tuple[int, int]) -> _Draft | None:
    """Growth, share and multiple; None where a percentage is a level of its own (良率, 利率)."""
    text, low = scene.text, clause[0]
    before = text[low : _list_start(scene, quantity, clause)]
    if quantity.unit == "%":
        draft = _share(scene, quantity, clause, before)
        if draft is not None:
            return draft
    doubled = "番" in quantity.text
    for sign in ("-", "+"):
        found = None
        for match in _cue_pattern("growth", sign).finditer(before):
            found = match
        if doubled or (found is not None and len(before) - found.end() <= 8):
            if found is not None and not doubled and _RAISED_TO.search(before[found.start() :]):
                return None
            at = low + (found.start() if found is not None and not doubled else len(before))
            compared = _COMPARISON.search(text, low, at)
            own_end = compared.start() if compared else at
            own = phrases.left(scene, own_end, low) if own_end > low else None
            metric = re.sub(r"(?:同比|环比|增速|增幅|增长率|年均|年复合|数)+$", "", own.text) if own else ""
            if doubled:
                quantity = replace(quantity, value=(quantity.value - 1) * 100, unit="%")
            return _Draft(
                quantity, clause, metric, "change" if quantity.unit == "pp" else "growth",
                own.start if own else min(at, quantity.start), quantity.end, negative=sign == "-" and not doubled,
                origin="observation:growth",
            )  # fmt: skip
    if quantity.unit == "x":
        measure: Measure = "growth" if re.search(r"增长|增加", before + quantity.text) else "level"
        own = phrases.left(scene, quantity.start, low)
        return _Draft(
            quantity, clause, own.text if own else "", measure, own.start if own else low, quantity.end,
            origin="observation:times",
        )  # fmt: skip
    return None


_RAISED_TO = re.compile(r"(?:提高|提升|增加|上升|增长|下降|降低|回落)(?:到|至)")


def _share(scene: Scene, quantity: Quantity, clause: tuple[int, int], before: str) -> _Draft | None:
    text, (low, high) = scene.text, clause
    given = _GIVEN.match(text, quantity.end, min(high + 16, quantity.end + 24))
    by = _BY_SHARE.search(before)
    if by and given:
        return _Draft(
            quantity, clause, f"{_in_few_words(_beneficiary(scene, quantity.start))}{given.group('what')}比例", "share",
            low + by.start(), given.end(), of=by.group("of"), benefit=True, origin="observation:share",
        )  # fmt: skip
    for pattern in (_SHARE, _OF_WHOLE, _COMPARED):
        match = pattern.search(before)
        if match is None:
            continue
        at = low + match.start()
        own = phrases.left(scene, at, low) if at > low else None
        of = (match.group("of") or "").strip("的约近超达到") or None
        return _Draft(
            quantity, clause, own.text if own else "", "share", own.start if own else at, quantity.end, of=of,
            origin="observation:share",
        )  # fmt: skip
    behind = re.match(r"的?(?:市场)?份额", text[quantity.end : quantity.end + 6])
    field = _MARKET.search(before) if behind else None
    if behind and field:
        return _Draft(
            quantity, clause, field.group("what") + "份额", "share", low + field.start(), quantity.end + behind.end(),
            of=field.group("of"), origin="observation:share",
        )  # fmt: skip
    are = _ARE.match(text, quantity.end, high)
    what = phrases.right(scene, are.end(), high) if are else None
    if what is not None:
        return _Draft(quantity, clause, what.text, "share", quantity.start, what.end, origin="observation:share")
    return None


def _list_start(scene: Scene, quantity: Quantity, clause: tuple[int, int]) -> int:
    """Where the list of like numbers begins that a number stands in (`分别增长|5%、8%`)."""
    at = quantity.start
    for other in reversed(scene.quantities_in(clause[0], quantity.start)):
        if other.unit != quantity.unit or scene.text[other.end : at] not in ("、", "和", "及", "与"):
            break
        at = other.start
    return at


# `同比增加|9家`, `较上年净增|3.2亿元`
_DIFFERENCE = re.compile(
    r"(?:同比|环比|(?:较|比)(?:去年|上年|上月|上季度|年初|上年末|去年底)(?:同期)?)(?:分别)?(?:多增|少增|增加|减少|净增|多|少|增|减)(?:了|约|近|超)*$"
)


def _difference(scene: Scene, quantity: Quantity, clause: tuple[int, int]) -> _Draft | None:
    low = clause[0]
    match = _DIFFERENCE.search(scene.text[low : _list_start(scene, quantity, clause)])
    if match is None:
        return None
    own = phrases.left(scene, low + match.start(), low) if match.start() else None
    return _Draft(
        quantity, clause, own.text if own else "", "change", own.start if own else low + match.start(), quantity.end,
        negative=bool(re.search(r"[少减]", match.group())), origin="observation:change",
    )  # fmt: skip


# ---- what policies give ----------------------------------------------------------------------------------------------

_GIVES = re.compile(
    r"(?:给予|予以|奖励|补助|补贴|资助|发放|享受|可获|获得|兑现|补偿|配套)(?:[^,。;]{0,8}?(?:最高|一次性|不超过|总额))?(?:[\d.、万元亿]|分别|的|每[年月人家]|[\u4e00-\u9fff]{0,4})*$"
)
_BENEFIT_NOUN = re.compile(
    r"(?:的|一次性|资金|专项|年度|现金|不等|以内|以下|左右)*(?P<what>[\u4e00-\u9fff]{0,8}?(?:奖励|补助|补贴|资助|奖补|贴息|扶持资金|资金扶持|资金支持|扶持|启动经费|启动资金|科研经费|经费支持|经费|安家费|奖金|配套资金|配套|股权投资|信贷支持|授信|贷款|支持))"
)
_BENEFICIARY = re.compile(
    r"(?:^|[,。;:\n]|的,)(?:对于?|凡|鼓励|支持)(?P<who>[^。;\n]{2,60}?)(?=的?,|,|给予|予以|按|分别|一次性|最高)"
)
# `每家企业每年|不超过200万元`: a bound on what the clause before gives
_CAP = re.compile(
    r"^(?P<each>(?:每|单个|单|同一|年度|累计|合计|总额|最高)[^,。;]{0,8}?)(?:的)?(?:累计|合计|总额)?(?:最高|最多)?(?:不超过|不高于|可达)?$"
)
_GIVEN_NOUN = re.compile(r"奖励|补助|补贴|资助|贴息|奖补|返还|扶持|补偿|配套")
_LONGEST_WHO = 20
_WHO_NOISE = re.compile(
    r"^(?:首次认定|首次|新认定|新引进|新|当年|年度|经认定|经评审|符合条件|的|企业用于|用于|获批|获得|获评|被认定为|认定为|被评为|入选|达到|在我区|在园区|本区|我区|区内)+"
)
_THRESHOLD = re.compile(r"(?:^|[,。;:\n、])(?:\d+[.、])?(?:对于?|凡|鼓励|支持)[^,。;\n]*$")


def _is_threshold(scene: Scene, quantity: Quantity, clause: tuple[int, int], sentence: Sentence) -> bool:
    """`对年产值首次突破|10亿元|的企业,给予…`: a condition on who gets something measures nothing."""
    text = scene.text
    if quantity.unit in _MONEY | _AREA and _sizes_counted(scene, quantity, clause):
        return True
    if quantity.unit != "count" and any(
        q.end == quantity.start and q.unit == "count" for q in scene.quantities_in(clause[0], quantity.start)
    ):
        return True  # `20辆|49吨|重卡`: the size of the things counted
    head = _THRESHOLD.search(text[sentence.start : quantity.start])
    if head is None:
        return False
    rest = text[quantity.end : clause[1]]
    if re.search(r"给予|予以|奖励|补助|补贴|资助", text[sentence.start + head.start() : quantity.start]):
        return False
    if not re.search(r"给予|予以|奖励|补助|补贴|资助|贴息", text[quantity.end : sentence.end]):
        return False
    return (
        bool(re.match(r"[^,。;]{0,30}?(?:的|以上|、|企业|项目|机构)", rest)) or text[clause[1] - 1 : clause[1]] == "的"
    )


_SIZED = re.compile(
    r"(?:以上|以内|以下|级|规模)?的?[\u4e00-\u9fff]{0,8}?(?:项目|企业|集群|园区|工程|公司|平台|基地|产业|单品|客户)"
)
_SIZING = re.compile(r"(?:总投资|投资|产值|年产值|营收|年营收|规模|固定资产投资|销售收入)?(?:超|过|达)?")


def _sizes_counted(scene: Scene, quantity: Quantity, clause: tuple[int, int]) -> bool:
    """`两个|超千亿元|的产业集群`, `10亿元以上|项目12个`: the size of each thing counted is a part of what they are."""
    text = scene.text
    if not _SIZED.match(text, quantity.end, clause[1]):
        return False
    for other in scene.quantities_in(clause[0], clause[1]):
        if other.unit != "count":
            continue
        if other.end <= quantity.start and _SIZING.fullmatch(text, other.end, quantity.start):
            return True
        bound = quantity.text.endswith(("以上", "以下")) or text.startswith(("以上", "以下", "级"), quantity.end)
        if bound and quantity.end < other.start <= quantity.end + 16:
            return True
    return False


def _beneficiary(scene: Scene, at: int) -> str:
    """Who gets what stands at offset `at`, in few words; of tiers, the one it is meant for."""
    sentence = scene.sentence_at(at)
    if sentence is None:
        return ""
    found = None
    for match in _BENEFICIARY.finditer(scene.text, max(0, sentence.start - 1), at):
        found = match
    if found is None:
        return ""
    return found.group("who")


def _tier(who: str, number: int, of: int) -> str:
    """The nth of `博士、硕士、本科毕业生` where there are as many as amounts."""
    parts = re.split("、|(?<=[士生者业人才])和", who)
    if of < 2 or len(parts) != of:
        return _in_few_words(who)
    numbers = [re.search(r"\d[\d.]*[万亿]*[元美家人平]?[元方]?", p) for p in parts]
    if all(numbers) and len({p[: m.start()] for p, m in zip(parts[1:], numbers[1:], strict=True) if m}) == 1:
        # 年产值突破10亿元、50亿元、100亿元企业: only the number changes.
        first, mine = numbers[0], numbers[number]
        last = numbers[-1]
        if first is not None and mine is not None and last is not None:
            return _in_few_words(f"{parts[0][: first.start()]}{mine.group()}{parts[-1][last.end() :]}")
    return _in_few_words(parts[number])


def _in_few_words(who: str) -> str:
    bare = _WHO_NOISE.sub("", who).replace("的", "").strip("“”、,")
    return bare if len(bare) <= _LONGEST_WHO else re.split("[、和及]", bare)[-1][-_LONGEST_WHO:]


def _benefit(scene: Scene, quantity: Quantity, clause: tuple[int, int]) -> _Draft | None:
    """`对…企业,给予50万元、200万元一次性奖励`: what is given, named by who gets it."""
    text, (low, high) = scene.text, clause
    before = text[low : quantity.start]
    if quantity.unit not in _MONEY and quantity.unit.split("/")[0] not in _MONEY:
        return None
    row = [q for q in scene.quantities_in(low, high) if q.unit == quantity.unit]
    place = row.index(quantity) if quantity in row else 0
    last = place
    while last + 1 < len(row) and text[row[last].end : row[last + 1].start] in ("、", "和", "及", "或"):
        last += 1
    first = place
    while first > 0 and text[row[first - 1].end : row[first].start] in ("、", "和", "及", "或"):
        first -= 1
    cap = _CAP.search(before)
    if cap is not None:
        given = list(_GIVEN_NOUN.finditer(text, sentence.start, low)) if (sentence := scene.sentence_at(low)) else []
        if given:
            return _Draft(
                quantity, clause, cap.group("each").removesuffix(given[-1].group()) + given[-1].group(), "level", low + cap.start(),
                quantity.end, benefit=True, origin="observation:benefit",
            )  # fmt: skip
    behind = _BENEFIT_NOUN.match(text, row[last].end if row else quantity.end, high)
    verb = _GIVES.search(before)
    if behind is None and verb is None:
        return None
    if (
        behind is None
        and phrases.left(scene, quantity.start, low) is not None
        and not re.search(r"(?:给予|予以|奖励|补助|补贴|资助|补偿)[^,。;]{0,4}$", before)
    ):
        return None
    what = behind.group("what") if behind else ""
    if not what or what == "支持":
        named = re.search(r"(奖励|补助|补贴|资助|补偿|配套)[^,。;]{0,6}$", before)
        what = named.group(1) if named else what or "奖励"
    who = _tier(_beneficiary(scene, quantity.start), place - first, last - first + 1)
    if not who and behind is None and not re.search(r"最高|不超过|一次性|每", before + quantity.text):
        return None
    return _Draft(
        quantity, clause, f"{who}{what}", "level", quantity.start if not verb else low + verb.start(),
        behind.end() if behind and first == place == last else quantity.end, benefit=True, origin="observation:benefit",
    )  # fmt: skip


# ---- capacities ------------------------------------------------------------------------------------------------------

_CAPACITY = re.compile(r"产能|产量|能力|出货|销量|吞吐|下线量|交付量")
_YEARLY_OF = re.compile(
    r"(?:年产|月产|日产|年处理|日处理|年加工|年生产|可年产)(?P<what>[^,。;\d]{1,18}?)(?:约|近|达到?|超过?|可达|共)*$"
)
_PLANT = re.compile(r"(?:智能)?(?:生产线|产线|项目|的?生产能力|设计能力|基地|车间|工厂).*$")


def _capacity(scene: Scene, quantity: Quantity, clause: tuple[int, int]) -> _Draft:
    low, high = clause
    per = quantity.unit.rsplit("/", 1)[-1]
    name = {"year": "年", "month": "月", "day": "日", "hour": "小时"}.get(per, "")
    found = phrases.left(scene, quantity.start, low)
    if found is not None and _CAPACITY.search(found.text):
        metric = found.text
        if not re.search(r"[年月日]|产量|出货|销量|吞吐|交付", metric):
            metric = re.sub(r"(?:生产能力|产能|能力)$", "", metric) + f"{name}产能"
        return _Draft(quantity, clause, metric, "level", found.start, quantity.end, origin="observation:capacity")
    named = _YEARLY_OF.search(scene.text[low : quantity.start])
    if named:
        return _Draft(
            quantity, clause, f"{named.group('what')}{name}产能", "level", low + named.start(), quantity.end,
            origin="observation:capacity",
        )  # fmt: skip
    behind = phrases.right(scene, quantity.end, high)
    stem = _PLANT.sub("", behind.text) if behind is not None and behind.start <= quantity.end + 1 else ""
    stem = "" if stem.endswith("能力") else stem
    return _Draft(
        quantity, clause, f"{stem}{name}产能", "level", quantity.start, behind.end if stem and behind else quantity.end,
        origin="observation:capacity",
    )  # fmt: skip


# ---- the whole document ----------------------------------------------------------------------------------------------


def find(scene: Scene) -> list[Observation]:
    """All observations of a document, in the order of the text."""
    out: list[Observation] = []
    headlines: list[int] = []
    starts = [m.start for m in scene.mentions]
    for sentence in scene.sentences:
        drafts = [
            e
            for q in scene.quantities_in(sentence.start, sentence.end)
            if not _inside_name(scene, starts, q) and (d := _draft(scene, q, sentence))
            for e in _of_each(scene, d)
        ]
        subject: Thing | None = None
        period: Period | None = None
        modality: Modality = "actual"
        for draft in _completed(scene, drafts):
            if not draft.metric:
                continue
            subject = _subject(scene, draft, sentence, subject)
            found = _period(scene, draft, sentence)
            own = _modality(scene, draft, sentence, subject, found)
            modality = modality if draft.shares and own in ("actual", "target") else own
            found = _period_of(scene, draft, modality, found)
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


def _of_each(scene: Scene, draft: _Draft) -> list[_Draft]:
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


_EMPTY = frozenset({"", "增速", "增幅", "比重", "占比", "数量", "总量", "比例", "规模"})
_MONEY_OF_COUNTED = frozenset(
    {"总投资", "投资", "总投资额", "计划总投资", "协议投资", "产值", "营收", "投资总额", "协议总投资"}
)


def _completed(scene: Scene, drafts: list[_Draft]) -> list[_Draft]:
    """Metrics that a clause leaves to its neighbour: growth of the level before it, 其中…, shared heads, 各."""
    out: list[_Draft] = []
    for number, draft in enumerate(drafts):
        metric, shares, quantity = draft.metric, False, draft.quantity
        last = out[-1] if out else None
        metric = _head_of_several(scene, drafts, number) or metric
        if metric in _EMPTY and (twin := _respectively(scene, drafts, number)) is not None:
            # `A 21项、B 37项,分别增加4项、9项`
            metric, last = out[twin].metric, out[twin]
        if metric == _UNNAMED:
            # `给予50万元、200万元、500万元奖励`: the last of a list says what all of them are.
            later = (d for d in drafts[number + 1 :] if d.clause == draft.clause and d.metric != _UNNAMED)
            metric = next((d.metric for d in later if d.quantity.unit == quantity.unit), metric)
        if last is not None:
            same_unit = quantity.unit.split("/")[0] == last.quantity.unit.split("/")[0]
            if draft.measure in ("growth", "change", "share", "rank"):
                if metric in _EMPTY:
                    metric, shares = last.metric, True
            elif same_unit and (metric in ("", _UNNAMED) or _is_raised(scene, draft)):
                metric, shares = last.metric, True
                quantity = replace(quantity, unit=last.quantity.unit)
            elif (
                metric in _MONEY_OF_COUNTED and last.quantity.unit == "count" and last.measure == "level"
                and draft.clause[0] - last.clause[1] <= 1 and not scene.mentions_in(*draft.clause)
                and last.metric.endswith(("项目", "企业"))
            ):  # fmt: skip
                # `签约项目12个,总投资86亿元`: the investment is that of the projects.
                metric = f"{last.metric}{metric}"
            metric = _same_kind(scene, last, draft, metric)
        out.append(replace(draft, quantity=quantity, metric=metric, shares=shares))
    return out


_SEVERAL = re.compile(
    r"(?P<heads>(?:[^,。;、和]{2,16}(?:、|和|及)){1,5}[^,。;、]{2,20}?)(?:同比|环比|年均|累计|较上年|比上年)*分别"
)


def _head_of_several(scene: Scene, drafts: list[_Draft], number: int) -> str | None:
    """`外资、民营企业进出口分别增长|5.1%、8.3%`: which head of the list a number belongs to; what the last adds is shared."""
    clause = drafts[number].clause
    start = _list_start(scene, drafts[number].quantity, clause)
    mine = [k for k, d in enumerate(drafts) if d.clause == clause and _list_start(scene, d.quantity, clause) == start]
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


def _respectively(scene: Scene, drafts: list[_Draft], number: int) -> int | None:
    """The draft of the list before whose place in it is that of `number` in its own list, after 分别."""
    clause = drafts[number].clause
    mine = [k for k, d in enumerate(drafts) if d.clause == clause]
    if len(mine) < 2 or "分别" not in scene.text[clause[0] : drafts[number].quantity.start]:
        return None
    theirs = [k for k, d in enumerate(drafts) if k < mine[0] and d.measure == "level" and d.metric]
    if len(theirs) < len(mine):
        return None
    return theirs[len(theirs) - len(mine) + mine.index(number)]


def _same_kind(scene: Scene, last: _Draft, draft: _Draft, metric: str) -> str:
    """`填补空白的新技术21项、新产品37项`: what modifies the first of a list modifies the next."""
    if metric not in cues("generic") or last.clause != draft.clause or last.quantity.unit != draft.quantity.unit:
        return metric
    if scene.text[last.quantity.end : draft.start] not in ("、", "和", "及", "以及"):
        return metric
    head = max((g for g in cues("generic") if last.metric.endswith(g)), key=len, default="")
    return last.metric[: len(last.metric) - len(head)] + metric if head else metric


def _is_raised(scene: Scene, draft: _Draft) -> bool:
    before = scene.text[draft.clause[0] : draft.quantity.start]
    return bool(_RAISED.search(before)) and draft.origin in ("observation:fallback", "observation:time")


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
    measured = "benefit" if draft.benefit else measured_class(draft.metric, draft.quantity.unit)
    return holder(scene, measured, min(draft.start, draft.quantity.start), sentence, last)


# ---- modality and period ---------------------------------------------------------------------------------------------

_INVESTMENT = re.compile(r"(?:总投资|投资总额|计划投资|协议投资|预计投资|投资额|投资)$")
_SPENT = re.compile(r"完成|累计|追加|到位|固定资产|实际|工业投资|民间|设备投资|研发|年度")
_BUILDING = re.compile(r"建筑面积|厂房|车间|生产线|产线|设备|产能|宿舍|载体|实验室|机器人")
_DONE = re.compile(
    r"(?P<before>[^,。;\n]{0,10}?)(?:投产|量产|建成|启用|投入使用|投运|投入运营|竣工|通线|下线|交付使用|开业|运营)(?!后|前|时|仪式|以后|之后|达产)"
)
_NOT_YET = re.compile(r"将|预计|计划|拟|力争|有望|年底前|明年|未|待|争取|确保|加快|推进|推动|即将|可|能|要")
_AFTER_IT = re.compile(r"(?:达产|投产|量产|满产|建成|竣工|运营|扩建|投用|落地)(?:达产|投产|运营)?(?:后|之后|以后)")
_CAPACITY_WORD = re.compile(r"产能|生产能力|设计能力|可容纳")
_HELD = re.compile(r"容纳")
_PAST = re.compile(r"已|目前|现有|截至|去年|上年|以来|完成|实现了|同比|昨|日前|近日")
_PLANS = re.compile(r"计划|拟|规划|将")


def _is_built(scene: Scene, sentence: Sentence, subject: Thing | None) -> bool:
    """Whether the sentence, or the ones beside it that name no other project, say that it stands or runs already."""
    for place in (sentence, *scene.beside(sentence)):
        others = {id(scene.thing(m)) for m in scene.mentions_in(place.start, place.end) if m.type == "project"} - {
            id(subject)
        }
        ours = any(scene.thing(m) is subject for m in scene.mentions_in(place.start, place.end))
        if place is not sentence and (others or not ours):
            continue
        for match in _DONE.finditer(scene.text, place.start, place.end):
            if not _NOT_YET.search(match.group("before")):
                return True
    return False


def _modality(
    scene: Scene, draft: _Draft, sentence: Sentence, subject: Thing | None, period: Period | None
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
        if _cue_pattern("modality", value).search(left):
            return "target" if value == "target" else "forecast"
    if re.search(r"(?:力争|目标|到20\d\d年)[^。;]*$", lead):
        return "target"
    if re.search(r"(?:预计|有望)[^。;]*$", lead) and not _PAST.search(left):
        return "forecast"
    if _cue_pattern("modality", "planned").search(left):
        return "planned"
    if (
        _cue_pattern("modality", "capacity").search(left)
        and "/" in draft.quantity.unit
        and not re.search(r"产值|产量|出货|销量", metric)
    ):
        return "capacity"
    if _BUILDING.search(metric):
        ahead = _PLANS.search(lead) and not _PAST.search(left)
        ours = subject is not None and subject.type == "project" and not _PAST.search(left)
        if ahead or (ours and not _is_built(scene, sentence, subject)):
            return "planned"
    published = scene.published(sentence)
    if period is not None and published is not None and (period[0] or period[1] or "") > published[1]:
        return "target"
    return "actual"


def _chain_start(scene: Scene, sentence: Sentence) -> int:
    """Where the chain of half-sentences (joined by semicolons) begins that a sentence continues: they share a date."""
    mark = max(scene.text.rfind(m, 0, sentence.start) for m in "。!?\n") + 1
    return mark if scene.text[sentence.start - 1 : sentence.start] == ";" else sentence.start


_COMPARED_WITH = re.compile(r"(?:同期|底|末|全年)?(?:水平)?(?:相比|增长|增加|提高|提升|下降|减少|翻|的)")
_COMPARES = re.compile(r"(?:较|比|与|和|同)(?:政策实施)?$")
_NO_PERIOD = re.compile(r"总投资|占地|签约金额|计划投资")
_EVENT = re.compile(
    r"揭牌|成立|投产|启用|开工|签约|落户|举行|发布|建成|通车|开业|上线|挂牌|组建|入驻|竣工|奠基|获批|获评|试点"
)


def _period(scene: Scene, draft: _Draft, sentence: Sentence) -> Period | None:
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
        if (
            _COMPARES.search(text, max(low, period.start - 6), period.start)
            or (rest and _COMPARED_WITH.match(rest) and scene.quantities_in(period.end, at))
            or (draft.measure == "growth" and _COMPARED_WITH.match(rest))
        ):
            continue
        chosen = period
    published = scene.published(sentence)
    now = _cue_pattern("now").search(text, chosen.end if chosen else sentence.start, at)
    if chosen is not None and now and chosen.end <= low and published is not None:
        # `去年底,某中心揭牌,已为17家车企服务`: the date is that of another event.
        told = scene.clause(chosen.start, sentence)
        told_to = scene.clause(chosen.end + 1, sentence)[1] if text[chosen.end : chosen.end + 1] == "," else told[1]
        between = text[chosen.end : min(told_to, low)]
        if _EVENT.search(between) and not scene.quantities_in(chosen.end, told_to):
            return published
    if chosen is not None:
        return (chosen.first.isoformat() if chosen.first else None, chosen.last.isoformat() if chosen.last else None)
    return published if now else None


# What is not there yet is dated only by its own clause.
_UNDATED_AHEAD = re.compile(r"投资|面积|占地|产值|产能")


def _period_of(scene: Scene, draft: _Draft, modality: Modality, period: Period | None) -> Period | None:
    """The period that goes with a modality: capacities have none, plans only one of their own clause."""
    if modality == "capacity":
        return None
    if modality in ("planned", "forecast") and _UNDATED_AHEAD.search(draft.metric):
        own = scene.periods_in(draft.clause[0], draft.quantity.start)
        return period if own else None
    return period
