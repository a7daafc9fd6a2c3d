"""Numbers and lists in words, as a person would say them."""

from __future__ import annotations

from collections.abc import Sequence

from edgewise.take import Move

_SMALL = (
    "no",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
)


def times(count: int) -> str:
    """How often, in words: once, twice, three times."""
    return {1: "once", 2: "twice"}.get(count, f"{number(count)} times")


def number(count: int) -> str:
    """A count in words up to twelve, then in figures."""
    return _SMALL[count] if count < len(_SMALL) else str(count)


def turns(count: int) -> str:
    """How many turns, in words."""
    return f"{number(count)} turn{'' if count == 1 else 's'}"


def they_did(move: Move) -> str:
    """What they did, told of "they": "they were sarcastic"."""
    said = move.in_words
    return f"they were {said.removeprefix('was ')}" if said.startswith("was ") else f"they {said}"


def named(things: Sequence[str]) -> str:
    """Things in quotation marks, joined as in speech."""
    quoted = [f"“{thing.rstrip('.')}”" for thing in things]
    return " and ".join([", ".join(quoted[:-1]), quoted[-1]] if len(quoted) > 1 else quoted)
