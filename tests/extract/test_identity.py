"""The same documents give the same bytes, whatever the process, its hash seed and the number of workers."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

DEV = Path(__file__).parents[2] / "spec" / "extract" / "dev"
READ = """
import sys
from pathlib import Path
from yanzhen.pipeline import run
if __name__ == "__main__":
    for outcome in run(sorted(Path(sys.argv[1]).glob("*.txt")), int(sys.argv[2])):
        sys.stdout.buffer.write(outcome.lines())
"""


def read(workers, seed, tmp_path):
    script = tmp_path / "read.py"
    script.write_text(READ, encoding="utf-8")
    command = [sys.executable, str(script), str(DEV), str(workers)]
    environment = {**os.environ, "PYTHONHASHSEED": str(seed), "PYTHONPATH": os.pathsep.join(sys.path)}
    return subprocess.run(command, capture_output=True, env=environment, check=True).stdout


@pytest.fixture(scope="module")
def first(tmp_path_factory):
    return read(1, 1, tmp_path_factory.mktemp("first"))


@pytest.mark.parametrize("seed", [2, 77])
def test_the_order_of_sets_decides_nothing(seed, first, tmp_path):
    assert read(1, seed, tmp_path) == first


@pytest.mark.parametrize("workers", [2, 4])
def test_the_number_of_workers_decides_nothing(workers, first, tmp_path):
    assert read(workers, 5, tmp_path) == first


def test_something_is_read(first):
    assert first.count(b"\n") > 500
