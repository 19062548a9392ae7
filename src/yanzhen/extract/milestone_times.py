"""Whether a step is done or planned, and when: by times, tenses and cues of its sentence against the day of writing."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from yanzhen.extract.milestone_patterns import any_of, cue_offsets
from yanzhen.extract.milestone_phrases import last_match
from yanzhen.extract.milestone_spot import MARKS, When, clause_end, clause_start, pattern, stretches

if TYPE_CHECKING:
    from yanzhen.extract.milestone_spot import Hit, Spot
    from yanzhen.extract.relation_text import Coded
    from yanzhen.facts.records import Period
    from yanzhen.quantify import Period as Stretch

_TRADES = frozenset({"mass_production", "launched", "completed", "certified"})
_SAME_DAY = frozenset({"同日", "当天", "当日", "同一天", "同时"})
_ONCE_PLANNED = re.compile("原定|原计划|原拟|曾计划|曾拟")
_PUT_OFF = re.compile("推迟|延期|延后|延至|顺延|调整|定为|定在")
_COUNTS = re.compile("[\u4e00-\u9fff]{0,6}(?:项目|企业)(?:共有|共|达|达到)?[0-9]+[余多]?[个家]")
_PERMITTED = re.compile("批复|批准|同意")
_ATTRIBUTIVE = re.compile("份?(?:重点|重大|首批|招商|产业|工业|项目|度)")
_SINCE = re.compile("[^,。;:]{0,8}以来")
_TOOK = re.compile("仅用|只用|历时|用时|用了|[0-9]+(?:天|个月)(?:就|便|即)")
_CEREMONY = re.compile("仪式|典礼")
_FROM_TO = re.compile(r"从[^,。;]{0,14}[到至]$")
_APPLIED = re.compile("申报|申请|辅导|受理|筹备|谋划")
_TO_TIME = re.compile(r"[^,。;]{0,4}(?:为|是|于|至|到|在|:|定在|定于)")
_IN_YEAR = re.compile(r"(?P<y>今|明|本|20[0-9]{2})?年内")
_BEFORE_TIME = re.compile(
    "(?:[^,。;:]{0,12}[讯电])?(?:\\([^()]{0,20}\\))?(?:早在|在|于|自|从|到|至|截至|其中|据悉|本报讯|讯|\\(|\\)|记者|●|此前)*"
)
_AFTER_TIME = re.compile("[,、]|上午|下午|正式|已|将")
_DUE = re.compile("[^,。;:]{0,6}(?:到|时间)|到20|到今|到明|到[0-9]")
_SHORT_WHILE = 100  # days; `再过两个月` is the month in which the time runs out


class Times(NamedTuple):
    """The times that bear on a verb: in its clause, and before the clause in its sentence."""

    own: Stretch | None
    far: Stretch | None


def when(spot: Spot, hit: Hit) -> When | None:
    """When a step was or will be taken; None where the sentence denies it or makes it a condition."""
    text = spot.coded.text
    head = text[hit.clause : hit.verb]
    published = spot.scene.published(spot.sentence)
    now = published[1] if published else ""
    if hit.phrasing.stage == "delayed":
        return _put_off(spot, hit, now)
    if pattern("when").match(text, hit.end):
        return _due(spot, hit, now)
    own, far = _times(spot, hit)
    past = own is not None and bool(now) and _last_day(own) <= now
    if _tells_nothing(spot, hit, head, own) or (_is_condition(text, hit) and not past):
        return None
    intended, vague = _intention(text, hit)
    if own is not None and _is_ahead(own, now):
        return When("planned", _whole(own), True)
    if intended:
        if past and own is not None and not pattern("plan").search(head):
            # `原计划…,2020年5月开工`: a plan of the past; otherwise the intention was another clause's.
            once = _ONCE_PLANNED.search(text, 0, hit.clause)
            return When("planned" if once else "actual", _whole(own), True)
        year = _year_word(head, now)
        if vague and own is None and year is None:
            return None
        if own is None and year is not None:
            return When("planned", year, True)
        ahead = far if far is not None and _is_ahead(far, now) else None
        meant = own is not None and (not past or _follows_cue(spot, hit, own))
        chosen = own if meant else ahead
        return When("planned", _by(chosen, now) if chosen else None, chosen is not None)
    if own is not None:
        return When("actual", _whole(own), True)
    if text.startswith("的", hit.end) and not hit.phrasing.slot:
        far = None  # `复工不久的某项目`: the time is that of the main verb
    if far is not None and _is_ahead(far, now) and not pattern("done").search(head):
        return When("planned", _whole(far), True)
    if far is not None and not _is_ahead(far, now) and not (published and _told_as_recent(spot, hit, far)):
        return When("actual", _whole(far), True)
    took = _TOOK.search(text, hit.clause, hit.verb)
    if spot.frame is not None and not took and not pattern("now").search(head):
        return When("actual", _whole(spot.frame), True)
    if published is not None and not took and _is_news(spot, hit):
        return When("actual", published, False)
    return When("actual", None, False)


def apportioned(spot: Spot, hit: Hit, count: int) -> list[When]:
    """`一期、二期分别于2019年、2021年投用`: as many times as there are things, each its own; else nothing."""
    told = stretches(spot, hit.clause, hit.verb)
    if count < len("一、") or len(told) != count or "分别" not in spot.coded.text[hit.clause : hit.verb]:
        return []
    published = spot.scene.published(spot.sentence)
    now = published[1] if published else ""
    return [When("planned" if _is_ahead(p, now) else "actual", _whole(p), True) for p in told]


def _times(spot: Spot, hit: Hit) -> Times:
    text = spot.coded.text
    own = [p for p in stretches(spot, hit.clause, hit.verb) if _dates_verb(spot, hit, p)]
    since = [p for p in stretches(spot, hit.clause, clause_end(text, hit.end)) if p.text.endswith("以来")]
    if since and spot.coded.place(since[0].start) < hit.start < spot.coded.place(since[0].end):
        return Times(_begin(since[0]), None)
    if own and _ATTRIBUTIVE.match(text, spot.coded.place(own[-1].end)):
        setting = [p for p in stretches(spot, 0, hit.clause) if _sets_time(spot.coded, p)]
        own = [*own[:-1], *(setting[-1:] or own[-1:])] if len(own) == 1 or setting else own[:-1]
    if own:
        return Times(spot.event or own[-1] if own[-1].text in _SAME_DAY else own[-1], None)
    after = stretches(spot, hit.end, clause_end(text, hit.end))
    if after:
        gap = text[hit.end : spot.coded.place(after[0].start)]
        if _TO_TIME.fullmatch(gap) or (not gap and text[hit.end - 1] in "于至到在"):
            return Times(after[0], None)
    if _TOOK.search(text, hit.clause, hit.verb):
        return Times(None, None)  # `仅用17个月便建成`: how long, not when
    left = stretches(spot, 0, hit.clause)
    # `二季度重大项目…`: a time that only describes something dates nothing else.
    # `自2012年开工以来,…`: since then, not then.
    left = [p for p in left if not p.text.endswith("以来") and not _SINCE.match(text, spot.coded.place(p.end))]
    setting = [p for p in left if _sets_time(spot.coded, p)]
    if not left and hit.phrasing.several:
        return Times(spot.event, None)
    return Times(None, (setting or left)[-1] if left else None)


def _dates_verb(spot: Spot, hit: Hit, stretch: Stretch) -> bool:
    """Whether a time is that of the verb: not of a clause before a noun (`去年开工的某项目`), not how much earlier."""
    text = spot.coded.text
    low, high = spot.coded.place(stretch.start), spot.coded.place(stretch.end)
    if _EARLIER.search(text, hit.clause, low):
        return False
    between = text[high : hit.verb]
    return not any(_OF.match(between, at + len("开工")) for at in cue_offsets(between))


_EARLIER = re.compile("(?:提前|延后|晚|早|历时|用时|仅用)$")
_OF = re.compile("[^,。;]{0,2}的")


def _begin(stretch: Stretch) -> Stretch:
    """`2022年3月开工以来`: the month in which the span begins."""
    first = stretch.first
    if first is None or "日" in stretch.text:
        return replace(stretch, last=first)
    month = first.month if "月" in stretch.text else 12
    return replace(stretch, last=first.replace(month=month, day=monthrange(first.year, month)[1]))


def _sets_time(coded: Coded, stretch: Stretch) -> bool:
    """Whether a time begins its clause or is followed by a mark or an adverb."""
    low, high = coded.place(stretch.start), coded.place(stretch.end)
    begin = clause_start(coded.text, low)
    return bool(_BEFORE_TIME.fullmatch(coded.text, begin, low) or _AFTER_TIME.match(coded.text, high))


# ---- no step ---------------------------------------------------------------------------------------------------------


def _tells_nothing(spot: Spot, hit: Hit, head: str, own: Stretch | None) -> bool:
    """Whether a verb is denied, stands for a trade or a span (`从签约到投产`), or is only mentioned."""
    text = spot.coded.text
    if hit.phrasing.stage in _TRADES and pattern("purpose").search(head):
        return True
    if re.search(rf"(?:{any_of('not')})[^,。;:]{{0,6}}$", head):
        return True
    if _FROM_TO.search(head) or (head.endswith("从") and text.startswith(("到", "至"), hit.end)):
        return True
    if hit.phrasing.stage == "listed" and _APPLIED.search(head):
        return True
    if _ONCE_PLANNED.search(head) and not _PUT_OFF.search(head):
        return True
    if _COUNTS.match(text, hit.end):
        return True  # `新竣工投产项目5个`
    if hit.phrasing.stage == "registered" and _PERMITTED.search(head):
        return True  # `批复同意成立`: it is allowed, not done
    if own is None and not hit.phrasing.slot and head.endswith("的") and not _CEREMONY.match(text, hit.end):
        return True  # `它的建成`
    relative = text.startswith("的", hit.end) and bool(hit.phrasing.slot)
    told = pattern("done").search(head + text[hit.start : hit.end])
    # `合资成立的某公司`: how it came about is no news
    return relative and own is None and not told and hit.phrasing.stage == "registered"


def _is_condition(text: str, hit: Hit) -> bool:
    """`投产后…`, `一旦量产`, `项目建成投产之后`: a verb that only says when something else happens."""
    after = re.compile(rf"[^,。;:!?\n]{{0,6}}?(?:{any_of('condition_after')})").match(text, hit.end)
    if after is not None and not _DUE.match(text, hit.end):
        return True
    before = rf"(?:^|[{MARKS}])(?:{any_of('condition_before')})[^,。;:]{{0,20}}$"
    return bool(re.search(before, text[max(0, hit.clause - 1) : hit.start]))


# ---- intentions ------------------------------------------------------------------------------------------------------


def _intention(text: str, hit: Hit) -> tuple[bool, bool]:
    """(whether the words make a step an intention, whether only vaguely)."""
    head = text[hit.clause : hit.verb]
    if pattern("plan_after").match(text, hit.end):
        return True, False
    cues = list(pattern("plan").finditer(head))
    done = pattern("done").search(head)
    if cues:
        if pattern("strong_done").search(head, cues[-1].end()):
            return False, False
        return True, all(pattern("weak_plan").fullmatch(m.group()) for m in cues)
    if done or text.startswith(("了", "过"), hit.end):
        return False, False
    if _ONCE_PLANNED.search(text, 0, hit.clause) and not _PUT_OFF.search(head):
        return True, False
    # An intention told in an earlier clause goes on until something done is told.
    far = last_match(pattern("plan"), text, 0, hit.clause)
    if far is None or pattern("weak_plan").fullmatch(far.group()):
        return False, False
    between = text[far.end() : hit.clause]
    return not (pattern("done").search(between) or re.search("[;]|目前|已", between)), False


def _follows_cue(spot: Spot, hit: Hit, own: Stretch) -> bool:
    """`应在今年6月建成`: the time behind a word of intention is when the step was to be taken."""
    cue = last_match(pattern("plan"), spot.coded.text, hit.clause, hit.verb)
    return cue is not None and cue.start() < spot.coded.place(own.start)


def _put_off(spot: Spot, hit: Hit, now: str) -> When | None:
    """Something was put off: on a day told before that is not the one first planned."""
    text = spot.coded.text
    head = text[max(hit.clause, hit.start - 4) : hit.start]
    if re.search(rf"(?:{any_of('not')})$", head):
        return None
    if pattern("plan").search(head) and not pattern("when").search(text, hit.clause, hit.start):
        return When("planned", None, False)
    told = [
        p for p in stretches(spot, 0, hit.start)
        if now and _last_day(p) <= now and not _ONCE_PLANNED.search(text, 0, spot.coded.place(p.start))
        and text[spot.coded.place(p.start) - 1 : spot.coded.place(p.start)] != "由"
    ]  # fmt: skip
    if told:
        return When("actual", _whole(told[-1]), True)
    published = spot.scene.published(spot.sentence)
    return When("actual", published if published and _is_news(spot, hit) else None, False)


def _due(spot: Spot, hit: Hit, now: str) -> When | None:
    """`投产时间推迟到明年3月`: the last time told in the clause is when a step is due; without one it tells nothing."""
    text = spot.coded.text
    stop = clause_end(text, hit.end)
    after = stretches(spot, hit.end, stop)
    if not after:
        before = stretches(spot, hit.clause, hit.verb)  # `2023年9月投产的目标不变`
        return When("planned", _whole(before[-1]), True) if before and _is_ahead(before[-1], now) else None
    late = not now or _is_ahead(after[-1], now) or bool(_PUT_OFF.search(text, hit.end, stop))
    return When("planned" if late else "actual", _whole(after[-1]), True)


# ---- the article's own news ------------------------------------------------------------------------------------------


def _told_as_recent(spot: Spot, hit: Hit, far: Stretch) -> bool:
    """Whether the last word of time before a verb is `近日`, `目前` or the like."""
    text = spot.coded.text
    between = text[spot.coded.place(far.end) : hit.start]
    if pattern("recent").search(between) or pattern("now").search(between):
        return True
    return not _sets_time(spot.coded, far) and bool(pattern("recent").search(text, 0, hit.start))


def _is_news(spot: Spot, hit: Hit) -> bool:
    text = spot.coded.text
    if pattern("now").search(text, hit.clause, hit.verb) or pattern("recent").search(text, 0, hit.verb):
        return True
    return spot.lead and not (hit.phrasing.slot and text.startswith("的", hit.end))


# ---- periods ---------------------------------------------------------------------------------------------------------


def _last_day(stretch: Stretch) -> str:
    day = stretch.last or stretch.first
    return day.isoformat() if day else ""


def _is_ahead(stretch: Stretch, now: str) -> bool:
    """Whether a time lies wholly after the day of writing; `年底前` does if it is still to run out."""
    day = stretch.first or stretch.last
    return bool(now) and day is not None and day.isoformat() > now


def _whole(stretch: Stretch) -> Period:
    """First and last day; `年底前` is the month in which the time runs out."""
    first, last = stretch.first, stretch.last
    if first is None and last is not None:
        first = last.replace(day=1)
    if last is None and first is not None:
        last = first.replace(day=monthrange(first.year, first.month)[1])
    return (first.isoformat() if first else None, last.isoformat() if last else None)


def _by(stretch: Stretch, now: str) -> Period:
    """As `_whole`; a short while that begins now ends in the month that is meant."""
    first, last = stretch.first, stretch.last
    if first is not None and last is not None and first.isoformat() == now and 0 < (last - first).days <= _SHORT_WHILE:
        return last.replace(day=1).isoformat(), last.replace(day=monthrange(last.year, last.month)[1]).isoformat()
    return _whole(stretch)


def _year_word(head: str, now: str) -> Period | None:
    """`年内`, `明年内`: the whole year."""
    match = _IN_YEAR.search(head)
    if match is None or not now:
        return None
    said = match.group("y") or "今"
    year = int(said) if said.isdigit() else int(now[:4]) + (said == "明")
    return f"{year}-01-01", f"{year}-12-31"
