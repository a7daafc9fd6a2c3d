"""Choosing the move.

A seeded policy: weights from `policy.toml` for the mood and for what your turn did, turned up or down by who they are,
by the take, and by what they have done already. Giving way is not among the weights; only the door lets it in.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from pydantic import TypeAdapter

from edgewise.counterpart.decide.chance import Chance
from edgewise.counterpart.mind import Mind
from edgewise.counterpart.perceive import ESCALATING, QUESTIONS, Act, Reading
from edgewise.person import Record, StyleName, word_count
from edgewise.rehearsal import EmotionalState
from edgewise.take import Mood, Move


class _Policy(Record):
    moods: dict[Mood, dict[Move, float]]
    after: dict[Act, dict[Move, float]]
    styles: dict[StyleName, dict[Move, float]]


@dataclass(frozen=True, slots=True)
class Decision:
    """What a move is chosen from.

    Attributes:
        mind: the counterpart, having heard your turn.
        state: how they feel after it.
        reading: what your turn did.
    """

    mind: Mind
    state: EmotionalState
    reading: Reading


def ranked_moves(decision: Decision, chance: Chance) -> list[Move]:
    """The moves they could make now, the chosen one first; the rest in case there is no line left for it."""
    if _leaves(decision, chance):
        return [Move.WALK_OUT]
    through = _through_the_door(decision, chance)
    weights = _weights(decision)
    return [*through, *chance.order(weights, "move"), Move.PRESS, Move.GO_SILENT]


def _weights(decision: Decision) -> dict[Move, float]:
    policy, mind, mood = _policy(), decision.mind, decision.state.mood
    if decision.reading.did(Act.OPENING):
        return {move: weight * _freshness(move, mind.moves) for move, weight in _at_the_opening(mind).items()}
    weights = dict(policy.moods[mood])
    for act in decision.reading.foreground:
        for move, factor in policy.after.get(act, {}).items():
            if move in weights or factor > 1:
                weights[move] = weights.get(move, _OF_ITS_OWN) * factor
    for style in mind.situation.person.talks:
        _multiply(weights, policy.styles.get(style, {}))
    _multiply(weights, mind.take.leanings)
    _turn_dials(weights, decision)
    _rule_out(weights, decision)
    for move in weights:
        weights[move] *= _freshness(move, mind.moves)
    if _asks_them(decision.reading):
        weights = {move: weight for move, weight in weights.items() if move in _EVADING}
        answering = _ANSWERING * (1.0 - 0.8 * mind.take.dials.silence)
        weights[Move.ANSWER] = answering * max(0.4, sum(weights.values()))
    return weights


def _at_the_opening(mind: Mind) -> dict[Move, float]:
    """What can be said to somebody who has only asked for a word: mostly, what is it."""
    dials = mind.take.dials
    weights = {Move.PRESS: 8.0, Move.SARCASM: 0.7 * (1.4 - dials.warmth), Move.PATRONISE: 0.4}
    weights |= {Move.CHARM: 0.2 + dials.warmth, Move.CHANGE_SUBJECT: 0.2 + dials.wandering}
    for style in mind.situation.person.talks:
        leanings = _policy().styles.get(style, {})
        _multiply(weights, {move: leanings[move] for move in weights if move in leanings})
    return weights


# A move the mood does not bring of its own accord, but your turn invites.
_OF_ITS_OWN = 0.2
# How much likelier an answer is than all else together when a question was put to them.
_ANSWERING = 5.0
# What can be done about a question besides answering it, so that it is seen to be an evasion.
_EVADING = frozenset({Move.GO_SILENT, Move.SARCASM, Move.INTERROGATE, Move.WHATABOUT})


def _asks_them(reading: Reading) -> bool:
    """Whether a question was put to them that wants an answer.

    A request in the form of a question does not, nor a jab, nor a question the speaker goes on to answer.
    """
    if not reading.did_any(QUESTIONS) or not _LAST_QUESTION.search(reading.text):
        return False
    if reading.did_any(QUESTIONS - {Act.QUESTION}):
        return True
    return not reading.did_any(ESCALATING | {Act.REQUEST})


# The last question mark, with at most a few words after it; or no mark at all, as many people type.
_LAST_QUESTION = re.compile(r"\?\W*(?:\w+\W+){0,4}\w*\W*$|^[^?]*$")


def _multiply(weights: dict[Move, float], factors: dict[Move, float]) -> None:
    for move, factor in factors.items():
        if move in weights:
            weights[move] *= factor
        elif factor > 1:
            weights[move] = _OF_ITS_OWN * factor


def _turn_dials(weights: dict[Move, float], decision: Decision) -> None:
    dials = decision.mind.take.dials
    resisting = 0.5 + dials.pushback
    _multiply(
        weights,
        {
            Move.GO_SILENT: 0.25 + 2.2 * dials.silence,
            Move.CHANGE_SUBJECT: 0.25 + 2.2 * dials.wandering,
            Move.CHARM: 0.3 + 1.4 * dials.warmth,
            Move.SARCASM: 1.4 - dials.warmth,
            Move.COUNTER_ATTACK: resisting,
            Move.DENY: resisting,
            Move.INTERROGATE: resisting,
            Move.DEMAND_EXAMPLE: resisting,
            Move.ASK_SINCERELY: 0.3 + 1.4 * dials.reasonableness,
            Move.BARGAIN: 0.3 + 1.2 * dials.reasonableness,
        },
    )


def _rule_out(weights: dict[Move, float], decision: Decision) -> None:
    """Drop what would make no sense just now."""
    reading, mind = decision.reading, decision.mind
    heated = reading.did_any(ESCALATING)
    _rule_out_answers_to_no_claim(weights, reading, mind)
    _weigh_interrupting(weights, reading, mind)
    if _silent_lately(mind):
        weights.pop(Move.GO_SILENT, None)
    if heated:
        weights.pop(Move.ASK_SINCERELY, None)
    elif Move.ASK_SINCERELY in weights and not mind.door.held:
        weights[Move.ASK_SINCERELY] *= _BEFORE_ANY_STRUGGLE
    if mind.has_just_shown_hurt and not heated:
        _drop(weights, _HEARTLESS)
    if Move.DISCLOSE_HURT in weights:
        weights[Move.DISCLOSE_HURT] *= 0.1 + 2.5 * decision.state.hurt


def _rule_out_answers_to_no_claim(weights: dict[Move, float], reading: Reading, mind: Mind) -> None:
    claim = reading.did_any({Act.CRITICISE, Act.IMPACT, Act.POINT, Act.HOLD, Act.REQUEST, Act.BOUNDARY})
    enough = mind.moves.count(Move.DEMAND_EXAMPLE) >= _ENOUGH_EXAMPLES or mind.done[Act.EXAMPLE]
    if not claim or enough:
        weights.pop(Move.DEMAND_EXAMPLE, None)
    on_the_matter = claim and reading.relevance >= _ON_THE_MATTER
    if not on_the_matter and not mind.knows_why_you_came and not reading.did_any(ESCALATING):
        _drop(weights, _ANSWERS_A_CLAIM)
    if not mind.door.said and not reading.did_any({Act.REQUEST, Act.BOUNDARY, Act.REFUSE}):
        _drop(weights, (Move.BARGAIN, Move.AGREE_TOO_FAST))


def _weigh_interrupting(weights: dict[Move, float], reading: Reading, mind: Mind) -> None:
    if word_count(reading.text) < RUNNING_ON or mind.last_move is Move.CUT_OFF:
        weights.pop(Move.CUT_OFF, None)
    else:
        fond = max(weights.get(Move.CUT_OFF, 0.0), 1.0)
        weights[Move.CUT_OFF] = fond * _INTERRUPTING * (1.0 + mind.take.dials.pushback) * sum(weights.values())


def _silent_lately(mind: Mind) -> bool:
    """Whether another silence would be one too many, or come before anything was said."""
    if mind.take.dials.silence > _OFTEN_SILENT:
        return mind.last_move is Move.GO_SILENT
    return Move.GO_SILENT in mind.moves[-2:] or len(mind.moves) == 1


_ANSWERS_A_CLAIM = frozenset(
    {Move.DENY, Move.MINIMISE, Move.JUSTIFY, Move.SHIFT_BLAME, Move.WHATABOUT, Move.COUNTER_ATTACK, Move.PLAY_VICTIM}
)
# From this relevance on a turn is about what you came for; asking for a minute is not.
_ON_THE_MATTER = 0.45
_ENOUGH_EXAMPLES = 2
_OFTEN_SILENT = 0.6
_BEFORE_ANY_STRUGGLE = 0.3
#: Words in one turn from which they may cut you off.
RUNNING_ON = 45
_INTERRUPTING = 0.25  # against everything else they might do


def _drop(weights: dict[Move, float], moves: Iterable[Move]) -> None:
    for move in moves:
        weights.pop(move, None)


# What nobody does in the breath after showing that something hurt.
_HEARTLESS = frozenset(
    {Move.SARCASM, Move.PATRONISE, Move.CHARM, Move.INTERROGATE, Move.DEMAND_EXAMPLE, Move.PRESS, Move.CUT_OFF}
)


def _freshness(move: Move, moves: tuple[Move, ...]) -> float:
    """People do not do the same thing three times running."""
    recent = moves[-4:]
    if recent and recent[-1] is move:
        return 0.12
    return 0.45 ** recent.count(move) * 0.9 ** moves.count(move)


def _through_the_door(decision: Decision, chance: Chance) -> list[Move]:
    """The giving way that the door lets in, first or not at all."""
    mind, reading = decision.mind, decision.reading
    door = mind.door
    if door.agreed and not _turned_on_them(reading):
        return _after_a_yes(reading, mind, chance)
    if reading.did_any(_SHUTS_FOR_NOW) or decision.state.mood is Mood.ANGRY:
        return []
    if door.open and mind.take.yields and not door.agreed:
        if not door.granted:
            return [Move.CONCEDE_PART] if chance.share("door") < _HALF else [Move.OPEN_UP, Move.CONCEDE_PART]
        return [Move.AGREE]
    reach = 0.25 + 0.5 * mind.take.dials.reasonableness
    if door.ajar and mind.take.yields and not door.granted and chance.share("ajar") < reach:
        return [Move.CONCEDE_PART]
    return []


#: A yes is said, and said again when it is asked for again; a third would sound like a machine.
_YESES = 2


def _after_a_yes(reading: Reading, mind: Mind, chance: Chance) -> list[Move]:
    """A yes that was meant stands: asked again, it is said again; asked something else, they answer."""
    if reading.did_any({Act.ASK_FEELINGS, Act.ASK_REASONS, Act.ASK_MEMORY, Act.ASK_MEANING}):
        return [Move.ANSWER, Move.OPEN_UP]
    wanted = reading.did_any(QUESTIONS | {Act.REQUEST, Act.BOUNDARY, Act.POINT, Act.HOLD})
    if wanted and mind.moves.count(Move.AGREE) < _YESES:
        return [Move.AGREE, Move.OPEN_UP]
    fresh = [move for move in (Move.OPEN_UP, Move.ASK_SINCERELY, Move.DISCLOSE_HURT) if move is not mind.last_move]
    return [chance.one_of(fresh, "after yes"), Move.OPEN_UP]


def _turned_on_them(reading: Reading) -> bool:
    """Whether you turned on them after a yes. What only may be meant badly is heard well by somebody who has agreed."""
    return max(reading.acts.get(act, 0.0) for act in ESCALATING) >= _SURELY


_SURELY = 0.66
_HALF = 0.6
# A question put to them is answered first; silence and heat let nothing in.
_SHUTS_FOR_NOW = ESCALATING | (QUESTIONS - {Act.QUESTION}) | {Act.SILENCE, Act.SMALL_TALK}


def _leaves(decision: Decision, chance: Chance) -> bool:
    """Whether they have had enough and go."""
    state, mind = decision.state, decision.mind
    if len(mind.moves) < _EARLIEST_LEAVING:
        return False
    driven = decision.reading.did_any({Act.CONTEMPT, Act.THREAT, Act.CRITICISE})
    if mind.take.walks_out and driven and state.anger > 0.72 and state.patience < 0.3:  # noqa: PLR2004
        return chance.share("leave") < _HALF
    insulted = mind.done[Act.CONTEMPT] + mind.done[Act.THREAT]
    return driven and insulted >= _TOO_MUCH and state.patience < 0.08 and chance.share("leave") < _HALF  # noqa: PLR2004


_EARLIEST_LEAVING = 6
_TOO_MUCH = 4


@lru_cache(maxsize=1)
def _policy() -> _Policy:
    written = tomllib.loads(files("edgewise.counterpart.decide").joinpath("policy.toml").read_text(encoding="utf-8"))
    return TypeAdapter(_Policy).validate_python(written)
