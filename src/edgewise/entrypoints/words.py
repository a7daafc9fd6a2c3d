"""What the pages call things."""

from __future__ import annotations

from edgewise.debrief import Verdict
from edgewise.rehearsal import Ending, Rehearsal

ENDED: dict[Ending | None, str] = {
    Ending.YOU_ENDED: "you ended it",
    Ending.THEY_LEFT: "they left",
    None: "not over",
}

_SURE, _FAIRLY_SURE = 0.8, 0.65


def verdict_in_words(verdict: Verdict) -> str:
    """A verdict as an answer."""
    return f"{verdict.value[:1].upper()}{verdict.value[1:]}."


def sureness(confidence: float) -> str:
    """How far a finding may be trusted."""
    if confidence >= _SURE:
        return "this is fairly clear"
    return "this is likely" if confidence >= _FAIRLY_SURE else "this is a guess"


def as_subject(known_as: str) -> str:
    """Somebody as the subject of a sentence."""
    return "The other person" if known_as == "Them" else known_as


def in_the_middle(known_as: str) -> str:
    """Somebody in the middle of a sentence."""
    if known_as == "Them":
        return "them"
    return f"y{known_as[1:]}" if known_as.startswith("Your ") else known_as


def gesture_seen(known_as: str, gesture: str) -> str:
    """A gesture as a sentence."""
    return f"{as_subject(known_as)} {gesture.rstrip('.')}."


def effect_in_words(effect: dict[str, float]) -> str:
    """What a reason did to how they felt: "more hurt, less trust"; small stirrings are left out."""
    stirred = sorted(((name, by) for name, by in effect.items() if abs(by) >= 0.03), key=lambda one: -abs(one[1]))  # noqa: PLR2004
    return ", ".join(f"{'more' if by > 0 else 'less'} {name}" for name, by in stirred)


def turns_in_words(count: int) -> str:
    """A count of turns."""
    return f"{count} turn{'' if count == 1 else 's'}"


def conversation_kept(rehearsal: Rehearsal) -> str:
    """What you are told when you stop."""
    if rehearsal.is_over:
        return f"All of it is kept. To hear back: edgewise debrief {rehearsal.id}"
    return f"Every turn is kept. To go on: edgewise resume {rehearsal.id}"
