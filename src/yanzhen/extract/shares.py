"""Percentages and differences: growth, shares of a whole, multiples, changes against an earlier period."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from yanzhen.extract import phrases
from yanzhen.extract.benefits import beneficiary, in_few_words
from yanzhen.extract.drafts import Draft, cue_pattern, list_start

if TYPE_CHECKING:
    from yanzhen.extract.scene import Scene
    from yanzhen.facts.records import Measure
    from yanzhen.quantify import Quantity

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
_COMPARED = re.compile(
    r"(?:不高于|不低于|不超过|不少于|相当于|低于|高于|仅为|仅有|只有|是|不足|不到|超过|达到?|接近|约)(?P<of>(?!目前|现在|去年|上年|今年|当时|最初)[^,。;的]{2,12})的$"
)
# `按设备投资额的|10%|给予补助`
_BY_SHARE = re.compile(r"按照?(?P<of>[^,。;]{2,30}?)的?(?:不超过|最高|最高不超过)?$")
_GIVEN = re.compile(
    r"(?:的?(?:比例|标准))?,?(?:一次性|择优|分期|分年度|每年|额外|再)*(?:给予|予以|进行|发放|兑付|享受)?(?:企业|个人|项目)?(?:最高|一次性|资金)*"
    r"(?P<what>[\u4e00-\u9fff]{0,6}?(?:奖励|补助|补贴|资助|贴息|奖补|返还|扶持|支持|补偿|配套))"
)
_GOES = re.compile(r"(?:左右|以上)?(?:都|均|全)?(?:来自|销往|用于|出口)")
_ARE = re.compile(r"(?:左右|以上)?(?:都|均|全)?(?:是|为|系)")
_COMPARISON = re.compile(
    r"(?:与|和|较|比|同)(?:去年|上年|上一年|前年|年初|同期|去年同期|上年同期|政策实施前|[^,。;]{1,10}?)(?:相比|相较)?(?:,)?(?:增长|增加|提高|提升|下降|减少|多|少|高出|高|低|增)?(?:了|约|近|超)*$"
)


def ratio(scene: Scene, quantity: Quantity, clause: tuple[int, int]) -> Draft | None:
    """Growth, share and multiple; None where a percentage is a level of its own (良率, 利率)."""
    text, low = scene.text, clause[0]
    before = text[low : list_start(scene, quantity, clause)]
    if quantity.unit == "%":
        draft = _share(scene, quantity, clause, before)
        if draft is not None:
            return draft
    doubled = "番" in quantity.text
    for sign in ("-", "+"):
        found = None
        for match in cue_pattern("growth", sign).finditer(before):
            found = match
        if doubled or (found is not None and _ONLY_LINKS.fullmatch(before, found.end())):
            if found is not None and not doubled and _RAISED_TO.search(before[found.start() :]):
                return None
            at = low + (found.start() if found is not None and not doubled else len(before))
            compared = _COMPARISON.search(text, low, at)
            own_end = compared.start() if compared else at
            own = phrases.left(scene, own_end, low) if own_end > low else None
            metric = re.sub(r"(?:同比|环比|增速|增幅|增长率|年均|年复合|数)+$", "", own.text) if own else ""
            if doubled:
                quantity = replace(quantity, value=(quantity.value - 1) * 100, unit="%")
            return Draft(
                quantity, clause, metric, "change" if quantity.unit == "pp" else "growth",
                own.start if own else min(at, quantity.start), quantity.end, negative=sign == "-" and not doubled,
                origin="observation:growth",
            )  # fmt: skip
    if quantity.unit == "x":
        measure: Measure = "growth" if re.search(r"增长|增加", before + quantity.text) else "level"
        own = phrases.left(scene, quantity.start, low)
        return Draft(
            quantity, clause, own.text if own else "", measure, own.start if own else low, quantity.end,
            origin="observation:times",
        )  # fmt: skip
    return None


_ONLY_LINKS = re.compile(r"(?:了|幅度?|速度|率|约|近|将?超过?|将?达到?|为|高达|逾|在|仅|只有|也?均?|分别|至少|最高|,)*")
_RAISED_TO = re.compile(r"(?:提高|提升|增加|上升|增长|下降|降低|回落)(?:到|至)")


def _share(scene: Scene, quantity: Quantity, clause: tuple[int, int], before: str) -> Draft | None:
    text, (low, high) = scene.text, clause
    given = _GIVEN.match(text, quantity.end, min(high + 16, quantity.end + 24))
    by = _BY_SHARE.search(before)
    if by and given:
        return Draft(
            quantity, clause, f"{in_few_words(beneficiary(scene, quantity.start))}{given.group('what')}比例", "share",
            low + by.start(), given.end(), of=by.group("of"), benefit=True, origin="observation:share",
        )  # fmt: skip
    for pattern in (_SHARE, _OF_WHOLE, _COMPARED):
        match = pattern.search(before)
        if match is None:
            continue
        at = low + match.start()
        own = phrases.left(scene, at, low) if at > low else None
        of = (match.group("of") or "").strip("的约近超达到") or None
        return Draft(
            quantity, clause, own.text if own else "", "share", own.start if own else at, quantity.end, of=of,
            origin="observation:share",
        )  # fmt: skip
    behind = re.match(r"的?(?:市场)?份额", text[quantity.end : quantity.end + 6])
    field = _MARKET.search(before) if behind else None
    if behind and field:
        return Draft(
            quantity, clause, field.group("what") + "份额", "share", low + field.start(), quantity.end + behind.end(),
            of=field.group("of"), origin="observation:share",
        )  # fmt: skip
    if _GOES.match(text, quantity.end, high):
        # `九成以上来自岛外`: of what was spoken of before
        return Draft(quantity, clause, "", "share", quantity.start, quantity.end, origin="observation:share")
    are = _ARE.match(text, quantity.end, high)
    what = phrases.right(scene, are.end(), high) if are else None
    if what is not None:
        return Draft(quantity, clause, what.text, "share", quantity.start, what.end, origin="observation:share")
    return None


# `同比增加|9家`, `较上年净增|3.2亿元`
_DIFFERENCE = re.compile(
    r"(?:同比|环比|(?:较|比)(?:去年|上年|上月|上季度|年初|上年末|去年底)(?:同期)?)(?:分别)?(?:多增|少增|增加|减少|净增|缩短|压缩|提前|多|少|增|减)(?:了|约|近|超)*$"
)


def difference(scene: Scene, quantity: Quantity, clause: tuple[int, int]) -> Draft | None:
    low = clause[0]
    match = _DIFFERENCE.search(scene.text[low : list_start(scene, quantity, clause)])
    if match is None:
        return None
    own = phrases.left(scene, low + match.start(), low) if match.start() else None
    return Draft(
        quantity, clause, own.text if own else "", "change", own.start if own else low + match.start(), quantity.end,
        negative=bool(re.search(r"[少减缩]", match.group())), origin="observation:change",
    )  # fmt: skip
