"""How often the ranking of replies picks the one that was written for a turn, of four that were each written for one.

`data/replies.jsonl` holds turns with the reply that answers each, written apart from the repertoire and from training.
The three others are replies to other turns of the file, drawn by chance, five times over.
"""

from __future__ import annotations

import json
import random
from pathlib import Path

import numpy as np

from edgewise.counterpart.speak.aptness import Aptness

REPLIES = Path(__file__).parent / "data" / "replies.jsonl"
TIMES, OTHERS = 5, 3


def main() -> None:
    """Print the share picked, beside chance and beside the share of words in common."""
    rows = [json.loads(line) for line in REPLIES.read_text(encoding="utf-8").splitlines()]
    apt = Aptness.shipped()
    asks = np.stack([apt.asks(row["turn"]) for row in rows])
    answers = np.stack([apt.answers(row["reply"]) for row in rows])
    likeness = asks @ answers.T
    shared = np.array([[_shared(one["turn"], other["reply"]) for other in rows] for one in rows])
    print(f"turns                                   {len(rows):6}")
    print(f"picked by the ranking                   {_picked(likeness):6.3f}")
    print(f"picked by words in common               {_picked(shared):6.3f}")
    print(f"picked by chance                        {1 / (1 + OTHERS):6.3f}")


def _picked(scores: np.ndarray) -> float:
    dice, right = random.Random(3), 0
    for _ in range(TIMES):
        for at in range(len(scores)):
            others = dice.sample([other for other in range(len(scores)) if other != at], OTHERS)
            right += all(scores[at, at] > scores[at, other] for other in others)
    return right / TIMES / len(scores)


def _shared(turn: str, reply: str) -> float:
    said, answered = set(turn.lower().split()), set(reply.lower().split())
    return len(said & answered) / max(1, len(said | answered))


if __name__ == "__main__":
    main()
