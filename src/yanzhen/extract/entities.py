"""Mentions -> things: which mentions of a document are one, what each is called, and short forms found by full ones."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from ahocorasick_rs import AhoCorasick, MatchKind

from yanzhen.data import rows, split
from yanzhen.extract.lexicon import word_set
from yanzhen.extract.mentions import Found, Mention, settle
from yanzhen.extract.naming import place_forms
from yanzhen.extract.words import cut, known

if TYPE_CHECKING:
    from collections.abc import Iterable

_ORGANISATIONS = frozenset({"company", "institute", "finance", "government"})
_LEGAL = re.compile(r"(?:控股|集团)?(?:股份有限公司|有限责任公司|集团有限公司|有限公司|集团公司|公司)$")


@dataclass(slots=True)
class Thing:
    """One entity of a document while it is put together."""

    id: str
    type: str
    name: str
    forms: dict[str, int] = field(default_factory=dict)  # form -> how often
    ref: str = ""
    origin: str = ""
    mentions: list[Mention] = field(default_factory=list)

    @property
    def aliases(self) -> tuple[str, ...]:
        """All forms but the name, longest first."""
        return tuple(sorted((f for f in self.forms if f != self.name), key=lambda f: (-len(f), f)))


@lru_cache(maxsize=4096)
def short_forms(name: str, kind: str) -> frozenset[str]:
    """The short forms by which a full name may be called later in the same text.

    嘉城雅木复合材料有限公司 -> 嘉城雅木复合材料, 嘉城雅木, 雅木复合材料, 雅木 …; which of them the text uses is for the
    caller to see.
    """
    body = _LEGAL.sub("", name)
    if body != name:
        body = re.sub(r"\([^()]*\)", "", body)
    elif "(" in name:
        return frozenset()
    tokens = cut(body, [])
    parts = list(zip(tokens.words, tokens.tags, strict=True))
    if not parts:
        return frozenset()
    region = ""
    while len(parts) > 1 and (parts[0][0] in place_forms() or parts[0][0] == "中国"):
        region += parts.pop(0)[0]
    forms: set[str] = set()
    core = ""
    for number, (word, _) in enumerate(parts):
        core += word
        last = number == len(parts) - 1
        alone = number == 0 and (known(word) and not _is_rare(word, parts[0][1]))
        if len(core) >= 2 and not alone:
            forms.add(core)
        if region and len(core) >= 2 and (not last or kind != "company" or body != name):
            forms.add(region + core)
        if number == 0 and len(parts) > 2 and len(word) >= 2:
            # The coined word with the trade that ends the name: 海大|物联|科技 -> 海大科技.
            tail = parts[-1][0]
            if len(tail) >= 2:
                forms.add(word + tail)
    if kind == "company" and region and parts:
        forms.update({f"{core}公司", f"{core}集团"})
    plain = word_set("names/generic_nouns.csv")
    return frozenset(f for f in forms if f != name and len(f) >= 2 and f not in plain)


def _is_rare(word: str, tag: str) -> bool:
    return tag in ("nr", "nrt", "nz", "x") and len(word) >= 2


def is_short_for(short: str, full: str) -> bool:
    """Whether `short` is `full` with characters left out: same beginning, same kind of end, order kept.

    What is left out must be part of the kind (产业, 技术), not another place: 某高新区|管委会 is no short form of
    某高新区|某城分园区|管委会, and an outer zone is none of a park in it.
    """
    if len(short) < 3 or len(short) >= len(full) or short[:2] != full[:2] or full.startswith(short):
        return False
    if full.endswith("公司") and not short.endswith("公司"):
        return is_firm_for(short, full)
    tail = short[-1]
    if tail != full[-1] and not (tail in "园区城" and full[-1] in "园区城"):
        return False
    left: list[str] = []
    at = 0
    body = short if tail == full[-1] else short[:-1]
    for char in full:
        if at < len(body) and char == body[at]:
            at += 1
        else:
            left.append(char)
    removed = "".join(left)
    return at == len(body) and not any(removed[k : k + 2] in place_forms() for k in range(len(removed) - 1))


@lru_cache(maxsize=4096)
def _without_region(name: str) -> str:
    """A firm's name without the places that it begins with."""
    for _ in range(2):
        size = next((n for n in (4, 3, 2) if name[:n] in place_forms() and len(name) - n >= 2), 0)
        name = name[size + (name[size : size + 1] in ("省", "市")) :] if size else name
    return name


def is_firm_for(short: str, full: str) -> bool:
    """Whether a firm is called by its coined word and part of its trade: 云某新材 for 安某云某新材料股份有限公司."""
    body = _LEGAL.sub("", full)
    region = short[: len(short) - len(_without_region(short))]
    if body == full or region not in full:
        return False
    core, name = _without_region(body), _without_region(short)
    if len(name) < 2 or len(name) > len(core) or core[:2] != name[:2] or short == full:
        return False
    rest = iter(core)
    return all(char in rest for char in name)


_PROJECT_TAIL = re.compile(r"(?:重点|重大|建设|产业化)?(?:项目|工程)$")


def is_short_project(short: str, full: str) -> bool:
    """Whether a project is called by a part of its name: 12英寸项目 for 某公司12英寸晶圆生产线."""
    core = _PROJECT_TAIL.sub("", short)
    return len(core) >= 3 and core != short and len(short) < len(full) and core in full


_DECLARED = re.compile(r"[(](?:以下|下)?(?:简称|又称|又名|下称|即|俗称)[:为]?[“\"]?([^()”\"]{2,16})[”\"]?[)]")


def _declared(text: str, mentions: Iterable[Mention]) -> dict[str, Mention]:
    """Short forms that the text itself declares: `X有限公司(以下简称“Y”)`."""
    found: dict[str, Mention] = {}
    by_end = {m.end: m for m in mentions}
    for match in _DECLARED.finditer(text):
        full = by_end.get(match.start())
        if full is not None:
            found[match.group(1)] = full
    return found


def _occurrences(text: str, found: Found, forms: dict[str, Mention], origin: str) -> list[Mention]:
    """Where the forms stand in the text, each as a mention of the type of what it is short for."""
    if not forms:
        return []
    ordered = sorted(forms)
    machine = AhoCorasick(ordered, matchkind=MatchKind.LeftmostLongest)
    out = []
    words = found.words
    for index, start, end in machine.find_matches_as_indexes(text):
        form = ordered[index]
        first, last = words.at[start], words.at[end - 1]
        if len(form) <= 3 and not (words.starts[first] == start and words.ends[last] == end):
            # A short form must not be torn out of a word of the dictionary.
            if not (words.starts[first] == start or words.ends[last] == end):
                continue
            if known(words.words[first]) and words.starts[first] < start:
                continue
        out.append(Mention(start, end, forms[form].type, form, origin, forms[form].ref, sure=False))
    return out


@cache
def _bare_tails() -> tuple[str, ...]:
    """Endings by which a zone is called when only one such zone is spoken of (高新区, 经开区, 科学城)."""
    return tuple(
        f
        for row in rows("words/anaphors.csv")
        if row["id"] == "an-zone"
        for f in split(row["form"])
        if f[0] not in "该全本" and f != "园区"
    )


_NO_BARE = re.compile(r"(?:国家|省级|市级|各|个|家|全国|该|此|级|类|批|座|所|型|性)$")


_BARE_PHASE = re.compile(
    r"(?:^|(?<=[,。;:“\n、])|(?<=其中))(?P<phase>[一二三四五]期(?:项目|工程)?)(?=计划|规划|总投资|投资|占地|建设|将|已|预计|于|今年|明年|去年|正|全部|建成|达产|投产|主体|[0-9]{4}年|[0-9]{1,2}月|年产)"
)
_PARK = re.compile(r"产业园|科技园|工业园|基地|小镇|创新园|园区$|智造园|港$")
_PHASE_TAIL = re.compile(r"[一二三四五]期(?:项目|工程)?$")
_PARTED = frozenset({"project", "honor", "product", "company"})
_AMOUNT_HEAD = re.compile(
    r"^(?:年产|月产|年处理)?[0-9][0-9.]*(?:余|万|亿|千)?(?:台套|万套|[台套片吨颗件辆只支米条块座锭枚]|平方米|立方米|千瓦时|千瓦|吉瓦时|兆瓦时|吉瓦|兆瓦|GWh|MWh|GW|MW)(?:/年)?(?=[\u4e00-\u9fffA-Z]{4})"
)
_YEAR_HEAD = re.compile(r"^(?:\d{4}年?度?|第[一二三四五六七八九十\d]{1,3}批|首批|全省首批|全国首批)+(?:的)?")
_LIST_TAIL = re.compile(r"(?:企业)?(?:名单|称号|榜单|荣誉|培育库|公示名单)[”]?$")
_PLANTS = (
    "基地项目",
    "生产线项目",
    "产线项目",
    "中心项目",
    "产业园项目",
    "工厂项目",
    "总部项目",
    "工程项目",
    "二期项目",
    "三期项目",
    "一期项目",
)
_LEAST_PART = 4


def telling_parts(name: str, kind: str, owner: int) -> list[str]:
    """The parts by which a long name is also called; `owner` is the length of the name that it begins with."""
    parts: list[str] = []
    if kind == "project":
        if owner:
            parts.append(name[owner:].lstrip("的"))
        parts += [_AMOUNT_HEAD.sub("", p) for p in (name, *parts)]
        parts += [p.removesuffix("项目") for p in (name, *parts) if p.endswith(_PLANTS)]
    elif kind == "honor":
        bare = _YEAR_HEAD.sub("", name)
        parts += [bare, _LIST_TAIL.sub("", bare)]
    elif kind == "company":
        bare = _without_region(name)
        parts += [bare] if len(bare) >= _LEAST_PART and not _LEGAL.search(name) else []
    elif kind == "product":
        parts.append(_AMOUNT_HEAD.sub("", name))
    return [
        p
        for p in dict.fromkeys(parts)
        if p != name and len(p) >= _LEAST_PART and p not in word_set("names/generic_nouns.csv")
    ]


class Things:
    """All entities of one document and which mention is which."""

    def __init__(self, text: str, found: Found) -> None:
        self.text = text
        self.found = found
        self.all: list[Thing] = []
        self.of: dict[tuple[int, int], Thing] = {}
        self.mentions: list[Mention] = []
        self._build()

    # -- building ------------------------------------------------------------------------------------------------------

    def _build(self) -> None:
        base, self._written = _joined_places(self.text, self.found.mentions)
        shorts: dict[str, Mention] = {}
        clash: set[str] = set()
        for mention in base:
            if (
                mention.type in ("company", "institute", "finance")
                and (mention.sure or mention.ref)
                and len(mention.name) >= 5
            ):
                for form in short_forms(mention.name, mention.type):
                    known_as = shorts.get(form)
                    if (
                        known_as is not None
                        and known_as.name != mention.name
                        and form not in (known_as.name, mention.name)
                    ):
                        if not (known_as.name in mention.name or mention.name in known_as.name):
                            clash.add(form)
                    elif known_as is None:
                        shorts[form] = mention
        for form in clash:
            shorts.pop(form, None)
        names = {m.name for m in base if m.sure and not m.ref and not m.origin.startswith("firm:")}
        # A table's short name whose full name stands in the text too means that one.
        full_refs = {m.ref for m in base if m.ref and len(m.name) >= 6}
        names |= {m.name for m in base if m.ref in full_refs}
        shorts = {f: m for f, m in shorts.items() if f not in names}
        declared = _declared(self.text, base)
        persons = {m.name: m for m in base if m.type == "person"}
        forms = {**shorts, **persons, **declared}
        again = _occurrences(self.text, self.found, forms, "short-form")
        again = [m for m in again if m.name in forms]
        # A short form that the document itself explains is believed before a table that knows another bearer.
        explained = {(m.start, m.end) for m in again}
        kept = [m for m in base if (m.start, m.end) not in explained or m.name in persons or (m.sure and not m.ref)]
        kept, self.inner = settle([*kept, *again])
        self.inner = sorted([*self.inner, *self.found.inner], key=lambda m: m.start)
        kept = [m for m in kept if not self._is_bare_title(m)]
        self._group(kept, {**shorts, **declared})
        self._merge()
        self._add_bare_tails()
        self._add_inner(self._named_inside(kept))
        self._add_bare_phases()
        self._add_parts()
        self.mentions.sort(key=lambda m: (m.start, m.end))
        for number, thing in enumerate(self.all, 1):
            thing.id = f"e{number}"

    _HONOURED = re.compile(
        r"获|入选|认定|列为|确定为|命名|授予|纳入|评为|荣|授予|公示|公布|称号|上榜|跻身|通过|授牌|列入|入库|晋级|当选|殊荣|榜单|名单|成为|增至|新增|培育出"
    )

    def _is_bare_title(self, mention: Mention) -> bool:
        """A rung of the ladder (高新技术企业) that nobody is said to be given is a class of firms, not an honour."""
        if mention.type != "honor" or not mention.origin.startswith("table:") or not mention.ref:
            return False
        low = max(self.text.rfind(mark, 0, mention.start) for mark in "。\n;!?")
        high = min(
            (i for i in (self.text.find(mark, mention.end) for mark in "。\n;!?") if i >= 0), default=len(self.text)
        )
        return not self._HONOURED.search(self.text, low + 1, high)

    def _named_inside(self, kept: list[Mention]) -> list[Mention]:
        """Names at the head of longer names that are things of their own: 某高新区|管委会, 某大学|产业研究院."""
        begins = {m.start: m for m in kept}
        out = []
        for inner in self.inner:
            outer = begins.get(inner.start)
            if (
                outer is not None
                and inner.type in ("zone", "institute", "company")
                and outer.type in ("government", "institute", "zone", "project", "finance")
                and (inner.start, inner.end) != (outer.start, outer.end)
                and (inner.sure or inner.ref)
                and (len(inner.name) >= 4 or (inner.ref and inner.type == "company"))
                and not (inner.type == outer.type and (outer.ref or outer.end - inner.end < 3))
            ):
                out.append(inner)
        return [m for n, m in enumerate(out) if not any(m.start == o.start and m.end == o.end for o in out[:n])]

    def _group(self, mentions: list[Mention], shorts: dict[str, Mention]) -> None:
        by_key: dict[tuple[str, str], Thing] = {}
        for mention in mentions:
            full = shorts.get(mention.name) if mention.origin == "short-form" else None
            head = full or mention
            key = (head.type, head.ref or head.name)
            thing = by_key.get(key)
            if thing is None:
                thing = by_key[key] = Thing("", head.type, head.name, ref=head.ref, origin=head.origin)
                self.all.append(thing)
            self._add(thing, mention)
            if full is not None:
                thing.forms.setdefault(full.name, 1)

    def _add(self, thing: Thing, mention: Mention) -> None:
        surface = self.text[mention.start : mention.end]
        whole = self._written.get((mention.start, mention.end))
        if whole is not None:
            thing.forms[whole] = thing.forms.get(whole, 0) + 1
        for form in {mention.name, surface, *_inner_forms(surface, mention.type)}:
            thing.forms[form] = thing.forms.get(form, 0) + 1
        thing.mentions.append(mention)
        self.of[(mention.start, mention.end)] = thing
        self.mentions.append(mention)
        if len(mention.name) > len(thing.name):
            thing.name = mention.name

    def _merge(self) -> None:
        """Join things of one type whose names are abbreviations of one another, where only one full name fits."""
        by_type: dict[str, list[Thing]] = defaultdict(list)
        for thing in self.all:
            by_type[thing.type].append(thing)
        gone: set[int] = set()
        for kind, things in by_type.items():
            if kind in ("place", "person", "honor"):
                continue
            for short in sorted(things, key=lambda t: len(t.name)):
                if kind == "zone" and short.ref:
                    continue  # a zone that a table knows is short for no other zone of the text
                size = len(short.name)
                fulls = [
                    t for t in things
                    if t is not short and id(t) not in gone and not (t.ref and short.ref)
                    and any(len(f) > size and _may_mean(short.name, f, kind) for f in t.forms)
                    and (_means(short, t, kind) or _is_tail(short, t, kind))
                ]  # fmt: skip
                if fulls and len({t.name for t in fulls}) == 1:
                    self._join(fulls[0], short)
                    gone.add(id(short))
        self.all = [t for t in self.all if id(t) not in gone]

    def _join(self, full: Thing, short: Thing) -> None:
        for form, count in short.forms.items():
            full.forms[form] = full.forms.get(form, 0) + count
        full.mentions.extend(short.mentions)
        full.ref = full.ref or short.ref
        for mention in short.mentions:
            self.of[(mention.start, mention.end)] = full

    def _add_inner(self, inner: list[Mention]) -> None:
        """Names within names are things (某高新区|管委会), but what is said there is said of the whole."""
        known = {(thing.type, form) for thing in self.all for form in thing.forms}
        refs = {thing.ref for thing in self.all if thing.ref}
        for mention in inner:
            if (mention.type, mention.name) not in known and not (mention.ref and mention.ref in refs):
                known.add((mention.type, mention.name))
                refs.add(mention.ref)
                self.all.append(
                    Thing("", mention.type, mention.name, {mention.name: 1}, mention.ref, mention.origin, [mention])
                )

    def _add_bare_phases(self) -> None:
        """`二期计划明年开工`: a phase by itself is a phase of the park or project spoken of."""
        taken = {i for m in self.mentions for i in range(m.start, m.end)}
        phases = {thing.name: thing for thing in self.all if thing.type == "project"}
        for match in _BARE_PHASE.finditer(self.text):
            if match.start("phase") in taken:
                continue
            paragraph = self.text.rfind("\n", 0, match.start())
            before = [m for m in self.mentions if paragraph < m.start < match.start() and m.type in ("project", "zone")]
            parks = [m for m in before if m.type == "project" or _PARK.search(m.name)]
            if not parks:
                continue
            whole = self.of[(parks[-1].start, parks[-1].end)].name
            name = _PHASE_TAIL.sub("", whole) + match.group("phase")[:2]
            thing = phases.get(name) or next((t for t in phases.values() if name in t.forms), None)
            if thing is None:
                thing = phases[name] = Thing("", "project", name, {name: 1}, origin="phase:bare")
                self.all.append(thing)
            low, high = match.span("phase")
            self._add(thing, Mention(low, high, "project", match.group("phase"), "phase:bare", sure=False))

    def _add_parts(self) -> None:
        """Long names are also called by their telling part: a project without its owner, a title without its year."""
        taken = {form for thing in self.all for form in thing.forms}
        heads = [m for m in (*self.inner, *self.mentions) if m.type in ("company", "zone", "institute", "place")]
        owners = {(m.start, m.end) for m in heads}
        for thing in self.all:
            if thing.type not in _PARTED:
                continue
            for mention in list(thing.mentions):
                owner = next(
                    (e for e in range(mention.end - 4, mention.start + 1, -1) if (mention.start, e) in owners), 0
                )
                for part in telling_parts(mention.name, thing.type, owner - mention.start if owner else 0):
                    if part not in taken:
                        taken.add(part)
                        thing.forms[part] = 1

    def _add_bare_tails(self) -> None:
        zones = [t for t in self.all if t.type == "zone"]
        taken = {i for m in self.mentions for i in range(m.start, m.end)}
        for tail in _bare_tails():
            bearers = [z for z in zones if any(f.endswith(tail) and f != tail for f in z.forms)]
            if len(bearers) != 1:
                continue
            for match in re.finditer(re.escape(tail), self.text):
                first, last = self.found.words.at[match.start()], self.found.words.at[match.end() - 1]
                if (
                    match.start() not in taken
                    and self.found.words.starts[first] == match.start()
                    and self.found.words.ends[last] == match.end()
                    and not _NO_BARE.search(self.text[max(0, match.start() - 3) : match.start()])
                ):
                    self._add(bearers[0], Mention(match.start(), match.end(), "zone", tail, "bare-tail", sure=False))

    # -- asking --------------------------------------------------------------------------------------------------------

    def thing(self, mention: Mention) -> Thing:
        """The entity that a mention is a mention of."""
        return self.of[(mention.start, mention.end)]


def _inner_forms(name: str, kind: str) -> tuple[str, ...]:
    """A name that holds a quotation is also called by what begins with the quotation: 全国…“创芯”大赛 -> “创芯”大赛."""
    at, end = name.find("“"), name.find("”")
    if at < 0 or end < at:
        return ()
    if kind == "product":
        return (name[at + 1 : end],)
    return (name[at:],) if at > 0 and not name.endswith("”") else ()


def _may_mean(short: str, full: str, kind: str) -> bool:
    """Whether a name could be short for a longer one at all: it begins alike, ends alike or lies in it."""
    return short[:2] in full if kind != "company" else _without_region(short)[:2] in full


def _means(short: Thing, full: Thing, kind: str) -> bool:
    """Whether a name abbreviates one of the forms of another thing of its type."""
    if kind != "company":
        return any(is_short_for(short.name, f) for f in full.forms)
    return any(
        is_short_for(short.name, f) or is_firm_for(short.name, f) or _without_region(f) == short.name != f
        for f in full.forms
    )


def _is_tail(short: Thing, full: Thing, kind: str) -> bool:
    """A park named without its region: 集成电路产业园 for 某省集成电路产业园."""
    if kind == "project" and any(is_short_project(short.name, f) for f in full.forms):
        return True
    return (
        kind in ("zone", "project", "policy", "event", "institute", "government", "finance")
        and not short.ref
        and any(f.endswith(short.name) and 4 <= len(short.name) < len(f) for f in full.forms)
    )


@cache
def _parents() -> dict[str, str]:
    return {f"divisions:{r['id']}": f"divisions:{r['parent']}" for r in rows("places/divisions.csv")}


def _joined_places(text: str, mentions: list[Mention]) -> tuple[list[Mention], dict[tuple[int, int], str]]:
    """Zones with the city that belongs to their name, and for a city behind its province how both are written."""
    parents = _parents()
    out: list[Mention] = []
    written: dict[tuple[int, int], str] = {}
    begin = -1
    for mention in mentions:
        last = out[-1] if out else None
        beside = last is not None and last.type == "place" and last.end == mention.start
        if beside and last is not None and mention.type == "place" and _within(mention.ref, last.ref, parents):
            begin = last.start if begin < 0 else begin
            written[(mention.start, mention.end)] = text[begin : mention.end]
            out.append(mention)
        elif (
            beside
            and last is not None
            and mention.type == "zone"
            and not any(mention.name[:n] in place_forms() for n in (2, 3, 4))
        ):
            # 合某|新某高新区: the city belongs to the name of a zone that does not name its own.
            out[-1] = Mention(
                last.start, mention.end, "zone", text[last.start : mention.end], mention.origin, mention.ref
            )
            begin = -1
        else:
            out.append(mention)
            begin = -1
    return out, written


def _within(inner: str, outer: str, parents: dict[str, str]) -> bool:
    at = inner
    for _ in range(3):
        at = parents.get(at, "")
        if at == outer:
            return True
    return False
