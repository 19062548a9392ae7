"""Whether two names of companies, funds or institutes are one organisation."""

from __future__ import annotations

from functools import cache, lru_cache
from typing import TYPE_CHECKING

from yanzhen.resolve import names, places, reference, tables
from yanzhen.resolve.match import no, unclear, yes

if TYPE_CHECKING:
    from yanzhen.resolve.match import Match
    from yanzhen.resolve.names import Firm


def _joint_stock(one: Firm) -> bool:
    return "股份" in one.legal


def _region_of_site(one: Firm) -> places.Codes:
    return places.forms().get(one.site, frozenset()) if one.site else frozenset()


def _sites(one: Firm, other: Firm) -> Match | None:
    """What places in brackets and regions decide; None where they decide nothing."""
    if one.site and other.site:
        if one.site != other.site and not (_region_of_site(one) & _region_of_site(other)):
            return no(f"设在不同地方的两家公司:{one.site}、{other.site}")
        return None
    mine, theirs = (one, other) if one.site else (other, one)
    if mine.site:
        if theirs.region and _region_of_site(mine) & theirs.region:
            return None
        if theirs.region and not places.compatible(_region_of_site(mine), theirs.region):
            return no("名称中的地区不同")
        if mine.site == "中国" or reference.anchors(theirs.text, "company") or reference.family(theirs.core):
            return no(f"一方是设在{mine.site}的公司,另一方不是")
        if mine.legal and not theirs.legal and theirs.trades and theirs.trades == mine.trades:
            return None
        if theirs.legal:
            return no(f"两个全称只有一个写明{mine.site}")
        return unclear(f"只有一方写明{mine.site},可能是不同的公司")
    if one.region and other.region and not places.compatible(one.region, other.region):
        return no("名称中的地区不同")
    return None


def _groups(one: Firm, other: Firm) -> Match | None:
    if one.group == other.group:
        return None
    group, plain = (one, other) if one.group else (other, one)
    if plain.legal:
        return no("一方是集团,另一方是其他公司")
    if plain.trades and plain.trades != group.trades:
        return no("一方是集团,另一方带有不同的行业词")
    if group.legal and (_joint_stock(group) or plain.trades):
        return None
    return unclear("一方写明集团,另一方没有")


def _trades(one: Firm, other: Firm) -> Match:
    """Of two names with one coined word."""
    mine, theirs = "".join(one.trades), "".join(other.trades)
    if mine == theirs:
        if one.legal and other.legal and one.legal != other.legal:
            return yes(0.9, "字号和行业词相同,只有法定形式不同")
        return yes(0.95, "字号和行业词相同")
    if one.legal and other.legal:
        return no(f"两个全称的行业词不同:“{mine}”和“{theirs}”")
    if one.legal or other.legal:
        full, short = (one, other) if one.legal else (other, one)
    else:
        full, short = (one, other) if len(mine) > len(theirs) else (other, one)
    long, brief = "".join(full.trades), "".join(short.trades).removesuffix("股份")
    if not brief:
        if len(short.core) < 2 or short.core in tables.common_nouns():
            return unclear(f"“{short.text}”太短,可能指多家公司")
        if reference.family(short.core) > 1:
            return unclear(f"多家公司以“{short.core}”为字号,简称指哪一家不清楚")
        if short.region or not full.legal:
            return yes(0.78, f"字号相同,“{short.text}”是简称")
        return yes(0.82, f"字号“{short.core}”相同,一方是简称")
    if long.startswith(brief):
        return yes(0.9, f"“{short.text}”是全称的开头部分")
    if names.abbreviates(short.core + brief, full.core + long):
        return yes(0.85, f"“{short.text}”是全称的缩写")
    if set(short.trades) <= set(full.trades):
        if reference.family(short.core) > 1:
            return unclear("字号相同,行业词只有一部分相同,同字号的公司有多家")
        return yes(0.75, "字号相同,行业词是全称的一部分")
    if set(short.trades) & set(full.trades):
        return unclear("字号相同,行业词部分相同")
    return no(f"字号相同,行业词不同:“{mine}”和“{theirs}”", score=0.15)


def _rewritten(stem: str) -> str:
    return stem.replace("微电", "微电子").replace("微电子子", "微电子")


@lru_cache(maxsize=400_000)
def by_parts(a: str, b: str, kind: str) -> Match:
    """Compare two names of companies or funds by their parts, without reference tables of identities."""
    one, other = names.firm(a, kind), names.firm(b, kind)
    if one.branch != other.branch:
        if not one.branch or not other.branch:
            return no(f"一方是分支机构“{one.branch or other.branch}”")
        if places.bare(one.branch)[0] != places.bare(other.branch)[0]:
            return no(f"不同的分支机构:“{one.branch}”和“{other.branch}”")
    decided = _sites(one, other) or _groups(one, other)
    if one.core != other.core:
        shorter, longer = sorted((one, other), key=lambda f: len(f.stem))
        if _rewritten(one.stem) == _rewritten(other.stem):
            return decided if decided and decided.same is False else yes(0.88, "名称相同,行业词写法不同")
        if decided and decided.same is False:
            return decided
        swapped = names.misprint(one.stem, other.stem)
        if swapped and len(one.stem) >= 4:
            return yes(0.8, f"只差一个形近字:“{swapped[0]}”和“{swapped[1]}”")
        if not shorter.legal and longer.stem.startswith(shorter.stem) and len(shorter.stem) >= 3:
            return decided or yes(0.8, f"“{shorter.text}”是全称的开头部分")
        if not shorter.legal and longer.legal and not shorter.region and longer.region:
            opened = places.prefixes()
            for form in sorted(opened, key=len):
                # 西南集成, 嘉兴雅港: the short form keeps the region that the full one is taken apart from
                if opened[form] & longer.region and longer.stem.startswith(shorter.stem.removeprefix(form)):
                    rest = shorter.stem.removeprefix(form)
                    if rest != shorter.stem and len(rest) >= 2:
                        return decided or yes(0.85, f"“{shorter.text}”是“地区+字号”的简称")
        return no(f"字号不同:“{one.core}”和“{other.core}”")
    match = _trades(one, other)
    if match.same is False:
        swapped = names.misprint(one.stem, other.stem)
        if swapped and len(one.stem) >= 5 and not (decided and decided.same is False):
            return yes(0.8, f"只差一个形近字:“{swapped[0]}”和“{swapped[1]}”")
        return match
    if decided:
        return decided
    if match.same and bool(one.region) != bool(other.region):
        return match.because("一方省略了地区", less=0.03)
    return match


def _same_head(mine: str, theirs: str) -> Match:
    """Two organisations named below one and the same parent: by what follows the parent's name."""
    if mine == theirs:
        return yes(0.95, "上级机构和下属名称都相同")
    if not mine or not theirs:
        return no(f"一方是下属机构“{mine or theirs}”,另一方是上级本身")
    if names.abbreviates(*sorted((mine, theirs), key=len)):
        return yes(0.88, "上级机构相同,下属名称是缩写")
    swapped = names.misprint(mine, theirs)
    if swapped and len(mine) >= 5:
        return yes(0.8, f"只差一个形近字:“{swapped[0]}”和“{swapped[1]}”")
    return no(f"同一上级的不同下属:“{mine}”和“{theirs}”")


def _noun(text: str) -> str:
    return next((noun for noun in tables.parts("institute_noun") if text.endswith(noun)), "")


@cache
def _common() -> frozenset[str]:
    """Endings of names of institutes as they are compared; without a region they name nothing."""
    return frozenset(names.shortened(names.tidied(form), "institute") for form in tables.vocabulary())


def _plain_institute(text: str) -> tuple[places.Codes, str]:
    match = tables.legal_forms().search(text)
    if match and match.start() >= 4:
        text = text[: match.start()]
    text = text.replace("(筹)", "").replace("筹建", "")
    return places.split_region(text, 3)


def _university(short: str, full: str) -> Match | None:
    """Whether a short form stands for this university and for no other of the list."""
    if not full.endswith(("大学", "学院")) or len(short) > 6 or len(short) < 2:
        return None
    if full == short + "大学" and len(short) >= 4:
        return yes(0.9, f"“{short}”是省去“大学”的简称")
    bearing = [name for name in reference.universities() if name[0] == short[0] and _stands_for(short, name)]
    if full not in bearing:
        return None
    if len(bearing) == 1:
        return yes(0.85, f"“{short}”只可能是“{full}”的简称")
    return unclear(f"“{short}”可能是{len(bearing)}所高校的简称")


def _stands_for(short: str, full: str) -> bool:
    """北工大 for 北京工业大学: ends in 大, else keeps words of the name."""
    if short.endswith("大") and full.endswith("大学"):
        inner, whole = short[:-1], full[:-2]
        at = 0
        for char in inner:
            at = whole.find(char, at) + 1
            if not at:
                return False
        return True
    return full.endswith("大学") and names.abbreviates(short + "大学", full)


@lru_cache(maxsize=400_000)
def institutes(a: str, b: str) -> Match:
    """Compare two names of institutes by parent and own name."""
    one, other = (names.shortened(names.comparable(name), "institute") for name in (a, b))
    if one == other:
        return yes(0.97, "写成同样简称后相同")
    mine, mine_rest = reference.head(one, "institute")
    theirs, theirs_rest = reference.head(other, "institute")
    if mine and theirs:
        if mine.id == theirs.id:
            return _same_head(mine_rest, theirs_rest)
        return no(f"上级机构不同:“{mine.name}”和“{theirs.name}”")
    (mine_at, x), (their_at, y) = _plain_institute(one), _plain_institute(other)
    if not places.compatible(mine_at, their_at):
        return no("名称中的地区不同")
    if x == y:
        if x in _common() and bool(mine_at) != bool(their_at):
            return unclear("去掉地区后只剩通称")
        return yes(0.9, "去掉地区和法定形式后相同")
    for short, full in ((one, other), (other, one)):
        found = _university(short, full)
        if found:
            return found
    short, full = sorted((x, y), key=len)
    if (mine and x.endswith(y)) or (theirs and y.endswith(x)):
        return unclear("一方写明上级机构,另一方没有")
    noun = _noun(full)
    if noun and full == short + noun:
        if len(short) >= 4:
            return yes(0.85, f"“{short}”是省去“{noun}”的简称")
        return unclear(f"只差“{noun}”二字,简称太短")
    if "(" in full and full.split("(")[0] == short:
        return no("一方是设在外地的机构")
    if noun == _noun(short) and names.abbreviates(short, full):
        return yes(0.85, f"“{short}”是“{full}”的缩写")
    swapped = names.misprint(x, y)
    if swapped and len(x) >= 6:
        return yes(0.8, f"只差一个形近字:“{swapped[0]}”和“{swapped[1]}”")
    if full.startswith(short):
        return no(f"一方是“{short}”的下属机构或不同机构")
    if full.endswith(short):
        return unclear(f"一方前面多出“{full[: -len(short)]}”")
    return no("名称不同")
