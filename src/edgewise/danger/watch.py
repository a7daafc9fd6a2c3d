"""What is watched: your words as you say them, and everything a situation would bring into play."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import cached_property
from typing import Any, cast

from edgewise.danger.watcher import Sign, Watcher
from edgewise.errors import PracticeStoppedError
from edgewise.situation import Situation, words_about_them

#: What is never written by hand, and so never tells of anything.
_NOT_WORDS = frozenset({"kind", "relationship", "pronouns", "styles", "avoid", "format", "card"})


class Watch:
    """Stops practice when words may tell of real danger, unless you said they were not meant so.

    What you said you did not mean is remembered while Edgewise runs, and is never written down.

    Args:
        watcher: what notices danger in words; the one that comes with Edgewise unless given, loaded when first needed.
    """

    def __init__(self, watcher: Callable[[], Watcher] = Watcher.shipped) -> None:
        self._load = watcher
        self._not_meant: set[str] = set()

    @cached_property
    def _watcher(self) -> Watcher:
        return self._load()

    def not_meant(self, said: str) -> None:
        """You did not mean these words so; the same words are not asked about again."""
        self._not_meant.add(_same(said))

    def words(self, text: str) -> None:
        """Look at words of yours before they are said.

        Raises:
            PracticeStoppedError: they may tell of real danger.
        """
        self._stop_at(self._sign(text))

    def situation(self, situation: Situation) -> None:
        """Look at everything written about a conversation before it is played.

        Raises:
            PracticeStoppedError: something in it may tell of real danger.
        """
        for text in written_in(situation):
            self._stop_at(self._sign(text, noted=True))

    def _sign(self, text: str, *, noted: bool = False) -> Sign | None:
        return None if _same(text) in self._not_meant else self._watcher.sign_in(text, noted=noted)

    @staticmethod
    def _stop_at(sign: Sign | None) -> None:
        if sign is not None:
            raise PracticeStoppedError(sign.quote, kind=sign.kind.value, said=sign.said)


def written_in(situation: Situation) -> Iterator[str]:
    """Every text somebody wrote into a situation, and what a character card tells of the person."""
    yield from _texts(situation.model_dump(exclude=set(_NOT_WORDS)))
    yield from words_about_them(situation.card)


def _texts(written: object) -> Iterator[str]:
    if isinstance(written, str):
        if written.strip():
            yield written
    elif isinstance(written, Mapping):
        named = cast(Mapping[str, Any], written)
        for name, value in named.items():
            if name not in _NOT_WORDS:
                yield from _texts(value)
    elif isinstance(written, (tuple, list)):
        for value in cast(list[Any], written):
            yield from _texts(value)


def _same(text: str) -> str:
    return " ".join(text.split()).casefold()
