"""`yanzhen explain`: how the facts of one document came about, as lines for a person."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from yanzhen.errors import InputError
from yanzhen.extract.explain import explain
from yanzhen.fold import fold
from yanzhen.frame import frame
from yanzhen.read import Failure, read_path

if TYPE_CHECKING:
    from collections.abc import Iterator

    from yanzhen.extract.explain import Derivation, Seen

_NOT_VALUES = frozenset({"doc", "article", "id", "quote", "start", "end", "origin", "kind"})


def lines(path: str, *, statement: str = "", quote: str = "", kind: str = "") -> Iterator[str]:
    """Blocks of text, one for each record that has the id, rests on the words and is of the kind given.

    Raises:
        InputError: the document cannot be read.
    """
    for item in read_path(path):
        if isinstance(item, Failure):
            raise InputError(item.reason, item.path)
        folded = fold(item.text)
        framed = frame(folded, item.meta, item.path.rsplit("/", 1)[-1])
        for derivation in explain(folded, framed, item.doc, item.digest):
            values = msgspec.to_builtins(derivation.record)
            words = values.get("quote") or values.get("name", "")
            if (not statement or values.get("id") == statement) and quote in words and kind in ("", values["kind"]):
                yield _block(derivation, values)


def _block(derivation: Derivation, values: dict[str, object]) -> str:
    out = [f"{values['kind']} {values.get('id', '')}  [{values.get('start')}:{values.get('end')}]"]
    if values.get("quote"):
        out.append(f"  引文 quote     {values['quote']}")
    out.append(f"  句子 sentence  {derivation.sentence}")
    for label, found in (
        ("识别 mention ", derivation.mentions),
        ("数量 number  ", derivation.numbers),
        ("时间 period  ", derivation.periods),
    ):
        out.extend(f"  {label}  {_seen(one)}" for one in found)
    out.append(f"  规则 rule      {values.get('origin', '')}  {derivation.rule}".rstrip())
    if derivation.row is not None:
        table, row = derivation.row
        told = "; ".join(f"{column}={value}" for column, value in row.items() if value)
        out.append(f"  数据行 row     {table}: {told}")
    told = "; ".join(f"{key}={value}" for key, value in values.items() if key not in _NOT_VALUES)
    out.append(f"  取值 values    {told}")
    return "\n".join(out) + "\n"


def _seen(one: Seen) -> str:
    return f"{one.text} = {one.reading}" + (f"  ({one.origin})" if one.origin else "")
