"""Plain text: bytes to characters and nothing else. Every character of the file counts, line ends as they are."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from yanzhen.errors import InputError
from yanzhen.read.model import Rendered, megabytes

if TYPE_CHECKING:
    from yanzhen.read.model import Budget

SAMPLE = 65_536  # bytes that decide between GB18030 and Big5

# UTF-32 before UTF-16: its mark begins with theirs.
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
    (b"\x84\x31\x95\x33", "gb18030"),
)

# The commonest characters of running Chinese, both scripts. Text decoded rightly consists of them by half;
# text decoded wrongly meets them by chance, about once in fifty.
_COMMON = frozenset(
    "的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说产种面而方后多定行学法所民得经"
    "十三之进着等部度家电力里如水化高自二理起小物现实加量都两体制机当使点从业本去把性好应开它合还因由其些然前外天政四日那社义事平形"
    "相全表间样与关各重新线内数正心反你明看原又么利比或但质气第向道命此变条只没结解问意建月公无系军很情者最立代想已通并提直题党程展"
    "五果料象员革位入常文总次品式活设及管特件长求老头基资边流路级少图山统接知较将组见计别她手角期根论运农指几九区强放决西被干做必战"
    "先回则任取据处理世车价市场企园技术创投亿万元项目集科区县省城产链服务局委员会政府经济增长推进引领首家名近年来日前记者报道芯片"
    "這個為國時來們於對會發動過說產種後學經進著電裡現實兩體機當點從業應開還無與關線內數變條沒結解問建軍義樣質氣長頭資邊路級圖"
    "統見計別運農幾區強決幹戰則據處車價場園技術創億萬項務員鏈縣黨報導記總設讓專構據業產導體華東廣環際認識續優勢網應"
    "，。、；：！？“”‘’「」『』（）《》—…·０１２３４５６７８９％　"
)

_LONG_UTF8 = re.compile(rb"(?:[\xe3-\xe9\xef][\x80-\xbf]{2}){4}")  # four Chinese characters in a row
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_HIGH = re.compile(rb"[\x80-\xff]")


@dataclass(frozen=True, slots=True)
class Decoded:
    """Characters of a file, the encoding they were in and how many bytes had to be replaced."""

    text: str
    encoding: str
    replaced: int = 0


def tolerable(replaced: int, size: int) -> bool:
    """Whether so few bytes of `size` are broken that the rest is still the text: under one in a thousand, or a slip."""
    return replaced * 1000 < size or (replaced <= 3 and replaced * 40 <= size)


def decode(raw: bytes, declared: str | None = None) -> Decoded:
    """Decode by byte-order mark, then by what was declared, then by what the bytes themselves say.

    Raises:
        InputError: no encoding known here fits, or the file mixes two.
    """
    for mark, encoding in _MARKS:
        if raw.startswith(mark):
            return _marked(raw, len(mark), encoding)
    if declared is not None:
        found = _lenient(raw, declared)
        if tolerable(found.replaced, len(raw)):
            return found
    wide = _wide(raw)
    if wide is not None:
        return wide
    if _HIGH.search(raw) is None:
        return Decoded(raw.decode("ascii"), "ascii")
    utf8 = _lenient(raw, "utf-8")
    if tolerable(utf8.replaced, len(raw)):
        return utf8
    if _LONG_UTF8.search(raw) is not None and _mixed(raw):
        raise InputError("the file mixes UTF-8 with another encoding", hint="save it in one encoding")
    return _double_byte(raw)


def _marked(raw: bytes, skip: int, encoding: str) -> Decoded:
    found = _lenient(raw[skip:], encoding)
    if not tolerable(found.replaced, len(raw)):
        raise InputError(f"the byte-order mark says {encoding.upper()}, but {found.replaced:,} places do not decode")
    return found


def _lenient(raw: bytes, encoding: str) -> Decoded:
    try:
        return Decoded(raw.decode(encoding), encoding)
    except UnicodeDecodeError:
        text = raw.decode(encoding, "replace")
        known = raw.count(b"\xef\xbf\xbd") if encoding == "utf-8" else 0
        return Decoded(text, encoding, text.count("\ufffd") - known)
    except LookupError:
        return Decoded("", encoding, len(raw))


def _share(text: str) -> float:
    """The share of common characters among those that are not ASCII."""
    high = [c for c in text if c > "\x7f"]
    return sum(c in _COMMON for c in high) / len(high) if high else 0.0


def _wide(raw: bytes) -> Decoded | None:
    """UTF-16 without a mark, where it is obvious: zero bytes on one side, or common Chinese in one byte order."""
    if len(raw) < 4 or len(raw) % 2:
        return None
    sample = raw[:4096]
    best: tuple[float, str] | None = None
    for encoding, zero in (("utf-16-le", 1), ("utf-16-be", 0)):
        zeros = sample[zero::2].count(0) / (len(sample) / 2)
        others = sample[1 - zero :: 2].count(0) / (len(sample) / 2)
        if others > 0.1:
            continue
        text = sample.decode(encoding, "replace")
        common = sum(c in _COMMON or " " <= c <= "~" or c in "\r\n\t" for c in text) / len(text)
        if common > 0.5 and (zeros > 0 or _share(text) > 0.3) and (best is None or common > best[0]):
            best = (common, encoding)
    if best is None:
        return None
    found = _lenient(raw, best[1])
    return found if tolerable(found.replaced, len(raw)) else None


def _mixed(raw: bytes) -> bool:
    """Whether whole lines are UTF-8 and whole lines are not."""
    good = bad = 0
    for line in raw.splitlines():
        high = len(_HIGH.findall(line))
        if not high:
            continue
        try:
            line.decode("utf-8")
        except UnicodeDecodeError:
            bad += high
        else:
            good += high if _LONG_UTF8.search(line) else 0
    return good > 0.02 * (good + bad)


def _double_byte(raw: bytes) -> Decoded:
    """GB18030 or Big5: both accept most of each other's bytes, but only one of them gives common characters."""
    sample = raw[:SAMPLE]
    scores = []
    for encoding in ("gb18030", "big5hkscs"):
        text = _lenient(sample, encoding).text
        scores.append((_share(text.rstrip("\ufffd")), encoding))
    share, encoding = max(scores, key=lambda score: score[0])
    # Lists of names have few common characters, wrong decodings and binary files hardly any.
    if share < 0.08:
        raise InputError("neither text in an encoding known here nor another known format")
    found = _lenient(raw, encoding)
    if not tolerable(found.replaced, len(raw)):
        raise InputError(
            f"{found.replaced:,} places do not decode as {encoding.upper()}, the encoding that fits best: "
            "the file is damaged or mixes encodings"
        )
    return found


def read(raw: bytes, name: str, budget: Budget) -> Rendered:
    """Decode a plain text file.

    Raises:
        InputError: the file is too large, binary, or in no encoding known here.
    """
    del name
    if len(raw) > budget.limits.text_bytes:
        raise InputError(f"{megabytes(len(raw))} of text, over the limit of {megabytes(budget.limits.text_bytes)}")
    found = decode(raw)
    if len(_CONTROL.findall(found.text, 0, SAMPLE)) * 100 > min(len(found.text), SAMPLE):
        raise InputError("binary data, not text")
    notes = (f"{found.replaced} undecodable bytes replaced ({found.encoding.upper()})",) if found.replaced else ()
    return Rendered(found.text, notes=notes)
