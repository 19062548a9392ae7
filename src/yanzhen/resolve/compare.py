"""Are two names of one type the same thing? The one question everything across documents rests on."""

from __future__ import annotations

from functools import lru_cache

from yanzhen.errors import UsageError
from yanzhen.facts import ENTITY_TYPES
from yanzhen.resolve import localities, names, organisations, places, reference, tables, works
from yanzhen.resolve.match import Match, no, unclear, yes

_BY_REFERENCE = frozenset({"company", "institute", "finance", "government", "zone"})


def compare(a: str, b: str, type: str) -> Match:  # noqa: A002 - the public name of the argument
    """Whether two names of one entity type are one thing.

    Args:
        a: a name as it stands in a text.
        b: another.
        type: entity type of both (`zone`, `company`, …).

    Returns:
        `same` is True, False, or None where the names alone cannot tell; `reasons` are Chinese sentences.

    Raises:
        UsageError: there is no such type.
    """
    if type not in ENTITY_TYPES:
        raise UsageError(f"no such entity type: {type}", hint="one of " + ", ".join(ENTITY_TYPES))
    one, other = sorted((a, b))
    return _compare(one, other, type)


@lru_cache(maxsize=400_000)
def _compare(a: str, b: str, kind: str) -> Match:
    x, y = names.comparable(a), names.comparable(b)
    if not x or not y:
        return unclear("一方没有名称")
    if kind == "person":
        return works.persons(a, b)
    if x == y:
        return _equal(x, kind, a == b)
    if kind in _BY_REFERENCE:
        return _by_reference(a, b, kind)
    if kind == "event":
        return works.events(a, b, _one_series(a, b, kind))
    if kind == "honor":
        return works.honors(a, b, _one_series(a, b, kind))
    return _by_name(a, b, kind)


def _equal(text: str, kind: str, verbatim: bool) -> Match:
    if names.shortened(text, kind) in tables.parts("bare"):
        return unclear("两处都只用了通称")
    if kind == "place" and len(places.meanings(text)) > 1 and len(text) <= 3:
        return yes(0.8, "名称相同,但不同地方有同名的区划")
    return yes(1.0, "名称相同" if verbatim else "名称只有繁简、全半角或标点的差别")


def _by_name(a: str, b: str, kind: str) -> Match:
    if kind in ("company", "finance"):
        return organisations.by_parts(a, b, kind)
    if kind == "institute":
        return organisations.institutes(a, b)
    if kind == "zone":
        return localities.zones(a, b)
    if kind == "place":
        return localities.divisions(a, b)
    if kind == "government":
        return localities.bodies(a, b)
    if kind == "project":
        return works.projects(a, b)
    if kind == "product":
        return works.products(a, b)
    return works.policies(a, b)


def _series(name: str, kind: str) -> frozenset[str]:
    """Ids of the rows that a name means when its year, edition or batch is left out."""
    text = names.figures(names.comparable(name))[1]
    for form in (text, text.removesuffix("企业"), text + "企业"):
        found = reference.anchors(form, kind) or reference.weak_anchors(form, kind)
        if found:
            return frozenset(anchor.id for anchor in found)
    return frozenset()


def _one_series(a: str, b: str, kind: str) -> bool:
    return bool(_series(a, kind) & _series(b, kind))


def _by_reference(a: str, b: str, kind: str) -> Match:
    """Compare with the help of the reference rows that know one of the names or both."""
    mine, theirs = reference.anchors(a, kind), reference.anchors(b, kind)
    if mine and theirs:
        shared = {anchor.id for anchor in mine} & {anchor.id for anchor in theirs}
        if shared:
            name = next(anchor.name for anchor in mine if anchor.id in shared)
            if len(mine) == len(theirs) == 1:
                return yes(0.98, f"都是“{name}”的名称")
            return yes(0.85, f"都可以是“{name}”的名称")
        if any(anchor.translated for anchor in (*mine, *theirs)):
            return _branches(a, b, kind) or _by_name(a, b, kind)
        return no(f"参考表中是两个:“{mine[0].name}”和“{theirs[0].name}”")
    if not mine and not theirs:
        return _weakly(a, b, kind) or _branches(a, b, kind) or _by_name(a, b, kind)
    known, name, rest = (mine, a, b) if mine else (theirs, b, a)
    loose = reference.weak_anchors(rest, kind)
    if {anchor.id for anchor in loose} & {anchor.id for anchor in known}:
        if len(loose) == 1:
            return yes(0.85, f"“{rest}”是“{loose[0].name}”的简称之一")
        return unclear(f"“{rest}”可以是多家的简称")
    direct = _branches(a, b, kind) or _by_name(name, rest, kind)
    through = [
        _branches(anchor.name, rest, kind) or _by_name(anchor.name, rest, kind)
        for anchor in known
        if names.comparable(anchor.name) != names.comparable(name)
    ]
    # What the full name rules out is ruled out: 长鑫存储 is 长鑫存储技术, so 长鑫存储科技 is another firm.
    against = next((match for match in through if match.same is False), None)
    if direct.same and against and all(match.same is False for match in through):
        if kind == "zone" and direct.score >= 0.9:
            return direct
        return against.because(f"“{name}”即“{known[0].name}”")
    for match in (*through, direct):
        if match.same:
            return match.because(f"“{name}”即“{known[0].name}”", less=0.02)
    return direct if direct.same is False else next((m for m in through if m.same is False), direct)


def _weakly(a: str, b: str, kind: str) -> Match | None:
    mine, theirs = reference.weak_anchors(a, kind), reference.weak_anchors(b, kind)
    shared = {anchor.id for anchor in mine} & {anchor.id for anchor in theirs}
    if len(shared) == 1 and len(mine) == len(theirs) == 1:
        return yes(0.8, f"都是“{mine[0].name}”的简称")
    return None


def _branches(a: str, b: str, kind: str) -> Match | None:
    """Branches of organisations the tables know by several names: 工行成都分行, 中国工商银行成都分行."""
    if kind not in ("finance", "company"):
        return None
    one, other = names.firm(a, kind), names.firm(b, kind)
    if not one.branch or not other.branch:
        return None
    if places.bare(one.branch)[0] != places.bare(other.branch)[0]:
        return no(f"不同的分支机构:“{one.branch}”和“{other.branch}”")
    mine, theirs = _owner(one), _owner(other)
    if not mine or not theirs:
        return None
    found = compare(mine, theirs, kind)
    return found.because("分支机构相同") if found.same is not None else None


def _owner(one: names.Firm) -> str:
    return one.text[: len(one.text) - len(one.branch)]
