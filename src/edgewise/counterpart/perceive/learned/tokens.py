"""Words into the numbers the network takes, and back from its numbers to your words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from edgewise.counterpart.perceive.reader import Before

if TYPE_CHECKING:
    from tokenizers import Tokenizer

#: The longest stretch of one turn read at once, in word pieces; a longer turn is read a window at a time.
LONGEST_TEXT = 126
#: How much of the turn just before is read, and of each one before that; its end counts most.
_LONGEST_BEFORE = (32, 14, 10)
#: Turns before the one being read that can matter.
REACH = len(_LONGEST_BEFORE)

# Two of the tokenizer's spare marks stand for who said what came before.
_SAID_BY_THE_OTHER, _SAID_BY_THE_SAME = "[unused1]", "[unused2]"
_START, _END = "[CLS]", "[SEP]"


@dataclass(frozen=True, slots=True)
class Window:
    """A stretch of a turn, as the network takes it, with what came before.

    Attributes:
        ids: word pieces: the turn's first, then those of the turns before, the nearest first.
        parts: 0 for the turn and its marks, 1 for what came before.
        offsets: where each of the turn's own word pieces stands in its text; they begin at place 1 of `ids`.
    """

    ids: list[int]
    parts: list[int]
    offsets: list[tuple[int, int]]


class Tokens:
    """Cuts turns into windows of word pieces."""

    def __init__(self, tokenizer: Tokenizer) -> None:
        """Takes a BERT word-piece tokenizer."""
        self._tokenizer = tokenizer
        marks = (_START, _END, _SAID_BY_THE_OTHER, _SAID_BY_THE_SAME)
        self._marks = {mark: _known(tokenizer.token_to_id(mark)) for mark in marks}

    def windows(self, text: str, before: Sequence[Before] = ()) -> list[Window]:
        """The turn, in as many windows as its length asks for; at least one."""
        pieces = self._tokenizer.encode(text, add_special_tokens=False)
        earlier = self._earlier(before)
        starts = range(0, max(1, len(pieces.ids)), LONGEST_TEXT)
        return [
            self._window(pieces.ids[at : at + LONGEST_TEXT], pieces.offsets[at : at + LONGEST_TEXT], earlier)
            for at in starts
        ]

    def _window(self, ids: list[int], offsets: list[tuple[int, int]], earlier: list[int]) -> Window:
        turn = [self._marks[_START], *ids, self._marks[_END]]
        return Window([*turn, *earlier], [0] * len(turn) + [1] * len(earlier), offsets)

    def _earlier(self, before: Sequence[Before]) -> list[int]:
        ids: list[int] = []
        for said, longest in zip(reversed(before), _LONGEST_BEFORE, strict=False):
            mark = _SAID_BY_THE_SAME if said.mine else _SAID_BY_THE_OTHER
            words = self._tokenizer.encode(said.words, add_special_tokens=False).ids
            ids += [self._marks[mark], *words[-longest:]]
        return [*ids, self._marks[_END]] if ids else []


def _known(number: int | None) -> int:
    if number is None:
        raise ValueError("this is not a BERT vocabulary")
    return number
