"""Distinctions somebody asserts: the first, the only, the largest, the leading; of whom, where, and who says so.

The words are rows of `patterns/claims.csv`; where a distinction holds, whose it is and whether it is only an ambition
need control flow and are functions here.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from yanzhen.data import rows, split
from yanzhen.errors import DataError
from yanzhen.extract.claim_speakers import Said, body_of, name_of, said_by
from yanzhen.extract.words import NAME
from yanzhen.facts import Claim

if TYPE_CHECKING:
    from yanzhen.extract.entities import Thing
    from yanzhen.extract.mentions import Mention
    from yanzhen.extract.scene import Scene, Sentence
    from yanzhen.facts.records import Status

_TABLE = "patterns/claims.csv"
_BREAKS = ",。;:!?\n"
_WIDE: frozenset[str] = frozenset()  # words of `patterns/claim_words.csv` alone say where
_PLACES = frozenset({"place"})
_SITES = _PLACES | {"zone"}
_HOLDERS = frozenset({"place", "zone", "company", "institute", "government"})
_NAMED = frozenset({"zone", "company", "institute", "project", "product", "policy", "event", "finance"})
_BEARERS = frozenset({"zone", "company", "institute", "project", "product", "place", "event"})
_TOPICS = _BEARERS - {"product", "event"}
# A superlative in a name of one of these is part of the name.
_PROPER = frozenset({"honor", "event", "person", "company", "government", "finance"})
_FAR = 24  # characters between where a distinction holds and its word
_CLOSE = 4
_NEEDS = ("near", "nation", "isnation", "close", "nclose", "rank", "any", "none")
_ABOUT = ("thing", "holder", "rank")


@dataclass(frozen=True, slots=True)
class Form:
    """One row: a superlative.

    Attributes:
        id: of the row.
        word: the superlative as written out; empty where it is the matched text.
        scope: what has to say where it holds: `near` any such word or name before it, `nation` a part of the world,
            `isnation` the same behind a copula, `close` any right before it, `nclose` a part of the world right before
            it, `rank` that or a verb of rank, `any` one is taken if there, `none`.
        about: whose distinction it is: `thing` what the noun phrase names, `holder` who has, is or makes it, `rank`.
        unless: what behind it makes it no superlative.
    """

    id: str
    word: str
    scope: str
    about: str
    unless: re.Pattern[str] | None


class Scope(NamedTuple):
    """Where a distinction holds: clean offsets of its words; `start == end` where the text does not say."""

    start: int
    end: int


class Spot(NamedTuple):
    """Where a superlative stands: its sentence, its clause, its scope, itself; who says it; clean offsets."""

    sentence: Sentence
    low: int
    high: int
    scope: Scope
    at: int
    said: Said | None

    @property
    def start(self) -> int:
        """Where the distinction begins: with its scope where that is said."""
        return self.scope.start if self.scope.start < self.scope.end else self.at


class Phrase(NamedTuple):
    """The noun phrase behind a superlative: its end, where its head begins, and the name that it ends with."""

    head: int
    end: int
    name: Mention | None


@cache
def forms() -> tuple[re.Pattern[str], tuple[Form, ...]]:
    """One expression over all superlatives, group `r<n>` for row n, and the rows.

    Raises:
        DataError: a row has an unknown need or holder, or begins with no plain character.
    """
    found: list[Form] = []
    parts: list[str] = []
    firsts: set[str] = set()
    for number, row in enumerate(rows(_TABLE)):
        if row["scope"] not in _NEEDS or row["about"] not in _ABOUT:
            raise DataError(f"no such scope or holder: {row['scope']}, {row['about']}", _TABLE)
        firsts |= _first_characters(row["form"])
        parts.append(f"(?P<r{number}>{row['form']})")
        unless = re.compile(row["unless"]) if row["unless"] else None
        found.append(Form(row["id"], row["word"], row["scope"], row["about"], unless))
    return re.compile(f"(?=[{''.join(sorted(firsts))}])(?:{'|'.join(parts)})"), tuple(found)


_CHARACTER_CLASS = re.compile(r"\[[^\]]*\]")


def _first_characters(form: str) -> set[str]:
    """The characters that a form may begin with; alternatives at its top begin plainly or with `(?:a|b)`."""
    depth = 0
    starts = [0]
    form = _CHARACTER_CLASS.sub("_", form)
    for place, char in enumerate(form):
        depth += (char == "(") - (char == ")")
        if char == "|" and depth == 0:
            starts.append(place + 1)
    out: set[str] = set()
    for start in starts:
        group = re.match(r"\(\?:([^()]+)\)", form[start:])
        out |= {part[0] for part in group.group(1).split("|")} if group else {form[start : start + 1]}
    if any(not "\u4e00" <= char <= "\u9fff" for char in out):
        raise DataError(f"a superlative that begins with an expression: {form}", _TABLE)
    return out


@cache
def _class(name: str) -> tuple[str, ...]:
    found = {f for row in rows("patterns/claim_words.csv") if row["class"] == name for f in split(row["form"])}
    return tuple(sorted(found, key=lambda f: (-len(f), f)))


@cache
def _any_of(name: str) -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, _class(name))))


@cache
def _ends_with(name: str) -> re.Pattern[str]:
    return re.compile(f"(?:{'|'.join(map(re.escape, _class(name)))})(?:了|出|起|有)?$")


_KINDS = ("project", "company", "zone", "institute", "product", "place")


@cache
def _classed() -> tuple[tuple[str, tuple[str, ...]], ...]:
    """The nouns by which things of each type are classed."""
    return tuple((kind, _class(f"of_{kind}")) for kind in _KINDS)


def _kinds_of(noun: str) -> frozenset[str]:
    """The types of things that a noun may class, by its longest known ending; none where it tells nothing."""
    best: dict[str, int] = {}
    for kind, endings in _classed():
        best[kind] = max((len(e) for e in endings if noun.endswith(e)), default=0)
    longest = max(best.values())
    return frozenset(kind for kind, length in best.items() if length == longest) if longest else frozenset()


@cache
def _scope_words() -> re.Pattern[str]:
    nation, trade, time = ("|".join(map(re.escape, _class(c))) for c in ("nation", "trade", "time"))
    return re.compile(f"(?P<nation>{nation})|(?P<trade>{trade})|(?P<time>{time})")


def find(scene: Scene) -> list[Claim]:
    """The distinctions that a document asserts, as they stand; of a headline only what the text leaves out."""
    pattern, table = forms()
    out: list[tuple[Claim, bool]] = []
    last: _Told | None = None
    for match in pattern.finditer(scene.text):
        row = table[int((match.lastgroup or "r0")[1:])]
        sentence = scene.sentence_at(match.start())
        if sentence is None or match.end() > sentence.end:
            continue
        told = _told(scene, sentence, row, match, last)
        if told is None:
            continue
        if last is not None and _same_level(last, told):
            if last.row.word == "领先" or told.claim.superlative != "领先":
                continue
            out.pop()
        out.append((told.claim, sentence.title))
        last = told
    body = {(c.subject, c.superlative) for c, title in out if not title}
    return [c for c, title in out if not title or (c.subject, c.superlative) not in body]


class _Told(NamedTuple):
    """A claim found, with what the next one of the same clause may take over."""

    row: Form
    low: int  # of its clause
    end: int  # of its word
    claim: Claim
    held: bool  # the subject is who has or is it, not what the noun phrase names


def _same_level(last: _Told, told: _Told) -> bool:
    """`国际先进、国内领先的技术`: two words of the same level of one thing are one claim."""
    levels = last.row.id.startswith("cl-lead") and told.row.id.startswith("cl-lead")
    return levels and last.low == told.low and last.claim.subject == told.claim.subject


def _told(scene: Scene, sentence: Sentence, row: Form, match: re.Match[str], last: _Told | None) -> _Told | None:
    text = scene.text
    low, high = _clause(text, match.start(), match.end(), sentence)
    if row.unless is not None and row.unless.match(text, match.end()):
        return None
    if _in_name(scene, match.start(), match.end()) or _DENIED.search(text[low : match.start()]):
        return None
    scope = _scope(scene, row, low, match)
    if scope is None and last is not None and last.low == low and last.row.about == row.about:
        # `全省首个甲、首条乙`: what is listed shares the scope.
        scope = Scope(match.start(), match.start()) if text[match.start() - 1] in "、和及" else None
    if scope is None:
        return None
    spot = Spot(sentence, low, high, scope, match.start(), said_by(scene, sentence, match.start()))
    phrase = _phrase(scene, match.end(), high)
    joined = last is not None and last.held and last.low == low and _JOINT.search(text[last.end : spot.start])
    subject, held = (last.claim.subject, True) if last is not None and joined else _subject(scene, row, spot, phrase)
    quote, first, final = scene.evidence(spot.start, max(match.end(), phrase.end))
    if subject is None or not quote:
        return None
    claim = Claim(
        doc=scene.doc,
        article=scene.article_id(sentence),
        origin=row.id,
        subject=subject,
        claim=text[spot.start : max(match.end(), phrase.end)].strip("的、"),
        scope=text[scope.start : scope.end] or None,
        superlative=row.word or match.group(),
        attribution=name_of(scene, spot.said),
        status=last.claim.status if last is not None and joined else _status(text, spot),
        quote=quote,
        start=first,
        end=final,
    )
    return _Told(row, low, match.end(), claim, held)


_JOINT = re.compile("[、和及与且]")
_DENIED = re.compile("不是|并非|没有|尚无|是否|能否|不算|谈不上|不再是")


_OPEN, _CLOSED = "“‘(《", "”’)》"
_SHORT = 14  # characters in quotation marks that are a term, not speech


def _clause(text: str, at: int, end: int, sentence: Sentence) -> tuple[int, int]:
    """The clause around a word; speech that begins before or ends behind it bounds it, a term in quotes does not."""
    low, depth = at, 0
    while low > sentence.start:
        char = text[low - 1]
        if char in _CLOSED:
            depth += 1
        elif char in _OPEN:
            closing = text.find(_CLOSED[_OPEN.index(char)], end, low + _SHORT)
            if depth == 0 and closing < 0:
                break
            depth = max(0, depth - 1)
        elif char in _BREAKS and depth == 0:
            break
        low -= 1
    if depth:
        low = max(sentence.start, max(text.rfind(c, sentence.start, at) for c in ",。;:!?\n“”") + 1)
    high, depth = end, 0
    while high < sentence.end:
        char = text[high]
        if char in _OPEN:
            depth += 1
        elif char in _CLOSED:
            if depth == 0 and text.rfind(_OPEN[_CLOSED.index(char)], max(0, high - _SHORT), at + 1) < 0:
                break
            depth = max(0, depth - 1)
        elif char in _BREAKS and (depth == 0 or char == "\n"):
            break
        high += 1
    return low, high


def _in_name(scene: Scene, start: int, end: int) -> bool:
    """Whether a superlative is part of a name or title."""
    for mention in scene.mentions_in(max(0, start - 40), end + 40):
        if mention.start <= start and end <= mention.end and mention.origin != "pointer":
            if mention.type in _PROPER:
                return True
            if mention.type == "policy" and mention.start < start:
                return True
    return False


# ---- where it holds --------------------------------------------------------------------------------------------------

_GAP_STOP = re.compile("[是了将被为让使]|首[个家条款台]|、(?!.{1,6}最)")
_ZONE_PART = re.compile("(?:各?[区县市省]+(?:[县区])?|范围)?[内里中]?")
_CHAIN = re.compile("(?:[的内里市省]|范围内|地区)?$")
_RANK_VERB = re.compile("(?:居|列|占据?|登[上顶]|摘得|拔得|坐上|稳坐|跃升|上升到?|排名?|位)[^,。;]{0,10}$")
_AFTER_COPULA = re.compile("(?:[是为系成]|作为)(?:了)?(?:目前|当前|迄今|现今|至今)?$")


def _scope(scene: Scene, row: Form, low: int, match: re.Match[str]) -> Scope | None:
    """Where a distinction holds; None where the row needs that said and it is not."""
    text, at = scene.text, match.start()
    nowhere = Scope(at, at)
    if row.scope == "none":
        return _inside(match)
    found = _said_before(scene, row, low, at)
    if found is not None:
        if row.scope == "isnation" and not _is_or_makes(text[low : found.start]):
            return None
        return found
    if row.scope == "any" or (row.scope == "rank" and _RANK_VERB.search(text[low:at])):
        return nowhere
    if row.scope == "near":
        behind = scene.mentions_in(low, at)
        if text[at - 1 : at] == "的" and any(m.type in _HOLDERS for m in behind):
            holder = next(m for m in behind if m.type in _HOLDERS)
            return Scope(holder.start, holder.end) if holder.end > at - _FAR else nowhere
        if row.about == "thing" and _AFTER_COPULA.search(text[low:at]):
            return nowhere
        if row.about == "holder" and _COMPARED.search(text[max(0, low - 40) : at]):
            return nowhere
        if row.about == "holder" and _MEASURED.search(text[low:at]) and _leading(scene, low, at) is not None:
            return nowhere
    return None


_COMPARED = re.compile("(?:其中|[个家条座]项目中|当中|之中)[^。;]{0,34}(?:规模|体量|面积|投资|投资额|金额)$")
# `甲项目投资额|最大`: who is compared stands before what is measured.
_MEASURED = re.compile("(?:规模|体量|面积|投资额?|金额|占比|力度|产能)(?:为|是)?$")


def _inside(match: re.Match[str]) -> Scope:
    """The part of the world that stands in the superlative itself (填补|国内|空白), or none."""
    found = _any_of("nation").search(match.group())
    if found is None:
        return Scope(match.start(), match.start())
    return Scope(match.start() + found.start(), match.start() + found.end())


def _said_before(scene: Scene, row: Form, low: int, at: int) -> Scope | None:
    text = scene.text
    close = row.scope in ("close", "nclose")
    reach = max(low, at - (_CLOSE + 10 if close else _FAR + 10))
    best: Scope | None = None
    kinds: tuple[str, ...] = ("nation", "trade") if row.scope in ("close", "any") else ("nation",)
    if row.scope == "near":
        kinds = ("nation", "trade", "time")
    types = _WIDE if row.scope == "nclose" else _PLACES
    if row.scope in ("near", "any"):
        types = _HOLDERS if row.about == "thing" else _SITES
    inside = scene.mentions_in(low, at)
    words = (m for m in _scope_words().finditer(text, reach, at) if m.lastgroup in kinds)
    said = [(*m.span(), m.lastgroup == "nation") for m in words if not _within(inside, *m.span())]
    for mention in inside:
        if mention.type in types and mention.start >= reach:
            part = _ZONE_PART.match(text, mention.end, at)
            said.append((mention.start, part.end() if part else mention.end, True))
    for start, end, wide in sorted(said):
        joined = best is not None and (start < best.end or (not wide and _CHAIN.match(text[best.end : start])))
        best = Scope(best.start if best is not None and joined else start, max(end, best.end if best else 0))
    if best is None:
        return None
    gap = text[best.end : at]
    if close:
        return best if len(gap) <= _CLOSE and not _GAP_STOP.search(gap) else None
    if len(gap) > _FAR:
        return None
    stopped = _GAP_STOP.search(gap)
    return best if stopped is None or gap.endswith("的") else None


def _within(mentions: list[Mention], start: int, end: int) -> bool:
    """Whether a word is part of the name of something that is no place (全球|研发中心)."""
    return any(m.start <= start and end <= m.end and m.type != "place" and m.origin != "pointer" for m in mentions)


def _is_or_makes(before: str) -> bool:
    return bool(_ends_with("is").search(before) or _ends_with("make").search(before))


# ---- what the noun phrase names --------------------------------------------------------------------------------------

_NOUN_GOES_ON = frozenset(
    {"v", "vn", "n", "nz", "ns", "nt", "nr", "a", "an", "b", "m", "q", "x", "eng", "l", "j", NAME}
)
_PHRASE_LIMIT = 60


def _phrase(scene: Scene, at: int, high: int) -> Phrase:
    """The noun phrase that begins at `at`: its head stands behind its last 的 and ends before verbs and adverbs."""
    text, words = scene.text, scene.words
    high = min(high, at + _PHRASE_LIMIT)
    of = _last_of(text, at, high)
    head = of + 1 if of >= 0 else at
    end = head
    while end < high:
        if text[end] in "“《(":
            closing = text.find({"“": "”", "《": "》", "(": ")"}[text[end]], end, high)
            end = closing + 1 if closing > 0 else high
            continue
        token = words.at[end]
        word = words.words[token]
        if end > head and (word in _class("stop") or words.tags[token] in ("p", "d", "c", "r", "f", "u", "ul", "uz")):
            break
        if (
            end > head
            and words.tags[token] == "v"
            and words.ends[token] < high
            and not _noun_behind(scene, token, high)
        ):
            break
        if word == "、":
            break
        end = min(high, words.ends[token])
    if end <= head:
        end = high
    name = None
    for mention in scene.mentions_in(max(0, at - 1), end + 1):
        if mention.type in _NAMED and mention.end >= end - 1 and mention.origin != "pointer":
            name = mention
    return Phrase(head, end, name)


def _last_of(text: str, at: int, high: int) -> int:
    """The last 的 of the phrase that is not within brackets or quotation marks."""
    best = -1
    depth = 0
    for place in range(at, high):
        char = text[place]
        depth += (char in "“《(") - (char in "”》)")
        if char == "的" and depth == 0:
            best = place
    return best


def _noun_behind(scene: Scene, token: int, high: int) -> bool:
    """Whether a noun follows a verb at once (生产|基地): the verb belongs to the noun phrase."""
    words = scene.words
    follow = token + 1
    return (
        follow < len(words.words)
        and words.starts[follow] == words.ends[token]
        and words.ends[follow] <= high
        and words.tags[follow] in _NOUN_GOES_ON
        and words.words[token] not in _class("bring")
    )


# ---- whose distinction it is -----------------------------------------------------------------------------------------

_LEAD = re.compile("^(?:也|更|还|又|已|均|都|同时|并|正)?(?:作为|身为)")
_APPOSED = re.compile("——“?")
_WE = re.compile("我们|我司|我园|我院|我所|本公司")
_IT = re.compile("^(?:这|那|此|该|其|它|他|她|也|更|还|又|已|均|都|同时|并|正|目前|如今|现|就|而|且|我)*$")
_TOPIC_KINDS = (
    (re.compile("政策|措施|办法|方案|意见|条例|标准"), "policy"),
    (re.compile("^(?:该|本)?(?:项目|工程)"), "project"),
)


def _subject(scene: Scene, row: Form, spot: Spot, phrase: Phrase) -> tuple[str | None, bool]:
    """The name of whoever or whatever is distinguished, and whether it is who has or is it."""
    before = scene.text[spot.low : spot.start]
    if _LEAD.match(before):
        later = _next_clause_subject(scene, spot, phrase.end)
        if later is not None:
            return later, True
    copula = _ends_with("copula").search(before)
    if copula is not None:
        return _holder(scene, spot, copula.start(), _kinds_of(scene.text[phrase.head : phrase.end])), True
    if row.about == "rank":
        return _holder(scene, spot, len(before), frozenset()), True
    apposed = _APPOSED.match(scene.text, phrase.end)
    if apposed is not None:
        behind = scene.mentions_in(apposed.end(), apposed.end() + 30)
        if behind and behind[0].start == apposed.end():
            return scene.thing(behind[0]).name, False
    brings = _ends_with("bring").search(before) is not None
    predicate = not before.strip() and spot.low > spot.sentence.start and phrase.end >= spot.high - 1
    named = phrase.name is not None
    if (row.about == "thing" and (named or not predicate)) or brings or (not before.strip() and named):
        own = _named_or_described(scene, phrase)
        if own is not None:
            return own, False
    kinds = _kinds_of(scene.text[phrase.head : phrase.end]) if predicate else frozenset()
    return _holder(scene, spot, len(before), kinds), True


def _next_clause_subject(scene: Scene, spot: Spot, at: int) -> str | None:
    """`作为…第一家企业,甲公司…`: who is named in the next clause; `我们` is whose people speak."""
    high = min(spot.sentence.end, at + 50)
    for mention in scene.mentions_in(at, high):
        if mention.type in _BEARERS and not scene.is_oblique(mention):
            return scene.thing(mention).name
    if _WE.search(scene.text, at, high):
        body = body_of(scene, spot.said)
        return body.name if body is not None else None
    return None


def _named_or_described(scene: Scene, phrase: Phrase) -> str | None:
    """The name that the noun phrase ends with, else its head where that names something of its own."""
    if phrase.name is not None:
        return scene.thing(phrase.name).name
    head = scene.text[phrase.head : phrase.end].strip("“”《》的")
    if len(head) < 4 or head in _class("generic"):
        return None
    return head


def _holder(scene: Scene, spot: Spot, topic_end: int, kinds: frozenset[str]) -> str | None:
    """Who has or is what is distinguished.

    The words before `是` end `topic_end` characters into the clause; the noun behind it classes things of `kinds`.
    """
    end = spot.low + topic_end
    topic = scene.text[spot.low : end].strip("“”")
    named = _leading(scene, spot.low, end)
    if named is not None:
        longer = _longer_name(scene, named, end) if kinds else None
        return longer or scene.thing(named).name
    if _WE.search(scene.text, spot.sentence.start, spot.at):
        body = body_of(scene, spot.said)
        if body is not None:
            return body.name
    thing = _called(scene, topic)
    for pattern, kind in _TOPIC_KINDS:
        if thing is None and pattern.search(topic):
            thing = scene.main(spot.sentence.article, kind)
    if thing is None:
        topic_name = _topic_phrase(scene, spot.low, end)
        if topic_name is not None and kinds:
            return topic_name
        thing = _spoken_of(scene, spot, kinds) or scene.subject(spot.start, spot.sentence, _TOPICS)
    return None if thing is None or _is_scope(scene, spot, thing) else thing.name


def _is_scope(scene: Scene, spot: Spot, thing: Thing) -> bool:
    """Whether a place is where the distinction holds, not whose it is."""
    inside = scene.mentions_in(spot.start, spot.at)
    return thing.type == "place" and any(scene.thing(m) is thing for m in inside)


_ADVERBS = "目前|如今|现在|也|已|同时|并|其中|更|还|又|都|均|正|则|便|不仅|不但|,"
_FILLING = re.compile(f"^(?:{_ADVERBS})+|(?:{_ADVERBS})+$")


def _topic_phrase(scene: Scene, low: int, end: int) -> str | None:
    """The words before `是` where they name something that no table or suffix knows: a noun phrase without verbs."""
    phrase = _FILLING.sub("", scene.text[low:end].strip("“”"))
    if not 4 <= len(phrase) <= 16 or _IT.match(phrase[:1]) or scene.mentions_in(low, end):
        return None
    start = scene.text.find(phrase, low)
    return phrase if _all_nouns(scene, start, start + len(phrase)) else None


def _spoken_of(scene: Scene, spot: Spot, kinds: frozenset[str]) -> Thing | None:
    """`这是…最大的封测项目`: the last thing of such a type that the paragraph speaks of before it."""
    if not kinds:
        return None
    for sentence in (spot.sentence, *scene.before(spot.sentence, 2)):
        high = spot.low if sentence is spot.sentence else sentence.end
        inside = [m for m in scene.mentions_in(sentence.start, high) if m.type in kinds]
        free = [m for m in inside if not scene.is_oblique(m) and not scene.is_speaker(m)]
        leading = [
            m for m in free if scene.leads(m, max(s for s in scene.clause_starts(sentence.start, high) if s <= m.start))
        ]
        if inside:
            return scene.thing((leading or free or inside)[-1])
    return None


def _called(scene: Scene, topic: str) -> Thing | None:
    """The one thing whose name holds the words before `是` (`t9|是`: 某某t9工厂)."""
    if not 2 <= len(topic) <= 12 or _IT.match(topic):
        return None
    found = [thing for thing in scene.things.all if thing.type in _BEARERS and topic in thing.name]
    return found[0] if len(found) == 1 else None


def _longer_name(scene: Scene, mention: Mention, end: int) -> str | None:
    """The noun phrase up to `是` of which a known name is only the beginning (某市|科学岛)."""
    tail = _FILLING.sub("", scene.text[mention.end : end])
    if not 2 <= len(tail) <= 10 or mention.origin == "pointer" or not _kinds_of(tail):
        return None
    return mention.name + tail if _all_nouns(scene, mention.end, mention.end + len(tail)) else None


def _all_nouns(scene: Scene, low: int, high: int) -> bool:
    """Whether a span holds nouns and what stands before nouns, and ends with a noun."""
    words = scene.words
    tags = words.tags[words.at[low] : words.at[high - 1] + 1]
    return all(tag[0] in "nbaxjmqN" or tag in ("vn", "eng") for tag in tags) and tags[-1][0] in "nxN"


def _leading(scene: Scene, low: int, start: int) -> Mention | None:
    """The thing that leads the clause before the scope: `甲项目|体量|最大`, `甲公司是|全国…`.

    Of `甲区|乙园` and `甲公司投资的|乙项目` it is the latter.
    """
    best: Mention | None = None
    for mention in scene.mentions_in(low, start):
        if mention.type not in _BEARERS:
            continue
        if best is not None:
            if mention.start != best.end and scene.text[mention.start - 1] != "的":
                break
            best = mention
        elif scene.leads(mention, low) and not scene.is_oblique(mention):
            best = mention
    return best


# ---- fact or ambition ------------------------------------------------------------------------------------------------

_FUTURE = re.compile(
    "(?:到|至)20\\d\\d年|将(?!其|军)|力争|拟|计划|目标|未来|下一步|有望|预计|届时|(?:建成|投产|达产|完工|投用)后"
)
_DONE = re.compile("已|了|成功|目前")
_MADE = re.compile("打造|居于|处于|位居|保持|建设|建成|成为|形成|创建|构建|建起|跻身|达到|进入")


def _status(text: str, spot: Spot) -> Status:
    before = text[spot.low : spot.start]
    before = before[before.rfind("的") + 1 :]
    intent = None
    for found in _any_of("intent").finditer(before):
        intent = found
    if intent is not None:
        done = _any_of("done").search(before, intent.end()) or _DONE.search(before[: intent.start()])
        return "actual" if done else "planned"
    earlier = text[spot.sentence.start : spot.low]
    if _FUTURE.search(earlier[-60:]) and _MADE.search(before) and not _DONE.search(before):
        return "planned"
    return "actual"
