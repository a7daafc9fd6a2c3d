"""Which of your words show an act."""

from __future__ import annotations

import re

import numpy as np

from edgewise.counterpart.perceive.learned.network import Answer, Numbers
from edgewise.counterpart.perceive.reading import Span

# Where one thing said ends and the next begins: at a stop, or at a comma or dash before a turn of thought.
_CLAUSE_END = re.compile(
    r"[.!?…;:\n]+|[,–—-]+(?=\s+(?:and|but|so|because|cos|then|yet|or|i|you|we|it)\b)", re.IGNORECASE
)
_LOOSE = " \t\n,.;:!?…–—-"


def clauses(text: str) -> list[Span]:
    """A turn's clauses, in order, without the stops and spaces around them."""
    ends = [(found.start(), found.end()) for found in _CLAUSE_END.finditer(text)]
    starts = [0, *(end for _, end in ends)]
    stretches = zip(starts, [*(start for start, _ in ends), len(text)], strict=True)
    return [span for start, end in stretches if (span := _trimmed(text, start, end)).start < span.end]


def shown_by(answer: Answer, act: int, text: str) -> tuple[Span, ...]:
    """The clauses that show an act: the one that shows it most, and any other that shows it by itself."""
    weights = [(_strongest(answer, act, clause), clause) for clause in clauses(text)]
    if not weights:
        return (Span(0, len(text)),)
    most = max(weight for weight, _ in weights)
    return tuple(clause for weight, clause in weights if weight == most or weight > max(0.0, most - _CLOSE))


_CLOSE = 2.0  # log-odds


def _strongest(answer: Answer, act: int, clause: Span) -> float:
    inside = [at for at, (start, end) in enumerate(answer.offsets) if start < clause.end and end > clause.start]
    column: Numbers = answer.pieces[inside, act]
    return float(np.max(column)) if inside else -np.inf


def _trimmed(text: str, start: int, end: int) -> Span:
    while start < end and text[start] in _LOOSE:
        start += 1
    while end > start and text[end - 1] in _LOOSE:
        end -= 1
    return Span(start, end)
