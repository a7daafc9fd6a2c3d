"""Your words turned round, as they would say them back: "you never listen" becomes "I never listen"."""

from __future__ import annotations

import re

_TOKEN = re.compile(r"[^\W_]+(?:['’][^\W_]+)*|\s+|[^\w\s]|_")
_SIMPLE = {
    "i": "you",
    "me": "you",
    "my": "your",
    "mine": "yours",
    "myself": "yourself",
    "i'm": "you're",
    "im": "you're",
    "i've": "you've",
    "ive": "you've",
    "i'll": "you'll",
    "i'd": "you'd",
    "your": "my",
    "ur": "my",
    "yours": "mine",
    "yourself": "myself",
    "you're": "I'm",
    "youre": "I'm",
    "you've": "I've",
    "youve": "I've",
    "you'll": "I'll",
    "you'd": "I'd",
}
# After these, "you" is somebody to whom something is done.
_BEFORE_OBJECT = frozenset(
    """
    to with for of at from about by on in than like without against around behind after between beside near tell
    told ask asked asking see saw seen hear heard help helped love loved like liked want wanted need needed make
    made let give gave given show showed told trust trusted thank hate miss missed know knew knowing believe
    believed call called hurt upset bother telling giving showing seeing hearing helping supporting support
    supported send sent paid pay owe cost annoy blame blamed stop stopped remind reminded disappoint
    disappointed respect appreciate value invite invited
    """.split()
)
_ITS_VERB = {"are": "am", "were": "was", "aren't": "am not", "weren't": "wasn't"}
_YOUR_VERB = {"am": "are", "was": "were", "wasn't": "weren't"}


def turned_round(words: str) -> str:
    """The same words with the persons turned round.

    A rule of thumb, right for the plain clauses it is used on: "you" is taken as the doer unless the word before it
    says that something is done to them.
    """
    tokens = _TOKEN.findall(words)
    spoken = [at for at, token in enumerate(tokens) if token[0].isalnum()]
    turned = list(tokens)
    for place, at in enumerate(spoken):
        word = _plain(tokens[at])
        before = _plain(tokens[spoken[place - 1]]) if place else ""
        after = _plain(tokens[spoken[place + 1]]) if place + 1 < len(spoken) else ""
        turned[at] = _turned_word(tokens[at], word, before, after)
    return "".join(turned)


def _turned_word(token: str, word: str, before: str, after: str) -> str:
    if word in {"you", "u", "ya"}:
        return "me" if before in _BEFORE_OBJECT or not after else "I"
    if word in _SIMPLE:
        return _SIMPLE[word]
    if word in _ITS_VERB and _is_you_doing(before, after):
        return _ITS_VERB[word]
    if word in _YOUR_VERB and "i" in (before, after):
        return _YOUR_VERB[word]
    return token


def _is_you_doing(before: str, after: str) -> bool:
    return before in {"you", "u"} or (after in {"you", "u"} and before != "and")


def _plain(token: str) -> str:
    return token.lower().replace("’", "'")
