"""Reads what someone writes for signs of danger, in a few milliseconds, on this machine.

A small network over the reader's low layers gives log-odds; authored wordings move them either way. What the card calls
`bar` is where practice stops.
"""

from __future__ import annotations

import hashlib
import re
import tomllib
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Self

import numpy as np

from edgewise.counterpart.perceive.learned.network import Network, Session, damaged, session
from edgewise.danger.kind import Kind
from edgewise.danger.plain import plain, sentences
from edgewise.person import Record

_LONGEST_QUOTE = 240  # characters
_TOGETHER = 3  # sentences read as one stretch
_LONGEST_STRETCH = 400  # characters; a sentence that runs on is read in parts
_TOO_SHORT = 5  # words; fewer tell of danger only in a known wording: notes and cues are not sentences
_MOST_AT_EACH_END = 60  # stretches of a text that are read; no turn and no answer is as long
_REMEMBERED = 512
_FILES = ("card.json", "watcher.onnx")


class Card(Record):
    """The card that goes with the watcher's file.

    Attributes:
        model_sha256: what the file's SHA-256 must be.
        kinds: the kinds it tells apart, in its order.
        bar: the log-odds from which practice stops.
        speaks_for, speaks_against: what a wording of either sort adds to the log-odds, or takes from them.
        made_from: how many lines and everyday turns it learned from.
    """

    model_sha256: str
    kinds: tuple[Kind, ...]
    bar: float
    speaks_for: float
    speaks_against: float
    made_from: dict[str, int]


@dataclass(frozen=True, slots=True)
class Sign:
    """A sign of danger in what someone wrote.

    Attributes:
        quote: their own words, exactly as they stand in what they wrote.
        kind: what kind of danger they most likely tell of.
        said: the whole of what was written there.
    """

    quote: str
    kind: Kind
    said: str


@dataclass(frozen=True, slots=True)
class _Stretch:
    """Words read at once, and the sentences they are made of as they stand in the text."""

    words: str
    parts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Told:
    above: float  # the bar, as log-odds
    kind: Kind


class Watcher:
    """Watches for danger in words; loading takes a moment, `shipped` does it once."""

    def __init__(self, card: Card, reader: Network, opened: Session) -> None:
        self.card = card
        self._reader = reader
        self._session = opened
        written = tomllib.loads(files("edgewise.danger").joinpath("signs.toml").read_text(encoding="utf-8"))
        self._for, self._against = (_one_of(written[name]) for name in ("speaks_for", "speaks_against"))
        self.log_odds = lru_cache(maxsize=_REMEMBERED)(self._log_odds)

    @classmethod
    @lru_cache(maxsize=1)
    def shipped(cls) -> Self:
        """The watcher that comes with Edgewise.

        Raises:
            ModelFileError: its file is missing, damaged, or not the one that was tested.
        """
        folder = files("edgewise.danger").joinpath("model")
        try:
            card, model = (folder.joinpath(name).read_bytes() for name in _FILES)
            told = Card.model_validate_json(card)
        except (OSError, ValueError) as missing:
            raise damaged("The file Edgewise notices danger with is missing or does not read back.") from missing
        if hashlib.sha256(model).hexdigest() != told.model_sha256:
            raise damaged("The file Edgewise notices danger with is not the one that was tested.")
        return cls(told, Network.shipped(), session(model))

    def sign_in(self, text: str, *, noted: bool = False) -> Sign | None:
        """The strongest sign of danger in a text; none when there is none.

        Args:
            text: what somebody wrote.
            noted: it is a note about a conversation and not said in one: there the network has to be borne out by a
                known wording, because it learned from things said.
        """
        stretches = [one for one in _stretches(text) if not noted or self._is_worded(plain(one.words))]
        read = [(self.log_odds(stretch.words), stretch) for stretch in stretches]
        if not read:
            return None
        told, stretch = max(read, key=lambda one: one[0].above)
        if told.above <= 0:
            return None
        quote = max(stretch.parts, key=lambda part: self.log_odds(part).above)
        return Sign(quote[:_LONGEST_QUOTE].strip(), told.kind, text)

    def _is_worded(self, words: str) -> bool:
        return bool(self._for.search(words.lower()))

    def _log_odds(self, text: str) -> _Told:
        """How far above the bar a stretch of words is, and which kind it would be."""
        words = plain(text)
        wording = self._is_worded(words)
        if not wording and len(words.split()) < _TOO_SHORT:
            return _Told(-self.card.bar, self.card.kinds[0])
        low, parts = self._reader.low(words)
        danger, kinds = self._session.run(None, {"low": low, "parts": parts})
        told = float(danger.reshape(-1)[0]) - self.card.bar
        told += self.card.speaks_for * wording
        told -= self.card.speaks_against * bool(self._against.search(words.lower()))
        return _Told(round(told, 4), self.card.kinds[int(np.argmax(kinds))])


def _one_of(patterns: list[str]) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns))


def _stretches(text: str) -> list[_Stretch]:
    """A text as it is read: a short one whole, a long one some sentences at a time, its beginning and its end."""
    whole = sentences(text)
    if len(text) <= _LONGEST_STRETCH and len(whole) <= _TOGETHER:
        return [_Stretch(text, tuple(whole) or (text.strip(),))]
    parts = [part[at : at + _LONGEST_STRETCH] for part in whole for at in range(0, len(part), _LONGEST_STRETCH)]
    some = [one for at in range(0, len(parts), _TOGETHER) for one in _together(parts[at : at + _TOGETHER])]
    return some if len(some) <= 2 * _MOST_AT_EACH_END else some[:_MOST_AT_EACH_END] + some[-_MOST_AT_EACH_END:]


def _together(parts: list[str]) -> list[_Stretch]:
    """Neighbouring sentences as one stretch, where together they are short enough; else each by itself."""
    joined = " ".join(parts)
    if len(joined) <= _LONGEST_STRETCH:
        return [_Stretch(joined, tuple(parts))]
    return [_Stretch(part, (part,)) for part in parts]
