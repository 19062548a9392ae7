"""Whether two names of projects, products, policies, honours, events or persons are one."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from yanzhen.fold import fold_name
from yanzhen.resolve import names, places, tables
from yanzhen.resolve.match import Match, no, unclear, yes

if TYPE_CHECKING:
    from yanzhen.resolve.names import Figures

_PROJECT_START = re.compile(r"^(?:新建|建设|投资建设|关于)")


def _figures_differ(one: Figures, other: Figures) -> Match | None:
    """What numbers decide for things that are told apart by them."""
    if one.phase != other.phase:
        if one.phase and other.phase:
            return no(f"不同的分期:{one.phase}期和{other.phase}期")
        return no(f"一方只是其中的{one.phase or other.phase}期")
    if one.sizes and other.sizes and not set(one.sizes) & set(other.sizes):
        return no(f"规格不同:{'、'.join(one.sizes)}和{'、'.join(other.sizes)}")
    if one.amounts and other.amounts and not set(one.amounts) & set(other.amounts):
        return no(f"数量不同:{'、'.join(one.amounts)}和{'、'.join(other.amounts)}")
    return None


def builds(text: str) -> str:
    """What a project builds (`生产线`), or nothing."""
    return next((noun for noun in tables.parts("builds") if noun in text), "")


def project_stem(name: str) -> tuple[Figures, str]:
    """The figures of a project's name, and the name without figures and 项目 at its end."""
    text = names.shortened(names.comparable(name), "project")
    found, rest = names.figures(text)
    rest = _PROJECT_START.sub("", tables.part_at_end("project_tail").sub("", rest))
    return found, rest.strip("()-· ") or text


def _between(one: str, other: str) -> tuple[str, str]:
    """What is left of two names when what they begin and end with in common is taken off."""
    head = 0
    while head < min(len(one), len(other)) and one[head] == other[head]:
        head += 1
    tail = 0
    while tail < min(len(one), len(other)) - head and one[-1 - tail] == other[-1 - tail]:
        tail += 1
    return one[head : len(one) - tail], other[head : len(other) - tail]


@lru_cache(maxsize=400_000)
def projects(a: str, b: str) -> Match:
    """Compare two project names; a phase is never the whole."""
    (mine, x), (theirs, y) = project_stem(a), project_stem(b)
    decided = _figures_differ(mine, theirs)
    if decided:
        return decided
    if x == y:
        return yes(0.93, "去掉“项目”等字后相同") if len(x) >= 4 else unclear("名称太短")
    short, long = sorted((x, y), key=len)
    proper = tables.proper_part(re.sub(r"\d+(?:\.\d+)?(?:英寸|代|纳米|nm)", "", short))
    swapped = names.misprint(x, y)
    if swapped and len(x) >= 6:
        return yes(0.8, f"只差一个形近字:“{swapped[0]}”和“{swapped[1]}”")
    one_builds, other_builds = builds(x), builds(y)
    if one_builds and other_builds and one_builds != other_builds and not (
        one_builds in other_builds or other_builds in one_builds
    ):  # fmt: skip
        return no(f"建设内容不同:“{one_builds}”和“{other_builds}”")
    region_a, bare_a = places.split_region(x, 4)
    region_b, bare_b = places.split_region(y, 4)
    if not places.compatible(region_a, region_b):
        return no("名称中的地区不同")
    if bare_a == bare_b:
        return yes(0.85, "一方省略了地区") if proper else unclear("除地区外只有通称")
    if long.endswith(short) or long.startswith(short):
        added = long[: -len(short)] if long.endswith(short) else long[len(short) :]
        if len(proper) >= 2 and len(short) >= 4:
            return yes(0.82, f"一方多出“{added}”")
        if len(short) >= 8:
            return unclear(f"名称相同,一方多出“{added}”")
        return unclear("较短的名称只是通称")
    if names.abbreviates(
        bare_a if len(bare_a) < len(bare_b) else bare_b, bare_b if len(bare_a) < len(bare_b) else bare_a
    ):
        return yes(0.8, "一方是缩写") if len(proper) >= 2 else unclear("一方是缩写,但只有通称")
    middles = _between(bare_a, bare_b)
    if min(map(len, middles)) >= 2 and not any(names.abbreviates(p, q) for p, q in (middles, middles[::-1])):
        if not set(middles[0]) & set(middles[1]):
            return no(f"内容不同:“{middles[0]}”和“{middles[1]}”", score=0.15)
    mine_own, their_own = tables.proper_part(bare_a), tables.proper_part(bare_b)
    if mine_own and their_own and not (mine_own in their_own or their_own in mine_own):
        return no("项目名称不同")
    if mine_own and mine_own == their_own and set(mine.sizes) & set(theirs.sizes):
        return yes(0.75, "专名和规格相同")
    return unclear("项目名称只有一部分相同")


_MODEL = re.compile(
    r"[a-z]{1,8}[-/ ]?\d[a-z0-9.+-]{0,10}|\d+(?:\.\d+)?[a-z]{1,6}\d*|[a-z]+(?:\s[a-z0-9]+)?|\d+(?:\.\d+)?"
)
_NUMBERED = re.compile(r"([一二三四五六七八九十\d]+)号")
_PRODUCT_END = re.compile(r"(?:系列)?(?:产品|型号|系列)$")


@lru_cache(maxsize=400_000)
def products(a: str, b: str) -> Match:
    """Compare two product names; model numbers decide."""
    x, y = (_PRODUCT_END.sub("", names.shortened(names.comparable(name), "product")) for name in (a, b))
    if x == y:
        return yes(0.93, "名称相同")
    mine = {re.sub(r"[-/ ]", "", m.group()) for m in _MODEL.finditer(x)}
    theirs = {re.sub(r"[-/ ]", "", m.group()) for m in _MODEL.finditer(y)}
    numbers, other_numbers = set(_NUMBERED.findall(x)), set(_NUMBERED.findall(y))
    if numbers and other_numbers and numbers != other_numbers:
        return no("编号不同")
    digits = {m for m in mine if re.search(r"\d", m)}
    other_digits = {m for m in theirs if re.search(r"\d", m)}
    if digits and other_digits and digits != other_digits:
        return no(f"型号不同:{'、'.join(sorted(digits))}和{'、'.join(sorted(other_digits))}")
    short, long = sorted((re.sub(r"[-/ 型]", "", x), re.sub(r"[-/ 型]", "", y)), key=len)
    if short == long:
        return yes(0.92, "只差连字符或“型”字")
    coded = digits and digits == other_digits and any(len(m) >= 3 for m in digits)
    if coded and (short in long or not re.search(r"[\u4e00-\u9fff]", short)):
        return yes(0.88, "型号相同,一方多出类别或品牌")
    if coded:
        return unclear("型号相同,其余文字不同")
    if digits != other_digits:
        return no("一方带有型号") if not long.startswith(short) else unclear("一方带有型号")
    if long.startswith(short) or long.endswith(short):
        added = long[len(short) :] if long.startswith(short) else long[: -len(short)]
        own = tables.proper_part(short)
        if long.startswith(short) and added in tables.vocabulary() and (len(own) >= 2 or numbers):
            return yes(0.85, f"一方多出类别“{added}”")
        if long.endswith(short) and (len(own) >= 3 or numbers) and len(short) >= 4:
            return yes(0.78, f"一方前面多出“{added}”")
        return unclear(f"一方多出“{added}”")
    swapped = names.misprint(x, y)
    if swapped and len(x) >= 5:
        return yes(0.8, f"只差一个形近字:“{swapped[0]}”和“{swapped[1]}”")
    return no("产品名称不同")


_NUMBER = re.compile(r"[\u4e00-\u9fff]{1,10}\((?:19|20)\d{2}\)\d{1,4}号")
_NOTICE = re.compile(
    r"^(?:[\u4e00-\u9fff()]{2,30}?)?关于(?:印发|发布|公布|转发|实施)?(.{4,80}?)(?:的(?:通知|公告|通告|决定|批复|函))?$"
)
_DRAFT = re.compile(
    r"\((?:征求意见稿|送审稿|讨论稿|草案|草案征求意见稿|公开征求意见稿|修订稿|修订征求意见稿)\)|(?:征求意见稿|草案)$"
)
_TRIAL = re.compile(r"\((?:试行|暂行)\)|(?<=[^\s])(?:试行|暂行)(?=办法|规定|条例)")
_REVISED = re.compile(r"\((?:\d*修订|\d*修正|修订版|新版|\d*修订版)\)|修订版$")
_PLANNED = re.compile(r"(十[一二三四五六七八九]五|[七八九]五)|(?:第?(?:十[一二三四五]?|1[0-9])个五年)")
_RIGHT_KIND = {"暂行办法": "管理办法", "办法": "管理办法"}
_QUOTED = re.compile(r"[“\"「]([^”\"」]{2,20})[”\"」]")


@lru_cache(maxsize=400_000)
def policies(a: str, b: str) -> Match:
    """Compare two policies by document number, then title, edition and draft."""
    x, y = (names.shortened(names.comparable(name), "policy") for name in (a, b))
    mine, theirs = _NUMBER.search(x), _NUMBER.search(y)
    if mine and theirs:
        same = mine.group()[-14:] == theirs.group()[-14:] and (
            mine.group().endswith(theirs.group()) or theirs.group().endswith(mine.group())
        )
        return yes(0.97, f"文号相同:{mine.group()}") if same else no("文号不同")
    x, y = (_NUMBER.sub("", text).replace("()", "").strip() for text in (x, y))
    if bool(_DRAFT.search(x)) != bool(_DRAFT.search(y)):
        return no("一方是征求意见稿或草案")
    if bool(_REVISED.search(x)) != bool(_REVISED.search(y)):
        return no("一方是修订版")
    x, y = (_TRIAL.sub("", _DRAFT.sub("", _REVISED.sub("", text))) for text in (x, y))
    x, y = (_issued(text) for text in (x, y))
    (one, x), (other, y) = names.figures(x), names.figures(y)
    if one.years and other.years and one.years != other.years:
        return no(f"年份不同:{'-'.join(one.years)}和{'-'.join(other.years)}")
    if one.edition != other.edition:
        return no("批次或期次不同") if one.edition and other.edition else unclear("只有一方写明批次")
    plan, other_plan = _PLANNED.search(x), _PLANNED.search(y)
    if plan and other_plan and plan.group() != other_plan.group():
        return no(f"不同的五年规划:{plan.group()}和{other_plan.group()}")
    quoted, other_quoted = _QUOTED.search(fold_name(a)), _QUOTED.search(fold_name(b))
    (region_a, p), (region_b, q) = places.split_region(x, 3), places.split_region(y, 3)
    if not places.compatible(region_a, region_b):
        return no("发布地区不同")
    p, q = re.sub(r"^[省市区县]", "", p), re.sub(r"^[省市区县]", "", q)
    if p == q:
        if len(one.years) != len(other.years):
            if max(len(one.years), len(other.years)) == 1:
                return unclear("只有一方写明年份,可能是不同年度的版本")
            return yes(0.85, "标题相同,一方省略了起止年份")
        if bool(region_a) != bool(region_b):
            return yes(0.82, "标题相同,一方省略了地区") if len(p) >= 6 else unclear("一方省略了地区")
        return yes(0.95, "标题相同")
    mine_kind, their_kind = tables.part_at_end("policy_kind").search(p), tables.part_at_end("policy_kind").search(q)
    if quoted and other_quoted and quoted[1] != other_quoted[1]:
        return no(f"引号中的名称不同:“{quoted[1]}”和“{other_quoted[1]}”")
    if mine_kind and their_kind and mine_kind.group() != their_kind.group():
        if _RIGHT_KIND.get(mine_kind.group(), mine_kind.group()) != _RIGHT_KIND.get(
            their_kind.group(), their_kind.group()
        ):
            return no(f"文种不同:“{mine_kind.group()}”和“{their_kind.group()}”")
        if p[: mine_kind.start()] == q[: their_kind.start()]:
            return yes(0.85, "标题相同,文种写法不同")
    if quoted and other_quoted:
        return yes(0.85, f"引号中的名称相同:“{quoted[1]}”")
    either = quoted or other_quoted
    if either and either[1] in (x if quoted is None else y) and len(either[1]) >= 3:
        return yes(0.8, f"都称“{either[1]}”")
    short, long = sorted((p, q), key=len)
    swapped = names.misprint(p, q)
    if swapped and len(p) >= 8:
        return yes(0.8, f"只差一个形近字:“{swapped[0]}”和“{swapped[1]}”")
    if long.endswith(short) and len(short) >= 8:
        return yes(0.8, f"一方前面多出“{long[: -len(short)]}”")
    if short.replace("的", "") == long.replace("的", "") or _loosely(short) == _loosely(long):
        return yes(0.88, "只差虚词")
    if mine_kind and their_kind and names.abbreviates(short, long) and len(short) >= 6:
        return yes(0.76, "一方是标题的缩写")
    if long.startswith(short) or long.endswith(short):
        return unclear("一方是另一方标题的一部分")
    return no("标题不同")


def _loosely(text: str) -> str:
    return re.sub(r"促进|推动|支持|加快|的|关于|发展|和|与|及|、|,", "", text)


def _issued(text: str) -> str:
    """The title a notice prints: 关于印发X的通知 is about X."""
    found = _NOTICE.match(text)
    return found[1] if found else text


def _rank(text: str) -> str:
    """Level of an honour: who gives it, 国家 or 省 …"""
    for word, rank in (
        ("国家", "国家"),
        ("全国", "国家"),
        ("中国", "国家"),
        ("省级", "省"),
        ("全省", "省"),
        ("市级", "市"),
        ("全市", "市"),
    ):
        if text.startswith(word) or (word.endswith("级") and word in text[:8]):
            return rank
    return ""


def _grade(text: str) -> str:
    return next((grade for grade in tables.parts("grade") if grade.casefold() in text), "")


@lru_cache(maxsize=400_000)
def honors(a: str, b: str, known: bool) -> Match:
    """Compare two honours by level, grade, batch and name; `known`: the tables know both as one."""
    (one, x), (other, y) = (names.figures(names.shortened(names.comparable(name), "honor")) for name in (a, b))
    if one.years and other.years and one.years != other.years:
        return no("年度不同")
    if one.edition and other.edition and one.edition != other.edition:
        return no("批次不同")
    if _grade(x) != _grade(y):
        return no("奖项等级不同")
    if known:
        if len(one.years) != len(other.years):
            return unclear("同一荣誉,只有一方写明年度")
        return yes(0.95, "参考表中是同一荣誉")
    x, y = (tables.part_at_end("honor_tail").sub("", text) for text in (x, y))
    rank, other_rank = _rank(x), _rank(y)
    if rank and other_rank and rank != other_rank:
        return no(f"级别不同:{rank}级和{other_rank}级")
    (region_a, p), (region_b, q) = places.split_region(x, 3), places.split_region(y, 3)
    if (
        not places.compatible(region_a, region_b)
        or (region_a and other_rank == "国家")
        or (region_b and rank == "国家")
    ):
        return no("授予的地区或级别不同")
    p, q = (re.sub(r"^(?:国家级|省级|市级|国家|全国|级|中国)", "", text) for text in (p, q))
    if p == q:
        if bool(one.years) != bool(other.years):
            return unclear("只有一方写明年度")
        if (rank or region_a) and (other_rank or region_b):
            return yes(0.93, "名称和级别相同")
        if not (rank or region_a or other_rank or region_b):
            return yes(0.93, "名称相同")
        return unclear("只有一方写明级别或地区")
    short, long = sorted((p, q), key=len)
    if bool(rank or region_a) == bool(other_rank or region_b):
        if long in (short + "企业", short + "奖", short + "奖项", short + "单位") and len(short) >= 4:
            return yes(0.88, f"一方省去“{long[len(short) :]}”")
        if names.abbreviates(short, long):
            return yes(0.8, "一方是缩写")
        swapped = names.misprint(p, q)
        if swapped and len(p) >= 6:
            return yes(0.8, f"只差一个形近字:“{swapped[0]}”和“{swapped[1]}”")
    if long.startswith(short) or long.endswith(short):
        return unclear("一方是另一方名称的一部分")
    return no("名称不同")


@lru_cache(maxsize=400_000)
def events(a: str, b: str, series: bool) -> Match:
    """Compare two events by year, edition and name; `series`: the tables know both as one series."""
    (one, x), (other, y) = (names.figures(names.shortened(names.comparable(name), "event")) for name in (a, b))
    if one.years and other.years and one.years != other.years:
        return no(f"年份不同:{one.years[0]}和{other.years[0]}")
    if one.edition and other.edition and one.edition != other.edition:
        return no(f"届次不同:{one.edition}和{other.edition}")
    part, other_part = ({word for word in tables.parts("sub_event") if word in text} for text in (x, y))
    (region_a, p), (region_b, q) = places.split_region(x, 3), places.split_region(y, 3)
    if not places.compatible(region_a, region_b):
        return no("举办地不同")
    same_time = bool(one.years) == bool(other.years) and bool(one.edition) == bool(other.edition)
    agreed = (one.years and one.years == other.years) or (one.edition and one.edition == other.edition)
    if series or x == y or p == q:
        if same_time or agreed:
            return yes(0.95 if x == y else 0.88, "名称和届次相同" if agreed else "名称相同")
        return unclear("同一系列活动,只有一方写明年份或届次")
    if part != other_part:
        return no(f"一方是其中的“{'、'.join(sorted(part ^ other_part))}”")
    short, long = sorted((p, q), key=len)
    close = names.abbreviates(short, long) or (long.endswith(short) and len(tables.proper_part(short)) >= 2)
    if close and (same_time or agreed):
        return yes(0.82, "一方是缩写或省略了前缀")
    swapped = names.misprint(p, q)
    if swapped and len(p) >= 6 and (same_time or agreed):
        return yes(0.8, f"只差一个形近字:“{swapped[0]}”和“{swapped[1]}”")
    if close:
        return unclear("同一系列活动,只有一方写明年份或届次")
    return no("活动名称不同")


_NOTE = re.compile(r"\([^()a-z]{1,12}\)$")


@lru_cache(maxsize=200_000)
def person(name: str) -> tuple[str, bool]:
    """A person's name without titles, and whether any were taken off."""
    text = _NOTE.sub("", names.comparable(name))
    before, after = tables.titles()
    whole = text
    for _ in range(3):
        short = after.sub("", text, count=1)
        if short == text and len(text) >= 3:
            short = tables.part_at_end("polite").sub("", text)
        if not short or short == text:
            break
        text = short
    for _ in range(3):
        short = before.sub("", text, count=1)
        if len(short) < 2 or short == text:
            break
        text = short
    if len(text) > 4 and "·" not in text and not text.isascii():
        # 某某公司董事长张三: the last title before the name
        for size in (2, 3, 4):
            head = text[:-size]
            if text[-size] in tables.surnames() and re.search(r"(?:长|理|记|任|授|士|员|人|师|官|裁|席|监)$", head):
                return text[-size:], True
    return text, text != whole


@lru_cache(maxsize=400_000)
def persons(a: str, b: str) -> Match:
    """Compare two names of persons; titles and posts are no part of a name."""
    (x, _), (y, _) = person(a), person(b)
    if x == y:
        return unclear("只有姓氏") if len(x) < 2 else yes(0.9, "姓名相同(是否同名的两个人要看上下文)")
    short, long = sorted((x, y), key=len)
    if len(short) == 1:
        return unclear("一方只有姓氏,姓氏相同") if long.startswith(short) else no("姓氏不同")
    if "·" in long or " " in long:
        mine, theirs = set(re.split(r"[·\s.]+", short)), set(re.split(r"[·\s.]+", long))
        last = re.split(r"[·\s.]+", long)[-1]
        if mine <= theirs and last in mine and (len(last) >= 3 or len(mine) > 1):
            return yes(0.82, "外国人名的姓相同,一方省去名字")
        if "".join(sorted(mine)) == "".join(sorted(theirs)):
            return yes(0.88, "姓和名的次序不同")
        return no("姓名不同")
    swapped = names.misprint(x, y)
    if swapped and len(x) >= 3:
        return unclear(f"只差一个形近字:“{swapped[0]}”和“{swapped[1]}”,可能是错字")
    return no("姓名不同")
