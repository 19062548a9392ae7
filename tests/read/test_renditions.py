"""What was read once of the same bytes is not read again; what is damaged is."""

import os

import pytest
import read_pages as pages

from yanzhen.errors import InputError
from yanzhen.pipeline import Outcome, run
from yanzhen.read import Failure, Limits, Reader, Rendition, Renditions, read_paths, renditions

STORY = pages.STORIES[0]


@pytest.fixture
def papers(tmp_path):
    folder = tmp_path / "papers"
    folder.mkdir()
    (folder / "a.pdf").write_bytes(pages.pdf([pages.sheet(STORY)]))
    (folder / "b.html").write_text(pages.news_page(STORY), encoding="utf-8")
    (folder / "c.txt").write_text(pages.plain_text(STORY), encoding="utf-8")
    (folder / "d.pdf").write_bytes(b"%PDF-1.4 cut off")
    return folder


def counting(monkeypatch):
    """How often a parser is asked."""
    asked = []
    made = Reader._parsed

    def parsed(self, raw, path, kind):
        asked.append(path.rsplit("/", 1)[1])
        return made(self, raw, path, kind)

    monkeypatch.setattr(Reader, "_parsed", parsed)
    return asked


def kept_files(folder):
    return sorted(file for file in folder.rglob("*") if file.is_file())


def test_a_file_is_read_once_and_says_the_same_the_next_time(papers, tmp_path, monkeypatch):
    asked = counting(monkeypatch)
    kept = Renditions(tmp_path / "kept")
    first = list(read_paths([papers], renditions=kept))
    assert asked == ["a.pdf", "b.html", "c.txt", "d.pdf"]
    second = list(read_paths([papers], renditions=kept))
    assert second == first
    assert isinstance(first[3], Failure)
    # Plain text is its own rendition, and a failure may be mended by a newer version: both are read again.
    assert asked[4:] == ["c.txt", "d.pdf"]
    assert list(read_paths([papers])) == first


def test_the_same_bytes_under_another_name_are_not_read_again(papers, tmp_path, monkeypatch):
    kept = Renditions(tmp_path / "kept")
    list(read_paths([papers / "a.pdf"], renditions=kept))
    (papers / "copy.pdf").write_bytes((papers / "a.pdf").read_bytes())
    asked = counting(monkeypatch)
    (copy,) = read_paths([papers / "copy.pdf"], renditions=kept)
    assert isinstance(copy, Rendition)
    assert (copy.doc, asked) == ("copy", [])


def test_what_is_kept_is_the_same_to_the_byte(papers, tmp_path):
    for name in ("one", "two"):
        list(read_paths([papers], renditions=Renditions(tmp_path / name)))
    one, two = kept_files(tmp_path / "one"), kept_files(tmp_path / "two")
    assert [file.name for file in one] == [file.name for file in two]
    assert [file.read_bytes() for file in one] == [file.read_bytes() for file in two]
    assert len(one) == 2


@pytest.mark.parametrize(
    "damage",
    [
        lambda raw: b"",
        lambda raw: raw[:-100],
        lambda raw: raw.replace("项目".encode(), "项日".encode()),
        lambda raw: b"\x00" * len(raw),
        lambda raw: b"not the sum\n{}",
    ],
)
def test_a_damaged_rendition_is_made_anew(papers, tmp_path, monkeypatch, damage):
    kept = Renditions(tmp_path / "kept")
    (first,) = read_paths([papers / "b.html"], renditions=kept)
    (file,) = kept_files(tmp_path / "kept")
    whole = file.read_bytes()
    file.write_bytes(damage(whole))
    asked = counting(monkeypatch)
    assert list(read_paths([papers / "b.html"], renditions=kept)) == [first]
    assert asked == ["b.html"]
    assert file.read_bytes() == whole


def test_another_version_of_the_readers_reads_again(papers, tmp_path, monkeypatch):
    kept = Renditions(tmp_path / "kept")
    list(read_paths([papers / "b.html"], renditions=kept))
    monkeypatch.setattr(renditions, "VERSION", renditions.VERSION + 1)
    asked = counting(monkeypatch)
    list(read_paths([papers / "b.html"], renditions=kept))
    assert asked == ["b.html"]


def test_a_folder_that_cannot_be_written_to_costs_only_time(papers, tmp_path, monkeypatch):
    kept = Renditions(tmp_path / "kept")

    def full(*arguments, **options):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(renditions.tempfile, "mkstemp", full)
    assert isinstance(next(read_paths([papers / "b.html"], renditions=kept)), Rendition)
    assert kept_files(tmp_path / "kept") == []
    (tmp_path / "file").write_text("x")
    with pytest.raises(InputError, match="cannot keep renditions"):
        Renditions(tmp_path / "file" / "below")


def test_nothing_half_written_is_ever_found(papers, tmp_path, monkeypatch):
    kept = Renditions(tmp_path / "kept")

    def killed(*arguments, **options):
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "fdopen", killed)
    with pytest.raises(KeyboardInterrupt):
        list(read_paths([papers / "b.html"], renditions=kept))
    monkeypatch.undo()
    assert kept_files(tmp_path / "kept") == []
    assert isinstance(next(read_paths([papers / "b.html"], renditions=kept)), Rendition)


@pytest.mark.parametrize("workers", [1, 2])
def test_the_pipeline_says_the_same_with_and_without(papers, tmp_path, workers):
    plain = [item.lines() for item in run([papers]) if isinstance(item, Outcome)]
    for _ in range(2):
        found = [
            item.lines()
            for item in run([papers], workers, renditions=tmp_path / "kept", limits=Limits())
            if isinstance(item, Outcome)
        ]
        assert found == plain
    assert len(kept_files(tmp_path / "kept")) == 2
