"""The atlas file as a whole: what goes in comes out, in any order the same, and never half of it."""

import itertools
import sqlite3
import threading
from pathlib import Path

import msgspec
import pytest
from atlas_samples import BULLETIN, at, digest, source, sources

from yanzhen.errors import StoreError
from yanzhen.facts import Claim, Document, encode_line, statement_id
from yanzhen.store import StatementFilter, build_atlas, open_atlas
from yanzhen.store.schema import SCHEMA_VERSION


def dump(path: Path) -> bytes:
    with open_atlas(path) as atlas:
        return b"".join(map(encode_line, atlas.records()))


def table(path: Path) -> list[tuple[object, ...]]:
    """The statement table without `row`, which is only a number for the search index."""
    connection = sqlite3.connect(path)
    columns = [c[1] for c in connection.execute("PRAGMA table_info(statements)") if c[1] != "row"]
    quoted = ", ".join(f'"{c}"' for c in columns)
    found = connection.execute(f"SELECT {quoted} FROM statements ORDER BY id").fetchall()
    connection.close()
    return found


def test_every_record_comes_back_as_it_went_in(tmp_path):
    path = tmp_path / "atlas.sqlite"
    report = build_atlas(path, sources())
    assert report.refused == ()
    assert report.counts == {
        "article": 3, "claim": 1, "document": 3, "entity": 7, "milestone": 1, "observation": 9, "policy": 1,
        "relation": 4,
    }  # fmt: skip
    assert report.documents == 3
    given = set()
    for each in sources():
        for record in each.records:
            if isinstance(record, Document):
                given.add(msgspec.structs.replace(record, digest=each.digest))
            elif hasattr(record, "quote"):
                given.add(msgspec.structs.replace(record, id=statement_id(record, each.digest)))
            else:
                given.add(record)
    with open_atlas(path) as atlas:
        assert set(atlas.records()) == given


def test_documents_in_any_order_make_the_same_statements(tmp_path):
    tables, dumps = [], []
    for n, order in enumerate(itertools.permutations(sources())):
        path = tmp_path / f"{n}.sqlite"
        build_atlas(path, order)
        tables.append(table(path))
        dumps.append(dump(path))
    assert all(each == tables[0] for each in tables)
    assert all(each == dumps[0] for each in dumps)


def test_the_same_documents_make_the_same_file(tmp_path):
    for name in ("one", "two"):
        build_atlas(tmp_path / name, sources())
    assert (tmp_path / "one").read_bytes() == (tmp_path / "two").read_bytes()


def test_a_statement_whose_quote_is_not_in_the_text_is_refused(tmp_path):
    first = sources()[0]
    claim = Claim(
        doc=first.doc, **at(BULLETIN, "全国首个"), subject="云溪高新区", claim="全国首个", scope=None, superlative=None,
        status="actual",
    )  # fmt: skip
    false = msgspec.structs.replace(claim, quote="全省首个")
    astray = msgspec.structs.replace(claim, start=len(BULLETIN), end=len(BULLETIN) + 4)
    records = [*first.records, claim, claim, false, astray]
    report = build_atlas(tmp_path / "a", [source(first.doc, BULLETIN, records)])
    assert [refusal.reason for refusal in report.refused] == [
        "the statement is there twice",
        "its quote is not what the text says there",
        "its evidence lies outside of the text",
    ]
    assert report.counts["claim"] == 2


def test_two_documents_of_one_name_are_an_error_and_leave_the_old_atlas(tmp_path):
    path = tmp_path / "atlas.sqlite"
    build_atlas(path, sources()[:1])
    before = path.read_bytes()
    with pytest.raises(StoreError, match="two documents have the same name"):
        build_atlas(path, [*sources(), sources()[0]])
    assert path.read_bytes() == before
    assert not [each for each in tmp_path.iterdir() if "building" in each.name]


def test_a_build_that_breaks_off_leaves_the_old_atlas(tmp_path):
    path = tmp_path / "atlas.sqlite"
    build_atlas(path, sources()[:1])
    before = path.read_bytes()

    def broken():
        yield sources()[1]
        raise RuntimeError

    with pytest.raises(RuntimeError):
        build_atlas(path, broken())
    assert path.read_bytes() == before


def test_an_open_atlas_keeps_showing_what_it_showed_while_a_new_one_is_built(tmp_path):
    path = tmp_path / "atlas.sqlite"
    build_atlas(path, sources())
    with open_atlas(path) as old:
        build_atlas(path, sources()[1:2])
        assert old.counts()["document"] == 3
        with open_atlas(path) as new:
            assert new.counts()["document"] == 1


def test_a_second_builder_is_told(tmp_path):
    path = tmp_path / "atlas.sqlite"
    entered, leave = threading.Event(), threading.Event()

    def slow():
        entered.set()
        leave.wait(10)
        yield from sources()

    first = threading.Thread(target=build_atlas, args=(path, slow()))
    first.start()
    assert entered.wait(10)
    try:
        with pytest.raises(StoreError, match="being written by somebody else"):
            build_atlas(path, sources())
    finally:
        leave.set()
        first.join()
    with open_atlas(path) as atlas:
        assert atlas.counts()["document"] == 3


def test_what_a_killed_build_left_behind_does_no_harm(tmp_path):
    (tmp_path / ".atlas.sqlite.building").write_bytes(b"half of somet")
    build_atlas(tmp_path / "atlas.sqlite", sources())
    assert not (tmp_path / ".atlas.sqlite.building").exists()


def test_a_document_must_have_its_record_and_no_others(tmp_path):
    first, second, _ = sources()
    with pytest.raises(StoreError, match="0 document records"):
        build_atlas(tmp_path / "a", [source(first.doc, BULLETIN, list(first.records[1:]))])
    with pytest.raises(StoreError, match="stands among those of another"):
        build_atlas(tmp_path / "a", [source(first.doc, BULLETIN, [*first.records, second.records[1]])])


def test_no_atlas(tmp_path):
    with pytest.raises(StoreError, match="there is no atlas"):
        open_atlas(tmp_path / "none")


@pytest.mark.parametrize(
    "content", [b"", b"plain text that is no database at all", b"SQLite format 3\0" + b"\xff" * 4096]
)
def test_a_file_that_is_no_atlas(tmp_path, content):
    path = tmp_path / "atlas"
    path.write_bytes(content)
    with pytest.raises(StoreError, match="no atlas"):
        open_atlas(path)


def test_a_damaged_atlas_is_told_in_one_sentence(tmp_path):
    path = tmp_path / "atlas.sqlite"
    build_atlas(path, sources())
    content = bytearray(path.read_bytes())
    content[4096:] = b"\x5a" * (len(content) - 4096)
    path.write_bytes(content)
    with pytest.raises(StoreError, match="damaged"), open_atlas(path) as atlas:
        atlas.statements(StatementFilter())


@pytest.mark.parametrize(("version", "words"), [(SCHEMA_VERSION + 1, "a newer Yanzhen"), (0, "an older Yanzhen")])
def test_an_atlas_of_another_schema_is_told_in_one_sentence(tmp_path, version, words):
    path = tmp_path / "atlas.sqlite"
    build_atlas(path, sources())
    connection = sqlite3.connect(path)
    connection.execute(f"PRAGMA user_version = {version}")
    connection.close()
    with pytest.raises(StoreError, match=words):
        open_atlas(path)


def test_a_folder_that_is_not_there(tmp_path):
    with pytest.raises(StoreError, match="cannot be opened"):
        build_atlas(tmp_path / "none" / "atlas", sources())


def test_an_atlas_says_its_schema(tmp_path):
    build_atlas(tmp_path / "a", [])
    with open_atlas(tmp_path / "a") as atlas:
        assert atlas.meta() == {"schema_version": str(SCHEMA_VERSION)}
        assert set(atlas.counts().values()) == {0}


def test_the_digest_is_the_sources(tmp_path):
    build_atlas(tmp_path / "a", sources())
    with open_atlas(tmp_path / "a") as atlas:
        view = atlas.document("repost")
        assert view is not None
        assert view.record.digest == view.digest == digest(atlas.text("repost"))
