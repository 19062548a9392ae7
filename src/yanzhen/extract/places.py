"""Places in a clean text beside those of the tables: towns and streets; and where a place's name is no place."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from yanzhen.extract.naming import is_coined
from yanzhen.extract.words import NAME, known

if TYPE_CHECKING:
    from collections.abc import Iterator

    from yanzhen.extract.words import Words

_TOWN = re.compile(r"(?:街道|镇|乡|村)(?!办|村|企业|长|级|工业|容|民|委|镇|里|庄)")
_NO_TOWN = re.compile(
    r"小镇$|农村$|乡村$|中关村$|新村$|山村$|城镇$|乡镇$|重镇$|村镇$|市镇$|特色|古镇$|下乡$|返乡$|家乡$|故乡$|城乡$"
)
_SHORTEST, _LONGEST = 3, 6
# `某地日报`, `某地国际机场`: part of another name; `某地人`, `某地造`: a quality.
_TAIL = re.compile(
    r"日报|晚报|晨报|早报|商报|时报|电视台|广播|发布(?![了会])|网讯|新闻|讯(?![息])|国际机场|机场|火车站|高铁站|港区|[人籍话产式菜](?![民员才口均民工生业城])|口音|造(?![船纸价])|电(?=[(\s])"
)


def towns(text: str, words: Words) -> Iterator[tuple[int, int]]:
    """(start, end) of towns and streets that no table has."""
    for match in _TOWN.finditer(text):
        end = match.end()
        last = words.at[end - 1]
        if words.ends[last] != end:
            continue
        start = words.starts[last]
        if start == match.start() and last > 0 and words.ends[last - 1] == start:
            word, tag = words.words[last - 1], words.tags[last - 1]
            if tag not in ("ns", "nz", "nr", "nrt", "x") and known(word):
                continue
            start = words.starts[last - 1]
            before = last - 2
            while (
                before >= 0
                and words.ends[before] == start
                and len(words.words[before]) == 1
                and end - start < _LONGEST - 1
            ):
                if words.tags[before] not in ("ns", "nz", "nr", "ng", "g", "m"):
                    break
                start = words.starts[before]
                before -= 1
        name = text[start:end]
        if (
            _SHORTEST <= len(name) <= _LONGEST
            and not _NO_TOWN.search(name)
            and not (known(name) and words.tags[last] != "ns")
        ):
            yield start, end


# `某地某某投资有限公司`: a place that begins the name of an organisation, recognised or not.
_HEADS_NAME = re.compile(
    r"[^\W\d_a-z的在和与及、了是将等]{2,12}?(?:有限公司|供电公司|研究院|研究所|实验室|大学|分行|支行)"
)


def is_part(text: str, words: Words, start: int, end: int) -> bool:
    """Whether a place's short name only begins another name (某地|日报, 某地|某某|公司) or tells a quality."""
    if _TAIL.match(text, end) or (start and text[start - 1] == "(" and text[end : end + 1] == ")"):
        return True  # 某某(某地)公司
    if _HEADS_NAME.match(text, end):
        return True
    if end >= len(text) or end - start > 2 or text[end - 1] in "省市县区":
        return False
    after = words.at[end]
    if words.starts[after] != end or words.tags[after] == NAME:
        return False
    word, tag = words.words[after], words.tags[after]
    return is_coined(word, tag) and not known(word)
