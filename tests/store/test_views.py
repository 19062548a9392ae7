"""What can be asked of an atlas, and in which order it answers."""

import pytest
from atlas_samples import BULLETIN, REPOST, sources
from hypothesis import given, settings
from hypothesis import strategies as st

from yanzhen.errors import UsageError
from yanzhen.facts import Document
from yanzhen.store import EntityFilter, Source, StatementFilter, build_atlas, open_atlas


@pytest.fixture(scope="module")
def atlas(tmp_path_factory):
    path = tmp_path_factory.mktemp("atlas") / "atlas.sqlite"
    build_atlas(path, sources())
    with open_atlas(path) as opened:
        yield opened


def quotes(atlas, **wanted):
    return [statement.quote for statement in atlas.statements(StatementFilter(**wanted)).items]


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        ({"kind": "milestone"}, ["预计2025年底投产"]),
        ({"kind": "observation", "doc": "repost"}, ["投資額逾3億美元"]),
        ({"article": "a2", "doc": "云溪/bulletin"}, ["对入驻的小微企业给予最高50万元的租金补贴"]),
        ({"modality": "capacity"}, ["设计月产能3万片"]),
        ({"modality": "forecast"}, ["达产后年产值可达30亿元"]),
        ({"stage": "production"}, ["预计2025年底投产"]),
        ({"predicate": "signs_with"}, ["青禾微電子與雲溪高新區簽約"]),
        ({"instrument": "rent"}, ["对入驻的小微企业给予最高50万元的租金补贴"]),
        ({"metric": "總投資"}, ["总投资约12亿元"]),
        ({"metric": "产值", "modality": "forecast"}, ["达产后年产值可达30亿元"]),
        ({"metric": "%"}, []),
        ({"entity": "陆川"}, ["青禾微电子负责人陆川", "全国首个车规级压力传感器中试线"]),
        ({"entity": "基地项目", "kind": "milestone"}, ["预计2025年底投产"]),
        ({"about": ("person", "陆川")}, ["青禾微电子负责人陆川", "全国首个车规级压力传感器中试线"]),
        ({"about": ("company", "陆川")}, []),
        ({"about": ("company", "青禾微电子"), "doc": "repost"}, ["青禾微電子與雲溪高新區簽約", "投資額逾3億美元"]),
        ({"since": "2021-06-01", "until": "2021-06-30"}, ["青禾微電子與雲溪高新區簽約"]),
        ({"since": "2025-12-31"}, ["预计2025年底投产"]),
        ({"until": "2020-12-31"}, []),
        ({"text": "租金 小微"}, ["对入驻的小微企业给予最高50万元的租金补贴"]),
        ({"text": "簽約"}, ["青禾微電子與雲溪高新區簽約"]),
        ({"text": "签约"}, ["青禾微電子與雲溪高新區簽約"]),
        ({"text": "  "}, []),
        ({"between": (0, 10), "doc": "repost"}, []),
    ],
)  # fmt: skip
def test_a_filter_finds_what_it_says(atlas, wanted, expected):
    assert quotes(atlas, **wanted) == expected


def test_a_span_finds_the_statements_whose_evidence_touches_it(atlas):
    start = BULLETIN.index("预计2025年底")
    found = quotes(atlas, doc="云溪/bulletin", between=(start, start + 1))
    assert [quote[-8:] for quote in found] == ["2025年底投产", "2025年底投产"]


def test_statements_come_by_document_and_place(atlas):
    items = atlas.statements().items
    assert [(s.doc, s.start, s.end) for s in items] == sorted((s.doc, s.start, s.end) for s in items)


@pytest.mark.parametrize("limit", [1, 2, 5, 15, 100])
def test_pages_forwards_and_backwards_are_the_whole(atlas, limit):
    whole = atlas.statements(limit=1000).items
    forwards, cursor = [], None
    while True:
        page = atlas.statements(limit=limit, cursor=cursor)
        assert (page.total, page.first) == (len(whole), len(forwards))
        forwards += page.items
        if page.next_cursor is None:
            break
        cursor = page.next_cursor
    assert tuple(forwards) == whole
    backwards = list(page.items)
    while page.previous_cursor is not None:
        page = atlas.statements(limit=limit, cursor=page.previous_cursor)
        backwards[:0] = page.items
        assert page.first == len(whole) - len(backwards)
    assert tuple(backwards) == whole


@pytest.mark.parametrize("cursor", ["", "x", "!!!", "W10", "bm9uZQ", "WzEsMl0", "W2ZhbHNlLDEsWyJhIl1d"])
def test_a_made_up_cursor_is_a_usage_error(atlas, cursor):
    with pytest.raises(UsageError, match="cursor"):
        atlas.statements(cursor=cursor)


def test_documents_carry_what_a_list_shows(atlas):
    views = {view.record.doc: view for view in atlas.documents().items}
    assert list(views) == ["repost", "云溪/bulletin", "空 版#1"]
    bulletin = views["云溪/bulletin"]
    assert bulletin.heading == "云溪高新区上半年运行平稳"
    assert (bulletin.articles, bulletin.characters) == (2, len(BULLETIN))
    assert bulletin.counts == {"observation": 8, "milestone": 1, "relation": 3, "policy": 1, "claim": 1}
    assert views["空 版#1"].heading == "空 版#1"
    assert views["空 版#1"].counts == {}


def test_what_is_not_there_is_none_or_empty(atlas):
    assert atlas.document("none") is None
    assert atlas.statement("none") is None
    assert atlas.entity("zone", "none") == ()
    assert atlas.text("none") == ""


def test_a_statement_is_found_by_its_id(atlas):
    for statement in atlas.statements().items:
        assert atlas.statement(statement.id) == statement


def test_an_entity_of_several_documents_is_listed_once(atlas):
    page = atlas.entities(EntityFilter(type="company"))
    assert [(e.name, e.documents) for e in page.items] == [("青禾微电子", 2)]
    assert [e.doc for e in atlas.entity("company", "青禾微电子")] == ["repost", "云溪/bulletin"]
    assert atlas.entities(EntityFilter(text="八条")).total == 1
    assert atlas.entities(EntityFilter(text="雲溪")).total == 2
    assert [e.name for e in atlas.entities_of("repost")] == ["云溪高新区", "青禾微电子"]


@pytest.mark.parametrize(
    "query", ["云", "雲溪", "ＳＣＲＩＰＴ", "71.1", "5.8%", "投产，", "🎉", '"芯"', "& 测试", "億美"]
)
def test_any_substring_is_found_in_any_script_and_width(atlas, query):
    assert atlas.search(query).passages.total >= 1


def test_search_answers_with_entities_statements_and_passages(atlas):
    found = atlas.search("传感器基地", limit=2)
    assert [e.name for e in found.entities.items] == ["青禾传感器基地项目"]
    assert found.statements.total == 6
    assert len(found.statements.items) == 2
    assert [p.text[:9] for p in found.passages.items] == ["青禾传感器基地项目"]
    assert all(BULLETIN[p.start : p.end] == p.text for p in found.passages.items)


@pytest.mark.parametrize("query", ["", " ", "\0", '"', "*", "AND", "NOT OR", "a" * 200, "(", "x*", "-", "a\0b", "云\0"])
def test_no_query_breaks_the_search(atlas, query):
    atlas.search(query)


def test_names_do_not_run_into_each_other(atlas):
    # 云溪 stands beside 云溪高新区 in the index of names.
    assert atlas.entities(EntityFilter(text="区云")).total == 0


@settings(max_examples=40, deadline=None)
@given(text=st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=40), data=st.data())
def test_every_substring_of_a_text_finds_it(tmp_path_factory, text, data):
    low = data.draw(st.integers(0, len(text) - 1))
    high = data.draw(st.integers(low + 1, len(text)))
    from yanzhen.store import search_key

    clean = search_key(text)
    path = tmp_path_factory.mktemp("any") / "atlas"
    document = Document(doc="d", published=None, published_precision=None, start=0, end=len(text))
    build_atlas(path, [Source("d", "d.txt", "text/plain", "0" * 64, text, [document])])
    with open_atlas(path) as atlas:
        assert atlas.text("d") == text
        for word in clean[low:high].split():
            # What is typed is folded once more: only what stays the same can be meant.
            if search_key(word) == word and word in clean:
                assert atlas.search(word).passages.total >= 1, word


def test_offsets_are_code_points_beyond_the_basic_plane(atlas):
    assert atlas.text("repost") == REPOST
    assert REPOST.index("🎉") + 3 == len(REPOST)
