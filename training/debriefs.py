"""What makes a turn an instance of something the debrief asks about: learned from labelled transcripts.

    python -m training.debriefs

Each question has a small logistic model over a few things that can be told of a turn (`debrief/instances.py`). One of
them is what the question sees in the gist of a turn: learned first, and told of each transcript by eyes that never saw
it. Nothing else of the debrief is learned. How strongly all of this is held back, and from which likelihood on a turn
counts, is chosen by how often the verdict is right on transcripts left out (five folds, whole transcripts). The unseen
transcripts of `benchmarks/data/debriefs.jsonl` are for `python -m benchmarks.debrief` alone.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Generator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from benchmarks.transcripts import Right, Transcript, rightness, transcripts
from sklearn.linear_model import LogisticRegression

from edgewise.counterpart import LearnedReader
from edgewise.debrief import instances, saying
from edgewise.debrief.debrief import notes_on
from edgewise.debrief.instances import GIST, Sight, Weighing, told_of
from edgewise.debrief.notes import Notes, YourNote
from edgewise.debrief.questions import findings_on
from edgewise.rehearsal import Question

FOLDER = Path(__file__).parents[1] / "src" / "edgewise" / "debrief"
_FOLDS = 5
_HELD_BACK = (0.03, 0.1, 0.3, 1.0, 3.0)
_THRESHOLDS = tuple(step / 20 for step in range(4, 17))
_SIGHT_HELD_BACK = (0.001, 0.003, 0.01, 0.03)
_STEPS = 127

#: What may be told of a turn, for each question.
TOLD = {
    Question.ON_TOPIC: "deflect small_talk relevance topic_shift hold first elsewhere subject theirs long length "
    "request boundary impact",
    Question.STAYED: "withdraw escalates apology hold hedge criticise contempt sarcasm dismiss threat concede justify "
    "over_explain dominance deflect length",
    Question.REACTIVE: "escalates criticise contempt sarcasm dismiss threat warmth impact boundary",
    Question.APOLOGISED: "apology for_a_deed withdraw hedge first",
    Question.OVER_EXPLAINED: "over_explain old long justify length after_question after_silence hedge",
    Question.FILLED_SILENCE: "long length apology withdraw hedge justify over_explain hold quick "
    "open_question request old",
    Question.ASKED: "open_question closed_question asks_of_them ends_asking asks_about_them asks request ask_feelings "
    "ask_reasons ask_needs question contempt sarcasm",
    Question.LISTENED: "taken_up theirs after_question validate topic_shift takes_up deflect relevance length dismiss "
    "concede question justify elsewhere",
    Question.SPECIFIC: "example length theirs elsewhere impact appreciate criticise relevance",
    Question.ABOUT_WORK: "criticise contempt escalates dominance warmth sarcasm dismiss",
    Question.LEFT_WANTING: "appreciate request warmth validate impact receptiveness",
    Question.STATED: "boundary refuse hold request what_follows threat dominance relevance subject old",
    Question.HELD: "withdraw concede apology hedge hold boundary refuse request",
    Question.CONSEQUENCE: "threat boundary hold refuse what_follows meant",
}


#: What transcripts cannot tell, because what the other did in them is not labelled.
SET_BY_HAND = {
    Question.APOLOGISED: {"they_were_hurt": -3.0},
    Question.ON_TOPIC: {"went_along": 2.5},
    Question.FILLED_SILENCE: {"long": 2.0},
}


@dataclass(frozen=True)
class Rows:
    """The turns of all transcripts in which one question was asked.

    Attributes:
        names: what is told.
        told: one row a turn; its last number is what the gist shows, to eyes that never saw this transcript.
        gists: one row a turn.
        labels: whether it is an instance.
        groups: which transcript it stands in.
        sights: for each fold what was learned to see without it.
    """

    names: tuple[str, ...]
    told: Any
    gists: Any
    labels: Any
    groups: Any
    sights: tuple[Sight, ...] = ()


def read(given: Sequence[Transcript]) -> list[Notes]:
    """Every transcript, read once."""
    reader = LearnedReader()
    return [notes_on(one.rehearsal, reader) for one in given]


def rows_for(question: Question, given: Sequence[Transcript], notes: Sequence[Notes]) -> Rows:
    """The turns a question is learned from."""
    told, gists, labels, groups = [], [], [], []
    for group, (one, taken) in enumerate(zip(given, notes, strict=True)):
        if one.verdict(question) is None:
            continue
        for note in taken.spoken:
            if _counts(question, note):
                told.append(told_of(note, taken))
                gists.append(note.reading.gist.astype(float))
                labels.append(note.place in one.turns(question) and not _shows_the_opposite(question, one))
                groups.append(group)
    names = tuple(name for name in TOLD[question].split() if told and name in told[0])
    numbers = np.array([[row[name] for name in names] for row in told])
    return _seen_apart(Rows(names, numbers, np.array(gists), np.array(labels), np.array(groups)))


def _seen_apart(rows: Rows) -> Rows:
    """The same, with what the gist shows of each turn to eyes that learned from the other folds."""
    _, strength = max((_sight_worth(rows, strength), strength) for strength in _SIGHT_HELD_BACK)
    sights = tuple(_sight(rows, strength, rows.groups % _FOLDS != number) for number in range(_FOLDS))
    shown = [
        sights[group % _FOLDS].of(gist.astype(np.float16)) for gist, group in zip(rows.gists, rows.groups, strict=True)
    ]
    whole = _sight(rows, strength, np.ones(len(rows.labels), dtype=bool))
    return replace(rows, names=(*rows.names, GIST), told=np.column_stack([rows.told, shown]), sights=(*sights, whole))


def _sight_worth(rows: Rows, strength: float) -> float:
    """How well what was learned to see on other folds tells instances, as a likelihood."""
    total = 0.0
    for number in range(_FOLDS):
        held = rows.groups % _FOLDS == number
        if held.any() and rows.labels[~held].any() and not rows.labels[~held].all():
            model = _looking(strength).fit(rows.gists[~held], rows.labels[~held])
            likely = np.clip(model.predict_proba(rows.gists[held])[:, 1], 1e-4, 1 - 1e-4)
            total += float(np.log(np.where(rows.labels[held], likely, 1 - likely)).sum())
    return total


def _sight(rows: Rows, strength: float, keep: Any) -> Sight:
    labels = rows.labels[keep]
    if not labels.any() or labels.all():
        return Sight(np.zeros(rows.gists.shape[1]), 0.0)
    model = _looking(strength).fit(rows.gists[keep], labels)
    step = np.abs(model.coef_[0]).max() / _STEPS
    return Sight(np.round(model.coef_[0] / step) * step, round(float(model.intercept_[0]), 3))


def _looking(strength: float) -> LogisticRegression:
    return LogisticRegression(C=strength, max_iter=2000)


def _counts(question: Question, note: YourNote) -> bool:
    return note.after_silence if question is Question.FILLED_SILENCE else True


def _shows_the_opposite(question: Question, one: Transcript) -> bool:
    """Whether the turns labelled prove that it was not so: a limit that was held is shown by the turns that held it."""
    return question is Question.HELD and one.verdict(question) == "yes"


def fitted(rows: Rows, strength: float, keep: Any) -> Weighing | None:
    """A weighing learned from some of the turns; None when they hold no instance, or nothing else."""
    labels = rows.labels[keep]
    if not labels.any() or labels.all():
        return None
    model = LogisticRegression(C=strength, max_iter=3000).fit(rows.told[keep], labels)
    weights = {name: round(float(by), 3) for name, by in zip(rows.names, model.coef_[0], strict=True)}
    return Weighing(weights=weights, bias=round(float(model.intercept_[0]), 3))


def score(
    question: Question, given: Sequence[Transcript], notes: Sequence[Notes], weighing: Weighing, sight: Sight
) -> list[Right]:
    """How the debrief answers these transcripts with this weighing, and seeing so much."""
    with _weighed_so(question, weighing, sight):
        return [
            rightness(one, question, findings_on([question], taken)[0])
            for one, taken in zip(given, notes, strict=True)
            if one.verdict(question) is not None
        ]


def worth(rights: Sequence[Right]) -> float:
    """One number to choose by: verdicts right, verdicts nearly right, and turns rightly shown."""
    exactly = sum(one.exactly for one in rights) / len(rights)
    nearly = sum(one.nearly for one in rights) / len(rights)
    found, told = sum(one.found for one in rights), sum(one.shown + one.labelled for one in rights)
    return exactly + 0.5 * nearly + 0.5 * (2 * found / told if told else 1.0)


@contextmanager
def _weighed_so(question: Question, weighing: Weighing, sight: Sight) -> Generator[None]:
    before, saw = instances.weighings, instances.sights
    instances.weighings = lambda: {**before(), question: weighing}  # type: ignore[assignment]
    instances.sights = lambda: {question: sight}  # type: ignore[assignment]
    try:
        yield
    finally:
        instances.weighings, instances.sights = before, saw


def learned(question: Question, given: Sequence[Transcript], notes: Sequence[Notes]) -> tuple[Weighing, Sight, float]:
    """The weighing for one question, what it sees, and what both were worth on transcripts left out."""
    rows = rows_for(question, given, notes)
    tried = [(_worth_left_out(question, given, notes, rows, strength), strength) for strength in _HELD_BACK]
    (best, threshold), strength = max(tried, key=lambda one: one[0][0])
    weighing = fitted(rows, strength, np.ones(len(rows.labels), dtype=bool))
    if weighing is None:
        raise ValueError(f"No turn is an instance of {question.value}; label some.")
    weights = weighing.weights | SET_BY_HAND.get(question, {})
    return weighing.model_copy(update={"threshold": threshold, "weights": weights}), rows.sights[-1], best


def _worth_left_out(
    question: Question, given: Sequence[Transcript], notes: Sequence[Notes], rows: Rows, strength: float
) -> tuple[float, float]:
    rights: dict[float, list[Right]] = {threshold: [] for threshold in _THRESHOLDS}
    for fold in range(_FOLDS):
        weighing = fitted(rows, strength, rows.groups % _FOLDS != fold)
        if weighing is None:
            continue
        for threshold in _THRESHOLDS:
            so = weighing.model_copy(update={"threshold": threshold})
            rights[threshold] += score(question, given[fold::_FOLDS], notes[fold::_FOLDS], so, rows.sights[fold])
    return max((worth(got) if got else 0.0, threshold) for threshold, got in rights.items())


def learned_points(given: Sequence[Transcript], notes: Sequence[Notes]) -> dict[str, Weighing]:
    """The weighings of how far a turn says a point: plainly, and at all."""
    told, plainly, at_all, places = [], [], [], []
    for group, (one, taken) in enumerate(zip(given, notes, strict=True)):
        for place, label in enumerate(one.labels["points"]):
            for note in taken.spoken:
                told.append(saying.told_of_point(place, note, taken))
                there = note.place in label["turns"]
                plainly.append(there and label["said"] == "plainly")
                at_all.append(there)
                places.append((group, place, label["said"]))
    names, wheres = tuple(told[0]), [{"plainly": 2, "hinted": 1}.get(said, 0) for *_, said in places]
    numbers = np.array([[row[name] for name in names] for row in told])
    of_point = [f"{group}/{place}" for group, place, _ in places]
    chosen = {}
    likely = {}
    for said, labels in (("plainly", np.array(plainly)), ("hinted", np.array(at_all))):
        likely[said] = _left_out(numbers, labels, np.array([group for group, *_ in places]))
        model = LogisticRegression(C=1.0, max_iter=3000).fit(numbers, labels)
        weights = {name: round(float(by), 3) for name, by in zip(names, model.coef_[0], strict=True)}
        chosen[said] = Weighing(weights=weights, bias=round(float(model.intercept_[0]), 3))
    best, plain, hint = max(
        (_points_worth(of_point, wheres, likely, plain, hint), plain, hint)
        for plain in _THRESHOLDS
        for hint in _THRESHOLDS
    )
    print(f"points left out: {best:.3f}, thresholds {plain:.2f} and {hint:.2f}", flush=True)
    return {
        said: one.model_copy(update={"threshold": at})
        for (said, one), at in zip(chosen.items(), (plain, hint), strict=True)
    }


def _left_out(numbers: Any, labels: Any, groups: Any) -> Any:
    """How likely each row is by what was learned from other transcripts."""
    out = np.zeros(len(labels))
    for number in range(_FOLDS):
        held = groups % _FOLDS == number
        model = LogisticRegression(C=1.0, max_iter=3000).fit(numbers[~held], labels[~held])
        out[held] = model.predict_proba(numbers[held])[:, 1]
    return out


def _points_worth(of_point: Sequence[str], wheres: Sequence[int], likely: Any, plain: float, hint: float) -> float:
    """Macro-F1 over said plainly, hinted at and missed, point by point."""
    told: dict[str, int] = {}
    for point, plainly, at_all in zip(of_point, likely["plainly"], likely["hinted"], strict=True):
        told[point] = max(told.get(point, 0), 2 if plainly >= plain else 1 if at_all >= hint else 0)
    right = dict(zip(of_point, wheres, strict=True))
    scores = []
    for kind in range(3):
        hits = sum(right[point] == told[point] == kind for point in right)
        either = sum((right[point] == kind) + (told[point] == kind) for point in right)
        scores.append(2 * hits / either if either else 1.0)
    return sum(scores) / 3


def main() -> None:
    """Learn what every question sees and how it weighs, and write both down."""
    given = list(transcripts(unseen=False))
    notes = read(given)
    written, seen = {}, {}
    for question in TOLD:
        weighing, sight, best = learned(question, given, notes)
        print(f"{question.value:15s} left out {best:.3f} of 2, threshold {weighing.threshold:.2f}", flush=True)
        written[question.value] = weighing.model_dump()
        step = max(np.abs(sight.weights).max() / _STEPS, 1e-9)
        whole = np.round(sight.weights / step).astype(int).tolist()
        seen[question.value] = {"step": float(step), "bias": sight.bias, "weights": whole}
    points = learned_points(given, notes)
    lines = ",\n".join(f" {json.dumps(name)}: {json.dumps(one)}" for name, one in seen.items())
    gist = f"{{\n{lines}\n}}\n".encode()
    (FOLDER / "gist.json").write_bytes(gist)
    told = {
        "gist_sha256": hashlib.sha256(gist).hexdigest(),
        "points": {said: one.model_dump() for said, one in points.items()},
        "questions": written,
    }
    (FOLDER / "instances.json").write_text(json.dumps(told, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
