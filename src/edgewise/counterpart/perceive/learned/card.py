"""What is known of a trained network: what it was made from, how its answers are weighed, how well it scored."""

from __future__ import annotations

from edgewise.person import Record


class Weighing(Record):
    """How the network's log-odds, the wording's and the rules become a probability: a logistic regression's weights."""

    network: float
    wording: float
    rules: float
    bias: float


class Nearness(Record):
    """How likeness of meaning and shared words together tell whether a note was met; one half is where F1 is best."""

    meaning: float
    words: float
    bias: float


class Card(Record):
    """The card that goes with a network's file.

    Attributes:
        model_sha256, vocabulary_sha256, wording_sha256: what the files' SHA-256 must be.
        acts: the acts it answers for, in its order, each with its weighing.
        said, touched: for key points said plainly, and touched at all.
        trigger, value: for what sets them off and what they care about.
        made_from: how many labelled turns of each corpus it learned from.
        scores: what it scored on turns it never saw.
    """

    model_sha256: str
    vocabulary_sha256: str
    wording_sha256: str
    acts: dict[str, Weighing]
    said: Nearness
    touched: Nearness
    trigger: Nearness
    value: Nearness
    made_from: dict[str, int]
    scores: dict[str, float]
