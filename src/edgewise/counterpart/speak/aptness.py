"""Which line answers what was just said: a small trained ranking, beside everything else that makes a line fit."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Self

import numpy as np
from numpy.typing import NDArray

from edgewise.counterpart.perceive.learned.network import Network, Session, damaged, session
from edgewise.counterpart.speak.line import OWN_WORDS, RECALLED, Line
from edgewise.person import Record

Vector = NDArray[np.float32]

# What stands in a slot while nobody is there to fill it.
_ANYTHING = {
    "quote": "that",
    "mirror": "I do that",
    "ask": "do that",
    "about": "this",
    "incident": "that day",
    "value": "what matters",
    "call": "you",
    "they": "they",
    "them": "them",
    "their": "their",
    "then": "last time",
}
_STEPS = 127
_PLACES = 2  # decimals: beyond them, processors differ
_FILES = ("card.json", "replies.onnx", "lines.npz")


def plainly(line: Line) -> str:
    """A line as anybody could say it; empty when it is a gesture, or depends on one person's own words."""
    return "" if line.slots & (OWN_WORDS | RECALLED) else line.says.format_map(_ANYTHING)


class Card(Record):
    """The card that goes with the ranking's files.

    Attributes:
        model_sha256, lines_sha256: what the files' SHA-256 must be.
        scores: what it scored on turns it never saw.
    """

    model_sha256: str
    lines_sha256: str
    scores: dict[str, float]


@dataclass(frozen=True, slots=True)
class _Usual:
    """How well all lines answer one turn: the mean of their likeness, its spread, and how far from it each line is."""

    mean: float
    spread: float
    deviations: Vector


class Aptness:
    """How well replies answer a turn, by what they mean; only the order of its numbers means anything."""

    def __init__(self, reader: Network, replier: Session, lines: Mapping[str, Vector]) -> None:
        self._reader = reader
        self._replier = replier
        self._places = {name: place for place, name in enumerate(lines)}
        self._all = np.stack(list(lines.values())) if lines else np.zeros((0, 0), np.float32)
        self.asks = lru_cache(maxsize=256)(self._asks)
        self.answers = lru_cache(maxsize=1024)(self._answers)
        self.usual = lru_cache(maxsize=64)(self._usual)

    @classmethod
    @lru_cache(maxsize=1)
    def shipped(cls) -> Self:
        """The ranking that comes with Edgewise.

        Raises:
            ModelFileError: its file is missing, damaged, or not the one that was tested.
        """
        return cls.from_folder(files("edgewise.counterpart.speak").joinpath("model"))

    @classmethod
    def from_folder(cls, folder: Traversable) -> Self:
        """A ranking from the folder its three files are in, once their checksums are found right.

        Raises:
            ModelFileError: a file is missing, or not the one that was tested.
        """
        try:
            card, model, lines = (folder.joinpath(name).read_bytes() for name in _FILES)
            told = Card.model_validate_json(card)
        except (OSError, ValueError) as missing:
            raise damaged("The file Edgewise chooses replies with is missing or does not read back.") from missing
        for content, right in ((model, told.model_sha256), (lines, told.lines_sha256)):
            if hashlib.sha256(content).hexdigest() != right:
                raise damaged("The file Edgewise chooses replies with is not the one that was tested.")
        return cls(Network.shipped(), session(model), _kept(lines))

    def of(self, replies: Sequence[Line | str], text: str) -> list[float]:
        """How well each reply answers the turn, in deviations from the mean of all lines there are.

        A line that was not there when the lines were gone over counts as the average of the others here.
        """
        usual = self.usual(text)
        asked = self.asks(text)
        known = [
            (float(self.answers(reply) @ asked) - usual.mean) / usual.spread
            if isinstance(reply, str)
            else self._line(reply, usual)
            for reply in replies
        ]
        told = [value for value in known if value is not None]
        average = float(np.mean(told)) if told else 0.0
        return [round(average if value is None else value, _PLACES) for value in known]

    def _line(self, line: Line, usual: _Usual) -> float | None:
        place = self._places.get(line.name)
        return None if place is None else float(usual.deviations[place])

    def _usual(self, text: str) -> _Usual:
        """How well all lines answer this."""
        likeness = self._all @ self.asks(text) if len(self._all) else np.zeros(0, np.float32)
        mean, spread = (float(likeness.mean()), float(likeness.std())) if likeness.size else (0.0, 1.0)
        spread = max(1e-6, spread)
        return _Usual(mean, spread, (likeness - mean) / spread)

    def knows(self, line: Line) -> bool:
        """Whether it was there when the lines were gone over."""
        return line.name in self._places

    def _answers(self, reply: str) -> Vector:
        """Where a reply points, as an answer."""
        return self._run(reply)[1]

    def _asks(self, text: str) -> Vector:
        """Where a turn points, as something to be answered. Told what was said before it, it picks worse."""
        return self._run(text)[0]

    def _run(self, text: str) -> tuple[Vector, Vector]:
        low, parts = self._reader.low(text)
        asks, answers = self._replier.run(None, {"low": low, "parts": parts})
        return asks[0], answers[0]


def packed(lines: Mapping[str, Vector]) -> bytes:
    """Lines' vectors as they are kept in a file."""
    file = io.BytesIO()
    rounded = np.round(np.stack(list(lines.values())) * _STEPS).astype(np.int8)
    np.savez_compressed(file, names=np.array(list(lines)), vectors=rounded)
    return file.getvalue()


def _kept(content: bytes) -> dict[str, Vector]:
    with np.load(io.BytesIO(content), allow_pickle=False) as kept:
        vectors: Vector = kept["vectors"].astype(np.float32) / _STEPS
        return dict(zip(kept["names"].tolist(), vectors, strict=True))
