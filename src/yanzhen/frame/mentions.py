"""Dates that a text mentions: which are past, which planned, and of which year those are that do not say it."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache

from yanzhen.data import rows
from yanzhen.frame.evidence import (
    BACKGROUND,
    FIRST,
    LAST,
    MENTIONED,
    PAST,
    PLANNED,
    RECENT,
    SENTENCE_BREAK,
    STATISTIC,
    Day,
    Evidence,
    clip,
    in_title,
    month_name,
    month_of,
)
from yanzhen.frame.words import alternatives

WINDOW = 14  # characters to either side in which a cue of tense counts
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
STAT = re.compile(
    r"同比|比上年|增长|增速|总量|总产值|产值|营收|营业收入|销售收入|软件收入|GDP|生产总值|税收|进出口|固定资产投资|固投|全年|利润|"
    r"实际使用外资|实际利用外资|吞吐量|交易额|财政收入|纳税"
)


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


_ANNOUNCED = re.compile(r"(?:提出|目标是|目标为|计划|预计|规划|安排|部署|明确|展望)$")
_BY_PLAN = re.compile(
    r"(?:按照?|根据|依照)[^,。;\n]{0,12}(?:计划|规划|方案|安排|部署|进度|协议|约定),[^。;\n]{0,30}$|预计[^。;\n]{0,24}$"
)
_UNTIL = re.compile(r"(?<![直达得看来回等受收感提遇接截])到$")
_FORMER_PLAN = re.compile(r"原定|原计划|原本|应于|本应|原拟|(?:协议|合同|双方)约定")
_WINDOW = re.compile(r"(?:申报|受理|报名|征集|申请|集中办理|公示)(?:的)?(?:时间|期|期限|日期)?(?:为|是|:|定于)")
_TARGET = re.compile(
    r",?[^。,;\n]{0,24}?(?:[%元家个倍](?:左右|以上)|目标(?:是|为|:)|预期目标|力争|怎么干|怎么办|工作思路|预期增长)"
)
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
        return not re.search(r"已|了|才|刚", near), False
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
LEAD = 60  # characters of an article's first paragraph in which the news itself is dated


def mentions(text: str, found: Evidence) -> None:
    previous = (-1, False)
    anchor: Said | None = None  # the last mention that says its year, by number or as 去年
    for match in _MENTION.finditer(text):
        said = _read(match)
        if said is None:
            continue
        start, end = said.start, said.end
        if said.ranged and said.whole and _plan_period(text, match, found):
            continue
        if in_title(text, start):
            continue
        before = text[max(0, start - 8) : start]
        sentence = _sentence_before(text, start)
        if _FORMER_PLAN.search(sentence) or "每年" in sentence or (before.endswith("由") and _MOVED.match(text, end)):
            continue  # what was once planned says neither that it came to be nor that it is still to come
        if said.year is None and _WINDOW.search(sentence):
            continue  # days within which to apply
        planned, past = _tense(text, start, end, previous)
        planned = planned or (said.whole and said.year is not None and _TARGET.match(text, end) is not None)
        previous = (end, planned and said.relative not in {"同年", "当年"})
        if said.relative in _NEXT_YEARS:
            continue
        if said.relative in _LAST_YEARS:
            anchor = said
            continue
        shown = clip(text, start, end)
        if said.year and said.month and planned and _WINDOW.search(sentence):
            at = month_of(said.year, said.month)
            found.votes.append((at - 1, at, 0.9, f"“{clip(text, start, end)}”：通知在受理前不久印发"))
        if said.day and not planned and not _FOUNDED_ON.search(before) and not _DURING.match(text, end):
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
                if not SENTENCE_BREAK.search(between):
                    if anchor.year is None:
                        continue  # of last year as well
                    if anchor.month or len(between) <= 12:
                        # `2022年3月签约,5月开工`
                        following = anchor.year + (0 < said.month < anchor.month)
                        _absolute(text, replace(said, year=following), planned, False, shown, found, 0.7)
                        anchor = replace(anchor, end=end, year=following, month=said.month or anchor.month)
                        continue
                elif "\n" not in between and anchor.year and 0 < anchor.month < said.month:
                    # `2021年3月签约。5月拿地。8月28日开工。`
                    _absolute(text, replace(said, year=anchor.year), planned, False, shown, found, 0.5)
                    anchor = replace(anchor, end=end, month=said.month)
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
    if not 1 <= last - first <= 15 or not _PLAN_WORD.search(around) or STAT.search(around):
        return False
    at = month_of(first, 1)
    found.add("lower", at - 6, BACKGROUND, f"“{clip(text, match.start(), match.end())}”：不早于{month_name(at - 6)}")
    own = in_title(text, match.start())  # a plan that is only cited may be older
    found.votes.append((at - 2, at + 11, 0.3 if own else 0.6, f"{first}至{last}年的计划多在{first}年前后印发"))
    return True


_FOUNDED_ON = re.compile(r"(?:成立|创建|创立|建立|设立|始于|早在|自去年|此前)于?$")
_DURING = re.compile(r"(?:(?:至|到|-|—|~)[\d年月日]{3,12})?(?:期间|之间|内|以后|之后|以前|之前|前)")
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


def _sentence_before(text: str, place: int) -> str:
    """What stands before a place in its sentence, 40 characters at most."""
    part = text[max(0, place - 40) : place]
    stop = max(part.rfind(mark) for mark in "。;!?\n")
    return part[stop + 1 :]


def _in_brackets(text: str, place: int) -> bool:
    opened = text.rfind("(", max(0, place - 20), place)
    return opened >= 0 and text.find(")", opened, place) < 0


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
        elif said.whole and (STAT.search(clause) or _TARGET.match(text, end)) and _UNTIL.search(before[-4:]) is None:
            # A year's targets are announced with the results of the year before.
            at = month_of(year, 1)
            found.votes.append((at, at + 2, 0.9, f"“{shown}”是年度目标，多在年初提出"))
            found.targets.add(month_of(year, 12))
        if said.month and re.match(r"起(?:施行|实施|执行|生效)", text[end : end + 3]):
            at = month_of(year, last)
            early = said.day == 1  # rules in force from the first of a month are mostly issued in the month before
            found.votes.append((at - 2, at, 0.8, f"“{shown}”：规定在施行前不久印发"))
            found.votes.append((at - early, at - early, 0.5, f"“{shown}”：多在{month_name(at - early)}印发"))
        return
    compared = _SAME_PERIOD.search(before) is not None and (clause.startswith("同期") or said.whole or bool(said.edge))
    if compared:
        first = month_of(year + 1, 1)
        found.votes.append((first, first + 11, 0.7, f"与{year}年相比：{year + 1}年"))
    if not founding:
        running = (
            (said.day and "截" in before)
            or before.endswith(("仅", "仅在", "光", "单是", "单"))
            or clause.startswith("就")
        )
        kind = (
            "part"
            if (said.span and not compared) or running
            else "day"
            if said.day
            else "month"
            if said.month
            else "year"
        )
        if said.whole and _OCCASION.match(text, said.end):
            kind = "event"
        found.years.setdefault(year, set()).add(kind)
        if said.day and _leads(text, start) and not _DURING.match(text, said.end):
            found.own.add(year)
            found.votes.append((month_of(year, said.month), month_of(year, said.month) + 1, 0.8, f"开头写明“{shown}”"))
    if said.month:
        done = said.part == "份" and STAT.search(text[end : end + 30]) is not None
        at = month_of(year, said.month) + done
        if said.part in {"底", "末"} and "截" in before:
            at, done = at + 1, True
        found.add("lower", at, weight, f"“{shown}”已是过去的事：不早于{month_name(at)}")
        found.fine.add(at)
        return
    if said.span:
        first_month, last_month = said.span
        if STAT.search(text[end : end + 40]) is None:
            found.add("lower", month_of(year, first_month), weight, f"“{shown}”：不早于{year}年{first_month}月")
            found.fine.add(month_of(year, first_month))
            return
        at = month_of(year, last_month) + 1
        found.add("lower", at, STATISTIC * trust, f"“{shown}”的数据已公布：不早于{month_name(at)}")
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
        found.add("lower", at, weight, f"“{shown}”已是过去的事：不早于{month_name(at)}")
        found.fine.add(at)
        return
    _named_year(text, said, weight, shown, found)


def _named_year(text: str, said: Said, weight: float, shown: str, found: Evidence) -> None:
    """A past year without month: results of the whole year, or something that happened in it."""
    year, end = said.year or 0, said.end
    clause = text[end : end + 28].partition("。")[0]
    if said.yearly:
        recent = RECENT.search(text[max(0, said.start - 40) : said.start]) is not None
        if STAT.search(clause) or re.search(r"统计|财报|年报|考核|公报|报告|审计|总结|表彰", clause):
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


_OCCASION = re.compile(
    r"[^,。;:、\n]{0,22}?(?:大会|会议|仪式|活动|论坛|推介会|动员会|发布会|座谈会|招聘会|对接会|峰会|大赛|集中开工|集中签约|展会|年会)"
)
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
    if re.search(r"榜|排名|评价|名单|位次", clause):
        return False
    if re.match(r"(?:达到?|为|突破|超过?|实现|完成)\d", clause):
        return True
    if re.search(r"提出|目标|力争|预期|计划|预计|将", clause):
        return False
    if re.match(r"(?:以来|起|至今|成立|创立|入选|获批|落户|被|开始|前|后|的?时候)", clause):
        return False
    return STAT.search(clause) is not None and re.search(r"\d", clause) is not None


def _month(digits: str) -> int:
    month = int(digits)
    return month if 1 <= month <= 12 else 0


def _relative(
    text: str, before: str, said: Said, planned: bool, past: bool, trust: float, shown: str, found: Evidence
) -> None:
    end = said.end
    if said.span is not None:
        last = said.span[1]
        if planned:
            found.add("rel_upper", last, PLANNED * trust, f"“{shown}”是计划或预计：不晚于{last}月")
        elif (past or STAT.search(text[end : end + 40])) and last < 12:
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
            STAT.search(text[end : end + 30]) is not None
        )
        done = at < 12 and (counted or ("截" in before and not said.day and said.part != "初"))
        weight = (PAST if past or said.day else MENTIONED) * trust
        if not said.day and not past and _UNCUED_PLAN.match(text, end):
            weight *= 0.5
        found.add("rel_lower", at + done, weight, f"“{shown}”已是过去的事：不早于{at + done}月")
        return
    if said.edge and "初" in said.edge and not planned:
        found.add("rel_lower", 1, 0.3, f"“{shown}”")
