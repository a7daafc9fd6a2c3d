"""Which take to meet next."""

from __future__ import annotations

from collections.abc import Sequence

from edgewise.take import Dials, Move, Take


def most_unlike(done: Sequence[Take], takes: Sequence[Take]) -> Take:
    """The take that is furthest from every one you have had; the gentlest of those equally far."""
    had = {take.name for take in done}
    left = [take for take in takes if take.name not in had] or list(takes)
    return max(left, key=lambda take: min((_unlike(take, other) for other in done), default=0.0))


def _unlike(one: Take, other: Take) -> float:
    """How differently two takes respond: by their dials, and by what they are fond of doing."""
    dials = sum(abs(getattr(one.dials, name) - getattr(other.dials, name)) for name in Dials.model_fields)
    moves = sum(abs(_fondness(one, move) - _fondness(other, move)) for move in Move)
    return dials / len(Dials.model_fields) + moves / len(Move)


def _fondness(take: Take, move: Move) -> float:
    """How far a take leans to a move, from -1 (never) over 0 to 1."""
    leaning = take.leanings.get(move, 1.0)
    return (leaning - 1) / (leaning + 1)
