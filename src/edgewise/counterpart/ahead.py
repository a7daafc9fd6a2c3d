"""Reading a whole conversation that is already written down: two turns at once, then each in its place."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from edgewise.counterpart.perceive import Before, LearnedReader, Reader
from edgewise.rehearsal import CounterpartTurn, Turn

#: Below this many turns there is nothing to gain.
_WORTH_IT = 6


def read_ahead(reader: Reader, turns: Iterable[Turn]) -> None:
    """Have the slow part of reading these turns done; what each then reads as is the same as without."""
    if isinstance(reader, LearnedReader):
        waiting = list(_as_they_come(turns))
        if len(waiting) >= _WORTH_IT:
            reader.look_ahead(waiting)


def _as_they_come(turns: Iterable[Turn]) -> Iterator[tuple[str, tuple[Before, ...]]]:
    """Each of your turns with what stood before it, as `Mind.context` has it."""
    theirs: tuple[Before, ...] = ()
    mine: tuple[Before, ...] = ()
    for turn in turns:
        if isinstance(turn, CounterpartTurn):
            theirs = (*theirs, Before(turn.understood_as))[-2:]
        else:
            if turn.text:
                yield turn.text, (*theirs[:-1], *mine, *theirs[-1:])
            mine = (Before(turn.text, mine=True),)
