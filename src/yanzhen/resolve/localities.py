"""Whether two names of zones, places or public bodies are one."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from yanzhen.resolve import names, places, tables
from yanzhen.resolve.match import no, unclear, yes

if TYPE_CHECKING:
    from yanzhen.resolve.match import Match

_LEVEL = re.compile(
    r"(?:国家级|省级|市级|自治区级|国家|省)(?=高新区|经开区|开发区|综保区|产业园|工业园|农高区|新区|自创区|级)"
)
_PARTS = re.compile(r"[a-z\d]区|[一二三四五\d]期")


@dataclass(frozen=True, slots=True)
class Zone:
    """The parts of a zone's name.

    Attributes:
        region: codes of the place it opens with.
        place: that place as written, without the word for its kind; a zone is often called by nothing else.
        stem: what it is called besides (西永微电子); may be empty.
        kind: 高新区, 产业园 …; empty where the name does not say.
        inner: what it names within the zone (南区, 集成电路产业园); empty for the whole.
    """

    region: places.Codes
    place: str
    stem: str
    kind: str
    inner: str


@cache
def _kinds() -> tuple[str, ...]:
    every = {*tables.endings("zone"), *tables.parts("authority"), *tables.parts("zone_kind")}
    return tuple(sorted(every, key=lambda form: (-len(form), form)))


def _outer_end(text: str) -> int:
    """Where the name of the zone ends that the name goes on within; 0 where it names one zone only."""
    ends = []
    for word in tables.parts("authority"):
        at = text.find(word)
        if at >= 0 and text[:at] != "国家":
            ends.append((at + len(word), -len(word)))
    end = min(ends)[0] if ends else 0
    return end if end < len(text) else 0


@lru_cache(maxsize=200_000)
def zone(text: str) -> Zone:
    """The parts of a zone's name as compared and shortened."""
    text = _LEVEL.sub("", text)
    text = re.sub(r"^中国\((.{2,4})\)(?=自贸区)", r"\1", text).removeprefix("中国")
    text = text.replace("(", "").replace(")", "")
    end = _outer_end(text)
    inner, text = (text[end:], text[:end]) if end else ("", text)
    region, rest = places.split_region(text, 1)
    place = text[: len(text) - len(rest)]
    for kind in _kinds():
        if rest.endswith(kind):
            return Zone(region, places.bare(place)[0], rest[: -len(kind)], kind, inner)
    return Zone(region, places.bare(place)[0], rest, "", inner)


def _park(kind: str) -> bool:
    return kind.endswith(("园", "园区")) and kind not in tables.parts("authority")


def _same_kind(one: Zone, other: Zone) -> bool:
    """园 and 园区 stand for every kind of park; 开发区 for 经开区."""
    if one.kind == other.kind:
        return True
    short, long = sorted((one.kind, other.kind), key=len)
    if _park(one.kind) and _park(other.kind):
        return short in ("园", "园区") or names.abbreviates(one.stem + one.kind, other.stem + other.kind)
    return {short, long} == {"开发区", "经开区"}


def _whole(part: Zone) -> str:
    return part.stem + part.kind


def _compare_wholes(one: Zone, other: Zone) -> Match:
    x, y = _whole(one), _whole(other)
    if not x or not y:
        return unclear("名称太短")
    if one.region and other.region and not places.compatible(one.region, other.region):
        return no("所在地区不同")
    if bool(one.region or one.stem) != bool(other.region or other.stem):
        return unclear("一方只有通称")
    if x == y:
        if not one.stem:
            if one.region and other.region and one.region & other.region:
                return yes(0.95, "同一地区的同类园区")
            if bool(one.region) != bool(other.region):
                return unclear("通称,没有写明是哪里的园区")
            return no("不同地区的同类园区") if one.region else unclear("只有通称")
        if one.stem in tables.vocabulary() and not (one.region and other.region):
            return unclear("除地区外只有行业词,各地都有这样的园区")
        if one.region and other.region and not one.region & other.region and one.stem in tables.vocabulary():
            return no("不同地区的同类园区")
        return yes(0.93, "园区名相同" + ("" if bool(one.region) == bool(other.region) else ",一方省略了地区"))
    if one.kind and other.kind and not _same_kind(one, other):
        full = one.stem + one.kind, other.stem + other.kind
        if names.abbreviates(*sorted(full, key=len)) and _park(one.kind) and _park(other.kind):
            return yes(0.85, "园区名是缩写")
        return no(f"园区类型不同:“{one.kind}”和“{other.kind}”")
    if bool(one.stem) != bool(other.stem):
        return no(f"一方另有名称“{one.stem or other.stem}”")
    short, long = sorted((x, y), key=len)
    swapped = names.misprint(x, y)
    if swapped and len(x) >= 5:
        return yes(0.8, f"只差一个形近字:“{swapped[0]}”和“{swapped[1]}”")
    if one.stem == other.stem:
        if one.stem in tables.vocabulary():
            return unclear("除地区外只有行业词")
        if not one.kind or not other.kind:
            return yes(0.8, "名称相同,一方省去园区类型") if len(one.stem) >= 3 else unclear("一方只有地名")
        return yes(0.85, "名称相同,园区类型写法不同")
    if names.abbreviates(short, long):
        return yes(0.87, f"“{short}”是“{long}”的缩写")
    if names.abbreviates(*sorted((one.stem, other.stem), key=len)) and (
        not one.kind or not other.kind or _same_kind(one, other)
    ):
        return yes(0.82, "名称是缩写")
    if long.startswith(short) or long.endswith(short):
        proper = tables.proper_part(short)
        if long.endswith(short) and len(proper) >= 2:
            return yes(0.8, f"一方前面多出“{long[: -len(short)]}”")
        return unclear("一方是另一方名称的一部分")
    return no(f"园区名不同:“{one.stem or one.kind}”和“{other.stem or other.kind}”")


@lru_cache(maxsize=400_000)
def zones(a: str, b: str) -> Match:
    """Compare two names of zones by place, own name, kind and what lies within."""
    x, y = (names.shortened(names.comparable(name), "zone") for name in (a, b))
    if _LEVEL.sub("", x) == _LEVEL.sub("", y) and x != y:
        return yes(0.95, "只差级别的写法")
    one, other = zone(x), zone(y)
    if one.inner and other.inner:
        inner = (
            _compare_wholes(zone(one.inner), zone(other.inner)) if one.inner != other.inner else yes(0.95, "园中园同名")
        )
        outer = _compare_wholes(_outer(one), _outer(other))
        if inner.same is False or outer.same is False:
            return inner if inner.same is False else outer
        return inner if outer.same or inner.same is None else unclear("所在园区是否同一不清楚")
    if one.inner or other.inner:
        holder, whole = (one, other) if one.inner else (other, one)
        if holder.inner in tables.parts("zone_part") or _PARTS.fullmatch(holder.inner):
            return no(f"一方是其中的“{holder.inner}”")
        outer = _compare_wholes(_outer(holder), whole)
        if outer.same:
            return no(f"一方是其中的“{holder.inner}”")
        inner = _compare_wholes(zone(holder.inner), whole)
        if inner.same and len(tables.proper_part(holder.inner)) >= 2:
            return inner.because("一方写明了所在园区", less=0.03)
        called = (holder.stem + holder.inner, holder.place + holder.inner)
        if holder.inner != _whole(whole) and (_whole(whole) == called[0] or whole.place + _whole(whole) == called[1]):
            return yes(0.82, "一方写明了所在园区的类型")
        return unclear("一方写明了所在园区") if inner.same is not False else no("名称不同")
    return _compare_wholes(one, other)


def _outer(part: Zone) -> Zone:
    return Zone(part.region, part.place, part.stem, part.kind, "")


@lru_cache(maxsize=400_000)
def divisions(a: str, b: str) -> Match:
    """Compare two place names by the divisions they can mean."""
    x, y = names.comparable(a), names.comparable(b)
    mine, theirs = places.meanings(x), places.meanings(y)
    if mine and theirs:
        if mine == theirs and len(mine) == 1:
            return yes(0.98, "同一行政区划")
        if mine & theirs:
            return yes(0.9, "同一行政区划") if x == y else unclear("地名可以指不同的行政区划")
        return no("不同的行政区划")
    (mine_name, mine_kind), (their_name, their_kind) = places.bare(x), places.bare(y)
    if mine_name == their_name:
        if mine_kind and their_kind and mine_kind != their_kind:
            return no(f"级别不同:“{mine_kind}”和“{their_kind}”")
        return yes(0.85, "地名相同,一方省去级别")
    if x.endswith(y) or y.endswith(x):
        short, long = sorted((x, y), key=len)
        if len(short) >= 3 and places.prefixes().get(long[: -len(short)]):
            return yes(0.85, "一方写明了上级区划")
        return unclear("一方前面还有文字")
    return no("地名不同")


@cache
def _organs() -> tuple[str, ...]:
    forms = {names.shortened(names.comparable(form), "government") for form in tables.endings("government")}
    return tuple(
        sorted(
            {*forms, "政府", "管委会", "党工委", "市委", "省委", "区委", "县委"} - {"委"}, key=lambda f: (-len(f), f)
        )
    )


@lru_cache(maxsize=200_000)
def body(name: str) -> tuple[str, str]:
    """Whose public body it is (a place or zone as written) and which."""
    text = names.shortened(names.comparable(name), "government")
    text = re.sub(r"^(?:中共|中国共产党|国家税务总局(?=.{2,}税务局))", "", text).replace("党工委管委会", "管委会")
    for organ in _organs():
        if text.endswith(organ) and organ not in ("局", "厅", "部", "委"):
            return text[: -len(organ)], organ
    return "", text


@lru_cache(maxsize=400_000)
def bodies(a: str, b: str) -> Match:
    """Compare two names of public bodies: whose they are, and which."""
    (holder, organ), (other_holder, other_organ) = body(a), body(b)
    whole, other_whole = holder + organ, other_holder + other_organ
    if whole == other_whole:
        return (
            yes(0.96, "写成同样简称后相同")
            if holder not in ("", "市", "省", "区", "县")
            else unclear("没有写明是哪里的机构")
        )
    if not holder and not other_holder:
        swapped = names.misprint(whole, other_whole)
        if swapped and len(whole) >= 6:
            return yes(0.8, f"只差一个形近字:“{swapped[0]}”和“{swapped[1]}”")
        return no("机构名称不同")
    if organ != other_organ:
        swapped = names.misprint(whole, other_whole)
        if swapped and len(whole) >= 6:
            return yes(0.8, f"只差一个形近字:“{swapped[0]}”和“{swapped[1]}”")
        return no(f"机构不同:“{organ}”和“{other_organ}”")
    if not holder or not other_holder or holder in "省市区县" or other_holder in "省市区县":
        return unclear(f"一方没有写明是哪里的{organ}")
    as_places = divisions(holder, other_holder)
    if as_places.same and (places.meanings(holder) or places.meanings(other_holder)):
        return yes(0.93, f"同一地方的{organ}")
    as_zones = zones(holder, other_holder)
    if as_zones.same:
        return yes(min(as_zones.score, 0.9), f"同一园区的{organ}")
    if as_zones.same is None and not (places.meanings(holder) and places.meanings(other_holder)):
        return unclear(f"是不是同一地方的{organ}不清楚")
    return no(f"不同地方的{organ}:“{holder}”和“{other_holder}”")
