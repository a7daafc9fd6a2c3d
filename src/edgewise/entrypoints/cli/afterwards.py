"""After the conversation: your own words first, then what the record shows, then the take revealed, then another."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import partial

from edgewise.app import Edgewise
from edgewise.entrypoints.cli.asking import Asker
from edgewise.entrypoints.cli.pages import show_debrief, show_reveal
from edgewise.entrypoints.cli.stopping import unless_stopped
from edgewise.entrypoints.words import HAPPENED
from edgewise.progress import most_unlike
from edgewise.rehearsal import LONGEST_ANSWER, OWN_NUMBERS, OWN_WORDS, Happened, Reflection
from edgewise.take import Take

_FROM = re.compile(r"from\s+(?:turn\s+)?(\d{1,4})")


def ask_own_words(edgewise: Edgewise, asker: Asker, rehearsal_id: str) -> Reflection:
    """Ask for your own words, each kept as it is given; when nothing more comes, the rest is skipped."""
    own, feared = Reflection(), edgewise.rehearsal(rehearsal_id).situation.fear.what
    asker.screen.heading("Before anything is shown: your own words. Enter skips.")
    try:
        for slot, question in OWN_WORDS:
            answer = _that_fits(asker, asker.words(question))
            keep = partial(_kept, edgewise, rehearsal_id, own, slot, answer)
            own = unless_stopped(keep, edgewise, asker.screen, asker.listener)
        if feared:
            own = _kept(edgewise, rehearsal_id, own, "fear_happened", _did_it_happen(asker, feared))
            answer = _that_fits(asker, asker.words("What happened, then?"))
            keep = partial(_kept, edgewise, rehearsal_id, own, "happened_instead", answer)
            own = unless_stopped(keep, edgewise, asker.screen, asker.listener)
        for slot, question in OWN_NUMBERS:
            own = _kept(edgewise, rehearsal_id, own, slot, asker.percent(question))
    except EOFError:
        asker.screen.say()
    return own


def _did_it_happen(asker: Asker, feared: str) -> Happened | None:
    answer = asker.words(f"You feared: “{feared}” Did it happen?", "Yes, in part, or no.").lower().rstrip(".")
    return next((one for one, meaning in HAPPENED.items() if answer in {meaning, one.value, meaning[0]}), None)


def _that_fits(asker: Asker, answer: str) -> str:
    """An answer as long as can be kept; when something is left out, that is said."""
    if len(answer) > LONGEST_ANSWER:
        asker.screen.quietly(f"  The first {LONGEST_ANSWER:,} characters are kept.")
    return answer[:LONGEST_ANSWER]


def _kept(edgewise: Edgewise, rehearsal_id: str, own: Reflection, slot: str, given: str | int | None) -> Reflection:
    if given in {None, ""}:
        return own
    own = own.model_copy(update={slot: given})
    edgewise.reflect(rehearsal_id, own)
    return own


def show_what_happened(edgewise: Edgewise, asker: Asker, rehearsal_id: str) -> None:
    """The findings, and the take revealed."""
    debrief = edgewise.debrief(rehearsal_id)
    show_debrief(asker.screen, debrief)
    show_reveal(asker.screen, debrief)


def choose_another(asker: Asker, done: Sequence[Take], takes: Sequence[Take]) -> Take | int | None:
    """Another take, or a turn to answer differently (counted from 1), if you want one.

    The take most unlike those you had is offered first.
    """
    offered = most_unlike(done, takes)
    asker.screen.heading("Another take?")
    asker.screen.say(f"Least like what you have had: {offered.name}. {offered.promise}")
    asker.screen.quietly(
        "Enter for that one, its name for another, list to see them all, n to stop. "
        "Or from 8, to go back to turn 8 and answer differently."
    )
    for _ in range(3):
        answer = asker.more().lower()
        if not answer or answer in {"y", "yes"}:
            return offered
        if answer in {"n", "no", "stop", "q", "quit", "/end"}:
            return None
        if back := _FROM.fullmatch(answer):
            return int(back[1])
        if chosen := next((take for take in takes if take.name == answer.replace(" ", "-")), None):
            return chosen
        asker.screen.listing((take.name, take.promise) for take in takes)
        if answer.isdecimal() and 1 <= int(answer) <= len(takes):
            return takes[int(answer) - 1]
    return None
