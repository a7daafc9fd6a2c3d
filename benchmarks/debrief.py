"""How right the debrief is, on transcripts written and labelled by hand that it was never fitted to.

`data/debriefs.jsonl` holds transcripts written apart from the rules; every third was kept unseen. Printed are, for each
question, how often the verdict is exactly that of a careful reader and how often within one step, and how many of the
turns shown are right and of the right ones shown; what became of each point; planted faults; what changes when names
are changed or letters mistyped; and how long it takes.
"""

from __future__ import annotations

import random
import statistics
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence

from benchmarks.transcripts import Right, Transcript, rightness, transcripts
from edgewise.counterpart import LearnedReader
from edgewise.counterpart.perceive.learned.network import Network
from edgewise.debrief import Debrief, Verdict
from edgewise.rehearsal import CounterpartTurn, Question, Rehearsal, YourTurn

_FAULTS = {
    "apology": Question.APOLOGISED,
    "tangent": Question.ON_TOPIC,
    "you_always": Question.REACTIVE,
    "flooded_silence": Question.FILLED_SILENCE,
}
_GOOD = {
    Question.APOLOGISED: Verdict.NO,
    Question.ON_TOPIC: Verdict.YES,
    Question.REACTIVE: Verdict.NO,
    Question.OVER_EXPLAINED: Verdict.NO,
    Question.FILLED_SILENCE: Verdict.NO,
}
_SAID = {"plainly": "plainly", "hinted": "hinted", "not at all": "missed"}
_NAMES = {"name": ("Rowan", "Imke", "Tomasz", "Adaeze", "Birgit")}
_LONG = (200, 500, 1000, 2000)


def main() -> None:
    """Print all of it for the unseen third."""
    reader = LearnedReader()
    unseen = list(transcripts(unseen=True))
    debriefs = [Debrief.of(one.rehearsal, reader) for one in unseen]
    print(f"transcripts kept unseen  {len(unseen)}\n")
    _verdicts(unseen, debriefs)
    _points(unseen, debriefs)
    _planted(unseen, debriefs)
    for what, change in (("names changed", _renamed), ("letters mistyped", _mistyped)):
        print(f"same verdicts with {what:19s} {_same(unseen, debriefs, change, reader):6.3f}")
    _speed(unseen)


def _verdicts(given: Sequence[Transcript], debriefs: Sequence[Debrief]) -> None:
    rights: defaultdict[Question, list[Right]] = defaultdict(list)
    for one, debrief in zip(given, debriefs, strict=True):
        for finding in debrief.findings:
            rights[finding.question].append(rightness(one, finding.question, finding))
    print("question           n  exact  within one step  turns: right of shown, shown of right")
    for question, got in rights.items():
        print(_row(question.value, got))
    print(_row("all", [one for got in rights.values() for one in got]))


def _row(name: str, got: Sequence[Right]) -> str:
    exactly, nearly = (
        statistics.mean(values) for values in zip(*((one.exactly, one.nearly) for one in got), strict=True)
    )
    found, shown, labelled = (
        sum(values) for values in zip(*((one.found, one.shown, one.labelled) for one in got), strict=True)
    )
    return (
        f"{name:15s} {len(got):4}  {exactly:5.2f}  {nearly:15.2f}"
        f"  {found / shown if shown else 1:21.2f}  {found / labelled if labelled else 1:14.2f}"
    )


def _points(given: Sequence[Transcript], debriefs: Sequence[Debrief]) -> None:
    pairs = [
        (label["said"], _SAID[point.said.value])
        for one, debrief in zip(given, debriefs, strict=True)
        for label, point in zip(one.labels["points"], debrief.points, strict=True)
    ]
    print(f"\npoints plainly, hinted, missed: macro-F1 {macro_f1(pairs):6.3f}  of {len(pairs)}")


def macro_f1(pairs: Iterable[tuple[str, str]]) -> float:
    """The mean over classes of the harmonic mean of precision and recall; pairs of label and answer."""
    pairs = list(pairs)
    scores = []
    for kind in {label for label, _ in pairs}:
        right = sum(label == answer == kind for label, answer in pairs)
        told = sum((label == kind) + (answer == kind) for label, answer in pairs)
        scores.append(2 * right / told)
    return statistics.mean(scores)


def _planted(given: Sequence[Transcript], debriefs: Sequence[Debrief]) -> None:
    found, planted, false, clean = 0, 0, 0, 0
    for one, debrief in zip(given, debriefs, strict=True):
        answers = {finding.question: finding for finding in debrief.findings}
        for fault in one.planted:
            if fault in _FAULTS:
                question = _FAULTS[fault]
                planted += 1
                found += bool(one.turns(question) & {piece.turn for piece in answers[question].evidence})
        if "clean" in one.planted:
            clean += 1
            false += sum(answers[question].verdict not in {good, Verdict.CANT_TELL} for question, good in _GOOD.items())
    print(f"planted faults found                    {found} of {planted}")
    print(f"false findings in clean transcripts     {false} in {clean}")


def _same(
    given: Sequence[Transcript],
    debriefs: Sequence[Debrief],
    change: Callable[[Rehearsal, random.Random], Rehearsal],
    reader: LearnedReader,
) -> float:
    dice, same = random.Random(5), []
    for one, before in zip(given, debriefs, strict=True):
        after = Debrief.of(change(one.rehearsal, dice), reader)
        same += [x.verdict is y.verdict for x, y in zip(before.findings, after.findings, strict=True)]
    return statistics.mean(same)


def _renamed(rehearsal: Rehearsal, dice: random.Random) -> Rehearsal:
    name, other = rehearsal.situation.person.name, dice.choice(_NAMES["name"])
    if not name:
        return rehearsal
    person = rehearsal.situation.person.model_copy(update={"name": other})
    turns = tuple(turn.model_copy(update={"text": turn.text.replace(name, other)}) for turn in rehearsal.turns)
    situation = rehearsal.situation.model_copy(update={"person": person})
    return rehearsal.model_copy(update={"turns": turns, "situation": situation})


def _mistyped(rehearsal: Rehearsal, dice: random.Random) -> Rehearsal:
    """One word in twelve of yours has two letters the wrong way round."""
    turns = tuple(
        turn.model_copy(update={"text": " ".join(_slipped(word, dice) for word in turn.text.split(" "))})
        if isinstance(turn, YourTurn)
        else turn
        for turn in rehearsal.turns
    )
    return rehearsal.model_copy(update={"turns": turns})


def _slipped(word: str, dice: random.Random) -> str:
    if len(word) < 5 or not word.isalpha() or dice.random() > 1 / 12:
        return word
    at = dice.randrange(1, len(word) - 2)
    return word[:at] + word[at + 1] + word[at] + word[at + 2 :]


def _speed(given: Sequence[Transcript]) -> None:
    """Nothing of these turns has been read before: the reader forgets between lengths."""
    print()
    for length in _LONG:
        network = Network.shipped()
        network.answer.cache_clear()
        reader, rehearsal = LearnedReader(network), _long(given, length)
        began = time.perf_counter()
        Debrief.of(rehearsal, reader)
        print(f"a rehearsal of {length:5} turns          {time.perf_counter() - began:6.2f} s")


def _long(given: Sequence[Transcript], length: int) -> Rehearsal:
    turns = [turn for one in given for turn in one.rehearsal.turns]
    alike = 0
    while len(turns) < length:
        alike += 1
        turns += [
            turn.model_copy(update={"text": f"{turn.text} {alike}" if turn.text else ""})
            for one in given
            for turn in one.rehearsal.turns
        ]
    kept = tuple(turn for turn in turns[:length] if isinstance(turn, YourTurn | CounterpartTurn))
    return given[0].rehearsal.model_copy(update={"turns": kept})


if __name__ == "__main__":
    main()
