"""Copies of articles: spec/frame/reposts.jsonl, and copies made of every example document."""

import json
import random
import re
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from yanzhen.fold import fold
from yanzhen.frame import compare_articles, frame, near_duplicates
from yanzhen.read import Rendition, read_paths

ROOT = Path(__file__).parents[2]
PAIRS = [json.loads(line) for line in (ROOT / "spec/frame/reposts.jsonl").read_text(encoding="utf-8").splitlines()]
DOCUMENTS = ROOT / "examples" / "documents"
COUNTED = re.compile(r"\d+(?:\.\d+)?(?=亿元|%|家|万元|项|个|平方米)")
NAMED = re.compile(r"[\u4e00-\u9fff]{4,8}(?:有限公司|高新区|经开区|产业园)")
FILTERED = ("企业", "项目", "产业", "园区", "建设", "目前", "今年", "近日", "公司")


@pytest.mark.parametrize("case", PAIRS, ids=[case["id"] for case in PAIRS])
def test_two_texts_relate_as_a_reader_sees(case):
    found = compare_articles(case["a"], case["b"])
    assert found.kind == case["kind"]
    if case["kind"] != "different":
        assert [[d.before, d.after, d.kind] for d in found.differences] == case["differences"]


@pytest.fixture(scope="module")
def articles():
    """The articles of the example corpus that are long enough to be copied, reposts among them left out."""
    found = []
    for rendition in read_paths(p for p in sorted(DOCUMENTS.rglob("*")) if p.suffix in {".txt", ".html", ".docx"}):
        assert isinstance(rendition, Rendition)
        if "reposts" in Path(rendition.path).parts:
            continue
        folded = fold(rendition.text)
        for article in frame(folded, rendition.meta, rendition.path).articles:
            text = "\n".join(folded.text[a:b] for a, b in article.spans)
            if len(text) > 150:
                found.append(text)
    assert len(found) >= 50
    return found


def sentences(text):
    return re.findall(r"[^。!?\n]+[。!?]?”?\n?", text)


def cut(text, _chance):
    return "".join(sentences(text)[: max(3, int(len(sentences(text)) * 0.6))])


def shuffled(text, chance):
    first, *rest = sentences(text)
    chance.shuffle(rest)
    return "".join(part if part.endswith("\n") else part + "\n" for part in (first, *rest))


def filtered(text, chance):
    for word in chance.sample(FILTERED, 3):
        text = text.replace(word, "")
    return text


def other_number(text, chance):
    found = chance.choice(list(COUNTED.finditer(text)))
    value = found.group()
    other = f"{float(value) + 1.7:.1f}" if "." in value else str(int(value) + chance.randint(1, 40))
    return text[: found.start()] + other + text[found.end() :], value, other


def other_name(text, chance):
    value = chance.choice(list(NAMED.finditer(text))).group()
    return text.replace(value, "海宁远拓" + value[-4:])


def share(right, of):
    assert len(of) >= 40
    return right / len(of)


def test_cut_and_filtered_copies_are_faithful(articles):
    chance = random.Random(1)
    for change in (cut, filtered):
        kinds = [compare_articles(text, change(text, chance)).kind for text in articles]
        assert share(kinds.count("faithful"), kinds) >= 0.98


def test_shuffled_copies_are_told_from_faithful_ones(articles):
    chance = random.Random(2)
    kinds = [compare_articles(text, shuffled(text, chance)).kind for text in articles if len(sentences(text)) >= 6]
    assert share(kinds.count("shuffled"), kinds) >= 0.97


def test_an_altered_number_is_found_and_named(articles):
    chance = random.Random(3)
    told = []
    for text in articles:
        if not COUNTED.search(text):
            continue
        copy, value, other = other_number(text, chance)
        found = compare_articles(text, copy)
        numbers = [(d.before, d.after) for d in found.differences if d.kind == "number"]
        told.append(found.kind == "altered" and len(numbers) == 1 and value in numbers[0][0] and other in numbers[0][1])
    assert share(sum(told), told) >= 0.97


def test_an_altered_name_is_found(articles):
    chance = random.Random(4)
    kinds = [compare_articles(text, other_name(text, chance)).kind for text in articles if NAMED.search(text)]
    assert share(kinds.count("altered"), kinds) >= 0.97


def test_nearly_all_copies_are_found_among_many_texts_and_no_other_pairs(articles):
    chance = random.Random(5)
    count = len(articles)
    texts = [*articles, *(make(text, chance) for make in (cut, shuffled, filtered) for text in articles)]
    true = {(i, j) for i in range(4 * count) for j in range(i + 1, 4 * count) if (j - i) % count == 0}
    original = set(near_duplicates(articles))  # articles of the corpus that print the same story
    found = {(i, j) for i, j in near_duplicates(texts) if tuple(sorted((i % count, j % count))) not in original}
    assert len(found & true) >= 0.98 * len(true)
    assert len(found & true) >= 0.99 * len(found)
    assert len(original) <= 0.1 * count


def test_unrelated_articles_are_different(articles):
    pairs = set(near_duplicates(articles))
    chance = random.Random(6)
    for _ in range(300):
        i, j = sorted(chance.sample(range(len(articles)), 2))
        if (i, j) not in pairs:
            assert compare_articles(articles[i], articles[j]).kind == "different"


def made_up(count, chance):
    letters = [chr(0x4E00 + k) for k in range(2000)]
    return ["。".join("".join(chance.choices(letters, k=20)) for _ in range(12)) for _ in range(count)]


def test_finding_copies_takes_time_in_proportion_to_the_number_of_texts():
    chance = random.Random(7)
    texts = made_up(1600, chance)
    texts[1599], texts[399] = texts[3], texts[7]
    near_duplicates(texts[:50])
    start = time.perf_counter()
    assert near_duplicates(texts[:400]) == [(7, 399)]
    middle = time.perf_counter()
    assert near_duplicates(texts) == [(3, 1599), (7, 399)]
    assert time.perf_counter() - middle < 12 * (middle - start)


def test_a_crowd_of_equal_texts_does_not_take_the_square_of_their_number():
    text = "。".join(made_up(1, random.Random(8)))
    pairs = near_duplicates([text] * 500)
    assert {j for _, j in pairs} == set(range(1, 500))
    assert len(pairs) < 10 * 500


@settings(max_examples=80, deadline=None)
@given(st.text(max_size=120), st.text(max_size=120))
def test_any_two_texts_can_be_compared(a, b):
    found = compare_articles(a, b)
    assert 0 <= found.share <= 1
    assert (found.kind == "altered") == any(d.kind != "words" for d in found.differences)
    assert compare_articles(a, a).kind in {"faithful", "different"}


@settings(max_examples=40, deadline=None)
@given(st.lists(st.text(max_size=60), max_size=8))
def test_pairs_are_of_two_texts_each(texts):
    assert all(0 <= i < j < len(texts) for i, j in near_duplicates(texts))


CORPUS = {
    "2022-01-06-xinwen-sudi.html": ("hefei-yunhu/2022-01-05-chengxin-production.txt", "faithful", set()),
    "chip-digest.html": (
        "hefei-yunhu/2022-01-05-chengxin-production.txt",
        "altered",
        {("2", "3", "number"), ("安", "峰", "name")},
    ),
    "ludao-shuffled.html": ("xiamen-luwan/2020-06-19-ludao-groundbreaking.txt", "shuffled", set()),
}


@pytest.mark.parametrize("copy", CORPUS)
def test_the_reposts_of_the_corpus_are_told_apart(copy):
    of, kind, changes = CORPUS[copy]
    bodies = []
    for path in (DOCUMENTS / of, DOCUMENTS / "reposts" / copy):
        (rendition,) = read_paths([path])
        assert isinstance(rendition, Rendition)
        folded = fold(rendition.text)
        (article,) = frame(folded, rendition.meta, path.name).articles
        bodies.append("\n".join(folded.text[a:b] for a, b in article.spans))
    found = compare_articles(*bodies)
    assert found.kind == kind
    assert {(d.before, d.after, d.kind) for d in found.differences if d.kind != "words"} == changes
