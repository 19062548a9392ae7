"""Who signs: names of writers in bylines, leads and at the ends of paragraphs.

Comes in: the spaced text of a line or of a paragraph's end. Goes out: the names, in order, editors and photographers
left out. A name is recognised by its surname and length only; nothing is looked up.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from yanzhen.data import rows
from yanzhen.frame.words import alternatives

BULLETS = "►▶▷▸■□◆◇●○★☆▲△▼◎※•·*→⊙⊕—-"
_SEPARATORS = re.compile(r"[\s、,;/|丨&:]+")
# Ends of words that begin with a surname's character and are none (高新区, 金融局): a role before them is needed.
_NO_NAME_END = "区市县省镇厅局企业厂品部网报社会"
_HAN_NAME = re.compile(r"[\u4e00-\u9fff]{2,4}")
_FOREIGN_NAME = re.compile(r"[\u4e00-\u9fff]{1,6}·[\u4e00-\u9fff]{1,8}")


@cache
def _surnames() -> frozenset[str]:
    return frozenset(row["form"] for row in rows("frame/surnames.csv"))


@cache
def _roles() -> dict[str, bool]:
    """Every role, longest first, and whether it makes an author."""
    table = sorted(rows("frame/roles.csv"), key=lambda row: -len(row["form"]))
    return {row["form"]: row["author"] == "yes" for row in table}


@cache
def _role_pattern() -> re.Pattern[str]:
    long = [role for role in _roles() if len(role) > 1 and "/" not in role]
    single = [role for role in _roles() if len(role) == 1 or "/" in role]
    outlet = r"(?:本报|本刊|本网|本台|本社|[\u4e00-\u9fff·]{2,10}(?:日报|晚报|时报|商报|报|网|社|新闻|电视台|客户端))?"
    # `文` and `图` are roles only where something separates them from the name.
    return re.compile(
        rf"{outlet}\s?(?:驻[\u4e00-\u9fff]{{2,6}})?\s?(?:{alternatives(long)})"
        rf"|(?<![\u4e00-\u9fff])(?:{alternatives(single)})(?=[\s:/丨|、]|$)"
        r"|本报(?=\s)|(?<=\s)报道$"
    )


def is_name(token: str) -> bool:
    """Whether a token can be the full name of a person: a known surname and one or two characters more."""
    if not _HAN_NAME.fullmatch(token):
        return bool(_FOREIGN_NAME.fullmatch(token))
    if token[:2] in _surnames():
        return len(token) >= 3
    return token[0] in _surnames() and len(token) <= 3


def _split_run(token: str) -> tuple[str, ...]:
    """Names printed without a space between them, if they can be told apart."""
    if is_name(token):
        return (token,)
    if 4 <= len(token) <= 9:
        for cut in (3, 2):
            head, tail = token[:cut], token[cut:]
            if is_name(head):
                rest = _split_run(tail)
                if rest:
                    return (head, *rest)
    return ()


@dataclass(frozen=True, slots=True)
class Signature:
    """The people a line names.

    Attributes:
        authors: names of writers, in order, each once.
        signed: whether a role (记者, 通讯员 …) says that they are writers.
        others: whether it names people who are none (editors, photographers).
        rest: characters that are neither role nor name.
    """

    authors: tuple[str, ...]
    signed: bool
    others: bool
    rest: int


_NOTHING = Signature((), False, False, 0)


def read_signature(spaced: str) -> Signature:
    """Everything a byline says; `rest` tells how much of it is none."""
    line = spaced.strip().strip(BULLETS + "()[]【】（） \u3000")
    if not line or len(line) > 120:
        return Signature((), False, False, len(line))
    roles = _roles()
    authors: list[str] = []
    signed = others = False
    rest = 0
    at, author = 0, True
    for match in (*_role_pattern().finditer(line), None):
        stop = len(line) if match is None else match.start()
        names, unread = _names(line[at:stop], named=at > 0)
        rest += unread
        if author:
            authors += [name for name in names if name not in authors]
        others |= not author and bool(names)
        if match is None:
            break
        role = match.group().strip()
        key = next((form for form in roles if role.endswith(form)), "")
        author = roles.get(key, True)
        signed |= author and key not in {"报道", "报导", "图"}
        at = match.end()
    return Signature(tuple(authors), signed, others, rest)


def _names(part: str, *, named: bool) -> tuple[list[str], int]:
    """Names in a piece between two roles, and how many characters are none."""
    names: list[str] = []
    rest = 0
    tokens = [token.strip(BULLETS + "()（）") for token in _SEPARATORS.split(part)]
    tokens = [token for token in tokens if token]
    i = 0
    while i < len(tokens):
        token = tokens[i]
        # Two-character names are set with a space inside to match the others' width.
        if len(token) == 1 and i + 1 < len(tokens) and len(tokens[i + 1]) == 1 and is_name(token + tokens[i + 1]):
            names.append(token + tokens[i + 1])
            i += 2
            continue
        token = token.removesuffix("报道").removesuffix("摄影").removesuffix("摄") or token
        found = _split_run(token) if named else (token,) if is_name(token) and token[-1] not in _NO_NAME_END else ()
        if not found and named and _HAN_NAME.fullmatch(token) and len(token) <= 3:
            found = (token,)  # a role says that it is a name, however rare the surname
        names += found
        rest += 0 if found else len(token)
        i += 1
    return names, rest


def byline(spaced: str) -> Signature:
    """The signature of a line that is nothing but a byline; empty if it is something else."""
    if len(spaced) > 90 or not spaced:
        return _NOTHING
    if spaced[-1] in "。!?;…":
        return _NOTHING
    signature = read_signature(spaced)
    return signature if signature.rest == 0 and (signature.authors or signature.others) else _NOTHING


_TAIL = re.compile(
    r"(?P<stop>[。!?”…）)])\s*"
    r"(?P<open>[(（【\[]?)\s*(?P<who>[\u4e00-\u9fff·/、,|:\s]{2,60}?)\s*(?P<close>[)）】\]]?)\s*$"
)


def tail_signature(spaced: str) -> tuple[int, tuple[str, ...]]:
    """Names after the last sentence of a paragraph.

    Args:
        spaced: the end of a paragraph, gaps shown as spaces.

    Returns:
        Offset in `spaced` from which the signature stands (-1 for none) and its authors.
    """
    match = _TAIL.search(spaced)
    if match is None:
        return -1, ()
    who = match["who"]
    gap = spaced[match.end("stop") : match.start("who")]
    signature = read_signature(who)
    if signature.rest or not (signature.authors or signature.others):
        return -1, ()
    # Without a bracket, a role or a space before it, the names are the end of a sentence that lost its stop.
    if not (match["open"] or signature.signed or signature.others or " " in gap):
        return -1, ()
    return match.end("stop"), signature.authors
