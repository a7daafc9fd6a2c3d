"""A plain classifier of words and published meanings, to stand beside the network on the published corpora."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, hstack
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression

from edgewise.counterpart import Act
from edgewise.counterpart.perceive.rules import by_pattern
from training.examples import ACTS, Example

if TYPE_CHECKING:
    from collections.abc import Callable

Numbers = NDArray[np.float64]
_TOKENS = r"(?u)\b\w+\b|[?!.,$]"


class Words:
    """Turns as features: what was said and before it, by word and by meaning, and what the rules make of it."""

    def __init__(self, examples: Sequence[Example], meanings: Callable[[Sequence[str]], Numbers]) -> None:
        self._texts = [example.text for example in examples]
        self._before = [example.before[-1].words if example.before else "" for example in examples]
        earlier = [example.before[-2].words if len(example.before) > 1 else "" for example in examples]
        here, before, far = meanings(self._texts), meanings(self._before), meanings(earlier)
        role = np.array([[example.role] for example in examples], float)
        shape = np.array([_shape(example) for example in examples], float)
        rules = np.array([_rules(text) for text in self._texts])
        self._dense = np.hstack([3 * here, 1.5 * before, far, role, 3 * here * role, shape, 0.5 * rules])

    def features(self, learn: NDArray[np.int64], score: NDArray[np.int64]) -> tuple[csr_matrix, csr_matrix]:
        """The features of the examples to learn from, and of those to score; words are counted on the first alone."""
        said = TfidfVectorizer(ngram_range=(1, 2), min_df=2, sublinear_tf=True, token_pattern=_TOKENS)
        heard = TfidfVectorizer(min_df=3, sublinear_tf=True, max_features=2000, token_pattern=_TOKENS)
        columns = [self._counted(said, self._texts, 1.0, learn, score)]
        if any(self._before):
            columns.append(self._counted(heard, self._before, 0.5, learn, score))
        return tuple(
            hstack([part[which] for part in columns] + [self._dense[rows]]).tocsr()
            for which, rows in enumerate((learn, score))
        )

    @staticmethod
    def _counted(counter: TfidfVectorizer, texts: list[str], weight: float, learn, score):  # noqa: ANN001, ANN205
        known = counter.fit_transform([texts[row] for row in learn])
        return weight * known, weight * counter.transform([texts[row] for row in score])


def likelihoods(learn: csr_matrix, done: Numbers, score: csr_matrix, *, one_of: bool) -> Numbers:
    """How likely each label is, for examples that bear one label or any number of them."""
    if one_of:
        kinds = done.argmax(1)
        weights = {kind: (len(kinds) / done.shape[1] / max(1, (kinds == kind).sum())) ** 0.6 for kind in set(kinds)}
        model = LogisticRegression(C=3, max_iter=300, class_weight=weights).fit(learn, kinds)
        out = np.zeros((score.shape[0], done.shape[1]))
        out[:, model.classes_] = model.predict_proba(score)
        return out
    models = [LogisticRegression(C=3, max_iter=300, class_weight="balanced").fit(learn, column) for column in done.T]
    return np.stack([model.predict_proba(score)[:, 1] for model in models], axis=1)


def _shape(example: Example) -> list[float]:
    mine = float(example.before[-1].mine) if example.before else 0.5
    return [mine, len(example.before) / 3, len(example.text.split()) / 30, float("?" in example.text)]


def _rules(text: str) -> list[float]:
    found = by_pattern(text)[0]
    return [found.get(Act(act), 0.0) for act in ACTS]
