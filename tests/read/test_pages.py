"""Web pages built like those of real sites, in our own words: title, date, source, authors and every line of text.

`spec/read/pages/` holds the pages, `spec/read/pages.jsonl` what is to be read out of each.
"""

import json
from pathlib import Path

import pytest

from yanzhen.read import Rendition, read_bytes

SPEC = Path(__file__).parents[2] / "spec" / "read"
CASES = [json.loads(line) for line in (SPEC / "pages.jsonl").read_text(encoding="utf-8").splitlines()]


def test_every_page_has_its_case():
    assert sorted(case["page"] for case in CASES) == sorted(page.name for page in (SPEC / "pages").iterdir())


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["page"])
def test_a_page_is_what_it_says(case):
    raw = (SPEC / "pages" / case["page"]).read_text(encoding="utf-8").encode(case["encoding"])
    made = read_bytes(raw, doc="d", path=case["page"])
    assert isinstance(made, Rendition), made
    meta = made.meta
    found = {"title": meta.title, "published": meta.published, "publisher": meta.publisher, "authors": [*meta.authors]}
    assert found == {key: case[key] for key in found}
    assert made.text.split("\n\n") == case["text"]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["page"])
@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "big5hkscs", "utf-16"])
def test_the_encoding_changes_nothing(case, encoding):
    """Whatever a page is encoded in, and whatever it says it is, the text is the same."""
    page = (SPEC / "pages" / case["page"]).read_text(encoding="utf-8")
    try:
        raw = page.encode(encoding)
    except UnicodeEncodeError:
        pytest.skip("the encoding has not all characters of the page")
    made = read_bytes(raw, doc="d", path=case["page"])
    assert isinstance(made, Rendition), made
    assert made.text.split("\n\n") == case["text"]
