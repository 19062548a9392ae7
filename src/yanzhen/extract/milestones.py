"""Steps in the life of projects, plants, institutes, firms and products: what was done and when, what is only planned.

Phrasings are rows of `patterns/milestones.csv`. Who takes the step where the phrasing does not name it is found in
`milestone_bearers`, whether it is done and when in `milestone_times`.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import replace
from typing import TYPE_CHECKING

from yanzhen.extract.milestone_bearers import bearers
from yanzhen.extract.milestone_patterns import NAMES, any_of, candidates, cue_offsets
from yanzhen.extract.milestone_phrases import COUNTED, is_like, is_same
from yanzhen.extract.milestone_spot import LAST_WORD, Bearer, Hit, Spot, Step, clause_end, clause_start, named, pattern
from yanzhen.extract.milestone_times import apportioned, when
from yanzhen.extract.relation_text import code
from yanzhen.facts import Milestone

if TYPE_CHECKING:
    from collections.abc import Iterator

    from yanzhen.extract.mentions import Mention
    from yanzhen.extract.scene import Scene, Sentence
    from yanzhen.quantify import Period as Stretch

_FEW = 6  # names that begin where a longer one begins
_QUOTE_LIMIT = 120  # characters of clean text; longer evidence is cut to the end that holds the verb
_REACH = 30  # characters between what takes a step and the clause of its verb that evidence may span
_LEAST_LEAD = 12  # characters of a sentence that opens a text; a byline is shorter
_SAME_DAY = frozenset({"同日", "当天", "当日", "同一天", "同时"})
# A name that is itself the telling of a step is left in words: `某基地奠基仪式`, `质量管理体系认证`, an exchange.
_HOLDS_VERB = re.compile("(?:仪式|典礼|活动|认证|交易所|[上深北港联]交所|科创板|创业板|新三板)$")
_LEAVES = frozenset({"announced", "acquired"})  # stages that leave an announcement worth telling
_ORGANISATIONS = frozenset({"company", "institute", "government", "finance"})


def find(scene: Scene) -> list[Milestone]:
    """The milestones that a document states, one per project and stage, in the order of the text."""
    kept: dict[tuple[str, str], Step] = {}
    for step in _all_steps(scene):
        _keep(kept, step)
    told = {name for (name, stage), s in kept.items() if stage not in _LEAVES and s.when.status == "actual"}
    # What has begun needs no announcement any more.
    records = [_record(scene, s) for (name, stage), s in kept.items() if stage != "announced" or name not in told]
    return sorted(records, key=lambda r: (r.start, r.end, r.stage, r.project))


def _all_steps(scene: Scene) -> Iterator[Step]:
    cues = cue_offsets(scene.text)
    leads = _leads(scene)
    topics: dict[int, tuple[Bearer, int]] = {}
    group: Step | None = None
    article, paragraph, event, frame = -1, -1, None, None
    for sentence in scene.sentences:
        if sentence.article != article:
            article, event = sentence.article, None
        if sentence.paragraph != paragraph:
            paragraph, group, frame = sentence.paragraph, None, _frame(scene, sentence)
        inside = scene.mentions_in(sentence.start, sentence.end)
        steps: list[Step] = []
        at = bisect_right(cues, sentence.start - 1)
        if group is not None or (at < len(cues) and cues[at] < sentence.end):
            plain = (m for m in inside if not _HOLDS_VERB.search(m.name))
            topic, spoken = topics.get(sentence.article, (None, -1))
            coded = code(scene.text, sentence.start, sentence.end, plain)
            spot = Spot(scene, sentence, coded, topic, spoken == paragraph, sentence.start in leads, event, frame)
            steps = [*_members(spot, group, 0), *_steps(spot)]
            yield from steps
            for step in [s for s in steps if _is_collective(s)]:
                yield from _members(spot, step, coded.place(step.end))
        group = next((s for s in reversed(steps) if _is_collective(s)), group)
        days = (p for p in scene.periods_in(sentence.start, sentence.end) if p.first is not None and p.first == p.last)
        event = next((p for p in days if p.text not in _SAME_DAY), event)
        left = _topic_of(scene, inside, steps)
        if left is not None:
            topics[sentence.article] = (left, paragraph)


_LONG = 80  # days; a shorter time is that of an event


def _frame(scene: Scene, sentence: Sentence) -> Stretch | None:
    """The time that a paragraph reports on: a past quarter or longer with which its first sentence begins."""
    first = next(iter(scene.periods_in(sentence.start, sentence.end)), None)
    if sentence.title or first is None or first.first is None or first.last is None:
        return None
    begins = first.start - sentence.start <= 1 and scene.text[first.end : first.end + 1] == ","
    published = scene.published(sentence)
    past = published is not None and first.first.isoformat() <= published[1]
    return first if begins and past and (first.last - first.first).days >= _LONG else None


def _leads(scene: Scene) -> frozenset[int]:
    """Starts of the sentences that tell an article's own news: its headline and the first paragraph of its text."""
    out: set[int] = set()
    opening: dict[int, int] = {}
    for sentence in scene.sentences:
        if not sentence.title and sentence.end - sentence.start >= _LEAST_LEAD:
            opening.setdefault(sentence.article, sentence.paragraph)
        if sentence.title or opening.get(sentence.article) == sentence.paragraph:
            out.add(sentence.start)
    return frozenset(out)


def _topic_of(scene: Scene, inside: list[Mention], steps: list[Step]) -> Bearer | None:
    """What a sentence leaves as what the next one may speak of without naming it."""
    for step in reversed(steps):
        if not COUNTED.match(step.bearer.name):
            return step.bearer
    for kind in ("project", "product"):
        first = next((m for m in inside if m.type == kind), None)
        if first is not None:
            return Bearer(scene.thing(first).name, -1, scene.thing(first))
    return None


# ---- one step a project and stage ------------------------------------------------------------------------------------


def _keep(kept: dict[tuple[str, str], Step], step: Step) -> None:
    """Keep the better of two tellings of one step: done before planned, a stated date before none, then the first."""
    name, stage = step.bearer.name, step.phrasing.stage
    key: tuple[str, str] = (name, stage)
    if key not in kept:
        key = next((k for k, s in kept.items() if k[1] == stage and _means(s, step)), key)
    known = kept.get(key)
    if known is None:
        kept[key] = step
    elif _rank(step) > _rank(known):
        longer = len(known.bearer.name) > len(name) and known.bearer.thing is not None
        kept[key] = step._replace(bearer=known.bearer) if longer else step


def _means(one: Step, other: Step) -> bool:
    """Whether two steps are of one undertaking; a headline may name it loosely."""
    names = one.bearer.name, other.bearer.name
    headline = one.sentence.title != other.sentence.title and one.sentence.article == other.sentence.article
    return is_same(*names) or (headline and is_like(*names))


def _rank(step: Step) -> tuple[bool, bool, bool]:
    return step.when.status == "actual", step.when.stated, step.when.date is not None


# ---- a sentence ------------------------------------------------------------------------------------------------------


def _steps(spot: Spot) -> list[Step]:
    if pattern("rumour").search(spot.coded.text):
        return []
    steps: list[Step] = []
    told: set[tuple[str, int]] = set()
    for hit in _hits(spot):
        if (hit.phrasing.stage, hit.start) in told:
            continue
        found = list(_told(spot, hit, steps))
        if found:
            told.add((hit.phrasing.stage, hit.start))
        steps += found
    return steps


def _hits(spot: Spot) -> list[Hit]:
    """Phrasings in the order of their verbs; a verb within a longer one of another phrasing is none."""
    text = spot.coded.text
    hits = []
    for phrasing in candidates(text):
        for match in phrasing.matches(text):
            anchored = phrasing.slot and "v" in phrasing.regex.groupindex
            low, high = match.span("v") if anchored else match.span()
            verb = low if phrasing.slot else max(low, high - LAST_WORD)
            hits.append(Hit(phrasing, match, low, high, verb, clause_start(text, low)))
    longest = [h for h in hits if not any(_covers(o, h) for o in hits)]
    # A phrasing that names what takes the step speaks before one that has to look for it.
    return sorted(
        longest, key=lambda h: (h.start, not h.phrasing.slot, not h.phrasing.several, h.phrasing.described, -h.end)
    )


def _covers(one: Hit, other: Hit) -> bool:
    """Whether a verb is only part of another; what names who takes a step stands beside what does not."""
    wider = one.start <= other.start and other.end <= one.end and one.end - one.start > other.end - other.start
    return wider and not (other.phrasing.slot and one.phrasing.stage == other.phrasing.stage)


def _told(spot: Spot, hit: Hit, before: list[Step]) -> Iterator[Step]:
    coded = spot.coded
    time = when(spot, hit)
    if time is None:
        return
    end = max(hit.match.end("p") if hit.phrasing.slot else hit.end, hit.end)
    found = bearers(spot, hit, before)
    times = apportioned(spot, hit, len(found))
    for number, bearer in enumerate(found):
        phrasing = hit.phrasing
        if phrasing.stage == "listed" and bearer.type == "product":
            if "批" in coded.text[hit.clause : hit.start]:
                continue  # it was allowed to be sold
            phrasing = replace(phrasing, stage="launched")
        begin = bearer.place if bearer.place >= 0 and 0 < hit.clause - bearer.place <= _REACH else hit.clause
        yield Step(
            bearer, phrasing, times[number] if times else time, coded.starts[begin], coded.ends[end - 1], spot.sentence,
            _owner(spot, bearer), _site(spot, bearer),
        )  # fmt: skip


# ---- members of a collective event -----------------------------------------------------------------------------------

_BUILDS = re.compile("建设|新建|引进|打造|将")
_LEAD_LIMIT = 6  # characters of weight before the name of a member


def _is_collective(step: Step) -> bool:
    return step.bearer.thing is None and COUNTED.match(step.bearer.name) is not None


def _members(spot: Spot, event: Step | None, low: int) -> Iterator[Step]:
    """`14个项目集中开工。其中,某项目…;某项目…`: the named ones take the step too."""
    coded = spot.coded
    if event is None:
        return
    continues = not low and spot.scene.text[spot.sentence.start - 1 : spot.sentence.start] in (";", ":")
    begin = low and clause_end(coded.text, low) + 1
    if not continues and not pattern("among").match(coded.text, begin):
        return
    light = rf"{NAMES}|{any_of('among')}|{any_of('filler')}|总?投资|[0-9.]+[亿万]?元?的?|由|建设|的|、"
    for at, mention in coded.names.items():
        lead = coded.text[clause_start(coded.text, at) : at]
        if at < begin or (_BUILDS.search(lead) and not lead.endswith("的")):
            continue
        if mention.type == "project" and mention.origin != "pointer" and len(re.sub(light, "", lead)) <= _LEAD_LIMIT:
            bearer = named(spot, at)
            yield event._replace(
                bearer=bearer, start=mention.start, end=mention.end, sentence=spot.sentence, owner=_owner(spot, bearer)
            )


# ---- records ---------------------------------------------------------------------------------------------------------


def _owner(spot: Spot, bearer: Bearer) -> str | None:
    """The firm or institute that the name begins with, or the only one that the sentence names before it."""
    scene = spot.scene
    if bearer.type in _ORGANISATIONS:
        return None
    for mention in bearer.thing.mentions if bearer.thing is not None else ():
        at = bisect_left(scene.things.inner, mention.start, key=lambda m: m.start)
        for inner in scene.things.inner[at : at + _FEW]:
            if inner.start == mention.start and inner.end < mention.end and inner.type in ("company", "institute"):
                known = scene.things.of.get((inner.start, inner.end))
                return known.name if known is not None else inner.name
    near = [
        scene.thing(m).name for at, m in sorted(spot.coded.names.items())
        if m.type in ("company", "institute") and (bearer.place < 0 or bearer.place - _REACH <= at < bearer.place)
    ]  # fmt: skip
    others = set(near) - {bearer.name}
    return others.pop() if len(others) == 1 else None


def _site(spot: Spot, bearer: Bearer) -> str | None:
    """The zone, or else the place, that the sentence names."""
    for kind in ("zone", "place"):
        for _, mention in sorted(spot.coded.names.items()):
            if mention.type == kind and spot.scene.thing(mention).name != bearer.name:
                return spot.scene.thing(mention).name
    return None


def _record(scene: Scene, step: Step) -> Milestone:
    start = step.start if step.end - step.start <= _QUOTE_LIMIT else step.end - _QUOTE_LIMIT
    quote, low, high = scene.evidence(start, step.end)
    return Milestone(
        doc=scene.doc, article=scene.article_id(step.sentence), project=step.bearer.name.strip("“”"), owner=step.owner,
        stage=step.phrasing.stage, status=step.when.status, date=step.when.date, place=step.place,
        quote=quote, start=low, end=high, origin=step.phrasing.id,
    )  # fmt: skip
