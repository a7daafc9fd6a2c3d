"""What people say around what they say: "Look." before it, "That's all." after it."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property, lru_cache
from importlib.resources import files
from statistics import fmean
from typing import Annotated

from pydantic import Field, TypeAdapter

from edgewise.counterpart.perceive import Act
from edgewise.counterpart.speak.line import Occasion
from edgewise.counterpart.speak.voice import Cue, Spoken
from edgewise.person import Circle, Record, Relationship, Style
from edgewise.person.words import words_in
from edgewise.take import Mood, Move

#: How often somebody who talks so leads in to what they say. Few words mean few of these.
_HOW_OFTEN: dict[str, float] = {Style.CURT: 0.1, Style.COLD: 0.1, Style.RAMBLING: 0.35, Style.ANXIOUS: 0.3}
_USUALLY = 0.2
_TWICE_RUNNING = 0.8
_TAG_AS_OFTEN = 0.6  # as a lead-in, where there is none
_NOTICES, _IN_CHARACTER = 4.0, 2.0  # how much likelier than one that fits anywhere
_SHORTEST = 3  # words; a line of one or two is strongest alone
_LONGEST = 20  # words; a line of more has said enough

# A line that begins with one of these has its own way in.
_OWN_WAY_IN = frozenset(
    """
    ah and anyway blimey but christ come excuse fine god great ha hang hello hey hm hmm hold honestly huh listen look
    lovely mm mmm nice nah no nope now oh ok okay oof ooh ouch please really right see so sorry sure then wait well
    what's wow yeah yep yes
    """.split()
)
# After a comma these lose their capital; anything else might be a name.
_SMALL = frozenset(
    """
    a all an are aren't can can't could did didn't do does doesn't don't everybody everyone give had has have haven't he
    how if is isn't it it's let's me my no nobody nobody's not nothing of one she some somebody someone that that's the
    there there's they they're this those was wasn't we we'd we'll we're we've were what when where which who why with
    would you you'd you'll you're you've your
    """.split()
)


@dataclass(frozen=True, kw_only=True)
class Aside(Occasion):
    """A word or two before a line or after it.

    Attributes:
        words: what is said. Before a line, what ends without a stop runs on into it; after one, what begins with a
            comma goes on from it.
        moves: the moves it goes with.
        asks: whether it comes after a question and not after a statement.
    """

    words: str
    moves: frozenset[Move]
    asks: bool = False

    def __str__(self) -> str:
        return self.words

    @cached_property
    def name(self) -> str:
        """Those that begin alike count as one: nobody says "Look" before everything."""
        return f"aside:{self.first}"

    @cached_property
    def first(self) -> str:
        """Its first word."""
        return next(iter(words_in(self.words)), "")

    @property
    def only_names(self) -> bool:
        """Whether it says nothing but what they call you."""
        return not words_in(self.words.replace("{call}", ""))

    @property
    def runs_on(self) -> bool:
        """Whether a line after it goes on in the same sentence."""
        return self.words[-1] not in ".?!”"

    def before(self, says: str, call: str) -> str:
        """The words with the line after them; empty when they do not go together."""
        led = self._named(says, call)
        first = says.split(maxsplit=1)[0]
        if not led or not self.runs_on:
            return led and f"{led} {says}"
        if first.lower() in _SMALL:
            return f"{led} {says[0].lower()}{says[1:]}"
        return f"{led} {says}" if first.split("'")[0] == "I" else ""

    def after_it(self, says: str, call: str) -> str:
        """The line with the words after it; empty when they do not go together."""
        tagged = self._named(says, call)
        if not tagged or not says.endswith("?" if self.asks else "."):
            return ""
        return f"{says[:-1]}{tagged}" if tagged[0] == "," else f"{says} {tagged}"

    def _named(self, says: str, call: str) -> str:
        if "{call}" in self.words and (not call or call in says):
            return ""
        named = self.words.replace("{call}", call)
        return named[0].upper() + named[1:]


class _Group(Record):
    moves: frozenset[Move]
    moods: frozenset[Mood] = frozenset()
    with_: Annotated[frozenset[Circle | Relationship], Field(alias="with")] = frozenset()
    styles: frozenset[Style] = frozenset()
    after: frozenset[Act] = frozenset()
    asks: bool = False
    lines: tuple[str, ...]


def lead_ins() -> tuple[Aside, ...]:
    """Everything that can be said before a line, from `lead_ins.toml`."""
    return _written("lead_ins.toml")


def tags() -> tuple[Aside, ...]:
    """Everything that can be said after a line, from `tags.toml`."""
    return _written("tags.toml")


@lru_cache
def _written(name: str) -> tuple[Aside, ...]:
    written = tomllib.loads(files("edgewise.counterpart.speak").joinpath(name).read_text(encoding="utf-8"))
    return tuple(
        Aside(
            words=words,
            moves=group.moves,
            moods=group.moods,
            circles=frozenset(value.value for value in group.with_),
            styles=frozenset(group.styles),
            after=group.after,
            asks=group.asks,
        )
        for group in TypeAdapter(list[_Group]).validate_python(written["group"])
        for words in group.lines
    )


def with_asides(spoken: Spoken, cue: Cue) -> Spoken:
    """The same with a word or two before it or after it, or as it is: by how they talk, what you did, and chance."""
    often = _how_often(cue)
    if _can_be_led(spoken, cue) and cue.chance.share("lead-in") < often:
        return _with_one(spoken, cue, lead_ins(), Aside.before)
    if _can_be_tagged(spoken, cue) and cue.chance.share("tag") < often * _TAG_AS_OFTEN:
        return _with_one(spoken, cue, tags(), Aside.after_it)
    return spoken


def _with_one(spoken: Spoken, cue: Cue, some: Iterable[Aside], joined: Callable[[Aside, str, str], str]) -> Spoken:
    person = cue.mind.situation.person
    lately = {word for words in cue.mind.last_words for word in words_in(words)[:1]}
    weights = {
        aside: _NOTICES if aside.after else _IN_CHARACTER if aside.styles or aside.moods else 1.0
        for aside in some
        if cue.move in aside.moves
        and aside.name not in cue.mind.lines
        and aside.first not in lately
        and aside.suits(person, cue.mood, cue.reading.foreground)
        and not (aside.runs_on and "own:" in spoken.line)
        and (aside.only_names or not cue.reading.did(Act.OPENING))
    }
    for aside in cue.chance.order(weights, "aside"):
        words = joined(aside, spoken.text, _name_to_use(cue))
        if words and not cue.mind.openings[" ".join(words_in(words)[:3])]:
            return Spoken(words, spoken.gesture, f"{spoken.line}+{aside.name}")
    return spoken


def _can_be_led(spoken: Spoken, cue: Cue) -> bool:
    said, name = words_in(spoken.text), cue.mind.situation.person.calls_you.lower()
    own_way_in = said[:1] == [name] or said[:2] == ["all", "right"] or not _OWN_WAY_IN.isdisjoint(said[:1])
    return _has_room(spoken, cue) and spoken.text[0].isalpha() and not own_way_in


def _can_be_tagged(spoken: Spoken, cue: Cue) -> bool:
    """A line of their own ends where they would end it."""
    return _has_room(spoken, cue) and "own:" not in spoken.line


def _has_room(spoken: Spoken, cue: Cue) -> bool:
    return cue.curveball is None and _SHORTEST <= len(words_in(spoken.text)) <= _LONGEST


def _how_often(cue: Cue) -> float:
    each = [_HOW_OFTEN.get(style, _USUALLY) for style in cue.mind.situation.person.talks] or [_USUALLY]
    return fmean(each) * (_TWICE_RUNNING if any("aside:" in line for line in cue.mind.last_lines[-1:]) else 1)


def _name_to_use(cue: Cue) -> str:
    """What they call you, unless they have only just used it."""
    name = cue.mind.situation.person.calls_you
    return "" if any(name in words for words in cue.mind.last_words) else name
