"""What a turn does as a whole, in its place in the conversation."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from rapidfuzz import fuzz
from rapidfuzz.utils import default_process

from edgewise.counterpart.perceive.acts import ESCALATING, Act
from edgewise.counterpart.perceive.reader import Context
from edgewise.counterpart.perceive.reading import LIKELY, Reading, Said, Span
from edgewise.person import content_stems, word_count
from edgewise.take import RESISTING_MOVES

#: From this likeness on (0 to 100, rapidfuzz token sort ratio) a turn says again what an earlier one said.
SAME_AGAIN = 88.0
#: Words in a turn from which it can be over-explaining, if it goes over ground already covered or floods a silence.
LONG_TURN = 55
_TOO_SHORT_TO_REPEAT = 4  # words
_CLEARLY_ABOUT = 0.5
_ASKED_BACK = 5  # words; a short question made of their own words asks what they meant by them
_OWN_GROUND = frozenset({Act.REQUEST, Act.BOUNDARY, Act.IMPACT, Act.EXAMPLE, Act.POINT, Act.REFUSE})
_GIVES_WAY = frozenset({Act.WITHDRAW, Act.CONCEDE, Act.APOLOGY, Act.DEFLECT})
_ABOUT_AT_ALL = 0.25


def with_whole_turn(reading: Reading, context: Context) -> Reading:
    """The reading with what only shows in the turn as a whole; nothing at all is an honest "not sure"."""
    acts = dict(reading.acts)
    acts |= {act: likelihood for act, likelihood in _as_a_whole(reading, context) if likelihood > acts.get(act, 0.0)}
    if not any(likelihood >= LIKELY for likelihood in acts.values()) and reading.relevance < _CLEARLY_ABOUT:
        acts[Act.UNSURE] = 0.8
    return _shown_as_a_whole(reading, acts)


def holds_by_its_acts(reading: Reading, context: Context) -> Reading:
    """The reading, with the holding of one's ground that its other acts add up to when they had just pushed back."""
    if context.their_move not in RESISTING_MOVES or reading.relevance < _ABOUT_AT_ALL:
        return reading
    stands = reading.did_any(_OWN_GROUND) or reading.said_a_point
    if not stands or reading.did_any(_GIVES_WAY | ESCALATING):
        return reading
    return _shown_as_a_whole(reading, {**reading.acts, Act.HOLD: max(0.8, reading.acts.get(Act.HOLD, 0.0))})


def _as_a_whole(reading: Reading, context: Context) -> list[tuple[Act, float]]:
    found: list[tuple[Act, float]] = []
    if Said.PLAINLY in reading.points:
        found.append((Act.POINT, 0.9))
    if _asks_back(reading.text, context.their_words):
        found += [(Act.ASK_MEANING, 0.8), (Act.QUESTION, 0.8)]
    if _says_again(reading.text, context.said_before):
        found.append((Act.REPEAT, 0.9))
    if word_count(reading.text) >= LONG_TURN and (context.point_said_before or context.their_silence_s > 0):
        found.append((Act.OVER_EXPLAIN, 0.7))
    return found


def _shown_as_a_whole(reading: Reading, acts: Mapping[Act, float]) -> Reading:
    whole = (Span(0, len(reading.text)),)
    shown = {act: reading.spans.get(act, whole) for act in acts if act in reading.spans or acts[act] >= LIKELY}
    shown.pop(Act.UNSURE, None)
    return replace(reading, acts=acts, spans=shown)


def _asks_back(text: str, their_words: str) -> bool:
    """Whether a short question only hands them back their own word ("Depends on what??")."""
    if not text.rstrip(" ?!").strip() or not text.rstrip().endswith("?") or word_count(text) > _ASKED_BACK:
        return False
    asked = content_stems(text)
    return bool(asked) and asked <= content_stems(their_words)


def _says_again(text: str, before: Sequence[str]) -> bool:
    if word_count(text) < _TOO_SHORT_TO_REPEAT:
        return False
    return any(fuzz.token_sort_ratio(text, said, processor=default_process) >= SAME_AGAIN for said in before)
