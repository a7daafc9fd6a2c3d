"""Over-rehearsal: when the words have set, and another run would only set them harder."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from enum import StrEnum
from functools import lru_cache

from rapidfuzz import fuzz

from edgewise.debrief.wording import number, times
from edgewise.person import Record
from edgewise.person.words import words_in
from edgewise.progress.run_record import Reply, RunRecord, Sentence, likeness

#: Runs below which nothing is said: two that are alike are no pattern.
FEWEST_RUNS = 3
#: The last runs that are looked at.
LATEST = 5


class Sign(StrEnum):
    """What shows it."""

    OPENING = "opening"
    SENTENCES = "sentences"
    RECITED = "recited"
    UNANSWERED = "unanswered"
    FLAT = "flat"
    MANY = "many"


class WayOn(StrEnum):
    """What can be done about it."""

    SCRIPT_DOWN = "script_down"
    SURPRISE = "surprise"
    STOP = "stop"

    @property
    def in_words(self) -> str:
        """The button."""
        return _WAYS[self][0]

    @property
    def meaning(self) -> str:
        """What it is."""
        return _WAYS[self][1]


_WAYS = {
    WayOn.SCRIPT_DOWN: (
        "Put the script down",
        "A take in which they know why you came before you say it. Your opening is no use in it.",
    ),
    WayOn.SURPRISE: ("Be surprised", "A version of them you cannot prepare for."),
    WayOn.STOP: ("Stop: you are ready", "You know what you want to say. The rest can only happen with them there."),
}


class Told(Record):
    """One sign, said plainly.

    Attributes:
        says: the evidence in a sentence, to you.
        quotes: your words that show it, one from each run they stand in.
    """

    sign: Sign
    says: str
    quotes: tuple[str, ...] = ()


class Measures(Record):
    """What the last runs have in common, each 0 to 1 unless said otherwise.

    Attributes:
        runs: how many runs were looked at.
        opening_words: how many of your first words were the same in all but at most one of them.
        opening: how alike their first sentences of substance are, by their letters.
        repeated: the share of your sentences in the last run that you had said before, in nearly the same words, in at
            least half of the others.
        meaning: how nearly your sentences in the last run mean what you said before.
        recited: the share of your turns in the last run that came again though what they answered had changed.
        answered, asked: how many of their questions in the last run you answered, of how many; what you had said before
            to something else is no answer.
        answered_first, asked_first: the same in the first of the runs looked at.
        gains: by how much the last runs went further than the first ones; -2 to 2.
        all_runs: how many whole runs there are of this conversation.
    """

    runs: int
    opening_words: int = 0
    opening: float = 0.0
    repeated: float = 0.0
    meaning: float = 0.0
    recited: float = 0.0
    answered: int = 0
    asked: int = 0
    answered_first: int = 0
    asked_first: int = 0
    gains: float = 0.0
    all_runs: int = 0


class OverRehearsal(Record):
    """Whether your words have set, and what shows it.

    Attributes:
        found: whether it is said at all; the signs below are shown only then.
        score: how far they have set, 0 to 1.
        told: the evidence, plainest first.
        measures: what it was judged by.
    """

    found: bool = False
    score: float = 0.0
    told: tuple[Told, ...] = ()
    measures: Measures

    @property
    def ways_on(self) -> tuple[WayOn, ...]:
        """What can be done about it; nothing has to be."""
        return tuple(WayOn) if self.found else ()


def over_rehearsal(records: Iterable[RunRecord]) -> OverRehearsal:
    """Whether the wording of these runs of one conversation has set.

    Drills, and takes in which your opening could not be used, are left out. With two runs it never says so.
    """
    whole = sorted((one for one in records if _counts(one)), key=lambda one: (one.started, one.rehearsal))
    latest = whole[-LATEST:]
    if len(latest) < FEWEST_RUNS:
        return OverRehearsal(measures=Measures(runs=len(latest), all_runs=len(whole)))
    measures = _measured(latest, len(whole))
    score = _score(measures)
    found = score >= THRESHOLD
    return OverRehearsal(
        found=found, score=round(score, 3), told=tuple(_told(measures, latest)) if found else (), measures=measures
    )


def _counts(run: RunRecord) -> bool:
    return run.is_whole and not run.opening_taken and len(run.replies) >= _FEWEST_REPLIES


_FEWEST_REPLIES = 2

# ---- what is measured

#: From this likeness of letters on (0 to 100), a sentence is the same one with a word changed.
_SAME = 82.0
#: Letters this alike and a meaning this near are the same sentence, turned round.
_NEARLY, _MEANS_THE_SAME = 66.0, 0.9
_FIRST_WORDS = 25


def _measured(runs: Sequence[RunRecord], all_runs: int) -> Measures:
    last, earlier = runs[-1], runs[:-1]
    openings = [_opening(run) for run in runs]
    answered, asked = _answered(last, earlier)
    answered_first, asked_first = _answered(runs[0], ())
    return Measures(
        runs=len(runs),
        opening_words=_same_first_words(openings),
        opening=_alike_openings(openings),
        repeated=_repeated(last, earlier),
        meaning=_meaning(last, earlier),
        recited=_recited(last, earlier),
        answered=answered,
        asked=asked,
        answered_first=answered_first,
        asked_first=asked_first,
        gains=round(_gains(runs), 3),
        all_runs=all_runs,
    )


def _opening(run: RunRecord) -> str:
    """Your first turn that has a sentence in it worth the name; a hello is none."""
    return next((reply.words for reply in run.replies if reply.sentences), run.replies[0].words)


def _same_first_words(openings: Sequence[str]) -> int:
    """How many first words the last opening shares with those before it, all but at most one."""
    last = words_in(openings[-1])
    shared = sorted((_shared_start(last, words_in(one)) for one in openings[:-1]), reverse=True)
    return shared[max(1, len(shared) - 1) - 1] if len(shared) > _FEW else shared[-1]


_FEW = 2


def _shared_start(one: Sequence[str], other: Sequence[str]) -> int:
    count = 0
    for here, there in zip(one, other, strict=False):
        if here != there:
            break
        count += 1
    return count


def _alike_openings(openings: Sequence[str]) -> float:
    starts = [" ".join(words_in(one)[:_FIRST_WORDS]) for one in openings]
    ratios = [fuzz.ratio(starts[-1], one) for one in starts[:-1]]
    return round(sum(ratios) / len(ratios) / 100, 3)


def _same(one: Sentence, other: Sentence) -> bool:
    alike = fuzz.ratio(_plain(one.words), _plain(other.words))
    return alike >= _SAME or (alike >= _NEARLY and likeness(one, other) >= _MEANS_THE_SAME)


@lru_cache(maxsize=4096)
def _plain(words: str) -> str:
    return " ".join(words_in(words))


def _sentences(run: RunRecord) -> list[Sentence]:
    return [sentence for reply in run.replies for sentence in reply.sentences]


def _said_in(sentence: Sentence, run: RunRecord) -> bool:
    return any(_same(sentence, other) for other in _sentences(run))


def _set(sentence: Sentence, earlier: Sequence[RunRecord]) -> bool:
    """Whether a sentence stood in at least half of the earlier runs."""
    return 2 * sum(_said_in(sentence, run) for run in earlier) >= len(earlier)


def _repeated(last: RunRecord, earlier: Sequence[RunRecord]) -> float:
    said = _sentences(last)
    return round(sum(_set(one, earlier) for one in said) / len(said), 3) if said else 0.0


def _meaning(last: RunRecord, earlier: Sequence[RunRecord]) -> float:
    """For each of your last sentences the nearest in each earlier run, by meaning; the mean of all of them."""
    nearest = [
        max((likeness(one, other) for other in _sentences(run)), default=0.0)
        for one in _sentences(last)
        for run in earlier
    ]
    return round(sum(nearest) / len(nearest), 3) if nearest else 0.0


def _recited(last: RunRecord, earlier: Sequence[RunRecord]) -> float:
    """Your turns that were given as they were given before, though they answered something else."""
    replies = [reply for reply in last.replies if reply.sentences]
    again = [reply for reply in replies if _recites(reply, earlier)]
    return round(len(again) / len(replies), 3) if replies else 0.0


def _recites(reply: Reply, earlier: Sequence[RunRecord]) -> bool:
    return any(_again(reply, other) for run in earlier for other in run.replies)


def _again(reply: Reply, other: Reply) -> bool:
    return (
        fuzz.ratio(_plain(reply.words), _plain(other.words)) >= _SAME
        and fuzz.ratio(_plain(reply.after), _plain(other.after)) < _NEARLY
    )


def _answered(run: RunRecord, earlier: Sequence[RunRecord]) -> tuple[int, int]:
    asked = [reply for reply in run.replies if reply.asked]
    return sum(not (reply.passed or _recites(reply, earlier)) for reply in asked), len(asked)


def _gains(runs: Sequence[RunRecord]) -> float:
    half = len(runs) // 2
    then, now = runs[:half], runs[-half:]
    return sum(run.gain for run in now) / half - sum(run.gain for run in then) / half


# ---- how it is judged


def _score(found: Measures) -> float:
    """How far your words have set, 0 to 1: what comes again word for word counts, what you mean does not."""
    opening = max(min(1.0, found.opening_words / _LONG_OPENING), found.opening if found.opening >= _ALIKE else 0.0)
    unanswered = 1 - found.answered / found.asked if found.asked else 0.0
    improving = max(0.0, min(1.0, found.gains))
    score = 0.25 * opening + 0.45 * found.repeated + 0.2 * found.recited + 0.1 * unanswered - 0.15 * improving
    return max(0.0, min(1.0, score))


#: From this score on it is said. Set on two thirds of the sets in `benchmarks/data/takes.jsonl`.
THRESHOLD = 0.45
_LONG_OPENING = 10
_ALIKE = 0.75


# ---- how it is told


def _told(found: Measures, runs: Sequence[RunRecord]) -> Iterable[Told]:
    yield from _told_of_opening(found, runs)
    yield from _told_of_sentences(found, runs)
    yield from _told_of_answers(found)
    if abs(found.gains) < _FLAT:
        yield Told(sign=Sign.FLAT, says="The last runs went about as far as the ones before them.")
    if found.all_runs >= _MANY:
        yield Told(sign=Sign.MANY, says=f"You have had this conversation {times(found.all_runs)} here.")


_FLAT, _MANY = 0.15, 5
_A_PHRASE = 5  # words
_QUOTED = 3


def _told_of_opening(found: Measures, runs: Sequence[RunRecord]) -> Iterable[Told]:
    if found.opening_words < _A_PHRASE:
        return
    last = _opening(runs[-1])
    begin = words_in(last)[: found.opening_words]
    same = [run for run in runs if words_in(_opening(run))[: len(begin)] == begin]
    yield Told(
        sign=Sign.OPENING,
        says=f"Your first {number(len(begin))} words were the same in {number(len(same))} takes.",
        quotes=tuple(dict.fromkeys(_opening(run) for run in same[-_QUOTED:])),
    )


def _told_of_sentences(found: Measures, runs: Sequence[RunRecord]) -> Iterable[Told]:
    last, earlier = runs[-1], runs[:-1]
    said = _sentences(last)
    again = [one for one in said if _set(one, earlier)]
    if again:
        yield Told(
            sign=Sign.SENTENCES,
            says=f"Of your last {number(len(said))} sentences, {number(len(again))} had been said before in nearly "
            "the same words.",
            quotes=tuple(dict.fromkeys(one.words for one in again))[:_QUOTED],
        )
    recited = round(found.recited * sum(1 for reply in last.replies if reply.sentences))
    if recited:
        yield Told(
            sign=Sign.RECITED,
            says=f"{times(recited).capitalize()} you gave an answer you had given before, to something else.",
        )


def _told_of_answers(found: Measures) -> Iterable[Told]:
    if found.answered == found.asked:
        return
    if found.asked == 1:
        says = "You did not answer their last question."
    else:
        answered = number(found.answered) if found.answered else "none"
        says = f"You answered {answered} of their last {number(found.asked)} questions."
    if found.asked_first and found.answered * found.asked_first < found.answered_first * found.asked:
        says = f"{says} In the first of these takes it was {found.answered_first} of {found.asked_first}."
    yield Told(sign=Sign.UNANSWERED, says=says)
