"""Who says what stands at an offset: the speaker of the quotation around it, or of the sentence it is reported in."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from yanzhen.extract.entities import Thing
    from yanzhen.extract.scene import Scene, Sentence

_SAYS = "说|表示|介绍|认为|指出|告诉|坦言|透露|称(?!为|号|作|之)|强调|谈到|谈及|感慨|直言|道(?!路)|宣布|评价|解释"
_AFTER_QUOTE = re.compile(rf"[,]?(?P<who>[^,。;:“”\n]{{2,40}}?)(?:{_SAYS})")
_REPORTED = re.compile(
    r"(?:据|按照?)?(?P<who>[^,。;:“”\n]{2,44}?)(?:近日|日前|向记者|对记者|在[^,。]{1,16}上)?"
    rf"(?:{_SAYS})[^,。;:“”\n]{{0,6}}[,:]"
)
_BEFORE_QUOTE = re.compile(rf"(?P<who>[^,。;“”\n]{{2,44}}?)(?:{_SAYS})[^,。;“”\n]{{0,4}}[:,]$")
# `甲说,…` ends the sentence: `…,甲说。`
_TAIL = re.compile(rf",(?P<who>[^,。;:“”\n]{{2,40}}?)(?:{_SAYS})。?$")
_ROLE = re.compile("(?:相关|有关)?(?:负责人|工作人员|人士|专家|业内人士|发言人)$")
_REACH = 300
_NAMING = 60  # characters that name a speaker
_TERM = 12  # characters in quotation marks that may be a term rather than speech
_BODIES = frozenset({"company", "institute", "zone", "government", "finance"})


class Said(NamedTuple):
    """The naming of who speaks: clean offsets."""

    start: int
    end: int


def said_by(scene: Scene, sentence: Sentence, at: int) -> Said | None:
    """Who says what stands at `at`; None for the reporter."""
    text = scene.text
    opening = text.rfind("“", max(0, at - _REACH), at)
    closing = text.find("”", at, at + _REACH)
    if opening >= 0 and closing - opening > _TERM and text.rfind("”", opening, at) < 0:
        after = _AFTER_QUOTE.match(text, closing + 1)
        if after is not None:
            return Said(*after.span("who"))
        before = _BEFORE_QUOTE.search(text, max(0, opening - _NAMING), opening)
        if before is not None:
            return Said(*before.span("who"))
    reported = _REPORTED.match(text, sentence.start, at)
    if reported is not None:
        return Said(*reported.span("who"))
    tail = _TAIL.search(text, at, min(sentence.end, at + _REACH))
    return Said(*tail.span("who")) if tail is not None else None


def name_of(scene: Scene, said: Said | None) -> str | None:
    """The person who speaks, else the organisation with the role (某园区相关负责人), else the organisation."""
    if said is None:
        return None
    inside = scene.mentions_in(*said)
    persons = [m for m in inside if m.type == "person"]
    if persons:
        return scene.thing(persons[-1]).name
    if not inside:
        return None
    role = _ROLE.search(scene.text, *said)
    name = scene.thing(inside[-1]).name
    return f"{name}{role.group()}" if role is not None else name


def body_of(scene: Scene, said: Said | None) -> Thing | None:
    """The organisation or zone whose people speak: `我们` in their words."""
    if said is None:
        return None
    bodies = [m for m in scene.mentions_in(*said) if m.type in _BODIES]
    return scene.thing(bodies[-1]) if bodies else None
