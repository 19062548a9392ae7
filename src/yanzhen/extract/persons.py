"""Names of persons in a clean text: behind an office or title, before one; those of reporters are no entities.

A Chinese name is a surname and one or two characters more; where it ends is told by what follows.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from ahocorasick_rs import AhoCorasick, MatchKind

from yanzhen.data import rows
from yanzhen.extract.coined import coinage
from yanzhen.extract.lexicon import word_set
from yanzhen.extract.words import known, tagged

if TYPE_CHECKING:
    from collections.abc import Iterator

    from yanzhen.extract.words import Words

Span = tuple[int, int]

_SAYS = (
    r"说|表示|介绍|认为|指出|告诉|坦言|透露|称|感慨|强调|谈|回忆|解释|直言|分析|补充|建议|道|出席|致辞|先后|一行|宣布|"
    r"带领|率|主持|等人|博士|教授|院士|先生|女士|团队|此前|如是|向记者|对记者|为记者|告诉记者"
)
_SURE_AFTER = re.compile(rf"{_SAYS}|[,。;:、)(”“!?\n—]|$")
_AFTER = re.compile(rf"{_SAYS}|算|也|还|在|对|就|的|向|带|曾|与|和|及|等|为|自|从|以|并|看|深|兴|笑|将|已|正|是|作|受")
_NEVER_LAST = frozenset("说称道在对就的向也还和与及等告曾是将已并约提量额值度项家个亿")
_SELDOM_LAST = frozenset("为以率")
_SELDOM = 3  # characters of a name that ends with one of these
_SHORT = 2  # characters of a surname with one more
_CERTAIN = 3  # weight of what only follows a name
_TWO_WORDS = frozenset(
    {"正在", "将在", "曾在", "还在", "也在", "就在", "同时", "从事", "为了", "对于", "并且", "正为", "正带"}
)
_SURE_ENOUGH = 2
_PERSON_TAGS = frozenset({"nr", "nrt", "nrfg"})
_NEXT_TAGS = frozenset({"v", "p", "d", "c", "r", "t", "x", "u", "uj", "ul", "vn", "f", "m", "y", "vd"})
_HAN = re.compile(r"[\u4e00-\u9fff]{2,4}")
_BYLINE = re.compile(
    r"(?:[(]|^|\n|讯[(]?|□)[^()。,\n]{0,14}(?:记者|通讯员|实习生|作者|撰稿|摄影|文/图|图/文|责编|编辑)[^。,\n]{0,40}?(?:[)]|(?=\n)|$)",
    re.MULTILINE,
)
_LATIN_NAME = re.compile(
    r"[A-Z][a-z]+(?: ?[A-Z][a-z]*){0,2}"
    r"|[\u4e00-\u9fff]{1,6}·[\u4e00-\u9fff]{1,6}?(?:·[\u4e00-\u9fff]{1,6}?)?(?=说|表示|介绍|认为|指出|称|[,。、;)]|$)"
)
_SPEAKER = re.compile(r"(?:^|[,。”;:\n])(?:今年)?(?:[0-9]{2}岁的|[89]0后)?(?=[\u4e00-\u9fff]{2})")
_SPEAKS = re.compile(
    r"(?:还|也|进一步|笑着|自豪地|告诉记者|向记者)?(?:说|表示|介绍|坦言|认为|透露|告诉|称|指出|感慨|补充|解释|回忆|感叹)"
)
_TRAILING = re.compile(r"院士|教授|博士|研究员|先生|女士|同志|团队|领衔")
_INTRODUCED = re.compile(r"(?:^|[,。”;:\n])")
_IS = re.compile(
    r"(?:[,(](?:男|女|[0-9]{4}年)|(?:是|现任|曾任|出任|担任|任)[^,。\n]{2,20}(?:董事长|总经理|创始人|教授|院长|主任|书记|工程师|总裁|负责人|所长|局长))"
)


@cache
def _surnames() -> dict[str, bool]:
    """Surname -> whether it is also an everyday word."""
    return {row["form"]: row["word"] == "1" for row in rows("names/surnames.csv")}


@cache
def _titles() -> AhoCorasick:
    forms = sorted(
        {
            row["form"]
            for row in rows("names/titles.csv")
            if row["kind"] not in ("media", "prefix") and len(row["form"]) > 1
        }
    )
    return AhoCorasick(forms, matchkind=MatchKind.LeftmostLongest)


@cache
def _title_words() -> frozenset[str]:
    return word_set("names/titles.csv")


@cache
def _title_pattern() -> re.Pattern[str]:
    forms = sorted(word_set("names/titles.csv"), key=lambda f: (-len(f), f))
    return re.compile("|".join(map(re.escape, forms)))


def title_at(text: str, at: int) -> bool:
    """Whether a title of a person begins at an offset."""
    return _title_pattern().match(text, at) is not None


def bylines(text: str) -> list[Span]:
    """Where reporters and editors are named; nobody named there is spoken of."""
    return [m.span() for m in _BYLINE.finditer(text)]


def find(text: str, words: Words) -> Iterator[tuple[int, int, str]]:
    """(start, end, origin) of every personal name that a title tells."""
    for _, title, end in _titles().find_matches_as_indexes(text):
        before = _named_before(text, words, title)
        if before is not None:
            yield before, title, "person:before-title"
        start = end
        while start < len(text) and text[start] == "“":
            start += 1
        stop = _end_of_name(text, words, start)
        if stop is not None:
            yield start, stop, "person:title"
            yield from _listed(text, words, stop)
    yield from _tagged(words)
    for match in _SPEAKER.finditer(text):
        start = match.end()
        stop = _end_of_name(text, words, start)
        if (
            stop is not None
            and _SPEAKS.match(text, stop)
            and (words.tags[words.at[start]] in _PERSON_TAGS or not known(text[start:stop]))
        ):
            yield start, stop, "person:speaker"
    for match in _TRAILING.finditer(text):
        for length in (3, 2, 4):
            start = match.start() - length
            if start < 0 or words.starts[words.at[start]] != start or text[start] not in _surnames():
                continue
            token = words.at[start]
            name = text[start : match.start()]
            if (
                words.tags[token] in (*_PERSON_TAGS, "x")
                and _HAN.fullmatch(name)
                and _can_be_name(words, start, name, double=name[:2] in _surnames())
            ):
                yield start, match.start(), "person:honoured"
                break
    for match in _INTRODUCED.finditer(text):
        stop = _end_of_name(text, words, match.end())
        if stop is not None and _IS.match(text, stop) and words.tags[words.at[match.end()]] in _PERSON_TAGS:
            yield match.end(), stop, "person:introduced"


_PREDICATES = frozenset({"v", "p", "d", "c", "x", "uj", "t", "vn", "r", "m", "f", "ul", "nr", "vd", "zg", "y"})
_SURE_SURNAMES = 3  # characters of a name that needs no more proof than its tag


def _tagged(words: Words) -> Iterator[tuple[int, int, str]]:
    """Words that the cutter takes for personal names and that stand where somebody acts."""
    for k, word in enumerate(words.words):
        if words.tags[k] not in _PERSON_TAGS or not _HAN.fullmatch(word):
            continue
        double = word[:2] in _surnames()
        if len(word) != (_SURE_SURNAMES + double) or (not double and word[0] not in _surnames()):
            continue
        if (
            word[-1] in _NEVER_LAST | _SELDOM_LAST
            or word in word_set("names/generic_nouns.csv")
            or _surnames().get(word[0], False)
        ):
            continue
        if any(char in _ORG_CHARS for char in word) or (coinage(word) > _MADE_UP and not known(word)):
            continue
        after = words.tags[k + 1] if k + 1 < len(words.words) else "x"
        if after in _PREDICATES:
            yield words.starts[k], words.ends[k], "person:tagged"


_ORG_CHARS = frozenset("区园城镇街路厂院所局部委会司团村县市省店馆网报社台站港湾")
_MADE_UP = 1.6


def _named_before(text: str, words: Words, title: int) -> int | None:
    """Where the name begins that stands right before a title (某某某局长), or None."""
    for length in (3, 2):
        start = title - length
        if start < 0 or words.starts[words.at[start]] != start or text[start] not in _surnames():
            continue
        token = words.at[start]
        free = start == 0 or text[start - 1] in _MARKS
        if free and words.ends[token] == title and words.tags[token] in _PERSON_TAGS:
            return start
    return None


_MARKS = frozenset("\n,。;:、“”(!?—和与对向在据由给")


def _listed(text: str, words: Words, at: int) -> Iterator[tuple[int, int, str]]:
    """`副院长甲某某、乙某某`: those listed behind a person bear the same title."""
    while at < len(text) and text[at] in "、和":
        stop = _end_of_name(text, words, at + 1)
        if stop is None or not (_SURE_AFTER.match(text, stop) or _AFTER.match(text, stop)):
            return
        if known(text[at + 1 : stop]) and words.tags[words.at[at + 1]] not in _PERSON_TAGS:
            return
        yield at + 1, stop, "person:listed"
        at = stop


def _end_of_name(text: str, words: Words, start: int) -> int | None:
    """Where the personal name that begins at `start` ends, or None if none begins there."""
    surnames = _surnames()
    if start >= len(text):
        return None
    foreign = _LATIN_NAME.match(text, start)
    if foreign is not None and "·" in foreign.group():
        return foreign.end()
    double = text[start : start + 2] in surnames
    if not double and text[start] not in surnames:
        return None
    surname = text[start : start + 2] if double else text[start]
    best: tuple[int, int] | None = None
    for length in (4, 3) if double else (3, 2):
        end = start + length
        name = text[start:end]
        if len(name) < length or not _HAN.fullmatch(name) or text[end - 1 : end + 1] in _TWO_WORDS:
            continue
        weight = _what_follows(text, words, end)
        if not _can_be_name(words, start, name, double=double, sure=weight >= _CERTAIN, likely=weight >= _SURE_ENOUGH):
            continue
        if name[-1] in _NEVER_LAST or (name[-1] in _SELDOM_LAST and (len(name) < _SELDOM or not weight)):
            continue
        token = words.at[start]
        if words.ends[token] == end and words.tags[token] in ("nr", "nrt"):
            weight += 1
        if weight >= _SURE_ENOUGH and best is None and len(name) > len(surname) + 1:
            return end  # most given names have two characters
        if weight and (best is None or weight > best[0]):
            best = weight, end
    return best[1] if best is not None else None


def _can_be_name(
    words: Words, start: int, name: str, *, double: bool, sure: bool = False, likely: bool = False
) -> bool:
    first = words.at[start]
    token = words.words[first]
    tag = words.tags[first]
    if name in _title_words() or any(name[k:] in _title_words() for k in range(1, len(name) - 1)):
        return False
    if words.starts[first] != start and (tag == "NAME" or known(token)):
        return False
    if name[1:] in word_set("names/generic_nouns.csv"):
        return False
    if tag in ("nr", "nrt", "nrfg"):
        return True
    if token == name and known(name) and tag != "ns":
        return False
    everyday = not double and _surnames()[name[0]] and not (len(name) > _SHORT and sure)
    if everyday and (len(name) == 2 or tag != "x") and (len(token) == 1 or known(token)):
        return False
    # `总经理高度重视`: a word of the dictionary begins here, no surname.
    torn = len(token) > 1 and known(token) and tag not in ("ns", "nz", "x") and token != name
    return not torn or (likely and len(name) > _SHORT and len(token) == _SHORT)


def _what_follows(text: str, words: Words, end: int) -> int:
    """How surely a name may end here: 3 for marks and verbs of speech, 1 for other words that follow a name, 0 not."""
    if _SURE_AFTER.match(text, end):
        return 3
    if _AFTER.match(text, end):
        return 2
    last = words.at[end - 1]
    if words.ends[last] == end:
        following = words.tags[words.at[end]]
        return 2 if following in _NEXT_TAGS else 0
    ahead = tagged(text[end : end + 4])
    return 1 if ahead and ahead[0][1] in _NEXT_TAGS and len(ahead[0][0]) >= 2 and known(ahead[0][0]) else 0
