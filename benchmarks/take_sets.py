"""Hand-written sets of takes: three to five conversations that one person had about one matter.

Half of them are somebody who has learned it by heart; the others are near misses: consistent people (the same points,
in their own words each time), improving ones, and varied ones. A set belongs to the unseen third when its number
divides by three; every kind is spread over the thirds.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from edgewise.rehearsal import CounterpartTurn, EmotionalState, Ending, Rehearsal, Turn, YourTurn
from edgewise.situation import Situation
from edgewise.take import Mood, Move, preset

DATA = Path(__file__).parent / "data" / "takes.jsonl"
SCRIPTED = "scripted"
_EVERY_THIRD = 3
_BEGAN = datetime(2026, 1, 5, 18, tzinfo=UTC)


@dataclass(frozen=True)
class TakeSet:
    """One set.

    Attributes:
        kind: scripted, consistent, improving or varied.
        unseen: whether it belongs to the third that was kept unseen.
    """

    id: str
    kind: str
    takes: tuple[Rehearsal, ...]
    unseen: bool

    @property
    def scripted(self) -> bool:
        """Whether it was learned by heart."""
        return self.kind == SCRIPTED


def take_sets(*, unseen: bool | None = None) -> Iterator[TakeSet]:
    """Every set; with `unseen`, only those of that part."""
    for line in DATA.read_text(encoding="utf-8").splitlines():
        one = _take_set(json.loads(line))
        if unseen is None or one.unseen is unseen:
            yield one


def _take_set(written: dict[str, Any]) -> TakeSet:
    situation = Situation(title=written["about"], came_to_say=written["came_to_say"])
    takes = tuple(
        Rehearsal(
            id=f"{written['id']}-{number}",
            situation=situation,
            take=preset("usual"),
            seed=1,
            started=_BEGAN + timedelta(days=number),
            turns=tuple(_turn(turn) for turn in turns),
            ending=Ending.YOU_ENDED,
        )
        for number, turns in enumerate(written["takes"])
    )
    return TakeSet(written["id"], written["kind"], takes, int(written["id"][1:]) % _EVERY_THIRD == 0)


def _turn(written: dict[str, str]) -> Turn:
    if written["who"] == "you":
        return YourTurn(text=written["text"])
    # What they did is not labelled here: a question of theirs is taken for one, anything else for an explanation.
    move = Move.INTERROGATE if "?" in written["text"] else Move.JUSTIFY
    return CounterpartTurn(text=written["text"], move=move, mood=Mood.GUARDED, state=EmotionalState())
