"""One document as the statement finders see it: sentences, clauses, mentions, numbers and periods, and who is meant.

Built once a document; every finder asks it and none changes it.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import TYPE_CHECKING, Any

from yanzhen.data import rows
from yanzhen.extract.lexicon import word_machine
from yanzhen.extract.mentions import Mention
from yanzhen.quantify import periods_in, quantities_in

if TYPE_CHECKING:
    from yanzhen.extract.entities import Thing, Things
    from yanzhen.fold import Folded
    from yanzhen.frame import Frame, FramedArticle
    from yanzhen.quantify import Period, Quantity

Span = tuple[int, int]
PublishedPeriod = tuple[str, str]

_SENTENCE_END = re.compile(r"[。!?](?:[”’)]*)|\n|;")
_CLAUSE_END = re.compile(r"[,。!?;:\n](?<!\d,(?=\d{3}))")
_SPEECH = re.compile(r"(?:说|表示|介绍|介绍说|介绍道|认为|指出|告诉记者|坦言|透露|称)")
# A mention behind one of these is not what the clause is about.
_OBLIQUE = re.compile(
    r"(?:在|从|向|对|为|与|由|据|和|同|跟|给|把|将|被|以|按照|根据|围绕|依托|通过|作为|位于|来自|针对|占|居|列|属于|服务|除|于|离不开|支持|推动)$"
)


# `位于某江北岸的某港东侧`: whatever follows in the clause says where.
_PLACED = re.compile(r"(?:位于|地处|坐落于?|毗邻|紧邻|分布在|来自)[^,。;:\n]*$")
# Regions of the country and countries: no document is about them.
WIDE_ORIGINS = ("table:regions", "table:countries")
_BREAKS = frozenset(",。;:!?、的了\n")


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of an article, in the clean text."""

    start: int
    end: int
    article: int  # index in the frame
    paragraph: int  # running number in the document
    title: bool


@dataclass(frozen=True, slots=True)
class Pointer:
    """A word that stands for something named elsewhere (该公司, 园区, 全市)."""

    start: int
    end: int
    type: str
    form: str


@cache
def _pointer_words() -> tuple[object, tuple[dict[str, str], ...]]:
    return word_machine("words/anaphors.csv")


_PHASE_TAIL = re.compile(r"(?:\([^()]*\)|[一二三四首]期|项目)+$")  # what a name may have behind its core


@cache
def _heads() -> dict[str, str]:
    """Word that ends names -> type of what is so named."""
    return {row["form"]: row["type"] for row in rows("names/org_suffixes.csv") if len(row["form"]) >= 2}


class Scene:
    """A framed document with everything recognised in it.

    Attributes:
        text: the clean text; all offsets are its.
        things: the entities.
        mentions: names and resolved pointers, ascending by start.
        sentences: of all articles, in page order; boilerplate has none.
        quantities, periods: ascending by start.
    """

    def __init__(self, folded: Folded, frame: Frame, things: Things, doc: str) -> None:
        self.folded = folded
        self.frame = frame
        self.doc = doc
        self.text = folded.text
        self.things = things
        self.words = things.found.words
        self.sentences = self._cut_sentences()
        self._sentence_starts = [s.start for s in self.sentences]
        self._thing_at: dict[Span, Thing] = {}
        self.mentions: list[Mention] = []
        self._place_mentions()
        self._mention_starts = [m.start for m in self.mentions]
        self.quantities: list[Quantity] = quantities_in(self.text)
        self.cuts: dict[Span, Any] = {}  # words of spans cut anew, for `phrases`
        self._quantity_starts = [q.start for q in self.quantities]
        self.periods: list[Period] = self._find_periods()
        self._period_starts = [p.start for p in self.periods]

    # -- building ------------------------------------------------------------------------------------------------------

    def _cut_sentences(self) -> list[Sentence]:
        out: list[Sentence] = []
        paragraph = 0
        for number, article in enumerate(self.frame.articles):
            done = 0
            for low, high in sorted({*article.spans, *((article.title_span,) if article.title_span else ())}):
                if low < done:
                    continue  # a headline that is also the beginning of the text
                done = high
                paragraph += 1
                title = article.title_span == (low, high)
                at = low
                for match in _SENTENCE_END.finditer(self.text, low, high):
                    if match.end() > at + 1:
                        out.append(Sentence(at, match.end(), number, paragraph, title))
                    at = match.end()
                if at < high:
                    out.append(Sentence(at, high, number, paragraph, title))
        return sorted(out, key=lambda s: s.start)

    def _pointers(self) -> list[Pointer]:
        machine, values = _pointer_words()
        out = self._open_pointers()
        taken = {p.start for p in out}
        for index, start, end in machine.find_matches_as_indexes(self.text):  # type: ignore[attr-defined]
            if start in taken:
                continue
            first, last = self.words.at[start], self.words.at[end - 1]
            form = self.text[start:end]
            aligned = self.words.starts[first] == start and self.words.ends[last] == end
            # `园区企业`, `项目建设`: a bare noun points only where a verb or a mark follows.
            bare = form[0] not in "该此本这全"
            if aligned and (not bare or self._stands_alone(start, end)):
                out.append(Pointer(start, end, values[index]["type"], form))
        return out

    _DETERMINER = re.compile(r"(?:该|此|本|上述|这[一个条家座项款]?)(?=[\u4e00-\u9fff]{2})")
    _PHASE = re.compile(
        r"(?:[,。;:(“\n]|其中,?)((?:项目)?(?P<phase>[一二三四首]期)(?:工程|项目)?)"
        r"(?![\u4e00-\u9fff]{0,6}(?:、|和|及)[一二三四]期)"
    )

    def _open_pointers(self) -> list[Pointer]:
        """`该产业园`, `这条产线`: any word that ends names of things, after a determiner; and `一期` standing alone."""
        heads = _heads()
        out = []
        for match in self._DETERMINER.finditer(self.text):
            at = match.end()
            for length in range(min(8, len(self.text) - at), 1, -1):
                kind = heads.get(self.text[at : at + length])
                if kind is not None and self.words.starts[self.words.at[at]] == at:
                    last = self.words.at[at + length - 1]
                    if self.words.ends[last] == at + length:
                        out.append(Pointer(match.start(), at + length, kind, self.text[match.start() : at + length]))
                        break
        out += [Pointer(m.start(1), m.end(1), "phase", m.group("phase")) for m in self._PHASE.finditer(self.text)]
        return out

    _ALONE_AFTER = re.compile(
        r"[,、已将还也共在通过与和是正围绕依托拥获实完总占计预力达现先充从以为有累]|[一首]期|年|目前|今年"
    )

    def _stands_alone(self, start: int, end: int) -> bool:
        k = self.words.at[end] if end < len(self.text) else -1
        verb = k >= 0 and self.words.starts[k] == end and self.words.tags[k] in ("v", "d", "p", "t", "c", "r", "f")
        if not verb and not self._ALONE_AFTER.match(self.text, end):
            return False
        return start == 0 or self.text[start - 1] in ",。;:!?\n“”、)在为让使对后时"

    def _place_mentions(self) -> None:
        covered = [(s.start, s.end, s.article, s.paragraph) for s in self.sentences]
        merged: list[tuple[int, int, Mention | Pointer]] = [(m.start, m.end, m) for m in self.things.mentions]
        taken = {i for m in self.things.mentions for i in range(m.start, m.end)}
        merged += [(p.start, p.end, p) for p in self._pointers() if p.start not in taken and p.end - 1 not in taken]
        merged.sort(key=lambda x: x[0])
        starts = [c[0] for c in covered]
        latest: dict[tuple[int, str], Thing] = {}
        named: list[tuple[int, Thing]] = []
        here: dict[tuple[int, str], list[Thing]] = {}  # in the order of the paragraph
        main = self._main = self._main_things(covered, starts)
        for start, end, item in merged:
            at = bisect_right(starts, start) - 1
            inside = at >= 0 and start < covered[at][1]
            if not inside:
                continue
            article = covered[at][2]
            if isinstance(item, Mention):
                thing = self.things.of[(item.start, item.end)]
                latest[(article, thing.type)] = thing
                here.setdefault((covered[at][3], thing.type), []).append(thing)
                named.append((article, thing))
                self._thing_at[(start, end)] = thing
                self.mentions.append(item)
            else:
                resolved = self._by_head(item, article, named) or self._resolve(
                    item, article, latest, main, here.get((covered[at][3], item.type), [])
                )
                if resolved is not None:
                    self._thing_at[(start, end)] = resolved
                    self.mentions.append(
                        Mention(start, end, resolved.type, item.form, "pointer", resolved.ref, sure=False)
                    )

    def _main_things(self, covered: list[tuple[int, int, int, int]], starts: list[int]) -> dict[tuple[int, str], Thing]:
        """The thing of each type that an article is about: in its headline, else the most often named."""
        count: dict[tuple[int, str], dict[int, float]] = {}
        by_id: dict[int, Thing] = {}
        for mention in self.things.mentions:
            at = bisect_right(starts, mention.start) - 1
            if at < 0 or mention.start >= covered[at][1] or mention.origin.startswith(WIDE_ORIGINS):
                continue
            thing = self.things.of[(mention.start, mention.end)]
            by_id[id(thing)] = thing
            weight = 4.0 if self.sentences[at].title else 1.0
            slot = count.setdefault((covered[at][2], thing.type), {})
            slot[id(thing)] = slot.get(id(thing), 0.0) + weight - mention.start * 1e-7
        return {key: by_id[max(slot, key=lambda k: slot[k])] for key, slot in count.items()}

    _HEAD_OF = re.compile(r"^(?:该|此|本|上述|这[一个条家座项款]?)")

    def _by_head(self, item: Pointer, article: int, named: list[tuple[int, Thing]]) -> Thing | None:
        """The last thing named before that ends as the pointer does (该产业园 -> 某某产业园一期); None without one."""
        determiner = self._HEAD_OF.match(item.form)
        if item.type not in ("phase", "institute", "finance", "event") and determiner is None:
            return None
        head = item.form[determiner.end() :] if determiner else item.form
        for number, thing in reversed(named[-40:]):
            if number != article:
                return None
            ends = item.type != "phase"
            if any(_PHASE_TAIL.sub("", form).endswith(head) if ends else head in form for form in thing.forms):
                return thing
        return None

    def _resolve(
        self,
        item: Pointer,
        article: int,
        latest: dict[tuple[int, str], Thing],
        main: dict[tuple[int, str], Thing],
        here: list[Thing],
    ) -> Thing | None:
        speaker = (
            self._speakers_firm(item) if item.type == "company" and item.form in ("公司", "我们公司", "企业") else None
        )
        if speaker is not None:
            return speaker
        if item.type == "phase":
            return self._whole(latest.get((article, "project")))
        demonstrative = item.form[0] in "该此本这上"
        wide = item.type in ("zone", "place") and not demonstrative
        topic = main.get((article, item.type))
        if wide and here and not any(thing is topic for thing in here):
            return here[0]  # a paragraph of its own zone: 全区 is that zone
        first, second = (main, latest) if wide else (latest, main)
        return first.get((article, item.type)) or second.get((article, item.type))

    def _whole(self, project: Thing | None) -> Thing | None:
        """The project that a phase without a name of its own belongs to: not another phase (三期 for 一期)."""
        if project is None or not _PHASE_TAIL.search(project.name):
            return project
        base = _PHASE_TAIL.sub("", project.name)
        return next((t for t in self.things.all if any(_PHASE_TAIL.sub("", f) == base == f for f in t.forms)), None)

    _SAYS = re.compile(r"”[^。\n]{0,40}?(?:说|表示|介绍|称|道)")

    def _speakers_firm(self, item: Pointer) -> Thing | None:
        """`“公司去年……”某公司总经理某某说`: the speaker's firm."""
        closing = self._SAYS.search(self.text, item.end, min(len(self.text), item.end + 300))
        if closing is None or "“" in self.text[item.end : closing.start()]:
            return None
        for mention in self.things.mentions:
            if closing.start() <= mention.start < closing.end() and mention.type in ("company", "institute"):
                return self.things.of[(mention.start, mention.end)]
        return None

    def _find_periods(self) -> list[Period]:
        """Periods, resolved against the date of the article they stand in."""
        day = self._reference_day(None)
        return periods_in(self.text, day)

    def _reference_day(self, article: FramedArticle | None) -> date:
        published = (article.published if article else None) or self.frame.published or "2020-06-30"
        parts = [int(x) for x in published.split("-")]
        year = parts[0]
        month = parts[1] if len(parts) > 1 else 12
        return date(year, month, parts[2] if len(parts) > 2 else monthrange(year, month)[1])

    # -- asking --------------------------------------------------------------------------------------------------------

    def thing(self, mention: Mention) -> Thing:
        """The entity that a mention or resolved pointer means."""
        return self._thing_at[(mention.start, mention.end)]

    def main(self, article: int, kind: str) -> Thing | None:
        """The thing of this type that an article is about."""
        return self._main.get((article, kind))

    def article_id(self, sentence: Sentence) -> str:
        """The id of the article that a sentence stands in."""
        return self.frame.articles[sentence.article].id

    def published(self, sentence: Sentence) -> PublishedPeriod | None:
        """First and last day of the article's date at the precision known, ISO 8601."""
        said = self.frame.articles[sentence.article].published or self.frame.published
        if said is None:
            return None
        if len(said) == 10:
            return said, said
        if len(said) == 7:
            year, month = int(said[:4]), int(said[5:])
            return f"{said}-01", f"{said}-{monthrange(year, month)[1]:02d}"
        return f"{said}-01-01", f"{said}-12-31"

    def sentence_at(self, offset: int) -> Sentence | None:
        """The sentence that covers an offset."""
        at = bisect_right(self._sentence_starts, offset) - 1
        return self.sentences[at] if at >= 0 and offset < self.sentences[at].end else None

    def clause(self, offset: int, sentence: Sentence) -> Span:
        """The clause (between commas, colons and sentence ends) that covers an offset."""
        low, high = sentence.start, sentence.end
        for match in _CLAUSE_END.finditer(self.text, sentence.start, sentence.end):
            if match.start() < offset:
                low = match.end()
            else:
                high = match.start()
                break
        return low, high

    def clauses(self, sentence: Sentence) -> list[Span]:
        """All clauses of a sentence, without their marks."""
        out, low = [], sentence.start
        for match in _CLAUSE_END.finditer(self.text, sentence.start, sentence.end):
            if match.start() > low:
                out.append((low, match.start()))
            low = match.end()
        if low < sentence.end:
            out.append((low, sentence.end))
        return out

    def clause_starts(self, low: int, high: int) -> list[int]:
        """Where the clauses of a span begin, the span's own beginning first."""
        return [low, *(m.end() for m in _CLAUSE_END.finditer(self.text, low, high))]

    def before(self, sentence: Sentence, most: int) -> list[Sentence]:
        """The sentences of the same paragraph before this one, nearest first, at most so many."""
        index = bisect_right(self._sentence_starts, sentence.start) - 2
        out: list[Sentence] = []
        while index >= 0 and len(out) < most and self.sentences[index].paragraph == sentence.paragraph:
            out.append(self.sentences[index])
            index -= 1
        return out

    def beside(self, sentence: Sentence) -> list[Sentence]:
        """The sentences right before and after this one in its paragraph."""
        index = bisect_right(self._sentence_starts, sentence.start) - 1
        near = (self.sentences[k] for k in (index - 1, index + 1) if 0 <= k < len(self.sentences))
        return [s for s in near if s.paragraph == sentence.paragraph]

    def mentions_in(self, start: int, end: int) -> list[Mention]:
        """Mentions that lie wholly in a span, ascending."""
        low = bisect_left(self._mention_starts, start)
        out = []
        while low < len(self.mentions) and self.mentions[low].start < end:
            if self.mentions[low].end <= end:
                out.append(self.mentions[low])
            low += 1
        return out

    def quantities_in(self, start: int, end: int) -> list[Quantity]:
        """Quantities that lie wholly in a span, ascending."""
        low = bisect_left(self._quantity_starts, start)
        out = []
        while low < len(self.quantities) and self.quantities[low].start < end:
            if self.quantities[low].end <= end:
                out.append(self.quantities[low])
            low += 1
        return out

    def periods_in(self, start: int, end: int) -> list[Period]:
        """Periods that lie wholly in a span, ascending."""
        low = bisect_left(self._period_starts, start)
        out = []
        while low < len(self.periods) and self.periods[low].start < end:
            if self.periods[low].end <= end:
                out.append(self.periods[low])
            low += 1
        return out

    def is_oblique(self, mention: Mention) -> bool:
        """Whether a mention stands behind a preposition or verb that keeps it from being what its clause is about."""
        if _OBLIQUE.search(self.text[max(0, mention.start - 4) : mention.start]):
            return True
        if _PLACED.search(self.text, max(0, mention.start - 20), mention.start):
            return True
        # `根据园区“某某规划”,…`: only words that modify it stand between the preposition and the name.
        words = self.words
        k = words.at[mention.start] - 1
        for _ in range(6):
            if k < 0 or words.tags[k] == "v" or words.words[k] in _BREAKS:
                return False
            if words.tags[k] == "p" and words.words[k] != "将":
                return True
            k -= 1
        return False

    def in_relative_clause(self, mention: Mention) -> bool:
        """Whether a mention stands in a clause that modifies a later one (`甲区与乙校共建的|丙中心`)."""
        for later in self.mentions_in(mention.end, mention.end + 40):
            if self.text[later.start - 1] == "的":
                between = self.text[mention.end : later.start - 1]
                if "," in between or "。" in between or "\n" in between or ";" in between:
                    return False
                tags = self.words.tags[self.words.at[mention.end] : self.words.at[later.start - 1]]
                return "v" in tags
        return False

    def is_speaker(self, mention: Mention) -> bool:
        """Whether a mention belongs to the naming of who says something (`某公司总经理某某介绍`)."""
        tail = self.text[mention.end : mention.end + 24]
        cut = re.split(r"[,。;“”\n]", tail, maxsplit=1)[0]
        return bool(_SPEECH.search(cut)) and (
            "负责人" in cut or any(m.type == "person" for m in self.mentions_in(mention.end, mention.end + 24))
        )

    def subject(self, at: int, sentence: Sentence, kinds: frozenset[str] | None = None) -> Thing | None:
        """Who or what a number, verb or claim at `at` is about.

        The nearest clause to the left that names somebody in subject position decides; then earlier sentences of the
        paragraph; then what the article is about.
        """
        found = self._subject_in(sentence.start, at, kinds)
        if found is not None:
            return found
        index = bisect_right(self._sentence_starts, sentence.start) - 2
        while index >= 0 and self.sentences[index].paragraph == sentence.paragraph:
            earlier = self.sentences[index]
            found = self._subject_in(earlier.start, earlier.end, kinds)
            if found is not None:
                return found
            index -= 1
        for kind in ("zone", "company", "institute", "place", "project"):
            if kinds is None or kind in kinds:
                thing = self.main(sentence.article, kind)
                if thing is not None:
                    return thing
        return None

    _SUBJECTS = frozenset({"zone", "company", "institute", "project", "place", "event"})

    def _subject_in(self, low: int, high: int, kinds: frozenset[str] | None) -> Thing | None:
        """The subject named in a span: of the last clause that has one, the first mention in subject position."""
        wanted = kinds or self._SUBJECTS
        inside = [m for m in self.mentions_in(low, high) if m.type in wanted]
        if not inside:
            return None
        free = [m for m in inside if not self.is_oblique(m) and not self.is_speaker(m)]
        starts = [low, *(m.end() for m in _CLAUSE_END.finditer(self.text, low, high))]
        for begin in reversed(starts):
            end = next((s for s in starts if s > begin), high)
            for mention in free:
                if begin <= mention.start < end and self.leads(mention, begin):
                    return self.thing(mention)
        return self.thing((free or inside)[0])

    _NO_HEAD = re.compile(
        r"(?:、[^,。;]{0,60})?等|首个|首家|首条|最大|唯一|第一|重点|主要|的(?![\u4e00-\u9fff]{2,14}(?:达|为|实现|突破|超|增|占))"
    )

    def leads(self, mention: Mention, begin: int) -> bool:
        """Whether a mention is what its clause is about: no verb stands before it, and it only modifies nothing."""
        if self._NO_HEAD.match(self.text, mention.end):
            return False
        words = self.words
        k = words.at[mention.start] - 1
        if k >= 0 and words.words[k] == "的" and words.starts[k] >= begin:
            return True
        while k >= 0 and words.starts[k] >= begin:
            if words.tags[k] == "v" and words.words[k] not in ("是", "有", "记者", "作为", "据", "位于", "来自"):
                return False
            k -= 1
        return True

    def evidence(self, start: int, end: int) -> tuple[str, int, int]:
        """(quote, start, end) in the original of a clean span, without marks and white space at its edges."""
        while start < end and self.text[start] in " \n,。;:、!?)”":
            start += 1
        while start < end and self.text[end - 1] in " \n,。;:、(“":
            end -= 1
        low, high = self.folded.to_original(start, end)
        return self.folded.original[low:high], low, high
