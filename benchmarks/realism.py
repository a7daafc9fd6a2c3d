"""Whether the counterpart behaves as people do: human reference rates, variety, and how takes differ.

Users are simulated by drawing turns from `data/user_turns.jsonl` (written apart from the repertoire): each is hostile
to a degree of their own, and picks a hostile or another turn accordingly.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from edgewise import Counterpart, CounterpartTurn, Move, Situation, Take, YourTurn, example, example_names, preset
from edgewise.counterpart.decide import Chance
from edgewise.rehearsal import EmotionalState, heard
from edgewise.take import presets

TURNS = Path(__file__).parent / "data" / "user_turns.jsonl"
HOSTILE_ACTS = {"criticise", "contempt", "threat", "sarcasm", "dismiss"}
HOSTILE_MOVES = {Move.COUNTER_ATTACK, Move.SARCASM, Move.CUT_OFF, Move.WALK_OUT}
REHEARSALS, LENGTH = 500, 12
#: WikiTactics, 213 disputes: hostile replies after hostility against otherwise, 95% bootstrap interval.
HUMAN = (1.44, 2.17)


def _user(number: int, rows: Sequence[dict[str, Any]]) -> list[YourTurn]:
    """A user's turns: from 5% to 65% of them hostile."""
    hostile = [row for row in rows if HOSTILE_ACTS & set(row["acts"])]
    others = [row for row in rows if not HOSTILE_ACTS & set(row["acts"])]
    temper = 0.05 + 0.6 * Chance(number, 0).share("temper")
    chosen = (
        chance.one_of(hostile if chance.share("now") < temper else others, "turn")
        for chance in (Chance(number, turn) for turn in range(LENGTH))
    )
    return [heard(row["text"] or "...") for row in chosen]


def _held(
    situation: Situation, take: Take, seed: int, user: Sequence[YourTurn]
) -> list[tuple[YourTurn, CounterpartTurn]]:
    counterpart = Counterpart(situation, take, seed)
    counterpart.greet()
    pairs: list[tuple[YourTurn, CounterpartTurn]] = []
    for yours in user:
        theirs = counterpart.answer(yours)
        pairs.append((yours, theirs))
        if theirs.leaves:
            break
    return pairs


def _reactivity(take: Take, rows: Sequence[dict[str, Any]]) -> tuple[float, float, float]:
    """Share of hostile replies after hostility and otherwise, and share of rehearsals they walked out of."""
    hostile_words = {row["text"] for row in rows if HOSTILE_ACTS & set(row["acts"])}
    counts, left = Counter[tuple[bool, bool]](), 0
    for number in range(REHEARSALS):
        situation = example(example_names()[number % len(example_names())])
        pairs = _held(situation, take, number, _user(number, rows))
        counts.update((yours.text in hostile_words, theirs.move in HOSTILE_MOVES) for yours, theirs in pairs)
        left += pairs[-1][1].leaves
    after = counts[True, True] / max(1, counts[True, True] + counts[True, False])
    otherwise = counts[False, True] / max(1, counts[False, True] + counts[False, False])
    return after, otherwise, left / REHEARSALS


def _variety(rows: Sequence[dict[str, Any]]) -> float:
    """Of one situation and script under 200 seeds: the share of their lines that are distinct."""
    situation, user = example("belittling-manager"), _user(1, rows)
    said = [
        theirs.text for seed in range(200) for _, theirs in _held(situation, preset("usual"), seed, user) if theirs.text
    ]
    return len(set(said)) / len(said)


def _differences(rows: Sequence[dict[str, Any]]) -> tuple[float, float]:
    """Mean difference (state and move mix) between two takes, and between two seeds of one take."""
    situation = example("belittling-manager")
    takes, apart, alike = presets(), list[float](), list[float]()
    for number in range(12):
        user = _user(number, rows)
        runs = [[_held(situation, take, seed, user) for seed in (1, 2)] for take in takes]
        alike += [_difference(*both) for both in runs]
        apart += [_difference(one[0], other[0]) for at, one in enumerate(runs) for other in runs[at + 1 :]]
    return sum(apart) / len(apart), sum(alike) / len(alike)


def _difference(one: list[tuple[YourTurn, CounterpartTurn]], other: list[tuple[YourTurn, CounterpartTurn]]) -> float:
    last: tuple[EmotionalState, EmotionalState] = (one[-1][1].state, other[-1][1].state)
    mixes = [Counter(theirs.move for _, theirs in pairs) for pairs in (one, other)]
    overlap = (mixes[0] & mixes[1]).total() / max(mix.total() for mix in mixes)
    return last[0].distance(last[1]) + (1 - overlap)


def main() -> None:
    """Print each take's reactivity beside the human interval, then variety and how takes differ."""
    rows = [json.loads(line) for line in TURNS.read_text(encoding="utf-8").splitlines()]
    print(f"{'take':12} {'after hostility':>16} {'otherwise':>10} {'ratio':>6} {'walked out':>11}")
    for take in presets():
        after, otherwise, left = _reactivity(take, rows)
        print(f"{take.name:12} {after:16.3f} {otherwise:10.3f} {after / max(otherwise, 1e-9):6.2f} {left:11.3f}")
    print(f"people       {0.253:16.3f} {0.144:10.3f} {1.76:6.2f}   (interval of the ratio {HUMAN[0]} to {HUMAN[1]})")
    print(f"distinct lines over 200 seeds of one script        {_variety(rows):.2f}")
    apart, alike = _differences(rows)
    print(f"two takes differ by {apart:.2f}, two seeds of one take by {alike:.2f}")


if __name__ == "__main__":
    main()
