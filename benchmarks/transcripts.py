"""Labelled transcripts: rehearsals that somebody held, with what a careful reader says of them.

Two thirds of them were looked at while the debrief was made; a third never was. A transcript belongs to that third when
its number divides by three.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from edgewise.debrief import Finding
from edgewise.person import Person
from edgewise.rehearsal import CounterpartTurn, EmotionalState, Ending, Question, Rehearsal, Turn, YourTurn
from edgewise.situation import KeyPoint, Kind, Situation
from edgewise.take import Mood, Move, preset

DATA = Path(__file__).parent / "data" / "debriefs.jsonl"
_KINDS = {"creative": Kind.CREATIVE_FEEDBACK, "boundary": Kind.BOUNDARY}
_EVERY_THIRD = 3


@dataclass(frozen=True)
class Transcript:
    """One labelled transcript.

    Attributes:
        rehearsal: the conversation as Edgewise would have kept it.
        labels: for each question its verdict and the turns that prove it; and what became of each point.
        planted: the one fault that was planted, `clean`, or nothing.
        unseen: whether it belongs to the third that was kept unseen.
    """

    rehearsal: Rehearsal
    labels: dict[str, Any]
    planted: tuple[str, ...]
    unseen: bool

    def verdict(self, question: Question) -> str | None:
        """What a careful reader answers; None where it was not asked."""
        label = self.labels.get(question.value)
        return label["verdict"] if label else None

    def turns(self, question: Question) -> frozenset[int]:
        """The turns that prove it."""
        label = self.labels.get(question.value) or {}
        return frozenset(label.get("turns", ()))


def transcripts(path: Path = DATA, *, unseen: bool | None = None) -> Iterator[Transcript]:
    """The labelled transcripts; with `unseen`, only those of that part."""
    for line in path.read_text(encoding="utf-8").splitlines():
        one = transcript(json.loads(line))
        if unseen is None or one.unseen is unseen:
            yield one


def transcript(written: dict[str, Any]) -> Transcript:
    """One transcript as it is written down."""
    person, kind = written["person"], written["kind"]
    situation = Situation(
        kind=_KINDS.get(kind, Kind.OTHER),
        person=Person(name=person.get("name", ""), relationship=person.get("relationship", "")),
        came_to_say=written["came_to_say"],
        key_points=tuple(KeyPoint(text=point) for point in written["key_points"]),
    )
    rehearsal = Rehearsal(
        id=written["id"],
        situation=situation,
        take=preset("usual"),
        seed=1,
        started="2026-01-01T00:00:00Z",  # pyright: ignore[reportArgumentType] - pydantic reads it
        questions=tuple(question for question in Question if question.value in written["labels"]),
        turns=tuple(_turn(turn) for turn in written["turns"]),
        ending=Ending.YOU_ENDED,
    )
    number = int("".join(letter for letter in written["id"] if letter.isdigit()))
    return Transcript(rehearsal, written["labels"], tuple(written["planted"]), number % _EVERY_THIRD == 0)


def _turn(written: dict[str, Any]) -> Turn:
    if written["who"] == "you":
        return YourTurn(text=written["text"], silence_s=written.get("pause", written.get("silence", 0.0)))
    # What they did is not labelled: they said nothing, or they resisted in some way.
    silent = not written["text"]
    return CounterpartTurn(
        text=written["text"],
        move=Move.GO_SILENT if silent else Move.DENY,
        mood=Mood.GUARDED,
        state=EmotionalState(),
        silence_s=written.get("silence", 0.0),
    )


@dataclass(frozen=True)
class Right:
    """How right one finding is: its verdict exactly, within a step, and turns found, shown and labelled."""

    exactly: bool
    nearly: bool
    found: int
    shown: int
    labelled: int


_STEPS = ("no", "partly", "mostly", "yes")


def steps_apart(one: str, other: str) -> int:
    """How many steps lie between two verdicts; many when only one of them is that it can't be told."""
    if one == other:
        return 0
    return abs(_STEPS.index(one) - _STEPS.index(other)) if {one, other} <= set(_STEPS) else len(_STEPS)


def rightness(one: Transcript, question: Question, finding: Finding) -> Right:
    """How right a finding is, by what a careful reader says of the transcript."""
    apart = steps_apart(finding.verdict.value, one.verdict(question) or "")
    shown, labelled = {piece.turn for piece in finding.evidence}, one.turns(question)
    return Right(apart == 0, apart <= 1, len(shown & labelled), len(shown), len(labelled))
