"""What dates a text without being a date: holidays, seasons, fairs, zodiac years, anniversaries, new words."""

from __future__ import annotations

import re
from datetime import date, timedelta
from functools import cache

from yanzhen.data import rows
from yanzhen.frame.evidence import (
    FIRST,
    LAST,
    MENTIONED,
    NUMERAL,
    PAST,
    PLANNED,
    RECENT,
    SENTENCE_BREAK,
    Day,
    Evidence,
    Month,
    clip,
    in_title,
    iso_month,
    month_name,
    month_of,
    number,
    vote_year,
)
from yanzhen.frame.words import alternatives

_EDITION = re.compile(
    r"(?<!\d)(?P<y>20[0-4]\d)(?:年)?(?P<name>(?:[\u4e00-\u9fffA-Za-z·()“”]|\d(?!\d{3})){2,24}?(?:大会|论坛|峰会|博览会|博览交易会|大赛|年会|展览会|交易会|洽谈会|高交会|广交会|进博会|[\u4e00-\u9fff]博会))"
)
_FIRST_MONTH = re.compile(r"(?:农历)?(?:正月|大年)初([一二三四五六七八九十])(?![一二三四五六七八九十])")
_WEEKDAY = re.compile(r"(?<![\d年])(\d{1,2})月(\d{1,2})日[,(]?\s?(?:星期|周|礼拜)([一二三四五六日天])")
_AGE = re.compile(
    r"(?P<y>(?:19|20)\d\d)年(?P<mid>[^\n]{0,90}?)(?<![\d近约超过逾余多第])"
    rf"(?:(?P<n>{NUMERAL})年(?P<kind>来|间|以来|后的今天)|(?:经过|历经|历时|走过|深耕|实施|满|刚|整整)(?P<n2>{NUMERAL})年(?![前内级度]))"
)
_SINCE_MONTH = re.compile(
    rf"(?P<y>20\d\d)年(?P<m>\d{{1,2}})月[^\n]{{0,80}}?(?<![近约超过逾多第每\d])(?P<n>{NUMERAL})(?:周年|年(?:来|间|以来|过去|之后|后))"
)
_YEARS_ON = re.compile(
    rf"(?P<y>(?:19|20)\d\d)年[^\n]{{0,60}}?(?<![近约超过逾多第每\d])(?:(?P<n>{NUMERAL})年(?:过去|后的今天|时间|光阴|耕耘|磨一剑)|已经?(?P<n2>{NUMERAL})年了?)"
)
_FOUNDED = re.compile(
    r"(?:成立|创建|创立|始建|建立|设立|挂牌|组建)于(?P<y>(?:19|20)\d\d)年"
    r"|(?P<y2>(?:19|20)\d\d)年(?:\d{1,2}月)?[^。,\n0-9]{0,16}?(?:成立|创建|创立|挂牌|设立|建园|开园|揭牌|获批|组建)"
)
_FOUNDED_AGE = re.compile(
    rf"(?:成立|创建|创立|挂牌|设立|建园|开园|建区|组建|获批)(?:刚|已|至今|以来|整|刚刚|刚满|已满|满|才|仅)?(?P<n>{NUMERAL})(?:周)?年(?![前底末初内])"
)
_AGO = re.compile(
    rf"(?<![\d近约])(?P<n>{NUMERAL})年前[^\n]{{0,50}}?(?P<y>(?:19|20)\d\d)年(?!前)"
    rf"|(?P<y2>(?:19|20)\d\d)年[,(]?(?:也就是|即)(?P<n2>{NUMERAL})年前"
)
_FIRST_WORKDAY = re.compile(
    r"(?<!\d)(?:(\d{1,2})月)?(\d{1,2})日[^。\n]{0,16}(?:首个工作日|开工第一天|上班第一天|第一个工作日)"
)
_FESTIVAL_DAY = re.compile(
    r"(?<!\d)(\d{1,2})月(\d{1,2})日[^。\n]{0,12}?(除夕|大年初一|正月初一|正月十五|元宵|端午|中秋)"
)
_ZODIAC = re.compile(
    r"(?P<lunar>[甲乙丙丁戊己庚辛壬癸][子丑寅卯辰巳午未申酉戌亥])?(?P<a>[鼠牛虎兔龙蛇马羊猴鸡狗猪])年(?P<after>[\u4e00-\u9fff,。“”]{0,6})"
)
_STEMS, _BRANCHES, _ANIMALS = "甲乙丙丁戊己庚辛壬癸", "子丑寅卯辰巳午未申酉戌亥", "鼠牛虎兔龙蛇马羊猴鸡狗猪"


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


def _editions(text: str, found: Evidence) -> None:
    """Conferences and fairs that carry their year."""
    _, where = _forms("frame/events.csv")
    table = rows("frame/events.csv")
    for match in _EDITION.finditer(text):
        year = int(match["y"])
        if not FIRST <= year <= LAST or in_title(text, match.start()):
            continue
        before, after = text[max(0, match.start() - 24) : match.start()], text[match.end() : match.end() + 24]
        recent = bool(RECENT.search(before) or RECENT.search(after))
        planned = re.search(r"将|拟|筹备|即将|倒计时", before[-6:] + after[:10]) is not None
        shown = match.group()
        if planned:
            found.add("upper", month_of(year, 12), PLANNED, f"“{shown}”尚未举行：不晚于{year}年")
            found.votes.append((month_of(year, 1), month_of(year, 12), 0.6, f"“{shown}”在{year}年"))
            continue
        found.add("lower", month_of(year, 1), MENTIONED, f"“{shown}”：不早于{year}年")
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
            found.add("lower", month, PAST, f"“{shown}”举行于{month_name(month)}")
            if recent:
                found.votes.append((month, month, 1.5, f"“{shown}”近日举行:{month_name(month)}"))
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
        edition = str(number(numbered[1]))
        for n in where[match.group()]:
            if table[n]["edition"] == edition:
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
_COMING = re.compile(r"距离?|还有|将|即将|筹备|倒计时|备战|下月|下个月|迎接|报名|拟|预告|前夕")
_NEXT_MONTH = re.compile(r"下个?月|还有(?:不到)?(?:1个|一个)月|还有(?:[23]\d|[二三]十)天")
_GONE = re.compile(r"去年|上年|前年|曾|此前|早在|自|从|继")


def _event(text: str, start: int, end: int, at: Month, found: Evidence) -> None:
    """An event of a known month: it is over, is just being held, or is to come soon."""
    before, after = text[max(0, start - 14) : start], text[end : end + 14].partition("。")[0]
    shown = text[start:end]
    if _COMING.search(before) or _COMING.search(after):
        found.add("upper", at, PLANNED, f"“{shown}”（{month_name(at)}）尚未举行")
        if _NEXT_MONTH.search(before) or _NEXT_MONTH.search(after):
            found.votes.append((at - 1, at - 1, 1.5, f"“{shown}”将于下月（{month_name(at)}）举行"))
        else:
            found.votes.append((at - 3, at, 0.8, f"“{shown}”不久将于{month_name(at)}举行"))
        found.fine.add(at - 1)
        return
    found.add("lower", at, PAST, f"“{shown}”举行于{month_name(at)}")
    found.fine.add(at)
    if not _GONE.search(before):
        found.votes.append((at, at + 1, 1.3 if RECENT.search(before + after) else 0.8, f"“{shown}”：{month_name(at)}"))


def _yearly(text: str, found: Evidence) -> None:
    """Documents and turns of the year named with their year: `2023年…统计公报`, `回眸2022`."""
    after_words = re.compile(alternatives(row["after"] for row in rows("frame/annual.csv") if row["after"]))
    for match in _BARE_YEAR.finditer(text):
        year = int(match[1])
        before = text[max(0, match.start() - 4) : match.start()]
        behind = text[match.end() : match.end() + 28]
        stop = SENTENCE_BREAK.search(behind)
        behind = (behind[: stop.start()] if stop else behind).partition(",")[0]
        word = after_words.search(behind)
        line = text.rfind("\n", 0, match.start()) + 1
        if not behind and match.end() - line <= 20 and not match.group().endswith("年"):
            first = month_of(year, 12)
            found.votes.append(
                (first, first + 2, 0.8, f"题为“{text[line : match.end()]}”：约在{month_name(first)}前后")
            )
        for row in rows("frame/annual.csv"):
            hit = before.rstrip("“").endswith(row["before"]) if row["before"] else word and word[0] == row["after"]
            if not hit or (row["before"] and year % 5 == 0 and year >= 2030):
                continue
            first = month_of(year, 1)
            shown = row["before"] + match.group() + behind[: word.end() if word and row["after"] else 4]
            low, high = first + int(row["first"]), first + int(row["last"])
            found.votes.append(
                (low, high, float(row["weight"]), f"“{shown.strip()}”：约在{month_name(low)}至{month_name(high)}")
            )


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
        shown = clip(text, match.start(), match.end())
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
            since = iso_month(row["since"])
            weight = float(row["weight"])
            found.add("lower", since, weight, f"提到“{form}”：不早于{month_name(since)}")
            if row["until"]:
                found.votes.append((since, iso_month(row["until"]), 0.4 * weight, f"提到“{form}”"))
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
                found.add("rel_upper", last, weight, f"“{clip(text, match.start(), match.end())}”还没到")
                continue
            shown = f"“{clip(text, match.start(), match.end())}”：{first}月" + (f"至{last}月" if last != first else "")
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
            found.votes.append((month_of(year, 1), month_of(year, 12), weight, f"“{match.group()}”：{year}年"))
    events = rows("frame/events.csv")
    pattern, where = _forms("frame/events.csv")
    for match in pattern.finditer(text):
        form = match.group()
        recent = RECENT.search(text[max(0, match.start() - 24) : match.end() + 16]) is not None
        for n in where[form]:
            row = events[n]
            if row["kind"] == "batch":
                at = month_of(int(row["year"]), int(row["month"]))
                found.add("lower", at, MENTIONED, f"“{form}”公示于{month_name(at)}")
                found.fine.add(at)
                if recent:
                    found.votes.append((at, at, 1.5, f"近日公示“{form}”：{month_name(at)}"))
            elif not row["year"] and recent and form not in seen:
                month = int(row["month"])
                found.rel_votes.append((month, month, 0.5, f"“{form}”通常在{month}月举行"))
        seen.add(form)


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
        shown = clip(text, match.start(), match.end("a") + 1)
        for year in fits:
            spring = _lunar()[year]["spring"]
            found.votes.append(
                (
                    month_of(spring.year, spring.month),
                    month_of(year + 1, 1),
                    1.5,
                    f"“{shown}”：{animal}年始于{spring.isoformat()}",
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
    for match in _FIRST_MONTH.finditer(text):
        for year in years:
            on = _lunar()[year]["spring"] + timedelta(days=number(match[1]) - 1)
            at = month_of(on.year, on.month)
            shown = f"{year}年{match.group()}是{on.month}月{on.day}日"
            found.votes.append((at, at, 0.8, shown))
            found.days.append(Day(on.year, on.month, on.day, shown))
    for match in _WEEKDAY.finditer(text) if "星期" in text or "周" in text else ():
        weekday = "一二三四五六日".find(match[3].replace("天", "日"))
        month, day = int(match[1]), int(match[2])
        for year in years:
            if 1 <= month <= 12 and 1 <= day <= 28 and date(year, month, day).weekday() == weekday:
                found.votes.append((month_of(year, 1), month_of(year, 12), 1.2, f"{match.group()}：{year}年"))


def _ages(text: str, found: Evidence) -> None:
    """Years counted from one that is named: ages, anniversaries, `十年过去`."""
    for match in _AGE.finditer(text):
        length = number(match["n"] or match["n2"])
        # What lasted long before the text was written is told with another year after it.
        if in_title(text, match.start()) or length < 2 or re.search(r"(?:19|20)\d\d年", match["mid"]):
            continue
        vote_year(found, int(match["y"]) + length, 1.1, match.group())
    for match in _SINCE_MONTH.finditer(text):
        month = int(match["m"])
        if 1 <= month <= 12 and not re.search(r"(?:19|20)\d\d年", match.group()[6:]):
            at = month_of(int(match["y"]) + number(match["n"]), month)
            found.votes.append((at, at + 1, 0.9, f"“{match.group()[:10]}…{match.group()[-6:]}”：约{month_name(at)}"))
            found.fine.add(at)
    for match in _YEARS_ON.finditer(text):
        if not re.search(r"(?:19|20)\d\d年", match.group()[5:]):
            vote_year(found, int(match["y"]) + number(match["n"] or match["n2"]), 1.5, match.group())
    for match in _AGO.finditer(text):
        vote_year(found, int(match["y"] or match["y2"]) + number(match["n"] or match["n2"]), 1.0, match.group())
    ages = list(_FOUNDED_AGE.finditer(text))
    if ages:
        founded = {int(match["y"] or match["y2"]) for match in _FOUNDED.finditer(text)}
        for match in ages:
            for year in founded if len(founded) <= 2 else ():
                shown = f"{year}年成立,{match.group()}"
                vote_year(found, year + number(match["n"]), 1.2 / len(founded), shown)
    if "周年" in text:
        table = rows("frame/anniversaries.csv")
        bases = {row["form"]: int(row["year"]) for row in table}
        for match in re.finditer(rf"(?P<what>{alternatives(bases)})(?P<n>\d{{1,3}})周年", text):
            year = bases[match["what"]] + int(match["n"])
            found.votes.append((month_of(year, 1), month_of(year, 12), 1.8, f"“{match.group()}”：{year}年"))


def _is_day(day: date, month: int, number: int) -> bool:
    return day.month == month and day.day == number


def occasions(text: str, found: Evidence) -> None:
    """Adds everything of a text that dates it without being a date."""
    _editions(text, found)
    _fairs(text, found)
    _tables(text, found)
    _yearly(text, found)
    _plan_years(text, found)
    _calendar(text, found)
    _ages(text, found)
