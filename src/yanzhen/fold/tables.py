"""What one character becomes, as arrays indexed by code point; built once from Unicode and OpenCC."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray
from opencc import OpenCC

Codes = NDArray[np.uint32]
Flags = NDArray[np.uint8]

SPACE, DROPPED, EXPANDED = 0x20, 0xFFFFFFFF, 0xFFFFFFFE

# Classes of characters, as bits.
IS_SPACE, IS_NEWLINE, IS_HAN, IS_DIGIT, IS_LATIN, IS_STOP, IS_OPEN_END = 1, 2, 4, 8, 16, 32, 64

_QUOTES = {"「": "“", "」": "”", "『": "‘", "』": "’", "﹁": "“", "﹂": "”", "﹃": "‘", "﹄": "’", "〝": "“", "〞": "”"}
_DASHES = {"‐": "-", "‑": "-", "−": "-", "﹣": "-", "－": "-", "･": "·", "・": "·", "•": "·", "．": "."}
# Dropped without a trace: they have no width and carry no meaning in running text.
_ZERO_WIDTH = "\u200b\u200c\u200d\u200e\u200f\u2060\ufeff\u00ad\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
# Traditional forms that are also correct simplified characters (乾照, 著名, 瞭望): converted by OpenCC's phrases in
# traditional text, left alone in simplified text.
_BOTH_SCRIPTS = (
    "乾著瞭藉徵夥覆濛巨后里只台干松面系余谷斗丑仆卜几辟折郁云表胡姜范沈柜采升制征并向雕幸佑家雇札皂占游周岳群峰"
)


def _compatible(char: str) -> str | None:
    """The compatibility form of presentation variants; None where the character is itself."""
    code = ord(char)
    wide = 0xFF01 <= code <= 0xFF5E or 0xFFE0 <= code <= 0xFFE6
    variant = 0xF900 <= code <= 0xFAFF or 0x2F00 <= code <= 0x2FDF or 0x2F800 <= code <= 0x2FA1F
    square = 0x3371 <= code <= 0x33DF
    letter = 0xFB00 <= code <= 0xFB06 or 0x2160 <= code <= 0x217F
    if not (wide or variant or square or letter):
        return None
    folded = unicodedata.normalize("NFKC", char)
    return folded if folded != char else None


@dataclass(frozen=True, slots=True)
class Tables:
    """`narrow` folds width and quotes; `simple` also turns traditional characters that are nothing else."""

    narrow: Codes
    simple: Codes
    flags: Flags  # classes of the *folded* characters
    traditional: NDArray[np.bool_]  # only ever written in traditional script
    expansions: dict[int, str]


@cache
def tables() -> Tables:
    """The tables, built on first use (about 50 ms)."""
    narrow = np.arange(0x110000, dtype=np.uint32)
    expansions: dict[int, str] = {}
    for base in (range(0x2100, 0x2190), range(0x2F00, 0x2FE0), range(0x3371, 0x33E0), range(0xF900, 0xFB10),
                 range(0xFF01, 0xFFF0), range(0x2F800, 0x2FA20)):  # fmt: skip
        for code in base:
            folded = _compatible(chr(code))
            if folded is None:
                continue
            if len(folded) == 1:
                narrow[code] = ord(folded)
            else:
                narrow[code] = EXPANDED
                expansions[code] = folded
    for before, after in (_QUOTES | _DASHES).items():
        narrow[ord(before)] = ord(after)
    for char in _ZERO_WIDTH:
        narrow[ord(char)] = DROPPED
    for code in (*range(0x09), *range(0x0E, 0x1C), *range(0x7F, 0x85), *range(0x86, 0xA0)):
        narrow[code] = DROPPED
    spaces = [code for code in range(0x3001) if chr(code).isspace()]
    for code in spaces:
        narrow[code] = 0x0A if chr(code) in "\n\r\v\f\x1c\x1d\x1e\x85\u2028\u2029" else SPACE

    han = [chr(c) for c in (*range(0x3400, 0x4DC0), *range(0x4E00, 0xA000), *range(0x20000, 0x2EBF0))]
    turned = OpenCC("t2s").convert("\n".join(han)).split("\n")
    simple = narrow.copy()
    traditional = np.zeros(0x110000, dtype=np.bool_)
    for before, after in zip(han, turned, strict=True):
        if before != after and len(after) == 1 and before not in _BOTH_SCRIPTS:
            simple[ord(before)] = ord(after)
            traditional[ord(before)] = True

    flags = np.zeros(0x110000, dtype=np.uint8)
    flags[SPACE] = IS_SPACE
    flags[0x0A] = IS_SPACE | IS_NEWLINE
    for low, high in ((0x2E80, 0xA000), (0xF900, 0xFB00), (0x20000, 0x30000), (0xFE30, 0xFE50), (0xFF00, 0xFFF0)):
        flags[low:high] |= IS_HAN
    for char in "“”‘’—…·℃‰①②③④⑤⑥⑦⑧⑨⑩●○◆◇■□▲△▶►▼★☆":
        flags[ord(char)] |= IS_HAN
    flags[0x30:0x3A] |= IS_DIGIT
    flags[0x41:0x5B] |= IS_LATIN
    flags[0x61:0x7B] |= IS_LATIN
    flags[0xC0:0x250] |= IS_LATIN
    for char in "。!?;…”’":
        flags[ord(char)] |= IS_STOP
    # A paragraph that ends so has lost its end: the next one may continue it.
    for char in ",、":
        flags[ord(char)] |= IS_OPEN_END
    ideographs = ((0x3400, 0x4DC0), (0x4E00, 0xA000), (0x20000, 0x30000))
    for low, high in ideographs:
        flags[low:high] |= IS_OPEN_END
    flags[0x30:0x3A] |= IS_OPEN_END
    return Tables(narrow, simple, flags, traditional, expansions)
