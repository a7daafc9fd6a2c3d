"""Chapter six: your own words first, then what the record shows, then the take revealed."""

from edgewise.debrief.debrief import Debrief
from edgewise.debrief.findings import Evidence, Finding, Question, Verdict
from edgewise.debrief.reveal import Reveal, Surprise, Then

__all__ = [
    "Debrief",
    "Evidence",
    "Finding",
    "Question",
    "Reveal",
    "Surprise",
    "Then",
    "Verdict",
]
