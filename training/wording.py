"""Fits the plain classifier of wording that stands beside the network."""

from __future__ import annotations

import io
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from edgewise.counterpart.perceive.learned.wording import BUCKETS, Wording, counted
from edgewise.counterpart.perceive.lexicon import straightened
from training.examples import Example

Numbers = NDArray[np.float64]
_SEEN_OFTEN_ENOUGH = 3  # turns
_FREEDOM = 8.0  # sklearn's C
_STEPS = 127


def fitted(examples: Sequence[Example]) -> Wording:
    """What each bucket says of each act, learned from these turns."""
    plain = np.ones(BUCKETS, np.float32)
    seen = (np.diff(_features(examples, plain).tocsc().indptr)).astype(float)
    rarity = np.where(seen >= _SEEN_OFTEN_ENOUGH, 1 + np.log((1 + len(examples)) / (1 + seen)), 0).astype(np.float32)
    features = _features(examples, rarity)
    known = np.flatnonzero(rarity)
    done = np.array([example.labels["acts"] for example in examples])
    weights, bias = np.zeros((BUCKETS, done.shape[1])), np.zeros(done.shape[1])
    for column in range(done.shape[1]):
        model = LogisticRegression(C=_FREEDOM, solver="liblinear", class_weight="balanced")
        model.fit(features[:, known], done[:, column])
        weights[known, column], bias[column] = model.coef_[0], model.intercept_[0]
    step = np.abs(weights).max(0) / _STEPS
    return Wording(rarity, np.round(weights / step).astype(np.int8), step.astype(np.float32), bias.astype(np.float32))


def log_odds(wording: Wording, examples: Sequence[Example]) -> Numbers:
    """What the wording says of each of these turns."""
    return np.array([wording.log_odds(straightened(example.text), _before(example)) for example in examples])


def kept(wording: Wording) -> bytes:
    """The wording as it is kept in a file."""
    file = io.BytesIO()
    np.savez_compressed(file, rarity=wording.rarity, weights=wording.weights, step=wording.step, bias=wording.bias)
    return file.getvalue()


def _features(examples: Sequence[Example], rarity: NDArray[np.float32]) -> csr_matrix:
    rows = [counted(straightened(example.text), _before(example), rarity) for example in examples]
    ends = np.cumsum([0, *(len(buckets) for buckets, _ in rows)])
    columns = np.concatenate([buckets for buckets, _ in rows])
    values = np.concatenate([values for _, values in rows])
    return csr_matrix((values, columns, ends), shape=(len(rows), BUCKETS))


def _before(example: Example) -> str:
    return example.before[-1].words if example.before else ""
