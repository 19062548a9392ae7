"""What the finders of milestones hand one another: a sentence to look in, a phrasing found there, who takes a step."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from yanzhen.extract.milestone_patterns import any_of

if TYPE_CHECKING:
    from yanzhen.extract.entities import Thing
    from yanzhen.extract.milestone_patterns import StepPhrasing
    from yanzhen.extract.relation_text import Coded
    from yanzhen.extract.scene import Scene, Sentence
    from yanzhen.facts.records import Period, Status
    from yanzhen.quantify import Period as Stretch

MARKS = ",。;:!?\n"
CLAUSE_MARK = re.compile(f"[{MARKS}]")
LAST_WORD = 2  # characters of the verb that ends a phrasing of several words


class Bearer(NamedTuple):
    """What takes a step.

    Attributes:
        name: what it is called.
        place: where it stands in the coded sentence; -1 if it stands elsewhere.
        thing: the entity, if it is one.

    """

    name: str
    place: int
    thing: Thing | None = None

    @property
    def type(self) -> str:
        """Its entity type; what is only described counts as a project."""
        return self.thing.type if self.thing is not None else "project"


class When(NamedTuple):
    """Whether a step is done, when, and whether the text states the time."""

    status: Status
    date: Period | None
    stated: bool


class Hit(NamedTuple):
    """A phrasing found in a coded sentence.

    Attributes:
        match: of the phrasing; group `p` is what takes the step where the phrasing names it.
        start, end: what tells the step: the verb, or all of a phrasing that only says what is done.
        verb: where the last word of it begins; all words of time and intention stand before it.
        clause: where its clause begins.

    """

    phrasing: StepPhrasing
    match: re.Match[str]
    start: int
    end: int
    verb: int
    clause: int


class Spot(NamedTuple):
    """Where steps are looked for.

    Attributes:
        coded: the sentence, each name one character.
        topic: what the sentences before spoke of.
        near: the topic was spoken of in the same paragraph.
        lead: the sentence tells the article's own news.
        event: the last day told in the article before the sentence.
        frame: the long time that the paragraph reports on and has begun with (`上半年,…`).

    """

    scene: Scene
    sentence: Sentence
    coded: Coded
    topic: Bearer | None
    near: bool
    lead: bool
    event: Stretch | None
    frame: Stretch | None


class Step(NamedTuple):
    """A milestone before it becomes a record; offsets are of the clean text."""

    bearer: Bearer
    phrasing: StepPhrasing
    when: When
    start: int
    end: int
    sentence: Sentence
    owner: str | None
    place: str | None


def clause_start(text: str, at: int) -> int:
    """Where the clause that holds `at` begins."""
    for place in range(at - 1, -1, -1):
        if text[place] in MARKS and not (text[place] == "," and text[place - 1 : place].isdigit()):
            return place + 1
    return 0


def clause_end(text: str, at: int) -> int:
    """Where the clause that holds `at` ends, without its mark."""
    mark = CLAUSE_MARK.search(text, at)
    return mark.start() if mark else len(text)


def clause_starts(text: str, last: int) -> list[int]:
    """Where the clauses of a sentence begin, from the one at `last` back to the first."""
    out = [last]
    while out[-1] > 0:
        out.append(clause_start(text, out[-1] - 1))
    return out


@cache
def pattern(name: str) -> re.Pattern[str]:
    """The words of one class of `patterns/milestone_words.csv`."""
    return re.compile(any_of(name))


def stretches(spot: Spot, low: int, high: int) -> list[Stretch]:
    """The times stated between two places of a coded sentence, ascending."""
    coded = spot.coded
    if low >= high:
        return []
    found = spot.scene.periods_in(coded.starts[low], coded.ends[high - 1])
    return [p for p in found if p.first is not None or p.last is not None]


def named(spot: Spot, place: int) -> Bearer:
    """The name at a place of the coded sentence as what takes a step."""
    thing = spot.scene.thing(spot.coded.names[place])
    return Bearer(_LISTING.sub("", thing.name), place, thing)


_LISTING = re.compile(r"^(?:还有|包括|分别是|分别为|以及|\([一二三四五六七八九十]+\))(?=.{4})")
