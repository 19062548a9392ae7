"""Reads one quantity around a numeral: number, multiplier, unit, comparators, range, per-unit."""

from __future__ import annotations

import re
from typing import NamedTuple

from yanzhen.quantify.numerals import FORMAL, Numeral, glyphs, numeral_at
from yanzhen.quantify.records import Cmp, Quantity
from yanzhen.quantify.units import Unit, after_at, tables, unit_at

RANGE_SEP = re.compile(r"\s?(?:-{1,2}|—{1,2}|–|―|~{1,2}|～|─|至|到|－)\s?")
FRACTION = re.compile(r"分之")
CLOCK = re.compile(
    r"(?:点(?:钟|半|整|多|左右|许|\d{1,2}分?|[一二三四五六七八九十零]{1,3}分|一刻|三刻)|时(?:\d{1,2}分|[一二三四五六七八九十]{1,3}分|整|许|半|至)?(?![代间候空尚刻]|段)|:\d\d(?::\d\d)?)"
)
TENS = re.compile(
    r"成(?:(?P<d>[一二三四五六七八九半])(?![十百千万亿个家年]))?(?![立功果长为本员都绩品交人年效分就套熟型渝语像语份群片串])"
)
DISCOUNT = re.compile(r"折(?![线叠页射旧返腾合弯损桥叠扣中])")
LIFE_CIRCLE = re.compile(r"[^,。;\d]{0,9}(?:圈|循环圈)")
PLAIN_AFTER = frozenset("的与和或及且并间之以小大高低最是只比在到至等吗呢吧了而则时就才也都不后前上下中里内")
CONTRAST = re.compile(r"[不而却这那]是")
PLAIN_BEFORE = frozenset("是为有等于到至负约近超达和与或及得共计满比从在即成数")
SCORE_JOIN = frozenset("+×*")
FOLLOWS_BARE = re.compile(
    r"级|规模|产业|集群|园区|企业|能级|量级|体量|项目|俱乐部|县|区|市场|市值|赛道|基金|产值|投资|目标|蓝海|链|镇|板块|新城|大关|门槛|元"
)


class Reading(NamedTuple):
    """A quantity, or None, and where the reader may go on."""

    quantity: Quantity | None
    end: int


def _cjk(ch: str) -> bool:
    return "\u4e00" <= ch <= "\u9fff"


def _latin(ch: str) -> bool:
    return ("a" <= ch <= "z") or ("A" <= ch <= "Z")


class _Value(NamedTuple):
    low: float
    high: float
    end: int
    vague: bool
    numeral: Numeral


def _value_at(text: str, at: int) -> _Value | None:
    """A numeral with what sticks to it: 多, 余, k, w."""
    numeral = numeral_at(text, at)
    if numeral is None:
        return None
    low, high, vague = numeral.low, numeral.high, numeral.vague
    end = at + numeral.used
    ch = text[end : end + 1]
    if ch == "个" and not numeral.big and low < 10_000 and (match := GE_BIG.match(text, end)) is not None:
        factor = glyphs().big[match["big"]]
        money = unit_at(text, match.end())
        follow = text[match.end() : match.end() + 1]
        if (
            not _cjk(follow)
            or follow in "的左以多吧了"
            or (money is not None and money[0].symbol not in ("CNY", "count"))
        ):
            return _Value(low * factor, high * factor, match.end(), vague, numeral._replace(big=True, scale=factor))
    if (ch in "kw" and ch and numeral.arabic and not text[end + 1 : end + 2].isalnum()) or (
        ch in "kw" and ch and numeral.arabic and _cjk(text[end + 1 : end + 2])
    ):
        low, high = low * (1e3 if ch == "k" else 1e4), high * (1e3 if ch == "k" else 1e4)
        end += 1
    elif ch == "^" and numeral.arabic:
        power = re.compile(r"\^[-+]?\d{1,2}(?!\d)").match(text, end)
        if power is not None and low:
            try:
                low = high = low ** int(power.group()[1:])
            except OverflowError:
                return None
            end = power.end()
    elif ch and ch in glyphs().more:
        follow = text[end + 1 : end + 2]
        if ch == "来" and not (follow and unit_at(text, end + 1)):
            return _Value(low, high, end, vague, numeral)
        if (
            ch == "多"
            and follow in ("样", "元", "方", "边", "种", "数", "功", "式", "层")
            and follow != "元"
            and not numeral.arabic
            and low < 10
        ):
            return _Value(low, high, end, vague, numeral)
        vague = True
        end += 1
    return _Value(low, high, end, vague, numeral)


def _money_before(text: str, at: int) -> tuple[str, int] | None:
    t = tables()
    end = at
    while end and text[end - 1] == " " and at - end < 2:
        end -= 1
    if end == 0 or (text[end - 1] not in t.money_ends):
        return None
    for size in range(min(t.money_before_size, end), 0, -1):
        code = t.money_before.get(text[end - size : end])
        if code is not None:
            if _latin(text[end - size]) and end > size and _latin(text[end - size - 1]):
                continue
            return code, end - size
    return None


def _cmp_before(text: str, at: int, bare: bool, big: bool) -> tuple[Cmp, int] | None:
    """The comparator that ends at `at` and where it starts."""
    t = tables()
    for size in range(min(t.before_size, at), 0, -1):
        word = text[at - size : at]
        cmp = t.before.get(word)
        if cmp is None:
            continue
        prior = text[at - size - 1 : at - size]
        if size == 1 and prior and not _one_char_cmp(word, prior, bare, big):
            continue
        if size == 1 and word == "上" and not bare:
            continue
        return cmp, at - size  # type: ignore[return-value]
    return None


def _one_char_cmp(word: str, prior: str, bare: bool, big: bool) -> bool:
    if word == "上":
        return bare and prior not in "以迈跨站登踏跃升"
    if word == "过":
        return (bare or big or prior in "比率额数") and prior not in "通经不超渡"
    if word == "约":
        return prior not in "节签合预契条公邀违履制特守"
    if word == "近":
        return prior not in "附邻靠最临走"
    if word == "超":
        return prior not in "赶高反"
    return True


_LINKS = frozenset("了为有是达在")
_LINK_WORDS = ("需要", "达到", "占到", "可以")
_MORE, _LESS = frozenset("大高多长"), frozenset("小低少短")


def _compared(text: str, start: int, end: int, cmp: Cmp) -> Cmp:
    """比5%高, 比170低: what the number is compared with is itself the bound."""
    after = text[end : end + 1]
    if cmp != "=" or text[start - 1 : start] != "比" or not after:
        return cmp
    return ">" if after in _MORE else "<" if after in _LESS else cmp


def _cmp_left(text: str, at: int, floor: int, numeral: Numeral) -> tuple[Cmp, int]:
    """The comparator before a number: next to it (and then part of the phrase), or farther off in the clause."""
    t = tables()
    cmp: Cmp = "="
    start = at
    found = _cmp_before(text, at, numeral.bare, numeral.big)
    if found is None and at and text[at - 1] in _LINKS:
        found = _cmp_before(text, at - 1, numeral.bare, numeral.big)
        if found is not None and at - 1 - found[1] < 2:
            found = None
    if found is None:
        for link in _LINK_WORDS:
            if text.endswith(link, 0, at):
                found = _cmp_before(text, at - len(link), numeral.bare, numeral.big)
    if found is not None and found[1] >= floor:
        cmp, start = found
        further = _cmp_before(text, start, numeral.bare, numeral.big)
        if further is not None and further[1] >= floor and start - further[1] > 1:
            if cmp == "=" or further[0] in ("<=", ">="):
                cmp = further[0]
            start = further[1]
    if start:
        window = text[max(floor, start - 16) : start]
        if window and not t.far_first.isdisjoint(window):
            if window[-1] in "的之":
                match = t.share_far.search(window)
            else:
                match = t.far.search(window) if cmp in ("=", "~") else None
            if match is not None and _far_stands(window, match):
                cmp = t.far_of[match["cue"]]  # type: ignore[assignment]
    return cmp, start


def _far_stands(window: str, match: re.Match[str]) -> bool:
    cue, rest = match["cue"], window[match.end("cue") :]
    if len(cue) == 1 and match.start() and not _one_char_cmp(cue, window[match.start() - 1], False, False):
        return False
    return not rest.startswith(tables().far_unless)


_AFTER_YUAN = frozenset("钱多以左上一二两三四五六七八九半的了到至和与起就买卖每不")
_SAID_BETWEEN = re.compile(r"[^,。;:、!?\n\d]{1,12}")
_MINUS = re.compile(r"[-−]|负的?|零下")


def _ends(sign: float, low: float, top: float | None) -> tuple[float, float | None]:
    """Low and high end once the sign is put before both."""
    if top is None:
        return sign * low, None
    return (low, top) if sign > 0 else (-top, -low)


def _signed(text: str, at: int, floor: int) -> tuple[float, int]:
    """Minus sign or word before a number: factor and where it starts."""
    if at <= floor:
        return 1.0, at
    ch = text[at - 1]
    if ch in "-−－":
        prior = text[at - 2 : at - 1]
        if prior == "" or not (prior.isalnum() or prior in ")]-%_") or _cjk(prior):
            return -1.0, at - 1
    elif ch == "负":
        if text[at - 2 : at - 1] not in "担肩背自胜抱辜减欠":
            return -1.0, at - 1
        if at == 1:
            return -1.0, 0
    elif (ch == "的" and text[at - 2 : at - 1] == "负") or (ch == "下" and text[at - 2 : at - 1] == "零"):
        return -1.0, at - 2
    return 1.0, at


def _fraction_at(text: str, first: _Value) -> tuple[float, float, int] | None:
    """百分之十二, 三分之一, 千分之五: the share in per cent (low, high) and where it ends."""
    end = first.end
    if text.startswith("分之", end):
        over = first.low
        begin = end + 2
    elif text.startswith("个分之", end):
        over, begin = first.low, end + 3
    elif (
        first.numeral.bare
        and first.low == 100
        and text.startswith("分", end)
        and not text.startswith(("分点", "分比", "分数", "分制"), end)
    ):
        over, begin = 100.0, end + 1
    else:
        return None
    minus = 1.0
    if text.startswith("负", begin):
        minus, begin = -1.0, begin + 1
    second = _value_at(text, begin) if begin < len(text) else None
    if second is None or over == 0:
        if text.startswith(("几", "零点几"), begin):
            return None
        return None
    return minus * second.low / over * 100, minus * second.high / over * 100, second.end


def _mixed_at(text: str, first: _Value) -> tuple[float, int] | None:
    """三又二分之一: the number and where it ends."""
    if not text.startswith("又", first.end) or first.end + 1 >= len(text):
        return None
    second = _value_at(text, first.end + 1)
    share = _fraction_at(text, second) if second is not None else None
    return (first.low + share[0] / 100, share[2]) if share is not None else None


_SLASH = re.compile(r"/(\d{1,4})(?![\d/.年月日%])")
_WHOLE_SLASH = re.compile(r" (\d{1,3})/(\d{1,3})(?![\d/.年月日%])")


def _slash_at(text: str, at: int, first: _Value) -> tuple[float, int] | None:
    """3/4 and 1 1/2 as a number and where it ends; 12/1 may be a day and is left alone."""
    whole = _WHOLE_SLASH.match(text, first.end) if text[at : first.end].isdigit() else None
    if whole is not None and int(whole[2]) > 1:
        return first.low + int(whole[1]) / int(whole[2]), whole.end()
    match = _SLASH.match(text, first.end) if first.numeral.arabic else None
    if match is None or int(match[1]) < 2 or text[at - 1 : at] == "/" or first.low != int(first.low):
        return None
    return first.low / int(match[1]), match.end()


def _sub_money(text: str, end: int, code: str) -> tuple[float, int]:
    """What follows the yuan: 3元5角2分."""
    t = tables()
    extra = 0.0
    tenth = glyphs().digit.get(text[end : end + 1])
    if text[end - 1] == "块" and tenth is not None and not _cjk(text[end + 1 : end + 2]):
        return tenth / 10, end + 1  # 三块五
    for _ in range(2):
        at = end + 1 if text.startswith("又", end) else end
        value = _value_at(text, at) if at < len(text) else None
        if value is None or value.low >= 100 or value.vague:
            break
        for word in (text[value.end : value.end + 3], text[value.end : value.end + 2], text[value.end : value.end + 1]):
            sub = t.subunits.get(word)
            if sub is not None and word:
                break
        else:
            break
        if sub is None or (sub[0] != code and word not in ("角", "分", "毛")):
            break
        extra += value.low * sub[1]
        end = value.end + len(word)
        if text.startswith("钱", end):
            end += 1
    return extra, end


def _per_unit(text: str, end: int) -> tuple[str, int] | None:
    """/亩, 每平方米, /年 after a unit."""
    t = tables()
    ch = text[end : end + 1]
    if ch and ch in "/每":
        at = end + 1
    elif ch == "(" and (match := re.compile(r"\([一-龥]{1,2}\)/").match(text, end)) is not None:
        at = match.end()
    else:
        return None
    for size in (2, 1, 3):
        word = text[at : at + size]
        if word in t.per and not (size < 2 and text[at : at + 2] in t.per):
            return t.per[word], at + size
    found = unit_at(text, at)
    if found is None:
        return None
    unit, stop = found
    return "kWh" if unit.symbol == "度" else unit.symbol, stop


def _rate(text: str, start: int, kind: str) -> tuple[str, int] | None:
    """年产…, 月产…, 每亩… before a number: what it is per, and where the phrase starts."""
    if kind not in ("measure", "noun", "size", "money"):
        return None
    t = tables()
    window = text[max(0, start - 24) : start]
    if not window:
        return None
    each = window.rfind("每")
    if each >= 0:
        found = unit_at(window, each + 1)
        if found is not None and found[0].kind == "size":
            if found[1] == len(window):
                return found[0].symbol, start - len(window) + each
            # 每亩投资不低于300万元; one character may be another word (每升级一次, 每方出资)
            named = found[1] - each > 2 or window[each + 1] in "亩吨"
            if named and _SAID_BETWEEN.fullmatch(window, found[1]) is not None:
                return found[0].symbol, start
    if kind == "money":
        return None
    match = t.rate.search(window) if not t.rate_first.isdisjoint(window) else None
    if match is None:
        return None
    word = match["once"] or match["reach"]
    return t.rate_of[word], start


def _blocked(text: str, at: int, value: _Value) -> bool:
    """A number that is part of a name, a code, a clock time or a telephone number."""
    end = value.end
    before = text[at - 1 : at]
    ch = text[end : end + 1]
    if ch and ch in ":∶" and text[end + 1 : end + 2].isdigit():
        return True
    return bool(before and before in ":∶" and at > 1 and text[at - 2].isdigit())


CODE_BEFORE = re.compile(
    r"(?:电话|热线|手机|传真|邮编|邮政编码|QQ|账号|帐号|证号|编号|代码|信箱|微信号?|学号|卡号|号码|许可证|备案号?|ICP备|网安备|订单号|拨打|致电|尾号|身份证号?|区号|分机|文号|条码|批号|车牌)(?:是|为|:|号)?\s?[A-Za-z]{0,3}\s?[(\d-]*$"
)
# 两个亿: never before a thing, for 三个万亿级集群 are three.
GE_BIG = re.compile(r"个(?P<big>[万亿])")
DOTTED = re.compile(r"·\d{1,3}(?!\d|万|亿|%|个百分|倍)")
ENUMERATOR = re.compile(r"[.、)](?!\d)")


def _name_like(text: str, at: int, value: _Value, unit: Unit | None) -> bool:
    """Whether Latin letters, joints or codes around make the figure part of a name."""
    numeral = value.numeral
    before = text[at - 1 : at]
    after = text[value.end : value.end + 1]
    if (before and _latin(before)) or before in ("_", "#", "@", "№"):
        return not (unit is not None and (numeral.big or unit.kind in ("money", "share")))
    if before and before in "-–" and at > 1 and (_latin(text[at - 2]) or text[at - 2].isdigit()):
        return True
    if before == " " and at > 1 and unit is None and _latin(text[at - 2]):
        return True
    if (
        before == "."
        and at > 1
        and (text[at - 2].isdigit() or (_cjk(text[at - 2]) and text[at - 2] not in glyphs().digit))
    ):
        return True
    if unit is None:
        if after and (_latin(after) or after in "_@#"):
            return True
        if after and after == "-" and value.end + 1 < len(text) and (_latin(text[value.end + 1])):
            return True
        if (before and before in SCORE_JOIN) or (after and after in SCORE_JOIN):
            return True
        if before == "/" or (after == "/" and not numeral.big):
            return True
        if before in {"〔", "["} or (before == "(" and after == ")"):
            return True
        if before == "." and at > 1:
            return True
    return False


def _bare_stands(text: str, at: int, value: _Value, run_start: int) -> bool:
    """Whether a numeral without unit counts as a number of its own."""
    numeral = value.numeral
    end = value.end
    before = text[run_start - 1 : run_start]
    after = text[end : end + 1]
    digits = end - at
    if numeral.arabic:
        if after and _cjk(after) and after not in PLAIN_AFTER and after not in glyphs().digit:
            return numeral.big and not numeral.bare
        if digits >= 9 and text[at:end].isdigit():
            return False
        if (
            ENUMERATOR.match(text, end)
            and (before in ("", "\n", "。", ";", "("))
            and digits <= 2
            and end + 1 < len(text)
        ):
            return False
        if text[at:end].isdigit() and digits == 4 and 1900 <= value.low <= 2100:
            return False
        return not (before and before in "〔[№")
    if numeral.bare and not numeral.big:  # 百三 is 130 where nothing else is near
        return digits == 2 and text[end - 1] not in "十百千" and not _cjk(before) and not _cjk(after)
    if digits == 1 and text[at] in FORMAL and ((before and _cjk(before)) or (after and _cjk(after))):
        return False  # 拾, 陆 and the like are words before they are figures
    if not (numeral.big or numeral.scale >= 10 or digits > 1):  # 一 to 九
        left = before == "" or not _cjk(before) or before in PLAIN_BEFORE
        right = after == "" or not (_cjk(after) or after in "、.)")
        return left and (right or (before in ("是", "为") and CONTRAST.match(text, end) is not None))
    if after and _cjk(after) and after not in PLAIN_AFTER:
        return numeral.big and not numeral.bare
    if after == "、" and before in ("", "\n"):
        return False
    return not (
        numeral.scale == 1.0
        and not numeral.big
        and numeral.low < 20
        and before
        and _cjk(before)
        and before not in PLAIN_BEFORE
    )


def rank_at(text: str, at: int) -> Reading:
    """第五位, 排名第五: `at` is the 第. A plain ordinal (第五批) gives no quantity."""
    t = tables()
    value = _value_at(text, at + 1)
    if value is None:
        return Reading(None, at + 1)
    end = value.end
    high: float | None = value.high if value.high != value.low else None
    joint = RANGE_SEP.match(text, end)
    if joint is not None and joint.end() < len(text):
        second = _value_at(text, joint.end())
        if second is not None and second.low > value.low and text[second.end : second.end + 1] in ("位", "名"):
            high, end = second.low, second.end  # 第1-3名
    after = text[end : end + 1]
    window = text[max(0, at - 16) : at]
    placed = False
    if after and after in "位名":
        end += 1
        placed = not (after == "名" and text[end : end + 1] == "额")
    elif (t.rank_cue.search(window) is not None and _closes(text, end)) or (
        t.rank_scope.search(window) is not None and _closes(text, end) and value.low > 0
    ):
        placed = True
    if not placed or value.vague:
        unit = unit_at(text, end)
        return Reading(None, unit[1] if unit is not None else end)
    return Reading(Quantity(value.low, high, "rank", "=", at, end, text[at:end]), end)


def top_at(text: str, at: int) -> Reading:
    """位居全省首位, 荣登榜首: `at` is the 首 or 榜 of a first place; 放在首位 is none."""
    end = at + 2
    if tables().rank_top.search(text[max(0, at - 16) : at]) is None or text.startswith(("首位度", "首位席"), at):
        return Reading(None, end)
    return Reading(Quantity(1.0, None, "rank", "=", at, end, text[at:end]), end)


def _closes(text: str, end: int) -> bool:
    """Whether an ordinal ends there: 排名第五, but not 第五批."""
    unit = tables().units.get(text[end : end + 1])
    return not text.startswith(tables().ordinal_unless, end) and (unit is None or unit.kind != "measure")


def places_at(text: str, at: int) -> Reading | None:
    """跻身前十, 位列全国前3位: `at` is the 前."""
    t = tables()
    value = _value_at(text, at + 1)
    if value is None or value.vague or value.low > 1000:
        return None
    if t.rank_cue.search(text[max(0, at - 16) : at]) is None:
        return None
    end = value.end
    if text.startswith(("位", "名", "强"), end):
        end += 1
    elif not (end >= len(text) or not _cjk(text[end]) or text[end] in "的行之"):
        return None
    return Reading(Quantity(value.low, None, "rank", "<=", at, end, text[at:end]), end)


DOUBLE = re.compile(r"翻(?:了|上)?(?P<cmp>近|约|超|不止)?(?P<n>[一两二三四五六\d])?(?P<u>番|翻|倍)(?![译新修阅倒盘云])")


def double_at(text: str, at: int) -> Reading | None:
    """翻一番, 翻两番, 翻番, 翻倍."""
    match = DOUBLE.match(text, at)
    if match is None:
        return None
    n = numeral_at(match["n"], 0) if match["n"] else None
    times = int(n.low) if n else 1
    value = float(2**times) if match["u"] != "倍" else float(2 if times == 1 else times)
    cmp: Cmp = {"近": "~", "约": "~", "超": ">", "不止": ">"}.get(match["cmp"] or "", "=")  # type: ignore[assignment]
    start = at
    found = _cmp_before(text, at, False, False)
    if found is not None and cmp == "=":
        cmp, start = found
    end = match.end()
    tail = after_at(text, end)
    if tail is not None and tail[0] == ">=":
        cmp, end = ">=", tail[1]
    return Reading(Quantity(value, None, "x", cmp, start, end, text[start:end]), end)


HALF_UNITS = {
    "年": "year",
    "天": "day",
    "个月": "month",
    "小时": "hour",
    "个小时": "hour",
    "个多月": "month",
    "个工作日": "workday",
    "月": "month",
    "分钟": "minute",
    "日": "day",
    "个世纪": "",
}


# 过半年, 超半径: half of something said, not half of all.
_HALF_OF = tuple("年天个小月日分场程生途径成导圆球山路价数")


def half_off_at(text: str, at: int) -> Reading:
    """打对折 and 半折: half the price."""
    end = at + 2
    if DISCOUNT.match(text, at + 1) is None or (text[at] == "对" and text[at - 1 : at] != "打"):
        return Reading(None, end)
    return Reading(Quantity(50.0, None, "%", "=", at, end, text[at:end]), end)


def half_at(text: str, at: int, floor: int) -> Reading | None:
    """一半, 半数, 过半, 半年 and 半小时: `at` is the 半."""
    start = at
    end = at + 1
    if text.startswith("折", end):
        return half_off_at(text, at)
    if text.startswith("成", end) and TENS.match(text, end) is not None:
        cmp_, start = _cmp_before(text, at, False, False) or ("=", at)
        return Reading(Quantity(5.0, None, "%", cmp_, start, end + 1, text[start : end + 1]), end + 1)
    if at and text[at - 1] == "一" and at - 1 >= floor:
        start = at - 1
    elif text.startswith("数", end):
        end += 1
    elif at and text[at - 1] in "过近超" and not text.startswith(_HALF_OF, end):
        cmp: Cmp = "~" if text[at - 1] == "近" else ">"
        return Reading(Quantity(50.0, None, "%", cmp, at - 1, end, text[at - 1 : end]), end)
    else:
        for size in (4, 3, 2, 1):
            unit = HALF_UNITS.get(text[end : end + size])
            if unit and not text.startswith(("年报", "年度", "天然", "日制"), end):
                end += size
                if text[at - 1 : at] in ("上", "下", "前", "后", "大", "小", "多", "个", "年", "天", "每"):
                    return None
                break
        else:
            return None
        if LIFE_CIRCLE.match(text, end) is not None:
            return None
        found = _cmp_before(text, at, False, False)
        cmp_, start = found if found is not None else ("=", at)
        tail = after_at(text, end)
        if tail is not None and cmp_ == "=":
            cmp_, end = tail  # type: ignore[assignment]
        return Reading(Quantity(0.5, None, unit or "", cmp_, start, end, text[start:end]), end)
    numeral = Numeral(50, 50, end - start, False, False, 1.0, False, False)
    cmp2, begin = _cmp_left(text, start, floor, numeral)
    if text[start - 1 : start] == "过" and begin == start:
        cmp2, begin = ">", start - 1
    tail = after_at(text, end)
    if tail is not None and cmp2 == "=":
        cmp2, end = tail  # type: ignore[assignment]
    return Reading(Quantity(50.0, None, "%", cmp2, begin, end, text[begin:end]), end)


def _unit_after(text: str, end: int, value: _Value) -> tuple[Unit, int] | None:
    """The unit right after a number, a single space allowed; rejects look-alikes."""
    at = end + 1 if text.startswith(" ", end) else end
    found = unit_at(text, at)
    if found is None:
        return None
    unit, stop = found
    word = text[at:stop]
    if at != end and not (
        unit.kind in ("size", "time", "share", "money") and (word[0].isascii() or value.numeral.arabic)
    ):
        return None
    follow = text[stop : stop + 1]
    if word == "块" and unit.kind == "money" and _cjk(follow) and follow not in _AFTER_YUAN:
        unit = Unit("count", "measure")  # 一块屏, 三块试验田
    if len(word) == 1:
        if not _single_stands(word, follow, value):
            return None
    elif unit.kind == "noun" and not value.numeral.arabic and value.low == 1:
        return None
    return unit, stop


def _single_stands(word: str, follow: str, value: _Value) -> bool:
    """A one-character unit is none where it begins another word: 3天津, 5米其林, 四方面."""
    if follow and follow in tables().not_followed.get(word, ""):
        if word == "项" and follow == "目":
            return value.low != 1 or value.numeral.arabic
        if (word == "元" and follow == "年") or (word == "大" and follow in "专型会" and value.low > 1):
            return word == "大" and value.low > 1 and follow != "会"
        return False
    if word in "省县镇乡区国市" and (value.numeral.arabic and value.low > 400):
        return False
    if word == "大":
        return bool(follow) and _cjk(follow) and not value.numeral.big
    if word == "块" and value.numeral.bare:
        return False
    return not (word in "平方尺丈" and not value.numeral.arabic and not value.numeral.big and value.low < 10)


def quantity_at(text: str, at: int, floor: int) -> Reading:
    """The quantity whose numeral begins at `at`, or none, and where reading goes on.

    `floor` is the end of what was read before: the phrase never reaches back over it.
    """
    value = _value_at(text, at)
    if value is None:
        return Reading(None, at + 1)
    numeral = value.numeral
    end = value.end
    if text[end : end + 1] == "·" and numeral.arabic and (dotted := DOTTED.match(text, end)) is not None:
        return Reading(None, dotted.end())  # “6·18” is the name of a day
    clock = CLOCK.match(text, end)
    if clock is not None and value.low <= 24 and not numeral.big and value.low == int(value.low):
        return Reading(None, clock.end())
    if _blocked(text, at, value):
        return Reading(None, end)
    share = _fraction_at(text, value)
    if share is not None:
        return _share(text, at, floor, value, share)
    slash = _slash_at(text, at, value)
    if slash is not None and slash[0] < 1:  # 1/3 is a share like 三分之一
        return _share(text, at, floor, value, (slash[0] * 100, slash[0] * 100, slash[1]))
    mixed = _mixed_at(text, value) or slash
    if mixed is not None:
        sign, start = _signed(text, at, floor)
        cmp, start = _cmp_left(text, start, floor, numeral)
        return Reading(Quantity(sign * mixed[0], None, "", cmp, start, mixed[1], text[start : mixed[1]]), mixed[1])
    ch = text[end : end + 1]
    if ch and value.high <= 10 and (joint := RANGE_SEP.match(text, end)) is not None and joint.end() < len(text):
        second = _value_at(text, joint.end())  # 六至七成
        if second is not None and value.low < second.high <= 10:
            tenths = TENS.match(text, second.end)
            if tenths is not None:
                return _tenths(text, at, floor, second._replace(low=value.low), tenths)
    if ch == "成" and value.low <= 10:
        tenths = TENS.match(text, end)
        if tenths is None and text.startswith("成为", end) and _cmp_before(text, at, False, False) is not None:
            tenths = re.compile("成(?P<d>(?!))?").match(text, end)  # 近八成为民营企业
        if tenths is not None:
            return _tenths(text, at, floor, value, tenths)
    if ch == "折" and DISCOUNT.match(text, end) is not None and value.low < 100 and value.low != 10:
        percent = value.low * 10 if value.low < 10 else value.low
        cmp, start = _cmp_left(text, at, floor, numeral)
        return Reading(Quantity(percent, None, "%", cmp, start, end + 1, text[start : end + 1]), end + 1)
    if (
        ch == "打"
        and not numeral.bare
        and (end + 1 >= len(text) or text[end + 1] not in "造通破开击赢响好下算卡工捞基包磨断动二三")
    ):
        return Reading(Quantity(value.low * 12, None, "count", "=", at, end + 1, text[at : end + 1]), end + 1)
    return _measured(text, at, floor, value)


def _share(text: str, at: int, floor: int, value: _Value, share: tuple[float, float, int]) -> Reading:
    low, high, end = share
    sign, start = _signed(text, at, floor)
    top: float | None = high if high != low else None
    match = RANGE_SEP.match(text, end)
    if match is not None and match.end() < len(text):
        second = _value_at(text, match.end())
        if second is not None:
            other = _fraction_at(text, second)
            if other is not None and other[1] > low:
                top, end = other[1], other[2]
            elif (
                value.low == 100
                and low < second.high <= 1000
                and (unit_at(text, second.end) is None)
                and not text.startswith("个百分点", second.end)
            ):
                top, end = second.high, second.end
    cmp, start = _cmp_left(text, start, floor, value.numeral)
    if text[end : end + 1] in ("多", "余", "强", "弱") and not text.startswith("强国", end):
        cmp = "<" if text[end] == "弱" else ">"
        end += 1
    tail = after_at(text, end)
    if tail is not None and tail[0] != ">":
        cmp = tail[0] if cmp == "=" else cmp  # type: ignore[assignment]
        end = tail[1]
    cmp = _compared(text, start, end, cmp)
    return Reading(Quantity(*_ends(sign, low, top), "%", cmp, start, end, text[start:end]), end)


def _tenths(text: str, at: int, floor: int, value: _Value, match: re.Match[str]) -> Reading:
    extra = 0.0
    if match["d"]:
        found = numeral_at(match["d"], 0) if match["d"] != "半" else None
        extra = found.low if found else 5.0
    low, high = value.low * 10 + extra, value.high * 10 + extra
    cmp, start = _cmp_left(text, at, floor, value.numeral)
    end = match.end()
    if text.startswith("多", end):
        cmp, end = ">", end + 1
    tail = after_at(text, end)
    if tail is not None:
        cmp = tail[0] if cmp == "=" else cmp  # type: ignore[assignment]
        end = tail[1]
    top = high if high != low else None
    sep = RANGE_SEP.match(text, end)
    if sep is not None and sep.end() < len(text):
        second = _value_at(text, sep.end())
        if (
            second is not None
            and second.low <= 10
            and TENS.match(text, second.end) is not None
            and second.low * 10 > low
        ):
            top, end = second.high * 10, second.end + 1
    return Reading(Quantity(low, top, "%", cmp, start, end, text[start:end]), end)


def _measured(text: str, at: int, floor: int, value: _Value) -> Reading:
    """Number and unit, perhaps a range, perhaps per something."""
    t = tables()
    numeral = value.numeral
    end = value.end
    low, high, vague = value.low, value.high, value.vague
    found = _unit_after(text, end, value)
    named = t.not_after.match(text, end)
    if named is not None and (found is None or named.end() > found[1]):
        skip = not (numeral.big and named.group() in ("级", "型"))
        if skip:
            return Reading(None, named.end())
    unit = found[0] if found else None
    if _name_like(text, at, value, unit):
        before = _money_before(text, at)
        if before is None:
            return Reading(None, found[1] if found else end)
    if unit is not None and found is not None:
        end = found[1]
    money = _money_before(text, at)
    start = at
    if money is not None and money[1] >= floor and (unit is None or unit.kind == "money"):
        code, start = money
        if unit is None or unit.symbol in ("CNY", code):
            unit = Unit(code, "money")
    sign, start = _signed(text, start, floor)
    # A range: 3至5家, 200万到300万元, 3%-5%.
    sep = RANGE_SEP.match(text, end)
    if sep is None and text.startswith("(含)", end):
        sep = RANGE_SEP.match(text, end + 3)
    top: float | None = high if high != low else None
    if sep is not None and sep.end() < len(text):
        ranged = _range(text, sep.end(), value, unit, found is not None, sign)
        if ranged is not None:
            low, top, unit, end = ranged
            vague, sign = False, 1.0
    elif unit is not None and text[end : end + 1] in ("与", "和") and end + 1 < len(text):
        ranged = _range(text, end + 1, value, unit, True, sign)
        if ranged is not None and text.startswith("之间", ranged[3]):
            low, top, unit, end = ranged
            vague, sign = False, 1.0
    elif unit is None and text[end : end + 1] in ("与", "和") and text[end : end + 1]:
        second = _value_at(text, end + 1) if end + 1 < len(text) else None
        ranged = _range(text, end + 1, value, None, False, sign)
        if ranged is not None and text.startswith(("间", "之间"), ranged[3]):
            low, top, unit, end = ranged
            sign = 1.0
        elif second is not None and second.high > sign * low and text.startswith("间", second.end):
            low, top, end, sign = sign * low, second.high, second.end, 1.0
    if unit is None:
        return _unitless(text, at, start, floor, value, low, top, end, sign)
    if numeral.bare and top is None and not _bare_with_unit(text, at, end, numeral, unit, vague):
        return Reading(None, end)
    if unit.kind == "money" and top is None:
        extra, end = _sub_money(text, end, unit.symbol)
        low += extra
        if text[end : end + 1] == "整" and not text.startswith(("整体", "整个", "整合", "整治"), end):
            end += 1
        elif text.startswith("人民币", end):
            end += 3
    symbol = unit.symbol
    if (
        text[end : end + 1] == "半"
        and unit.kind in ("size", "time", "age", "measure")
        and text[end + 1 : end + 2] not in ("导", "成", "径", "球", "岛")
    ):
        if not (text.startswith(("半年", "半天"), end)) or unit.kind == "time":
            low += 0.5
            end += 1
            if unit.kind == "measure" and (nested := unit_at(text, end)) is not None and nested[0].kind == "time":
                unit, end = nested
                symbol = unit.symbol
    if text[end : end + 1] in ("多", "余") and unit.kind in ("size", "time", "money", "share") and text[end : end + 1]:
        vague, end = True, end + 1
    per = _per_unit(text, end)
    if per is not None:
        symbol, end = f"{symbol}/{per[0]}", per[1]
    else:
        rate = _rate(text, start, unit.kind)
        if rate is not None:
            if rate[1] < start and rate[1] >= floor:
                start = rate[1]
            symbol = f"{symbol}/{rate[0]}"
    if unit.kind == "time" and LIFE_CIRCLE.match(text, end) is not None and low <= 90:
        return Reading(None, end)
    return _finish(text, start, end, floor, numeral, *_ends(sign, low, top), symbol, vague, unit)


def _bare_with_unit(text: str, at: int, end: int, numeral: Numeral, unit: Unit, vague: bool) -> bool:
    """百家 counts nothing (百家争鸣); 上百家, 百余家, 百亿元 and 亿元以上 do."""
    if vague or _cmp_before(text, at, True, numeral.big) is not None or after_at(text, end) is not None:
        return True
    return (numeral.used > 1 and numeral.low >= 1e5) or (numeral.used > 1 and unit.kind == "money")


def _range(
    text: str, at: int, first: _Value, unit: Unit | None, first_has_unit: bool, sign: float
) -> tuple[float, float, Unit | None, int] | None:
    """The second half of a range at `at`: low, high (signs applied; `sign` is that of the first), unit, end."""
    money = None
    minus = 1.0
    if (sign_word := _MINUS.match(text, at)) is not None:
        minus, at = -1.0, sign_word.end()
        if at >= len(text):
            return None
    for word in ("人民币", "US$", "$", "¥", "约"):
        if text.startswith(word, at):
            money, at = word, at + len(word)
            break
    second = _value_at(text, at) if at < len(text) else None
    if second is None or (second.numeral.bare and not first.numeral.bare):
        return None
    found = _unit_after(text, second.end, second)
    end = second.end
    if found is not None:
        if (
            unit is not None
            and first_has_unit
            and found[0].kind != unit.kind
            and not (found[0].kind in ("measure", "noun") and unit.kind in ("measure", "noun"))
        ):
            return None
        if unit is None or not first_has_unit:
            unit = found[0] if money is None or unit is None else unit
        elif unit.symbol != found[0].symbol:
            return None
        end = found[1]
    elif (
        (unit is not None and first_has_unit)
        or (text[second.end : second.end + 1] and text[second.end] in "年月日号")
        or _latin(text[second.end : second.end + 1] or " ")
    ):
        return None
    low, high = first.low, second.high
    scale = second.numeral.scale
    if first.low >= 10 and not second.numeral.arabic:
        # 十八至三十万 share 万 alone, 八到九百亿 share 百亿.
        scale = next((big for big in (1e12, 1e8, 1e4) if big <= scale), scale)
    if (
        not first_has_unit
        and scale >= 100
        and not first.numeral.big
        and low < second.low / scale
        and first.numeral.scale < scale
    ):
        low *= scale
    if text[second.end - 1] == "k" and low < 1000 <= high and text[first.end - 1] != "k":
        low *= 1000
    low, high = sign * low, minus * high
    if high <= low:
        return None
    return low, high, unit, end


def _unitless(
    text: str, at: int, start: int, floor: int, value: _Value, low: float, top: float | None, end: int, sign: float
) -> Reading:
    numeral = value.numeral
    t = tables()
    if numeral.big and low >= 1e8 and (numeral.bare or text.startswith(("级", "量级", "能级"), end)):
        tail = after_at(text, end)
        if (numeral.used > 1 and low >= 1e9) or tail is not None or _cmp_before(text, at, True, True) is not None:
            cmp, start = _cmp_left(text, start, floor, numeral)
            if cmp == "=":
                cmp = ">" if value.vague else "~"
            if tail is not None:
                end = tail[1]
                cmp = tail[0] if cmp == "~" and tail[0] != ">" else cmp  # type: ignore[assignment]
            return Reading(Quantity(low, top, "CNY", cmp, start, end, text[start:end]), end)
        return Reading(None, end)
    if (
        numeral.big
        and not numeral.bare
        and t.money_cue.search(text[max(floor, at - 18) : at].rsplit(",", 1)[-1].rsplit("。", 1)[-1])
    ):
        after = text[end : end + 1]
        if not after or not _cjk(after) or after_at(text, end) is not None or after in PLAIN_AFTER:
            return _finish(text, start, end, floor, numeral, sign * low, top, "CNY", value.vague, Unit("CNY", "money"))
    if numeral.bare and top is None and not value.vague and _cmp_before(text, at, True, numeral.big) is None:
        if not (numeral.used > 1 and _bare_stands(text, at, value, start)):
            return Reading(None, end)
    if (
        top is None
        and low == value.low
        and value.high == value.low
        and not _bare_stands(text, at, value, start)
        and not value.vague
    ):
        if after_at(text, end) is None or (end < len(text) and text[end] in "级规体内起许前光封为上止"):
            return Reading(None, end)
    if value.high != value.low and not (end >= len(text) or not _cjk(text[end])):
        return Reading(None, end)
    if value.numeral.arabic and CODE_BEFORE.search(text[max(0, at - 20) : at]) is not None:
        return Reading(None, end)
    if text.startswith("/", end) and numeral.arabic:
        return Reading(None, end)
    return _finish(text, start, end, floor, numeral, *_ends(sign, low, top), "", value.vague, None)


def _finish(
    text: str,
    start: int,
    end: int,
    floor: int,
    numeral: Numeral,
    low: float,
    top: float | None,
    symbol: str,
    vague: bool,
    unit: Unit | None,
) -> Reading:
    """Adds the comparators and closes the phrase."""
    cmp, start = _cmp_left(text, start, floor, numeral)
    tail = after_at(text, end)
    if tail is not None and _tail_stands(text, end, tail, unit):
        if cmp in ("=", "~") or vague:
            cmp = tail[0]  # type: ignore[assignment]
        end = tail[1]
    elif vague and cmp == "=":
        cmp = ">"
    cmp = _compared(text, start, end, cmp)
    return Reading(Quantity(low, top, symbol, cmp, start, end, text[start:end]), end)


def _tail_stands(text: str, end: int, tail: tuple[str, int], unit: Unit | None) -> bool:
    word = text[end : tail[1]]
    follow = text[tail[1] : tail[1] + 1]
    kind = unit.kind if unit is not None else ""
    if word == "内":
        return kind == "time" and follow not in ("部", "容", "地", "外", "涵", "蒙")
    if word in ("级", "级别", "量级"):
        return kind in ("money", "size")
    if word in ("规模", "体量"):
        return False
    if word == "起":
        return kind == "money" and (not follow or not _cjk(follow))
    if word == "许":
        return not follow or not _cjk(follow)
    if word in ("多", "余"):
        return kind in ("size", "time", "money")
    if word == "上下":
        return follow not in ("游", "班", "联", "级")
    if word in ("前后", "光景"):
        return not follow or not _cjk(follow)
    if word in {"之上", "之下"}:
        return not follow or not _cjk(follow) or follow == "的"
    if word == "不到":
        return not follow or not _cjk(follow) or follow == "的"
    return True
