"""Characters a second on one core: fold and quantify, beside JioNLP and Recognizers-Text on the same text.

The peers run in the same run, in an interpreter of their own (`--peers-python`), where `pip install jionlp` and
`pip install emoji==1.7.0 recognizers-text-suite==1.0.2a2` were done; a peer that cannot be imported is left out with a
note. Also printed: the time of a line of a million characters over that of half a million, for text made to be hard.
"""

import argparse
import json
import random
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import date
from itertools import count

from yanzhen.fold import fold
from yanzhen.quantify import periods, periods_in, quantities, quantities_in

SERIAL = count(1)
PATTERNS = (
    "{y}年,云湖高新区实现规上工业总产值{a}.6亿元,同比增长{b}.3%,占全市的{c}%。",
    "该项目总投资约{a}亿元,占地{b}亩,计划{y}年{m}月投产,达产后年产值可达{c}亿元。",
    "截至目前,园区集聚企业{a}余家,其中高新技术企业{b}家,研发人员超{c}00人。",
    "“我们将继续完善产业链条,让创新要素加快汇聚。”园区负责人介绍,下一步将提升服务水平,优化营商环境。",
    "对首次认定的企业给予最高不超过{a}万元奖励,单个项目补助不高于设备投资的{b}%。",
    "上半年,外贸进出口总额{a}.8亿元,实际使用外资{b}万美元,新签约项目{c}个。",
)
PEER = """
import json, sys, time
text = json.load(sys.stdin)
lines = text.split("\\n")
def timed(name, job):
    job(lines[0])
    start = time.process_time()
    for line in lines:
        job(line)
    print(json.dumps([name, len(text) / (time.process_time() - start)]), flush=True)
try:
    import jionlp as jio
    money, clock = jio.ner.MoneyExtractor(), jio.ner.TimeExtractor()
    def both(line):
        for found in money(line):
            try:
                jio.parse_money(found["text"])
            except ValueError:
                pass
        for found in clock(line):
            try:
                jio.parse_time(found["text"], time_base=1716163200)
            except ValueError:
                pass
    timed("JioNLP money + time", both)
except ImportError as error:
    print(json.dumps([f"JioNLP left out: {error}", None]), flush=True)
try:
    from recognizers_text import Culture
    from recognizers_number import recognize_number
    from recognizers_number_with_unit import recognize_currency
    from recognizers_date_time import recognize_datetime
    def three(line):
        recognize_number(line, Culture.Chinese); recognize_currency(line, Culture.Chinese)
        recognize_datetime(line, Culture.Chinese)
    lines = lines[: max(1, len(lines) // 8)]; text = "\\n".join(lines)
    timed("Recognizers-Text number + currency + date-time", three)
except ImportError as error:
    print(json.dumps([f"Recognizers-Text left out: {error}", None]), flush=True)
"""


def sample(sentences: int) -> str:
    """Generated sentences of the genre, one a line."""
    pick = random.Random(7)
    return "\n".join(
        pick.choice(PATTERNS).format(
            y=pick.randint(2018, 2025),
            m=pick.randint(1, 12),
            a=pick.randint(2, 900),
            b=pick.randint(2, 60),
            c=pick.randint(2, 90),
        )
        for _ in range(sentences)
    )


def rate(job: Callable[[str], object], text: str) -> float:
    """Characters a second, the best of three."""
    best = 0.0
    for _ in range(3):
        fresh = f"第{next(SERIAL)}批。" + text  # no result of an earlier turn fits
        start = time.process_time()
        job(fresh)
        best = max(best, len(text) / (time.process_time() - start))
    return best


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--peers-python", help="interpreter that has the peers")
    parser.add_argument("--sentences", type=int, default=2000)
    options = parser.parse_args()
    text, day = sample(options.sentences), date(2024, 5, 20)
    clean = fold(text).text
    ours = {
        "fold": rate(fold, text * 5),
        "quantify, folded text": rate(lambda t: (quantities_in(t), periods_in(t, day)), clean),
        "quantify, any text": rate(lambda t: (quantities(t), periods(t, day)), text),
    }
    for name, figure in ours.items():
        print(f"{name:50}{figure:14,.0f} characters/s")
    if options.peers_python:
        command = [options.peers_python, "-c", PEER]
        done = subprocess.run(command, input=json.dumps(text), capture_output=True, text=True, check=False)
        for line in done.stdout.splitlines():
            if line.startswith("["):
                name, figure = json.loads(line)
                ratio = f"   ours / theirs {ours['quantify, any text'] / figure:6.1f}" if figure else ""
                print(f"{name:50}{figure or 0:14,.0f} characters/s{ratio}")
    for piece in ("1", "万", "年", ",", "1,", "一二", "2023年5月", "3亿元"):
        times = []
        for size in (500_000, 1_000_000):
            line = (piece * (size // len(piece) + 1))[:size]
            best = []
            for _ in range(2):  # the first reading of so long a line also waits for memory
                start = time.process_time()
                quantities(line)
                periods(line, day)
                best.append(time.process_time() - start)
            times.append(min(best))
        print(f"a line of {piece!r:12} 1 M / 500 k: {times[1] / times[0]:5.2f}   ({times[1]:.2f} s)", flush=True)


if __name__ == "__main__":
    sys.exit(main())
