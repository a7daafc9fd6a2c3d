"""What a turn does as a whole, in its place in the conversation."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from rapidfuzz import fuzz
from rapidfuzz.utils import default_process

from edgewise.counterpart.perceive.acts import ESCALATING, Act
from edgewise.counterpart.perceive.lexicon import straightened
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
_FIRST_TURNS, _LONGEST_OPENING, _SHORT_OPENING = 3, 24, 12  # turns; words, and words when it names what it is about
_NOT_AN_OPENING = ESCALATING | {Act.IMPACT, Act.EXAMPLE, Act.BOUNDARY, Act.REFUSE, Act.POINT, Act.WITHDRAW}
_OPENS = re.compile(
    r"""^\W*(?:hi|hiya|hey|hello|yo|hallo|namaste|good\s(?:morning|afternoon|evening)|morning|evening|alright|all\sright
          |thanks\sfor\s(?:seeing|meeting|making|coming|having))\b(?:\W+\w+){0,4}\W*$
      |\b(?:can|could|may|might)\s(?:we|i)\s(?:please\s|just\s|maybe\s)*(?:talk|chat|speak|have\sa|ask\syou\ssomething|say\ssomething
          |borrow|catch\syou|tell\syou\ssomething)\b
      |\b(?:have\s(?:you|u)\sgot|got|do\s(?:you|u)\shave)\b.{0,12}\b(?:min|mins|minutes?|moment|sec|second|time)\b
      |\b(?:need|want|wanted|like|hoping|wondering)\b.{0,14}\b(?:to|if|a)\b.{0,10}\b(?:talk|chat|word|speak)\b
      |\b(?:want|wanted|need|like)\sto\s(?:ask|tell|raise|discuss|say|bring)\b.{0,12}\b(?:something|a\sthing|up)\b
      |\bthere(?:'s|\sis)\ssomething\b|\bbeen\smeaning\sto\b|\bis\s(?:now|this)\b.{0,12}\b(?:time|okay|ok|good|bad|all\sright|alright)\b|\b(?:okay|ok|good|free)\sto\s(?:talk|chat)\b""",
    re.IGNORECASE | re.VERBOSE,
)


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
    if _only_opens(reading, context):
        found.append((Act.OPENING, 0.9))
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


def _only_opens(reading: Reading, context: Context) -> bool:
    """Whether a turn at the beginning greets, or asks for a word, and has not come to anything yet."""
    if len(context.said_before) >= _FIRST_TURNS or context.point_said_before or reading.did_any(_NOT_AN_OPENING):
        return False
    touched = reading.relevance >= _CLEARLY_ABOUT or any(said is not Said.NOT_AT_ALL for said in reading.points)
    longest = _SHORT_OPENING if touched else _LONGEST_OPENING
    return word_count(reading.text) <= longest and bool(_OPENS.search(straightened(reading.text)))


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
