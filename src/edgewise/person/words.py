"""Words as people type them: made safe to keep, and comparable by their stems."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from threading import Lock
from typing import Protocol, cast

import snowballstemmer

# Cc and Cs cannot be shown or stored; bidirectional overrides (U+202A-E, U+2066-9) would turn the screen round for
# whoever reads next. Ordinary right-to-left letters are untouched.
_UNSHOWABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\u202a-\u202e\u2066-\u2069\ufeff]")
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_LIST_BREAK = re.compile(r"[;\n]|,(?!\d)")
_FILLERS = frozenset(
    """
    a about actually after again all also am an and any are aren't as at back be because been before being both
    but by can can't come could couldn't did didn't do does doesn't doing don't down each even every few for
    from get gets getting give go goes going got had hadn't has hasn't have haven't having he he's her here hers
    herself him himself his how i i'd i'll i'm i've if in into is isn't it it's its itself just kind know let
    like make many maybe me mean might more most much must my myself need no nor not now of off oh ok okay on
    once one only or other our ours out over own please put quite really right said same say says see she she's
    should shouldn't so some sort still such sure than that that's the their theirs them then there there's
    these they they'd they'll they're they've thing things think this those though to too tell talk under until
    up us very want wanted was wasn't way we we'd we'll we're we've well were weren't what what's when where
    which while who whom why will with won't would wouldn't yeah yes you you'd you'll you're you've your yours
    yourself
    """.split()
)


class _Stemmer(Protocol):
    def stemWord(self, word: str) -> str: ...  # noqa: N802 - the library's own name for it


def tidy(text: str) -> str:
    """Words as the person gave them, safe to keep and to show: composed (NFC), without control characters.

    Line breaks and tabs inside the text stay; space at either end goes.
    """
    return unicodedata.normalize("NFC", _UNSHOWABLE.sub("", text)).strip()


def listed(text: str) -> tuple[str, ...]:
    """One answer that names several things ("being rushed, being called unfair") as the things it names."""
    return tuple(part for piece in _LIST_BREAK.split(tidy(text)) if (part := piece.strip(" .\t-•")))


def words_in(text: str) -> list[str]:
    """The words of a text, lower case, apostrophes straightened."""
    return list(_words(text))


@lru_cache(maxsize=16384)  # every line of a repertoire is looked at again and again
def _words(text: str) -> tuple[str, ...]:
    return tuple(match.group().lower().replace("’", "'") for match in _WORD.finditer(text))


def word_count(text: str) -> int:
    """How many words were said."""
    return sum(1 for _ in _WORD.finditer(text))


# The stemmer holds the word it is at work on: two conversations at once would spoil each other's.
_ONE_AT_A_TIME = Lock()


@lru_cache(maxsize=8192)
def stem(word: str) -> str:
    """A word's stem (Snowball English, Porter 2001), so that "interrupting" meets "interrupted"."""
    with _ONE_AT_A_TIME:
        return _stemmer().stemWord(word.removesuffix("'s"))


@lru_cache(maxsize=4096)
def content_stems(text: str) -> frozenset[str]:
    """The stems of the words that carry a text's subject, without the small words every sentence has."""
    return frozenset(stem(word) for word in words_in(text) if word not in _FILLERS)


@lru_cache(maxsize=1)
def _stemmer() -> _Stemmer:
    return cast(_Stemmer, snowballstemmer.stemmer("english"))  # pyright: ignore[reportUnknownMemberType]
