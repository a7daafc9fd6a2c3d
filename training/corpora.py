"""Reads each corpus into examples."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path
from typing import Any

from edgewise.counterpart.perceive import Before
from training.examples import ACTS, FACES, STRATEGIES, Example, Note

OWN = Path(__file__).parent / "data"
_REACH = 3  # turns before


def own_turns(folder: Path = OWN) -> list[Example]:
    """The turns written and labelled for this project."""
    noted = {row["situation"]: row for row in _objects(folder / "situations")}
    return [_own(row, noted.get(row["situation"])) for row in _objects(folder / "turns")]


def _own(row: dict[str, Any], noted: dict[str, Any] | None) -> Example:
    said = row["before"]
    return Example(
        corpus="own",
        group=row["situation"],
        text=row["text"],
        before=_in_turns(said),
        labels={
            "acts": tuple(float(act in row["acts"]) for act in ACTS),
            "circumplex": (row["warmth"] / 2, row["dominance"] / 2),
        },
        where=row.get("where", {}),
        notes=_notes(row, noted) if noted else (),
    )


_NEAR = {"plainly": 1.0, "hinted": 0.5}


def _notes(row: dict[str, Any], noted: dict[str, Any]) -> tuple[Note, ...]:
    said = {int(place): _NEAR[how] for place, how in row.get("points", {}).items()}
    points = [Note("point", text, said.get(place, 0.0)) for place, text in enumerate(noted["points"])]
    themes = [
        Note(kind, text, float(place in row.get(f"{kind}s", ())))
        for kind in ("trigger", "value")
        for place, text in enumerate(noted[f"{kind}s"])
    ]
    return (*points, *themes)


def published(folder: Path) -> list[Example]:
    """The public corpora, from the folder they were downloaded to."""
    return [
        *_receptiveness(folder / "receptiveness_dev.csv"),
        *_offers(folder / "offers_dev.csv"),
        *_face_acts(folder / "face_acts_dev.csv"),
        *_casino(folder / "casino_train.csv"),
        *_casino(folder / "casino_valid.csv"),
        *_tiage(folder / "tiage_train.json"),
        *_tiage(folder / "tiage_dev.json"),
    ]


def _receptiveness(path: Path) -> Iterator[Example]:
    for place, row in enumerate(_rows(path)):
        labels = {"receptive": (float(row["receptive"]),)}
        yield Example("receptiveness", f"receptiveness {place}", row["text"], (), labels)


def _offers(path: Path) -> Iterator[Example]:
    for place, row in enumerate(_rows(path)):
        yield Example("offers", f"offer {place}", row["message"], (), {"offer": (float(row["condition"]),)})


def _face_acts(path: Path) -> Iterator[Example]:
    for conversation, rows in groupby(_rows(path), key=lambda row: row["conversation_id"]):
        said: list[tuple[str, str]] = []
        for row in rows:
            before = tuple(Before(words, mine=who == row["speaker"]) for who, words in said[-_REACH:])
            labels = {"face": tuple(float(face == row["true_face"]) for face in FACES)}
            yield Example(
                "face acts", f"face {conversation}", row["utterance"], before, labels, role=float(row["speaker"])
            )
            said.append((row["speaker"], row["utterance"]))


def _casino(path: Path) -> Iterator[Example]:
    for conversation, rows in groupby(_rows(path), key=lambda row: row["dialogue_id"]):
        said: list[str] = []
        for row in rows:
            done = {label.strip() for label in row["labels"].split(",")}
            labels = {"strategy": tuple(float(strategy in done) for strategy in STRATEGIES)}
            yield Example("casino", f"casino {conversation}", row["text"], _in_turns(said), labels)
            said.append(row["text"])


def _tiage(path: Path) -> Iterator[Example]:
    for conversation, turns in json.loads(path.read_text()).items():
        said: list[str] = []
        for words, shift in turns:
            if shift != "-1":
                labels = {"shift": (float(shift),)}
                yield Example("tiage", f"{path.stem} {conversation}", words, _in_turns(said), labels)
            said.append(words)


def _in_turns(said: list[str]) -> tuple[Before, ...]:
    """The last turns of two people who speak in turns; the very last is the other's."""
    last = said[-_REACH:]
    return tuple(Before(words, mine=(len(last) - place) % 2 == 0) for place, words in enumerate(last))


def _rows(path: Path) -> Iterator[dict[str, str]]:
    with path.open(newline="", encoding="utf-8") as lines:
        yield from csv.DictReader(lines)


def _objects(folder: Path) -> list[dict[str, Any]]:
    files = sorted(folder.glob("*.jsonl"))
    return [json.loads(line) for path in files for line in path.read_text(encoding="utf-8").splitlines()]
