"""When a text was written, concluded from what it mentions.

Everything that bears on the date is collected as evidence: what has happened sets the earliest month, what is still to
come the latest, holidays, seasons, conferences, zodiac years and anniversaries vote for months or years. Then every
month is scored; the best one wins, and what decided it is kept as reasons.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache
from typing import TYPE_CHECKING, Literal

from yanzhen.data import rows
from yanzhen.frame.words import alternatives

if TYPE_CHECKING:
    from yanzhen.frame.dates import Written

Month = int  # year * 12 + month - 1


@dataclass(frozen=True, slots=True)
class Dating:
    """A date of writing. `reasons` are sentences in Chinese, strongest first."""

    published: str | None
    precision: Literal["day", "month", "year"] | None
    inferred: bool
    reasons: tuple[str, ...]


# Weights, relative to a plain mention of a past year (1.5): how far each kind of evidence can be trusted.
PAST = 3.0  # a mention with a word that makes it past
MENTIONED = 1.5  # a mention that nothing makes planned
BACKGROUND = 1.0  # a founding, the beginning of something: nothing that just happened
PLANNED = 2.0
STATISTIC = 2.5  # results of a period, which are known only when it is over
FADING = 0.9  # how much a text is less likely, the longer after the latest thing known to have happened
FIRST, LAST = 1990, 2040
LIKELY = 2012, 2026  # where several years fit and nothing else tells, texts that people have as files are of these
WINDOW = 14  # characters to either side in which a cue of tense counts


@dataclass(slots=True)
class Evidence:
    """All that bears on the date, in months; relative evidence holds in whatever year the text was written."""

    lower: dict[Month, tuple[float, str]] = field(default_factory=dict)
    upper: dict[Month, tuple[float, str]] = field(default_factory=dict)
    votes: list[tuple[Month, Month, float, str]] = field(default_factory=list)
    rel_lower: dict[int, tuple[float, str]] = field(default_factory=dict)
    rel_upper: dict[int, tuple[float, str]] = field(default_factory=dict)
    rel_votes: list[tuple[int, int, float, str]] = field(default_factory=list)
    fine: set[Month] = field(default_factory=set)  # months that some absolute evidence names as such

    def add(self, table: str, key: int, weight: float, reason: str) -> None:
        known: dict[int, tuple[float, str]] = getattr(self, table)
        old = known.get(key)
        # Repetition makes it surer, but never more than half as much again.
        known[key] = (weight, reason) if old is None else (max(old[0], weight) * 1.25 if old[0] < 4 else old[0], old[1])


def month_of(year: int, month: int) -> Month:
    return year * 12 + month - 1


_CN = {"一": 1, "二": 2, "三": 3, "四": 4, "1": 1, "2": 2, "3": 3, "4": 4}
_TAIL = (
    r"(?:(?P<half>上半年|下半年|前三季度|前三个季度|第?[一二三四1-4]季度|首季度?)"
    r"|(?:前|1至|1-|1—|1~|1月至|1月-|1月—)(?P<upto>\d{1,2})个?月(?:份)?"
    r"|(?P<m>\d{1,2})月(?:(?P<d>\d{1,2})日|(?P<part>底|末|初|中旬|上旬|下旬|份))?"
    r"|(?P<edge>年?[初底末]))?"
)
_MENTION = re.compile(
    r"(?:(?P<range>(?:19|20)\d\d)年?\s?[-—~至到]\s?)?(?<!\d)(?P<y>(?:19|20)\d\d)(?:年(?P<yd>度)?)" + _TAIL
    + r"|(?P<rel>今年|本年|当年|去年|上年|前年|明年|后年|同年)" + _TAIL.replace("(?P<", "(?P<r")
    + r"|(?P<bhalf>上半年|前三季度|前三个季度|第?[一二三四]季度|首季)"
    + r"|(?<![\d年第.])(?:前|1至|1-|1—|1~|1月至|1月-|1月—)(?P<bupto>\d{1,2})个?月(?:份)?(?!以)"
    + r"|(?<![\d年./-])(?P<bm>\d{1,2})月(?:(?P<bd>\d{1,2})日|(?P<bpart>份|底|末|初|中旬|上旬|下旬))?(?=[^\d]|$)"
)  # fmt: skip
_CHINESE_YEAR = re.compile(r"(?:一九|二[〇零○])[〇零○一二三四五六七八九]{2}(?=年)")
_CHINESE_DIGITS = str.maketrans("〇零○一二三四五六七八九", "000123456789")
_EDITION = re.compile(
    r"(?<!\d)(?P<y>20[0-4]\d)(?:年)?(?P<name>(?:[\u4e00-\u9fffA-Za-z·()“”]|\d(?!\d{3})){2,24}?(?:大会|论坛|峰会|博览会|博览交易会|大赛|年会|展览会|交易会|洽谈会|高交会|广交会|进博会|[\u4e00-\u9fff]博会))"
)
_STAT = re.compile(
    r"同比|比上年|增长|增速|总量|总产值|产值|营收|营业收入|销售收入|软件收入|GDP|生产总值|税收|进出口|固定资产投资|固投|全年|利润|"
    r"实际使用外资|实际利用外资|吞吐量|交易额|财政收入|纳税"
)
_RECENT = re.compile(r"近日|日前|近期|刚刚|刚落幕|闭幕|昨日|昨天|今天|今日|连日来|不久前")
_FAR = re.compile(r"[，,。;；]")
_WEEKDAY = re.compile(r"(?<![\d年])(\d{1,2})月(\d{1,2})日[,(]?\s?(?:星期|周|礼拜)([一二三四五六日天])")
_NUMERAL = r"(?:\d{1,2}|[一二三四五六七八九]?十[一二三四五六七八九]?|[一二两三四五六七八九])"
_AGE = re.compile(
    r"(?P<y>(?:19|20)\d\d)年(?P<mid>[^\n]{0,90}?)(?<![\d近约超过逾余多第])"
    rf"(?:(?P<n>{_NUMERAL})年(?P<kind>来|间|以来|后的今天)|(?:经过|历经|历时|走过|深耕|实施|满|刚|整整)(?P<n2>{_NUMERAL})年(?![前内级度]))"
)
_FOUNDED = re.compile(
    r"(?:成立|创建|创立|始建|建立|设立|挂牌|组建)于(?P<y>(?:19|20)\d\d)年"
    r"|(?P<y2>(?:19|20)\d\d)年(?:\d{1,2}月)?[^。,\n0-9]{0,16}?(?:成立|创建|创立|挂牌|设立|建园|开园|揭牌|获批|组建)"
)
_FOUNDED_AGE = re.compile(
    rf"(?:成立|创建|创立|挂牌|设立|建园|开园|建区|组建|获批)(?:刚|已|至今|以来|整|刚刚|刚满|已满|满|才|仅)?(?P<n>{_NUMERAL})(?:周)?年(?![前底末初内])"
)
_AGO = re.compile(
    rf"(?<![\d近约])(?P<n>{_NUMERAL})年前[^\n]{{0,50}}?(?P<y>(?:19|20)\d\d)年(?!前)"
    rf"|(?P<y2>(?:19|20)\d\d)年[,(]?(?:也就是|即)(?P<n2>{_NUMERAL})年前"
)
_FIRST_WORKDAY = re.compile(
    r"(?<!\d)(?:(\d{1,2})月)?(\d{1,2})日[^。\n]{0,16}(?:首个工作日|开工第一天|上班第一天|第一个工作日)"
)
_ANNIVERSARY = r"(?:{forms})(?P<n>\d{{1,3}})周?年"
_FESTIVAL_DAY = re.compile(
    r"(?<!\d)(\d{1,2})月(\d{1,2})日[^。\n]{0,12}?(除夕|大年初一|正月初一|正月十五|元宵|端午|中秋)"
)
_ZODIAC = re.compile(
    r"(?P<lunar>[甲乙丙丁戊己庚辛壬癸][子丑寅卯辰巳午未申酉戌亥])?(?P<a>[鼠牛虎兔龙蛇马羊猴鸡狗猪])年(?P<after>[\u4e00-\u9fff,。“”]{0,6})"
)
_STEMS, _BRANCHES, _ANIMALS = "甲乙丙丁戊己庚辛壬癸", "子丑寅卯辰巳午未申酉戌亥", "鼠牛虎兔龙蛇马羊猴鸡狗猪"


@cache
def _cues() -> dict[tuple[str, str], re.Pattern[str]]:
    table = rows("frame/tense.csv")
    return {
        (tense, side): re.compile(
            alternatives(row["form"] for row in table if row["tense"] == tense and row["side"] == side)
        )
        for tense in ("future", "past")
        for side in ("before", "after")
    }


@cache
def _forms(table: str) -> tuple[re.Pattern[str], dict[str, tuple[int, ...]]]:
    """One pattern for all forms of a table, and the rows each form stands in."""
    where: dict[str, list[int]] = {}
    for n, row in enumerate(rows(table)):
        for form in row["form"].split("|"):
            where.setdefault(form, []).append(n)
    return re.compile(alternatives(where)), {form: tuple(at) for form, at in where.items()}


@cache
def _lunar() -> dict[int, dict[str, date]]:
    return {
        int(row["year"]): {
            key: date.fromisoformat(row[key]) for key in ("spring", "lantern", "dragon_boat", "mid_autumn")
        }
        for row in rows("frame/lunar.csv")
    }


def _clip(text: str, start: int, end: int) -> str:
    """The evidence as shown in a reason: the clause, shortened."""
    low = max(text.rfind(mark, max(0, start - 16), start) for mark in "。,;\n") + 1
    low = max(low, start - 16, 0)
    high = min((at for mark in "。,;\n" if (at := text.find(mark, end)) >= 0), default=len(text))
    return text[low : min(high, end + 20)]


_ANNOUNCED = re.compile(r"(?:提出|目标是|目标为|计划|预计|规划|安排|部署|明确|展望)$")


_UNTIL = re.compile(r"(?<![直达得看来回等受收感提遇接截])到$")
_FORMER_PLAN = re.compile(r"原定于?|原计划于?|原本计划|应于|本应|原拟")
_MOVED = re.compile(r"[^,。;]{0,12}(?:推迟|顺延|调整|延期|延后|延至|提前|改为)")
_BACKGROUND = re.compile(
    r"(?:成立|创建|创立|始建|建立|设立|挂牌|始|建|投产|注册|诞生|组建|落户)于$|自$|从$|早在$|始自$"
)
_FOUNDING = re.compile(r"(?:\d{1,2}月)?(?:正式)?(?:成立|创立|创建|设立|建园|建区|挂牌|注册|落户|封关|获批|起步|创办)")


def _tense(text: str, start: int, end: int, previous: tuple[int, bool]) -> tuple[bool, bool]:
    """Whether a mention is planned, and whether a word makes it past."""
    cues = _cues()
    before = text[max(0, start - WINDOW) : start]
    cut = max(before.rfind(mark) for mark in "。,;\n、”")
    said = before[:cut] if cut >= 0 and before[cut] in ",:" else ""
    before = before[cut + 1 :]
    after = text[end : end + WINDOW + 6]
    stop = min((at for mark in "。;\n" if (at := after.find(mark)) >= 0), default=len(after))
    after = after[:stop]
    near = after.partition(",")[0] if "," in after[2:] else after
    future = cues["future", "before"].search(before) is not None or _UNTIL.search(before) is not None
    future_after = cues["future", "after"].search(near) is not None
    past = cues["past", "after"].search(near) is not None or cues["past", "before"].search(before) is not None
    if after.startswith("前") or (_ANNOUNCED.search(said) and not before):
        future = True
    if future and "截至" not in before and "截止" not in before:
        # `到2019年底已建成`
        return not re.search(r"已|了", near), False
    if future_after and not re.search(r"已|了|同比|增长\d", near):
        return True, False
    last, planned = previous
    if (
        planned
        and last >= 0
        and start - last <= 24
        and not re.search(r"[。;\n]", text[last:start])
        and not re.search(r"已|今年|目前", text[last : end + 8])
    ):
        return True, False
    return False, past


def gather(text: str) -> Evidence:
    """All evidence a text holds."""
    found = Evidence()
    text = _CHINESE_YEAR.sub(lambda match: match.group().translate(_CHINESE_DIGITS), text)
    _mentions(text, found)
    _horizon(found)
    days = [at for at, (weight, _) in found.rel_lower.items() if weight >= 0.9]
    if days and min(days) <= 2 and max(days) >= 11:
        # In January, days of December are those of last year.
        found.rel_lower = {at: item for at, item in found.rel_lower.items() if at < 11}
    if "今年" in text and found.fine:
        # Whoever writes 今年 gives months of other years with their year.
        last = max(found.fine) // 12
        found.votes.append((month_of(last + 1, 1), month_of(last + 1, 12), 0.55, f"{last}年与“今年”分别提到"))
    _editions(text, found)
    _tables(text, found)
    _calendar(text, found)
    return found


def _horizon(found: Evidence) -> None:
    """Plans are told one to three years ahead; those for the year of writing mostly without its number."""
    # The ends of five-year plans are everybody's targets and tell nothing.
    near = [at for at in found.upper if at % 12 != 11 or (at // 12) % 5]
    if not near:
        return
    first = min(near)
    ahead = first // 12
    weights = (0.25, 0.6, 0.3) if first % 12 != 11 else (0.2, 0.35, 0.35, 0.2)
    for back, weight in enumerate(weights):
        start = month_of(ahead - back, 1)
        found.votes.append((start, start + 11, weight, f"计划中的事在{ahead}年"))


def _last_month(group: str) -> tuple[int, int] | None:
    """First and last month of a part of a year."""
    if group.startswith("上半年"):
        return 1, 6
    if group.startswith("下半年"):
        return 7, 12
    if group.startswith("前三"):
        return 1, 9
    if group.startswith("首季"):
        return 1, 3
    for char in group:
        if char in _CN:
            quarter = _CN[char]
            return quarter * 3 - 2, quarter * 3
    return None


def _mentions(text: str, found: Evidence) -> None:
    previous = (-1, False)
    for match in _MENTION.finditer(text):
        start, end = match.span()
        if _in_title(text, start):
            continue
        before = text[max(0, start - 8) : start]
        if _FORMER_PLAN.search(before) or "每年" in before or (before.endswith("由") and _MOVED.match(text, end)):
            continue  # what was once planned says neither that it came to be nor that it is still to come
        planned, past = _tense(text, start, end, previous)
        previous = (end, planned)
        shown = _clip(text, start, end)
        if match["y"] is not None:
            _absolute(text, match, planned, past, shown, found)
            continue
        relative = match["rel"]
        if relative in {"去年", "上年", "前年", "同年", "当年"}:
            if relative in {"同年", "当年"}:
                previous = (end, False)
            continue
        if relative in {"明年", "后年"}:
            continue
        if relative is not None:
            span = _last_month(match["rhalf"]) if match["rhalf"] else None
            upto, month, day, part = match["rupto"], match["rm"], match["rd"], match["rpart"]
            edge = match["redge"]
        else:
            if text[max(0, start - 2) : start] in {"去年", "上年", "前年", "明年", "同年", "当年", "每年"}:
                continue
            span = _last_month(match["bhalf"]) if match["bhalf"] else None
            upto, month, day, part = match["bupto"], match["bm"], match["bd"], match["bpart"]
            edge = None
        trust = 1.0 if relative is not None else 0.6
        _relative(
            text,
            text[max(0, start - 4) : start],
            end,
            span,
            upto,
            month,
            day,
            part,
            edge,
            planned,
            past,
            trust,
            shown,
            found,
        )


def _in_title(text: str, start: int) -> bool:
    """Whether a place stands inside 《…》, where years are parts of names."""
    opened = text.rfind("《", max(0, start - 48), start)
    return opened >= 0 and text.find("》", opened, start) < 0


def _absolute(text: str, match: re.Match[str], planned: bool, past: bool, shown: str, found: Evidence) -> None:
    year = int(match["y"])
    if not FIRST <= year <= LAST:
        return
    end = match.end()
    weight = PAST if past else MENTIONED
    if _BACKGROUND.search(text[max(0, match.start() - 4) : match.start()]) or _FOUNDING.match(text, end):
        weight = BACKGROUND
    whole = match["half"] is None and match["upto"] is None and match["m"] is None and match["edge"] is None
    if planned and not match["yd"]:
        last = 12
        if match["half"]:
            last = (_last_month(match["half"]) or (1, 12))[1]
        elif match["m"]:
            last = _month(match["m"]) or 12
        elif match["upto"]:
            last = _month(match["upto"]) or 12
        found.add("upper", month_of(year, last), PLANNED, f"“{shown}”是计划中的事:不晚于{year}年{last}月")
        clause = text[match.end() : match.end() + 30].partition("。")[0]
        if whole and _STAT.search(clause) and _UNTIL.search(text[max(0, match.start() - 4) : match.start()]) is None:
            # A year's targets are announced with the results of the year before.
            at = month_of(year, 1)
            found.votes.append((at - 1, at + 3, 0.8, f"“{shown}”是年度目标"))
        if match["m"] and re.match(r"起(?:施行|实施|执行|生效)", text[match.end() : match.end() + 3]):
            at = month_of(year, last)
            found.votes.append((at - 2, at, 1.2, f"“{shown}”:规定在施行前不久印发"))
        return
    if match["m"]:
        month = _month(match["m"])
        if month:
            done = match["part"] == "份" and _STAT.search(text[end : end + 30]) is not None
            at = month_of(year, month) + done
            found.add("lower", at, weight, f"“{shown}”已是过去的事:不早于{_name(at)}")
            found.fine.add(at)
        return
    if match["half"] or match["upto"]:
        first, last = (_last_month(match["half"]) or (1, 12)) if match["half"] else (1, _month(match["upto"]) or 12)
        if _STAT.search(text[end : end + 40]) is None:
            found.add("lower", month_of(year, first), weight, f"“{shown}”:不早于{year}年{first}月")
            found.fine.add(month_of(year, first))
            return
        at = month_of(year, last) + 1
        found.add("lower", at, STATISTIC, f"“{shown}”的数据已公布:不早于{_name(at)}")
        found.fine.add(at)
        return
    if match["edge"]:
        at = month_of(year, 1 if "初" in match["edge"] else 12)
        found.add("lower", at, weight, f"“{shown}”已是过去的事:不早于{_name(at)}")
        found.fine.add(at)
        return
    clause = text[end : end + 28].partition("。")[0]
    before = text[max(0, match.start() - 8) : match.start()]
    if match["yd"]:
        recent = _RECENT.search(text[max(0, match.start() - 40) : match.start()]) is not None
        if _STAT.search(clause) or re.search(r"统计|财报|年报|考核|公报|报告", clause):
            at = month_of(year + 1, 1)
            found.add("lower", at, STATISTIC * 0.6, f"“{shown}”是{year}全年的结果")
        else:
            found.add("lower", month_of(year, 1), weight, f"“{shown}”")
            if recent:
                found.votes.append((month_of(year, 1), month_of(year, 12), 0.8, f"近日公布“{shown}”:{year}年"))
        return
    ranged = match["range"] is not None and int(match["range"]) < year
    if whole and ((ranged and re.search(r"累计|总额|合计|年均|平均|共", clause)) or _full_year(before, clause)):
        at = month_of(year + 1, 1)
        found.add("lower", at, STATISTIC, f"“{shown}”是{year}全年的数据:不早于{year + 1}年")
        found.votes.append((at, at + 11, 0.4, f"“{shown}”是最近一个整年"))
        found.votes.append((at, at + 2, 0.2, f"“{shown}”的年度数据刚公布"))
        found.add("lower", month_of(year, 1), PAST, f"“{shown}”已是过去的事:不早于{year}年")
        return
    found.add("lower", month_of(year, 1), weight, f"“{shown}”已是过去的事:不早于{year}年")


def _full_year(before: str, clause: str) -> bool:
    """Whether what follows a year are its yearly results. `仅2019年就…` counts a year still running."""
    if before.endswith(
        ("仅", "仅在", "截至", "单是", "光", "自", "从", "早在", "自从", "始于", "成立于", "创建于")
    ) or clause.startswith("就"):
        return False
    if re.search(r"提出|目标|力争|预期|计划|预计|将", clause):
        return False
    if re.match(r"(?:以来|起|至今|成立|创立|入选|获批|落户|被|开始|前|后|的?时候)", clause):
        return False
    return _STAT.search(clause) is not None and re.search(r"\d", clause) is not None


def _month(digits: str) -> int:
    month = int(digits)
    return month if 1 <= month <= 12 else 0


def _name(at: Month) -> str:
    return f"{at // 12}年{at % 12 + 1}月"


def _relative(
    text: str, before: str, end: int, span: tuple[int, int] | None, upto: str | None, month: str | None, day: str | None,  # noqa: E501
    part: str | None, edge: str | None, planned: bool, past: bool, trust: float, shown: str, found: Evidence,
) -> None:  # fmt: skip
    if span is not None or upto:
        last = span[1] if span is not None else _month(upto or "0") or 12
        if planned:
            found.add("rel_upper", last, PLANNED * trust, f"“{shown}”是计划或预计:不晚于{last}月")
        elif (past or _STAT.search(text[end : end + 40])) and last < 12:
            found.add("rel_lower", last + 1, STATISTIC * trust, f"“{shown}”已有结果:不早于{last + 1}月")
            # Results are news for two months.
            found.rel_votes.append((last + 1, min(last + 2, 12), 0.5 * trust, f"“{shown}”的结果刚公布"))
        return
    if month:
        at = _month(month)
        if not at:
            return
        if planned:
            found.add("rel_upper", at, PLANNED * trust, f"“{shown}”是计划或预计:不晚于{at}月")
            return
        # Figures up to the end of a month are told in the next.
        counted = (part == "份" or (not day and not part and text[end : end + 1] == ",")) and (
            _STAT.search(text[end : end + 30]) is not None
        )
        done = at < 12 and (counted or (part in {"底", "末"} and "截" in before))
        weight = (PAST if past or day else MENTIONED) * trust
        found.add("rel_lower", at + done, weight, f"“{shown}”已是过去的事:不早于{at + done}月")
        return
    if edge:
        if "初" in edge and not planned:
            found.add("rel_lower", 1, 0.3, f"“{shown}”")
        return


def _editions(text: str, found: Evidence) -> None:
    """Conferences and fairs that carry their year."""
    _, where = _forms("frame/events.csv")
    table = rows("frame/events.csv")
    for match in _EDITION.finditer(text):
        year = int(match["y"])
        if not FIRST <= year <= LAST or _in_title(text, match.start()):
            continue
        before, after = text[max(0, match.start() - 24) : match.start()], text[match.end() : match.end() + 24]
        recent = bool(_RECENT.search(before) or _RECENT.search(after))
        planned = re.search(r"将|拟|筹备|即将|倒计时", before[-6:] + after[:10]) is not None
        shown = match.group()
        if planned:
            found.add("upper", month_of(year, 12), PLANNED, f"“{shown}”尚未举行:不晚于{year}年")
            found.votes.append((month_of(year, 1), month_of(year, 12), 0.6, f"“{shown}”在{year}年"))
            continue
        found.add("lower", month_of(year, 1), MENTIONED, f"“{shown}”:不早于{year}年")
        found.votes.append(
            (
                month_of(year, 1),
                month_of(year, 12),
                1.5 if recent else 0.6,
                f"“{shown}”{'近日举行' if recent else ''}:{year}年",
            )
        )
        exact = usual = 0
        for form, at in where.items():
            if form in match["name"]:
                for n in at:
                    if table[n]["year"] == str(year):
                        exact = int(table[n]["month"])
                    elif not table[n]["year"]:
                        usual = int(table[n]["month"])
        if exact:
            month = month_of(year, exact)
            found.add("lower", month, PAST, f"“{shown}”举行于{_name(month)}")
            if recent:
                found.votes.append((month, month, 1.5, f"“{shown}”近日举行:{_name(month)}"))
            found.fine.add(month)
        elif usual and recent:
            month = month_of(year, usual)
            found.votes.append((month, month, 0.5, f"“{shown}”通常在{usual}月举行"))


def _tables(text: str, found: Evidence) -> None:
    """Phrases that date a text: terms that did not exist before, seasons, holidays, years named by a plan."""
    pattern, where = _forms("frame/terms.csv")
    table = rows("frame/terms.csv")
    seen: set[str] = set()
    for match in pattern.finditer(text):
        form = match.group()
        if form in seen:
            continue
        seen.add(form)
        for n in where[form]:
            row = table[n]
            since = _iso_month(row["since"])
            weight = float(row["weight"])
            found.add("lower", since, weight, f"提到“{form}”:不早于{_name(since)}")
            if row["until"]:
                found.votes.append((since, _iso_month(row["until"]), 0.4 * weight, f"提到“{form}”"))
    pattern, where = _forms("frame/occasions.csv")
    table = rows("frame/occasions.csv")
    for match in pattern.finditer(text):
        form = match.group()
        if form in seen or re.search(r"去年|上年|每年|年年|\d年$", text[max(0, match.start() - 5) : match.start()]):
            continue
        seen.add(form)
        before = text[max(0, match.start() - 8) : match.start()]
        planned = re.search(r"将在?|即将|计划|预计|拟", before) is not None
        for n in where[form]:
            row = table[n]
            first, last, weight = int(row["first_month"]), int(row["last_month"]), float(row["weight"])
            if row["kind"] == "holiday" and planned:
                found.add("rel_upper", last, weight, f"“{_clip(text, match.start(), match.end())}”还没到")
                continue
            shown = f"“{_clip(text, match.start(), match.end())}”:{first}月" + (f"至{last}月" if last != first else "")
            found.rel_votes.append((first, last, weight, shown))
    pattern, where = _forms("frame/fixed_years.csv")
    table = rows("frame/fixed_years.csv")
    for match in pattern.finditer(text):
        if match.group() in seen:
            continue
        seen.add(match.group())
        before = text[max(0, match.start() - 6) : match.start()]
        for n in where[match.group()]:
            year = int(table[n]["year"]) - ("明年" in before) + ("去年" in before)
            weight = float(table[n]["weight"])
            found.votes.append((month_of(year, 1), month_of(year, 12), weight, f"“{match.group()}”:{year}年"))
    events = rows("frame/events.csv")
    pattern, where = _forms("frame/events.csv")
    for match in pattern.finditer(text):
        form = match.group()
        recent = _RECENT.search(text[max(0, match.start() - 24) : match.end() + 16]) is not None
        for n in where[form]:
            row = events[n]
            if row["kind"] == "batch":
                at = month_of(int(row["year"]), int(row["month"]))
                found.add("lower", at, MENTIONED, f"“{form}”公示于{_name(at)}")
                found.fine.add(at)
                if recent:
                    found.votes.append((at, at, 1.5, f"近日公示“{form}”:{_name(at)}"))
            elif not row["year"] and recent and form not in seen:
                month = int(row["month"])
                found.rel_votes.append((month, month, 0.5, f"“{form}”通常在{month}月举行"))
        seen.add(form)


def _iso_month(text: str) -> Month:
    return month_of(int(text[:4]), int(text[5:7]))


def _calendar(text: str, found: Evidence) -> None:
    """Zodiac years, festivals, weekdays, ages and anniversaries."""
    years = range(FIRST, LAST + 1)
    for match in _ZODIAC.finditer(text):
        animal = match["a"]
        before = text[max(0, match.start() - 2) : match.start()]
        after = match["after"]
        pillar = match["lunar"]
        if pillar:
            fits = [y for y in years if _STEMS[(y - 4) % 10] + _BRANCHES[(y - 4) % 12] == pillar]
        elif (
            re.match(r"(?:首|新春|春节|开|的?第|伊始|到|大吉|[,。”]|[钟头])", after)
            or before in {"在", "进入", "迎来"}
            or not after
        ):
            fits = [y for y in years if (y - 4) % 12 == _ANIMALS.index(animal)]
        else:
            continue
        shown = _clip(text, match.start(), match.end("a") + 1)
        for year in fits:
            spring = _lunar()[year]["spring"]
            found.votes.append(
                (
                    month_of(spring.year, spring.month),
                    month_of(year + 1, 1),
                    1.5,
                    f"“{shown}”:{animal}年始于{spring.isoformat()}",
                )
            )
    for match in _FIRST_WORKDAY.finditer(text) if "工作日" in text or "第一天" in text else ():
        if match[1] is None:
            continue
        month, day = int(match[1]), int(match[2])
        for year in years:
            spring = _lunar()[year]["spring"]
            # Seven days of holiday from New Year's Day (until 2024), eight from its eve since.
            if any(_is_day(spring + timedelta(days=n), month, day) for n in (6, 7, 8)):
                at = month_of(year, month)
                found.votes.append((at, at + 1, 1.6, f"{month}月{day}日是{year}年春节后首个工作日"))
    festivals = {
        "除夕": ("spring", -1), "大年初一": ("spring", 0), "正月初一": ("spring", 0), "正月十五": ("lantern", 0),
        "元宵": ("lantern", 0), "端午": ("dragon_boat", 0), "中秋": ("mid_autumn", 0),
    }  # fmt: skip
    for match in _FESTIVAL_DAY.finditer(text) if any(name in text for name in festivals) else ():
        month, day = int(match[1]), int(match[2])
        key, shift = festivals[match[3]]
        for year in years:
            if _is_day(_lunar()[year][key] + timedelta(days=shift), month, day):
                at = month_of(year, month)
                found.votes.append((at, at + 1, 1.5, f"{month}月{day}日是{year}年{match[3]}"))
    for match in _WEEKDAY.finditer(text) if "星期" in text or "周" in text else ():
        weekday = "一二三四五六日".find(match[3].replace("天", "日"))
        month, day = int(match[1]), int(match[2])
        for year in years:
            if 1 <= month <= 12 and 1 <= day <= 28 and date(year, month, day).weekday() == weekday:
                found.votes.append((month_of(year, 1), month_of(year, 12), 1.2, f"{match.group()}:{year}年"))
    for match in _AGE.finditer(text):
        length = _number(match["n"] or match["n2"])
        # What lasted long before the text was written is told with another year after it.
        if _in_title(text, match.start()) or length < 2 or re.search(r"(?:19|20)\d\d年", match["mid"]):
            continue
        _vote_year(found, int(match["y"]) + length, 0.9, match.group())
    for match in _AGO.finditer(text):
        _vote_year(found, int(match["y"] or match["y2"]) + _number(match["n"] or match["n2"]), 1.0, match.group())
    ages = list(_FOUNDED_AGE.finditer(text))
    if ages:
        founded = {int(match["y"] or match["y2"]) for match in _FOUNDED.finditer(text)}
        for match in ages:
            for year in founded if len(founded) <= 2 else ():
                shown = f"{year}年成立,{match.group()}"
                _vote_year(found, year + _number(match["n"]), 1.2 / len(founded), shown)
    if "周年" in text:
        table = rows("frame/anniversaries.csv")
        bases = {row["form"]: int(row["year"]) for row in table}
        for match in re.finditer(rf"(?P<what>{alternatives(bases)})(?P<n>\d{{1,3}})周年", text):
            year = bases[match["what"]] + int(match["n"])
            found.votes.append((month_of(year, 1), month_of(year, 12), 1.8, f"“{match.group()}”:{year}年"))


def _number(numeral: str) -> int:
    if numeral.isdigit():
        return int(numeral)
    digits = "零一二三四五六七八九"
    tens, ten, ones = numeral.rpartition("十")
    if not ten:
        return 2 if numeral == "两" else digits.find(numeral)
    return (digits.find(tens) if tens else 1) * 10 + (digits.find(ones) if ones else 0)


def _vote_year(found: Evidence, year: int, weight: float, shown: str) -> None:
    if FIRST <= year <= LAST:
        shown = shown if len(shown) <= 40 else shown[:14] + "…" + shown[-12:]
        found.votes.append((month_of(year, 1), month_of(year, 12), weight, f"“{shown}”:{year}年"))


def _is_day(day: date, month: int, number: int) -> bool:
    return day.month == month and day.day == number


def date_text(text: str, stray: Written | None = None) -> Dating:
    """When a text was written.

    Args:
        text: the clean text of its articles.
        stray: a day that the page gives without its year (`03-12`, a dateline's `5月20日`).

    Returns:
        The date, always inferred; without evidence of a year there is none.
    """
    found = gather(text)
    if stray is not None and stray.month:
        found.rel_votes.append((stray.month, stray.month, 3.0, f"页面给出“{stray.text}”(无年份)"))
    best = _best(found)
    if best is None:
        return Dating(None, None, False, ("文中没有可推断年份的依据",))
    year, month = best // 12, best % 12 + 1
    reasons = _reasons(found, best)
    if stray is not None and stray.month == month and stray.day:
        return Dating(f"{year:04d}-{month:02d}-{stray.day:02d}", "day", True, reasons)
    if _month_is_known(found, best):
        return Dating(f"{year:04d}-{month:02d}", "month", True, reasons)
    return Dating(f"{year:04d}", "year", True, reasons)


def _best(found: Evidence) -> Month | None:
    anchors = [at for at, (weight, _) in found.lower.items() if weight >= 1]
    anchors += [first for first, _, weight, _ in found.votes if weight >= 0.25]
    if not anchors:
        return None
    # Nothing is written long before the latest thing it tells, nor long after it.
    low = month_of(max(FIRST, min(anchors) // 12), 1)
    high = month_of(min(LAST, max(anchors) // 12 + 2), 12)
    size = high - low + 1
    score = [0.0] * (size + 1)  # differences, summed up below

    def put(first: Month, last: Month, weight: float) -> None:
        first, last = max(first, low), min(last, high)
        if first <= last:
            score[first - low] += weight
            score[last - low + 1] -= weight

    for at, (weight, _) in found.lower.items():
        put(low, at - 1, -weight)
    for at, (weight, _) in found.upper.items():
        put(at + 1, high, -weight)
    for first, last, weight, _ in found.votes:
        put(first, last, weight)
    inner = [0.0] * 13
    for m in range(1, 13):
        inner[m] -= sum(weight for at, (weight, _) in found.rel_lower.items() if m < at)
        inner[m] -= sum(weight for at, (weight, _) in found.rel_upper.items() if m > at)
        # Seasons that cross the year's end have their first month after their last.
        inner[m] += sum(
            weight
            for first, last, weight, _ in found.rel_votes
            if (first <= m <= last if first <= last else m >= first or m <= last)
        )
    firm = [at for at, (weight, _) in found.lower.items() if weight >= MENTIONED * 0.9]
    latest = max(firm, default=0)
    within = max((at for at, (weight, _) in found.rel_lower.items() if weight >= 1), default=1)
    best, best_score, total = low, float("-inf"), 0.0
    for t in range(low, high + 1):
        total += score[t - low]
        value = total + inner[t % 12 + 1]
        if firm:
            since = max(latest, month_of(t // 12, within)) if t >= latest else latest
            value -= FADING * (_delay(t - since) + 0.5 * _delay(t - latest))
        elif not LIKELY[0] <= t // 12 <= LIKELY[1]:
            value -= 0.3
        if value > best_score + 1e-9:
            best, best_score = t, value
    return best


def _delay(months: int) -> float:
    """0 for none, a half for ten months, approaching 1."""
    return months / (months + 10) if months > 0 else 0.0


def _month_is_known(found: Evidence, best: Month) -> bool:
    """Whether something says the month: a month that is just over, a season, a statistic, a conference."""
    month = best % 12 + 1
    if best in found.fine or (best - 1 in found.fine and month_of(best // 12, 1) == best):
        return True
    if any(at == month and weight >= 0.8 for at, (weight, _) in found.rel_lower.items()):
        return True
    for first, last, weight, _ in found.rel_votes:
        inside = first <= month <= last if first <= last else month >= first or month <= last
        if inside and weight >= 0.7:
            return True
    return any(first <= best <= last and last - first <= 2 and weight >= 0.8 for first, last, weight, _ in found.votes)


def _reasons(found: Evidence, best: Month) -> tuple[str, ...]:
    """What decided the date, strongest first."""
    month = best % 12 + 1
    said: list[tuple[float, str]] = [
        (weight, reason) for first, last, weight, reason in found.votes if first <= best <= last and weight >= 0.6
    ]
    said += [(weight, reason) for first, last, weight, reason in found.rel_votes if first <= month <= last]
    below = sorted((at for at in found.lower if at <= best), reverse=True)[:3]
    said += [found.lower[at] for at in below]
    above = sorted(at for at in found.upper if at >= best)[:1]
    said += [found.upper[at] for at in above]
    said += [found.rel_lower[at] for at in sorted((at for at in found.rel_lower if at <= month), reverse=True)[:2]]
    said += [found.rel_upper[at] for at in sorted(at for at in found.rel_upper if at >= month)[:1]]
    ranked = sorted(said, key=lambda item: -item[0])
    return tuple(dict.fromkeys(reason for _, reason in ranked))[:8]
