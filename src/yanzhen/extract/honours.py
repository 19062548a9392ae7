"""Titles that no table knows, by how they are made: a grade, what it is for, and a word for who bears it.

`国家级|知识产权优势|示范企业`, `第七批绿色制造|名单`, `中国新型显示|之都`, `全国压铸模具企业前|20强`.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import cache
from typing import TYPE_CHECKING

from yanzhen.data import rows, split
from yanzhen.extract.mentions import Found, Mention

if TYPE_CHECKING:
    from collections.abc import Iterator

_INSIDE = r"[\u4e00-\u9fffA-Za-z0-9“”()—-]"
_LONGEST = 18  # characters between the grade and the word that ends a title
_NEVER = re.compile(r"[在为是的等和及与将已被其]|企业.*企业|公司|高新区|经开区|[家个项]")
_MORE = re.compile(r"(?:称号|名单|认定|培育名单|创建名单)")
_BEHIND = re.compile(r"[\u4e00-\u9fff]{0,2}(?:项目|建设|负责人|数量|认定工作)")


@cache
def _words(kind: str) -> str:
    """An alternation of one class of `words/honour_words.csv`, longest first."""
    forms = {f for row in rows("words/honour_words.csv") if row["class"] == kind for f in split(row["form"])}
    return "|".join(map(re.escape, sorted(forms, key=len, reverse=True)))


@cache
def _provinces() -> str:
    """An alternation of the short names of the provinces (四川|省级…)."""
    return "|".join(row["short"] for row in rows("places/divisions.csv") if row["level"] == "province")


@cache
def _graded() -> re.Pattern[str]:
    return re.compile(
        rf"(?P<grade>(?:第[一二三四五六七八九十]{{1,3}}批)?(?:\d{{4}}年?度?)?(?:(?:{_provinces()})(?=[省市]))?(?:{_words('grade')})级?)"
        rf"(?P<what>{_INSIDE}{{0,{_LONGEST}}}?)(?P<head>{_words('head')})(?:{_words('head')})?"
    )


@cache
def _listed() -> re.Pattern[str]:
    """Official lists, by their batch or year."""
    return re.compile(
        r"(?:第[一二三四五六七八九十]{1,3}批|首批|\d{4}年?度?)(?:[\u4e00-\u9fff“”]{2,20}?)(?:名单|目录|榜单|百强榜)"
    )


@cache
def _strongest() -> re.Pattern[str]:
    return re.compile(
        r"(?:中国|全国|全球|世界|亚洲)[\u4e00-\u9fff“”]{2,14}?前?(?:\d{1,3}|百|十|[二三五]十)强(?:企业|园区|县)?"
        r"|(?:中国|世界)[\u4e00-\u9fff]{1,3}都(?=[,。、;”和])"
    )


@cache
def _called() -> re.Pattern[str]:
    return re.compile(rf"(?:{_words('called')})(?P<name>“[^“”,。;]{{2,20}}”)(?:[和、](?P<second>“[^“”,。;]{{2,20}}”))?")


def added(text: str, found: Found) -> Found:
    """What was found in a text, with the titles among the names; a title takes the place of names within it."""
    names, starts = found.mentions, [m.start for m in found.mentions]
    titles: list[Mention] = []
    end = 0
    for start, stop, origin in sorted(_titles(text), key=lambda t: (t[0], t[0] - t[1])):
        if start < end or _crosses(names, starts, start, stop):
            continue
        titles.append(Mention(start, stop, "honor", text[start:stop], origin))
        end = stop
    if not titles:
        return found
    covered = [m for m in names if any(t.start <= m.start and m.end <= t.end for t in titles)]
    kept = [m for m in names if m not in covered]
    return Found(
        found.words,
        sorted([*kept, *titles], key=lambda m: m.start),
        sorted([*found.inner, *covered], key=lambda m: m.start),
    )


def _crosses(names: list[Mention], starts: list[int], start: int, end: int) -> bool:
    """Whether a span tears a name, or lies in one that is as long; names of types that bear titles stay whole."""
    at = max(0, bisect_left(starts, start) - 1)
    while at < len(names) and names[at].start < end:
        name = names[at]
        if name.end > start:
            within = start <= name.start and name.end <= end
            if not within or (name.type in ("honor", "company", "zone", "institute", "event") and name.ref):
                return True
            if name.type == "honor" and name.end - name.start == end - start:
                return True
        at += 1
    return False


def _titles(text: str) -> Iterator[tuple[int, int, str]]:
    for match in _graded().finditer(text):
        what = match.group("what")
        if _NEVER.search(what) or what.count("“") != what.count("”") or _BEHIND.match(text, match.end()):
            continue
        more = _MORE.match(text, match.end())
        yield match.start(), more.end() if more and more.group() != "认定" else match.end(), "honour:graded"
    for match in _listed().finditer(text):
        if not _NEVER.search(match.group()[2:]):
            yield match.start(), match.end(), "honour:list"
    for match in _strongest().finditer(text):
        yield match.start(), match.end(), "honour:ranked"
    for match in _called().finditer(text):
        for group in ("name", "second"):
            if match.group(group):
                yield match.start(group), match.end(group), "honour:called"
