"""How far a turn of yours says one of the things you came to say.

While a conversation goes on the reader has to be quick to hear a point. Looking back there is time to weigh: how near
the turn is in meaning, which of the point's own words it has, whether another point is nearer. The weights were learned
from conversations written and labelled by hand (`training/README.md`).
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from functools import lru_cache

from edgewise.counterpart import Said
from edgewise.counterpart.perceive.subject import point_said, share_of
from edgewise.debrief.instances import Weighing, learned, weighed
from edgewise.debrief.notes import Notes, YourNote

_SENTENCE = re.compile(r"[^.!?…\n]+[.!?…]*")
_FAR = {Said.NOT_AT_ALL: 0.0, Said.HINTED: 0.5, Said.PLAINLY: 1.0}


@lru_cache(maxsize=1)
def _weighings() -> Mapping[Said, Weighing]:
    return {Said(name): Weighing.model_validate(one) for name, one in learned()["points"].items()}


def how_far(place: int, note: YourNote, notes: Notes) -> Said:
    """How far one turn says the point at this place."""
    told = told_of_point(place, note, notes)
    for said in (Said.PLAINLY, Said.HINTED):
        weighing = _weighings()[said]
        if weighed(weighing, told) >= weighing.threshold:
            return said
    return Said.NOT_AT_ALL


def told_of_point(place: int, note: YourNote, notes: Notes) -> dict[str, float]:
    """Everything that can be told of a turn and a point, each as a number around 0 to 1."""
    point, text, likenesses = notes.situation.points[place], note.turn.text, note.reading.likenesses
    likeness = likenesses[place] if likenesses else 0.0
    others = [one for at, one in enumerate(likenesses) if at != place]
    sentences = [found.group() for found in _SENTENCE.finditer(text)] or [text]
    return {
        "likeness": likeness,
        "nearest": float(likeness >= max(others, default=-1.0)),
        "beyond_others": likeness - max(others, default=likeness),
        "share": share_of(point.text, text),
        "share_of_sentence": max(share_of(point.text, sentence) for sentence in sentences),
        "worded": _FAR[point_said(point, text)],
        "heard": _FAR[note.reading.points[place]],
        "length": math.log1p(note.words) / 4.0,
        "asks": float("?" in text),
    }
