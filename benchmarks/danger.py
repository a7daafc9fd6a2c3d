"""How well danger is noticed, and everyday heat let pass: `python -m benchmarks.danger`.

`data/danger_unseen.jsonl` was written apart and is only ever measured on. Of `data/danger.jsonl` two thirds are learned
from; the third whose numbers are divisible by three, written to differ from danger by a word or two, is what the bar is
chosen by. Intervals are Wilson's, 95 %.
"""

from __future__ import annotations

import json
import math
import sys
import time
from collections import Counter
from pathlib import Path

from edgewise.counterpart.perceive import Context, LearnedReader
from edgewise.danger import Watcher
from edgewise.situation import Situation

DATA = Path(__file__).parent / "data"


def main() -> None:
    """Print the figures; with `--missed`, also which of the lines that were learned from are read wrongly."""
    lines = [json.loads(line) for line in (DATA / "danger.jsonl").read_text(encoding="utf-8").splitlines()]
    watcher = Watcher.shipped()
    unseen = [json.loads(line) for line in (DATA / "danger_unseen.jsonl").read_text(encoding="utf-8").splitlines()]
    for name, some in (
        ("unseen", unseen),
        ("hard third, by which the bar is chosen", [one for one in lines if one["number"] % 3 == 0]),
        ("the rest (learned from)", [one for one in lines if one["number"] % 3]),
    ):
        _report(watcher, name, some)
    _everyday(watcher)
    _time(watcher, [one["text"] for one in lines])
    if "--missed" in sys.argv:
        for one in lines:
            if one["number"] % 3 and (watcher.sign_in(one["text"]) is None) is (one["kind"] != "none"):
                print(one["number"], one["kind"], one["text"])


def _report(watcher: Watcher, name: str, lines: list[dict[str, str]]) -> None:
    danger = [one for one in lines if one["kind"] != "none"]
    near = [one for one in lines if one["kind"] == "none"]
    noticed = [one for one in danger if watcher.sign_in(one["text"])]
    false = [one for one in near if watcher.sign_in(one["text"])]
    print(f"{name}")
    print(f"  danger noticed          {_share(len(noticed), len(danger))}")
    print(f"  false alarms, near miss {_share(len(false), len(near))}")
    by_kind, caught = Counter(one["kind"] for one in danger), Counter(one["kind"] for one in noticed)
    print(
        "  noticed by kind         " + ", ".join(f"{kind} {caught[kind]}/{by_kind[kind]}" for kind in sorted(by_kind))
    )
    right = sum(
        (sign := watcher.sign_in(one["text"])) is not None and sign.kind.value == one["kind"] for one in noticed
    )
    print(f"  kind named right        {_share(right, len(noticed))}")


def _everyday(watcher: Watcher) -> None:
    """Turns of ordinary dreaded conversations, written for another purpose."""
    turns = [json.loads(line) for line in (DATA / "user_turns.jsonl").read_text(encoding="utf-8").splitlines()]
    texts = sorted({turn["text"] for turn in turns})
    alarms = sum(watcher.sign_in(text) is not None for text in texts)
    print(f"ordinary turns (user_turns)\n  false alarms            {_share(alarms, len(texts))}")


def _time(watcher: Watcher, texts: list[str]) -> None:
    """What watching adds to a turn: medians over the lines, each read once, the reader's own time beside it."""
    reader, took, read = LearnedReader(), [], []
    for text in texts[:120]:
        fresh = f"{text} "
        began = time.perf_counter()
        watcher.sign_in(f"{fresh} ")
        between = time.perf_counter()
        reader.read(f"{fresh}  ", Context(Situation()))
        read.append(time.perf_counter() - between)
        took.append(between - began)
    median = sorted(took)[len(took) // 2] * 1000
    print(f"time\n  watching {median:.1f} ms a turn; reading {sorted(read)[len(read) // 2] * 1000:.1f} ms")


def _share(part: int, whole: int) -> str:
    low, high = _wilson(part, whole)
    return f"{part / whole:.3f} ({part} of {whole}; {low:.3f} to {high:.3f})"


def _wilson(part: int, whole: int, z: float = 1.96) -> tuple[float, float]:
    share = part / whole
    middle = (share + z * z / (2 * whole)) / (1 + z * z / whole)
    half = z * math.sqrt(share * (1 - share) / whole + z * z / (4 * whole * whole)) / (1 + z * z / whole)
    return max(0.0, middle - half), min(1.0, middle + half)


if __name__ == "__main__":
    main()
