"""Each thing you came to say: whether it came out, where, and whether it was still there after they pushed."""

from __future__ import annotations

import re

from edgewise.counterpart import Act, Said
from edgewise.counterpart.perceive.subject import point_said
from edgewise.debrief.findings import Evidence
from edgewise.debrief.notes import Notes, YourNote
from edgewise.debrief.saying import how_far
from edgewise.person import Record
from edgewise.situation import KeyPoint

_SENTENCE = re.compile(r"[^.!?…\n]+[.!?…]*")
_ORDER = (Said.NOT_AT_ALL, Said.HINTED, Said.PLAINLY)
_STANDS = (Act.HOLD, Act.REQUEST, Act.BOUNDARY, Act.REFUSE)


class PointFound(Record):
    """What became of one key point.

    Attributes:
        text: the point as you noted it.
        said: how far it came out.
        evidence: where it came out furthest, first time; None when it did not.
        again: where it came out as far once more.
        survived: whether it was still there after they had answered it; None when it was not said plainly, or they
            had no time to push.
    """

    text: str
    said: Said
    evidence: Evidence | None = None
    again: tuple[Evidence, ...] = ()
    survived: bool | None = None


def points_in(notes: Notes) -> tuple[PointFound, ...]:
    """What became of each thing you came to say, in the order you noted them."""
    return tuple(_found(place, point, notes) for place, point in enumerate(notes.situation.points))


def _found(place: int, point: KeyPoint, notes: Notes) -> PointFound:
    said = [(note, how_far(place, note, notes)) for note in notes.spoken]
    furthest = max((_ORDER.index(how) for _, how in said), default=0)
    if not furthest:
        return PointFound(text=point.text, said=Said.NOT_AT_ALL)
    first, *again = [note for note, how in said if _ORDER.index(how) == furthest]
    return PointFound(
        text=point.text,
        said=_ORDER[furthest],
        evidence=_shown(point, first),
        again=tuple(_shown(point, note) for note in again),
        survived=_survived(place, first, notes) if _ORDER[furthest] is Said.PLAINLY else None,
    )


def _survived(place: int, first: YourNote, notes: Notes) -> bool | None:
    """Whether, after it was said, you came back to it or stood by it, and did not take it back last."""
    later = [note for note in notes.spoken if note.place > first.place]
    if not later:
        return None
    stood = [note.place for note in later if _stood_by(place, note, notes)]
    took_back = [note.place for note in later if note.reading.did(Act.WITHDRAW)]
    return bool(stood) and max(stood) >= max(took_back, default=0)


def _stood_by(place: int, note: YourNote, notes: Notes) -> bool:
    return how_far(place, note, notes) is not Said.NOT_AT_ALL or note.reading.did_any(_STANDS)


def _shown(point: KeyPoint, note: YourNote) -> Evidence:
    """The sentence in which it came out; the whole turn when no one sentence shows it."""
    sentences = [found.group().strip() for found in _SENTENCE.finditer(note.turn.text)]
    nearest = max(sentences, key=lambda sentence: _ORDER.index(point_said(point, sentence)), default="")
    plain = nearest and point_said(point, nearest) is not Said.NOT_AT_ALL
    return Evidence(turn=note.place, quote=nearest if plain else note.turn.text)
