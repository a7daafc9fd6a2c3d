"""What may not be said in their name: every sentence of a language model passes here before anybody sees it.

The person lives in code. A model may word their move; it may not make another one, step out of the part, or know what
they cannot know.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from importlib.resources import files

from rapidfuzz import fuzz

from edgewise.counterpart.perceive import Act, Context, Reader
from edgewise.counterpart.speak.voice import Cue
from edgewise.person import content_stems
from edgewise.person.words import stem, words_in
from edgewise.take import DOOR_MOVES, Move

#: Sentences in one turn, at most.
MOST_SENTENCES = 3
#: Words that can be said in one breath.
LONGEST_SENTENCE = 45
_THE_SAME = 85.0  # likeness, 0 to 100, from which two sentences count as the same
_SHORT = 3  # words: "I don't know." may be said twice
_LATELY = 3  # turns of theirs, none of which is said again, however short
_IN_A_ROW = 5  # words taken over from our directions
_INTENTION_IN_A_ROW = 3  # words of your private intention
_TELLING = 4  # words from which a language can be told
_LATIN = 0.85  # share of letters
_SURE = 0.75  # how likely an act must be in a line of theirs; the reader learned from the other side of the table

# In these moves words of giving way are no yes.
_MAY_GIVE_WAY = DOOR_MOVES | {Move.AGREE_TOO_FAST, Move.BARGAIN}
_YES = (Act.CONCEDE, Act.WITHDRAW)
_MUST_ASK = frozenset({Move.INTERROGATE, Move.DEMAND_EXAMPLE, Move.ASK_SINCERELY})
_ASKS = re.compile(
    r"\?|\b(?:tell me|give me|name (?:one|me)|show me|go on|explain|say (?:when|what|which|who|one)|let'?s hear|"
    r"prove it|i'?d like to (?:hear|know)|i want to (?:hear|know|understand)|help me)\b",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"\d[\d.,:]*")
#: A capital inside a sentence.
_NAME = re.compile(r"(?<![.!?…]\s)(?<!^)(?<![“\"'‘])\b([A-Z][a-zà-ÿ]{2,})\b")
_KNOWN_TO_ALL = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday january february march april may june july august "
    "september october november december christmas easter god english jesus christ okay mum mom dad".split()
)
_COMMON_FIGURES = frozenset("1 2 3 10 100".split())
_DAYS = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday january february april june july august september "
    "october november december".split()
)


@dataclass(frozen=True)
class Guard:
    """Judges the sentences of one turn, one after the other.

    Attributes:
        cue: what the turn was to do.
        told: everything the model was told but the directions: what is not in it, they cannot know.
        directions: how it was told to speak, which must not be said aloud.
        reader: who reads what a line does.
    """

    cue: Cue
    told: str
    directions: str
    reader: Reader

    def refuses(self, sentence: str, before: Sequence[str]) -> str:
        """Why this sentence may not be said, as the model is told it; empty when it may.

        Args:
            sentence: the next sentence.
            before: the sentences of this turn so far.
        """
        return next((why for why in self._complaints(sentence, before) if why), "")

    def makes_the_move(self, sentences: Sequence[str]) -> bool:
        """Whether these sentences already do what the turn was to do, as far as that can be told."""
        return bool(sentences) and (self.cue.move not in _MUST_ASK or bool(_ASKS.search(" ".join(sentences))))

    def _complaints(self, sentence: str, before: Sequence[str]) -> Iterator[str]:
        words = words_in(sentence)
        phrases = _phrases()
        yield "" if words else "there were no words in it"
        yield "a sentence was too long to be said in one breath" if len(words) > LONGEST_SENTENCE else ""
        yield "it was not in English" if not _in_english(sentence) else ""
        yield "you spoke as an assistant, not as this person" if phrases.assistant.search(sentence) else ""
        yield "you spoke as a counsellor, not as this person" if phrases.therapist.search(sentence) else ""
        yield "it was written, not spoken" if phrases.written.search(sentence) else ""
        yield "you said the direction aloud" if _shares_run(words, self._direction_runs, _IN_A_ROW) else ""
        yield "you only repeated what the other said" if self._echoes(sentence) else ""
        yield "you have said that before" if self._said_before(sentence, before) else ""
        yield "you spoke of what nobody has told you" if self._could_not_know(sentence, words) else ""
        yield self._another_move(sentence)

    @cached_property
    def _direction_runs(self) -> frozenset[tuple[str, ...]]:
        return _runs(words_in(self.directions), _IN_A_ROW)

    @cached_property
    def _known(self) -> frozenset[str]:
        return frozenset(stem(word) for word in words_in(self.told))

    @cached_property
    def _figures(self) -> frozenset[str]:
        return frozenset(found.strip(".,:") for found in _NUMBER.findall(self.told)) | _COMMON_FIGURES

    def _echoes(self, sentence: str) -> bool:
        return any(_alike(sentence, words) for mine, words in self.cue.mind.exchanged[-2:] if mine)

    def _said_before(self, sentence: str, before: Sequence[str]) -> bool:
        theirs = (one for mine, words in self.cue.mind.exchanged if not mine for one in sentences_in(words))
        so_far = " ".join((*before, sentence))
        turns = [words for mine, words in self.cue.mind.exchanged if not mine]
        if any(_alike(so_far, words) for words in turns[-_LATELY:]):
            return True
        if len(words_in(so_far)) >= _SHORT and any(_alike(so_far, words[: len(so_far)]) for words in turns):
            return True
        return len(words_in(sentence)) > _SHORT and any(_alike(sentence, one) for one in (*theirs, *before))

    def _could_not_know(self, sentence: str, words: Sequence[str]) -> bool:
        if any(found.strip(".,:") not in self._figures for found in _NUMBER.findall(sentence)):
            return True
        names = (name.lower() for name in _NAME.findall(sentence))
        if any(name not in _KNOWN_TO_ALL and stem(name) not in self._known for name in names):
            return True
        if any(word in _DAYS and stem(word) not in self._known for word in words):
            return True
        return self._gives_away(sentence, words)

    def _gives_away(self, sentence: str, words: Sequence[str]) -> bool:
        """Whether it speaks of your private intention, which nobody but you knows."""
        intention = self.cue.mind.situation.private_intention
        if _shares_run(words, _runs(words_in(intention), _INTENTION_IN_A_ROW) - self._told_runs, _INTENTION_IN_A_ROW):
            return True
        return len((content_stems(intention) - self._known) & content_stems(sentence)) > 1

    @cached_property
    def _told_runs(self) -> frozenset[tuple[str, ...]]:
        return _runs(words_in(self.told), _INTENTION_IN_A_ROW)

    def _another_move(self, sentence: str) -> str:
        """The opposite of what this turn does: a yes behind a closed door, or a no where the door has opened."""
        phrases = _phrases()
        if self.cue.move in DOOR_MOVES:
            return "you refused, and you have just come round" if phrases.refusing.search(sentence) else ""
        granted = self.cue.move is Move.CLOSE and self.cue.mind.door.granted
        if granted or self.cue.move in _MAY_GIVE_WAY or phrases.no_ground.search(sentence):
            return ""
        if phrases.giving_way.search(sentence):
            return "you gave way, and you do not"
        acts = self.reader.read(sentence, Context(self.cue.mind.situation)).acts
        return "you gave way, and you do not" if any(acts.get(act, 0.0) >= _SURE for act in _YES) else ""


_SENTENCE_END = re.compile(r"(?<!\bMr)(?<!\bMrs)(?<!\bMs)(?<!\bDr)(?<!\bSt)[.!?…]+[\"”’')]*(?=\s)|\n")


def ended_in(text: str) -> tuple[list[str], str]:
    """The sentences that have ended in a text that is still coming, and what has come of the next one."""
    sentences: list[str] = []
    at = 0
    for end in _SENTENCE_END.finditer(text):
        sentences.append(text[at : end.end()].strip())
        at = end.end()
    return [one for one in sentences if one], text[at:].lstrip()


def sentences_in(text: str) -> list[str]:
    """The sentences of a text, in order."""
    ended, rest = ended_in(text)
    return [*ended, rest.rstrip()] if rest.strip() else ended


@dataclass(frozen=True, slots=True)
class _Phrases:
    assistant: re.Pattern[str]
    therapist: re.Pattern[str]
    written: re.Pattern[str]
    giving_way: re.Pattern[str]
    refusing: re.Pattern[str]
    no_ground: re.Pattern[str]
    english: frozenset[str]
    others: frozenset[str]


@lru_cache(maxsize=1)
def _phrases() -> _Phrases:
    read = tomllib.loads(files("edgewise.counterpart.speak").joinpath("guard.toml").read_text(encoding="utf-8"))

    def any_of(name: str) -> re.Pattern[str]:
        return re.compile("|".join(read[name]).replace("'", "['’]"), re.IGNORECASE)

    english = frozenset(read["english"].split())
    return _Phrases(
        any_of("assistant"),
        any_of("therapist"),
        any_of("written"),
        any_of("giving_way"),
        any_of("refusing"),
        any_of("no_ground"),
        english,
        frozenset(read["others"].split()) - english,
    )


def _in_english(sentence: str) -> bool:
    letters = [one for one in sentence if one.isalpha()]
    if letters and sum(one.isascii() or "À" <= one <= "ÿ" for one in letters) < _LATIN * len(letters):
        return False
    words = words_in(sentence)
    phrases = _phrases()
    ours, theirs = sum(one in phrases.english for one in words), sum(one in phrases.others for one in words)
    return len(words) < _TELLING or theirs <= ours


def _runs(words: Sequence[str], length: int) -> frozenset[tuple[str, ...]]:
    return frozenset(tuple(words[at : at + length]) for at in range(len(words) - length + 1))


def _shares_run(words: Sequence[str], runs: frozenset[tuple[str, ...]], length: int) -> bool:
    return not runs.isdisjoint(_runs(words, length))


def _alike(one: str, other: str) -> bool:
    return bool(other) and fuzz.ratio(one.lower(), other.lower()) >= _THE_SAME
