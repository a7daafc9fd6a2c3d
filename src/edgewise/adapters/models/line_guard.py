"""Whether a model's line may be shown: in role, the move it was to make, nothing said before, short."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rapidfuzz import fuzz

from edgewise.counterpart import Cue, Reader
from edgewise.counterpart.perceive import Act, Context
from edgewise.person.words import words_in
from edgewise.take import DOOR_MOVES, Mood, Move

_MOST_SENTENCES, _MOST_WORDS, _LEAST_LETTERS = 3, 60, 0.5
_THE_SAME = 88.0  # per cent alike
_SENTENCE = re.compile(r".+?(?:[.!?…]+[”\"’')]*(?=\s|$)|$)", re.DOTALL)
_STAGE = re.compile(r"\*[^*\n]{0,200}\*|\([^)\n]{0,200}\)|\[[^\]\n]{0,400}\]")
_QUOTES = '"“”„«» \n\t'
_OUT_OF_ROLE = re.compile(
    r"\b(as an ai|language model|assistant|how (?:can|may) i (?:help|assist)|happy to (?:help|assist)|role.?play|"
    r"the direction|stage direction|system prompt|as instructed|in this (?:scenario|conversation,? i)|my character|"
    r"safe space|i hear (?:you|that you)|valid(?:ate)?\b.{0,20}\bfeelings|your feelings are valid|hold space|"
    r"let'?s unpack|healthy boundar|thank you for sharing|i appreciate you sharing|"
    r"communicat\w+ (?:openly|effectively)|"
    r"i'?m here (?:for you|to (?:help|listen|support)))",
    re.IGNORECASE,
)
_IN_A_ROW = 4  # words
#: A capital in the middle of a sentence.
_NAME = re.compile(r"(?<=[a-z,;] )([A-Z][a-z]{2,})\b")
_KNOWN_TO_ALL = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday january february march april may june july august "
    "september october november december christmas easter god english".split()
)
#: What nobody says aloud.
_MARKS = re.compile(r"[\[\](){}<>*#|_]|\bdirection:", re.IGNORECASE)
_GIVING_WAY = (Act.CONCEDE, Act.APOLOGY, Act.VALIDATE, Act.WITHDRAW)
# Moves in which a word of giving way is no giving in.
_MAY_GIVE_WAY = DOOR_MOVES | {
    Move.AGREE_TOO_FAST,
    Move.BARGAIN,
    Move.DISCLOSE_HURT,
    Move.ASK_SINCERELY,
    Move.CHARM,
    Move.CLOSE,
    Move.GREET,
    Move.WALK_OUT,
}


def cleaned(line: str, name: str) -> str:
    """A line without what models put around it: the name, quotation marks, directions; three sentences at most."""
    bare = _STAGE.sub(" ", line).strip(_QUOTES)
    bare = re.sub(rf"^(?:{re.escape(name)}|you|me)\s*:\s*", "", bare, flags=re.IGNORECASE).strip(_QUOTES)
    sentences = [one.strip() for one in _SENTENCE.findall(" ".join(bare.split())) if one.strip()]
    return " ".join(sentences[:_MOST_SENTENCES])


def complaint(line: str, cue: Cue, reader: Reader, told: str, orders: str) -> str:
    """Why this line may not be shown, as the model is told it; empty when it may.

    Args:
        line: the line, cleaned.
        cue: what it was to do.
        reader: who reads what it does.
        told: everything the model was told: what is not in it, it cannot know.
        orders: the part of it that says how to speak, and is no part of the conversation.
    """
    words = words_in(line)
    wrong = (
        ("you said nothing", not words),
        ("it was too long", len(words) > _MOST_WORDS),
        ("that is how an assistant or a counsellor talks, and you are neither", bool(_OUT_OF_ROLE.search(line))),
        ("it was in another language", sum(one.isascii() for one in line) < _LEAST_LETTERS * len(line)),
        ("you have said that before", any(_alike(line, told) for mine, told in cue.mind.exchanged if not mine)),
        ("you only repeated what the other said", _alike(line, cue.reading.text)),
        ("you said the direction aloud", bool(_MARKS.search(line)) or _overlaps(words, words_in(orders))),
        ("you named somebody or something that nobody has mentioned", bool(_unknown(line, told))),
    )
    return next((why for why, holds in wrong if holds), "") or _not_the_move(line, cue, reader)


def _not_the_move(line: str, cue: Cue, reader: Reader) -> str:
    """Nobody gives way by a slip of the tongue: a door that is locked stays locked whatever the model would like."""
    if cue.move in _MAY_GIVE_WAY or cue.mood is Mood.OPEN:
        return ""
    read = reader.read(line, Context(cue.mind.situation))
    return "you gave way, and you do not" if any(read.did(act) for act in _GIVING_WAY) else ""


def _overlaps(words: Sequence[str], orders: Sequence[str]) -> bool:
    """Whether so many words in a row are taken from the orders."""
    runs = {tuple(orders[at : at + _IN_A_ROW]) for at in range(len(orders) - _IN_A_ROW + 1)}
    return any(tuple(words[at : at + _IN_A_ROW]) in runs for at in range(len(words) - _IN_A_ROW + 1))


def _unknown(line: str, told: str) -> list[str]:
    """Names in a line that stand nowhere in what the model was told."""
    known = {word.lower() for word in words_in(told)} | _KNOWN_TO_ALL
    return [name for name in _NAME.findall(line) if name.lower() not in known]


def _alike(one: str, other: str) -> bool:
    return bool(other) and fuzz.ratio(one.lower(), other.lower()) >= _THE_SAME
