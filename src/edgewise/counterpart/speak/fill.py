"""What a line's slots are filled with: your words, their words, what lies between you."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from edgewise.counterpart.mind import Mind
from edgewise.counterpart.perceive import Act, Reading, Said
from edgewise.counterpart.perceive.subject import cue_span
from edgewise.counterpart.speak.kinds import standings
from edgewise.counterpart.speak.line import OWN_WORDS, RECALLED, Line
from edgewise.counterpart.speak.mirror import turned_round
from edgewise.person import Incident, content_stems, word_count
from edgewise.rehearsal import Recollection
from edgewise.take import Curveball, Move

_CLAUSE_END = re.compile(
    r"[.!?;:,…\n()“”\"—–]+|\s-\s|\b(?:and|but|because|cos|so|then|although|though|which)\b", re.IGNORECASE
)
_STARTS_A_CLAUSE = re.compile(r"(?:i|you|u|my|your)\b", re.IGNORECASE)
_QUOTABLE = (
    Act.CONTEMPT, Act.CRITICISE, Act.THREAT, Act.BOUNDARY, Act.IMPACT, Act.DISMISS, Act.SARCASM, Act.REFUSE,
    Act.REQUEST, Act.EXAMPLE, Act.HEDGE, Act.JUSTIFY, Act.CONCEDE, Act.WITHDRAW,
)  # fmt: skip
_MIRRORED = (Act.CRITICISE, Act.IMPACT, Act.EXAMPLE, Act.REQUEST, Act.BOUNDARY, Act.REFUSE, Act.HOLD)
# What a point of yours can be answered with, and what comes when a trigger is hit.
_ANSWERS_A_POINT = frozenset({Move.DENY, Move.MINIMISE, Move.JUSTIFY, Move.SHIFT_BLAME, Move.PATRONISE})
_IS_STUNG = frozenset({Move.COUNTER_ATTACK, Move.WHATABOUT, Move.GUILT_TRIP, Move.SARCASM, Move.PLAY_VICTIM, Move.DENY})
# Slots that would let them know why you came before you have said it.
_GIVES_AWAY = frozenset({"ask", "about", "incident"})
# Words of asking and of understanding; turned round, they make no sentence of theirs.
_ASKING = re.compile(r"\b(?:i'?d|asking|can|could|would|please|let'?s|understand|hear|get|know|see)\b", re.IGNORECASE)
# Two of these, and it is two clauses run together.
_SUBJECT = re.compile(r"\b(?:i|you)\b(?!['’]?s\b)", re.IGNORECASE)
_IN_HASTE = re.compile(
    r"\b(?:[ck]ant|dont|wont|im|ive|didnt|doesnt|isnt|wasnt|havent|youre|youve|ur|u|n|gonna|wanna|r|cos|bc|tho)\b",
    re.IGNORECASE,
)
_LONGEST_QUOTE = 8
_LONGEST_MIRROR = 12
_OTHERS = re.compile(r"^(?:his|her|their)\b", re.IGNORECASE)


@dataclass(frozen=True)
class Filling:
    """What can be put into slots for this turn.

    Attributes:
        mind: the counterpart, with the situation and what has been said.
        reading: your turn.
    """

    mind: Mind
    reading: Reading

    def filled(self, line: Line) -> tuple[str, str, str] | None:
        """The line's words, its gesture, and the name under which it counts as said; None when a slot stays empty."""
        values: dict[str, str] = {}
        names = [line.name]
        for slot in sorted(line.slots):
            value = self._value(slot, line)
            if not value:
                return None
            values[slot] = value
            if slot in OWN_WORDS | RECALLED:
                names.append(own_name(value))
        return _sentence(line.says.format_map(values)), line.does.format_map(values), "+".join(names)

    def own(self, slot: str) -> str:
        """Their own unsaid words of a kind that come nearest to what you said; empty when none are left."""
        unsaid = [words for words in self._own_words(slot) if words and own_name(words) not in self.mind.lines]
        return max(unsaid, key=self._nearness, default="")

    def told_us(self, slot: str) -> bool:
        """Whether the words for a slot are this person's own, and not what anybody in their place could say."""
        return any(self._told(slot))

    def unsaid(self, slot: str) -> list[str]:
        """Their own words of a kind that have not been said yet."""
        return [
            _sentence(words)
            for words in self._own_words(slot)
            if words and own_name(_sentence(words)) not in self.mind.lines
        ]

    def to_that(self, move: Move) -> list[str]:
        """What they were noted to say back to the very thing you have just said, as far as this move can say it.

        To a point of yours its answers, to a trigger what they say when it is hit, to an incident how they tell it.
        """
        said: list[str] = []
        if move in _ANSWERS_A_POINT:
            pairs = zip(self.mind.situation.points, self.reading.points, strict=True)
            said += [words for point, how in pairs if how is not Said.NOT_AT_ALL for words in point.answers]
            said += self._told("told")
        if move in _IS_STUNG:
            hit = {touch.what for touch in self.reading.triggers}
            said += [words for one in self.mind.situation.person.triggers if one.what in hit for words in one.says]
        if move is Move.ANSWER and self.mind.knows_why_you_came:
            said += self._what_was_asked()
        unsaid = (_sentence(words) for words in said if words)
        return [words for words in unsaid if own_name(words) not in self.mind.lines]

    def _what_was_asked(self) -> list[str]:
        """Their reasons to why, their terms to what it would take, how they tell it to whether they remember."""
        side, asked = self.mind.situation.their_side, self.reading.did
        reasons = [side.defence] if asked(Act.ASK_REASONS) else []
        terms = [side.condition, side.would_offer] if asked(Act.ASK_TERMS) else []
        return [*reasons, *terms, *(self._told("told") if asked(Act.ASK_MEMORY) else [])]

    def _value(self, slot: str, line: Line) -> str:
        if slot in OWN_WORDS:
            return _sentence(self.own(slot))
        if slot in RECALLED | {"then"}:
            found = self._recalled(line)
            return "" if found is None else found.when if slot == "then" else found.words
        knows = self.mind.knows_why_you_came or line.serves is Curveball.KNOWS_ALREADY
        if slot in _GIVES_AWAY and not knows:
            return ""
        subject, _, possessive = self.mind.situation.person.pronouns.forms
        plain = {
            "they": subject,
            "them": self.mind.situation.person.pronouns.forms[1],
            "their": possessive,
            "call": self.mind.situation.person.calls_you,
            "ask": turned_round(self.mind.situation.ask).rstrip("."),
            "about": turned_round(self.mind.situation.about).rstrip("."),
        }
        if slot in plain:
            return plain[slot]
        return {
            "quote": self._quote,
            "mirror": self._mirror,
            "incident": self._incident,
            "value": self._value_held,
        }[slot](line)

    def _recalled(self, line: Line) -> Recollection | None:
        """What the line brings up from another day, if that is remembered and has not been brought up yet."""
        if not self.mind.knows_why_you_came:
            return None
        unsaid = [one for one in self.mind.remembered if own_name(one.words) not in self.mind.lines]
        return next((one for one in unsaid if one.what.value in line.slots), None)

    def _quote(self, line: Line) -> str:
        asked = [act for act in _QUOTABLE if act in line.after] or list(_QUOTABLE)
        for act in asked:
            for span in self.reading.spans.get(act, ()) if self.reading.did(act) else ():
                words = self.reading.sentence(span).strip(" .!?…,;:“”\"'‘’")
                if 2 <= word_count(words) <= _LONGEST_QUOTE:  # noqa: PLR2004
                    return words
        return ""

    def _mirror(self, line: Line) -> str:
        asked = [act for act in _MIRRORED if act in line.after] or list(_MIRRORED[:3])
        for act in asked:
            for span in self.reading.spans.get(act, ()) if self.reading.did(act) else ():
                words = _clause_around(self.reading.text, span.start)
                if 3 <= word_count(words) <= _LONGEST_MIRROR and _mirrors_well(words):  # noqa: PLR2004
                    return _lowered(turned_round(words))
        return ""

    def _incident(self, _line: Line) -> str:
        found = self.incident_meant or self._incident_spoken_of
        return turned_round(found.name) if found else ""

    def _value_held(self, _line: Line) -> str:
        values = self.mind.situation.person.values
        touched = {touch.what for touch in self.reading.values}
        held = next((value for value in values if value.what in touched), values[0] if values else None)
        return _OTHERS.sub("my", held.what).rstrip(".") if held else ""

    @cached_property
    def incident_meant(self) -> Incident | None:
        """The incident your turn speaks of, if it speaks of one."""
        text = self.reading.text
        return next((some for some in self._incidents if some.name and _speaks_of(some, text)), None)

    @property
    def _incident_spoken_of(self) -> Incident | None:
        """An incident you brought up earlier in this conversation; they do not bring up one out of nowhere."""
        said = "\n".join(self.mind.said)
        return next((some for some in self._incidents if some.name and _speaks_of(some, said)), None)

    @property
    def _incidents(self) -> Sequence[Incident]:
        return self.mind.situation.person.incidents

    def _own_words(self, slot: str) -> Sequence[str]:
        return [words for words in self._told(slot) if words] or self._of_their_kind(slot)

    def _told(self, slot: str) -> Sequence[str]:
        person, side = self.mind.situation.person, self.mind.situation.their_side
        several: dict[str, Sequence[str]] = {
            "comeback": person.comebacks,
            "phrase": person.phrases,
            "grievance": (*person.grievances, side.grievance),
        }
        if slot == "told":
            meant = self.incident_meant
            return [meant.they_tell_it] if meant else []
        return several[slot] if slot in several else [getattr(side, slot)]

    def _of_their_kind(self, slot: str) -> Sequence[str]:
        """What anybody in their place could say, where you told us nothing of this person's own."""
        return getattr(standings()[self.mind.situation.sort], slot, ())

    def _nearness(self, words: str) -> int:
        return len(content_stems(words) & content_stems(self.reading.text))


def _mirrors_well(clause: str) -> bool:
    """Whether a clause can be turned round: one clause, as it would be written by somebody who took their time."""
    one = len(_SUBJECT.findall(clause)) <= 1
    return one and bool(_STARTS_A_CLAUSE.match(clause)) and not _ASKING.search(clause) and not _IN_HASTE.search(clause)


def own_name(words: str) -> str:
    """The name under which their own words count as said, however they were led into."""
    return "own:" + " ".join(words.lower().split()).rstrip(".!?…")


def _speaks_of(incident: Incident, text: str) -> bool:
    if any(cue_span(cue, text) for cue in incident.cues):
        return True
    named = content_stems(f"{incident.name} {incident.when}")
    return len(named & content_stems(text)) >= min(2, len(named)) if named else False


def _clause_around(text: str, at: int) -> str:
    """The clause of a text in which this place lies."""
    start, end = 0, len(text)
    for stop in _CLAUSE_END.finditer(text):
        if stop.end() <= at:
            start = stop.end()
        elif stop.start() > at:
            end = stop.start()
            break
    return text[start:end].strip(" \t'‘’")


def _sentence(words: str) -> str:
    words = words.strip()
    if not words:
        return ""
    ended = words if words[-1] in ".!?…”—-" else f"{words}."
    return ended[0].upper() + ended[1:]


def _lowered(clause: str) -> str:
    return clause if re.match(r"I\b", clause) else clause[:1].lower() + clause[1:]
