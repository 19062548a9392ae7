"""One pass over a clean text: time phrases first, quantities in what they leave."""

from __future__ import annotations

import gc
import re
from contextlib import contextmanager
from dataclasses import replace
from functools import cache, lru_cache
from typing import TYPE_CHECKING, NamedTuple

from yanzhen.quantify import quantity, terms
from yanzhen.quantify.calendar import Context, Term, resolve
from yanzhen.quantify.numerals import glyphs, numeral_at, year_number
from yanzhen.quantify.records import Period, Quantity
from yanzhen.quantify.units import name_over, tables

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

MAX_DIGITS = 40
DIGITS = re.compile(r"\d+")
SENTENCE_END = re.compile(r"[。!?;；！？\n]")
CLAUSE_END = re.compile(r"[,。!?;；！？\n、:]")
CODE = re.compile(
    r"(?:[a-zA-Z]+://|www\.)[^\s一-龥]{1,2000}|[A-Za-z0-9._%+-]{1,64}@[A-Za-z0-9.-]{1,64}|0\d{2,3}-\d{7,8}(?!\d)|1[3-9]\d{9}(?![\d.])|\d{1,3}\.\d{1,3}\.\d{1,3}\.\d{1,3}(?![\d.])|[〔\[(](?:19|20)\d\d[〕\])]\s?第?\d{1,5}号"
)
PAGES = re.compile(r"第[\d一二三四五六七八九十百]{1,5}[页章节条款]")
AFTER_NUMERAL = frozenset("年月日号季世旬周天个星-—–~～至到/.·、和与及 半多余礼工交")


class Found(NamedTuple):
    """What one pass finds: time phrases as written, quantities as they stand."""

    terms: list[Term]
    quantities: list[Quantity]


@cache
def _trigger() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """What a phrase may begin with, and the characters that may: looking for those first is much faster."""
    g = glyphs()
    numerals = "".join({*g.digit, *g.small, *g.big, *g.some})
    first = "".join(sorted({*numerals, *terms.words().trigger_first, *"第翻半Q首榜对前hw"}))
    return re.compile(f"[.0-9{re.escape(first)}]"), re.compile(
        f"(?P<d>\\.?[0-9])|(?P<c>[{numerals}])|(?P<o>[第翻半Q]|首(?=个?季|月|位)|榜首|对(?=折))|(?P<f>前(?=[0-9{numerals}]))|(?P<x>https?:|www\\.)|(?P<w>{terms.words().trigger})"
    )


def _lists(text: str, at: int) -> list[Term] | None:
    """2019、2020年; 2019-2021年; 3、4月; 一、二季度; 1—4月 is left to the dates."""
    w = terms.words()
    match = w.years.match(text, at)
    if match is not None and match["b"]:
        a, b = year_number(match["a"]), year_number(match["b"])
        joint = text[match.end("a") : match.start("b")].strip("年 ")
        if a is not None and b is not None and _year_like(a, match["a"]) and _year_like(b, match["b"]):
            if len(match["b"]) == 2 and len(match["a"]) == 4:
                b += a - a % 100
            elif len(match["a"]) == 2 and len(match["b"]) == 4:
                a += b - b % 100
            two = a < 100
            if joint in ("、", "和", "与", "及") and not text.startswith(("间", "之间"), match.end()):
                if text[match.end("a")] == "年":
                    return None
                first = Term(match.start("a"), match.end("a"), year=a, two_digit=two)
                second = terms.phrase_at(text, match.start("b"), match.end("a"))
                return [first, second or Term(match.start("b"), match.end(), year=b, two_digit=two)]
            if a < b:
                until = Term(match.start("b"), match.end(), year=b, two_digit=two)
                nested = terms.date_at(text, match.start("b"))
                if nested is not None and nested.end > match.end():
                    if text[match.end("a")] == "年":
                        return None
                    until = nested
                term = Term(at, until.end, year=a, two_digit=two, until=until)
                terms.openings(text, term, at)
                return [term]
    match = w.months.match(text, at)
    if match is not None and match["s"] in "、和与及":
        a, b = terms.number_of(match["a"]), terms.number_of(match["b"])
        if 0 < a <= 12 and 0 < b <= 12 and not text.startswith(("个", "产"), match.end()):
            end = match.end("a")
            return [Term(at, end, m1=a, m2=a), Term(match.start("b"), match.end(), m1=b, m2=b)]
    match = w.quarters.match(text, at)
    if match is not None and match["s"] in "、和与及":
        a, b = terms.number_of(match["a"]), terms.number_of(match["b"])
        end = match.end("a")
        return [Term(at, end, m1=3 * a - 2, m2=3 * a), Term(match.start("b"), match.end(), m1=3 * b - 2, m2=3 * b)]
    return None


def _year_like(year: int, word: str) -> bool:
    return 1000 <= year <= 2999 or (len(word) == 2 and "十" not in word)


BARE_YEARS = re.compile(r"(?P<a>(?:19|20)\d\d)\s?(?:-|—{1,2}|–|~|至|到)\s?(?P<b>(?:19|20)\d\d)(?![\d.%万亿元家个])")
BARE_YEAR = re.compile(r"(?:19|20)\d\d(?![\d.,%:/-])(?![A-Za-z一-龥\s]*[A-Za-z])")


def _bare_years(text: str, at: int) -> Term | None:
    """2016-2018, and 2018 standing alone."""
    before = text[at - 1 : at]
    if before and ((before.isalnum() and not "\u4e00" <= before <= "\u9fff") or before in "-./〔[(№#"):
        if before != "(":
            return None
    match = BARE_YEARS.match(text, at)
    if match is not None and int(match["a"]) < int(match["b"]):
        after = text[match.end() : match.end() + 1]
        if not ("\u4e00" <= after <= "\u9fff") or after in "的期学年":
            until = Term(match.start("b"), match.end(), year=int(match["b"]))
            return Term(at, match.end(), year=int(match["a"]), until=until)
        return None
    match = BARE_YEAR.match(text, at)
    if match is not None:
        after = text[match.end() : match.end() + 1]
        year = int(match.group())
        if (
            1950 <= year <= 2060
            and (after == "" or after in ",。;、)\n ")
            and (before == "" or before in "(,。;、\n :=在于自从到至截")
        ):
            return Term(at, match.end(), year=year)
    return None


_LONG = 100_000  # characters


@contextmanager
def without_collecting(text: str) -> Iterator[None]:
    """Let the collector of cycles rest while a long text is worked on: nothing that is found in it is garbage, and each
    of its passes looks at all of that again.
    """
    rest = len(text) > _LONG and gc.isenabled()
    if rest:
        gc.disable()
    try:
        yield
    finally:
        if rest:
            gc.enable()


@lru_cache(maxsize=4)  # numbers and periods of one text are asked for one after the other
def scan(text: str) -> Found:
    """All time phrases and quantities of a clean text, in order, none over another of its kind."""
    with without_collecting(text):
        return _scan(text)


def _scan(text: str) -> Found:
    found_terms: list[Term] = []
    quantities: list[Quantity] = []
    first, trigger = _trigger()
    at, size = 0, len(text)
    floor = 0  # end of the last phrase
    while at < size:
        begin = first.search(text, at)
        if begin is None:
            break
        here = begin.start()
        match = trigger.match(text, here)
        if match is None:
            at = here + 1
            continue
        kind = match.lastgroup
        at = here + 1
        if kind == "w":
            at, floor = _word(text, match, floor, found_terms)
            continue
        if kind == "x":
            code = CODE.match(text, here)
            at = code.end() if code is not None else match.end()
            continue
        if kind == "f":
            reading = quantity.places_at(text, here)
            if reading is not None and reading.quantity is not None:
                quantities.append(reading.quantity)
                at = floor = reading.end
                continue
            term = terms.phrase_at(text, here, floor)
            if term is not None:
                found_terms.append(term)
                at = floor = term.end
            continue
        if kind == "o":
            at, floor = _other(text, here, floor, found_terms, quantities)
            continue
        at, floor = _numeral(text, here, floor, kind == "d", found_terms, quantities)
    return Found(found_terms, quantities)


def _word(text: str, match: re.Match[str], floor: int, found: list[Term]) -> tuple[int, int]:
    word = match["w"]
    here = match.start()
    w = terms.words()
    if word in w.by_kind["none"]:
        return match.end(), floor
    pair = w.by_kind["year_pair"].get(word)
    if pair is not None:
        a, b = pair.split(":")
        until = Term(here, match.end(), year_base="p", year_off=int(b))
        found.append(Term(here, match.end(), year_base="p", year_off=int(a), until=until))
        return match.end(), match.end()
    if word in w.by_kind["weekday"] and text[here - 1 : here] in ("每", "双", "隔", "逢"):
        return match.end(), floor
    if word in w.by_kind["edge_of_year"] and word[0] in "年岁":
        value = w.by_kind["edge_of_year"][word]
        m = int(value.split(":")[0])
        if text[here - 1 : here] in ("每", "历", "跨", "多", "来", "常"):
            return match.end(), floor
        if m == 6 and text[match.end() : match.end() + 1] in "国央关心" and text[match.end() : match.end() + 1]:
            return match.end(), floor
        term = Term(here, match.end(), m1=m, m2=m, edge=m == 12, year_base="p" if m == 12 else "")
        if text.startswith("年初始", here) or text.startswith("年初步", here) or text.startswith("年终奖", here):
            return match.end(), floor
        terms.openings(text, term, floor)
        found.append(term)
        return term.end, term.end
    if word in w.by_kind["part_of_month"] and (word[0] == "月" or word[1:] in ("旬", "半月")):
        if text[here - 1 : here] in ("每", "个", "岁"):
            return match.end(), floor
        d1, d2 = (int(x) for x in w.by_kind["part_of_month"][word].split(":"))
        term = Term(here, match.end(), month_base="p", d1=d1, d2=d2, edge=d2 < 0)
        terms.openings(text, term, floor)
        found.append(term)
        return term.end, term.end
    if text[here - 1 : here] == "每":
        return match.end(), floor
    phrase = terms.phrase_at(text, here, floor)
    if phrase is None:
        return match.end(), floor
    found.append(phrase)
    return phrase.end, phrase.end


def _other(text: str, here: int, floor: int, found: list[Term], quantities: list[Quantity]) -> tuple[int, int]:
    ch = text[here]
    if ch == "第":
        over = name_over(text, here + 1)
        if over > here + 2:
            return over, floor
        if PAGES.match(text, here) is not None:
            return PAGES.match(text, here).end(), floor  # type: ignore[union-attr]
        if terms.words().quarter.match(text, here) is not None:
            listed = _lists(text, here)
            if listed is not None:
                found.extend(listed)
                return listed[-1].end, listed[-1].end
            term = terms.phrase_at(text, here, floor)
            if term is not None:
                found.append(term)
                return term.end, term.end
        if terms.find_word("plan", text, here + 1) is not None:
            plan = terms.plan_at(text, here + 1)
            if plan is not None:
                return plan[1], floor
        reading = quantity.rank_at(text, here)
    elif ch == "翻":
        doubled = quantity.double_at(text, here)
        if doubled is None:
            return here + 1, floor
        reading = doubled
    elif ch == "榜" or text.startswith("首位", here):
        reading = quantity.top_at(text, here)
    elif ch == "对":
        reading = quantity.half_off_at(text, here)
    elif ch == "半":
        if name_over(text, here) > here:
            return name_over(text, here), floor
        half_length = terms.length_at(text, here, here + 1, 0.5) if text.startswith(("年", "个月"), here + 1) else None
        if (
            half_length is not None
            and half_length.start >= floor
            and text[here - 1 : here] not in ("上", "下", "前", "后")
        ):
            found.append(half_length)
            return half_length.end, half_length.end
        half = quantity.half_at(text, here, floor)
        if half is None:
            return here + 1, floor
        reading = half
    else:
        term = terms.phrase_at(text, here, floor)
        if term is None:
            return here + 1, floor
        found.append(term)
        return term.end, term.end
    if reading.quantity is not None and reading.quantity.start >= floor:
        quantities.append(reading.quantity)
        return reading.end, reading.end
    return max(reading.end, here + 1), floor


def _leads(text: str, at: int) -> bool:
    """Whether the point at `at` begins a number (.5), rather than belonging to what stands before it (No.5, 图.5)."""
    before = text[at - 1 : at]
    return not before or before in quantity.PLAIN_BEFORE or not (before.isalnum() or before in "._)]·…。")


def _numeral(
    text: str, here: int, floor: int, arabic: bool, found: list[Term], quantities: list[Quantity]
) -> tuple[int, int]:
    """A figure or a Chinese numeral: a name, a date, a length, or a quantity."""
    if text[here] == "." and not _leads(text, here):
        here += 1
    over = name_over(text, here)
    if over > here and text[over : over + 1] != "折":
        return over, floor
    numeral = numeral_at(text, here)
    if numeral is None:
        digits = DIGITS.match(text, here) if arabic else None
        return digits.end() if digits is not None else here + 1, floor
    stop = here + numeral.used
    follow = text[stop : stop + 1]
    if arabic and stop - here > MAX_DIGITS:
        return stop, floor
    if arabic:
        if (
            here
            and (text[here - 1] in "〔[(@" or text[here] in "01")
            and (code := CODE.match(text, here - 1 if text[here - 1] in "〔[(" else here)) is not None
        ):
            return code.end(), floor
    if follow in AFTER_NUMERAL or stop - here in (4, 8) or (not arabic and numeral.used < 4 and follow in "年月季日"):
        done = _dated(text, here, floor, stop, numeral.low, arabic, found)
        if done is not None:
            return done
    plan = terms.plan_at(text, here) if not arabic and text[here] in "六七八九十" else None
    if plan is not None:
        if plan[0] is not None:
            terms.openings(text, plan[0], floor)
            found.append(plan[0])
            return plan[1], plan[0].end
        return plan[1], floor
    if not arabic and text[here - 1 : here] in ("“", '"', "‘", "'"):
        quoted = terms.find_word("festival_quoted", text, here)
        if quoted is not None and text[here + len(quoted[0]) : here + len(quoted[0]) + 1] in ("”", '"', "’", "'"):
            end = here + len(quoted[0])
            found.append(Term(here, end, festival=quoted[1]))
            return end, end
    if not arabic:
        quoted = terms.find_word("festival_quoted", text, here)
        if quoted is not None and text.startswith(
            ("假期", "期间", "节", "小长假", "黄金周", "前夕", "当天"), here + len(quoted[0])
        ):
            end = here + len(quoted[0])
            found.append(Term(here, end, festival=quoted[1]))
            return end, end
    reading = quantity.quantity_at(text, here, floor)
    if reading.quantity is not None and reading.quantity.start >= floor:
        _shared(text, reading.quantity, quantities)
        quantities.append(_paced(text, reading.quantity, quantities))
        return reading.end, max(reading.end, floor)
    return max(reading.end, here + 1), floor


PLAIN_FIGURE = re.compile(r"\d{1,4}(?:\.\d{1,3})?(?P<own>[万亿])?")


def _shared(text: str, one: Quantity, found: list[Quantity]) -> None:
    """分别奖励10、20和30万元: figures in front of a joint have the unit and the multiplier of the last."""
    end = one.start
    numeral = numeral_at(text, end) if one.unit and one.value_high is None else None
    if numeral is None or not numeral.arabic:
        return
    for at in range(len(found) - 1, -1, -1):
        plain = found[at]
        figure = PLAIN_FIGURE.fullmatch(plain.text)
        if figure is None or plain.unit or text[plain.end : end] not in ("、", "和", "与", "及"):
            return
        scale = 1.0 if figure["own"] else numeral.scale
        found[at] = replace(plain, value=plain.value * scale, unit=one.unit)
        end = plain.start


YEARLY = re.compile(r"每年(?:的)?(?:[\d一二三四五六七八九十]{1,2}月?份?[、和与及])?$")  # 每年3月和9月
LISTED = re.compile(r"[^,。;:!?\n\d]{0,16}(?:[、和及]|[加大高长升产]到|[扩增提升加高产长]至)[^,。;:!?\n\d]{0,16}")


def _paced(text: str, one: Quantity, found: list[Quantity]) -> Quantity:
    """年产光刻胶500吨、显影液2万吨: what is listed is produced at the same pace."""
    if not found or not one.unit or "/" in one.unit:
        return one
    last = found[-1]
    unit, _, pace = last.unit.rpartition("/")
    if unit != one.unit or pace not in ("year", "month", "day", "hour"):
        return one
    if (unit == "count" and last.text[-1] != one.text[-1]) or LISTED.fullmatch(text, last.end, one.start) is None:
        return one
    return replace(one, unit=last.unit)


def _dated(
    text: str,
    here: int,
    floor: int,
    stop: int,
    number: float,
    arabic: bool,
    found: list[Term],
) -> tuple[int, int] | None:
    listed = _lists(text, here)
    if listed is not None:
        terms.openings(text, listed[0], floor) if listed[0].until is None and len(listed) == 1 else None
        found.extend(listed)
        return listed[-1].end, listed[-1].end
    decade = terms.decade_at(text, here)
    if decade is not None:
        for word in ("上个世纪", "上世纪", "本世纪"):
            if text.startswith(word, here - len(word)) and here - len(word) >= floor:
                moved = terms.decade_at(text, here - len(word))
                decade = moved if moved is not None else decade
        terms.openings(text, decade, floor)
        found.append(decade)
        return decade.end, decade.end
    # 近三年, 17年前 before 17年: an anchored length is no year.
    length = terms.length_at(text, here, stop, number)
    if length is None and text[stop : stop + 1] in "至到-—~～" and stop + 1 < len(text):
        second = numeral_at(text, stop + 1)  # 未来3至5年
        if second is not None and second.low > number:
            length = terms.length_at(text, here, stop + 1 + second.used, second.high)
    if length is not None and length.start >= floor:
        found.append(length)
        return length.end, length.end
    if text[here - 1 : here] == "每" or YEARLY.search(text, max(0, here - 12), here) is not None:
        return None
    term = terms.phrase_at(text, here, floor)
    if term is None:
        term = _bare_years(text, here) if arabic and stop - here == 4 else None
    if term is None:
        return None
    found.append(term)
    return term.end, term.end


def _clause(text: str, start: int, end: int) -> tuple[str, str, str]:
    """The sentence so far (at most 60 characters), the clause around the phrase, and the phrase's company."""
    left = text[max(0, start - 60) : start]
    cut = [m.end() for m in SENTENCE_END.finditer(left)]
    sentence = left[cut[-1] :] if cut else left
    right = text[end : end + 40]
    stop = CLAUSE_END.search(right)
    if stop is not None and stop.start() < 2:  # 一季度,园区完成: the clause after the comma is the phrase's own
        second = CLAUSE_END.search(right, stop.end())
        stop = second if second is not None else None
    right = right[: stop.start()] if stop is not None else right
    clauses = CLAUSE_END.split(sentence)
    return sentence, clauses[-1] + " " + right, right


def tense_at(text: str, start: int, end: int) -> tuple[str, bool]:
    """Tense of the clause the phrase stands in, and whether the phrase stands all alone."""
    t = tables()
    sentence, clause, right = _clause(text, start, end)
    alone = len((sentence + right).strip()) < 2
    future = t.future.search(clause)
    past = t.strong_past.search(clause)
    if future is not None and past is None:
        return "future", alone
    if past is not None:
        return "past", alone
    if t.future.search(sentence) is not None and t.strong_past.search(sentence) is None:
        return "future", alone
    if t.past.search(clause) is not None:
        return "past", alone
    return "", alone


def resolved(text: str, found: list[Term], published: date | None) -> list[Period]:
    """The periods the phrases mean, in the order of the text."""
    context = Context(published)
    periods: list[Period] = []
    last_end = 0
    for term in found:
        if SENTENCE_END.search(text, last_end, term.start) is not None:
            context.year = context.month = None
        context.tense, context.alone = tense_at(text, term.start, term.end)
        span = resolve(term, context)
        last_end = term.end
        if span is None or span == (None, None):
            continue
        periods.append(Period(span[0], span[1], term.start, term.end, text[term.start : term.end]))
    return periods
