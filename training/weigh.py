"""Weighs the network's answers against the rules, and likeness of meaning against shared words.

Everything here is fitted on answers about turns the answering network did not learn from, so that a probability means
what it says.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression

from edgewise.counterpart import Act
from edgewise.counterpart.perceive.learned.reader import evidence
from edgewise.counterpart.perceive.lexicon import straightened
from edgewise.counterpart.perceive.subject import share_of
from training.examples import ACTS, Example

Numbers = NDArray[np.float64]
_FIRM = 1.0  # how much a weight may leave nought; sklearn's C


def weighings(examples: Sequence[Example], said: Numbers, worded: Numbers) -> dict[str, dict[str, float]]:
    """For each act, how the network's log-odds, the wording's and the rules together become a probability.

    Args:
        examples: every example; those without acts are passed over.
        said: the network's log-odds, examples × acts.
        worded: the wording's, only of the examples with acts.
    """
    rows = [row for row, example in enumerate(examples) if "acts" in example.labels]
    rules = [evidence(straightened(examples[row].text)) for row in rows]
    done = np.array([examples[row].labels["acts"] for row in rows])
    out: dict[str, dict[str, float]] = {}
    for column, act in enumerate(ACTS):
        rule = [found.get(Act(act), 0.0) for found in rules]
        features = np.stack([said[rows, column], worded[:, column], rule], axis=1)
        model = LogisticRegression(C=_FIRM).fit(features, done[:, column])
        network, wording, ruled = model.coef_[0]
        out[act] = {
            "network": round(float(network), 4),
            "wording": round(float(wording), 4),
            "rules": round(max(0.0, float(ruled)), 4),
            "bias": round(float(model.intercept_[0]), 4),
        }
    return out


def near_weights(examples: Sequence[Example], near: Sequence[Sequence[float]]) -> dict[str, dict[str, float]]:
    """How likeness of meaning and shared words tell that a note was met; even odds stand where they tell it best."""
    pairs = [
        (note.kind, likeness, share_of(note.text, example.text), note.near)
        for example, likenesses in zip(examples, near, strict=True)
        for note, likeness in zip(example.notes, likenesses, strict=True)
    ]
    return {
        "said": _fitted([pair for pair in pairs if pair[0] == "point"], 1.0),
        "touched": _fitted([pair for pair in pairs if pair[0] == "point"], 0.5),
        "trigger": _fitted([pair for pair in pairs if pair[0] == "trigger"], 1.0),
        "value": _fitted([pair for pair in pairs if pair[0] == "value"], 1.0),
    }


def _fitted(pairs: Sequence[tuple[str, float, float, float]], enough: float) -> dict[str, float]:
    features = np.array([[likeness, share] for _, likeness, share, _ in pairs])
    met = np.array([near >= enough for *_, near in pairs])
    model = LogisticRegression(C=10.0).fit(features, met)
    meaning, words = model.coef_[0]
    return {
        "meaning": round(float(meaning), 4),
        "words": round(float(words), 4),
        "bias": round(float(model.intercept_[0]) - _best_bar(model.predict_log_proba(features), met), 4),
    }


def _best_bar(told: Numbers, met: NDArray[np.bool_]) -> float:
    """The log-odds from which notes are told best (F1). A turn meets few notes, so that is well below even odds."""
    odds = told[:, 1] - told[:, 0]

    def f1(bar: float) -> float:
        return 2 * float((met & (odds >= bar)).sum()) / max(1.0, float(met.sum() + (odds >= bar).sum()))

    return max(np.linspace(-3, 1, 41).tolist(), key=f1)
