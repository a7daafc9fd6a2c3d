"""What a language model is told so that it can speak for them: the person, what was said, a mood, and one move.

It is never told your private intention, what you came to say before you say it, nor anything of how you are scored.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from edgewise.counterpart.speak.voice import Cue
from edgewise.person import Person, portrait
from edgewise.take import Move

# What you type or import must never look like a direction of ours, nor end the quotation it stands in.
_MARKS = str.maketrans({"[": "(", "]": ")", "«": "“", "»": "”"})
_SILENT = "(says nothing)"
_COMES_IN = "(comes in)"


@dataclass(frozen=True, slots=True)
class Prompt:
    """What a model is told for one turn: what never changes first, then what only grows, and last what changes.

    Attributes:
        rules: who they are and how to speak; the same in every turn of a rehearsal.
        exchanged: what was said, oldest first: whether it was you, and the words; the last is always yours.
        direction: how they feel, and the one thing to do now.
    """

    rules: str
    exchanged: tuple[tuple[bool, str], ...]
    direction: str


def prompt_for(cue: Cue, pitch: Sequence[str], *, refused: str = "") -> Prompt:
    """What a model is told for this cue.

    Args:
        cue: the person, what was said, the mood and the move.
        pitch: authored lines of this move, so that it is pitched as they would.
        refused: why its line before this one could not be said; empty the first time.
    """
    return Prompt(_rules(cue), _exchanged(cue), _direction(cue, pitch, refused))


def material(person: Person) -> str:
    """Who they are, as a model is told it."""
    told = [*portrait(person)]
    if person.manner:
        told.append(f"How they talk: {person.manner}.")
    if person.calls_you:
        told.append(f"What they call you: {person.calls_you}.")
    return "\n".join(told).translate(_MARKS) or "Somebody it is hard to talk to."


def _rules(cue: Cue) -> str:
    situation = cue.mind.situation
    where = f"\nWhere it is: {situation.setting.translate(_MARKS)}" if situation.setting else ""
    return f"{_written().rules.strip()}\n\nNotes on who you are:\n{material(situation.person)}{where}"


def _exchanged(cue: Cue) -> tuple[tuple[bool, str], ...]:
    told = [(mine, _quoted(words) if mine else words or _SILENT) for mine, words in cue.mind.exchanged]
    if not told or not told[0][0]:
        told.insert(0, (True, _COMES_IN))
    if not told[-1][0]:
        told.append((True, _SILENT))
    return tuple(told)


def _quoted(words: str) -> str:
    """Your words as something that was said: delivered between marks that they cannot contain."""
    return f"«{words.translate(_MARKS)}»" if words else _SILENT


def _direction(cue: Cue, pitch: Sequence[str], refused: str) -> str:
    written = _written()
    told = f"You feel {written.moods[cue.mood]}. Now {written.moves[cue.move]}."
    like = f" Pitched like: {' '.join(f'“{line.translate(_MARKS)}”' for line in pitch)} In new words." if pitch else ""
    again = f" Your last try could not be said: {refused}." if refused else ""
    return f"[Direction: {told}{like}{again}]"


@dataclass(frozen=True, slots=True)
class _Written:
    rules: str
    moods: Mapping[str, str]
    moves: Mapping[str, str]


@lru_cache(maxsize=1)
def _written() -> _Written:
    text = files("edgewise.counterpart.speak").joinpath("actor.toml").read_text(encoding="utf-8")
    read = tomllib.loads(text)
    return _Written(read["rules"], read["moods"], {move: read["moves"][move.value] for move in Move if _needs(move)})


def _needs(move: Move) -> bool:
    return move is not Move.GO_SILENT
