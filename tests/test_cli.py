"""The command line as a person uses it."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

PROGRAM = Path(sys.executable).parent / "yanzhen"


def run(*arguments, cwd):
    done = subprocess.run([PROGRAM, *map(str, arguments)], cwd=cwd, capture_output=True, timeout=120, check=False)
    return done.returncode, done.stdout, done.stderr.decode()


@pytest.fixture
def papers(tmp_path):
    folder = tmp_path / "papers"
    folder.mkdir()
    (folder / "one.txt").write_text("云湖高新区2023年产值达85亿元。\n", encoding="utf-8")
    (folder / "two.txt").write_bytes("云湖高新区拥有高新技术企业326家。".encode("gb18030"))
    return folder


def test_extract_writes_one_file_a_document(papers, tmp_path):
    code, _, errors = run("extract", papers, "--out", tmp_path / "out", cwd=tmp_path)
    assert (code, errors.strip()) == (0, "2 document(s) read")
    lines = [json.loads(line) for line in (tmp_path / "out" / "one.jsonl").read_text(encoding="utf-8").splitlines()]
    assert lines[0]["kind"] == "document"
    assert any(line["kind"] == "observation" and line["value"] == 8500000000 for line in lines)


def test_workers_change_nothing(papers, tmp_path):
    outputs = {run("extract", papers, "--workers", n, cwd=tmp_path)[1] for n in (1, 2)}
    assert len(outputs) == 1


def test_a_bad_document_is_reported_and_skipped(papers, tmp_path):
    (papers / "bad.pdf").write_bytes(b"%PDF-1.4 cut off")
    code, _, errors = run("extract", papers, "--out", tmp_path / "out", cwd=tmp_path)
    assert code == 1
    assert "bad.pdf" in errors
    assert "2 document(s) read, 1 failed" in errors


@pytest.mark.parametrize(
    "arguments",
    [
        ["extract", "missing.txt"],
        ["serve", "--atlas", "missing.sqlite"],
        ["data", "nonsense"],
        ["extract", "papers", "--data", "nowhere"],
    ],
)
def test_what_cannot_be_done_is_one_sentence_and_code_2(arguments, papers, tmp_path):
    del papers
    code, _, errors = run(*arguments, cwd=tmp_path)
    assert code == 2
    assert "Traceback" not in errors
    assert errors.count("yanzhen:") >= 1


def test_build_makes_an_atlas_and_read_shows_why_a_date(papers, tmp_path):
    code, _, _ = run("build", papers, "--atlas", tmp_path / "a.sqlite", cwd=tmp_path)
    assert code == 0
    assert (tmp_path / "a.sqlite").stat().st_size > 0
    code, out, _ = run("read", papers / "one.txt", cwd=tmp_path)
    assert code == 0
    assert "one" in out.decode()


def test_explain_shows_sentence_rule_and_values(papers, tmp_path):
    code, output, _ = run("explain", papers / "one.txt", "--quote", "85亿元", cwd=tmp_path)
    shown = output.decode()
    assert code == 0
    assert "云湖高新区2023年产值达85亿元" in shown
    assert "8500000000" in shown
    assert run("explain", papers / "one.txt", "--id", "none", cwd=tmp_path)[0] == 2


def test_what_was_read_of_a_page_is_kept_and_used_again(tmp_path):
    (tmp_path / "page.html").write_text(
        "<html><body><p>云湖高新区2023年产值达85亿元。</p></body></html>", encoding="utf-8"
    )
    arguments = ("extract", "page.html", "--renditions", "kept")
    first = run(*arguments, cwd=tmp_path)
    kept = [p for p in (tmp_path / "kept").rglob("*") if p.is_file()]
    assert first[0] == 0
    assert kept
    assert run(*arguments, cwd=tmp_path)[1] == first[1]
