"""What a text mentions that bears on when it was written.

What has happened sets the earliest month, what is still to come the latest; holidays, seasons, conferences, zodiac
years and anniversaries vote for months or years. `yanzhen.frame.dating` weighs it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from functools import cache

from yanzhen.data import rows
from yanzhen.frame.words import alternatives

Month = int  # year * 12 + month - 1


# Weights, relative to a plain mention of a past year (1.5): how far each kind of evidence can be trusted.
PAST = 3.0  # a mention with a word that makes it past
MENTIONED = 1.5  # a mention that nothing makes planned
BACKGROUND = 1.0  # a founding, the beginning of something: nothing that just happened
PLANNED = 2.0
STATISTIC = 2.5  # results of a period, which are known only when it is over
FIRST, LAST = 1990, 2040
WINDOW = 14  # characters to either side in which a cue of tense counts


@dataclass(frozen=True, slots=True)
class Day:
    """A day on which something happened; the year is None where the text does not give it."""

    year: int | None
    month: int
    day: int
    reason: str


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
    years: dict[int, set[str]] = field(default_factory=dict)  # past years named, and as what: year, part, month, day
    own: set[int] = field(default_factory=set)  # years in which the news itself is told with its full date
    days: list[Day] = field(default_factory=list)  # days on which what is told as news happened
    now: float = 0.0  # how much the text speaks of the current year without its number

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
_CHINESE_MONTH = re.compile(
    r"(?:(?P<y>(?:19|20)\d\d年|[今去]年)(?P<m>[一二三四五六七八九]|十[一二]?)月(?:(?P<d>[一二三四五六七八九十]{1,3})日)?)"
)
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
_SINCE_MONTH = re.compile(
    rf"(?P<y>20\d\d)年(?P<m>\d{{1,2}})月[^\n]{{0,80}}?(?<![近约超过逾多第每\d])(?P<n>{_NUMERAL})(?:周年|年(?:来|间|以来|过去|之后|后))"
)
_YEARS_ON = re.compile(
    rf"(?P<y>(?:19|20)\d\d)年[^\n]{{0,60}}?(?<![近约超过逾多第每\d])(?:(?P<n>{_NUMERAL})年(?:过去|后的今天|时间|光阴|耕耘|磨一剑)|已经?(?P<n2>{_NUMERAL})年了?)"
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


_BY_PLAN = re.compile(
    r"(?:按照?|根据|依照)[^,。;\n]{0,12}(?:计划|规划|方案|安排|部署|进度|协议|约定),[^。;\n]{0,30}$|预计[^。;\n]{0,24}$"
)
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
    by_plan = _BY_PLAN.search(text, max(0, start - 50), start) is not None
    future = by_plan or cues["future", "before"].search(before) is not None or _UNTIL.search(before) is not None
    # `6月18日,…将投资…`: what is to come is told on that day.
    dated = text[end - 1 : end] == "日" and after.startswith(",")
    future_after = not dated and cues["future", "after"].search(near) is not None
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
    text = _CHINESE_MONTH.sub(_in_digits, text)
    _mentions(text, found)
    _horizon(found)
    days = [at for at, (weight, _) in found.rel_lower.items() if weight >= 0.9]
    if days and min(days) <= 2 and max(days) >= 11:
        # In January, days of December are those of last year.
        found.rel_lower = {at: item for at, item in found.rel_lower.items() if at < 11}
    for match in _DAY_ONLY.finditer(text):
        found.days.append(Day(None, 0, int(match[1]), f"“{_clip(text, *match.span())}”：当天或次日发表"))
    _unnamed_year(found)
    _editions(text, found)
    _fairs(text, found)
    _tables(text, found)
    _yearly(text, found)
    _plan_years(text, found)
    _calendar(text, found)
    _ages(text, found)
    return found


_DAY_ONLY = re.compile(r"(?<![\d月年至到—-])(\d{1,2})日(?=[,上下从在召举获讯]|电)")


def _in_digits(match: re.Match[str]) -> str:
    day = f"{_number(match['d'])}日" if match["d"] else ""
    return f"{match['y'] or ''}{_number(match['m'])}月{day}"


def _unnamed_year(found: Evidence) -> None:
    """Whoever writes 今年, or months without a year, gives other years with their number: the last is over."""
    if not found.years or not found.now:
        return
    last = max(found.years)
    if last in found.own or "part" in found.years[last]:
        return  # the news itself, or results of part of a year, are told of the current year
    weight = min(found.now, 1.3) * (0.8 if found.years[last] == {"month"} else 1.0)
    first = month_of(last + 1, 1)
    found.votes.append((first, first + 11, weight, f"当年的事不写年份，而{last}年写明年份：当年应为{last + 1}年"))
    found.votes.append((first + 12, first + 23, weight * 0.35, f"{last}年之后的年份没有写明"))


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


@dataclass(frozen=True, slots=True)
class Said:
    """A date as mentioned, 0 or empty for what it does not give; `span`: months of a half, a quarter, `1至5月`."""

    start: int
    end: int
    year: int | None
    relative: str
    ranged: bool
    yearly: bool
    span: tuple[int, int] | None
    month: int
    day: int
    part: str
    edge: str

    @property
    def whole(self) -> bool:
        """Whether it is a year and nothing finer."""
        return self.span is None and not self.month and not self.edge


def _read(match: re.Match[str]) -> Said | None:
    """The parts of a mention; None where a number is no month."""
    named, relative = match["y"], match["rel"] or ""
    prefix = "" if named else "r" if relative else "b"
    half, upto, month = match[f"{prefix}half"], match[f"{prefix}upto"], match[f"{prefix}m"]
    for digits in (upto, month):
        if digits and not _month(digits):
            return None
    span = (_last_month(half) or (1, 12)) if half else (1, _month(upto)) if upto else None
    edge = "" if prefix == "b" else match[f"{prefix}edge"] or ""
    year = int(named) if named else None
    return Said(
        match.start(), match.end(), year, relative,
        bool(named and match["range"] and int(match["range"]) < int(named)), bool(named and match["yd"]),
        span, _month(month) if month else 0, int(match[f"{prefix}d"] or 0), match[f"{prefix}part"] or "", edge,
    )  # fmt: skip


_LAST_YEARS = frozenset({"去年", "上年", "前年", "同年", "当年"})
_NEXT_YEARS = frozenset({"明年", "后年"})
_THIS_YEARS = frozenset({"今年", "本年"})
_NOW_AGAIN = re.compile(r"今年|目前|如今|近日|日前|截至|当前|记者|昨|今[日天]")
_SENTENCE_BREAK = re.compile(r"[。;!?\n]")
LEAD = 60  # characters of an article's first paragraph in which the news itself is dated


def _mentions(text: str, found: Evidence) -> None:
    previous = (-1, False)
    anchor: Said | None = None  # the last mention that says its year, by number or as 去年
    for match in _MENTION.finditer(text):
        said = _read(match)
        if said is None:
            continue
        start, end = said.start, said.end
        if said.ranged and said.whole and _plan_period(text, match, found):
            continue
        if _in_title(text, start):
            continue
        before = text[max(0, start - 8) : start]
        if _FORMER_PLAN.search(before) or "每年" in before or (before.endswith("由") and _MOVED.match(text, end)):
            continue  # what was once planned says neither that it came to be nor that it is still to come
        planned, past = _tense(text, start, end, previous)
        previous = (end, planned and said.relative not in {"同年", "当年"})
        if said.relative in _NEXT_YEARS:
            continue
        if said.relative in _LAST_YEARS:
            anchor = said
            continue
        shown = _clip(text, start, end)
        if said.day and not planned and not _BACKGROUND.search(before):
            found.days.append(_day(before, said, shown))
            until = _DAYS_UNTIL.match(text, end)
            if until is not None:
                found.days.append(Day(said.year, said.month, int(until[1]), f"“{shown}”是文中最近的一天"))
        if said.year is not None:
            _absolute(text, said, planned, past, shown, found)
            anchor = None if planned or _in_brackets(text, start) else said
            continue
        trust = 1.0
        if not said.relative:
            if before[-2:] in _LAST_YEARS or before[-2:] in _NEXT_YEARS or before[-2:] == "每年":
                continue
            trust = 0.6
            between = text[anchor.end : start] if anchor is not None else "\n"
            if anchor is not None and not _NOW_AGAIN.search(between) and len(between) <= 120:
                if not _SENTENCE_BREAK.search(between):
                    if anchor.year is None:
                        continue  # of last year as well
                    if anchor.month or len(between) <= 12:
                        # `2022年3月签约,5月开工`
                        following = anchor.year + (0 < said.month < anchor.month)
                        _absolute(text, replace(said, year=following), planned, False, shown, found, 0.7)
                        anchor = replace(anchor, end=end, year=following, month=said.month or anchor.month)
                        continue
                elif "\n" not in between and anchor.month and not said.day and said.span is None:
                    trust = 0.3  # a chronicle may go on with the year named before
            if not planned and trust > 0.5:
                found.now += 0.4 if said.day or said.span else 0.3
        elif not planned or said.relative in _THIS_YEARS:
            found.now += 0.9
            anchor = None
        _relative(text, before[-4:], said, planned, past, trust, shown, found)


_PLAN_WORD = re.compile(r"规划|计划|方案|行动|纲要|意见|措施|政策")


def _plan_period(text: str, match: re.Match[str], found: Evidence) -> bool:
    """`行动方案(2024—2026年)`: made at the beginning of the years it is for, or just before them."""
    first, last = int(match["range"]), int(match["y"])
    around = text[max(0, match.start() - 12) : match.start()] + text[match.end() : match.end() + 12]
    if not 1 <= last - first <= 15 or not _PLAN_WORD.search(around) or _STAT.search(around):
        return False
    at = month_of(first, 1)
    found.add("lower", at - 6, BACKGROUND, f"“{_clip(text, match.start(), match.end())}”：不早于{_name(at - 6)}")
    own = _in_title(text, match.start())  # a plan that is only cited may be older
    found.votes.append((at - 2, at + 11, 0.3 if own else 0.6, f"{first}至{last}年的计划多在{first}年前后印发"))
    return True


_DAYS_UNTIL = re.compile(r"(?:至|到|-|—|~)(\d{1,2})日")
_YESTERDAY = re.compile(r"昨[天日晚]\(?$")


def _day(before: str, said: Said, shown: str) -> Day:
    """The day that a mention gives; what is told of 昨日 is published on the day after."""
    if _YESTERDAY.search(before):
        try:
            after = date(said.year or 2024, said.month, said.day) + timedelta(days=1)
        except ValueError:
            return Day(said.year, said.month, said.day, f"“{shown}”")
        return Day(said.year, after.month, after.day, f"“{shown}”：次日发表")
    return Day(said.year, said.month, said.day, f"“{shown}”是文中最近的一天：当天或次日发表")


def _in_brackets(text: str, place: int) -> bool:
    opened = text.rfind("(", max(0, place - 20), place)
    return opened >= 0 and text.find(")", opened, place) < 0


def _in_title(text: str, start: int) -> bool:
    """Whether a place stands inside 《…》, where years are parts of names."""
    opened = text.rfind("《", max(0, start - 48), start)
    return opened >= 0 and text.find("》", opened, start) < 0


def _absolute(
    text: str, said: Said, planned: bool, past: bool, shown: str, found: Evidence, trust: float = 1.0
) -> None:
    year = said.year or 0
    if not FIRST <= year <= LAST:
        return
    start, end = said.start, said.end
    before, clause = text[max(0, start - 12) : start], text[end : end + 28].partition("。")[0]
    weight = (PAST if past else MENTIONED) * trust
    founding = _BACKGROUND.search(before[-4:]) is not None or _FOUNDING.match(text, end) is not None
    if founding:
        weight = BACKGROUND * trust
    if not planned and not past and said.span is None and _UNCUED_PLAN.match(text, end):
        weight = min(weight, BACKGROUND)  # `2025年建成投产` may be either
    if planned and not said.yearly:
        last = said.span[1] if said.span else said.month or 12
        found.add("upper", month_of(year, last), PLANNED * trust, f"“{shown}”是计划中的事：不晚于{year}年{last}月")
        if said.whole and _EXPECTED.search(before) and "全年" in clause[:4]:
            found.votes.append((month_of(year, 7), month_of(year, 12), 0.8, f"“{shown}”是对当年全年的预计"))
        elif said.whole and _STAT.search(clause) and _UNTIL.search(before[-4:]) is None:
            # A year's targets are announced with the results of the year before.
            at = month_of(year, 1)
            found.votes.append((at - 1, at + 3, 0.8, f"“{shown}”是年度目标"))
        if said.month and re.match(r"起(?:施行|实施|执行|生效)", text[end : end + 3]):
            at = month_of(year, last)
            found.votes.append((at - 2, at, 1.2, f"“{shown}”：规定在施行前不久印发"))
        return
    compared = _SAME_PERIOD.search(before) is not None and (clause.startswith("同期") or said.whole or bool(said.edge))
    if compared:
        first = month_of(year + 1, 1)
        found.votes.append((first, first + 11, 0.7, f"与{year}年相比：{year + 1}年"))
    if not founding:
        running = before.endswith(("仅", "仅在", "光", "单是", "单")) or clause.startswith("就")
        kind = (
            "part"
            if (said.span and not compared) or running
            else "day"
            if said.day
            else "month"
            if said.month
            else "year"
        )
        found.years.setdefault(year, set()).add(kind)
        if said.day and _leads(text, start):
            found.own.add(year)
            found.votes.append((month_of(year, said.month), month_of(year, said.month) + 1, 0.8, f"开头写明“{shown}”"))
    if said.month:
        done = said.part == "份" and _STAT.search(text[end : end + 30]) is not None
        at = month_of(year, said.month) + done
        if said.part in {"底", "末"} and "截" in before:
            at, done = at + 1, True
        found.add("lower", at, weight, f"“{shown}”已是过去的事：不早于{_name(at)}")
        found.fine.add(at)
        return
    if said.span:
        first_month, last_month = said.span
        if _STAT.search(text[end : end + 40]) is None:
            found.add("lower", month_of(year, first_month), weight, f"“{shown}”：不早于{year}年{first_month}月")
            found.fine.add(month_of(year, first_month))
            return
        at = month_of(year, last_month) + 1
        found.add("lower", at, STATISTIC * trust, f"“{shown}”的数据已公布：不早于{_name(at)}")
        found.votes.append((at, at + 1, 0.3, f"“{shown}”的结果刚公布"))
        found.fine.add(at)
        return
    if said.edge:
        if "初" not in said.edge and "截" in before:
            # Figures as of the end of a year are known when it is over.
            at = month_of(year + 1, 1)
            found.add("lower", at, STATISTIC * trust, f"“{shown}”的数据已公布：不早于{year + 1}年")
            found.votes.append((at, at + 11, 0.5, f"“{shown}”是最近的年末数"))
            return
        at = month_of(year, 1 if "初" in said.edge else 12)
        found.add("lower", at, weight, f"“{shown}”已是过去的事：不早于{_name(at)}")
        found.fine.add(at)
        return
    _named_year(text, said, weight, shown, found)


def _named_year(text: str, said: Said, weight: float, shown: str, found: Evidence) -> None:
    """A past year without month: results of the whole year, or something that happened in it."""
    year, end = said.year or 0, said.end
    clause = text[end : end + 28].partition("。")[0]
    if said.yearly:
        recent = _RECENT.search(text[max(0, said.start - 40) : said.start]) is not None
        if _STAT.search(clause) or re.search(r"统计|财报|年报|考核|公报|报告|审计|总结|表彰", clause):
            at = month_of(year + 1, 1)
            found.add("lower", at, STATISTIC * 0.6, f"“{shown}”是{year}全年的结果")
        else:
            found.add("lower", month_of(year, 1), weight, f"“{shown}”")
            if recent:
                found.votes.append((month_of(year, 1), month_of(year, 12), 0.8, f"近日公布“{shown}”：{year}年"))
        return
    before = text[max(0, said.start - 8) : said.start]
    if (said.ranged and re.search(r"累计|总额|合计|年均|平均|共", clause)) or _full_year(before, clause):
        at = month_of(year + 1, 1)
        found.add("lower", at, STATISTIC, f"“{shown}”是{year}全年的数据：不早于{year + 1}年")
        found.votes.append((at, at + 11, 0.4, f"“{shown}”是最近一个整年"))
        found.votes.append((at, at + 2, 0.2, f"“{shown}”的年度数据刚公布"))
        found.add("lower", month_of(year, 1), PAST, f"“{shown}”已是过去的事：不早于{year}年")
        return
    found.add("lower", month_of(year, 1), weight, f"“{shown}”已是过去的事：不早于{year}年")


_EXPECTED = re.compile(r"预计|预期|预测|有望")
_SAME_PERIOD = re.compile(r"(?:比|较|与|跟|同|相比于|对比)$")
_UNCUED_PLAN = re.compile(
    r"(?:\d{1,2}月)?(?:底|初|末)?(?:全面|全部|整体)?(?:建成|投产|竣工|投用|完工|交付|达产|投入使用|投入运营|启用)(?![了过])"
)


def _leads(text: str, place: int) -> bool:
    """Whether a date stands at the very beginning of the text's first paragraph of prose."""
    line = text.rfind("\n", 0, place) + 1
    if place - line > LEAD:
        return False
    return all(len(other) < 50 for other in text[:line].split("\n"))


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
    text: str, before: str, said: Said, planned: bool, past: bool, trust: float, shown: str, found: Evidence
) -> None:
    end = said.end
    if said.span is not None:
        last = said.span[1]
        if planned:
            found.add("rel_upper", last, PLANNED * trust, f"“{shown}”是计划或预计：不晚于{last}月")
        elif (past or _STAT.search(text[end : end + 40])) and last < 12:
            found.add("rel_lower", last + 1, STATISTIC * trust, f"“{shown}”已有结果：不早于{last + 1}月")
            # Results are news for two months.
            found.rel_votes.append((last + 1, min(last + 2, 12), 0.5 * trust, f"“{shown}”的结果刚公布"))
        return
    if said.month:
        at = said.month
        if planned:
            found.add("rel_upper", at, PLANNED * trust, f"“{shown}”是计划或预计：不晚于{at}月")
            return
        # Figures up to the end of a month are told in the next.
        counted = (said.part == "份" or (not said.day and not said.part and text[end : end + 1] == ",")) and (
            _STAT.search(text[end : end + 30]) is not None
        )
        done = at < 12 and (counted or ("截" in before and not said.day and said.part != "初"))
        weight = (PAST if past or said.day else MENTIONED) * trust
        if not said.day and not past and _UNCUED_PLAN.match(text, end):
            weight *= 0.5
        found.add("rel_lower", at + done, weight, f"“{shown}”已是过去的事：不早于{at + done}月")
        return
    if said.edge and "初" in said.edge and not planned:
        found.add("rel_lower", 1, 0.3, f"“{shown}”")


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


def _fairs(text: str, found: Evidence) -> None:
    """Conferences and fairs told by their number (`第六届进博会`) or with the year behind their name."""
    pattern, where = _forms("frame/editions.csv")
    table = rows("frame/editions.csv")
    for match in pattern.finditer(text):
        numbered = _ORDINAL.search(text[max(0, match.start() - 8) : match.start()])
        if numbered is None:
            continue
        number = int(numbered[1]) if numbered[1].isdigit() else _number(numbered[1])
        for n in where[match.group()]:
            if table[n]["edition"] == str(number):
                at = month_of(int(table[n]["year"]), int(table[n]["month"]))
                _event(text, match.start() - len(numbered[0]), match.end(), at, found)
    pattern, where = _forms("frame/events.csv")
    table = rows("frame/events.csv")
    for match in pattern.finditer(text):
        year = _YEAR_BEHIND.match(text, match.end())
        for n in where[match.group()] if year is not None else ():
            if year is not None and table[n]["year"] == year[1] and table[n]["kind"] != "batch":
                at = month_of(int(year[1]), int(table[n]["month"]))
                _event(text, match.start(), year.end(), at, found)


_ORDINAL = re.compile(r"第([\d一二三四五六七八九十百]{1,5})届(?:中国)?$")
_YEAR_BEHIND = re.compile(r"\s?(20[0-4]\d)(?!\d)")
_COMING = re.compile(r"将|即将|筹备|倒计时|备战|下月|下个月|迎接|报名|拟|预告|前夕")
_NEXT_MONTH = re.compile(r"下个?月")
_GONE = re.compile(r"去年|上年|前年|曾|此前|早在|自|从|继")


def _event(text: str, start: int, end: int, at: Month, found: Evidence) -> None:
    """An event of a known month: it is over, is just being held, or is to come soon."""
    before, after = text[max(0, start - 14) : start], text[end : end + 14].partition("。")[0]
    shown = text[start:end]
    if _COMING.search(before) or _COMING.search(after):
        found.add("upper", at, PLANNED, f"“{shown}”（{_name(at)}）尚未举行")
        if _NEXT_MONTH.search(before) or _NEXT_MONTH.search(after):
            found.votes.append((at - 1, at - 1, 1.5, f"“{shown}”将于下月（{_name(at)}）举行"))
        else:
            found.votes.append((at - 3, at, 0.8, f"“{shown}”不久将于{_name(at)}举行"))
        found.fine.add(at - 1)
        return
    found.add("lower", at, PAST, f"“{shown}”举行于{_name(at)}")
    found.fine.add(at)
    if not _GONE.search(before):
        found.votes.append((at, at + 1, 1.3 if _RECENT.search(before + after) else 0.8, f"“{shown}”：{_name(at)}"))


def _yearly(text: str, found: Evidence) -> None:
    """Documents and turns of the year named with their year: `2023年…统计公报`, `回眸2022`."""
    after_words = re.compile(alternatives(row["after"] for row in rows("frame/annual.csv") if row["after"]))
    for match in _BARE_YEAR.finditer(text):
        year = int(match[1])
        before = text[max(0, match.start() - 4) : match.start()]
        behind = text[match.end() : match.end() + 28]
        stop = _SENTENCE_BREAK.search(behind)
        behind = (behind[: stop.start()] if stop else behind).partition(",")[0]
        word = after_words.search(behind)
        for row in rows("frame/annual.csv"):
            hit = before.rstrip("“").endswith(row["before"]) if row["before"] else word and word[0] == row["after"]
            if not hit or (row["before"] and year % 5 == 0 and year >= 2030):
                continue
            first = month_of(year, 1)
            shown = before[-2:] + match.group() + behind[: word.end() if word and row["after"] else 4]
            low, high = first + int(row["first"]), first + int(row["last"])
            found.votes.append((low, high, float(row["weight"]), f"“{shown.strip()}”：约在{_name(low)}至{_name(high)}"))


_BARE_YEAR = re.compile(r"(?<![\d《第])(20[0-4]\d)(?:年度?|(?=[^\d年./-]|$))")
_PLAN = re.compile(r"[“\"]?(十[一二三四五]?五)[”\"]?(?P<between>[^,。;\n]{0,12}?)(?P<form>{forms})")


def _plan_years(text: str, found: Evidence) -> None:
    """Years told by their place in a five-year plan: `“十四五”规划的收官之年`."""
    if "五" not in text:
        return
    table = {row["form"]: row for row in rows("frame/plan_years.csv")}
    pattern = re.compile(_PLAN.pattern.replace("{forms}", alternatives(table)))
    for match in pattern.finditer(text):
        name = match[1]
        first = 2001 + 5 * "零一二三四五".index(name[1]) if len(name) == 3 else 2001
        row = table[match["form"]]
        before = text[max(0, match.start() - 8) : match.start()]
        year = first + int(row["nth"]) - 1 - ("明年" in before) + ("去年" in before)
        shown = _clip(text, match.start(), match.end())
        found.votes.append((month_of(year, 1), month_of(year, 12), float(row["weight"]), f"“{shown}”：{year}年"))


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


def _ages(text: str, found: Evidence) -> None:
    """Years counted from one that is named: ages, anniversaries, `十年过去`."""
    for match in _AGE.finditer(text):
        length = _number(match["n"] or match["n2"])
        # What lasted long before the text was written is told with another year after it.
        if _in_title(text, match.start()) or length < 2 or re.search(r"(?:19|20)\d\d年", match["mid"]):
            continue
        _vote_year(found, int(match["y"]) + length, 1.1, match.group())
    for match in _SINCE_MONTH.finditer(text):
        month = int(match["m"])
        if 1 <= month <= 12 and not re.search(r"(?:19|20)\d\d年", match.group()[6:]):
            at = month_of(int(match["y"]) + _number(match["n"]), month)
            found.votes.append((at, at + 1, 0.9, f"“{match.group()[:10]}…{match.group()[-6:]}”：约{_name(at)}"))
            found.fine.add(at)
    for match in _YEARS_ON.finditer(text):
        if not re.search(r"(?:19|20)\d\d年", match.group()[5:]):
            _vote_year(found, int(match["y"]) + _number(match["n"] or match["n2"]), 1.5, match.group())
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
