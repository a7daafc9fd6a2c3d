"""How edges, over-rehearsal and the ladder are put into words, on every surface alike."""

from __future__ import annotations

from edgewise.progress import DOES, Edge, FearedBesideActual, HowItWas, Progress, Share, Stance, Trend
from edgewise.progress.how_it_was import HARD

TRENDS = {
    Trend.EASING: "It shifts you less than it did.",
    Trend.GROWING: "It shifts you more than it did.",
    Trend.UNCLEAR: "",
}
WHAT_AN_EDGE_IS = (
    "A move counts as an edge when it shifted you at least three times, and more often than their other moves do. "
    "Twice is not yet a pattern."
)
NOT_A_SCORE = (
    "These numbers may fall, rise or stay as they are. None of it is a score. What counts is what you found out about "
    "the fear, and that you stayed."
)
STILL_HELPING = "Is it still helping, or has it become a way of waiting?"


def when_they(edge: Edge) -> str:
    """An edge as a sentence: "When they are sarcastic, you give way."."""
    return f"When they {DOES[edge.move]}, you {edge.way.in_words}."


def counted(share: Share) -> str:
    """So many of so many: "4 of 6"."""
    return f"{share.count} of {share.of}"


def how_sure(edge: Edge) -> str:
    """What the count allows to be said: "between 30 and 90 times in a hundred"."""
    low, high = (round(100 * end) for end in edge.interval)
    return f"between {low} and {high} times in a hundred"


def against_the_rest(edge: Edge) -> str:
    """The count, beside how you are otherwise."""
    rest = f"With their other moves it was {counted(edge.otherwise)}." if edge.otherwise.of else ""
    met = f"{edge.moved.count} of the {edge.moved.of} times"
    return f"It did so {met} you met it: {how_sure(edge)}, as far as so few can say. {rest}".strip()


def is_told(progress: Progress, what: str) -> bool:
    """Whether there is a number to draw: of `distress`, of the `challenge` or of what was `feared`."""
    return any(_told_of(run.how, what) for run in progress.runs)


def _told_of(how: HowItWas, what: str) -> bool:
    numbers = {
        "distress": how.distress,
        "challenge": (how.demands_before, how.demands_after, how.resources_before, how.resources_after),
        "feared": (how.likelihood if how.feared and how.happened is not None else None,),
    }
    return any(number is not None for number in numbers[what])


def has_numbers(progress: Progress) -> bool:
    """Whether you told anything of how it was."""
    return any(is_told(progress, what) for what in ("distress", "challenge", "feared")) or progress.feared.asked > 0


def what_you_found_out(progress: Progress) -> list[str]:
    """What there is to learn from what you feared, how it looks to you now, and where you stayed."""
    told = [_of_the_fear(progress.feared), _of_the_stance(progress), _of_staying(progress.stayed_though_hard)]
    return [sentence for sentence in told if sentence]


def _of_the_fear(feared: FearedBesideActual) -> str:
    if not feared.asked:
        return ""
    if feared.asked == 1:
        came = "It came." if feared.came else "It came in part." if feared.in_part else "It did not come."
        return f"Once you said what became of a fear. {came}"
    counts = ((feared.came, "came"), (feared.in_part, "came in part"), (feared.did_not, "did not come"))
    told = ", ".join(f"{count} {what}" for count, what in counts if count)
    likely = "" if feared.likelihood is None else f" Beforehand you had thought them {feared.likelihood} in 100 likely."
    return f"Of {feared.asked} fears you told the end of, {told}.{likely}"


def _of_the_stance(progress: Progress) -> str:
    told = [one for run in progress.runs for one in (run.how.before, run.how.after) if one is not None]
    if len(told) < 2 or told[0] is told[-1]:  # noqa: PLR2004 - then and now
        return ""
    if told[-1] is Stance.CHALLENGE:
        return "At first it asked more of you than you had. By your own numbers you now have enough for it."
    return "By your own numbers it asks more of you now than it did at first. That can be so when you look closer."


def _of_staying(runs: int) -> str:
    if not runs:
        return ""
    times = "Once" if runs == 1 else f"In {runs} runs"
    return f"{times} it was {HARD} or more at its worst, and you went on talking."


def asked_and_had(how: HowItWas) -> str:
    """What it asked and what you had: "80 and 40 before, 60 and 65 after"; only what you gave."""
    given = (
        ((how.demands_before, how.resources_before), "before"),
        ((how.demands_after, how.resources_after), "after"),
    )
    told = [
        f"{' and '.join('no number' if one is None else str(one) for one in pair)} {when}"
        for pair, when in given
        if pair != (None, None)
    ]
    return ", ".join(told)
