"""Whose number it is: the thing that a measured quantity is about, chosen among the names and pointers before it.

Each candidate is scored by where it stands (its clause, what governs it, whether it leads), by what the article is
about and by how well its type goes with what is measured: `metrics/holders.csv` says that a floor area is a project's
rather than a town's. The nearest good candidate wins; nothing is looked up outside the document.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import cache
from typing import TYPE_CHECKING

from yanzhen.data import rows, split
from yanzhen.extract.scene import WIDE_ORIGINS

if TYPE_CHECKING:
    from yanzhen.extract.entities import Thing
    from yanzhen.extract.mentions import Mention
    from yanzhen.extract.scene import Scene, Sentence

HOLDERS = frozenset({"zone", "company", "institute", "project", "place", "product", "policy", "finance", "event"})

# How much the place of a candidate in the text counts, in the same points as the types of `metrics/holders.csv`.
_PER_CLAUSE = 0.7
_PER_SENTENCE = 0.8
_ANOTHER_SENTENCE = 1.2
_ONLY_TOPIC = 3.0
_LEADS = 2.0
_OBLIQUE = 1.5
_LISTED = 2.0
_COUNTED = 6.0
_NESTED = 1.5
_MODIFIES = 0.8
_TOPIC = 0.8
_POINTER = 0.6
_TOUCHES = 2.5
_GOES_ON = 1.0
_SENTENCES_BACK = 5
_WIDE = 2.0  # regions and countries are rarely what a document counts for
_BUILT_NEXT = 4.0  # `投资48亿元建设|某某生产线`
_CONDITION = 2.0  # `达产后,年产…`: a project's


@cache
def _classes() -> tuple[dict[str, str], dict[str, str], dict[str, dict[str, float]]]:
    """(head -> class, unit -> class, class -> type -> points)."""
    heads: dict[str, str] = {}
    units: dict[str, str] = {}
    points: dict[str, dict[str, float]] = {}
    for row in rows("metrics/holders.csv"):
        for head in split(row["heads"]):
            heads[head] = row["class"]
        for unit in split(row["units"]):
            units[unit] = row["class"]
        points[row["class"]] = {kind: float(row[kind]) for kind in HOLDERS}
    return heads, units, points


def measured_class(metric: str, unit: str) -> str:
    """The class of `metrics/holders.csv` by the longest head that ends the metric, else by the unit, else `other`."""
    heads, units, _ = _classes()
    if metric.endswith(")"):
        metric = metric[: metric.rfind("(")]  # 地区生产总值(GDP)
    for start in range(len(metric)):
        found = heads.get(metric[start:])
        if found is not None:
            return found
    return units.get(unit, "other")


def holder(scene: Scene, measured: str, at: int, sentence: Sentence, going_on: Thing | None = None) -> Thing | None:
    """The thing that a number at offset `at` is about, or None where the document names nothing that could be.

    Args:
        scene: the document.
        measured: a class of `metrics/holders.csv`.
        at: where the number, or the phrase that names what is measured, begins.
        sentence: the sentence it stands in.
        going_on: the holder of the number before it in the same sentence.
    """
    points = _classes()[2][measured]
    best: Thing | None = None
    best_score = -99.0

    def offer(thing: Thing, score: float) -> None:
        nonlocal best, best_score
        if score > best_score:
            best, best_score = thing, score

    cuts = scene.clause_starts(sentence.start, at)
    for mention in reversed(scene.mentions_in(sentence.start, at)):
        if mention.type in HOLDERS:
            thing = scene.thing(mention)
            clause = bisect_right(cuts, mention.start) - 1
            score = _position(scene, mention, cuts[clause]) - _PER_CLAUSE * (len(cuts) - 1 - clause)
            score -= _COUNTED * bool(_COUNTED_LIST.fullmatch(scene.text, mention.end, at))
            if mention.type == "project" and _UPON.search(scene.text, mention.end, at):
                score += _CONDITION
            if mention.type == "product" and mention.end == at:
                continue  # 光模块|产值: a part of what is measured
            if not scene.is_oblique(mention):
                score += _TOUCHES * bool(_GAP.fullmatch(scene.text, mention.end, at))
            score += _points(points, thing, measured)
            offer(thing, score + _topic(scene, thing, sentence) + _GOES_ON * (thing is going_on))
    if measured in ("building", "capacity"):
        for mention in scene.mentions_in(at, min(sentence.end, at + _NEXT)):
            if mention.type == "project" and _BUILDS.search(scene.text, at, mention.start):
                offer(scene.thing(mention), points["project"] + _BUILT_NEXT)
                break
    for back, earlier in enumerate(scene.before(sentence, _SENTENCES_BACK)):
        cuts = scene.clause_starts(earlier.start, earlier.end)
        for mention in reversed(scene.mentions_in(earlier.start, earlier.end)):
            if mention.type in HOLDERS:
                thing = scene.thing(mention)
                clause = bisect_right(cuts, mention.start) - 1
                score = _position(scene, mention, cuts[clause]) - _ANOTHER_SENTENCE - _PER_SENTENCE * back
                offer(thing, score + _points(points, thing, measured) + _topic(scene, thing, sentence))
    for kind in ("zone", "company", "institute", "place", "project", "policy", "event"):
        topic = scene.main(sentence.article, kind)
        if topic is not None:
            offer(topic, _points(points, topic, measured) + _topic(scene, topic, sentence) - _ONLY_TOPIC)
    return best


_NEXT = 60
_BUILDS = re.compile(r"(?:建设|新建|扩建|打造|实施|用于|投建|兴建)[^,。;]{0,12}$")
_UPON = re.compile(r"(?:达产|投产|建成|量产|满产|竣工|投运|投用)后")


_PAPER = re.compile(r"政策|措施|办法|意见|规定|方案|计划|细则|行动|通知|[条贷券]|工程|条例|”$|》$")


def _points(points: dict[str, float], thing: Thing, measured: str) -> float:
    """How well a type goes with what is measured; papers and programmes give, a practice called a policy does not."""
    if measured == "benefit" and thing.type == "policy" and not _PAPER.search(thing.name):
        return 0.0
    return points[thing.type]


def _topic(scene: Scene, thing: Thing, sentence: Sentence) -> float:
    return _TOPIC if scene.main(sentence.article, thing.type) is thing else 0.0


# What may stand between a holder and what it directly modifies (某高新区|全年|软件收入).
_GAP = re.compile(
    r"(?:的|全年|今年|去年|上半年|规划|计划|预计|将|已|现有|共|累计|实现|完成|拥有|有|达|达到|仅|首次|也|,)*"
)
_PROVINCE = re.compile(r"^table:divisions:\d\d0000$")
# `甲、乙等|7家企业`, `甲、乙、丙|三大企业`: those counted are not who has them.
_COUNTED_LIST = re.compile(r"(?:、[^,。;、]{1,30}){0,12}(?:等|、)|(?:、[^,。;、]{1,30}){1,12}")
_LIST_AFTER = re.compile(r"(?:、[^,。;]{1,60})?等")


def _position(scene: Scene, mention: Mention, clause: int) -> float:
    """Points for how a mention stands in its clause, which begins at offset `clause`."""
    text = scene.text
    score = _POINTER if mention.origin == "pointer" else 0.0
    if mention.origin.startswith(WIDE_ORIGINS) or _PROVINCE.search(mention.origin):
        score -= _WIDE
    if scene.is_speaker(mention) or scene.is_oblique(mention):
        score -= _OBLIQUE
    elif scene.leads(mention, clause):
        score += _LEADS
    if _LIST_AFTER.match(text, mention.end) or text[mention.start - 1 : mention.start] == "、":
        score -= _LISTED
    if text[mention.end : mention.end + 1] == "的":
        score -= _MODIFIES
    elif scene.in_relative_clause(mention):
        score -= _NESTED
    return score
