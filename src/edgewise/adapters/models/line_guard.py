"""Whether a model's line may be shown: in role, the move it was to make, nothing said before, short."""

from __future__ import annotations

import re

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


def complaint(line: str, cue: Cue, reader: Reader) -> str:
    """Why this line may not be shown, as the model is told it; empty when it may.

    Args:
        line: the line, cleaned.
        cue: what it was to do.
        reader: who reads what it does.
    """
    words = words_in(line)
    wrong = (
        ("you said nothing", not words),
        ("it was too long", len(words) > _MOST_WORDS),
        ("that is how an assistant or a counsellor talks, and you are neither", bool(_OUT_OF_ROLE.search(line))),
        ("it was in another language", sum(one.isascii() for one in line) < _LEAST_LETTERS * len(line)),
        ("you have said that before", any(_alike(line, told) for mine, told in cue.mind.exchanged if not mine)),
        ("you only repeated what the other said", _alike(line, cue.reading.text)),
    )
    return next((why for why, holds in wrong if holds), "") or _not_the_move(line, cue, reader)


def _not_the_move(line: str, cue: Cue, reader: Reader) -> str:
    """Nobody gives way by a slip of the tongue: a door that is locked stays locked whatever the model would like."""
    if cue.move in _MAY_GIVE_WAY or cue.mood is Mood.OPEN:
        return ""
    read = reader.read(line, Context(cue.mind.situation))
    return "you gave way, and you do not" if any(read.did(act) for act in _GIVING_WAY) else ""


def _alike(one: str, other: str) -> bool:
    return bool(other) and fuzz.ratio(one.lower(), other.lower()) >= _THE_SAME
