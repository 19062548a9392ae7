"""Web pages read a second on one core, beside peers on the same pages; memory over thousands of files.

The peers run in the same run, in an interpreter of their own (`--peers-python`), where `pip install trafilatura
readability-lxml lxml_html_clean` was done; a peer that cannot be imported is left out with a note. Figures are
megabytes of page a second of processor time. For memory, `--files` pages are written to a folder and read with
`read_path`; what is printed is the largest resident size after a tenth of them and after all.
"""

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
import tracemalloc
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "tests" / "read"))

import read_pages as pages  # noqa: E402 - shared with the tests

from yanzhen.read import Limits, Rendition, read_path  # noqa: E402
from yanzhen.read import html as reader  # noqa: E402
from yanzhen.read.model import Budget  # noqa: E402

PEER = """
import json, sys, time
pages = json.load(sys.stdin)
size = sum(len(page.encode()) for page in pages)
def timed(name, job):
    job(pages[0])
    start = time.process_time()
    for page in pages:
        job(page)
    print(json.dumps([name, size / 1e6 / (time.process_time() - start)]), flush=True)
try:
    import trafilatura
    timed("trafilatura, text and metadata", lambda page: trafilatura.bare_extraction(page, with_metadata=True))
    timed("trafilatura, text alone", lambda page: trafilatura.extract(page))
except ImportError as error:
    print(json.dumps([f"trafilatura left out: {error}", None]), flush=True)
try:
    from readability import Document
    timed("readability-lxml, title and body", lambda page: (lambda d: (d.title(), d.summary()))(Document(page)))
except ImportError as error:
    print(json.dumps([f"readability-lxml left out: {error}", None]), flush=True)
"""


def sample(count: int) -> list[str]:
    """Pages of news sites, official accounts and old government sites, as long and as noisy as such pages are."""
    made = []
    for n in range(count):
        story = pages.long_story(n % 6, 6 + n % 9)
        kind = n % 4
        if kind == 3:
            made.append(pages.account_page(story))
        elif kind == 2:
            made.append(pages.table_page(story))
        else:
            made.append(pages.news_page(story, br=bool(kind), noise=6))
    return made


def speed(made: list[str]) -> float:
    """Megabytes a second, the best of three."""
    raws = [page.encode() for page in made]
    size = sum(map(len, raws))
    best = 0.0
    for _ in range(3):
        start = time.process_time()
        for raw in raws:
            reader.read(raw, "page.html", Budget(Limits()))
        best = max(best, size / 1e6 / (time.process_time() - start))
    return best


def memory(made: list[str], count: int) -> None:
    """Print the resident size and the Python memory in use while a folder is read."""
    with tempfile.TemporaryDirectory() as folder:
        for n in range(count):
            Path(folder, f"{n:05}.html").write_text(made[n % len(made)] + f"<!-- {n} -->", encoding="utf-8")
        marks = {}
        tracemalloc.start(1)
        for done, item in enumerate(read_path(folder), 1):
            assert isinstance(item, Rendition)
            if done in (count // 10, count):
                held = tracemalloc.get_traced_memory()[0] / 1e6
                marks[done] = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, held)
        tracemalloc.stop()
    for done, (resident, held) in marks.items():
        print(f"after {done:6,} files: {resident:7.1f} MB resident at most, {held:6.2f} MB held by Python")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--peers-python", help="interpreter that has the peers")
    parser.add_argument("--pages", type=int, default=400)
    parser.add_argument("--files", type=int, default=5000)
    options = parser.parse_args()
    made = sample(options.pages)
    size = sum(len(page.encode()) for page in made)
    ours = speed(made)
    print(f"{options.pages} pages, {size / 1e6:.1f} MB")
    print(f"{'yanzhen, text and metadata':40}{ours:8.2f} MB/s")
    if options.peers_python:
        command = [options.peers_python, "-c", PEER]
        done = subprocess.run(command, input=json.dumps(made), capture_output=True, text=True, check=False)
        for line in done.stdout.splitlines():
            if line.startswith("["):
                name, figure = json.loads(line)
                ratio = f"   ours / theirs {ours / figure:5.1f}" if figure else ""
                print(f"{name:40}{figure or 0:8.2f} MB/s{ratio}")
    memory(made, options.files)


if __name__ == "__main__":
    sys.exit(main())
