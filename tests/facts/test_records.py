"""The wire format."""

import json

import msgspec
import pytest

from yanzhen.facts import Observation, Relation, decode_lines, encode_line, json_schema, statement_id, with_id


def observation(**fields):
    said = {
        "doc": "n1", "subject": "云湖高新区", "metric": "产值", "measure": "level", "value": 8.5e9, "unit": "CNY",
        "cmp": "=", "period": None, "modality": "actual", "quote": "产值85亿元", "start": 3, "end": 9,
    }  # fmt: skip
    return Observation(**{**said, **fields})


def test_a_line_shows_null_fields_that_mean_something_and_whole_numbers_without_a_point():
    line = json.loads(encode_line(observation()))
    assert line["period"] is None
    assert "8500000000" in encode_line(observation()).decode()
    assert "of" not in line
    assert json.loads(encode_line(observation(measure="share")))["of"] is None


def test_lines_round_trip():
    assert list(decode_lines(encode_line(observation()) * 2)) == [observation()] * 2


def test_the_id_depends_on_what_is_said_and_not_on_who_found_it():
    base = statement_id(observation(), "d")
    assert base == statement_id(observation(origin="row-7", inferred=True, article="a2"), "d")
    assert base != statement_id(observation(value=8.6e9), "d")
    assert base != statement_id(observation(), "other document")
    assert with_id(observation(), "d").id == base


@pytest.mark.parametrize(
    "bad", [b'{"kind":"nothing"}', b'{"kind":"relation","doc":"1"}', b"[]", b'{"kind":"observation"}']
)
def test_a_line_that_is_no_record_is_refused(bad):
    with pytest.raises(msgspec.ValidationError):
        list(decode_lines(bad))


def test_the_schema_knows_every_predicate():
    text = json.dumps(json_schema())
    assert "signs_with" in text
    assert Relation.__struct_config__.tag == "relation"
