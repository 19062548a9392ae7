"""Finds time phrases: what is written, not yet which days it means."""

from __future__ import annotations

import re
from datetime import date
from functools import cache
from typing import NamedTuple

from yanzhen.data import rows, split
from yanzhen.quantify.calendar import Term
from yanzhen.quantify.numerals import numeral_at, small_number, year_number

SEP = r"(?:-{1,2}|—{1,2}|–|―|~|～|─|至|到|－)"
CN = "一二三四五六七八九"
MONTH = rf"(?:1[0-2]|0?[1-9]|十[一二]?|[{CN}]|元)"
DAY = rf"(?:3[01]|[12]\d|0?[1-9]|三十一?|二?十[{CN}]?|[{CN}])"
SUBYEAR_AHEAD = r"(?=\s?(?:1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九])\s?月|第?[一二三四1-4]季|[QqHh][1-4]|[上下]半年|[年]?[底末初]|前[一二三四五六七八九十两\d]{1,2}(?:个月|季)|春节|国庆|元旦|端午|中秋|第[一二三四五六七八九十\d])"  # noqa: E501


class Words(NamedTuple):
    """`words/periods.csv` by kind, and the patterns made of it."""

    by_kind: dict[str, dict[str, str]]
    longest: dict[str, int]
    sizes: dict[str, dict[str, tuple[int, ...]]]  # kind -> first character -> lengths, longest first
    year: re.Pattern[str]
    years: re.Pattern[str]
    iso: re.Pattern[str]
    compact: re.Pattern[str]
    dmy: re.Pattern[str]
    short: re.Pattern[str]
    month_day: re.Pattern[str]
    year_month: re.Pattern[str]
    quarter: re.Pattern[str]
    quarters: re.Pattern[str]
    first_months: re.Pattern[str]
    months: re.Pattern[str]
    month: re.Pattern[str]
    days: re.Pattern[str]
    day: re.Pattern[str]
    open_day: re.Pattern[str]
    nth_week: re.Pattern[str]
    decade: re.Pattern[str]
    century: re.Pattern[str]
    length_unit: re.Pattern[str]
    length_after: re.Pattern[str]
    year_edge: re.Pattern[str]
    month_edge: re.Pattern[str]
    plan_tail: re.Pattern[str]
    part: re.Pattern[str]
    lunar: re.Pattern[str]
    lunar_mark: re.Pattern[str]
    lunar_month: re.Pattern[str]
    lunar_day: re.Pattern[str]
    sep: re.Pattern[str]
    before_end: re.Pattern[str]
    since: re.Pattern[str]
    trigger: str
    trigger_first: frozenset[str]


def _alternatives(words: dict[str, str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


@cache
def words() -> Words:
    """The tables, read once."""
    by_kind: dict[str, dict[str, str]] = {}
    for row in rows("words/periods.csv"):
        kind = by_kind.setdefault(row["kind"], {})
        for word in split(row["words"]):
            kind[word] = row["value"]
    eras = _alternatives(by_kind["era"])
    y4 = rf"(?:\d{{4}}|[一二][〇零{CN}]{{3}}|[一二两]千(?:零?[{CN}]?十[{CN}]?|零?[{CN}])?)"
    y2 = rf"(?:\d{{2}}|[〇零{CN}]{{2}})"
    triggers = (
        [
            word
            for kind in (
                "year",
                "year_context",
                "year_pair",
                "month",
                "month_context",
                "day",
                "day_context",
                "week",
                "quarter",
                "half",
                "part_of_year",
                "festival",
                "weekday",
                "weekend",
                "none",
                "era",
                "lunar",
                "lunar_month",
            )
            for word in by_kind[kind]
            if len(word) > 1
        ]
        + [word for word in by_kind["edge_of_year"] if len(word) > 1 and word[0] in "年岁"]
        + [
            word
            for word in by_kind["part_of_month"]
            if len(word) > 1 and (word[0] == "月" or word[1] == "旬" or len(word) > 2)
        ]
        + [word for word in by_kind["season"] if len(word) > 1]
    )
    return Words(
        by_kind=by_kind,
        longest={kind: max(map(len, group)) for kind, group in by_kind.items()},
        sizes={kind: _sizes(group) for kind, group in by_kind.items()},
        year=re.compile(
            rf"(?:(?P<era>{eras})(?P<ey>{y4}|[{CN}十百零]{{1,6}}|\d{{1,4}}|元)年)"
            rf"|(?P<y>{y4})\s?(?:年度|年份|年|财年)(?!级|以内|期)"
            # Two figures no count is written with: 三三年 is 1933, 三四年 three or four years.
            rf"|(?P<yy>(?!一二|二三|三四|三五|四五|五六|六七|七八|八九)[{CN}]{{2}})年(?![以之]?[来前后内级])"
            rf"|(?P<y3>[〇零{CN}]{{3}})年(?={MONTH}月)"
            rf"|(?P<y2>{y2})\s?年(?:{SUBYEAR_AHEAD}|(?<=[0零〇]\d年)|(?<=[0零〇][{CN}]年)|(?<=0\d\s年))"
        ),
        years=re.compile(
            rf"(?P<a>{y4}|\d{{2}})\s?(?:年)?\s?(?:{SEP}|、|和|与|及)\s?(?P<b>{y4}|\d{{2}})\s?(?:年度|年|[两二]年)"
        ),
        iso=re.compile(
            r"(?P<y>(?:1\d|20)\d\d)(?P<s>[-/.·])(?P<m>1[0-2]|0?[1-9])[-/.·](?P<d>3[01]|[12]\d|0?[1-9])(?![\d%])"
            r"|(?P<y2>(?:1\d|20)\d\d) (?P<m2>1[0-2]|0[1-9]) (?P<d2>3[01]|[12]\d|0[1-9])(?![\d.%])"
        ),
        compact=re.compile(r"(?P<y>(?:19|20)\d\d)(?P<m>1[0-2]|0[1-9])(?P<d>3[01]|[12]\d|0[1-9])(?![\d.A-Za-z%])"),
        dmy=re.compile(
            r"(?P<d>3[01]|[12]\d|0?[1-9])(?P<s>[-/.])(?P<m>1[0-2]|0?[1-9])(?P=s)(?P<y>(?:1[89]|20)\d\d)(?!\d)"
        ),
        short=re.compile(
            r"(?P<a>\d{1,2})(?P<s>[-/])(?P<m>\d{1,2})(?P=s)(?P<b>\d{1,2})(?![\d.\-/A-Za-z%号室楼栋座层幢单期年月日元万个家亩米])"
        ),
        month_day=re.compile(
            r"(?P<m>0[1-9])-(?P<d>3[01]|[12]\d|0[1-9])(?![\d.\-/A-Za-z%号室楼栋座层幢单期年月日元万个家亩米])"
            r"|(?<![\d一-龥A-Za-z])(?P<m2>1[0-2]|[1-9])·(?P<d2>3[01]|[12]\d|[1-9])(?=$|[”\"’),。;])"
        ),
        year_month=re.compile(r"(?P<y>(?:19|20)\d\d)(?P<s>[-/.])(?P<m>1[0-2]|0[1-9])(?![\d%.])"),
        quarter=re.compile(
            r"(?P<span>前|头|后)?(?:第(?P<n1>[一二三四1-4])(?:个)?季度?|(?P<n2>[一二三四两1-4])(?:个)?季度|(?P<n3>首)(?:个)?季度?|[Qq](?P<n4>[1-4])(?:季度)?(?![A-Za-z\d]))(?P<edge>末|初)?"
        ),
        quarters=re.compile(
            rf"第?(?P<a>[一二三四1-4])(?:季度)?(?P<s>{SEP}|、|和|与|及)第?(?P<b>[一二三四1-4])(?:个)?季度"
        ),
        first_months=re.compile(rf"(?P<span>前|头|首|后)(?P<n>1[0-2]|[1-9]|十[一二]?|[{CN}两])?(?P<ge>个)?月(?:份)?"),
        months=re.compile(rf"(?P<a>{MONTH})(?P<s>{SEP}|、|和|与|及)(?P<b>{MONTH})\s?月份?"),
        month=re.compile(rf"(?P<m>{MONTH})\s?月份?"),
        days=re.compile(rf"(?P<a>{DAY})[日号]?(?P<s>{SEP})(?P<b>{DAY})[日号]"),
        day=re.compile(rf"(?P<d>{DAY})\s?[日号]"),
        open_day=re.compile(rf"(?P<d>{DAY})(?=$|[\s,。;、)]|{SEP}|出生|晚|早)"),
        nth_week=re.compile(
            rf"的?(?:第(?P<n>[{CN}十]{{1,3}}|\d{{1,2}})|(?P<last>最后一?))个?(?:(?:周|星期|礼拜)(?P<w>[一二三四五六日天])?)(?!年)"
        ),
        decade=re.compile(
            rf"(?:(?P<full>1[89]|20)|(?P<century>上个?世纪|本世纪|(?P<c>\d{{1,2}}|[{CN}十]{{1,3}})世纪)(?P<part1>初|末)?)?(?P<d>\d0|[{CN}]十)年代(?P<part>初期?|末期?|中期|前期|后期|早期)?"
        ),
        century=re.compile(rf"(?P<c>1\d|[1-9]|十[{CN}]?|[{CN}])世纪(?P<part>初|末|中叶)?"),
        length_unit=re.compile(
            r"(?P<more>多|余|来)?(?:个|周)?(?P<more2>多)?(?P<half>半)?(?P<u>季度|工作日|交易日|星期|礼拜|月|年(?!产|度|级|龄|轮|报|均|会|代|货|票|薪)|周(?!边|围|期|刊|转)|天(?!然|津|河|府|线|气|空|使)|日(?!产|均|处理|本|照|报|元|常|益|用|化))(?P<half2>半)?(?P<more3>多|余)?(?P<between>的?时间)?"
        ),
        length_after=re.compile(
            r"(?P<back>以来|来(?!自|源|到|说|访|华|电|料))|(?P<ahead>之内|以内|内(?!部|容|涵|地|外|蒙|需|生|核|陆|控|置|在|设|江|循|卷))"
            r"|(?P<ago0>以前|之前)|(?P<ago>前(?!后|列|沿|期|端|景|瞻|往|身|期|述|置|提|[\d一二三四五六七八九十两]{1,3}个?[月季]|\d))|(?P<hence0>以后|之后)|(?P<hence>后(?!续|期|端|台|勤|备|市|方|来|盾|进|劲|缀|半|轮))"
        ),
        year_edge=re.compile(
            r"(?:年(?P<e1>底|末|初|终|尾)|(?P<e2>底|末)(?!端|梢|线|子|座|层|盘|蕴|色|部|气|片|层)|(?P<e3>初)(?!步|期|创|级|始|衷|心|中|次|具|显|见|夏|冬|秋|春|三)|(?P<mid>年中)(?![国央关心科小部西东外型医建铁信芯车航海化交石粮])|(?P<e4>伊始)|(?P<full>全年|年内|内(?!部|容|外|地|涵|需)))"
        ),
        month_edge=re.compile(
            r"(?P<x>[上中下])(?:旬(?P<x2>[至到-]?[上中下]旬)?|(?P<x3>[中下])旬)|月?(?:(?P<e>底|末)(?!端|层|部|座|线|盘)|(?P<i>初)(?!步|期|创|级|始|衷|心|中|次|具|显|见|夏|冬|秋|春)|(?P<c>中)(?=[,。;、]))"
        ),
        plan_tail=re.compile(
            r"[”\"'’》]?(?:(?P<span>期间|时期|期内|这五年|的五年|五年(?!规划|计划)|阶段)(?P<spanend>末)?|(?P<end>末期?|期末|末年|收官之际|收官时)|(?P<lastyear>收官之年|收官年|最后一年)|(?P<firstyear>开局之年|开局年|首年|第一年|开局起步之年)|(?P<since>以来)|(?P<part>初期?|前期|中期|后期|前半程|后半程|(?P<edgeyears>[前后][一二两三四]年)))"
        ),
        part=re.compile(
            rf"的?\s?(?:(?P<first>前|头|首)|(?P<last>最后|末|后)|第)\s?(?P<n>\d{{1,2}}|[{CN}十两]{{1,3}})\s?"
            r"(?P<u>个月|个?周|个?星期(?![一二三四五六日天])|天)(?!年|以|之|内|前|后|多)"
        ),
        sep=re.compile(rf"\s?(?:{SEP})\s?(?:截至|截止)?|(?:起|开始)(?:至|到)"),
        before_end=re.compile(
            r"(?:\(含[^)]{0,4}\))?(?:(?:或|及|以及)(?:之前|以前|此前|更早)|之前|以前|前(?!后|列|沿|期|端|景|瞻|往|身|述|置|提(?![交出供报请货])|三|两|\d|[一二三四五六七八九十]|者|不久|夕|言|台|海))"
        ),
        since=re.compile(
            r"(?:\(含[^)]{0,4}\))?(?:(?P<since>以来|来(?=[,。、])|(?:起|开始)?(?:至今|迄今)(?!年)|(?:到|至)(?:现在|目前|今(?![年天日])))|(?P<from>(?:或|及|以及)(?:之后|以后|更晚))|(?P<after>(?:以后|之后)(?!的?[几第不\d一二三四五六七八九十]))|(?P<start>起(?!步|草|伏|点|来|重|码|初|航|飞|诉|源|到|势|落|降|动|始|家)|开始(?=[,。实施行]|$)))"
        ),
        lunar=re.compile(
            rf"(?:{_alternatives(by_kind['lunar'])})|闰(?=[{CN}十\d])|(?:{_alternatives(by_kind['lunar_month'])})"
            rf"|月(?:初[{CN}十\d]|[廿卅]|十五)"
        ),
        lunar_mark=re.compile(rf"的?(?:{_alternatives(by_kind['lunar'])})"),
        lunar_month=re.compile(rf"的?(?P<leap>闰)?(?P<m>1[0-2]|[1-9]|十[一二]?|[{CN}]|[正冬腊])月份?"),
        lunar_day=re.compile(
            rf"(?P<d>初[{CN}十]|初\d|廿[{CN}]?|卅一?|三十|二?十[{CN}]?|[12]\d|30|[{CN}\d])(?P<mark>[日号])?"
            rf"(?=$|[\s,。;、)前后起至到晚早出]|{SEP}|(?<=[日号]))"
        ),
        trigger="|".join(
            [re.escape(word) for word in sorted(set(triggers), key=len, reverse=True)] + [rf"闰(?=[{CN}十\d]{{1,2}}月)"]
        ),
        trigger_first=frozenset({*(word[0] for word in triggers), "闰"}),
    )


def find_word(kind: str, text: str, at: int) -> tuple[str, str] | None:
    """The longest word of a kind at `at` and its value."""
    w = words()
    sizes = w.sizes[kind].get(text[at : at + 1])
    if sizes is None:
        return None
    group = w.by_kind[kind]
    for size in sizes:
        piece = text[at : at + size]
        value = group.get(piece)
        if value is not None:
            return piece, value
    return None


def _sizes(group: dict[str, str]) -> dict[str, tuple[int, ...]]:
    found: dict[str, set[int]] = {}
    for word in group:
        found.setdefault(word[0], set()).add(len(word))
    return {first: tuple(sorted(sizes, reverse=True)) for first, sizes in found.items()}


def _ends_with(kind: str, text: str, end: int) -> str:
    w = words()
    group = w.by_kind[kind]
    for size in range(min(w.longest[kind], end), 0, -1):
        piece = text[end - size : end]
        if piece in group:
            return piece
    return ""


def _pair(value: str) -> tuple[int, int]:
    a, b = value.split(":")
    return int(a), int(b)


def number_of(text: str) -> int:
    if text == "元":
        return 1
    if text[0] == "初":
        text = text[1:]
    return small_number(text) or 0


def _two_digit(text: str) -> bool:
    return len(text) == 2 and "十" not in text and "千" not in text


def _year_part(text: str, at: int, term: Term) -> int:
    """Reads a year at `at` into `term`; returns where it ends, `at` if there is none."""
    w = words()
    match = w.year.match(text, at)
    if match is not None:
        if match["era"]:
            base = int(w.by_kind["era"][match["era"]])
            number = 1 if match["ey"] == "元" else year_number(match["ey"])
            if number is None:
                return at
            term.year = base + number - 1
            return match.end()
        word = match["y"] or match["y3"] or match["yy"] or match["y2"]
        year = year_number(word)
        if year is None or (match["y"] and not 1000 <= year <= 2999):
            return at
        term.year, term.two_digit = year, (match["y2"] or match["yy"]) is not None
        return match.end()
    for kind, anchor in (("year", "p"), ("year_context", "c")):
        found = find_word(kind, text, at)
        if found is not None and _year_word_stands(text, at, found[0]):
            term.year_base, term.year_off = anchor, int(found[1])
            end = at + len(found[0])
            return end + 1 if text.startswith("度", end) else end
    return at


def _year_word_stands(text: str, at: int, word: str) -> bool:
    """达产后年产值, 如今年产值, 文明年度 hold no 后年, 今年, 明年."""
    before, after = text[at - 1 : at], text[at + len(word) : at + len(word) + 1]
    if before and before in words().by_kind["year_split"].get(word, ""):
        return False
    return not (
        word in ("后年", "前年", "上年", "本年", "下年") and after and after in "产均营出销可纳税轻龄利收加处货货租薪发"
    )


def _quarter_months(term: Term, n: int, span: str | None, edge: str | None) -> None:
    if span in ("前", "头"):
        term.m1, term.m2 = 1, 3 * n
    elif span == "后":
        term.m1, term.m2 = 13 - 3 * n, 12
    else:
        term.m1, term.m2 = 3 * n - 2, 3 * n
    if edge == "末":
        term.m1 = term.m2
        term.edge = True
    elif edge == "初":
        term.m2 = term.m1


def _sub_year(text: str, at: int, term: Term) -> int:
    """Reads half, quarter, month, season or edge of a year at `at`; returns where it ends, `at` if there is none."""
    w = words()
    begin = at
    dated = term.has_year()
    if dated and at < len(text) and text[at] in "的 ":
        at += 1
    if dated and (end := _part(text, begin, term)) > begin:
        return end
    found = find_word("part_of_year", text, at)
    if found is not None:
        term.m1, term.m2 = _pair(found[1])
        return at + len(found[0])
    if (match := w.quarters.match(text, at)) is not None and match["s"] in "、和与及" and dated:
        a = number_of(match["a"])  # 2023年第一、二季度: the second is read on its own
        term.m1, term.m2 = 3 * a - 2, 3 * a
        return match.end("a")
    if match is not None and match["s"] not in "、和与及":
        a, b = number_of(match["a"]), number_of(match["b"])
        if a < b:
            term.m1, term.m2 = 3 * a - 2, 3 * b
            return match.end()
    if (match := w.quarter.match(text, at)) is not None:
        name = match["n1"] or match["n2"] or match["n3"] or match["n4"]
        n = 1 if name == "首" else 2 if name == "两" else number_of(name)
        if name != "两" or match["span"]:
            _quarter_months(term, n, match["span"], match["edge"])
            return match.end()
    if dated and (half := _HALF.match(text, at)) is not None:
        term.m1, term.m2 = (1, 6) if half[1] == "1" else (7, 12)
        return half.end()
    if (match := w.first_months.match(text, at)) is not None:
        n = (2 if match["n"] == "两" else number_of(match["n"])) if match["n"] else 1
        if (match["n"] or match["span"] == "首") and (match["ge"] or dated or match["span"] == "首"):
            term.m1, term.m2 = (13 - n, 12) if match["span"] == "后" else (1, n)
            return match.end()
    if (match := w.months.match(text, at)) is not None and match["s"] in "、和与及" and dated:
        term.m1 = term.m2 = number_of(match["a"])
        return match.end("a")
    if match is not None and match["s"] not in "、和与及":
        a, b = number_of(match["a"]), number_of(match["b"])
        if 0 < a < b <= 12 or (0 < b < a <= 12 and not dated):
            term.m1, term.m2 = a, b if a < b else b + 12
            return match.end()
    if (match := w.month.match(text, at)) is not None and not text.startswith(("个", "产"), match.end()):
        term.m1 = term.m2 = number_of(match["m"])
        return _sub_month(text, match.end(), term)
    if dated:
        for kind in ("month",):
            found = find_word(kind, text, at)
            if found is not None:
                term.month_base, term.month_off = "p", int(found[1])
                return _sub_month(text, at + len(found[0]), term)
        if (match := w.nth_week.match(text, at)) is not None and match["n"] and not match["w"]:
            term.nth = number_of(match["n"])
            return match.end()
    found = find_word("season", text, at)
    if found is not None and (dated or len(found[0]) > 1):
        if len(found[0]) > 1 or at + 1 >= len(text) or not "\u4e00" <= text[at + 1] <= "\u9fff":
            term.m1, term.m2 = _pair(found[1])
            return at + len(found[0])
    found = find_word("festival", text, at) or (find_word("festival_quoted", text, at) if dated else None)
    if found is not None:
        term.festival = found[1]
        return at + len(found[0])
    if dated:
        match = w.year_edge.match(text, at)
        if match is not None:
            e = match["e1"] or match["e2"] or match["e3"] or match["e4"]
            if match["mid"]:
                term.m1 = term.m2 = 6
            elif e in ("初", "伊始"):
                term.m1 = term.m2 = 1
            elif not match["full"]:
                term.m1 = term.m2 = 12
                term.edge = True
            return match.end()
    return begin


_HALF = re.compile(r"[Hh]([12])(?![A-Za-z\d])")
_PART_UNITS = {"个月": "month", "天": "day"}


def _part(text: str, at: int, term: Term) -> int:
    """Reads 的前10天, 最后3个月, 第九个月 into `term`; returns where it ends, `at` if there is none."""
    match = words().part.match(text, at)
    if match is None:
        return at
    place = "first" if match["first"] else "last" if match["last"] else "nth"
    unit = _PART_UNITS.get(match["u"], "week")
    if unit == "week" and place == "nth":
        return at  # the week of a calendar, read elsewhere
    term.part = (2 if match["n"] == "两" else number_of(match["n"]), unit, place)
    return match.end()


def _sub_month(text: str, at: int, term: Term) -> int:
    """Reads days, ten-day parts, weeks or the edge of a month; returns where it ends."""
    w = words()
    if (end := _part(text, at, term)) > at:
        return end
    start = at + 1 if text.startswith(" ", at) else at
    if (match := w.days.match(text, start)) is not None:
        a, b = number_of(match["a"]), number_of(match["b"])
        if 0 < a < b <= 31:
            term.d1, term.d2 = a, b
            return match.end()
    if (match := w.day.match(text, start)) is not None and not text.startswith(("内",), match.end()):
        term.d1 = term.d2 = number_of(match["d"])
        return _weekday_tail(text, match.end())
    if (match := w.month_edge.match(text, at)) is not None:
        if match["x"]:
            term.d1, term.d2 = {"上": (1, 10), "中": (11, 20), "下": (21, 31)}[match["x"]]
            if later := match["x3"] or (match["x2"] or "")[-2:-1]:
                term.d2 = {"上": 10, "中": 20, "下": 31}[later]
        elif match["e"]:
            term.d1, term.d2, term.edge = -10, -1, True
        else:
            term.d1, term.d2 = (1, 10) if match["i"] else (11, 20)
        return match.end()
    if (match := w.nth_week.match(text, at)) is not None:
        term.nth = -1 if match["last"] else number_of(match["n"])
        weekday = match["w"]
        term.w1 = 0 if weekday is None else 7 if weekday == "天" else CN.find(weekday) + 1 or 7
        return match.end()
    if (match := w.open_day.match(text, at)) is not None:
        number = number_of(match["d"])
        if number:
            term.d1 = term.d2 = number
            return match.end()
    return at


def _weekday_tail(text: str, at: int) -> int:
    """2月5日(星期一): the week day in brackets belongs to the phrase."""
    for opening in ("(", ",", ""):
        if opening and not text.startswith(opening, at):
            continue
        found = find_word("weekday", text, at + len(opening))
        if found is not None:
            end = at + len(opening) + len(found[0])
            if opening != "(":
                return end if opening == "," else at
            return end + 1 if text.startswith(")", end) else at
    return at


def _valid(term: Term) -> bool:
    return 0 <= term.m1 <= 12 and term.m2 <= 14 and term.d1 <= 31


def _from_figures(text: str, at: int, term: Term) -> int:
    """2023-05-06, 2023.5.6, 20230506, 6.5.2023, 2023-05."""
    w = words()
    if at and (text[at - 1].isdigit() or text[at - 1] in ".·" or "a" <= text[at - 1].lower() <= "z"):
        return at
    if (match := w.iso.match(text, at)) is not None:
        term.year = int(match["y"] or match["y2"])
        term.m1 = term.m2 = int(match["m"] or match["m2"])
        term.d1 = term.d2 = int(match["d"] or match["d2"])
        return match.end()
    if (match := w.compact.match(text, at)) is not None:
        if text[match.end() : match.end() + 1] not in _UNIT_STARTS:
            term.year, term.m1, term.d1 = int(match["y"]), int(match["m"]), int(match["d"])
            term.m2, term.d2 = term.m1, term.d1
            return match.end()
        return at
    if (match := w.dmy.match(text, at)) is not None:
        term.year, term.m1, term.d1 = int(match["y"]), int(match["m"]), int(match["d"])
        term.m2, term.d2 = term.m1, term.d1
        return match.end()
    apart = at == 0 or text[at - 1] not in "-/"
    if apart and (match := w.short.match(text, at)) is not None:
        return _short_figures(match, term)
    if apart and (match := w.month_day.match(text, at)) is not None:
        term.m1 = term.m2 = int(match["m"] or match["m2"])
        term.d1 = term.d2 = int(match["d"] or match["d2"])
        return match.end()
    if (match := w.year_month.match(text, at)) is not None:
        after = text[match.end() : match.end() + 1]
        if after == "" or after in ",。;)-—~至到 \n":
            term.year = int(match["y"])
            term.m1 = term.m2 = int(match["m"])
            return match.end()
    return at


def _short_figures(match: re.Match[str], term: Term) -> int:
    """12-11-10 and 3-7-07: the year of two digits stands first if it can, else last."""
    a, m, b = int(match["a"]), int(match["m"]), int(match["b"])
    if not 1 <= m <= 12:
        return match.start()
    if len(match["a"]) == 2 and 1 <= b <= 31:
        term.year, term.d1 = a, b
    elif len(match["b"]) == 2 and 1 <= a <= 31:
        term.year, term.d1 = b, a
    else:
        return match.start()
    term.two_digit, term.m1, term.m2, term.d2 = True, m, m, term.d1
    return match.end()


_UNIT_STARTS = frozenset("万亿千百元个家台亩吨平件只片人名美%")


def date_at(text: str, at: int) -> Term | None:
    """The calendar phrase that begins at `at`: 2022年3月, 去年, 上半年, 5月6日, 2023-05-06; None where none does."""
    w = words()
    if text.find("月", at, at + 14) >= 0 and w.lunar.search(text, at, at + 14) is not None:
        lunar = _lunar_at(text, at)
        if lunar is not None:
            return lunar
    term = Term(at, at)
    ch = text[at]
    if ch.isdigit():
        end = _from_figures(text, at, term)
        if end > at:
            term.end = end
            return term
    end = _year_part(text, at, term)
    if term.has_year() and text.startswith("同期", end):
        term.same, term.end = True, end + 2
        return term
    end = _sub_year(text, end, term)
    if end == at:
        for kind, base in (("month", "p"), ("month_context", "c")):
            found = find_word(kind, text, at)
            if found is not None:
                term.month_base, term.month_off = base, int(found[1])
                term.end = _sub_month(text, at + len(found[0]), term)
                return term
        for kind, base in (("day", "p"), ("day_context", "c")):
            found = find_word(kind, text, at)
            if found is not None:
                term.day_base, term.day_off = base, int(found[1])
                term.end = at + len(found[0])
                return term
        found = find_word("week", text, at)
        if found is not None:
            return _week_term(text, at, found, term)
        found = find_word("quarter", text, at)
        if found is not None:
            term.quarter_off, term.end = int(found[1]), at + len(found[0])
            if text.startswith("末", term.end):
                term.edge, term.end = True, term.end + 1
            return term
        found = find_word("half", text, at)
        if found is not None:
            term.half_off, term.end = int(found[1]), at + len(found[0])
            return term
        found = find_word("weekday", text, at) or find_word("weekend", text, at)
        if found is not None:
            term.week = 0
            term.w1, term.w2 = _pair(found[1]) if ":" in found[1] else (int(found[1]), int(found[1]))
            term.end = at + len(found[0])
            return term
        if (match := w.day.match(text, at)) is not None and (ch.isdigit() or len(match["d"]) > 1):
            return _bare_day(text, match, term)
        return None
    if not _valid(term) or (term.m1 == 0 and term.month_base == "" and not term.has_year() and not term.festival):
        return None
    term.end = end
    return term


def _lunar_at(text: str, at: int) -> Term | None:
    """农历二〇二一年六月, 去年五月初五, 闰四月, 腊月廿三: a month or day only the lunar calendar has words for."""
    w = words()
    term = Term(at, at, lunar=True)
    mark = w.lunar_mark.match(text, at)
    end = _year_part(text, mark.end() if mark is not None else at, term)
    second = w.lunar_mark.match(text, end)
    month = w.lunar_month.match(text, second.end() if second is not None else end)
    if month is None:
        return None
    day = w.lunar_day.match(text, month.end())
    named = month["m"] in "正冬腊" or month["leap"] is not None
    # 八月十五 without 日 is the fifteenth of the eighth moon.
    moon = day is not None and (
        day["d"][0] in "初廿卅" or (day.group() == "十五" and term.year is None and not month["m"].isdigit())
    )
    if not (mark or second or named or moon):
        return None
    term.m1 = term.m2 = int(w.by_kind["lunar_month"].get(month["m"] + "月", "0")) or number_of(month["m"])
    term.leap = month["leap"] is not None
    term.d1 = term.d2 = number_of(day["d"]) if day is not None else 0
    term.end = day.end() if day is not None else month.end()
    return term


def _bare_day(text: str, match: re.Match[str], term: Term) -> Term | None:
    """5日: a day only where nothing makes it a length (3日内), a house (5号楼) or a number of something."""
    number = number_of(match["d"])
    after = text[match.end() : match.end() + 1]
    mark = match.group()[-1]
    if not 1 <= number <= 31 or text[match.start() - 1 : match.start()] in ("起", "满"):
        return None
    if (
        mark == "号"
        and after
        and "\u4e00" <= after <= "\u9fff"
        and after not in "晚早上下在到至的前起开召你我他举之以可是"
    ):
        return None
    if mark == "日" and after and after in "内产均处元本照报常用化供":
        return None
    if mark == "日" and not match["d"].isdigit():
        return None
    term.d1 = term.d2 = number
    term.end = match.end()
    return term


def _week_term(text: str, at: int, found: tuple[str, str], term: Term) -> Term:
    term.week = int(found[1])
    end = at + len(found[0])
    nested = find_word("weekday", text, end)
    if nested is not None:
        term.w1 = term.w2 = int(nested[1])
        end += len(nested[0])
    elif text[end : end + 1] in "一二三四五六日天末" and text[end : end + 1] and not text.startswith("一带", end):
        mark = text[end]
        term.w1, term.w2 = (6, 7) if mark == "末" else ((CN.find(mark) + 1 or 7,) * 2)
        end += 1
    elif text.startswith("周末", end):
        term.w1, term.w2 = 6, 7
        end += 2
    term.end = end
    return term


def decade_at(text: str, at: int) -> Term | None:
    """上世纪90年代, 八十年代, 20世纪80年代, 18世纪."""
    w = words()
    if (match := w.decade.match(text, at)) is not None:
        tens = number_of(match["d"])
        word = match["century"]
        if match["full"]:
            base = int(match["full"]) * 100
        elif word is None:
            base = 2000 if tens in (0, 10, 20) else 1900
        elif word.startswith("上"):
            base = 1900
        elif word.startswith("本"):
            base = 2000
        else:
            base = (number_of(match["c"]) - 1) * 100
        return _whole_years(match, base + tens, 10)
    if (match := w.century.match(text, at)) is not None:
        base = (number_of(match["c"]) - 1) * 100
        return _whole_years(match, base, 100)
    return None


def _whole_years(match: re.Match[str], first: int, count: int) -> Term | None:

    if not 1 <= first <= 9000:
        return None
    part = (match["part"] or "")[:1]
    a, b = first, first + count - 1
    third = max(1, count // 3)
    if part in ("初", "前", "早"):
        b = a + third - 1 if count == 10 else a + 19
    elif part in ("末", "后"):
        a = b - third + 1 if count == 10 else b - 19
    elif part == "中" and count == 10:
        a, b = a + 3, a + 6
    return Term(match.start(), match.end(), fixed=(date(a, 1, 1), date(b, 12, 31)))


def plan_at(text: str, at: int) -> tuple[Term | None, int] | None:
    """“十四五”期间, “十四五”末: (phrase, end); (None, end) for a plan's name; None where no plan is named."""
    w = words()
    found = find_word("plan", text, at)
    if found is None:
        return None
    end = at + len(found[0])
    quoted = (at > 0 and text[at - 1] in "“\"‘「'《") or text[end : end + 1] in ("”", '"')
    match = w.plan_tail.match(text, end)
    if match is None or (not quoted and len(found[0]) < 3):
        return (None, end) if quoted or len(found[0]) == 3 or text.startswith(("规划", "时期", "期间"), end) else None
    first, last = date(int(found[1]), 1, 1), date(int(found[1]) + 4, 12, 31)
    start = at - 1 if at and text[at - 1] in "“\"‘'" else at
    term = Term(start, match.end(), fixed=(first, last))
    if match["end"] or match["spanend"]:
        term.fixed, term.edge = (last, last), True
    elif match["lastyear"]:
        term.fixed = (date(last.year, 1, 1), last)
    elif match["firstyear"]:
        term.fixed = (first, date(first.year, 12, 31))
    elif match["since"]:
        term.fixed, term.opening = (first, last), "since"
    elif match["part"]:
        part = match["edgeyears"]
        if part:
            years = 2 if part[1] == "两" else number_of(part[1])
            term.fixed = (
                (first, date(first.year + years - 1, 12, 31))
                if part[0] == "前"
                else (date(last.year - years + 1, 1, 1), last)
            )
    return term, match.end()


_LENGTH_UNITS = {
    "年": "year", "月": "month", "周": "week", "星期": "week", "礼拜": "week", "天": "day", "日": "day",
    "季度": "quarter", "工作日": "workday", "交易日": "workday",
}  # fmt: skip
_LASTING = (
    "历时",
    "用时",
    "耗时",
    "长达",
    "已有",
    "经过",
    "持续",
    "为期",
    "花了",
    "用了",
    "达",
    "工期",
    "时长",
    "超",
    "将",
    "接",
    "附",
    "靠",
    "远",
    "成立",
)


def length_at(text: str, at: int, number_end: int, number: float) -> Term | None:
    """近三年, 过去三年, 三年来, 五年内, 未来三年, 17年前: a length that is anchored to the day of writing."""
    w = words()
    match = w.length_unit.match(text, number_end)
    if match is None:
        return None
    unit = _LENGTH_UNITS[match["u"]]
    if unit == "quarter" and "个" not in match.group():
        return None  # 二季度以来 speaks of the second quarter
    if unit == "year" and (1000 <= number < 3000 or text[at] in "0零〇"):
        return None  # 2021年以来 speaks of a year
    if match["half"] or match["half2"]:
        number += 0.5
    if (
        unit == "month"
        and "个" not in match.group()
        and text[number_end - 1 : number_end] not in "俩仨两三几半"
        and text[at - 1 : at] not in "近去"
    ):
        return None
    if unit == "month" and "个" not in match.group() and text[at - 1 : at] not in "近去来后上下":
        return None
    if text[at - 1 : at] == "起":
        return None  # 自公布之日起30日后 counts from the publication
    end = match.end()
    vague = bool(match["more"] or match["more2"] or match["more3"])
    after = w.length_after.match(text, end)
    begin = at
    direction = ""
    word = _ends_with("ahead", text, at)
    if (
        word in ("后", "下", "过", "再过", "此后", "之后", "随后")
        and at > len(word)
        and text[at - len(word) - 1] in "之以最然今度达产先落投建经通超不越"
    ):
        word = ""
    if word == "后" and "一" <= text[at - 2 : at - 1] <= "龥":
        word = ""  # 公司设立后3天 counts from the founding
    if word:
        direction, begin = "ahead", at - len(word)
        if after is not None and after["ahead"]:
            end = after.end()
        elif text.startswith(("里", "中", "间"), end) and not text.startswith("中国", end):
            end += 1
    else:
        word = _ends_with("back", text, at)
        if word == "近" and text[: at - 1].endswith(_LASTING):
            return None
        if (
            word in ("前", "上", "这", "头")
            and at - len(word) > 0
            and (
                text[at - len(word) - 1] in "之以提目当史以世跟天月日周个"
                or text[at - 2 : at] in ("年前", "月前", "以上", "晚上", "早上")
            )
        ):
            word = ""
        if word == "倒数":
            return None
        if word:
            if word == "前" and unit == "month" and "个" in match.group():
                return None
            direction, begin = "back", at - len(word)
            if after is not None and (after["back"] or (after["ahead"] and word != "前")):
                end = after.end()
            elif text.startswith(("里", "中", "间"), end) and not text.startswith("中国", end):
                end += 1
    if not direction:
        if after is None or (vague and not after["back"]):
            return None
        if after["back"]:
            direction = "back"
        elif after["ahead"]:
            if unit in ("day", "workday") or text[at - 1 : at] in ("后", "起", "满"):
                return None  # 建成后三年内 counts from the event
            direction = "ahead"
        elif after["ago"] or after["ago0"]:
            direction = "ago"
        else:
            direction = "hence"
        end = after.end()
        if after["hence0"] and unit != "week":
            return Term(begin, end, length=(number, unit, direction), opening="from")
    return Term(begin, end, length=(number, unit, direction))


_EVENT_SINCE = re.compile(r"[一-龥]{1,10}?(?:以来|至今)")  # 自2021年5月投产以来
_FOUNDED_SINCE = re.compile(
    r"(?:成立|投产|开工|建成|运营|运行|获批|落户|启动|挂牌|实施|设立|创立|创建|入驻|开园|上市|揭牌|投运|开业)(?:以来|至今)"
)
_CLOCK_BEFORE = re.compile(r"\s?(?:上午|下午|晚上?|凌晨|中午)?\d{1,2}(?:时|点|:\d\d)(?:\d{1,2}分|整)?(?:之前|以前|前)")
_IN_FORCE = re.compile(r"正式?(?=施行|实施|生效|执行)|施行|实施|生效|执行|实行")
_UNTIL = ("截至到", "截止到", "截至", "截止", "到", "至")


def phrase_at(text: str, at: int, floor: int = 0) -> Term | None:
    """The whole phrase at `at`: a date or a range of dates, with 截至, 以来, 前 and the like. `floor`: text before is taken."""  # noqa: E501
    w = words()
    term = date_at(text, at)
    if term is None:
        return None
    end = term.end
    match = w.sep.match(text, end)
    joined = match is None and text[end : end + 1] in ("与", "和")
    if (match is not None or joined) and not term.same:
        second_at = match.end() if match is not None else end + 1
        second = _second(text, second_at, term) if second_at < len(text) else None
        if second is not None and joined:
            tail = text[second.end : second.end + 2]
            second = second if tail[:1] == "间" or tail == "之间" else None
        if second is not None and (second.has_year() or not second.silent):
            term.until, term.end = second, second.end
            end = term.end
            if text.startswith(("之间", "间"), end) and joined:
                term.end = end = end + (2 if text.startswith("之", end) else 1)
    openings(text, term, floor)
    return term


def _second(text: str, at: int, first: Term) -> Term | None:
    w = words()
    second = date_at(text, at)
    if second is None:
        if (first.d1 and (match := w.day.match(text, at)) is not None) or (
            first.d1 and (match := w.open_day.match(text, at)) is not None
        ):
            second = Term(at, match.end(), d1=number_of(match["d"]), d2=number_of(match["d"]))
        elif first.m1 and first.year and (match := re.compile(r"(?:19|20)\d\d(?![\d.%])").match(text, at)) is not None:
            second = Term(at, match.end(), year=int(match.group()))
    if second is None or second.same or second.silent:
        return None
    if not second.has_year() and (second.m1 or second.festival) and not second.month_base:
        second.year, second.two_digit = first.year, first.two_digit
        second.year_base, second.year_off = first.year_base, first.year_off
    elif second.d1 and not second.m1 and not second.has_year() and not second.month_base:
        if not first.d1:
            return None
        second.m1 = second.m2 = first.m1
        second.year, second.two_digit = first.year, first.two_digit
        second.year_base, second.year_off = first.year_base, first.year_off
        second.month_base, second.month_off = first.month_base, first.month_off
    return second


def openings(text: str, term: Term, floor: int) -> None:
    w = words()
    for word in _UNTIL:
        size = len(word)
        if term.start - size >= floor and text.startswith(word, term.start - size):
            if term.until is None and (term.edge or term.d1 or word.startswith("截")) and not term.same:
                if size == 1 and text[term.start - 2 : term.start] in (
                    "达到",
                    "直到",
                    "遇到",
                    "得到",
                    "收到",
                    "甚至",
                    "乃至",
                    "以至",
                    "截至",
                ):
                    break
                term.opening = "until"
                term.start -= size
            break
    if (match := w.since.match(text, term.end)) is not None and term.until is None and not term.same:
        if term.opening != "until":
            term.opening = (
                "since" if match["since"] else "after" if match["after"] and match.group()[0] != "(" else "from"
            )
            term.nearest = match["start"] is not None
            term.end = match.end()
        return
    if term.until is None and not term.same and not term.opening:
        led = text[max(0, term.start - 2) : term.start]
        if led[-1:] in ("从", "自") and (told := _EVENT_SINCE.match(text, term.end)) is not None:
            term.opening, term.end = "since", told.end()
            return
        if (told := _FOUNDED_SINCE.match(text, term.end)) is not None:
            term.opening, term.end = "since", told.end()
            return
        if led[-1:] in ("从", "自") and text.startswith("开始", term.end):
            term.opening, term.end = "from", term.end + 2
        elif led == "自从" or (led[-1:] == "自" and _IN_FORCE.match(text, term.end) is not None):
            term.opening = "from"
        if term.opening:
            return
    match = w.before_end.match(text, term.end) or (_CLOCK_BEFORE.match(text, term.end) if term.d1 else None)
    if not term.same and match is not None:
        if term.until is None:
            term.opening, term.nearest = "until", not term.opening
        term.end = match.end()


def numeral_end(text: str, at: int) -> int:
    """Where the numeral at `at` ends; `at` where there is none."""
    found = numeral_at(text, at)
    return at if found is None else at + found.used
