"""Relations between the things of a document: who is where, part of what, makes what, works for whom.

Phrasings are rows of `patterns/relations.csv`; titles of persons, names within names and names side by side need
control flow and are functions here. Every relation is said by a clause; nothing is known beforehand.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from yanzhen.extract.relation_patterns import GROUPS, candidates, class_pattern, words_of
from yanzhen.extract.relation_text import ANY, CODE, code
from yanzhen.facts import Relation

if TYPE_CHECKING:
    from collections.abc import Iterator

    from yanzhen.extract.mentions import Mention
    from yanzhen.extract.relation_patterns import Phrasing
    from yanzhen.extract.relation_text import Coded
    from yanzhen.extract.scene import Scene, Sentence
    from yanzhen.facts.records import Period, Predicate, Status

_QUOTE_LIMIT = 150  # characters of clean text; longer evidence is cut to the end that names the object
_SYMMETRIC = frozenset({"cooperates_with", "joint_venture"})
_ORG = frozenset(GROUPS["org"])
_SITE = frozenset(GROUPS["site"])
_FIRM = frozenset(GROUPS["firm"])
_CLAUSE_MARKS = re.compile(r"[,。;:!?\n]")


class Found(NamedTuple):
    """A relation before it becomes a record; offsets are of the clean text."""

    subject: str
    predicate: Predicate
    object: str
    start: int
    end: int
    verb: int
    origin: str
    status: Status = "actual"
    news: bool = False
    role: str | None = None
    inferred: bool = False


class Spot(NamedTuple):
    """Where a relation is looked for: a sentence, plain and in code."""

    scene: Scene
    sentence: Sentence
    coded: Coded


def find(scene: Scene) -> list[Relation]:
    """The relations that a document states, one line per distinct triple, in the order of the text."""
    kept: dict[tuple[str, str, str], tuple[Found, Sentence]] = {}
    nested = _nested_by_host(scene)
    forms = {(form, thing.type): thing.name for thing in reversed(scene.things.all) for form in thing.forms}
    openings: dict[int, int] = {}
    for sentence in scene.sentences:
        openings.setdefault(sentence.paragraph, sentence.start)
    for sentence in scene.sentences:
        inside = scene.mentions_in(sentence.start, sentence.end)
        if sentence.title:
            inside = [m for m in inside if m.origin != "pointer"]  # a headline's 企业 points at nobody in particular
        if not inside:
            continue
        spot = Spot(scene, sentence, code(scene.text, sentence.start, sentence.end, inside))
        for found in _in_sentence(spot, nested, forms):
            if _is_idle(found):
                continue
            ends = (found.subject, found.object)
            if found.predicate in _SYMMETRIC:
                ends = (min(ends), max(ends))
            key = (found.predicate, *ends)
            known = kept.get(key)
            # What is told as done somewhere is done, whatever was announced before.
            if known is None or (known[0].status == "planned" and found.status == "actual"):
                kept[key] = (found, sentence)
    placed = {found.subject for found, _ in kept.values() if found.predicate == "located_in"}
    for found, sentence in _at_home(scene):
        if found.subject not in placed and not _is_idle(found):
            kept.setdefault((found.predicate, found.subject, found.object), (found, sentence))
    records = [_record(scene, found, sentence, openings[sentence.paragraph]) for found, sentence in kept.values()]
    return sorted(records, key=lambda r: (r.start, r.end, r.predicate, r.subject, r.object))


def _in_sentence(spot: Spot, nested: dict[int, list[Mention]], forms: dict[tuple[str, str], str]) -> Iterator[Found]:
    coded = spot.coded
    told: set[tuple[str, int]] = set()  # (predicate, place of verb or name) that a phrasing with both ends has told
    for phrasing in candidates(coded.text):
        for match in phrasing.regex.finditer(coded.text):
            yield from _said(spot, phrasing, match, told)
    yield from _side_by_side(spot)
    yield from _titles(spot)
    yield from _links_in_names(spot)
    for mention in coded.names.values():
        for inner in nested.get(mention.start, ()):
            yield from _within_name(spot.scene, mention, inner, forms)


def _is_idle(found: Found) -> bool:
    """Whether a thing is related to itself, or to a part of its own name that says nothing new."""
    if found.subject == found.object or not found.subject or not found.object:
        return True
    return found.predicate in ("located_in", "part_of") and found.object.startswith(found.subject)


# ---- phrasings -------------------------------------------------------------------------------------------------------


@cache
def _planned() -> re.Pattern[str]:
    return re.compile(class_pattern("planned"))


@cache
def _planned_far() -> re.Pattern[str]:
    return re.compile(class_pattern("planned_far"))


@cache
def _negated() -> re.Pattern[str]:
    return re.compile(rf"(?:{class_pattern('not')})[^{_CLAUSE_MARKS.pattern[1:-1]}{ANY}]{{0,5}}$")


@cache
def _condition() -> re.Pattern[str]:
    return re.compile(class_pattern("condition"))


_DONE = re.compile(r"已|成功|正式|顺利|完成")


def _clause_start(text: str, at: int) -> int:
    for place in range(at - 1, -1, -1):
        if _CLAUSE_MARKS.match(text[place]):
            return place + 1
    return 0


def _status(spot: Spot, phrasing: Phrasing, low: int, verb: int) -> Status | None:
    """Whether the sentence tells of something done or intended; None if it denies it or makes it a condition."""
    text = spot.coded.text
    clause = min(low, _clause_start(text, verb))
    head = text[clause:verb]
    if _negated().search(head) or _condition().search(head):
        return None
    if phrasing.status in ("actual", "planned"):
        return "planned" if phrasing.status == "planned" else "actual"
    intents = [m.end() for m in _planned().finditer(text, clause, verb)]
    intents += [m.end() for m in _planned_far().finditer(text, 0, clause)]
    if intents and not _DONE.search(text, max(intents), verb):
        return "planned"
    return "planned" if _is_future(spot, clause, verb) else "actual"


def _is_future(spot: Spot, low: int, high: int) -> bool:
    """Whether a clause names a time after the day of writing."""
    scene, coded = spot.scene, spot.coded
    if low >= high:
        return False
    periods = scene.periods_in(coded.starts[low], coded.ends[high - 1])
    written = scene.published(spot.sentence) if periods else None
    return written is not None and any(p.first is not None and p.first.isoformat() > written[1] for p in periods)


def _said(spot: Spot, phrasing: Phrasing, match: re.Match[str], told: set[tuple[str, int]]) -> Iterator[Found]:
    coded = spot.coded
    groups = match.groupdict()
    verb = match.start("v") if "v" in groups else match.end() - 1
    places = {verb, *(at for slot in phrasing.slots for at in range(*match.span(slot)) if at in coded.names)}
    if phrasing.context and any((phrasing.predicate, at) in told for at in places):
        return  # both ends are named: nobody has to be looked for
    status = _status(spot, phrasing, match.start("s") if "s" in phrasing.slots else match.start(), verb)
    if status is None or _is_of_others(coded, phrasing, match, verb):
        return
    subjects = _end(spot, phrasing, match, "s")
    objects = _end(spot, phrasing, match, "o")
    if not phrasing.context and subjects and objects:
        told.update((phrasing.predicate, at) for at in places)
    reach = match.end("v") if "v" in groups else 0
    for subject, subject_end in subjects:
        for object_, object_end in objects:
            stop = max(subject_end, object_end, reach)
            yield Found(
                subject, phrasing.predicate, object_, coded.starts[match.start()], coded.ends[stop - 1],
                coded.starts[verb], phrasing.id, status, phrasing.news, groups.get("r"),
            )  # fmt: skip


_WHERE = frozenset("在于从到向对")
_FOR = re.compile("(?:(?<![成作名别分])为|给|向|从)$")
_OTHERS = re.compile("企业|单位|公司|[家名个项位]|团队|产品")


def _is_of_others(coded: Coded, phrasing: Phrasing, match: re.Match[str], verb: int) -> bool:
    """`某高新区3家企业入选…`: the title goes to firms that are not named, not to the zone."""
    if phrasing.predicate != "awarded":
        return False
    if "s" in phrasing.slots:
        holder = coded.names.get(match.end("s") - 1)
        return holder is not None and holder.type in _SITE and bool(_OTHERS.search(coded.text, match.end("s"), verb))
    return bool(_OTHERS.search(coded.text, _clause_start(coded.text, verb), verb))


def _end(spot: Spot, phrasing: Phrasing, match: re.Match[str], slot: str) -> list[tuple[str, int]]:
    """Names at one end of a relation, each with the place in the sentence where it ends (0 if not in the match)."""
    scene, coded = spot.scene, spot.coded
    kinds = phrasing.slots.get(slot)
    if kinds is not None:
        low, high = match.span(slot)
        if (
            slot == "s"
            and phrasing.predicate != "located_in"
            and "v" in match.groupdict()
            and coded.names[low].type in _SITE
            and coded.text[max(0, low - 1) : low] in _WHERE
        ):
            return []  # `在某市共建`: a place where, not somebody who
        if slot == "s" and _is_receiver(coded, low):
            return []
        return [
            (scene.thing(coded.names[at]).name, at + 1)
            for at in range(low, high)
            if at in coded.names and coded.names[at].type in kinds and not _is_outer(coded, at, kinds)
        ]
    if slot in match.groupdict():
        phrase = coded.clean(*match.span(slot)).strip("的地了、 ")
        return [(phrase, match.end(slot))] if len(phrase) >= 2 else []
    return [(name, 0) for name in _agents(spot, phrasing, match.start())]


def _is_outer(coded: Coded, at: int, kinds: frozenset[str]) -> bool:
    """Whether a place only leads up to a narrower place or zone: 某省|某市."""
    inner = coded.names.get(at + 1)
    return (
        coded.names[at].type == "place" and inner is not None and inner.type in _SITE and inner.type in kinds
        and inner.start == coded.names[at].end
    )  # fmt: skip


_JOINED = re.compile("[、和与及]")


def _head_of_list(coded: Coded, place: int) -> int:
    """The place of the first name of the list that a name belongs to."""
    while place >= 2 and _JOINED.match(coded.text[place - 1]) and place - 2 in coded.names:
        place -= 2
    return place


def _is_receiver(coded: Coded, place: int) -> bool:
    """Whether a name, or the list it belongs to, stands behind 为 or 给: `为某公司、某公司提供`."""
    head = _head_of_list(coded, place)
    return bool(_FOR.search(coded.text, max(0, head - 2), head))


_SCENE_SET = re.compile(f"在[{ANY}],")
_LOOK_BACK = 240  # characters before a sentence in which its topic is looked for
_ACTORS = frozenset({"company", "institute", "government", "finance", "event", "zone"})


def _agents(spot: Spot, phrasing: Phrasing, at: int) -> list[str]:
    """Who is meant where a phrasing does not name it: the nearest names to the left that can be the clause's topic."""
    scene, sentence, coded = spot
    kinds = phrasing.context
    if not phrasing.loose and _stranger(coded, at):
        return []
    high = at
    while high > 0:
        low = _clause_start(coded.text, high)
        others = False
        for place in range(low, high):
            mention = coded.names.get(place)
            if mention is None or (not kinds <= _SITE and scene.is_oblique(coded.names[_head_of_list(coded, place)])):
                continue
            if mention.type in kinds:
                return _with_joined(spot, place, high, kinds)
            others = others or mention.type in _ACTORS
        if others:
            return []  # somebody else is the subject
        high = low - 1
    # `在某公司,…自主研发的…`: who sets the scene.
    for place in sorted(coded.names):
        if place < at and coded.names[place].type in kinds and _SCENE_SET.match(coded.text, max(0, place - 1)):
            return [scene.thing(coded.names[place]).name]
    speaker = _speaker(scene, sentence, kinds)
    if speaker is not None:
        return [speaker]
    if phrasing.near:
        return []
    if kinds & _SITE:
        thing = scene.subject(sentence.start, sentence, kinds)
        return [thing.name] if thing is not None else []
    return _topic_before(scene, sentence, kinds)


@cache
def _filler() -> re.Pattern[str]:
    """What may stand before a verb and is no subject: adverbs, times, pointers, names."""
    return re.compile(rf"[{ANY}0-9.,—“”‘’()-]|{class_pattern('filler')}")


@cache
def _setting() -> re.Pattern[str]:
    """Prepositions and the like that begin a clause without a subject."""
    return re.compile(f"[^,]{{0,2}}(?:{class_pattern('setting')})")


_UNKNOWN = 3  # characters that make a subject nobody recognised


def _stranger(coded: Coded, at: int) -> bool:
    """Whether a clause begins with words that look like a subject of their own, which is no known name."""
    low = _clause_start(coded.text, at)
    head = coded.text[low:at]
    if _setting().match(head) or any(place in coded.names for place in range(low, at)):
        return False
    return len(_filler().sub("", head)) >= _UNKNOWN


_WE = re.compile("我们|我司|公司|企业|“")
_SAYS = re.compile(r"”[^。\n“]{0,40}?(?:说|表示|介绍|称|道|告诉)")


def _speaker(scene: Scene, sentence: Sentence, kinds: frozenset[str]) -> str | None:
    """`“我们……。”某公司总经理某某说`: the speaker's firm."""
    if not _WE.search(scene.text, sentence.start, sentence.end):
        return None
    said = _SAYS.search(scene.text, sentence.start, sentence.end + _LOOK_BACK)
    if said is None or "“" in scene.text[sentence.end : said.start()]:
        return None
    firms = [m for m in scene.mentions_in(said.start(), said.end()) if m.type in kinds & _ORG]
    return scene.thing(firms[0]).name if firms else None


def _topic_before(scene: Scene, sentence: Sentence, kinds: frozenset[str]) -> list[str]:
    """What the sentences before are about, if they stand in the same paragraph."""
    low = max(0, sentence.start - _LOOK_BACK)
    earlier = [
        m for m in scene.mentions_in(low, sentence.start)
        if m.type in kinds and (s := scene.sentence_at(m.start)) is not None and s.paragraph == sentence.paragraph
    ]  # fmt: skip
    if not earlier:
        return []
    last = scene.sentence_at(earlier[-1].start)
    same = [m for m in earlier if last is not None and m.start >= last.start]
    free = [m for m in same if not scene.is_oblique(m)]
    return [scene.thing((free or same)[0]).name]


def _with_joined(spot: Spot, place: int, high: int, kinds: frozenset[str]) -> list[str]:
    """The name at a place and those joined to it by 、 or 和."""
    scene, coded = spot.scene, spot.coded
    while place + 1 < high and (inner := coded.names.get(place + 1)) is not None and inner.type in kinds:
        place += 1  # 某省|某高新区: the narrower one is meant
    names = [scene.thing(coded.names[place]).name]
    while (
        place + 2 < high
        and _JOINED.match(coded.text[place + 1])
        and (following := coded.names.get(place + 2)) is not None
        and following.type in kinds
    ):
        names.append(scene.thing(following).name)
        place += 2
    return names


# ---- the zone of an article ------------------------------------------------------------------------------------------

_BUILDING = re.compile("开工|动工|竣工|投产|封顶|落成|启用|总投资|建设|通线|建成")

_SHORT_PIECE = 1500  # characters; a longer article speaks of firms elsewhere too
_GONE = re.compile("终止|取消|解除|退出|迁出|搬离|尚未|没有|并未|如果|假如|倘若|一旦")


def _at_home(scene: Scene) -> Iterator[tuple[Found, Sentence]]:
    """Firms and projects that an article about one zone tells of: they are in that zone, or in the park of their
    paragraph. Concluded, not said.
    """
    homes = _homes(scene)
    paragraph, near = -1, ""
    for sentence in scene.sentences:
        home = homes.get(sentence.article)
        if sentence.title or home is None or _GONE.search(scene.text, sentence.start, sentence.end):
            continue
        if sentence.paragraph != paragraph:
            paragraph, near = sentence.paragraph, home
        for mention in scene.mentions_in(sentence.start, sentence.end):
            thing = scene.thing(mention)
            if (
                mention.type == "zone"
                and mention.origin != "pointer"
                and not _FAR.search(scene.text, max(0, mention.start - 3), mention.start)
            ):
                near = thing.name
            elif mention.type in ("company", "project") and _is_resident(scene, mention, sentence):
                low, high = scene.clause(mention.start, sentence)
                low, high = min(low, mention.start), max(high, mention.end)
                yield Found(thing.name, "located_in", near, low, high, low, "headline-zone", inferred=True), sentence


def _homes(scene: Scene) -> dict[int, str]:
    """For each article that is about one zone, its name."""
    zones: dict[int, set[str]] = {}
    length: Counter[int] = Counter()
    for sentence in scene.sentences:
        length[sentence.article] += sentence.end - sentence.start
        if sentence.title:
            named = {scene.thing(m).name for m in scene.mentions_in(sentence.start, sentence.end) if m.type == "zone"}
            zones.setdefault(sentence.article, set()).update(named)
    out: dict[int, str] = {}
    for article, size in length.items():
        heads = zones.get(article, set())
        main = scene.main(article, "zone")
        if size <= _SHORT_PIECE and len(heads) <= 1 and (heads or main is not None):
            out[article] = next(iter(heads)) if heads else main.name if main is not None else ""
    return out


_FAR = re.compile(r"[与和对向同赴]$|来自$")
_RESIDENT = re.compile(
    r"投资|项目|生产|建设|扩产|增资|落户|工厂|投产|开工|车间|基地|产线|总部|新建|扩建|产值|营收|产能"
)


def _is_resident(scene: Scene, mention: Mention, sentence: Sentence) -> bool:
    """Whether a firm or project is told of as one of the zone, not as somebody's partner or customer elsewhere."""
    if mention.origin == "pointer" or mention.name[0] in "该此本":
        return False
    behind = scene.mentions_in(mention.end + 1, mention.end + 40)
    if scene.text.startswith("在", mention.end) and behind and behind[0].start == mention.end + 1:
        return False  # `某公司在某区的某项目`: the project is there
    if mention.type == "company" and (scene.is_speaker(mention) or _IN_LIST.match(scene.text, mention.end)):
        return True
    if scene.is_oblique(mention):
        return False
    if mention.type == "project" or scene.thing(mention).ref:
        return True
    low, high = scene.clause(mention.start, sentence)
    return not scene.leads(mention, low) or bool(_RESIDENT.search(scene.text, mention.end, high))


_IN_LIST = re.compile(r"(?:、[^,。;\n]{0,60})?等")  # `甲、乙等企业`: examples of whom a zone has


# ---- names side by side and within one another -----------------------------------------------------------------------

_PAIR = re.compile(f"(?=([{ANY}])([{ANY}]))")
_PHASE = re.compile(r"[一二三四五六七八九十]期")
_ELSEWHERE = re.compile(r"[()]|研究院$")  # a university's institute in another city is a body of its own


_LINK_NAME = re.compile(
    "(封装测试|封测|封装|代工|晶圆制造|芯片设计)(?:产业化?|制造|生产)?(?:基地|产线|生产线|线|工厂|项目|中心)$"
)


def _links_in_names(spot: Spot) -> Iterator[Found]:
    """`某某封测基地`: the name of a project says which link of its chain it is."""
    for mention in spot.coded.names.values():
        link = _LINK_NAME.search(mention.name) if mention.type == "project" and mention.sure else None
        if link is not None:
            name = spot.scene.thing(mention).name
            yield Found(name, "in_chain", link.group(1), mention.start, mention.end, mention.start, "name-link")


def _side_by_side(spot: Spot) -> Iterator[Found]:
    """`某科学城某产业园` and `某省某高新区`: the narrower name follows the wider one."""
    scene, coded = spot.scene, spot.coded
    for match in _PAIR.finditer(coded.text):
        first, second = coded.names[match.start()], coded.names[match.start() + 1]
        if (second.type == "zone" and first.type in _SITE) or (first.type == second.type == "place"):
            predicate: Predicate = "part_of" if first.type == second.type else "located_in"
            yield Found(
                scene.thing(second).name, predicate, scene.thing(first).name, first.start, second.end, second.start,
                f"beside-{first.type}",
            )  # fmt: skip


def _nested_by_host(scene: Scene) -> dict[int, list[Mention]]:
    """For the start of each name, the names within it."""
    starts = [m.start for m in scene.mentions]
    out: dict[int, list[Mention]] = {}
    for inner in scene.things.inner:
        at = bisect_right(starts, inner.start) - 1
        if at >= 0 and inner.end <= scene.mentions[at].end:
            out.setdefault(starts[at], []).append(inner)
    return out


def _within_name(scene: Scene, host: Mention, inner: Mention, forms: dict[tuple[str, str], str]) -> Iterator[Found]:
    """What a name says that holds another name: 某高新区|软件园, 某大学|微电子学院, 某公司|二期项目."""
    leads = inner.start == host.start and inner.end < host.end
    inner_name = forms.get((inner.name, inner.type), inner.name if inner.ref else "")
    name = scene.thing(host).name
    if not inner.sure or host.origin == "pointer" or not inner_name:
        return
    rest = scene.text[inner.end : host.end]
    found: tuple[str, Predicate, str] | None = None
    if (
        (leads and host.type in ("zone", "project") and _PHASE.fullmatch(rest))
        or (leads and host.type == inner.type == "zone")
        or (leads and host.type == inner.type == "institute" and len(inner.name) >= 4 and not _ELSEWHERE.search(rest))
    ):
        found = name, "part_of", inner_name
    elif leads and host.type == "project" and inner.type in ("company", "institute"):
        found = inner_name, "operates", name
    if found is not None:
        yield Found(*found, host.start, host.end, inner.start, f"within-{host.type}-{inner.type}")


# ---- persons and their offices ---------------------------------------------------------------------------------------

_STOP = frozenset(",。;:!?\n“”()…")
_HOLDER = re.compile("[" + "".join(CODE[k] for k in (*sorted(_ORG), *sorted(_SITE), "project", "event")) + "]")
_FOUNDER = re.compile("创始人|创办人")
# `该公司总经理某某`: the firm is the one spoken of
_BARE_OFFICE = re.compile(
    "(?:该公司|公司|该企业|企业|其|该院|该所|本公司)?"
    "((?:常务|执行|联合|高级)?副?(?:总经理|董事长|总裁|创始人|CEO|厂长|总工程师|院长|所长|总监|首席[\\u4e00-\\u9fff]{2,4}官?)(?:助理)?)"
)
_BODY_END = re.compile("(?:党工委|工委|管委会|管理委员会|党委|区委|县委|市委|省委|人民政府|政府)$")
_BODY = re.compile(
    r"(?:[\u4e00-\u9fff]{0,16}?(?:办公室|[^全总]局|委员会|服务中心|促进中心|发展中心|工作部|党群部|公司|协会|联盟|分局)|[\u4e00-\u9fff]{0,5}?"
    r"(?:管委会|管委|党工委|工委|党委|区委|县委|市委|省委|区政府|县政府|市政府|政府))(?=[\u4e00-\u9fff]{2})"
)
_PUBLIC = re.compile("(?:局|委员会|管委会?|工委|党委|[区县市省]委|政府|办公室)$")
_BARE_BODIES = ("区委", "县委", "市委", "省委", "区政府", "县政府", "市政府")
_OFFICE_CUT = re.compile("[、兼]|以及")
_ROLE_LIMIT = 14
_NO_ROLE = re.compile("[到取得从了在说将为是有的]|企业|公司")
_OFFICE_LIMIT = 80  # characters between the first office and the name of the person


@cache
def _title_end() -> re.Pattern[str]:
    return re.compile(f"(?:{'|'.join(map(re.escape, words_of('title')))})$")


def _titles(spot: Spot) -> Iterator[Found]:
    """`某区党工委书记、管委会主任某某`: each office before a name, with the body it is held in."""
    scene, sentence, coded = spot
    for place, mention in coded.names.items():
        if mention.type != "person":
            continue
        low = place
        while (
            low > 0
            and place - low < _OFFICE_LIMIT
            and coded.text[low - 1] not in _STOP
            and coded.text[low - 1] != CODE["person"]
        ):
            low -= 1
        offices = list(_offices(spot, low, place))
        match = _BARE_OFFICE.fullmatch(coded.text[low:place]) if not offices else None
        if match is not None:
            near = coded.within(0, place, _FIRM)
            thing = scene.thing(near[-1]) if near else scene.subject(sentence.start, sentence, _FIRM)
            offices = [(thing.name, match.group(1), low)] if thing is not None else []
        merged: dict[str, tuple[str, int]] = {}
        for body, role, at in offices:
            said = merged.get(body)
            merged[body] = (f"{said[0]}、{role}", said[1]) if said else (role, at)
        person = scene.thing(mention).name
        for body, (role, at) in merged.items():
            start, end = coded.starts[at], mention.end
            yield Found(person, "works_for", body, start, end, mention.start, "title", role=role)
            if _FOUNDER.search(role):
                yield Found(person, "establishes", body, start, end, mention.start, "title-founder")


def _offices(spot: Spot, low: int, high: int) -> Iterator[tuple[str, str, int]]:
    """(body, role, place) of every office named between two places, the last one right before the person."""
    scene, coded = spot.scene, spot.coded
    body, begin = "", low
    cuts = [m.span() for m in _OFFICE_CUT.finditer(coded.text, low, high)]
    for start, end in zip((low, *(e for _, e in cuts)), (*(s for s, _ in cuts), high), strict=True):
        part = coded.text[start:end]
        holders = [m.start() for m in _HOLDER.finditer(part)]
        text = (part[holders[-1] + 1 :] if holders else part).lstrip("的原前、 ")
        if holders:
            begin = start + holders[-1]
            body = scene.thing(coded.names[begin]).name
        title = _title_end().search(text)
        if title is None:
            continue
        kind = coded.names[begin].type if begin in coded.names else ""
        held, role = body, text
        if kind in ("zone", "place", "government", ""):
            # `某区招商局局长`, `某区党工委书记`, `园区管委会副主任`: the body is named between holder and title.
            office = _BODY.match(text)
            if office is not None and (holders or body or _PUBLIC.search(office.group())):
                surface = coded.names[begin].name if holders else body
                held, role = _office_body(surface, office.group(), bool(holders)), text[office.end() :]
        if not held:
            continue
        if len(role) > _ROLE_LIMIT or _NO_ROLE.search(role):  # a phrase stands before the title: only the title is sure
            if kind not in _ORG:
                continue
            role = title.group()
        yield held, role, begin


def _office_body(holder: str, word: str, direct: bool) -> str:
    """The full name of a body that is named by its last word: 管委会 after 某区党工委 is 某区管委会."""
    if not holder or (word in _BARE_BODIES and not direct):
        return word
    return f"{_BODY_END.sub('', holder)}{word}"


# ---- records ---------------------------------------------------------------------------------------------------------


@cache
def _now() -> re.Pattern[str]:
    return re.compile(f"{class_pattern('now')}|{class_pattern('recent')}")


@cache
def _recent() -> re.Pattern[str]:
    return re.compile(class_pattern("recent"))


def _date(scene: Scene, found: Found, sentence: Sentence, opening: int) -> Period | None:
    """When it happened: the period before the verb in its sentence, else the day of writing where news is told."""
    if found.predicate in ("works_for", "part_of", "in_chain", "drives") or found.origin.startswith(
        ("within", "beside", "headline")
    ):
        return None
    stated = [p for p in scene.periods_in(sentence.start, found.verb) if p.first is not None or p.last is not None]
    if stated:
        first, last = stated[-1].first, stated[-1].last
        return (first.isoformat() if first else None, last.isoformat() if last else None)
    if _now().search(scene.text, sentence.start, found.verb):
        return scene.published(sentence)
    if (
        found.news
        and found.status == "actual"
        and (sentence.title or _recent().search(scene.text, opening, sentence.end))
    ):
        return scene.published(sentence)
    return None


def _record(scene: Scene, found: Found, sentence: Sentence, opening: int) -> Relation:
    start = found.start if found.end - found.start <= _QUOTE_LIMIT else max(found.start, found.end - _QUOTE_LIMIT)
    quote, low, high = scene.evidence(start, found.end)
    return Relation(
        doc=scene.doc, article=scene.article_id(sentence), subject=found.subject, predicate=found.predicate,
        object=found.object, status=found.status, date=_date(scene, found, sentence, opening), role=found.role,
        quote=quote, start=low, end=high, origin=found.origin, inferred=found.inferred,
    )  # fmt: skip
