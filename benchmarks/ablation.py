"""What each table and each family of rules gives: the scores of the genre documents without it, one at a time.

    python benchmarks/ablation.py [--texts DIR --gold DIR]

Each row is read in a process of its own. A difference below about 0.005 is within what one document changes.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parent
LEVELS = (
    "entity",
    "observation.fact",
    "observation.full",
    "milestone.full",
    "relation.full",
    "policy.full",
    "claim.full",
)
TABLES = {
    "places": ("places/",),
    "zones": ("zones/",),
    "firms": ("organisations/companies.csv", "organisations/listed.csv"),
    "universities, institutes": ("organisations/universities.csv", "organisations/institutes.csv"),
    "government, finance": ("organisations/government.csv", "organisations/finance.csv"),
    "honours": ("honours/",),
    "endings of names": ("names/org_suffixes.csv",),
    "who holds what": ("metrics/holders.csv",),
    "relation phrasings": ("patterns/relations.csv",),
}
RULES = {
    "products by phrasing": ("products", "added", "lambda text, found: found"),
    "titles by their make": ("honours", "added", "lambda text, found: found"),
    "pointers (该项目, 园区)": ("scene.Scene", "_pointers", "lambda self: []"),
    "dates of context": ("modality", "_context_period", "lambda *a: None"),
    "relative clauses, steps": ("phrases", "_completed", "lambda scene, words, first, found: found"),
    "benefits by who gets them": ("observations", "benefit", "lambda *a: None"),
}
CHILD = """
import importlib, json, sys
from pathlib import Path
texts, gold, what = Path(sys.argv[1]), Path(sys.argv[2]), json.loads(sys.argv[3])
sys.path.insert(0, sys.argv[4])
import yanzhen.data as data
from yanzhen.data import loader
real = loader.rows
def rows(table):
    kept = real(table)
    gone = what.get("tables", [])
    if not any(table.startswith(t) for t in gone):
        return kept
    # The header of a table that is gone stays known: one row that names nothing.
    return kept[:1] if "holders" not in table else tuple(
        {**r, **{k: "0" for k in r if k not in ("id", "class", "heads", "units", "source")}} for r in kept)
loader.rows = data.rows = rows
from yanzhen.extract import extract
from yanzhen.facts import Article, Document, encode_line
from yanzhen.fold import fold
from yanzhen.frame import frame
if "rule" in what:
    place, name, body = what["rule"]
    module, _, inner = place.partition(".")
    target = importlib.import_module("yanzhen.extract." + module)
    setattr(getattr(target, inner) if inner else target, name, eval(body))
from score import LEVELS, read, score_document, Count
total = {level: Count() for level in LEVELS}
for path in sorted(gold.glob("*.jsonl")):
    raw = (texts / f"{path.stem}.txt").read_text(encoding="utf-8-sig")
    folded = fold(raw)
    framed = frame(folded, None, path.stem + ".txt")
    records = [
        Document(doc=path.stem, published=framed.published, published_precision=framed.precision, start=0, end=1)
    ]
    records += [Article(doc=path.stem, id=a.id, title=a.title, start=a.start, end=a.end) for a in framed.articles]
    records += extract(folded, framed, path.stem)
    found = [json.loads(encode_line(r)) for r in records]
    for level, one in score_document(read(path), found).items():
        total[level].gold += one.gold
        total[level].predicted += one.predicted
        total[level].right += one.right
print(json.dumps({level: total[level].f1 for level in total}))
"""


def scores(texts: Path, gold: Path, what: dict[str, object]) -> dict[str, float]:
    """F1 of every level with something taken away."""
    done = subprocess.run(
        [sys.executable, "-c", CHILD, str(texts), str(gold), json.dumps(what), str(HERE / "genre")],
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        sys.exit(done.stderr)
    found: dict[str, float] = json.loads(done.stdout)
    return found


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--texts", type=Path, default=HERE / "genre" / "texts")
    parser.add_argument("--gold", type=Path, default=HERE / "genre" / "gold")
    arguments = parser.parse_args()
    whole = scores(arguments.texts, arguments.gold, {})
    print("| without | " + " | ".join(LEVELS) + " |")
    print("|---|" + "---|" * len(LEVELS))
    print("| (nothing) | " + " | ".join(f"{whole[level]:.3f}" for level in LEVELS) + " |")
    cases: list[tuple[str, dict[str, object]]] = [(name, {"tables": tables}) for name, tables in TABLES.items()]
    cases += [(name, {"rule": rule}) for name, rule in RULES.items()]
    for name, what in cases:
        less = scores(arguments.texts, arguments.gold, what)
        print(f"| {name} | " + " | ".join(f"{less[level] - whole[level]:+.3f}" for level in LEVELS) + " |", flush=True)


if __name__ == "__main__":
    main()
