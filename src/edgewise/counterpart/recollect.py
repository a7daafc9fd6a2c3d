"""What this person remembers of earlier rehearsals: a few sentences of yours that stayed with them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from edgewise.counterpart.mind import Mind
from edgewise.counterpart.perceive import Act, Reader, Reading
from edgewise.person import word_count
from edgewise.rehearsal import Recalled, Recollection, Rehearsal, YourTurn
from edgewise.situation import Situation

# Which act leaves which memory; the first that fits a turn is the one that stays.
_STAYS = {
    Act.CONTEMPT: Recalled.HARSH,
    Act.WITHDRAW: Recalled.BACKED_DOWN,
    Act.CONCEDE: Recalled.GRANTED,
    Act.APOLOGY: Recalled.SORRY,
}
_FEWEST, _MOST = 2, 9  # words that can be quoted back in one breath


def same_person(one: Situation, other: Situation) -> bool:
    """Whether two situations are conversations with the same person."""
    if one.person.name or other.person.name:
        return (one.person.name, one.person.relationship) == (other.person.name, other.person.relationship)
    return one.heading == other.heading


def recollections(earlier: Sequence[Rehearsal], reader: Reader, now: datetime) -> tuple[Recollection, ...]:
    """What is remembered of earlier rehearsals with one person: of each kind the newest, none twice.

    Args:
        earlier: those rehearsals, in any order.
        reader: who reads what you said in them.
        now: the moment at which it is remembered, in the time zone of the person rehearsing.
    """
    found: list[Recollection] = []
    for rehearsal in sorted(earlier, key=lambda one: one.started, reverse=True):
        kinds = {one.what for one in found}
        for what, words in _staying(rehearsal, reader):
            if what not in kinds:
                kinds.add(what)
                found.append(
                    Recollection(rehearsal=rehearsal.id, what=what, words=words, when=_then(rehearsal.started, now))
                )
    return tuple(found)


def _then(said: datetime, now: datetime) -> str:
    """When something was said, as a person would put it at the start of a sentence."""
    days = (now.date() - said.astimezone(now.tzinfo).date()).days
    if days <= 0:
        return "earlier today"
    if days == 1:
        return "yesterday"
    if days < _WEEK:
        return f"on {said.astimezone(now.tzinfo):%A}"
    return "last week" if days < 2 * _WEEK else "last time"


_WEEK = 7


def _staying(rehearsal: Rehearsal, reader: Reader) -> Iterator[tuple[Recalled, str]]:
    mind = Mind.before_the_first_word(rehearsal.situation, rehearsal.take)
    for turn in rehearsal.turns:
        if isinstance(turn, YourTurn):
            reading = reader.read(turn.text, mind.context)
            mind = mind.having_heard(turn, reading)
            yield from _of_turn(reading)
        else:
            mind = mind.having_done(turn)


def _of_turn(reading: Reading) -> Iterator[tuple[Recalled, str]]:
    for act, what in _STAYS.items():
        words = reading.quote(act).strip(" .!?…,;:“”\"'‘’") if reading.did(act) else ""
        if _FEWEST <= word_count(words) <= _MOST and not words.endswith(("and", "but", "because")):
            yield what, words
            return
