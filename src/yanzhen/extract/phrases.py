"""What a number measures: the noun phrase left of it (产值|达5亿元) or right of it (20多家|头部企业).

The words around a number are cut anew with the number as an edge: `13家|中试基地` is not `家中|试`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from yanzhen.data import rows, split
from yanzhen.extract.words import NAME, cut

if TYPE_CHECKING:
    from yanzhen.extract.scene import Scene

_NOUN_TAGS = frozenset(
    [
        "n",
        "nr",
        "nz",
        "ng",
        "vn",
        "an",
        "b",
        "j",
        "l",
        "nrt",
        "ns",
        "nt",
        "eng",
        "k",
        "i",
        "s",
        "a",
        "ag",
        "g",
        "h",
        "z",
        "zg",
    ]
)
_SKIPPED_TAGS = frozenset(["d", "zg", "p", "ul", "uj", "uz", "t", "m"])
_TERM = "term"  # kind of a word that the general dictionary would tear
_TORN = re.compile(r"[年月日]?产能|专精特新")
_REACH = 40  # characters looked at on either side of a number


@cache
def cues(kind: str) -> frozenset[str]:
    """The forms of one class of `words/observation_cues.csv`."""
    return frozenset(
        f for row in rows("words/observation_cues.csv") if row["class"] == kind for f in split(row["form"])
    )


@dataclass(frozen=True, slots=True)
class Phrase:
    """A phrase of the clean text.

    Attributes:
        text: what it names; completed, it may be more than stands between start and end.
        start, end: where its words stand.
    """

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Word:
    form: str
    tag: str
    kind: str
    start: int
    end: int


def _words(scene: Scene, low: int, high: int) -> list[_Word]:
    """The words of a span, names kept whole; the list is the scene's own."""
    kept = scene.cuts.get((low, high))
    if kept is None:
        kept = scene.cuts[(low, high)] = _cut(scene, low, high) if high > low else []
    return kept


def _cut(scene: Scene, low: int, high: int) -> list[_Word]:
    names = [(m.start - low, m.end - low, m.type) for m in scene.mentions_in(low, high) if m.origin != "pointer"]
    names += [(m.start(), m.end(), _TERM) for m in _TORN.finditer(scene.text[low:high])]
    fixed: list[tuple[int, int, str]] = []
    for name in sorted(names):
        if not fixed or name[0] >= fixed[-1][1]:
            fixed.append(name)
    found = cut(scene.text[low:high], fixed)
    return [
        _Word(form, tag, kind, low + start, low + end)
        for form, tag, kind, start, end in zip(
            found.words, found.tags, found.kinds, found.starts, found.ends, strict=True
        )
    ]


def _is_nominal(words: list[_Word], k: int) -> bool:
    word = words[k]
    if word.tag == NAME:
        return word.kind in ("honor", "product", _TERM)
    if word.form in cues("link") or word.form in cues("never_metric"):
        return False
    if word.tag in _NOUN_TAGS or word.form in cues("nominal_verb") or (word.tag == "x" and len(word.form) >= 2):
        return True
    return word.tag == "m" and word.form in cues("nominal_verb")


def _modifies(words: list[_Word], k: int) -> bool:
    """Whether a verb, or a character cut off a noun, only modifies the noun behind it (优势|示范|企业, 加氢|站)."""
    word, behind = words[k], words[k + 1] if k + 1 < len(words) else None
    if word.form in cues("governing") or word.form in cues("metric_verb") or word.tag not in ("v", "g", "ng", "vg"):
        return False
    if len(word.form) == 1:
        return word.form not in cues("one_verb") and k > 0 and words[k - 1].tag not in ("d", "ul", "x")
    if behind is None or word.form in cues("link"):
        return False
    if (
        k > 0
        and words[k - 1].tag in ("a", "b", "n")
        and behind.tag in ("n", "vn")
        and word.form not in cues("never_metric")
    ):
        return True  # 新型|显示|产业
    return len(behind.form) == 1 or behind.form in cues("generic") or behind.form.endswith(tuple(cues("measure_head")))


_QUOTED = 6  # words between quotation marks inside a noun phrase


def _to_the_left(words: list[_Word], k: int, last: int) -> int:
    """The word before the noun phrase that reaches from word `k` to `last`, as far left as it goes."""
    while k >= 0:
        if _is_nominal(words, k) or _modifies(words[: last + 1], k):
            k -= 1
        elif words[k].form == "”" and k < last:
            opening = next((j for j in range(k - 1, max(-1, k - _QUOTED), -1) if words[j].form == "“"), None)
            if opening is None or opening == 0 or not _is_nominal(words, opening - 1):
                break
            k = opening - 1
        elif words[k].form in ("和", "与", "及", "以及") and k < last and _joins(words, k, last):
            k -= 1
        else:
            break
    return k


def _joins(words: list[_Word], k: int, last: int) -> bool:
    """Whether 和 joins two modifiers of one measured noun (设备和材料|产值), not two measured nouns."""
    heads = tuple(cues("measure_head"))
    return (
        k > 0
        and words[last].form.endswith(heads)
        and not words[k - 1].form.endswith(heads)
        and _is_nominal(words, k - 1)
    )


# `通关时间|由36小时压缩至|22小时`
_CHANGED = re.compile(
    r"(?:[由从][^,。;、]{1,16}?)?(?:压缩|缩短|提升|提高|增加|增长|扩大|扩增|上升|下降|降低|减少|跃升|攀升|缩减|调减|调整|升|降|增|减|跳)(?:至|到|为)了?(?:约|近|超)?$"
)


def left(scene: Scene, at: int, low: int) -> Phrase | None:
    """The noun phrase that ends, words such as 达到 or 约 skipped, before offset `at`; not before `low`."""
    low = max(low, at - _REACH)
    changed = _CHANGED.search(scene.text, low, at)
    if changed is not None and changed.start() > low:
        at = changed.start()
    words = _words(scene, low, at)
    k = len(words) - 1
    while k >= 0 and (words[k].form in cues("link") or words[k].tag in _SKIPPED_TAGS):
        if words[k].form in cues("metric_verb"):
            break
        k -= 1
    if k < 0:
        return None
    last = k
    if words[k].form == ")":
        while k >= 0 and words[k].form != "(":
            k -= 1
        k -= 1
    if k == last and words[k].form in cues("metric_verb"):
        k -= 1  # 研发|投入, 研发投入: a noun when nothing follows
    k = _to_the_left(words, k, last)
    first = k + 1
    if first > last:
        return None
    if k >= 0 and words[k].form in cues("metric_verb") and words[k].form not in cues("link"):
        first = k
    if _governs(words, first, last):
        first += 1
    found = _phrase(scene, words[first].start, words[last].end)
    if found is not None and found.text in cues("generic"):
        return _completed(scene, words, first, found)
    return found


def _governs(words: list[_Word], first: int, last: int) -> bool:
    """Whether the phrase begins with the verb of its clause (建设|标准厂房8万平方米), then names things."""
    if first == last or words[first].form not in cues("governing") or words[first].tag not in ("v", "vn"):
        return False
    rest = "".join(w.form for w in words[first + 1 : last + 1])
    begins = first == 0 or words[first - 1].tag in ("x", "d", "t", "c", "p")
    return begins and rest not in cues("generic") and not rest.endswith(tuple(cues("measure_head")))


# `新签约|亿元以上|项目12个`
_STEP_OF = re.compile(
    r"(?=.)(?:新?(?:签约|开工|竣工|投产|引进|落户|落地|上市|入库|获批|签订|新建|续建))?"
    r"(?:(?:总?投资)?(?:超|过)?[\d.]*[一二三四五六七八九十百千]*亿(?:元|美元)?(?:以上|级)?的?)?$"
)
# `填补国际空白的|新技术`: what stands before 的 tells which, up to the verb that has it (拥有, 累计完成).
_NEW = "新"
_MOST = 16


def _completed(scene: Scene, words: list[_Word], first: int, found: Phrase) -> Phrase:
    """A bare 企业 or 项目 with the relative clause, the size or the step before it that tells which."""
    low = words[0].start
    step = _STEP_OF.search(scene.text, low, found.start)
    if step is not None:
        return Phrase(step.group() + found.text, step.start(), found.end)
    k = first - 1
    if k < 1 or words[k].form != "的":
        return _with_verb(words[:first], found)
    k -= 1
    end = words[k].end
    while k >= 0 and words[k].form not in cues("holds") and words[k].tag not in ("x", "ul", "r"):
        if words[k].tag == NAME and words[k].kind in ("zone", "place", "company", "project"):
            break
        k -= 1
    start = words[k + 1].start if k + 1 < first else end
    if not 0 < end - start <= _MOST:
        return found
    return Phrase(scene.text[start:end] + found.text, start, found.end)


@cache
def _no_naming_verb() -> frozenset[str]:
    """Verbs that only say that there is something."""
    return cues("holds") | cues("link")


def _with_verb(words: list[_Word], found: Phrase) -> Phrase:
    """`服务|企业`, `参与设立|基金`: a bare noun with the verb right before it, if that is no mere having."""
    k = len(words) - 1
    while k >= 0 and words[k].form in ("了", "过", "的"):
        k -= 1
    last = k
    stop = _no_naming_verb()
    while k >= 0 and words[k].tag in ("v", "vn", "a", "b", "ad", "d") and words[k].form not in stop:
        k -= 1
    if last > k and words[last].tag in ("v", "vn") and len(words[last].form) > 1:
        verbs = "".join(w.form for w in words[k + 1 : last + 1])
        return Phrase(verbs + found.text, words[k + 1].start, found.end)
    return found


# `两个|超千亿元的|产业集群`: a size that tells which things are counted belongs to them.
_SIZE = re.compile(
    r"(?:总投资|投资|产值|年产值|营收|规模)?(?:超|过|近|达到?|突破)?(?:[\d.]+|[一二三四五六七八九十百千]+)[百千万]*亿?(?:元|美元)?(?:级|以上|规模)?(?:的)?(?=[\u4e00-\u9fff]{2})"
)


_ENDS = re.compile(r"(?:项目|工程|基地|产业园|中心|生产线|产线)$")


def right(scene: Scene, at: int, high: int) -> Phrase | None:
    """The noun phrase that follows a number at offset `at` (20多家|头部企业, 10亿元的|新兴产业基金)."""
    begin = at
    size = _SIZE.match(scene.text, at, high)
    if size is not None and "亿" in size.group():
        at = size.end()
    words = _words(scene, at, min(high, at + _REACH))
    k = 0
    if words and words[0].form == "的":
        k = 1
    first = k
    while k < len(words):
        word = words[k]
        if word.form in cues("right_stop") or (
            k > first and _ENDS.search(words[k - 1].form) and word.tag in ("v", "vn")
        ):
            break
        if not (
            word.tag in _NOUN_TAGS
            or word.tag == NAME
            or word.form in cues("nominal_verb")
            or (word.tag in ("v", "f", "q") and len(word.form) >= 2 and k == first)
            or (
                word.tag in ("m", "q", "eng") and k + 1 < len(words) and words[k + 1].tag in ("n", "m", "q", "nz", "vn")
            )
            or (len(word.form) == 1 and k > first and word.tag in ("v", "g", "f") and _one_inside(words, k))
        ):
            break
        k += 1
    while k > first and words[k - 1].tag == "v" and words[k - 1].form not in cues("nominal_verb"):
        k -= 1
    return _phrase(scene, begin if at > begin else words[first].start, words[k - 1].end) if k > first else None


def _one_inside(words: list[_Word], k: int) -> bool:
    """Whether one character that is cut off stands inside a noun (中|试|基地)."""
    return words[k].form not in cues("one_verb") and k + 1 < len(words) and words[k + 1].tag in _NOUN_TAGS


def counted(scene: Scene, start: int, at: int, low: int, high: int) -> Phrase | None:
    """What a count counts: the phrase right of it, and for a bare 项目 the verb that tells which.

    `参与设立|16只|基金` -> 参与设立基金, `4个|项目|获批立项` -> 获批立项项目.

    Args:
        scene: the document.
        start: the number's first offset.
        at: the offset behind the number.
        low: where the clause begins.
        high: where the clause ends.
    """
    found = right(scene, at, high)
    if found is None:
        return None
    steps = (step for step in cues("after_count") if found.text.endswith(step) and len(found.text) > len(step))
    step = max(steps, key=len, default="")
    if step:
        return Phrase(step + found.text[: -len(step)], start, found.end)
    if found.text not in cues("generic"):
        return found
    behind = _words(scene, found.end, min(high, found.end + 12))
    verbs = ""
    for word in behind:
        if word.form not in cues("after_count"):
            break
        verbs += word.form
    if verbs:
        return Phrase(verbs + found.text, start, found.end + len(verbs))
    return _with_verb(_words(scene, max(low, start - 12), start), found)


def _phrase(scene: Scene, start: int, end: int) -> Phrase | None:
    text = scene.text[start:end].replace("\n", "").strip("“”、,:()的")
    return Phrase(text, start, end) if text else None
