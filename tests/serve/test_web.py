"""The pages and their data, asked in process."""

import re
from html.parser import HTMLParser
from urllib.parse import quote

import pytest
from atlas_samples import BULLETIN, EMPTY, REPOST, source, sources
from fastapi.testclient import TestClient
from hypothesis import given, settings
from hypothesis import strategies as st

from yanzhen.facts import Claim, Document
from yanzhen.serve import web
from yanzhen.serve.app import STATIC, create_app
from yanzhen.store import StatementFilter, build_atlas, open_atlas

PAGES = [
    "/", "/documents/云溪/bulletin", "/documents/repost", "/documents/空 版%231", "/facts", "/facts?kind=policy",
    "/facts?q=不存在的词", "/entities", "/entities?type=zone&q=云", "/entities/company/青禾微电子", "/search",
    "/search?q=传感器", "/search?q=不存在的词", "/documents/none", "/nowhere",
]  # fmt: skip
DATA = [
    "/documents.json", "/documents/云溪/bulletin.json", "/facts.json", "/entities.json",
    "/entities/company/青禾微电子.json", "/search.json?q=芯", "/health",
]  # fmt: skip


class Original(HTMLParser):
    """The text content of the element with id `text`, as a browser has it, and the ids of all elements."""

    def __init__(self, page):
        super().__init__()
        self.depth, self.parts, self.ids = 0, [], []
        # A browser turns line breaks of the source into line feeds before it parses.
        self.feed(page.replace("\r\n", "\n").replace("\r", "\n"))

    def handle_starttag(self, tag, attrs):
        self.ids += [value for name, value in attrs if name == "id"]
        if self.depth or ("id", "text") in attrs:
            self.depth += tag in ("div", "span", "a")
        assert tag not in ("script", "style") or dict(attrs).get("src"), "an inline script"

    def handle_endtag(self, tag):
        if self.depth and tag in ("div", "span", "a"):
            self.depth -= 1

    def handle_data(self, data):
        if self.depth:
            self.parts.append(data)

    @property
    def text(self):
        return "".join(self.parts)


@pytest.mark.parametrize("url", [*PAGES, *DATA])
def test_every_answer_is_guarded_and_calls_nobody(client, url):
    answer = client.get(url)
    assert answer.status_code in (200, 404)
    assert "default-src 'self'" in answer.headers["content-security-policy"]
    assert "frame-ancestors 'none'" in answer.headers["content-security-policy"]
    assert "unsafe" not in answer.headers["content-security-policy"]
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["referrer-policy"] == "no-referrer"
    if url in PAGES:
        assert 'lang="zh-Hans"' in answer.text
        assert not re.search(r"""(?:src|href|action)=["']?(?:\w+:|//)""", answer.text)
        assert not re.search(r"<[^>]+\s(?:on\w+|style)=", answer.text)
        ids = Original(answer.text).ids
        assert len(set(ids)) == len(ids)


def test_static_files_call_nobody():
    for file in STATIC.iterdir():
        outward = set(re.findall(r"(?:https?:)?//[\w.-]+|@import|url\(", file.read_text("utf-8")))
        assert outward <= {"http://www.w3.org"}, file


@pytest.mark.parametrize("doc", ["云溪/bulletin", "repost", "空 版#1"])
def test_the_page_of_a_document_holds_its_text_character_by_character(client, doc):
    expected = {"云溪/bulletin": BULLETIN, "repost": REPOST, "空 版#1": EMPTY}[doc]
    assert Original(client.get(f"/documents/{quote(doc)}").text).text == expected


@settings(max_examples=25, deadline=None)
@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1, max_size=60), st.data())
def test_any_text_is_shown_as_it_is(tmp_path_factory, text, data):
    spans = data.draw(st.lists(st.tuples(st.integers(0, len(text)), st.integers(0, len(text))), max_size=5))
    claims = [
        Claim(doc="d", subject="s", claim=f"c{n}", scope=None, superlative=None, status="actual", quote=text[a:b],
              start=a, end=b)
        for n, (a, b) in enumerate(spans) if a < b
    ]  # fmt: skip
    document = Document(doc="d", published=None, published_precision=None, start=0, end=len(text))
    path = tmp_path_factory.mktemp("any") / "atlas"
    assert build_atlas(path, [source("d", text, [document, *claims])]).counts.get("claim", 0) == len(claims)
    page = TestClient(create_app(path)).get("/documents/d").text
    assert Original(page).text == text


def test_script_in_a_text_is_text(client):
    for url in ("/documents/云溪/bulletin", "/search?q=<script>", "/facts?q=<script>alert(1)</script>"):
        page = client.get(url).text
        assert "<script>" not in page
        assert "&lt;script&gt;" in page


def test_a_fact_and_its_sentence_point_at_each_other(client, atlas_path):
    page = client.get("/documents/云溪/bulletin").text
    with open_atlas(atlas_path) as atlas:
        for statement in atlas.statements(StatementFilter(doc="云溪/bulletin")).items:
            assert f'href="#q-{statement.id}"' in page
            assert f'id="q-{statement.id}"' in page
            assert f'id="f-{statement.id}"' in page
            assert re.search(rf'data-ids="[^"]*{statement.id}', page)


def test_the_list_of_documents_shows_what_is_known(client):
    page = client.get("/").text
    for words in (
        "云溪日报",
        "2024年7月",
        "推断",
        "文中称“上半年”为近事",
        "等 2 篇",
        "2021年",
        "日期不详",
        "没有读出事实",
    ):
        assert words in page, words


def test_an_empty_atlas_says_what_to_do(tmp_path):
    build_atlas(tmp_path / "a", [])
    client = TestClient(create_app(tmp_path / "a"))
    assert "yanzhen build" in client.get("/").text
    assert "没有符合条件的事实" in client.get("/facts").text


def test_a_missing_atlas_is_unavailable_not_a_fault(tmp_path):
    client = TestClient(create_app(tmp_path / "none"), raise_server_exceptions=False)
    answer = client.get("/")
    assert answer.status_code == 503
    assert "yanzhen build" in answer.text
    assert client.get("/health", headers={"accept": "application/json"}).json()["status"] == 503


def test_what_is_planned_is_never_shown_as_done(client):
    page = client.get("/facts?entity=基地项目").text
    for state, word in (("planned", "计划"), ("forecast", "预测"), ("capacity", "产能")):
        assert f'<span class="badge s-{state}">{word}</span>' in page
    assert "s-actual" not in client.get("/facts?kind=milestone").text


def test_an_exact_value_stands_behind_the_worded_one(client):
    assert 'title="精确值 7,110,000,000元">71.1亿元' in client.get("/facts?metric=总产值").text


def test_filters_stay_in_the_form_and_in_the_links(client):
    page = client.get("/facts?kind=observation&from=2024&to=2024-07&limit=2&q=").text
    assert 'name="from" value="2024-01-01"' in page
    assert 'name="to" value="2024-07-31"' in page
    assert '<option value="observation" selected>' in page
    following = re.search(r'rel="next" href="([^"]+)"', page)[1].replace("&amp;", "&")
    for part in ("kind=observation", "from=2024-01-01", "to=2024-07-31", "limit=2", "cursor="):
        assert part in following
    second = client.get(following).text
    assert "第 3—4 条，共 4 条" in second
    assert "第 1—2 条" in client.get(re.search(r'rel="prev" href="([^"]+)"', second)[1].replace("&amp;", "&")).text


def test_data_and_page_have_the_same_filters(client):
    found = client.get("/facts.json?kind=observation&modality=capacity").json()
    assert found["total"] == 1
    item = found["items"][0]
    assert item["value"] == 30000
    assert item["reading"] == "青禾传感器基地项目月产能为3万/月"
    assert client.get(item["links"]["evidence"]).status_code == 200


def test_a_document_comes_whole_as_data(client):
    found = client.get("/documents/云溪/bulletin.json").json()
    assert found["text"] == BULLETIN
    assert len(found["statements"]) == 14
    assert len(found["articles"]) == 2
    assert all(BULLETIN[s["start"] : s["end"]] == s["quote"] for s in found["statements"])


def test_a_statement_has_an_address_that_lasts(client, atlas_path):
    with open_atlas(atlas_path) as atlas:
        statement = atlas.statements(StatementFilter(kind="policy")).items[0]
    answer = client.get(f"/facts/{statement.id}", follow_redirects=False)
    assert answer.status_code == 303
    assert answer.headers["location"].endswith(f"fact={statement.id}#q-{statement.id}")
    assert client.get(f"/facts/{statement.id}.json").json()["kind"] == "policy"


def test_an_entity_shows_what_is_said_about_it_in_every_document(client):
    page = client.get("/entities/company/青禾微电子").text
    assert "<q>投資額逾3億美元</q>" in page
    assert "<q>青禾微电子负责人陆川</q>" in page
    assert "尚未判定是否同一" in page


def test_a_search_marks_what_it_found_in_the_original_script(client):
    assert "<mark>簽約</mark>" in client.get("/search?q=签约").text


@pytest.mark.parametrize(
    ("url", "status"),
    [
        ("/documents/none", 404),
        ("/documents/云溪/bulletin?page=9", 404),
        ("/documents/云溪/bulletin?page=x", 400),
        ("/documents/云溪/bulletin?offset=-1", 400),
        ("/facts?kind=nonsense", 400),
        ("/facts?from=2023-13", 400),
        ("/facts?to=gestern", 400),
        ("/facts?limit=0", 400),
        ("/facts?limit=100000", 400),
        ("/facts?cursor=zzz", 400),
        ("/facts/none", 404),
        ("/entities?type=nonsense", 400),
        ("/entities/zone/none", 404),
        ("/entities/none/none", 404),
        ("/static/none.css", 404),
        ("/static/../app.py", 404),
        ("/static/%2e%2e/app.py", 404),
        ("/documents/../../etc/passwd", 404),
        ("/nowhere", 404),
    ],
)
def test_a_wrong_address_is_told_to_people_and_to_programs(client, url, status):
    page = client.get(url, headers={"accept": "text/html"})
    assert page.status_code == status
    assert "<h1>" in page.text
    data = client.get(url, headers={"accept": "application/json"})
    assert data.status_code == status
    assert data.headers["content-type"] == "application/problem+json"
    assert {"type", "title", "status", "detail", "instance"} == set(data.json())
    assert data.json()["status"] == status


def test_other_methods_are_refused(client):
    assert client.post("/facts").status_code == 405


def test_a_fault_of_ours_is_a_guarded_page(atlas_path, monkeypatch):
    def broken(_):
        raise RuntimeError("secret")

    monkeypatch.setattr(web, "open_atlas", broken)
    answer = TestClient(create_app(atlas_path), raise_server_exceptions=False).get("/")
    assert answer.status_code == 500
    assert "secret" not in answer.text
    assert "content-security-policy" in answer.headers


@settings(max_examples=60, deadline=None)
@given(
    st.dictionaries(
        st.sampled_from(["q", "kind", "doc", "entity", "metric", "from", "to", "limit", "cursor"]), st.text(max_size=12)
    )
)
def test_no_query_is_answered_with_a_fault(client, query):
    for path in ("/facts", "/facts.json", "/search", "/entities.json"):
        assert client.get(path, params=query).status_code in (200, 400)


def test_a_long_document_is_shown_by_pages(tmp_path):
    text = ("长文" * 49 + "。\n") * 10_200 + "末尾的事实。"
    document = Document(doc="d", published=None, published_precision=None, start=0, end=len(text))
    last = Claim(
        doc="d", subject="s", claim="c", scope=None, superlative=None, status="actual", quote="末尾的事实",
        start=len(text) - 6, end=len(text) - 1,
    )  # fmt: skip
    build_atlas(tmp_path / "a", [source("d", text, [document, last])])
    client = TestClient(create_app(tmp_path / "a"))
    first = client.get("/documents/d")
    assert first.status_code == 200
    assert len(first.text) < 60_000
    assert "没有读出事实" in first.text
    with open_atlas(tmp_path / "a") as atlas:
        id_ = atlas.statements().items[0].id
    there = client.get(f"/documents/d?fact={id_}").text
    assert f'id="q-{id_}"' in there
    shown = "".join(
        Original(client.get(f"/documents/d?page={n}").text).text for n in range(1, 60) if n <= _pages(first.text)
    )
    assert shown == text
    assert 'id="at-here"' in client.get(f"/documents/d?offset={len(text) // 2}").text


def _pages(page):
    return int(re.search(r"共 (\d+) 页", page)[1])


def test_a_new_atlas_is_seen_at_once(tmp_path):
    path = tmp_path / "a"
    build_atlas(path, sources()[:1])
    client = TestClient(create_app(path))
    assert client.get("/health").json()["counts"]["document"] == 1
    build_atlas(path, sources())
    assert client.get("/health").json()["counts"]["document"] == 3
