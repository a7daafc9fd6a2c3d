"""How a turn of yours moves this person.

A bounded state is pushed by what you did, scaled by who they are and by the take, and then fades a little towards their
baseline. Interpersonal complementarity (Carson 1969; Kiesler 1983) is where the signs in `effects.toml` start from:
warmth invites warmth, dominance invites submission or a fight.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from pydantic import TypeAdapter

from edgewise.counterpart.perceive import Act, Reading, Touch
from edgewise.person import Person, Record, Style, StyleName
from edgewise.rehearsal import FEELINGS, EmotionalState, Reason
from edgewise.take import Dials, Take

#: Share of the distance to their baseline that fades each turn.
FADING = 0.08

_KINDLY = frozenset({"trust", "openness", "patience"})


class _Effect(Record):
    why: str
    again: str = ""
    effect: dict[str, float]
    effect_again: dict[str, float] | None = None
    wears: float = 1.0


class _Effects(Record):
    acts: dict[Act, _Effect]
    styles: dict[StyleName, dict[str, float]]
    trigger: _Effect
    value: _Effect
    point: _Effect


@dataclass(frozen=True, slots=True)
class Hearing:
    """What an appraisal needs besides the turn itself.

    Attributes:
        person: who hears it.
        take: in which version.
        done_before: how often you did each act earlier in this rehearsal.
    """

    person: Person
    take: Take
    done_before: Mapping[Act, int]


@dataclass(frozen=True, slots=True)
class Appraisal:
    """What a turn did to them: where it left them, and each reason in words."""

    state: EmotionalState
    reasons: tuple[Reason, ...]


def baseline(person: Person, take: Take) -> EmotionalState:
    """Where this person is before you begin, in this take, and where they drift back to."""
    dials, talks = take.dials, person.talks
    return EmotionalState(
        anger=_level(0.05 + 0.22 * dials.volatility * (1 - dials.warmth)),
        hurt=_level(0.08 + (0.14 if Style.WOUNDED in talks else 0.0)),
        defensiveness=_level(0.15 + 0.4 * dials.pushback + (0.08 if Style.ANXIOUS in talks else 0.0)),
        trust=_level(0.15 + 0.35 * dials.warmth + 0.15 * dials.reasonableness),
        patience=_level(0.85 - 0.3 * dials.volatility - (0.12 if Style.CURT in talks else 0.0)),
        openness=_level(0.1 + 0.35 * dials.reasonableness + 0.1 * dials.warmth),
    )


def appraise(before: EmotionalState, reading: Reading, hearing: Hearing) -> Appraisal:
    """What this turn does to them.

    Every change of feeling carries its reason; what is left over is only fading towards the baseline.
    """
    settled = before.settled(baseline(hearing.person, hearing.take), share=FADING)
    reasons = [reason for reason in _reasons(reading, hearing) if reason.effect]
    state = settled
    for reason in reasons:
        state = state.moved(reason.effect)
    return Appraisal(state, tuple(reasons))


def _reasons(reading: Reading, hearing: Hearing) -> list[Reason]:
    effects = _effects()
    found = [
        _for_act(act, effects.acts[act], reading, hearing)
        for act in sorted(reading.done, key=list(Act).index)
        if act in effects.acts
    ]
    found += [_for_touch(effects.trigger, touch, reading, hearing) for touch in reading.triggers[:2]]
    found += [_for_touch(effects.value, touch, reading, hearing) for touch in reading.values[:2]]
    if reading.did(Act.POINT):
        found.append(Reason(why=effects.point.why, effect=_scaled(effects.point.effect, hearing)))
    return found


def _for_act(act: Act, written: _Effect, reading: Reading, hearing: Hearing) -> Reason:
    times = hearing.done_before.get(act, 0)
    again = times > 0 and written.effect_again is not None
    effect = written.effect_again if again and written.effect_again is not None else written.effect
    strength = reading.acts[act] * (written.wears**times)
    return Reason(
        why=written.again if again and written.again else written.why,
        quote=reading.quote(act),
        effect=_scaled(effect, hearing, act, strength),
    )


def _for_touch(written: _Effect, touch: Touch, reading: Reading, hearing: Hearing) -> Reason:
    return Reason(
        why=written.why.format_map({"what": touch.what}),
        quote=reading.words(touch.span),
        effect=_scaled(written.effect, hearing),
    )


def _scaled(
    effect: Mapping[str, float], hearing: Hearing, act: Act | None = None, strength: float = 1.0
) -> dict[str, float]:
    """The effect as this person, in this take, feels it."""
    felt = {name: by * strength * _dialled(name, by, hearing.take.dials) for name, by in effect.items()}
    for style in hearing.person.talks:
        sensitivity = _effects().styles.get(style, {})
        for_act = sensitivity.get(act, 1.0) if act else 1.0
        felt = {name: by * for_act * sensitivity.get(name, 1.0) for name, by in felt.items()}
    return {name: round(by, 4) for name, by in felt.items() if name in FEELINGS and abs(by) >= _NOTICED}


_NOTICED = 0.005


def _dialled(feeling: str, by: float, dials: Dials) -> float:
    softening = (by > 0) == (feeling in _KINDLY)
    if softening:
        return 0.35 + 0.85 * dials.reasonableness
    return 0.6 + 0.9 * dials.volatility


def _level(at: float) -> float:
    return round(min(1.0, max(0.0, at)), 4)


@lru_cache(maxsize=1)
def _effects() -> _Effects:
    written = tomllib.loads(files("edgewise.counterpart.appraise").joinpath("effects.toml").read_text(encoding="utf-8"))
    return TypeAdapter(_Effects).validate_python(written)
