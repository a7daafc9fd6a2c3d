"""What the pages call things."""

from __future__ import annotations

from collections.abc import Iterable

from edgewise.counterpart import Said
from edgewise.debrief import Verdict
from edgewise.rehearsal import Ending, Happened, Rehearsal, YourTurn

ENDED: dict[Ending | None, str] = {
    Ending.YOU_ENDED: "you ended it",
    Ending.THEY_LEFT: "they left",
    None: "not over",
}

HAPPENED = {Happened.YES: "yes", Happened.PARTLY: "in part", Happened.NO: "no"}

SAID = {
    Said.PLAINLY: "Said plainly:",
    Said.HINTED: "Only hinted at:",
    Said.NOT_AT_ALL: "Never said:",
}

_LEVELS = "▁▂▃▄▅▆▇█"
_MOVED = 0.05  # a change in a feeling that is worth a word
_A_PAUSE = 3.0  # seconds
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


def pace_in_words(turn: YourTurn) -> str:
    """How a turn of yours came: "after 14 seconds, typed in 32, 6 corrections"; empty when it came at once."""
    told = (
        (turn.silence_s >= _A_PAUSE and not turn.is_silence, f"after {turn.silence_s:.0f} seconds"),
        (turn.typing_s >= _A_PAUSE, f"typed in {turn.typing_s:.0f}"),
        (turn.corrections > 0, f"{turn.corrections} correction{'' if turn.corrections == 1 else 's'}"),
    )
    return ", ".join(words for so, words in told if so)


def survived_in_words(*, survived: bool) -> str:
    """Whether a point lasted."""
    return "It was still there after they pushed." if survived else "After they pushed, it was gone."


def distress_in_words(before: int | None, worst: int | None, now: int | None) -> str:
    """Distress through a take: "70 before, 85 at worst, 40 after"; only what you gave."""
    given = ((before, "before"), (worst, "at worst"), (now, "after"))
    return ", ".join(f"{level} {when}" for level, when in given if level is not None)


def sparkline(levels: Iterable[float]) -> str:
    """Levels from 0 to 1 as a row of bars."""
    return "".join(_LEVELS[min(len(_LEVELS) - 1, int(level * len(_LEVELS)))] for level in levels)


def course(first: float, last: float) -> str:
    """How a feeling went from beginning to end."""
    if abs(last - first) < _MOVED:
        return "stayed"
    return "rose" if last > first else "fell"


def turns_in_words(count: int) -> str:
    """A count of turns."""
    return f"{count} turn{'' if count == 1 else 's'}"


def conversation_kept(rehearsal: Rehearsal) -> str:
    """What you are told when you stop."""
    if rehearsal.is_over:
        return f"All of it is kept. To hear back: edgewise debrief {rehearsal.id}"
    return f"Every turn is kept. To go on: edgewise resume {rehearsal.id}"
