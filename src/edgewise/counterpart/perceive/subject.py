"""Whether your words are about what you came to say, and whom they touch."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from rapidfuzz import fuzz

from edgewise.counterpart.perceive.reading import Said, Span, Touch
from edgewise.person import Theme, content_stems
from edgewise.person.words import stem, words_in
from edgewise.situation import KeyPoint, Situation

# Share of a key point's own stems that must be in a turn. One word in three is a hint.
_PLAIN, _HINT = 0.6, 0.33
# Likeness (rapidfuzz, 0 to 100) from which a note was said word for word, and the words it must have to be told so.
_WORD_FOR_WORD, _ENOUGH = 90.0, 4
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")


def point_said(point: KeyPoint, text: str) -> Said:
    """How far one key point came out in a text: by its own words, or by a cue the person gave for it."""
    if (rest := unannounced(text)) != text:
        return max(point_said(point, rest), Said.HINTED if _touched(point, text) else Said.NOT_AT_ALL, key=_FAR.index)
    share = share_of_stems(content_stems(point.text), content_stems(text))
    cued = any(cue_span(cue, text) for cue in point.cues)
    if _word_for_word(point.text, text):
        return Said.PLAINLY
    if share >= _PLAIN or (cued and share >= _HINT / 2) or (cued and len(content_stems(text)) <= _FEW):
        return Said.PLAINLY
    return Said.HINTED if share >= _HINT or cued else Said.NOT_AT_ALL


def _word_for_word(note: str, text: str) -> bool:
    """Whether the note itself was said, also one whose words are all everyday ones ("I'd like you to come with me")."""
    noted = words_in(note)
    if len(noted) < _ENOUGH:
        return False
    return fuzz.partial_ratio(" ".join(noted), " ".join(words_in(text))) >= _WORD_FOR_WORD


def unannounced(text: str) -> str:
    """A text without the sentences that only announce what it is going to be about ("It's about the meeting.")."""
    return "".join(found.group() for found in _SENTENCE.finditer(text) if not _ANNOUNCES.match(found.group()))


def _touched(point: KeyPoint, text: str) -> bool:
    return share_of_stems(content_stems(point.text), content_stems(text)) >= _HINT or any(
        cue_span(cue, text) for cue in point.cues
    )


_FAR = (Said.NOT_AT_ALL, Said.HINTED, Said.PLAINLY)
_SENTENCE = re.compile(r"[^.!?…\n]+[.!?…\n]*")
_ANNOUNCES = re.compile(
    r"\W*(?:(?:so|ok|okay|hi|hey|well|look|right|listen|um|er|and|but)\b\W*)*"
    r"(?:it['’]?s|it is|this is|(?:can|could|may) (?:i|we) (?:just )?(?:have a word|have a minute|talk|speak|chat)"
    r"(?: (?:to|with) you)?(?: for a \w+)?"
    r"|i(?:['’]d| would)? (?:want(?:ed)?|need(?:ed)?|like|love) to (?:talk|speak|chat|have a word)(?: (?:to|with) you)?"
    r"(?: for a \w+)?|(?:have you|you) got (?:a|ten|five|two) (?:minutes?|moment|sec\w*)(?: to talk)?)"
    r"\s+(?:about|over|regarding)\b[^,;:]{0,60}$",
    re.IGNORECASE,
)
_FEW = 9  # content words in a turn short enough for a cue to be the whole of it


def touched(themes: Iterable[Theme], text: str) -> tuple[Touch, ...]:
    """Which triggers or values a text comes near: by a cue, or by the words that name them."""
    return tuple(Touch(theme.what, span) for theme in themes if (span := _theme_span(theme, text)))


def relevance(situation: Situation, text: str) -> float:
    """How far a text is about the subject: 0 (not at all) to 1."""
    said = content_stems(text)
    if not said:
        return 0.0
    subject = subject_stems(situation)
    return min(1.0, 2.0 * share_of_stems(said, subject)) if subject else 0.5


def subject_stems(situation: Situation) -> frozenset[str]:
    """The stems of everything that belongs to the subject."""
    person = situation.person
    told = (
        situation.came_to_say,
        situation.about,
        situation.ask,
        situation.would_settle_for,
        *situation.topics,
        *(part for point in situation.key_points for part in (point.text, *point.cues)),
        *(part for incident in person.incidents for part in (incident.what, incident.name, *incident.cues)),
    )
    return content_stems("\n".join(told))


def cue_span(cue: str, text: str) -> Span | None:
    """Where a cue occurs, word for word but for endings ("cut me off" meets "cutting me off")."""
    wanted = [stem(word) for word in words_in(cue)]
    if not wanted:
        return None
    found = _stemmed(text)
    for at in range(len(found) - len(wanted) + 1):
        if [word for word, _, _ in found[at : at + len(wanted)]] == wanted:
            return Span(found[at][1], found[at + len(wanted) - 1][2])
    return None


def _theme_span(theme: Theme, text: str) -> Span | None:
    for cue in theme.cues:
        if span := cue_span(cue, text):
            return span
    named = content_stems(theme.what) - _SAYING
    if len(named) < 2 and theme.cues:  # noqa: PLR2004
        return None  # cues were given because the one word alone says too little
    if not named or share_of_stems(named, content_stems(text)) < _PLAIN:
        return None
    places = [(start, end) for word, start, end in _stemmed(text) if word in named]
    return Span(min(start for start, _ in places), max(end for _, end in places))


_SAYING = content_stems("being called told made feeling someone people anyone him her their everything others hates")


@lru_cache(maxsize=256)
def _stemmed(text: str) -> tuple[tuple[str, int, int], ...]:
    return tuple(
        (stem(match.group().lower().replace("’", "'")), match.start(), match.end()) for match in _WORD.finditer(text)
    )


def share_of_stems(part: frozenset[str], whole: frozenset[str]) -> float:
    return len(part & whole) / len(part) if part else 0.0


def share_of(note: str, text: str) -> float:
    """Share of a note's own content stems that a text says too, 0 to 1."""
    return share_of_stems(content_stems(note), content_stems(text))
