"""Events that are called by what they are, where the text says that they are held: `举行…集中开工仪式`."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from yanzhen.extract.lexicon import word_class

if TYPE_CHECKING:
    from collections.abc import Iterator

    from yanzhen.extract.words import Words

_LEAST = 4  # characters before the ending


@cache
def _held() -> re.Pattern[str]:
    endings = "|".join(map(re.escape, sorted(word_class("event_ending"), key=lambda f: (-len(f), f))))
    verbs = "|".join(map(re.escape, sorted(word_class("event_verb"), key=lambda f: (-len(f), f))))
    return re.compile(
        rf"(?:{verbs})(?:了|的)?(?P<name>[^,。;:!?\n、的了在并将与]{{2,28}}?(?:{endings}))(?:(?:暨|及)[^,。;:!?\n、的了在并将]{{2,16}}?(?:{endings}))?(?![\u4e00-\u9fff]?(?:中心|公司))"
    )


def find(text: str, words: Words) -> Iterator[tuple[int, int]]:
    """(start, end) of events that are said to be held."""
    for match in _held().finditer(text):
        low, high = match.start("name"), match.end()
        if high - low >= _LEAST + 2 and words.ends[words.at[high - 1]] == high and text[low:high] not in _PLAIN:
            yield low, high


_PLAIN = frozenset({"新闻发布会", "签约仪式", "工作会议", "座谈会", "重大项目签约仪式", "集中签约仪式", "集中开工仪式"})
