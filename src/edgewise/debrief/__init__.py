"""Chapter six: your own words first, then what the record shows, then the take revealed."""

from edgewise.debrief.beside import Agreement, Beside
from edgewise.debrief.debrief import Debrief
from edgewise.debrief.findings import Evidence, Finding, Verdict
from edgewise.debrief.moments import Moment
from edgewise.debrief.own_question import OwnAnswer
from edgewise.debrief.points import PointFound
from edgewise.debrief.reveal import Reveal, Surprise, Then

__all__ = [
    "Agreement",
    "Beside",
    "Debrief",
    "Evidence",
    "Finding",
    "Moment",
    "OwnAnswer",
    "PointFound",
    "Reveal",
    "Surprise",
    "Then",
    "Verdict",
]
