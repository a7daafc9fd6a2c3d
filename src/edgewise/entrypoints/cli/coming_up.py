"""The real conversation, in the terminal: its day, the card, the calendar file, and how it went."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import TypeVar

from rich.text import Text

from edgewise.app import Edgewise
from edgewise.entrypoints.cli.asking import Asker
from edgewise.entrypoints.cli.keeping import opened, write_out
from edgewise.entrypoints.cli.listening import listener as whoever_is_there
from edgewise.entrypoints.cli.screen import Screen
from edgewise.entrypoints.cli.stopping import unless_stopped
from edgewise.entrypoints.progress_words import when_they
from edgewise.entrypoints.real_words import (
    AFTERWARDS,
    NO_LINES,
    TOOK_PLACE,
    WENT,
    calendar_file,
    day_in_words,
    feared_in_words,
    time_given,
)
from edgewise.entrypoints.words import in_the_middle
from edgewise.errors import PersonError
from edgewise.progress import Afterwards, Card, RealOne, TookPlace
from edgewise.rehearsal import LONGEST_ANSWER

_Chosen = TypeVar("_Chosen", bound=StrEnum)


def change_real_one(
    rehearsal_id: str, *, day: str, at: str, remember: Sequence[str], calendar: Path | None, named: bool
) -> None:
    """Keep what was given of the real one, and show the card."""
    screen = Screen()
    with opened() as edgewise:
        real = _changed(edgewise.real_one(rehearsal_id), day, at, remember)
        if day or at or remember:
            unless_stopped(lambda: edgewise.keep_real_one(rehearsal_id, real), edgewise, screen, whoever_is_there())
        if calendar is not None:
            _write_calendar(edgewise, rehearsal_id, real, calendar, named=named)
        _show_card(screen, edgewise.card(rehearsal_id, when_they))
        screen.quietly(feared_in_words(edgewise.feared_over_all()))


def tell_afterwards(rehearsal_id: str) -> None:
    """Ask how it went; each answer can be skipped, and all are kept at the end."""
    screen, listener = Screen(), whoever_is_there()
    asker = Asker(screen, listener)
    with opened() as edgewise:
        real = edgewise.real_one(rehearsal_id)
        told = _asked(edgewise, asker, rehearsal_id)
        kept = real.model_copy(update={"afterwards": told})
        unless_stopped(lambda: edgewise.keep_real_one(rehearsal_id, kept), edgewise, screen, listener)
        screen.say("It is kept.")
        screen.say(feared_in_words(edgewise.feared_over_all()))


def _changed(real: RealOne, day: str, at: str, remember: Sequence[str]) -> RealOne:
    try:
        given = {
            "day": date.fromisoformat(day) if day else real.day,
            "at": time_given(at) if at else real.at,
            "remember": "\n".join([*real.remember.splitlines(), *remember]),
        }
        return RealOne.model_validate({**real.model_dump(), **given})
    except ValueError as wrong:
        raise PersonError(
            "That day or time cannot be read, or it is more than can be kept.",
            kept="Nothing was changed.",
            next_step="Give them as in --day 2027-03-04 --at 09:30.",
        ) from wrong


def _write_calendar(edgewise: Edgewise, rehearsal_id: str, real: RealOne, file: Path, *, named: bool) -> None:
    if real.day is None:
        raise PersonError("It has no day yet.", next_step="Give one with --day.")
    heading = edgewise.rehearsal(rehearsal_id).situation.heading if named else ""
    name = edgewise.conversation_of(rehearsal_id)
    write_out(file, calendar_file(real, name, named=heading, now=edgewise.now()))
    Screen().say(f"Written to {file}.")


def _show_card(screen: Screen, card: Card) -> None:
    screen.heading(card.heading)
    screen.quietly(f"With {in_the_middle(card.person)}. {day_in_words(card)}".strip())
    for title, told in (
        ("Why", (card.intention,)),
        ("What must not be left unsaid", card.points),
        ("Enough for today", (card.enough,)),
        ("About yourself", card.remember),
    ):
        if any(told):
            screen.say()
            screen.say(title, style="bold")
            for one in told:
                screen.inset(Text(one), 2)
    screen.say()
    screen.quietly(NO_LINES)


def _asked(edgewise: Edgewise, asker: Asker, rehearsal_id: str) -> Afterwards:
    fear = edgewise.rehearsal(rehearsal_id).situation.fear
    told = Afterwards(told=edgewise.now(), took_place=_one_of(asker, "Did it happen?", TOOK_PLACE) or TookPlace.YES)
    if told.took_place is not TookPlace.YES:
        return told
    feared = asker.words("What had you feared?", f"Enter for: {fear.what}" if fear.what else "")
    likelihood = asker.percent("How likely had you thought that, 0 to 100?", "")
    went = _one_of(asker, "How did it go?", WENT)
    own = {slot: asker.words(question)[:LONGEST_ANSWER] for slot, question in AFTERWARDS}
    return told.model_copy(
        update={
            "feared": feared[:2000] or fear.what,
            "likelihood": fear.likelihood if likelihood is None else likelihood,
            "went": went,
            **own,
        }
    )


def _one_of(asker: Asker, question: str, meanings: Mapping[_Chosen, str]) -> _Chosen | None:
    asker.screen.say()
    asker.screen.say(question)
    asker.screen.listing((meaning, "") for meaning in meanings.values())
    chosen = asker.several_of(list(meanings.values()))
    return list(meanings)[chosen[0]] if chosen else None
