"""How well turns are understood: the rules against turns labelled by hand, act by act.

`data/user_turns.jsonl` was written and labelled apart from the rules. Turns with an even number were looked at while
the rules were made; turns with an odd number never were, and are the ones to believe.
"""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

from edgewise import Situation
from edgewise.counterpart import Act, RuleReader
from edgewise.counterpart.perceive import Context
from edgewise.take import Move

TURNS = Path(__file__).parent / "data" / "user_turns.jsonl"


def _done(row: dict[str, Any]) -> set[str]:
    pushed = bool(row["before"]) and row["before"][-1]["who"] == "counterpart"
    context = Context(Situation(), their_move=Move.DENY if pushed else None)
    return {act.value for act in RuleReader().read(row["text"], context).done}


def _scores(rows: list[dict[str, Any]]) -> dict[str, tuple[int, float, float, float]]:
    found, invented, missed = Counter[str](), Counter[str](), Counter[str]()
    for row in rows:
        labelled, read = set(row["acts"]), _done(row)
        found.update(labelled & read)
        invented.update(read - labelled)
        missed.update(labelled - read)
    return {
        act.value: (count, *_f1(found[act.value], invented[act.value], missed[act.value]))
        for act in Act
        if (count := found[act.value] + missed[act.value])
    }


def _f1(found: int, invented: int, missed: int) -> tuple[float, float, float]:
    precision = found / (found + invented) if found else 0.0
    recall = found / (found + missed) if found else 0.0
    return precision, recall, 2 * precision * recall / (precision + recall) if found else 0.0


def main() -> None:
    """Print precision, recall and F1 for each act on the turns never looked at, and both macro averages."""
    rows = [json.loads(line) for line in TURNS.read_text(encoding="utf-8").splitlines()]
    seen, unseen = ([row for row in rows if row["id"] % 2 == odd] for odd in (0, 1))
    scores = _scores(unseen)
    print(f"{'act':14} {'n':>4} {'precision':>10} {'recall':>7} {'F1':>6}   ({len(unseen)} unseen turns)")
    for act, (count, precision, recall, f1) in scores.items():
        print(f"{act:14} {count:4} {precision:10.2f} {recall:7.2f} {f1:6.2f}")
    print(f"macro F1: unseen {_macro(scores):.3f}, seen {_macro(_scores(seen)):.3f}")


def _macro(scores: dict[str, tuple[int, float, float, float]]) -> float:
    return sum(f1 for *_, f1 in scores.values()) / len(scores)


if __name__ == "__main__":
    main()
