"""How long a reply takes, reader included, and how a rehearsal grows with its length."""

from __future__ import annotations

import json
import resource
import statistics
import time
from pathlib import Path

from edgewise import Counterpart, example, preset
from edgewise.rehearsal import heard

TURNS = Path(__file__).parent / "data" / "user_turns.jsonl"
HELD = 400


def main() -> None:
    """Print the first reply (everything loaded for the first time), then the median and 95th percentile of the rest."""
    texts = [json.loads(line)["text"] for line in TURNS.read_text(encoding="utf-8").splitlines()]
    began = time.perf_counter()
    counterpart = Counterpart(example("belittling-manager"), preset("usual"), 1)
    counterpart.greet()
    first = time.perf_counter() - began
    took: list[float] = []
    for number in range(HELD):
        yours = heard(texts[number % len(texts)] or "...")
        began = time.perf_counter()
        counterpart.answer(yours)
        took.append(time.perf_counter() - began)
    early, late = statistics.median(took[:50]), statistics.median(took[-50:])
    print(f"first words, everything loaded for the first time  {first * 1000:7.1f} ms")
    print(f"a reply, median of {HELD}                            {statistics.median(took) * 1000:7.1f} ms")
    print(f"a reply, 95th percentile                           {statistics.quantiles(took, n=20)[-1] * 1000:7.1f} ms")
    print(f"the last fifty replies beside the first fifty      {late / early:7.2f} times")
    print(f"memory at most                                     {_megabytes():7.0f} MB")


def _megabytes() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    main()
