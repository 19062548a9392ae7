"""Tables are read once, in the encodings people save them in, with their own rows laid over ours."""

import pytest

from yanzhen.data import rows, split, use_overlay
from yanzhen.errors import DataError


@pytest.fixture
def overlay(tmp_path):
    def lay(table, raw):
        path = tmp_path / table
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(raw)
        use_overlay(tmp_path)

    yield lay
    use_overlay(None)


def test_a_folder_is_read_as_one_table():
    assert {row["id"] for row in rows("zones/")} >= {row["id"] for row in rows("zones/etdz.csv")}


def test_rows_cannot_be_changed():
    with pytest.raises(TypeError):
        rows("zones/etdz.csv")[0]["name"] = "x"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_a_table_of_ones_own_may_come_from_any_office_program(overlay, encoding):
    overlay(
        "names/titles.csv",
        "id,form,kind,named,org,generic,source\r\nmine,岛主,executive,before,1,0,self\r\n".encode(encoding),
    )
    assert rows("names/titles.csv")[-1]["form"] == "岛主"


def test_a_row_with_an_id_of_ours_replaces_it(overlay):
    before = rows("names/titles.csv")
    overlay(
        "names/titles.csv", "id,form,kind,named,org,generic,source\ntit-0001,岛主,executive,before,1,0,self\n".encode()
    )
    after = rows("names/titles.csv")
    assert len(after) == len(before)
    assert after[0]["form"] == "岛主"


def test_a_line_that_does_not_fit_says_where(overlay):
    overlay("names/titles.csv", "id,form\ntit-9999,岛主,x\n".encode())
    with pytest.raises(DataError, match=r"titles.csv:2"):
        rows("names/titles.csv")


def test_a_table_that_is_not_there_is_an_error():
    with pytest.raises(DataError, match="no such table"):
        rows("nowhere/none.csv")


def test_an_overlay_must_be_a_folder(tmp_path):
    with pytest.raises(DataError):
        use_overlay(tmp_path / "none")


def test_split_drops_empty_values():
    assert split("甲|乙") == ("甲", "乙")
    assert split("") == ()
