"""The labelled turns are in order: known acts, known registers, nothing twice, nothing shared with the benchmark."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

from edgewise.counterpart import Act

ROOT = Path(__file__).parents[2]
REGISTERS = {"british", "american", "indian_english", "aave", "plain", "formal", "text_speak"}


def rows(*files: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for file in files for line in file.read_text(encoding="utf-8").splitlines()]


TURNS = rows(*sorted((ROOT / "training" / "data" / "turns").glob("*.jsonl")))
BENCHMARK = rows(ROOT / "benchmarks" / "data" / "user_turns.jsonl")


def test_every_label_is_an_act_and_every_register_is_known() -> None:
    known = {act.value for act in Act}
    assert {act for row in (*TURNS, *BENCHMARK) for act in row["acts"]} <= known
    assert {row["register"] for row in TURNS} <= REGISTERS
    assert all(-2 <= row[axis] <= 2 for row in TURNS for axis in ("warmth", "dominance"))


def test_every_act_has_enough_turns_to_learn_from() -> None:
    counts = Counter(act for row in TURNS for act in row["acts"])
    assert min(counts.values()) >= 45
    assert len({row["situation"] for row in TURNS}) >= 30


def test_no_turn_is_written_twice_in_its_place_nor_shared_with_the_benchmark() -> None:
    places = Counter((row["text"], tuple(row["before"])) for row in TURNS)
    assert [place for place, count in places.items() if count > 1] == []
    long = {row["text"].lower() for row in TURNS if len(row["text"].split()) > 5}
    assert long & {row["text"].lower() for row in BENCHMARK} == set()
