"""The conversation within the room a model has, laid out so that a server works through nothing twice.

What never changes stands first, the turns after it only grow, and what changes stands last. When the room is full, old
turns go many at once: letting go of one each turn would move everything after it, and all of it would be worked through
anew each time.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from edgewise.counterpart.speak.actor import Prompt
from edgewise.ports.language_model import Said

#: Share of the room that is used: the counts of some servers are reckoned, and templates add to them.
_USED = 0.9
#: Share of what is left for the turns that is kept when old ones are let go.
_KEPT = 0.5
#: Tokens set aside for the direction, which is not counted: if it were, its length would decide which turns are kept.
_DIRECTION = 260
#: Tokens that a template puts around each message.
_AROUND = 8
_LEAST = 64


def messages(prompt: Prompt, count: Callable[[str], int], *, context: int, most: int) -> list[Said]:
    """What is sent for one turn.

    Args:
        prompt: what the model is told.
        count: tokens in a text.
        context: tokens the model has room for.
        most: tokens its answer may have.
    """
    room = max(_LEAST, int(context * _USED) - most - _DIRECTION - count(prompt.rules) - _AROUND)
    sizes = [count(words) + _AROUND for _, words in prompt.exchanged]
    first = _first_kept(prompt.exchanged, sizes, room)
    kept = [Said("user" if mine else "assistant", words) for mine, words in prompt.exchanged[first:]]
    last = _shortened(kept[-1].text, count, room)
    return [Said("system", prompt.rules), *kept[:-1], Said("user", f"{last}\n\n{prompt.direction}")]


def _first_kept(exchanged: Sequence[tuple[bool, str]], sizes: Sequence[int], room: int) -> int:
    """Which turn is the oldest that is kept; the same from turn to turn until the room is full again."""
    first = taken = 0
    for at, size in enumerate(sizes):
        taken += size
        if taken <= room:
            continue
        while first < at and (taken > room * _KEPT or not exchanged[first][0]):
            taken -= sizes[first]
            first += 1
    return first + (not exchanged[first][0])  # what is kept begins with words of yours, as templates want it


def _shortened(words: str, count: Callable[[str], int], room: int) -> str:
    """One turn that is longer than the room by itself: its end, which is what gets answered."""
    while count(words) > room and len(words) > _LEAST:
        words = f"«…{words[len(words) // 3 :]}"
    return words
