"""Words as they are meant to be read, however they were dressed up: odd letters, hidden marks, spaced-out letters."""

from __future__ import annotations

import re
import unicodedata

from edgewise.counterpart.perceive.lexicon import straightened

# Letters of other alphabets that look like ours; whoever hides a word in them may still mean it.
_LOOKALIKES = str.maketrans("аеорсухіјѕԁһԛԝοαεικνρτυ", "aeopcyxijsdhqwoaeikvptu")
_SPACED_OUT = re.compile(r"(?<!\w)\w(?:[ .\-_*]\w){3,}(?!\w)")
_BETWEEN = re.compile(r"[ .\-_*]")
_SENTENCE = re.compile(r"[^.!?…\n]*[^\s.!?…][^.!?…\n]*[.!?…]*[”’\"')]*")
_MARKS = {"Mn", "Me", "Cf"}


def plain(text: str) -> str:
    """The text without marks nobody sees, in plain letters; line breaks and punctuation stay."""
    folded = unicodedata.normalize("NFKD", straightened(text).replace("“", '"').replace("”", '"'))
    bare = "".join(character for character in folded if unicodedata.category(character) not in _MARKS)
    looking = bare.translate(_LOOKALIKES) if not bare.isascii() else bare
    return _SPACED_OUT.sub(lambda found: _BETWEEN.sub("", found.group()), looking)


def sentences(text: str) -> list[str]:
    """The sentences of a text, each exactly as it stands there."""
    return [found for match in _SENTENCE.finditer(text) if (found := match.group().strip())]
