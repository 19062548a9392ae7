"""Relations and products against cases of our own; rows of the tables against the examples that stand beside them."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from yanzhen.data import rows
from yanzhen.extract import products, relations
from yanzhen.extract.entities import Things
from yanzhen.extract.mentions import Found, Mention
from yanzhen.extract.mentions import find as find_mentions
from yanzhen.extract.relation_patterns import candidates, compiled, phrasings
from yanzhen.extract.relation_text import CODE, code
from yanzhen.extract.scene import Scene
from yanzhen.extract.words import cut
from yanzhen.fold import fold
from yanzhen.frame.frame import Frame, FramedArticle

if TYPE_CHECKING:
    from yanzhen.facts import Relation

_SPEC = Path(__file__).parents[2] / "spec" / "extract"
_MARK = re.compile(r"\{([a-z]+)\|([^{}]+)\}")
_PUBLISHED = "2024-05-20"


def _cases(name: str) -> list[Any]:
    lines = (_SPEC / name).read_text(encoding="utf-8").splitlines()
    return [pytest.param(case, id=case["id"]) for case in map(json.loads, lines)]


def _scene(marked: str, title: str = "") -> Scene:
    """A document of one paragraph, and a headline if given, whose names are marked `{type|name}`."""
    text, mentions, at = "", [], 0
    whole = f"{title}\n{marked}" if title else marked
    for match in _MARK.finditer(whole):
        text += whole[at : match.start()]
        kind, name = match.groups()
        mentions.append(Mention(len(text), len(text) + len(name), kind, name, "marked"))
        text += name
        at = match.end()
    text += whole[at:]
    folded = fold(text.replace("\n", "\n\n"))
    assert folded.text == text, "cases are written as clean text"
    start = text.find("\n") + 1
    heading = (0, start - 1) if start else None
    spans = (*((heading,) if heading else ()), (start, len(text)))
    article = FramedArticle("a1", "", (), _PUBLISHED, "day", False, 0, len(folded.original), spans, heading)
    frame = Frame(_PUBLISHED, "day", None, "hans", False, (), (article,))
    words = cut(text, [(m.start, m.end, m.type) for m in mentions])
    return Scene(folded, frame, Things(text, Found(words, mentions, [])), "doc")


def _told(relation: Relation, case: dict[str, Any]) -> dict[str, Any]:
    """What the case says about a relation, of the relation found."""
    said = next(
        (
            c
            for c in case["relations"]
            if (c["subject"], c["predicate"], c["object"]) == (relation.subject, relation.predicate, relation.object)
        ),
        {},
    )
    found = {"subject": relation.subject, "predicate": relation.predicate, "object": relation.object}
    if relation.status == "planned":
        found["status"] = "planned"
    if "role" in said:
        found["role"] = relation.role or ""
    if "date" in said:
        return {**found, "date": list(relation.date or ())}
    return found


def _ordered(records: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return sorted(records, key=lambda r: (r["predicate"], r["subject"], r["object"]))


@pytest.mark.parametrize("case", _cases("relation.jsonl"))
def test_a_case_yields_its_relations_and_no_others(case: dict[str, Any]) -> None:
    found = [_told(r, case) for r in relations.find(_scene(case["text"]))]
    assert _ordered(found) == _ordered(case["relations"])


@pytest.mark.parametrize("case", _cases("relation.jsonl"))
def test_evidence_is_the_original_text(case: dict[str, Any]) -> None:
    scene = _scene(case["text"])
    for relation in relations.find(scene):
        assert scene.folded.original[relation.start : relation.end] == relation.quote
        assert relation.quote


@pytest.mark.parametrize("case", _cases("relation_products.jsonl"))
def test_a_case_yields_its_products(case: dict[str, Any]) -> None:
    text = fold(case["text"]).text
    found = find_mentions(text)
    others = [m for m in found.mentions if m.type != "product"]
    assert [m.name for m in products.find(text, found.words, others)] == case["products"]


def _encoded(example: str) -> str:
    return re.sub(r"\{([a-z]+)\}", lambda m: CODE[m.group(1)], example)


@pytest.mark.parametrize("row", rows("patterns/relations.csv"), ids=lambda row: row["id"])
def test_a_phrasing_matches_its_case_and_not_its_counter_case(row: dict[str, str]) -> None:
    regex, slots, _ = compiled(row["pattern"])
    case = _encoded(row["case"])
    assert regex.search(case)
    assert row["id"] in {p.id for p in candidates(case)}
    assert not regex.search(_encoded(row["not"]))
    assert ("s" in slots) + ("o" in regex.groupindex) + bool(row["context"]) == 2


def test_a_relation_is_told_once_a_document() -> None:
    found = relations.find(
        _scene("{company|禾川电子}落户{zone|青屿高新区}。位于{zone|青屿高新区}的{company|禾川电子}投产。")
    )
    assert [(r.subject, r.predicate, r.object) for r in found] == [("禾川电子", "located_in", "青屿高新区")]


def test_what_was_planned_and_is_then_told_as_done_is_done() -> None:
    found = relations.find(
        _scene("{company|禾川电子}拟落户{zone|青屿高新区}。去年,{company|禾川电子}落户{zone|青屿高新区}。")
    )
    assert [r.status for r in found] == ["actual"]


def test_a_firm_of_an_article_headed_by_a_zone_is_there_by_conclusion() -> None:
    found = relations.find(_scene("{company|禾川电子有限公司}去年营收翻番。", "{zone|青屿高新区}:企业加快复工"))
    assert [(r.subject, r.object, r.inferred) for r in found] == [("禾川电子有限公司", "青屿高新区", True)]


def test_marks_around_a_name_and_a_bracket_behind_it_are_not_in_the_code() -> None:
    text = "发布“星舟”(以下简称甲)等"
    coded = code(text, 0, len(text), [Mention(3, 5, "product", "星舟", "marked")])
    assert coded.text == f"发布{CODE['product']}等"
    assert coded.clean(0, 4) == "发布星舟等"


def test_every_row_has_an_id_of_its_own() -> None:
    _, _, found = phrasings()
    assert len({p.id for p in found}) == len(found)


def test_products_stand_among_the_names_without_overlap() -> None:
    text = fold("青屿禾川电子有限公司研制的HC208A型车规芯片、压力传感器通过验证。").text
    found = products.added(text, find_mentions(text))
    assert {m.type for m in found.mentions} >= {"company", "product"}
    assert all(a.end <= b.start for a, b in zip(found.mentions, found.mentions[1:], strict=False))


_PIECES = [
    *(f"{{{kind}|甲{kind}乙}}" for kind in CODE),
    "落户",
    "的",
    "、",
    ",",
    "。",
    "由",
    "与",
    "共建",
    "获评",
    "总经理",
    "研发",
    "在",
    "\ue000",
    "(",
    "“",
]


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from(_PIECES), min_size=1, max_size=60))
def test_no_order_of_names_and_words_raises(pieces: list[str]) -> None:
    marked = "".join(pieces)
    text = _MARK.sub(lambda m: m.group(2), marked)
    if fold(text).text == text:
        relations.find(_scene(marked))


@settings(max_examples=150, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            ["某某电子有限公司", "研发", "生产", "的", "、", "芯片", "A12", "3款", "等", "产品", "。", "“", "”", "\n"]
        ),
        max_size=60,
    )
)
def test_no_text_raises_in_products(pieces: list[str]) -> None:
    text = fold("".join(pieces)).text
    found = find_mentions(text)
    for mention in products.find(text, found.words, found.mentions):
        assert text[mention.start : mention.end] == mention.name
